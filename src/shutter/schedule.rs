//! When each button of each shot is pressed: pure arithmetic on a plan.
//!
//! An interval is counted on a clock that nobody sets ([`Tick`]); windows and the start follow
//! the wall clock. All deadlines are absolute: a shot that comes late does not move the next one.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use calendar::{Calendar, Span};
pub use course::{Aim, Course, Passed, changed};
pub use shot::{Press, Shot, exposure, frames};
pub use simulate::{Planned, simulate};

mod calendar;
mod course;
mod shot;
mod simulate;

/// A moment on the clock that is never set, nanoseconds; below zero before the machine's start.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize,
)]
pub struct Tick(i64);

impl Tick {
    /// So many nanoseconds after the machine's start.
    #[must_use]
    pub const fn at(nanoseconds: i64) -> Self {
        Self(nanoseconds)
    }

    /// So much later.
    #[must_use]
    pub fn plus(self, time: Duration) -> Self {
        let time = i64::try_from(time.as_nanos()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(time))
    }

    /// So much earlier.
    #[must_use]
    pub fn before(self, time: Duration) -> Self {
        let time = i64::try_from(time.as_nanos()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(time))
    }

    /// How long after `earlier` this is; zero when it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.nanoseconds_since(earlier).try_into().unwrap_or(0))
    }

    /// The same with a sign.
    #[must_use]
    pub fn nanoseconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The two clocks at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// Never set, goes on during suspend.
    pub tick: Tick,
    /// What people call the time; may jump.
    pub wall: Timestamp,
}

impl Now {
    /// What the wall clock shows at a moment, if nobody sets it.
    #[must_use]
    pub fn wall_at(&self, tick: Tick) -> Timestamp {
        let nanoseconds = self.wall.as_nanosecond() + i128::from(tick.nanoseconds_since(self.tick));
        let there_is = Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond();
        let nanoseconds = nanoseconds.clamp(*there_is.start(), *there_is.end());
        Timestamp::from_nanosecond(nanoseconds).unwrap_or(self.wall)
    }

    /// When the wall clock shows a time, if nobody sets it.
    #[must_use]
    pub fn tick_at(&self, wall: Timestamp) -> Tick {
        let ahead = wall.as_nanosecond() - self.wall.as_nanosecond();
        let ahead = ahead.clamp(i64::MIN.into(), i64::MAX.into());
        Tick(
            self.tick
                .0
                .saturating_add(i64::try_from(ahead).unwrap_or(0)),
        )
    }
}

/// A time of the wall clock so much later.
#[must_use]
pub fn later(wall: Timestamp, time: Duration) -> Timestamp {
    wall.checked_add(time).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
