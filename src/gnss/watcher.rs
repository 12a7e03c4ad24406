//! Waiting for a source's snapshots in a program without a window.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};

use super::clock::{Alarm, Moment};
use super::options::{Options, Wanted};
use super::snapshot::Snapshot;
use super::source::Source;

/// A source, and the means to sleep until it has something new.
pub struct Watcher {
    source: Source,
    news: Arc<OwnedFd>,
    alarm: Alarm,
    /// Readable once the program was asked to end.
    stop: Option<UnixStream>,
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
    /// The program was asked to end (`SIGINT`, `SIGTERM`, `SIGHUP`).
    Stopped,
}

impl Watcher {
    /// Starts a source. With one that may switch a modem's receiver on, signals end the waiting
    /// and no more the program, so that it is switched off again.
    ///
    /// # Errors
    /// When the system has no more descriptors.
    pub fn start(options: Options) -> std::io::Result<Self> {
        let news = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let alarm = Alarm::new()?;
        let stop = match options.wanted {
            Wanted::Auto | Wanted::Modem(_) | Wanted::ModemManager => Some(signals()?),
            Wanted::Gpsd(_) | Wanted::Nmea(_) | Wanted::File(_) => None,
        };
        let waker = Arc::clone(&news);
        let source = Source::start(options, move || {
            let _ = rustix::io::write(&*waker, &1_u64.to_ne_bytes());
        });
        Ok(Self {
            source,
            news,
            alarm,
            stop,
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
            let stop = self.stop.as_ref();
            fds.extend(stop.map(|stop| PollFd::new(stop, PollFlags::IN)));
            let at = fds.len();
            // Nothing is waited for there; that it is closed is told all the same.
            fds.extend(audience.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::empty())));
            match poll(&mut fds, None) {
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(errno) => return Err(errno.into()),
            }
            let is_set = |at: usize| fds.get(at).is_some_and(|fd| !fd.revents().is_empty());
            if at > 2 && is_set(2) {
                return Ok(Woken::Stopped);
            }
            if is_set(0) {
                let mut count = [0; 8];
                let _ = rustix::io::read(self.news.as_fd(), &mut count);
                return Ok(Woken::News);
            }
            if is_set(at) {
                return Ok(Woken::Unread);
            }
            if is_set(1) {
                return Ok(Woken::Time);
            }
        }
    }
}

/// What is readable once a signal asked the program to end.
fn signals() -> std::io::Result<UnixStream> {
    let (told, teller) = UnixStream::pair()?;
    for signal in crate::signals::that_end() {
        signal_hook::low_level::pipe::register(signal, teller.try_clone()?)?;
    }
    Ok(told)
}
