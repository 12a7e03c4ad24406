//! Text messages: the modem or its port, who has it, the SIM's lock, the store, the PIN's file.

use super::{Around, Check, Finding, Part, bus, port};
use crate::bus::{Bus, BusError, Object};
use crate::modem_owner;
use crate::net::read;
use crate::net::snapshot::{Modem, ModemState, SimLock};
use crate::net::tree::Tree;
use crate::net::tree::wanted::MM;
use crate::sms::Device;
use crate::sms::store::{Store, StoreError, health};

pub(super) const CHECKS: &[Check] = &[
    Check {
        part: "modem",
        look: modem,
    },
    Check {
        part: "ModemManager",
        look: manager,
    },
    Check {
        part: "owner",
        look: owner,
    },
    Check {
        part: "PIN",
        look: pin,
    },
    Check {
        part: "store",
        look: store,
    },
    Check {
        part: "contacts",
        look: contacts,
    },
];

/// Which modem the configuration names; what a bar's `-d` names is not known here.
fn wanted(around: &Around) -> Device {
    let device = around.config.sms.device.clone();
    device.map_or(Device::Auto, Device::from)
}

fn modem(around: &Around, part: Part) -> Vec<Finding> {
    vec![match wanted(around) {
        Device::Serial(path) => port::look(part, &path),
        Device::None => part.unused(
            "the configuration wants none",
            "take device = \"none\" out of [sms] to have one",
        ),
        Device::ModemManager(_) => part.ok("is ModemManager's, see there"),
        Device::Auto => match modems() {
            Ok(found) if !found.is_empty() => part.ok("is ModemManager's, see there"),
            _ => part.unused(
                "no port is configured, and ModemManager has none; a bar may name one with -d",
                port::others().unwrap_or_else(|| {
                    "write device = \"/dev/ttyACM0\" under [sms] in the configuration".to_owned()
                }),
            ),
        },
    }]
}

fn modems() -> Result<Vec<Modem>, BusError> {
    let answer = zbus::block_on(async {
        let bus = Bus::system().await?;
        let objects = Object {
            service: MM,
            path: "/org/freedesktop/ModemManager1",
            interface: "org.freedesktop.DBus.ObjectManager",
        };
        bus::ask(&bus, objects, "GetManagedObjects", &()).await
    })?;
    Ok(Tree::of(&answer.body()).map_or_else(Vec::new, |tree| read::modems(&tree)))
}

fn manager(around: &Around, part: Part) -> Vec<Finding> {
    let is_wanted = matches!(wanted(around), Device::ModemManager(_));
    let start = "start it: 'systemctl enable --now ModemManager'";
    match modems() {
        Ok(found) if found.is_empty() && is_wanted => vec![part.missing(
            "runs, and has no modem",
            "'mmcli -L' lists its modems, 'journalctl -u ModemManager' says what it makes of one",
        )],
        Ok(found) if found.is_empty() => vec![part.ok("runs, and has no modem")],
        Ok(found) => found.iter().map(|modem| judge(part, modem)).collect(),
        Err(BusError::NotRunning(_)) if is_wanted => {
            vec![part.missing("does not run, and the configuration wants it", start)]
        }
        Err(BusError::NotRunning(_)) => vec![part.unused("does not run", start)],
        Err(BusError::NoBus { .. }) if !is_wanted => {
            vec![part.unused("nobody can be asked", "see to the system bus")]
        }
        Err(error) if is_wanted => vec![part.missing(error.to_string(), start)],
        Err(error) => vec![part.warn(error.to_string(), start)],
    }
}

/// A modem of ModemManager's; neither its own number nor any of the SIM's is shown.
fn judge(part: Part, modem: &Modem) -> Finding {
    let model = &modem.model;
    let tries = match modem.tries {
        Some(1) => ", 1 try is left".to_owned(),
        Some(tries) => format!(", {tries} tries are left"),
        None => String::new(),
    };
    let unlock = "click the bar's field or use 'xnm unlock'; a PIN that is wrong is sent once only";
    match (modem.state, modem.lock) {
        (ModemState::Locked, Some(SimLock::Pin)) => {
            part.warn(format!("{model}: the SIM wants its PIN{tries}"), unlock)
        }
        (ModemState::Locked, Some(SimLock::Puk)) => part.missing(
            format!("{model}: the SIM wants its PUK{tries}"),
            "'xnm unlock' takes the PUK, which is on the SIM's letter",
        ),
        (ModemState::Locked, _) => part.missing(
            format!("{model}: it or its SIM has a lock that barpop cannot open"),
            "ask the operator, or use 'mmcli'",
        ),
        (ModemState::Failed { sim_missing: true }, _) => {
            part.missing(format!("{model}: there is no SIM"), "put one in")
        }
        (ModemState::Failed { sim_missing: false }, _) => part.missing(
            format!("{model}: ModemManager cannot use it"),
            "unplug it, or see 'journalctl -u ModemManager'",
        ),
        (ModemState::Denied, _) => part.warn(
            format!("{model}: the network refuses this SIM"),
            "ask the operator whether it is active",
        ),
        (ModemState::Disabled, _) => part.warn(
            format!("{model}: it is off"),
            "'xnm radio wwan on', or 'mmcli -m any --enable'",
        ),
        (ModemState::Searching, _) => part.warn(
            format!("{model}: it looks for a network"),
            "wait a minute, or go where the signal is better",
        ),
        _ => part.ok(match modem.signal_percent {
            Some(signal) => format!("{model}: in a network, signal {signal} %"),
            None => format!("{model}: in a network"),
        }),
    }
}

fn owner(_: &Around, part: Part) -> Vec<Finding> {
    let found = zbus::block_on(async {
        let bus = bus::of_the_session().await?.ok()?;
        Some(bus::owner(&bus, modem_owner::NAME).await)
    });
    vec![match found {
        Some(Some(owner)) => part.ok(format!("{owner} has the modem for all")),
        Some(None) => part.unused(
            "nobody has the modem for all at the moment",
            "a bar with 'xsms --follow', a popup, or 'systemctl --user enable --now barpop-sms' has it",
        ),
        None => part.unused(
            "there is no session bus: whoever opens the port first has the modem",
            "see to the session bus",
        ),
    }]
}

fn pin(around: &Around, part: Part) -> Vec<Finding> {
    let sms = &around.config.sms;
    vec![match (&sms.pin_file, &sms.pin) {
        (Some(path), _) => port::secret_file(part, path, "PIN"),
        (None, Some(_)) => part.ok("is in the configuration"),
        (None, None) if std::env::var_os("BARPOP_PIN").is_some() => {
            part.ok("is in the environment (BARPOP_PIN)")
        }
        (None, None) => part.unused(
            "none is configured",
            "a SIM that wants one gets it in the popup, or from a file: pin_file under [sms]",
        ),
    }]
}

fn store(_: &Around, part: Part) -> Vec<Finding> {
    let path = match Store::default_path() {
        Ok(path) => path,
        Err(error) => return vec![part.missing(error.to_string(), "set HOME")],
    };
    let shown = path.display();
    vec![match health::look(&path) {
        Ok(None) => part.ok(format!("'{shown}' is made with the first message")),
        Ok(Some(found)) if !found.is_own => part.missing(
            format!("'{shown}' is not yours"),
            format!("run 'chown -R $USER {shown}'"),
        ),
        Ok(Some(found)) if found.mode & 0o077 != 0 => part.warn(
            format!("'{shown}' can be read by others (mode {:04o})", found.mode),
            format!("run 'chmod 600 {shown}'; the next start of xsms does it, too"),
        ),
        Ok(Some(found)) => part.ok(format!(
            "'{shown}' is sound, has {} messages and {} KiB{}",
            found.messages,
            found.bytes / 1024,
            if found.is_older {
                ", and is brought up to date at the next start"
            } else {
                ""
            }
        )),
        Err(error) => {
            let remedy = match &error {
                StoreError::Busy(_) => "ask again; 'fuser' tells who uses it",
                StoreError::ReadOnly(_) => "run 'chmod u+rw' on it",
                StoreError::Newer { .. } => "install that version",
                _ => "keep a copy, then move it away: messages on the SIM are taken in anew",
            };
            part.missing(error.to_string(), remedy)
        }
    }]
}

fn contacts(around: &Around, part: Part) -> Vec<Finding> {
    let named = &around.config.sms.contacts;
    if named.is_empty() {
        let usual = xdg::BaseDirectories::new().get_data_file("contacts");
        let is_there = usual.is_some_and(|folder| folder.exists());
        return vec![if is_there {
            part.ok("names come from the usual folder of vCards")
        } else {
            part.unused(
                "there are no vCards in '~/.local/share/contacts'",
                "put some there, or name their folder: contacts under [sms]",
            )
        }];
    }
    let gone = named.iter().filter(|path| std::fs::metadata(path).is_err());
    let gone: Vec<Finding> = gone
        .map(|path| {
            part.warn(
                format!("'{}' cannot be read", path.display()),
                "mend 'contacts' under [sms]",
            )
        })
        .collect();
    if gone.is_empty() {
        return vec![part.ok("all that the configuration names is there")];
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::super::{Topic, Verdict};
    use super::*;
    use crate::net::snapshot::Id;

    #[test]
    fn a_locked_sim_is_told_with_its_tries_and_without_its_number() {
        let part = Part {
            topic: Topic::Sms,
            name: "ModemManager",
        };
        let modem = Modem {
            id: Id::new("/org/freedesktop/ModemManager1/Modem/0"),
            model: "EM7345".to_owned(),
            state: ModemState::Locked,
            lock: Some(SimLock::Pin),
            tries: Some(3),
            operator: None,
            operator_code: None,
            sim_operator_code: None,
            technology: None,
            signal_percent: None,
            roaming: false,
            own_number: Some("+491701234567".to_owned()),
            imei: Some("490154203237518".to_owned()),
            firmware: None,
            iccid: Some("8949022000012345678".to_owned()),
            sim: None,
        };
        let found = judge(part, &modem);
        assert_eq!(found.verdict, Verdict::Warn);
        assert_eq!(
            found.sentence,
            "EM7345: the SIM wants its PIN, 3 tries are left"
        );
        assert!(!format!("{found:?}").contains("1701234567"));
    }
}
