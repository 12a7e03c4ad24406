//! Keeping the modem: take the port, serve it, and when it is lost or held by a sibling, wait
//! for the moment when it can be had.
//!
//! One process has the modem at a time; the others see its work in the store. Whoever has it
//! writes a note there for the others. A locked SIM's port is let go, so that the popup can
//! open it with the PIN that the person types there.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, eventfd, poll};
use rustix::process::{PidfdFlags, pidfd_open};

use super::Options;
use super::note::Note;
use super::owner::{Key, Owner, Trouble};
use super::snapshot::{Lock, Modem, ModemState};
use super::store::Store;
use super::watch::Watch;
use crate::at::OpenError;
use crate::at::port::Holder;

/// What a link can be asked for while it runs.
#[derive(Debug)]
pub enum Ask {
    /// Open the SIM with this.
    Unlock(Key),
    /// Look for the modem again, now.
    Retry,
    /// End.
    Stop,
}

/// What a link knows; told at every change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The modem.
    pub modem: Modem,
    /// What is wrong with it, one sentence.
    pub error: Option<String>,
    /// A key is being tried.
    pub unlocking: bool,
    /// The key that was tried did not help.
    pub unlock_failed: bool,
}

/// The other end of a running link.
#[derive(Clone)]
pub struct Remote {
    asks: Sender<Ask>,
    wake: Arc<OwnedFd>,
}

impl Remote {
    /// Asks for something; the answer comes as a [`Report`].
    pub fn ask(&self, ask: Ask) {
        // A link that has ended cannot be asked, and nobody waits for its answer.
        let _ = self.asks.send(ask);
        let _ = rustix::io::write(&*self.wake, &1_u64.to_ne_bytes());
    }
}

/// A link to the modem, not running yet.
pub struct Link {
    options: Options,
    asks: Receiver<Ask>,
    wake: Arc<OwnedFd>,
    watch: Watch,
    report: Report,
    key: Option<Key>,
    stop: bool,
    /// Where the lines go: nobody reading it any more is a reason to end.
    audience: Option<OwnedFd>,
}

/// Operator and signal are asked for this often, and the modem whether it is still there.
const LOOK_AROUND: Duration = Duration::from_secs(60);
/// A modem that does not tell of new messages is asked this often.
const POLL: Duration = Duration::from_secs(15);
/// Even a modem that tells is asked this often: an announcement can get lost.
const COLLECT: Duration = Duration::from_secs(600);
/// A port that cannot be had is tried again this often, besides at every change of its folder.
const RETRY: Duration = Duration::from_secs(5);
/// A locked SIM is looked at this often: somebody else may have unlocked it.
const RETRY_LOCKED: Duration = Duration::from_secs(60);

/// Why the waiting ended.
enum Woken {
    Asked,
    Changed,
    Time,
}

impl Link {
    /// A link and its remote.
    ///
    /// # Errors
    /// When the system has no more descriptors.
    pub fn new(options: Options) -> std::io::Result<(Self, Remote)> {
        let (sender, asks) = channel();
        let wake = Arc::new(eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?);
        let watch = Watch::new()?;
        let remote = Remote {
            asks: sender,
            wake: Arc::clone(&wake),
        };
        let report = Report::default();
        Ok((
            Self {
                options,
                asks,
                wake,
                watch,
                report,
                key: None,
                stop: false,
                audience: None,
            },
            remote,
        ))
    }

    /// Ends the link when nobody reads this any more: a bar that is gone must not leave a process
    /// behind that holds the modem.
    ///
    /// # Errors
    /// When the system has no more descriptors.
    pub fn end_when_unread(&mut self, output: BorrowedFd<'_>) -> std::io::Result<()> {
        self.audience = Some(output.try_clone_to_owned()?);
        Ok(())
    }

    /// Runs until it is asked to stop. `tell` is called at every change of modem or store.
    pub fn run(mut self, store: &mut Store, tell: &mut dyn FnMut(&mut Store, &Report)) {
        if let Some(directory) = self.options.store.parent() {
            // Without it other processes' changes are seen at the next look around.
            let _ = self.watch.store(directory);
        }
        let Some(device) = self.options.device.clone() else {
            self.report.modem = Modem::default();
            tell(store, &self.report);
            self.watch_store_only(store, tell);
            return;
        };
        for directory in [device.parent(), Some(Path::new("/dev"))]
            .into_iter()
            .flatten()
        {
            let _ = self.watch.devices(directory);
        }
        self.report.modem.device = Some(device.display().to_string());
        self.report.modem.state = ModemState::Starting;
        tell(store, &self.report);
        loop {
            let key = self.key.take();
            if key.is_some() {
                self.report.unlocking = true;
                tell(store, &self.report);
            }
            let found = node(&device);
            let ended = match Owner::start(&self.options, &device, store, key.as_ref()) {
                Ok(mut owner) => {
                    let served = self.serve(&mut owner, store, tell);
                    // What it had handed over before it was lost lies nowhere else.
                    let kept = owner.keep_news(store);
                    served.and(kept.map(drop).map_err(Trouble::from))
                }
                Err(trouble) => Err(trouble),
            };
            self.report.unlocking = false;
            let Err(trouble) = ended else {
                // The port is free again: whoever waits for it need not wait for our end.
                self.report.modem.state = ModemState::Starting;
                Note::of(&self.report).write(store);
                return;
            };
            if let Trouble::Open(OpenError::Busy {
                holder: Some(holder),
                ..
            }) = &trouble
                && holder.is_barpop()
            {
                // It may only be looking at the locked SIM: the key is still wanted.
                self.key = key;
                if self.follow(holder, store, tell) {
                    return;
                }
                continue;
            }
            self.report.unlock_failed = key.is_some();
            explain(&trouble, &mut self.report);
            Note::of(&self.report).write_news(store);
            tell(store, &self.report);
            self.report.unlock_failed = false;
            if self.wait_for_modem((&device, found), store, tell) {
                return;
            }
        }
    }

    /// The modem is ours: serve it until it is lost. `Ok` when asked to stop.
    fn serve(
        &mut self,
        owner: &mut Owner,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) -> Result<(), Trouble> {
        self.key = None;
        // Before the listing, so that nothing can fall between the two.
        owner.notify()?;
        owner.collect(store)?;
        self.adopt(owner, store, tell);
        owner.look_around()?;
        self.adopt(owner, store, tell);
        let mut version = None;
        let mut last_collect = Instant::now();
        let mut last_look = Instant::now();
        loop {
            owner.attend(store)?;
            let period = if owner.notifies() { COLLECT } else { POLL };
            if last_collect.elapsed() >= period {
                owner.collect(store)?;
                last_collect = Instant::now();
            }
            if last_look.elapsed() >= LOOK_AROUND {
                owner.look_around()?;
                last_look = Instant::now();
                // A message that waited for the network gets another chance.
                version = None;
            }
            let seen = store.data_version()?;
            if version != Some(seen) {
                version = Some(seen);
                owner.send_queued(store, &mut |store| {
                    tell(store, &self.report);
                    self.take_asks();
                    !self.stop
                })?;
            }
            self.adopt(owner, store, tell);
            if self.stop {
                return Ok(());
            }
            if owner.has_news() {
                // It came in while a command was in flight: nothing more may come to wake us.
                continue;
            }
            let left = period.saturating_sub(last_collect.elapsed());
            let left = left.min(LOOK_AROUND.saturating_sub(last_look.elapsed()));
            if matches!(self.wait(Some(owner.as_fd()), Some(left))?, Woken::Asked)
                && self.take_asks()
            {
                return Ok(());
            }
        }
    }

    fn adopt(
        &mut self,
        owner: &Owner,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) {
        self.report = Report {
            modem: owner.known().clone(),
            ..Report::default()
        };
        Note::of(&self.report).write(store);
        tell(store, &self.report);
    }

    /// A sibling has the modem: show what it writes down. `true` when asked to stop.
    fn follow(
        &mut self,
        holder: &Holder,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) -> bool {
        let ended = i32::try_from(holder.pid)
            .ok()
            .and_then(rustix::process::Pid::from_raw)
            .and_then(|pid| pidfd_open(pid, PidfdFlags::empty()).ok());
        // Without that descriptor it is gone already, or cannot be waited for.
        let patience = if ended.is_some() {
            LOOK_AROUND
        } else {
            Duration::from_millis(250)
        };
        let mut known = Note::read(store);
        loop {
            if let Some(note) = &known {
                self.report = Report {
                    modem: note.modem.clone(),
                    error: note.error.clone(),
                    ..Report::default()
                };
                if note.modem.state == ModemState::Ready {
                    self.key = None;
                }
            }
            tell(store, &self.report);
            match self.wait(ended.as_ref().map(AsFd::as_fd), Some(patience)) {
                Ok(Woken::Asked) if self.take_asks() => return true,
                Ok(Woken::Asked) if self.key.is_some() => return false,
                Ok(Woken::Time) | Err(_) => return false,
                Ok(_) => {}
            }
            if ended.as_ref().is_none_or(is_ready) {
                return false;
            }
            let note = Note::read(store);
            let let_go = note.as_ref().is_some_and(|note| {
                note.pid == holder.pid && note.modem.state != ModemState::Ready
            });
            if note != known && let_go {
                return false;
            }
            known = note;
        }
    }

    /// Waits until it is worth trying the port again. `true` when asked to stop.
    fn wait_for_modem(
        &mut self,
        (device, found): (&Path, Node),
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) -> bool {
        let locked = matches!(self.report.modem.state, ModemState::Locked(_));
        let until = Instant::now() + if locked { RETRY_LOCKED } else { RETRY };
        let mut version = store.data_version().ok();
        loop {
            if locked && node(device) != found {
                // Another modem, or none any more.
                return false;
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.wait(None, Some(left)) {
                Ok(Woken::Asked) => return self.take_asks(),
                Ok(Woken::Time) | Err(_) => return false,
                Ok(Woken::Changed) => {}
            }
            let seen = store.data_version().ok();
            if seen == version {
                // Something happened among the devices.
                if !locked {
                    return false;
                }
                continue;
            }
            version = seen;
            tell(store, &self.report);
            let ready = Note::read(store).is_some_and(|note| {
                note.pid != std::process::id() && note.modem.state == ModemState::Ready
            });
            if ready && locked {
                return false;
            }
        }
    }

    /// No modem is configured: only the store speaks.
    fn watch_store_only(&mut self, store: &mut Store, tell: &mut dyn FnMut(&mut Store, &Report)) {
        loop {
            match self.wait(None, None) {
                Ok(Woken::Asked) if self.take_asks() => return,
                Ok(_) => tell(store, &self.report),
                Err(_) => return,
            }
        }
    }

    /// Waits for the port, a change of the watched folders, or somebody's wish.
    fn wait(
        &mut self,
        port: Option<BorrowedFd<'_>>,
        timeout: Option<Duration>,
    ) -> Result<Woken, crate::at::AtError> {
        let mut fds = vec![
            PollFd::new(&*self.wake, PollFlags::IN),
            PollFd::new(&self.watch, PollFlags::IN),
        ];
        fds.extend(port.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        let audience = fds.len();
        // Nothing is waited for there; that it is closed is told all the same.
        fds.extend(
            self.audience
                .as_ref()
                .map(|fd| PollFd::new(fd, PollFlags::empty())),
        );
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        let ready = match poll(&mut fds, timeout.as_ref()) {
            Ok(count) => count,
            Err(rustix::io::Errno::INTR) => return Ok(Woken::Changed),
            Err(errno) => return Err(crate::at::AtError::Gone(errno.into())),
        };
        if ready == 0 {
            return Ok(Woken::Time);
        }
        if fds.first().is_some_and(|fd| !fd.revents().is_empty()) {
            let mut count = [0; 8];
            let _ = rustix::io::read(&*self.wake, &mut count);
            return Ok(Woken::Asked);
        }
        if fds.get(audience).is_some_and(|fd| !fd.revents().is_empty()) {
            self.stop = true;
            return Ok(Woken::Asked);
        }
        self.watch.drain();
        Ok(Woken::Changed)
    }

    /// Takes what was asked for; `true` for the wish to stop.
    fn take_asks(&mut self) -> bool {
        while let Ok(ask) = self.asks.try_recv() {
            match ask {
                Ask::Unlock(key) => self.key = Some(key),
                Ask::Retry => {}
                Ask::Stop => self.stop = true,
            }
        }
        self.stop
    }
}

/// What trouble means for line and popup.
pub fn explain(trouble: &Trouble, report: &mut Report) {
    let device = report.modem.device.take();
    let (state, tries) = match trouble {
        Trouble::Open(OpenError::Absent(_)) => (ModemState::Absent, None),
        Trouble::Open(OpenError::Busy { holder, .. }) => (
            ModemState::Busy {
                holder: holder.as_ref().map(ToString::to_string),
            },
            None,
        ),
        Trouble::Locked { lock, tries, .. } => {
            let left = if *lock == Lock::SimPuk {
                tries.puk
            } else {
                tries.pin
            };
            (ModemState::Locked(lock.clone()), left)
        }
        Trouble::Modem(crate::at::AtError::Gone(_)) => (ModemState::Absent, None),
        // Nothing is wrong with the modem.
        Trouble::Store(_) => (ModemState::Starting, None),
        other => (ModemState::Failed(other.to_string()), None),
    };
    report.modem = Modem {
        state,
        device,
        pin_tries: tries,
        ..Modem::default()
    };
    report.error = Some(trouble.to_string());
}

/// Which device node a path leads to: the link's and the node's inode.
type Node = (Option<u64>, Option<u64>);

fn node(path: &Path) -> Node {
    let inode = |found: std::fs::Metadata| std::os::unix::fs::MetadataExt::ino(&found);
    (
        std::fs::symlink_metadata(path).ok().map(inode),
        std::fs::metadata(path).ok().map(inode),
    )
}

fn is_ready(fd: &OwnedFd) -> bool {
    let mut fds = [PollFd::new(fd, PollFlags::IN)];
    poll(
        &mut fds,
        Some(&Timespec {
            tv_sec: 0,
            tv_nsec: 0,
        }),
    )
    .is_ok_and(|count| count > 0)
}
