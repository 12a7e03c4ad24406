//! From the mirrors of NetworkManager and ModemManager to a [`Snapshot`]: pure, total, the
//! numbers turned into the field's words by NetworkManager's and ModemManager's own tables.

mod access_point;
mod active;
mod addresses;
mod device;
mod modem;
mod permissions;
mod profile;
mod radios;

use super::snapshot::{Connectivity, DeviceKind, Id, Modem, Service, Snapshot, State};
use super::tree::wanted::NM;
use super::tree::{Properties, Tree};

pub use permissions::permissions;

/// The object that speaks for NetworkManager as a whole.
pub const MANAGER: &str = "/org/freedesktop/NetworkManager";

/// What both services say. A NetworkManager without its main object counts as not running.
#[must_use]
pub fn snapshot(nm: &Tree, mm: &Tree) -> Snapshot {
    let Some(manager) = nm.object(MANAGER) else {
        return Snapshot {
            service: Service::NotRunning,
            ..Snapshot::default()
        };
    };
    let manager = manager.get(NM);
    let devices = device::all(nm);
    let radios = radios::all(manager, &devices);
    Snapshot {
        service: Service::Running,
        version: manager.string("Version").unwrap_or_default(),
        state: state(manager.number("State")),
        connectivity: connectivity(manager.number("Connectivity")),
        connectivity_uri: manager.string("ConnectivityCheckUri"),
        primary: id(manager, "PrimaryConnection"),
        activating: id(manager, "ActivatingConnection"),
        access_points: access_point::all(nm),
        connections: active::all(nm),
        profiles: profile::all(nm),
        modems: modem::all(mm),
        devices,
        radios,
        ..Snapshot::default()
    }
}

/// ModemManager's modems alone.
#[must_use]
pub fn modems(mm: &Tree) -> Vec<Modem> {
    modem::all(mm)
}

/// Whether NetworkManager has a modem, and it is worth while to ask ModemManager.
#[must_use]
pub fn has_modem(nm: &Tree) -> bool {
    device::all(nm)
        .iter()
        .any(|device| device.kind == DeviceKind::Modem)
}

fn id(properties: &Properties, name: &str) -> Option<Id> {
    properties.path(name).map(|path| Id::new(path.clone()))
}

/// `NMState`.
fn state(raw: Option<u32>) -> State {
    match raw {
        Some(10) => State::Asleep,
        Some(20) => State::Disconnected,
        Some(30) => State::Disconnecting,
        Some(40) => State::Connecting,
        Some(50) => State::Local,
        Some(60) => State::Site,
        Some(70) => State::Global,
        _ => State::Unknown,
    }
}

/// `NMConnectivityState`.
fn connectivity(raw: Option<u32>) -> Connectivity {
    match raw {
        Some(1) => Connectivity::None,
        Some(2) => Connectivity::Portal,
        Some(3) => Connectivity::Limited,
        Some(4) => Connectivity::Full,
        _ => Connectivity::Unknown,
    }
}

#[cfg(test)]
mod tests;
