//! Devices, networks and profiles as a table for people (`xnm list`): current first, aligned by
//! what a terminal shows, and with nothing in it that a terminal would obey.

use unicode_width::UnicodeWidthStr;

use super::attempt::Stage;
use super::network::{Network, networks};
use super::snapshot::{
    ActiveState, ConnectionKind, Device, DeviceKind, DeviceState, Metered, Profile, Snapshot,
};
use super::visible::Rules;
use super::{Ssid, status};
use crate::bar::clean;

/// The whole text, with a line break at its end. `all` shows uninteresting devices too.
#[must_use]
pub fn table(snapshot: &Snapshot, rules: &Rules, all: bool) -> String {
    let mut out = String::new();
    let mut devices: Vec<&Device> = snapshot
        .devices
        .iter()
        .filter(|device| all || rules.shows(snapshot, device))
        .collect();
    devices.sort_by_key(|device| std::cmp::Reverse(device.state == DeviceState::Activated));
    section(
        &mut out,
        "DEVICES",
        devices
            .into_iter()
            .map(|d| device_row(d, snapshot))
            .collect(),
    );
    let wifi = snapshot.devices.iter().any(|d| d.kind == DeviceKind::Wifi);
    let networks = networks(snapshot);
    if wifi || !networks.is_empty() {
        section(&mut out, "NETWORKS", network_rows(&networks, snapshot));
    }
    let mut profiles: Vec<&Profile> = snapshot.profiles.iter().collect();
    profiles.retain(|profile| all || profile.kind != ConnectionKind::Loopback);
    profiles.sort_by_cached_key(|profile| {
        (
            !is_up(profile, snapshot),
            std::cmp::Reverse(profile.last_used_s),
            profile.name.clone(),
        )
    });
    section(
        &mut out,
        "PROFILES",
        profiles
            .into_iter()
            .map(|p| profile_row(p, snapshot))
            .collect(),
    );
    out
}

/// The networks alone (`xnm scan`).
#[must_use]
pub fn networks_table(snapshot: &Snapshot) -> String {
    let mut out = String::new();
    section(
        &mut out,
        "NETWORKS",
        network_rows(&networks(snapshot), snapshot),
    );
    out
}

fn network_rows(networks: &[Network], snapshot: &Snapshot) -> Vec<Vec<String>> {
    networks
        .iter()
        .filter(|network| network.is_in_range())
        .map(|network| network_row(network, snapshot))
        .collect()
}

fn device_row(device: &Device, snapshot: &Snapshot) -> Vec<String> {
    let active = device
        .active
        .as_ref()
        .and_then(|id| snapshot.connection(id));
    let what = match (device_words(device, snapshot), active) {
        (words, Some(active)) => {
            let link = status::Link::of(snapshot, active);
            match words {
                "connected" => clean(&link.name()),
                words => format!("{}: {words}", clean(&link.name())),
            }
        }
        (words, None) => words.to_owned(),
    };
    vec![
        mark(device.state == DeviceState::Activated),
        clean(&device.interface),
        device_kind(device.kind).to_owned(),
        what,
    ]
}

/// What a device does, for people.
fn device_words(device: &Device, snapshot: &Snapshot) -> &'static str {
    let radio_off = match device.kind {
        DeviceKind::Wifi => !snapshot.radios.wifi.is_on(),
        DeviceKind::Modem => !snapshot.radios.wwan.is_on(),
        _ => false,
    };
    let locked = device
        .modem
        .as_ref()
        .and_then(|id| snapshot.modem(id))
        .is_some_and(|modem| modem.lock.is_some());
    match device.state {
        DeviceState::Unknown => "unknown",
        DeviceState::Unmanaged => "not managed",
        DeviceState::Unavailable if radio_off => "radio off",
        DeviceState::Unavailable if locked => "SIM locked",
        DeviceState::Unavailable if device.carrier == Some(false) => "no cable",
        DeviceState::Unavailable => "not available",
        DeviceState::Disconnected => "not connected",
        DeviceState::Prepare | DeviceState::Config => "connecting",
        DeviceState::NeedAuth => "waiting for password",
        DeviceState::IpConfig => "getting address",
        DeviceState::IpCheck | DeviceState::Secondaries => "checking",
        DeviceState::Activated => "connected",
        DeviceState::Deactivating => "disconnecting",
        DeviceState::Failed => "failed",
    }
}

fn device_kind(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Ethernet => "Ethernet",
        DeviceKind::Wifi => "Wi-Fi",
        DeviceKind::Modem => "mobile",
        DeviceKind::Bluetooth => "Bluetooth",
        DeviceKind::WireGuard => "WireGuard",
        DeviceKind::Tunnel => "tunnel",
        DeviceKind::Bridge => "bridge",
        DeviceKind::Veth => "veth",
        DeviceKind::Virtual => "virtual",
        DeviceKind::Loopback => "loopback",
        DeviceKind::WifiP2p => "Wi-Fi Direct",
        DeviceKind::Other => "other",
    }
}

fn network_row(network: &Network, snapshot: &Snapshot) -> Vec<String> {
    let up = network
        .active
        .as_ref()
        .is_some_and(|(_, state)| *state == ActiveState::Activated);
    let mut notes = Vec::new();
    match &network.active {
        Some((_, ActiveState::Activated)) => notes.push("connected"),
        Some((_, ActiveState::Deactivating)) => notes.push("disconnecting"),
        Some(_) => notes.push("connecting"),
        None => {}
    }
    if network.is_saved() {
        notes.push("saved");
    }
    let failed = snapshot.attempts.iter().any(|attempt| {
        matches!(attempt.stage, Stage::Failed(_))
            && attempt.target == super::attempt::Target::Network(network.key.ssid.clone())
    });
    if failed {
        notes.push("failed");
    }
    let strength = network.strength_percent.unwrap_or_default();
    vec![
        mark(up),
        ssid_words(&network.key.ssid),
        format!("{strength:>3} %"),
        network.security.words().to_owned(),
        network.bands.words(),
        notes.join(", "),
    ]
}

/// The name; with its bytes where the name alone does not tell which network it is.
#[must_use]
pub fn ssid_words(ssid: &Ssid) -> String {
    let text = ssid.text();
    if text.as_bytes() == ssid.bytes() && !text.trim().is_empty() {
        text
    } else {
        format!("{text} (0x{})", ssid.hex()).trim_start().to_owned()
    }
}

fn profile_row(profile: &Profile, snapshot: &Snapshot) -> Vec<String> {
    let mut notes = Vec::new();
    if profile.hotspot {
        notes.push("hotspot".to_owned());
    }
    if !profile.autoconnect {
        notes.push("by hand".to_owned());
    }
    if profile.priority != 0 {
        notes.push(format!("priority {}", profile.priority));
    }
    match profile.metered {
        Metered::Yes => notes.push("metered".to_owned()),
        Metered::No | Metered::Automatic => {}
    }
    if profile.home_only {
        notes.push("not while roaming".to_owned());
    }
    if !profile.saved {
        notes.push("until NetworkManager ends".to_owned());
    }
    vec![
        mark(is_up(profile, snapshot)),
        clean(&profile.name),
        connection_kind(&profile.kind),
        clean(&profile.uuid.0),
        notes.join(", "),
    ]
}

/// A profile's kind for people.
#[must_use]
pub fn connection_kind(kind: &ConnectionKind) -> String {
    match kind {
        ConnectionKind::Wifi => "Wi-Fi".to_owned(),
        ConnectionKind::Ethernet => "Ethernet".to_owned(),
        ConnectionKind::Mobile => "mobile".to_owned(),
        ConnectionKind::Vpn => "VPN".to_owned(),
        ConnectionKind::WireGuard => "WireGuard".to_owned(),
        ConnectionKind::Bluetooth => "Bluetooth".to_owned(),
        ConnectionKind::Pppoe => "PPPoE".to_owned(),
        ConnectionKind::Virtual(name) => clean(name),
        ConnectionKind::Loopback => "loopback".to_owned(),
    }
}

fn is_up(profile: &Profile, snapshot: &Snapshot) -> bool {
    snapshot
        .connections
        .iter()
        .any(|active| active.uuid == profile.uuid && active.state == ActiveState::Activated)
}

fn mark(on: bool) -> String {
    if on { "*" } else { " " }.to_owned()
}

/// A headline and its rows, the columns as wide as what is in them.
fn section(out: &mut String, title: &str, rows: Vec<Vec<String>>) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(title);
    out.push('\n');
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or_default()
        })
        .collect();
    if rows.is_empty() {
        out.push_str("  none\n");
    }
    for row in &rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            line.push_str(cell);
            let pad = width.saturating_sub(cell.width());
            let gap = if column == 0 { 1 } else { 2 };
            line.extend(std::iter::repeat_n(' ', pad + gap));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

#[cfg(test)]
mod tests;
