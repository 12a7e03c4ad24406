//! What is said below a bubble, and what can be done about it.

use egui::Color32;

use super::bubble::Wish;
use super::{Scene, State, words};
use crate::popup::icons::Icon;
use crate::say;
use crate::sms::message::{Direction, Message, State as Progress};
use crate::sms::snapshot::{About, ModemState};

/// Words to press, and what they stand for.
pub type Actions = Vec<(String, Wish)>;

/// What is said below the bubble, and what can be done about it.
pub fn of(
    message: &Message,
    state: &State,
    scene: &Scene<'_>,
) -> (Option<(Icon, Color32, String)>, Actions) {
    let theme = scene.theme;
    let because = message
        .reason
        .as_deref()
        .map(|reason| reason.trim_end_matches('.'));
    let some = |icon, tint, sentence: String| Some((icon, tint, sentence));
    let failure = scene.failure(&About::Message(message.id));
    let (taken, parts) = (
        message.parts.saturating_sub(message.parts_missing),
        message.parts,
    );
    let modem = &scene.snapshot.summary.modem;
    let waits = if modem.state == ModemState::Ready {
        match modem.registration {
            Some(registration) if !registration.serves() => say!("sms-waits-network"),
            _ => say!("sms-waits"),
        }
    } else {
        say!("sms-waits-modem")
    };
    match message.state {
        Progress::Queued => (
            some(Icon::Waiting, theme.dim, waits),
            vec![(say!("sms-cancel"), Wish::Cancel)],
        ),
        Progress::Sending => {
            let secs = (scene.now.as_second() - message.time.as_second()).clamp(0, 3600);
            let part = (taken + 1).min(parts);
            let (words, actions) = match (parts > 1, secs >= 3) {
                (true, true) => (
                    say!(
                        "sms-sending-part-since",
                        part = part,
                        parts = parts,
                        secs = secs
                    ),
                    vec![(say!("sms-cancel-rest"), Wish::Cancel)],
                ),
                (true, false) => (
                    say!("sms-sending-part", part = part, parts = parts),
                    vec![(say!("sms-cancel-rest"), Wish::Cancel)],
                ),
                (false, true) => (say!("sms-sending-since", secs = secs), Vec::new()),
                (false, false) => (say!("sms-sending"), Vec::new()),
            };
            (some(Icon::Waiting, theme.dim, words), actions)
        }
        Progress::Failed => {
            let words = failure.unwrap_or_else(|| match because {
                Some(because) => say!("sms-not-sent-because", why = words::told(because)),
                None => say!("sms-not-sent"),
            });
            (
                some(Icon::Error, theme.error, words),
                vec![(say!("sms-resend"), Wish::Resend)],
            )
        }
        Progress::Unknown if state.thread.confirm == Some(message.id) => {
            let words = say!("sms-arrives-twice");
            let actions = vec![
                (say!("sms-send-again"), Wish::ResendAnyway),
                (say!("sms-leave-it"), Wish::KeepIt),
            ];
            (some(Icon::Unknown, theme.warn, words), actions)
        }
        Progress::Unknown => {
            // The reason may end with what is said here already.
            let because = because.map(|because| because.split("; it may or may not").next());
            let words = match because.flatten() {
                Some(because) => say!("sms-may-be-sent-because", why = words::told(because)),
                None => say!("sms-may-be-sent"),
            };
            (
                some(Icon::Unknown, theme.warn, words),
                vec![(say!("sms-resend-ask"), Wish::Resend)],
            )
        }
        _ if message.direction == Direction::In && message.parts_missing > 0 => {
            let words = missing_words(&message.text, message.parts_missing, parts);
            (some(Icon::Missing, theme.warn, words), Vec::new())
        }
        _ => (
            failure.map(|words| (Icon::Error, theme.error, words)),
            Vec::new(),
        ),
    }
}

/// `Part 2 of 3 is missing`: told from where the text has its gap, where there is one.
fn missing_words(text: &str, missing: u8, parts: u8) -> String {
    if missing == 1 {
        // With one gap, what is before and after it tells which part it is only at the ends.
        if text.starts_with("[…]") {
            return say!("sms-part-missing", part = 1, parts = parts);
        }
        if text.ends_with("[…]") {
            return say!("sms-part-missing", part = parts, parts = parts);
        }
        if parts == 3 {
            return say!("sms-part-missing", part = 2, parts = parts);
        }
    }
    say!("sms-parts-missing", missing = missing, parts = parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_part_is_named_where_it_can_be_known() {
        assert_eq!(missing_words("[…]second", 1, 2), "Part 1 of 2 is missing");
        assert_eq!(
            missing_words("first[…]third", 1, 3),
            "Part 2 of 3 is missing"
        );
        assert_eq!(missing_words("first[…]", 1, 4), "Part 4 of 4 is missing");
        assert_eq!(missing_words("a[…]c", 2, 5), "2 of 5 parts are missing");
        assert_eq!(missing_words("a[…]c", 1, 5), "1 of 5 parts is missing");
    }
}
