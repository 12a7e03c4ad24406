//! `barpop doctor`: looks at every part that the topics need, and says what is wrong and what to do.
//!
//! What it says is fit for a bug report: no PIN, password, number, message or network's name is in
//! it, and the home is `~` (see [`report::fit`]). It only looks. No serial port is opened (whoever
//! opens one takes its answers away), no PIN is tried, no service is started, no file is written.
//! Each part is looked at on a thread of its own, so that one that hangs holds up no other.
//!
//! It is in English whatever the person's language is: those who read bug reports do not have it.

mod bus;
mod config;
mod display;
mod ds4;
mod fonts;
mod gnss;
mod net;
mod port;
mod process;
pub mod report;
mod shutter;
mod sms;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use clap::ValueEnum;

use crate::config::Config;

/// How long a part may take; a healthy one takes milliseconds, and a camera's service that is off
/// is waited for ten seconds.
const LIMIT: Duration = Duration::from_secs(12);

/// What a part belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Topic {
    /// The configuration file.
    Config,
    /// D-Bus and what everything shares on it.
    Bus,
    /// The network: NetworkManager.
    Net,
    /// Text messages: modem, store, owner.
    Sms,
    /// The position: gpsd, receivers.
    Gnss,
    /// Game controllers.
    Ds4,
    /// Remote timers of cameras.
    Shutter,
    /// The fonts of bar and popups.
    Fonts,
    /// Where popups are shown.
    Display,
}

impl Topic {
    /// Its name, as on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Bus => "bus",
            Self::Net => "net",
            Self::Sms => "sms",
            Self::Gnss => "gnss",
            Self::Ds4 => "ds4",
            Self::Shutter => "shutter",
            Self::Fonts => "fonts",
            Self::Display => "display",
        }
    }

    fn checks(self) -> &'static [Check] {
        match self {
            Self::Config => config::CHECKS,
            Self::Bus => bus::CHECKS,
            Self::Net => net::CHECKS,
            Self::Sms => sms::CHECKS,
            Self::Gnss => gnss::CHECKS,
            Self::Ds4 => ds4::CHECKS,
            Self::Shutter => shutter::CHECKS,
            Self::Fonts => fonts::CHECKS,
            Self::Display => display::CHECKS,
        }
    }
}

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is there and works.
    Ok,
    /// It is not set up, and nothing says that it should be.
    Unused,
    /// Something works worse than it could, or not at all in some cases.
    Warn,
    /// It is wanted and does not work.
    Missing,
}

impl Verdict {
    /// The word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Unused => "unused",
            Self::Warn => "warn",
            Self::Missing => "missing",
        }
    }

    /// Whether there is something to do.
    #[must_use]
    pub fn is_wrong(self) -> bool {
        matches!(self, Self::Warn | Self::Missing)
    }
}

/// What was found of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it belongs to.
    pub topic: Topic,
    /// Which part.
    pub part: String,
    /// How it is.
    pub verdict: Verdict,
    /// How that shows; one sentence without a full stop.
    pub sentence: String,
    /// What to do; one sentence. Always there when something is wrong.
    pub remedy: Option<String>,
}

/// Where it is looked: the same for all parts.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// The configuration file that was named, in place of the usual one.
    pub named: Option<PathBuf>,
    /// What could be read of the configuration; nothing of one that has a fault.
    pub config: Config,
}

impl Around {
    /// This machine, with the named configuration or the usual one.
    #[must_use]
    pub fn new(named: Option<PathBuf>) -> Self {
        // A fault in the file is found by its own check, with its line.
        let config = Config::load(named.as_deref()).unwrap_or_default();
        Self { named, config }
    }
}

/// A part, and who looks at it.
#[derive(Clone, Copy)]
struct Check {
    part: &'static str,
    look: fn(&Around, Part) -> Vec<Finding>,
}

/// The part that is being looked at.
#[derive(Debug, Clone, Copy)]
struct Part {
    topic: Topic,
    name: &'static str,
}

impl Part {
    fn found(self, verdict: Verdict, sentence: String, remedy: Option<String>) -> Finding {
        Finding {
            topic: self.topic,
            part: self.name.to_owned(),
            verdict,
            sentence,
            remedy,
        }
    }

    fn ok(self, sentence: impl Into<String>) -> Finding {
        self.found(Verdict::Ok, sentence.into(), None)
    }

    /// It is not set up; `remedy` is how to begin.
    fn unused(self, sentence: impl Into<String>, remedy: impl Into<String>) -> Finding {
        self.found(Verdict::Unused, sentence.into(), Some(remedy.into()))
    }

    fn warn(self, sentence: impl Into<String>, remedy: impl Into<String>) -> Finding {
        self.found(Verdict::Warn, sentence.into(), Some(remedy.into()))
    }

    fn missing(self, sentence: impl Into<String>, remedy: impl Into<String>) -> Finding {
        self.found(Verdict::Missing, sentence.into(), Some(remedy.into()))
    }
}

/// Looks at the parts of these topics, all at once; what does not answer in time is a finding, too.
/// The order is that of the topics and of their parts.
#[must_use]
pub fn examine(topics: &[Topic], around: &Around) -> Vec<Finding> {
    let checks = topics.iter().flat_map(|topic| {
        let parts = topic.checks().iter();
        parts.map(|check| (part(*topic, check), check.look))
    });
    look(checks.collect(), around, LIMIT)
}

fn part(topic: Topic, check: &Check) -> Part {
    Part {
        topic,
        name: check.part,
    }
}

type Look = fn(&Around, Part) -> Vec<Finding>;

fn look(checks: Vec<(Part, Look)>, around: &Around, limit: Duration) -> Vec<Finding> {
    let around = Arc::new(around.clone());
    let (told, tell) = channel();
    for (place, (part, look)) in checks.iter().copied().enumerate() {
        let (around, told) = (Arc::clone(&around), told.clone());
        // One that cannot be started counts as one that hangs.
        let _ = std::thread::Builder::new()
            .name(part.name.to_owned())
            .spawn(move || told.send((place, look(&around, part))));
    }
    drop(told);
    let end = Instant::now() + limit;
    let mut answers = vec![None; checks.len()];
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match tell.recv_timeout(left) {
            Ok((place, findings)) => {
                if let Some(answer) = answers.get_mut(place) {
                    *answer = Some(findings);
                }
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    let late = |part: Part| {
        let sentence = format!("does not answer within {} seconds", limit.as_secs().max(1));
        let remedy = "see whether its service hangs, and start that anew";
        vec![part.missing(sentence, remedy)]
    };
    let found = checks.iter().zip(answers);
    found
        .flat_map(|((part, _), answer)| answer.unwrap_or_else(|| late(*part)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_hangs_is_told_and_holds_up_no_other() {
        let hang = |_: &Around, part: Part| {
            std::thread::sleep(Duration::from_secs(600));
            vec![part.ok("at last")]
        };
        let fine = |_: &Around, part: Part| vec![part.ok("works")];
        let named = |name| Part {
            topic: Topic::Bus,
            name,
        };
        let checks: Vec<(Part, Look)> = vec![(named("slow"), hang), (named("quick"), fine)];
        let start = Instant::now();
        let found = look(checks, &Around::default(), Duration::from_millis(300));
        assert!(start.elapsed() < Duration::from_secs(20));
        assert_eq!(found[0].verdict, Verdict::Missing);
        assert!(found[0].sentence.contains("does not answer"), "{found:?}");
        assert_eq!(found[1].sentence, "works");
    }

    #[test]
    fn every_topic_has_parts_whose_names_are_its_own() {
        for topic in Topic::value_variants() {
            let mut names: Vec<_> = topic.checks().iter().map(|check| check.part).collect();
            assert!(!names.is_empty(), "{topic:?}");
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all, "{topic:?}");
            let shown = topic.to_possible_value().unwrap();
            assert_eq!(shown.get_name(), topic.word());
        }
    }
}
