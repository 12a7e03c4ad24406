//! `xnm` on a terminal: passwords are asked for without being shown, and again when wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
mod support;
#[path = "support/xnm.rs"]
mod xnm;

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};
use xnm::Machine;

/// A program on a terminal of its own, and the person before it.
struct Terminal {
    child: Child,
    keys: File,
    /// The program's side, kept open so that its settings can be seen afterwards.
    side: File,
    shown: Receiver<Vec<u8>>,
    text: String,
}

impl Terminal {
    fn start(machine: &Machine, arguments: &[&str]) -> Self {
        let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&person).unwrap();
        unlockpt(&person).unwrap();
        let name = ptsname(&person, Vec::new()).unwrap();
        let side = File::options()
            .read(true)
            .write(true)
            .open(name.to_str().unwrap())
            .unwrap();
        // setsid makes it the controlling terminal, which /dev/tty leads to.
        let mut command = Command::new("setsid");
        command
            .args(["--ctty", "--wait", env!("CARGO_BIN_EXE_xnm")])
            .args(arguments)
            .env("DBUS_SYSTEM_BUS_ADDRESS", machine.bus.address())
            .env("HOME", machine.person.home())
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::from(side.try_clone().unwrap()))
            .stdout(Stdio::from(side.try_clone().unwrap()))
            .stderr(Stdio::from(side.try_clone().unwrap()));
        let child = command.spawn().expect("setsid runs");
        drop(command);
        let keys = File::from(person);
        let mut screen = keys.try_clone().unwrap();
        let (send, shown) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keys,
            side,
            shown,
            text: String::new(),
        }
    }

    /// Waits until the terminal shows this.
    fn wait_for(&mut self, wanted: &str) {
        let until = Instant::now() + Duration::from_secs(15);
        while !self.text.contains(wanted) {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(more) = self.shown.recv_timeout(left) else {
                panic!("no {wanted:?} in {:?}", self.text);
            };
            self.text.push_str(&String::from_utf8_lossy(&more));
        }
    }

    /// Types what a person types once the terminal is quiet; a key that comes before may be seen.
    fn types(&mut self, keys: &str) {
        let until = Instant::now() + Duration::from_secs(15);
        while self.echoes() {
            assert!(Instant::now() < until, "the terminal shows what is typed");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.text.clear();
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    fn echoes(&self) -> bool {
        let modes = tcgetattr(&self.side).unwrap().local_modes;
        modes.contains(LocalModes::ECHO)
    }

    fn ends_with(&mut self, status: i32) {
        support::wait_until("it ends", || self.child.try_wait().unwrap().is_some());
        assert_eq!(
            self.child.wait().unwrap().code(),
            Some(status),
            "{}",
            self.text
        );
        assert!(self.echoes(), "the terminal is as it was");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_password_is_asked_for_unseen_and_again_when_it_is_wrong() {
    let machine = Machine::new("home");
    machine.control("password Drucker-Direct \"printer pass\"");
    let mut terminal = Terminal::start(&machine, &["connect", "Drucker-Direct"]);
    terminal.wait_for("Password for 'Drucker-Direct': ");
    terminal.types("canary-wrong-1\r");
    terminal.wait_for("Password for 'Drucker-Direct': ");
    assert!(terminal.text.contains("password"), "{:?}", terminal.text);
    assert!(!terminal.text.contains("canary"), "{:?}", terminal.text);
    // A slip, taken back; a character of two bytes is one.
    terminal.types("xyz\x15printer pasé\x7fs\r");
    terminal.wait_for("connected to 'Drucker-Direct'");
    assert!(
        !terminal.text.contains("printer pass"),
        "{:?}",
        terminal.text
    );
    terminal.ends_with(0);
}

#[test]
fn giving_up_changes_nothing_and_leaves_the_terminal_as_it_was() {
    let machine = Machine::new("home");
    for key in ["\x03", "\x04"] {
        let mut terminal = Terminal::start(&machine, &["connect", "Drucker-Direct"]);
        terminal.wait_for("Password for");
        terminal.types(key);
        terminal.wait_for("given up; nothing was changed");
        terminal.ends_with(1);
    }
    assert_eq!(machine.line(), "WIFI Meisenweg 12 4/4");
}

#[test]
fn a_sim_pin_is_asked_for_with_the_tries_that_are_left() {
    let machine = Machine::new("sim-pin");
    let mut terminal = Terminal::start(&machine, &["unlock"]);
    terminal.wait_for("PIN of the SIM (3 tries left): ");
    terminal.types("1234\r");
    terminal.wait_for("the SIM is open");
    terminal.ends_with(0);
}

#[test]
fn a_puk_is_asked_for_with_a_new_pin_that_is_typed_twice() {
    let machine = Machine::new("sim-puk");
    let mut terminal = Terminal::start(&machine, &["unlock"]);
    terminal.wait_for("PUK of the SIM");
    terminal.types("12345678\r");
    terminal.wait_for("New PIN: ");
    terminal.types("4321\r");
    terminal.wait_for("New PIN again: ");
    terminal.types("4321\r");
    terminal.wait_for("the SIM is open");
    terminal.ends_with(0);
}
