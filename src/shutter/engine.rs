//! The engine: keeps a plan, and presses the camera's buttons in time.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # fn gpio() -> Box<dyn barpop::shutter::release::Release> { unimplemented!() }
//! use barpop::shutter::{command::Command, engine, plan::Plan};
//! let options = engine::Options {
//!     name: "garden".into(),
//!     state: Some("/var/lib/xshutter/garden.json".into()), // a file; its history is beside it
//!     ..engine::Options::default()
//! };
//! let camera = engine::start(gpio(), options)?; // goes on with what the file says
//! camera.watch(|snapshot| println!("{} shots", snapshot.shots)); // on a thread of its own
//! camera.ask(Command::Start(Plan::default()))?; // Err(Refusal { kind, sentence })
//! let now = camera.snapshot(); // as it is after what was asked
//! assert!(camera.alive().as_secs() < 5); // else the timing thread hangs: no watchdog ping
//! camera.end(); // lets everything go; the plan goes on at the next start
//! # Ok(()) }
//! ```
//!
//! Four threads: one does nothing but time (with real-time priority where that is allowed), one
//! writes down, one tells watchers; and whoever asks. Nothing that can be slow is done on the first but what the
//! release does itself.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::tz::TimeZone;

use super::command::Command;
use super::kept::{Files, boot_id};
use super::plan::Limits;
use super::release::Release;
pub use super::schedule::Now;
use super::snapshot::Snapshot;
pub use super::solar::Place;
use board::Board;
pub use clock::{Clock, SystemClock};
use machine::Machine;
use timing::Timing;

mod board;
mod clock;
mod flight;
mod keeper;
mod machine;
mod realtime;
mod timing;
mod warnings;

/// A refusal comes at the latest after this time.
const ANSWER: Duration = Duration::from_secs(2);

/// What happens to a plan that runs when the service is started anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterRestart {
    /// It goes on in its phase.
    #[default]
    Resume,
    /// It is over ([`Ending::Interrupted`](super::snapshot::Ending::Interrupted)).
    Stop,
}

/// How an engine works.
#[derive(Clone)]
pub struct Options {
    /// The camera's name, for the snapshot.
    pub name: String,
    /// What the camera can do, and how long a pulse is.
    pub limits: Limits,
    /// The half-press before a picture that is asked for while no plan runs; zero: none.
    pub half_press: Duration,
    /// For the daily windows.
    pub zone: TimeZone,
    /// For windows by the sun.
    pub place: Option<Place>,
    /// What happens to a plan that runs when the service is started anew.
    pub after_restart: AfterRestart,
    /// The file in which the plan, its phase and the totals are kept; the history is beside it.
    /// `None`: nothing is kept.
    pub state: Option<PathBuf>,
    /// Whether real-time priority and locked memory are asked for.
    pub realtime: bool,
    /// `None`: the system's.
    pub clock: Option<Arc<dyn Clock>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: String::new(),
            limits: Limits::default(),
            half_press: Duration::ZERO,
            zone: TimeZone::system(),
            place: None,
            after_restart: AfterRestart::default(),
            state: None,
            realtime: true,
            clock: None,
        }
    }
}

/// Why an engine cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// No thread, no timer.
    #[error("the timer cannot be started: {0}")]
    System(#[from] std::io::Error),
    /// No place on Earth.
    #[error(
        "{} degrees north and {} east is no place on Earth; correct the place in the configuration",
        .0.lat_deg, .0.lon_deg
    )]
    Place(Place),
}

/// What kind of refusal it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It makes no sense, whenever it is asked (HTTP: 422 or 400).
    Invalid,
    /// Not now (HTTP: 409).
    Conflict,
    /// The release or the engine cannot do it (HTTP: 503).
    Unavailable,
}

/// Why something that was asked was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Refusal {
    /// What kind of refusal it is.
    pub kind: Kind,
    /// What happened, and what to do.
    pub sentence: String,
}

impl Refusal {
    fn new(kind: Kind, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        Self { kind, sentence }
    }
}

/// What the timing thread is told.
enum Message {
    Ask(Box<Command>, Arc<Wish>, SyncSender<Result<(), Refusal>>),
    Disk(Option<String>),
    Network(Option<String>),
    End,
}

/// Whether something that was asked was taken up, or withdrawn before: one of both.
#[derive(Default)]
struct Wish(AtomicBool);

impl Wish {
    /// Whether it is the caller's turn.
    fn take(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

/// An engine that runs; clones are of the same one. It ends by [`Handle::end`], or when the last
/// clone is dropped (then nobody waits for it).
#[derive(Clone)]
pub struct Handle(Arc<Ends>);

struct Ends {
    inbox: Sender<Message>,
    clock: Arc<dyn Clock>,
    board: Arc<Board>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// Starts an engine, and goes on with what the state file says.
///
/// # Errors
/// Where the system gives no timer or thread.
pub fn start(release: Box<dyn Release>, options: Options) -> Result<Handle, EngineError> {
    if let Some(place) = options.place.filter(|place| !place.is_on_earth()) {
        return Err(EngineError::Place(place));
    }
    let clock = match &options.clock {
        Some(clock) => Arc::clone(clock),
        None => Arc::new(SystemClock::new()?) as Arc<dyn Clock>,
    };
    let board = Arc::new(Board::default());
    let (inbox, messages) = mpsc::channel();
    board::herald(&board)?;
    let mut threads = Vec::new();
    let mut saves = None;
    let mut past = machine::Past::default();
    if let Some(state) = &options.state {
        let mut files = Files::new(state);
        past = files.load();
        let (inbox, clock) = (inbox.clone(), Arc::clone(&clock));
        let tell = move |problem| {
            let _ = inbox.send(Message::Disk(problem));
            clock.wake();
        };
        let (sender, thread) = keeper::start(files, past.history.clone(), tell)?;
        saves = Some(sender);
        threads.push(thread);
    }
    let realtime = options.realtime;
    let mut machine = Machine::new(release, Arc::clone(&clock), options, boot_id(), past);
    board.publish(machine.snapshot());
    board.turned(clock.now().tick);
    let timing = Timing {
        machine,
        messages,
        saves,
        clock: Arc::clone(&clock),
        board: Arc::clone(&board),
    };
    let thread = thread::Builder::new().name("shutter".into());
    threads.push(thread.spawn(move || timing.run(realtime))?);
    Ok(Handle(Arc::new(Ends {
        inbox,
        clock,
        board,
        threads: threads.into(),
    })))
}

impl Handle {
    /// Asks for something; the answer comes at once, at most after two seconds. Afterwards
    /// [`Handle::snapshot`] is as it is after what was asked.
    ///
    /// # Errors
    /// Why it was not done.
    pub fn ask(&self, command: Command) -> Result<(), Refusal> {
        let ended = || Refusal::new(Kind::Unavailable, "the timer has ended");
        let (answer, answered) = mpsc::sync_channel(1);
        let wish = Arc::new(Wish::default());
        let message = Message::Ask(Box::new(command), Arc::clone(&wish), answer);
        self.0.inbox.send(message).map_err(|_| ended())?;
        self.0.clock.wake();
        match answered.recv_timeout(ANSWER) {
            Ok(result) => result,
            Err(RecvTimeoutError::Disconnected) => Err(Refusal::new(
                Kind::Unavailable,
                "the timer had an error, or ended, while it was asked; look at its state",
            )),
            Err(RecvTimeoutError::Timeout) => {
                // What is refused must not be done later.
                let not_done = if wish.take() {
                    "; nothing was done"
                } else {
                    ""
                };
                let name = &self.snapshot().release.name;
                Err(Refusal::new(
                    Kind::Unavailable,
                    format!("{name} does not answer{not_done}; see whether it is connected"),
                ))
            }
        }
    }

    /// Puts what is wrong with being reached into the warning, or with `None` that all is well.
    pub fn warn_of_network(&self, problem: Option<String>) {
        let _ = self.0.inbox.send(Message::Network(problem));
        self.0.clock.wake();
    }

    /// The state now.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.0.board.snapshot()
    }

    /// Calls back with every snapshot from now on, on a thread of its own. Who is slow misses
    /// some, but never the last; who panics is not called again.
    pub fn watch(&self, watcher: impl Fn(&Arc<Snapshot>) + Send + 'static) {
        self.0.board.watch(Box::new(watcher));
    }

    /// How long ago the timing thread last turned; it does so every second at least, except while
    /// the release is at work.
    #[must_use]
    pub fn alive(&self) -> Duration {
        self.0.board.age(self.0.clock.now().tick)
    }

    /// Lets everything go, writes down where the plan is, and waits until that is done (not for
    /// watchers, which hear of it all the same).
    pub fn end(self) {
        let _ = self.0.inbox.send(Message::End);
        self.0.clock.wake();
        let threads = self
            .0
            .threads
            .lock()
            .map(|mut all| std::mem::take(&mut *all));
        for thread in threads.unwrap_or_default() {
            let _ = thread.join();
        }
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.inbox.send(Message::End);
        self.clock.wake();
    }
}

#[cfg(test)]
mod tests;
