//! How the thing behind a row is: idle, on its way, up, or failed, and why it cannot be used.

use jiff::Timestamp;

use super::Scene;
use super::model::{Entry, RowKey};
use super::words;
use crate::net::attempt::{Attempt, Problem, Stage, Target};
use crate::net::command::Command;
use crate::net::snapshot::{
    About, ActiveConnection, ActiveState, ConnectionKind, Device, DeviceKind, DeviceState,
    Permission, Profile, Uuid,
};
use crate::say;

/// How it is.
#[derive(Debug, Clone)]
pub enum Status<'a> {
    /// Nothing happens.
    Idle,
    /// On its way up.
    Going {
        /// How far.
        state: DeviceState,
        /// Since when, where that is known.
        since: Option<Timestamp>,
        /// What stops it.
        stop: Box<Command>,
    },
    /// Up.
    Up(&'a ActiveConnection),
    /// On its way down.
    Leaving,
}

/// The device that a row stands for.
pub fn device<'a>(entry: &Entry, scene: &Scene<'a>) -> Option<&'a Device> {
    let snapshot = scene.snapshot;
    match &entry.key {
        RowKey::Device(id) => snapshot.device(id),
        RowKey::Modem(id) => snapshot
            .devices
            .iter()
            .find(|device| device.modem.as_ref() == Some(id)),
        _ => None,
    }
}

/// The active connection of a row.
pub fn active<'a>(entry: &Entry, scene: &Scene<'a>) -> Option<&'a ActiveConnection> {
    let snapshot = scene.snapshot;
    match &entry.key {
        RowKey::Network(_) => {
            let (id, _) = entry.network.as_ref()?.active.as_ref()?;
            snapshot.connection(id)
        }
        RowKey::Device(_) | RowKey::Modem(_) => {
            snapshot.connection(device(entry, scene)?.active.as_ref()?)
        }
        RowKey::Profile(uuid) => snapshot.connections.iter().find(|c| c.uuid == *uuid),
    }
}

/// The profiles that a row stands for, the one to take first.
pub fn profiles<'a>(entry: &Entry, scene: &Scene<'a>) -> Vec<&'a Profile> {
    let snapshot = scene.snapshot;
    let fits = |kind: &ConnectionKind| -> Vec<&'a Profile> {
        let interface = device(entry, scene).map(|device| device.interface.as_str());
        let mut all: Vec<_> = snapshot
            .profiles
            .iter()
            .filter(|profile| profile.kind == *kind)
            .filter(|profile| {
                profile.interface.is_none() || profile.interface.as_deref() == interface
            })
            .collect();
        all.sort_by_key(|profile| std::cmp::Reverse((profile.priority, profile.last_used_s)));
        all
    };
    match &entry.key {
        RowKey::Network(_) => {
            let network = entry.network.iter();
            let uuids = network.flat_map(|network| &network.profiles);
            uuids.filter_map(|uuid| snapshot.profile(uuid)).collect()
        }
        RowKey::Profile(uuid) => snapshot.profile(uuid).into_iter().collect(),
        RowKey::Modem(_) => fits(&ConnectionKind::Mobile),
        RowKey::Device(_) => match device(entry, scene).map(|device| device.kind) {
            Some(DeviceKind::Modem) => fits(&ConnectionKind::Mobile),
            Some(DeviceKind::Ethernet) => fits(&ConnectionKind::Ethernet),
            _ => {
                let interface = device(entry, scene).map(|device| device.interface.as_str());
                let own = |profile: &&Profile| profile.interface.as_deref() == interface;
                snapshot.profiles.iter().filter(own).collect()
            }
        },
    }
}

/// What the person last asked of a row, until its end was read.
pub fn attempt<'a>(entry: &Entry, scene: &Scene<'a>) -> Option<&'a Attempt> {
    let is = |uuid: &Uuid| match &entry.key {
        RowKey::Profile(own) => own == uuid,
        RowKey::Network(_) => entry
            .network
            .as_ref()
            .is_some_and(|n| n.profiles.contains(uuid)),
        _ => false,
    };
    let mut attempts = scene.snapshot.attempts.iter().rev();
    attempts.find(|attempt| match (&attempt.target, &entry.key) {
        (Target::Network(ssid), RowKey::Network(key)) => *ssid == key.ssid,
        (Target::Mobile, RowKey::Modem(_)) => {
            let device = device(entry, scene).map(|device| &device.id);
            attempt.device.is_none() || attempt.device.as_ref() == device
        }
        (Target::Profile(_), RowKey::Device(_) | RowKey::Modem(_)) => {
            let device = device(entry, scene).map(|device| &device.id);
            attempt.device.is_some() && attempt.device.as_ref() == device
        }
        (Target::Profile(uuid), _) => is(uuid),
        _ => false,
    })
}

/// How a row is.
pub fn of<'a>(entry: &Entry, scene: &Scene<'a>) -> Status<'a> {
    if let Some(attempt) = attempt(entry, scene)
        && let Stage::Going(state) = attempt.stage
    {
        return Status::Going {
            state,
            since: Some(attempt.since),
            stop: Box::new(Command::Abort {
                attempt: attempt.number,
            }),
        };
    }
    let Some(active) = active(entry, scene) else {
        return Status::Idle;
    };
    match active.state {
        ActiveState::Activated => Status::Up(active),
        ActiveState::Activating => Status::Going {
            state: device_state(active, scene),
            since: None,
            stop: Box::new(Command::Deactivate {
                connection: active.id.clone(),
            }),
        },
        ActiveState::Deactivating => Status::Leaving,
        ActiveState::Unknown | ActiveState::Deactivated => Status::Idle,
    }
}

/// How far the device of a connection is.
pub fn device_state(active: &ActiveConnection, scene: &Scene<'_>) -> DeviceState {
    let mut devices = active.devices.iter();
    devices
        .find_map(|id| scene.snapshot.device(id))
        .map_or(DeviceState::Prepare, |device| device.state)
}

/// Why it failed, until that was read.
pub fn problem<'a>(entry: &Entry, scene: &Scene<'a>) -> Option<(u64, &'a Problem)> {
    let attempt = attempt(entry, scene)?;
    match &attempt.stage {
        Stage::Failed(problem) => Some((attempt.number, problem)),
        _ => None,
    }
}

/// What else went wrong with it.
pub fn failure(entry: &Entry, scene: &Scene<'_>) -> Option<String> {
    let failure = scene.snapshot.failure.as_ref()?;
    let own = match (&failure.about, &entry.key) {
        (About::Network(ssid), RowKey::Network(key)) => *ssid == key.ssid,
        (About::Profile(uuid), RowKey::Profile(own)) => uuid == own,
        (About::Profile(uuid), RowKey::Network(_)) => {
            let network = entry.network.as_ref();
            network.is_some_and(|network| network.profiles.contains(uuid))
        }
        (About::Profile(uuid), _) => profiles(entry, scene).iter().any(|p| p.uuid == *uuid),
        (About::Device(id), RowKey::Device(own)) => id == own,
        (About::Device(id), _) => active(entry, scene).is_some_and(|c| c.devices.contains(id)),
        (About::Modem(id), RowKey::Modem(own)) => id == own,
        _ => false,
    };
    own.then(|| words::told(&failure.sentence))
}

/// Whether nothing at all may be connected or disconnected.
pub fn is_forbidden(scene: &Scene<'_>) -> bool {
    let permissions = scene.snapshot.permissions.as_ref();
    permissions.is_some_and(|all| all.control == Permission::No)
}

/// Why a row cannot be used now; `None` where it can.
pub fn obstacle(entry: &Entry, scene: &Scene<'_>) -> Option<String> {
    let permissions = scene.snapshot.permissions.as_ref();
    if let Some(words) = words::forbidden(permissions, |all| all.control, "network-control") {
        return Some(words);
    }
    let new = matches!(entry.key, RowKey::Network(_)) && profiles(entry, scene).is_empty();
    let neither = |all: &crate::net::snapshot::Permissions| {
        if all.modify_own == Permission::No {
            all.modify_system
        } else {
            all.modify_own
        }
    };
    if let Some(words) =
        words::forbidden(permissions, neither, "settings.modify.own").filter(|_| new)
    {
        return Some(words);
    }
    let device = device(entry, scene)?;
    match (&entry.key, device.state) {
        (RowKey::Device(_), DeviceState::Unavailable) if device.carrier == Some(false) => {
            Some(say!("net-no-cable"))
        }
        (RowKey::Device(_), DeviceState::Unavailable) => Some(say!("net-not-ready")),
        _ => None,
    }
}
