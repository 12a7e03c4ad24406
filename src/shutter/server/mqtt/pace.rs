//! How often something may happen: a flood of messages must not take the processor from the
//! shutter.

use std::time::{Duration, Instant};

/// So many a second on average, with some at once.
#[derive(Debug)]
pub struct Pace {
    per_second: f64,
    at_once: f64,
    left: f64,
    at: Instant,
}

impl Pace {
    /// `at_once` may happen together, `per_second` in the long run; both above 0.
    #[must_use]
    pub fn new(per_second: f64, at_once: f64, now: Instant) -> Self {
        Self {
            per_second,
            at_once,
            left: at_once,
            at: now,
        }
    }

    /// Takes one; where there is none left, says after which time there will be.
    ///
    /// # Errors
    /// The time to wait.
    pub fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.at = now;
        self.left = (self.left + passed * self.per_second).min(self.at_once);
        if self.left >= 1.0 {
            self.left -= 1.0;
            Ok(())
        } else {
            Err(Duration::from_secs_f64((1.0 - self.left) / self.per_second))
        }
    }
}

/// The pauses between tries: 1 s at first, doubled up to a minute.
#[derive(Debug, Default)]
pub struct BackOff(u32);

impl BackOff {
    /// The next pause. `chance` (0..=255) makes it up to a quarter shorter, so that many cameras do
    /// not come back to a broker in step.
    pub fn next(&mut self, chance: u8) -> Duration {
        let whole = Duration::from_secs(1 << self.0).min(Duration::from_secs(60));
        self.0 = (self.0 + 1).min(6);
        whole - whole * u32::from(chance) / 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_gets_what_it_may_and_no_more() {
        let start = Instant::now();
        let mut pace = Pace::new(10.0, 3.0, start);
        let mut let_through = 0;
        for ms in 0..2000 {
            let now = start + Duration::from_millis(ms);
            match pace.take(now) {
                Ok(()) => let_through += 1,
                Err(wait) => assert!(wait <= Duration::from_millis(101), "{wait:?}"),
            }
        }
        assert!((22..=23).contains(&let_through), "{let_through}");
    }

    #[test]
    fn pauses_grow_to_a_minute() {
        let mut pauses = BackOff::default();
        let whole: Vec<u64> = (0..8).map(|_| pauses.next(0).as_secs()).collect();
        assert_eq!(whole, [1, 2, 4, 8, 16, 32, 60, 60]);
        let short = pauses.next(255);
        assert!(short >= Duration::from_secs(45) && short < Duration::from_secs(60));
    }
}
