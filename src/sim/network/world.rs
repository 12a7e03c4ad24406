//! The fake's whole state, as a machine without I/O: calls and the time go in, answers and
//! signals come out.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use zbus::Message;

use super::activation::Activation;
use super::agents::Agents;
use super::call::{Answer, Call, Refusal};
use super::device::Kind;
use super::faults::Faults;
use super::interfaces::{ACCESS_POINT, DEVICE, NM_PATH, WIRELESS};
use super::introspect::introspect;
use super::log::Log;
use super::modem::SimCard;
use super::profile::Profile;
use super::station::Station;
use super::tree::{OBJECT_MANAGER, PROPERTIES, Tree};
use super::value::{Value, objects, value};
use super::{activation, agents, device, manager, modem, settings, wifi};

/// Which of the two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    NetworkManager,
    ModemManager,
}

/// Something that happens later.
#[derive(Debug, Clone)]
pub enum Event {
    /// An activation goes on.
    Step(String, activation::Step),
    /// A scan of this device is through.
    Scanned(String, Vec<Vec<u8>>),
    /// Signals wander.
    Wander,
    /// An agent did not answer.
    AgentSilent(u64),
    /// A device is done with going down.
    Disconnected(String),
    /// The fault of this name goes on.
    Storm,
    Churn,
}

/// Everything.
pub struct World {
    pub now: Duration,
    /// Where the machine's clock stood at `now` = 0, in seconds since it was switched on.
    pub boot_s: i64,
    pub nm: Tree,
    pub mm: Tree,
    pub faults: Faults,
    pub log: Log,
    pub profiles: BTreeMap<String, Profile>,
    /// What access points really are, by their object.
    pub air: BTreeMap<String, Station>,
    /// Those that are in reach of a device but not seen: hidden until called, or gone.
    pub unseen: Vec<(String, Station)>,
    /// What was unplugged: interface, kind, what it heard.
    pub shelf: Vec<(String, Kind, Vec<Station>)>,
    pub activations: BTreeMap<String, Activation>,
    pub agents: Agents,
    pub sims: BTreeMap<String, SimCard>,
    /// Where the modems are, in degrees; `None` while their receivers see nothing.
    pub place: Option<(f64, f64)>,
    /// Messages that are no signals: calls of agents.
    pub outgoing: Vec<Message>,
    /// What an activation gets from the net.
    pub connectivity: u32,
    events: BTreeMap<(Duration, u64), Event>,
    sequence: u64,
    numbers: BTreeMap<&'static str, u32>,
    dice: u64,
}

impl World {
    /// NetworkManager without any device, and ModemManager without any modem.
    pub fn new(boot_s: i64) -> Self {
        let mut world = Self {
            now: Duration::ZERO,
            boot_s,
            nm: Tree::new("/org/freedesktop"),
            mm: Tree::new("/org/freedesktop/ModemManager1"),
            faults: Faults::default(),
            log: Log::default(),
            profiles: BTreeMap::new(),
            air: BTreeMap::new(),
            unseen: Vec::new(),
            shelf: Vec::new(),
            activations: BTreeMap::new(),
            agents: Agents::default(),
            sims: BTreeMap::new(),
            place: Some((48.137_154, 11.576_124)),
            outgoing: Vec::new(),
            connectivity: 4,
            events: BTreeMap::new(),
            sequence: 0,
            numbers: BTreeMap::new(),
            dice: 0x2545_f491_4f6c_dd1d,
        };
        manager::build(&mut world);
        world.later(Duration::from_secs(6), Event::Wander);
        world
    }

    /// The next number of a kind of object; they are never used again.
    pub fn number(&mut self, kind: &'static str) -> u32 {
        let number = self.numbers.entry(kind).or_insert(0);
        *number += 1;
        *number
    }

    /// The path of a new object, like `/org/freedesktop/NetworkManager/Devices/3`.
    pub fn new_path(&mut self, kind: &'static str) -> String {
        let number = self.number(kind);
        format!("{NM_PATH}/{kind}/{number}")
    }

    /// Something by chance, the same in every run.
    pub fn dice(&mut self) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice
    }

    /// Milliseconds of `CLOCK_BOOTTIME`.
    pub fn boot_ms(&self) -> i64 {
        let passed = i64::try_from(self.now.as_millis()).unwrap_or(i64::MAX);
        self.boot_s * 1000 + passed
    }

    pub fn later(&mut self, after: Duration, event: Event) {
        self.sequence += 1;
        self.events.insert((self.now + after, self.sequence), event);
    }

    /// What was to come of an activation does not come.
    pub fn forget_steps(&mut self, active: &str) {
        self.events
            .retain(|_, event| !matches!(event, Event::Step(of, _) if of == active));
    }

    /// When something happens next.
    pub fn next_event(&self) -> Option<Duration> {
        self.events.keys().next().map(|(at, _)| *at)
    }

    /// Lets happen what is due; `now` never goes back.
    pub fn tick(&mut self, now: Duration) {
        self.now = self.now.max(now);
        while let Some(entry) = self.events.first_entry() {
            if entry.key().0 > self.now {
                break;
            }
            match entry.remove() {
                Event::Step(active, step) => activation::step(self, &active, step),
                Event::Scanned(device, called) => wifi::scanned(self, &device, &called),
                Event::Wander => wifi::wander(self),
                Event::AgentSilent(request) => agents::silent(self, request),
                Event::Disconnected(device) => activation::disconnected(self, &device),
                Event::Storm => super::faults::storm(self),
                Event::Churn => super::faults::churn(self),
            }
        }
    }

    /// Takes a call; the answer is none where the caller gets none, or gets it later.
    pub fn call(&mut self, service: Service, message: &Message) -> Option<Message> {
        let call = Call::of(message)?;
        self.log.called(&call);
        if self.faults.stalled {
            return None;
        }
        match self.answer(service, &call) {
            Ok(answer) => answer,
            Err(refusal) => {
                self.log.refused(&call, &refusal);
                call.refuse(&refusal)
            }
        }
    }

    fn tree(&mut self, service: Service) -> &mut Tree {
        match service {
            Service::NetworkManager => &mut self.nm,
            Service::ModemManager => &mut self.mm,
        }
    }

    fn answer(&mut self, service: Service, call: &Call<'_>) -> Answer {
        let known = self.tree(service).objects().contains_key(&call.object);
        match (call.interface.as_str(), call.member.as_str()) {
            ("org.freedesktop.DBus.Peer", "Ping") => return call.reply(&()),
            ("org.freedesktop.DBus.Peer", "GetMachineId") => return call.reply(&("0".repeat(32),)),
            ("org.freedesktop.DBus.Introspectable", "Introspect") => {
                let xml = introspect(self.tree(service), &call.object);
                return call.reply(&(xml,));
            }
            (OBJECT_MANAGER, "GetManagedObjects") => {
                let tree = self.tree(service);
                if call.object == tree.root() {
                    return call.reply(&(tree.managed(),));
                }
                return Err(call.unknown());
            }
            (PROPERTIES, _) if known => return self.properties(service, call),
            _ => {}
        }
        if !known {
            let text = format!("Object does not exist at path '{}'", call.object);
            return Err(Refusal::standard("UnknownMethod", text));
        }
        match service {
            Service::ModemManager => modem::call(self, call),
            Service::NetworkManager => manager::call(self, call)
                .or_else(|| device::call(self, call))
                .or_else(|| wifi::call(self, call))
                .or_else(|| settings::call(self, call))
                .or_else(|| agents::call(self, call))
                .unwrap_or_else(|| Err(call.unknown())),
        }
    }

    fn properties(&mut self, service: Service, call: &Call<'_>) -> Answer {
        let tree = self.tree(service);
        let missing = |interface: &str| {
            Refusal::standard("InvalidArgs", format!("No such interface '{interface}'"))
        };
        match call.member.as_str() {
            "GetAll" => {
                let (interface,): (String,) = call.arguments()?;
                let properties = tree
                    .objects()
                    .get(&call.object)
                    .and_then(|object| object.get(interface.as_str()));
                call.reply(&(properties.ok_or_else(|| missing(&interface))?,))
            }
            "Get" => {
                let (interface, property): (String, String) = call.arguments()?;
                let value = tree.get(&call.object, &interface, &property);
                call.reply(&(value.ok_or_else(|| missing(&interface))?,))
            }
            "Set" => {
                let (interface, property, to): (String, String, zbus::OwnedVariant) =
                    call.arguments()?;
                let to = Value::try_from(to).map_err(|_| call.unknown())?;
                if tree.get(&call.object, &interface, &property).is_none() {
                    return Err(missing(&interface));
                }
                device::set(self, &call.object, &interface, &property, &to)?;
                call.reply(&())
            }
            _ => Err(call.unknown()),
        }
    }

    /// Everything that is to be sent: signals, and calls of agents.
    pub fn take_messages(&mut self) -> (Vec<Message>, Vec<Message>) {
        let mut nm = self.nm.take_signals();
        nm.append(&mut self.outgoing);
        (nm, self.mm.take_signals())
    }

    /// The device with this interface name.
    pub fn device(&self, interface: &str) -> Option<String> {
        let devices = self.nm.with(DEVICE);
        devices
            .into_iter()
            .find(|path| self.nm.text(path, DEVICE, "Interface") == interface)
    }

    /// The access points of a device, as objects.
    pub fn access_points(&self, device: &str) -> BTreeSet<String> {
        self.nm
            .texts(device, WIRELESS, "AccessPoints")
            .into_iter()
            .collect()
    }

    /// An access point comes into sight of a device. One that hides its name is seen a second
    /// time, with it, when it is called.
    pub fn appear(&mut self, device: &str, station: Station) -> String {
        let hidden = (device.to_owned(), station.clone());
        if station.hidden && !self.unseen.contains(&hidden) {
            self.unseen.push(hidden);
        }
        let number = self.number("AccessPoint");
        let path = format!("{NM_PATH}/AccessPoint/{number}");
        let now_s = i32::try_from(self.boot_ms() / 1000).unwrap_or(i32::MAX);
        self.nm.add(&path, station.object(number, now_s));
        self.air.insert(path.clone(), station);
        let mut points = self.access_points(device);
        points.insert(path.clone());
        self.nm
            .set(device, WIRELESS, "AccessPoints", objects(points));
        let body = (super::value::path(&path),);
        self.nm.emit(device, WIRELESS, "AccessPointAdded", &body);
        path
    }

    /// An access point is out of sight; whoever was connected to it is not any more.
    pub fn vanish(&mut self, access_point: &str) -> Option<(String, Station)> {
        let station = self.air.remove(access_point)?;
        let sees = |device: &String| self.access_points(device).contains(access_point);
        let device = self.nm.with(WIRELESS).into_iter().find(sees)?;
        let mut points = self.access_points(&device);
        points.remove(access_point);
        self.nm
            .set(&device, WIRELESS, "AccessPoints", objects(points));
        let body = (super::value::path(access_point),);
        self.nm.emit(&device, WIRELESS, "AccessPointRemoved", &body);
        self.nm.remove(access_point);
        activation::lost(self, &device, access_point);
        Some((device, station))
    }

    /// Sets how strong an access point is heard.
    pub fn strength(&mut self, access_point: &str, percent: u8) {
        let now_s = i32::try_from(self.boot_ms() / 1000).unwrap_or(i32::MAX);
        self.nm.set(
            access_point,
            ACCESS_POINT,
            "Strength",
            value(percent.min(100)),
        );
        self.nm
            .set(access_point, ACCESS_POINT, "LastSeen", value(now_s));
    }
}
