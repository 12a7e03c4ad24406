//! Nothing stays pressed: what lets the shutter go however the service ends.
//!
//! A line that stays active holds an exposure open and runs a camera's battery flat, so there are
//! nets below nets:
//!
//! | how it ends | what lets go |
//! |---|---|
//! | the plan stops, the service ends | the driver, in `Drop` |
//! | SIGTERM, SIGINT, SIGHUP | [`on_end_signal`]: the service's own end; if that hangs, the signal's thread |
//! | a panic, in whatever thread | [`begin`]: the hook lets go and ends the process |
//! | `kill -9`, out of memory, a crash | who watches: [`supervisor`], or systemd's `ExecStopPost=` ([`let_go`]) |
//! | it hangs | its watchdog: the same two |
//! | the machine hangs or has no power | a pull-down at the pin; an Arduino's own clock |

mod signals;
pub mod supervisor;

use std::io;
use std::sync::{Arc, Mutex, PoisonError, TryLockError, Weak};
use std::time::{Duration, Instant};

use rustix::process::Signal;

pub(super) use self::signals::Signals;
use super::release::{self, Release, ReleaseError, Wish};
use super::snapshot;

/// How long a call of a driver's that is under way is waited for when all is let go.
const TURN: Duration = Duration::from_millis(300);

/// How long the service may take to end by itself after a signal.
const GRACE: Duration = Duration::from_secs(5);

type Shared = Mutex<Box<dyn Release>>;

/// Every release that is to be let go in an emergency.
static GUARDED: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());

/// A release that [`let_all_go`] reaches too, from whatever thread.
pub struct Guarded(Arc<Shared>);

/// To be put around every release that a service holds.
#[must_use]
pub fn guard(release: Box<dyn Release>) -> Box<dyn Release> {
    let shared = Arc::new(Mutex::new(release));
    let mut guarded = GUARDED.lock().unwrap_or_else(PoisonError::into_inner);
    guarded.retain(|other| other.strong_count() > 0);
    guarded.push(Arc::downgrade(&shared));
    drop(guarded);
    Box::new(Guarded(shared))
}

impl Guarded {
    fn with<T>(&self, what: impl FnOnce(&mut dyn Release) -> T) -> T {
        let mut release = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        what(release.as_mut())
    }
}

impl Release for Guarded {
    fn describe(&self) -> snapshot::Release {
        self.with(|release| release.describe())
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        self.with(|release| release.focus(pressed))
    }

    fn open(&mut self, longest: Duration) -> Result<(), ReleaseError> {
        self.with(|release| release.open(longest))
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        self.with(|release| release.close())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        self.with(|release| release.recover())
    }
}

/// Lets every guarded release go now. A driver that is stuck in a call is waited for a moment and
/// left to who watches over the service.
pub fn let_all_go() {
    let until = Instant::now() + TURN;
    let all = match GUARDED.try_lock() {
        Ok(all) => all.clone(),
        Err(TryLockError::Poisoned(all)) => all.into_inner().clone(),
        Err(TryLockError::WouldBlock) => return,
    };
    for release in all.iter().filter_map(Weak::upgrade) {
        loop {
            match release.try_lock() {
                Ok(mut release) => {
                    let _ = release.close();
                    let _ = release.focus(false);
                }
                Err(TryLockError::Poisoned(release)) => {
                    let mut release = release.into_inner();
                    let _ = release.close();
                    let _ = release.focus(false);
                }
                Err(TryLockError::WouldBlock) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(1));
                    continue;
                }
                Err(TryLockError::WouldBlock) => {}
            }
            break;
        }
    }
}

/// The first thing that a service does: from now on a panic lets go and ends the process (one
/// without one of its threads is not to be trusted over night), and the end of the supervisor, if
/// there is one, ends us.
pub fn begin() {
    let told = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |about| {
        let_all_go();
        told(about);
        // The timing thread may have pressed meanwhile.
        let_all_go();
        std::process::abort();
    }));
    supervisor::end_with_it();
}

/// On the first SIGTERM, SIGINT or SIGHUP `end` is called, from a thread of its own; it is to end
/// the service in good order. A service that has not ended three seconds later, or that gets a
/// second signal, is let go and ended here.
///
/// # Errors
/// Where the system gives no pipe or thread.
pub fn on_end_signal(end: impl FnOnce(Signal) + Send + 'static) -> io::Result<()> {
    let mut signals = Signals::catch()?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            let first = loop {
                match signals.within(Duration::MAX) {
                    Ok(Some(signal)) => break signal,
                    Ok(None) => {}
                    Err(_) => return,
                }
            };
            // It may hang, on a driver or a disk.
            let ending = std::thread::Builder::new().name("ending".to_owned());
            let _ = ending.spawn(move || end(first));
            let _ = signals.within(GRACE);
            let_all_go();
            std::process::exit(128 + first.as_raw());
        })?;
    Ok(())
}

/// Takes the release of a service that is no more, and lets it go. One that still ends has its
/// lines a moment longer, so they are waited for. What is returned holds the lines inactive until
/// it is dropped.
///
/// # Errors
/// Where the release is not there, or somebody else has it longer than `patience`.
pub fn let_go(wish: &Wish, patience: Duration) -> Result<Box<dyn Release>, ReleaseError> {
    let until = Instant::now() + patience;
    let mut release = release::open(wish);
    // It was looked for when it was made; the lines of one that was found are inactive.
    let mut done = release.close();
    while matches!(done, Err(ReleaseError::Busy { .. })) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(20));
        done = release.recover().and_then(|()| release.close());
    }
    done?;
    release.focus(false)?;
    Ok(release)
}

#[cfg(test)]
mod tests;
