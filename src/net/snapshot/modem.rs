//! A modem and its SIM.

use super::Id;

/// What the SIM or the phone wants before anything (`MMModemLock`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimLock {
    /// Its PIN.
    Pin,
    /// Its PUK, and a new PIN.
    Puk,
    /// Another one (network, service provider, PIN2, …), which we cannot open.
    Other(u32),
}

/// What a modem does (`MMModemState`, `MMModem3gppRegistrationState`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ModemState {
    /// Not known, or starting.
    #[default]
    Unknown,
    /// It does not work: no SIM (`sim_missing`), or broken.
    Failed {
        /// Whether the SIM is what is missing.
        sim_missing: bool,
    },
    /// The SIM is locked.
    Locked,
    /// Off.
    Disabled,
    /// On, no network yet.
    Searching,
    /// The network refuses this SIM.
    Denied,
    /// In a network.
    Registered,
    /// Data is on its way.
    Connecting,
    /// Data flows.
    Connected,
}

/// A modem of the mobile network (ModemManager's `Modem`, `Modem3gpp`, `Sim`).
#[derive(Debug, Clone, PartialEq)]
pub struct Modem {
    /// Which one.
    pub id: Id,
    /// Its maker and model.
    pub model: String,
    /// What it does.
    pub state: ModemState,
    /// What is locked.
    pub lock: Option<SimLock>,
    /// Tries left for that lock.
    pub tries: Option<u32>,
    /// The operator's name, as the network says it.
    pub operator: Option<String>,
    /// The operator's code: MCC and MNC, like `26201`.
    pub operator_code: Option<String>,
    /// The SIM's own operator's code (of the IMSI), by which an APN is found.
    pub sim_operator_code: Option<String>,
    /// `2G`, `3G`, `LTE`, `5G`, by `MMModemAccessTechnology`.
    pub technology: Option<&'static str>,
    /// Signal, 0..=100 %.
    pub signal_percent: Option<u8>,
    /// Whether it is in a foreign network.
    pub roaming: bool,
    /// Its own number.
    pub own_number: Option<String>,
    /// The device's own number (IMEI; 3GPP TS 23.003, 6.2), 15 digits.
    pub imei: Option<String>,
    /// The version of its firmware, as its maker writes it.
    pub firmware: Option<String>,
    /// The SIM's own number (ICCID; ITU-T E.118), up to 20 digits; none while it is locked.
    pub iccid: Option<String>,
    /// The SIM's object.
    pub sim: Option<Id>,
}
