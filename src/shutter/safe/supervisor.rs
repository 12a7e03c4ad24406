//! Who watches over the service where there is no systemd: a process that holds nothing, sees the
//! service's end through a pidfd at once, lets the shutter go and starts the service anew.
//!
//! It speaks systemd's protocol to the service (`NOTIFY_SOCKET`, `WATCHDOG_USEC`), so a service
//! that hangs is found as well, and hands on what it hears if it is itself watched by systemd.

mod back_off;
mod ears;

use std::ffi::OsString;
use std::io::{self, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

use self::back_off::BackOff;
use self::ears::Ears;
use super::let_go;
use super::signals::Signals;
use crate::shutter::release::{Release, Wish};

/// Tells a service who watches over it.
const VARIABLE: &str = "XSHUTTER_SUPERVISOR";

/// How long a service may be silent.
const WATCHDOG: Duration = Duration::from_secs(10);

/// How long a service that was asked to end may take.
const FAREWELL: Duration = Duration::from_secs(8);

/// How long lines that are still another's are waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// An exit code that says that the service was called wrongly: it would be so again.
const USAGE: i32 = 2;

/// What is watched over.
#[derive(Debug, Clone)]
pub struct Service {
    /// The program, as a rule this one.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// What is let go when it ends.
    pub wish: Wish,
}

/// Runs the service until it ends by itself in good order or is ended by a signal, which is handed
/// on to it; returns the exit code to end with.
///
/// # Errors
/// Where it cannot be started or watched.
pub fn run(service: &Service) -> io::Result<i32> {
    let mut signals = Signals::catch()?;
    let mut back_off = BackOff::default();
    let mut started = false;
    loop {
        let began = Instant::now();
        let watched = match Watched::start(service) {
            Ok(watched) => watched,
            // It ran before, so it will again: memory may be short for a moment.
            Err(error) if started => {
                let pause = back_off.after(began.elapsed());
                say(&format!("the service cannot be started: {error}"));
                if signals.within(pause)?.is_some() {
                    return Ok(0);
                }
                continue;
            }
            Err(error) => return Err(error),
        };
        started = true;
        let ended = watched.until_it_ends(&mut signals)?;
        // One that ended in good order has let go itself.
        let held = if ended.status.success() {
            None
        } else {
            release(&service.wish)
        };
        let Some(why) = ended.unwanted() else {
            return Ok(ended.status.code().unwrap_or_default());
        };
        let pause = back_off.after(began.elapsed());
        say(&format!(
            "the service {why}; it is started anew in {} s",
            pause.as_secs()
        ));
        if signals.within(pause)?.is_some() {
            return Ok(0);
        }
        // Its successor takes the lines.
        drop(held);
    }
}

/// To be called by the service: whoever ends the supervisor ends the service.
pub(super) fn end_with_it() {
    let Some(supervisor) = std::env::var(VARIABLE).ok().and_then(|id| id.parse().ok()) else {
        return;
    };
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::TERM));
    // It may have ended before that.
    if rustix::process::getppid() != Pid::from_raw(supervisor) {
        let _ = rustix::process::kill_process(rustix::process::getpid(), Signal::TERM);
    }
}

fn release(wish: &Wish) -> Option<Box<dyn Release>> {
    match let_go(wish, PATIENCE) {
        Ok(held) => Some(held),
        Err(error) => {
            say(&format!("the shutter could not be let go: {error}"));
            None
        }
    }
}

fn say(what: &str) {
    let _ = writeln!(io::stderr(), "xshutter: {what}");
}

/// How a service ended.
struct Ended {
    status: ExitStatus,
    /// A signal to us asked for it.
    wanted: bool,
    hung: bool,
}

impl Ended {
    /// Why it is to be started anew, in words.
    fn unwanted(&self) -> Option<String> {
        if self.wanted {
            return None;
        }
        if self.hung {
            return Some(format!("said nothing for {} s", WATCHDOG.as_secs()));
        }
        match (self.status.code(), self.status.signal()) {
            (Some(0 | USAGE), _) => None,
            (Some(code), _) => Some(format!("ended with exit code {code}")),
            (None, Some(signal)) => Some(format!("was ended by signal {signal}")),
            (None, None) => Some("ended".to_owned()),
        }
    }
}

/// A service that runs.
struct Watched {
    child: Child,
    pidfd: OwnedFd,
    ears: Ears,
}

impl Watched {
    fn start(service: &Service) -> io::Result<Self> {
        let ears = Ears::open()?;
        let child = Command::new(&service.program)
            .args(&service.arguments)
            .env(VARIABLE, std::process::id().to_string())
            .env("NOTIFY_SOCKET", ears.address())
            .env("WATCHDOG_USEC", WATCHDOG.as_micros().to_string())
            .env_remove("WATCHDOG_PID")
            // Ctrl-C at a terminal is for us, who hand it on.
            .process_group(0)
            .spawn()?;
        let pidfd = pidfd_open(Pid::from_child(&child), PidfdFlags::empty())?;
        Ok(Self { child, pidfd, ears })
    }

    fn until_it_ends(mut self, signals: &mut Signals) -> io::Result<Ended> {
        // When it is ended by force: it was asked to end, or it is silent.
        let mut by_force: Option<Instant> = None;
        let (mut wanted, mut hung) = (false, false);
        loop {
            let mut fds = [
                PollFd::new(&self.pidfd, PollFlags::IN),
                PollFd::new(&*signals, PollFlags::IN),
                PollFd::new(&self.ears, PollFlags::IN),
            ];
            let wait = by_force.map(|until| until.saturating_duration_since(Instant::now()));
            let wait = wait.and_then(|wait| wait.try_into().ok());
            match poll(&mut fds, wait.as_ref()) {
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(errno) => return Err(errno.into()),
            }
            let [ended, _, _] = fds.map(|fd| !fd.revents().is_empty());
            if ended {
                let status = self.child.wait()?;
                return Ok(Ended {
                    status,
                    wanted,
                    hung,
                });
            }
            if let Some(signal) = signals.take() {
                let _ = pidfd_send_signal(&self.pidfd, signal);
                wanted = true;
                by_force = Some(Instant::now() + FAREWELL);
            }
            // Only a service that has said something can fall silent.
            if self.ears.hear(Pid::from_child(&self.child)) && !wanted {
                by_force = Some(Instant::now() + WATCHDOG);
            }
            if by_force.is_some_and(|until| Instant::now() >= until) {
                hung = !wanted;
                let _ = pidfd_send_signal(&self.pidfd, Signal::KILL);
                by_force = None;
            }
        }
    }
}

#[cfg(test)]
mod tests;
