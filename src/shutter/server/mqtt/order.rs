//! What a message on a command's topic asks for: pure, and total on any bytes.
//!
//! A message may have an `id`: MQTT's quality of service 1 is *at least once*, so a sender whose
//! line broke sends its message again, and the broker hands that on as a new one. The same id is
//! carried out once.

use std::collections::VecDeque;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::topics::Verb;
use crate::shutter::command::{Change, Command};
use crate::shutter::plan::Plan;

/// A longer message is not read.
pub const LONGEST: usize = 4096;
/// So many ids are remembered.
const REMEMBERED: usize = 64;
/// Characters of an id.
const LONGEST_ID: usize = 64;

/// A command with the id that its sender gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// What is to be done.
    pub command: Command,
    /// How the sender calls this message.
    pub id: Option<String>,
}

/// Why a message is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// It is too long.
    #[error("the message of {0} bytes is longer than {LONGEST}; send the command alone")]
    Long(usize),
    /// It is no JSON object, and none of the words that may stand for one.
    #[error("the message is no JSON object; send {0}")]
    NoObject(&'static str),
    /// The id is no short text.
    #[error("the id must be a text of 1 to {LONGEST_ID} characters")]
    Id,
    /// A value is missing, unknown or out of its range.
    #[error("{0}")]
    Value(String),
    /// `again`, but there was no plan yet.
    #[error("there is no last plan to start again; send a plan, like {{\"interval_s\": 10}}")]
    NoLast,
    /// A change of nothing.
    #[error("nothing is to change; send interval_s, count or bulb_s")]
    NoChange,
}

/// Reads a message. `last` is the plan that `again` (also Home Assistant's button) means.
///
/// # Errors
/// See [`Wrong`]; the sentence is for the sender.
pub fn read(verb: Verb, payload: &[u8], last: Option<&Plan>) -> Result<Order, Wrong> {
    if payload.len() > LONGEST {
        return Err(Wrong::Long(payload.len()));
    }
    let text = payload.trim_ascii();
    let example = match verb {
        Verb::Start => "a plan, like {\"interval_s\": 10, \"count\": 100}, or the word again",
        Verb::Change => "what is to change, like {\"interval_s\": 5}",
        _ => "nothing, or {\"id\": \"…\"}",
    };
    let again = verb == Verb::Start && text == b"again";
    // Nothing, or what Home Assistant's buttons say by default.
    let bare = !matches!(verb, Verb::Start | Verb::Change) && matches!(text, b"" | b"PRESS");
    let mut object = if again || bare {
        Map::new()
    } else {
        match serde_json::from_slice(text) {
            Ok(Value::Object(object)) => object,
            _ => return Err(Wrong::NoObject(example)),
        }
    };
    let id = match object.remove("id") {
        None => None,
        Some(Value::String(id)) if (1..=LONGEST_ID).contains(&id.chars().count()) => Some(id),
        Some(_) => return Err(Wrong::Id),
    };
    let command = match verb {
        Verb::Start if again => Command::Start(Plan {
            start_at: None,
            ..last.cloned().ok_or(Wrong::NoLast)?
        }),
        Verb::Start => Command::Start(values(object)?),
        Verb::Change => match values(object)? {
            change if change == Change::default() => return Err(Wrong::NoChange),
            change => Command::Change(change),
        },
        Verb::Pause => nothing(object, Command::Pause)?,
        Verb::Resume => nothing(object, Command::Resume)?,
        Verb::Stop => nothing(object, Command::Stop)?,
        Verb::Snap => nothing(object, Command::Snap)?,
    };
    Ok(Order { command, id })
}

fn values<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, Wrong> {
    serde_json::from_value(Value::Object(object)).map_err(|error| {
        // It may quote what was sent, at whatever length.
        Wrong::Value(error.to_string().chars().take(300).collect())
    })
}

fn nothing(object: Map<String, Value>, command: Command) -> Result<Command, Wrong> {
    match object.keys().next() {
        None => Ok(command),
        Some(key) => Err(Wrong::Value(format!(
            "unknown field `{}`, expected only `id`",
            key.chars().take(60).collect::<String>()
        ))),
    }
}

/// The ids of the last messages.
#[derive(Debug, Default)]
pub struct Seen(VecDeque<String>);

impl Seen {
    /// Whether this id is new; it is remembered.
    pub fn is_new(&mut self, id: &str) -> bool {
        if self.0.iter().any(|seen| seen == id) {
            return false;
        }
        if self.0.len() == REMEMBERED {
            self.0.pop_front();
        }
        self.0.push_back(id.to_owned());
        true
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    fn plan() -> Plan {
        Plan {
            interval: Duration::from_secs(7),
            ..Plan::default()
        }
    }

    fn does(verb: Verb, payload: &str) -> Command {
        read(verb, payload.as_bytes(), Some(&plan()))
            .unwrap()
            .command
    }

    fn says(verb: Verb, payload: &str) -> String {
        read(verb, payload.as_bytes(), None)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn a_plan_is_read_as_the_api_reads_it() {
        let Command::Start(plan) = does(Verb::Start, r#"{"interval_s": 2.5, "count": 3}"#) else {
            panic!("no start");
        };
        assert_eq!(plan.interval, Duration::from_millis(2500));
        assert_eq!(plan.count, Some(3));
        let again = does(Verb::Start, "again");
        assert!(matches!(again, Command::Start(plan) if plan.interval.as_secs() == 7));
        assert!(says(Verb::Start, "again").contains("no last plan"));
        assert!(says(Verb::Start, "").contains("interval_s"));
        assert!(says(Verb::Start, "{\"intervall_s\": 3}").contains("intervall_s"));
        assert!(says(Verb::Start, "{\"interval_s\": -3}").contains("-3"));
        assert!(says(Verb::Start, "{\"interval_s\": \"ten\"}").contains("string"));
    }

    #[test]
    fn a_change_of_nothing_is_refused() {
        let Command::Change(change) = does(Verb::Change, r#"{"count": null, "id": "a"}"#) else {
            panic!("no change");
        };
        assert_eq!(change.count, Some(None));
        assert!(says(Verb::Change, "{}").contains("nothing is to change"));
        assert!(says(Verb::Change, "5").contains("no JSON object"));
    }

    #[test]
    fn a_button_may_say_nothing_or_press() {
        for (verb, command) in [
            (Verb::Snap, Command::Snap),
            (Verb::Pause, Command::Pause),
            (Verb::Resume, Command::Resume),
            (Verb::Stop, Command::Stop),
        ] {
            for payload in ["", "PRESS", "{}", " {\"id\": \"x\"}\n"] {
                assert_eq!(does(verb, payload), command, "{payload:?}");
            }
            assert!(says(verb, "now").contains("no JSON object"));
            assert!(says(verb, "{\"at\": 3}").contains("`at`"));
        }
        assert!(says(Verb::Snap, "{\"id\": \"\"}").contains("id must be"));
        assert!(says(Verb::Snap, "{\"id\": 3}").contains("id must be"));
    }

    #[test]
    fn a_message_that_is_too_long_is_not_read() {
        let long = format!("{{\"id\": \"x\"{}}}", " ".repeat(LONGEST));
        assert!(says(Verb::Snap, &long).contains("longer than 4096"));
    }

    #[test]
    fn an_id_is_new_once_until_many_others_came() {
        let mut seen = Seen::default();
        assert!(seen.is_new("a"));
        assert!(!seen.is_new("a"));
        for n in 0..REMEMBERED {
            assert!(seen.is_new(&n.to_string()));
        }
        assert!(seen.is_new("a"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_command_or_a_short_sentence(
            verb in 0..6_usize,
            payload in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            if let Err(wrong) = read(Verb::ALL[verb], &payload, None) {
                prop_assert!(wrong.to_string().len() < 1500);
            }
        }

        #[test]
        fn any_json_is_a_command_or_a_short_sentence(
            verb in 0..6_usize,
            key in "interval_s|count|bulb_s|id|windows|ramp|[a-z]{1,8}",
            value in "-?[0-9]{1,30}|null|\"[^\"\\\\]{0,90}\"|\\[\\]|\\{\\}|1e999|true",
        ) {
            let payload = format!("{{\"{key}\": {value}}}");
            if let Err(wrong) = read(Verb::ALL[verb], payload.as_bytes(), None) {
                prop_assert!(wrong.to_string().len() < 1500);
            }
        }
    }
}
