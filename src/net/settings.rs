//! A connection's settings as NetworkManager keeps them (`a{sa{sv}}`), and pure builders of them:
//! from what a person typed to what goes over the bus.
//!
//! What cannot work is refused here, before the bus, with [`Wrong`]. A [`Settings`] may hold
//! secrets: its `Debug` shows the keys and no value at all.

mod enterprise;
mod hotspot;
mod mobile;
mod wifi;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use zbus::wire::Signature;
use zbus::{Message, OwnedVariant, Type, Variant};

use super::Ssid;
use super::snapshot::Uuid;
use crate::secret::Secret;

pub use hotspot::hotspot;
pub use mobile::mobile;
pub use wifi::{join, put_credentials};

/// The setting `connection`.
pub const CONNECTION: &str = "connection";
/// The setting of a Wi-Fi network.
pub const WIFI: &str = "802-11-wireless";
/// The setting of a Wi-Fi network's protection.
pub const WIFI_SECURITY: &str = "802-11-wireless-security";
/// The setting of 802.1X.
pub const IEEE8021X: &str = "802-1x";

/// What was typed cannot work; the words say why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No network's name.
    #[error("the network needs a name")]
    NoName,
    /// IEEE 802.11 allows 32 bytes.
    #[error("a network's name has at most 32 bytes, and this one has {0}")]
    LongName(usize),
    /// No password where one is needed.
    #[error("a password is needed")]
    NoPassword,
    /// WPA: too short.
    #[error("a WPA password has at least 8 characters, and this one has {0}")]
    ShortPassword(usize),
    /// WPA: too long.
    #[error("a WPA password has at most 63 characters (or is 64 hexadecimal digits)")]
    LongPassword,
    /// WEP has four lengths.
    #[error("a WEP key is 5 or 13 characters, or 10 or 26 hexadecimal digits")]
    WepKey,
    /// 802.1X without a name.
    #[error("a user name is needed")]
    NoIdentity,
    /// 802.1X fields where a password is needed, or the other way round.
    #[error("this network wants a user name and a password")]
    NotEnterprise,
    /// TLS without a certificate or key.
    #[error("a certificate and its private key are needed")]
    NoCertificate,
    /// A file's path that does not start at the root.
    #[error("the file '{0}' needs its whole path")]
    RelativePath(String),
    /// An access point name with characters that none has.
    #[error("the access point name (APN) '{0}' has a character that none can have")]
    BadApn(String),
    /// The system gives no random numbers for a profile's identity.
    #[error("the system gives no random numbers")]
    NoRandom,
}

/// A connection's settings, by setting and key.
#[derive(Clone, PartialEq, Default)]
pub struct Settings(BTreeMap<String, BTreeMap<String, Variant<'static>>>);

impl Settings {
    /// Reads what `GetSettings` or `GetSecrets` answered.
    ///
    /// # Errors
    /// When the body is not `a{sa{sv}}`.
    pub fn from_message(message: &Message) -> zbus::Result<Self> {
        message.body().deserialize()
    }

    /// Sets a value.
    pub fn set(&mut self, setting: &str, key: &str, value: impl Into<Variant<'static>>) {
        self.0
            .entry(setting.to_owned())
            .or_default()
            .insert(key.to_owned(), value.into());
    }

    /// Takes a value out.
    pub fn remove(&mut self, setting: &str, key: &str) {
        if let Some(values) = self.0.get_mut(setting) {
            values.remove(key);
        }
    }

    /// A value.
    #[must_use]
    pub fn get(&self, setting: &str, key: &str) -> Option<&Variant<'static>> {
        self.0.get(setting)?.get(key)
    }

    /// A text.
    #[must_use]
    pub fn text(&self, setting: &str, key: &str) -> Option<&str> {
        match self.get(setting, key)? {
            Variant::Str(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// A truth; `false` where it is not there.
    #[must_use]
    pub fn flag(&self, setting: &str, key: &str) -> bool {
        matches!(self.get(setting, key), Some(Variant::Bool(true)))
    }

    /// A number, like a secret's flags; 0 where it is not there.
    #[must_use]
    pub fn number(&self, setting: &str, key: &str) -> u32 {
        match self.get(setting, key) {
            Some(Variant::U32(number)) => *number,
            Some(Variant::I32(number)) => u32::try_from(*number).unwrap_or_default(),
            _ => 0,
        }
    }

    /// A list of texts; empty where it is not there.
    #[must_use]
    pub fn texts(&self, setting: &str, key: &str) -> Vec<String> {
        let Some(Variant::Array(list)) = self.get(setting, key) else {
            return Vec::new();
        };
        let text = |value: &Variant<'_>| String::try_from(value).ok();
        list.iter().filter_map(text).collect()
    }

    /// A dictionary of texts (`a{ss}`), like `vpn.data`; empty where it is not there.
    #[must_use]
    pub fn map(&self, setting: &str, key: &str) -> BTreeMap<String, String> {
        self.get(setting, key)
            .cloned()
            .and_then(|value| BTreeMap::try_from(value).ok())
            .unwrap_or_default()
    }

    /// The network's name (Wi-Fi).
    #[must_use]
    pub fn ssid(&self) -> Option<Ssid> {
        let bytes = self.get(WIFI, "ssid")?.clone();
        Vec::<u8>::try_from(bytes).ok().map(Ssid::new)
    }

    /// The profile's identity.
    #[must_use]
    pub fn uuid(&self) -> Option<Uuid> {
        self.text(CONNECTION, "uuid").map(|uuid| Uuid(uuid.into()))
    }

    /// Whether there is such a setting.
    #[must_use]
    pub fn has(&self, setting: &str) -> bool {
        self.0.contains_key(setting)
    }

    /// Whether any setting has a value.
    #[must_use]
    pub fn has_values(&self) -> bool {
        self.0.values().any(|values| !values.is_empty())
    }

    /// The names of the settings.
    pub fn settings(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// One setting alone.
    #[must_use]
    pub fn only(&self, setting: &str) -> Self {
        let one = self.0.get(setting).cloned();
        Self(
            one.map(|values| (setting.to_owned(), values))
                .into_iter()
                .collect(),
        )
    }

    /// Takes all values of `other` over what is here, like secrets into their profile.
    pub fn merge(&mut self, other: Self) {
        for (setting, values) in other.0 {
            self.0.entry(setting).or_default().extend(values);
        }
    }

    fn secret(&mut self, setting: &str, key: &str, secret: &Secret) {
        self.set(setting, key, secret.reveal().to_owned());
    }
}

/// Keys only: a value may be a secret.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys = |values: &BTreeMap<String, _>| values.keys().cloned().collect::<Vec<_>>();
        f.debug_map()
            .entries(self.0.iter().map(|(name, values)| (name, keys(values))))
            .finish()
    }
}

impl Type for Settings {
    const SIGNATURE: &'static Signature =
        <BTreeMap<String, BTreeMap<String, Variant<'static>>>>::SIGNATURE;
}

impl Serialize for Settings {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = BTreeMap::<String, BTreeMap<String, OwnedVariant>>::deserialize(deserializer)?;
        let values = |values: BTreeMap<String, OwnedVariant>| {
            values.into_iter().map(|(k, v)| (k, v.into())).collect()
        };
        let settings = read.into_iter().map(|(name, all)| (name, values(all)));
        Ok(Self(settings.collect()))
    }
}

/// What every new profile has: its name, identity and kind; and with `owner` that it is this
/// user's alone, for which the permission `settings.modify.own` is enough.
fn profile(name: &str, kind: &str, owner: Option<&str>) -> Result<Settings, Wrong> {
    let mut settings = Settings::default();
    settings.set(CONNECTION, "id", name.to_owned());
    settings.set(CONNECTION, "uuid", new_uuid()?);
    settings.set(CONNECTION, "type", kind.to_owned());
    if let Some(owner) = owner {
        let only = vec![format!("user:{owner}:")];
        settings.set(CONNECTION, "permissions", only);
    }
    Ok(settings)
}

/// A random identity (RFC 9562, version 4).
fn new_uuid() -> Result<String, Wrong> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| Wrong::NoRandom)?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    Ok(text)
}
