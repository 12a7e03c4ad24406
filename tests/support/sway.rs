//! A person at sway without any hardware: a screen in memory, a pointer and a keyboard of the
//! test's own.
#![allow(dead_code)] // each test file uses its part
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::{Person, wait_until};
use devices::Devices;

#[path = "devices.rs"]
mod devices;
#[path = "processes.rs"]
mod processes;

/// Size of the screen in pixels.
pub const SCREEN: (u32, u32) = (1280, 800);

/// A person, sway, and what runs in it. Everything ends with it.
pub struct Sway {
    pub person: Person,
    running: Vec<Child>,
    devices: Option<Devices>,
}

/// A window as `swaymsg -t get_tree` has it.
pub struct Window {
    pub focused: bool,
    pub floating: bool,
    pub visible: bool,
    /// x, y, width, height.
    pub place: [i64; 4],
}

impl Sway {
    /// Starts sway with this configuration.
    pub fn start(configuration: &str) -> Self {
        let person = Person::new();
        std::fs::create_dir(person.path("run")).unwrap();
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(person.path("run"), permissions).unwrap();
        let mut sway = Self {
            person,
            running: Vec::new(),
            devices: None,
        };
        let (width, height) = SCREEN;
        let configuration = format!(
            "output HEADLESS-1 resolution {width}x{height}\nxwayland disable\n{configuration}\n"
        );
        std::fs::write(sway.person.path("sway.conf"), configuration).unwrap();
        // sway does not run as root: whoever is gets another number, in a namespace of their own.
        let root = rustix::process::getuid().is_root();
        let mut command = if root {
            let mut command = sway.program("unshare");
            command.args(["--user", "--map-user=1000", "--map-group=1000", "sway"]);
            command
        } else {
            sway.program("sway")
        };
        command.arg("-c").arg(sway.person.path("sway.conf"));
        command
            .env_remove("WAYLAND_DISPLAY")
            .env("WLR_BACKENDS", "headless")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .env("WLR_RENDERER", "pixman")
            .stderr(Stdio::null());
        let started = command.spawn();
        sway.running
            .push(started.expect("cannot start sway: install the Debian package 'sway'"));
        wait_until("sway answers", || {
            let mut ask = sway.program("swaymsg");
            ask.args(["-t", "get_version"]).stderr(Stdio::null());
            ask.status().is_ok_and(|status| status.success())
        });
        let socket = sway.person.path("run/wayland-1");
        let keymap = sway.person.path("keymap");
        sway.devices = Some(Devices::new(&socket, SCREEN, &keymap));
        wait_until("there is a keyboard", || {
            sway.ask("get_seats")[0]["capabilities"]
                .as_u64()
                .is_some_and(|kinds| kinds & 3 == 3)
        });
        sway
    }

    /// A program in this session, with our own first in the path.
    pub fn program(&self, program: &str) -> Command {
        let ours = Path::new(env!("CARGO_BIN_EXE_xsms")).parent().unwrap();
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = self.person.program(program);
        command
            .env("PATH", format!("{}:{path}", ours.display()))
            .env("XDG_RUNTIME_DIR", self.person.path("run"))
            .env("WAYLAND_DISPLAY", "wayland-1")
            .env("SWAYSOCK", self.person.path("run/sway.sock"))
            .env("DBUS_SESSION_BUS_ADDRESS", "none")
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        command
    }

    /// Starts a program that runs until the end.
    pub fn keep(&mut self, command: &mut Command) {
        let program = command.spawn();
        self.running.push(program.expect("the program starts"));
    }

    /// Has the program that was started last stand still meanwhile, as on a busy machine.
    pub fn pause_last(&mut self, meanwhile: impl FnOnce(&mut Self)) {
        let last = Pid::from_child(self.running.last().unwrap());
        kill_process(last, Signal::STOP).unwrap();
        meanwhile(self);
        kill_process(last, Signal::CONT).unwrap();
    }

    /// Ends the program that was started last.
    pub fn end_last(&mut self) {
        let mut last = self.running.pop().unwrap();
        last.kill().unwrap();
        last.wait().unwrap();
    }

    fn ask(&self, what: &str) -> serde_json::Value {
        let mut ask = self.program("swaymsg");
        let answer = ask.args(["-r", "-t", what]).stdout(Stdio::piped()).output();
        serde_json::from_slice(&answer.unwrap().stdout).unwrap()
    }

    /// Has sway carry this out.
    pub fn msg(&self, words: &[&str]) {
        assert!(
            self.program("swaymsg")
                .args(words)
                .status()
                .unwrap()
                .success()
        );
    }

    /// The popups' windows.
    pub fn popups(&self) -> Vec<Window> {
        let mut found = Vec::new();
        collect(&self.ask("get_tree"), &mut found);
        found
    }

    /// Waits for the one popup that has the keyboard.
    pub fn popup(&self) -> Window {
        let mut found = Vec::new();
        wait_until("a popup has the keyboard", || {
            found = self.popups();
            found.iter().any(|popup| popup.focused)
        });
        assert_eq!(found.len(), 1, "one popup, not more");
        found.remove(0)
    }

    pub fn wait_until_closed(&self) {
        wait_until("the popup is closed", || self.popups().is_empty());
    }

    /// Types keys, one after the other, as `Escape` or `ctrl+shift+c`.
    pub fn keys(&mut self, keys: &[&str]) {
        let devices = self.devices.as_mut().unwrap();
        keys.iter().for_each(|key| devices.key(key));
    }

    pub fn click(&mut self, x: u32, y: u32) {
        self.devices.as_mut().unwrap().click(x, y);
    }

    pub fn move_pointer(&mut self, x: u32, y: u32) {
        self.devices.as_mut().unwrap().go(x, y);
    }

    /// The colours of a part of the screen, row by row.
    pub fn pixels(&self, x: u32, y: u32, width: u32, height: u32) -> Vec<[u8; 3]> {
        let mut grim = self.program("grim");
        let part = format!("{x},{y} {width}x{height}");
        let picture = grim.args(["-g", &part, "-t", "ppm", "-"]);
        let picture = picture.stdout(Stdio::piped()).output();
        let picture = picture.expect("cannot start grim: install the Debian package 'grim'");
        // P6, the size, 255: a line each.
        let mut rest = picture.stdout.as_slice();
        for _ in 0..3 {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
            rest = &rest[end + 1..];
        }
        rest.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect()
    }
}

impl Drop for Sway {
    fn drop(&mut self) {
        processes::end_all_in(self.person.home());
        for process in &mut self.running {
            let _ = process.wait();
        }
    }
}

fn collect(node: &serde_json::Value, found: &mut Vec<Window>) {
    if node["app_id"] == "barpop" {
        let number = |key: &str| node["rect"][key].as_i64().unwrap();
        found.push(Window {
            focused: node["focused"] == true,
            floating: node["type"] == "floating_con",
            visible: node["visible"] == true,
            place: [number("x"), number("y"), number("width"), number("height")],
        });
    }
    for children in ["nodes", "floating_nodes"] {
        for child in node[children].as_array().into_iter().flatten() {
            collect(child, found);
        }
    }
}
