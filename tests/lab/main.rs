//! The lab: scenarios that run in a guest, a User-Mode Linux kernel with the real drivers of the
//! devices that barpop meets. CONTRIBUTING.md tells how to add one.
//!
//! With `make lab-stock` the kernel is Debian's own, in QEMU (`machine`).
//!
//! This program is both sides. On the host a scenario boots the kernel (`host`), which runs this
//! same program again, for the same scenario (`init.sh`); there it does what it is there for, with
//! the helpers of `guest`, `usb`, `wifi` and so on. The guest's root is the host's, under a
//! throw-away layer in memory, so the just-built programs are there and nothing here changes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

#[path = "../support/mod.rs"]
mod support;

#[cfg(feature = "popup")]
#[path = "../support/screen.rs"]
mod screen;

mod access_point;
mod adapter;
mod desk;
mod gamepad;
mod guest;
mod host;
mod machine;
mod modem_manager;
mod network;
mod receiver;
mod usb;

// Scenarios.
mod air;
mod boot;
mod clock;
mod disk;
mod ds4;
mod gpio;
mod gps;
mod mobile;
mod modem;
#[cfg(feature = "popup")]
mod popup;
mod restart;
mod shutter;
mod sleep;
mod wifi;

use std::time::Duration;

pub use guest::Lab;

/// Which Linux the guest is.
#[derive(Debug, Clone, Copy)]
pub enum Kernel {
    /// Debian 12's own.
    Linux6_1,
    /// The newest that Debian 12 has: Debian 13's.
    Linux6_12,
}

impl Kernel {
    /// What `kernel.sh` calls it.
    fn series(self) -> &'static str {
        match self {
            Self::Linux6_1 => "6.1",
            Self::Linux6_12 => "6.12",
        }
    }
}

/// How a guest's time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// Idle waits take none, and computation neither, so that it is the same in every run. A program
    /// that waits for the clock by asking it again and again hangs.
    Free,
    /// Idle waits take none, computation as much as on the host: for such programs.
    Skipped,
    /// As on the host. Such a guest cannot sleep.
    Plain,
}

/// What a scenario wants to find in its guest.
pub struct Needs {
    /// Its kernel.
    pub kernel: Kernel,
    /// udevd, which names and tags devices. Without it the guest is up a second earlier.
    pub udev: bool,
    /// A system bus.
    pub bus: bool,
    /// How many Wi-Fi radios.
    pub radios: u8,
    /// How its time goes.
    pub time: Time,
    /// The guest's memory.
    pub megabytes: u32,
    /// When a guest that has not ended is ended.
    pub limit: Duration,
}

impl Default for Needs {
    fn default() -> Self {
        Self {
            kernel: Kernel::Linux6_1,
            udev: true,
            bus: false,
            radios: 0,
            time: Time::Free,
            megabytes: 512,
            limit: Duration::from_secs(120),
        }
    }
}

/// Runs a scenario in a guest: to be all that a `#[test]` does.
pub fn guest<F: FnOnce(&Lab)>(needs: Needs, scenario: F) {
    if std::env::var_os("BARPOP_LAB_GUEST").is_some() {
        scenario(&Lab::up(&needs));
    } else {
        host::run(test_name::<F>(), &needs);
    }
}

/// `modem::sends` of the closure `lab::modem::sends::{{closure}}`: what the runner calls the test.
fn test_name<F>() -> &'static str {
    let name = std::any::type_name::<F>();
    let (_, name) = name.split_once("::").expect("the program's name");
    let (name, _) = name.split_once("::{{closure}}").expect("a closure");
    name
}
