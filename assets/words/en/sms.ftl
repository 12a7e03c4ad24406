# Text messages.

# The window's title, and the header.
sms-title = { $unread ->
    [0] No unread – Messages
   *[other] { $unread } unread – Messages
}
sms-unread = { $unread ->
    [0] No unread
   *[other] { $unread } unread
}
sms-keys = Keys (F1)
sms-new-message-key = New message (Ctrl+N)
sms-dial-key = Dial a code (Ctrl+U)
sms-waiting = Waiting: { $what }
sms-waiting-voice = { $count ->
    [0] voice mail
    [one] { $count } voice mail
   *[other] { $count } voice mails
}
sms-waiting-fax = { $count ->
    [0] fax
    [one] { $count } fax
   *[other] { $count } faxes
}
sms-waiting-email = { $count ->
    [0] e-mail
    [one] { $count } e-mail
   *[other] { $count } e-mails
}
sms-waiting-other = { $count ->
    [0] message elsewhere
    [one] { $count } message elsewhere
   *[other] { $count } messages elsewhere
}
sms-sim-full = SIM full: { $used } of { $capacity } messages; new ones cannot come in
sms-sim-nearly-full = SIM nearly full: { $used } of { $capacity } messages
sms-sim-holds = SIM holds { $used } of { $capacity } messages
sms-network-denied = Network refuses the SIM
sms-network-searching = Searching for a network
sms-network-none = No network
sms-network-signal = { $network }, signal { $percent } %
sms-modem-none = No modem
sms-modem-busy = Port busy
sms-modem-starting = Asking the modem…
sms-modem-restarting = Modem restarts…
sms-modem-no-sim = No SIM
sms-modem-locked = SIM locked
sms-modem-failed = Modem fails

# What stands in the way.
sms-unconfigured = No modem is configured: stored messages only. Name its port with -d or in config.toml.
sms-absent = There is no modem at { $port }. Plug it in; what you send waits.
sms-absent-unnamed = There is no modem at the modem's port. Plug it in; what you send waits.
sms-busy = { $holder } holds { $port }. Stop it, then look again.
sms-busy-somebody = Another program holds { $port }. Stop it, then look again.
sms-the-port = the modem's port
sms-no-sim = The modem finds no SIM. Insert it, then look again.
sms-other-lock = The SIM is locked by '{ $lock }', which barpop cannot lift.
sms-look-again = Look again
sms-restart = Restart it
sms-restart-hint = Boots the modem anew

# A locked SIM.
sms-enter-pin = The SIM is locked. Enter its PIN to send and receive.
sms-enter-puk = The SIM is blocked. Enter its PUK and choose a new PIN.
sms-unlocking = Asking the SIM…
sms-new-pins-differ = The two new PINs differ.
sms-tries-left = { $tries ->
    [one] { $tries } try left
   *[other] { $tries } tries left
}
sms-pin-digits = The PIN has 4 to 8 digits.
sms-puk-digits = The PUK has 8 digits; the PIN 4 to 8.
sms-last-pin-try = Only one PIN try is left, and a wrong one blocks the SIM. barpop leaves it to you: unlock the SIM in a phone, then look again.
sms-last-puk-try = Only one PUK try is left, and a wrong one makes the SIM useless. barpop leaves it to you: ask your operator.
sms-new-pin = New PIN
sms-new-pin-again = New PIN again
sms-unlock = Unlock

# The list, and its search.
sms-conversations = Conversations
sms-store-unreadable = The stored messages cannot be read.
sms-store-reading = Reading the stored messages…
sms-search = Search messages
sms-searching = Searching…
sms-end-search = End search
sms-end-search-key = End search (Esc)
sms-nothing-found = Nothing found for “{ $query }”
sms-found = { $total ->
    [one] { $total } message
   *[other] { $total } messages
}
sms-found-newest = The newest { $shown } of { $total } messages
sms-row-unread = { $who }, { $unread } unread: { $preview }
sms-no-messages-yet = No messages yet. Those that come in appear here.
sms-choose-conversation = Choose a conversation, or write to somebody new.
sms-new-message = New message

# A thread.
sms-messages = Messages
sms-thread-reading = Reading the thread…
sms-thread-empty = No messages here yet.
sms-copy-number-key = Copy number (Ctrl+Shift+C)
sms-delete-conversation-key = Delete the conversation (Shift+Delete in the list)
sms-back-key = Back (Esc)
sms-newest-key = Newest message (End)
sms-new = New
sms-no-text = (no text)
sms-flash-time = Flash · { $time }
sms-copy-text = Copy text
sms-copy-number = Copy number
sms-delete = Delete
sms-delete-key = Delete (Del)
sms-text-copied = Text copied
sms-number-copied = Number copied
sms-deleted = { $count ->
    [one] Message deleted
   *[other] { $count } messages deleted
}
sms-conversation-deleted = { $who } deleted
sms-undo = Undo

# What a screen reader says of a message.
sms-you = You
sms-spoken = { $who }, { $time }: { $text }
sms-spoken-note = { $who }, { $time }: { $text }, { $note }
sms-spoken-sent = { $who }, { $time }: { $text }, sent
sms-spoken-delivered = { $who }, { $time }: { $text }, delivered

# Below a message.
sms-waits = Waits to be sent
sms-waits-network = Waits for the network
sms-waits-modem = Waits for the modem
sms-cancel = Cancel
sms-cancel-rest = Cancel the rest
sms-sending = Sending
sms-sending-since = Sending, { $secs } s
sms-sending-part = Sending, part { $part } of { $parts }
sms-sending-part-since = Sending, part { $part } of { $parts }, { $secs } s
sms-not-sent = Not sent
sms-not-sent-because = Not sent: { $why }
sms-resend = Resend
sms-resend-ask = Resend…
sms-may-be-sent = May or may not have been sent
sms-may-be-sent-because = May or may not have been sent: { $why }
sms-arrives-twice = If it was sent, it will arrive twice.
sms-send-again = Send again
sms-leave-it = Leave it
sms-part-missing = Part { $part } of { $parts } is missing
sms-parts-missing = { $missing ->
    [one] { $missing } of { $parts } parts is missing
   *[other] { $missing } of { $parts } parts are missing
}

# Writing.
sms-to = To
sms-recipient = Recipient
sms-recipient-hint = Number or name
sms-recipient-name = To { $name }; Enter goes on to the text.
sms-recipient-number = Type a number; Enter goes on to the text.
sms-recipient-nobody = Nobody by that name yet. Type a number.
sms-number-home = home
sms-number-home-mobile = home mobile
sms-number-mobile = mobile
sms-number-work = work
sms-number-work-mobile = work mobile
sms-message = Message
sms-message-to = Message to { $who }
sms-no-replies = { $who } cannot be answered.
sms-send = Send
sms-send-key = Send (Ctrl+Enter)
sms-cost = { $messages ->
    [one] { $left } left · { $messages } message
   *[other] { $left } left · { $messages } messages
}
sms-cost-emoji = emoji: Unicode, { $most } per message
sms-cost-unicode = ‘{ $character }’: Unicode, { $most } per message
sms-too-long = Too long: 255 messages are the most

# Codes to the network (USSD).
sms-codes = Codes to the network
sms-codes-hint = Dial a code like *101# to ask for the balance or to book an option. The answer appears here.
sms-code = Code
sms-dial = Dial
sms-answer = Answer
sms-answer-network = Answer to the network
sms-end = End
sms-close = Close
sms-network-waits = Waiting for the network…
sms-network-waits-since = Waiting for the network, { $secs } s

# What must be seen at once.
sms-flash = Flash message
sms-flash-from = Flash message from { $who }
sms-urgent-time = { $day }, { $time }
sms-urgent-from = From { $who } · { $day }, { $time }
sms-urgent-parts = { $about } · { $missing } of { $parts } parts are still to come
sms-seen = Seen
sms-seen-more = Seen, { $left } more
sms-alert-presidential = National emergency alert
sms-alert-extreme = Emergency alert: extreme danger
sms-alert-severe = Emergency alert: severe danger
sms-alert-amber = Missing person alert
sms-alert-safety = Public safety message
sms-alert-test = Test of the emergency alert
sms-alert-info = Broadcast of the operator
sms-alerts-emergency = Emergency alerts
sms-alerts-amber = Missing person alerts
sms-alerts-safety = Public safety messages
sms-alerts-test = Tests of emergency alerts
sms-alerts-info = Broadcasts of the operator

# The list of keys.
sms-keys-send = Send
sms-keys-new-message = New message
sms-keys-search = Search
sms-keys-neighbour = Other conversation
sms-keys-to-messages = From reply to messages
sms-keys-choose = Choose a row, a message
sms-keys-scroll = Scroll the messages
sms-keys-ends = First, last row or message
sms-keys-enter = Open, resend, unlock
sms-keys-delete = Delete the message
sms-keys-delete-conversation = Delete the conversation
sms-keys-undo = Undo the deletion
sms-keys-copy = Copy the message
sms-keys-copy-number = Copy the number
sms-keys-dial = Dial a code (USSD)
sms-keys-modem = Look for the modem
sms-keys-keys = These keys
sms-keys-tab = Next part
sms-keys-back = Step back, then close

# Said in English by another process, or kept in the store: shown in the person's language. Each
# stands in the program's source as it is here, on one line.
sms-why-port-absent = there is no modem at '{ $port }'; plug it in or name another port with -d
sms-why-port-busy = port '{ $port }' is held by { $holder }; stop it or name another port with -d
sms-why-another-program = another program
sms-why-port-forbidden = no permission to open '{ $port }'; add yourself to its group (usually dialout)
sms-why-port-unusable = cannot open '{ $port }' as a serial port: { $reason }
sms-why-at-refused = the modem refused '{ $command }': { $why }
sms-why-at-no-reason = no reason given
sms-why-at-timeout = the modem did not answer '{ $command }' within { $secs } s
sms-why-at-unasked = the modem answered '{ $command }' before it was given the message
sms-why-gone = the modem is gone
sms-why-gone-plug = the modem is gone; plug it in again
sms-why-held = the modem is held by { $holder }
sms-why-restarts = the modem restarts; it will be back in a moment
sms-why-no-restart = this modem cannot be restarted by a program; unplug it
sms-why-cannot-restart = this modem cannot be restarted by a program
sms-why-no-radio = this modem does not switch its radio off; try 'xsms modem reset'
sms-why-refused = refused by the modem or the network: { $why }
sms-why-code-refused = the modem or the network refused the code: { $why }
sms-why-in-doubt = { $why }; it may or may not have been sent
sms-why-unconfirmed = the modem did not confirm the message
sms-why-parts-sent = { $why }; some of its parts may have been sent
sms-why-other-way = a part of it went out by another way; send the rest as a new message
sms-why-interrupted = barpop was interrupted while sending it: it may have been sent
sms-why-taken-back = taken back before it was sent
sms-why-taken-back-after = taken back after { $gone } of { $parts } parts
sms-why-parts-left = { $left } parts were not sent; the others have arrived
sms-why-not-delivered = not delivered: { $why } (status { $status })
sms-why-report-failed = the network failed (remote procedure error)
sms-why-report-device-unfit = the recipient's device does not take such messages
sms-why-report-device-refused = the recipient's device refused it
sms-why-report-unreachable = the recipient cannot be reached
sms-why-report-no-quality = the network has no such quality of service
sms-why-report-networks-apart = the networks do not work together
sms-why-report-expired = its time ran out before the recipient could be reached
sms-why-report-deleted-sender = it was deleted by the sender
sms-why-report-deleted-operator = it was deleted by the service centre's operator
sms-why-report-centre-lacks = the service centre does not have it
sms-why-report-congested = the network is congested and gave up
sms-why-report-device-busy = the recipient's device is busy and the network gave up
sms-why-report-device-silent = the recipient's device does not answer and the network gave up
sms-why-report-device-error = the recipient's device has an error and the network gave up
sms-why-report-rejected = the network rejected it
sms-why-wrong-pin = wrong PIN{ $left }; check it and enter it once more
sms-why-wrong-pin-blocked = wrong PIN; the SIM is blocked now and wants its PUK{ $left }
sms-why-wrong-puk = wrong PUK{ $left }; look it up in your contract
sms-why-one-try = , 1 try left
sms-why-tries = , { $tries } tries left
sms-why-wants-pin = the SIM wants its PIN; enter it in the popup or name a --pin-file
sms-why-wants-puk = the SIM is blocked; enter its PUK and a new PIN in the popup
sms-why-no-sim = there is no SIM in the modem; insert one
sms-why-wants-other = the modem wants '{ $lock }', which barpop cannot enter
sms-why-locked-again = the SIM is locked again
sms-why-sim-refused = the SIM refused it
sms-why-puk-digits = a PUK has 8 digits and a PIN 4 to 8; check what you typed
sms-why-last-puk = only one PUK try is left and barpop never spends the last one; ask your operator
sms-why-pin-digits = a PIN has 4 to 8 digits; check what you gave
sms-why-pin-before = the SIM did not take this PIN before, so it is not sent again; give another one, or if it is surely right run 'xsms modem --forget-pins'
sms-why-last-pin = only one PIN try may be left and barpop never spends the last one; enter the PIN in a phone
sms-why-no-salt = the system gives no random numbers, so the PIN cannot be remembered safely
sms-why-nobody = nobody has the modem now; look for it again
sms-why-empty = the message is empty; type a text first
sms-why-no-number = '{ $number }' is no telephone number
sms-why-too-long = the text needs { $parts } parts, more than the 255 that a message can have
sms-why-let-go = the process that has the modem lets it go
sms-why-lost = the modem was lost before the network answered; try again
sms-why-ask-holder = { $holder } has the modem; ask it there, or stop it first
sms-why-unconfigured = no modem is configured; name its port with -d
sms-why-unconfigured-restart = no modem is configured that could be restarted; name its port with -d
sms-why-no-open-sim = there is no modem whose SIM could be opened
sms-why-no-modem = there is no modem
sms-why-beside = cannot make a file beside the messages: { $why }
sms-why-mm-absent = ModemManager is not running; start it or name a port with -d
sms-why-mm-none = ModemManager has no modem; plug one in
sms-why-mm-other = ModemManager has no modem '{ $modem }'; 'mmcli -L' shows those it has
sms-why-mm-off = the modem is switched off; switch mobile broadband on in NetworkManager, or run 'mmcli -m any -e'
sms-why-mm-broken = the modem does not work: { $why }; restart it
sms-why-mm-sim = its SIM cannot be used
sms-why-mm-unknown = ModemManager does not know what it can do
sms-why-mm-esim = its eSIM has no profile
sms-why-mm-silent = ModemManager does not say why
sms-why-mm-starting = ModemManager is still starting the modem
sms-why-mm-stopped = ModemManager was stopped or restarted
sms-why-mm-switched = the modem was switched off or restarts
sms-why-mm-stalled = ModemManager does not answer
sms-why-mm-stalled-restart = ModemManager does not answer; restart it
sms-why-mm-unreachable = { $why }; ModemManager cannot be reached
sms-why-bus-gone = the connection to the bus is gone
sms-why-mm-forbidden = ModemManager does not let you use the modem; log in on this machine's own screen, or ask its administrator (polkit: org.freedesktop.ModemManager1)
sms-why-mm-no-why = the modem or the network refused it, and ModemManager does not say why
sms-why-mm-says = ModemManager says: { $words }
sms-why-mm-went = ModemManager went away while sending it
sms-why-mm-unconfirmed = ModemManager did not confirm the message
sms-why-mm-no-ussd = ModemManager takes no USSD codes for this modem
sms-why-mm-cannot = ModemManager cannot do that with this modem
sms-why-no-ussd = this modem takes no USSD codes
sms-why-ussd-no-code = '{ $text }' is no USSD code; one looks like *101#
sms-why-ussd-empty = the answer is empty; type what the network asks for
sms-why-ussd-long = the answer has { $characters } characters, and the network takes { $most }
sms-why-ussd-done = done; the network said nothing
sms-why-ussd-asks = the network waits for an answer
sms-why-ussd-ended = the network ended the session
sms-why-ussd-elsewhere = another program answered the network
sms-why-ussd-unknown = the network does not know this code
sms-why-ussd-gave-up = the network waited too long for an answer and gave up
sms-why-ussd-silent = the network did not answer within { $secs } s; try again later
sms-why-ussd-open = the network has not answered the last USSD request yet; wait for it
sms-why-too-much = too much is asked of the modem at once
sms-why-restarts-ask = the modem restarts; ask again when it is back
sms-why-no-home = no folder for messages: set HOME or XDG_DATA_HOME to an absolute path
sms-why-disk-full = no space left on the disk for '{ $file }': free some, nothing was lost
sms-why-read-only = cannot write '{ $file }': make it and its folder writable for you
sms-why-damaged = '{ $file }' is damaged and was left as it is: restore it from a backup, or move it away to begin anew
sms-why-foreign = '{ $file }' belongs to another program and was left as it is: move it away
sms-why-newer = '{ $file }' was written by a newer barpop (schema { $found }, this one knows { $known }) and was left as it is: install that version
sms-why-store-busy = '{ $file }' is kept busy by another program: try again
sms-why-store-open = cannot open '{ $file }': { $why }
sms-why-store-use = cannot use '{ $file }': { $why }
