//! The pads as the line needs them: batteries and hot-plug. No event device is opened, so that a
//! stick that moves wakes nobody.
//!
//! Without a pad nothing ticks. With one, the battery is read once a minute: the drivers do not
//! announce its changes.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::snapshot::{Pad, Snapshot};
use super::station::{describe, next_battery};
use super::sysfs::{self, Root};
use super::uevents::Uevents;

/// One look; what is wrong is in it.
#[must_use]
pub fn look(root: &Root) -> Snapshot {
    let (pads, error) = match sysfs::look(root) {
        Ok(found) => (found.iter().map(describe).collect(), None),
        Err(error) => {
            let error = format!("cannot look for gamepads in sysfs: {error}");
            (Vec::new(), Some(error))
        }
    };
    Snapshot {
        ready: true,
        pads,
        error,
    }
}

/// Calls `tell` with the state at every change of it, until nobody reads `output` any more.
///
/// # Errors
/// What `tell` gives, and what the system says of waiting.
pub fn follow(
    root: &Root,
    output: BorrowedFd<'_>,
    tell: &mut dyn FnMut(&Snapshot) -> io::Result<()>,
) -> io::Result<()> {
    // Listened to before the first look, so that nothing falls between.
    let uevents = Uevents::listen(root.uevents.as_deref());
    let mut told: Option<Snapshot> = None;
    let mut soon = 0;
    loop {
        let mut now = look(root);
        if let Err(error) = &uevents {
            now.error
                .get_or_insert_with(|| format!("pads that come and go are not noticed: {error}"));
        }
        let is_same = |pad: &Pad, other: &Pad| pad.hid == other.hid;
        let known = told.as_ref().map_or(&[][..], |told| &told.pads);
        if now
            .pads
            .iter()
            .any(|pad| !known.iter().any(|k| is_same(pad, k)))
        {
            soon = 0;
        }
        let unknown = |pad: &Pad| pad.battery.is_some_and(|battery| battery.percent.is_none());
        let is_unknown = now.pads.iter().any(unknown);
        let again = next_battery(Instant::now(), now.pads.len(), is_unknown, &mut soon);
        if told.as_ref() != Some(&now) {
            tell(&now)?;
            told = Some(now);
        }
        if !sleep(uevents.as_ref().ok(), output, again)? {
            return Ok(());
        }
    }
}

/// Sleeps until there may be news; `false` when nobody reads any more.
fn sleep(
    uevents: Option<&Uevents>,
    output: BorrowedFd<'_>,
    until: Option<Instant>,
) -> io::Result<bool> {
    loop {
        // Nothing is waited for there; that it is closed is told all the same.
        let mut fds = vec![PollFd::from_borrowed_fd(output, PollFlags::empty())];
        fds.extend(uevents.map(|uevents| PollFd::new(uevents, PollFlags::IN)));
        let time = until.map(|until| until.saturating_duration_since(Instant::now()));
        let time = time.and_then(|time| Timespec::try_from(time).ok());
        match poll(&mut fds, time.as_ref()) {
            Ok(0) => return Ok(true),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(errno) => return Err(errno.into()),
        }
        if fds.first().is_some_and(|fd| !fd.revents().is_empty()) {
            return Ok(false);
        }
        if uevents.is_some_and(Uevents::take) {
            return Ok(true);
        }
    }
}
