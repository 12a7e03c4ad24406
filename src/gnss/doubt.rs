//! Whether a receiver's date can be believed.
//!
//! GPS counts weeks modulo 1024 (IS-GPS-200, clause 20.3.3.3.1.1), and a receiver older than its
//! firmware's pivot week reports dates 19.6 years early. Such a date is told, and not trusted:
//! the receiver's position and time of day are right all the same.

use jiff::{SignedDuration, Timestamp};

/// What is wrong with a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It is a multiple of 1024 weeks off; `corrected` is what it must be.
    WeekRollover {
        /// The date with the missing weeks.
        corrected: Timestamp,
    },
    /// More than a day before this machine's clock.
    Past,
    /// More than a day after this machine's clock.
    Future,
}

/// 1024 weeks.
const ERA: SignedDuration = SignedDuration::from_hours(1024 * 7 * 24);
/// Clocks that differ by less agree: only dates are doubted.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Compares what the receiver said with this machine's clock.
#[must_use]
pub fn doubt(said: Timestamp, clock: Timestamp) -> Option<Doubt> {
    let ahead = said.duration_since(clock);
    if ahead.abs() <= DAY {
        return None;
    }
    for eras in [-2, -1, 1, 2, 3] {
        let shift = ERA.saturating_mul(eras);
        if let Ok(corrected) = said.checked_add(shift)
            && corrected.duration_since(clock).abs() <= DAY
        {
            return Some(Doubt::WeekRollover { corrected });
        }
    }
    Some(if ahead.is_negative() {
        Doubt::Past
    } else {
        Doubt::Future
    })
}

impl Doubt {
    /// In a word, for other programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::WeekRollover { .. } => "week-rollover",
            Self::Past => "past",
            Self::Future => "future",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_that_lacks_1024_weeks_is_recognised_and_mended() {
        let clock = at("2026-11-24T12:00:00Z");
        let said = at("2007-04-10T11:59:58Z");
        assert_eq!(
            doubt(said, clock),
            Some(Doubt::WeekRollover {
                corrected: at("2026-11-24T11:59:58Z")
            })
        );
        assert_eq!(doubt(at("2026-11-24T20:00:00Z"), clock), None);
        assert_eq!(doubt(at("2019-01-01T00:00:00Z"), clock), Some(Doubt::Past));
        assert_eq!(
            doubt(at("2030-01-01T00:00:00Z"), clock),
            Some(Doubt::Future)
        );
    }
}
