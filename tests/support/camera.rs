//! A camera whose shots are written down instead of taken, with the real engine and the real
//! connection to a broker.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use barpop::shutter::broker::Broker;
use barpop::shutter::command::Command;
use barpop::shutter::engine::{self, Handle};
use barpop::shutter::plan::{Limits, Plan};
use barpop::shutter::release::{Release, ReleaseError};
use barpop::shutter::server::mqtt::options::Options;
use barpop::shutter::server::mqtt::{self, Mqtt};
use barpop::shutter::snapshot;

/// Moments at which the shutter opened.
type Shots = Arc<Mutex<Vec<Instant>>>;

struct Notebook(Shots);

impl Release for Notebook {
    fn describe(&self) -> snapshot::Release {
        snapshot::Release {
            name: "a notebook".to_owned(),
            ..snapshot::Release::default()
        }
    }

    fn focus(&mut self, _pressed: bool) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn open(&mut self, _longest: Duration) -> Result<(), ReleaseError> {
        locked(&self.0).push(Instant::now());
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        Ok(())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        Ok(())
    }
}

/// The camera `garden`.
pub struct Camera {
    pub engine: Handle,
    shots: Shots,
    mqtt: Option<Mqtt>,
    log: Arc<Mutex<Vec<String>>>,
}

impl Camera {
    /// Not at any broker yet.
    pub fn new() -> Self {
        let shots = Shots::default();
        let options = engine::Options {
            name: "garden".to_owned(),
            limits: Limits {
                pulse: Duration::from_millis(10),
                ..Limits::default()
            },
            ..engine::Options::default()
        };
        let engine =
            engine::start(Box::new(Notebook(Arc::clone(&shots))), options).expect("an engine");
        Self {
            engine,
            shots,
            mqtt: None,
            log: Arc::default(),
        }
    }

    /// At the broker of this port on loopback, without TLS and password.
    pub fn at(port: u16) -> Self {
        let mut camera = Self::new();
        camera.connect(&plain(port));
        camera
    }

    pub fn connect(&mut self, broker: &Broker) {
        let options = Options::new(broker, "garden").expect("options");
        let log = Arc::clone(&self.log);
        let log = move |sentence: &str| locked(&log).push(sentence.to_owned());
        self.mqtt =
            Some(mqtt::start(options, self.engine.clone(), Box::new(log)).expect("a thread"));
    }

    /// Says goodbye to the broker.
    pub fn disconnect(&mut self) {
        self.mqtt = None;
    }

    /// What the log was told.
    pub fn log(&self) -> Vec<String> {
        locked(&self.log).clone()
    }

    /// Waits until the log was told something with this in it, and returns that.
    pub fn said(&self, wanted: &str) -> String {
        let limit = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(line) = self.log().into_iter().find(|line| line.contains(wanted)) {
                return line;
            }
            assert!(Instant::now() < limit, "no {wanted:?} in {:?}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// How often a connection was lost, or was none.
    pub fn troubles(&self) -> usize {
        let log = self.log();
        log.iter()
            .filter(|line| line.ends_with("tried again"))
            .count()
    }

    /// When the shutter opened.
    pub fn shots(&self) -> Vec<Instant> {
        locked(&self.shots).clone()
    }

    pub fn start(&self, interval: Duration, count: Option<u32>) {
        let plan = Plan {
            interval,
            count,
            ..Plan::default()
        };
        self.engine.ask(Command::Start(plan)).expect("a plan");
    }
}

/// The broker of this port on loopback, without TLS and password.
pub fn plain(port: u16) -> Broker {
    Broker {
        host: "127.0.0.1".to_owned(),
        port: Some(port),
        tls: Some(false),
        ..Broker::default()
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
