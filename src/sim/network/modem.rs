//! `ModemManager1`: a modem of the mobile network and its SIM.

use std::collections::BTreeMap;

use super::call::{Answer, Call, MM_ERROR, Refusal};
use super::device::{self, Kind};
use super::interfaces::{DEVICE, LOCATION, MM, MM_PATH, MODEM, MODEM_3GPP, MODEM_DEVICE, SIM};
use super::location;
use super::tree::Object;
use super::value::{Properties, no_entries, nothing, object, objects, value};
use super::world::World;

/// A SIM's secrets, and how often one may still guess.
#[derive(Debug, Clone)]
pub struct SimCard {
    pub pin: String,
    pub puk: String,
    pub pin_tries: u32,
    pub puk_tries: u32,
    /// The modem that it is in.
    modem: String,
}

/// `MMModemLock`.
const NO_LOCK: u32 = 1;
const PIN_LOCK: u32 = 2;
const PUK_LOCK: u32 = 4;
/// `MMModemState`.
const LOCKED: i32 = 2;
const DISABLED: i32 = 3;
const REGISTERED: i32 = 8;

/// Why a modem cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotReady {
    PinWanted,
    PinWrong,
    PukWanted,
    NotRegistered,
    Gone,
}

impl NotReady {
    /// `NMDeviceStateReason`.
    pub fn reason(self) -> u32 {
        match self {
            Self::PinWanted => 46,
            Self::PukWanted => 47,
            Self::PinWrong => 59,
            Self::NotRegistered => 31,
            Self::Gone => 43,
        }
    }
}

/// What a modem is in.
#[derive(Debug, Clone)]
pub struct Plan {
    pub operator: &'static str,
    pub operator_code: &'static str,
    /// `MMModemAccessTechnology`: 0x4000 is LTE, 0x8000 5G.
    pub technology: u32,
    pub signal: u32,
    /// Whether the network is a foreign one.
    pub roaming: bool,
    /// Whether the SIM is locked with its PIN.
    pub locked: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            operator: "Mustermobil",
            operator_code: "26299",
            technology: 0x4000,
            signal: 63,
            roaming: false,
            locked: false,
        }
    }
}

/// Plugs a modem in, in both services; gives NetworkManager's device.
pub fn add(world: &mut World, interface: &str, plan: &Plan) -> String {
    if !world.mm.objects().contains_key(MM_PATH) {
        let version = Properties::from([("Version", value("1.20.4"))]);
        world.mm.add_apart(MM_PATH, Object::from([(MM, version)]));
    }
    let number = world.number("Modem") - 1;
    let modem = format!("{MM_PATH}/Modem/{number}");
    let sim = format!("{MM_PATH}/SIM/{number}");
    let mut of_sim = Properties::from([
        ("Active", value(true)),
        ("SimIdentifier", value("8949000000000000001")),
        ("Imsi", value("262990000000001")),
        ("Eid", value("")),
        ("OperatorIdentifier", value("26299")),
        ("OperatorName", value("Mustermobil")),
        ("EmergencyNumbers", value(vec!["112"])),
        ("PreferredNetworks", nothing("(su)")),
        ("Gid1", nothing("y")),
        ("Gid2", nothing("y")),
    ]);
    for unknown in ["SimType", "EsimStatus", "Removability"] {
        of_sim.insert(unknown, value(0_u32));
    }
    world.mm.add_apart(&sim, Object::from([(SIM, of_sim)]));
    let card = SimCard {
        pin: "1234".to_owned(),
        puk: "12345678".to_owned(),
        pin_tries: 3,
        puk_tries: 10,
        modem: modem.clone(),
    };
    world.sims.insert(sim.clone(), card);
    world.mm.add(&modem, object_of(&sim, interface, plan));
    let own = device::add(world, Kind::Modem, interface);
    world.nm.set(&own, DEVICE, "Udi", value(modem.clone()));
    let code = if plan.locked { "" } else { plan.operator_code };
    world
        .nm
        .set(&own, MODEM_DEVICE, "OperatorCode", value(code.to_owned()));
    tries(world, &sim);
    if plan.locked {
        lock(world, &modem, PIN_LOCK);
    }
    own
}

fn object_of(sim: &str, interface: &str, plan: &Plan) -> Object {
    let of_modem = Properties::from([
        ("Sim", object(sim)),
        ("SimSlots", objects([sim])),
        ("PrimarySimSlot", value(1_u32)),
        ("Bearers", objects(Vec::<String>::new())),
        ("SupportedCapabilities", value(vec![12_u32])),
        ("CurrentCapabilities", value(12_u32)),
        ("MaxBearers", value(1_u32)),
        ("MaxActiveBearers", value(1_u32)),
        ("MaxActiveMultiplexedBearers", value(0_u32)),
        ("Manufacturer", value("Sierra Wireless")),
        ("Model", value("EM7345 4G LTE")),
        ("Revision", value("FIH7160_V1.2")),
        ("CarrierConfiguration", value("")),
        ("CarrierConfigurationRevision", value("")),
        ("HardwareRevision", value("XMM7160")),
        ("DeviceIdentifier", value("3e2b1f")),
        (
            "Device",
            value("/sys/devices/pci0000:00/0000:00:14.0/usb2/2-4"),
        ),
        ("Drivers", value(vec!["cdc_mbim"])),
        ("Plugin", value("sierra")),
        ("PrimaryPort", value(interface.to_owned())),
        ("Ports", value(vec![(interface.to_owned(), 6_u32)])),
        ("EquipmentIdentifier", value("013937000000000")),
        ("UnlockRequired", value(NO_LOCK)),
        ("UnlockRetries", value(BTreeMap::<u32, u32>::new())),
        ("State", value(REGISTERED)),
        ("StateFailedReason", value(0_u32)),
        ("AccessTechnologies", value(plan.technology)),
        ("SignalQuality", value((plan.signal, true))),
        ("OwnNumbers", value(vec!["+4915550100"])),
        ("PowerState", value(3_u32)),
        ("SupportedModes", nothing("(uu)")),
        ("CurrentModes", value((12_u32, 0_u32))),
        ("SupportedBands", nothing("u")),
        ("CurrentBands", nothing("u")),
        ("SupportedIpFamilies", value(7_u32)),
    ]);
    let registration = if plan.roaming { 5_u32 } else { 1 };
    let of_3gpp = Properties::from([
        ("Imei", value("013937000000000")),
        ("RegistrationState", value(registration)),
        ("OperatorCode", value(plan.operator_code)),
        ("OperatorName", value(plan.operator)),
        ("EnabledFacilityLocks", value(u32::from(plan.locked))),
        ("SubscriptionState", value(0_u32)),
        ("EpsUeModeOperation", value(0_u32)),
        ("Pco", nothing("(ubay)")),
        ("InitialEpsBearer", object("/")),
        ("InitialEpsBearerSettings", no_entries()),
        ("PacketServiceState", value(0_u32)),
        ("Nr5gRegistrationSettings", no_entries()),
    ]);
    Object::from([
        (MODEM, of_modem),
        (MODEM_3GPP, of_3gpp),
        (LOCATION, location::properties()),
    ])
}

/// Pulls a modem out.
pub fn remove(world: &mut World, own: &str) {
    let modem = world.nm.text(own, DEVICE, "Udi");
    let sim = world.mm.text(&modem, MODEM, "Sim");
    device::remove(world, own);
    world.mm.remove(&modem);
    world.mm.remove(&sim);
    world.sims.remove(&sim);
}

/// Changes a modem's state (`MMModemState`).
fn state(world: &mut World, modem: &str, to: i32) {
    let from = i32::try_from(world.mm.number(modem, MODEM, "State")).unwrap_or_default();
    if from != to && world.mm.has(modem, MODEM) {
        world.mm.set(modem, MODEM, "State", value(to));
        world
            .mm
            .emit(modem, MODEM, "StateChanged", &(from, to, 1_u32));
    }
}

/// Locks the SIM that is in a modem.
pub fn lock(world: &mut World, modem: &str, lock: u32) {
    world.mm.set(modem, MODEM, "UnlockRequired", value(lock));
    if lock == NO_LOCK {
        state(world, modem, REGISTERED);
    } else {
        state(world, modem, LOCKED);
        world
            .mm
            .set(modem, MODEM_3GPP, "RegistrationState", value(0_u32));
        for name in ["OperatorName", "OperatorCode"] {
            world.mm.set(modem, MODEM_3GPP, name, value(""));
        }
        world
            .mm
            .set(modem, MODEM, "SignalQuality", value((0_u32, false)));
        world
            .mm
            .set(modem, MODEM, "AccessTechnologies", value(0_u32));
    }
}

/// The SIM is open: the modem finds its network.
fn unlock(world: &mut World, modem: &str) {
    let plan = Plan::default();
    lock(world, modem, NO_LOCK);
    world
        .mm
        .set(modem, MODEM_3GPP, "RegistrationState", value(1_u32));
    world
        .mm
        .set(modem, MODEM_3GPP, "OperatorName", value(plan.operator));
    world
        .mm
        .set(modem, MODEM_3GPP, "OperatorCode", value(plan.operator_code));
    world
        .mm
        .set(modem, MODEM, "SignalQuality", value((plan.signal, true)));
    world
        .mm
        .set(modem, MODEM, "AccessTechnologies", value(plan.technology));
}

/// Puts a SIM at its last try, or at its PUK, for a scene.
pub fn wear_out(world: &mut World, own: &str, pin_tries: u32) {
    let modem = world.nm.text(own, DEVICE, "Udi");
    let sim = world.mm.text(&modem, MODEM, "Sim");
    if let Some(card) = world.sims.get_mut(&sim) {
        card.pin_tries = pin_tries;
    }
    lock(
        world,
        &modem,
        if pin_tries == 0 { PUK_LOCK } else { PIN_LOCK },
    );
    tries(world, &sim);
}

fn tries(world: &mut World, sim: &str) {
    if let Some(card) = world.sims.get(sim) {
        let tries = BTreeMap::from([(PIN_LOCK, card.pin_tries), (PUK_LOCK, card.puk_tries)]);
        world
            .mm
            .set(&card.modem, MODEM, "UnlockRetries", value(tries));
    }
}

pub fn call(world: &mut World, call: &Call<'_>) -> Answer {
    match (call.interface.as_str(), call.member.as_str()) {
        (MM, "ScanDevices") | (MODEM_3GPP, "Register") => call.reply(&()),
        (MODEM, "Enable") => {
            let (on,): (bool,) = call.arguments()?;
            let locked = world.mm.number(&call.object, MODEM, "State") == i64::from(LOCKED);
            if locked {
                let text = "Modem in locked state";
                return Err(Refusal::new(format!("{MM_ERROR}.Core.WrongState"), text));
            }
            state(world, &call.object, if on { REGISTERED } else { DISABLED });
            call.reply(&())
        }
        (MODEM, "SetPowerState") => {
            let (power,): (u32,) = call.arguments()?;
            world
                .mm
                .set(&call.object, MODEM, "PowerState", value(power));
            call.reply(&())
        }
        (SIM, "SendPin") => {
            let (pin,): (String,) = call.arguments()?;
            send_pin(world, &call.object, &pin)?;
            call.reply(&())
        }
        (SIM, "SendPuk") => {
            let (puk, pin): (String, String) = call.arguments()?;
            send_puk(world, &call.object, &puk, &pin)?;
            call.reply(&())
        }
        (SIM, "EnablePin" | "ChangePin") => call.reply(&()),
        (LOCATION, _) => location::call(world, call),
        _ => Err(call.unknown()),
    }
}

fn refused(name: &str, text: &str) -> Refusal {
    Refusal::new(format!("{MM_ERROR}.MobileEquipment.{name}"), text)
}

fn send_pin(world: &mut World, sim: &str, pin: &str) -> Result<(), Refusal> {
    let Some(card) = world.sims.get_mut(sim) else {
        return Err(refused("SimNotInserted", "SIM not inserted"));
    };
    let modem = card.modem.clone();
    if card.pin_tries == 0 {
        return Err(refused("SimPuk", "SIM PUK required"));
    }
    if card.pin == pin {
        card.pin_tries = 3;
        unlock(world, &modem);
        tries(world, sim);
        return Ok(());
    }
    card.pin_tries -= 1;
    let locked_out = card.pin_tries == 0;
    tries(world, sim);
    if locked_out {
        lock(world, &modem, PUK_LOCK);
        return Err(refused("SimPuk", "SIM PUK required"));
    }
    Err(refused("IncorrectPassword", "Incorrect password"))
}

fn send_puk(world: &mut World, sim: &str, puk: &str, pin: &str) -> Result<(), Refusal> {
    let Some(card) = world.sims.get_mut(sim) else {
        return Err(refused("SimNotInserted", "SIM not inserted"));
    };
    if card.puk_tries == 0 {
        return Err(refused("SimFailure", "SIM failure"));
    }
    if card.puk != puk {
        card.puk_tries -= 1;
        tries(world, sim);
        return Err(refused("IncorrectPassword", "Incorrect password"));
    }
    let modem = card.modem.clone();
    (card.pin, card.pin_tries, card.puk_tries) = (pin.to_owned(), 3, 10);
    unlock(world, &modem);
    tries(world, sim);
    Ok(())
}

/// Whether a modem can dial; with the PIN of a profile where its SIM wants one.
pub fn ready(world: &mut World, modem: &str, pin: Option<&str>) -> Result<(), NotReady> {
    let state = world.mm.number(modem, MODEM, "State");
    if !world.mm.has(modem, MODEM) {
        return Err(NotReady::Gone);
    }
    match u32::try_from(world.mm.number(modem, MODEM, "UnlockRequired")).unwrap_or_default() {
        PUK_LOCK => return Err(NotReady::PukWanted),
        PIN_LOCK => {
            let pin = pin.ok_or(NotReady::PinWanted)?;
            let sim = world.mm.text(modem, MODEM, "Sim");
            return send_pin(world, &sim, pin).map_err(|_| NotReady::PinWrong);
        }
        _ => {}
    }
    if state < i64::from(REGISTERED) {
        return Err(NotReady::NotRegistered);
    }
    Ok(())
}

/// The mobile radio is switched.
pub fn radio(world: &mut World, on: bool) {
    for modem in world.mm.with(MODEM) {
        if world.mm.number(&modem, MODEM, "UnlockRequired") == i64::from(NO_LOCK) {
            state(world, &modem, if on { REGISTERED } else { DISABLED });
        }
    }
}
