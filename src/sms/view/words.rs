//! What the snapshot knows as a kind, in words of the person's language.

use std::borrow::Cow;

use crate::catalogue;
use crate::say;
use crate::sms::broadcast::Severity;
use crate::sms::message::{Conversation, Message};
use crate::sms::snapshot::Waiting;
use crate::sms::ussd::Progress;

/// A sentence of the source, of another process of ours, or out of the store.
pub fn told(sentence: &str) -> String {
    catalogue::told("sms", sentence)
}

/// What the network said: its own words, or ours where it had none.
pub fn of_network(said: &str) -> String {
    let ours = [Progress::Done, Progress::Asks];
    if ours.iter().any(|progress| progress.sentence() == said) {
        told(said)
    } else {
        said.to_owned()
    }
}

/// `2 voice mails`, `fax`.
pub fn waiting(what: Waiting) -> String {
    let count = what.count.unwrap_or(0);
    match what.kind {
        Waiting::VOICE => say!("sms-waiting-voice", count = count),
        1 => say!("sms-waiting-fax", count = count),
        2 => say!("sms-waiting-email", count = count),
        _ => say!("sms-waiting-other", count = count),
    }
}

/// What a warning is.
pub fn severity(severity: Severity) -> String {
    match severity {
        Severity::Presidential => say!("sms-alert-presidential"),
        Severity::Extreme => say!("sms-alert-extreme"),
        Severity::Severe => say!("sms-alert-severe"),
        Severity::Amber => say!("sms-alert-amber"),
        Severity::Safety => say!("sms-alert-safety"),
        Severity::Test => say!("sms-alert-test"),
        Severity::Info => say!("sms-alert-info"),
    }
}

/// The other side of a conversation.
pub fn of_conversation(conversation: &Conversation) -> Cow<'_, str> {
    who(conversation.name.as_deref(), &conversation.address)
}

/// The other side of a message.
pub fn of_message(message: &Message) -> Cow<'_, str> {
    who(message.name.as_deref(), &message.address)
}

/// A name, else the address; broadcasts have a word of ours for an address.
fn who<'a>(name: Option<&'a str>, address: &'a str) -> Cow<'a, str> {
    let of = |severity: Severity| severity.thread() == address;
    let words = match name {
        Some(name) => return name.into(),
        None if of(Severity::Extreme) => say!("sms-alerts-emergency"),
        None if of(Severity::Amber) => say!("sms-alerts-amber"),
        None if of(Severity::Safety) => say!("sms-alerts-safety"),
        None if of(Severity::Test) => say!("sms-alerts-test"),
        None if of(Severity::Info) => say!("sms-alerts-info"),
        None => return address.into(),
    };
    words.into()
}

/// What kind of number it is; the person's own word stays as it is.
pub fn number_kind(kind: &str) -> Cow<'_, str> {
    let words = match kind {
        "home" => say!("sms-number-home"),
        "home mobile" => say!("sms-number-home-mobile"),
        "mobile" => say!("sms-number-mobile"),
        "work" => say!("sms-number-work"),
        "work mobile" => say!("sms-number-work-mobile"),
        own => return own.into(),
    };
    words.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Language, speaking};

    #[test]
    fn what_waits_is_told_in_the_right_plural() {
        let told = |language, count| {
            let voice = Waiting {
                kind: Waiting::VOICE,
                count,
            };
            speaking(language, || waiting(voice))
        };
        assert_eq!(told(Language::English, None), "voice mail");
        assert_eq!(told(Language::English, Some(2)), "2 voice mails");
        assert_eq!(told(Language::Czech, Some(3)), "3 hlasové zprávy");
        assert_eq!(told(Language::Czech, Some(5)), "5 hlasových zpráv");
    }

    #[test]
    fn english_words_of_kinds_are_those_of_the_line() {
        for kind in 0..4 {
            for count in [None, Some(0), Some(1), Some(7)] {
                let what = Waiting { kind, count };
                assert_eq!(waiting(what), what.words());
            }
        }
        for known in [Severity::Extreme, Severity::Amber, Severity::Info] {
            assert_eq!(severity(known), known.title());
            assert_eq!(who(None, known.thread()), known.thread());
        }
        assert_eq!(
            who(Some("Anna"), "Emergency alerts"),
            "Anna",
            "a name is never touched"
        );
    }
}
