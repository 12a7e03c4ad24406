//! The MQTT broker that the service talks to, as the configuration has it (`[shutter.mqtt]`).
//!
//! Plain data without MQTT in it: a build without the service reads the same configuration.

use std::path::PathBuf;

use serde::Deserialize;

/// Where the broker is, and how to be let in. Without a table `[shutter.mqtt]` there is no MQTT.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Broker {
    /// Its name or address.
    pub host: String,
    /// 8883 with TLS, 1883 without.
    pub port: Option<u16>,
    /// `false`: without TLS, for all on the way to read; on by default.
    pub tls: Option<bool>,
    /// PEM file of the authorities that may sign the broker's certificate; the system's without.
    pub ca_file: Option<PathBuf>,
    /// Who we are.
    pub username: Option<String>,
    /// File with the password, mode 0600. The password itself is no key: other programs' errors
    /// print whole configurations.
    pub password_file: Option<PathBuf>,
    /// A random one at each start without; a broker keeps one connection a client id.
    pub client_id: Option<String>,
    /// Where our topics begin; `barpop/shutter/NAME` without.
    pub prefix: Option<String>,
    /// Where Home Assistant looks for devices: `homeassistant` without, empty for nothing.
    pub discovery_prefix: Option<String>,
}
