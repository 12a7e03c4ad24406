# What all popups share. A text's first word is its room.

popup-close = Hide this
popup-hide = Hide { $what }
popup-show = Show { $what }
popup-key = Key { $key }
popup-keys = Keys

# As they are written on the keyboard.
popup-key-alt = Alt
popup-key-ctrl = Ctrl
popup-key-del = Del
popup-key-delete = Delete
popup-key-end = End
popup-key-enter = Enter
popup-key-esc = Esc
popup-key-home = Home
popup-key-letters = Letters
popup-key-page = Page
popup-key-shift = Shift
popup-key-space = Space
popup-key-tab = Tab

# Times: relative up to a day, then dates. Rows have little room.
popup-now = now
popup-percent = { $percent } %
popup-seconds = { $seconds } s
popup-minutes = { $minutes } min
popup-hours = { $hours } h
popup-today = Today
popup-yesterday = Yesterday
popup-days-ago = { $days ->
    [one] { $days } day ago
   *[other] { $days } days ago
}
popup-date = { $day } { popup-month }
popup-date-with-year = { $day } { popup-month } { $year }
popup-weekday-date = { popup-weekday } { $day } { popup-month }
popup-full-time = { popup-weekday } { $day } { popup-month } { $year }, { $time }
popup-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
popup-weekday = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}

# What a plot says to those who do not see it.
popup-value-ago = { $value }, { $time } ago
popup-plot-over = { $name } over { $span }: { $values }
popup-plot-between = { $now }, between { $low } and { $high }
popup-plot-none = no values
