//! The engine's clock: one that is never set, for intervals; the wall's, for windows; and a wait
//! that can be interrupted. Tests have their own.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

use jiff::Timestamp;
use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};

use crate::clock::{Alarm, Moment};
use crate::shutter::schedule::{Now, Tick};

/// It turns at least so often: the wall clock may be set, a watchdog wants to know.
const TURN: Duration = Duration::from_secs(1);

/// What the engine waits by.
pub trait Clock: Send + Sync {
    /// Both clocks.
    fn now(&self) -> Now;

    /// Waits for a moment, until it is woken, or for about a second; whichever is first.
    fn wait(&self, until: Option<Tick>);

    /// Ends a wait, or the next one where nobody waits.
    fn wake(&self);
}

/// The system's clocks (`CLOCK_BOOTTIME`, `CLOCK_REALTIME`).
pub struct SystemClock {
    alarm: Alarm,
    woken: OwnedFd,
}

impl SystemClock {
    /// A clock.
    ///
    /// # Errors
    /// When the system has no more descriptors.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            alarm: Alarm::new()?,
            woken: eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?,
        })
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Now {
        Now {
            tick: Tick::default().plus(Moment::now().since(Moment::default())),
            wall: Timestamp::now(),
        }
    }

    fn wait(&self, until: Option<Tick>) {
        let turn = Moment::now().plus(TURN);
        let until = until.map_or(turn, |until| {
            Moment::at(until.since(Tick::default())).min(turn)
        });
        // An absolute alarm, not a timeout: it is exact, and counts while the machine sleeps.
        if self.alarm.set(Some(until)).is_err() {
            std::thread::sleep(until.since(Moment::now()).min(Duration::from_millis(10)));
            return;
        }
        let mut fds = [
            PollFd::new(&self.alarm, PollFlags::IN),
            PollFd::new(&self.woken, PollFlags::IN),
        ];
        let _ = poll(&mut fds, None);
        let _ = rustix::io::read(&self.woken, &mut [0; 8]);
    }

    fn wake(&self) {
        let _ = rustix::io::write(&self.woken, &1_u64.to_ne_bytes());
    }
}
