//! What the list has rows for, in the order in which they belong; made once for a snapshot.

use std::collections::HashMap;

use super::filter::fold;
use crate::bar::clean;
use crate::net::network::{self, Key, Network};
use crate::net::snapshot::{
    ActiveConnection, ActiveState, ConnectionKind, Device, DeviceKind, DeviceState, Id, Profile,
    Snapshot, Uuid,
};
use crate::net::visible::Rules;
use crate::say;

/// What a row stands for, as long as it exists.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RowKey {
    /// A Wi-Fi network.
    Network(Key),
    /// A cable, or a modem of which only NetworkManager knows.
    Device(Id),
    /// A modem.
    Modem(Id),
    /// A saved connection that no device stands for: VPNs, Bluetooth, a second one for a cable.
    Profile(Uuid),
}

/// Where a row belongs; in the order of the list: what is the person's own before the neighbours'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What is up or on its way.
    Current,
    /// Saved Wi-Fi networks in range.
    Known,
    /// Cables that could be used.
    Wired,
    /// The mobile network.
    Mobile,
    /// VPNs.
    Vpn,
    /// Phones' networks over Bluetooth.
    Bluetooth,
    /// Other Wi-Fi networks in range.
    Wifi,
    /// Cables that are not plugged in.
    Unplugged,
    /// Saved Wi-Fi networks that are out of range.
    Away,
}

impl Section {
    /// Its title, where it has one.
    pub fn title(self) -> Option<String> {
        match self {
            Self::Current | Self::Away => None,
            Self::Known => Some(say!("net-known")),
            Self::Wifi => Some(say!("net-wifi")),
            Self::Wired | Self::Unplugged => Some(say!("net-cable")),
            Self::Mobile => Some(say!("net-mobile")),
            Self::Vpn => Some("VPN".to_owned()),
            Self::Bluetooth => Some("Bluetooth".to_owned()),
        }
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it stands for.
    pub key: RowKey,
    /// Where it belongs.
    pub section: Section,
    /// Its name, safe to show.
    pub name: String,
    /// The name as it is searched.
    pub folded: String,
    /// The network, for [`RowKey::Network`].
    pub network: Option<Network>,
}

/// All rows.
#[derive(Debug, Default)]
pub struct Model {
    /// In the order in which they belong.
    pub entries: Vec<Entry>,
    places: HashMap<RowKey, usize>,
}

impl Model {
    /// The rows of a snapshot; names that are known `before` are not made again.
    pub fn new(snapshot: &Snapshot, rules: &Rules, before: &Self) -> Self {
        let mut entries = Vec::new();
        networks(snapshot, before, &mut entries);
        cables(snapshot, rules, &mut entries);
        modems(snapshot, &mut entries);
        profiles(snapshot, &mut entries);
        // Stable: within a section they stand as they were found.
        entries.sort_by_key(|entry| (entry.section, current_rank(entry, snapshot)));
        let places = entries.iter().enumerate();
        let places = places.map(|(at, entry)| (entry.key.clone(), at)).collect();
        Self { entries, places }
    }

    /// The row of this identity.
    pub fn entry(&self, key: &RowKey) -> Option<&Entry> {
        self.entries.get(*self.places.get(key)?)
    }
}

/// The real link first, then what runs over it.
fn current_rank(entry: &Entry, snapshot: &Snapshot) -> u8 {
    if entry.section != Section::Current {
        return 0;
    }
    let is_link = snapshot.link().is_some_and(|link| match &entry.key {
        RowKey::Network(_) => entry
            .network
            .as_ref()
            .and_then(|network| network.active.as_ref())
            .is_some_and(|(id, _)| *id == link.id),
        RowKey::Device(id) => link.devices.contains(id),
        RowKey::Modem(_) => link.kind == ConnectionKind::Mobile,
        RowKey::Profile(uuid) => link.uuid == *uuid,
    });
    match (is_link, &entry.key) {
        (true, _) => 0,
        (_, RowKey::Profile(_)) => 2,
        _ => 1,
    }
}

fn entry(key: RowKey, section: Section, name: String) -> Entry {
    Entry {
        key,
        section,
        folded: fold(&name),
        name,
        network: None,
    }
}

/// Whether a connection counts as current: up, or on its way up or down.
pub fn is_current(active: &ActiveConnection) -> bool {
    matches!(
        active.state,
        ActiveState::Activating | ActiveState::Activated | ActiveState::Deactivating
    )
}

fn networks(snapshot: &Snapshot, before: &Model, entries: &mut Vec<Entry>) {
    for network in network::networks(snapshot) {
        let current = network.active.as_ref().is_some_and(|(_, state)| {
            matches!(state, ActiveState::Activating | ActiveState::Activated)
        });
        let section = match () {
            () if current => Section::Current,
            () if network.is_in_range() && network.is_saved() => Section::Known,
            () if network.is_in_range() => Section::Wifi,
            () => Section::Away,
        };
        let key = RowKey::Network(network.key.clone());
        let (name, folded) = match before.entry(&key) {
            Some(known) => (known.name.clone(), known.folded.clone()),
            None => {
                let mut name = network.key.ssid.text();
                if name.trim().is_empty() {
                    // A row has to say something.
                    name = say!("net-blank-name");
                }
                let folded = fold(&name);
                (name, folded)
            }
        };
        entries.push(Entry {
            key,
            section,
            name,
            folded,
            network: Some(network),
        });
    }
}

/// Cables, and what else of this computer's own the person wants to see.
fn cables(snapshot: &Snapshot, rules: &Rules, entries: &mut Vec<Entry>) {
    let has_row = |device: &&Device| {
        matches!(
            device.kind,
            DeviceKind::Ethernet | DeviceKind::Bridge | DeviceKind::Virtual | DeviceKind::Other
        ) && device.state != DeviceState::Unmanaged
    };
    let devices: Vec<_> = rules.visible(snapshot).filter(has_row).collect();
    let is_cable = |device: &&&Device| device.kind == DeviceKind::Ethernet;
    let several = devices.iter().filter(is_cable).count() > 1;
    for device in &devices {
        let active = device
            .active
            .as_ref()
            .and_then(|id| snapshot.connection(id));
        let section = match active {
            Some(active) if is_current(active) => Section::Current,
            _ => cable(device),
        };
        let interface = clean(&device.interface);
        let name = match device.kind {
            DeviceKind::Ethernet if several => say!("net-cable-of", interface = interface),
            DeviceKind::Ethernet => say!("net-cable"),
            DeviceKind::Bridge => say!("net-bridge-of", interface = interface),
            _ => interface,
        };
        entries.push(entry(RowKey::Device(device.id.clone()), section, name));
    }
}

/// Where a cable that is not in use belongs.
fn cable(device: &Device) -> Section {
    match device.state {
        DeviceState::Unavailable => Section::Unplugged,
        _ => Section::Wired,
    }
}

fn modems(snapshot: &Snapshot, entries: &mut Vec<Entry>) {
    for modem in &snapshot.modems {
        let device = snapshot
            .devices
            .iter()
            .find(|device| device.modem.as_ref() == Some(&modem.id));
        let active = device.and_then(|device| snapshot.connection(device.active.as_ref()?));
        let section = match active {
            Some(active) if is_current(active) => Section::Current,
            _ => Section::Mobile,
        };
        let name = match &modem.operator {
            Some(operator) if !operator.trim().is_empty() => clean(operator),
            _ if modem.model.trim().is_empty() => "Modem".to_owned(),
            _ => clean(&modem.model),
        };
        entries.push(entry(RowKey::Modem(modem.id.clone()), section, name));
    }
    let known = |id: &Id| snapshot.modems.iter().any(|modem| modem.id == *id);
    for device in &snapshot.devices {
        let lone = device.kind == DeviceKind::Modem && !device.modem.as_ref().is_some_and(known);
        if lone && device.state != DeviceState::Unmanaged {
            let name = format!("Modem ({})", clean(&device.interface));
            let key = RowKey::Device(device.id.clone());
            entries.push(entry(key, Section::Mobile, name));
        }
    }
}

fn profiles(snapshot: &Snapshot, entries: &mut Vec<Entry>) {
    let is_wired = |profile: &&Profile| profile.kind.is_cable();
    let several = snapshot.profiles.iter().filter(is_wired).count() > 1;
    let active = |uuid: &Uuid| snapshot.connections.iter().find(|c| c.uuid == *uuid);
    let cables = snapshot
        .devices
        .iter()
        .filter(|device| device.kind == DeviceKind::Ethernet);
    let wired = cables.map(cable).min().unwrap_or(Section::Unplugged);
    for profile in &snapshot.profiles {
        let section = match profile.kind {
            ConnectionKind::Vpn | ConnectionKind::WireGuard => Section::Vpn,
            ConnectionKind::Bluetooth => Section::Bluetooth,
            ConnectionKind::Pppoe => wired,
            // The cable's own row stands for the one that is up.
            ConnectionKind::Ethernet if several && active(&profile.uuid).is_none() => wired,
            ConnectionKind::Wifi if profile.hotspot && active(&profile.uuid).is_some() => {
                Section::Current
            }
            _ => continue,
        };
        let current = active(&profile.uuid).is_some_and(is_current);
        let section = if current { Section::Current } else { section };
        let name = match &profile.ssid {
            Some(ssid) if profile.hotspot => ssid.text(),
            _ => clean(&profile.name),
        };
        entries.push(entry(RowKey::Profile(profile.uuid.clone()), section, name));
    }
    // Tunnels that another program made, which leave nothing saved.
    for tunnel in snapshot.connections.iter().filter(|c| c.is_tunnel()) {
        if snapshot.profile(&tunnel.uuid).is_none() && is_current(tunnel) {
            let key = RowKey::Profile(tunnel.uuid.clone());
            entries.push(entry(key, Section::Current, clean(&tunnel.name)));
        }
    }
}
