//! Following the network for as long as somebody reads (`xnm --follow`).

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::Arc;

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};
use rustix::io::Errno;

use super::options::Options;
use super::snapshot::{Service, Snapshot};
use super::source::Source;

/// Calls `tell` with the state at every change of it, until nobody reads `output` any more: a bar
/// that is gone must not leave a process behind. Between changes it sleeps.
///
/// # Errors
/// What `tell` gives, and when the system has no more descriptors. Errors of the world are part
/// of the state.
pub fn follow(
    options: Options,
    output: BorrowedFd<'_>,
    tell: &mut dyn FnMut(&Snapshot) -> io::Result<()>,
) -> io::Result<()> {
    let news = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
    let wake = Arc::clone(&news);
    let source = Source::start(options, move || {
        // It can only be full, and then the reader wakes up anyhow.
        let _ = rustix::io::write(&*wake, &1_u64.to_ne_bytes());
    });
    let mut told: Option<Arc<Snapshot>> = None;
    loop {
        let now = source.latest();
        let is_news = told.as_ref() != Some(&now);
        // Within milliseconds something is known, or that nobody answers.
        if is_news && now.service != Service::Starting {
            tell(&now)?;
            told = Some(now);
        }
        let mut fds = [
            PollFd::new(&*news, PollFlags::IN),
            // Nothing is waited for there; that it is closed is told all the same.
            PollFd::new(&output, PollFlags::empty()),
        ];
        match poll(&mut fds, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        let [_, audience] = &fds;
        if !audience.revents().is_empty() {
            return Ok(());
        }
        let mut count = [0; 8];
        let _ = rustix::io::read(&*news, &mut count);
    }
}
