# Game controllers.

ds4-page-pad = Pad
ds4-page-motion = Motion
ds4-page-light = Light
ds4-and = { $others } and { $last }
ds4-look-again = Look again

# The header.
ds4-title = { $model }, { $battery }, { $connection }
ds4-title-plain = { $model }, { $connection }
ds4-title-looking = Game controller
ds4-title-none = No controller
ds4-battery-unknown = battery ?
ds4-battery-charging = charging at { $percent } %
ds4-battery-full = full
ds4-battery-not-charging = { $percent } %, not charging
ds4-battery-low = Battery low
ds4-rate = { $rate } reports/s
ds4-jitter = jitter { $jitter } ms
ds4-lost = { $lost } lost
ds4-light-bar = Light bar: { $colour }
ds4-light-bar-dark = Light bar: dark

# No pad.
ds4-looking = Looking for controllers…
ds4-how-to-connect = Connect a controller by USB. For Bluetooth hold PS and Share until its light flashes, then pair it. It shows up here by itself.

# What stands in the way. The parts of a pad stand in the sentence before them.
ds4-forbidden = No permission for { $what }; install barpop's udev rule as { $rule } and plug the pad in again.
ds4-forbidden-short = Not all of it may be used: a udev rule changes that.
ds4-part-controls = the controls
ds4-part-motion = the motion sensors
ds4-part-touchpad = the touchpad
ds4-part-light = the light bar
ds4-part-players = the player LEDs
ds4-part-rumble = the motors
ds4-copy-rule = Copy rule
ds4-copy-rule-hint = Copies commands that install it, to paste into a terminal (U)
ds4-rule-copied = Copied
ds4-other-driver = The kernel runs it by '{ $driver }': without motion sensors, light bar and battery. Linux 6.2 and newer have 'hid-playstation'.

# What is used of a pad, a list behind its name.
ds4-picture = { $model }: { $used }
ds4-picture-unread = { $model }: nothing can be read
ds4-picture-at-rest = { $model }: at rest
ds4-button-cross = cross
ds4-button-circle = circle
ds4-button-square = square
ds4-button-triangle = triangle
ds4-button-l2 = L2 button
ds4-button-r2 = R2 button
ds4-button-l3 = left stick pressed
ds4-button-r3 = right stick pressed
ds4-button-touchpad = touchpad pressed
ds4-dpad-up = D-pad up
ds4-dpad-down = D-pad down
ds4-dpad-left = D-pad left
ds4-dpad-right = D-pad right
ds4-left-stick = left stick
ds4-right-stick = right stick
ds4-fingers = { $fingers ->
    [one] one finger
   *[other] two fingers
}

# Sticks and triggers in numbers. There is room for about 20 letters.
ds4-stick-left = Left stick
ds4-stick-right = Right stick
ds4-circularity = Circularity { $percent } %
ds4-circularity-unknown = Turn it full circle
ds4-dead-zone = Dead zone { $size }
ds4-in-dead-zone = In dead zone { $size }
ds4-no-dead-zone = No dead zone
ds4-trigger-down = { $trigger }: axis { $axis }, button down
ds4-trigger-up = { $trigger }: axis { $axis }, button up
ds4-button-down = button down
ds4-button-up = button up
ds4-button = button

# The cube.
ds4-cube = Cube. { $held }
ds4-cube-lit = Cube. { $held }, lit by { $buttons }
ds4-cube-unread = Cube. The motion sensors are not read
ds4-motion-unread = Motion sensors are not read
ds4-turned-by-triggers = L2 and R2 turn it

# Motion.
ds4-held = Pitch { $pitch }°, roll { $roll }°, heading { $heading }°
ds4-drift-unknown = Lay the pad still for a second and its drift is taken off by itself.
ds4-drift-waiting = Lay the pad on a table and leave it alone for a second…
ds4-drift-known = The drift of the gyroscope is known and taken off.
ds4-motion-waiting = Waiting for the motion sensors…
ds4-motion-absent = The kernel's driver shows no motion sensors of this pad.
ds4-motion-forbidden = The motion sensors may not be read: the rule above allows it.
ds4-recentre = Recentre
ds4-recentre-hint = The heading of now is straight ahead (R)
ds4-calibrate = Calibrate
ds4-calibrate-anew-hint = Finds the drift anew (C)
ds4-calibrating = Calibrating
ds4-calibrating-hint = Waits until the pad lies still
ds4-acceleration = Acceleration
ds4-rotation = Rotation
ds4-pitch = pitch
ds4-yaw = yaw
ds4-roll = roll
ds4-report-jitter = Jitter of the reports

# The light.
ds4-light-absent = This pad's driver shows no light bar.
ds4-light-forbidden = The light bar may not be changed: the rule above allows it.
ds4-colour = Colour
ds4-hue = Hue
ds4-saturation = Saturation
ds4-brightness = Brightness
ds4-colour-field = Colour, like #ff8000 or red
ds4-colour-wrong = like ff8000, or red
ds4-red = Red
ds4-green = Green
ds4-blue = Blue
ds4-white = White
ds4-black = Black
ds4-yellow = Yellow
ds4-orange = Orange
ds4-pink = Pink
ds4-magenta = Magenta
ds4-violet = Violet
ds4-cyan = Cyan
ds4-turquoise = Turquoise
ds4-effect = What it does
ds4-steady = Steady
ds4-steady-detail = the colour
ds4-blink = Blink
ds4-blink-detail = the colour, by the hardware
ds4-breathe = Breathe
ds4-breathe-detail = the colour, up and down
ds4-police = Police
ds4-police-detail = red and blue flashes
ds4-by-battery = Battery
ds4-by-battery-detail = green, yellow, red
ds4-by-buttons = Buttons
ds4-by-buttons-detail = what is pressed, mixed
ds4-light-off = Off
ds4-light-off-detail = dark
ds4-period = One turn lasts
ds4-former-colour = Former colour back
ds4-former-colour-hint = The light as it was before this window was opened (B); closing the window does the same
ds4-player-lights = Player lights
ds4-player = Player
ds4-players-off = Off

# The foot.
ds4-rumble-strong = Rumble strong
ds4-rumble-strong-hint = Runs the strong motor, at the left, for a moment (S)
ds4-rumble-weak = Rumble weak
ds4-rumble-weak-hint = Runs the weak motor, at the right, for a moment (W)
ds4-calibrate-motion = Calibrate the motion sensors
ds4-calibrate-hint = Lay the pad still first (C)
ds4-show-keys = Keys (?)

# The list of keys. There is room for about 27 letters.
ds4-key-pages = Pad, motion, light
ds4-key-next-pad = Next pad
ds4-key-rumble = Rumble: strong, weak
ds4-key-calibrate = Calibrate the motion sensors
ds4-key-recentre = Cube and heading to the middle
ds4-key-triggers = L2 and R2 turn the cube
ds4-key-outlines = Stick outlines anew
ds4-key-mouse = Touchpad moves the mouse, or not
ds4-key-light-off = Light off
ds4-key-former-colour = Give the light its colour back
ds4-key-slider = Move a slider
ds4-key-next-control = Next control, press it
ds4-key-scroll = Scroll
ds4-key-rule = Copy the udev rule
ds4-key-keys = These keys
ds4-key-back = Step back, then close

# Said in English by the source of the pads, for the terminal as well; see src/catalogue/told.rs.
ds4-why-no-sysfs = cannot look for gamepads in sysfs: { $error }
ds4-why-no-events = cannot listen to gamepads: { $error }
ds4-why-touchpad-taken = another program has the touchpad for itself
ds4-why-motors-fail = the motors do not run: { $error }
ds4-why-no-motors = the motors may not be used
ds4-why-no-light = the light bar may not be changed
ds4-why-light-write = cannot set the light with '{ $path }': { $cause }
ds4-why-light-logind = cannot set the light through logind: { $cause }
ds4-why-other-driver = the driver '{ $driver }' has this pad; load the kernel module hid-playstation (hid-sony before Linux 6.2) and plug the pad in again
