# Position.


# The window and its head.
gnss-window = { $state } – Position
gnss-no-source = No source of positions
gnss-connecting = Connecting
gnss-connecting-to = Connecting to { $source }
gnss-no-receiver = No receiver
gnss-waiting-for = Waiting for { $time }
gnss-replay-empty = The replay has no position
gnss-searching-for = Searching for { $time }
gnss-stale = { $mode }, { $age } old
gnss-fix-lost = Fix lost { $age } ago
gnss-replay-ended = The replay is at its end
gnss-last-position = last position { $age } ago
gnss-now = now
gnss-age-old = { $age } old
gnss-mode-estimated = Dead reckoning
gnss-mode-manual = Position typed in
gnss-mode-simulated = Simulated fix
gnss-mode-3d = 3D fix
gnss-mode-2d = 2D fix
gnss-mode-none = No fix
gnss-differential = differential corrections
gnss-rtk-float = RTK, float
gnss-rtk-fixed = RTK, fixed
gnss-used-of-seen = { $used } of { $seen } satellites used
gnss-satellites-used = { $count ->
    [one] { $count } satellite used
   *[other] { $count } satellites used
}
gnss-satellites-in-view = { $count ->
    [one] { $count } satellite in view
   *[other] { $count } satellites in view
}
gnss-none-seen-yet = no satellites seen yet
gnss-none-received-yet = no satellites received yet
gnss-received = { $count ->
    [one] { $count } satellite received, the best with { $best } dB-Hz
   *[other] { $count } satellites received, the best with { $best } dB-Hz
}
gnss-receiver-gone = the receiver is gone
gnss-no-fix-any-more = no fix any more
gnss-receiver-silent = the receiver is silent
gnss-source-gone = the source is gone
gnss-nothing-recorded = Nothing is recorded: { $why }
gnss-end-it = End it
gnss-end-recording-hint = End the recording (R)
gnss-try-again = Try again
gnss-try-again-hint = Try the source again (F5)
gnss-doubt-rollover = The receiver's date is 1024 weeks off, as its firmware is old; it is mended here.
gnss-doubt-past = The receiver's date is long past: its clock or this computer's is wrong.
gnss-doubt-future = The receiver's date is in the future: its clock or this computer's is wrong.

# Where there is nothing to show.
gnss-nothing-tells = Nothing here tells positions.
gnss-choose-source = Choose a source
gnss-waiting-for-source = Waiting for the source…
gnss-file-empty = The file has no position in it.
gnss-advice-near = Enough satellites are heard well: a fix is near.
gnss-advice-first = A first fix takes half a minute in the open, with four satellites or more.
gnss-advice-window = Nothing is heard well: take the antenna to a window, or outside.
gnss-advice-wider = It needs four satellites of 30 dB-Hz or more: a wider view of the sky helps.

# The position, and its notations.
gnss-position-is = Position: { $position }
gnss-position-was = Position, last known, { $age } ago: { $position }
gnss-notation-was = { $notation }, last known, { $age } ago
gnss-this-was = This is the position last known, { $age } ago.
gnss-copied-value = Copied { $value }
gnss-copied-was = Copied, last known, { $age } ago
gnss-nothing-to-copy = There is no position to copy yet
gnss-nothing-to-show = There is no position to show yet
gnss-no-position-yet = no position yet
gnss-map-hint = Show on OpenStreetMap (O)
gnss-notations-hint = All notations (N)
gnss-copy-hint = Copy (C)
gnss-map-opens = The map opens in the browser
gnss-no-browser = There is no browser: install xdg-open or set $BROWSER
gnss-back-hint = Back (Esc)
gnss-copy-as = Copy the position as …
gnss-decimal-degrees = Decimal degrees
gnss-degrees-minutes = Degrees, minutes
gnss-plus-code = Plus code
gnss-geo-link = geo: link

# The foot, and all keys.
gnss-keys-hint = Keys (?)
gnss-units = Units: { $units }
gnss-units-hint = Metric, imperial, nautical (U)
gnss-metric = Metric
gnss-imperial = Imperial
gnss-nautical = Nautical
gnss-source = Source
gnss-source-hint = Where positions come from (S)
gnss-recording = { $points ->
    [one] Recording, { $points } point
   *[other] Recording, { $points } points
}
gnss-recording-fails = Recording fails
gnss-recording-spoken = { $state }, to { $path }
gnss-recording-hint = To { $path }; end it (R)
gnss-record = Record
gnss-record-track = Record the track
gnss-record-hint = Record the track to { $path } (R)
gnss-saved-in = Saved in { $path }
gnss-recording-ended = The recording has ended
gnss-recording-to = Recording to { $path }
gnss-forgotten = The recent positions are forgotten
gnss-keys-copy = Copy the position
gnss-keys-notations = All notations, and copy one
gnss-keys-map = Open on OpenStreetMap
gnss-keys-record = Record the track, end it
gnss-keys-units = Metric, imperial, nautical
gnss-keys-source = Choose the source
gnss-keys-retry = Try the source again, play again
gnss-keys-pages = Sky, numbers, scatter, track, speed
gnss-keys-satellites = From satellite to satellite
gnss-keys-scroll = A page up, down
gnss-keys-forget = Forget the recent positions
gnss-keys-tab = Next control, press it
gnss-keys-keys = These keys
gnss-keys-back = Step back, then close

# The pages.
gnss-page-sky = Sky
gnss-page-numbers = Numbers
gnss-page-scatter = Scatter
gnss-page-track = Track
gnss-speed = Speed
gnss-altitude = Altitude
gnss-altitude-error = Altitude ±
gnss-course = Track
gnss-climb = Climb
gnss-time = Time
gnss-not-told = not told

# The sky and its signals.
gnss-signal-axis = Signal, dB-Hz
gnss-used-of = { $used } of { $seen }
gnss-signals = Signals. { $told }
gnss-seen-spoken = { $count } seen
gnss-used-spoken = { $count } used
gnss-none-heard-spoken = none heard
gnss-heard-spoken = { $count } heard, the best with { $best } dB-Hz
gnss-sky-spoken = { $count ->
    [one] Sky with { $count } satellite
   *[other] Sky with { $count } satellites
}
gnss-sky-old = This sky is { $age } old.
gnss-no-satellites = No satellites are told yet.
gnss-point-at = Point at a satellite, or press → for the next.
gnss-legend-used = used
gnss-legend-not = not
gnss-high-in = { $up }° high in the { gnss-direction } ({ $around }°)
gnss-direction = { $direction ->
    [0] north
    [1] northeast
    [2] east
    [3] southeast
    [4] south
    [5] southwest
    [6] west
   *[other] northwest
}
gnss-compass = { $direction ->
    [0] N
    [1] NE
    [2] E
    [3] SE
    [4] S
    [5] SW
    [6] W
   *[other] NW
}
gnss-high = { $up }° high
gnss-no-place = its place is not told
gnss-not-heard = not heard
gnss-is-used = used
gnss-is-not-used = not used

# All numbers.
gnss-position = Position
gnss-was-no-position = There was no position yet.
gnss-latitude = Latitude
gnss-longitude = Longitude
gnss-above-sea = Above sea
gnss-above-ellipsoid = Above ellipsoid
gnss-geoid = Geoid
gnss-motion = Motion
gnss-motion-untold = This receiver does not tell it.
gnss-local-time = Local
gnss-receiver-says = Receiver says
gnss-position-age = Position is
gnss-sky-age = Sky is
gnss-is-old = { $age } old
gnss-accuracy = Accuracy
gnss-horizontal = Horizontal
gnss-vertical = Vertical
gnss-error-ellipse = Error ellipse
gnss-confidence = Confidence
gnss-dilution = Dilution
gnss-improved-by = Improved by
gnss-by-nothing = nothing
gnss-by-corrections = corrections
gnss-by-reckoning = dead reckoning
gnss-by-hand = hand
gnss-by-simulator = a simulator
gnss-satellites-used-name = Satellites used
gnss-satellites = Satellites
gnss-elevation = Elevation
gnss-azimuth = Azimuth
gnss-in-view = In view
gnss-in-view-heard = { $count }, { $heard } heard
gnss-from = From
gnss-receiver = Receiver
gnss-state = State
gnss-link-missing = not there
gnss-link-connecting = is being reached
gnss-link-answers = answers for { $time }
gnss-link-ended = played to its end
gnss-sentences = Sentences
gnss-sentences-good = { $count } good
gnss-sentences-useless = { $count } of no use
gnss-sentences-damaged = { $count } damaged
gnss-sentences-broken = { $count } broken

# The way, and how positions spread.
gnss-way-empty = The way is drawn here as soon as there are positions.
gnss-way-in = { $way } in { $time }
gnss-way-spoken = Track: { $way }
gnss-way-start = start
gnss-ago = { $age } ago
gnss-scatter-empty = It takes three positions to see how they spread.
gnss-positions-in = { $count ->
    [one] { $count } position in { $time }
   *[other] { $count } positions in { $time }
}
gnss-moving = You are moving: this is the way, and not the error.
gnss-half-within = 50 % within
gnss-most-within = 95 % within
gnss-most-ellipse = 95 % ellipse
gnss-start-over = Start over
gnss-start-over-hint = Forget the recent positions (Delete)
gnss-spread-spoken = { $count ->
    [one] { $count } position, half of them within { $half }, 95 % within { $most } of their mean
   *[other] { $count } positions, half of them within { $half }, 95 % within { $most } of their mean
}

# Where positions come from.
gnss-sources = Where positions come from
gnss-automatic = Automatic
gnss-automatic-what = gpsd, then a modem, then the configured port
gnss-gpsd-what = on this computer
gnss-modem-manager-what = a modem that it has
gnss-as-receiver = as a receiver
gnss-as-modem = as a modem
gnss-replay = Replay
gnss-another = Another one
gnss-in-use = in use
gnss-another-what = Another one: a log to replay, a port, or gpsd://HOST:PORT
gnss-other-source = Other source
gnss-use-it = Use it

# Told in English by the sources, for the terminal as well; see src/catalogue/told.rs.
gnss-why-nothing-here = no gpsd answers on this machine, ModemManager has no receiver, and no port is configured; start gpsd or name a source, like --source nmea:/dev/ttyUSB1
gnss-why-no-gpsd = no gpsd answers at { $address }: { $cause }; start gpsd or name another with --source
gnss-why-something-else = something else listens there
gnss-why-gpsd-ended = gpsd at { $address } has ended
gnss-why-gpsd-empty = gpsd at { $address } has no receiver; plug one in
gnss-why-gpsd-says = gpsd at { $address } says: { $text }
gnss-why-gpsd-receiver-gone = the receiver { $path } is gone; plug it in again
gnss-why-cannot-read = cannot read '{ $path }': { $cause }
gnss-why-cannot-write = cannot write '{ $path }': { $cause }
gnss-why-recorded-elsewhere = '{ $path }' is being recorded by another program; name another file
gnss-why-no-track = '{ $path }' is no GPX track that can be continued; name another file
gnss-why-no-receiver-at = there is no receiver at '{ $path }'; plug it in or name another source with --source
gnss-why-held-by-gpsd = port '{ $path }' is held by { $holder }; ask it with --source gpsd
gnss-why-held-by = port '{ $path }' is held by { $holder }; stop it or name another source with --source
gnss-why-held = port '{ $path }' is held by another program
gnss-why-held-which = port '{ $path }' is held by { $holder }, which { $why }; stop it or name another source with --source
gnss-why-does-not-lend = does not lend it on the session bus
gnss-why-lends-nowhere = lends it on the session bus, which is not there or does not answer
gnss-why-forbidden = no permission to open '{ $path }'; add yourself to its group (usually dialout)
gnss-why-unusable = cannot open '{ $path }' as a serial port: { $reason }
gnss-why-not-heard = '{ $path }' { $what } at { $baud } baud; check that it is the receiver's port
gnss-why-is-silent = is silent
gnss-why-sends-no-nmea = sends no NMEA
gnss-why-nothing-nmea = '{ $path }' sends nothing that is NMEA at { $baud } baud; check the port and --baud
gnss-why-receiver-gone = the receiver at '{ $path }' is gone: { $cause }
gnss-why-closed = it was closed
gnss-why-modem-no-position = the modem at '{ $path }' gives no position: { $cause }
gnss-why-unknown-modem = the modem has no command for positions that barpop knows
gnss-why-at-refused = the modem refused '{ $command }': { $result }
gnss-why-at-silent = the modem did not answer '{ $command }' within { $seconds } s
gnss-why-modem-gone = the modem is gone
gnss-why-owner-ended = the program that had the modem has ended
gnss-why-owner-silent = the program that has the modem does not answer
gnss-why-session-bus-gone = the session bus is gone
gnss-why-manager-no-position = ModemManager gives no position: { $cause }
gnss-why-cannot-switch-on = the receiver of the modem { $name } cannot be switched on: { $cause }
gnss-why-only-cell = the modem { $name } has no GNSS receiver that ModemManager knows of, only its cell is known; name another source with --source
gnss-why-modem-gives-none = the modem { $name } gives no position: { $cause }
gnss-why-not-running = { $service } is not running
gnss-why-does-not-answer = { $service } does not answer
gnss-why-bus-connect = cannot connect to the { $bus } bus: { $cause }
gnss-why-no-descriptors = the system has no more descriptors: { $cause }
gnss-why-bad-address = '{ $text }' is no address of a gpsd: write gpsd://HOST:PORT or gpsd:///PATH/OF/SOCKET
gnss-why-no-path = '{ $text }' lacks its path: write it like { $text }/dev/ttyUSB1
gnss-why-no-source = '{ $text }' is no source of positions: use auto, gpsd://HOST:PORT, nmea:PORT, modem:PORT, mm or file:FILE
