//! What goes wrong, and how fast everything goes.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::call::Refusal;
use super::interfaces::{ACCESS_POINT, WIRELESS};
use super::station::{Fate, Station};
use super::world::{Event, World};

/// How long things take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Between two states.
    pub step: Duration,
    /// Until the other side lets one in.
    pub associate: Duration,
    /// Until an address comes.
    pub address: Duration,
    /// Until NetworkManager gives up waiting.
    pub give_up: Duration,
}

impl Pace {
    /// As on a desk with a good router.
    pub const REAL: Self = Self {
        step: Duration::from_millis(20),
        associate: Duration::from_millis(700),
        address: Duration::from_millis(400),
        give_up: Duration::from_secs(25),
    };
    /// For tests that do not look at what is between.
    pub const FAST: Self = Self {
        step: Duration::from_millis(2),
        associate: Duration::from_millis(10),
        address: Duration::from_millis(10),
        give_up: Duration::from_millis(100),
    };
}

/// What goes wrong.
#[derive(Debug, Clone)]
pub struct Faults {
    /// How long things take.
    pub pace: Pace,
    /// Calls are taken and never answered.
    pub stalled: bool,
    /// What may not be done is refused: all of it.
    pub forbidden: bool,
    /// No profile can be written to disk.
    pub full_disk: bool,
    /// What becomes of connections that are not Wi-Fi.
    pub fate: Fate,
    /// NetworkManager is told that a WPA3 password is wrong (1.58 and newer).
    pub tells_wrong_sae: bool,
    /// A VPN becomes the primary connection, as one that takes all traffic does.
    pub tunnel_takes_all: bool,
    /// Signals do not wander.
    pub steady: bool,
    /// All signals wander, not only that of the network in use.
    pub all_wander: bool,
    /// How often all strengths change at once.
    pub storm: Option<Duration>,
    /// How often an access point comes or goes.
    pub churn: Option<Duration>,
    /// Profiles that do not connect by themselves for now.
    pub blocked: BTreeSet<String>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            pace: Pace::REAL,
            stalled: false,
            forbidden: false,
            full_disk: false,
            fate: Fate::Works,
            tells_wrong_sae: false,
            tunnel_takes_all: false,
            steady: false,
            all_wander: false,
            storm: None,
            churn: None,
            blocked: BTreeSet::new(),
        }
    }
}

/// All of NetworkManager 1.42's permissions.
const PERMISSIONS: [&str; 17] = [
    "checkpoint-rollback",
    "enable-disable-connectivity-check",
    "enable-disable-network",
    "enable-disable-statistics",
    "enable-disable-wifi",
    "enable-disable-wimax",
    "enable-disable-wwan",
    "network-control",
    "reload",
    "settings.modify.global-dns",
    "settings.modify.hostname",
    "settings.modify.own",
    "settings.modify.system",
    "sleep-wake",
    "wifi.scan",
    "wifi.share.open",
    "wifi.share.protected",
];

impl Faults {
    /// What `GetPermissions` says.
    pub fn permissions(&self) -> BTreeMap<String, &'static str> {
        let answer = if self.forbidden { "no" } else { "yes" };
        let name = |permission| format!("org.freedesktop.NetworkManager.{permission}");
        PERMISSIONS
            .map(|permission| (name(permission), answer))
            .into()
    }

    /// # Errors
    /// NetworkManager's `PermissionDenied`, where nothing may be done.
    pub fn allowed(&self, permission: &str) -> Result<(), Refusal> {
        if self.forbidden {
            let text = format!("Not authorized to {permission}");
            return Err(Refusal::of("PermissionDenied", text));
        }
        Ok(())
    }
}

/// All strengths change at once.
pub fn storm(world: &mut World) {
    let Some(after) = world.faults.storm else {
        return;
    };
    for point in world.nm.with(ACCESS_POINT) {
        let percent = u8::try_from(world.dice() % 100).unwrap_or_default();
        world.strength(&point, percent);
    }
    world.later(after, Event::Storm);
}

/// An access point comes or goes.
pub fn churn(world: &mut World) {
    let Some(after) = world.faults.churn else {
        return;
    };
    if let Some(device) = world.nm.with(WIRELESS).first().cloned() {
        let points: Vec<String> = world.access_points(&device).into_iter().collect();
        let passing = |point: &&String| {
            let station = world.air.get(*point);
            station.is_some_and(|station| station.ssid.starts_with(b"passing "))
        };
        let oldest = points.iter().find(passing).cloned();
        let number = world.number("passing");
        match oldest {
            Some(point) if number.is_multiple_of(2) => {
                world.vanish(&point);
            }
            _ => {
                let strength = u8::try_from(20 + world.dice() % 60).unwrap_or(50);
                let station = Station::new(format!("passing {number}"), strength, 2412);
                world.appear(&device, station.wpa2("somebody else's"));
            }
        }
    }
    world.later(after, Event::Churn);
}
