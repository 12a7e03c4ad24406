//! Active connections (`org.freedesktop.NetworkManager.Connection.Active`).

use std::sync::Arc;

use super::{addresses, id};
use crate::net::snapshot::{ActiveConnection, ActiveState, ConnectionKind, Id, Uuid};
use crate::net::tree::wanted::{ACTIVE, DEVICE, VPN, WIRELESS};
use crate::net::tree::{Object, Properties, Tree, Value};

/// All that are up or on their way.
pub(super) fn all(nm: &Tree) -> Vec<ActiveConnection> {
    nm.with(ACTIVE)
        .map(|(path, object, active)| one(nm, Id::new(Arc::clone(path)), object, active))
        .collect()
}

fn one(nm: &Tree, id_: Id, object: &Object, active: &Properties) -> ActiveConnection {
    let text = |name| active.text(name).map_or("", |text| text);
    let kind = ConnectionKind::from_setting(text("Type"));
    let devices: Vec<Id> = active
        .list("Devices")
        .iter()
        .filter_map(Value::text)
        .map(|path| Id::new(Arc::clone(path)))
        .collect();
    ActiveConnection {
        uuid: Uuid(text("Uuid").into()),
        profile: id(active, "Connection"),
        name: text("Id").to_owned(),
        state: state(active.number("State")),
        vpn: active.flag("Vpn").unwrap_or(false),
        vpn_state: object.get(VPN).number("VpnState").unwrap_or(0),
        default4: active.flag("Default").unwrap_or(false),
        default6: active.flag("Default6").unwrap_or(false),
        access_point: match kind {
            ConnectionKind::Wifi => access_point(nm, &id_, active, &devices),
            _ => None,
        },
        addresses: addresses::of(nm, active),
        id: id_,
        kind,
        devices,
    }
}

/// The device says where it is now; the connection, where it was sent.
fn access_point(nm: &Tree, id_: &Id, active: &Properties, devices: &[Id]) -> Option<Id> {
    let now = devices.iter().find_map(|device| {
        let object = nm.object(device.as_str())?;
        let mine = id(object.get(DEVICE), "ActiveConnection").as_ref() == Some(id_);
        id(object.get(WIRELESS), "ActiveAccessPoint").filter(|_| mine)
    });
    now.or_else(|| id(active, "SpecificObject"))
}

/// `NMActiveConnectionState`.
pub(super) fn state(raw: Option<u32>) -> ActiveState {
    match raw {
        Some(1) => ActiveState::Activating,
        Some(2) => ActiveState::Activated,
        Some(3) => ActiveState::Deactivating,
        Some(4) => ActiveState::Deactivated,
        _ => ActiveState::Unknown,
    }
}
