//! The popup's source: a thread with a [`Station`], which publishes snapshots.
//!
//! A pad at rest still reports its motion hundreds of times a second. Each report is in the next
//! snapshot, but the view is woken only by what can be seen.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rustix::event::{EventfdFlags, PollFlags, eventfd};

use super::Options;
use super::command::Command;
use super::seen::looks_same;
use super::snapshot::Snapshot;
use super::station::Station;

enum Event {
    Command(Command),
    Stop,
}

/// A running source. When it is dropped, the lights are as they were before, the motors stand
/// still, and the touchpad moves the mouse again.
pub struct Source {
    events: Sender<Event>,
    waker: Option<Arc<OwnedFd>>,
    latest: Arc<Mutex<Arc<Snapshot>>>,
    thread: Option<JoinHandle<()>>,
}

impl Source {
    /// Starts; returns at once. `wake` is called from another thread whenever there is something
    /// new to be seen.
    pub fn start(options: Options, wake: impl Fn() + Send + 'static) -> Self {
        let latest = Arc::new(Mutex::new(Arc::new(Snapshot::default())));
        let (events, inbox) = channel();
        let desk = {
            let latest = Arc::clone(&latest);
            let publish = move |snapshot: Snapshot| {
                *latest.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot);
            };
            Desk {
                inbox,
                publish: Box::new(publish),
                wake: Box::new(wake),
                seen: Snapshot::default(),
            }
        };
        let waker = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK).map(Arc::new);
        let (waker, thread) = match waker {
            Ok(waker) => {
                let listened = Arc::clone(&waker);
                let run = move || desk.run(options, &listened);
                (Some(waker), Some(thread::spawn(run)))
            }
            Err(errno) => {
                desk.fail(&errno.into());
                (None, None)
            }
        };
        Self {
            events,
            waker,
            latest,
            thread,
        }
    }

    /// The newest snapshot; never waits for I/O.
    #[must_use]
    pub fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.latest.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks for something; the answer is in a later snapshot.
    pub fn send(&self, command: Command) {
        self.tell(Event::Command(command));
    }

    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
        if let Some(waker) = &self.waker {
            let _ = rustix::io::write(&**waker, &1_u64.to_ne_bytes());
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.tell(Event::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

struct Desk {
    inbox: Receiver<Event>,
    publish: Box<dyn Fn(Snapshot) + Send>,
    wake: Box<dyn Fn() + Send>,
    /// What the view was woken for last.
    seen: Snapshot,
}

impl Desk {
    fn run(mut self, options: Options, waker: &OwnedFd) {
        let mut station = match Station::open(options, false) {
            Ok(station) => station,
            Err(error) => return self.fail(&error),
        };
        // Sticks and buttons first: logind may take its time.
        self.show(&station);
        station.try_lights();
        self.show(&station);
        loop {
            let turn = match station.turn(&[(waker.as_fd(), PollFlags::IN)], None, &mut |_| {}) {
                Ok(turn) => turn,
                Err(error) => return self.fail(&error),
            };
            if turn.ready.is_some() {
                let mut count = [0; 8];
                let _ = rustix::io::read(waker, &mut count);
                for event in self.inbox.try_iter() {
                    match event {
                        Event::Command(command) => station.carry_out(&command),
                        Event::Stop => return,
                    }
                }
            }
            if turn.changed || turn.ready.is_some() {
                self.show(&station);
            }
        }
    }

    fn show(&mut self, station: &Station) {
        let snapshot = station.snapshot();
        let is_seen = !looks_same(&self.seen, &snapshot);
        if is_seen {
            self.seen = snapshot.clone();
        }
        (self.publish)(snapshot);
        if is_seen {
            (self.wake)();
        }
    }

    fn fail(&self, error: &std::io::Error) {
        (self.publish)(Snapshot {
            ready: true,
            error: Some(format!("cannot listen to gamepads: {error}")),
            ..Snapshot::default()
        });
        (self.wake)();
    }
}
