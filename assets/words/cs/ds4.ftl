# Herní ovladače.

ds4-page-pad = Gamepad
ds4-page-motion = Pohyb
ds4-page-light = Světlo
ds4-and = { $others } a { $last }
ds4-look-again = Hledat znovu

# Záhlaví.
ds4-title = { $model }, { $battery }, { $connection }
ds4-title-plain = { $model }, { $connection }
ds4-title-looking = Herní ovladač
ds4-title-none = Žádný gamepad
ds4-battery-unknown = baterie ?
ds4-battery-charging = nabíjí se ({ $percent } %)
ds4-battery-full = nabito
ds4-battery-not-charging = { $percent } %, nenabíjí se
ds4-battery-low = Slabá baterie
ds4-rate = { $rate } hlášení/s
ds4-jitter = jitter { $jitter } ms
ds4-lost = { $lost ->
    [one] { $lost } ztracené
    [few] { $lost } ztracená
   *[other] { $lost } ztracených
}
ds4-light-bar = Světelná lišta: { $colour }
ds4-light-bar-dark = Světelná lišta: zhasnutá

# Žádný gamepad.
ds4-looking = Hledám gamepady…
ds4-how-to-connect = Připojte gamepad přes USB. Pro Bluetooth podržte PS a Share, dokud světlo nezačne blikat, a spárujte ho. Objeví se tu sám.

# Co stojí v cestě. Části gamepadu stojí ve větě před nimi.
ds4-forbidden = Chybí oprávnění pro { $what }; nainstalujte pravidlo udev od barpopu jako { $rule } a gamepad znovu zapojte.
ds4-forbidden-short = Něco z toho není dovoleno: změní to pravidlo udev.
ds4-part-controls = ovládací prvky
ds4-part-motion = pohybové senzory
ds4-part-touchpad = touchpad
ds4-part-light = světelnou lištu
ds4-part-players = LED hráčů
ds4-part-rumble = motory
ds4-copy-rule = Kopírovat pravidlo
ds4-copy-rule-hint = Zkopíruje příkazy, které ho nainstalují, pro vložení do terminálu (U)
ds4-rule-copied = Zkopírováno
ds4-other-driver = Jádro používá „{ $driver }“: bez pohybových senzorů, světelné lišty a stavu baterie. Linux od 6.2 má „hid-playstation“.

# Co se používá, seznam za jménem.
ds4-picture = { $model }: { $used }
ds4-picture-unread = { $model }: nelze nic číst
ds4-picture-at-rest = { $model }: v klidu
ds4-button-cross = křížek
ds4-button-circle = kolečko
ds4-button-square = čtvereček
ds4-button-triangle = trojúhelník
ds4-button-l2 = tlačítko L2
ds4-button-r2 = tlačítko R2
ds4-button-l3 = levá páčka stisknutá
ds4-button-r3 = pravá páčka stisknutá
ds4-button-touchpad = touchpad stisknutý
ds4-dpad-up = D-pad nahoru
ds4-dpad-down = D-pad dolů
ds4-dpad-left = D-pad vlevo
ds4-dpad-right = D-pad vpravo
ds4-left-stick = levá páčka
ds4-right-stick = pravá páčka
ds4-fingers = { $fingers ->
    [one] jeden prst
    [few] dva prsty
   *[other] dva prsty
}

# Páčky a spouště v číslech. Vejde se asi 20 písmen.
ds4-stick-left = Levá páčka
ds4-stick-right = Pravá páčka
ds4-circularity = Kruhovost { $percent } %
ds4-circularity-unknown = Zatočte dokola
ds4-dead-zone = Mrtvá zóna { $size }
ds4-in-dead-zone = V mrtvé zóně { $size }
ds4-no-dead-zone = Bez mrtvé zóny
ds4-trigger-down = { $trigger }: osa { $axis }, tlačítko stisknuto
ds4-trigger-up = { $trigger }: osa { $axis }, tlačítko uvolněno
ds4-button-down = stisknuto
ds4-button-up = uvolněno
ds4-button = tlačítko

# Krychle.
ds4-cube = Krychle. { $held }
ds4-cube-lit = Krychle. { $held }, svítí { $buttons }
ds4-cube-unread = Krychle. Pohybové senzory se nečtou
ds4-motion-unread = Pohybové senzory se nečtou
ds4-turned-by-triggers = Otáčet pomocí L2 a R2

# Pohyb.
ds4-held = Klopení { $pitch }°, klonění { $roll }°, kurz { $heading }°
ds4-drift-unknown = Položte gamepad na chvíli v klidu a drift se odečte sám.
ds4-drift-waiting = Položte gamepad na stůl a chvíli se ho nedotýkejte…
ds4-drift-known = Drift gyroskopu je znám a odečítá se.
ds4-motion-waiting = Čekám na pohybové senzory…
ds4-motion-absent = Ovladač v jádře nehlásí u tohoto gamepadu žádné pohybové senzory.
ds4-motion-forbidden = Pohybové senzory nelze číst: dovolí to pravidlo výše.
ds4-recentre = Vystředit
ds4-recentre-hint = Nynější kurz je přímo vpřed (R)
ds4-calibrate = Kalibrovat
ds4-calibrate-anew-hint = Zjistí drift znovu (C)
ds4-calibrating = Kalibruje se
ds4-calibrating-hint = Čeká, až bude gamepad v klidu
ds4-acceleration = Zrychlení
ds4-rotation = Otáčení
ds4-pitch = klopení
ds4-yaw = bočení
ds4-roll = klonění
ds4-report-jitter = Jitter hlášení

# Světlo.
ds4-light-absent = Ovladač tohoto gamepadu nehlásí žádnou světelnou lištu.
ds4-light-forbidden = Světelnou lištu nelze měnit: dovolí to pravidlo výše.
ds4-colour = Barva
ds4-hue = Odstín
ds4-saturation = Sytost
ds4-brightness = Jas
ds4-colour-field = Barva, třeba #ff8000 nebo červená
ds4-colour-wrong = třeba ff8000 nebo červená
ds4-red = Červená
ds4-green = Zelená
ds4-blue = Modrá
ds4-white = Bílá
ds4-black = Černá
ds4-yellow = Žlutá
ds4-orange = Oranžová
ds4-pink = Růžová
ds4-magenta = Purpurová
ds4-violet = Fialová
ds4-cyan = Azurová
ds4-turquoise = Tyrkysová
ds4-effect = Co dělá
ds4-steady = Svítí
ds4-steady-detail = barva
ds4-blink = Bliká
ds4-blink-detail = barva, hardwarově
ds4-breathe = Dýchá
ds4-breathe-detail = barva, sílí a slábne
ds4-police = Policie
ds4-police-detail = červené a modré záblesky
ds4-by-battery = Baterie
ds4-by-battery-detail = zelená, žlutá, červená
ds4-by-buttons = Tlačítka
ds4-by-buttons-detail = co je stisknuto, smíchané
ds4-light-off = Nesvítí
ds4-light-off-detail = tma
ds4-period = Délka jednoho cyklu
ds4-former-colour = Předchozí barva
ds4-former-colour-hint = Světlo jako před otevřením tohoto okna (B); vrátí ho i zavření okna
ds4-player-lights = Světla hráče
ds4-player = Hráč
ds4-players-off = Žádné

# Zápatí.
ds4-rumble-strong = Silná vibrace
ds4-rumble-strong-hint = Na chvíli spustí silný motor vlevo (S)
ds4-rumble-weak = Slabá vibrace
ds4-rumble-weak-hint = Na chvíli spustí slabý motor vpravo (W)
ds4-calibrate-motion = Kalibrovat pohybové senzory
ds4-calibrate-hint = Nejdřív položte gamepad v klidu (C)
ds4-show-keys = Klávesy (?)

# Seznam kláves. Vejde se asi 27 písmen.
ds4-key-pages = Gamepad, pohyb, světlo
ds4-key-next-pad = Další gamepad
ds4-key-rumble = Vibrace: silná, slabá
ds4-key-calibrate = Kalibrovat pohyb
ds4-key-recentre = Vystředit krychli a kurz
ds4-key-triggers = L2 a R2 otáčejí krychlí
ds4-key-outlines = Smazat obrysy páček
ds4-key-mouse = Touchpad jako myš
ds4-key-light-off = Zhasnout
ds4-key-former-colour = Předchozí barva světla
ds4-key-slider = Posunout jezdec
ds4-key-next-control = Další prvek, stisknout
ds4-key-scroll = Posouvat
ds4-key-rule = Kopírovat pravidlo udev
ds4-key-keys = Tyto klávesy
ds4-key-back = Zpět, potom zavřít

# Co anglicky říká zdroj gamepadů.
ds4-why-no-sysfs = gamepady nelze hledat v sysfs: { $error }
ds4-why-no-events = gamepady nelze poslouchat: { $error }
ds4-why-touchpad-taken = touchpad má jiný program jen pro sebe
ds4-why-motors-fail = motory neběží: { $error }
ds4-why-no-motors = motory nelze použít
ds4-why-no-light = světelnou lištu nelze měnit
ds4-why-light-write = světlo nelze nastavit přes „{ $path }“: { $cause }
ds4-why-light-logind = světlo nelze nastavit přes logind: { $cause }
ds4-why-other-driver = tento gamepad má ovladač „{ $driver }“; zaveďte modul jádra hid-playstation (před Linuxem 6.2 hid-sony) a gamepad znovu zapojte
