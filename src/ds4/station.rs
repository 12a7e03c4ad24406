//! All pads, opened: one place that waits for their reports, for hot-plug and for what is due.
//!
//! It runs in the thread of whoever has it: a subcommand's, or the source's. Between two events
//! it sleeps.

mod opened;

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify;

pub(super) use self::opened::describe;
use self::opened::{Device, Opened, Reading};
use super::command::Command;
use super::pad::PadId;
use super::snapshot::{Pad, Snapshot};
use super::uevents::Uevents;
use super::{Options, sysfs};

/// Drivers do not announce that a battery changes (they have no `power_supply_changed`), so it is
/// read again; its steps are of many minutes.
pub const BATTERY_EVERY: Duration = Duration::from_secs(60);
/// The first report, with which the battery is known, comes after the pad.
pub const BATTERY_SOON: [Duration; 3] = [
    Duration::from_millis(150),
    Duration::from_secs(1),
    Duration::from_secs(4),
];
/// The report rate is counted this often.
const RATE_EVERY: Duration = Duration::from_millis(250);

/// What woke a [`Station`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Turn {
    /// The snapshot is another one.
    pub changed: bool,
    /// The first of the caller's own descriptors that has something.
    pub ready: Option<usize>,
}

/// All pads, opened.
pub struct Station {
    options: Options,
    uevents: Uevents,
    /// Rights come and go with sessions, which no uevent tells.
    nodes: Option<OwnedFd>,
    pads: Vec<Opened>,
    watch_motion: bool,
    /// Whether changed lights stay when this ends.
    keep: bool,
    battery_at: Option<Instant>,
    soon: usize,
    rate_at: Instant,
    error: Option<String>,
}

impl Station {
    /// Opens all pads that are there. `keep`: the lights that are set stay when this ends.
    ///
    /// # Errors
    /// When the system has no more descriptors, or forbids to listen for hot-plug.
    pub fn open(options: Options, keep: bool) -> io::Result<Self> {
        let uevents = Uevents::listen(options.root.uevents.as_deref())?;
        let nodes = watch(&options.root.dev.join("input")).ok();
        let watch_motion = options.watch_motion;
        let mut station = Self {
            options,
            uevents,
            nodes,
            pads: Vec::new(),
            watch_motion,
            keep,
            battery_at: None,
            soon: 0,
            rate_at: Instant::now(),
            error: None,
        };
        station.look();
        Ok(station)
    }

    /// The pads now.
    pub fn pads(&self) -> impl Iterator<Item = &Pad> {
        self.pads.iter().map(|opened| &opened.pad)
    }

    /// Everything that is known.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            ready: true,
            pads: self.pads().cloned().collect(),
            error: self.error.clone(),
        }
    }

    /// Whether any light needs this to go on.
    #[must_use]
    pub fn runs_light(&self) -> bool {
        self.pads.iter().any(Opened::runs_light)
    }

    /// Finds out how the lights of all pads can be changed, which may ask logind.
    pub fn try_lights(&mut self) {
        for opened in &mut self.pads {
            opened.lamp(&self.options);
        }
    }

    /// Carries out a wish.
    pub fn carry_out(&mut self, command: &Command) {
        let now = Instant::now();
        let (keep, options) = (self.keep, self.options.clone());
        let mut on = |id: &PadId, act: &mut dyn FnMut(&mut Opened)| {
            if let Some(opened) = self.pads.iter_mut().find(|opened| opened.pad.id == *id) {
                opened.pad.error = None;
                act(opened);
            }
        };
        match command {
            Command::Light(id, mode) => on(id, &mut |pad| pad.light(*mode, keep, &options, now)),
            Command::RestoreLight(id) => on(id, &mut Opened::restore_light),
            Command::Players(id, leds) => {
                on(id, &mut |pad| pad.set_players(*leds, keep, &options));
            }
            Command::Rumble(id, rumble, time) => {
                on(id, &mut |pad| pad.rumble(*rumble, *time, now));
            }
            Command::Calibrate(id) => on(id, &mut Opened::calibrate),
            Command::Recentre(id) => on(id, &mut Opened::recentre),
            Command::ForgetCircularity(id) => on(id, &mut Opened::forget_circularity),
            Command::HoldTouchpad(id, hold) => on(id, &mut |pad| pad.hold_touchpad(*hold)),
            Command::WatchMotion(watch) => {
                self.watch_motion = *watch;
                self.reopen();
            }
            Command::Retry => self.look(),
        }
    }

    /// Sleeps until something comes, is due, or `until`; `own` are descriptors of the caller's,
    /// with what is waited for there (that one is closed is told in any case).
    /// `on_report` sees a pad after each report of its motion sensors, and once after others.
    ///
    /// # Errors
    /// What the system says of waiting.
    pub fn turn(
        &mut self,
        own: &[(BorrowedFd<'_>, PollFlags)],
        until: Option<Instant>,
        on_report: &mut dyn FnMut(&Pad),
    ) -> io::Result<Turn> {
        let woken = self.wait(own, until)?;
        let mut turn = Turn {
            changed: false,
            ready: woken.own,
        };
        let mut look = woken.look && self.take_in_hotplug();
        for (at, device) in woken.devices {
            let Some(opened) = self.pads.get_mut(at) else {
                continue;
            };
            let heard = opened.listen(device, on_report);
            turn.changed |= heard != Reading::Nothing;
            // A device that is gone: so may be the pad, and its announcement may be late.
            look |= heard == Reading::Gone;
            if heard == Reading::News && device != Device::Motion {
                on_report(&opened.pad);
                if opened.follows_buttons() {
                    opened.advance(&self.options, Instant::now());
                }
            }
        }
        let now = Instant::now();
        if look {
            self.look();
            turn.changed = true;
        }
        if self.battery_at.is_some_and(|at| at <= now) {
            turn.changed |= self.read_batteries();
        }
        if self.watch_motion && now >= self.rate_at + RATE_EVERY {
            self.rate_at = now;
            self.pads.iter_mut().for_each(Opened::count_rate);
        }
        for opened in &mut self.pads {
            if opened.due().is_some_and(|due| due <= now) {
                turn.changed |= opened.advance(&self.options, now);
            }
        }
        Ok(turn)
    }

    fn wait(
        &self,
        own: &[(BorrowedFd<'_>, PollFlags)],
        until: Option<Instant>,
    ) -> io::Result<Woken> {
        let due = self.pads.iter().filter_map(Opened::due).min();
        let deadline = [until, due, self.battery_at].into_iter().flatten().min();
        let mut fds: Vec<PollFd<'_>> = own
            .iter()
            .map(|(fd, what)| PollFd::from_borrowed_fd(*fd, *what))
            .collect();
        fds.push(PollFd::new(&self.uevents, PollFlags::IN));
        fds.extend(
            self.nodes
                .as_ref()
                .map(|nodes| PollFd::new(nodes, PollFlags::IN)),
        );
        let others = fds.len();
        let mut devices = Vec::new();
        for (at, opened) in self.pads.iter().enumerate() {
            for (device, node) in opened.devices() {
                devices.push((at, device));
                fds.push(PollFd::from_borrowed_fd(node.as_fd(), PollFlags::IN));
            }
        }
        let timeout = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        let timeout = timeout.and_then(|time| Timespec::try_from(time).ok());
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
        let ready: Vec<bool> = fds.iter().map(|fd| !fd.revents().is_empty()).collect();
        let is_ready = |at: usize| ready.get(at).copied().unwrap_or(false);
        Ok(Woken {
            own: (0..own.len()).find(|at| is_ready(*at)),
            look: (own.len()..others).any(is_ready),
            devices: (others..)
                .zip(devices)
                .filter(|(at, _)| is_ready(*at))
                .map(|(_, device)| device)
                .collect(),
        })
    }

    /// Reads all announcements; whether any is about pads.
    fn take_in_hotplug(&self) -> bool {
        let mut ours = self.uevents.take();
        if let Some(nodes) = &self.nodes {
            let mut buffer = [0; 4096];
            while let Ok(1..) = rustix::io::read(nodes, &mut buffer) {
                ours = true;
            }
        }
        ours
    }

    /// Compares what there is with what is open.
    fn look(&mut self) {
        let found = match sysfs::look(&self.options.root) {
            Ok(found) => found,
            Err(error) => {
                self.error = Some(format!("cannot look for gamepads in sysfs: {error}"));
                return;
            }
        };
        self.error = None;
        self.pads
            .retain(|opened| found.iter().any(|found| found.hid == opened.found.hid));
        let mut pads: Vec<Opened> = Vec::with_capacity(found.len());
        let mut is_new = false;
        for found in found {
            let known = self
                .pads
                .iter()
                .position(|opened| opened.found.hid == found.hid)
                .map(|at| self.pads.swap_remove(at));
            is_new |= known.is_none();
            pads.push(match known {
                Some(mut opened) => {
                    opened.update(found);
                    opened
                }
                None => Opened::new(found),
            });
        }
        self.pads = pads;
        if is_new {
            self.soon = 0;
        }
        self.reopen();
        self.read_batteries();
    }

    fn reopen(&mut self) {
        for opened in &mut self.pads {
            opened.open(self.watch_motion);
        }
    }

    /// Whether any of them changed.
    fn read_batteries(&mut self) -> bool {
        let mut changed = false;
        let mut unknown = false;
        for opened in &mut self.pads {
            let battery = opened.found.read_battery();
            unknown |= battery.is_some_and(|battery| battery.percent.is_none());
            changed |= battery != opened.pad.battery;
            opened.pad.battery = battery;
        }
        let now = Instant::now();
        self.battery_at = next_battery(now, self.pads.len(), unknown, &mut self.soon);
        if changed {
            // The light may show it.
            for opened in &mut self.pads {
                opened.advance(&self.options, now);
            }
        }
        changed
    }
}

/// When batteries are to be read again: never without a pad.
pub(super) fn next_battery(
    now: Instant,
    pads: usize,
    unknown: bool,
    soon: &mut usize,
) -> Option<Instant> {
    if pads == 0 {
        return None;
    }
    let wait = match BATTERY_SOON.get(*soon) {
        Some(wait) if unknown || *soon == 0 => {
            *soon += 1;
            *wait
        }
        _ => BATTERY_EVERY,
    };
    Some(now + wait)
}

/// What is ready.
struct Woken {
    own: Option<usize>,
    look: bool,
    devices: Vec<(usize, Device)>,
}

/// Tells when devices come, go, or get other rights.
fn watch(folder: &std::path::Path) -> io::Result<OwnedFd> {
    let flags = inotify::CreateFlags::CLOEXEC | inotify::CreateFlags::NONBLOCK;
    let fd = inotify::init(flags)?;
    let what = inotify::WatchFlags::CREATE
        | inotify::WatchFlags::DELETE
        | inotify::WatchFlags::ATTRIB
        | inotify::WatchFlags::ONLYDIR;
    inotify::add_watch(&fd, folder, what)?;
    Ok(fd)
}
