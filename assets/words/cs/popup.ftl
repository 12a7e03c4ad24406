# Co mají všechna okna společné.

popup-close = Skrýt
popup-hide = Skrýt { $what }
popup-show = Ukázat { $what }
popup-key = Klávesa { $key }
popup-keys = Klávesy

# Jak jsou popsány na klávesnici.
popup-key-alt = Alt
popup-key-ctrl = Ctrl
popup-key-del = Del
popup-key-delete = Delete
popup-key-end = End
popup-key-enter = Enter
popup-key-esc = Esc
popup-key-home = Home
popup-key-letters = Písmena
popup-key-page = Page
popup-key-shift = Shift
popup-key-space = Mezerník
popup-key-tab = Tab

popup-now = teď
popup-percent = { $percent } %
popup-seconds = { $seconds } s
popup-minutes = { $minutes } min
popup-hours = { $hours } h
popup-today = Dnes
popup-yesterday = Včera
popup-days-ago = { $days ->
    [one] před { $days } dnem
    [few] před { $days } dny
   *[other] před { $days } dny
}
popup-date = { $day }. { popup-month }
popup-date-with-year = { $day }. { popup-month } { $year }
popup-weekday-date = { popup-weekday } { $day }. { popup-month }
popup-full-time = { popup-weekday } { $day }. { popup-month } { $year }, { $time }
popup-month = { $month ->
    [1] 1.
    [2] 2.
    [3] 3.
    [4] 4.
    [5] 5.
    [6] 6.
    [7] 7.
    [8] 8.
    [9] 9.
    [10] 10.
    [11] 11.
   *[12] 12.
}
popup-weekday = { $weekday ->
    [1] po
    [2] út
    [3] st
    [4] čt
    [5] pá
    [6] so
   *[7] ne
}

# Co graf říká tomu, kdo ho nevidí.
popup-value-ago = { $value }, před { $time }
popup-plot-over = { $name } za { $span }: { $values }
popup-plot-between = { $now }, od { $low } do { $high }
popup-plot-none = žádné hodnoty
