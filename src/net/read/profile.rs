//! Profiles (`org.freedesktop.NetworkManager.Settings.Connection` and its settings).

use std::sync::Arc;

use crate::net::snapshot::{ConnectionKind, Id, Metered, Profile, Uuid};
use crate::net::tree::wanted::{CONNECTION, GSM, PROFILE, WIFI, WIFI_SECURITY};
use crate::net::tree::{Object, Properties, Tree};
use crate::net::{Security, Ssid};

/// `NM_SETTINGS_CONNECTION_FLAG_UNSAVED`, `_VOLATILE` and `_EXTERNAL`.
const NOT_SAVED: u32 = 0x1 | 0x4 | 0x8;

/// All profiles whose settings are known.
pub(super) fn all(nm: &Tree) -> Vec<Profile> {
    nm.with(PROFILE)
        .filter_map(|(path, object, profile)| {
            let settings = object.get(CONNECTION);
            let uuid = Uuid(Arc::clone(settings.text("uuid")?));
            Some(one(
                Id::new(Arc::clone(path)),
                uuid,
                object,
                profile,
                settings,
            ))
        })
        .collect()
}

fn one(
    id: Id,
    uuid: Uuid,
    object: &Object,
    profile: &Properties,
    connection: &Properties,
) -> Profile {
    let kind = ConnectionKind::from_setting(&connection.string("type").unwrap_or_default());
    let (wifi, gsm) = (object.get(WIFI), object.get(GSM));
    let is_wifi = kind == ConnectionKind::Wifi;
    // A profile of old has the setting, but no word in it where the protection is WEP's.
    let key_mgmt = object.get(WIFI_SECURITY).text("key-mgmt");
    let key_mgmt = match key_mgmt {
        Some(key_mgmt) => Some(&**key_mgmt),
        None => object.has(WIFI_SECURITY).then_some("none"),
    };
    Profile {
        uuid,
        id,
        name: connection.string("id").unwrap_or_default(),
        interface: connection.string("interface-name"),
        ssid: wifi.bytes("ssid").filter(|_| is_wifi).map(Ssid::new),
        security: is_wifi.then(|| Security::from_key_mgmt(key_mgmt)),
        hidden: wifi.flag("hidden").unwrap_or(false),
        hotspot: is_wifi && wifi.text("mode").is_some_and(|mode| **mode == *"ap"),
        // What is as it is by itself is not told.
        autoconnect: connection.flag("autoconnect").unwrap_or(true),
        priority: connection.number("autoconnect-priority").unwrap_or(0),
        metered: metered(connection.number("metered")),
        apn: gsm.string("apn"),
        home_only: gsm.flag("home-only").unwrap_or(false),
        last_used_s: connection.number("timestamp").unwrap_or(0),
        saved: match profile.number::<u32>("Flags") {
            Some(flags) => flags & NOT_SAVED == 0,
            None => !profile.flag("Unsaved").unwrap_or(false),
        },
        kind,
    }
}

/// `NMMetered`, as a setting.
fn metered(raw: Option<i64>) -> Metered {
    match raw {
        Some(1) => Metered::Yes,
        Some(2) => Metered::No,
        _ => Metered::Automatic,
    }
}
