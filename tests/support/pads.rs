//! Pads in a folder of the test's own, in place of the machine's `/sys` and `/dev`.
#![allow(dead_code)] // each test file uses its part

use std::os::unix::net::UnixDatagram;
use std::path::PathBuf;
use std::process::Command;

use super::support::{Person, wait_until};

#[path = "../../src/ds4/fake.rs"]
pub mod fake;

pub mod sysfs {
    pub use barpop::ds4::sysfs::Root;
}

pub use fake::Fake;
use sysfs::Root;

pub const DUALSHOCK: Fake<'static> = Fake {
    hid: "0005:054C:09CC.0003",
    driver: "sony",
    mac: "a4:50:46:00:11:22",
    input: 7,
};
pub const DUALSENSE: Fake<'static> = Fake {
    hid: "0003:054C:0CE6.0011",
    driver: "playstation",
    mac: "a4:50:46:00:33:44",
    input: 20,
};

/// A person and the pads before them.
pub struct Room {
    pub person: Person,
    pub root: Root,
}

impl Room {
    pub fn new() -> Self {
        let person = Person::new();
        let folder = person.path("machine");
        std::fs::create_dir_all(folder.join("dev/input")).unwrap();
        std::fs::create_dir_all(folder.join("sys")).unwrap();
        let root = Root::tree(&folder);
        Self { person, root }
    }

    pub fn folder(&self) -> PathBuf {
        self.person.path("machine")
    }

    pub fn xds4(&self) -> Command {
        let mut command = self.person.program(env!("CARGO_BIN_EXE_xds4"));
        command.arg("--root").arg(self.folder());
        command
            .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
            .env("XDG_RUNTIME_DIR", self.person.home());
        command
    }

    /// What the kernel says when something changed.
    pub fn announce(&self, subsystem: &str) {
        let socket = UnixDatagram::unbound().unwrap();
        let path = self.root.uevents.clone().unwrap();
        let message = format!("add@/devices/x\0ACTION=add\0SUBSYSTEM={subsystem}\0SEQNUM=7\0");
        wait_until("somebody listens", || {
            socket.send_to(message.as_bytes(), &path).is_ok()
        });
    }

    /// The text of a file of an LED.
    pub fn led(&self, pad: Fake<'_>, led: &str, file: &str) -> String {
        let text = std::fs::read_to_string(pad.led(&self.root, led).join(file)).unwrap();
        text.trim_end().to_owned()
    }

    /// Red, green, blue and the switch of a DualShock 4.
    pub fn light(&self) -> [String; 4] {
        ["red", "green", "blue", "global"].map(|led| self.led(DUALSHOCK, led, "brightness"))
    }
}
