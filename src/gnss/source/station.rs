//! Taking reports into the snapshot: which fix is new, how old it is, and what is gone.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::super::clock::Moment;
use super::super::doubt::doubt;
use super::super::fix::{Fix, Mode};
use super::super::report::Report;
use super::super::snapshot::{Held, Link, Snapshot, TrackPoint};

/// How reports come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// When the receiver has a new position.
    Live,
    /// When it is asked, so that the first may be an old one.
    Asked,
    /// Out of a file: its dates are of the past by nature.
    Replayed,
}

/// Two points of the recent track are so far apart.
const TRACK_STEP: Duration = Duration::from_secs(1);

/// The snapshot, and the rules by which it changes.
#[derive(Debug, Default)]
pub(crate) struct Station {
    pub(crate) snapshot: Snapshot,
    track_points: usize,
    /// When the last new fix came, however old it was then.
    came: Option<Moment>,
}

impl Station {
    pub(crate) fn new(track_points: usize) -> Self {
        Self {
            snapshot: Snapshot {
                link: Link::Connecting,
                ..Snapshot::default()
            },
            track_points,
            came: None,
        }
    }

    pub(crate) fn is_connected(&self) -> bool {
        matches!(self.snapshot.link, Link::Connected { .. })
    }

    /// The source is being opened.
    pub(crate) fn connecting(&mut self, source: String) {
        if self.snapshot.source.as_ref() != Some(&source) {
            self.snapshot.source = Some(source);
            self.snapshot.receiver = None;
            self.snapshot.cell = None;
            self.snapshot.counts = None;
        }
        if self.snapshot.link != Link::NoSource {
            self.snapshot.link = Link::Connecting;
        }
    }

    /// The source answers.
    pub(crate) fn connected(&mut self, now: Moment) {
        self.snapshot.link = Link::Connected { since: now };
        self.snapshot.error = None;
    }

    /// The source is lost; its last position gets old from now on.
    pub(crate) fn lost(&mut self, link: Link, sentence: String) {
        self.snapshot.link = link;
        self.snapshot.error = Some(sentence);
        self.snapshot.sky = None;
        self.snapshot.cell = None;
        self.snapshot.receiver = None;
    }

    /// The receiver is gone, and gpsd is still there.
    pub(crate) fn receiver_gone(&mut self, now: Moment, sentence: String) {
        self.snapshot.no_fix_since.get_or_insert(now);
        self.snapshot.sky = None;
        self.snapshot.receiver = None;
        self.snapshot.error = Some(sentence);
    }

    /// A file was read to its end.
    pub(crate) fn finished(&mut self) {
        self.snapshot.link = Link::Ended;
    }

    /// Another source was chosen.
    pub(crate) fn forget(&mut self) {
        let old = std::mem::take(&mut self.snapshot);
        self.snapshot = Snapshot {
            link: Link::Connecting,
            recording: old.recording,
            ..Snapshot::default()
        };
    }

    /// Takes a report; `true` when it has a new position.
    pub(crate) fn absorb(
        &mut self,
        report: Report,
        arrival: Arrival,
        now: Moment,
        clock: Timestamp,
    ) -> bool {
        if !self.is_connected() {
            self.connected(now);
        }
        self.snapshot.error = None;
        if let Some(sky) = report.sky {
            self.snapshot.sky = Some(Held {
                value: sky,
                at: now,
            });
        }
        report
            .fix
            .is_some_and(|fix| self.absorb_fix(fix, arrival, now, clock))
    }

    fn absorb_fix(&mut self, fix: Fix, arrival: Arrival, now: Moment, clock: Timestamp) -> bool {
        if fix.mode == Mode::None || fix.position.is_none() {
            self.snapshot.no_fix_since.get_or_insert(now);
            return false;
        }
        self.snapshot.no_fix_since = None;
        // Said again, with more in it or not, it is as old as when it was said first.
        let before = self.snapshot.fix.as_ref();
        // An answer without a time is new when anything in it is.
        let again = before.filter(|held| match (fix.time, arrival) {
            (Some(time), _) => held.value.time == Some(time),
            (None, Arrival::Asked) => held.value == fix,
            (None, _) => false,
        });
        let at = match again {
            Some(held) => held.at,
            None => now,
        };
        let is_new = again.is_none();
        self.snapshot.doubt = match arrival {
            Arrival::Replayed => None,
            Arrival::Live | Arrival::Asked => fix.time.and_then(|said| doubt(said, clock)),
        };
        let mut held = Held { value: fix, at };
        if arrival == Arrival::Asked && is_new {
            // It may have been found long ago.
            held.at = match before {
                None if self.snapshot.doubt.is_none() => {
                    // Only the clocks can tell.
                    now.before(since(fix.time, Some(clock)).unwrap_or_default())
                }
                None => now,
                // The receiver's own clock went on by so much since then, which may be a second
                // after a night's sleep.
                Some(held) => match (self.came, since(held.value.time, fix.time)) {
                    (Some(came), Some(passed)) => came.plus(passed).min(now),
                    _ => now,
                },
            };
        }
        if is_new {
            self.came = Some(now);
        }
        self.snapshot.fix = Some(held);
        if is_new {
            self.extend_track(held);
        }
        is_new
    }

    fn extend_track(&mut self, fix: Held<Fix>) {
        let (Some(position), true) = (fix.value.position, self.track_points > 0) else {
            return;
        };
        let track = Arc::make_mut(&mut self.snapshot.track);
        // The newest is always there; those before it are a step apart.
        if let [.., before, last] = track.as_slice()
            && last.at.since(before.at) < TRACK_STEP
        {
            track.pop();
        }
        if track.len() >= self.track_points {
            track.remove(0);
        }
        track.push(TrackPoint {
            at: fix.at,
            position,
            altitude_msl_m: fix.value.altitude_msl_m,
            speed_mps: fix.value.speed_mps,
        });
    }
}

/// How much later the other is; `None` when it is earlier, or one is not known.
fn since(earlier: Option<Timestamp>, later: Option<Timestamp>) -> Option<Duration> {
    Duration::try_from(later?.duration_since(earlier?)).ok()
}
