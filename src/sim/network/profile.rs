//! Profiles: settings, with their secrets kept apart as NetworkManager keeps them.

use std::collections::BTreeMap;

use super::value::{Settings, Value, dict, dicts, nothing, value};

/// A saved connection.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Without secrets.
    pub settings: Settings,
    /// The secrets alone, by setting.
    pub secrets: Settings,
    /// Whether it is in memory only.
    pub unsaved: bool,
    /// Whether it goes when its connection goes.
    pub volatile: bool,
}

/// The keys that are secrets (`NM_SETTING_PARAM_SECRET`).
const SECRETS: [&str; 13] = [
    "psk",
    "wep-key0",
    "wep-key1",
    "wep-key2",
    "wep-key3",
    "leap-password",
    "password",
    "password-raw",
    "private-key-password",
    "pin",
    "private-key",
    "secrets",
    "phase2-private-key-password",
];

fn is_secret(setting: &str, key: &str, of: &Value) -> bool {
    // `802-1x.private-key` is a path; WireGuard's is the key itself.
    SECRETS.contains(&key) && !(setting == "802-1x" && key == "private-key") && of.flag().is_none()
}

impl Profile {
    /// Parts secrets from the rest.
    pub fn new(all: Settings) -> Self {
        let (settings, secrets) = part(all);
        Self {
            settings,
            secrets,
            unsaved: false,
            volatile: false,
        }
    }

    /// Of a type and a name; `uuid` is made of a number, so that scenes are always the same.
    pub fn of(kind: &str, id: &str, number: u32) -> Self {
        let connection = BTreeMap::from([
            ("id".to_owned(), value(id.to_owned())),
            ("uuid".to_owned(), value(uuid(number))),
            ("type".to_owned(), value(kind.to_owned())),
            ("permissions".to_owned(), nothing("s")),
        ]);
        let address =
            |method: &str| BTreeMap::from([("method".to_owned(), value(method.to_owned()))]);
        Self::new(Settings::from([
            ("connection".to_owned(), connection),
            (kind.to_owned(), BTreeMap::new()),
            ("ipv4".to_owned(), address("auto")),
            ("ipv6".to_owned(), address("auto")),
            ("proxy".to_owned(), BTreeMap::new()),
        ]))
    }

    /// A Wi-Fi profile with a password; open without one.
    pub fn wifi(ssid: impl AsRef<[u8]>, password: Option<&str>, number: u32) -> Self {
        let ssid = ssid.as_ref();
        let profile = Self::of("802-11-wireless", &String::from_utf8_lossy(ssid), number)
            .with("802-11-wireless", "ssid", value(ssid.to_vec()))
            .with("802-11-wireless", "mode", value("infrastructure"));
        let Some(password) = password else {
            return profile;
        };
        profile
            .with(
                "802-11-wireless",
                "security",
                value("802-11-wireless-security"),
            )
            .with("802-11-wireless-security", "key-mgmt", value("wpa-psk"))
            .with(
                "802-11-wireless-security",
                "psk",
                value(password.to_owned()),
            )
    }

    /// Sets one key.
    pub fn with(mut self, setting: &str, key: &str, to: Value) -> Self {
        let secret = is_secret(setting, key, &to);
        let settings = if secret {
            self.settings.entry(setting.to_owned()).or_default();
            &mut self.secrets
        } else {
            &mut self.settings
        };
        settings
            .entry(setting.to_owned())
            .or_default()
            .insert(key.to_owned(), to);
        self
    }

    /// When it last worked, seconds since 1970.
    pub fn used(self, at_s: i64) -> Self {
        let at = u64::try_from(at_s).unwrap_or_default();
        self.with("connection", "timestamp", value(at))
    }

    pub fn get(&self, setting: &str, key: &str) -> Option<&Value> {
        self.settings.get(setting)?.get(key)
    }

    pub fn text(&self, setting: &str, key: &str) -> String {
        let text = self.get(setting, key).and_then(Value::text);
        text.unwrap_or_default().to_owned()
    }

    /// `connection.type`.
    pub fn kind(&self) -> String {
        self.text("connection", "type")
    }

    pub fn ssid(&self) -> Option<Vec<u8>> {
        self.get("802-11-wireless", "ssid")?.bytes()
    }

    pub fn secret(&self, setting: &str, key: &str) -> Option<&str> {
        self.secrets.get(setting)?.get(key)?.text()
    }

    /// The setting whose secrets it takes to connect, and the one that is asked for by name.
    pub fn wants_secrets(&self) -> Option<(&'static str, &'static str)> {
        let key_mgmt = self.text("802-11-wireless-security", "key-mgmt");
        match self.kind().as_str() {
            "802-11-wireless" => match key_mgmt.as_str() {
                "" | "owe" => None,
                "none" => Some(("802-11-wireless-security", "wep-key0")),
                "wpa-eap" | "wpa-eap-suite-b-192" | "ieee8021x" => {
                    let by_certificate = self.get("802-1x", "private-key").is_some();
                    Some((
                        "802-1x",
                        if by_certificate {
                            "private-key-password"
                        } else {
                            "password"
                        },
                    ))
                }
                _ => Some(("802-11-wireless-security", "psk")),
            },
            "vpn" => Some(("vpn", "secrets")),
            "wireguard" => Some(("wireguard", "private-key")),
            _ => None,
        }
    }

    /// What `NM_SETTING_SECRET_FLAG` says of a secret: 0 kept here, 1 by the agent, 2 nowhere.
    pub fn secret_flags(&self, setting: &str, key: &str) -> i64 {
        let flags = self.get(setting, &format!("{key}-flags"));
        flags.and_then(Value::number).unwrap_or_default()
    }

    /// Takes new settings; secrets that do not come along stay, as NetworkManager keeps them.
    pub fn update(&mut self, all: Settings) {
        let (settings, secrets) = part(all);
        self.settings = settings;
        if !secrets.is_empty() {
            self.secrets = secrets;
        }
    }

    /// Takes secrets that an agent gave; says whether any is new.
    pub fn take_secrets(&mut self, given: Settings) -> bool {
        let before = self.secrets.clone();
        let (_, secrets) = part(given);
        for (setting, entries) in secrets {
            self.secrets.entry(setting).or_default().extend(entries);
        }
        self.secrets != before
    }

    /// Settings and secrets together.
    pub fn all(&self) -> Settings {
        let mut all = self.settings.clone();
        for (setting, entries) in &self.secrets {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()));
            all.entry(setting.clone()).or_default().extend(entries);
        }
        all
    }
}

fn part(all: Settings) -> (Settings, Settings) {
    let mut settings = Settings::new();
    let mut secrets = Settings::new();
    for (setting, entries) in all {
        let (secret, open): (BTreeMap<_, _>, BTreeMap<_, _>) = entries
            .into_iter()
            .partition(|(key, value)| is_secret(&setting, key, value));
        if !secret.is_empty() {
            secrets.insert(setting.clone(), secret);
        }
        settings.insert(setting, open);
    }
    (settings, secrets)
}

fn uuid(number: u32) -> String {
    format!(
        "5f3b{:04x}-0b1e-4c52-9d1c-0000{number:08x}",
        number & 0xffff
    )
}

/// A VPN by a plug-in, with its data and secrets.
pub fn vpn(id: &str, remote: &str, secret: Option<&str>, number: u32) -> Profile {
    let profile = Profile::of("vpn", id, number)
        .with(
            "vpn",
            "service-type",
            value("org.freedesktop.NetworkManager.openvpn"),
        )
        .with(
            "vpn",
            "data",
            texts([("remote", remote), ("username", "anna")]),
        )
        .with("connection", "autoconnect", value(false));
    match secret {
        Some(secret) => profile.with("vpn", "secrets", texts([("password", secret)])),
        None => profile,
    }
}

/// An `a{ss}`.
pub fn texts<const N: usize>(entries: [(&str, &str); N]) -> Value {
    let entries = entries.map(|(key, text)| (key.to_owned(), text.to_owned()));
    value(BTreeMap::from(entries))
}

/// A WireGuard tunnel.
pub fn wireguard(id: &str, interface: &str, number: u32) -> Profile {
    let peer = dict([
        (
            "public-key",
            value("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0="),
        ),
        ("endpoint", value("192.0.2.1:51820")),
        ("allowed-ips", value(vec!["0.0.0.0/0"])),
    ]);
    Profile::of("wireguard", id, number)
        .with("connection", "interface-name", value(interface.to_owned()))
        .with("connection", "autoconnect", value(false))
        .with("wireguard", "peers", dicts([peer]))
        .with(
            "wireguard",
            "private-key",
            value("yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="),
        )
        .with("ipv4", "method", value("manual"))
        .with(
            "ipv4",
            "address-data",
            dicts([dict([
                ("address", value("10.64.0.2")),
                ("prefix", value(24_u32)),
            ])]),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_without_secrets_keeps_them_and_one_with_replaces_them() {
        let mut profile = Profile::wifi("flat", Some("canary-psk"), 1);
        assert!(!format!("{:?}", profile.settings).contains("canary"));
        let settings = profile.settings.clone();
        profile.update(settings);
        assert_eq!(
            profile.secret("802-11-wireless-security", "psk"),
            Some("canary-psk")
        );
        let other = Profile::wifi("flat", Some("other"), 1).all();
        profile.update(other);
        assert_eq!(
            profile.secret("802-11-wireless-security", "psk"),
            Some("other")
        );
    }
}
