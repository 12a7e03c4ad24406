//! Programs on a terminal of their own, with a person who types.
#![allow(dead_code)] // each test file uses its part
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

use crate::support::wait_until;

/// A program on a terminal of its own, and the person before it.
pub struct Terminal {
    pub child: Child,
    keys: File,
    /// The program's side, kept open so that its settings can be seen afterwards.
    side: File,
    shown: Receiver<Vec<u8>>,
    pub text: String,
}

impl Terminal {
    /// A program with these arguments, in the environment of `like`.
    pub fn start(like: &Command, arguments: &[&str]) -> Self {
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
            .args(["--ctty", "--wait"])
            .arg(like.get_program())
            .args(arguments)
            .envs(
                like.get_envs()
                    .filter_map(|(key, value)| Some((key, value?))),
            )
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
    pub fn wait_for(&mut self, wanted: &str) {
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
    pub fn types(&mut self, keys: &str) {
        let until = Instant::now() + Duration::from_secs(15);
        while self.echoes() {
            assert!(Instant::now() < until, "the terminal shows what is typed");
            std::thread::sleep(Duration::from_millis(5));
        }
        self.text.clear();
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    pub fn echoes(&self) -> bool {
        let modes = tcgetattr(&self.side).unwrap().local_modes;
        modes.contains(LocalModes::ECHO)
    }

    pub fn ends_with(&mut self, status: i32) {
        wait_until("it ends", || self.child.try_wait().unwrap().is_some());
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
