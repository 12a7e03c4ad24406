//! Scanning, disconnecting, and the radios' switches.

use std::collections::BTreeMap;
use std::path::Path;

use zbus::Variant;

use super::refusal::Doing;
use super::{
    DEVICE, Done, NETWORK_MANAGER, WIRELESS, airplane, deactivate as deactivate_connection,
    is_gone, manager, set_property,
};
use crate::bus::{Bus, BusError, Object};
use crate::net::command::RadioSwitch;
use crate::net::snapshot::{About, DeviceKind, DeviceState, Failure, Id, Snapshot};

/// At most this many names are called at once: a probe request has no room for more.
const HIDDEN_NAMES: usize = 4;

/// Asks every Wi-Fi device for a scan, hidden networks that are saved called by name. One device
/// that can is enough; a scan that is running already is no failure.
pub(super) async fn scan(bus: &Bus, snapshot: &Snapshot) -> Result<Done, Failure> {
    let doing = Doing::new(About::Scan, "Cannot look for networks", "wifi.scan");
    let mut hidden: Vec<_> = snapshot.profiles.iter().filter(|p| p.hidden).collect();
    hidden.sort_by_key(|profile| std::cmp::Reverse(profile.last_used_s));
    let names: Vec<Vec<u8>> = hidden
        .iter()
        .filter_map(|profile| profile.ssid.as_ref())
        .map(|ssid| ssid.bytes().to_vec())
        .take(HIDDEN_NAMES)
        .collect();
    let mut failed = None;
    let mut scanned = false;
    let wifi = |kind| kind == DeviceKind::Wifi;
    for device in snapshot.devices.iter().filter(|d| wifi(d.kind)) {
        if device.state <= DeviceState::Unavailable {
            continue;
        }
        let object = Object {
            service: NETWORK_MANAGER,
            path: device.id.as_str(),
            interface: WIRELESS,
        };
        let mut options = BTreeMap::new();
        if !names.is_empty() {
            // An empty name asks for everybody beside those that are called.
            let mut all = vec![Vec::new()];
            all.extend(names.iter().cloned());
            options.insert("ssids", Variant::from(all));
        }
        match bus.call(object, "RequestScan", &(options,)).await {
            Ok(_) => scanned = true,
            Err(error) if is_busy(&error) => scanned = true,
            Err(error) => failed = Some(error),
        }
    }
    match failed {
        Some(error) if !scanned => Err(doing.refused(&error)),
        _ => Ok(Done::Done),
    }
}

/// `org.freedesktop.NetworkManager.Device.NotAllowed`: a scan runs, or one just has.
fn is_busy(error: &BusError) -> bool {
    matches!(error, BusError::Refused { name, .. } if name.ends_with(".NotAllowed"))
}

/// Brings a connection down.
pub(super) async fn deactivate(
    bus: &Bus,
    snapshot: &Snapshot,
    connection: &Id,
) -> Result<Done, Failure> {
    let active = snapshot.connection(connection);
    let name = active.map_or("the connection", |active| active.name.as_str());
    let about = match active.and_then(|active| active.devices.first()) {
        Some(device) => About::Device(device.clone()),
        None => match active {
            Some(active) => About::Profile(active.uuid.clone()),
            None => About::Device(connection.clone()),
        },
    };
    let what = format!("Cannot disconnect '{}'", crate::bar::clean(name));
    let doing = Doing::new(about, what, "network-control");
    match deactivate_connection(bus, connection).await {
        Err(error) if !is_gone(&error) => Err(doing.refused(&error)),
        _ => Ok(Done::Done),
    }
}

/// Disconnects a device, which then stays so until the person connects it.
pub(super) async fn disconnect(
    bus: &Bus,
    snapshot: &Snapshot,
    device: &Id,
) -> Result<Done, Failure> {
    let name = snapshot
        .device(device)
        .map_or("the device", |d| &d.interface);
    let what = format!("Cannot disconnect '{name}'");
    let doing = Doing::new(About::Device(device.clone()), what, "network-control");
    let object = Object {
        service: NETWORK_MANAGER,
        path: device.as_str(),
        interface: DEVICE,
    };
    match bus.call(object, "Disconnect", &()).await {
        Err(BusError::Refused { name, .. }) if name.ends_with(".NotActive") => Ok(Done::Done),
        Err(error) => Err(doing.refused(&error)),
        Ok(_) => Ok(Done::Done),
    }
}

/// Switches a radio, or all of them. In airplane mode all that were on go off, and those come
/// back afterwards, not more.
pub(super) async fn radio(
    bus: &Bus,
    snapshot: &Snapshot,
    radio: RadioSwitch,
    on: bool,
) -> Result<Done, Failure> {
    match radio {
        RadioSwitch::Wifi => wifi(bus, snapshot, on).await?,
        RadioSwitch::Wwan => wwan(bus, snapshot, on).await?,
        RadioSwitch::Airplane => {
            let memory = airplane::Memory::of_this_user();
            let rfkill = Path::new(airplane::RFKILL);
            airplane_mode(bus, snapshot, on, &memory, rfkill).await?;
        }
    }
    Ok(Done::Done)
}

/// Every radio is tried, so that one that refuses does not leave the others on; the first refusal
/// is told.
async fn airplane_mode(
    bus: &Bus,
    snapshot: &Snapshot,
    off: bool,
    memory: &airplane::Memory,
    rfkill: &Path,
) -> Result<(), Failure> {
    let radios = snapshot.radios;
    let which = if off {
        let now = airplane::Radios {
            wifi: radios.wifi.enabled,
            wwan: radios.wwan.enabled,
            bluetooth: radios.bluetooth == Some(true),
        };
        memory.remember(now);
        now
    } else {
        memory.recall()
    };
    let mut first = Ok(());
    if which.wifi && radios.wifi.present {
        first = first.and(wifi(bus, snapshot, !off).await);
    }
    if which.wwan && radios.wwan.present {
        first = first.and(wwan(bus, snapshot, !off).await);
    }
    if which.bluetooth && radios.bluetooth.is_some() {
        first = first.and(airplane::bluetooth(rfkill, !off));
    }
    first
}

async fn wifi(bus: &Bus, snapshot: &Snapshot, on: bool) -> Result<(), Failure> {
    let doing = Doing::new(About::Radio, "Cannot switch Wi-Fi", "enable-disable-wifi");
    if on && snapshot.radios.wifi.present && !snapshot.radios.wifi.hardware_enabled {
        return Err(doing.because("its switch on the case is off; switch it on there"));
    }
    set_property(bus, manager(), "WirelessEnabled", Variant::from(on))
        .await
        .map_err(|error| doing.refused(&error))
}

async fn wwan(bus: &Bus, snapshot: &Snapshot, on: bool) -> Result<(), Failure> {
    let what = "Cannot switch the mobile network";
    let doing = Doing::new(About::Radio, what, "enable-disable-wwan");
    if on && snapshot.radios.wwan.present && !snapshot.radios.wwan.hardware_enabled {
        return Err(doing.because("its switch on the case is off; switch it on there"));
    }
    set_property(bus, manager(), "WwanEnabled", Variant::from(on))
        .await
        .map_err(|error| doing.refused(&error))
}
