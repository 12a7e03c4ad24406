//! Modems (`org.freedesktop.ModemManager1.Modem`, its `Modem3gpp`, and `Sim`).

use std::sync::Arc;

use super::id;
use crate::net::snapshot::{Id, Modem, ModemState, SimLock};
use crate::net::tree::wanted::{MODEM, MODEM_3GPP, SIM};
use crate::net::tree::{Object, Properties, Tree, Value};

/// `MM_MODEM_STATE_ENABLED`: below it the radio is off, and the signal's value old.
const ENABLED: i32 = 6;

/// All modems.
pub(super) fn all(mm: &Tree) -> Vec<Modem> {
    mm.with(MODEM)
        .map(|(path, object, modem)| one(mm, Id::new(Arc::clone(path)), object, modem))
        .collect()
}

fn one(mm: &Tree, id_: Id, object: &Object, modem: &Properties) -> Modem {
    let network = object.get(MODEM_3GPP);
    let state = modem.number::<i32>("State").unwrap_or(0);
    let registration = network.number("RegistrationState");
    let required: u32 = modem.number("UnlockRequired").unwrap_or(0);
    let lock = lock(required, state);
    let sim = modem.path("Sim");
    let on_sim = sim.and_then(|sim| mm.object(sim)).map(|sim| sim.get(SIM));
    Modem {
        id: id_,
        model: model(modem.string("Manufacturer"), modem.string("Model")),
        state: match lock {
            // ModemManager has a moment in which it knows the lock, but not yet the state.
            Some(_) => ModemState::Locked,
            None => mode(state, modem.number("StateFailedReason"), registration),
        },
        tries: lock
            .and_then(|_| modem.value("UnlockRetries")?.at(required.into()))
            .and_then(Value::number),
        lock,
        operator: network.string("OperatorName"),
        operator_code: network.string("OperatorCode"),
        sim_operator_code: on_sim.and_then(|sim| sim.string("OperatorIdentifier")),
        technology: modem
            .number("AccessTechnologies")
            .filter(|_| state >= ENABLED)
            .and_then(technology),
        signal_percent: modem
            .list("SignalQuality")
            .first()
            .and_then(Value::number::<u8>)
            .filter(|_| state >= ENABLED)
            .map(|percent| percent.min(100)),
        roaming: matches!(registration, Some(5 | 7 | 10)),
        own_number: modem
            .list("OwnNumbers")
            .iter()
            .filter_map(Value::text)
            .find(|number| !number.is_empty())
            .map(ToString::to_string),
        imei: modem.string("EquipmentIdentifier"),
        firmware: modem.string("Revision"),
        iccid: on_sim.and_then(|sim| sim.string("SimIdentifier")),
        sim: id(modem, "Sim"),
    }
}

/// `MMModemLock`. PIN2 and PUK2 keep nobody from the network.
fn lock(raw: u32, state: i32) -> Option<SimLock> {
    match raw {
        2 => Some(SimLock::Pin),
        4 => Some(SimLock::Puk),
        6.. => Some(SimLock::Other(raw)),
        // `MM_MODEM_STATE_LOCKED`, by something that is not known yet.
        _ if state == 2 => Some(SimLock::Other(raw)),
        _ => None,
    }
}

/// `MMModemState`, `MMModemStateFailedReason`, `MMModem3gppRegistrationState`.
fn mode(state: i32, failed: Option<u32>, registration: Option<u32>) -> ModemState {
    match state {
        -1 => ModemState::Failed {
            sim_missing: failed == Some(2),
        },
        2 => ModemState::Locked,
        3 | 4 => ModemState::Disabled,
        // Denied.
        5..=7 if registration == Some(3) => ModemState::Denied,
        5..=7 => ModemState::Searching,
        8 | 9 => ModemState::Registered,
        10 => ModemState::Connecting,
        11 => ModemState::Connected,
        _ => ModemState::Unknown,
    }
}

/// `MMModemAccessTechnology`: the newest of those in use.
fn technology(raw: u32) -> Option<&'static str> {
    const ANY: u32 = u32::MAX;
    const NR: u32 = 1 << 15;
    const LTE: u32 = 1 << 14 | 1 << 16 | 1 << 17;
    // UMTS, HSDPA, HSUPA, HSPA, HSPA+, EVDO 0, A, B.
    const THIRD: u32 = 0b11111 << 5 | 0b111 << 11;
    // GSM, GSM compact, GPRS, EDGE, 1xRTT.
    const SECOND: u32 = 0b1111 << 1 | 1 << 10;
    match raw {
        ANY => None,
        _ if raw & NR != 0 => Some("5G"),
        _ if raw & LTE != 0 => Some("LTE"),
        _ if raw & THIRD != 0 => Some("3G"),
        _ if raw & SECOND != 0 => Some("2G"),
        _ => None,
    }
}

fn model(maker: Option<String>, model: Option<String>) -> String {
    match (maker, model) {
        (Some(maker), Some(model)) if model.starts_with(&maker) => model,
        (Some(maker), Some(model)) => format!("{maker} {model}"),
        (maker, model) => maker.or(model).unwrap_or_default(),
    }
}
