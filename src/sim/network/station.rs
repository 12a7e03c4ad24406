//! Access points: what they say in the air, and what they really do when somebody comes.

use super::interfaces::ACCESS_POINT;
use super::tree::Object;
use super::value::{Properties, value};

/// One access point.
#[derive(Debug, Clone, PartialEq)]
pub struct Station {
    /// Its name's bytes; a hidden one is in the air without them.
    pub ssid: Vec<u8>,
    /// Its radio's address.
    pub bssid: String,
    /// 0..=100 %.
    pub strength: u8,
    /// MHz.
    pub frequency: u32,
    /// `Flags`, `WpaFlags`, `RsnFlags`.
    pub flags: (u32, u32, u32),
    /// kbit/s.
    pub bitrate: u32,
    /// What opens it; for 802.1X with the identity that belongs to it.
    pub password: Option<String>,
    /// Who may come in (802.1X).
    pub identity: Option<String>,
    /// Whether it keeps its name for itself until it is called.
    pub hidden: bool,
    /// What happens when somebody comes with the right password.
    pub fate: Fate,
}

/// What happens when somebody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    /// He gets an address.
    #[default]
    Works,
    /// He gets no address (NetworkManager's reason 5).
    NoDhcp,
    /// It does not answer (reason 11).
    Silent,
    /// The attempt ends with this reason (`NMDeviceStateReason`).
    Reason(u32),
}

const PRIVACY: u32 = 0x1;
const CCMP: u32 = 0x8 | 0x80;
const PSK: u32 = 0x100;
const EAP: u32 = 0x200;
const SAE: u32 = 0x400;
const OWE: u32 = 0x800;

impl Station {
    /// An open one.
    pub fn new(ssid: impl AsRef<[u8]>, strength: u8, frequency: u32) -> Self {
        Self {
            ssid: ssid.as_ref().to_vec(),
            bssid: String::new(),
            strength,
            frequency,
            flags: (0, 0, 0),
            bitrate: if frequency < 3000 { 130_000 } else { 540_000 },
            password: None,
            identity: None,
            hidden: false,
            fate: Fate::Works,
        }
    }

    fn protected(mut self, rsn: u32, password: &str) -> Self {
        self.flags = (PRIVACY, 0, CCMP | rsn);
        self.password = Some(password.to_owned());
        self
    }

    pub fn wpa2(self, password: &str) -> Self {
        self.protected(PSK, password)
    }

    pub fn wpa3(self, password: &str) -> Self {
        self.protected(SAE, password)
    }

    pub fn wpa2_and_wpa3(self, password: &str) -> Self {
        self.protected(PSK | SAE, password)
    }

    pub fn owe(mut self) -> Self {
        self.flags = (PRIVACY, 0, CCMP | OWE);
        self
    }

    pub fn wep(mut self, key: &str) -> Self {
        self.flags = (PRIVACY, 0, 0);
        self.password = Some(key.to_owned());
        self
    }

    pub fn enterprise(self, identity: &str, password: &str) -> Self {
        let mut station = self.protected(EAP, password);
        station.identity = Some(identity.to_owned());
        station
    }

    pub fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    pub fn fate(mut self, fate: Fate) -> Self {
        self.fate = fate;
        self
    }

    /// Whether it speaks WPA3 only.
    pub fn is_sae_only(&self) -> bool {
        self.flags.2 & SAE != 0 && self.flags.2 & PSK == 0
    }

    /// As NetworkManager shows it, `now_s` seconds after the machine was switched on.
    pub fn object(&self, number: u32, now_s: i32) -> Object {
        let bssid = if self.bssid.is_empty() {
            let [_, a, b, c] = number.to_be_bytes();
            format!("02:00:5E:{a:02X}:{b:02X}:{c:02X}")
        } else {
            self.bssid.clone()
        };
        let ssid = if self.hidden {
            Vec::new()
        } else {
            self.ssid.clone()
        };
        let properties = Properties::from([
            ("Flags", value(self.flags.0)),
            ("WpaFlags", value(self.flags.1)),
            ("RsnFlags", value(self.flags.2)),
            ("Ssid", value(ssid)),
            ("Frequency", value(self.frequency)),
            ("HwAddress", value(bssid)),
            ("Mode", value(2_u32)),
            ("MaxBitrate", value(self.bitrate)),
            ("Strength", value(self.strength)),
            ("LastSeen", value(now_s)),
        ]);
        Object::from([(ACCESS_POINT, properties)])
    }
}
