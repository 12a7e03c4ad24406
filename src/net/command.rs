//! What a person can ask of the network.

use super::snapshot::{Id, Metered, Uuid};
use super::{Security, Ssid};
use crate::secret::Secret;

/// One wish; the answer is in a later snapshot (an attempt, a failure, or the changed state).
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Look for networks now, with every Wi-Fi device.
    Scan,
    /// Connect to a Wi-Fi network for which there is no profile yet.
    Join(Join),
    /// Bring a saved profile up; `device` where it is to be a certain one (of two adapters).
    Activate {
        /// The profile.
        profile: Uuid,
        /// On this device.
        device: Option<Id>,
        /// To this access point.
        access_point: Option<Id>,
    },
    /// Bring a saved Wi-Fi profile up with a new secret, which replaces the old one only when it
    /// worked.
    Retry {
        /// The profile.
        profile: Uuid,
        /// What to try.
        credentials: Credentials,
    },
    /// Bring an active connection down.
    Deactivate {
        /// Which one.
        connection: Id,
    },
    /// Disconnect a device; it does not connect by itself any more until told.
    Disconnect {
        /// Which one.
        device: Id,
    },
    /// Stop what was started by `Join`, `Activate` or `Retry` and is not up yet.
    Abort {
        /// The attempt's number.
        attempt: u64,
    },
    /// Delete a profile and its secrets.
    Forget {
        /// Which one.
        profile: Uuid,
    },
    /// Change a profile.
    Change {
        /// Which one.
        profile: Uuid,
        /// What.
        change: Change,
    },
    /// Switch a radio.
    Radio {
        /// Which.
        radio: RadioSwitch,
        /// On or off.
        on: bool,
    },
    /// Make an access point of this machine.
    Hotspot {
        /// With this device; the first that can where there is none.
        device: Option<Id>,
        /// Its name.
        ssid: Ssid,
        /// Its password, 8..=63 characters; open without one.
        password: Option<Secret>,
    },
    /// Show a saved network as a QR code.
    Share {
        /// Which profile.
        profile: Uuid,
    },
    /// Put the QR code away.
    Unshare,
    /// Open a SIM with its PIN.
    Unlock {
        /// The modem that holds exactly this SIM.
        modem: Id,
        /// The PIN.
        pin: Secret,
        /// The person knows that a wrong one blocks the SIM, and wants it: without this the last
        /// try is never spent.
        last_try: bool,
    },
    /// Open a SIM with its PUK and give it a new PIN.
    Unblock {
        /// The modem that holds exactly this SIM.
        modem: Id,
        /// The PUK.
        puk: Secret,
        /// The new PIN.
        pin: Secret,
    },
    /// Make a profile for the mobile network, and connect with it.
    NewMobile(NewMobile),
    /// What NetworkManager asked for through the agent.
    Answer {
        /// The prompt's number.
        prompt: u64,
        /// The secrets by their settings' keys, like `psk`.
        secrets: Vec<(String, Secret)>,
    },
    /// The person does not answer; nothing that is saved is changed.
    Refuse {
        /// The prompt's number.
        prompt: u64,
    },
    /// Open the sign-in page of the network in the browser.
    SignIn,
    /// A failure or an ended attempt was read.
    Dismiss,
}

/// What is needed to join a Wi-Fi network for the first time.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// Its name.
    pub ssid: Ssid,
    /// How it is protected; by its strongest access point, or by the person for a hidden one.
    pub security: Security,
    /// Whether it does not tell its name and has to be called.
    pub hidden: bool,
    /// With this device; the one that hears it best where there is none.
    pub device: Option<Id>,
    /// To this access point.
    pub access_point: Option<Id>,
    /// What opens it.
    pub credentials: Credentials,
}

/// What opens a network.
#[derive(Debug, Clone, PartialEq)]
pub enum Credentials {
    /// Nothing.
    None,
    /// One password: WPA 8..=63 characters or 64 hexadecimal digits, SAE any, WEP 5, 13 or 10, 26.
    /// For a saved 802.1X profile its new password, where all else stays.
    Password(Secret),
    /// 802.1X.
    Enterprise(Enterprise),
}

/// 802.1X (NetworkManager's setting `802-1x`).
#[derive(Debug, Clone, PartialEq)]
pub struct Enterprise {
    /// How one proves who one is; without one as the saved profile has it, else PEAP.
    pub method: Option<Method>,
    /// The user name.
    pub identity: String,
    /// What is said in the clear before the tunnel stands.
    pub anonymous_identity: Option<String>,
    /// The password; for TLS that of the private key.
    pub password: Secret,
    /// File with the authority's certificate, that the network's server must have.
    pub ca_certificate: Option<std::path::PathBuf>,
    /// Use the system's authorities.
    pub system_authorities: bool,
    /// What the server's name must end in.
    pub domain: Option<String>,
    /// File with one's own certificate (TLS).
    pub certificate: Option<std::path::PathBuf>,
    /// File with its private key (TLS).
    pub private_key: Option<std::path::PathBuf>,
}

/// 802.1X methods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// PEAP with MSCHAPv2: what nearly every company and university has.
    #[default]
    Peap,
    /// TTLS with PAP.
    TtlsPap,
    /// TTLS with MSCHAPv2.
    TtlsMschapv2,
    /// A certificate of one's own.
    Tls,
}

/// A change of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Connect by itself.
    Autoconnect(bool),
    /// Which one is taken when several could, -999..=999.
    Priority(i32),
    /// Whether it costs.
    Metered(Metered),
    /// Never while roaming (mobile).
    HomeOnly(bool),
}

/// Which radio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RadioSwitch {
    /// Wi-Fi.
    Wifi,
    /// The mobile network.
    Wwan,
    /// All of them, Bluetooth too; `on` means that the radios are off.
    Airplane,
}

/// A profile for the mobile network.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMobile {
    /// With this device; any where there is none.
    pub device: Option<Id>,
    /// The profile's name.
    pub name: String,
    /// The access point name; empty lets the network choose.
    pub apn: String,
    /// The user, where the operator wants one.
    pub user: String,
    /// The password, where the operator wants one.
    pub password: Secret,
    /// Never while roaming.
    pub home_only: bool,
}
