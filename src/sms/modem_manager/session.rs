//! A connection to ModemManager: its modems as they are now, and calls that take in what comes
//! meanwhile.
//!
//! Everything that the bus brings goes through one queue in the order of the bus, filled by a
//! thread that sleeps until something comes; a descriptor tells who waits elsewhere.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::num::NonZeroU32;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use rustix::event::{EventfdFlags, eventfd};
use serde::Serialize;
use zbus::message::{Flags, Message, Type};
use zbus::{DynamicType, OwnedObjectPath, OwnedVariant};

use super::object::{Interfaces, MESSAGING, MODEM, Modem, Properties, SMS, USSD, ussd_said};
use crate::bus::{Bus, BusError, Object, PATIENCE, answer_of};
use crate::sms::ussd::{Progress, Reply};

/// Its name on the bus.
pub const MM: &str = "org.freedesktop.ModemManager1";
const ROOT: &str = "/org/freedesktop/ModemManager1";
const BUS: &str = "org.freedesktop.DBus";
const OBJECTS: &str = "org.freedesktop.DBus.ObjectManager";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// What happened to messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// One is there, or has changed.
    Message {
        /// Its modem, where the signal tells.
        modem: Option<String>,
        /// Its path.
        path: String,
    },
    /// One is gone.
    Deleted(String),
}

/// See the file's words.
pub struct Session {
    bus: Bus,
    inbox: Receiver<Message>,
    wake: Arc<OwnedFd>,
    /// The modems by their path.
    pub modems: BTreeMap<String, Modem>,
    /// What happened to messages and was not looked at yet.
    pub news: VecDeque<News>,
    /// What the network said over USSD by itself.
    pub said: Vec<Reply>,
    /// Whether ModemManager is on the bus.
    running: bool,
    /// Its unique name there: any program can send signals to another that look like its own.
    speaker: Option<String>,
    /// How often it has come: what was known of one before is worth nothing.
    pub generation: u64,
    /// It has come anew and its modems are not known yet.
    stale: bool,
    gone: bool,
    /// Whether a modem has changed since [`Session::has_changed`] was asked.
    changed: bool,
    answers: HashMap<NonZeroU32, Option<Result<Message, BusError>>>,
}

impl Session {
    /// Connects to the system bus, subscribes, and asks for the modems. Starts nothing.
    ///
    /// # Errors
    /// When there is no bus, or ModemManager runs but does not answer. That it does not run is
    /// none.
    pub fn connect() -> Result<Self, BusError> {
        let no_bus = |cause: std::io::Error| BusError::NoBus {
            bus: "system",
            cause: cause.to_string(),
        };
        if !may_have_bus() {
            return Err(no_bus(std::io::ErrorKind::NotFound.into()));
        }
        let wake = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK);
        let wake = Arc::new(wake.map_err(|errno| no_bus(errno.into()))?);
        let bus = zbus::block_on(Bus::system())?;
        let (sender, inbox) = channel();
        let mut messages = bus.messages();
        let waker = Arc::clone(&wake);
        std::thread::Builder::new()
            .name("modemmanager".to_owned())
            .spawn(move || {
                zbus::block_on(async {
                    while let Some(message) = messages.next().await {
                        if !hand_over(message, &sender, &waker) {
                            return;
                        }
                    }
                });
                drop(sender);
                let _ = rustix::io::write(&*waker, &1_u64.to_ne_bytes());
            })
            .map_err(no_bus)?;
        let mut session = Self {
            bus,
            inbox,
            wake,
            modems: BTreeMap::new(),
            news: VecDeque::new(),
            said: Vec::new(),
            running: false,
            speaker: None,
            generation: 0,
            stale: true,
            gone: false,
            changed: false,
            answers: HashMap::new(),
        };
        let rules: Result<Vec<_>, _> = rules().iter().map(|rule| subscription(rule)).collect();
        let rules = rules.map_err(|error| BusError::of(error, BUS))?;
        zbus::block_on(session.bus.send(&rules))?;
        session.refresh()?;
        Ok(session)
    }

    /// Knows the modems, if ModemManager has come anew.
    ///
    /// # Errors
    /// When it runs but does not answer, or the bus is gone.
    pub fn refresh(&mut self) -> Result<(), BusError> {
        self.listen();
        if self.gone {
            return Err(BusError::Gone);
        }
        if !self.stale {
            return Ok(());
        }
        self.stale = false;
        let serial = self.send(ROOT, OBJECTS, "GetManagedObjects", &())?;
        let answer = match self.answer(serial, PATIENCE) {
            Ok(answer) => answer,
            Err(BusError::NotRunning(_)) => {
                self.running = false;
                return Ok(());
            }
            Err(error) => {
                self.stale = true;
                return Err(error);
            }
        };
        let objects: HashMap<OwnedObjectPath, Interfaces> = body(&answer)?;
        self.running = true;
        self.speaker = answer.header().sender().map(ToString::to_string);
        self.modems = objects
            .into_iter()
            .filter(|(_, interfaces)| interfaces.contains_key(MODEM))
            .map(|(path, interfaces)| (path.to_string(), Modem(interfaces)))
            .collect();
        Ok(())
    }

    /// Whether ModemManager is there.
    pub fn is_running(&self) -> bool {
        self.running && !self.gone
    }

    /// Whether the bus is gone, and with it this connection.
    pub fn is_gone(&self) -> bool {
        self.gone
    }

    /// Whether a modem has changed, come or gone since this was asked last.
    pub fn has_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Takes in what has come by itself.
    pub fn listen(&mut self) {
        let mut count = [0; 8];
        let _ = rustix::io::read(&*self.wake, &mut count);
        loop {
            match self.inbox.try_recv() {
                Ok(message) => self.take(message),
                Err(std::sync::mpsc::TryRecvError::Empty) => return,
                Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                    self.lose();
                    return;
                }
            }
        }
    }

    /// Takes in what comes until something is so; `false` when it is not after this time.
    pub fn wait_until(&mut self, time: Duration, is_so: impl Fn(&Self) -> bool) -> bool {
        let until = Instant::now() + time;
        while !is_so(self) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.gone {
                return false;
            }
            match self.inbox.recv_timeout(left) {
                Ok(message) => self.take(message),
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => self.lose(),
            }
        }
        true
    }

    /// Sends a call; its answer is to be taken by [`Session::answer`] or
    /// [`Session::take_answer`].
    ///
    /// # Errors
    /// When the bus is gone, or the path is none.
    pub fn send<B>(
        &mut self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> Result<NonZeroU32, BusError>
    where
        B: Serialize + DynamicType,
    {
        let object = Object {
            service: MM,
            path,
            interface,
        };
        let call = object.question(method, body)?;
        let serial = call.primary_header().serial_num();
        zbus::block_on(self.bus.send(&[call]))?;
        self.answers.insert(serial, None);
        Ok(serial)
    }

    /// Waits for an answer, and takes in everything else meanwhile.
    ///
    /// # Errors
    /// See [`BusError`]; [`BusError::Stalled`] when it takes longer than `patience`.
    pub fn answer(&mut self, serial: NonZeroU32, patience: Duration) -> Result<Message, BusError> {
        self.wait_until(patience, |session| {
            matches!(session.answers.get(&serial), None | Some(Some(_)))
        });
        match self.answers.remove(&serial) {
            Some(Some(answer)) => answer,
            _ if self.gone => Err(BusError::Gone),
            _ if !self.running && self.generation > 0 => Err(BusError::NotRunning(MM.to_owned())),
            _ => Err(BusError::Stalled(MM.to_owned())),
        }
    }

    /// An answer, where it has come already.
    pub fn take_answer(&mut self, serial: NonZeroU32) -> Option<Result<Message, BusError>> {
        if self.gone {
            self.answers.remove(&serial);
            return Some(Err(BusError::Gone));
        }
        match self.answers.get(&serial) {
            Some(None) => None,
            _ => Some(
                self.answers
                    .remove(&serial)
                    .flatten()
                    .unwrap_or(Err(BusError::Gone)),
            ),
        }
    }

    /// Whether an answer has come.
    pub fn is_answered(&self, serial: NonZeroU32) -> bool {
        self.gone || !matches!(self.answers.get(&serial), Some(None))
    }

    /// Calls a method and waits for the answer.
    ///
    /// # Errors
    /// As [`Session::answer`].
    pub fn call<B>(
        &mut self,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
        patience: Duration,
    ) -> Result<Message, BusError>
    where
        B: Serialize + DynamicType,
    {
        let serial = self.send(path, interface, method, body)?;
        self.answer(serial, patience)
    }

    /// Asks for all properties of an interface of several objects at once.
    ///
    /// # Errors
    /// When the bus is gone or nobody answers; an object that is gone by now is left out.
    pub fn properties(
        &mut self,
        paths: &[String],
        interface: &str,
    ) -> Result<Vec<(String, Properties)>, BusError> {
        let mut asked = Vec::new();
        for path in paths {
            asked.push((path, self.send(path, PROPERTIES, "GetAll", &interface)?));
        }
        let mut found = Vec::new();
        for (path, serial) in asked {
            match self.answer(serial, PATIENCE) {
                Ok(answer) => found.push((path.clone(), body(&answer)?)),
                Err(BusError::Refused { .. } | BusError::Garbled(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    /// Whether somebody else has a name on the bus.
    pub fn has_name(&self, name: &str) -> bool {
        let object = Object {
            service: BUS,
            path: "/org/freedesktop/DBus",
            interface: BUS,
        };
        let asked = zbus::block_on(self.bus.call(object, "NameHasOwner", &name));
        asked.is_ok_and(|answer| answer.body().deserialize::<bool>().unwrap_or(false))
    }

    fn lose(&mut self) {
        self.gone = true;
        self.running = false;
        self.changed = true;
        self.modems.clear();
    }

    fn take(&mut self, message: Message) {
        if message.message_type() != Type::Signal {
            if let Some((serial, answer)) = answer_of(message, MM)
                && let Some(slot) = self.answers.get_mut(&serial)
            {
                *slot = Some(answer);
            }
            return;
        }
        let header = message.header();
        let of = (
            header.interface().map(ToString::to_string),
            header.member().map(ToString::to_string),
            header.path().map(ToString::to_string),
        );
        let (Some(interface), Some(member), Some(path)) = of else {
            return;
        };
        let sender = header.sender().map(ToString::to_string);
        let is_it = if interface == BUS {
            sender.as_deref() == Some(BUS)
        } else {
            // Before it has told of its modems it has nothing to say that they do not.
            sender.is_some() && sender == self.speaker
        };
        if !is_it {
            return;
        }
        // What is not as the interface promises is left out.
        let _ = self.signal(&interface, &member, path, &message);
    }

    fn signal(
        &mut self,
        interface: &str,
        member: &str,
        path: String,
        message: &Message,
    ) -> Result<(), BusError> {
        match (interface, member) {
            (BUS, "NameOwnerChanged") => {
                let (name, _, new): (String, String, String) = body(message)?;
                if name == MM {
                    self.owner_changed(new);
                }
            }
            (OBJECTS, "InterfacesAdded") => {
                let (path, added): (OwnedObjectPath, Interfaces) = body(message)?;
                let path = path.to_string();
                if added.contains_key(MODEM) || self.modems.contains_key(&path) {
                    self.modems.entry(path).or_default().0.extend(added);
                    self.changed = true;
                }
            }
            (OBJECTS, "InterfacesRemoved") => {
                let (path, removed): (OwnedObjectPath, Vec<String>) = body(message)?;
                if let Some(modem) = self.modems.get_mut(path.as_str()) {
                    modem.0.retain(|name, _| !removed.contains(name));
                    if !modem.has(MODEM) {
                        self.modems.remove(path.as_str());
                    }
                    self.changed = true;
                }
            }
            (PROPERTIES, "PropertiesChanged") => {
                let (of, changed, _): (String, HashMap<String, OwnedVariant>, Vec<String>) =
                    body(message)?;
                if of == SMS {
                    self.news.push_back(News::Message { modem: None, path });
                } else if let Some(modem) = self.modems.get_mut(&path) {
                    if of == USSD
                        && let Some((text, asks)) = ussd_said(&changed)
                    {
                        let progress = if asks { Progress::Asks } else { Progress::Done };
                        self.said.push(Reply { progress, text });
                    }
                    modem.0.entry(of).or_default().extend(changed);
                    self.changed = true;
                }
            }
            (MESSAGING, "Added") => {
                let (message, _): (OwnedObjectPath, bool) = body(message)?;
                self.news.push_back(News::Message {
                    modem: Some(path),
                    path: message.to_string(),
                });
            }
            (MESSAGING, "Deleted") => {
                let message: OwnedObjectPath = body(message)?;
                self.news.push_back(News::Deleted(message.to_string()));
            }
            _ => {}
        }
        Ok(())
    }

    fn owner_changed(&mut self, name: String) {
        let running = !name.is_empty();
        self.speaker = running.then_some(name);
        self.running = running;
        self.stale = running;
        self.generation += 1;
        self.changed = true;
        self.modems.clear();
        self.news.clear();
        // Whoever was asked is gone.
        for answer in self.answers.values_mut().filter(|answer| answer.is_none()) {
            *answer = Some(Err(BusError::NotRunning(MM.to_owned())));
        }
    }
}

impl AsFd for Session {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}

impl Drop for Session {
    /// The thread ends with the connection.
    fn drop(&mut self) {
        let _ = zbus::block_on(self.bus.connection().clone().close());
    }
}

/// `false` when nobody takes it any more.
fn hand_over(message: Message, to: &Sender<Message>, wake: &OwnedFd) -> bool {
    let taken = to.send(message).is_ok();
    let _ = rustix::io::write(wake, &1_u64.to_ne_bytes());
    taken
}

/// A message's contents.
pub fn body<T>(message: &Message) -> Result<T, BusError>
where
    T: for<'d> zbus::wire::DynamicDeserialize<'d>,
{
    let body = message.body();
    body.deserialize()
        .map_err(|error| BusError::Garbled(error.to_string()))
}

fn rules() -> [String; 4] {
    [
        format!("type='signal',sender='{BUS}',member='NameOwnerChanged',arg0='{MM}'"),
        format!("type='signal',sender='{MM}',interface='{OBJECTS}',path='{ROOT}'"),
        format!("type='signal',sender='{MM}',interface='{PROPERTIES}',path_namespace='{ROOT}'"),
        format!("type='signal',sender='{MM}',interface='{MESSAGING}'"),
    ]
}

fn subscription(rule: &str) -> Result<Message, zbus::Error> {
    Message::method_call("/org/freedesktop/DBus", "AddMatch")
        .interface(BUS)
        .destination(BUS)
        .with_flags(Flags::NO_REPLY_EXPECTED)
        .build(&rule)
}

/// Whether it is worth connecting: a machine without a system bus is not kept waiting.
fn may_have_bus() -> bool {
    std::env::var_os("DBUS_SYSTEM_BUS_ADDRESS").is_some()
        || [
            "/run/dbus/system_bus_socket",
            "/var/run/dbus/system_bus_socket",
        ]
        .iter()
        .any(|socket| Path::new(socket).exists())
}
