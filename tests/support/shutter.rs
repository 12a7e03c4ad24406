//! The shutter's service in this process, with a release that writes down what it is told.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use barpop::secret::Secret;
use barpop::shutter::engine::{self, Handle};
use barpop::shutter::release::{Release, ReleaseError};
use barpop::shutter::server::{Options, Server, Stopper, password};
use barpop::shutter::snapshot::{self, Snapshot};
use serde_json::Value;

/// Long enough for a loaded machine.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The password of [`Served::locked`].
pub const PASSWORD: &str = "correct horse";

/// What a release was told: pressed or let go, and when.
pub type Edges = Arc<Mutex<Vec<(bool, Instant)>>>;

struct Recorder {
    edges: Edges,
    problem: Option<String>,
}

impl Release for Recorder {
    fn describe(&self) -> snapshot::Release {
        snapshot::Release {
            name: "a test's button".to_owned(),
            problem: self.problem.clone(),
            focus: true,
        }
    }

    fn focus(&mut self, _: bool) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn open(&mut self, _: Duration) -> Result<(), ReleaseError> {
        if let Some(reason) = &self.problem {
            return Err(ReleaseError::Failed {
                name: "a test's button".to_owned(),
                reason: reason.clone(),
            });
        }
        self.edges
            .lock()
            .expect("a lock")
            .push((true, Instant::now()));
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        self.edges
            .lock()
            .expect("a lock")
            .push((false, Instant::now()));
        Ok(())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        match &self.problem {
            Some(reason) => Err(ReleaseError::Failed {
                name: "a test's button".to_owned(),
                reason: reason.clone(),
            }),
            None => Ok(()),
        }
    }
}

/// A service that runs until it is dropped.
pub struct Served {
    pub address: SocketAddr,
    pub handle: Handle,
    pub edges: Edges,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    /// Without a password.
    pub fn open() -> Self {
        Self::with(Options::default(), None)
    }

    /// With [`PASSWORD`].
    pub fn locked() -> Self {
        let hash = password::hash(&Secret::new(PASSWORD)).expect("a hash");
        let password_hash = Some(Secret::new(hash));
        Self::with(
            Options {
                password_hash,
                ..Options::default()
            },
            None,
        )
    }

    /// On a free port of 127.0.0.1 where the options name none; the release has this problem.
    pub fn with(mut options: Options, problem: Option<&str>) -> Self {
        let edges = Edges::default();
        let release = Recorder {
            edges: Arc::clone(&edges),
            problem: problem.map(str::to_owned),
        };
        let engine = engine::Options {
            name: "Garden".to_owned(),
            realtime: false,
            ..engine::Options::default()
        };
        let handle = engine::start(Box::new(release), engine).expect("an engine");
        if options.listen.is_empty() {
            options.listen.push(SocketAddr::from(([127, 0, 0, 1], 0)));
        }
        let server =
            Server::bind(handle.clone(), options, Box::new(|_: &str| {})).expect("a service");
        let (address, stopper) = (server.addresses()[0], server.stopper());
        let thread = std::thread::spawn(move || server.run().expect("it serves"));
        Self {
            address,
            handle,
            edges,
            stopper,
            thread: Some(thread),
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Asks as programs do, without a password.
    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], "")
    }

    /// Sends JSON as programs do, without a password.
    pub fn post(&self, path: &str, body: &str) -> Reply {
        self.ask("POST", path, &[("Content-Type", "application/json")], body)
    }

    /// Sends a form as a browser on our page does.
    pub fn form(&self, path: &str, body: &str) -> Reply {
        let kind = ("Content-Type", "application/x-www-form-urlencoded");
        self.ask("POST", path, &[kind, ("Origin", &self.url())], body)
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head += &format!("Host: {}\r\n", self.address);
        }
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !body.is_empty() || method == "POST" {
            head += &format!("Content-Length: {}\r\n", body.len());
        }
        self.raw(format!("{head}Connection: close\r\n\r\n{body}").as_bytes())
    }

    /// Sends these bytes and reads until the other side ends.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = self.connect();
        // It may refuse before it has all of it.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Reply::parse(&answer)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        stream.set_write_timeout(Some(PATIENCE)).expect("a limit");
        stream
    }

    /// Waits until the state is so.
    pub fn until(&self, what: &str, is_so: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
        let end = Instant::now() + PATIENCE;
        loop {
            let snapshot = self.handle.snapshot();
            if is_so(&snapshot) {
                return snapshot;
            }
            assert!(
                Instant::now() < end,
                "not within {PATIENCE:?}: {what}; {snapshot:?}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends the service, and waits for it.
    pub fn end(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the service's thread ends well");
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
        self.handle.clone().end();
    }
}

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// 0 where there was none.
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Reply {
    pub fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return Self::default();
        };
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split(' ').nth(1))
            .and_then(|status| status.parse().ok());
        let header = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_lowercase(), value.trim().to_owned()))
        };
        Self {
            status: status.unwrap_or(0),
            headers: lines.filter_map(header).collect(),
            body: body.to_owned(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The sentence of a refusal.
    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }
}
