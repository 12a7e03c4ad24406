//! What this person may do (the answer of `GetPermissions`).

use std::collections::HashMap;

use zbus::message::Body;

use crate::net::snapshot::{Permission, Permissions};

/// From a body of `a{ss}`; `None` when it is none. What is not told is not allowed.
#[must_use]
pub fn permissions(body: &Body) -> Option<Permissions> {
    let all: HashMap<&str, &str> = body.deserialize().ok()?;
    let one = |name: &str| {
        let key = format!("org.freedesktop.NetworkManager.{name}");
        match all.get(key.as_str()) {
            Some(&"yes") => Permission::Yes,
            Some(&"auth") => Permission::Ask,
            _ => Permission::No,
        }
    };
    Some(Permissions {
        control: one("network-control"),
        scan: one("wifi.scan"),
        wifi_radio: one("enable-disable-wifi"),
        wwan_radio: one("enable-disable-wwan"),
        modify_own: one("settings.modify.own"),
        modify_system: one("settings.modify.system"),
        share: one("wifi.share.protected"),
    })
}
