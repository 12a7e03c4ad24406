# Poloha.


# Okno a jeho záhlaví.
gnss-window = { $state } – Poloha
gnss-no-source = Žádný zdroj polohy
gnss-connecting = Připojování
gnss-connecting-to = Připojování: { $source }
gnss-no-receiver = Žádný přijímač
gnss-waiting-for = Čeká se { $time }
gnss-replay-empty = Záznam nemá žádnou polohu
gnss-searching-for = Hledá se { $time }
gnss-stale = { $mode }, před { $age }
gnss-fix-lost = Poloha ztracena před { $age }
gnss-replay-ended = Přehrávání skončilo
gnss-last-position = poslední poloha před { $age }
gnss-now = teď
gnss-age-old = před { $age }
gnss-mode-estimated = Odhad polohy
gnss-mode-manual = Zadaná poloha
gnss-mode-simulated = Simulovaná poloha
gnss-mode-3d = Poloha 3D
gnss-mode-2d = Poloha 2D
gnss-mode-none = Bez polohy
gnss-differential = diferenciální korekce
gnss-rtk-float = RTK, plovoucí řešení
gnss-rtk-fixed = RTK, pevné řešení
gnss-used-of-seen = použito { $used } z { $seen } satelitů
gnss-satellites-used = { $count ->
    [one] použit { $count } satelit
    [few] použity { $count } satelity
   *[other] použito { $count } satelitů
}
gnss-satellites-in-view = { $count ->
    [one] { $count } satelit v dohledu
    [few] { $count } satelity v dohledu
   *[other] { $count } satelitů v dohledu
}
gnss-none-seen-yet = zatím není vidět žádný satelit
gnss-none-received-yet = zatím není slyšet žádný satelit
gnss-received = { $count ->
    [one] slyšet { $count } satelit, nejlepší s { $best } dB-Hz
    [few] slyšet { $count } satelity, nejlepší s { $best } dB-Hz
   *[other] slyšet { $count } satelitů, nejlepší s { $best } dB-Hz
}
gnss-receiver-gone = přijímač zmizel
gnss-no-fix-any-more = už bez polohy
gnss-receiver-silent = přijímač mlčí
gnss-source-gone = zdroj zmizel
gnss-nothing-recorded = Nic se nezaznamenává: { $why }
gnss-end-it = Ukončit
gnss-end-recording-hint = Ukončit záznam (R)
gnss-try-again = Zkusit znovu
gnss-try-again-hint = Zkusit zdroj znovu (F5)
gnss-doubt-rollover = Datum přijímače je kvůli starému firmwaru o 1024 týdnů vedle; tady je opravené.
gnss-doubt-past = Datum přijímače je dávno minulé: jeho hodiny nebo hodiny počítače jdou špatně.
gnss-doubt-future = Datum přijímače je v budoucnosti: jeho hodiny nebo hodiny počítače jdou špatně.

# Kde není co ukázat.
gnss-nothing-tells = Nic tu nehlásí polohu.
gnss-choose-source = Vybrat zdroj
gnss-waiting-for-source = Čeká se na zdroj…
gnss-file-empty = V souboru není žádná poloha.
gnss-advice-near = Dost satelitů je slyšet dobře: poloha bude brzy.
gnss-advice-first = První poloha trvá venku půl minuty, se čtyřmi satelity nebo více.
gnss-advice-window = Nic není slyšet dobře: dejte anténu k oknu nebo ven.
gnss-advice-wider = Jsou potřeba čtyři satelity s 30 dB-Hz nebo více: pomůže širší výhled na oblohu.

# Poloha a její zápisy.
gnss-position-is = Poloha: { $position }
gnss-position-was = Poloha, naposledy známá, před { $age }: { $position }
gnss-notation-was = { $notation }, před { $age }
gnss-this-was = Toto je naposledy známá poloha, před { $age }.
gnss-copied-value = Zkopírováno: { $value }
gnss-copied-was = Zkopírováno, naposledy známá, před { $age }
gnss-nothing-to-copy = Zatím není co kopírovat
gnss-nothing-to-show = Zatím není co ukázat
gnss-no-position-yet = zatím bez polohy
gnss-map-hint = Ukázat na OpenStreetMap (O)
gnss-notations-hint = Všechny zápisy (N)
gnss-copy-hint = Kopírovat (C)
gnss-map-opens = Mapa se otevírá v prohlížeči
gnss-no-browser = Chybí prohlížeč: nainstalujte xdg-open nebo nastavte $BROWSER
gnss-back-hint = Zpět (Esc)
gnss-copy-as = Kopírovat polohu jako …
gnss-decimal-degrees = Desetinné stupně
gnss-degrees-minutes = Stupně, minuty
gnss-plus-code = Plus Code
gnss-geo-link = Odkaz geo:

# Zápatí a všechny klávesy.
gnss-keys-hint = Klávesy (?)
gnss-units = Jednotky: { $units }
gnss-units-hint = Metrické, imperiální, námořní (U)
gnss-metric = Metrické
gnss-imperial = Imperiální
gnss-nautical = Námořní
gnss-source = Zdroj
gnss-source-hint = Odkud přichází poloha (S)
gnss-recording = { $points ->
    [one] Záznam, { $points } bod
    [few] Záznam, { $points } body
   *[other] Záznam, { $points } bodů
}
gnss-recording-fails = Záznam selhává
gnss-recording-spoken = { $state }, do { $path }
gnss-recording-hint = Do { $path }; ukončit (R)
gnss-record = Záznam
gnss-record-track = Zaznamenat stopu
gnss-record-hint = Zaznamenat stopu do { $path } (R)
gnss-saved-in = Uloženo v { $path }
gnss-recording-ended = Záznam skončil
gnss-recording-to = Zaznamenává se do { $path }
gnss-forgotten = Poslední polohy jsou zapomenuty
gnss-keys-copy = Kopírovat polohu
gnss-keys-notations = Všechny zápisy
gnss-keys-map = Otevřít OpenStreetMap
gnss-keys-record = Zaznamenat stopu, konec
gnss-keys-units = Přepnout jednotky
gnss-keys-source = Vybrat zdroj
gnss-keys-retry = Zkusit zdroj znovu
gnss-keys-pages = Obloha až rychlost
gnss-keys-satellites = Od satelitu k satelitu
gnss-keys-scroll = O stránku výš, níž
gnss-keys-forget = Zapomenout polohy
gnss-keys-tab = Další prvek, stisk
gnss-keys-keys = Tyto klávesy
gnss-keys-back = Zpět, potom zavřít

# Stránky.
gnss-page-sky = Obloha
gnss-page-numbers = Čísla
gnss-page-scatter = Rozptyl
gnss-page-track = Stopa
gnss-speed = Rychlost
gnss-altitude = Výška
gnss-altitude-error = Výška ±
gnss-course = Kurz
gnss-climb = Stoupání
gnss-time = Čas
gnss-not-told = nehlášeno

# Obloha a její signály.
gnss-signal-axis = Signál, dB-Hz
gnss-used-of = { $used } z { $seen }
gnss-signals = Signály. { $told }
gnss-seen-spoken = vidět { $count }
gnss-used-spoken = použito { $count }
gnss-none-heard-spoken = žádný není slyšet
gnss-heard-spoken = slyšet { $count }, nejlepší s { $best } dB-Hz
gnss-sky-spoken = { $count ->
    [one] Obloha s { $count } satelitem
    [few] Obloha s { $count } satelity
   *[other] Obloha s { $count } satelity
}
gnss-sky-old = Tato obloha je stará { $age }.
gnss-no-satellites = Zatím nejsou hlášeny žádné satelity.
gnss-point-at = Ukažte na satelit, nebo → pro další.
gnss-legend-used = použitý
gnss-legend-not = ne
gnss-high-in = { $up }° vysoko na { gnss-direction } ({ $around }°)
gnss-direction = { $direction ->
    [0] severu
    [1] severovýchodě
    [2] východě
    [3] jihovýchodě
    [4] jihu
    [5] jihozápadě
    [6] západě
   *[other] severozápadě
}
gnss-compass = { $direction ->
    [0] S
    [1] SV
    [2] V
    [3] JV
    [4] J
    [5] JZ
    [6] Z
   *[other] SZ
}
gnss-high = { $up }° vysoko
gnss-no-place = jeho místo není hlášeno
gnss-not-heard = není slyšet
gnss-is-used = použitý
gnss-is-not-used = nepoužitý

# Všechna čísla.
gnss-position = Poloha
gnss-was-no-position = Poloha zatím nebyla.
gnss-latitude = Šířka
gnss-longitude = Délka
gnss-above-sea = Nad mořem
gnss-above-ellipsoid = Nad elipsoidem
gnss-geoid = Geoid
gnss-motion = Pohyb
gnss-motion-untold = Tento přijímač ho nehlásí.
gnss-local-time = Místní čas
gnss-receiver-says = Přijímač hlásí
gnss-position-age = Poloha je
gnss-sky-age = Obloha je
gnss-is-old = stará { $age }
gnss-accuracy = Přesnost
gnss-horizontal = Vodorovně
gnss-vertical = Svisle
gnss-error-ellipse = Elipsa chyb
gnss-confidence = Spolehlivost
gnss-dilution = DOP
gnss-improved-by = Zpřesněno
gnss-by-nothing = ničím
gnss-by-corrections = korekcemi
gnss-by-reckoning = odhadem z pohybu
gnss-by-hand = ručně
gnss-by-simulator = simulátorem
gnss-satellites-used-name = Satelity
gnss-satellites = Satelity
gnss-elevation = Výška
gnss-azimuth = Azimut
gnss-in-view = V dohledu
gnss-in-view-heard = { $count }, slyšet { $heard }
gnss-from = Odkud
gnss-receiver = Přijímač
gnss-state = Stav
gnss-link-missing = není tu
gnss-link-connecting = navazuje se
gnss-link-answers = odpovídá { $time }
gnss-link-ended = přehrán do konce
gnss-sentences = Věty
gnss-sentences-good = dobré: { $count }
gnss-sentences-useless = nepotřebné: { $count }
gnss-sentences-damaged = poškozené: { $count }
gnss-sentences-broken = vadné: { $count }

# Stopa a rozptyl poloh.
gnss-way-empty = Stopa se tu nakreslí, jakmile budou polohy.
gnss-way-in = { $way } za { $time }
gnss-way-spoken = Stopa: { $way }
gnss-way-start = start
gnss-ago = před { $age }
gnss-scatter-empty = Rozptyl je vidět až ze tří poloh.
gnss-positions-in = { $count ->
    [one] { $count } poloha za { $time }
    [few] { $count } polohy za { $time }
   *[other] { $count } poloh za { $time }
}
gnss-moving = V pohybu: toto je stopa, a ne chyba.
gnss-half-within = 50 % do
gnss-most-within = 95 % do
gnss-most-ellipse = Elipsa, 95 %
gnss-start-over = Začít znovu
gnss-start-over-hint = Zapomenout poslední polohy (Delete)
gnss-spread-spoken = { $count ->
    [one] { $count } poloha, polovina do { $half }, 95 % do { $most } od průměru
    [few] { $count } polohy, polovina do { $half }, 95 % do { $most } od průměru
   *[other] { $count } poloh, polovina do { $half }, 95 % do { $most } od průměru
}

# Odkud přichází poloha.
gnss-sources = Odkud přichází poloha
gnss-automatic = Automaticky
gnss-automatic-what = gpsd, modem, nastavený port
gnss-gpsd-what = na tomto počítači
gnss-modem-manager-what = modem, který spravuje
gnss-as-receiver = jako přijímač
gnss-as-modem = jako modem
gnss-replay = Přehrávání
gnss-another = Jiný
gnss-in-use = aktivní
gnss-another-what = Jiný: záznam k přehrání, port nebo gpsd://HOST:PORT
gnss-other-source = Jiný zdroj
gnss-use-it = Použít

# Řečeno anglicky zdroji, i pro terminál; viz src/catalogue/told.rs.
gnss-why-nothing-here = na tomto počítači neodpovídá gpsd, ModemManager nemá přijímač a není nastavený žádný port; spusťte gpsd nebo tu vyberte zdroj
gnss-why-no-gpsd = na { $address } neodpovídá gpsd: { $cause }; spusťte ho nebo vyberte jiný
gnss-why-something-else = poslouchá tam něco jiného
gnss-why-gpsd-ended = gpsd na { $address } skončil
gnss-why-gpsd-empty = gpsd na { $address } nemá přijímač; zapojte ho
gnss-why-gpsd-says = gpsd na { $address } hlásí: { $text }
gnss-why-gpsd-receiver-gone = přijímač { $path } zmizel; znovu ho zapojte
gnss-why-cannot-read = „{ $path }“ nelze přečíst: { $cause }
gnss-why-cannot-write = do „{ $path }“ nelze zapisovat: { $cause }
gnss-why-recorded-elsewhere = „{ $path }“ zaznamenává jiný program; zvolte jiný soubor
gnss-why-no-track = „{ $path }“ není stopa GPX, v níž lze pokračovat; zvolte jiný soubor
gnss-why-no-receiver-at = na „{ $path }“ není přijímač; zapojte ho nebo vyberte jiný zdroj
gnss-why-held-by-gpsd = port „{ $path }“ drží { $holder }; jako zdroj vyberte gpsd
gnss-why-held-by = port „{ $path }“ drží { $holder }; ukončete ho nebo vyberte jiný zdroj
gnss-why-held = port „{ $path }“ drží jiný program
gnss-why-held-which = port „{ $path }“ drží { $holder }: { $why }; ukončete ho nebo vyberte jiný zdroj
gnss-why-does-not-lend = po sběrnici sezení ho nepůjčuje
gnss-why-lends-nowhere = půjčuje ho po sběrnici sezení, která tu není nebo neodpovídá
gnss-why-forbidden = chybí oprávnění otevřít „{ $path }“; přidejte se do jeho skupiny (obvykle dialout)
gnss-why-unusable = „{ $path }“ nelze otevřít jako sériový port: { $reason }
gnss-why-not-heard = „{ $path }“ při { $baud } baudech { $what }; ověřte, že je to port přijímače
gnss-why-is-silent = mlčí
gnss-why-sends-no-nmea = neposílá NMEA
gnss-why-nothing-nmea = „{ $path }“ neposílá nic, co by bylo NMEA při { $baud } baudech; ověřte port a rychlost
gnss-why-receiver-gone = přijímač na „{ $path }“ zmizel: { $cause }
gnss-why-closed = byl zavřen
gnss-why-modem-no-position = modem na „{ $path }“ nedává polohu: { $cause }
gnss-why-unknown-modem = modem nemá příkaz pro polohu, který by barpop znal
gnss-why-at-refused = modem odmítl „{ $command }“: { $result }
gnss-why-at-silent = modem na „{ $command }“ neodpověděl do { $seconds } s
gnss-why-modem-gone = modem zmizel
gnss-why-owner-ended = program, který měl modem, skončil
gnss-why-owner-silent = program, který má modem, neodpovídá
gnss-why-session-bus-gone = sběrnice sezení zmizela
gnss-why-manager-no-position = ModemManager nedává polohu: { $cause }
gnss-why-cannot-switch-on = přijímač modemu { $name } nelze zapnout: { $cause }
gnss-why-only-cell = modem { $name } nemá přijímač GNSS, o kterém by ModemManager věděl, známá je jen buňka; vyberte jiný zdroj
gnss-why-modem-gives-none = modem { $name } nedává polohu: { $cause }
gnss-why-not-running = { $service } neběží
gnss-why-does-not-answer = { $service } neodpovídá
gnss-why-bus-connect = ke sběrnici „{ $bus }“ se nelze připojit: { $cause }
gnss-why-no-descriptors = systém už nemá deskriptory: { $cause }
gnss-why-bad-address = „{ $text }“ není adresa gpsd: napište gpsd://HOST:PORT nebo gpsd:///PATH/OF/SOCKET
gnss-why-no-path = „{ $text }“ nemá cestu: napište to jako { $text }/dev/ttyUSB1
gnss-why-no-source = „{ $text }“ není zdroj polohy: použijte auto, gpsd://HOST:PORT, nmea:PORT, modem:PORT, mm nebo file:FILE
