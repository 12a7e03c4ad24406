//! Notifications of new messages (the Desktop Notifications Specification 1.2,
//! `org.freedesktop.Notifications` on the session bus).
//!
//! ```text
//! store ──take_unannounced──▶ plan (pure) ──Step──▶ server (D-Bus) ──▶ the person
//!   ▲                                                      │
//!   └───────── mark read, open this conversation ◀─────────┘
//! ```
//!
//! It runs beside whoever has the modem ([`Notices::told`]), on a thread with a store and a bus
//! of its own, and sleeps until the store changes or the server has something to say. What may be
//! shown is decided in the store, so each message is announced once, whoever announces it: see
//! [`take_unannounced`](super::store::Store::take_unannounced). Without a server, or a session
//! bus, nothing happens, and nothing is lost: what is unread then is shown when one appears.

mod lock;
pub mod plan;
mod server;
pub mod words;
mod worker;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use serde::Deserialize;
use zruntime::mpmc::Sender;

use super::number::region::Region;
use super::snapshot::ModemState;

/// What is said of new messages (`[sms] notifications`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Sender and text; the text is left out while the screen is locked.
    #[default]
    On,
    /// The sender only.
    Private,
    /// Nothing.
    Off,
}

/// What a notifier works with.
#[derive(Clone)]
pub struct Options {
    /// How much is said.
    pub mode: Mode,
    /// The store's file.
    pub store: PathBuf,
    /// Where the address book is; `$XDG_DATA_HOME/contacts` when empty.
    pub contacts: Vec<PathBuf>,
    /// Whose national numbers are in it, where that is configured.
    pub region: Option<Region>,
    /// The session bus's address; nothing is shown without one.
    pub bus: Option<String>,
    /// Makes the command that opens the popup.
    pub popup: Arc<dyn Fn() -> Command + Send + Sync>,
}

impl Options {
    /// What a popup notifies with while it has the modem: its own window is what "Reply" raises.
    #[must_use]
    pub fn of(options: &super::Options) -> Self {
        Self {
            mode: options.notifications,
            store: options.store.clone(),
            contacts: options.contacts.clone(),
            region: options.region,
            bus: options.session_bus.clone(),
            popup: Arc::new(|| crate::program::popup_command("sms")),
        }
    }
}

enum Event {
    /// The store has changed.
    Store,
    Stop,
}

/// Notifications, for as long as this process is the one that has the modem.
pub struct Notices {
    options: Options,
    running: Option<Notifier>,
}

impl Notices {
    /// Nothing runs before [`told`](Self::told) that this process has the modem.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            running: None,
        }
    }

    /// To be told at every change whether this process has the modem, and how it is. The first
    /// time that it is ready, everything that an old SIM held is in the store; only what comes
    /// after that is announced.
    pub fn told(&mut self, owner: bool, modem: &ModemState) {
        if !owner || self.options.mode == Mode::Off || self.options.bus.is_none() {
            self.running = None;
        } else if *modem == ModemState::Ready && self.running.is_none() {
            // Without a thread there are no notifications, and the bar has its count all the same.
            self.running = Notifier::start(self.options.clone());
        }
    }
}

/// A running notifier. Dropped, it ends; what it has shown stays.
struct Notifier {
    events: Sender<Event>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Notifier {
    fn start(options: Options) -> Option<Self> {
        let (events, inbox) = zruntime::mpmc::unbounded();
        let ends = (events.clone(), inbox);
        let thread = std::thread::Builder::new().name("notify".into());
        let thread = thread.spawn(move || worker::run(options, ends)).ok()?;
        Some(Self {
            events,
            thread: Some(thread),
        })
    }
}

impl Drop for Notifier {
    fn drop(&mut self) {
        // It ends only with us.
        let _ = self.events.try_send(Event::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
