# Oznámení o nových zprávách.

notice-new = { $n ->
    [one] Nová zpráva
    [few] { $n } nové zprávy
   *[other] { $n } nových zpráv
}
notice-flash = Blesková zpráva od { $sender }
notice-unknown = Neznámý odesílatel
notice-no-text = (bez textu)
notice-before = (a { $n } předtím)
# Kolik odesílatelů je ještě kromě jmenovaných.
notice-and-others = { $n ->
    [one] { $named } a 1 další
    [few] { $named } a { $n } další
   *[other] { $named } a { $n } dalších
}
notice-open = Otevřít
notice-reply = Odpovědět
notice-mark-read = Přečteno
