# Nachrichten.

# Fenstertitel und Kopfzeile.
sms-title = { $unread ->
    [0] Alles gelesen – Nachrichten
   *[other] { $unread } ungelesen – Nachrichten
}
sms-unread = { $unread ->
    [0] Alles gelesen
   *[other] { $unread } ungelesen
}
sms-keys = Tasten (F1)
sms-new-message-key = Neue Nachricht (Strg+N)
sms-dial-key = Code wählen (Strg+U)
sms-waiting = Es warten: { $what }
sms-waiting-voice = { $count ->
    [0] Sprachnachrichten
    [one] { $count } Sprachnachricht
   *[other] { $count } Sprachnachrichten
}
sms-waiting-fax = { $count ->
    [0] Fax
    [one] { $count } Fax
   *[other] { $count } Faxe
}
sms-waiting-email = { $count ->
    [0] E-Mail
    [one] { $count } E-Mail
   *[other] { $count } E-Mails
}
sms-waiting-other = { $count ->
    [0] Nachrichten anderswo
    [one] { $count } Nachricht anderswo
   *[other] { $count } Nachrichten anderswo
}
sms-sim-full = SIM voll: { $used } von { $capacity } Nachrichten; neue können nicht ankommen
sms-sim-nearly-full = SIM fast voll: { $used } von { $capacity } Nachrichten
sms-sim-holds = SIM enthält { $used } von { $capacity } Nachrichten
sms-network-denied = Netz lehnt die SIM ab
sms-network-searching = Netz wird gesucht
sms-network-none = Kein Netz
sms-network-signal = { $network }, Signal { $percent } %
sms-modem-none = Kein Modem
sms-modem-busy = Anschluss belegt
sms-modem-starting = Modem wird gefragt…
sms-modem-restarting = Modem startet neu…
sms-modem-no-sim = Keine SIM
sms-modem-locked = SIM gesperrt
sms-modem-failed = Modem gestört

# Was im Weg steht.
sms-unconfigured = Kein Modem eingerichtet: nur gespeicherte Nachrichten. Den Anschluss mit -d oder in config.toml angeben.
sms-absent = An { $port } ist kein Modem. Bitte einstecken; was gesendet wird, wartet so lange.
sms-absent-unnamed = Am Anschluss des Modems ist keines. Bitte einstecken; was gesendet wird, wartet so lange.
sms-busy = { $holder } belegt { $port }. Bitte beenden und erneut suchen.
sms-busy-somebody = Ein anderes Programm belegt { $port }. Bitte beenden und erneut suchen.
sms-the-port = den Anschluss des Modems
sms-no-sim = Das Modem findet keine SIM. Bitte einlegen und erneut suchen.
sms-other-lock = Die SIM ist durch „{ $lock }“ gesperrt; das kann barpop nicht aufheben.
sms-look-again = Erneut suchen
sms-restart = Neu starten
sms-restart-hint = Startet das Modem neu

# Eine gesperrte SIM.
sms-enter-pin = Die SIM ist gesperrt. Zum Senden und Empfangen die PIN eingeben.
sms-enter-puk = Die SIM ist blockiert. Die PUK eingeben und eine neue PIN wählen.
sms-unlocking = SIM wird gefragt…
sms-new-pins-differ = Die beiden neuen PINs sind verschieden.
sms-tries-left = { $tries ->
    [one] Noch { $tries } Versuch
   *[other] Noch { $tries } Versuche
}
sms-pin-digits = Die PIN hat 4 bis 8 Ziffern.
sms-puk-digits = Die PUK hat 8 Ziffern, die PIN 4 bis 8.
sms-last-pin-try = Nur noch ein PIN-Versuch: ein falscher blockiert die SIM. barpop überlässt ihn Ihnen: SIM in einem Telefon entsperren, dann erneut suchen.
sms-last-puk-try = Nur noch ein PUK-Versuch: ein falscher macht die SIM unbrauchbar. barpop überlässt ihn Ihnen: bitte den Anbieter fragen.
sms-new-pin = Neue PIN
sms-new-pin-again = PIN wiederholen
sms-unlock = Entsperren

# Die Liste und ihre Suche.
sms-conversations = Unterhaltungen
sms-store-unreadable = Die gespeicherten Nachrichten sind nicht lesbar.
sms-store-reading = Gespeicherte Nachrichten werden gelesen…
sms-search = Nachrichten durchsuchen
sms-searching = Suche läuft…
sms-end-search = Suche beenden
sms-end-search-key = Suche beenden (Esc)
sms-nothing-found = Nichts gefunden für „{ $query }“
sms-found = { $total ->
    [one] { $total } Nachricht
   *[other] { $total } Nachrichten
}
sms-found-newest = Die neuesten { $shown } von { $total } Nachrichten
sms-row-unread = { $who }, { $unread } ungelesen: { $preview }
sms-no-messages-yet = Noch keine Nachrichten. Neue erscheinen hier.
sms-choose-conversation = Eine Unterhaltung wählen oder jemand Neuem schreiben.
sms-new-message = Neue Nachricht

# Eine Unterhaltung.
sms-messages = Nachrichten
sms-thread-reading = Unterhaltung wird gelesen…
sms-thread-empty = Hier sind noch keine Nachrichten.
sms-copy-number-key = Nummer kopieren (Strg+Umschalt+C)
sms-delete-conversation-key = Unterhaltung löschen (Umschalt+Entf in der Liste)
sms-back-key = Zurück (Esc)
sms-newest-key = Neueste Nachricht (Ende)
sms-new = Neu
sms-no-text = (kein Text)
sms-flash-time = Flash · { $time }
sms-copy-text = Text kopieren
sms-copy-number = Nummer kopieren
sms-delete = Löschen
sms-delete-key = Löschen (Entf)
sms-text-copied = Text kopiert
sms-number-copied = Nummer kopiert
sms-deleted = { $count ->
    [one] Nachricht gelöscht
   *[other] { $count } Nachrichten gelöscht
}
sms-conversation-deleted = { $who } gelöscht
sms-undo = Rückgängig

# Was ein Bildschirmleser über eine Nachricht sagt.
sms-you = Gesendet
sms-spoken = { $who }, { $time }: { $text }
sms-spoken-note = { $who }, { $time }: { $text }, { $note }
sms-spoken-sent = { $who }, { $time }: { $text }, verschickt
sms-spoken-delivered = { $who }, { $time }: { $text }, zugestellt

# Unter einer Nachricht.
sms-waits = Wartet auf das Senden
sms-waits-network = Wartet auf das Netz
sms-waits-modem = Wartet auf das Modem
sms-cancel = Abbrechen
sms-cancel-rest = Rest abbrechen
sms-sending = Wird gesendet
sms-sending-since = Wird gesendet, { $secs } s
sms-sending-part = Wird gesendet, Teil { $part } von { $parts }
sms-sending-part-since = Wird gesendet, Teil { $part } von { $parts }, { $secs } s
sms-not-sent = Nicht gesendet
sms-not-sent-because = Nicht gesendet: { $why }
sms-resend = Erneut senden
sms-resend-ask = Erneut senden…
sms-may-be-sent = Vielleicht gesendet, vielleicht nicht
sms-may-be-sent-because = Vielleicht gesendet, vielleicht nicht: { $why }
sms-arrives-twice = Falls sie gesendet wurde, kommt sie doppelt an.
sms-send-again = Nochmals senden
sms-leave-it = Lassen
sms-part-missing = Teil { $part } von { $parts } fehlt
sms-parts-missing = { $missing ->
    [one] { $missing } von { $parts } Teilen fehlt
   *[other] { $missing } von { $parts } Teilen fehlen
}

# Schreiben.
sms-to = An
sms-recipient = Empfänger
sms-recipient-hint = Nummer oder Name
sms-recipient-name = An { $name }; mit der Eingabetaste weiter zum Text.
sms-recipient-number = Eine Nummer eingeben; mit der Eingabetaste weiter zum Text.
sms-recipient-nobody = Noch niemand mit diesem Namen. Bitte eine Nummer eingeben.
sms-number-home = privat
sms-number-home-mobile = mobil, privat
sms-number-mobile = mobil
sms-number-work = Arbeit
sms-number-work-mobile = mobil, Arbeit
sms-message = Nachricht
sms-message-to = Nachricht an { $who }
sms-no-replies = { $who }: keine Antwort möglich.
sms-send = Senden
sms-send-key = Senden (Strg+Eingabe)
sms-cost = { $messages ->
    [one] noch { $left } · { $messages } Nachricht
   *[other] noch { $left } · { $messages } Nachrichten
}
sms-cost-emoji = Emoji: Unicode, { $most } je Nachricht
sms-cost-unicode = „{ $character }“: Unicode, { $most } je Nachricht
sms-too-long = Zu lang: höchstens 255 Nachrichten

# Codes an das Netz (USSD).
sms-codes = Codes an das Netz
sms-codes-hint = Einen Code wie *101# wählen, um das Guthaben abzufragen oder eine Option zu buchen. Die Antwort erscheint hier.
sms-code = Code
sms-dial = Wählen
sms-answer = Antworten
sms-answer-network = Antwort an das Netz
sms-end = Beenden
sms-close = Schließen
sms-network-waits = Warten auf das Netz…
sms-network-waits-since = Warten auf das Netz, { $secs } s

# Was sofort zu sehen sein muss.
sms-flash = Flash-Nachricht
sms-flash-from = Flash-Nachricht von { $who }
sms-urgent-time = { $day }, { $time }
sms-urgent-from = Von { $who } · { $day }, { $time }
sms-urgent-parts = { $about } · { $missing } von { $parts } Teilen fehlen noch
sms-seen = Gesehen
sms-seen-more = Gesehen, noch { $left }
sms-alert-presidential = Nationale Warnung
sms-alert-extreme = Warnung: extreme Gefahr
sms-alert-severe = Warnung: große Gefahr
sms-alert-amber = Vermisstenmeldung
sms-alert-safety = Sicherheitshinweis
sms-alert-test = Probewarnung
sms-alert-info = Mitteilung des Netzbetreibers
sms-alerts-emergency = Warnungen
sms-alerts-amber = Vermisstenmeldungen
sms-alerts-safety = Sicherheitshinweise
sms-alerts-test = Probewarnungen
sms-alerts-info = Mitteilungen des Netzbetreibers

# Die Liste der Tasten.
sms-keys-send = Senden
sms-keys-new-message = Neue Nachricht
sms-keys-search = Suchen
sms-keys-neighbour = Andere Unterhaltung
sms-keys-to-messages = Zu den Nachrichten
sms-keys-choose = Zeile, Nachricht wählen
sms-keys-scroll = Nachrichten blättern
sms-keys-ends = Anfang, Ende
sms-keys-enter = Öffnen, erneut senden
sms-keys-delete = Nachricht löschen
sms-keys-delete-conversation = Unterhaltung löschen
sms-keys-undo = Löschen rückgängig
sms-keys-copy = Nachricht kopieren
sms-keys-copy-number = Nummer kopieren
sms-keys-dial = Code wählen (USSD)
sms-keys-modem = Modem suchen
sms-keys-keys = Diese Tasten
sms-keys-tab = Nächster Bereich
sms-keys-back = Zurück, dann schließen

# Von einem anderen Prozess auf Englisch gesagt oder gespeichert.
sms-why-port-absent = an „{ $port }“ ist kein Modem; einstecken oder mit -d einen anderen Anschluss angeben
sms-why-port-busy = „{ $port }“ ist belegt von { $holder }; beenden oder mit -d einen anderen Anschluss angeben
sms-why-another-program = einem anderen Programm
sms-why-port-forbidden = keine Berechtigung für „{ $port }“; der Gruppe der Datei beitreten (meist dialout)
sms-why-port-unusable = „{ $port }“ ist nicht als serieller Anschluss zu öffnen: { $reason }
sms-why-at-refused = das Modem lehnt „{ $command }“ ab: { $why }
sms-why-at-no-reason = ohne Angabe von Gründen
sms-why-at-timeout = das Modem hat „{ $command }“ nicht innerhalb von { $secs } s beantwortet
sms-why-at-unasked = das Modem hat „{ $command }“ beantwortet, bevor es die Nachricht hatte
sms-why-gone = das Modem ist weg
sms-why-gone-plug = das Modem ist weg; bitte wieder einstecken
sms-why-held = das Modem ist belegt von { $holder }
sms-why-restarts = das Modem startet neu und ist gleich wieder da
sms-why-no-restart = dieses Modem lässt sich nicht von einem Programm neu starten; bitte abziehen
sms-why-cannot-restart = dieses Modem lässt sich nicht von einem Programm neu starten
sms-why-no-radio = dieses Modem schaltet seinen Funk nicht ab; „xsms modem reset“ versuchen
sms-why-refused = vom Modem oder vom Netz abgelehnt: { $why }
sms-why-code-refused = das Modem oder das Netz lehnt den Code ab: { $why }
sms-why-in-doubt = { $why }; vielleicht wurde sie gesendet, vielleicht nicht
sms-why-unconfirmed = das Modem hat die Nachricht nicht bestätigt
sms-why-parts-sent = { $why }; einige Teile sind vielleicht gesendet
sms-why-other-way = ein Teil ging auf anderem Weg hinaus; den Rest als neue Nachricht senden
sms-why-interrupted = barpop wurde beim Senden unterbrochen: vielleicht wurde sie gesendet
sms-why-taken-back = vor dem Senden zurückgenommen
sms-why-taken-back-after = nach { $gone } von { $parts } Teilen zurückgenommen
sms-why-parts-left = { $left } Teile sind nicht gesendet; die anderen sind angekommen
sms-why-not-delivered = nicht zugestellt: { $why } (Status { $status })
sms-why-report-failed = Fehler im Netz (entfernter Aufruf)
sms-why-report-device-unfit = das Gerät des Empfängers nimmt solche Nachrichten nicht an
sms-why-report-device-refused = das Gerät des Empfängers hat sie abgelehnt
sms-why-report-unreachable = der Empfänger ist nicht erreichbar
sms-why-report-no-quality = das Netz bietet diese Dienstgüte nicht
sms-why-report-networks-apart = die Netze arbeiten nicht zusammen
sms-why-report-expired = ihre Zeit lief ab, bevor der Empfänger erreichbar war
sms-why-report-deleted-sender = vom Absender gelöscht
sms-why-report-deleted-operator = vom Betreiber der Dienstzentrale gelöscht
sms-why-report-centre-lacks = die Dienstzentrale hat sie nicht
sms-why-report-congested = das Netz ist überlastet und gab auf
sms-why-report-device-busy = das Gerät des Empfängers ist beschäftigt, das Netz gab auf
sms-why-report-device-silent = das Gerät des Empfängers antwortet nicht, das Netz gab auf
sms-why-report-device-error = das Gerät des Empfängers meldet einen Fehler, das Netz gab auf
sms-why-report-rejected = das Netz hat sie abgewiesen
sms-why-wrong-pin = falsche PIN{ $left }; bitte prüfen und noch einmal eingeben
sms-why-wrong-pin-blocked = falsche PIN; die SIM ist jetzt blockiert und verlangt ihre PUK{ $left }
sms-why-wrong-puk = falsche PUK{ $left }; sie steht im Vertrag
sms-why-one-try = , noch 1 Versuch
sms-why-tries = , noch { $tries } Versuche
sms-why-wants-pin = die SIM verlangt ihre PIN; hier eingeben oder eine --pin-file angeben
sms-why-wants-puk = die SIM ist blockiert; hier die PUK und eine neue PIN eingeben
sms-why-no-sim = im Modem ist keine SIM; bitte einlegen
sms-why-wants-other = das Modem verlangt „{ $lock }“; das kann barpop nicht eingeben
sms-why-locked-again = die SIM ist wieder gesperrt
sms-why-sim-refused = die SIM lehnt es ab
sms-why-puk-digits = eine PUK hat 8 Ziffern, eine PIN 4 bis 8; bitte die Eingabe prüfen
sms-why-last-puk = nur noch ein PUK-Versuch, und den letzten nutzt barpop nie; bitte den Anbieter fragen
sms-why-pin-digits = eine PIN hat 4 bis 8 Ziffern; bitte die Angabe prüfen
sms-why-pin-before = diese PIN hat die SIM schon einmal abgelehnt, daher wird sie nicht noch einmal gesendet; eine andere angeben oder, wenn sie sicher stimmt, „xsms modem --forget-pins“ ausführen
sms-why-last-pin = vielleicht ist nur noch ein PIN-Versuch übrig, und den letzten nutzt barpop nie; die PIN in einem Telefon eingeben
sms-why-no-salt = das System liefert keine Zufallszahlen; die PIN ist nicht sicher zu merken
sms-why-nobody = niemand hat das Modem jetzt; bitte erneut suchen
sms-why-empty = die Nachricht ist leer; bitte erst einen Text eingeben
sms-why-no-number = „{ $number }“ ist keine Telefonnummer
sms-why-too-long = der Text braucht { $parts } Teile; eine Nachricht kann höchstens 255 haben
sms-why-let-go = der Prozess, der das Modem hat, gibt es frei
sms-why-lost = das Modem ging verloren, bevor das Netz antwortete; bitte noch einmal versuchen
sms-why-ask-holder = { $holder } hat das Modem; dort fragen oder erst beenden
sms-why-unconfigured = kein Modem ist eingerichtet; den Anschluss mit -d angeben
sms-why-unconfigured-restart = kein Modem ist eingerichtet, das neu starten könnte; den Anschluss mit -d angeben
sms-why-no-open-sim = es gibt kein Modem, dessen SIM zu öffnen wäre
sms-why-no-modem = es gibt kein Modem
sms-why-beside = neben den Nachrichten ist keine Datei anzulegen: { $why }
sms-why-mm-absent = ModemManager läuft nicht; bitte starten oder mit -d einen Anschluss angeben
sms-why-mm-none = ModemManager hat kein Modem; bitte eines einstecken
sms-why-mm-other = ModemManager hat kein Modem „{ $modem }“; „mmcli -L“ zeigt die vorhandenen
sms-why-mm-off = das Modem ist ausgeschaltet; mobiles Breitband in NetworkManager einschalten oder „mmcli -m any -e“ ausführen
sms-why-mm-broken = das Modem arbeitet nicht: { $why }; bitte neu starten
sms-why-mm-sim = seine SIM ist nicht zu gebrauchen
sms-why-mm-unknown = ModemManager weiß nicht, was es kann
sms-why-mm-esim = seine eSIM hat kein Profil
sms-why-mm-silent = ModemManager nennt keinen Grund
sms-why-mm-starting = ModemManager startet das Modem noch
sms-why-mm-stopped = ModemManager wurde beendet oder neu gestartet
sms-why-mm-switched = das Modem wurde ausgeschaltet oder startet neu
sms-why-mm-stalled = ModemManager antwortet nicht
sms-why-mm-stalled-restart = ModemManager antwortet nicht; bitte neu starten
sms-why-mm-unreachable = { $why }; ModemManager ist nicht erreichbar
sms-why-bus-gone = die Verbindung zum Bus ist weg
sms-why-mm-forbidden = ModemManager erlaubt die Nutzung des Modems nicht; direkt an diesem Rechner anmelden oder die Verwaltung fragen (polkit: org.freedesktop.ModemManager1)
sms-why-mm-no-why = das Modem oder das Netz lehnt es ab, und ModemManager nennt keinen Grund
sms-why-mm-says = ModemManager meldet: { $words }
sms-why-mm-went = ModemManager verschwand während des Sendens
sms-why-mm-unconfirmed = ModemManager hat die Nachricht nicht bestätigt
sms-why-mm-no-ussd = ModemManager nimmt für dieses Modem keine USSD-Codes an
sms-why-mm-cannot = das kann ModemManager mit diesem Modem nicht
sms-why-no-ussd = dieses Modem nimmt keine USSD-Codes an
sms-why-ussd-no-code = „{ $text }“ ist kein USSD-Code; einer sieht aus wie *101#
sms-why-ussd-empty = die Antwort ist leer; bitte eingeben, wonach das Netz fragt
sms-why-ussd-long = die Antwort hat { $characters } Zeichen, das Netz nimmt höchstens { $most }
sms-why-ussd-done = erledigt; das Netz hat nichts gesagt
sms-why-ussd-asks = das Netz wartet auf eine Antwort
sms-why-ussd-ended = das Netz hat die Sitzung beendet
sms-why-ussd-elsewhere = ein anderes Programm hat dem Netz geantwortet
sms-why-ussd-unknown = das Netz kennt diesen Code nicht
sms-why-ussd-gave-up = das Netz hat zu lange auf eine Antwort gewartet und aufgegeben
sms-why-ussd-silent = das Netz hat nicht innerhalb von { $secs } s geantwortet; bitte später noch einmal versuchen
sms-why-ussd-open = das Netz hat die letzte USSD-Anfrage noch nicht beantwortet; bitte warten
sms-why-too-much = vom Modem wird zu viel auf einmal verlangt
sms-why-restarts-ask = das Modem startet neu; bitte danach noch einmal fragen
sms-why-no-home = kein Ordner für Nachrichten: HOME oder XDG_DATA_HOME auf einen absoluten Pfad setzen
sms-why-disk-full = kein Platz mehr für „{ $file }“: bitte welchen schaffen, nichts ging verloren
sms-why-read-only = „{ $file }“ ist nicht zu schreiben: Datei und Ordner beschreibbar machen
sms-why-damaged = „{ $file }“ ist beschädigt und blieb unverändert: aus einer Sicherung wiederherstellen oder für einen Neubeginn verschieben
sms-why-foreign = „{ $file }“ gehört einem anderen Programm und blieb unverändert: bitte verschieben
sms-why-newer = „{ $file }“ stammt von einem neueren barpop (Schema { $found }, bekannt ist { $known }) und blieb unverändert: diese Version installieren
sms-why-store-busy = „{ $file }“ wird von einem anderen Programm benutzt: bitte noch einmal versuchen
sms-why-store-open = „{ $file }“ ist nicht zu öffnen: { $why }
sms-why-store-use = „{ $file }“ ist nicht zu verwenden: { $why }
