//! A machine with a network that is made up, and a person on it who has `xnm`.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Command, Output, Stdio};

use barpop::sim::network::Network;

use crate::bus::Bus;
use crate::support::{Following, Person, text};

/// A bus of its own, a fake NetworkManager on it, a home.
pub struct Machine {
    pub network: Network,
    pub bus: Bus,
    pub person: Person,
}

impl Machine {
    /// A scene (see `barpop-sim network --list`) that keeps still, where connecting is quick.
    pub fn new(scene: &str) -> Self {
        let bus = Bus::start();
        let network = Network::start(&bus.address(), scene).expect("a network");
        let machine = Self {
            network,
            bus,
            person: Person::new(),
        };
        machine.control("steady on");
        machine.control("pace fast");
        machine
    }

    /// Something happens around the machine.
    pub fn control(&self, line: &str) -> String {
        self.network
            .control(line)
            .unwrap_or_else(|error| panic!("{line}: {error}"))
    }

    pub fn xnm(&self) -> Command {
        let mut command = self.person.program(env!("CARGO_BIN_EXE_xnm"));
        command.env("DBUS_SYSTEM_BUS_ADDRESS", self.bus.address());
        command
    }

    /// Runs `xnm` to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.xnm();
        command.args(arguments).stdin(Stdio::null());
        command.output().expect("xnm runs")
    }

    /// Runs `xnm` with this on its standard input.
    pub fn run_with(&self, input: &str, arguments: &[&str]) -> Output {
        let mut command = self.xnm();
        command.args(arguments).stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("xnm runs");
        let mut stdin = child.stdin.take().expect("its input");
        stdin.write_all(input.as_bytes()).expect("it reads");
        drop(stdin);
        child.wait_with_output().expect("it ends")
    }

    /// What `xnm` prints, which has to be without complaint.
    pub fn says(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(
            (said.status.code(), text(&said.stderr).as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        text(&said.stdout)
    }

    /// The line in words, as a terminal shows it.
    pub fn line(&self) -> String {
        self.says(&["--output", "plain"]).trim_end().to_owned()
    }

    /// What `xnm` complains about; it has to fail.
    pub fn complains(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.status.code(), Some(1), "{arguments:?}: {said:?}");
        text(&said.stderr)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.says(&["list", "--json"])).expect("JSON")
    }

    pub fn follow(&self, arguments: &[&str]) -> Following {
        let mut command = self.xnm();
        command.args(["--follow", "--output", "plain"]);
        Following::start(command.args(arguments))
    }

    /// A file that only the person can read, by its path.
    pub fn file(&self, name: &str, content: &str) -> String {
        let path = self.person.path(name);
        let mut file = std::fs::File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&path)
            .expect("a file");
        file.write_all(content.as_bytes()).expect("it is written");
        path.display().to_string()
    }
}
