//! `xnm modem` and `xnm unlock`: the modem is shown, its SIM opened.

use std::io::Write;
use std::path::Path;

use super::session::{Agent, Session};
use super::{ActionError, PATIENCE, ask};
use crate::bar::{clean, escape_json};
use crate::net::command::Command;
use crate::net::snapshot::{Modem, SimLock, Snapshot};
use crate::net::{json, words};
use crate::secret::Secret;

pub(super) fn modem(as_json: bool, out: &mut dyn Write) -> Result<(), ActionError> {
    let snapshot = super::look()?;
    if snapshot.modems.is_empty() {
        let sentence = "there is no modem, or ModemManager does not run";
        return Err(ActionError::Sentence(sentence.to_owned()));
    }
    for (number, modem) in snapshot.modems.iter().enumerate() {
        if as_json {
            let document = json::modem(modem, &snapshot).to_string();
            writeln!(out, "{}", escape_json(&document))?;
            continue;
        }
        if number > 0 {
            writeln!(out)?;
        }
        show(modem, &snapshot, out)?;
    }
    Ok(())
}

fn show(modem: &Modem, snapshot: &Snapshot, out: &mut dyn Write) -> Result<(), ActionError> {
    let or_dash = |text: Option<String>| text.map_or_else(|| "-".to_owned(), |text| clean(&text));
    let operator = modem.operator.clone().map(|operator| {
        let code = modem.operator_code.as_deref();
        code.map_or(operator.clone(), |code| format!("{operator} ({code})"))
    });
    let rows = [
        ("modem", Some(modem.model.clone())),
        ("interface", interface(modem, snapshot).map(str::to_owned)),
        ("state", Some(words::modem_state(modem.state).to_owned())),
        ("SIM wants", modem.lock.map(|l| lock_words(l).to_owned())),
        ("tries left", modem.tries.map(|tries| tries.to_string())),
        ("operator", operator),
        ("technology", modem.technology.map(str::to_owned)),
        ("signal", modem.signal_percent.map(|s| format!("{s} %"))),
        (
            "roaming",
            Some(if modem.roaming { "yes" } else { "no" }.to_owned()),
        ),
    ];
    for (name, value) in rows {
        writeln!(out, "{name:<11} {}", or_dash(value))?;
    }
    Ok(())
}

fn interface<'a>(modem: &Modem, snapshot: &'a Snapshot) -> Option<&'a str> {
    let device = snapshot
        .devices
        .iter()
        .find(|device| device.modem.as_ref() == Some(&modem.id));
    device.map(|device| device.interface.as_str())
}

fn lock_words(lock: SimLock) -> &'static str {
    match lock {
        SimLock::Pin => "its PIN",
        SimLock::Puk => "its PUK",
        SimLock::Other(_) => "a code that only the provider has",
    }
}

pub(super) fn unlock(
    pin_file: Option<&Path>,
    name: Option<&str>,
    out: &mut dyn Write,
) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    let snapshot = session.latest();
    let modem = locked(name, &snapshot)?;
    let id = modem.id.clone();
    let left = |tries: Option<u32>| {
        tries.map_or_else(String::new, |tries| match tries {
            1 => " (the last try)".to_owned(),
            tries => format!(" ({tries} tries left)"),
        })
    };
    let command = match modem.lock {
        Some(SimLock::Puk) => {
            if pin_file.is_some() {
                return Err(ActionError::Sentence(format!(
                    "the SIM wants its PUK{}: run 'xnm unlock' on a terminal without --pin-file",
                    left(modem.tries)
                )));
            }
            // The last try is for a person who sees that it is the last.
            if modem.tries.is_none_or(|tries| tries <= 1) && !ask::can_ask() {
                return Err(ActionError::Sentence(
                    "a wrong PUK may make the SIM useless for ever: run 'xnm unlock' on a terminal"
                        .to_owned(),
                ));
            }
            Command::Unblock {
                modem: id.clone(),
                puk: ask::ask(&format!("PUK of the SIM{}", left(modem.tries)))?,
                pin: new_pin()?,
            }
        }
        _ => {
            // A person who sees that it is the last try may want it all the same; a file cannot.
            let (pin, last_try) = match pin_file {
                Some(path) => (trimmed(&ask::from_file(path)?), false),
                None => {
                    let question = format!("PIN of the SIM{}", left(modem.tries));
                    (ask::ask(&question)?, ask::can_ask())
                }
            };
            Command::Unlock {
                modem: id.clone(),
                pin,
                last_try,
            }
        }
    };
    // Another lock is no open SIM: a wrong PIN on the last try leaves its PUK.
    session.ask(command, "the SIM to open", PATIENCE, |now| {
        now.modem(&id)?.lock.is_none().then_some(())
    })?;
    writeln!(out, "the SIM is open")?;
    Ok(())
}

/// A line break or blank around it is an editor's doing: a PIN has digits only.
fn trimmed(pin: &Secret) -> Secret {
    Secret::new(pin.reveal().trim())
}

fn new_pin() -> Result<Secret, ActionError> {
    let pin = ask::ask("New PIN")?;
    if ask::can_ask() && ask::ask("New PIN again")? != pin {
        let sentence = "the two new PINs differ; nothing was sent to the SIM";
        return Err(ActionError::Sentence(sentence.to_owned()));
    }
    Ok(pin)
}

fn locked<'a>(name: Option<&str>, snapshot: &'a Snapshot) -> Result<&'a Modem, ActionError> {
    let is_meant = |modem: &&Modem| {
        name.is_none_or(|name| modem.model == name || interface(modem, snapshot) == Some(name))
    };
    let opens = |modem: &&Modem| matches!(modem.lock, Some(SimLock::Pin | SimLock::Puk));
    let found: Vec<&Modem> = snapshot
        .modems
        .iter()
        .filter(is_meant)
        .filter(opens)
        .collect();
    match found.as_slice() {
        [modem] => Ok(modem),
        [] => Err(ActionError::Sentence(
            "no SIM waits for a PIN; 'xnm modem' shows what there is".to_owned(),
        )),
        several => {
            let names: Vec<String> = several.iter().map(|modem| clean(&modem.model)).collect();
            Err(ActionError::Sentence(format!(
                "several SIMs are locked, so choose one with --modem: {}",
                names.join(", ")
            )))
        }
    }
}
