//! Networks as people know them: one row for each, however many access points it has.

use std::collections::HashMap;

use super::security::Family;
use super::snapshot::{AccessPoint, ActiveState, ConnectionKind, Id, Snapshot, Uuid};
use super::{Security, Ssid};

/// What makes two access points the same network: the name's bytes and what is needed to get in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The name.
    pub ssid: Ssid,
    /// What is needed to get in.
    pub family: Family,
}

/// A Wi-Fi network that is in the air, or saved, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Its identity.
    pub key: Key,
    /// Its strongest protection in the air; the profile's where it is out of range.
    pub security: Security,
    /// Its access points as all devices hear them, the strongest first; none when out of range.
    pub points: Vec<Id>,
    /// The strongest signal, 0..=100 %; `None` when out of range.
    pub strength_percent: Option<u8>,
    /// The bands in use, as bits: see [`Bands`].
    pub bands: Bands,
    /// The profiles that open it, the one that worked last first.
    pub profiles: Vec<Uuid>,
    /// The active connection to it, and what it does; with several adapters the furthest one.
    pub active: Option<(Id, ActiveState)>,
    /// The devices that hear it.
    pub devices: Vec<Id>,
}

/// Which of the three Wi-Fi bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bands {
    /// 2.4 GHz.
    pub two: bool,
    /// 5 GHz.
    pub five: bool,
    /// 6 GHz.
    pub six: bool,
}

impl Bands {
    /// Of one frequency in MHz.
    #[must_use]
    pub fn of(frequency_mhz: u32) -> Self {
        Self {
            two: (2_000..3_000).contains(&frequency_mhz),
            five: (4_900..5_925).contains(&frequency_mhz),
            six: (5_925..7_200).contains(&frequency_mhz),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            two: self.two || other.two,
            five: self.five || other.five,
            six: self.six || other.six,
        }
    }

    /// Like `5 GHz` or `2.4/5 GHz`; empty where none is known.
    #[must_use]
    pub fn words(self) -> String {
        let all = [(self.two, "2.4"), (self.five, "5"), (self.six, "6")];
        let names: Vec<&str> = all.iter().filter(|(on, _)| *on).map(|(_, n)| *n).collect();
        if names.is_empty() {
            return String::new();
        }
        format!("{} GHz", names.join("/"))
    }
}

impl Network {
    /// Whether it is saved.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        !self.profiles.is_empty()
    }

    /// Whether it can be heard now.
    #[must_use]
    pub fn is_in_range(&self) -> bool {
        !self.points.is_empty()
    }
}

/// All networks: connected first, then saved ones in range, then by strength, then saved ones
/// out of range by when they last worked. Networks that do not tell their name are left out.
#[must_use]
pub fn networks(snapshot: &Snapshot) -> Vec<Network> {
    let mut found: HashMap<Key, Network> = HashMap::new();
    let mut points: Vec<&AccessPoint> = snapshot.access_points.iter().collect();
    points.sort_by_key(|point| std::cmp::Reverse(point.strength_percent));
    for point in points.into_iter().filter(|p| !p.ssid.is_hidden()) {
        let network = entry(&mut found, &point.ssid, point.security);
        network.security = network.security.max(point.security);
        network.strength_percent = network.strength_percent.max(Some(point.strength_percent));
        network.bands = network.bands.and(Bands::of(point.frequency_mhz));
        network.points.push(point.id.clone());
        if !network.devices.contains(&point.device) {
            network.devices.push(point.device.clone());
        }
    }
    let mut profiles: Vec<_> = snapshot.profiles.iter().filter(|p| !p.hotspot).collect();
    profiles.sort_by_key(|profile| std::cmp::Reverse(profile.last_used_s));
    for profile in profiles {
        if let (ConnectionKind::Wifi, Some(ssid)) = (&profile.kind, &profile.ssid) {
            let security = profile.security.unwrap_or_default();
            entry(&mut found, ssid, security)
                .profiles
                .push(profile.uuid.clone());
        }
    }
    for active in &snapshot.connections {
        let by_point = active
            .access_point
            .as_ref()
            .and_then(|id| snapshot.access_point(id))
            .map(|point| key(&point.ssid, point.security));
        let by_profile = || {
            found
                .values()
                .find(|network| network.profiles.contains(&active.uuid))
                .map(|network| network.key.clone())
        };
        if active.kind != ConnectionKind::Wifi {
            continue;
        }
        let hotspot = snapshot.profile(&active.uuid).is_some_and(|p| p.hotspot);
        if let Some(network) = by_point
            .filter(|key| found.contains_key(key))
            .or_else(by_profile)
            .filter(|_| !hotspot)
            .and_then(|key| found.get_mut(&key))
        {
            let better = network
                .active
                .as_ref()
                .is_none_or(|(_, state)| rank(*state) < rank(active.state));
            if better {
                network.active = Some((active.id.clone(), active.state));
            }
        }
    }
    let last_used = |network: &Network| {
        let used = |uuid| snapshot.profile(uuid).map_or(0, |p| p.last_used_s);
        network.profiles.first().map_or(0, used)
    };
    let mut all: Vec<Network> = found.into_values().collect();
    all.sort_by_cached_key(|network| {
        let place = match network {
            _ if network.active.is_some() => 0,
            _ if network.is_saved() && network.is_in_range() => 1,
            _ if network.is_in_range() => 2,
            _ => 3,
        };
        (
            place,
            std::cmp::Reverse(network.strength_percent),
            std::cmp::Reverse(last_used(network)),
            network.key.clone(),
        )
    });
    all
}

fn key(ssid: &Ssid, security: Security) -> Key {
    Key {
        ssid: ssid.clone(),
        family: security.family(),
    }
}

fn entry<'a>(
    found: &'a mut HashMap<Key, Network>,
    ssid: &Ssid,
    security: Security,
) -> &'a mut Network {
    let key = key(ssid, security);
    found.entry(key.clone()).or_insert_with(|| Network {
        key,
        security,
        points: Vec::new(),
        strength_percent: None,
        bands: Bands::default(),
        profiles: Vec::new(),
        active: None,
        devices: Vec::new(),
    })
}

fn rank(state: ActiveState) -> u8 {
    match state {
        ActiveState::Activated => 3,
        ActiveState::Activating => 2,
        ActiveState::Deactivating => 1,
        ActiveState::Unknown | ActiveState::Deactivated => 0,
    }
}
