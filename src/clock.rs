//! A clock that is never set, and counts on while the machine sleeps (`CLOCK_BOOTTIME`).
//!
//! `std::time::Instant` stands still during suspend: after a night with the lid closed, the
//! position of yesterday would look a few seconds old.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use rustix::time::{
    ClockId, Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, clock_gettime,
    timerfd_create, timerfd_settime,
};

/// A moment on that clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Moment(Duration);

impl Moment {
    /// Now.
    #[must_use]
    pub fn now() -> Self {
        let now = clock_gettime(ClockId::Boottime);
        // The clock starts at zero when the machine does.
        Self(Duration::try_from(now).unwrap_or_default())
    }

    /// So long after the start of the clock, for tests and replays.
    #[must_use]
    pub fn at(since_start: Duration) -> Self {
        Self(since_start)
    }

    /// So much later.
    #[must_use]
    pub fn plus(self, time: Duration) -> Self {
        Self(self.0.saturating_add(time))
    }

    /// So much earlier, at the start of the clock at the earliest.
    #[must_use]
    pub fn before(self, time: Duration) -> Self {
        Self(self.0.saturating_sub(time))
    }

    /// How long after `earlier` this is; zero when it is before.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }
}

/// How long the machine has slept since it was started.
#[must_use]
pub fn slept() -> Duration {
    let awake = clock_gettime(ClockId::Monotonic);
    Moment::now()
        .0
        .saturating_sub(Duration::try_from(awake).unwrap_or_default())
}

/// A descriptor that becomes readable at a moment, also when the machine slept meanwhile.
#[derive(Debug)]
pub struct Alarm {
    fd: OwnedFd,
}

impl Alarm {
    /// An alarm that is not set.
    ///
    /// # Errors
    /// When the system has no more descriptors.
    pub fn new() -> std::io::Result<Self> {
        let flags = TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK;
        Ok(Self {
            fd: timerfd_create(TimerfdClockId::Boottime, flags)?,
        })
    }

    /// Sets it, or with `None` unsets it. A moment that has passed is due at once.
    ///
    /// # Errors
    /// What the system says.
    pub fn set(&self, at: Option<Moment>) -> std::io::Result<()> {
        let zero = Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        };
        let it_value = match at {
            None => zero,
            // All zero would unset it.
            Some(at) => Timespec::try_from(at.0.max(Duration::from_nanos(1))).unwrap_or(zero),
        };
        let spec = Itimerspec {
            it_interval: zero,
            it_value,
        };
        timerfd_settime(&self.fd, TimerfdTimerFlags::ABSTIME, &spec)?;
        Ok(())
    }
}

impl AsFd for Alarm {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use rustix::event::{PollFd, PollFlags, poll};

    use super::*;

    #[test]
    fn an_alarm_rings_at_its_moment_and_not_before() {
        let alarm = Alarm::new().unwrap();
        let start = Moment::now();
        let at = start.plus(Duration::from_millis(30));
        alarm.set(Some(at)).unwrap();
        poll(&mut [PollFd::new(&alarm, PollFlags::IN)], None).unwrap();
        assert!(Moment::now() >= at);
        alarm.set(Some(Moment::default())).unwrap();
        poll(&mut [PollFd::new(&alarm, PollFlags::IN)], None).unwrap();
    }

    #[test]
    fn what_is_earlier_is_not_ago() {
        let now = Moment::now();
        assert_eq!(now.since(now.plus(Duration::from_secs(1))), Duration::ZERO);
    }
}
