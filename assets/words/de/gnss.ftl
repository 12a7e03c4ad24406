# Position.


# Das Fenster und sein Kopf.
gnss-window = { $state } – Position
gnss-no-source = Keine Quelle für Positionen
gnss-connecting = Verbinden
gnss-connecting-to = Verbinden mit { $source }
gnss-no-receiver = Kein Empfänger
gnss-waiting-for = Warten seit { $time }
gnss-replay-empty = Die Wiedergabe hat keine Position
gnss-searching-for = Suche seit { $time }
gnss-stale = { $mode }, { $age } alt
gnss-fix-lost = Position vor { $age } verloren
gnss-replay-ended = Die Wiedergabe ist zu Ende
gnss-last-position = letzte Position vor { $age }
gnss-now = jetzt
gnss-age-old = { $age } alt
gnss-mode-estimated = Koppelnavigation
gnss-mode-manual = Position eingetippt
gnss-mode-simulated = Simulierte Position
gnss-mode-3d = 3D-Position
gnss-mode-2d = 2D-Position
gnss-mode-none = Keine Position
gnss-differential = differenzielle Korrekturen
gnss-rtk-float = RTK, Float-Lösung
gnss-rtk-fixed = RTK, Fix-Lösung
gnss-used-of-seen = { $used } von { $seen } Satelliten genutzt
gnss-satellites-used = { $count ->
    [one] { $count } Satellit genutzt
   *[other] { $count } Satelliten genutzt
}
gnss-satellites-in-view = { $count ->
    [one] { $count } Satellit in Sicht
   *[other] { $count } Satelliten in Sicht
}
gnss-none-seen-yet = noch keine Satelliten gesehen
gnss-none-received-yet = noch keine Satelliten empfangen
gnss-received = { $count ->
    [one] { $count } Satellit zu hören, mit { $best } dB-Hz
   *[other] { $count } Satelliten zu hören, bester { $best } dB-Hz
}
gnss-receiver-gone = der Empfänger ist weg
gnss-no-fix-any-more = keine Position mehr
gnss-receiver-silent = der Empfänger schweigt
gnss-source-gone = die Quelle ist weg
gnss-nothing-recorded = Nichts wird aufgezeichnet: { $why }
gnss-end-it = Beenden
gnss-end-recording-hint = Aufzeichnung beenden (R)
gnss-try-again = Erneut versuchen
gnss-try-again-hint = Quelle erneut versuchen (F5)
gnss-doubt-rollover = Das Datum des Empfängers liegt wegen alter Firmware um 1024 Wochen daneben; hier ist es berichtigt.
gnss-doubt-past = Das Datum des Empfängers ist längst vergangen: Seine Uhr oder die dieses Rechners geht falsch.
gnss-doubt-future = Das Datum des Empfängers liegt in der Zukunft: Seine Uhr oder die dieses Rechners geht falsch.

# Wo nichts zu zeigen ist.
gnss-nothing-tells = Hier meldet nichts eine Position.
gnss-choose-source = Quelle wählen
gnss-waiting-for-source = Warten auf die Quelle…
gnss-file-empty = In der Datei steht keine Position.
gnss-advice-near = Genug Satelliten sind gut zu hören: gleich ist die Position da.
gnss-advice-first = Die erste Position dauert im Freien eine halbe Minute, mit vier Satelliten oder mehr.
gnss-advice-window = Nichts ist gut zu hören: mit der Antenne ans Fenster oder nach draußen.
gnss-advice-wider = Nötig sind vier Satelliten mit 30 dB-Hz oder mehr: freierer Blick zum Himmel hilft.

# Die Position und ihre Schreibweisen.
gnss-position-is = Position: { $position }
gnss-position-was = Position, zuletzt bekannt, vor { $age }: { $position }
gnss-notation-was = { $notation }, von vor { $age }
gnss-this-was = Das ist die zuletzt bekannte Position, vor { $age }.
gnss-copied-value = Kopiert: { $value }
gnss-copied-was = Kopiert, zuletzt bekannt, vor { $age }
gnss-nothing-to-copy = Noch keine Position zum Kopieren
gnss-nothing-to-show = Noch keine Position zum Zeigen
gnss-no-position-yet = noch keine Position
gnss-map-hint = In OpenStreetMap zeigen (O)
gnss-notations-hint = Alle Schreibweisen (N)
gnss-copy-hint = Kopieren (C)
gnss-map-opens = Die Karte öffnet sich im Browser
gnss-no-browser = Kein Browser da: xdg-open installieren oder $BROWSER setzen
gnss-back-hint = Zurück (Esc)
gnss-copy-as = Position kopieren als …
gnss-decimal-degrees = Dezimalgrad
gnss-degrees-minutes = Grad, Minuten
gnss-plus-code = Plus Code
gnss-geo-link = geo:-Link

# Der Fuß und alle Tasten.
gnss-keys-hint = Tasten (?)
gnss-units = Einheiten: { $units }
gnss-units-hint = Metrisch, imperial, nautisch (U)
gnss-metric = Metrisch
gnss-imperial = Imperial
gnss-nautical = Nautisch
gnss-source = Quelle
gnss-source-hint = Woher Positionen kommen (S)
gnss-recording = { $points ->
    [one] Aufzeichnung, { $points } Punkt
   *[other] Aufzeichnung, { $points } Punkte
}
gnss-recording-fails = Aufzeichnung scheitert
gnss-recording-spoken = { $state }, nach { $path }
gnss-recording-hint = Nach { $path }; beenden (R)
gnss-record = Aufzeichnen
gnss-record-track = Spur aufzeichnen
gnss-record-hint = Spur nach { $path } aufzeichnen (R)
gnss-saved-in = Gespeichert in { $path }
gnss-recording-ended = Die Aufzeichnung ist beendet
gnss-recording-to = Aufzeichnung nach { $path }
gnss-forgotten = Die letzten Positionen sind vergessen
gnss-keys-copy = Position kopieren
gnss-keys-notations = Alle Schreibweisen
gnss-keys-map = In OpenStreetMap öffnen
gnss-keys-record = Spur aufzeichnen, Ende
gnss-keys-units = Einheiten wechseln
gnss-keys-source = Quelle wählen
gnss-keys-retry = Quelle erneut versuchen
gnss-keys-pages = Himmel bis Tempo
gnss-keys-satellites = Von Satellit zu Satellit
gnss-keys-scroll = Seite hoch, runter
gnss-keys-forget = Letzte Orte vergessen
gnss-keys-tab = Nächstes Element, drücken
gnss-keys-keys = Diese Tasten
gnss-keys-back = Zurück, dann schließen

# Die Seiten.
gnss-page-sky = Himmel
gnss-page-numbers = Zahlen
gnss-page-scatter = Streuung
gnss-page-track = Spur
gnss-speed = Tempo
gnss-altitude = Höhe
gnss-altitude-error = Höhe ±
gnss-course = Kurs
gnss-climb = Steigen
gnss-time = Zeit
gnss-not-told = nicht gemeldet

# Der Himmel und seine Signale.
gnss-signal-axis = Signal, dB-Hz
gnss-used-of = { $used } von { $seen }
gnss-signals = Signale. { $told }
gnss-seen-spoken = { $count } zu sehen
gnss-used-spoken = { $count } genutzt
gnss-none-heard-spoken = keiner zu hören
gnss-heard-spoken = { $count } zu hören, der beste mit { $best } dB-Hz
gnss-sky-spoken = Himmel mit { $count } Satelliten
gnss-sky-old = Dieser Himmel ist { $age } alt.
gnss-no-satellites = Noch sind keine Satelliten gemeldet.
gnss-point-at = Auf einen Satelliten zeigen, oder → für den nächsten.
gnss-legend-used = genutzt
gnss-legend-not = nicht
gnss-high-in = { $up }° hoch im { gnss-direction } ({ $around }°)
gnss-direction = { $direction ->
    [0] Norden
    [1] Nordosten
    [2] Osten
    [3] Südosten
    [4] Süden
    [5] Südwesten
    [6] Westen
   *[other] Nordwesten
}
gnss-compass = { $direction ->
    [0] N
    [1] NO
    [2] O
    [3] SO
    [4] S
    [5] SW
    [6] W
   *[other] NW
}
gnss-high = { $up }° hoch
gnss-no-place = sein Ort ist nicht gemeldet
gnss-not-heard = nicht zu hören
gnss-is-used = genutzt
gnss-is-not-used = nicht genutzt

# Alle Zahlen.
gnss-position = Position
gnss-was-no-position = Es gab noch keine Position.
gnss-latitude = Breite
gnss-longitude = Länge
gnss-above-sea = Über dem Meer
gnss-above-ellipsoid = Über Ellipsoid
gnss-geoid = Geoid
gnss-motion = Bewegung
gnss-motion-untold = Dieser Empfänger meldet sie nicht.
gnss-local-time = Ortszeit
gnss-receiver-says = Empfänger sagt
gnss-position-age = Position ist
gnss-sky-age = Himmel ist
gnss-is-old = { $age } alt
gnss-accuracy = Genauigkeit
gnss-horizontal = Waagerecht
gnss-vertical = Senkrecht
gnss-error-ellipse = Fehlerellipse
gnss-confidence = Konfidenz
gnss-dilution = DOP
gnss-improved-by = Verbessert durch
gnss-by-nothing = nichts
gnss-by-corrections = Korrekturen
gnss-by-reckoning = Koppelnavigation
gnss-by-hand = Handeingabe
gnss-by-simulator = einen Simulator
gnss-satellites-used-name = Satelliten
gnss-satellites = Satelliten
gnss-elevation = Höhe
gnss-azimuth = Azimut
gnss-in-view = In Sicht
gnss-in-view-heard = { $count }, { $heard } zu hören
gnss-from = Von
gnss-receiver = Empfänger
gnss-state = Zustand
gnss-link-missing = nicht da
gnss-link-connecting = wird gesucht
gnss-link-answers = antwortet seit { $time }
gnss-link-ended = zu Ende gespielt
gnss-sentences = Sätze
gnss-sentences-good = { $count } gut
gnss-sentences-useless = { $count } nutzlos
gnss-sentences-damaged = { $count } beschädigt
gnss-sentences-broken = { $count } fehlerhaft

# Die Spur, und wie Positionen streuen.
gnss-way-empty = Die Spur wird hier gezeichnet, sobald es Positionen gibt.
gnss-way-in = { $way } in { $time }
gnss-way-spoken = Spur: { $way }
gnss-way-start = Start
gnss-ago = vor { $age }
gnss-scatter-empty = Erst drei Positionen zeigen, wie sie streuen.
gnss-positions-in = { $count ->
    [one] { $count } Position in { $time }
   *[other] { $count } Positionen in { $time }
}
gnss-moving = In Bewegung: Das ist die Spur und nicht der Fehler.
gnss-half-within = 50 % innerhalb
gnss-most-within = 95 % innerhalb
gnss-most-ellipse = Ellipse, 95 %
gnss-start-over = Neu beginnen
gnss-start-over-hint = Letzte Positionen vergessen (Entf)
gnss-spread-spoken = { $count ->
    [one] { $count } Position, die Hälfte innerhalb { $half }, 95 % innerhalb { $most } um ihren Mittelwert
   *[other] { $count } Positionen, die Hälfte innerhalb { $half }, 95 % innerhalb { $most } um ihren Mittelwert
}

# Woher Positionen kommen.
gnss-sources = Woher Positionen kommen
gnss-automatic = Automatisch
gnss-automatic-what = gpsd, Modem, eingestellter Port
gnss-gpsd-what = auf diesem Rechner
gnss-modem-manager-what = ein Modem, das es verwaltet
gnss-as-receiver = als Empfänger
gnss-as-modem = als Modem
gnss-replay = Wiedergabe
gnss-another = Eine andere
gnss-in-use = aktiv
gnss-another-what = Eine andere: ein Protokoll zum Abspielen, ein Port oder gpsd://HOST:PORT
gnss-other-source = Andere Quelle
gnss-use-it = Nutzen

# Auf Englisch gesagt von den Quellen, auch für das Terminal; siehe src/catalogue/told.rs.
gnss-why-nothing-here = kein gpsd antwortet auf diesem Rechner, ModemManager hat keinen Empfänger, und kein Anschluss ist eingestellt; gpsd starten oder hier eine Quelle wählen
gnss-why-no-gpsd = kein gpsd antwortet unter { $address }: { $cause }; gpsd starten oder einen anderen wählen
gnss-why-something-else = dort antwortet etwas anderes
gnss-why-gpsd-ended = gpsd unter { $address } hat sich beendet
gnss-why-gpsd-empty = gpsd unter { $address } hat keinen Empfänger; einen einstecken
gnss-why-gpsd-says = gpsd unter { $address } meldet: { $text }
gnss-why-gpsd-receiver-gone = der Empfänger { $path } ist weg; wieder einstecken
gnss-why-cannot-read = „{ $path }“ ist nicht lesbar: { $cause }
gnss-why-cannot-write = „{ $path }“ lässt sich nicht schreiben: { $cause }
gnss-why-recorded-elsewhere = „{ $path }“ wird von einem anderen Programm aufgezeichnet; eine andere Datei nennen
gnss-why-no-track = „{ $path }“ ist keine GPX-Spur, die sich fortsetzen lässt; eine andere Datei nennen
gnss-why-no-receiver-at = an „{ $path }“ ist kein Empfänger; einstecken oder eine andere Quelle wählen
gnss-why-held-by-gpsd = der Anschluss „{ $path }“ gehört { $holder }; gpsd als Quelle wählen
gnss-why-held-by = der Anschluss „{ $path }“ gehört { $holder }; beenden oder eine andere Quelle wählen
gnss-why-held = der Anschluss „{ $path }“ gehört einem anderen Programm
gnss-why-held-which = der Anschluss „{ $path }“ gehört { $holder }: { $why }; beenden oder eine andere Quelle wählen
gnss-why-does-not-lend = er wird nicht über den Sitzungsbus verliehen
gnss-why-lends-nowhere = er wird über den Sitzungsbus verliehen, der nicht da ist oder nicht antwortet
gnss-why-forbidden = keine Berechtigung, „{ $path }“ zu öffnen; den Benutzer in dessen Gruppe aufnehmen (meist dialout)
gnss-why-unusable = „{ $path }“ lässt sich nicht als serieller Anschluss öffnen: { $reason }
gnss-why-not-heard = „{ $path }“ { $what } bei { $baud } Baud; prüfen, ob es der Anschluss des Empfängers ist
gnss-why-is-silent = schweigt
gnss-why-sends-no-nmea = sendet kein NMEA
gnss-why-nothing-nmea = „{ $path }“ sendet nichts, was NMEA mit { $baud } Baud ist; Anschluss und Baudrate prüfen
gnss-why-receiver-gone = der Empfänger an „{ $path }“ ist weg: { $cause }
gnss-why-closed = er wurde geschlossen
gnss-why-modem-no-position = das Modem an „{ $path }“ gibt keine Position: { $cause }
gnss-why-unknown-modem = das Modem hat keinen Befehl für Positionen, den barpop kennt
gnss-why-at-refused = das Modem hat „{ $command }“ abgelehnt: { $result }
gnss-why-at-silent = das Modem hat auf „{ $command }“ nicht binnen { $seconds } s geantwortet
gnss-why-modem-gone = das Modem ist weg
gnss-why-owner-ended = das Programm, das das Modem hatte, hat sich beendet
gnss-why-owner-silent = das Programm, das das Modem hat, antwortet nicht
gnss-why-session-bus-gone = der Sitzungsbus ist weg
gnss-why-manager-no-position = ModemManager gibt keine Position: { $cause }
gnss-why-cannot-switch-on = der Empfänger des Modems { $name } lässt sich nicht einschalten: { $cause }
gnss-why-only-cell = das Modem { $name } hat keinen GNSS-Empfänger, den ModemManager kennt; bekannt ist nur seine Funkzelle; eine andere Quelle wählen
gnss-why-modem-gives-none = das Modem { $name } gibt keine Position: { $cause }
gnss-why-not-running = { $service } läuft nicht
gnss-why-does-not-answer = { $service } antwortet nicht
gnss-why-bus-connect = keine Verbindung zum Bus „{ $bus }“: { $cause }
gnss-why-no-descriptors = das System hat keine Deskriptoren mehr: { $cause }
gnss-why-bad-address = „{ $text }“ ist keine Adresse eines gpsd: gpsd://HOST:PORT oder gpsd:///PATH/OF/SOCKET schreiben
gnss-why-no-path = „{ $text }“ hat keinen Pfad: so schreiben: { $text }/dev/ttyUSB1
gnss-why-no-source = „{ $text }“ ist keine Quelle für Positionen: möglich sind auto, gpsd://HOST:PORT, nmea:PORT, modem:PORT, mm oder file:FILE
