//! Short codes to the network and its answers: USSD (3GPP TS 22.090, TS 27.007 clause 7.15).
//!
//! What is asked and answered, in plain words, and how `+CUSD` writes it on the wire. Modems
//! differ in that: the same answer comes as text, as UCS-2 in hexadecimal, or as the packed
//! septets of the network in hexadecimal. [`Reply::parse`] is pure and total, and takes them all.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

mod wire;

pub use wire::Spelling;

/// Longest text that a USSD string holds, in characters: 160 octets of packed septets.
const LONGEST: usize = 182;

/// What is asked of the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// Begins a session with a code like `*101#`.
    Code(String),
    /// Answers what the network asked in an open session.
    Answer(String),
    /// Ends the open session.
    Cancel,
}

impl Request {
    /// A code, checked: a stray text must not go to the network.
    ///
    /// # Errors
    /// A sentence saying what a code looks like.
    pub fn code(text: &str) -> Result<Self, String> {
        let code: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let dialled = code
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '*' | '#' | '+'));
        if code.is_empty() || !dialled || code.len() > LONGEST {
            return Err(format!(
                "'{}' is no USSD code; one looks like *101#",
                crate::bar::clean(text)
            ));
        }
        Ok(Self::Code(code))
    }

    /// An answer, checked.
    ///
    /// # Errors
    /// A sentence when there is nothing in it, or more than the network takes.
    pub fn answer(text: &str) -> Result<Self, String> {
        let text = text.trim_end_matches(['\r', '\n']);
        if text.is_empty() {
            return Err("the answer is empty; type what the network asks for".to_owned());
        }
        let characters = text.chars().count();
        if characters > LONGEST {
            return Err(format!(
                "the answer has {characters} characters, and the network takes {LONGEST}"
            ));
        }
        Ok(Self::Answer(text.to_owned()))
    }
}

/// How a session stands after a reply: `<m>` of `+CUSD` (3GPP TS 27.007 clause 7.15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// 0: it is over.
    Done,
    /// 1: the network waits for an answer.
    Asks,
    /// 2: the network ended it.
    Ended,
    /// 3: another program answered.
    Elsewhere,
    /// 4: the network or the modem does not know this.
    Unsupported,
    /// 5: the network gave up waiting.
    TimedOut,
}

impl Progress {
    fn from_raw(m: u8) -> Option<Self> {
        Some(match m {
            0 => Self::Done,
            1 => Self::Asks,
            2 => Self::Ended,
            3 => Self::Elsewhere,
            4 => Self::Unsupported,
            5 => Self::TimedOut,
            _ => return None,
        })
    }

    /// What to say where the reply has no text.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Done => "done; the network said nothing",
            Self::Asks => "the network waits for an answer",
            Self::Ended => "the network ended the session",
            Self::Elsewhere => "another program answered the network",
            Self::Unsupported => "the network does not know this code",
            Self::TimedOut => "the network waited too long for an answer and gave up",
        }
    }
}

/// What the network said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// How the session stands now.
    pub progress: Progress,
    /// The text, which may be empty. It came by radio: it is not to be trusted.
    pub text: String,
}

impl Reply {
    /// Whether the session failed without a text that says why.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        self.text.is_empty() && !matches!(self.progress, Progress::Done | Progress::Asks)
    }

    /// The text, or what to say in its place.
    #[must_use]
    pub fn words(&self) -> &str {
        if self.text.is_empty() {
            self.progress.sentence()
        } else {
            &self.text
        }
    }
}

/// One line of a dialogue, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Whether the person said it; else the network.
    pub own: bool,
    /// What was said.
    pub text: String,
    /// When.
    pub time: Timestamp,
    /// Whether it tells of something that went wrong.
    pub failed: bool,
}

/// A dialogue with the network, as the popup shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dialogue {
    /// What was said, oldest first, at most [`Dialogue::LIMIT`] lines.
    pub lines: Vec<Said>,
    /// Since when the network's answer is waited for.
    pub waiting_since: Option<Timestamp>,
    /// Whether the network waits for an answer.
    pub asks: bool,
}

impl Dialogue {
    /// Lines that are kept.
    pub const LIMIT: usize = 200;

    /// Adds a line; the oldest goes when there are too many.
    pub fn say(&mut self, own: bool, text: &str, failed: bool, time: Timestamp) {
        if self.lines.len() >= Self::LIMIT {
            self.lines.remove(0);
        }
        self.lines.push(Said {
            own,
            text: text.to_owned(),
            time,
            failed,
        });
    }

    /// The network has answered.
    pub fn answered(&mut self, answer: &Result<Reply, String>, time: Timestamp) {
        self.waiting_since = None;
        match answer {
            Ok(reply) => {
                self.asks = reply.progress == Progress::Asks;
                self.say(false, reply.words(), reply.is_failure(), time);
            }
            Err(sentence) => {
                self.asks = false;
                self.say(false, sentence, true, time);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_codes_are_dialled() {
        assert_eq!(Request::code(" *101# "), Ok(Request::Code("*101#".into())));
        assert_eq!(
            Request::code("*100*1#"),
            Ok(Request::Code("*100*1#".into()))
        );
        for wrong in ["", "hello", "*101#\";+CFUN=0", "*1\u{661}#"] {
            assert!(Request::code(wrong).is_err(), "{wrong}");
        }
        assert!(Request::answer("\n").is_err());
        assert!(Request::answer(&"x".repeat(183)).is_err());
        assert_eq!(Request::answer("1\n"), Ok(Request::Answer("1".into())));
    }

    #[test]
    fn as_much_is_sent_as_the_network_takes() {
        let longest = "1".repeat(182);
        let code = Request::code(&longest);
        assert_eq!(code, Ok(Request::Code(longest.clone())));
        assert_eq!(Request::answer(&longest), Ok(Request::Answer(longest)));
        for length in [183, 500] {
            let long = "1".repeat(length);
            assert!(Request::code(&long).is_err() && Request::answer(&long).is_err());
        }
    }

    #[test]
    fn a_reply_without_a_text_is_told_in_words() {
        for (line, words, failed) in [
            ("+CUSD: 0,\"1.20 EUR\",15", "1.20 EUR", false),
            ("+CUSD: 0", "done; the network said nothing", false),
            ("+CUSD: 1", "the network waits for an answer", false),
            ("+CUSD: 2,\"Goodbye\",15", "Goodbye", false),
            ("+CUSD: 2", "the network ended the session", true),
            ("+CUSD: 3", "another program answered the network", true),
            ("+CUSD: 4", "the network does not know this code", true),
            (
                "+CUSD: 5",
                "the network waited too long for an answer and gave up",
                true,
            ),
        ] {
            let reply = Reply::parse(line, false).unwrap();
            assert_eq!((reply.words(), reply.is_failure()), (words, failed));
        }
    }

    #[test]
    fn a_dialogue_forgets_its_oldest_lines() {
        let mut dialogue = Dialogue::default();
        for n in 0..300 {
            dialogue.say(true, &n.to_string(), false, Timestamp::UNIX_EPOCH);
        }
        assert_eq!(dialogue.lines.len(), Dialogue::LIMIT);
        assert_eq!(dialogue.lines[0].text, "100");
        let asks = Reply {
            progress: Progress::Asks,
            text: "1 or 2?".into(),
        };
        dialogue.answered(&Ok(asks), Timestamp::UNIX_EPOCH);
        assert!(dialogue.asks);
        dialogue.answered(&Err("no network".into()), Timestamp::UNIX_EPOCH);
        assert!(!dialogue.asks && dialogue.lines.last().unwrap().failed);
    }
}
