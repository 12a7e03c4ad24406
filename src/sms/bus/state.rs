//! The owner's properties, as plain data: what is served, and what a caller makes of it.

use std::collections::HashMap;

use zbus::{OwnedVariant, Variant};

use crate::sms::options::{Device, Options};
use crate::sms::snapshot::Summary;
use crate::sms::status::state_word;

/// What is not known, where D-Bus has no word for it.
const UNKNOWN: i32 = -1;

/// Which modem and which store a process works with. Two processes with different ones have
/// nothing to share.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// The modem as it was asked for: a port, `auto`, `mm`, `mm:1`.
    pub modem: String,
    /// The store's file.
    pub store: String,
}

impl Work {
    /// What these options ask for.
    #[must_use]
    pub fn of(options: &Options) -> Self {
        let modem = match &options.device {
            Device::Auto => "auto".to_owned(),
            Device::None => "none".to_owned(),
            Device::ModemManager(None) => "mm".to_owned(),
            Device::ModemManager(Some(one)) => format!("mm:{one}"),
            // Two names of one port are one modem.
            Device::Serial(port) => port
                .canonicalize()
                .unwrap_or_else(|_| port.clone())
                .display()
                .to_string(),
        };
        Self {
            modem,
            store: options.store.display().to_string(),
        }
    }

    /// Whether an owner with `theirs` does what these options ask for. Who asked for no modem in
    /// particular takes whichever the owner has.
    #[must_use]
    pub fn is_served_by(&self, theirs: &Self) -> bool {
        self.store == theirs.store && (self.modem == "auto" || self.modem == theirs.modem)
    }
}

/// The properties of `org.barpop.Sms1`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// The owner's process id.
    pub pid: u32,
    /// What it works with.
    pub work: Work,
    /// The state of messages and modem.
    pub summary: Summary,
}

impl State {
    /// All properties by their names, as the interface's description lists them.
    #[must_use]
    pub fn properties(&self) -> Vec<(&'static str, Variant<'static>)> {
        let modem = &self.summary.modem;
        let whole = serde_json::to_string(&self.summary).unwrap_or_default();
        let text = |text: &Option<String>| Variant::from(text.clone().unwrap_or_default());
        let count = |n: Option<u32>| {
            Variant::from(n.and_then(|n| i32::try_from(n).ok()).unwrap_or(UNKNOWN))
        };
        vec![
            ("Version", Variant::from(env!("CARGO_PKG_VERSION"))),
            ("Pid", Variant::from(self.pid)),
            ("Modem", Variant::from(self.work.modem.clone())),
            ("Store", Variant::from(self.work.store.clone())),
            ("Unread", Variant::from(self.summary.unread)),
            ("Total", Variant::from(self.summary.total)),
            ("State", Variant::from(state_word(modem))),
            ("Device", text(&modem.device)),
            ("Operator", text(&modem.operator)),
            ("Signal", count(modem.signal_percent.map(u32::from))),
            ("SimUsed", count(modem.sim_used)),
            ("SimCapacity", count(modem.sim_capacity)),
            ("PinTries", count(modem.pin_tries.map(u32::from))),
            ("Error", text(&self.summary.error)),
            ("Whole", Variant::from(whole)),
        ]
    }

    /// What an owner's properties say; `None` when they are not those of a barpop like this one.
    #[must_use]
    pub fn read(properties: &HashMap<String, OwnedVariant>) -> Option<Self> {
        let text = |name: &str| {
            let found = properties.get(name)?;
            <&str>::try_from(found).ok().map(str::to_owned)
        };
        Some(Self {
            pid: u32::try_from(properties.get("Pid")?).ok()?,
            work: Work {
                modem: text("Modem")?,
                store: text("Store")?,
            },
            summary: serde_json::from_str(&text("Whole")?).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::snapshot::{Lock, Modem, ModemState};

    fn sent_and_read(state: &State) -> Option<State> {
        let properties = state.properties().into_iter();
        let owned =
            properties.map(|(name, value)| (name.to_owned(), value.try_to_owned().unwrap()));
        State::read(&owned.collect())
    }

    #[test]
    fn what_the_owner_knows_arrives_whole_at_the_caller() {
        let states = [
            ModemState::Absent,
            ModemState::Busy {
                holder: Some("ModemManager (8)".to_owned()),
            },
            ModemState::Locked(Lock::Other("PH-NET PIN".to_owned())),
            ModemState::Failed("it is silent".to_owned()),
        ];
        for state in states {
            let state = State {
                pid: 77,
                work: Work {
                    modem: "/dev/ttyACM0".to_owned(),
                    store: "/s".to_owned(),
                },
                summary: Summary {
                    unread: 3,
                    total: 50_000,
                    sender: None,
                    modem: Modem {
                        state,
                        device: Some("/dev/ttyACM0".to_owned()),
                        signal_percent: Some(0),
                        ..Modem::default()
                    },
                    error: Some("a sentence".to_owned()),
                    ..Summary::default()
                },
            };
            assert_eq!(sent_and_read(&state), Some(state));
        }
    }

    #[test]
    fn an_owner_serves_who_asks_for_its_modem_or_for_none_in_particular() {
        let work = |modem: &str, store: &str| Work {
            modem: modem.to_owned(),
            store: store.to_owned(),
        };
        let owner = work("/dev/ttyACM0", "/home/a");
        assert!(work("/dev/ttyACM0", "/home/a").is_served_by(&owner));
        assert!(work("auto", "/home/a").is_served_by(&owner));
        assert!(!work("/dev/ttyUSB0", "/home/a").is_served_by(&owner));
        assert!(!work("/dev/ttyACM0", "/home/b").is_served_by(&owner));
    }
}
