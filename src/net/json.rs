//! The whole snapshot as other programs may rely on it (`xnm --output json`, `xnm list --json`).
//!
//! Keys are only ever added. Units are in the names, absent values are null, times RFC 3339;
//! an `access_points` entry is one network, however many radios it has. Secrets have no key.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::network::{Network, networks};
use super::snapshot::{ActiveConnection, Device, Id, Modem, Profile, Radio, SimLock, Snapshot};
use super::{Ssid, status, words};

/// One JSON object.
#[must_use]
pub fn to_json(snapshot: &Snapshot) -> Value {
    let networks: Vec<Value> = networks(snapshot)
        .iter()
        .filter(|network| network.is_in_range())
        .map(|network| network_json(network, snapshot))
        .collect();
    let primary = snapshot.link().map(|link| link.id.clone());
    let mut connections: Vec<&ActiveConnection> = snapshot.connections.iter().collect();
    connections.sort_by_key(|c| (primary.as_ref() != Some(&c.id), &c.name, &c.uuid));
    let connections = connections.into_iter();
    json!({
        "state": words::state(&snapshot.service, snapshot.state),
        "connectivity": words::connectivity(snapshot.connectivity),
        "primary": snapshot.link().map(|link| &*link.uuid.0),
        "version": Some(&snapshot.version).filter(|version| !version.is_empty()),
        "connections": connections.map(|c| connection(c, snapshot)).collect::<Vec<_>>(),
        "devices": snapshot.devices.iter().map(|d| device(d, snapshot)).collect::<Vec<_>>(),
        "access_points": networks,
        "profiles": snapshot.profiles.iter().map(profile).collect::<Vec<_>>(),
        "modems": snapshot.modems.iter().map(|m| modem(m, snapshot)).collect::<Vec<_>>(),
        "radios": {
            "wifi": radio(snapshot.radios.wifi),
            "wwan": radio(snapshot.radios.wwan),
            "bluetooth": snapshot.radios.bluetooth,
        },
        "rates": snapshot.rates.map(|rates| json!({
            "rx_bytes_per_s": rates.rx,
            "tx_bytes_per_s": rates.tx,
        })),
        "error": status::error(snapshot),
    })
}

fn connection(active: &ActiveConnection, snapshot: &Snapshot) -> Value {
    let link = status::Link::of(snapshot, active);
    let addresses = &active.addresses;
    json!({
        "uuid": &*active.uuid.0,
        "name": active.name,
        "kind": words::connection_kind(&active.kind),
        "state": words::active_state(active.state),
        "devices": interfaces(&active.devices, snapshot),
        "vpn": active.is_tunnel(),
        "default_ipv4": active.default4,
        "default_ipv6": active.default6,
        "ssid": link.point.map(|point| text(&point.ssid)),
        "ssid_hex": link.point.map(|point| point.ssid.hex()),
        "bssid": link.point.map(|point| &point.bssid),
        "strength_percent": link.strength_percent(),
        "addresses_ipv4": addresses.v4,
        "addresses_ipv6": addresses.v6,
        "gateways": addresses.gateways,
        "dns": addresses.dns,
        "domains": addresses.domains,
        "dhcp_server": addresses.dhcp_server,
        "lease_until": addresses.lease_until_s.and_then(time),
    })
}

fn device(device: &Device, snapshot: &Snapshot) -> Value {
    let active = device
        .active
        .as_ref()
        .and_then(|id| snapshot.connection(id));
    json!({
        "interface": device.interface,
        "kind": words::device_kind(device.kind),
        "state": words::device_state(device.state),
        "reason": device.reason,
        "connection": active.map(|active| &*active.uuid.0),
        "autoconnect": device.autoconnect,
        "hardware_address": device.hardware_address,
        "driver": device.driver,
        "speed_mbps": device.speed_mbps,
        "carrier": device.carrier,
        "metered": device.metered,
        "rx_bytes": device.bytes.map(|bytes| bytes.rx),
        "tx_bytes": device.bytes.map(|bytes| bytes.tx),
    })
}

fn network_json(network: &Network, snapshot: &Snapshot) -> Value {
    let mut points: Vec<_> = network
        .points
        .iter()
        .filter_map(|id| snapshot.access_point(id))
        .collect();
    let frequency = points.first().map(|point| point.frequency_mhz);
    let strength = network.strength_percent;
    // Two adapters hear the same radio.
    let mut seen = std::collections::HashSet::new();
    points.retain(|point| seen.insert(&point.bssid));
    json!({
        "ssid": text(&network.key.ssid),
        "ssid_hex": network.key.ssid.hex(),
        "bssids": points.iter().map(|point| &point.bssid).collect::<Vec<_>>(),
        "strength_percent": strength,
        "frequency_mhz": frequency,
        "security": words::security(network.security),
        "saved": network.is_saved(),
        "active": network.active.is_some(),
        "devices": interfaces(&network.devices, snapshot),
    })
}

fn profile(profile: &Profile) -> Value {
    json!({
        "uuid": &*profile.uuid.0,
        "name": profile.name,
        "kind": words::connection_kind(&profile.kind),
        "interface": profile.interface,
        "ssid": profile.ssid.as_ref().map(text),
        "ssid_hex": profile.ssid.as_ref().map(Ssid::hex),
        "security": profile.security.map(words::security),
        "hidden": profile.hidden,
        "hotspot": profile.hotspot,
        "autoconnect": profile.autoconnect,
        "priority": profile.priority,
        "metered": words::metered(profile.metered),
        "apn": profile.apn,
        "home_only": profile.home_only,
        "last_used": i64::try_from(profile.last_used_s)
            .ok()
            .filter(|used| *used > 0)
            .and_then(time),
        "saved": profile.saved,
    })
}

/// A modem alone (`xnm modem --json`).
#[must_use]
pub fn modem(modem: &Modem, snapshot: &Snapshot) -> Value {
    let device = snapshot
        .devices
        .iter()
        .find(|device| device.modem.as_ref() == Some(&modem.id));
    json!({
        "model": modem.model,
        "interface": device.map(|device| &device.interface),
        "state": words::modem_state(modem.state),
        "lock": modem.lock.map(words::sim_lock),
        "lock_code": modem.lock.and_then(|lock| match lock {
            SimLock::Other(code) => Some(code),
            SimLock::Pin | SimLock::Puk => None,
        }),
        "tries": modem.tries,
        "operator": modem.operator,
        "operator_code": modem.operator_code,
        "technology": modem.technology,
        "signal_percent": modem.signal_percent,
        "roaming": modem.roaming,
    })
}

fn radio(radio: Radio) -> Value {
    json!({
        "present": radio.present,
        "enabled": radio.enabled,
        "hardware_enabled": radio.hardware_enabled,
    })
}

/// The name as far as it is text; programs that connect take `ssid_hex`.
fn text(ssid: &Ssid) -> String {
    String::from_utf8_lossy(ssid.bytes()).into_owned()
}

fn interfaces(ids: &[Id], snapshot: &Snapshot) -> Vec<String> {
    ids.iter()
        .filter_map(|id| snapshot.device(id))
        .map(|device| device.interface.clone())
        .collect()
}

fn time(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().map(|t| t.to_string())
}

#[cfg(test)]
mod tests;
