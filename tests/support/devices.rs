//! A pointer and a keyboard without devices (wlr-virtual-pointer-unstable-v1, virtual-keyboard-unstable-v1),
//! spoken byte by byte: eight requests are all it takes.
//!
//! The keyboard stays as one on a desk does. sway 1.7 breaks down where there is none when an input method
//! wants its keys, and a keyboard of wtype's goes with each key.

use std::io::{IoSlice, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};

// Objects have their numbers in the order in which they are made.
const REGISTRY: u32 = 2;
const SYNC: u32 = 3;
const SEAT: u32 = 4;
const POINTERS: u32 = 5;
const KEYBOARDS: u32 = 6;
const POINTER: u32 = 7;
const KEYBOARD: u32 = 8;
/// Of linux/input-event-codes.h.
const BTN_LEFT: u32 = 0x110;

/// The layout `us`, with the kernel's key codes.
const KEYMAP: &str = r#"xkb_keymap {
    xkb_keycodes { include "evdev" };
    xkb_types { include "complete" };
    xkb_compat { include "complete" };
    xkb_symbols { include "pc+us+inet(evdev)" };
};"#;

pub struct Devices {
    socket: UnixStream,
    screen: (u32, u32),
}

impl Devices {
    /// Plugs them in; `keymap` is a file to be written.
    pub fn new(socket: &Path, screen: (u32, u32), keymap: &Path) -> Self {
        let socket = UnixStream::connect(socket).unwrap();
        let mut devices = Self { socket, screen };
        // wl_display: get_registry, sync.
        devices.send(1, 1, &[REGISTRY]);
        devices.send(1, 0, &[SYNC]);
        let globals = devices.globals();
        for (interface, id) in [
            ("wl_seat", SEAT),
            ("zwlr_virtual_pointer_manager_v1", POINTERS),
            ("zwp_virtual_keyboard_manager_v1", KEYBOARDS),
        ] {
            let found = globals.iter().find(|(_, known)| known == interface);
            devices.bind(found.expect("the compositor has it").0, interface, id);
        }
        // create_virtual_pointer, create_virtual_keyboard
        devices.send(POINTERS, 0, &[SEAT, POINTER]);
        devices.send(KEYBOARDS, 0, &[SEAT, KEYBOARD]);
        devices.keymap(keymap);
        devices
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

    /// Takes hold of a global, in its first version.
    fn bind(&mut self, name: u32, interface: &str, id: u32) {
        let length = interface.len() + 1;
        let mut body = words(&[name, u32::try_from(length).unwrap()]);
        body.extend(interface.as_bytes());
        body.resize(body.len() + 1 + (4 - length % 4) % 4, 0);
        body.extend(words(&[1, id]));
        // wl_registry: bind.
        let message = message(REGISTRY, 0, &body);
        self.socket.write_all(&message).unwrap();
    }

    fn keymap(&mut self, file: &Path) {
        std::fs::write(file, [KEYMAP.as_bytes(), &[0]].concat()).unwrap();
        let file = std::fs::File::open(file).unwrap();
        let files = [file.as_fd()];
        let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut beside = SendAncillaryBuffer::new(&mut space);
        assert!(beside.push(SendAncillaryMessage::ScmRights(&files)));
        // keymap, of xkb's first format.
        let size = u32::try_from(KEYMAP.len() + 1).unwrap();
        let message = message(KEYBOARD, 0, &words(&[1, size]));
        let whole = [IoSlice::new(&message)];
        sendmsg(&self.socket, &whole, &mut beside, SendFlags::empty()).unwrap();
    }

    fn send(&mut self, object: u32, request: u32, arguments: &[u32]) {
        let message = message(object, request, &words(arguments));
        self.socket.write_all(&message).unwrap();
    }

    pub fn go(&mut self, x: u32, y: u32) {
        // motion_absolute, frame
        self.send(POINTER, 1, &[0, x, y, self.screen.0, self.screen.1]);
        self.send(POINTER, 4, &[]);
    }

    pub fn click(&mut self, x: u32, y: u32) {
        self.go(x, y);
        for state in [1, 0] {
            // button, frame
            self.send(POINTER, 2, &[0, BTN_LEFT, state]);
            self.send(POINTER, 4, &[]);
        }
    }

    /// Presses a key and lets it go, as `Escape` or `ctrl+shift+c`.
    pub fn key(&mut self, name: &str) {
        let (held, key) = name.rsplit_once('+').unwrap_or(("", name));
        let held: Vec<(u32, u32)> = held.split_terminator('+').map(modifier).collect();
        let mut down = 0;
        for (code, mask) in &held {
            down |= mask;
            self.press(*code, 1, down);
        }
        self.press(code(key), 1, down);
        self.press(code(key), 0, down);
        for (code, mask) in held.iter().rev() {
            down &= !mask;
            self.press(*code, 0, down);
        }
    }

    fn press(&mut self, code: u32, state: u32, modifiers: u32) {
        // key, modifiers
        self.send(KEYBOARD, 1, &[0, code, state]);
        self.send(KEYBOARD, 2, &[modifiers, 0, 0, 0]);
    }
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

fn message(object: u32, request: u32, body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    [&words(&[object, (size << 16) | request]), body].concat()
}

/// A modifier's key code, and its place in xkb's mask.
fn modifier(name: &str) -> (u32, u32) {
    match name {
        "shift" => (42, 1),
        "ctrl" => (29, 4),
        _ => panic!("no modifier {name}"),
    }
}

/// A key's code.
fn code(name: &str) -> u32 {
    const ROWS: [(&str, u32); 3] = [("qwertyuiop", 16), ("asdfghjkl", 30), ("zxcvbnm", 44)];
    let letter = |(row, first): (&str, u32)| {
        let at = u32::try_from(row.find(name)?).ok()?;
        Some(first + at)
    };
    match name {
        "Escape" => 1,
        "Return" => 28,
        _ => ROWS
            .into_iter()
            .find_map(letter)
            .unwrap_or_else(|| panic!("no key {name}")),
    }
}
