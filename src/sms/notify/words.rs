//! What a notification says: pure. Every name and text in it came from outside.

use super::plan::Subject;
use crate::bar::clean;
use crate::say;
use crate::sms::message::Message;

/// The longest text of one message, in characters.
const LONGEST: usize = 300;
/// Most texts in one notification.
const MOST_TEXTS: usize = 4;
/// Most senders that a summary names.
const MOST_SENDERS: usize = 4;

/// What the server can do (`GetCapabilities`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abilities {
    /// `actions`.
    pub actions: bool,
    /// `body`.
    pub body: bool,
    /// `body-markup`: what looks like markup must be escaped.
    pub markup: bool,
}

/// A notification, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// One line of plain text.
    pub summary: String,
    /// Some lines; escaped where the server reads markup.
    pub body: String,
    /// Key and label of each action, in turn.
    pub actions: Vec<String>,
    /// 1 normal, 2 critical.
    pub urgency: u8,
}

/// The words of a notification about these messages, oldest first, with their names in.
/// `private` leaves texts out.
#[must_use]
pub fn words(subject: Subject, messages: &[Message], private: bool, abilities: Abilities) -> Words {
    let sender = messages.last().map(who).unwrap_or_default();
    let count = messages.len();
    let new = || say!("notice-new", n = count);
    let (summary, lines) = match subject {
        Subject::Many => (new(), senders(messages)),
        Subject::Flash(_) if private => (say!("notice-flash", sender = sender), String::new()),
        Subject::Flash(_) => (say!("notice-flash", sender = sender), texts(messages)),
        Subject::Conversation(_) if private => (sender, new()),
        Subject::Conversation(_) => (sender, texts(messages)),
    };
    let can_answer = messages
        .last()
        .is_some_and(|message| can_answer(&message.address));
    let mut actions = Vec::new();
    if abilities.actions {
        let mut add = |key: &str, label| actions.extend([key.to_owned(), label]);
        add("default", say!("notice-open"));
        if can_answer && !matches!(subject, Subject::Many) {
            add("reply", say!("notice-reply"));
        }
        add("read", say!("notice-mark-read"));
    }
    let urgency = if matches!(subject, Subject::Flash(_)) {
        2
    } else {
        1
    };
    let (summary, body) = match (abilities.body, abilities.markup) {
        (true, true) => (summary, escape(&lines)),
        (true, false) => (summary, lines),
        (false, _) if lines.is_empty() => (summary, String::new()),
        (false, _) => (format!("{summary}: {}", clean(&lines)), String::new()),
    };
    Words {
        summary,
        body,
        actions,
        urgency,
    }
}

/// Who sent it.
fn who(message: &Message) -> String {
    let who = clean(message.name.as_deref().unwrap_or(&message.address));
    if who.trim().is_empty() {
        say!("notice-unknown")
    } else {
        who
    }
}

fn can_answer(address: &str) -> bool {
    address.chars().any(|c| c.is_ascii_digit()) && !address.chars().any(char::is_alphabetic)
}

/// The last texts, each on lines of its own.
fn texts(messages: &[Message]) -> String {
    let skipped = messages.len().saturating_sub(MOST_TEXTS);
    let mut lines = Vec::new();
    if skipped > 0 {
        lines.push(say!("notice-before", n = skipped));
    }
    for message in messages.iter().skip(skipped) {
        let text = message.text.lines().map(clean);
        let text: Vec<String> = text.filter(|line| !line.trim().is_empty()).collect();
        let text = text.join("\n");
        let text = if text.is_empty() {
            say!("notice-no-text")
        } else {
            text
        };
        lines.push(match text.char_indices().nth(LONGEST) {
            Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
            None => text,
        });
    }
    lines.join("\n")
}

/// `Anna (3), Vodafone and 2 others`.
fn senders(messages: &[Message]) -> String {
    let mut all: Vec<(i64, String, usize)> = Vec::new();
    for message in messages.iter().rev() {
        match all
            .iter_mut()
            .find(|(id, ..)| *id == message.conversation.0)
        {
            Some((.., count)) => *count += 1,
            None => all.push((message.conversation.0, who(message), 1)),
        }
    }
    let others = all.len().saturating_sub(MOST_SENDERS);
    let named = all
        .into_iter()
        .take(MOST_SENDERS)
        .map(|(_, who, count)| match count {
            1 => who,
            count => format!("{who} ({count})"),
        });
    let named = named.collect::<Vec<_>>().join(", ");
    match others {
        0 => named,
        others => say!("notice-and-others", named = named, n = others),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Language, speaking};
    use crate::sms::message::{ConversationId, Direction, MessageId, State};

    const ALL: Abilities = Abilities {
        actions: true,
        body: true,
        markup: true,
    };

    fn message(id: i64, address: &str, text: &str) -> Message {
        Message {
            id: MessageId(id),
            conversation: ConversationId(1),
            direction: Direction::In,
            address: address.to_owned(),
            name: None,
            time: jiff::Timestamp::UNIX_EPOCH,
            text: text.to_owned(),
            read: false,
            state: State::Received,
            reason: None,
            parts: 1,
            parts_missing: 0,
            class: None,
            alert: None,
        }
    }

    #[test]
    fn markup_is_escaped_only_for_a_server_that_reads_it() {
        let hostile = [message(1, "+1", "<b>x</b> & \u{202e}y\u{1b}[31m")];
        let of = |abilities| words(Subject::Conversation(1), &hostile, false, abilities).body;
        assert_eq!(of(ALL), "&lt;b&gt;x&lt;/b&gt; &amp; y[31m");
        assert_eq!(
            of(Abilities {
                markup: false,
                ..ALL
            }),
            "<b>x</b> & y[31m"
        );
    }

    #[test]
    fn a_server_without_bodies_and_actions_gets_one_line_and_none() {
        let told = words(
            Subject::Conversation(1),
            &[message(1, "+1", "a\nb")],
            false,
            Abilities::default(),
        );
        assert_eq!(told.summary, "+1: a b");
        assert!(told.body.is_empty() && told.actions.is_empty());
    }

    #[test]
    fn private_says_who_and_not_what() {
        let both = [message(1, "+1", "secret"), message(2, "+1", "secret")];
        let one = words(Subject::Conversation(1), &both[..1], true, ALL);
        assert_eq!(
            (one.summary.as_str(), one.body.as_str()),
            ("+1", "New message")
        );
        assert_eq!(
            words(Subject::Conversation(1), &both, true, ALL).body,
            "2 new messages"
        );
        let flash = words(Subject::Flash(1), &both[..1], true, ALL);
        assert!(!format!("{flash:?}").contains("secret"));
        assert_eq!(flash.urgency, 2);
    }

    #[test]
    fn a_sender_that_is_a_word_cannot_be_answered() {
        let of = |address| {
            words(
                Subject::Conversation(1),
                &[message(1, address, "x")],
                false,
                ALL,
            )
            .actions
        };
        assert!(
            of("+491701234567").contains(&"reply".to_owned())
                && of("12345").contains(&"reply".to_owned())
        );
        let of_a_word = of("Vodafone");
        assert!(!of_a_word.contains(&"reply".to_owned()));
        assert!(of_a_word.contains(&"read".to_owned()));
    }

    #[test]
    fn it_is_said_in_the_language_of_the_person() {
        let both = [message(1, "+1", "x"), message(2, "+1", "")];
        let german = speaking(Language::German, || {
            let told = words(Subject::Conversation(1), &both, true, ALL);
            (told.body, told.actions[5].clone())
        });
        assert_eq!(german.0, "2 neue Nachrichten");
        assert_eq!(german.1, "Gelesen");
        let czech = speaking(Language::Czech, || {
            words(Subject::Conversation(1), &both[1..], false, ALL).body
        });
        assert_eq!(czech, "(bez textu)");
    }

    #[test]
    fn a_summary_names_who_wrote_and_how_often() {
        let mut many: Vec<_> = (1..=8).map(|id| message(id, "+1", "x")).collect();
        for (index, message) in many.iter_mut().enumerate() {
            message.conversation = ConversationId(index as i64 / 2);
            message.address = format!("+{}", index / 2);
        }
        let told = words(Subject::Many, &many, false, ALL);
        assert_eq!(told.summary, "8 new messages");
        assert_eq!(told.body, "+3 (2), +2 (2), +1 (2), +0 (2)");
    }
}
