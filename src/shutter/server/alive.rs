//! What the service manager is told: that the service is there, and that its timer lives.

use std::time::Duration;

use sd_notify::NotifyState;

use crate::shutter::engine::Handle;

/// A timing thread that has not turned for so long hangs.
const HANGS: Duration = Duration::from_secs(5);

/// The service answers from now on.
pub(super) fn ready() {
    let _ = sd_notify::notify(&[NotifyState::Ready]);
}

/// The service is about to end.
pub(super) fn ending() {
    let _ = sd_notify::notify(&[NotifyState::Stopping]);
}

/// Tells the watchdog again and again that all is well, as long as it is: where the timing
/// thread hangs, the service manager starts the service anew, which lets the shutter go.
pub(super) async fn watch(handle: Handle) {
    let Some(limit) = sd_notify::watchdog_enabled() else {
        return std::future::pending().await;
    };
    let mut turn = tokio::time::interval(limit / 3);
    loop {
        turn.tick().await;
        if handle.alive() < HANGS {
            let _ = sd_notify::notify(&[NotifyState::Watchdog]);
        }
    }
}
