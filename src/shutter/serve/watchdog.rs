//! Tells who watches over the service (systemd, or our own supervisor) that it is there, and that
//! its timing thread turns: one that hangs says nothing more, and is ended.

use std::io;
use std::thread;
use std::time::Duration;

use sd_notify::NotifyState;

use crate::shutter::engine::Handle;

/// The timing thread turns every second at least.
const HANGS: Duration = Duration::from_secs(5);

/// Says that the service is there, and from now on that it lives, where somebody wants to know.
///
/// # Errors
/// Where there is no thread for it.
pub fn start(engine: Handle) -> io::Result<()> {
    // Without a socket to tell it to nothing is done.
    let _ = sd_notify::notify(&[NotifyState::Ready]);
    let Some(limit) = sd_notify::watchdog_enabled() else {
        return Ok(());
    };
    thread::Builder::new()
        .name("watchdog".to_owned())
        .spawn(move || {
            loop {
                if engine.alive() < HANGS {
                    let _ = sd_notify::notify(&[NotifyState::Watchdog]);
                }
                thread::sleep(limit / 3);
            }
        })
        .map(drop)
}

/// Says that the end is wanted.
pub fn ending() {
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
}
