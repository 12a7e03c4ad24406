//! The line for as long as the bar runs: at every change, and once a second while a count-down is
//! shown. At rest nothing ticks.

use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;

use jiff::Timestamp;
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::io::Errno;

use super::cameras::{Camera, Standing};
use super::client::Server;
use super::source::Source;

/// Calls `tell` with the state at every change of it, until nobody reads `output` any more;
/// `ticking` is whether it shows how long it is to the next shot.
///
/// # Errors
/// What `tell` gives, and what the system says of waiting.
pub fn follow(
    servers: Vec<Server>,
    ticking: bool,
    output: BorrowedFd<'_>,
    tell: &mut dyn FnMut(&[Camera], Timestamp) -> io::Result<()>,
) -> io::Result<()> {
    let waker = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
    let woken = Arc::clone(&waker);
    let source = Source::start(servers, move || {
        let _ = rustix::io::write(&*woken, &1_u64.to_ne_bytes());
    });
    let mut heard = false;
    loop {
        let (now, cameras) = (Timestamp::now(), source.latest());
        // The first line waits for the first word, so that no bar flickers at its start.
        heard = heard || cameras.iter().any(|c| c.standing() != Standing::Connecting);
        if heard {
            tell(&cameras, now)?;
        }
        let tick = cameras.iter().filter_map(|camera| next_tick(camera, now));
        let tick = tick.min().filter(|_| ticking);
        // Nothing is waited for at the output; that it is closed is told all the same.
        let mut fds = [
            PollFd::from_borrowed_fd(output, PollFlags::empty()),
            PollFd::from_borrowed_fd(waker.as_fd(), PollFlags::IN),
        ];
        let time = tick.map(|ms| Timespec {
            tv_sec: ms / 1000,
            tv_nsec: ms % 1000 * 1_000_000,
        });
        match poll(&mut fds, time.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        if fds.first().is_some_and(|fd| !fd.revents().is_empty()) {
            return Ok(());
        }
        let mut count = [0; 8];
        let _ = rustix::io::read(&*waker, &mut count);
    }
}

/// Milliseconds to the moment when a count-down shows another number.
fn next_tick(camera: &Camera, now: Timestamp) -> Option<i64> {
    let running = matches!(camera.standing(), Standing::Running | Standing::Failing);
    let left = camera.exposing_for(now).filter(|left| !left.is_zero());
    let left = left.or_else(|| camera.next_in(now)).filter(|_| running)?;
    let left = i64::try_from(left.as_millis()).unwrap_or(i64::MAX);
    match left {
        0 => None,
        // Beyond a day, days are told.
        86_400_000.. => Some(60_000),
        // One more, so that the number is another one then.
        left => Some((left - 1).rem_euclid(1000) + 2),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::shutter::cameras::Link;
    use crate::shutter::snapshot::{Snapshot, State};

    fn camera(state: State, ms: i64) -> Camera {
        let now = Timestamp::UNIX_EPOCH;
        let snapshot = Snapshot {
            state,
            next_at: Some(now + SignedDuration::from_millis(ms)),
            ..Snapshot::default()
        };
        Camera {
            link: Link::Online,
            snapshot: Some(Arc::new(snapshot)),
            ..Camera::default()
        }
    }

    #[test]
    fn it_ticks_only_while_a_plan_runs_and_when_the_number_changes() {
        let tick = |state, ms| next_tick(&camera(state, ms), Timestamp::UNIX_EPOCH);
        assert_eq!(tick(State::Running, 3_400), Some(401));
        assert_eq!(tick(State::Running, 3_000), Some(1_001));
        assert_eq!(tick(State::Running, -5), None);
        assert_eq!(tick(State::Running, 200_000_000), Some(60_000));
        assert_eq!(tick(State::Paused, 3_400), None);
        assert_eq!(tick(State::Idle, 3_400), None);
        let mut lost = camera(State::Running, 3_400);
        lost.link = Link::Connecting;
        assert_eq!(next_tick(&lost, Timestamp::UNIX_EPOCH), None);
    }
}
