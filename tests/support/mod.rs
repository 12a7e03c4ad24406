//! A person with a home of their own and our programs in the path.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};

/// A simulated modem, and the path of its port.
pub fn modem(options: Options, faults: Faults) -> (Simulated, String) {
    let modem = Simulated::start(options, faults, Port::Terminal(None)).expect("a modem");
    let port = modem.path().display().to_string();
    (modem, port)
}

/// A home in a temporary folder; nothing of the tester's own is seen.
pub struct Person {
    home: tempfile::TempDir,
}

impl Person {
    pub fn new() -> Self {
        Self {
            home: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home().join(name)
    }

    /// A program of ours, in this home.
    pub fn program(&self, path: &str) -> Command {
        let mut command = Command::new(path);
        command
            .env_clear()
            .env("HOME", self.home())
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            // Nobody is there: the machine's own services are none of a test's business.
            .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/dev/null/none")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    pub fn xsms(&self) -> Command {
        self.program(env!("CARGO_BIN_EXE_xsms"))
    }

    pub fn xgnss(&self) -> Command {
        self.program(env!("CARGO_BIN_EXE_xgnss"))
    }

    /// Runs `xsms` with these arguments to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.xsms()
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .expect("xsms runs")
    }

    /// What `xsms` prints.
    pub fn says(&self, arguments: &[&str]) -> String {
        text(&self.run(arguments).stdout)
    }

    /// Every message in the store, oldest first.
    pub fn messages(&self) -> Vec<serde_json::Value> {
        self.says(&["list", "--json"])
            .lines()
            .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
            .collect()
    }

    /// The texts of all messages, sorted.
    pub fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self
            .messages()
            .iter()
            .map(|message| message["text"].as_str().unwrap_or_default().to_owned())
            .collect();
        texts.sort();
        texts
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output in UTF-8")
}

/// A program that prints lines until it is stopped; killed at the end of the test.
pub struct Following {
    child: Child,
    lines: Receiver<String>,
}

impl Following {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("its output");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// Waits for this line and returns how long it took; other lines may come before.
    pub fn wait_for(&self, wanted: &str) -> Duration {
        self.wait_within(wanted, patience())
    }

    pub fn wait_within(&self, wanted: &str, limit: Duration) -> Duration {
        let started = Instant::now();
        let mut seen = Vec::new();
        loop {
            match self
                .lines
                .recv_timeout(limit.saturating_sub(started.elapsed()))
            {
                Ok(line) if line == wanted => return started.elapsed(),
                Ok(line) => seen.push(line),
                Err(RecvTimeoutError::Timeout) => panic!("no line {wanted:?}, only {seen:?}"),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("it ended without a line {wanted:?}, after {seen:?}")
                }
            }
        }
    }

    /// Waits for a line that has this in it, and returns the line.
    pub fn wait_for_part(&self, wanted: &str, limit: Duration) -> String {
        let started = Instant::now();
        let mut seen = Vec::new();
        loop {
            let left = limit.saturating_sub(started.elapsed());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(wanted) => return line,
                Ok(line) => seen.push(line),
                Err(_) => panic!("no line with {wanted:?}, only {seen:?}"),
            }
        }
    }

    /// Asserts that nothing more is printed for this long.
    pub fn stays_quiet(&self, time: Duration) {
        if let Ok(line) = self.lines.recv_timeout(time) {
            panic!("an unexpected line: {line:?}");
        }
    }

    /// Ends it, and returns the lines that nobody waited for.
    pub fn rest(mut self) -> Vec<String> {
        self.kill();
        self.lines.iter().collect()
    }

    /// The next line, whatever it is.
    pub fn next_line(&self) -> String {
        match self.lines.recv_timeout(patience()) {
            Ok(line) => line,
            Err(error) => panic!("no line: {error}"),
        }
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        self.kill();
    }
}

/// How long what is bound to happen may take: an emulated machine of the lab is slow.
fn patience() -> Duration {
    match std::env::var_os("BARPOP_LAB_GUEST") {
        Some(_) => Duration::from_secs(90),
        None => Duration::from_secs(15),
    }
}

/// Asks until it is so.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + patience();
    while !is_so() {
        assert!(Instant::now() < until, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
