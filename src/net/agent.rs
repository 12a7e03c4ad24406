//! The secret agent: NetworkManager asks it for the secrets that it does not keep itself
//! (`org.freedesktop.NetworkManager.SecretAgent`).
//!
//! ```text
//! let agent = Agent::serve(&bus, Asking::Here, |event| …wake the source…).await?;
//! agent.register().await?;             // again whenever NetworkManager has a new owner
//! agent.expect(number, &command, &snapshot);   // before `act::carry_out` of Join and Retry
//! agent.done(number);                          // when that attempt has ended
//! snapshot.prompt = agent.prompt();            // after Event::Prompt
//! agent.answer(number, secrets); agent.refuse(number);     // Command::Answer, Command::Refuse
//! agent.expire(now) at agent.deadline();       // NetworkManager waits 120 s and no longer
//! ```
//!
//! - What a person typed for an attempt of ours is handed over once. Asked again, it was wrong:
//!   [`Event::Refused`], and NetworkManager gets `UserCanceled`.
//! - Without a window of its own ([`Asking::Window`]) it starts `barpop ask`; see
//!   [`ask`](super::ask).
//! - Secrets that a profile leaves to its agents are kept in memory, for this process, and never
//!   on disk. Cancelling deletes nothing.
//! - Only NetworkManager is answered. With two agents (the popup's and the bar's), NetworkManager
//!   asks the one of the process that connects first; each has an identifier of its own.

mod keep;
mod queue;
mod request;
mod serve;
mod wait;

#[cfg(test)]
mod tests;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use self::queue::Queue;
use super::act::NETWORK_MANAGER;
use super::ask::{Program, Reply};
use super::command::Command;
use super::secrets::Prompt;
use super::snapshot::{Snapshot, Uuid};
use crate::bus::{Bus, BusError, Object, within};
use crate::secret::Secret;

/// Where NetworkManager looks for an agent, by its own rule.
const PATH: &str = "/org/freedesktop/NetworkManager/SecretAgent";

/// `NM_SECRET_AGENT_CAPABILITY_VPN_HINTS`.
const VPN_HINTS: u32 = 0x1;

/// Where the person is asked.
#[derive(Debug, Clone)]
pub enum Asking {
    /// In this process: [`Agent::prompt`] goes into the snapshot.
    Here,
    /// In a window that this program opens.
    Window(Program),
    /// Nowhere: only what was typed for an attempt of ours is handed over.
    Nobody,
}

/// What the source has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// [`Agent::prompt`] has changed.
    Prompt,
    /// The person is asked for a secret of this profile: the attempt waits.
    Asked(Uuid),
    /// What was typed for this attempt is wrong.
    Refused(u64),
}

/// A secret agent on a bus. Clones are the same agent.
#[derive(Clone)]
pub struct Agent {
    bus: Bus,
    identifier: Arc<str>,
    shared: Arc<Shared>,
}

/// What the agent and the object that it serves share.
struct Shared {
    queue: Mutex<Queue>,
    asking: Asking,
    notify: Box<dyn Fn(Event) + Send + Sync>,
}

/// The library begins to listen for calls some time after it was told of the first object, and
/// what comes before is lost: NetworkManager would wait for two minutes. So it is asked itself.
async fn until_it_answers(bus: &Bus) {
    let Some(name) = bus.connection().unique_name() else {
        return;
    };
    let own = Object {
        service: name.as_str(),
        path: PATH,
        interface: "org.freedesktop.DBus.Peer",
    };
    for _ in 0..20 {
        let asked = within(Duration::from_millis(50), bus.call(own, "Ping", &()));
        if asked.await.is_some() {
            return;
        }
    }
}

impl Agent {
    /// Serves the agent on the bus; NetworkManager does not know of it before
    /// [`register`](Self::register). `notify` is called from the bus's own thread, and must
    /// neither block nor call the agent.
    ///
    /// # Errors
    /// [`BusError`] when the object cannot be served.
    pub async fn serve(
        bus: &Bus,
        asking: Asking,
        notify: impl Fn(Event) + Send + Sync + 'static,
    ) -> Result<Self, BusError> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            asking,
            notify: Box::new(notify),
        });
        let object = serve::Served::new(shared.clone());
        let server = bus.connection().object_server();
        server
            .at(PATH, object)
            .await
            .map_err(|error| BusError::of(error, NETWORK_MANAGER))?;
        until_it_answers(bus).await;
        Ok(Self {
            bus: bus.clone(),
            identifier: identifier().into(),
            shared,
        })
    }

    /// Tells NetworkManager of this agent; what an earlier NetworkManager asked is dropped.
    ///
    /// # Errors
    /// [`BusError`]; `NotRunning` when there is no NetworkManager (register again when it comes).
    pub async fn register(&self) -> Result<(), BusError> {
        let dropped = self.shared.queue().drop_all();
        self.shared.after(dropped);
        let body = (&*self.identifier, VPN_HINTS);
        let first = self.bus.call(manager(), "RegisterWithCapabilities", &body);
        match first.await {
            // It knows us already: make it know us anew, so that it asks us what is open.
            Err(BusError::Forbidden(_) | BusError::Refused { .. }) => {
                let _ = self.bus.call(manager(), "Unregister", &()).await;
                let again = self.bus.call(manager(), "RegisterWithCapabilities", &body);
                again.await.map(drop)
            }
            answer => answer.map(drop),
        }
    }

    /// Takes the agent back; open questions are answered with "nobody is here".
    ///
    /// # Errors
    /// [`BusError`].
    pub async fn unregister(&self) -> Result<(), BusError> {
        let dropped = self.shared.queue().drop_all();
        self.shared.after(dropped);
        let answer = self.bus.call(manager(), "Unregister", &()).await;
        answer.map(drop)
    }

    /// Nobody waits for the agent any more: open questions end, and their windows close.
    pub fn close(&self) {
        self.shared.queue().drop_all();
    }

    /// What the person typed for this attempt, should NetworkManager ask for it.
    pub fn expect(&self, attempt: u64, command: &Command, snapshot: &Snapshot) {
        self.shared.queue().expect(attempt, command, snapshot);
    }

    /// The attempt has ended: what was typed for it is forgotten.
    pub fn done(&self, attempt: u64) {
        self.shared.queue().done(attempt, Timestamp::now());
    }

    /// The oldest open question, where it is asked in this process.
    #[must_use]
    pub fn prompt(&self) -> Option<Prompt> {
        match self.shared.asking {
            Asking::Here => self.shared.queue().prompt().cloned(),
            Asking::Window(_) | Asking::Nobody => None,
        }
    }

    /// The person's answer; one that comes too late is dropped.
    pub fn answer(&self, prompt: u64, secrets: &[(String, Secret)]) {
        self.shared.answer(prompt, Some(secrets));
    }

    /// The person does not answer.
    pub fn refuse(&self, prompt: u64) {
        self.shared.answer(prompt, None);
    }

    /// When the oldest question runs out.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        self.shared.queue().deadline()
    }

    /// Drops questions that NetworkManager does not wait for any more.
    pub fn expire(&self, now: Timestamp) {
        let dropped = self.shared.queue().expire(now);
        self.shared.after(dropped);
    }
}

impl Shared {
    fn queue(&self) -> std::sync::MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, event: Event) {
        (self.notify)(event);
    }

    fn answer(self: &Arc<Self>, prompt: u64, secrets: Option<&[(String, Secret)]>) {
        let answered = self.queue().answer(prompt, secrets, Timestamp::now());
        self.after(answered);
    }

    /// Some questions are closed: the next one is shown.
    fn after(self: &Arc<Self>, changed: bool) {
        if !changed {
            return;
        }
        self.show();
        self.tell(Event::Prompt);
    }

    /// Opens a window for the oldest question, where questions have windows and it has none yet.
    fn show(self: &Arc<Self>) {
        let Asking::Window(program) = &self.asking else {
            return;
        };
        let next = self.queue().without_window();
        let Some(prompt) = next else {
            return;
        };
        let number = prompt.number;
        let shared = self.clone();
        let opened = program.open(&prompt, move |reply| match reply {
            Reply::Secrets(secrets) => shared.answer(number, Some(&secrets)),
            Reply::Refused => shared.answer(number, None),
            Reply::Nobody => shared.nobody(number),
        });
        match opened {
            Ok(window) => self.queue().has_window(number, window),
            Err(_) => self.nobody(number),
        }
    }

    /// No window can be opened: NetworkManager may ask another agent.
    fn nobody(self: &Arc<Self>, prompt: u64) {
        let dropped = self.queue().nobody(prompt);
        if dropped {
            self.show();
        }
    }
}

/// One for each agent of each process: NetworkManager takes each only once for a user.
fn identifier() -> String {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let number = LAST.fetch_add(1, Ordering::Relaxed);
    format!("barpop.{}.{number}", std::process::id())
}

fn manager() -> Object<'static> {
    Object {
        service: NETWORK_MANAGER,
        path: "/org/freedesktop/NetworkManager/AgentManager",
        interface: "org.freedesktop.NetworkManager.AgentManager",
    }
}
