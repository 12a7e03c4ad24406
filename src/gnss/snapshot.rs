//! The state of the position topic, whole: what the line and the popup are drawn from.
//!
//! A snapshot has no clock: who shows it passes the moment, so that a fix gets stale and lost
//! while nothing at all comes in.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::clock::Moment;
use super::doubt::Doubt;
use super::fix::{Dop, Fix, Position};
use super::modem_manager::Cell;
use super::satellite::Sky;

/// How the source is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// There is nothing to ask: no gpsd, no modem, no port configured.
    #[default]
    NoSource,
    /// Being opened, or lost and tried again.
    Connecting,
    /// It answers.
    Connected {
        /// From when on.
        since: Moment,
    },
    /// A replayed file is at its end.
    Ended,
}

/// A value with the moment when it was true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held<T> {
    /// What.
    pub value: T,
    /// When it came, or when it was first said.
    pub at: Moment,
}

/// When a fix counts as old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Older than this it is stale.
    pub stale_after: Duration,
    /// Older than this it is lost.
    pub lost_after: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            stale_after: Duration::from_secs(5),
            lost_after: Duration::from_secs(60),
        }
    }
}

/// What can be said of the position at some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is nothing to ask.
    NoSource,
    /// The source does not answer (yet, or any more), and there is no position to be shown.
    Connecting,
    /// The source answers, and there was no fix yet.
    Searching {
        /// Since when it is waited for.
        since: Moment,
    },
    /// The position is of now.
    Fix,
    /// The position is no longer of now.
    Stale,
    /// The last position is so old that it says nothing about now.
    Lost,
}

impl State {
    /// In a word, for other programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoSource => "no-source",
            Self::Connecting => "connecting",
            Self::Searching { .. } => "searching",
            Self::Fix => "fix",
            Self::Stale => "stale",
            Self::Lost => "lost",
        }
    }
}

/// A point of the recent track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrackPoint {
    /// When it came.
    pub at: Moment,
    /// Where.
    pub position: Position,
    /// Above mean sea level.
    pub altitude_msl_m: Option<f64>,
    /// Over ground.
    pub speed_mps: Option<f64>,
}

/// A recording in progress, or one that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// The GPX file.
    pub path: PathBuf,
    /// Points written since it was opened.
    pub points: u64,
    /// Why nothing more is written; one sentence.
    pub error: Option<String>,
}

/// Sentences of an NMEA stream, by what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Understood.
    pub good: u64,
    /// Whole, but of no use here (proprietary ones, other formatters).
    pub ignored: u64,
    /// The checksum is wrong.
    pub bad_checksum: u64,
    /// Half a line, one without a checksum, or noise.
    pub broken: u64,
}

/// Everything that is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// Where it comes from, in words: `gpsd 127.0.0.1:2947`, `/dev/ttyUSB1`.
    pub source: Option<String>,
    /// The receiver behind the source, as it names itself: text from outside.
    pub receiver: Option<String>,
    /// How the source is doing.
    pub link: Link,
    /// The last fix that has a position.
    pub fix: Option<Held<Fix>>,
    /// What is wrong with the fix's date.
    pub doubt: Option<Doubt>,
    /// Since when the receiver says that it has no fix.
    pub no_fix_since: Option<Moment>,
    /// The satellites.
    pub sky: Option<Held<Sky>>,
    /// The cell of the mobile network, where a modem tells it: says where one is when nothing
    /// else does, to a few hundred metres or kilometres, by a database of cells.
    pub cell: Option<Held<Cell>>,
    /// The sentences of an NMEA source.
    pub counts: Option<Counts>,
    /// Where it was lately, oldest first, a point a second at most; empty unless asked for.
    pub track: Arc<Vec<TrackPoint>>,
    /// What is being recorded.
    pub recording: Option<Recording>,
    /// What is wrong, one full sentence.
    pub error: Option<String>,
}

impl Snapshot {
    /// What can be said of the position now.
    #[must_use]
    pub fn state(&self, now: Moment, limits: Limits) -> State {
        let connected = match self.link {
            Link::Connected { since } => Some(since),
            Link::Ended => Some(now),
            Link::NoSource | Link::Connecting => None,
        };
        if let Some(fix) = &self.fix {
            let age = now.since(fix.at);
            // A receiver that says "no fix" need not be waited for to be silent.
            if age <= limits.stale_after && self.no_fix_since.is_none() {
                return State::Fix;
            }
            if age <= limits.lost_after {
                return State::Stale;
            }
            if connected.is_some() {
                return State::Lost;
            }
        }
        match connected {
            Some(since) => State::Searching {
                since: self.no_fix_since.unwrap_or(since),
            },
            None if self.link == Link::NoSource => State::NoSource,
            None => State::Connecting,
        }
    }

    /// How old the position is.
    #[must_use]
    pub fn age(&self, now: Moment) -> Option<Duration> {
        self.fix.as_ref().map(|fix| now.since(fix.at))
    }

    /// When the state changes by itself, although nothing comes in.
    #[must_use]
    pub fn next_change(&self, now: Moment, limits: Limits) -> Option<Moment> {
        let fix = self.fix.as_ref()?;
        [limits.stale_after, limits.lost_after]
            .into_iter()
            // A nanosecond later it is older than that.
            .map(|limit| fix.at.plus(limit).plus(Duration::from_nanos(1)))
            .find(|at| *at > now)
    }

    /// The satellites, unless what is known of them is too old to be shown.
    #[must_use]
    pub fn sky(&self, now: Moment, limits: Limits) -> Option<&Sky> {
        self.sky
            .as_ref()
            .filter(|sky| now.since(sky.at) <= limits.lost_after)
            .map(|sky| &sky.value)
    }

    /// The dilutions of precision: the fix's own, else those of the satellites' report.
    #[must_use]
    pub fn dop(&self) -> Dop {
        let fix = self
            .fix
            .as_ref()
            .map(|fix| fix.value.dop)
            .unwrap_or_default();
        fix.or(self
            .sky
            .as_ref()
            .map(|sky| sky.value.dop)
            .unwrap_or_default())
    }

    /// How many satellites the position was made with.
    #[must_use]
    pub fn used(&self) -> Option<usize> {
        let listed = self.sky.as_ref().and_then(|sky| sky.value.used());
        listed.or_else(|| self.fix.as_ref()?.value.used.map(usize::from))
    }

    /// UTC of the fix: mended where weeks are missing, else as the receiver says.
    #[must_use]
    pub fn time(&self) -> Option<Timestamp> {
        match self.doubt {
            Some(Doubt::WeekRollover { corrected }) => Some(corrected),
            _ => self.fix.as_ref()?.value.time,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gnss::fix::Mode;

    fn at(seconds: u64) -> Moment {
        Moment::at(Duration::from_secs(seconds))
    }

    fn snapshot(link: Link, fix_at: Option<u64>) -> Snapshot {
        let fix = Fix {
            mode: Mode::ThreeD,
            position: Position::new(48.0, 11.0),
            ..Fix::default()
        };
        Snapshot {
            link,
            fix: fix_at.map(|seconds| Held {
                value: fix,
                at: at(seconds),
            }),
            ..Snapshot::default()
        }
    }

    #[test]
    fn a_fix_gets_stale_then_lost_while_nothing_comes_in() {
        let limits = Limits::default();
        let snapshot = snapshot(Link::Connected { since: at(0) }, Some(100));
        let table = [
            (100, State::Fix),
            (105, State::Fix),
            (106, State::Stale),
            (160, State::Stale),
            (161, State::Lost),
        ];
        for (now, state) in table {
            assert_eq!(snapshot.state(at(now), limits), state, "{now}");
        }
        let next = snapshot.next_change(at(100), limits).unwrap();
        assert_eq!(snapshot.state(next, limits), State::Stale);
        let next = snapshot.next_change(next, limits).unwrap();
        assert_eq!(snapshot.state(next, limits), State::Lost);
        assert_eq!(snapshot.next_change(next, limits), None);
    }

    #[test]
    fn a_receiver_that_says_no_fix_makes_the_last_one_stale_at_once() {
        let mut snapshot = snapshot(Link::Connected { since: at(0) }, Some(100));
        snapshot.no_fix_since = Some(at(101));
        assert_eq!(snapshot.state(at(101), Limits::default()), State::Stale);
    }

    #[test]
    fn without_any_fix_it_is_told_what_is_waited_for() {
        let limits = Limits::default();
        let state = |link| snapshot(link, None).state(at(9), limits);
        assert_eq!(state(Link::NoSource), State::NoSource);
        assert_eq!(state(Link::Connecting), State::Connecting);
        let since = at(3);
        assert_eq!(state(Link::Connected { since }), State::Searching { since });
        let gone = snapshot(Link::Connecting, Some(1));
        assert_eq!(gone.state(at(3), limits), State::Fix);
        assert_eq!(gone.state(at(99), limits), State::Connecting);
    }
}
