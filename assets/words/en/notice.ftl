# Notifications of new messages.

notice-new = { $n ->
    [one] New message
   *[other] { $n } new messages
}
notice-flash = Flash message from { $sender }
notice-unknown = Unknown sender
notice-no-text = (no text)
notice-before = (and { $n } before)
# How many senders there are beside those that are named.
notice-and-others = { $n ->
    [one] { $named } and 1 other
   *[other] { $named } and { $n } others
}
notice-open = Open
notice-reply = Reply
notice-mark-read = Mark read
