# Zprávy.

# Titulek okna a záhlaví.
sms-title = { $unread ->
    [0] Vše přečteno – Zprávy
    [one] { $unread } nepřečtená – Zprávy
    [few] { $unread } nepřečtené – Zprávy
   *[other] { $unread } nepřečtených – Zprávy
}
sms-unread = { $unread ->
    [0] Vše přečteno
    [one] { $unread } nepřečtená
    [few] { $unread } nepřečtené
   *[other] { $unread } nepřečtených
}
sms-keys = Klávesy (F1)
sms-new-message-key = Nová zpráva (Ctrl+N)
sms-dial-key = Vytočit kód (Ctrl+U)
sms-waiting = Čeká: { $what }
sms-waiting-voice = { $count ->
    [0] hlasová zpráva
    [one] { $count } hlasová zpráva
    [few] { $count } hlasové zprávy
   *[other] { $count } hlasových zpráv
}
sms-waiting-fax = { $count ->
    [0] fax
    [one] { $count } fax
    [few] { $count } faxy
   *[other] { $count } faxů
}
sms-waiting-email = { $count ->
    [0] e-mail
    [one] { $count } e-mail
    [few] { $count } e-maily
   *[other] { $count } e-mailů
}
sms-waiting-other = { $count ->
    [0] zpráva jinde
    [one] { $count } zpráva jinde
    [few] { $count } zprávy jinde
   *[other] { $count } zpráv jinde
}
sms-sim-full = SIM je plná: { $used } z { $capacity } zpráv; nové nemohou přijít
sms-sim-nearly-full = SIM je téměř plná: { $used } z { $capacity } zpráv
sms-sim-holds = Na SIM je { $used } z { $capacity } zpráv
sms-network-denied = Síť odmítá SIM
sms-network-searching = Hledá se síť
sms-network-none = Žádná síť
sms-network-signal = { $network }, signál { $percent } %
sms-modem-none = Žádný modem
sms-modem-busy = Port je obsazen
sms-modem-starting = Dotaz na modem…
sms-modem-restarting = Modem se restartuje…
sms-modem-no-sim = Žádná SIM
sms-modem-locked = SIM je zamčená
sms-modem-failed = Modem má poruchu

# Co stojí v cestě.
sms-unconfigured = Není nastaven žádný modem: jen uložené zprávy. Port se zadá přes -d nebo v config.toml.
sms-absent = Na { $port } není modem. Připojte ho; odesílané zprávy počkají.
sms-absent-unnamed = Na portu modemu žádný není. Připojte ho; odesílané zprávy počkají.
sms-busy = { $holder } používá { $port }. Ukončete ho a hledejte znovu.
sms-busy-somebody = Jiný program používá { $port }. Ukončete ho a hledejte znovu.
sms-the-port = port modemu
sms-no-sim = Modem nevidí SIM. Vložte ji a hledejte znovu.
sms-other-lock = SIM je zamčená zámkem „{ $lock }“, který barpop neumí odemknout.
sms-look-again = Hledat znovu
sms-restart = Restartovat
sms-restart-hint = Spustí modem znovu

# Zamčená SIM.
sms-enter-pin = SIM je zamčená. Pro odesílání a příjem zadejte PIN.
sms-enter-puk = SIM je zablokovaná. Zadejte PUK a zvolte nový PIN.
sms-unlocking = Dotaz na SIM…
sms-new-pins-differ = Nové PINy se liší.
sms-tries-left = { $tries ->
    [one] Zbývá { $tries } pokus
    [few] Zbývají { $tries } pokusy
   *[other] Zbývá { $tries } pokusů
}
sms-pin-digits = PIN má 4 až 8 číslic.
sms-puk-digits = PUK má 8 číslic, PIN 4 až 8.
sms-last-pin-try = Zbývá jediný pokus o PIN a chybný SIM zablokuje. barpop ho nechává na vás: odemkněte SIM v telefonu a hledejte znovu.
sms-last-puk-try = Zbývá jediný pokus o PUK a chybný SIM znehodnotí. barpop ho nechává na vás: obraťte se na operátora.
sms-new-pin = Nový PIN
sms-new-pin-again = Nový PIN znovu
sms-unlock = Odemknout

# Seznam a hledání v něm.
sms-conversations = Konverzace
sms-store-unreadable = Uložené zprávy nelze přečíst.
sms-store-reading = Načítají se uložené zprávy…
sms-search = Hledat ve zprávách
sms-searching = Hledá se…
sms-end-search = Ukončit hledání
sms-end-search-key = Ukončit hledání (Esc)
sms-nothing-found = Nic nenalezeno: „{ $query }“
sms-found = { $total ->
    [one] { $total } zpráva
    [few] { $total } zprávy
   *[other] { $total } zpráv
}
sms-found-newest = Nejnovějších { $shown } z { $total } zpráv
sms-row-unread = { $unread ->
    [one] { $who }, { $unread } nepřečtená: { $preview }
    [few] { $who }, { $unread } nepřečtené: { $preview }
   *[other] { $who }, { $unread } nepřečtených: { $preview }
}
sms-no-messages-yet = Zatím žádné zprávy. Nové se objeví zde.
sms-choose-conversation = Vyberte konverzaci, nebo napište někomu novému.
sms-new-message = Nová zpráva

# Konverzace.
sms-messages = Zprávy
sms-thread-reading = Načítá se konverzace…
sms-thread-empty = Zde zatím nejsou žádné zprávy.
sms-copy-number-key = Kopírovat číslo (Ctrl+Shift+C)
sms-delete-conversation-key = Smazat konverzaci (Shift+Delete v seznamu)
sms-back-key = Zpět (Esc)
sms-newest-key = Nejnovější zpráva (End)
sms-new = Nové
sms-no-text = (bez textu)
sms-flash-time = Flash · { $time }
sms-copy-text = Kopírovat text
sms-copy-number = Kopírovat číslo
sms-delete = Smazat
sms-delete-key = Smazat (Del)
sms-text-copied = Text zkopírován
sms-number-copied = Číslo zkopírováno
sms-deleted = { $count ->
    [one] Zpráva smazána
    [few] { $count } zprávy smazány
   *[other] { $count } zpráv smazáno
}
sms-conversation-deleted = Smazáno: { $who }
sms-undo = Vrátit

# Co o zprávě řekne čtečka obrazovky.
sms-you = Odchozí
sms-spoken = { $who }, { $time }: { $text }
sms-spoken-note = { $who }, { $time }: { $text }, { $note }
sms-spoken-sent = { $who }, { $time }: { $text }, odesláno
sms-spoken-delivered = { $who }, { $time }: { $text }, doručeno

# Pod zprávou.
sms-waits = Čeká na odeslání
sms-waits-network = Čeká na síť
sms-waits-modem = Čeká na modem
sms-cancel = Zrušit
sms-cancel-rest = Zrušit zbytek
sms-sending = Odesílá se
sms-sending-since = Odesílá se, { $secs } s
sms-sending-part = Odesílá se, část { $part } z { $parts }
sms-sending-part-since = Odesílá se, část { $part } z { $parts }, { $secs } s
sms-not-sent = Neodesláno
sms-not-sent-because = Neodesláno: { $why }
sms-resend = Poslat znovu
sms-resend-ask = Poslat znovu…
sms-may-be-sent = Možná odesláno, možná ne
sms-may-be-sent-because = Možná odesláno, možná ne: { $why }
sms-arrives-twice = Pokud byla odeslána, přijde dvakrát.
sms-send-again = Přesto poslat
sms-leave-it = Nechat být
sms-part-missing = Chybí část { $part } z { $parts }
sms-parts-missing = { $missing ->
    [one] Chybí { $missing } část z { $parts }
    [few] Chybí { $missing } části z { $parts }
   *[other] Chybí { $missing } částí z { $parts }
}

# Psaní.
sms-to = Komu
sms-recipient = Příjemce
sms-recipient-hint = Číslo nebo jméno
sms-recipient-name = Komu: { $name }; Enter přejde k textu.
sms-recipient-number = Zadejte číslo; Enter přejde k textu.
sms-recipient-nobody = Nikdo toho jména tu zatím není. Zadejte číslo.
sms-number-home = domů
sms-number-home-mobile = soukromý mobil
sms-number-mobile = mobil
sms-number-work = práce
sms-number-work-mobile = pracovní mobil
sms-message = Zpráva
sms-message-to = Zpráva: { $who }
sms-no-replies = { $who }: odpovědět nelze.
sms-send = Odeslat
sms-send-key = Odeslat (Ctrl+Enter)
sms-cost = { $messages ->
    [one] zbývá { $left } · { $messages } zpráva
    [few] zbývá { $left } · { $messages } zprávy
   *[other] zbývá { $left } · { $messages } zpráv
}
sms-cost-emoji = emoji: Unicode, { $most } na zprávu
sms-cost-unicode = „{ $character }“: Unicode, { $most } na zprávu
sms-too-long = Příliš dlouhé: nejvýš 255 zpráv

# Kódy pro síť (USSD).
sms-codes = Kódy pro síť
sms-codes-hint = Vytočte kód jako *101# a zjistěte zůstatek nebo objednejte službu. Odpověď se objeví zde.
sms-code = Kód
sms-dial = Vytočit
sms-answer = Odpovědět
sms-answer-network = Odpověď síti
sms-end = Ukončit
sms-close = Zavřít
sms-network-waits = Čeká se na síť…
sms-network-waits-since = Čeká se na síť, { $secs } s

# Co musí být vidět hned.
sms-flash = Blesková zpráva
sms-flash-from = Blesková zpráva, odesílatel { $who }
sms-urgent-time = { $day }, { $time }
sms-urgent-from = Od { $who } · { $day }, { $time }
sms-urgent-parts = { $missing ->
    [one] { $about } · ještě chybí { $missing } část z { $parts }
    [few] { $about } · ještě chybí { $missing } části z { $parts }
   *[other] { $about } · ještě chybí { $missing } částí z { $parts }
}
sms-seen = Přečteno
sms-seen-more = Přečteno, zbývá { $left }
sms-alert-presidential = Celostátní varování
sms-alert-extreme = Varování: krajní nebezpečí
sms-alert-severe = Varování: vážné nebezpečí
sms-alert-amber = Pohřešovaná osoba
sms-alert-safety = Bezpečnostní upozornění
sms-alert-test = Zkouška varování
sms-alert-info = Sdělení operátora
sms-alerts-emergency = Varování
sms-alerts-amber = Pohřešované osoby
sms-alerts-safety = Bezpečnostní upozornění
sms-alerts-test = Zkoušky varování
sms-alerts-info = Sdělení operátora

# Seznam kláves.
sms-keys-send = Odeslat
sms-keys-new-message = Nová zpráva
sms-keys-search = Hledat
sms-keys-neighbour = Jiná konverzace
sms-keys-to-messages = Z odpovědi ke zprávám
sms-keys-choose = Vybrat řádek, zprávu
sms-keys-scroll = Listovat zprávami
sms-keys-ends = Začátek, konec
sms-keys-enter = Otevřít, poslat, odemknout
sms-keys-delete = Smazat zprávu
sms-keys-delete-conversation = Smazat konverzaci
sms-keys-undo = Vrátit smazané
sms-keys-copy = Kopírovat zprávu
sms-keys-copy-number = Kopírovat číslo
sms-keys-dial = Vytočit kód (USSD)
sms-keys-modem = Hledat modem
sms-keys-keys = Tyto klávesy
sms-keys-tab = Další část
sms-keys-back = O krok zpět, pak zavřít

# Co anglicky řekl jiný proces nebo co je uloženo.
sms-why-port-absent = na „{ $port }“ není modem; připojte ho, nebo zadejte jiný port přes -d
sms-why-port-busy = port „{ $port }“ používá { $holder }; ukončete ho, nebo zadejte jiný port přes -d
sms-why-another-program = jiný program
sms-why-port-forbidden = chybí oprávnění k „{ $port }“; přidejte se do jeho skupiny (obvykle dialout)
sms-why-port-unusable = „{ $port }“ nelze otevřít jako sériový port: { $reason }
sms-why-at-refused = modem odmítl „{ $command }“: { $why }
sms-why-at-no-reason = bez udání důvodu
sms-why-at-timeout = modem neodpověděl na „{ $command }“ do { $secs } s
sms-why-at-unasked = modem odpověděl na „{ $command }“ dřív, než dostal zprávu
sms-why-gone = modem zmizel
sms-why-gone-plug = modem zmizel; připojte ho znovu
sms-why-held = modem používá { $holder }
sms-why-restarts = modem se restartuje a hned bude zpět
sms-why-no-restart = tento modem nelze restartovat programem; odpojte ho
sms-why-cannot-restart = tento modem nelze restartovat programem
sms-why-no-radio = tento modem nevypíná rádio; zkuste „xsms modem reset“
sms-why-refused = odmítl to modem nebo síť: { $why }
sms-why-code-refused = modem nebo síť odmítá kód: { $why }
sms-why-in-doubt = { $why }; možná byla odeslána, možná ne
sms-why-unconfirmed = modem zprávu nepotvrdil
sms-why-parts-sent = { $why }; některé části možná byly odeslány
sms-why-other-way = část odešla jinou cestou; zbytek pošlete jako novou zprávu
sms-why-interrupted = barpop byl při odesílání přerušen: možná byla odeslána
sms-why-taken-back = vzata zpět před odesláním
sms-why-taken-back-after = vzata zpět po { $gone } z { $parts } částí
sms-why-parts-left = nebylo odesláno částí: { $left }; ostatní dorazily
sms-why-not-delivered = nedoručeno: { $why } (stav { $status })
sms-why-report-failed = chyba sítě (vzdálené volání)
sms-why-report-device-unfit = přístroj příjemce takové zprávy nepřijímá
sms-why-report-device-refused = přístroj příjemce ji odmítl
sms-why-report-unreachable = příjemce není dostupný
sms-why-report-no-quality = síť tuto kvalitu služby nemá
sms-why-report-networks-apart = sítě spolu nespolupracují
sms-why-report-expired = její čas vypršel dřív, než byl příjemce dostupný
sms-why-report-deleted-sender = smazal ji odesílatel
sms-why-report-deleted-operator = smazal ji provozovatel centra zpráv
sms-why-report-centre-lacks = centrum zpráv ji nemá
sms-why-report-congested = síť je přetížená a vzdala to
sms-why-report-device-busy = přístroj příjemce je zaneprázdněn, síť to vzdala
sms-why-report-device-silent = přístroj příjemce neodpovídá, síť to vzdala
sms-why-report-device-error = přístroj příjemce hlásí chybu, síť to vzdala
sms-why-report-rejected = síť ji odmítla
sms-why-wrong-pin = chybný PIN{ $left }; zkontrolujte ho a zadejte znovu
sms-why-wrong-pin-blocked = chybný PIN; SIM je teď zablokovaná a chce PUK{ $left }
sms-why-wrong-puk = chybný PUK{ $left }; najdete ho ve smlouvě
sms-why-one-try = , zbývá 1 pokus
sms-why-tries = { $tries ->
    [few] , zbývají { $tries } pokusy
   *[other] , zbývá { $tries } pokusů
}
sms-why-wants-pin = SIM chce PIN; zadejte ho zde, nebo uveďte --pin-file
sms-why-wants-puk = SIM je zablokovaná; zadejte zde PUK a nový PIN
sms-why-no-sim = v modemu není SIM; vložte ji
sms-why-wants-other = modem chce „{ $lock }“, což barpop neumí zadat
sms-why-locked-again = SIM je opět zamčená
sms-why-sim-refused = SIM to odmítla
sms-why-puk-digits = PUK má 8 číslic a PIN 4 až 8; zkontrolujte zadání
sms-why-last-puk = zbývá jediný pokus o PUK a poslední barpop nikdy nepoužije; obraťte se na operátora
sms-why-pin-digits = PIN má 4 až 8 číslic; zkontrolujte zadání
sms-why-pin-before = tento PIN už SIM jednou odmítla, proto se znovu neposílá; zadejte jiný, nebo je-li jistě správný, spusťte „xsms modem --forget-pins“
sms-why-last-pin = možná zbývá jediný pokus o PIN a poslední barpop nikdy nepoužije; zadejte PIN v telefonu
sms-why-no-salt = systém nedává náhodná čísla, PIN si nelze bezpečně zapamatovat
sms-why-nobody = modem teď nikdo nemá; hledejte ho znovu
sms-why-empty = zpráva je prázdná; nejdřív napište text
sms-why-no-number = „{ $number }“ není telefonní číslo
sms-why-too-long = text potřebuje částí: { $parts }; zpráva jich může mít nejvýš 255
sms-why-let-go = proces, který má modem, ho uvolňuje
sms-why-lost = modem se ztratil dřív, než síť odpověděla; zkuste to znovu
sms-why-ask-holder = modem má { $holder }; ptejte se tam, nebo ho nejdřív ukončete
sms-why-unconfigured = není nastaven žádný modem; zadejte port přes -d
sms-why-unconfigured-restart = není nastaven žádný modem k restartu; zadejte port přes -d
sms-why-no-open-sim = není modem, jehož SIM by šlo odemknout
sms-why-no-modem = není žádný modem
sms-why-beside = vedle zpráv nelze vytvořit soubor: { $why }
sms-why-mm-absent = ModemManager neběží; spusťte ho, nebo zadejte port přes -d
sms-why-mm-none = ModemManager nemá modem; připojte ho
sms-why-mm-other = ModemManager nemá modem „{ $modem }“; „mmcli -L“ ukáže ty, které má
sms-why-mm-off = modem je vypnutý; zapněte mobilní síť v NetworkManageru, nebo spusťte „mmcli -m any -e“
sms-why-mm-broken = modem nefunguje: { $why }; restartujte ho
sms-why-mm-sim = jeho SIM nelze použít
sms-why-mm-unknown = ModemManager neví, co umí
sms-why-mm-esim = jeho eSIM nemá profil
sms-why-mm-silent = ModemManager neříká proč
sms-why-mm-starting = ModemManager modem ještě spouští
sms-why-mm-stopped = ModemManager byl zastaven nebo restartován
sms-why-mm-switched = modem byl vypnut nebo se restartuje
sms-why-mm-stalled = ModemManager neodpovídá
sms-why-mm-stalled-restart = ModemManager neodpovídá; restartujte ho
sms-why-mm-unreachable = { $why }; ModemManager není dostupný
sms-why-bus-gone = spojení se sběrnicí zmizelo
sms-why-mm-forbidden = ModemManager nedovoluje modem používat; přihlaste se přímo u tohoto počítače, nebo požádejte správce (polkit: org.freedesktop.ModemManager1)
sms-why-mm-no-why = modem nebo síť to odmítá a ModemManager neříká proč
sms-why-mm-says = ModemManager hlásí: { $words }
sms-why-mm-went = ModemManager zmizel během odesílání
sms-why-mm-unconfirmed = ModemManager zprávu nepotvrdil
sms-why-mm-no-ussd = ModemManager pro tento modem nepřijímá kódy USSD
sms-why-mm-cannot = to ModemManager s tímto modemem neumí
sms-why-no-ussd = tento modem nepřijímá kódy USSD
sms-why-ussd-no-code = „{ $text }“ není kód USSD; takový vypadá jako *101#
sms-why-ussd-empty = odpověď je prázdná; napište, na co se síť ptá
sms-why-ussd-long = odpověď má znaků: { $characters }, síť jich vezme nejvýš { $most }
sms-why-ussd-done = hotovo; síť nic neřekla
sms-why-ussd-asks = síť čeká na odpověď
sms-why-ussd-ended = síť ukončila spojení
sms-why-ussd-elsewhere = síti odpověděl jiný program
sms-why-ussd-unknown = síť tento kód nezná
sms-why-ussd-gave-up = síť čekala na odpověď příliš dlouho a vzdala to
sms-why-ussd-silent = síť neodpověděla do { $secs } s; zkuste to později
sms-why-ussd-open = síť ještě neodpověděla na poslední dotaz USSD; počkejte
sms-why-too-much = modem toho má najednou příliš
sms-why-restarts-ask = modem se restartuje; zeptejte se, až bude zpět
sms-why-no-home = není složka pro zprávy: nastavte HOME nebo XDG_DATA_HOME na absolutní cestu
sms-why-disk-full = na disku není místo pro „{ $file }“: uvolněte ho, nic se neztratilo
sms-why-read-only = nelze zapsat „{ $file }“: povolte zápis do souboru i složky
sms-why-damaged = „{ $file }“ je poškozen a zůstal beze změny: obnovte ho ze zálohy, nebo ho přesuňte a začněte znovu
sms-why-foreign = „{ $file }“ patří jinému programu a zůstal beze změny: přesuňte ho
sms-why-newer = „{ $file }“ zapsal novější barpop (schéma { $found }, známé je { $known }) a zůstal beze změny: nainstalujte tu verzi
sms-why-store-busy = „{ $file }“ používá jiný program: zkuste to znovu
sms-why-store-open = „{ $file }“ nelze otevřít: { $why }
sms-why-store-use = „{ $file }“ nelze použít: { $why }
