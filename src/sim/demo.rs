//! A believable inbox for the demo and for screenshots. Every name and number is made up.

use jiff::{SignedDuration, Timestamp};

use super::modem::Modem;

/// Minutes before now, sender, text; oldest first.
const INBOX: [(i64, &str, &str); 12] = [
    (
        7_300,
        "+4915550100",
        "Hi, this is Jana from the climbing gym. You left your chalk bag here 🧗",
    ),
    (7_290, "+4915550100", "No hurry, it is behind the counter."),
    (
        4_420,
        "Sparbank",
        "Your card ending 4711 was used: EUR 23,80 at KINO AM DOM. Not you? Call 0800 555 0199.",
    ),
    (
        3_010,
        "+4915550123",
        "Sunday dinner at ours? Papa makes Königsberger Klopse 😋",
    ),
    (
        2_950,
        "+4915550123",
        "And bring the photos from Brno, grandma asks for them every day ❤️",
    ),
    (
        1_500,
        "12345",
        "Your one-time code is 480 219. It is valid for 10 minutes.",
    ),
    (
        1_380,
        "+420555010177",
        "Vlak má zpoždění 40 minut, čekej na nás v kavárně u nástupiště 3.",
    ),
    (
        610,
        "Paketdienst",
        "Ihr Paket kommt heute zwischen 14:10 und 15:10 Uhr.",
    ),
    (
        190,
        "+4915550142",
        "look what the bar does with this: <action=`xterm`><fc=#ff0000>click me</fc></action> %s $(date) {x}",
    ),
    (
        75,
        "+4915550177",
        "Minutes of the meeting, as promised. We agreed on three things. First, the release moves to \
     Thursday, because the translations come in on Wednesday evening and Marek wants one night of tests on the \
     slow machines. Second, nobody merges into the release branch after noon on Wednesday, and that includes \
     small things. Third, the old server stays up until Christmas; Ana tells the customers. Say no today if you \
     disagree!",
    ),
    (22, "+4915550123", "Are you still coming? 🍲"),
    (3, "+4915550100", "Chalk bag 👋"),
];

/// Brings the inbox in, with times before the modem's present.
pub fn fill(modem: &mut Modem, now: Timestamp) {
    for (minutes, sender, text) in INBOX {
        let time = now
            .checked_sub(SignedDuration::from_mins(minutes))
            .unwrap_or(now);
        modem.receive_at(sender, text, time);
    }
}

/// Brings `count` short messages of a few senders in, an hour apart.
pub fn fill_plain(modem: &mut Modem, now: Timestamp, count: u32) {
    for number in 0..count {
        let hours = SignedDuration::from_hours(i64::from(count - number));
        let time = now.checked_sub(hours).unwrap_or(now);
        let sender = format!("+49155502{:02}", number % 7);
        modem.receive_at(
            &sender,
            &format!("Test message {} of {count}", number + 1),
            time,
        );
    }
}
