//! A secret that NetworkManager asks us for, as the popup shows it.

use super::Ssid;
use super::snapshot::Uuid;

/// A question of NetworkManager's to its secret agent (us), until it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    /// A number of its own.
    pub number: u64,
    /// The profile it is for.
    pub profile: Uuid,
    /// The profile's name.
    pub name: String,
    /// The network's name (Wi-Fi).
    pub ssid: Option<Ssid>,
    /// The setting whose secrets are wanted, like `802-11-wireless-security`, `802-1x`, `vpn`.
    pub setting: String,
    /// What is wanted.
    pub fields: Vec<Field>,
    /// Whether the secret that is saved was tried and refused (flag `REQUEST_NEW`).
    pub refused: bool,
    /// A VPN's own words, where it has some.
    pub message: Option<String>,
}

/// One thing that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The key in the setting, like `psk`.
    pub key: String,
    /// For people, like `Password`.
    pub label: String,
    /// Whether it is hidden while it is typed.
    pub secret: bool,
}
