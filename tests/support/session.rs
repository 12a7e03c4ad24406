//! A person with a session bus of their own, on which our programs find each other.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::process::{Command, Output, Stdio};

use crate::bus::Bus;
use crate::support::{Following, Person, text};

pub const NAME: &str = "org.barpop.Sms";
pub const PATH: &str = "/org/barpop/Sms";
pub const INTERFACE: &str = "org.barpop.Sms1";

/// The person and the bus.
pub struct Session {
    pub person: Person,
    pub bus: Bus,
}

impl Session {
    pub fn new() -> Self {
        Self {
            person: Person::new(),
            bus: Bus::start(),
        }
    }

    /// A program in this home and on this bus.
    pub fn program(&self, path: &str) -> Command {
        let mut command = self.person.program(path);
        command.env("DBUS_SESSION_BUS_ADDRESS", self.bus.address());
        command
    }

    pub fn xsms(&self) -> Command {
        self.program(env!("CARGO_BIN_EXE_xsms"))
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.xsms();
        let command = command.args(arguments).stdin(Stdio::null());
        command.output().expect("xsms runs")
    }

    pub fn says(&self, arguments: &[&str]) -> String {
        text(&self.run(arguments).stdout)
    }

    pub fn follow(&self, port: &str) -> Following {
        Following::start(self.xsms().args(["--follow", "-d", port]))
    }

    /// `busctl` with these arguments: what it prints, or its error.
    pub fn busctl(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = self.program("busctl");
        command.arg(format!("--address={}", self.bus.address()));
        outcome(command.arg("--json=short").args(arguments))
    }

    /// Calls a method of the owner's.
    pub fn call(&self, method: &str, arguments: &[&str]) -> Result<String, String> {
        let call = ["call", NAME, PATH, INTERFACE, method];
        self.busctl(&[&call[..], arguments].concat())
    }

    /// A property of the owner's.
    pub fn property(&self, name: &str) -> Option<serde_json::Value> {
        let call = ["get-property", NAME, PATH, INTERFACE, name];
        let value: serde_json::Value = serde_json::from_str(&self.busctl(&call).ok()?).ok()?;
        Some(value["data"].clone())
    }

    /// The owner's process, once there is one.
    pub fn owner(&self) -> u32 {
        let mut found = None;
        crate::support::wait_until("there is an owner", || {
            found = self.property("Pid").and_then(|pid| pid.as_u64());
            found.is_some()
        });
        found
            .and_then(|pid| pid.try_into().ok())
            .expect("a process id")
    }
}

fn outcome(command: &mut Command) -> Result<String, String> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .expect("it is installed");
    if done.status.success() {
        Ok(text(&done.stdout))
    } else {
        Err(text(&done.stderr))
    }
}
