//! One `GetSecrets`: what is wanted, and the answer to it. Pure.

use std::collections::BTreeMap;

use zbus::Variant;

use crate::bar::clean;
use crate::net::names;
use crate::net::secrets::{Field, Prompt};
use crate::net::settings::{CONNECTION, IEEE8021X, Settings, WIFI_SECURITY};
use crate::net::snapshot::Uuid;
use crate::secret::Secret;

/// `NMSecretAgentGetSecretsFlags`.
const ALLOW_INTERACTION: u32 = 0x1;
const REQUEST_NEW: u32 = 0x2;

/// `NMSettingSecretFlags`: an agent keeps it; it is asked for every time; it is not needed.
const AGENT_OWNED: u32 = 0x1;
const NOT_SAVED: u32 = 0x2;
const NOT_REQUIRED: u32 = 0x4;

/// A hint that is no key but a VPN's words to the person.
const MESSAGE: &str = "x-vpn-message:";

/// What NetworkManager asks for.
#[derive(Debug, Clone)]
pub(super) struct Request {
    /// The profile, without secrets.
    pub connection: Settings,
    /// Its object.
    pub path: String,
    /// The setting whose secrets are wanted.
    pub setting: String,
    /// Which of them, as far as NetworkManager tells.
    pub hints: Vec<String>,
    /// How.
    pub flags: u32,
}

impl Request {
    /// Whether the person may be asked.
    pub fn may_ask(&self) -> bool {
        self.flags & ALLOW_INTERACTION != 0
    }

    /// Whether what NetworkManager has was refused.
    pub fn wants_new(&self) -> bool {
        self.flags & REQUEST_NEW != 0
    }

    /// The profile's identity.
    pub fn uuid(&self) -> Uuid {
        self.connection.uuid().unwrap_or_else(|| Uuid("".into()))
    }

    /// The question for the person.
    pub fn prompt(&self, number: u64) -> Prompt {
        let message = self
            .hints
            .iter()
            .find_map(|hint| hint.strip_prefix(MESSAGE));
        let name = self.connection.text(CONNECTION, "id").unwrap_or_default();
        Prompt {
            number,
            profile: self.uuid(),
            name: clean(name),
            ssid: self.connection.ssid(),
            setting: self.setting.clone(),
            fields: self.fields(),
            refused: self.wants_new(),
            message: message.map(clean).filter(|text| !text.is_empty()),
        }
    }

    fn fields(&self) -> Vec<Field> {
        let keys: Vec<String> = match self.setting.as_str() {
            WIFI_SECURITY => self.wifi(),
            IEEE8021X => self.ieee8021x(),
            "vpn" => self.vpn(),
            "wireguard" => self.hinted("private-key"),
            "gsm" | "cdma" => self.hinted("password"),
            "pppoe" => {
                let no_name = self.is_blank("pppoe", "username");
                let name = no_name.then(|| "username".to_owned());
                name.into_iter().chain(self.hinted("password")).collect()
            }
            "macsec" => self.hinted("mka-cak"),
            _ => self.hinted("password"),
        };
        let field = |key: String| Field {
            label: names::label(&key),
            secret: !matches!(key.as_str(), "identity" | "username"),
            key,
        };
        keys.into_iter().map(field).collect()
    }

    /// The keys that the hints name, or the one that such a setting has.
    fn hinted(&self, otherwise: &str) -> Vec<String> {
        let is_key = |hint: &&String| !hint.starts_with("x-") && !hint.is_empty();
        let keys: Vec<String> = self.hints.iter().filter(is_key).cloned().collect();
        if keys.is_empty() {
            vec![otherwise.to_owned()]
        } else {
            keys
        }
    }

    fn wifi(&self) -> Vec<String> {
        match self.connection.text(WIFI_SECURITY, "key-mgmt") {
            Some("none") => {
                let slot = self
                    .connection
                    .number(WIFI_SECURITY, "wep-tx-keyidx")
                    .min(3);
                vec![format!("wep-key{slot}")]
            }
            Some("ieee8021x") if self.connection.has(IEEE8021X) => vec!["wep-key0".to_owned()],
            Some("ieee8021x") => vec!["leap-password".to_owned()],
            _ => vec!["psk".to_owned()],
        }
    }

    fn ieee8021x(&self) -> Vec<String> {
        let methods = self.connection.texts(IEEE8021X, "eap");
        let has = |name: &str| methods.iter().any(|method| method == name);
        if has("tls") {
            return vec!["private-key-password".to_owned()];
        }
        if has("sim") || has("aka") {
            return vec!["pin".to_owned()];
        }
        let no_name = self.is_blank(IEEE8021X, "identity");
        let name = no_name.then(|| "identity".to_owned());
        name.into_iter().chain(["password".to_owned()]).collect()
    }

    /// What the plugin asks for; without hints what the profile says is not saved, and without
    /// that one password.
    fn vpn(&self) -> Vec<String> {
        let is_key = |hint: &&String| !hint.starts_with("x-") && !hint.is_empty();
        let hinted: Vec<String> = self.hints.iter().filter(is_key).cloned().collect();
        if !hinted.is_empty() {
            return hinted;
        }
        let data = self.connection.map("vpn", "data");
        let asked: Vec<String> = data
            .iter()
            .filter_map(|(key, flags)| Some((key.strip_suffix("-flags")?, flags)))
            .filter(|(_, flags)| {
                let flags: u32 = flags.parse().unwrap_or_default();
                flags & (AGENT_OWNED | NOT_SAVED) != 0 && flags & NOT_REQUIRED == 0
            })
            .map(|(key, _)| key.to_owned())
            .collect();
        if asked.is_empty() {
            vec!["password".to_owned()]
        } else {
            asked
        }
    }

    fn is_blank(&self, setting: &str, key: &str) -> bool {
        self.connection.text(setting, key).is_none_or(str::is_empty)
    }

    /// The answer as NetworkManager wants it: by key in the setting, except for VPNs, whose
    /// secrets are in one dictionary, and `WireGuard`'s peers, which are a list.
    pub fn reply(&self, secrets: &[(String, Secret)]) -> Settings {
        let mut reply = Settings::default();
        if self.setting == "vpn" {
            let all: BTreeMap<String, String> = secrets
                .iter()
                .map(|(key, secret)| (key.clone(), secret.reveal().to_owned()))
                .collect();
            reply.set("vpn", "secrets", all);
            return reply;
        }
        let mut peers: Vec<BTreeMap<String, Variant<'static>>> = Vec::new();
        for (key, secret) in secrets {
            let peer = key.strip_prefix("peers.");
            match peer.and_then(|rest| rest.strip_suffix(".preshared-key")) {
                Some(peer) => peers.push(BTreeMap::from([
                    ("public-key".to_owned(), Variant::from(peer.to_owned())),
                    (
                        "preshared-key".to_owned(),
                        Variant::from(secret.reveal().to_owned()),
                    ),
                ])),
                None => reply.set(&self.setting, key, secret.reveal().to_owned()),
            }
        }
        if !peers.is_empty() {
            reply.set(&self.setting, "peers", peers);
        }
        reply
    }
}
