//! What ModemManager says of a modem and of a message, decoded. Pure and total: what is not as
//! the interface promises is not there.

use std::collections::HashMap;

use jiff::Timestamp;
use zbus::{OwnedObjectPath, OwnedVariant, Structure, Variant};

use crate::sms::snapshot::{Lock, Registration};

/// Property and value.
pub type Properties = HashMap<String, OwnedVariant>;
/// Interface and its properties.
pub type Interfaces = HashMap<String, Properties>;

/// `org.freedesktop.ModemManager1.Modem` and what hangs on it.
pub const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
pub const MESSAGING: &str = "org.freedesktop.ModemManager1.Modem.Messaging";
pub const USSD: &str = "org.freedesktop.ModemManager1.Modem.Modem3gpp.Ussd";
pub const SMS: &str = "org.freedesktop.ModemManager1.Sms";
pub const SIM: &str = "org.freedesktop.ModemManager1.Sim";
const GPP: &str = "org.freedesktop.ModemManager1.Modem.Modem3gpp";

/// `MMModemState`, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It cannot be used.
    Failed,
    /// It is being looked at, or on its way from one state to another.
    Starting,
    /// Its SIM is locked.
    Locked,
    /// Its radio is off.
    Disabled,
    /// Messages can come and go.
    Enabled,
}

/// A modem object's interfaces.
#[derive(Debug, Default)]
pub struct Modem(pub Interfaces);

impl Modem {
    fn get(&self, interface: &str, name: &str) -> Option<&OwnedVariant> {
        self.0.get(interface)?.get(name)
    }

    fn number(&self, interface: &str, name: &str) -> Option<u32> {
        self.get(interface, name)?.downcast_ref::<u32>().ok()
    }

    /// A property that is a text; an empty one is none.
    pub fn text(&self, interface: &str, name: &str) -> Option<&str> {
        let text = self.get(interface, name)?.downcast_ref::<&str>().ok()?;
        (!text.is_empty()).then_some(text)
    }

    pub fn has(&self, interface: &str) -> bool {
        self.0.contains_key(interface)
    }

    pub fn state(&self) -> State {
        let state = self.get(MODEM, "State");
        match state.and_then(|state| state.downcast_ref::<i32>().ok()) {
            Some(-1) => State::Failed,
            // Unlocked just now: what follows takes it a moment.
            Some(2) if self.lock().is_none() => State::Starting,
            Some(2) => State::Locked,
            Some(3) => State::Disabled,
            Some(6..) => State::Enabled,
            _ => State::Starting,
        }
    }

    /// What the SIM wants (`MMModemLock`); PIN2 and PUK2 stand between nobody and a message.
    pub fn lock(&self) -> Option<Lock> {
        match self.number(MODEM, "UnlockRequired") {
            Some(2) => Some(Lock::SimPin),
            Some(4) => Some(Lock::SimPuk),
            Some(0 | 1 | 3 | 5) | None => None,
            Some(6) => Some(Lock::Other("PH-SP PIN".to_owned())),
            Some(8) => Some(Lock::Other("PH-NET PIN".to_owned())),
            Some(10) => Some(Lock::Other("PH-SIM PIN".to_owned())),
            Some(other) => Some(Lock::Other(format!("lock {other}"))),
        }
    }

    /// Why a failed one failed (`MMModemStateFailedReason`); `None` is a missing SIM.
    pub fn failure(&self) -> Option<&'static str> {
        match self.number(MODEM, "StateFailedReason") {
            Some(2) => None,
            Some(3) => Some("its SIM cannot be used"),
            Some(4) => Some("ModemManager does not know what it can do"),
            Some(5) => Some("its eSIM has no profile"),
            _ => Some("ModemManager does not say why"),
        }
    }

    /// Tries left for a lock (2: PIN, 4: PUK).
    pub fn tries(&self, lock: u32) -> Option<u8> {
        let Variant::Dict(retries) = &**self.get(MODEM, "UnlockRetries")? else {
            return None;
        };
        let left = retries.get::<u32, u32>(&lock).ok()??;
        u8::try_from(left).ok()
    }

    pub fn signal_percent(&self) -> Option<u8> {
        let pair = self.get(MODEM, "SignalQuality")?;
        let pair = pair.downcast_ref::<&Structure<'_>>().ok()?;
        let percent = pair.fields().first()?.downcast_ref::<u32>().ok()?;
        u8::try_from(percent.min(100)).ok()
    }

    /// The path of its SIM.
    pub fn sim(&self) -> Option<String> {
        let path = self.get(MODEM, "Sim")?;
        let path = path.downcast_ref::<&zbus::ObjectPath<'_>>().ok()?;
        (path.as_str() != "/").then(|| path.to_string())
    }

    pub fn imei(&self) -> Option<&str> {
        self.text(MODEM, "EquipmentIdentifier")
    }

    /// The network's name; none where it is not registered.
    pub fn operator(&self) -> Option<&str> {
        self.text(GPP, "OperatorName")
            .or_else(|| self.text(GPP, "OperatorCode"))
    }

    /// `MMModem3gppRegistrationState`; none for a modem that is not a 3GPP one.
    pub fn registration(&self) -> Option<Registration> {
        match self.number(GPP, "RegistrationState")? {
            // "CSFB not preferred".
            9 => Some(Registration::Home),
            10 => Some(Registration::Roaming),
            state => Registration::from_raw(state),
        }
    }

    /// Whether the network would take a message now.
    pub fn can_send(&self) -> bool {
        !self.has(GPP) || self.registration().is_some_and(Registration::serves)
    }
}

/// `MMModem3gppUssdSessionState` 3: the network waits for an answer.
pub fn ussd_asks(said: &Properties) -> bool {
    let state = said.get("State");
    state.and_then(|state| state.downcast_ref::<u32>().ok()) == Some(3)
}

/// What the network said over USSD by itself, with whether it waits for an answer.
pub fn ussd_said(changed: &Properties) -> Option<(String, bool)> {
    [("NetworkRequest", true), ("NetworkNotification", false)]
        .into_iter()
        .find_map(|(name, asks)| {
            let text = changed.get(name)?.downcast_ref::<&str>().ok()?;
            (!text.is_empty()).then(|| (text.to_owned(), asks))
        })
}

/// A message, as `org.freedesktop.ModemManager1.Sms` has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sms {
    /// `MMSmsState`: 1 stored, 2 receiving, 3 received, 4 sending, 5 sent.
    pub state: u32,
    /// `MMSmsPduType`: 1 deliver, 2 submit, 3 status report, 32 and more CDMA's.
    pub kind: u32,
    pub number: String,
    pub text: String,
    pub data: Vec<u8>,
    pub class: Option<u8>,
    /// TP-MR of the last part that was sent, or that a report is about.
    pub reference: u8,
    /// When it arrived at the service centre.
    pub time: Option<Timestamp>,
    /// When it was delivered.
    pub discharged: Option<Timestamp>,
    /// TP-ST of a status report.
    pub delivery: Option<u8>,
    /// `MMSmsStorage`: 1 the SIM, 2 the modem; 0 it lies nowhere but in ModemManager.
    pub storage: u32,
}

/// `MMSmsState`.
pub const RECEIVED: u32 = 3;
pub const SENT: u32 = 5;

impl Sms {
    /// From the answer of `GetAll`.
    pub fn of(properties: &Properties) -> Self {
        let number = |name: &str| {
            let value = properties.get(name);
            value.and_then(|value| value.downcast_ref::<u32>().ok())
        };
        let text = |name: &str| {
            let value = properties.get(name);
            let text = value.and_then(|value| value.downcast_ref::<&str>().ok());
            text.unwrap_or_default().to_owned()
        };
        let class = properties.get("Class");
        let class = class.and_then(|class| class.downcast_ref::<i32>().ok());
        let data = properties.get("Data");
        let data = data.and_then(|data| Vec::<u8>::try_from(data.try_clone().ok()?).ok());
        Self {
            state: number("State").unwrap_or_default(),
            kind: number("PduType").unwrap_or_default(),
            number: text("Number"),
            text: text("Text"),
            data: data.unwrap_or_default(),
            class: class.and_then(|class| u8::try_from(class).ok()),
            reference: number("MessageReference").map_or(0, |number| (number & 0xff) as u8),
            time: time_stamp(&text("Timestamp")),
            discharged: time_stamp(&text("DischargeTimestamp")),
            delivery: number("DeliveryState").and_then(|state| u8::try_from(state).ok()),
            storage: number("Storage").unwrap_or_default(),
        }
    }
}

/// ISO 8601 as ModemManager writes it: `2026-11-24T17:48:18+01`, also with minutes or `Z`.
fn time_stamp(text: &str) -> Option<Timestamp> {
    let (moment, zone) = match text
        .char_indices()
        .skip(11)
        .find(|(_, c)| "+-Z".contains(*c))
    {
        Some((at, _)) => text.split_at_checked(at)?,
        None => (text, "Z"),
    };
    let zone = match zone.len() {
        3 => format!("{zone}:00"),
        _ => zone.to_owned(),
    };
    format!("{moment}{zone}").parse().ok()
}

/// The number at the end of an object's path: unique while one ModemManager runs.
pub fn slot(path: &str) -> u32 {
    let number = path.rsplit('/').next().unwrap_or_default();
    number.parse().unwrap_or(u32::MAX)
}

/// Paths out of the answer of `List`.
pub fn paths(paths: Vec<OwnedObjectPath>) -> Vec<String> {
    paths.into_iter().map(|path| path.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_stamps_are_read_with_every_way_to_write_the_zone() {
        let utc = |text: &str| time_stamp(text).map(|time| time.to_string());
        let expected = Some("2026-11-24T16:48:18Z");
        for text in [
            "2026-11-24T17:48:18+01",
            "2026-11-24T17:48:18+01:00",
            "2026-11-24T16:48:18Z",
            "2026-11-24T16:48:18",
            "2026-11-24T11:18:18-05:30",
        ] {
            assert_eq!(utc(text).as_deref(), expected, "{text}");
        }
        for nonsense in ["", "ü", "yesterday at five", "2026-13-24T17:48:18+01"] {
            assert_eq!(utc(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn nothing_is_made_up_for_an_object_that_says_nothing() {
        let modem = Modem::default();
        assert_eq!(modem.state(), State::Starting);
        assert_eq!(
            (modem.lock(), modem.tries(2), modem.sim()),
            (None, None, None)
        );
        assert_eq!(Sms::of(&Properties::new()), Sms::default());
    }
}
