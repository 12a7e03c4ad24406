//! The address book as it lies on the disk: read when a name is first wanted, and again when its
//! files have changed (inotify; nobody polls).

use std::collections::BTreeSet;
use std::io::Write;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};

use super::Contacts;
use super::folder::{self, Damage, Place};
use crate::bar::clean;
use crate::sms::number::region::Region;
use crate::sms::store::Store;
use crate::sms::watch::Watch;

/// A synchronizing program writes many files in a row: that has to be over, so long.
const SETTLE: Duration = Duration::from_millis(300);

/// An address book, not read before it is asked for.
#[derive(Debug)]
pub struct Book {
    places: Vec<Place>,
    region: Option<Region>,
    watch: Option<Watch>,
    contacts: Option<Arc<Contacts>>,
}

impl Book {
    /// The address book at the configured places (`$XDG_DATA_HOME/contacts` without any).
    #[must_use]
    pub fn new(configured: &[PathBuf], region: Option<Region>) -> Self {
        Self {
            places: Place::all(configured),
            region,
            watch: None,
            contacts: None,
        }
    }

    /// The people as of now: read the first time, and read again only after a change.
    pub fn contacts(&mut self) -> Arc<Contacts> {
        let changed = self.watch.as_ref().is_some_and(Watch::drain);
        match &self.contacts {
            Some(contacts) if !changed => Arc::clone(contacts),
            _ => self.read(),
        }
    }

    /// Who sent the newest unread message: the contact's name, or the number. The address book is
    /// not read when there is none.
    pub fn newest_sender(&mut self, store: &Store) -> Option<String> {
        let message = store.newest_unread().ok()??;
        let contacts = self.contacts();
        let name = contacts.name(&message.address).map(str::to_owned);
        Some(name.unwrap_or(message.address))
    }

    fn read(&mut self) -> Arc<Contacts> {
        let mut found = folder::read(&self.places);
        // Watched from now on, and read once more: nothing can fall between the two.
        self.watch = Watch::new().ok();
        if let Some(watch) = &self.watch {
            let watched = found
                .folders
                .iter()
                .filter(|folder| watch.files(folder).is_ok());
            if watched.count() > 0 {
                found = folder::read(&self.places);
            }
        }
        complain(&found.damaged);
        let contacts = Arc::new(Contacts::new(found.people, self.region, found.damaged));
        self.contacts = Some(Arc::clone(&contacts));
        contacts
    }

    /// What to poll for a change; nothing before the first reading.
    #[must_use]
    pub fn changes(&self) -> Option<BorrowedFd<'_>> {
        self.watch.as_ref().map(AsFd::as_fd)
    }
}

/// Says on standard error what could not be read: once in a process, in which several may have the
/// address book open.
fn complain(damaged: &[Damage]) {
    static SAID: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    for Damage { path, reason } in damaged {
        if said.insert(path.clone()) {
            let sentence = format!("cannot read all contacts of '{}': {reason}", path.display());
            let _ = writeln!(std::io::stderr(), "{}", clean(&sentence));
        }
    }
}

/// Reads an address book on a thread of its own, and again at every change. Dropped, it ends.
pub struct Watcher {
    stop: Arc<OwnedFd>,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    /// Starts reading; `tell` is called from that thread with the first result and every new one.
    ///
    /// # Errors
    /// When the system has no more descriptors or threads.
    pub fn start(
        mut book: Book,
        tell: impl Fn(Arc<Contacts>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let stop = Arc::new(eventfd(0, EventfdFlags::CLOEXEC)?);
        let stopped = Arc::clone(&stop);
        let thread = std::thread::Builder::new()
            .name("contacts".into())
            .spawn(move || {
                let mut known = book.contacts();
                tell(Arc::clone(&known));
                while let Some(true) = wait(&stopped, book.changes(), None) {
                    if wait(&stopped, None, Some(SETTLE)).is_none() {
                        return;
                    }
                    let now = book.contacts();
                    if now != known {
                        tell(Arc::clone(&now));
                        known = now;
                    }
                }
            })?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = rustix::io::write(&*self.stop, &1_u64.to_ne_bytes());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Waits: `None` when it is to stop, `true` for a change, `false` when the time is over.
fn wait(stop: &OwnedFd, changes: Option<BorrowedFd<'_>>, time: Option<Duration>) -> Option<bool> {
    let mut fds = vec![PollFd::new(stop, PollFlags::IN)];
    fds.extend(changes.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    let ready = loop {
        match poll(&mut fds, time.as_ref()) {
            Err(rustix::io::Errno::INTR) => {}
            ready => break ready.ok()?,
        }
    };
    let stopped = fds.first().is_none_or(|fd| !fd.revents().is_empty());
    (!stopped).then_some(ready > 0)
}
