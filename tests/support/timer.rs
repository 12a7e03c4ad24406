//! A camera's timer: the real `xshutter serve`, without a camera.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::support::{Person, text, wait_until};

pub struct Timer {
    pub address: String,
    process: Child,
}

/// The program, in this home.
pub fn xshutter(person: &Person) -> Command {
    person.program(env!("CARGO_BIN_EXE_xshutter"))
}

impl Timer {
    /// Starts one that keeps nothing, at any free port.
    pub fn start(person: &Person) -> Self {
        Self::with(person, &["--state", "none"], "127.0.0.1:0")
    }

    /// Starts one with these flags, listening there.
    pub fn with(person: &Person, flags: &[&str], listen: &str) -> Self {
        Self::of(xshutter(person), flags, listen)
    }

    /// The same, started by this command.
    pub fn of(mut command: Command, flags: &[&str], listen: &str) -> Self {
        let mut process = command
            .args(["serve", "--release", "none", "--listen", listen])
            .args(flags)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (send, said) = channel();
        std::thread::spawn(move || {
            let mut all = String::new();
            while let Some(Ok(line)) = lines.next() {
                if let Some((_, address)) = line.split_once(" is at http://") {
                    let _ = send.send(Ok(address.trim_end_matches('/').to_owned()));
                }
                all += &line;
            }
            let _ = send.send(Err(all));
        });
        let address = said.recv_timeout(Duration::from_secs(20));
        let address = address.expect("the timer says where it is");
        let address = address.unwrap_or_else(|said| panic!("the timer has ended: {said}"));
        Self { address, process }
    }

    /// A command of `xshutter` that is meant for this timer.
    pub fn run(&self, person: &Person, arguments: &[&str]) -> Output {
        self.command(person, arguments).output().unwrap()
    }

    pub fn command(&self, person: &Person, arguments: &[&str]) -> Command {
        let mut command = xshutter(person);
        command.args(["--server", &self.address]).args(arguments);
        command
    }

    /// What such a command prints when it does what was asked.
    pub fn says(&self, person: &Person, arguments: &[&str]) -> String {
        let output = self.run(person, arguments);
        let error = text(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {error}");
        text(&output.stdout)
    }

    pub fn status(&self, person: &Person) -> serde_json::Value {
        serde_json::from_str(&self.says(person, &["status", "--json"])).unwrap()
    }

    /// Waits until its state is as wanted.
    pub fn wait_for(
        &self,
        person: &Person,
        what: &str,
        is_so: impl Fn(&serde_json::Value) -> bool,
    ) {
        wait_until(what, || is_so(&self.status(person)));
    }

    pub fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    pub fn tell(&self, signal: rustix::process::Signal) {
        let id = rustix::process::Pid::from_child(&self.process);
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// Asks it to end, and says how it did.
    pub fn end(mut self) -> std::process::ExitStatus {
        self.tell(rustix::process::Signal::TERM);
        self.process.wait().unwrap()
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.kill();
    }
}
