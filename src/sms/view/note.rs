//! What is said below a bubble, and what can be done about it.

use egui::Color32;

use super::bubble::Wish;
use super::{Scene, State};
use crate::popup::icons::Icon;
use crate::sms::message::{Direction, Message, State as Progress};
use crate::sms::snapshot::{About, ModemState};

/// Words to press, and what they stand for.
pub type Actions = &'static [(&'static str, Wish)];

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
    let waits = if scene.snapshot.summary.modem.state == ModemState::Ready {
        "Waits to be sent"
    } else {
        "Waits for the modem"
    };
    match message.state {
        Progress::Queued => (
            some(Icon::Waiting, theme.dim, waits.into()),
            &[("Cancel", Wish::Cancel)],
        ),
        Progress::Sending => {
            let secs = (scene.now.as_second() - message.time.as_second()).clamp(0, 3600);
            let since = if secs >= 3 {
                format!(", {secs} s")
            } else {
                String::new()
            };
            if parts > 1 {
                let words = format!("Sending, part {} of {parts}{since}", (taken + 1).min(parts));
                (
                    some(Icon::Waiting, theme.dim, words),
                    &[("Cancel the rest", Wish::Cancel)],
                )
            } else {
                (
                    some(Icon::Waiting, theme.dim, format!("Sending{since}")),
                    &[],
                )
            }
        }
        Progress::Failed => {
            let words = failure.map(str::to_owned).unwrap_or_else(|| match because {
                Some(because) => format!("Not sent: {because}"),
                None => "Not sent".to_owned(),
            });
            (
                some(Icon::Error, theme.error, words),
                &[("Resend", Wish::Resend)],
            )
        }
        Progress::Unknown if state.thread.confirm == Some(message.id) => {
            let words = "If it was sent, it will arrive twice.".to_owned();
            let actions: Actions = &[
                ("Send again", Wish::ResendAnyway),
                ("Leave it", Wish::KeepIt),
            ];
            (some(Icon::Unknown, theme.warn, words), actions)
        }
        Progress::Unknown => {
            // The reason may end with what is said here already.
            let because = because.map(|because| because.split("; it may or may not").next());
            let because = because
                .flatten()
                .map_or(String::new(), |because| format!(": {because}"));
            let words = format!("May or may not have been sent{because}");
            (
                some(Icon::Unknown, theme.warn, words),
                &[("Resend…", Wish::Resend)],
            )
        }
        _ if message.direction == Direction::In && message.parts_missing > 0 => {
            let words = missing_words(&message.text, message.parts_missing, parts);
            (some(Icon::Missing, theme.warn, words), &[])
        }
        _ => (
            failure.map(|words| (Icon::Error, theme.error, words.to_owned())),
            &[],
        ),
    }
}

/// `Part 2 of 3 is missing`: told from where the text has its gap, where there is one.
fn missing_words(text: &str, missing: u8, parts: u8) -> String {
    if missing == 1 {
        // With one gap, what is before and after it tells which part it is only at the ends.
        if text.starts_with("[…]") {
            return format!("Part 1 of {parts} is missing");
        }
        if text.ends_with("[…]") {
            return format!("Part {parts} of {parts} is missing");
        }
        if parts == 3 {
            return "Part 2 of 3 is missing".to_owned();
        }
    }
    match missing {
        1 => format!("1 of {parts} parts is missing"),
        _ => format!("{missing} of {parts} parts are missing"),
    }
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
