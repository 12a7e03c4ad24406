//! What is known of each camera's service, whole: what the line and the popup show.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::command::Command;
use super::snapshot::{Snapshot, State};
use super::words;

/// Whether a service can be reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Link {
    /// It was not heard yet.
    #[default]
    Connecting,
    /// Every change is told.
    Online,
    /// It cannot be reached.
    Offline {
        /// Since when; the tries between do not count.
        since: Timestamp,
        /// When it is tried again.
        again: Timestamp,
        /// Why, in a sentence.
        why: String,
        /// Whether its machine answers and nobody listens there.
        refused: bool,
    },
    /// A password is wanted.
    Forbidden {
        /// Whether the one that was given is wrong.
        wrong: bool,
        /// A sentence.
        why: String,
    },
}

/// What was asked of a service, in a word for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// Begin a plan.
    Start,
    /// Change the running plan.
    Change,
    /// Wait.
    Pause,
    /// Go on.
    Resume,
    /// End the plan.
    Stop,
    /// One picture.
    Snap,
    /// Keep a password.
    Keep,
}

impl From<&Command> for Errand {
    fn from(command: &Command) -> Self {
        match command {
            Command::Start(_) => Self::Start,
            Command::Change(_) => Self::Change,
            Command::Pause => Self::Pause,
            Command::Resume => Self::Resume,
            Command::Stop => Self::Stop,
            Command::Snap => Self::Snap,
        }
    }
}

/// One camera.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Camera {
    /// What the person calls it, or where it is.
    pub label: String,
    /// Where it is.
    pub address: String,
    /// Whether nobody named it: the one on this machine, that may be there.
    pub implied: bool,
    /// Whether it can be reached.
    pub link: Link,
    /// The last state that was told; it may be old where the link is not online.
    pub snapshot: Option<Arc<Snapshot>>,
    /// Its clock minus ours.
    pub ahead: SignedDuration,
    /// What is being asked of it now, and since when.
    pub errand: Option<(Errand, Timestamp)>,
    /// The last thing that it did not do, and why.
    pub refusal: Option<(Errand, String)>,
}

impl Camera {
    /// Whether it can be reached.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.link == Link::Online
    }

    /// What its clock says when ours says `now`.
    #[must_use]
    pub fn clock(&self, now: Timestamp) -> Timestamp {
        now.saturating_add(self.ahead).unwrap_or(now)
    }

    /// The name to show: the person's own, the service's, or where it is.
    #[must_use]
    pub fn name(&self) -> &str {
        let own = self.snapshot.as_deref().map(|s| s.name.as_str());
        match own.filter(|name| !name.trim().is_empty()) {
            Some(name) if self.label == self.address => name,
            _ => &self.label,
        }
    }

    /// From now to the next shot.
    #[must_use]
    pub fn next_in(&self, now: Timestamp) -> Option<Duration> {
        let next = self.snapshot.as_deref()?.next_at?;
        Some(words::until(next, self.clock(now)))
    }

    /// From now to the end of the exposure that runs; one of less than a second is a press that
    /// nobody waits for.
    #[must_use]
    pub fn exposing_for(&self, now: Timestamp) -> Option<Duration> {
        let snapshot = self.snapshot.as_deref()?;
        let (since, until) = (snapshot.exposing_since?, snapshot.exposing_until?);
        let is_long = words::until(until, since) >= Duration::from_secs(1);
        is_long.then(|| words::until(until, self.clock(now)))
    }

    /// Why no picture can be taken, in a sentence.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.snapshot.as_deref()?.release.problem.as_deref()
    }

    /// What is true of it in a word.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let state = self.snapshot.as_deref().map(|snapshot| snapshot.state);
        match (&self.link, state) {
            (Link::Connecting, _) => Standing::Connecting,
            (Link::Offline { .. }, _) => Standing::Offline,
            (Link::Forbidden { .. }, _) => Standing::Forbidden,
            (Link::Online, None) => Standing::Connecting,
            (Link::Online, Some(state)) if self.problem().is_some() => match state {
                State::Running => Standing::Failing,
                State::Idle | State::Paused => Standing::NoRelease,
            },
            (Link::Online, Some(State::Idle)) => Standing::Idle,
            (Link::Online, Some(State::Running)) => Standing::Running,
            (Link::Online, Some(State::Paused)) => Standing::Paused,
        }
    }
}

/// What is true of a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It was not heard yet.
    Connecting,
    /// It cannot be reached.
    Offline,
    /// A password is wanted.
    Forbidden,
    /// There is no plan, and no picture can be taken.
    NoRelease,
    /// A plan runs, and no picture can be taken.
    Failing,
    /// There is no plan.
    Idle,
    /// A plan runs.
    Running,
    /// A plan waits to be resumed.
    Paused,
}

impl Standing {
    /// The class of the line, and what `{state}` says.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Offline => "offline",
            Self::Forbidden => "locked",
            Self::NoRelease | Self::Failing => "problem",
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Paused => "paused",
        }
    }
}
