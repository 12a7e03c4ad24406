//! Attempts to connect: from a wish to "connected", or to why not.
//!
//! A pure state machine with the clock passed in. The source tells it of every wish
//! ([`Attempts::wish`]), of what NetworkManager answered ([`started`](Attempts::started),
//! [`refused`](Attempts::refused)), and of what happens afterwards ([`on`](Attempts::on)); it
//! wakes it up at [`deadline`](Attempts::deadline) ([`tick`](Attempts::tick)). What these return
//! is to be done with [`act::follow_up`](super::act::follow_up), in order: a profile is saved
//! when it works and leaves no trace when not. [`list`](Attempts::list) is what the snapshot
//! shows. The snapshot that is passed in need not be newer than the event.
//!
//! An attempt always ends: by an event, by the person, or by [`PATIENCE_S`] without any news.

mod early;
mod entry;
mod judge;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use jiff::Timestamp;

use self::early::Early;
use self::entry::{Entry, known};
use super::act::{FollowUp, Keep, Started};
use super::attempt::{Attempt, Problem, Stage, Target, Why};
use super::command::Command;
use super::snapshot::{Failure, Id, Snapshot};

/// An attempt of which nothing was heard for so long has failed, seconds. NetworkManager itself
/// gives up a stage after 25 to 90.
pub const PATIENCE_S: i64 = 120;
/// How long a person may take to answer NetworkManager's question, and some more, seconds.
const ASKED_PATIENCE_S: i64 = 130;
/// How long an attempt that worked is still shown, seconds.
const SHOWN_S: i64 = 5;
/// A connection is down and its device has not said why: so long it may take, milliseconds.
const REASON_MS: i64 = 400;
/// A connection that no snapshot shows so long after it was made has ended already, seconds.
const UNSEEN_S: i64 = 5;
/// At most this many are kept.
const KEPT: usize = 16;

/// All attempts of this process.
#[derive(Debug, Default)]
pub struct Attempts {
    entries: VecDeque<Entry>,
    early: Early,
    last: u64,
    /// This process ends.
    leaving: bool,
}

/// What a wish leads to at once.
#[derive(Debug, Default, PartialEq)]
pub struct Wish {
    /// The number of the new attempt, where the command connects.
    pub attempt: Option<u64>,
    /// What is to be done for those that it ends.
    pub follow_ups: Vec<FollowUp>,
}

/// What happens to a connection, as NetworkManager and the agent tell it. States and reasons are
/// the signals' own numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event<'a> {
    /// `Device.StateChanged(new, old, reason)`.
    Device {
        /// Which device.
        device: &'a Id,
        /// `NMDeviceState`.
        new: u32,
        /// `NMDeviceState`.
        old: u32,
        /// `NMDeviceStateReason`.
        reason: u32,
    },
    /// `Connection.Active.StateChanged(state, reason)`.
    Active {
        /// Which connection.
        connection: &'a Id,
        /// `NMActiveConnectionState`.
        state: u32,
        /// `NMActiveConnectionStateReason`.
        reason: u32,
    },
    /// `VPN.Connection.VpnStateChanged(state, reason)`.
    Vpn {
        /// Which connection.
        connection: &'a Id,
        /// `NMVpnConnectionState`.
        state: u32,
        /// `NMActiveConnectionStateReason`.
        reason: u32,
    },
    /// The active connection's object is gone.
    Gone {
        /// Which connection.
        connection: &'a Id,
    },
    /// The agent was asked again for what it had given: what was typed is wrong.
    SecretsRefused {
        /// Whose.
        attempt: u64,
    },
    /// The agent asks the person for a secret of this profile.
    Asked {
        /// The profile's identity.
        profile: &'a super::snapshot::Uuid,
    },
    /// NetworkManager is gone, or another one is there.
    Restarted,
}

impl Attempts {
    /// A wish: one that connects begins an attempt, which shows at once; `Abort` and `Dismiss`
    /// end some. All other commands do nothing here.
    #[must_use]
    pub fn wish(&mut self, command: &Command, snapshot: &Snapshot, now: Timestamp) -> Wish {
        match command {
            Command::Abort { attempt } => Wish {
                attempt: None,
                follow_ups: self.abort(*attempt),
            },
            Command::Dismiss => {
                self.entries.retain(|entry| !entry.is_over());
                Wish::default()
            }
            command => match known(command, snapshot) {
                Some(entry) => self.begin(entry, now),
                None => Wish::default(),
            },
        }
    }

    /// NetworkManager has taken it: here is what it works on.
    #[must_use]
    pub fn started(
        &mut self,
        number: u64,
        started: Started,
        snapshot: &Snapshot,
        now: Timestamp,
    ) -> Vec<FollowUp> {
        let early = &self.early;
        let mut entries = self.entries.iter_mut();
        let Some(entry) = entries.find(|e| e.attempt.number == number) else {
            if self.leaving {
                let new = started.keep == Keep::IfItWorks;
                let persist = FollowUp::Persist(started.profile);
                return Some(persist).filter(|_| new).into_iter().collect();
            }
            // It was aborted and forgotten while the call was on its way.
            return entry::undo(&started.profile, started.keep, Some(started.connection));
        };
        entry.start(started, snapshot, now);
        let mut todo = Vec::new();
        for event in early.events() {
            todo.extend(judge::on(entry, event, snapshot, now));
        }
        todo.extend(judge::look(entry, snapshot, now));
        self.listen_for_early();
        todo
    }

    /// NetworkManager, the bus or we ourselves refused it.
    pub fn refused(&mut self, number: u64, failure: &Failure, now: Timestamp) {
        if let Some(entry) = self.find(number) {
            entry.end(
                Stage::Failed(Problem {
                    why: Why::Other,
                    sentence: failure.sentence.clone(),
                }),
                now,
            );
        }
        self.listen_for_early();
    }

    /// This process ends: what is to be done for attempts that go on without it. A new profile
    /// is saved, since nobody will be there to do so when it works; where its password is wrong,
    /// NetworkManager asks the bar's agent. What still waits for its answer is saved with
    /// [`started`](Self::started). A new secret of a saved profile stays in memory only: nobody
    /// knows yet that it works, and the file may hold one that does.
    #[must_use]
    pub fn leave(&mut self) -> Vec<FollowUp> {
        let going = self.entries.iter().filter(|entry| !entry.is_over());
        let kept = going.filter(|entry| entry.keep == Keep::IfItWorks);
        let todo = kept.filter_map(|entry| entry.profile.clone());
        let todo = todo.map(FollowUp::Persist).collect();
        self.entries.clear();
        self.leaving = true;
        todo
    }

    /// Something happened.
    #[must_use]
    pub fn on(&mut self, event: Event<'_>, snapshot: &Snapshot, now: Timestamp) -> Vec<FollowUp> {
        if self.entries.iter().any(Entry::waits_for_answer) {
            self.early.keep(event);
        }
        let mut todo = Vec::new();
        for entry in self.entries.iter_mut().filter(|entry| !entry.is_over()) {
            todo.extend(judge::on(entry, event, snapshot, now));
        }
        todo
    }

    /// Time has passed, or a new snapshot is there (which mends what a lost signal left open).
    #[must_use]
    pub fn tick(&mut self, snapshot: &Snapshot, now: Timestamp) -> Vec<FollowUp> {
        let mut todo = Vec::new();
        for entry in self.entries.iter_mut().filter(|entry| !entry.is_over()) {
            todo.extend(judge::look(entry, snapshot, now));
            todo.extend(judge::late(entry, snapshot, now));
        }
        self.entries.retain(|entry| !entry.is_read(now));
        todo
    }

    /// When [`tick`](Self::tick) has something to do; `None` when nothing is going on.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.entries.iter().filter_map(Entry::deadline).min()
    }

    /// All of them, the oldest first.
    #[must_use]
    pub fn list(&self) -> Vec<Attempt> {
        self.entries.iter().map(|e| e.attempt.clone()).collect()
    }

    /// Whether one is on its way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.entries.iter().any(|entry| !entry.is_over())
    }

    /// Forgets what came early when nobody waits for an answer any more.
    fn listen_for_early(&mut self) {
        if !self.entries.iter().any(Entry::waits_for_answer) {
            self.early.forget();
        }
    }

    fn find(&mut self, number: u64) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|e| e.attempt.number == number)
    }

    /// A new attempt takes the place of those for the same target: the ended ones are read now,
    /// one that goes on is stopped (NetworkManager would do so as well).
    fn begin(&mut self, mut entry: Entry, now: Timestamp) -> Wish {
        self.last += 1;
        entry.attempt.number = self.last;
        entry.attempt.since = now;
        entry.heard = now;
        let target: &Target = &entry.attempt.target;
        let mut follow_ups = Vec::new();
        for before in &mut self.entries {
            if before.attempt.target == *target {
                follow_ups.extend(before.give_up());
                before.forgotten = true;
            }
        }
        self.entries.retain(|entry| !entry.forgotten);
        while self.entries.len() >= KEPT {
            if let Some(mut oldest) = self.entries.pop_front() {
                follow_ups.extend(oldest.give_up());
            }
        }
        self.entries.push_back(entry);
        Wish {
            attempt: Some(self.last),
            follow_ups,
        }
    }

    /// The person does not want it any more. Where NetworkManager has not answered yet, it is
    /// undone as soon as it has.
    fn abort(&mut self, number: u64) -> Vec<FollowUp> {
        let todo = self.find(number).map(Entry::give_up).unwrap_or_default();
        self.entries.retain(|entry| entry.attempt.number != number);
        self.listen_for_early();
        todo
    }
}
