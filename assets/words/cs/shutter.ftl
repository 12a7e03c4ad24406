# Spoušť fotoaparátu.

shutter-page-timer = Časovač
shutter-page-plan = Plán
shutter-page-history = Historie

# Co fotoaparát dělá, v záhlaví a v seznamu: celé, a kde je málo místa.
shutter-pictures = { $count ->
    [one] { $count } snímek
    [few] { $count } snímky
   *[other] { $count } snímků
}
shutter-progress = { $shots } z { $count }
shutter-connecting = Připojuji…
shutter-no-timer = Neběží tu žádný časovač
shutter-offline = Offline
shutter-offline-for = Offline už { $time }
shutter-wrong-password = Špatné heslo
shutter-locked = Je třeba heslo
shutter-paused = Pozastaveno: { $progress }
shutter-failing = Porucha: { $progress }
shutter-exposing = Expozice: { $progress }
shutter-exposing-left = Expozice: { $progress }, zbývá { $left }
shutter-running = Běží: { $progress }
shutter-running-next = Běží: { $progress }, další za { $left }
shutter-waiting-first = Čeká: první snímek za { $left }
shutter-waiting-first-of = Čeká: první z { $count } za { $left }
shutter-waiting-short = Čeká: první snímek
shutter-waiting-short-of = Čeká: první z { $count }
shutter-no-release = Nelze fotit
shutter-taking = Pořizuje snímek
shutter-ready = Připraveno
shutter-done = { $count ->
    [one] Hotovo: { $count } snímek
    [few] Hotovo: { $count } snímky
   *[other] Hotovo: { $count } snímků
}
shutter-stopped = { $count ->
    [one] Zastaveno po { $count } snímku
    [few] Zastaveno po { $count } snímcích
   *[other] Zastaveno po { $count } snímcích
}
shutter-interrupted = { $count ->
    [one] Přerušeno po { $count } snímku
    [few] Přerušeno po { $count } snímcích
   *[other] Přerušeno po { $count } snímcích
}
shutter-failed = { $count ->
    [one] Selhalo po { $count } snímku
    [few] Selhalo po { $count } snímcích
   *[other] Selhalo po { $count } snímcích
}
shutter-days = { $days ->
    [one] { $days } den
    [few] { $days } dny
   *[other] { $days } dní
}
shutter-day-and-time = { $day } { $time }
shutter-as-it-was = stav v { $time }
shutter-left = zbývá { $time }
shutter-all-cameras = Všechny fotoaparáty

# Co stojí v cestě.
shutter-how = Na tomto počítači neběží žádný časovač. Spusťte „xshutter serve“ tam, kde je připojena spoušť fotoaparátu; je-li to jiný počítač, uveďte ho v konfiguraci v [[shutter.server]].
shutter-look-again = Hledat znovu
shutter-try-now = Zkusit teď
shutter-trying = Zkouším znovu…
shutter-next-try = Další pokus za { $time }.
shutter-waiting-for = Čekám na { $camera }…
shutter-not-started = Nespuštěno: { $why }
shutter-not-changed = Nezměněno: { $why }
shutter-not-paused = Nepozastaveno: { $why }
shutter-not-resumed = Nepokračuje se: { $why }
shutter-not-stopped = Nezastaveno: { $why }
shutter-not-snapped = Bez snímku: { $why }
shutter-not-kept = Neuloženo: { $why }
shutter-password = Heslo
shutter-wants-password = { $camera } chce heslo.
shutter-not-the-password = Tohle není heslo pro { $camera }.
shutter-keep-password = Uložit do souboru, který mohu číst jen já
shutter-unlock = Odemknout

# Ciferník: slovo nebo čas, a pod ním dvaceti písmeny, co to je.
shutter-dial-unknown = neznámo
shutter-dial-closes = do zavření
shutter-dial-paused = Pauza
shutter-dial-resumed = do pokračování
shutter-dial-first = do prvního snímku
shutter-dial-next = do dalšího snímku
shutter-dial-now = Teď
shutter-dial-due = je na řadě
shutter-dial-nothing = nic na řadě

# Zápatí.
shutter-start = Spustit
shutter-starting = Spouštím…
shutter-pause = Pauza
shutter-pausing = Pozastavuji…
shutter-resume = Pokračovat
shutter-resuming = Pokračuji…
shutter-stop = Zastavit
shutter-stopping = Zastavuji…
shutter-really-stop = Opravdu zastavit
shutter-stop-hint = Ukončí plán; probíhající expozice skončí hned (X)
shutter-snap = Jeden snímek
shutter-snapping = Fotím…
shutter-start-all = Spustit vše
shutter-start-all-hint = Spustí každý nečinný fotoaparát s jeho vlastním plánem (A)
shutter-stop-all = Zastavit vše
shutter-really-stop-all = Opravdu zastavit vše
shutter-stop-all-hint = Ukončí všechny plány; probíhající expozice skončí hned (X)
shutter-show-keys = Klávesy (?)

# Seznam fotoaparátů.
shutter-running-of = { $count ->
    [one] { $count } z { $all } běží
    [few] { $count } z { $all } běží
   *[other] { $count } z { $all } běží
}
shutter-cameras = { $count ->
    [one] { $count } fotoaparát
    [few] { $count } fotoaparáty
   *[other] { $count } fotoaparátů
}
shutter-none-running = žádný neběží
shutter-with-problem = { $count } s poruchou
shutter-count-offline = { $count } offline
shutter-now = teď

# Co se píše: co stojí nad polem, co znamená prázdné, k čemu je, co se často hodí. Názvy denních
# dob se píší anglicky.
shutter-interval = Interval
shutter-interval-about = Od jednoho snímku k dalšímu
shutter-count = Snímky
shutter-count-hint = do zastavení
shutter-count-about = Kolik snímků; prázdné: do zastavení
shutter-no-end = Bez konce
shutter-delay = První snímek po
shutter-delay-hint = hned
shutter-delay-about = Od spuštění k prvnímu snímku
shutter-no-delay = Hned
shutter-bulb = Držet spoušť
shutter-bulb-hint = exponuje fotoaparát
shutter-bulb-about = Bulb: fotoaparát exponuje, dokud je spoušť držena
shutter-no-bulb = Fotoaparát
shutter-start-at = Začít v
shutter-start-at-hint = hned, nebo 22:30
shutter-start-at-about = Čas, nebo datum a čas; prodleva přijde až potom
shutter-start-now = Hned
shutter-windows = Jen během
shutter-windows-hint = stále, nebo sunset-sunrise
shutter-windows-about = Části každého dne oddělené čárkami: časy, nebo sunrise, sunset, civil-dawn, civil-dusk, astronomical-dawn, astronomical-dusk s minutami
shutter-always = Stále
shutter-by-day = Den
shutter-by-night = Noc
shutter-not-at-all = vůbec ne
shutter-half-press = Namáčknutí předem
shutter-half-press-about = Tak dlouho před každým snímkem se stiskne ostření
shutter-no-half-press = Ne
shutter-mirror = Zrcátko předem nahoru
shutter-mirror-about = První stisk zvedne zrcátko; snímek přijde tak dlouho potom
shutter-no-mirror = Ne
shutter-bracket = Expoziční řada
shutter-bracket-hint = jedna expozice, nebo 3:1
shutter-bracket-about = Expozice na snímek a rozdíl mezi nimi v EV, třeba 3:1
shutter-no-bracket = Žádná
shutter-ramp = Rampa expozice
shutter-ramp-hint = žádná, nebo 30s:2h
shutter-ramp-about = Poslední expozice a za jak dlouho se k ní dojde, třeba 30s:2h
shutter-no-ramp = Žádná
shutter-spacing = Interval se počítá
shutter-shot-to-shot = Od snímku ke snímku
shutter-gap = Jako mezera mezi snímky

# Co by z plánu bylo.
shutter-promise = { $count ->
    [one] { $count } snímek za { $time }, do { $end }
    [few] { $count } snímky za { $time }, do { $end }
   *[other] { $count } snímků za { $time }, do { $end }
}
shutter-promise-windows = { $count ->
    [one] { $count } snímek za { $time } uvnitř oken
    [few] { $count } snímky za { $time } uvnitř oken
   *[other] { $count } snímků za { $time } uvnitř oken
}
shutter-promise-endless = Snímek každých { $interval } až do zastavení
shutter-promise-begins = { $promise }; začátek { $time }
shutter-film-of = Film dlouhý { $slow } při { $slow_rate }, { $middle } při { $middle_rate } nebo { $fast } při { $fast_rate } snímcích za sekundu.

# Plán, který běží: názvy o nejvýš 12 písmenech, a co se o nich řekne.
shutter-fact-end = Konec
shutter-end = { $time }, za { $left }
shutter-fact-film = Film
shutter-film-so-far = { $time } při { $rate } snímcích/s
shutter-film-so-far-of = { $time } z { $whole } při { $rate } snímcích/s
shutter-fact-delay = Prodleva
shutter-fact-bulb = Expozice
shutter-fact-ramp = Rampa
shutter-ramp-to = na { $to } během { $over }
shutter-fact-bracket = Řada
shutter-frames = { $frames ->
    [one] { $frames } expozice po { $step } EV
    [few] { $frames } expozice po { $step } EV
   *[other] { $frames } expozic po { $step } EV
}
shutter-fact-half-press = Namáčknutí
shutter-fact-mirror = Zrcátko
shutter-between-shots = { $time } mezi snímky
shutter-fact-skipped = Vynecháno
shutter-skipped = { $count ->
    [one] { $count } snímek, na který bylo pozdě
    [few] { $count } snímky, na které bylo pozdě
   *[other] { $count } snímků, na které bylo pozdě
}
shutter-fact-exact = Přesnost
shutter-exact = 99 ze 100 do { $time }
shutter-exact-few = nejvýš o { $time } pozdě
shutter-fact-resumed = Pokračuje
shutter-resumed = po restartu, { $time }
shutter-change = Změnit
shutter-change-hint = Počítá se od posledního snímku, a platí proto hned

# Poslední snímky.
shutter-no-history = Od spuštění služby nebyl pořízen žádný snímek.
shutter-total = { $count ->
    [one] { $count } snímek od spuštění služby.
    [few] { $count } snímky od spuštění služby.
   *[other] { $count } snímků od spuštění služby.
}
shutter-late-by = Zpoždění: medián { $median }, 99 ze 100 do { $most }, nejvýš { $worst }.
shutter-late-by-few = Zpoždění: medián { $median }, nejvýš { $worst }.
shutter-lateness = Zpoždění
shutter-late = +{ $time }
shutter-late-aloud = zpoždění { $time }
shutter-very-late = velmi pozdě
shutter-single = jeden snímek
shutter-held = stisk { $time }
shutter-shot = Snímek { $number } v { $time }, { $details }
shutter-no-problem = bez poruchy

# Seznam kláves. Vejde se asi 27 písmen.
shutter-key-start = Spustit s tím, co je tu
shutter-key-pause = Pauza, pokračovat
shutter-key-stop = Zastavit, druhým stiskem
shutter-key-snap = Jeden snímek hned
shutter-key-type = Vyplnit pole 1, 2, 3, 4
shutter-key-pages = Časovač, plán, historie
shutter-key-list = Seznam, posouvat
shutter-key-next-camera = Další fotoaparát
shutter-key-start-all = V seznamu: spustit vše
shutter-key-retry = Zkusit znovu offline
shutter-key-keys = Tyto klávesy
shutter-key-back = Zpět, potom zavřít

# Co je špatně na tom, co bylo napsáno: za dvojtečkou, bez tečky.
shutter-wrong-no-interval = uveďte, jak dlouho to je od jednoho snímku k dalšímu
shutter-wrong-duration = „{ $text }“ není doba: pište třeba 10s, 1m30s, 1:30, 0,5 nebo 1h
shutter-wrong-long = „{ $text }“ je příliš dlouho: nejvíc je 99:59:59
shutter-wrong-moment = „{ $text }“ není čas: pište třeba 22:30, „2026-12-24 22:30“ nebo podle RFC 3339
shutter-wrong-window = „{ $text }“ není okno: pište dva časy, nebo sunrise, sunset, civil-dawn, civil-dusk, astronomical-dawn či astronomical-dusk s minutami, třeba 9:00-17:30 nebo sunset+20-sunrise
shutter-wrong-empty-window = „{ $text }“ začíná tam, kde končí
shutter-wrong-bracket = „{ $text }“ není expoziční řada: pište počet expozic a EV, třeba 3:1 nebo 5:0,7:2s
shutter-wrong-frames = expoziční řada má 2 až 9 expozic, ne { $frames }
shutter-wrong-step = kroky expoziční řady jsou větší než 0 a nejvýš 5 EV, ne { $step }
shutter-wrong-ramp = „{ $text }“ není rampa: pište poslední expozici a za jak dlouho se k ní dojde, třeba 30s:2h
shutter-wrong-no-pictures = 0 snímků nejsou žádné: pro běh až do zastavení nechte prázdné
shutter-wrong-count = „{ $text }“ není počet snímků

# Proč plán nejde dodržet, stejně tak.
shutter-bad-interval = interval je { $time }; musí být mezi 0,1 s a 99:59:59
shutter-bad-long = { $what ->
    [frames] mezera { $time } mezi expozicemi je delší než 99:59:59
    [ramp] rampa { $time } je delší než 99:59:59
    [before-ramp] doba { $time } před rampou je delší než 99:59:59
   *[delay] prodleva { $time } je delší než 99:59:59
}
shutter-bad-windows = { $count ->
    [one] je tu { $count } okno; nejvýš jich může být { $most }
    [few] jsou tu { $count } okna; nejvýš jich může být { $most }
   *[other] je tu { $count } oken; nejvýš jich může být { $most }
}
shutter-bad-count = plán s 0 snímky žádný nepořídí; pro běh až do zastavení nechte počet prázdný
shutter-bad-lead = { $what ->
    [mirror] zvednuté zrcátko { $time } je příliš dlouho; fotoaparát čeká nejvýš 30 s
   *[half-press] namáčknutí { $time } je příliš dlouhé; fotoaparát čeká nejvýš 30 s
}
shutter-bad-mirror = { $time } po zrcátku je příliš krátce; se stiskem { $pulse } je třeba aspoň { $least }
shutter-bad-long-bulb = expozice { $time } je delší, než tento fotoaparát smí ({ $longest })
shutter-bad-short-bulb = expozice { $time } je kratší než stisk, kterého si fotoaparát všimne ({ $pulse }); nechte exponovat fotoaparát, bez bulb
shutter-bad-step = expozice jsou od sebe víc než 0 a nejvýš 5 EV, ne { $step }
shutter-bad-frame-gap = { $time } mezi expozicemi řady je příliš krátce; je třeba aspoň { $least }
shutter-bad-frame-gap-mirror = { $time } mezi expozicemi řady je příliš krátce; je třeba aspoň { $least }, protože se pro každou zvedá zrcátko
shutter-bad-ramp-without-bulb = rampa mění expozici bulb, a plán žádnou nemá; uveďte expozici, od které začne
shutter-bad-ramp-over = rampa za 0 s není žádná; uveďte, jak dlouho trvá
shutter-bad-fit = snímek, který trvá { $takes }, se nevejde do intervalu { $interval } od snímku ke snímku ({ $parts }); prodlužte interval aspoň na { $least }, zkraťte expozici, nebo počítejte interval jako mezeru mezi snímky
shutter-takes-exposure = expozice { $time }
shutter-takes-lead = namáčknutí a zrcátko { $time }
shutter-takes-pulse = { $time } do dalšího stisku
shutter-bad-gap = mezera { $time } mezi dvěma snímky je příliš krátká; s namáčknutím a zrcátkem je třeba aspoň { $least }
shutter-bad-empty-window = okno od { $time } do { $time } je prázdné; vynechte ho, aby se fotilo celý den
shutter-bad-offset = { $minutes } minut od toho, co dělá slunce, je příliš; možných je -720 až 720
shutter-bad-no-place = okno podle slunce potřebuje místo fotoaparátu; patří do konfigurace
shutter-bad-never-opens = žádné okno plánu se na tomto místě během roku neotevře; slunce to tam nedělá

# Co anglicky říká služba, její spoušť nebo cesta k ní.
shutter-why-no-answer = { $address } neodpovídá: { $reason }
shutter-why-nobody-listens = nikdo tam neposlouchá
shutter-why-silent = mlčí
shutter-why-no-way = nevede k němu cesta
shutter-why-it-has-ended = ukončil spojení
shutter-why-name-unknown = jméno není známo
shutter-why-ended = { $address } ukončil spojení
shutter-why-odd = { $address } neodpovídá jako „xshutter serve“: { $reason }
shutter-why-long-answer = odpověď je příliš dlouhá
shutter-why-http-status = stav HTTP { $status }
shutter-why-password-unreadable = soubor s heslem „{ $path }“ nelze číst: { $error }
shutter-why-password-open = soubor s heslem „{ $path }“ mohou číst jiní; spusťte „chmod 600 { $path }“
shutter-why-password-empty = soubor s heslem „{ $path }“ je prázdný
shutter-why-password-no-text = soubor s heslem „{ $path }“ neobsahuje text
shutter-why-no-plan = žádný plán neběží; nejdřív nějaký spusťte
shutter-why-plan-runs = plán už běží; před dalším ho zastavte
shutter-why-no-bulb = plán nemá expozici bulb, kterou by šlo změnit; zastavte ho a spusťte jiný
shutter-why-too-few = { $taken ->
    [one] pořízen je už { $taken } snímek, { $count } je méně; raději plán zastavte
    [few] pořízeny jsou už { $taken } snímky, { $count } je méně; raději plán zastavte
   *[other] pořízeno je už { $taken } snímků, { $count } je méně; raději plán zastavte
}
shutter-why-taking = ještě { $time } se pořizuje snímek; zkuste to potom
shutter-why-next-soon = další snímek plánu začne za { $left } a snímek trvá { $time }; zkuste to po něm
shutter-why-no-place = okno podle slunce potřebuje místo fotoaparátu; patří do konfigurace
shutter-why-never-opens = žádné okno plánu se na tomto místě během roku neotevře; slunce to tam nedělá
shutter-why-timer-error = časovač měl chybu a pokračoval: { $what }; nahlaste ji prosím
shutter-why-shot-error = tento snímek ukončila chyba časovače
shutter-why-clock = hodiny nejsou nastaveny; plán pokračuje v nové fázi
shutter-why-timer-ended = časovač skončil
shutter-why-does-not-answer = { $name } neodpovídá{ $nothing }; zkontrolujte, zda je připojeno
shutter-why-nothing-done = ; nic se nestalo
shutter-why-busy = { $name } používá { $holder }; ukončete ten program
shutter-why-another-program = jiný program
shutter-why-absent = { $name } tu není; { $remedy }
shutter-why-forbidden = chybí oprávnění pro { $name }; { $remedy }
shutter-why-failed = { $name } má poruchu: { $reason }
shutter-why-group-gpio = přidejte uživatele služby do skupiny gpio
shutter-why-group-dialout = přidejte uživatele služby do skupiny dialout
shutter-why-no-chip = tento počítač nemá čip GPIO; zvolte jinou spoušť, nebo žádnou
shutter-why-plugged-in = podívejte se, zda je zařízení zapojeno
shutter-why-adapter = zapojte adaptér, nebo uveďte jiný port
shutter-why-arduino = zapojte Arduino, nebo uveďte jiný port
shutter-why-no-camera = bez fotoaparátu: snímky se jen počítají
