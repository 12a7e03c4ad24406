//! The position source: one thread that listens to gpsd, a port, a modem or a file, and publishes
//! snapshots.
//!
//! It never ends on an error of the world: what is wrong becomes a part of the snapshot, and the
//! source is tried again, ever less often. Between two fixes it sleeps.

mod desk;
mod file;
mod gpsd;
mod lent;
mod modem;
mod modem_manager;
mod port;
mod station;

use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::event::{EventfdFlags, eventfd};

use self::desk::{Desk, Ended};
use self::modem_manager::Ask;
use super::command::Command;
use super::gpsd::Address;
use super::options::{Options, Wanted};
use super::snapshot::{Link, Snapshot};

/// A source that is lost is tried again after this, and after twice as long each time.
const RETRY_FIRST: Duration = Duration::from_millis(250);
/// The longest time between two tries.
const RETRY_LAST: Duration = Duration::from_secs(5);
/// A modem's receiver is switched off again within this, or stays on.
const SWITCH_OFF: Duration = Duration::from_secs(3);

/// What the worker is told.
enum Event {
    Command(Command),
    Stop,
}

/// A running source.
pub struct Source {
    events: Sender<Event>,
    wake: Option<Arc<OwnedFd>>,
    latest: Arc<Mutex<Arc<Snapshot>>>,
    /// Closed when the worker has ended.
    ended: Receiver<std::convert::Infallible>,
}

impl Source {
    /// Starts listening; returns at once. `wake` is called from another thread whenever there is
    /// a new snapshot.
    pub fn start(options: Options, wake: impl Fn() + Send + 'static) -> Self {
        let latest = Arc::new(Mutex::new(Arc::new(Snapshot {
            link: Link::Connecting,
            ..Snapshot::default()
        })));
        let (events, inbox) = channel();
        let publish = {
            let latest = Arc::clone(&latest);
            move |snapshot: &Snapshot| {
                *latest.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(snapshot.clone());
                wake();
            }
        };
        let waker = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK).map(Arc::new);
        let (alive, ended) = channel();
        let wake = match waker {
            Ok(waker) => {
                let mut desk = Desk::new(options, inbox, Arc::clone(&waker), Box::new(publish));
                thread::spawn(move || {
                    work(&mut desk);
                    drop(alive);
                });
                Some(waker)
            }
            Err(errno) => {
                publish(&Snapshot {
                    error: Some(format!("the system has no more descriptors: {errno}")),
                    ..Snapshot::default()
                });
                None
            }
        };
        Self {
            events,
            wake,
            latest,
            ended,
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
        // The worker ends only with us.
        let _ = self.events.send(event);
        if let Some(wake) = &self.wake {
            let _ = rustix::io::write(&**wake, &1_u64.to_ne_bytes());
        }
    }
}

impl Drop for Source {
    /// Waits until what was switched on in a modem is off again: the program that ends with us
    /// would leave it on for ever. Everything else ends within milliseconds; a recording is whole
    /// after every point.
    fn drop(&mut self) {
        self.tell(Event::Stop);
        let _ = self.ended.recv_timeout(SWITCH_OFF);
    }
}

fn work(desk: &mut Desk) {
    let mut wanted = desk.options().wanted.clone();
    let mut pause = RETRY_FIRST;
    loop {
        let Err(ended) = listen(&wanted, desk);
        if desk.station.is_connected() {
            pause = RETRY_FIRST;
        }
        let ended = match ended {
            Ended::Lost(sentence) => {
                let link = if wanted == Wanted::Auto {
                    Link::NoSource
                } else {
                    Link::Connecting
                };
                desk.station.lost(link, sentence);
                desk.publish();
                let until = desk.wait(None, Some(pause));
                pause = (pause * 2).min(RETRY_LAST);
                match until {
                    Ok(_) => continue,
                    Err(ended) => ended,
                }
            }
            Ended::Finished => {
                desk.station.finished();
                desk.publish();
                // Only a command can come yet.
                loop {
                    if let Err(ended) = desk.wait(None, None) {
                        break ended;
                    }
                }
            }
            other => other,
        };
        match ended {
            Ended::Stop => return,
            Ended::Choose(other) => {
                wanted = other;
                desk.station.forget();
                desk.left_on = None;
                pause = RETRY_FIRST;
            }
            Ended::Retry => pause = RETRY_FIRST,
            // Told by a driver, and dealt with above.
            Ended::Lost(_) | Ended::Finished => {}
        }
    }
}

/// Listens until the source is lost or something else is wanted.
fn listen(wanted: &Wanted, desk: &mut Desk) -> Result<std::convert::Infallible, Ended> {
    match wanted {
        Wanted::Gpsd(address) => gpsd::listen(address, desk),
        Wanted::Nmea(path) => port::listen(path, desk),
        Wanted::Modem(path) => modem::listen(path, desk),
        Wanted::File(path) => file::listen(path, desk),
        Wanted::ModemManager => modem_manager::listen(Ask::Anything, desk),
        Wanted::Auto => choose(desk),
    }
}

/// gpsd, then a modem of ModemManager that has a receiver, then the configured port.
fn choose(desk: &mut Desk) -> Result<std::convert::Infallible, Ended> {
    let Err(ended) = gpsd::listen(&Address::default(), desk);
    // What was there may come back at once.
    let is_absent = |ended: &Ended, desk: &Desk| {
        matches!(ended, Ended::Lost(_)) && !desk.station.is_connected()
    };
    if !is_absent(&ended, desk) {
        return Err(ended);
    }
    let Err(ended) = modem_manager::listen(Ask::Positions, desk);
    if !is_absent(&ended, desk) {
        return Err(ended);
    }
    match desk.options().fallback.clone() {
        Some(port) if port != Wanted::Auto => listen(&port, desk),
        _ => Err(Ended::Lost(
            "no gpsd answers on this machine, ModemManager has no receiver, and no port is \
             configured; start gpsd or name a source, like --source nmea:/dev/ttyUSB1"
                .to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests;
