# Gamecontroller.

ds4-page-pad = Controller
ds4-page-motion = Bewegung
ds4-page-light = Licht
ds4-and = { $others } und { $last }
ds4-look-again = Neu suchen

# Die Kopfzeile.
ds4-title = { $model }, { $battery }, { $connection }
ds4-title-plain = { $model }, { $connection }
ds4-title-looking = Gamecontroller
ds4-title-none = Kein Controller
ds4-battery-unknown = Akku ?
ds4-battery-charging = lädt ({ $percent } %)
ds4-battery-full = voll geladen
ds4-battery-not-charging = { $percent } %, lädt nicht
ds4-battery-low = Akku schwach
ds4-rate = { $rate ->
    [one] { $rate } Meldung/s
   *[other] { $rate } Meldungen/s
}
ds4-jitter = Jitter { $jitter } ms
ds4-lost = { $lost } verloren
ds4-light-bar = Lichtleiste: { $colour }
ds4-light-bar-dark = Lichtleiste: dunkel

# Kein Controller da.
ds4-looking = Suche nach Controllern …
ds4-how-to-connect = Controller per USB anschließen. Für Bluetooth PS und Share halten, bis das Licht blitzt, dann koppeln. Der Controller erscheint hier von selbst.

# Was im Weg steht. Die Teile stehen im Satz davor.
ds4-forbidden = Keine Berechtigung für { $what }; die udev-Regel von barpop als { $rule } einrichten und den Controller neu anstecken.
ds4-forbidden-short = Nicht alles daran ist erlaubt: eine udev-Regel ändert das.
ds4-part-controls = Bedienelemente
ds4-part-motion = Bewegungssensoren
ds4-part-touchpad = Touchpad
ds4-part-light = Lichtleiste
ds4-part-players = Spieler-LEDs
ds4-part-rumble = Motoren
ds4-copy-rule = Regel kopieren
ds4-copy-rule-hint = Kopiert Befehle, die sie einrichten, zum Einfügen in ein Terminal (U)
ds4-rule-copied = Kopiert
ds4-other-driver = Der Kernel betreibt ihn mit „{ $driver }“: ohne Bewegungssensoren, Lichtleiste und Akkustand. Linux ab 6.2 hat „hid-playstation“.

# Was benutzt wird, eine Liste hinter dem Namen.
ds4-picture = { $model }: { $used }
ds4-picture-unread = { $model }: nichts lesbar
ds4-picture-at-rest = { $model }: in Ruhe
ds4-button-cross = Kreuz
ds4-button-circle = Kreis
ds4-button-square = Quadrat
ds4-button-triangle = Dreieck
ds4-button-l2 = Taste L2
ds4-button-r2 = Taste R2
ds4-button-l3 = linker Stick gedrückt
ds4-button-r3 = rechter Stick gedrückt
ds4-button-touchpad = Touchpad gedrückt
ds4-dpad-up = Steuerkreuz oben
ds4-dpad-down = Steuerkreuz unten
ds4-dpad-left = Steuerkreuz links
ds4-dpad-right = Steuerkreuz rechts
ds4-left-stick = linker Stick
ds4-right-stick = rechter Stick
ds4-fingers = { $fingers ->
    [one] ein Finger
   *[other] zwei Finger
}

# Sticks und Trigger in Zahlen. Platz ist für etwa 20 Buchstaben.
ds4-stick-left = Linker Stick
ds4-stick-right = Rechter Stick
ds4-circularity = Rundheit ± { $percent } %
ds4-circularity-unknown = Rundum drehen
ds4-dead-zone = Totzone { $size }
ds4-in-dead-zone = In Totzone { $size }
ds4-no-dead-zone = Keine Totzone
ds4-trigger-down = { $trigger }: Achse { $axis }, Taste gedrückt
ds4-trigger-up = { $trigger }: Achse { $axis }, Taste gelöst
ds4-button-down = Taste gedrückt
ds4-button-up = Taste gelöst
ds4-button = Taste

# Der Würfel.
ds4-cube = Würfel. { $held }
ds4-cube-lit = Würfel. { $held }, erleuchtet von { $buttons }
ds4-cube-unread = Würfel. Die Bewegungssensoren werden nicht gelesen
ds4-motion-unread = Bewegungssensoren nicht lesbar
ds4-turned-by-triggers = Mit L2 und R2 drehen

# Bewegung.
ds4-held = Nicken { $pitch }°, Rollen { $roll }°, Kurs { $heading }°
ds4-drift-unknown = Eine Sekunde still hinlegen, dann wird die Drift von selbst abgezogen.
ds4-drift-waiting = Controller auf den Tisch legen und eine Sekunde nicht berühren …
ds4-drift-known = Die Drift des Gyroskops ist bekannt und wird abgezogen.
ds4-motion-waiting = Warte auf die Bewegungssensoren …
ds4-motion-absent = Der Treiber des Kernels zeigt keine Bewegungssensoren dieses Controllers.
ds4-motion-forbidden = Die Bewegungssensoren dürfen nicht gelesen werden: die Regel oben erlaubt es.
ds4-recentre = Zentrieren
ds4-recentre-hint = Der jetzige Kurs ist geradeaus (R)
ds4-calibrate = Kalibrieren
ds4-calibrate-anew-hint = Ermittelt die Drift neu (C)
ds4-calibrating = Wird kalibriert
ds4-calibrating-hint = Wartet, bis der Controller still liegt
ds4-acceleration = Beschleunigung
ds4-rotation = Drehung
ds4-pitch = Nicken
ds4-yaw = Gieren
ds4-roll = Rollen
ds4-report-jitter = Jitter der Meldungen

# Das Licht.
ds4-light-absent = Der Treiber dieses Controllers zeigt keine Lichtleiste.
ds4-light-forbidden = Die Lichtleiste darf nicht geändert werden: die Regel oben erlaubt es.
ds4-colour = Farbe
ds4-hue = Farbton
ds4-saturation = Sättigung
ds4-brightness = Helligkeit
ds4-colour-field = Farbe, etwa #ff8000 oder rot
ds4-colour-wrong = etwa ff8000 oder rot
ds4-red = Rot
ds4-green = Grün
ds4-blue = Blau
ds4-white = Weiß
ds4-black = Schwarz
ds4-yellow = Gelb
ds4-orange = Orange
ds4-pink = Pink
ds4-magenta = Magenta
ds4-violet = Violett
ds4-cyan = Cyan
ds4-turquoise = Türkis
ds4-effect = Wirkung
ds4-steady = Dauerlicht
ds4-steady-detail = die Farbe
ds4-blink = Blinken
ds4-blink-detail = die Farbe, in Hardware
ds4-breathe = Atmen
ds4-breathe-detail = die Farbe, auf und ab
ds4-police = Polizei
ds4-police-detail = rote und blaue Blitze
ds4-by-battery = Akku
ds4-by-battery-detail = grün, gelb, rot
ds4-by-buttons = Tasten
ds4-by-buttons-detail = was gedrückt ist, gemischt
ds4-light-off = Aus
ds4-light-off-detail = dunkel
ds4-period = Dauer eines Durchgangs
ds4-former-colour = Vorige Farbe
ds4-former-colour-hint = Das Licht wie vor dem Öffnen dieses Fensters (B); auch Schließen stellt es wieder her
ds4-player-lights = Spielerlichter
ds4-player = Spieler
ds4-players-off = Aus

# Die Fußzeile.
ds4-rumble-strong = Vibration stark
ds4-rumble-strong-hint = Lässt den starken Motor links kurz laufen (S)
ds4-rumble-weak = Vibration schwach
ds4-rumble-weak-hint = Lässt den schwachen Motor rechts kurz laufen (W)
ds4-calibrate-motion = Bewegungssensoren kalibrieren
ds4-calibrate-hint = Den Controller vorher still hinlegen (C)
ds4-show-keys = Tasten (?)

# Die Liste der Tasten. Platz ist für etwa 27 Buchstaben.
ds4-key-pages = Die drei Seiten
ds4-key-next-pad = Nächster Controller
ds4-key-rumble = Vibration stark, schwach
ds4-key-calibrate = Bewegung kalibrieren
ds4-key-recentre = Würfel und Kurs mittig
ds4-key-triggers = L2 und R2 drehen Würfel
ds4-key-outlines = Stick-Umrisse löschen
ds4-key-mouse = Touchpad als Maus an/aus
ds4-key-light-off = Licht aus
ds4-key-former-colour = Vorige Lichtfarbe
ds4-key-slider = Regler bewegen
ds4-key-next-control = Nächstes, drücken
ds4-key-scroll = Scrollen
ds4-key-rule = udev-Regel kopieren
ds4-key-keys = Diese Tasten
ds4-key-back = Zurück, dann schließen

# Auf Englisch gesagt von der Quelle der Controller.
ds4-why-no-sysfs = in sysfs lassen sich keine Controller suchen: { $error }
ds4-why-no-events = von Controllern ist nichts zu hören: { $error }
ds4-why-touchpad-taken = ein anderes Programm hat das Touchpad für sich allein
ds4-why-motors-fail = die Motoren laufen nicht: { $error }
ds4-why-no-motors = die Motoren dürfen nicht benutzt werden
ds4-why-no-light = die Lichtleiste darf nicht geändert werden
ds4-why-light-write = das Licht lässt sich mit „{ $path }“ nicht setzen: { $cause }
ds4-why-light-logind = das Licht lässt sich über logind nicht setzen: { $cause }
ds4-why-other-driver = der Treiber „{ $driver }“ hat diesen Controller; das Kernelmodul hid-playstation laden (vor Linux 6.2 hid-sony) und den Controller neu anstecken
