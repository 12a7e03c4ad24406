//! Waiting for a source's snapshots in a program without a window.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};

use super::clock::{Alarm, Moment};
use super::options::Options;
use super::snapshot::Snapshot;
use super::source::Source;

/// A source, and the means to sleep until it has something new.
pub struct Watcher {
    source: Source,
    news: Arc<OwnedFd>,
    alarm: Alarm,
}

/// Why the waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// There is a new snapshot.
    News,
    /// The moment has come.
    Time,
    /// Nobody reads the output any more.
    Unread,
}

impl Watcher {
    /// Starts a source.
    ///
    /// # Errors
    /// When the system has no more descriptors.
    pub fn start(options: Options) -> std::io::Result<Self> {
        let news = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let alarm = Alarm::new()?;
        let waker = Arc::clone(&news);
        let source = Source::start(options, move || {
            let _ = rustix::io::write(&*waker, &1_u64.to_ne_bytes());
        });
        Ok(Self {
            source,
            news,
            alarm,
        })
    }

    /// The source, for its snapshots and for commands.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The newest snapshot.
    #[must_use]
    pub fn latest(&self) -> Arc<Snapshot> {
        self.source.latest()
    }

    /// Sleeps until there is a new snapshot, until the moment, or until `audience` is closed on
    /// its other side.
    ///
    /// # Errors
    /// What the system says.
    pub fn wait(
        &self,
        until: Option<Moment>,
        audience: Option<BorrowedFd<'_>>,
    ) -> std::io::Result<Woken> {
        self.alarm.set(until)?;
        loop {
            let mut fds = vec![
                PollFd::new(&*self.news, PollFlags::IN),
                PollFd::new(&self.alarm, PollFlags::IN),
            ];
            // Nothing is waited for there; that it is closed is told all the same.
            fds.extend(audience.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::empty())));
            match poll(&mut fds, None) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(errno) => return Err(errno.into()),
            }
            let is_set = |at: usize| fds.get(at).is_some_and(|fd| !fd.revents().is_empty());
            if is_set(0) {
                let mut count = [0; 8];
                let _ = rustix::io::read(self.news.as_fd(), &mut count);
                return Ok(Woken::News);
            }
            if is_set(2) {
                return Ok(Woken::Unread);
            }
            if is_set(1) {
                return Ok(Woken::Time);
            }
        }
    }
}
