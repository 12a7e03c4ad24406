//! `xnm disconnect`: a device, a network, a VPN goes down.

use std::io::Write;

use super::session::{Agent, Session};
use super::{ActionError, PATIENCE};
use crate::bar::clean;
use crate::net::command::Command;
use crate::net::snapshot::{ActiveConnection, ActiveState, Snapshot};
use crate::net::status::Link;

pub(super) fn disconnect(what: Option<&str>, out: &mut dyn Write) -> Result<(), ActionError> {
    let session = Session::start(Agent::Off)?;
    let snapshot = session.latest();
    let (command, active) = match what {
        Some(word) => named(word, &snapshot)?,
        None => {
            let link = snapshot.link().ok_or_else(|| {
                ActionError::Sentence("nothing is connected; 'xnm list' shows it".to_owned())
            })?;
            (whole_device(link), link)
        }
    };
    let name = clean(&Link::of(&snapshot, active).name());
    let id = active.id.clone();
    session.ask(command, "the connection to end", PATIENCE, |now| {
        let down = now
            .connection(&id)
            .is_none_or(|active| active.state == ActiveState::Deactivated);
        down.then_some(())
    })?;
    writeln!(out, "disconnected from '{name}'")?;
    Ok(())
}

/// An interface goes down as a device, so that it stays down; what is named, by itself.
fn named<'a>(
    word: &str,
    snapshot: &'a Snapshot,
) -> Result<(Command, &'a ActiveConnection), ActionError> {
    if let Some(device) = snapshot.devices.iter().find(|d| d.interface == word) {
        let active = device
            .active
            .as_ref()
            .and_then(|id| snapshot.connection(id));
        let active = active.ok_or_else(|| {
            ActionError::Sentence(format!("{} is not connected", clean(&device.interface)))
        })?;
        let device = device.id.clone();
        return Ok((Command::Disconnect { device }, active));
    }
    let is_named = |active: &&ActiveConnection| {
        let ssid = Link::of(snapshot, active).point.map(|point| &point.ssid);
        &*active.uuid.0 == word
            || active.name == word
            || ssid.is_some_and(|ssid| ssid.bytes() == word.as_bytes())
    };
    let found: Vec<_> = snapshot.connections.iter().filter(is_named).collect();
    match found.as_slice() {
        [active] => {
            let connection = active.id.clone();
            Ok((Command::Deactivate { connection }, active))
        }
        [] => Err(ActionError::Sentence(format!(
            "'{}' is neither an interface nor connected; 'xnm list' shows what is",
            clean(word)
        ))),
        several => {
            let uuids: Vec<&str> = several.iter().map(|active| &*active.uuid.0).collect();
            Err(ActionError::Sentence(format!(
                "'{}' is connected {} times, so name one by its UUID or interface:\n  {}",
                clean(word),
                several.len(),
                uuids.join("\n  ")
            )))
        }
    }
}

fn whole_device(active: &ActiveConnection) -> Command {
    match active.devices.first() {
        Some(device) => Command::Disconnect {
            device: device.clone(),
        },
        None => Command::Deactivate {
            connection: active.id.clone(),
        },
    }
}
