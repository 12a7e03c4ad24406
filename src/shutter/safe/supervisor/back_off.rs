//! How long to wait before a service that ended is started anew.

use std::time::Duration;

/// After the first end.
const FIRST: Duration = Duration::from_secs(1);
/// Longest.
const LAST: Duration = Duration::from_secs(60);
/// A service that ran for so long has proved itself.
const PROOF: Duration = Duration::from_secs(60);

/// Twice as long each time that it ended at once.
#[derive(Debug, Default)]
pub struct BackOff(Option<Duration>);

impl BackOff {
    /// The pause after a service that ran for so long.
    pub fn after(&mut self, ran: Duration) -> Duration {
        let next = match self.0 {
            Some(last) if ran < PROOF => (last * 2).min(LAST),
            _ => FIRST,
        };
        self.0 = Some(next);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_that_ends_again_and_again_is_started_ever_later() {
        let mut back_off = BackOff::default();
        let pauses: Vec<u64> = (0..8)
            .map(|_| back_off.after(Duration::ZERO).as_secs())
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(back_off.after(Duration::from_secs(3600)).as_secs(), 1);
        assert_eq!(back_off.after(Duration::ZERO).as_secs(), 2);
    }
}
