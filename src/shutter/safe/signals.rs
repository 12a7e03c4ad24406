//! Signals that are to end a process.

use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT};

use crate::signals;

/// As good as for ever.
const A_DAY: Duration = Duration::from_secs(86_400);

/// They do nothing else from now on, but are told here.
pub struct Signals {
    caught: UnixStream,
    last: Arc<AtomicUsize>,
}

impl Signals {
    /// Catches SIGTERM, SIGINT, and SIGHUP unless it was ignored at the start.
    pub fn catch() -> io::Result<Self> {
        let (caught, teller) = UnixStream::pair()?;
        caught.set_nonblocking(true)?;
        let last = Arc::new(AtomicUsize::new(0));
        for signal in signals::that_end() {
            let number = usize::try_from(signal).unwrap_or_default();
            // The number stands before the byte comes: they are called in this order.
            signal_hook::flag::register_usize(signal, Arc::clone(&last), number)?;
            signal_hook::low_level::pipe::register(signal, teller.try_clone()?)?;
        }
        Ok(Self { caught, last })
    }

    /// The last one that came since this was asked.
    pub fn take(&mut self) -> Option<Signal> {
        let mut bytes = [0; 16];
        let count = self.caught.read(&mut bytes).unwrap_or(0);
        (count > 0).then(|| match self.last.load(Ordering::SeqCst) {
            number if i32::try_from(number) == Ok(SIGINT) => Signal::INT,
            number if i32::try_from(number) == Ok(SIGHUP) => Signal::HUP,
            _ => Signal::TERM,
        })
    }

    /// Waits for one.
    pub fn within(&mut self, limit: Duration) -> io::Result<Option<Signal>> {
        let now = Instant::now();
        let until = now.checked_add(limit).unwrap_or(now + A_DAY);
        loop {
            if let Some(signal) = self.take() {
                return Ok(Some(signal));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            let wait = left.try_into().ok();
            match poll(
                &mut [PollFd::new(&self.caught, PollFlags::IN)],
                wait.as_ref(),
            ) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(errno) => return Err(errno.into()),
            }
        }
    }
}

impl AsFd for Signals {
    /// Readable when one came.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.caught.as_fd()
    }
}
