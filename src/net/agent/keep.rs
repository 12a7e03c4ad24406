//! Which secrets of a profile are its agents' to keep (`NM_SETTING_SECRET_FLAG_AGENT_OWNED`).

use std::collections::BTreeMap;

use crate::net::settings::{IEEE8021X, Settings, WIFI_SECURITY};

const AGENT_OWNED: u32 = 0x1;

/// All secrets that a setting can have, except VPNs', which have names of their own.
const SECRETS: [(&str, &str); 16] = [
    (WIFI_SECURITY, "psk"),
    (WIFI_SECURITY, "wep-key0"),
    (WIFI_SECURITY, "wep-key1"),
    (WIFI_SECURITY, "wep-key2"),
    (WIFI_SECURITY, "wep-key3"),
    (WIFI_SECURITY, "leap-password"),
    (IEEE8021X, "password"),
    (IEEE8021X, "private-key-password"),
    (IEEE8021X, "phase2-private-key-password"),
    (IEEE8021X, "pin"),
    ("gsm", "password"),
    ("gsm", "pin"),
    ("cdma", "password"),
    ("pppoe", "password"),
    ("wireguard", "private-key"),
    ("macsec", "mka-cak"),
];

/// The secrets of a profile that say that an agent keeps them. Those that are asked for every
/// time (`NOT_SAVED`) are not among them.
pub(super) fn agent_owned(profile: &Settings) -> Settings {
    let mut kept = Settings::default();
    for (setting, key) in SECRETS {
        // The four WEP keys share one flag.
        let flags = match key {
            "wep-key0" | "wep-key1" | "wep-key2" | "wep-key3" => "wep-key-flags".to_owned(),
            key => format!("{key}-flags"),
        };
        let Some(secret) = profile.get(setting, key) else {
            continue;
        };
        if profile.number(setting, &flags) & AGENT_OWNED != 0 {
            kept.set(setting, key, secret.clone());
        }
    }
    let data = profile.map("vpn", "data");
    let secrets: BTreeMap<String, String> = profile
        .map("vpn", "secrets")
        .into_iter()
        .filter(|(key, _)| {
            let flags = data.get(&format!("{key}-flags"));
            let flags = flags.and_then(|flags| flags.parse::<u32>().ok());
            flags.unwrap_or_default() & AGENT_OWNED != 0
        })
        .collect();
    if !secrets.is_empty() {
        kept.set("vpn", "secrets", secrets);
    }
    kept
}
