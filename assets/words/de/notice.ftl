# Benachrichtigungen über neue Nachrichten.

notice-new = { $n ->
    [one] Neue Nachricht
   *[other] { $n } neue Nachrichten
}
notice-flash = Flash-Nachricht von { $sender }
notice-unknown = Unbekannter Absender
notice-no-text = (kein Text)
notice-before = (und { $n } davor)
# Wie viele Absender es neben den genannten noch gibt.
notice-and-others = { $n ->
    [one] { $named } und 1 weiterer
   *[other] { $named } und { $n } weitere
}
notice-open = Öffnen
notice-reply = Antworten
notice-mark-read = Gelesen
