# Der Auslöser der Kamera.

shutter-page-timer = Timer
shutter-page-plan = Plan
shutter-page-history = Verlauf

# Was eine Kamera tut, in der Kopfzeile und in der Liste: ganz, und wo wenig Platz ist.
shutter-pictures = { $count ->
    [one] { $count } Bild
   *[other] { $count } Bilder
}
shutter-progress = { $shots } von { $count }
shutter-connecting = Verbindet …
shutter-no-timer = Hier läuft kein Timer
shutter-offline = Offline
shutter-offline-for = Offline seit { $time }
shutter-wrong-password = Falsches Passwort
shutter-locked = Passwort nötig
shutter-paused = Pausiert: { $progress }
shutter-failing = Gestört: { $progress }
shutter-exposing = Belichtet: { $progress }
shutter-exposing-left = Belichtet: { $progress }, noch { $left }
shutter-running = Läuft: { $progress }
shutter-running-next = Läuft: { $progress }, nächstes in { $left }
shutter-waiting-first = Wartet: erstes Bild in { $left }
shutter-waiting-first-of = Wartet: erstes von { $count } in { $left }
shutter-waiting-short = Wartet: erstes Bild
shutter-waiting-short-of = Wartet: erstes von { $count }
shutter-no-release = Keine Aufnahme möglich
shutter-taking = Nimmt ein Bild auf
shutter-ready = Bereit
shutter-done = { $count ->
    [one] Fertig: { $count } Bild
   *[other] Fertig: { $count } Bilder
}
shutter-stopped = { $count ->
    [one] Gestoppt nach { $count } Bild
   *[other] Gestoppt nach { $count } Bildern
}
shutter-interrupted = { $count ->
    [one] Unterbrochen nach { $count } Bild
   *[other] Unterbrochen nach { $count } Bildern
}
shutter-failed = { $count ->
    [one] Gescheitert nach { $count } Bild
   *[other] Gescheitert nach { $count } Bildern
}
shutter-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
shutter-day-and-time = { $day } { $time }
shutter-as-it-was = Stand von { $time }
shutter-left = noch { $time }
shutter-all-cameras = Alle Kameras

# Was im Weg steht.
shutter-how = Auf diesem Rechner läuft kein Timer. Dort, wo der Auslöser der Kamera angeschlossen ist, „xshutter serve“ starten; ist das ein anderer Rechner, ihn unter [[shutter.server]] in die Konfiguration eintragen.
shutter-look-again = Neu suchen
shutter-try-now = Jetzt versuchen
shutter-trying = Neuer Versuch …
shutter-next-try = Nächster Versuch in { $time }.
shutter-waiting-for = Warte auf { $camera } …
shutter-not-started = Nicht gestartet: { $why }
shutter-not-changed = Nicht geändert: { $why }
shutter-not-paused = Nicht pausiert: { $why }
shutter-not-resumed = Nicht fortgesetzt: { $why }
shutter-not-stopped = Nicht gestoppt: { $why }
shutter-not-snapped = Kein Bild: { $why }
shutter-not-kept = Nicht gespeichert: { $why }
shutter-password = Passwort
shutter-wants-password = { $camera } verlangt ein Passwort.
shutter-not-the-password = Das ist nicht das Passwort von { $camera }.
shutter-keep-password = In einer Datei speichern, die nur der eigene Benutzer lesen kann
shutter-unlock = Entsperren

# Das Zifferblatt: ein Wort oder eine Zeit, und darunter in 20 Buchstaben, was es ist.
shutter-dial-unknown = unbekannt
shutter-dial-closes = bis zum Schließen
shutter-dial-paused = Pausiert
shutter-dial-resumed = bis zum Fortsetzen
shutter-dial-first = bis zum ersten Bild
shutter-dial-next = bis zum nächsten Bild
shutter-dial-now = Jetzt
shutter-dial-due = ist fällig
shutter-dial-nothing = nichts fällig

# Die Fußzeile.
shutter-start = Starten
shutter-starting = Startet …
shutter-pause = Pause
shutter-pausing = Pausiert …
shutter-resume = Fortsetzen
shutter-resuming = Setzt fort …
shutter-stop = Stopp
shutter-stopping = Stoppt …
shutter-really-stop = Wirklich stoppen
shutter-stop-hint = Beendet den Plan; eine laufende Belichtung endet sofort (X)
shutter-snap = Ein Bild
shutter-snapping = Nimmt auf …
shutter-start-all = Alle starten
shutter-start-all-hint = Startet jede untätige Kamera mit ihrem eigenen Plan (A)
shutter-stop-all = Alle stoppen
shutter-really-stop-all = Wirklich alle stoppen
shutter-stop-all-hint = Beendet alle Pläne; laufende Belichtungen enden sofort (X)
shutter-show-keys = Tasten (?)

# Die Liste der Kameras.
shutter-running-of = { $count ->
    [one] { $count } von { $all } läuft
   *[other] { $count } von { $all } laufen
}
shutter-cameras = { $count ->
    [one] { $count } Kamera
   *[other] { $count } Kameras
}
shutter-none-running = keine läuft
shutter-with-problem = { $count } gestört
shutter-count-offline = { $count } offline
shutter-now = jetzt

# Was getippt wird: was über einem Feld steht, was ein leeres heißt, wozu es ist, was oft gewollt
# ist. Namen von Tageszeiten werden auf Englisch getippt.
shutter-interval = Intervall
shutter-interval-about = Von einem Bild zum nächsten
shutter-count = Bilder
shutter-count-hint = bis gestoppt wird
shutter-count-about = Wie viele Bilder; leer: bis gestoppt wird
shutter-no-end = Endlos
shutter-delay = Erstes Bild nach
shutter-delay-hint = sofort
shutter-delay-about = Vom Start bis zum ersten Bild
shutter-no-delay = Sofort
shutter-bulb = Auslöser halten
shutter-bulb-hint = die Kamera belichtet
shutter-bulb-about = Bulb: die Kamera belichtet, solange der Auslöser gehalten wird
shutter-no-bulb = Kamera
shutter-start-at = Starten um
shutter-start-at-hint = jetzt, oder 22:30
shutter-start-at-about = Eine Uhrzeit, oder Datum und Uhrzeit; die Verzögerung kommt danach
shutter-start-now = Jetzt
shutter-windows = Nur während
shutter-windows-hint = immer, oder sunset-sunrise
shutter-windows-about = Teile jedes Tages, durch Kommas getrennt: Uhrzeiten, oder sunrise, sunset, civil-dawn, civil-dusk, astronomical-dawn, astronomical-dusk mit Minuten
shutter-always = Immer
shutter-by-day = Tag
shutter-by-night = Nacht
shutter-not-at-all = gar nicht
shutter-half-press = Vorher halb drücken
shutter-half-press-about = So lange vor jedem Bild wird die Fokusleitung gedrückt
shutter-no-half-press = Nicht
shutter-mirror = Spiegel vorher hoch
shutter-mirror-about = Ein erster Druck klappt den Spiegel hoch; so lange danach kommt das Bild
shutter-no-mirror = Nicht
shutter-bracket = Belichtungsreihe
shutter-bracket-hint = ein Bild, oder 3:1
shutter-bracket-about = Einzelbilder je Aufnahme und Lichtwerte dazwischen, etwa 3:1
shutter-no-bracket = Keine
shutter-ramp = Belichtungsrampe
shutter-ramp-hint = keine, oder 30s:2h
shutter-ramp-about = Die letzte Belichtung und wie lange es bis dahin dauert, etwa 30s:2h
shutter-no-ramp = Keine
shutter-spacing = Das Intervall zählt
shutter-shot-to-shot = Von Bild zu Bild
shutter-gap = Als Pause dazwischen

# Was aus einem Plan würde.
shutter-promise = { $count ->
    [one] { $count } Bild in { $time }, bis { $end }
   *[other] { $count } Bilder in { $time }, bis { $end }
}
shutter-promise-windows = { $count ->
    [one] { $count } Bild in { $time } innerhalb der Zeitfenster
   *[other] { $count } Bilder in { $time } innerhalb der Zeitfenster
}
shutter-promise-endless = Alle { $interval } ein Bild, bis gestoppt wird
shutter-promise-begins = { $promise }; Beginn { $time }
shutter-film-of = Ein Film von { $slow } bei { $slow_rate }, { $middle } bei { $middle_rate } oder { $fast } bei { $fast_rate } Bildern pro Sekunde.

# Ein Plan, der läuft: Namen von höchstens 12 Buchstaben, und was von ihnen zu sagen ist.
shutter-fact-end = Bis
shutter-end = { $time }, in { $left }
shutter-fact-film = Film
shutter-film-so-far = { $time } bei { $rate } Bildern/s
shutter-film-so-far-of = { $time } von { $whole } bei { $rate } Bildern/s
shutter-fact-delay = Verzögerung
shutter-fact-bulb = Belichtung
shutter-fact-ramp = Rampe
shutter-ramp-to = auf { $to } innerhalb von { $over }
shutter-fact-bracket = Reihe
shutter-frames = { $frames ->
    [one] { $frames } Einzelbild, Abstand { $step } EV
   *[other] { $frames } Einzelbilder, Abstand { $step } EV
}
shutter-fact-half-press = Vorfokus
shutter-fact-mirror = Spiegel hoch
shutter-between-shots = { $time } Pause zwischen Bildern
shutter-fact-skipped = Ausgelassen
shutter-skipped = { $count ->
    [one] { $count } Bild, für das es zu spät war
   *[other] { $count } Bilder, für die es zu spät war
}
shutter-fact-exact = Genauigkeit
shutter-exact = 99 von 100 auf { $time } genau
shutter-exact-few = höchstens { $time } zu spät
shutter-fact-resumed = Fortgesetzt
shutter-resumed = nach einem Neustart, { $time }
shutter-change = Ändern
shutter-change-hint = Zählt ab dem letzten Bild und gilt deshalb sofort

# Die letzten Bilder.
shutter-no-history = Seit dem Start des Dienstes wurde kein Bild aufgenommen.
shutter-total = { $count ->
    [one] { $count } Bild seit dem Start des Dienstes.
   *[other] { $count } Bilder seit dem Start des Dienstes.
}
shutter-late-by = Verspätung: { $median } im Median, 99 von 100 bis { $most }, höchstens { $worst }.
shutter-late-by-few = Verspätung: { $median } im Median, höchstens { $worst }.
shutter-lateness = Verspätung
shutter-late = { $time } spät
shutter-late-aloud = { $time } zu spät
shutter-very-late = sehr spät
shutter-single = Einzelbild
shutter-held = Druck { $time }
shutter-shot = Bild { $number } um { $time }, { $details }
shutter-no-problem = ohne Störung

# Die Liste der Tasten. Platz ist für etwa 27 Buchstaben.
shutter-key-start = Mit diesen Werten starten
shutter-key-pause = Pause, fortsetzen
shutter-key-stop = Stopp: zweimal drücken
shutter-key-snap = Jetzt ein Bild
shutter-key-type = Feld 1, 2, 3, 4 ausfüllen
shutter-key-pages = Timer, Plan, Verlauf
shutter-key-list = Liste, scrollen
shutter-key-next-camera = Nächste Kamera
shutter-key-start-all = In der Liste: alle starten
shutter-key-retry = Offline: neu versuchen
shutter-key-keys = Diese Tasten
shutter-key-back = Zurück, dann schließen

# Was an Getipptem falsch ist: hinter einem Doppelpunkt, ohne Punkt.
shutter-wrong-no-interval = angeben, wie lange es von einem Bild zum nächsten dauert
shutter-wrong-duration = „{ $text }“ ist keine Dauer: etwa 10s, 1m30s, 1:30, 0,5 oder 1h schreiben
shutter-wrong-long = „{ $text }“ ist zu lang: höchstens 99:59:59 ist möglich
shutter-wrong-moment = „{ $text }“ ist keine Zeit: etwa 22:30, „2026-12-24 22:30“ oder nach RFC 3339 schreiben
shutter-wrong-window = „{ $text }“ ist kein Zeitfenster: zwei Uhrzeiten schreiben, oder sunrise, sunset, civil-dawn, civil-dusk, astronomical-dawn oder astronomical-dusk mit Minuten, etwa 9:00-17:30 oder sunset+20-sunrise
shutter-wrong-empty-window = „{ $text }“ beginnt, wo es endet
shutter-wrong-bracket = „{ $text }“ ist keine Belichtungsreihe: Einzelbilder und Lichtwerte schreiben, etwa 3:1 oder 5:0,7:2s
shutter-wrong-frames = eine Belichtungsreihe hat 2 bis 9 Einzelbilder, nicht { $frames }
shutter-wrong-step = die Schritte einer Belichtungsreihe sind größer als 0 und höchstens 5 Lichtwerte, nicht { $step }
shutter-wrong-ramp = „{ $text }“ ist keine Rampe: die letzte Belichtung und die Dauer bis dahin schreiben, etwa 30s:2h
shutter-wrong-no-pictures = 0 Bilder sind keine: leer lassen, damit es bis zum Stoppen weitergeht
shutter-wrong-count = „{ $text }“ ist keine Zahl von Bildern

# Warum ein Plan nicht einzuhalten ist, ebenso.
shutter-bad-interval = das Intervall ist { $time }; möglich sind 0,1 s bis 99:59:59
shutter-bad-long = { $what ->
    [frames] { $time } zwischen Einzelbildern sind länger als 99:59:59
    [ramp] eine Rampe von { $time } ist länger als 99:59:59
    [before-ramp] { $time } vor der Rampe sind länger als 99:59:59
   *[delay] eine Verzögerung von { $time } ist länger als 99:59:59
}
shutter-bad-windows = { $count } Zeitfenster sind zu viele; höchstens { $most } sind möglich
shutter-bad-count = ein Plan mit 0 Bildern nimmt keine auf; die Anzahl leer lassen, damit es bis zum Stoppen weitergeht
shutter-bad-lead = { $what ->
    [mirror] { $time } mit hochgeklapptem Spiegel sind zu lang; eine Kamera wartet höchstens 30 s
   *[half-press] { $time } halb zu drücken ist zu lang; eine Kamera wartet höchstens 30 s
}
shutter-bad-mirror = { $time } nach dem Spiegel sind zu kurz; mit einem Druck von { $pulse } dauert es mindestens { $least }
shutter-bad-long-bulb = eine Belichtung von { $time } ist länger, als diese Kamera belichten darf ({ $longest })
shutter-bad-short-bulb = eine Belichtung von { $time } ist kürzer als ein Druck, den die Kamera bemerkt ({ $pulse }); ohne Bulb die Kamera belichten lassen
shutter-bad-step = Einzelbilder liegen mehr als 0 und höchstens 5 Lichtwerte auseinander, nicht { $step }
shutter-bad-frame-gap = { $time } zwischen den Einzelbildern einer Reihe sind zu kurz; es dauert mindestens { $least }
shutter-bad-frame-gap-mirror = { $time } zwischen den Einzelbildern einer Reihe sind zu kurz; es dauert mindestens { $least }, weil der Spiegel für jedes hochklappt
shutter-bad-ramp-without-bulb = eine Rampe ändert eine Bulb-Belichtung, und der Plan hat keine; die Belichtung angeben, mit der sie beginnt
shutter-bad-ramp-over = eine Rampe über 0 s ist keine; angeben, wie lange sie dauert
shutter-bad-fit = eine Aufnahme von { $takes } passt nicht in ein Intervall von { $interval } von Bild zu Bild ({ $parts }); das Intervall auf mindestens { $least } setzen, kürzer belichten, oder das Intervall als Pause dazwischen zählen
shutter-takes-exposure = Belichtung { $time }
shutter-takes-lead = Vorfokus und Spiegel { $time }
shutter-takes-pulse = { $time } bis zum nächsten Druck
shutter-bad-gap = eine Pause von { $time } zwischen zwei Bildern ist zu kurz; mit Vorfokus und Spiegel dauert es mindestens { $least }
shutter-bad-empty-window = ein Zeitfenster von { $time } bis { $time } ist leer; weglassen, damit es den ganzen Tag geht
shutter-bad-offset = { $minutes } Minuten vom Sonnenstand sind zu weit; -720 bis 720 sind möglich
shutter-bad-no-place = ein Zeitfenster nach der Sonne braucht den Ort der Kamera; er gehört in die Konfiguration
shutter-bad-never-opens = kein Zeitfenster des Plans öffnet sich an diesem Ort innerhalb eines Jahres; die Sonne tut das dort nicht

# Auf Englisch gesagt von einem Dienst, seinem Auslöser oder dem Weg zu ihm.
shutter-why-no-answer = keine Antwort von { $address }: { $reason }
shutter-why-nobody-listens = dort hört niemand zu
shutter-why-silent = er schweigt
shutter-why-no-way = es führt kein Weg dorthin
shutter-why-it-has-ended = er hat die Verbindung beendet
shutter-why-name-unknown = der Name ist unbekannt
shutter-why-ended = { $address } hat die Verbindung beendet
shutter-why-odd = { $address } antwortet nicht wie „xshutter serve“: { $reason }
shutter-why-long-answer = die Antwort ist zu lang
shutter-why-http-status = HTTP-Status { $status }
shutter-why-password-unreadable = die Passwortdatei „{ $path }“ ist nicht lesbar: { $error }
shutter-why-password-open = andere können die Passwortdatei „{ $path }“ lesen; „chmod 600 { $path }“ ausführen
shutter-why-password-empty = die Passwortdatei „{ $path }“ ist leer
shutter-why-password-no-text = die Passwortdatei „{ $path }“ enthält keinen Text
shutter-why-no-plan = es läuft kein Plan; erst einen starten
shutter-why-plan-runs = es läuft schon ein Plan; ihn vor dem nächsten stoppen
shutter-why-no-bulb = der Plan hat keine Bulb-Belichtung zum Ändern; ihn stoppen und einen mit Bulb starten
shutter-why-too-few = { $taken } Bilder sind schon aufgenommen, { $count } sind weniger; stattdessen den Plan stoppen
shutter-why-taking = noch { $time } lang wird ein Bild aufgenommen; danach noch einmal versuchen
shutter-why-next-soon = das nächste Bild des Plans beginnt in { $left }, und ein Bild dauert { $time }; danach noch einmal versuchen
shutter-why-no-place = ein Zeitfenster nach der Sonne braucht den Ort der Kamera; er gehört in die Konfiguration
shutter-why-never-opens = kein Zeitfenster des Plans öffnet sich an diesem Ort innerhalb eines Jahres; die Sonne tut das dort nicht
shutter-why-timer-error = der Timer hatte einen Fehler und lief weiter: { $what }; bitte melden
shutter-why-shot-error = ein Fehler des Timers hat diese Aufnahme beendet
shutter-why-clock = die Uhr ist nicht gestellt; der Plan läuft in neuem Takt weiter
shutter-why-timer-ended = der Timer ist beendet
shutter-why-does-not-answer = { $name } antwortet nicht{ $nothing }; prüfen, ob die Verbindung steht
shutter-why-nothing-done = ; es ist nichts geschehen
shutter-why-busy = { $name } wird von { $holder } benutzt; dieses Programm beenden
shutter-why-another-program = einem anderen Programm
shutter-why-absent = { $name } ist nicht da; { $remedy }
shutter-why-forbidden = keine Berechtigung für { $name }; { $remedy }
shutter-why-failed = { $name } ist gestört: { $reason }
shutter-why-group-gpio = den Benutzer des Dienstes in die Gruppe gpio aufnehmen
shutter-why-group-dialout = den Benutzer des Dienstes in die Gruppe dialout aufnehmen
shutter-why-no-chip = dieser Rechner hat keinen GPIO-Chip; einen anderen Auslöser wählen, oder keinen
shutter-why-plugged-in = prüfen, ob das Gerät eingesteckt ist
shutter-why-adapter = den Adapter einstecken oder einen anderen Anschluss angeben
shutter-why-arduino = den Arduino einstecken oder einen anderen Anschluss angeben
shutter-why-no-camera = keine Kamera: Bilder werden nur gezählt
