//! What the owner answers: one call at a time, in the order in which they come, so that a flood
//! of them takes no more memory than one.

use std::collections::HashMap;
use std::io::Read;
use std::num::NonZeroU32;
use std::os::fd::AsFd;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use zbus::message::{Flags, Header};
use zbus::{DynamicType, Message, OwnedFd};

use super::desk::{self, Answer, Refusal, standard};
use super::state::{State, Work};
use super::told::Told;
use super::{INTERFACE, INTROSPECTION, PATH, PROPERTIES, errands};
use crate::modem_owner::REFUSED;
use crate::secret::Secret;
use crate::sms::errand::{self, Errand};
use crate::sms::link::{Ask, Remote, Report};
use crate::sms::owner::Key;
use crate::sms::snapshot::{ModemState, Summary};
use crate::sms::store::{Store, StoreError};

/// Most calls that wait for the modem at a time.
const WAITING: usize = 16;
/// A key that is not there after this long is not coming.
const KEY_PATIENCE: Duration = Duration::from_secs(2);
/// Longer than any key, shorter than anything that could do harm.
const KEY_LENGTH: u64 = 128;

/// What comes back for a call from another thread.
pub enum Late {
    /// The key that the call's descriptor held.
    Key(Result<Key, Refusal>),
    /// What came of an errand.
    Errand(errand::Answer),
}

/// Takes what comes back later, with the call's number.
pub type Later = Arc<dyn Fn(u64, Late) + Send + Sync>;

/// The object while this process is the owner.
pub struct Served {
    store: Store,
    version: Option<i64>,
    state: State,
    told: Told,
    remote: Remote,
    /// Calls that wait for the modem, by number.
    waiting: HashMap<u64, Message>,
    last: u64,
    /// The call that waits for the SIM.
    unlocking: Option<Message>,
    later: Later,
}

impl Served {
    /// Begins to serve. `later` is called from other threads.
    ///
    /// # Errors
    /// When the store cannot be opened.
    pub fn start(
        work: Work,
        report: &Report,
        remote: Remote,
        later: Later,
    ) -> Result<Self, StoreError> {
        let store = Store::open(std::path::Path::new(&work.store))?;
        let mut state = State {
            pid: std::process::id(),
            work,
            ..State::default()
        };
        adopt(&mut state, report, &store)?;
        let told = Told::start(&store, state.clone())?;
        let version = store.data_version().ok();
        Ok(Self {
            store,
            version,
            state,
            told,
            remote,
            waiting: HashMap::new(),
            last: 0,
            unlocking: None,
            later,
        })
    }

    /// The modem or the store has changed: what is to be sent because of it.
    pub fn report(&mut self, report: &Report) -> Vec<Message> {
        let mut out = Vec::new();
        let unlocked = report.modem.state == ModemState::Ready;
        if (unlocked || report.unlock_failed)
            && let Some(call) = self.unlocking.take()
        {
            let refused = || {
                let sentence = report.error.clone();
                Refusal::modem(sentence.unwrap_or_else(|| "the SIM did not take it".to_owned()))
            };
            let result = if unlocked {
                Ok(Answer::Nothing)
            } else {
                Err(refused())
            };
            out.extend(reply(&call, result));
        }
        // A store that cannot be read is the line's matter; here nothing changes then.
        let _ = adopt(&mut self.state, report, &self.store);
        out.extend(self.news(false));
        out
    }

    /// Signals for what is new; `written`: by us, which the store's version does not show.
    fn news(&mut self, written: bool) -> Vec<Message> {
        let mut out = Vec::new();
        let version = self.store.data_version().ok();
        if written || version != self.version {
            self.version = version;
            if let Ok(counts) = self.store.counts() {
                let old = std::mem::take(&mut self.state.summary);
                self.state.summary = Summary::new(counts, old.modem, old.error);
            }
            out.extend(self.told.store(&self.store).unwrap_or_default());
        }
        out.extend(self.told.properties(&self.state));
        out
    }

    /// Answers a call of this user's.
    pub fn call(&mut self, call: Message) -> Vec<Message> {
        let header = call.header();
        let path = header.path().map(ToString::to_string).unwrap_or_default();
        let method = header.member().map(ToString::to_string).unwrap_or_default();
        let interface = header.interface().map(ToString::to_string);
        drop(header);
        if path != PATH {
            return reply(&call, elsewhere(&path, interface.as_deref(), &method));
        }
        match (interface.as_deref(), method.as_str()) {
            (Some(INTERFACE) | None, "Unlock") => self.unlock(call),
            (Some(INTERFACE) | None, "Retry") => {
                let result = desk::nothing(&call.body()).map(|()| {
                    self.remote.ask(Ask::Retry);
                    Answer::Nothing
                });
                reply(&call, result)
            }
            (Some(INTERFACE) | None, _) if errands::is_one(&method) => {
                match errands::read(&method, &call) {
                    Ok(errand) => self.errand(call, errand),
                    Err(refusal) => reply(&call, Err(refusal)),
                }
            }
            (Some(INTERFACE), _) => self.desk(&call, &method),
            (Some(PROPERTIES), _) => self.property(&call, &method),
            (Some("org.freedesktop.DBus.Introspectable"), "Introspect") => {
                reply(&call, Ok(Answer::Text(INTROSPECTION.to_owned())))
            }
            (Some("org.freedesktop.DBus.Peer"), "Ping") => reply(&call, Ok(Answer::Nothing)),
            (Some("org.freedesktop.DBus.Peer"), "GetMachineId") => reply(&call, machine_id()),
            (None, _) => self.desk(&call, &method),
            (Some(other), _) => {
                let sentence = format!("'{PATH}' has no method '{method}' of '{other}'");
                let name = standard::UNKNOWN_INTERFACE;
                reply(&call, Err(Refusal::standard(name, sentence)))
            }
        }
    }

    /// Gives the modem something to do, and answers when it is done.
    fn errand(&mut self, call: Message, errand: Errand) -> Vec<Message> {
        if self.waiting.len() >= WAITING {
            return reply(&call, Err(full()));
        }
        self.last += 1;
        let (number, later) = (self.last, Arc::clone(&self.later));
        self.waiting.insert(number, call);
        let (sender, receiver) = mpsc::channel();
        self.remote.ask(Ask::Errand(errand, sender));
        std::thread::spawn(move || {
            // A link that ends drops it, and so does this process.
            if let Ok(answer) = receiver.recv() {
                later(number, Late::Errand(answer));
            }
        });
        Vec::new()
    }

    fn desk(&mut self, call: &Message, method: &str) -> Vec<Message> {
        let body = call.body();
        let result = desk::carry_out(method, &body, &mut self.store, &self.state.summary);
        let Some(result) = result else {
            let sentence = format!("'{INTERFACE}' has no method '{method}'; Introspect lists them");
            let name = standard::UNKNOWN_METHOD;
            return reply(call, Err(Refusal::standard(name, sentence)));
        };
        let written = result.is_ok() && !matches!(method, "Summary" | "List" | "Show");
        // The caller knows what it did; it hears of it before its answer all the same, so that
        // what it sees never goes back.
        let mut out = if written { self.news(true) } else { Vec::new() };
        out.extend(reply(call, result));
        out
    }

    fn property(&self, call: &Message, method: &str) -> Vec<Message> {
        let body = call.body();
        let foreign = |interface: &str| {
            let sentence = format!("'{interface}' has no properties here; '{INTERFACE}' has");
            Refusal::standard(standard::UNKNOWN_INTERFACE, sentence)
        };
        let unknown = |name: &str| {
            let sentence = format!("'{INTERFACE}' has no property '{name}'");
            Refusal::standard(standard::UNKNOWN_PROPERTY, sentence)
        };
        let find = |name: &str| {
            let mut all = self.state.properties().into_iter();
            all.find(|(known, _)| *known == name)
                .map(|(_, value)| value)
        };
        match method {
            "GetAll" => match desk::arguments::<String>(&body, "an interface (s)") {
                Ok(interface) if interface == INTERFACE || interface.is_empty() => {
                    let all: HashMap<_, _> = self.state.properties().into_iter().collect();
                    finish(call, &all)
                }
                Ok(other) => reply(call, Err(foreign(&other))),
                Err(refusal) => reply(call, Err(refusal)),
            },
            "Get" => {
                let wanted = "an interface and a property (ss)";
                match desk::arguments::<(String, String)>(&body, wanted) {
                    Ok((interface, _)) if interface != INTERFACE && !interface.is_empty() => {
                        reply(call, Err(foreign(&interface)))
                    }
                    Ok((_, name)) => match find(&name) {
                        Some(value) => finish(call, &value),
                        None => reply(call, Err(unknown(&name))),
                    },
                    Err(refusal) => reply(call, Err(refusal)),
                }
            }
            "Set" => {
                let sentence = "no property can be set; the methods change what they show";
                reply(call, Err(Refusal::standard(standard::READ_ONLY, sentence)))
            }
            other => {
                let sentence = format!("'{PROPERTIES}' has no method '{other}'");
                reply(
                    call,
                    Err(Refusal::standard(standard::UNKNOWN_METHOD, sentence)),
                )
            }
        }
    }

    fn unlock(&mut self, call: Message) -> Vec<Message> {
        if self.waiting.len() >= WAITING || self.unlocking.is_some() {
            return reply(&call, Err(full()));
        }
        let body = call.body();
        let key: OwnedFd = match desk::arguments(&body, "a descriptor that holds the key (h)") {
            Ok(key) => key,
            Err(refusal) => return reply(&call, Err(refusal)),
        };
        self.last += 1;
        let (number, later) = (self.last, self.later.clone());
        self.waiting.insert(number, call);
        // A descriptor of somebody else's can keep its reader waiting.
        std::thread::spawn(move || later(number, Late::Key(read_key(key.into()))));
        Vec::new()
    }

    /// What came back for the call with this number.
    pub fn late(&mut self, number: u64, late: Late) -> Vec<Message> {
        let Some(call) = self.waiting.remove(&number) else {
            return Vec::new();
        };
        let key = match late {
            Late::Key(key) => key,
            Late::Errand(Ok(errand::Outcome::Ussd(answer))) => {
                // Who only ends a session waits for no words.
                if call
                    .header()
                    .member()
                    .is_some_and(|name| *name == "UssdCancel")
                {
                    return reply(&call, Ok(Answer::Nothing));
                }
                return finish(&call, &errands::spoken(&answer));
            }
            Late::Errand(Ok(errand::Outcome::Restarting)) => {
                return reply(&call, Ok(Answer::Nothing));
            }
            Late::Errand(Ok(errand::Outcome::Lines(lines))) => {
                return reply(&call, Ok(Answer::Texts(lines)));
            }
            Late::Errand(Ok(errand::Outcome::Refused(result))) => {
                return reply(&call, Err(Refusal::standard(REFUSED, result)));
            }
            Late::Errand(Err(sentence)) => return reply(&call, Err(Refusal::modem(sentence))),
        };
        match key {
            Err(refusal) => reply(&call, Err(refusal)),
            Ok(_) if self.state.summary.modem.state == ModemState::Ready => {
                reply(&call, Err(Refusal::modem("the SIM is not locked")))
            }
            Ok(_) if self.unlocking.is_some() => {
                let sentence = "another key is being tried; wait for its answer";
                reply(&call, Err(Refusal::modem(sentence)))
            }
            Ok(key) => {
                self.unlocking = Some(call);
                self.remote.ask(Ask::Unlock(key));
                Vec::new()
            }
        }
    }
}

fn adopt(state: &mut State, report: &Report, store: &Store) -> Result<(), StoreError> {
    let counts = store.counts()?;
    state.summary = Summary::new(counts, report.modem.clone(), report.error.clone());
    Ok(())
}

/// Another object than ours: only what leads to ours is answered.
fn elsewhere(path: &str, interface: Option<&str>, method: &str) -> Result<Answer, Refusal> {
    if method == "Introspect" && interface == Some("org.freedesktop.DBus.Introspectable") {
        let inside = |parent: &str| {
            PATH.strip_prefix(parent)
                .filter(|rest| rest.starts_with('/'))
        };
        let rest = if path == "/" {
            PATH.strip_prefix('/')
        } else {
            inside(path).and_then(|rest| rest.strip_prefix('/'))
        };
        if let Some(child) = rest.and_then(|rest| rest.split('/').next()) {
            return Ok(Answer::Text(format!(
                "<node><node name=\"{child}\"/></node>"
            )));
        }
    }
    if method == "Ping" && interface == Some("org.freedesktop.DBus.Peer") {
        return Ok(Answer::Nothing);
    }
    let sentence = format!("there is no object '{path}'; messages are at '{PATH}'");
    Err(Refusal::standard(standard::UNKNOWN_OBJECT, sentence))
}

fn machine_id() -> Result<Answer, Refusal> {
    let id = std::fs::read_to_string("/etc/machine-id")
        .or_else(|_| std::fs::read_to_string("/var/lib/dbus/machine-id"));
    id.map(|id| Answer::Text(id.trim().to_owned()))
        .map_err(|_| {
            Refusal::standard(
                "org.freedesktop.DBus.Error.FileNotFound",
                "this machine has no id",
            )
        })
}

fn full() -> Refusal {
    let sentence = "too much is asked of the modem at once; wait for the answers";
    Refusal::standard(standard::LIMITS_EXCEEDED, sentence)
}

/// The key in a descriptor: a PIN, or a PUK and in the next line the new PIN.
fn read_key(descriptor: std::os::fd::OwnedFd) -> Result<Key, Refusal> {
    let none = |sentence: &str| Refusal::standard(standard::INVALID_ARGUMENTS, sentence);
    let mut fds = [PollFd::from_borrowed_fd(descriptor.as_fd(), PollFlags::IN)];
    let patience = Timespec::try_from(KEY_PATIENCE).ok();
    if !poll(&mut fds, patience.as_ref()).is_ok_and(|count| count > 0) {
        return Err(none("there is nothing in the descriptor"));
    }
    let mut text = zeroize::Zeroizing::new(String::new());
    std::fs::File::from(descriptor)
        .take(KEY_LENGTH)
        .read_to_string(&mut text)
        .map_err(|_| none("the descriptor cannot be read"))?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    match (lines.next(), lines.next(), lines.next()) {
        (Some(pin), None, None) => Ok(Key::Pin(Secret::new(pin))),
        (Some(puk), Some(pin), None) => Ok(Key::Puk(Secret::new(puk), Secret::new(pin))),
        _ => Err(none(
            "the descriptor holds neither a PIN nor a PUK and a new PIN",
        )),
    }
}

/// The refusal of a call, or nothing where no answer is wanted.
pub fn refuse(call: &Message, refusal: Refusal) -> Vec<Message> {
    reply(call, Err(refusal))
}

fn reply(call: &Message, result: Result<Answer, Refusal>) -> Vec<Message> {
    match result {
        Ok(Answer::Nothing) => finish(call, &()),
        Ok(Answer::Text(text)) => finish(call, &text),
        Ok(Answer::Texts(texts)) => finish(call, &texts),
        Ok(Answer::Count(count)) => finish(call, &count),
        Ok(Answer::Id(id)) => finish(call, &id),
        Err(refusal) => wanted(call, |header| {
            Message::error(header, refusal.name)
                .build(&refusal.sentence)
                .ok()
        }),
    }
}

fn finish<B: serde::Serialize + DynamicType>(call: &Message, body: &B) -> Vec<Message> {
    wanted(call, |header| {
        Message::method_return(header).build(body).ok()
    })
}

fn wanted(call: &Message, build: impl FnOnce(&Header<'_>) -> Option<Message>) -> Vec<Message> {
    if call
        .primary_header()
        .flags()
        .contains(Flags::NO_REPLY_EXPECTED)
    {
        return Vec::new();
    }
    build(&call.header()).into_iter().collect()
}

/// The serial number of a message of ours, by which its answer is known.
pub fn serial(message: &Message) -> NonZeroU32 {
    message.primary_header().serial_num()
}
