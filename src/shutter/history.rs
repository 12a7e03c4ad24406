//! The last pictures, and how punctual those of a plan were.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::snapshot::{Jitter, Shot};

/// So many pictures are kept.
pub const KEPT: usize = 200;

/// The last pictures, oldest first.
#[derive(Debug, Clone, Default)]
pub struct History(VecDeque<Shot>);

impl History {
    /// Of these; of two with one number the later, of all the last [`KEPT`].
    #[must_use]
    pub fn of(shots: impl IntoIterator<Item = Shot>) -> Self {
        let by_number: BTreeMap<u64, Shot> =
            shots.into_iter().map(|shot| (shot.number, shot)).collect();
        let mut history = Self::default();
        by_number.into_values().for_each(|shot| history.add(shot));
        history
    }

    /// One more.
    pub fn add(&mut self, shot: Shot) {
        if self.0.len() >= KEPT {
            self.0.pop_front();
        }
        self.0.push_back(shot);
    }

    /// Oldest first.
    #[must_use]
    pub fn shots(&self) -> Vec<Shot> {
        self.0.iter().cloned().collect()
    }

    /// The last.
    #[must_use]
    pub fn last(&self) -> Option<&Shot> {
        self.0.back()
    }
}

/// How late shots were: counts in steps of about 6 percent, so that a plan of a million shots is
/// as small as one of ten.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Lateness {
    /// Step and count.
    steps: BTreeMap<u16, u32>,
    /// The worst, microseconds.
    max_us: u64,
}

/// Steps in each doubling, as a power of two.
const FINE: u32 = 4;

impl Lateness {
    /// One more shot.
    pub fn add(&mut self, late: Duration) {
        let us = u64::try_from(late.as_micros()).unwrap_or(u64::MAX);
        let count = self.steps.entry(step(us)).or_default();
        *count = count.saturating_add(1);
        self.max_us = self.max_us.max(us);
    }

    /// `None` before the first shot.
    #[must_use]
    pub fn jitter(&self) -> Option<Jitter> {
        let total: u64 = self.steps.values().map(|count| u64::from(*count)).sum();
        (total > 0).then(|| Jitter {
            p50: self.percentile(total, 50),
            p99: self.percentile(total, 99),
            max: ms(self.max_us),
        })
    }

    fn percentile(&self, total: u64, percent: u64) -> f64 {
        let rank = (total * percent).div_ceil(100);
        let mut seen = 0;
        for (step, count) in &self.steps {
            seen += u64::from(*count);
            if seen >= rank {
                return ms(highest(*step).min(self.max_us));
            }
        }
        ms(self.max_us)
    }
}

fn ms(us: u64) -> f64 {
    us as f64 / 1000.0
}

/// Small values are their own step; larger ones share it with those that begin with the same bits.
fn step(us: u64) -> u16 {
    let bits = u64::BITS - us.leading_zeros();
    let drop = bits.saturating_sub(FINE + 1);
    // At most 60 << 4 | 31.
    ((drop << FINE) as u64 + (us >> drop)) as u16
}

/// The highest value of a step.
fn highest(step: u16) -> u64 {
    let step = u64::from(step);
    if step < 2 << FINE {
        return step;
    }
    let drop = (step >> FINE) - 1;
    let lead = step - (drop << FINE);
    (((u128::from(lead) + 1) << drop) - 1)
        .try_into()
        .unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lateness_is_in_its_step_and_no_more_than_7_percent_below_its_top() {
        for us in (0..2000).chain([12_345, 999_999, 86_400_000_000, u64::MAX / 3, u64::MAX]) {
            let top = highest(step(us));
            assert!(top >= us, "{us}: {top}");
            assert!((top - us) as f64 <= us as f64 * 0.07, "{us}: {top}");
            assert!(us == 0 || step(us) >= step(us - 1));
        }
    }

    #[test]
    fn the_median_the_99th_and_the_worst_are_told_apart() {
        let mut late = Lateness::default();
        assert_eq!(late.jitter(), None);
        (0..98).for_each(|_| late.add(Duration::from_micros(20)));
        late.add(Duration::from_micros(31));
        late.add(Duration::from_millis(40));
        let jitter = late.jitter().unwrap();
        assert_eq!((jitter.p50, jitter.p99, jitter.max), (0.02, 0.031, 40.0));
    }
}
