//! `xnm radio`: Wi-Fi, the mobile network, or all radios on and off.

use std::io::Write;

use super::session::{Agent, Session};
use super::{ActionError, PATIENCE};
use crate::net::arguments::{RadioName, Switch};
use crate::net::command::{Command, RadioSwitch};
use crate::net::snapshot::{Radio, Radios};

pub(super) fn switch(which: RadioName, to: Switch, out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    let before = session.latest().radios;
    let sentence = |text: &str| Err(ActionError::Sentence(text.to_owned()));
    match which {
        RadioName::Wifi if !before.wifi.present => return sentence("there is no Wi-Fi device"),
        RadioName::Wwan if !before.wwan.present => return sentence("there is no modem"),
        _ => {}
    }
    let on = match to {
        Switch::On => true,
        Switch::Off => false,
        Switch::Toggle => !is_on(which, &before),
    };
    let radio = match which {
        RadioName::Wifi => RadioSwitch::Wifi,
        RadioName::Wwan => RadioSwitch::Wwan,
        RadioName::Airplane => RadioSwitch::Airplane,
    };
    let command = Command::Radio { radio, on };
    let after = session.ask(command, "the radio to switch", PATIENCE, |now| {
        (is_on(which, &now.radios) == on).then_some(now.radios)
    })?;
    let blocked = |radio: Radio| on && !radio.hardware_enabled;
    match which {
        RadioName::Wifi if blocked(after.wifi) => {
            return sentence("Wi-Fi is on, but its switch or key on the case is off: use that");
        }
        RadioName::Wwan if blocked(after.wwan) => {
            return sentence("mobile is on, but its switch or key on the case is off: use that");
        }
        _ => {}
    }
    let name = match which {
        RadioName::Wifi => "Wi-Fi",
        RadioName::Wwan => "mobile network",
        RadioName::Airplane => "airplane mode",
    };
    writeln!(out, "{name} is {}", if on { "on" } else { "off" })?;
    Ok(())
}

/// Airplane mode is on when no radio's switch is.
fn is_on(which: RadioName, radios: &Radios) -> bool {
    let any = |radio: Radio| radio.present && radio.enabled;
    match which {
        RadioName::Wifi => radios.wifi.enabled,
        RadioName::Wwan => radios.wwan.enabled,
        RadioName::Airplane => {
            !any(radios.wifi) && !any(radios.wwan) && radios.bluetooth != Some(true)
        }
    }
}
