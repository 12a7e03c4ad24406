//! Joining a Wi-Fi network, bringing a saved profile up, and trying a new password for it.

use std::collections::BTreeMap;
use std::path::Path;

use zbus::{ObjectPath, OwnedObjectPath, Variant};

use super::refusal::Doing;
use super::{
    Backup, CHANGING, Done, IN_MEMORY, Keep, NETWORK_MANAGER, Started, get_property, get_secrets,
    get_settings, manager, path_of, profile_of, update,
};
use crate::bus::{Bus, BusError, Object};
use crate::net::command::{Credentials, Enterprise, Join};
use crate::net::names;
use crate::net::security::Security;
use crate::net::settings::{self, IEEE8021X, Settings, WIFI_SECURITY};
use crate::net::snapshot::{
    About, ConnectionKind, DeviceKind, Failure, Id, Permission, Profile, Snapshot, Uuid,
};
use crate::secret::Secret;

/// Where a connection goes: a device and, for Wi-Fi, an access point; each may be left open.
pub(super) type To<'a> = (Option<&'a Id>, Option<&'a Id>);

/// Joins a network. One that is saved already is brought up by its profile, with what was typed
/// as its new secret: there is never a second profile for the same network.
pub(super) async fn join(bus: &Bus, snapshot: &Snapshot, wish: &Join) -> Result<Done, Failure> {
    let shown = wish.ssid.text();
    let secrets = secrets_of(&wish.credentials);
    let doing = Doing::new(
        About::Network(wish.ssid.clone()),
        format!("Cannot join '{shown}'"),
        "network-control",
    )
    .with_secrets(&secrets);
    check_files(&wish.credentials).map_err(|file| doing.because(&file))?;
    let to = (wish.device.as_ref(), wish.access_point.as_ref());
    if let Some(saved) = saved(snapshot, wish) {
        return match &wish.credentials {
            Credentials::None => bring_up(bus, snapshot, saved, to, Keep::AsItIs, &doing).await,
            credentials => {
                let with = (wish.security, credentials);
                try_new(bus, snapshot, saved, with, to, &doing).await
            }
        };
    }
    let taken = snapshot.profiles.iter().map(|p| p.name.as_str());
    let name = names::unique(&shown, "Wi-Fi", taken);
    let owner = owner(snapshot);
    let built = settings::join(wish, &name, owner.as_deref()).map_err(|e| doing.wrong(&e))?;
    let device = match &wish.device {
        Some(device) => Some(device.clone()),
        None => best_device(snapshot, wish),
    };
    let Some(device) = device else {
        return Err(doing.because("there is no Wi-Fi device; switch Wi-Fi on or plug one in"));
    };
    add(
        bus,
        &built,
        Some(&device),
        wish.access_point.as_ref(),
        &doing,
    )
    .await
}

/// Brings a saved profile up.
pub(super) async fn activate(
    bus: &Bus,
    snapshot: &Snapshot,
    uuid: &Uuid,
    to: To<'_>,
) -> Result<Done, Failure> {
    let profile = profile_of(snapshot, uuid)?;
    let doing = connecting(profile);
    bring_up(bus, snapshot, profile, to, Keep::AsItIs, &doing).await
}

/// Brings a saved profile up with a new secret. The old one stays on disk until the new one has
/// worked, and comes back when it does not.
pub(super) async fn retry(
    bus: &Bus,
    snapshot: &Snapshot,
    uuid: &Uuid,
    credentials: &Credentials,
) -> Result<Done, Failure> {
    let profile = profile_of(snapshot, uuid)?;
    let secrets = secrets_of(credentials);
    let doing = connecting(profile).with_secrets(&secrets);
    check_files(credentials).map_err(|file| doing.because(&file))?;
    let security = profile.security.unwrap_or_default();
    let with = (security, credentials);
    try_new(bus, snapshot, profile, with, (None, None), &doing).await
}

fn connecting(profile: &Profile) -> Doing<'static> {
    Doing::new(
        About::Profile(profile.uuid.clone()),
        format!("Cannot connect '{}'", crate::bar::clean(&profile.name)),
        "network-control",
    )
}

/// Adds a profile that is in memory only and brings it up; it is saved when it has worked.
pub(super) async fn add(
    bus: &Bus,
    settings: &Settings,
    device: Option<&Id>,
    access_point: Option<&Id>,
    doing: &Doing<'_>,
) -> Result<Done, Failure> {
    let options = BTreeMap::from([("persist", Variant::from("volatile"))]);
    let body = (settings, path_of(device), path_of(access_point), options);
    let added = bus
        .call(manager(), "AddAndActivateConnection2", &body)
        .await;
    let message = added.map_err(|error| doing.refused(&error))?;
    type Answer = (
        OwnedObjectPath,
        OwnedObjectPath,
        BTreeMap<String, zbus::OwnedVariant>,
    );
    let answer = message.body().deserialize::<Answer>();
    let (profile, connection, _) = answer.map_err(|e| doing.refused(&garbled(&e)))?;
    Ok(Done::Started(Started {
        connection: Id::new(connection.as_str()),
        profile: Id::new(profile.as_str()),
        uuid: settings.uuid().unwrap_or_else(|| Uuid("".into())),
        device: device.cloned(),
        keep: Keep::IfItWorks,
    }))
}

/// `ActivateConnection`.
pub(super) async fn bring_up(
    bus: &Bus,
    snapshot: &Snapshot,
    profile: &Profile,
    to: To<'_>,
    keep: Keep,
    doing: &Doing<'_>,
) -> Result<Done, Failure> {
    let device = match to.0 {
        Some(device) => Some(device.clone()),
        None => device_of(snapshot, profile),
    };
    let Ok(path) = ObjectPath::try_from(profile.id.as_str()) else {
        return Err(doing.because("its profile is malformed"));
    };
    let body = (path, path_of(device.as_ref()), path_of(to.1));
    let answer = bus.call(manager(), "ActivateConnection", &body).await;
    let message = answer.map_err(|error| doing.refused(&error))?;
    let connection = message.body().deserialize::<OwnedObjectPath>();
    let connection = connection.map_err(|error| doing.refused(&garbled(&error)))?;
    let device = match device {
        None if profile.kind != ConnectionKind::Vpn => device_in_use(bus, &connection).await,
        device => device,
    };
    Ok(Done::Started(Started {
        connection: Id::new(connection.as_str()),
        profile: profile.id.clone(),
        uuid: profile.uuid.clone(),
        device,
        keep,
    }))
}

/// Puts new secrets into a profile in memory, keeps the old ones, and brings it up.
async fn try_new(
    bus: &Bus,
    snapshot: &Snapshot,
    profile: &Profile,
    (security, credentials): (Security, &Credentials),
    to: To<'_>,
    doing: &Doing<'_>,
) -> Result<Done, Failure> {
    let changing = Doing {
        about: doing.about.clone(),
        what: doing.what.clone(),
        permission: permission_to_change(snapshot),
        secrets: doing.secrets,
    };
    let alone = CHANGING.lock().await;
    let old = whole(bus, &profile.id).await;
    let (old, secrets) = old.map_err(|error| changing.refused(&error))?;
    let mut new = old.clone();
    settings::put_credentials(&mut new, security, credentials).map_err(|e| doing.wrong(&e))?;
    update(bus, &profile.id, &new, IN_MEMORY)
        .await
        .map_err(|error| changing.refused(&error))?;
    drop(alone);
    let backup = Box::new(Backup {
        settings: old,
        secrets,
        saved: profile.saved,
    });
    let keep = Keep::OrRestore(backup.clone());
    let started = bring_up(bus, snapshot, profile, to, keep, doing).await;
    if started.is_err() {
        // The old secret comes back at once; that it was refused is what the person must see.
        let back = super::FollowUp::Restore(profile.id.clone(), backup);
        let _ = super::follow_up(bus, &back).await;
    }
    started
}

/// A profile with its secrets, and whether there are any.
pub(super) async fn whole(bus: &Bus, profile: &Id) -> Result<(Settings, bool), BusError> {
    let mut settings = get_settings(bus, profile).await?;
    let mut any = false;
    for setting in [WIFI_SECURITY, IEEE8021X] {
        if settings.has(setting) {
            let secrets = get_secrets(bus, profile, setting).await?;
            any |= secrets.has_values();
            settings.merge(secrets);
        }
    }
    Ok((settings, any))
}

/// The saved profile of the network that is to be joined: the same name in bytes, the same kind
/// of protection, usable with the wanted device; of several the one that worked last.
fn saved<'a>(snapshot: &'a Snapshot, wish: &Join) -> Option<&'a Profile> {
    let family = |profile: &Profile| profile.security.unwrap_or_default().family();
    let interface = wish.device.as_ref().and_then(|id| snapshot.device(id));
    snapshot
        .profiles
        .iter()
        .filter(|profile| profile.kind == ConnectionKind::Wifi && !profile.hotspot)
        .filter(|profile| profile.ssid.as_ref() == Some(&wish.ssid))
        .filter(|profile| family(profile) == wish.security.family())
        .filter(|profile| match (&profile.interface, interface) {
            (Some(bound), Some(device)) => *bound == device.interface,
            _ => true,
        })
        .max_by_key(|profile| profile.last_used_s)
}

/// The Wi-Fi device that hears the network best, else the first that is there.
fn best_device(snapshot: &Snapshot, wish: &Join) -> Option<Id> {
    let hears = snapshot
        .access_points
        .iter()
        .filter(|point| match &wish.access_point {
            Some(id) => point.id == *id,
            None => point.ssid == wish.ssid,
        })
        .max_by_key(|point| point.strength_percent)
        .map(|point| point.device.clone());
    hears.or_else(|| {
        snapshot
            .devices
            .iter()
            .filter(|device| device.kind == DeviceKind::Wifi)
            .max_by_key(|device| device.state)
            .map(|device| device.id.clone())
    })
}

/// The device that a saved profile goes to where none was named: the one that it is bound to, or
/// the Wi-Fi device that hears its network best. For all else NetworkManager chooses.
fn device_of(snapshot: &Snapshot, profile: &Profile) -> Option<Id> {
    if let Some(interface) = &profile.interface {
        let mut devices = snapshot.devices.iter();
        let bound = devices.find(|device| device.interface == *interface);
        return bound.map(|device| device.id.clone());
    }
    if profile.kind != ConnectionKind::Wifi {
        return None;
    }
    snapshot
        .access_points
        .iter()
        .filter(|point| Some(&point.ssid) == profile.ssid.as_ref())
        .max_by_key(|point| point.strength_percent)
        .map(|point| point.device.clone())
}

/// The device that NetworkManager chose; unknown where the connection is down already.
async fn device_in_use(bus: &Bus, connection: &OwnedObjectPath) -> Option<Id> {
    let object = Object {
        service: NETWORK_MANAGER,
        path: connection.as_str(),
        interface: "org.freedesktop.NetworkManager.Connection.Active",
    };
    let devices = get_property(bus, object, "Devices").await.ok()?;
    let devices = Vec::<OwnedObjectPath>::try_from(devices).ok()?;
    devices.first().map(|device| Id::new(device.as_str()))
}

/// This user's name, where only profiles of one's own may be made.
pub(super) fn owner(snapshot: &Snapshot) -> Option<String> {
    let may = snapshot.permissions?;
    let only_own = may.modify_system != Permission::Yes && may.modify_own == Permission::Yes;
    only_own.then(names::user).flatten()
}

/// The permission that a change of a profile needs, as far as is known.
pub(super) fn permission_to_change(snapshot: &Snapshot) -> &'static str {
    match snapshot.permissions {
        Some(may) if may.modify_own != Permission::Yes => "settings.modify.own",
        _ => "settings.modify.system",
    }
}

fn secrets_of(credentials: &Credentials) -> Vec<&Secret> {
    match credentials {
        Credentials::None => Vec::new(),
        Credentials::Password(secret) => vec![secret],
        Credentials::Enterprise(enterprise) => vec![&enterprise.password],
    }
}

/// Certificates are read by NetworkManager, later and without a word where they are not there:
/// that is found out here.
fn check_files(credentials: &Credentials) -> Result<(), String> {
    let Credentials::Enterprise(Enterprise {
        ca_certificate,
        certificate,
        private_key,
        ..
    }) = credentials
    else {
        return Ok(());
    };
    let missing = |path: &&Path| path.is_absolute() && !path.is_file();
    let files = [ca_certificate, certificate, private_key];
    let mut files = files.into_iter().filter_map(|file| file.as_deref());
    match files.find(missing) {
        None => Ok(()),
        Some(path) => Err(format!(
            "there is no file '{}'; choose another one",
            crate::bar::clean(&path.display().to_string())
        )),
    }
}

fn garbled(error: &zbus::Error) -> BusError {
    BusError::Garbled(error.to_string())
}
