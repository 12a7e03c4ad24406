//! Making an access point of this machine.

use super::join::{add, bring_up, owner, permission_to_change};
use super::refusal::Doing;
use super::{Backup, CHANGING, Done, IN_MEMORY, Keep, update};
use crate::bus::Bus;
use crate::net::names;
use crate::net::settings::{self, CONNECTION};
use crate::net::snapshot::{About, DeviceKind, DeviceState, Failure, Id, Snapshot};
use crate::net::ssid::Ssid;
use crate::secret::Secret;

/// The name of a hotspot's profile.
const NAME: &str = "Hotspot";

/// Brings a hotspot up; one that was made before is changed and used again.
pub(super) async fn hotspot(
    bus: &Bus,
    snapshot: &Snapshot,
    device: Option<&Id>,
    ssid: &Ssid,
    password: Option<&Secret>,
) -> Result<Done, Failure> {
    let secrets: Vec<&Secret> = password.into_iter().collect();
    let doing = Doing::new(
        About::Hotspot,
        "Cannot start the hotspot",
        "wifi.share.protected",
    )
    .with_secrets(&secrets);
    let device = match device {
        Some(device) => device.clone(),
        None => free_device(snapshot)
            .ok_or_else(|| doing.because("no Wi-Fi device here can be an access point"))?,
    };
    let before = snapshot.profiles.iter().filter(|profile| profile.hotspot);
    let before = before
        .filter(|profile| profile.ssid.as_ref() == Some(ssid) || profile.name == NAME)
        .max_by_key(|profile| profile.ssid.as_ref() == Some(ssid));
    let taken = snapshot.profiles.iter().map(|p| p.name.as_str());
    let name = match before {
        Some(profile) => profile.name.clone(),
        None => names::unique(NAME, NAME, taken),
    };
    let owner = owner(snapshot);
    let built = settings::hotspot(ssid, password, &name, owner.as_deref());
    let mut built = built.map_err(|wrong| doing.wrong(&wrong))?;
    let Some(profile) = before else {
        return add(bus, &built, Some(&device), None, &doing).await;
    };
    let changing = Doing::new(
        About::Hotspot,
        doing.what.clone(),
        permission_to_change(snapshot),
    );
    let alone = CHANGING.lock().await;
    let old = super::join::whole(bus, &profile.id).await;
    let (old, secrets) = old.map_err(|error| changing.refused(&error))?;
    // It stays the same profile, with the same rights.
    built.set(CONNECTION, "uuid", profile.uuid.0.to_string());
    match old.get(CONNECTION, "permissions") {
        Some(rights) => built.set(CONNECTION, "permissions", rights.clone()),
        None => built.remove(CONNECTION, "permissions"),
    }
    update(bus, &profile.id, &built, IN_MEMORY)
        .await
        .map_err(|error| changing.refused(&error))?;
    drop(alone);
    let backup = Box::new(Backup {
        settings: old,
        secrets,
        saved: profile.saved,
    });
    let keep = Keep::OrRestore(backup.clone());
    let to = (Some(&device), None);
    let started = bring_up(bus, snapshot, profile, to, keep, &doing).await;
    if started.is_err() {
        let back = super::FollowUp::Restore(profile.id.clone(), backup);
        let _ = super::follow_up(bus, &back).await;
    }
    started
}

/// A Wi-Fi device that can, rather one that has nothing else to do.
fn free_device(snapshot: &Snapshot) -> Option<Id> {
    snapshot
        .devices
        .iter()
        .filter(|device| device.kind == DeviceKind::Wifi && device.can_hotspot)
        .filter(|device| device.state > DeviceState::Unavailable)
        .min_by_key(|device| device.state == DeviceState::Activated)
        .map(|device| device.id.clone())
}
