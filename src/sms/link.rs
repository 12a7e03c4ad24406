//! Keeping the modem: take the port, serve it, and when it is lost or held by a sibling, wait
//! for the moment when it can be had.
//!
//! One process has the modem at a time; the others see its work in the store. Which one it is
//! the session bus says ([`super::bus`]); without a bus, whoever has the port. Whoever has it
//! writes a note there for the others. A locked SIM's port is let go, so that the popup can
//! open it with the PIN that the person types there.

mod absence;
mod trouble;
mod turn;

pub use trouble::explain;

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rustix::event::{EventfdFlags, PollFd, PollFlags, eventfd, poll};

use self::absence::node;
use super::bus::seat::{Seat, Standing};
use super::carrier::{self, Carrier};
use super::errand::{Answer, Errand, Errands};
use super::note::Note;
use super::owner::{Key, Trouble};
use super::snapshot::{Modem, ModemState};
use super::store::Store;
use super::watch::Watch;
use super::{Device, Options};
use crate::at::{AtError, OpenError};
use crate::clock::{self, Alarm, Moment};

/// What a link can be asked for while it runs.
#[derive(Debug)]
pub enum Ask {
    /// Open the SIM with this.
    Unlock(Key),
    /// Look for the modem again, now.
    Retry,
    /// The bus says where this process stands.
    Standing(Standing),
    /// What came of a key that was passed on to the owner.
    Unlocked(Result<(), String>),
    /// Carry this out, and tell over the channel what came of it.
    Errand(Errand, Sender<Answer>),
    /// A program that wanted positions has left the bus; `None`: all of them have.
    Left(Option<String>),
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
    /// This process is the owner: it has the modem, or is the one that takes it when it is there.
    pub owner: bool,
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
    /// Told of the store, by ourselves too.
    watch: Watch,
    /// Told of device nodes.
    devices: Watch,
    report: Report,
    key: Option<Key>,
    retry: bool,
    remote: Remote,
    /// The place in the queue for the owner's name; without a bus there is none.
    seat: Option<Arc<Seat>>,
    standing: Standing,
    /// Since when this process has been where it stands.
    since: Instant,
    /// What came of a key that was passed on.
    unlocked: Option<Result<(), String>>,
    /// [`Report::owner`].
    ours: Arc<AtomicBool>,
    errands: Errands,
    /// What was noted for others last, and when.
    noted: Option<(Modem, Instant)>,
    /// Until when a modem that restarts is waited for.
    restarting: Option<Instant>,
    stop: bool,
    /// When a wait ends; also one that the machine slept through.
    alarm: Alarm,
    /// Where the lines go: nobody reading it any more is a reason to end.
    audience: Option<OwnedFd>,
}

/// Operator and signal are asked for this often, and the modem whether it is still there.
const LOOK_AROUND: Duration = Duration::from_secs(60);
/// A modem that does not tell of new messages is asked this often.
const POLL: Duration = Duration::from_secs(15);
/// Even a modem that tells is asked this often: an announcement can get lost.
const COLLECT: Duration = Duration::from_secs(600);
/// A modem that was left alone by a sleeping machine for so long may have lost its power, and with it
/// that it is to tell of messages, or its SIM's PIN, while its port still looks as it did.
const SLEEP: Duration = Duration::from_secs(1);
/// A port that cannot be had is tried again this often, besides at every change of its folder.
const RETRY: Duration = Duration::from_secs(5);
/// One whose port fell silent while it was served is tried again this soon: after a sleep, its driver may
/// hang up and have it back with nothing to be seen in the folder.
const RETRY_HUNG_UP: Duration = Duration::from_millis(500);
/// What changes this soon after a modem of ModemManager failed may be our own doing: trying to
/// switch it on changes its state twice.
const AFTERSHOCK: Duration = Duration::from_secs(1);
/// A locked SIM is looked at this often: somebody else may have unlocked it.
const RETRY_LOCKED: Duration = Duration::from_secs(60);

/// What was deleted long ago is looked for this often.
const PURGE: Duration = Duration::from_secs(6 * 3600);
/// A modem that restarts is waited for so long; real ones take 10 to 40 s.
const RESTART: Duration = Duration::from_secs(60);
/// Meanwhile its port is tried this often.
const RETRY_RESTARTING: Duration = Duration::from_secs(1);

/// Why the waiting ended.
enum Woken {
    Asked,
    /// The store, by whomever.
    Changed,
    /// Device nodes came or went.
    Devices,
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
        let (watch, devices) = (Watch::new()?, Watch::new()?);
        let alarm = Alarm::new()?;
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
                devices,
                report,
                key: None,
                retry: false,
                remote: remote.clone(),
                seat: None,
                standing: Standing::default(),
                since: Instant::now(),
                unlocked: None,
                ours: Arc::default(),
                errands: Errands::default(),
                noted: None,
                restarting: None,
                stop: false,
                alarm,
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
        self.seat = Seat::take(&self.options, self.remote.clone()).map(Arc::new);
        if self.seat.is_some() {
            self.standing = Standing::Unknown;
        }
        let (seat, ours) = (self.seat.clone(), Arc::clone(&self.ours));
        self.keep(store, &mut |store, report| {
            let report = Report {
                owner: ours.load(Ordering::Relaxed),
                ..report.clone()
            };
            tell(store, &report);
            if let Some(seat) = &seat {
                seat.tell(&report);
            }
        });
    }

    fn set_ours(&self, ours: bool) {
        self.ours.store(ours, Ordering::Relaxed);
    }

    fn keep(&mut self, store: &mut Store, tell: &mut dyn FnMut(&mut Store, &Report)) {
        if let Some(directory) = self.options.store.parent() {
            // Without it other processes' changes are seen at the next look around.
            let _ = self.watch.store(directory);
        }
        if let Device::Serial(port) = &self.options.device {
            for directory in [port.parent(), Some(Path::new("/dev"))]
                .into_iter()
                .flatten()
            {
                let _ = self.devices.devices(directory);
            }
        }
        if let Some(name) = self.options.device.name() {
            self.report.modem.device = Some(name);
            self.report.modem.state = ModemState::Starting;
            tell(store, &self.report);
        }
        let mut session = None;
        let mut had_bus = false;
        loop {
            if self.await_turn(&mut session, store, tell) {
                return;
            }
            let key = self.key.take();
            if key.is_some() {
                self.report.unlocking = true;
                tell(store, &self.report);
            }
            let found = node(&self.options.device);
            let mut had_modem = false;
            let ended = {
                let opened = carrier::open_again(&self.options, &mut session, store, key.as_ref());
                match opened {
                    Ok(Some(mut carrier)) => {
                        had_modem = true;
                        self.set_ours(true);
                        let served = self.serve(&mut *carrier, store, tell);
                        self.errands.modem_lost();
                        if let Some(seat) = &self.seat {
                            seat.lend_no_more(
                                &served.as_ref().map_or_else(ToString::to_string, |()| {
                                    "the process that has the modem lets it go".to_owned()
                                }),
                            );
                        }
                        // The network's dialogue was with this modem, and its answer is lost.
                        self.errands.give_up_answer(
                            "the modem was lost before the network answered; try again",
                        );
                        // What it had handed over before it was lost lies nowhere else.
                        let kept = carrier.keep_news(store);
                        served.and(kept.map_err(Trouble::from)).map(Some)
                    }
                    Ok(None) => Ok(None),
                    Err(trouble) => Err(trouble),
                }
            };
            self.report.unlocking = false;
            had_bus |= session.is_some();
            if let Ok(None) = ended {
                self.report = Report::default();
                tell(store, &self.report);
                if self.watch_store_only(session.as_mut(), had_bus, store, tell) {
                    return;
                }
                continue;
            }
            let Err(trouble) = ended else {
                // The port is free again: whoever waits for it need not wait for our end.
                self.report.modem.state = ModemState::Starting;
                Note::of(&self.report).write(store);
                if self.stop {
                    return;
                }
                // Handed over, for the bus has another owner; or the machine has slept.
                continue;
            };
            if let Trouble::Open(OpenError::Busy { holder: None, .. }) = &trouble
                && self.standing == Standing::Owner
                && self.since.elapsed() < turn::AFTERMATH
            {
                self.key = key;
                std::thread::sleep(turn::RETRY_AFTERMATH);
                continue;
            }
            if let Trouble::Sibling(holder) = &trouble {
                // It is the one that has the modem, and tells the person of what comes.
                self.set_ours(false);
                // It may only be looking at the locked SIM: the key is still wanted.
                self.key = key;
                // What it would tell is the sibling's to hear.
                session = None;
                if self.follow(holder, store, tell) {
                    return;
                }
                continue;
            }
            self.report.unlock_failed = key.is_some();
            self.explain(&trouble);
            self.run_errands_without_modem();
            Note::of(&self.report).write_news(store);
            tell(store, &self.report);
            self.report.unlock_failed = false;
            let hung_up = had_modem && matches!(trouble, Trouble::Modem(AtError::Gone(_)));
            let pause = self.pause(hung_up);
            if self.wait_for_modem(pause, found, session.as_mut(), store, tell) {
                return;
            }
        }
    }

    /// The modem is ours: serve it until it is lost. `Ok` when asked to stop, and when it is to be
    /// opened anew because the machine has slept.
    fn serve(
        &mut self,
        owner: &mut dyn Carrier,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) -> Result<(), Trouble> {
        self.restarting = None;
        self.noted = None;
        // Before the listing, so that nothing can fall between the two.
        owner.notify()?;
        owner.collect(store)?;
        self.adopt(owner, store, tell);
        owner.look_around()?;
        self.adopt(owner, store, tell);
        let slept = clock::slept();
        let mut version = None;
        let mut last_collect = Instant::now();
        let mut last_look = Instant::now();
        let mut purged = None;
        loop {
            // The SIM is open. A key that is left over (typed twice, or in two places) must not be
            // tried on whichever SIM comes next.
            self.key = None;
            owner.attend(store)?;
            self.errands.attend(owner, store)?;
            let positions = owner.take_positions();
            if !positions.is_empty() {
                self.errands.heard(&positions);
                if let Some(seat) = &self.seat {
                    seat.tell_positions(positions);
                }
            }
            if purged.is_none_or(|at: Instant| at.elapsed() >= PURGE) {
                store.tidy(self.options.keep_deleted_days)?;
                purged = Some(Instant::now());
            }
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
            if owner.network_returned() {
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
            let has_slept = clock::slept() >= slept + SLEEP;
            if self.stop || self.standing == Standing::Follower || has_slept {
                return self.errands.switch_off(owner);
            }
            if owner.has_news() || !self.errands.is_empty() {
                // It came in while a command was in flight: nothing more may come to wake us.
                continue;
            }
            let left = period.saturating_sub(last_collect.elapsed());
            let left = left.min(LOOK_AROUND.saturating_sub(last_look.elapsed()));
            let left = left.min(self.errands.due().unwrap_or(left));
            if matches!(self.wait(Some(owner.as_fd()), Some(left))?, Woken::Asked)
                && self.take_asks()
            {
                return self.errands.switch_off(owner);
            }
        }
    }

    fn adopt(
        &mut self,
        owner: &dyn Carrier,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) {
        self.report = Report {
            modem: owner.known().clone(),
            ..Report::default()
        };
        // Two modems of one store have one note: who writes it whenever the other has written it
        // wakes the other to do the same, for ever.
        let is_noted = self
            .noted
            .as_ref()
            .is_some_and(|(modem, at)| *modem == self.report.modem && at.elapsed() < LOOK_AROUND);
        if !is_noted {
            Note::of(&self.report).write(store);
            self.noted = Some((self.report.modem.clone(), Instant::now()));
        }
        tell(store, &self.report);
    }

    /// Waits for the port, a change of the watched folders, or somebody's wish.
    fn wait(
        &mut self,
        port: Option<BorrowedFd<'_>>,
        timeout: Option<Duration>,
    ) -> Result<Woken, AtError> {
        let due = timeout.map(|timeout| Moment::now().plus(timeout));
        self.alarm.set(due).map_err(AtError::Gone)?;
        let mut fds = vec![
            PollFd::new(&*self.wake, PollFlags::IN),
            PollFd::new(&self.watch, PollFlags::IN),
            PollFd::new(&self.devices, PollFlags::IN),
        ];
        fds.extend(port.map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        let audience = fds.len();
        // Nothing is waited for there; that it is closed is told all the same.
        fds.extend(
            self.audience
                .as_ref()
                .map(|fd| PollFd::new(fd, PollFlags::empty())),
        );
        let alarm = fds.len();
        fds.push(PollFd::new(&self.alarm, PollFlags::IN));
        match poll(&mut fds, None) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(Woken::Changed),
            Err(errno) => return Err(AtError::Gone(errno.into())),
        }
        fds.truncate(alarm);
        if fds.iter().all(|fd| fd.revents().is_empty()) {
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
        if self.devices.drain() {
            return Ok(Woken::Devices);
        }
        self.watch.drain();
        Ok(Woken::Changed)
    }

    /// Takes what was asked for; `true` for the wish to stop.
    fn take_asks(&mut self) -> bool {
        while let Ok(ask) = self.asks.try_recv() {
            match ask {
                Ask::Unlock(key) => self.key = Some(key),
                Ask::Retry => self.retry = true,
                Ask::Standing(standing) => {
                    self.standing = standing;
                    self.since = Instant::now();
                }
                Ask::Unlocked(result) => self.unlocked = Some(result),
                Ask::Errand(errand, reply) => self.errands.push(errand, reply),
                Ask::Left(client) => self.errands.left(client.as_deref()),
                Ask::Stop => self.stop = true,
            }
        }
        self.stop
    }
}
