//! The states of the network topic in one word each, for other programs: lower case, and never
//! to be changed, since scripts compare them.

use super::Security;
use super::attempt::Why;
use super::snapshot::{
    ActiveState, ConnectionKind, Connectivity, DeviceKind, DeviceState, Metered, ModemState,
    Service, SimLock, State,
};

/// The service, and what NetworkManager says of everything together.
#[must_use]
pub fn state(service: &Service, state: State) -> &'static str {
    match (service, state) {
        (Service::Starting, _) => "starting",
        (Service::NotRunning, _) => "not-running",
        (Service::NoBus(_), _) => "no-bus",
        (Service::Stalled(_), _) => "stalled",
        (Service::Running, State::Unknown) => "unknown",
        (Service::Running, State::Asleep) => "asleep",
        (Service::Running, State::Disconnected) => "disconnected",
        (Service::Running, State::Disconnecting) => "disconnecting",
        (Service::Running, State::Connecting) => "connecting",
        (Service::Running, State::Local) => "local",
        (Service::Running, State::Site) => "site",
        (Service::Running, State::Global) => "global",
    }
}

/// What is known of the internet.
#[must_use]
pub fn connectivity(connectivity: Connectivity) -> &'static str {
    match connectivity {
        Connectivity::Unknown => "unknown",
        Connectivity::None => "none",
        Connectivity::Portal => "portal",
        Connectivity::Limited => "limited",
        Connectivity::Full => "full",
    }
}

/// A device's kind.
#[must_use]
pub fn device_kind(kind: DeviceKind) -> &'static str {
    match kind {
        DeviceKind::Ethernet => "ethernet",
        DeviceKind::Wifi => "wifi",
        DeviceKind::Modem => "modem",
        DeviceKind::Bluetooth => "bluetooth",
        DeviceKind::WireGuard => "wireguard",
        DeviceKind::Tunnel => "tunnel",
        DeviceKind::Bridge => "bridge",
        DeviceKind::Veth => "veth",
        DeviceKind::Virtual => "virtual",
        DeviceKind::Loopback => "loopback",
        DeviceKind::WifiP2p => "wifi-p2p",
        DeviceKind::Other => "other",
    }
}

/// A device's state, as in `NMDeviceState`.
#[must_use]
pub fn device_state(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Unknown => "unknown",
        DeviceState::Unmanaged => "unmanaged",
        DeviceState::Unavailable => "unavailable",
        DeviceState::Disconnected => "disconnected",
        DeviceState::Prepare => "prepare",
        DeviceState::Config => "config",
        DeviceState::NeedAuth => "need-auth",
        DeviceState::IpConfig => "ip-config",
        DeviceState::IpCheck => "ip-check",
        DeviceState::Secondaries => "secondaries",
        DeviceState::Activated => "activated",
        DeviceState::Deactivating => "deactivating",
        DeviceState::Failed => "failed",
    }
}

/// A connection's kind; for the kinds that are part of how a machine is set up, the name of
/// NetworkManager's setting, like `bridge`.
#[must_use]
pub fn connection_kind(kind: &ConnectionKind) -> &str {
    match kind {
        ConnectionKind::Wifi => "wifi",
        ConnectionKind::Ethernet => "ethernet",
        ConnectionKind::Mobile => "mobile",
        ConnectionKind::Vpn => "vpn",
        ConnectionKind::WireGuard => "wireguard",
        ConnectionKind::Bluetooth => "bluetooth",
        ConnectionKind::Pppoe => "pppoe",
        ConnectionKind::Virtual(name) => name,
        ConnectionKind::Loopback => "loopback",
    }
}

/// What a connection does.
#[must_use]
pub fn active_state(state: ActiveState) -> &'static str {
    match state {
        ActiveState::Unknown => "unknown",
        ActiveState::Activating => "activating",
        ActiveState::Activated => "activated",
        ActiveState::Deactivating => "deactivating",
        ActiveState::Deactivated => "deactivated",
    }
}

/// How a network is protected.
#[must_use]
pub fn security(security: Security) -> &'static str {
    match security {
        Security::Open => "open",
        Security::Wep => "wep",
        Security::Owe => "owe",
        Security::Wpa => "wpa2",
        Security::WpaTransition => "wpa2-wpa3",
        Security::Sae => "wpa3",
        Security::Enterprise => "enterprise",
    }
}

/// Whether a profile's traffic costs.
#[must_use]
pub fn metered(metered: Metered) -> &'static str {
    match metered {
        Metered::Automatic => "automatic",
        Metered::Yes => "yes",
        Metered::No => "no",
    }
}

/// What a modem does.
#[must_use]
pub fn modem_state(state: ModemState) -> &'static str {
    match state {
        ModemState::Unknown => "unknown",
        ModemState::Failed { sim_missing: true } => "no-sim",
        ModemState::Failed { sim_missing: false } => "failed",
        ModemState::Locked => "locked",
        ModemState::Disabled => "disabled",
        ModemState::Searching => "searching",
        ModemState::Denied => "denied",
        ModemState::Registered => "registered",
        ModemState::Connecting => "connecting",
        ModemState::Connected => "connected",
    }
}

/// What a SIM wants.
#[must_use]
pub fn sim_lock(lock: SimLock) -> &'static str {
    match lock {
        SimLock::Pin => "pin",
        SimLock::Puk => "puk",
        SimLock::Other(_) => "other",
    }
}

/// Why an attempt failed, in the few words that fit on a bar.
#[must_use]
pub fn why(why: Why) -> &'static str {
    match why {
        Why::WrongPassword => "wrong password",
        Why::ProbablyWrongPassword => "wrong password?",
        Why::PasswordWanted => "password wanted",
        Why::OutOfRange => "out of range",
        Why::NoAnswer => "no answer",
        Why::NoAddress => "no address",
        Why::SimPin => "SIM PIN",
        Why::SimPuk => "SIM PUK",
        Why::WrongPin => "wrong PIN",
        Why::NoSim => "no SIM",
        Why::NoMobileNetwork => "no mobile network",
        Why::WrongApn => "wrong APN",
        Why::Forbidden => "not allowed",
        Why::Stopped => "stopped",
        Why::Other => "failed",
    }
}
