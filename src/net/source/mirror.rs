//! The mirrors of both services, kept up to date by what comes in on the bus.
//!
//! A state machine without I/O: it takes messages in the order of the bus and says what is to
//! be sent. As answers stand in the same order as signals, a signal that came before the answer
//! of `GetManagedObjects` is in that answer already, and what comes after it is news.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

use zbus::Message;
use zbus::message::Type;

use super::matches;
use crate::bus::{BusError, Object, PATIENCE, answer_of};
use crate::net::once::{garbled, mm_objects, nm_objects, service, settings};
use crate::net::options::Options;
use crate::net::read;
use crate::net::snapshot::{Id, Permissions, Service, Snapshot};
use crate::net::tree::Tree;
use crate::net::tree::wanted::{ACTIVE, DEVICE, MM, MODEM, NM, PROFILE, SIM, VPN};

/// A service that has just come is shown when its profiles and modems are known as well, or
/// after this long.
const WHOLE: Duration = Duration::from_millis(150);
/// The same for who acts on it: a profile that is not known yet is one that does not exist.
const WHOLE_TO_ACT_ON: Duration = Duration::from_secs(5);
/// A service that answers with an error is asked again after this long.
const AGAIN: Duration = Duration::from_secs(1);

/// What happened to a device or a connection: the reasons are told only in the moment. The
/// numbers are the signals' own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum News {
    /// `Device.StateChanged`.
    Device {
        device: Id,
        new: u32,
        old: u32,
        reason: u32,
    },
    /// `Connection.Active.StateChanged`.
    Active {
        connection: Id,
        state: u32,
        reason: u32,
    },
    /// `VPN.Connection.VpnStateChanged`.
    Vpn {
        connection: Id,
        state: u32,
        reason: u32,
    },
    /// An active connection's object is gone.
    Ended(Id),
    /// NetworkManager is there: at first, or again.
    Came,
    /// NetworkManager is gone.
    Gone,
}

/// What was asked, until it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asked {
    NmObjects,
    MmObjects,
    Settings(Arc<str>),
    Sim(Arc<str>),
    Permissions,
}

/// One of the two services.
#[derive(Debug, Default)]
struct Side {
    tree: Tree,
    /// Its unique name: signals of others are none of its.
    owner: Option<String>,
    /// Until when it has to answer.
    patience: Option<Instant>,
    /// When it is asked again.
    again: Option<Instant>,
}

/// See the file's words.
#[derive(Debug)]
pub(super) struct Mirror {
    options: Options,
    nm: Side,
    mm: Side,
    service: Service,
    /// Until when the first snapshot of a NetworkManager is held, to be whole.
    whole_by: Option<Instant>,
    permissions: Option<Permissions>,
    asked: HashMap<NonZeroU32, Asked>,
    calls: Vec<Message>,
    news: Vec<News>,
    changed: bool,
}

impl Mirror {
    /// A mirror that has not seen anything yet, and what is to be sent first.
    pub(super) fn new(options: &Options, now: Instant) -> Self {
        let mut mirror = Self {
            options: options.clone(),
            nm: Side::default(),
            mm: Side::default(),
            service: Service::Starting,
            whole_by: None,
            permissions: None,
            asked: HashMap::new(),
            calls: matches::subscriptions(options),
            news: Vec::new(),
            changed: false,
        };
        mirror.ask_nm(now);
        if options.wants.modems {
            mirror.ask_mm(now);
        }
        mirror
    }

    /// What is to be sent now.
    pub(super) fn calls(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.calls)
    }

    /// What happened since the last time, in order.
    pub(super) fn news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    /// Whether the snapshot may be another one since the last time.
    pub(super) fn has_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Whether nothing is known yet.
    pub(super) fn is_starting(&self) -> bool {
        self.service == Service::Starting
    }

    /// Whether everything that was asked about the network is answered.
    fn is_settled(&self) -> bool {
        !self.is_starting()
            && !self
                .asked
                .values()
                .any(|asked| *asked != Asked::Permissions)
    }

    /// Until when nothing is to be shown, as what is known is not whole yet.
    pub(super) fn held_until(&mut self, now: Instant) -> Option<Instant> {
        let is_settled = self.is_settled();
        self.whole_by = self.whole_by.filter(|by| *by > now && !is_settled);
        self.whole_by
    }

    /// Asks what this person may do, where that is wanted and not known.
    pub(super) fn ask_permissions(&mut self) {
        let known = self.permissions.is_some();
        let asked = self
            .asked
            .values()
            .any(|asked| *asked == Asked::Permissions);
        if self.options.permissions && self.service == Service::Running && !known && !asked {
            let manager = Object {
                service: NM,
                path: read::MANAGER,
                interface: NM,
            };
            self.ask(manager.question("GetPermissions", &()), Asked::Permissions);
        }
    }

    /// What both services say now.
    pub(super) fn snapshot(&self) -> Snapshot {
        if self.service != Service::Running {
            return Snapshot {
                service: self.service.clone(),
                ..Snapshot::default()
            };
        }
        let mut snapshot = read::snapshot(&self.nm.tree, &self.mm.tree);
        snapshot.permissions = self.permissions;
        self.options.wants.trim(&mut snapshot);
        snapshot
    }

    /// When [`Mirror::wait_is_over`] is to be called; `None` while nothing is waited for.
    pub(super) fn until(&self) -> Option<Instant> {
        let sides = [&self.nm, &self.mm];
        let times = sides.iter().flat_map(|side| [side.patience, side.again]);
        times.flatten().min()
    }

    /// Time has passed: whoever has not answered counts as stalled, and is still listened to.
    pub(super) fn wait_is_over(&mut self, now: Instant) {
        let is_over = |time: &mut Option<Instant>| time.take_if(|time| *time <= now).is_some();
        if is_over(&mut self.nm.patience) {
            self.set_service(service(&BusError::Stalled("NetworkManager".to_owned())));
        }
        is_over(&mut self.mm.patience);
        if is_over(&mut self.nm.again) {
            self.ask_nm(now);
        }
        if is_over(&mut self.mm.again) {
            self.ask_mm(now);
        }
    }

    /// Takes in a message.
    pub(super) fn take(&mut self, message: Message, now: Instant) {
        match message.message_type() {
            Type::Signal => self.signal(&message, now),
            Type::MethodReturn | Type::Error => {
                if let Some((serial, answer)) = answer_of(message, "NetworkManager")
                    && let Some(asked) = self.asked.remove(&serial)
                {
                    self.answer(asked, answer, now);
                }
            }
            // For the agent.
            Type::MethodCall => {}
        }
    }

    fn signal(&mut self, message: &Message, now: Instant) {
        let header = message.header();
        let (Some(sender), Some(path), Some(interface), Some(member)) = (
            header.sender(),
            header.path(),
            header.interface(),
            header.member(),
        ) else {
            return;
        };
        let (path, interface, member) = (path.as_str(), interface.as_str(), member.as_str());
        let is_of = |side: &Side| side.owner.as_deref() == Some(sender.as_str());
        if sender.as_str() == "org.freedesktop.DBus" {
            if member == "NameOwnerChanged"
                && let Ok((name, _, owner)) = message.body().deserialize::<(&str, &str, &str)>()
            {
                match name {
                    NM => self.nm_owner(owner, now),
                    MM => self.mm_owner(owner, now),
                    _ => {}
                }
            }
        } else if is_of(&self.nm) {
            self.of_nm(path, interface, member, message);
        } else if is_of(&self.mm) {
            self.of_mm(path, member, message);
        }
    }

    fn of_nm(&mut self, path: &str, interface: &str, member: &str, message: &Message) {
        let body = message.body();
        let id = || Id::new(path);
        match (interface, member) {
            (_, "PropertiesChanged") => {
                self.changed |= self.nm.tree.properties_changed(path, &body);
            }
            (_, "InterfacesAdded") => {
                if let Some(path) = self.nm.tree.interfaces_added(&body) {
                    self.ask_settings(&path);
                }
                self.changed = true;
            }
            (_, "InterfacesRemoved") => {
                if let Some(path) = self.nm.tree.interfaces_removed(&body, ACTIVE) {
                    self.news.push(News::Ended(Id::new(path)));
                }
                self.changed = true;
            }
            (PROFILE, "Updated") => self.ask_settings(&Arc::from(path)),
            (NM, "CheckPermissions") => {
                self.permissions = None;
                self.ask_permissions();
            }
            (DEVICE, "StateChanged") => {
                if let Ok((new, old, reason)) = body.deserialize() {
                    self.news.push(News::Device {
                        device: id(),
                        new,
                        old,
                        reason,
                    });
                }
            }
            (ACTIVE, "StateChanged") => {
                if let Ok((state, reason)) = body.deserialize() {
                    self.news.push(News::Active {
                        connection: id(),
                        state,
                        reason,
                    });
                }
            }
            (VPN, "VpnStateChanged") => {
                if let Ok((state, reason)) = body.deserialize() {
                    self.news.push(News::Vpn {
                        connection: id(),
                        state,
                        reason,
                    });
                }
            }
            _ => {}
        }
    }

    fn of_mm(&mut self, path: &str, member: &str, message: &Message) {
        let body = message.body();
        match member {
            "PropertiesChanged" => self.changed |= self.mm.tree.properties_changed(path, &body),
            "InterfacesAdded" => {
                self.mm.tree.interfaces_added(&body);
                self.changed = true;
            }
            "InterfacesRemoved" => {
                self.mm.tree.interfaces_removed(&body, MODEM);
                self.changed = true;
            }
            _ => {}
        }
        self.ask_sims();
    }

    fn answer(&mut self, asked: Asked, answer: Result<Message, BusError>, now: Instant) {
        match asked {
            Asked::NmObjects => {
                self.nm.patience = None;
                match answer.and_then(|answer| self.nm.become_of(&answer)) {
                    Ok(()) => {
                        self.set_service(Service::Running);
                        let hold = if self.options.to_act_on {
                            WHOLE_TO_ACT_ON
                        } else {
                            WHOLE
                        };
                        self.whole_by = Some(now + hold);
                        self.changed = true;
                        self.news.push(News::Came);
                        for path in paths(&self.nm.tree) {
                            self.ask_settings(&path);
                        }
                    }
                    Err(error) => {
                        let gone = matches!(error, BusError::NotRunning(_));
                        self.set_service(service(&error));
                        // Who is not there says when it comes.
                        self.nm.again = (!gone).then(|| now + AGAIN);
                    }
                }
            }
            Asked::MmObjects => {
                self.mm.patience = None;
                match answer.and_then(|answer| self.mm.become_of(&answer)) {
                    Ok(()) => {
                        self.changed = true;
                        self.ask_sims();
                    }
                    Err(BusError::NotRunning(_)) => {}
                    Err(_) => self.mm.again = Some(now + AGAIN),
                }
            }
            Asked::Settings(path) => {
                if let Ok(answer) = answer {
                    self.nm.tree.put_settings(&path, &answer.body());
                    self.changed = true;
                }
            }
            Asked::Sim(path) => {
                if let Ok(answer) = answer {
                    self.mm.tree.put_properties(&path, SIM, &answer.body());
                    self.changed = true;
                }
            }
            Asked::Permissions => {
                self.permissions = answer.ok().and_then(|a| read::permissions(&a.body()));
                self.changed = true;
            }
        }
    }

    fn nm_owner(&mut self, owner: &str, now: Instant) {
        if !self.nm.tree.is_empty() {
            self.news.push(News::Gone);
        }
        self.nm = Side::default();
        self.whole_by = None;
        self.permissions = None;
        self.asked
            .retain(|_, asked| matches!(asked, Asked::MmObjects | Asked::Sim(_)));
        self.set_service(Service::NotRunning);
        if !owner.is_empty() {
            self.ask_nm(now);
        }
    }

    fn mm_owner(&mut self, owner: &str, now: Instant) {
        self.mm = Side::default();
        self.asked
            .retain(|_, asked| !matches!(asked, Asked::MmObjects | Asked::Sim(_)));
        self.changed = true;
        if !owner.is_empty() {
            self.ask_mm(now);
        }
    }

    fn set_service(&mut self, service: Service) {
        self.changed |= self.service != service;
        self.service = service;
    }

    fn ask_nm(&mut self, now: Instant) {
        self.nm.patience = Some(now + PATIENCE);
        self.ask(nm_objects(), Asked::NmObjects);
    }

    fn ask_mm(&mut self, now: Instant) {
        self.mm.patience = Some(now + PATIENCE);
        self.ask(mm_objects(), Asked::MmObjects);
    }

    /// Asks for the settings of an object, where it is a profile and that is wanted.
    fn ask_settings(&mut self, path: &Arc<str>) {
        let object = self.nm.tree.object(path);
        if self.options.wants.profiles && object.is_some_and(|object| object.has(PROFILE)) {
            self.ask(settings(path), Asked::Settings(Arc::clone(path)));
        }
    }

    /// SIMs are no objects of the object manager's, so they are asked for one by one.
    fn ask_sims(&mut self) {
        let sims: Vec<Arc<str>> = (self.mm.tree.with(MODEM))
            .filter_map(|(_, _, modem)| modem.path("Sim"))
            .filter(|sim| self.mm.tree.object(sim).is_none())
            .cloned()
            .collect();
        for sim in sims {
            let asked = Asked::Sim(Arc::clone(&sim));
            if !self.asked.values().any(|known| *known == asked) {
                let object = Object {
                    service: MM,
                    path: &sim,
                    interface: "org.freedesktop.DBus.Properties",
                };
                self.ask(object.question("GetAll", &SIM), asked);
            }
        }
    }

    fn ask(&mut self, call: Result<Message, BusError>, asked: Asked) {
        // A path that is none cannot have come from the bus.
        if let Ok(call) = call {
            self.asked.insert(call.primary_header().serial_num(), asked);
            self.calls.push(call);
        }
    }
}

impl Side {
    fn become_of(&mut self, answer: &Message) -> Result<(), BusError> {
        self.tree = Tree::of(&answer.body()).ok_or_else(garbled)?;
        self.owner = answer.header().sender().map(ToString::to_string);
        Ok(())
    }
}

fn paths(nm: &Tree) -> Vec<Arc<str>> {
    nm.with(PROFILE)
        .map(|(path, ..)| Arc::clone(path))
        .collect()
}

#[cfg(test)]
mod tests;
