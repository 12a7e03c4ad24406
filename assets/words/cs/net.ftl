# Sítě.


# Okno a jeho záhlaví.
net-window = { $state } – Síť
net-network = Síť
net-start-it = Spustit: systemctl start NetworkManager
net-not-running = NetworkManager neběží
net-no-system-bus = Systémová sběrnice chybí
net-does-not-answer = NetworkManager neodpovídá
net-nothing-to-share = Není internet ke sdílení
net-hotspot-is-on = Hotspot { $name } je zapnutý
net-connecting-to = Připojování: { $name }
net-connecting-cable = Připojování kabelem
net-connecting = Připojování
net-connected-to = Připojeno: { $name }
net-connected-cable = Připojeno kabelem
net-connected = Připojeno
net-sign-in-first = { $name }: nejdřív se přihlaste
net-no-internet = { $name }: bez internetu
net-the-cable = kabel
net-keeps-down = NetworkManager drží všechna připojení odpojená
net-networking-off = Síť je vypnutá
net-off-by-key = Vypnuto přepínačem či klávesou
net-wifi-off = Wi-Fi je vypnutá
net-not-connected = Nepřipojeno
net-choose-or-type = Vyberte síť nebo napište její jméno
net-roaming-now = roaming
net-wifi = Wi-Fi
net-known = Známé sítě
net-wifi-hint = Zapnout nebo vypnout Wi-Fi (Ctrl+W)
net-lacks-permission = Chybí oprávnění „{ $permission }“
net-sign-in = Přihlásit
net-sign-in-hint = Otevře stránku sítě v prohlížeči (Ctrl+S)
net-wants-sign-in = Síť vyžaduje přihlášení.

# Kde není co ukázat.
net-waiting-for-manager = Čeká se na NetworkManager…
net-not-running-yet = NetworkManager neběží. Jakmile se spustí, bude se samo pokračovat.
net-nothing-called = Nic se tu nejmenuje „{ $query }“
net-show-all = Ukázat vše
net-no-wifi-here = Tento počítač nemá Wi-Fi ani nic jiného k připojení.
net-wifi-off-by-switch = Wi-Fi je vypnutá přepínačem nebo klávesou na počítači.
net-wifi-switched-off = Wi-Fi je vypnutá.
net-switch-on = Zapnout
net-looking-for-networks = Hledají se sítě…
net-no-networks = V dosahu nejsou žádné sítě.
net-look-again = Hledat znovu

# Seznam.
net-filter = Filtr
net-filter-networks = Filtrovat sítě
net-show-all-hint = Ukázat vše (Esc)
net-look-hint = Hledat sítě (F5)
net-looking = Hledání…
net-looking-spoken = Hledají se sítě
net-networks = Sítě
net-cable = Kabel
net-cable-of = Kabel ({ $interface })
net-bridge-of = Most ({ $interface })
net-mobile = Mobilní síť
net-blank-name = (prázdné jméno)
net-weaker = { $count ->
    [one] { $count } slabší síť
    [few] { $count } slabší sítě
   *[other] { $count } slabších sítí
}
net-away = { $count ->
    [one] { $count } uložená síť mimo dosah
    [few] { $count } uložené sítě mimo dosah
   *[other] { $count } uložených sítí mimo dosah
}
net-details-of = Podrobnosti: { $name }
net-stop = Zastavit
net-stop-name = Zastavit { $name }
net-disconnect = Odpojit
net-disconnect-name = Odpojit { $name }
net-disconnecting = Odpojování…
net-hotspot-on = Hotspot běží
net-signal-spoken = signál { $percent } %
net-out-of-range = mimo dosah
net-wep-insecure = WEP, slabé
net-saved = uložená
net-gone = pryč
net-no-cable = Kabel není zapojený
net-not-ready = Není připraveno
net-disconnected-name = Odpojeno: { $name }
net-reconnect = Připojit

# Zápatí a všechny klávesy.
net-keys-hint = Klávesy (?)
net-airplane = Letadlo
net-airplane-mode = Režim letadlo
net-airplane-hint = Vypnout nebo zapnout všechna rádia (Ctrl+P)
net-hotspot = Hotspot
net-hotspot-hint = Sdílet připojení tohoto počítače (Ctrl+H)
net-hidden = Skrytá…
net-hidden-network = Skrytá síť
net-hidden-hint = Připojit k síti, která neprozrazuje své jméno (Ctrl+N)
net-keys-choose = Vybrat síť
net-keys-connect = Připojit, odpojit
net-keys-details = Podrobnosti
net-keys-forget = Zapomenout uloženou síť
net-keys-letters = Filtrovat podle jména
net-keys-filter = Do filtru
net-keys-look = Hledat sítě, seřadit
net-keys-again = Znovu připojit
net-keys-sign-in = Přihlásit se k síti
net-keys-wifi = Wi-Fi zapnout, vypnout
net-keys-share = Sdílet jako QR kód
net-keys-copy = Kopírovat vybrané
net-keys-page = O stránku výš, níž
net-keys-tab = Další prvek
net-keys-keys = Tyto klávesy
net-keys-back = Zpět, potom zavřít
net-share-only-saved = Sdílet lze jen uloženou síť Wi-Fi

# Formuláře pod řádkem.
net-connect = Připojit
net-cancel = Zrušit
net-password = Heslo
net-wep-key-lengths = 5 nebo 13 znaků, nebo 10 či 26 číslic
net-password-length = 8 až 63 znaků
net-password-so-far = { $count } z nejméně 8 znaků
net-password-too-long = Nejvýše 63 znaků
net-wep-warning = WEP nikoho nezastaví: ostatní mohou číst, co posíláte.
net-certificate-tls = Certifikát (TLS)
net-needs-user-name = Chybí jméno
net-needs-whole-path = Soubory potřebují celou cestu
net-needs-password = Chybí heslo
net-method = Metoda
net-user-name = Uživatelské jméno
net-certificate-file = Soubor s certifikátem
net-key-file = Soubor se soukromým klíčem
net-key-password = Heslo ke klíči
net-check-authorities = Ověřit síť podle certifikačních autorit systému
net-unchecked = Neověřeno: heslo může získat kterákoli síť tohoto jména.
net-server-ends-in = Jméno serveru končí na
net-authority-file = Soubor s certifikátem autority
net-anonymous-name = Jméno před sestavením tunelu
net-more-enterprise = Více: autorita, server, anonymní jméno
net-nothing-saved = Není pro to uložené žádné připojení
net-forget-question = Zapomenout { $name }? Smaže se i heslo.
net-forget = Zapomenout
net-keep = Ponechat
net-enter-password = Zadat heslo
net-unlock-sim = Odemknout SIM
net-choose-another = Vybrat jiný
net-try-again = Zkusit znovu

# Skrytá síť a hotspot.
net-wpa3-only = Jen WPA3
net-enterprise = Podnikové
net-security-none = Žádné
net-called-by-name = Volá se jménem, což mohou slyšet všichni v okolí.
net-name-of-network = Jméno sítě
net-security = Zabezpečení
net-needs-its-name = Chybí jméno
net-name-too-long = Jméno je příliš dlouhé: nejvýše 32 bajtů
net-hotspot-starting = Hotspot se spouští…
net-stop-hotspot = Vypnout hotspot
net-hotspot-is-on-now = Hotspot { $name } je zapnutý.
net-no-hotspot-here = Žádný zdejší adaptér Wi-Fi nemůže být hotspotem.
net-hotspot-needs-wifi = Wi-Fi je vypnutá. Hotspot ji potřebuje.
net-hotspot-what = Sdílí internet tohoto počítače přes Wi-Fi. Adaptér možná bude muset opustit síť, ve které je.
net-name = Jméno
net-no-password-switch = Bez hesla: otevřený všem
net-needs-a-name = Jméno musí mít 1 až 32 bajtů
net-start = Spustit

# Všechno, co je známo.
net-row-is-gone = Už tu není: je mimo dosah, odpojená nebo smazaná.
net-last-used = Naposledy použito
net-saved-as = Uloženo jako
net-connect-with = Připojit přes
net-adapter = Adaptér
net-connection = Připojení
net-addresses = Adresy
net-gateway = Brána
net-domains = Domény
net-dhcp-server = Server DHCP
net-lease-until = Platí do
net-what-it-is = Co to je
net-kind = Druh
net-signal = Signál
net-is-out-of-range = Mimo dosah
net-name-bytes = Jméno, bajty
net-access-points = { $count ->
    [one] Přístupový bod
    [few] { $count } přístupové body
   *[other] { $count } přístupových bodů
}
net-heard-by = slyší ho { $interface }
net-in-use = používá se
net-interface = Rozhraní
net-speed = Rychlost
net-hardware = Hardware
net-driver = Ovladač
net-data-used = Přeneseno
net-page-gone = Už tu není
net-share-name = Sdílet { $name }
net-share = Sdílet
net-back-hint = Zpět (Esc)
net-copy-name = Kopírovat: { $what }
net-copied = Zkopírováno
net-asking-for-password = Zjišťuje se heslo…
net-name-too-long-for-code = Jméno je na QR kód příliš dlouhé.
net-code-spoken = QR kód: telefon, který ho uvidí, se může připojit
net-code-what = Telefon, který tento kód uvidí, se může připojit.
net-hide-password = Skrýt heslo
net-show-password = Ukázat heslo
net-no-password = Heslo nemá.

# Co lze změnit na uloženém připojení.
net-guess = Odhadnout
net-yes = Ano
net-no = Ne
net-saved-connection = Uložené připojení
net-cannot-change = Chybí oprávnění „{ $permission }“: nelze ho změnit.
net-by-itself = Připojovat automaticky
net-never-roaming = Nikdy při roamingu
net-costs-by-volume = Platí se za objem (programy stahují méně)
net-costs = Platba
net-priority = Priorita { $priority }
net-priority-greatest = Priorita, nejvyšší dřív
net-lower-priority = Snížit prioritu
net-higher-priority = Zvýšit prioritu
net-forget-ask = Zapomenout…

# Na co se ptá NetworkManager.
net-ask-window = { $name } – Heslo
net-wants-code = { $name } chce svůj kód
net-sign-in-to = Přihlášení k { $name }
net-password-for = Heslo pro { $name }
net-saved-was-refused = Uložené heslo bylo odmítnuto. Zadejte ho znovu.
net-not-now = Teď ne
net-not-now-hint = Esc; uložené zůstane, jak je
net-ask-wep-key = Klíč WEP
net-ask-key-password = Heslo k soukromému klíči
net-ask-inner-key-password = Heslo k vnitřnímu soukromému klíči
net-ask-private-key = Soukromý klíč
net-ask-group-password = Heslo skupiny
net-ask-proxy-password = Heslo k proxy
net-ask-shared-key = Sdílený klíč

# Modem a jeho SIM.
net-modem-gone = Modem už tu není.
net-chosen-by-network = vybírá síť
net-access-point = Přístupový bod
net-model = Model
net-firmware = Firmware
net-sim-number = Číslo SIM
net-own-number = Vlastní číslo
net-new-connection = Nové připojení
net-radio-off-by-switch = Rádio je vypnuté přepínačem nebo klávesou na počítači.
net-lacks-permission-sentence = Chybí oprávnění „{ $permission }“.
net-mobile-radio = Mobilní rádio
net-mobile-network = Mobilní síť
net-new-mobile = Nové mobilní připojení
net-state = Stav
net-operator = Operátor
net-technology = Technologie
net-roaming = Roaming
net-roaming-yes = Ano: cizí síť, která může stát víc
net-phone-locked = Telefonní část je zamčená způsobem, který barpop neumí zrušit (druh { $kind }). Obraťte se na operátora.
net-sim-wants-puk = SIM je zablokovaná. Zadejte PUK a zvolte nový PIN.
net-sim-wants-pin = SIM je zamčená. Zadejte PIN.
net-last-puk = Zbývá jediný pokus: chybný PUK SIM navždy znehodnotí.
net-last-pin = Zbývá jediný pokus: chybný PIN SIM zablokuje.
net-unknown-puk-tries = Kolik pokusů zbývá, není známo: chybný PUK může SIM navždy znehodnotit.
net-unknown-pin-tries = Kolik pokusů zbývá, není známo: chybný PIN může SIM zablokovat.
net-i-know-last = Kód znám a použiji poslední pokus
net-i-know = Kód znám
net-asking-sim = Čeká se na SIM…
net-pins-differ = Nové PINy se liší
net-tries-left = { $tries ->
    [one] Zbývá { $tries } pokus
    [few] Zbývají { $tries } pokusy
   *[other] Zbývá { $tries } pokusů
}
net-puk-digits = 8 číslic; PIN 4 až 8
net-pin-digits = 4 až 8 číslic
net-unlock = Odemknout
net-new-pin = Nový PIN
net-new-pin-again = Nový PIN ještě jednou
net-apns-unknown = Přístupové body tohoto operátora tu nejsou známé. Jméno najdete ve smlouvě; je-li prázdné, vybere síť.
net-apns = Přístupové body tohoto operátora
net-apn-name = Název přístupového bodu (APN)
net-connection-name = Název připojení
net-with-user = Se jménem a heslem
net-needs-name = Chybí název

# Co dělá vznikající připojení.
net-stage-password = Přihlášení
net-stage-address = Získání IP
net-stage-internet = Test sítě
net-stage-vpn = Start VPN
net-stage-leaving = Odpojování
net-stage-starting = Spouštění
net-going-since = { $stage }, { $secs } s
net-traffic = { $received } přijato, { $sent } odesláno
net-frequency = { $mhz } MHz (kanál { $channel })

# Jak je síť chráněná, slovem a podrobně.
net-word-open = otevřená
net-word-wep = WEP (nezabezpečené)
net-word-owe = Enhanced Open
net-word-enterprise = podniková
net-full-open = Žádné: ostatní mohou číst s vámi
net-full-wep = WEP, které nikoho nezastaví
net-full-owe = Šifrované, bez hesla (Enhanced Open)
net-full-wpa = Heslo WPA2
net-full-transition = Heslo WPA2 a WPA3
net-full-sae = Heslo WPA3
net-full-enterprise = Podnikové: uživatelské jméno nebo certifikát (802.1X)

# Co modem dělá nebo co mu chybí.
net-modem-sim-locked = SIM zamčená
net-modem-sim-blocked = SIM zablokovaná
net-modem-locked = Zamčený
net-modem-no-sim = Bez SIM
net-modem-failed = Nefunguje
net-modem-starting = Spouští se…
net-modem-off = Vypnutý
net-modem-searching = Hledá…
net-modem-denied = Odmítnutý
net-modem-ready = Připraven
net-modem-connecting = Připojuje se…
net-modem-connected = Připojen
net-kind-loopback = Loopback

# Proč se připojení nezdařilo: co se stalo, s čím, co pomůže. Příčina a rada jsou argumenty.
net-failed-user-or-password = „{ $name }“: jméno nebo heslo nebylo přijato, nebo má síť jiný certifikát, než by měla; ověřte je a zkuste to znovu.
net-failed-wrong-password = Heslo pro „{ $name }“ je špatné; { $remedy }.
net-failed-probably-password = „{ $name }“ je v dosahu, ale nepustila nás dál, heslo je tedy asi špatné; { $remedy }.
net-failed-password-wanted = „{ $name }“ vyžaduje heslo a žádné nebylo zadáno; { $remedy }.
net-failed-out-of-range = „{ $name }“ je mimo dosah; { $remedy }.
net-failed-nobody-says = Připojení k „{ $name }“ se nezdařilo a nikdo neříká proč; { $remedy }.
net-failed-because = Připojení k „{ $name }“ se nezdařilo: { $cause }; { $remedy }.
net-some-profile = profil
net-cause-restarted = NetworkManager byl spuštěn znovu
net-cause-silence = dvě minuty nepřišla žádná zpráva
net-cause-unmanaged = NetworkManager se tomuto zařízení nevěnuje
net-cause-not-set-up = zařízení se nepodařilo nastavit
net-cause-no-address = síť nedala žádnou adresu
net-cause-address-ran-out = adresa vypršela
net-cause-no-password = nebylo zadáno heslo
net-cause-sign-in-ended = síť přihlášení ukončila
net-cause-settings-do-not-fit = nastavení zabezpečení síti neodpovídá
net-cause-sign-in-failed = přihlášení selhalo
net-cause-sign-in-too-long = přihlášení trvalo příliš dlouho
net-cause-ppp-start = PPP se nespustilo; nainstalujte balík ppp
net-cause-call-ended = síť ukončila hovor
net-cause-ppp-failed = PPP selhalo
net-cause-dhcp-start = DHCP se nespustilo
net-cause-no-dhcp-answer = server DHCP neodpověděl
net-cause-sharing-start = sdílení se nespustilo; nainstalujte dnsmasq
net-cause-sharing-failed = sdílení selhalo; nainstalujte dnsmasq
net-cause-no-own-address = nenašla se žádná vlastní adresa
net-cause-line-busy = linka je obsazená
net-cause-no-dial-tone = chybí oznamovací tón
net-cause-no-carrier = chybí nosný signál
net-cause-dialling-too-long = vytáčení trvalo příliš dlouho
net-cause-dialling-failed = vytáčení selhalo
net-cause-modem-start = modem se nepodařilo spustit
net-cause-unknown-apn = síť nezná přístupový bod (APN)
net-cause-not-searching = modem nehledá síť
net-cause-sim-refused = mobilní síť tuto SIM odmítá
net-cause-no-mobile-network = žádná mobilní síť se včas nenašla
net-cause-not-let-in = žádná mobilní síť tuto SIM nepřijme
net-cause-pin-not-checked = PIN SIM se nepodařilo ověřit
net-cause-no-firmware = chybí firmware
net-cause-unplugged = zařízení bylo odpojeno
net-cause-sleep = počítač se uspal
net-cause-profile-deleted = profil byl smazán
net-cause-stopped = bylo zastaveno
net-cause-cable-out = kabel není zapojený
net-cause-modem-gone = modem zmizel
net-cause-phone-silent = telefon přes Bluetooth neodpověděl
net-cause-no-sim = chybí SIM
net-cause-sim-pin = SIM chce svůj PIN
net-cause-sim-puk = SIM chce svůj PUK
net-cause-wrong-sim = je to nesprávná SIM
net-cause-no-connected-mode = zařízení neumí režim „connected“
net-cause-needed-failed = selhalo připojení, které potřebuje
net-cause-adsl = selhal most ADSL
net-cause-modem-manager = ModemManager neběží
net-cause-not-found = síť nebyla nalezena
net-cause-dcb = DCB nebo FCoE se nepodařilo nastavit
net-cause-teamd = selhal teamd
net-cause-modem-failed = modem selhal
net-cause-wrong-pin = PIN SIM byl chybný
net-cause-other-connection = na jeho místo nastoupilo jiné připojení
net-cause-device-below = změnilo se zařízení pod ním
net-cause-open-vswitch = selhal Open vSwitch
net-cause-same-address = stejnou adresu má jiný počítač
net-cause-no-such-address = takto zařízení adresu získat nemůže
net-cause-sr-iov = SR-IOV se nepodařilo nastavit
net-cause-other-device = druhé zařízení nebylo nalezeno
net-cause-helper-failed = selhal jeho pomocný program
net-cause-device-taken = zařízení má jiný program
net-cause-manager-stopped = NetworkManager byl ukončen
net-cause-networking-off = síť je vypnutá
net-cause-unknown = důvod tu není znám
net-cause-link-down = spojení pod ním spadlo
net-cause-vpn-ended = program VPN skončil
net-cause-server-no-address = server nedal použitelnou adresu
net-cause-server-silent = server včas neodpověděl
net-cause-vpn-too-long = program VPN se včas nespustil
net-cause-vpn-start = program VPN se nespustil
net-cause-server-refused = server nepřijal jméno nebo heslo
net-cause-interface = jeho rozhraní se nepodařilo vytvořit
net-cause-device-gone = jeho zařízení zmizelo
net-remedy-type-again = zadejte ho znovu
net-remedy-connect-and-type = připojte se znovu a zadejte ho
net-remedy-closer = jděte blíž a zkuste to znovu
net-remedy-again-or-closer = zkuste to znovu, nebo jděte blíž
net-remedy-router = zkuste to znovu, nebo restartujte router
net-remedy-pin = zadejte PIN
net-remedy-puk = zadejte PUK a nový PIN
net-remedy-right-pin = zadejte správný PIN
net-remedy-sim = vložte SIM a zkuste to znovu
net-remedy-coverage = ověřte pokrytí a smlouvu a zkuste to znovu
net-remedy-apn = zeptejte se na něj operátora a nastavte ho
net-remedy-administrator = požádejte správce
net-remedy-again = zkuste to znovu
net-remedy-firmware = nainstalujte firmware ovladače „{ $driver }“
net-remedy-plug-again = znovu ho zapojte
net-remedy-plug = zapojte ho

# Řečeno anglicky tím, co mluví s NetworkManagerem, i pro terminál; viz src/catalogue/told.rs.
net-why-failed = { $what }: { $why }.
net-why-ask = NetworkManageru se nelze zeptat: { $why }.
net-why-no-bus = chybí systémová sběrnice
net-why-bus-connect = ke sběrnici „{ $bus }“ se nelze připojit: { $cause }
net-why-bus-gone = spojení se sběrnicí zmizelo
net-why-not-running = { $service } neběží
net-why-does-not-answer = { $service } neodpovídá
net-why-cannot-read = odpověď nelze přečíst: { $cause }
net-why-cannot-join = K síti „{ $name }“ se nelze připojit
net-why-cannot-connect = „{ $name }“ nelze připojit
net-why-cannot-forget = „{ $name }“ nelze zapomenout
net-why-cannot-change = „{ $name }“ nelze změnit
net-why-cannot-share = „{ $name }“ nelze sdílet
net-why-cannot-disconnect = „{ $name }“ nelze odpojit
net-why-cannot-look = Sítě nelze hledat
net-why-cannot-switch-wifi = Wi-Fi nelze přepnout
net-why-cannot-switch-mobile = Mobilní síť nelze přepnout
net-why-cannot-switch-bluetooth = Bluetooth nelze přepnout
net-why-cannot-hotspot = Hotspot nelze spustit
net-why-cannot-mobile = K mobilní síti se nelze připojit
net-why-cannot-open-sim = SIM nelze otevřít
net-why-not-saved = Připojení funguje, ale nepodařilo se ho uložit
net-why-not-removed = Nefunkční profil se nepodařilo odstranit
net-why-not-put-back = Profil se nepodařilo vrátit do původního stavu
net-why-not-stopped = Připojení se nepodařilo ukončit
net-why-profile-gone = Profil už není; smazal ho jiný program.
net-why-no-browser = Přihlašovací stránku nelze otevřít: chybí prohlížeč; nainstalujte xdg-open nebo nastavte $BROWSER, nebo otevřete „{ $page }“ ručně.
net-why-start-service = { $service } neběží; spusťte ho a zkuste to znovu
net-why-service-silent = { $service } neodpovídá; zkuste to znovu
net-why-no-connection-to-bus = chybí spojení se systémovou sběrnicí; zkuste to znovu
net-why-no-sense = odpověď nedává smysl; zkuste to znovu
net-why-lacks-permission = chybí oprávnění „{ $permission }“; může ho dát správce, nebo spusťte agenta polkitu, který se zeptá na heslo
net-why-no-reason = bylo to bez důvodu odmítnuto; zkuste to znovu
net-why-the-profile-gone = profil už není; smazal ho jiný program
net-why-device-gone = zařízení zmizelo; znovu ho zapojte
net-why-not-there = už tu není; podívejte se znovu do seznamu
net-why-no-device = žádné zařízení to teď nemůže použít; ověřte, že tu zařízení je, je zapnuté a v dosahu
net-why-wrong-device = toto zařízení to neumí použít; vyberte jiné
net-why-down-already = už to bylo odpojené
net-why-out-of-range = síť je mimo dosah; jděte blíž a zkuste to znovu
net-why-no-plugin = chybí k tomu zásuvný modul NetworkManageru; nainstalujte ho
net-why-dependency = chybí něco, co potřebuje; nejdřív navažte připojení pod ním
net-why-read-only = NetworkManager tento profil nemůže změnit; správce ho nastavil ručně
net-why-so-already = už to tak je
net-why-nobody-has-password = nikdo nemá heslo; zadejte ho
net-why-no-ap-device = žádné zdejší zařízení Wi-Fi nemůže být přístupovým bodem
net-why-no-wifi-device = není tu žádné zařízení Wi-Fi; zapněte Wi-Fi nebo nějaké zapojte
net-why-no-file = soubor „{ $path }“ neexistuje; vyberte jiný
net-why-malformed = jeho profil je vadný
net-why-no-modem = není tu žádný modem; zapojte ho nebo zapněte
net-why-pin-first = SIM chce svůj PIN; nejdřív ho zadejte
net-why-puk-first = SIM chce svůj PUK; nejdřív ho zadejte
net-why-only-wifi = sdílet lze jen síť Wi-Fi
net-why-own-user-name = každý k ní potřebuje vlastní jméno, ke sdílení tedy není
net-why-password-not-saved = heslo není uložené; nejdřív se připojte
net-why-pin-has-digits = PIN má 4 až 8 číslic
net-why-wants-puk = chce teď PUK; zadejte PUK a nový PIN
net-why-no-pin-wanted = na PIN se neptá
net-why-no-try-left = nezbývá žádný pokus; zadejte PUK a nový PIN
net-why-one-try-left = zbývá jediný pokus a chybný PIN by SIM zablokoval; zadejte ho znovu, jen jste-li si jistí
net-why-tries-unknown = modem neříká, kolik pokusů zbývá, a chybný PIN může SIM zablokovat; zadejte ho, jen jste-li si jistí
net-why-puk-has-digits = PUK má 8 číslic; je na kartě, ve které byla SIM
net-why-new-pin-has-digits = nový PIN musí mít 4 až 8 číslic
net-why-no-puk-wanted = na PUK se neptá
net-why-sim-gone = modem nebo jeho SIM zmizely; znovu je zapojte
net-why-not-answered-yet = modem zatím neodpověděl; počkejte, zda se otevře
net-why-last-try-wrong = PIN byl chybný a byl to poslední pokus; zadejte PUK a nový PIN
net-why-wrong-none-left = { $what } byl chybný a nezbývá žádný pokus; zeptejte se operátora
net-why-wrong-one-left = { $what } byl chybný; zbývá jeden pokus
net-why-wrong-some-left = { $tries ->
    [one] { $what } byl chybný; zbývá { $tries } pokus
    [few] { $what } byl chybný; zbývají { $tries } pokusy
   *[other] { $what } byl chybný; zbývá { $tries } pokusů
}
net-why-wrong-unknown = { $what } byl chybný; nikdo neví, kolik pokusů zbývá
net-why-case-switch = jeho přepínač na skříni je vypnutý; zapněte ho tam
net-why-rfkill-denied = uživatel nesmí zapisovat do „{ $path }“; dovolí to pravidlo udev s TAG+={ $tag }
net-why-rfkill-missing = „{ $path }“ chybí; načtěte modul rfkill
net-why-needs-name = síť potřebuje jméno
net-why-long-name = jméno sítě má nejvýše 32 bajtů, toto má { $count }
net-why-needs-password = je potřeba heslo
net-why-short-password = heslo WPA má nejméně 8 znaků, toto má { $count }
net-why-long-password = heslo WPA má nejvýše 63 znaků (nebo 64 šestnáctkových číslic)
net-why-wep-key = klíč WEP má 5 nebo 13 znaků, nebo 10 či 26 šestnáctkových číslic
net-why-needs-user-name = je potřeba uživatelské jméno
net-why-enterprise = tato síť vyžaduje jméno a heslo
net-why-needs-certificate = je potřeba certifikát a jeho soukromý klíč
net-why-relative-path = soubor „{ $path }“ potřebuje celou cestu
net-why-bad-apn = název přístupového bodu (APN) „{ $apn }“ obsahuje nepovolený znak
net-why-no-random = systém nedává náhodná čísla
