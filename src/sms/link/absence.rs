//! While the modem is not ours: it is with a sibling, away, locked, or there is none at all.

use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{PidfdFlags, pidfd_open};

use super::{
    AFTERSHOCK, LOOK_AROUND, Link, RETRY, RETRY_HUNG_UP, RETRY_LOCKED, RETRY_RESTARTING, Report,
    Woken,
};
use crate::at::port::Holder;
use crate::sms::Device;
use crate::sms::bus::seat::Standing;
use crate::sms::modem_manager::Session;
use crate::sms::note::Note;
use crate::sms::snapshot::ModemState;
use crate::sms::store::Store;

impl Link {
    /// A sibling has the modem: show what it writes down. `true` when asked to stop.
    pub(super) fn follow(
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
            self.errands.refuse(&format!(
                "{holder} has the modem; ask it there, or stop it first"
            ));
            match self.wait(ended.as_ref().map(AsFd::as_fd), Some(patience)) {
                Ok(Woken::Asked) if self.take_asks() => return true,
                Ok(Woken::Asked) if self.key.is_some() => return false,
                Ok(Woken::Asked) if self.standing == Standing::Follower => return false,
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

    /// How long to wait before the port is tried again, when nothing else happens.
    pub(super) fn pause(&self, hung_up: bool) -> Duration {
        match self.report.modem.state {
            _ if self.restarting.is_some() => RETRY_RESTARTING,
            ModemState::Locked(_) => RETRY_LOCKED,
            _ if hung_up => RETRY_HUNG_UP,
            _ => RETRY,
        }
    }

    /// Waits until it is worth trying the port again. `true` when asked to stop.
    pub(super) fn wait_for_modem(
        &mut self,
        pause: Duration,
        found: Node,
        mut session: Option<&mut Session>,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) -> bool {
        let locked = matches!(self.report.modem.state, ModemState::Locked(_));
        let begun = Instant::now();
        let until = begun + pause;
        let failed = matches!(self.report.modem.state, ModemState::Failed(_));
        let mut version = store.data_version().ok();
        loop {
            if locked && node(&self.options.device) != found {
                // Another modem, or none any more.
                return false;
            }
            let left = until.saturating_duration_since(Instant::now());
            let woken = self.wait(session.as_ref().map(|session| session.as_fd()), Some(left));
            if let Some(session) = &mut session {
                session.listen();
                let aftershock = failed && !session.is_gone() && begun.elapsed() < AFTERSHOCK;
                if session.has_changed() && !aftershock {
                    // With its modems something is otherwise than when it was tried.
                    return matches!(woken, Ok(Woken::Asked)) && self.take_asks();
                }
            }
            match woken {
                Ok(Woken::Asked) => return self.take_asks(),
                Ok(Woken::Time) | Err(_) => return false,
                Ok(Woken::Changed | Woken::Devices) => {}
            }
            let among_devices = matches!(woken, Ok(Woken::Devices));
            let seen = store.data_version().ok();
            if among_devices && !locked && session.is_none() {
                return false;
            }
            if seen == version {
                // It was our own doing: each try leaves a note in the store.
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

    /// There is no modem, and none is missed: only the store speaks, until ModemManager has one.
    /// A bus that was there and is being restarted is looked for. `true` when asked to stop.
    pub(super) fn watch_store_only(
        &mut self,
        mut session: Option<&mut Session>,
        had_bus: bool,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) -> bool {
        let mut version = store.data_version().ok();
        let until = (had_bus && session.is_none()).then(|| Instant::now() + RETRY);
        loop {
            self.errands
                .refuse("no modem is configured; name its port with -d");
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let woken = self.wait(session.as_ref().map(|session| session.as_fd()), left);
            if matches!(woken, Ok(Woken::Asked)) {
                if self.take_asks() {
                    return true;
                }
                if self.standing == Standing::Follower {
                    return false;
                }
                if self.key.take().is_some() {
                    // Whoever waits for its answer is told, and it is not kept for another SIM.
                    let report = Report {
                        unlock_failed: true,
                        error: Some("there is no modem whose SIM could be opened".to_owned()),
                        ..self.report.clone()
                    };
                    tell(store, &report);
                }
            }
            if let Some(manager) = &mut session {
                manager.listen();
                if manager.has_changed() {
                    return false;
                }
            }
            let seen = store.data_version().ok();
            match woken {
                Ok(Woken::Asked) => tell(store, &self.report),
                Ok(Woken::Time) => return false,
                Ok(_) if session.is_some() && seen == version => {}
                Ok(_) => tell(store, &self.report),
                Err(_) => return true,
            }
            version = seen;
        }
    }
}

/// Which device node a port's path leads to: the link's and the node's inode.
pub(super) type Node = (Option<u64>, Option<u64>);

pub(super) fn node(device: &Device) -> Node {
    let Device::Serial(path) = device else {
        return (None, None);
    };
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
