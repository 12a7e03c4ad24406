//! Other people's programs, run as they are, and `gammu` on a simulated modem.
#![allow(dead_code)] // each test file uses its part

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options, SentSms};
use barpop::sim::{Port, Simulated};
use tempfile::TempDir;

/// The program's path. A missing program fails the test: it is no reason to leave it out.
pub fn program(name: &str, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/bin")])
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("'{name}' is not installed: apt-get install {package}"))
}

/// A child that does not outlive the test, whatever happens in it.
pub struct Running(pub Child);

impl Running {
    pub fn start(command: &mut Command) -> Self {
        Self(
            command
                .spawn()
                .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}")),
        )
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a program to its end, at most 30 s, and returns what it printed.
pub fn run(command: &mut Command, input: &str) -> Result<String, String> {
    let limit = Instant::now() + Duration::from_secs(30);
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let file = std::fs::File::create(&output).unwrap();
    command
        .stdin(Stdio::piped())
        .stdout(file.try_clone().unwrap())
        .stderr(file);
    let mut child = Running::start(command);
    child
        .0
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let status = loop {
        match child.0.try_wait().unwrap() {
            Some(status) => break status.to_string(),
            None if Instant::now() > limit => break "still running after 30 s".to_owned(),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let text = String::from_utf8_lossy(&std::fs::read(&output).unwrap()).into_owned();
    if status == "exit status: 0" {
        Ok(text)
    } else {
        Err(format!("{status}: {text}"))
    }
}

/// gammu on a simulated modem.
pub struct Gammu {
    program: PathBuf,
    pub modem: Simulated,
    folder: TempDir,
}

impl Gammu {
    pub fn new(options: Options, faults: Faults) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("modem");
        let modem = Simulated::start(options, faults, Port::Terminal(Some(link.clone()))).unwrap();
        let config = format!("[gammu]\ndevice={}\nconnection=at115200\n", link.display());
        std::fs::write(folder.path().join("gammurc"), config).unwrap();
        Self {
            program: program("gammu", "gammu"),
            modem,
            folder,
        }
    }

    pub fn run(&self, arguments: &[&str], input: &str) -> String {
        let mut command = Command::new(&self.program);
        command
            .env("LC_ALL", "C.UTF-8")
            .arg("-c")
            .arg(self.folder.path().join("gammurc"));
        run(command.args(arguments), input).unwrap_or_else(|error| {
            panic!("gammu {arguments:?}: {error}\n{:?}", self.modem.commands())
        })
    }

    pub fn send(&self, number: &str, text: &str, unicode: bool) -> Vec<SentSms> {
        let before = self.modem.sent().len();
        let mut arguments = vec!["sendsms", "TEXT", number, "-len", "1000"];
        if unicode {
            arguments.push("-unicode");
        }
        self.run(&arguments, text);
        self.modem.sent().split_off(before)
    }
}
