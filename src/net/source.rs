//! The network's source: it mirrors NetworkManager and ModemManager, publishes whole snapshots,
//! and carries commands out.
//!
//! One thread, which sleeps until something happens: `mirror` takes in what the services say,
//! `pace` says when it is shown, `desk` holds what is asked and not done yet, `worker` puts them together and lives through everything
//! that can happen to the bus.

mod desk;
mod matches;
mod mirror;
mod pace;
mod worker;

use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use zruntime::mpmc::{Sender, unbounded};

use super::command::Command;
use super::options::Options;
use super::snapshot::Snapshot;
use worker::{Event, Worker};

/// A running source.
pub struct Source {
    events: Sender<Event>,
    latest: Arc<Mutex<Arc<Snapshot>>>,
    worker: Option<thread::JoinHandle<()>>,
}

impl Source {
    /// Starts looking at the network; returns at once. `wake` is called from another thread
    /// whenever there is a new snapshot, and never for one that is like the one before.
    ///
    /// It lives on whatever happens: [`Snapshot::service`] says what is wrong, and it recovers
    /// by itself.
    pub fn start(options: Options, wake: impl Fn() + Send + 'static) -> Self {
        let latest = Arc::new(Mutex::new(Arc::new(Snapshot::default())));
        let (events, inbox) = unbounded();
        let publish = {
            let latest = Arc::clone(&latest);
            move |snapshot: Arc<Snapshot>| {
                *latest.lock().unwrap_or_else(PoisonError::into_inner) = snapshot;
                wake();
            }
        };
        let worker = Worker::new(options, (events.clone(), inbox), Box::new(publish));
        // Without a thread there is no state, as if the bus never answered.
        let thread = thread::Builder::new()
            .name("barpop network".to_owned())
            .spawn(move || zbus::block_on(worker.run()))
            .ok();
        Self {
            events,
            latest,
            worker: thread,
        }
    }

    /// The newest snapshot; never waits for I/O. Until the first answer its service is
    /// [`Starting`](super::snapshot::Service::Starting).
    #[must_use]
    pub fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.latest.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks for something; the answer is in a later snapshot. What is asked before the first
    /// snapshot is done after it.
    pub fn send(&self, command: Command) {
        // The worker ends only with us.
        let _ = self.events.try_send(Event::Command(command));
    }
}

impl Drop for Source {
    /// Ends as soon as what was asked for is on its way, which takes milliseconds.
    fn drop(&mut self) {
        let _ = self.events.try_send(Event::Stop);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}
