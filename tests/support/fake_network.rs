//! A network, and our source that looks at it.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use barpop::net::snapshot::{Service, Snapshot};
use barpop::net::{Options, Source, Wants};
use barpop::sim::network::Network;

use crate::bus::Bus;

/// A private bus, a fake network on it, and a source.
pub struct Bed {
    pub source: Source,
    pub network: Network,
    pub bus: Bus,
    shown: Arc<AtomicUsize>,
}

impl Bed {
    /// A scene, looked at with everything that can be wanted.
    pub fn new(scene: &str) -> Self {
        Self::with(
            scene,
            Options {
                wants: Wants::ALL,
                permissions: true,
                ..Options::default()
            },
        )
    }

    pub fn with(scene: &str, options: Options) -> Self {
        let bus = Bus::start();
        let network = Network::start(&bus.address(), scene).expect("a network");
        network.control("steady on").expect("it keeps still");
        let (source, shown) = source(&bus, options);
        Self {
            source,
            network,
            bus,
            shown,
        }
    }

    /// How many snapshots there were.
    pub fn shown(&self) -> usize {
        self.shown.load(Ordering::SeqCst)
    }

    pub fn control(&self, line: &str) {
        self.network.control(line).expect("the network does that");
    }

    /// Waits until a snapshot is so; how long that took.
    pub fn until(&self, what: &str, is_so: impl Fn(&Snapshot) -> bool) -> Duration {
        until(&self.source, what, is_so)
    }

    /// Waits until the network is known.
    pub fn running(&self) -> Arc<Snapshot> {
        self.until("NetworkManager is known", |s| s.service == Service::Running);
        self.source.latest()
    }
}

/// A source on this bus, and how many snapshots it has shown.
pub fn source(bus: &Bus, options: Options) -> (Source, Arc<AtomicUsize>) {
    let shown = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&shown);
    let options = Options {
        bus: Some(bus.address()),
        ..options
    };
    let source = Source::start(options, move || {
        count.fetch_add(1, Ordering::SeqCst);
    });
    (source, shown)
}

/// Waits until a snapshot is so; how long that took. Nothing takes longer than 20 s.
pub fn until(source: &Source, what: &str, is_so: impl Fn(&Snapshot) -> bool) -> Duration {
    let start = Instant::now();
    loop {
        let latest = source.latest();
        if is_so(&latest) {
            return start.elapsed();
        }
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{what}: {latest:#?}"
        );
        std::thread::sleep(Duration::from_millis(1));
    }
}
