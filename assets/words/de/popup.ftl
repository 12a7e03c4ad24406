# Was alle Popups gemeinsam haben.

popup-close = Ausblenden
popup-hide = { $what } verbergen
popup-show = { $what } zeigen
popup-key = Taste { $key }
popup-keys = Tasten

# Wie sie auf der Tastatur heißen.
popup-key-alt = Alt
popup-key-ctrl = Strg
popup-key-del = Entf
popup-key-delete = Entf
popup-key-end = Ende
popup-key-enter = Eingabe
popup-key-esc = Esc
popup-key-home = Pos1
popup-key-letters = Buchstaben
popup-key-page = Bild
popup-key-shift = Umschalt
popup-key-space = Leertaste
popup-key-tab = Tab

popup-now = jetzt
popup-percent = { $percent } %
popup-seconds = { $seconds } s
popup-minutes = { $minutes } min
popup-hours = { $hours } h
popup-today = Heute
popup-yesterday = Gestern
popup-days-ago = { $days ->
    [one] vor { $days } Tag
   *[other] vor { $days } Tagen
}
popup-date = { $day }. { popup-month }
popup-date-with-year = { $day }. { popup-month } { $year }
popup-weekday-date = { popup-weekday } { $day }. { popup-month }
popup-full-time = { popup-weekday } { $day }. { popup-month } { $year }, { $time }
popup-month = { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
popup-weekday = { $weekday ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
}

# Was ein Diagramm dem sagt, der es nicht sieht.
popup-value-ago = { $value }, vor { $time }
popup-plot-over = { $name } über { $span }: { $values }
popup-plot-between = { $now }, zwischen { $low } und { $high }
popup-plot-none = keine Werte
