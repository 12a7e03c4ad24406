//! A person at sway without any hardware: a screen in memory, a pointer and a keyboard of the
//! test's own.
#![allow(dead_code)] // each test file uses its part
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::support::{Person, wait_until};

#[path = "processes.rs"]
mod processes;

/// Size of the screen in pixels.
pub const SCREEN: (u32, u32) = (1280, 800);

/// A person, sway, and what runs in it. Everything ends with it.
pub struct Sway {
    pub person: Person,
    running: Vec<Child>,
    pointer: Option<Pointer>,
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
            pointer: None,
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
        sway.pointer = Some(Pointer::new(&socket));
        // The keyboard is there for as long as it has something to do.
        let mut keyboard = sway.program("wtype");
        let keyboard = keyboard.args(["-s", "600000", "-k", "Shift_L"]).spawn();
        sway.running
            .push(keyboard.expect("cannot start wtype: install the Debian package 'wtype'"));
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

    pub fn key(&self, key: &str) {
        assert!(
            self.program("wtype")
                .args(["-k", key])
                .status()
                .unwrap()
                .success()
        );
    }

    pub fn click(&mut self, x: u32, y: u32) {
        self.pointer.as_mut().unwrap().click(x, y);
    }

    pub fn move_pointer(&mut self, x: u32, y: u32) {
        self.pointer.as_mut().unwrap().go(x, y);
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

/// A pointer without a device (wlr-virtual-pointer-unstable-v1), spoken byte by byte: five
/// requests are all it takes.
struct Pointer {
    socket: UnixStream,
}

const REGISTRY: u32 = 2;
const SYNC: u32 = 3;
const SEAT: u32 = 4;
const MANAGER: u32 = 5;
const POINTER: u32 = 6;
/// Of linux/input-event-codes.h.
const BTN_LEFT: u32 = 0x110;

impl Pointer {
    fn new(path: &Path) -> Self {
        let mut pointer = Self {
            socket: UnixStream::connect(path).unwrap(),
        };
        // wl_display: get_registry, sync.
        pointer.send(1, 1, &[REGISTRY], None);
        pointer.send(1, 0, &[SYNC], None);
        let globals = pointer.globals();
        let name = |interface: &str| {
            let found = globals.iter().find(|(_, known)| known == interface);
            found.expect("the compositor has it").0
        };
        let manager = "zwlr_virtual_pointer_manager_v1";
        for (interface, id) in [("wl_seat", SEAT), (manager, MANAGER)] {
            // wl_registry: bind.
            pointer.send(REGISTRY, 0, &[name(interface)], Some((interface, [1, id])));
        }
        // create_virtual_pointer
        pointer.send(MANAGER, 0, &[SEAT, POINTER], None);
        pointer
    }

    /// Every global's number and interface.
    fn globals(&mut self) -> Vec<(u32, String)> {
        let mut globals = Vec::new();
        loop {
            let mut head = [0; 8];
            self.socket.read_exact(&mut head).unwrap();
            let word =
                |bytes: &[u8], at: usize| u32::from_ne_bytes(bytes[at..at + 4].try_into().unwrap());
            let (object, size) = (word(&head, 0), word(&head, 4) >> 16);
            let mut body = vec![0; size as usize - 8];
            self.socket.read_exact(&mut body).unwrap();
            match object {
                REGISTRY => {
                    let length = word(&body, 4) as usize;
                    let interface = String::from_utf8_lossy(&body[8..8 + length - 1]);
                    globals.push((word(&body, 0), interface.into_owned()));
                }
                SYNC => return globals,
                _ => {}
            }
        }
    }

    fn send(&mut self, object: u32, request: u32, words: &[u32], text: Option<(&str, [u32; 2])>) {
        let mut body: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
        if let Some((text, after)) = text {
            let length = text.len() + 1;
            body.extend(u32::try_from(length).unwrap().to_ne_bytes());
            body.extend(text.as_bytes());
            body.resize(body.len() + 1 + (4 - length % 4) % 4, 0);
            body.extend(after.iter().flat_map(|word| word.to_ne_bytes()));
        }
        let size = u32::try_from(body.len() + 8).unwrap();
        let mut message = object.to_ne_bytes().to_vec();
        message.extend(((size << 16) | request).to_ne_bytes());
        message.extend(body);
        self.socket.write_all(&message).unwrap();
    }

    fn go(&mut self, x: u32, y: u32) {
        // motion_absolute, frame
        self.send(POINTER, 1, &[0, x, y, SCREEN.0, SCREEN.1], None);
        self.send(POINTER, 4, &[], None);
    }

    fn click(&mut self, x: u32, y: u32) {
        self.go(x, y);
        for state in [1, 0] {
            // button, frame
            self.send(POINTER, 2, &[0, BTN_LEFT, state], None);
            self.send(POINTER, 4, &[], None);
        }
    }
}
