# The camera's timer.

shutter-page-timer = Timer
shutter-page-plan = Plan
shutter-page-history = History

# What a camera does, in the header and in the list: in full, and where there is little room.
shutter-pictures = { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}
shutter-progress = { $shots } of { $count }
shutter-connecting = Connecting…
shutter-no-timer = No timer runs here
shutter-offline = Offline
shutter-offline-for = Offline for { $time }
shutter-wrong-password = The password is wrong
shutter-locked = A password is wanted
shutter-paused = Paused: { $progress }
shutter-failing = Failing: { $progress }
shutter-exposing = Exposing: { $progress }
shutter-exposing-left = Exposing: { $progress }, { $left } left
shutter-running = Running: { $progress }
shutter-running-next = Running: { $progress }, next in { $left }
shutter-waiting-first = Waiting: the first picture in { $left }
shutter-waiting-first-of = Waiting: the first of { $count } in { $left }
shutter-waiting-short = Waiting: the first picture
shutter-waiting-short-of = Waiting: the first of { $count }
shutter-no-release = No picture can be taken
shutter-taking = Taking a picture
shutter-ready = Ready
shutter-done = { $count ->
    [one] Done: { $count } picture
   *[other] Done: { $count } pictures
}
shutter-stopped = { $count ->
    [one] Stopped after { $count } picture
   *[other] Stopped after { $count } pictures
}
shutter-interrupted = { $count ->
    [one] Interrupted after { $count } picture
   *[other] Interrupted after { $count } pictures
}
shutter-failed = { $count ->
    [one] Failed after { $count } picture
   *[other] Failed after { $count } pictures
}
shutter-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
shutter-day-and-time = { $day } { $time }
shutter-as-it-was = as it was at { $time }
shutter-left = { $time } left
shutter-all-cameras = All cameras

# What stands in the way.
shutter-how = No timer runs on this machine. Start one with 'xshutter serve' where the camera's release is connected, and name it in [[shutter.server]] of the configuration if that is another machine.
shutter-look-again = Look again
shutter-try-now = Try now
shutter-trying = Trying again…
shutter-next-try = Next try in { $time }.
shutter-waiting-for = Waiting for { $camera }…
shutter-not-started = Not started: { $why }
shutter-not-changed = Not changed: { $why }
shutter-not-paused = Not paused: { $why }
shutter-not-resumed = Not resumed: { $why }
shutter-not-stopped = Not stopped: { $why }
shutter-not-snapped = No picture: { $why }
shutter-not-kept = Not kept: { $why }
shutter-password = Password
shutter-wants-password = { $camera } wants a password.
shutter-not-the-password = That is not the password of { $camera }.
shutter-keep-password = Keep it in a file that only I can read
shutter-unlock = Unlock

# The dial: a word or a time, and below it what it is, in 20 letters.
shutter-dial-unknown = not known
shutter-dial-closes = until it closes
shutter-dial-paused = Paused
shutter-dial-resumed = until it is resumed
shutter-dial-first = to the first picture
shutter-dial-next = to the next picture
shutter-dial-now = Now
shutter-dial-due = it is due
shutter-dial-nothing = nothing is due

# The foot.
shutter-start = Start
shutter-starting = Starting…
shutter-pause = Pause
shutter-pausing = Pausing…
shutter-resume = Resume
shutter-resuming = Resuming…
shutter-stop = Stop
shutter-stopping = Stopping…
shutter-really-stop = Really stop
shutter-stop-hint = Ends the plan; an exposure that runs is ended at once (X)
shutter-snap = One picture
shutter-snapping = Taking it…
shutter-start-all = Start all
shutter-start-all-hint = Starts every camera that is idle, each with its own plan (A)
shutter-stop-all = Stop all
shutter-really-stop-all = Really stop all
shutter-stop-all-hint = Ends every plan; exposures that run are ended at once (X)
shutter-show-keys = Keys (?)

# The list of cameras.
shutter-running-of = { $count } of { $all } running
shutter-cameras = { $count ->
    [one] { $count } camera
   *[other] { $count } cameras
}
shutter-none-running = none running
shutter-with-problem = { $count } with a problem
shutter-count-offline = { $count } offline
shutter-now = now

# What is typed: what stands above a field, what an empty one means, what it is for, what is often
# wanted. The names of times of the day are typed in English.
shutter-interval = Interval
shutter-interval-about = From one picture to the next
shutter-count = Pictures
shutter-count-hint = until it is stopped
shutter-count-about = How many pictures; nothing: until it is stopped
shutter-no-end = No end
shutter-delay = First picture after
shutter-delay-hint = at once
shutter-delay-about = From the start to the first picture
shutter-no-delay = None
shutter-bulb = Hold the shutter
shutter-bulb-hint = the camera exposes
shutter-bulb-about = Bulb: the camera exposes for as long as the shutter is held
shutter-no-bulb = Camera
shutter-start-at = Start at
shutter-start-at-hint = now, or 22:30
shutter-start-at-about = A time of day, or a date and a time; the delay comes after it
shutter-start-now = Now
shutter-windows = Only within
shutter-windows-hint = always, or sunset-sunrise
shutter-windows-about = Parts of every day with commas between them: times, or sunrise, sunset, civil-dawn, civil-dusk, astronomical-dawn, astronomical-dusk with minutes
shutter-always = Always
shutter-by-day = Day
shutter-by-night = Night
shutter-not-at-all = not at all
shutter-half-press = Half-press before
shutter-half-press-about = The focus line is pressed so long before each picture
shutter-no-half-press = None
shutter-mirror = Mirror up before
shutter-mirror-about = A first pulse lifts the mirror; the picture comes so long after
shutter-no-mirror = None
shutter-bracket = Bracket
shutter-bracket-hint = one frame, or 3:1
shutter-bracket-about = Frames a picture and exposure values between them, like 3:1
shutter-no-bracket = None
shutter-ramp = Ramp of the exposure
shutter-ramp-hint = none, or 30s:2h
shutter-ramp-about = The last exposure and how long it takes to get there, like 30s:2h
shutter-no-ramp = None
shutter-spacing = The interval is
shutter-shot-to-shot = From shot to shot
shutter-gap = Gap between shots

# What would come of a plan.
shutter-promise = { $count ->
    [one] { $count } picture in { $time }, until { $end }
   *[other] { $count } pictures in { $time }, until { $end }
}
shutter-promise-windows = { $count ->
    [one] { $count } picture within { $time } of the windows' time
   *[other] { $count } pictures within { $time } of the windows' time
}
shutter-promise-endless = A picture every { $interval } until it is stopped
shutter-promise-begins = { $promise }; it begins at { $time }
shutter-film-of = A film of { $slow } at { $slow_rate }, { $middle } at { $middle_rate } or { $fast } at { $fast_rate } frames a second.

# A plan that runs: names of at most 12 letters, and what is to be said of them.
shutter-fact-end = Until
shutter-end = { $time }, { $left } from now
shutter-fact-film = Film
shutter-film-so-far = { $time } at { $rate } frames/s
shutter-film-so-far-of = { $time } of { $whole } at { $rate } frames/s
shutter-fact-delay = Delay
shutter-fact-bulb = Exposure
shutter-fact-ramp = Ramp
shutter-ramp-to = to { $to } within { $over }
shutter-fact-bracket = Bracket
shutter-frames = { $frames ->
    [one] { $frames } frame, { $step } EV apart
   *[other] { $frames } frames, { $step } EV apart
}
shutter-fact-half-press = Half-press
shutter-fact-mirror = Mirror up
shutter-between-shots = { $time } between shots
shutter-fact-skipped = Left out
shutter-skipped = { $count ->
    [one] { $count } picture for which it was late
   *[other] { $count } pictures for which it was late
}
shutter-fact-exact = Exactness
shutter-exact = 99 of 100 within { $time }
shutter-exact-few = at most { $time } late
shutter-fact-resumed = Goes on
shutter-resumed = after a restart at { $time }
shutter-change = Change
shutter-change-hint = Counts from the last picture, and so takes effect at once

# The last pictures.
shutter-no-history = No picture was taken since the service began.
shutter-total = { $count ->
    [one] { $count } picture since the service began.
   *[other] { $count } pictures since the service began.
}
shutter-late-by = Late by { $median } at the median, 99 of 100 within { $most }, at most { $worst }.
shutter-late-by-few = Late by { $median } at the median, at most { $worst }.
shutter-lateness = Lateness
shutter-late = { $time } late
shutter-late-aloud = { $time } late
shutter-very-late = very late
shutter-single = one picture
shutter-held = held { $time }
shutter-shot = Picture { $number } at { $time }, { $details }
shutter-no-problem = no problem

# The list of keys. There is room for about 27 letters.
shutter-key-start = Start with what is typed
shutter-key-pause = Pause, go on
shutter-key-stop = Stop, at the second press
shutter-key-snap = One picture now
shutter-key-type = Type interval, number, delay, bulb
shutter-key-pages = Timer, plan, history
shutter-key-list = Cameras of the list, scroll
shutter-key-next-camera = The next camera
shutter-key-start-all = In the list: start all
shutter-key-retry = Try again what is offline
shutter-key-keys = These keys
shutter-key-back = Step back, then close

# What is wrong with what was typed: behind a colon, without a point.
shutter-wrong-no-interval = say how long it is from one picture to the next
shutter-wrong-duration = '{ $text }' is no duration: write it like 10s, 1m30s, 1:30, 0.5 or 1h
shutter-wrong-long = '{ $text }' is too long: 99:59:59 is the longest that can be kept
shutter-wrong-moment = '{ $text }' is no time: write it like 22:30, '2026-12-24 22:30' or in RFC 3339
shutter-wrong-window = '{ $text }' is no window: write two times, or sunrise, sunset, civil-dawn, civil-dusk, astronomical-dawn or astronomical-dusk with minutes, like 9:00-17:30 or sunset+20-sunrise
shutter-wrong-empty-window = '{ $text }' begins where it ends
shutter-wrong-bracket = '{ $text }' is no bracket: write frames and exposure values, like 3:1 or 5:0.7:2s
shutter-wrong-frames = a bracket has 2 to 9 frames, not { $frames }
shutter-wrong-step = the steps of a bracket are more than 0 and at most 5 exposure values, not { $step }
shutter-wrong-ramp = '{ $text }' is no ramp: write the last exposure and how long it takes to get there, like 30s:2h
shutter-wrong-no-pictures = 0 pictures are none: leave it out to go on until it is stopped
shutter-wrong-count = '{ $text }' is no number of pictures

# Why a plan cannot be kept, in the same way.
shutter-bad-interval = the interval is { $time }; it must be between 0.1 s and 99:59:59
shutter-bad-long = { $what ->
    [frames] a gap between frames of { $time } is longer than 99:59:59
    [ramp] a ramp of { $time } is longer than 99:59:59
    [before-ramp] the time before a ramp of { $time } is longer than 99:59:59
   *[delay] a delay of { $time } is longer than 99:59:59
}
shutter-bad-windows = there are { $count } windows; at most { $most } are kept
shutter-bad-count = a plan of 0 shots takes none; leave the count out to go on until it is stopped
shutter-bad-lead = { $what ->
    [mirror] a mirror lock-up of { $time } is too long; a camera waits for 30 s at most
   *[half-press] a half-press of { $time } is too long; a camera waits for 30 s at most
}
shutter-bad-mirror = { $time } after the mirror is too short; with a press of { $pulse } it takes { $least } at least
shutter-bad-long-bulb = an exposure of { $time } is longer than this camera may expose ({ $longest })
shutter-bad-short-bulb = an exposure of { $time } is shorter than a press that the camera notices ({ $pulse }); let the camera expose, without bulb
shutter-bad-step = frames are more than 0 and at most 5 exposure values apart, not { $step }
shutter-bad-frame-gap = { $time } between the frames of a bracket is too short; it takes { $least } at least
shutter-bad-frame-gap-mirror = { $time } between the frames of a bracket is too short; it takes { $least } at least, as the mirror is lifted for each
shutter-bad-ramp-without-bulb = a ramp changes a bulb exposure, and the plan has none; set the exposure it starts from
shutter-bad-ramp-over = a ramp over 0 s is none; say how long it takes
shutter-bad-fit = a shot that takes { $takes } does not fit in an interval of { $interval } from shot to shot ({ $parts }); make the interval { $least } at least, the exposure shorter, or count the interval from the end of a shot
shutter-takes-exposure = exposure { $time }
shutter-takes-lead = half-press and mirror { $time }
shutter-takes-pulse = { $time } until the next press
shutter-bad-gap = a gap of { $time } between two shots is too short; with half-press and mirror it takes { $least } at least
shutter-bad-empty-window = a window from { $time } to { $time } is empty; leave it out to go on all day
shutter-bad-offset = { $minutes } minutes from what the sun does is too far; -720 to 720 are allowed
shutter-bad-no-place = a window by the sun needs the place of the camera; set it in the configuration
shutter-bad-never-opens = no window of the plan opens within a year at this place; the sun does not do that here

# Said in English by a service, its release or the way to it; see src/catalogue/told.rs.
shutter-why-no-answer = no answer from { $address }: { $reason }
shutter-why-nobody-listens = nobody listens there
shutter-why-silent = it is silent
shutter-why-no-way = there is no way to it
shutter-why-it-has-ended = it has ended the connection
shutter-why-name-unknown = the name is not known
shutter-why-ended = { $address } has ended the connection
shutter-why-odd = { $address } does not answer like 'xshutter serve': { $reason }
shutter-why-long-answer = its answer is too long
shutter-why-http-status = HTTP status { $status }
shutter-why-password-unreadable = cannot read password file '{ $path }': { $error }
shutter-why-password-open = password file '{ $path }' can be read by others; run 'chmod 600 { $path }'
shutter-why-password-empty = password file '{ $path }' is empty
shutter-why-password-no-text = password file '{ $path }' holds no text
shutter-why-no-plan = no plan runs; start one first
shutter-why-plan-runs = a plan runs; stop it before you start another
shutter-why-no-bulb = the plan has no bulb exposure that could be changed; stop it and start one that has
shutter-why-too-few = { $taken } shots were taken already, { $count } are less; stop the plan instead
shutter-why-taking = a picture is being taken for another { $time }; try again then
shutter-why-next-soon = the plan's next shot begins in { $left }, and a picture takes { $time }; try again after it
shutter-why-no-place = a window by the sun needs the place of the camera; set it in the configuration
shutter-why-never-opens = no window of the plan opens within a year at this place; the sun does not do that here
shutter-why-timer-error = the timer had an error, and went on: { $what }; please report it
shutter-why-shot-error = an error of the timer ended this shot
shutter-why-clock = the clock is not set; the plan went on in a new phase
shutter-why-timer-ended = the timer has ended
shutter-why-does-not-answer = { $name } does not answer{ $nothing }; see whether it is connected
shutter-why-nothing-done = ; nothing was done
shutter-why-busy = { $name } is in use by { $holder }; stop that program
shutter-why-another-program = another program
shutter-why-absent = { $name } is not there; { $remedy }
shutter-why-forbidden = no permission for { $name }; { $remedy }
shutter-why-failed = { $name } failed: { $reason }
shutter-why-group-gpio = add its user to the group gpio
shutter-why-group-dialout = add its user to the group dialout
shutter-why-no-chip = this machine has no GPIO chip; choose another release, or none
shutter-why-plugged-in = look whether it is plugged in
shutter-why-adapter = plug the adapter in, or name another port
shutter-why-arduino = plug the Arduino in, or name another port
shutter-why-no-camera = no camera: shots are only counted
