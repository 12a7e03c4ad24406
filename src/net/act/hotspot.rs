//! Making an access point of this machine.

use super::join::{add, bring_up, owner, permission_to_change};
use super::refusal::Doing;
use super::{Backup, CHANGING, Done, IN_MEMORY, Keep, update};
use crate::bus::Bus;
use crate::net::names;
use crate::net::settings::{self, CONNECTION, Settings, WIFI};
use crate::net::snapshot::{About, DeviceKind, DeviceState, Failure, Id, Profile, Snapshot};
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
    let before = last(snapshot, ssid);
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
    keep_what_was_set_up(&mut built, &old);
    let interface = snapshot.device(&device).map(|d| d.interface.as_str());
    if built.text(CONNECTION, "interface-name") != interface {
        // The person wants another adapter now.
        built.remove(CONNECTION, "interface-name");
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

/// The hotspot that is used again for one of this name: the same, or the one that we made.
pub(in crate::net) fn last<'a>(snapshot: &'a Snapshot, ssid: &Ssid) -> Option<&'a Profile> {
    let all = snapshot.profiles.iter().filter(|profile| profile.hotspot);
    all.filter(|profile| profile.ssid.as_ref() == Some(ssid) || profile.name == NAME)
        .max_by_key(|profile| profile.ssid.as_ref() == Some(ssid))
}

/// It stays the same profile: its name and rights, whether it comes up by itself, its addresses,
/// and its channel where one was chosen. New are the network's name and its password.
fn keep_what_was_set_up(built: &mut Settings, old: &Settings) {
    for key in ["permissions", "autoconnect"] {
        built.remove(CONNECTION, key);
    }
    for setting in [CONNECTION, "ipv4", "ipv6"] {
        built.merge(old.only(setting));
    }
    if old.number(WIFI, "channel") != 0 {
        for key in ["band", "channel"] {
            match old.get(WIFI, key) {
                Some(value) => built.set(WIFI, key, value.clone()),
                None => built.remove(WIFI, key),
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hotspot_that_a_person_set_up_keeps_its_addresses_channel_and_rights() {
        let mut old = Settings::default();
        old.set(CONNECTION, "id", "My own");
        old.set(CONNECTION, "uuid", "u");
        old.set(CONNECTION, "interface-name", "wlan1");
        old.set("ipv4", "method", "manual");
        old.set(WIFI, "band", "a");
        old.set(WIFI, "channel", 36u32);
        let password = Secret::new("long enough");
        let ssid = Ssid::from("new");
        let mut built = settings::hotspot(&ssid, Some(&password), "x", Some("me")).unwrap();
        keep_what_was_set_up(&mut built, &old);
        assert_eq!(built.text(CONNECTION, "id"), Some("My own"));
        assert_eq!(built.text(CONNECTION, "uuid"), Some("u"));
        assert_eq!(built.text(CONNECTION, "interface-name"), Some("wlan1"));
        assert_eq!(built.get(CONNECTION, "permissions"), None);
        assert_eq!(built.get(CONNECTION, "autoconnect"), None);
        assert_eq!(built.text("ipv4", "method"), Some("manual"));
        assert_eq!(built.number(WIFI, "channel"), 36);
        assert_eq!(built.ssid(), Some(ssid));
    }
}
