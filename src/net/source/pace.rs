//! When a change is shown: a first one soon, a storm of them not more often than eyes can follow.

use std::time::{Duration, Instant};

/// One act of NetworkManager's is told in several signals; they become one snapshot.
const GATHER: Duration = Duration::from_millis(3);
/// Snapshots come at least this far apart.
const APART: Duration = Duration::from_millis(50);

#[derive(Debug, Default)]
pub(super) struct Pace {
    last: Option<Instant>,
    due: Option<Instant>,
}

impl Pace {
    /// Something changed.
    pub(super) fn changed(&mut self, now: Instant) {
        let soon = now + GATHER;
        let due = self.last.map_or(soon, |last| soon.max(last + APART));
        // Further changes do not put it off.
        self.due.get_or_insert(due);
    }

    /// When the change is to be shown; `None` when there is none.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whether it is time; then it counts as shown.
    pub(super) fn is_time(&mut self, now: Instant) -> bool {
        let is_time = self.due.is_some_and(|due| due <= now);
        if is_time {
            self.due = None;
            self.last = Some(now);
        }
        is_time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_change_shows_at_once_and_a_storm_twenty_times_a_second() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let mut shown = Vec::new();
        for ms in 0..1000 {
            let now = start + Duration::from_millis(ms);
            pace.changed(now);
            if pace.is_time(now) {
                shown.push(ms);
            }
        }
        assert_eq!(shown.first(), Some(&3));
        assert_eq!(shown.len(), 20, "{shown:?}");
        // The last change of a storm is not lost.
        assert!(pace.due().is_some());
        assert!(pace.is_time(start + Duration::from_millis(1050)));
        assert_eq!(pace.due(), None);
    }
}
