//! `Settings` and its connections: profiles are read, added, changed and deleted.

use std::collections::{BTreeMap, HashMap};

use zbus::OwnedVariant;

use super::call::{Answer, Call, Refusal};
use super::interfaces::{CONNECTION, SETTINGS, SETTINGS_PATH};
use super::profile::Profile;
use super::tree::Object;
use super::value::{self, Incoming, Properties, Settings, Value, objects, path, value};
use super::world::World;
use super::{activation, agents, device};

const TO_DISK: u32 = 0x1;
const IN_MEMORY: u32 = 0x2 | 0x4 | 0x8;
const VOLATILE: u32 = 0x10;

pub fn call(world: &mut World, call: &Call<'_>) -> Option<Answer> {
    match call.interface.as_str() {
        SETTINGS if call.object == SETTINGS_PATH => Some(of_all(world, call)),
        CONNECTION if world.profiles.contains_key(&call.object) => Some(of_one(world, call)),
        _ => None,
    }
}

fn of_all(world: &mut World, call: &Call<'_>) -> Answer {
    match call.member.as_str() {
        "ListConnections" => {
            let paths: Vec<_> = world.profiles.keys().map(|p| path(p)).collect();
            call.reply(&(paths,))
        }
        "GetConnectionByUuid" => {
            let (uuid,): (String,) = call.arguments()?;
            let found = world
                .profiles
                .iter()
                .find(|(_, profile)| profile.text("connection", "uuid") == uuid);
            let (profile, _) = found.ok_or_else(|| {
                Refusal::of(
                    "Settings.InvalidConnection",
                    "No connection with the UUID was found.",
                )
            })?;
            call.reply(&(path(profile),))
        }
        "AddConnection" | "AddConnectionUnsaved" => {
            let (given,): (Incoming,) = call.arguments()?;
            world.faults.allowed("settings.modify.system")?;
            let persist = if call.member.ends_with("Unsaved") {
                "memory"
            } else {
                "disk"
            };
            let added = add(world, Profile::new(value::settings(given)), persist)?;
            call.reply(&(path(&added),))
        }
        "AddConnection2" => {
            let (given, flags, _): (Incoming, u32, HashMap<String, OwnedVariant>) =
                call.arguments()?;
            world.faults.allowed("settings.modify.system")?;
            let persist = if flags & TO_DISK != 0 {
                "disk"
            } else {
                "memory"
            };
            let added = add(world, Profile::new(value::settings(given)), persist)?;
            call.reply(&(path(&added), BTreeMap::<&str, Value>::new()))
        }
        "ReloadConnections" => call.reply(&(true,)),
        _ => Err(call.unknown()),
    }
}

fn of_one(world: &mut World, call: &Call<'_>) -> Answer {
    let own = call.object.clone();
    match call.member.as_str() {
        "GetSettings" => {
            let profile = world.profiles.get(&own).ok_or_else(|| call.unknown())?;
            call.reply(&(&profile.settings,))
        }
        "GetSecrets" => {
            let (setting,): (String,) = call.arguments()?;
            world.faults.allowed("settings.modify.system")?;
            let secrets = world.profiles.get(&own).and_then(|profile| {
                let secrets = profile.secrets.get(&setting).cloned();
                let has = profile.settings.contains_key(&setting);
                has.then(|| secrets.unwrap_or_default())
            });
            let secrets = secrets.ok_or_else(|| {
                Refusal::of("Settings.InvalidSetting", format!("No setting '{setting}'"))
            })?;
            call.reply(&(Settings::from([(setting, secrets)]),))
        }
        "Update" | "UpdateUnsaved" => {
            let (given,): (Incoming,) = call.arguments()?;
            world.faults.allowed("settings.modify.system")?;
            let flags = if call.member == "Update" {
                TO_DISK
            } else {
                0x2
            };
            update(world, &own, value::settings(given), flags);
            call.reply(&())
        }
        "Update2" => {
            let (given, flags, _): (Incoming, u32, HashMap<String, OwnedVariant>) =
                call.arguments()?;
            world.faults.allowed("settings.modify.system")?;
            if flags & TO_DISK != 0 && world.faults.full_disk {
                let text =
                    "failed to update connection: error writing to file: No space left on device";
                return Err(Refusal::of("Settings.Failed", text));
            }
            update(world, &own, value::settings(given), flags);
            call.reply(&(BTreeMap::<&str, Value>::new(),))
        }
        "Save" => {
            world.faults.allowed("settings.modify.system")?;
            update(world, &own, Settings::new(), TO_DISK);
            call.reply(&())
        }
        "ClearSecrets" => {
            world.faults.allowed("settings.modify.system")?;
            if let Some(profile) = world.profiles.get_mut(&own) {
                profile.secrets.clear();
            }
            call.reply(&())
        }
        "Delete" => {
            world.faults.allowed("settings.modify.system")?;
            agents::forget_secrets(world, &own);
            delete(world, &own);
            call.reply(&())
        }
        _ => Err(call.unknown()),
    }
}

/// Adds a profile; `persist` is `disk`, `memory` or `volatile`.
pub fn add(world: &mut World, mut profile: Profile, persist: &str) -> Result<String, Refusal> {
    let invalid = |text: &str| Refusal::of("Settings.Connection.InvalidProperty", text);
    if profile.kind().is_empty() {
        return Err(invalid("connection.type: property is missing"));
    }
    if profile.kind() == "802-11-wireless" && profile.ssid().is_none_or(|ssid| ssid.is_empty()) {
        return Err(invalid("802-11-wireless.ssid: property is missing"));
    }
    let number = world.number("Settings");
    if profile.text("connection", "uuid").is_empty() {
        let uuid = format!("a11d0000-0b1e-4c52-9d1c-{number:012x}");
        profile = profile.with("connection", "uuid", value(uuid));
    }
    let uuid = profile.text("connection", "uuid");
    let same = |other: &Profile| other.text("connection", "uuid") == uuid;
    if world.profiles.values().any(same) {
        let text = "A connection with this UUID already exists.";
        return Err(Refusal::of("Settings.UuidExists", text));
    }
    profile.unsaved = persist != "disk";
    profile.volatile = persist == "volatile";
    let own = format!("{SETTINGS_PATH}/{number}");
    let properties = Properties::from([
        ("Unsaved", value(profile.unsaved)),
        ("Flags", value(flags(&profile))),
        (
            "Filename",
            value(format!(
                "/etc/NetworkManager/system-connections/{number}.nmconnection"
            )),
        ),
    ]);
    world.profiles.insert(own.clone(), profile);
    world.nm.add(&own, Object::from([(CONNECTION, properties)]));
    list(world);
    let body = (path(&own),);
    world
        .nm
        .emit(SETTINGS_PATH, SETTINGS, "NewConnection", &body);
    agents::keep_secrets(world, &own);
    Ok(own)
}

/// `NMSettingsConnectionFlags`: unsaved, volatile.
fn flags(profile: &Profile) -> u32 {
    u32::from(profile.unsaved) | (u32::from(profile.volatile) * 4)
}

fn list(world: &mut World) {
    let all = objects(world.profiles.keys());
    world.nm.set(SETTINGS_PATH, SETTINGS, "Connections", all);
    device::available(world);
}

/// Changes a profile (`Update2` with its flags).
pub fn update(world: &mut World, own: &str, given: Settings, how: u32) {
    let Some(profile) = world.profiles.get_mut(own) else {
        return;
    };
    if !given.is_empty() {
        profile.update(given);
    }
    if how & TO_DISK != 0 {
        (profile.unsaved, profile.volatile) = (false, false);
    } else if how & IN_MEMORY != 0 {
        profile.unsaved = true;
    }
    if how & VOLATILE != 0 {
        profile.volatile = true;
    }
    let (unsaved, flags) = (profile.unsaved, flags(profile));
    world.nm.set(own, CONNECTION, "Unsaved", value(unsaved));
    world.nm.set(own, CONNECTION, "Flags", value(flags));
    updated(world, own);
    agents::keep_secrets(world, own);
    activation::renamed(world, own);
    list(world);
}

/// Tells that a profile's settings or secrets changed.
pub fn updated(world: &mut World, own: &str) {
    world.nm.emit(own, CONNECTION, "Updated", &());
}

/// Deletes a profile; what it made goes down.
pub fn delete(world: &mut World, own: &str) {
    if world.profiles.remove(own).is_none() {
        return;
    }
    activation::profile_gone(world, own);
    world.nm.emit(own, CONNECTION, "Removed", &());
    world.nm.remove(own);
    list(world);
    let body = (path(own),);
    world
        .nm
        .emit(SETTINGS_PATH, SETTINGS, "ConnectionRemoved", &body);
}
