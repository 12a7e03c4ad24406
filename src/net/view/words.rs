//! The network's facts as people say them.

use jiff::Timestamp;

use crate::bar::clean;
use crate::catalogue::{self, decimal};
use crate::net::Security;
use crate::net::network::Bands;
use crate::net::secrets::Field;
use crate::net::snapshot::{
    ActiveConnection, Bytes, ConnectionKind, DeviceState, Modem, ModemState, Permission,
    Permissions, Rates, SimLock,
};
use crate::say;

/// What a connection on its way is doing.
pub fn stage(state: DeviceState) -> String {
    match state {
        DeviceState::Config => say!("net-connecting"),
        DeviceState::NeedAuth => say!("net-stage-password"),
        DeviceState::IpConfig => say!("net-stage-address"),
        DeviceState::IpCheck => say!("net-stage-internet"),
        DeviceState::Secondaries => say!("net-stage-vpn"),
        DeviceState::Deactivating => say!("net-stage-leaving"),
        _ => say!("net-stage-starting"),
    }
}

/// Seconds between two times, never negative.
pub fn secs_since(since: Timestamp, now: Timestamp) -> i64 {
    (now.as_second() - since.as_second()).max(0)
}

/// `Getting address, 3 s`; the time only once there is any.
pub fn going(state: DeviceState, secs: i64) -> String {
    match secs {
        ..=0 => format!("{}…", stage(state)),
        secs => say!("net-going-since", stage = stage(state), secs = secs),
    }
}

/// Megabits a second, in the unit that has few digits.
pub fn speed(mbps: u32) -> String {
    match mbps {
        1_000.. if mbps.is_multiple_of(1_000) => format!("{} Gbit/s", mbps / 1_000),
        1_000.. => format!("{} Gbit/s", decimal(f64::from(mbps) / 1_000.0, 1)),
        _ => format!("{mbps} Mbit/s"),
    }
}

/// `1.2 MB`, in powers of ten as disks and contracts count.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1_000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1_000.0;
    let mut unit = "kB";
    for next in UNITS {
        unit = next;
        if value < 999.5 {
            break;
        }
        value /= 1_000.0;
    }
    if value < 9.95 {
        format!("{} {unit}", decimal(value, 1))
    } else {
        format!("{value:.0} {unit}")
    }
}

/// `↓ 1.2 MB/s  ↑ 30 kB/s`.
pub fn rates(rates: Rates) -> String {
    format!("↓ {}/s  ↑ {}/s", size(rates.rx), size(rates.tx))
}

/// `120 MB received, 8.1 MB sent`.
pub fn traffic(bytes: Bytes) -> String {
    say!(
        "net-traffic",
        received = size(bytes.rx),
        sent = size(bytes.tx)
    )
}

/// The Wi-Fi channel of a frequency in MHz (IEEE 802.11, annex E).
pub fn channel(mhz: u32) -> Option<u32> {
    match mhz {
        2_484 => Some(14),
        2_412..=2_472 => Some((mhz - 2_407) / 5),
        5_955..=7_115 => Some((mhz - 5_950) / 5),
        5_005..=5_895 => Some((mhz - 5_000) / 5),
        _ => None,
    }
}

/// `5180 MHz (channel 36)`.
pub fn frequency(mhz: u32) -> String {
    match channel(mhz) {
        // As text: nobody writes a frequency with a thousands mark.
        Some(channel) => say!("net-frequency", mhz = mhz.to_string(), channel = channel),
        None => format!("{mhz} MHz"),
    }
}

/// Like `5 GHz` or `2.4/5 GHz`; empty where none is known.
pub fn bands(bands: Bands) -> String {
    let all = [(bands.two, 2.4), (bands.five, 5.0), (bands.six, 6.0)];
    let names = all.into_iter().filter(|(on, _)| *on);
    let names: Vec<String> = names
        .map(|(_, ghz): (bool, f64)| decimal(ghz, usize::from(ghz.fract() != 0.0)))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    format!("{} GHz", names.join("/"))
}

/// The word for a protection.
pub fn security_word(security: Security) -> String {
    match security {
        Security::Open => say!("net-word-open"),
        Security::Wep => say!("net-word-wep"),
        Security::Owe => say!("net-word-owe"),
        Security::Enterprise => say!("net-word-enterprise"),
        // The names of standards.
        Security::Wpa | Security::WpaTransition | Security::Sae => security.words().to_owned(),
    }
}

/// What it takes to get in, said in full.
pub fn security(security: Security) -> String {
    match security {
        Security::Open => say!("net-full-open"),
        Security::Wep => say!("net-full-wep"),
        Security::Owe => say!("net-full-owe"),
        Security::Wpa => say!("net-full-wpa"),
        Security::WpaTransition => say!("net-full-transition"),
        Security::Sae => say!("net-full-sae"),
        Security::Enterprise => say!("net-full-enterprise"),
    }
}

/// What kind of connection it is.
pub fn kind(kind: &ConnectionKind) -> String {
    match kind {
        ConnectionKind::Wifi => say!("net-wifi"),
        ConnectionKind::Ethernet => "Ethernet".to_owned(),
        ConnectionKind::Mobile => say!("net-mobile-network"),
        ConnectionKind::Vpn => "VPN".to_owned(),
        ConnectionKind::WireGuard => "WireGuard".to_owned(),
        ConnectionKind::Bluetooth => "Bluetooth".to_owned(),
        ConnectionKind::Pppoe => "DSL".to_owned(),
        ConnectionKind::Loopback => say!("net-kind-loopback"),
        ConnectionKind::Virtual(name) => name.to_string(),
    }
}

/// What a modem does or lacks.
pub fn modem(modem: &Modem) -> String {
    match (modem.lock, modem.state) {
        (Some(SimLock::Pin), _) => say!("net-modem-sim-locked"),
        (Some(SimLock::Puk), _) => say!("net-modem-sim-blocked"),
        (Some(SimLock::Other(_)), _) | (_, ModemState::Locked) => say!("net-modem-locked"),
        (_, ModemState::Failed { sim_missing: true }) => say!("net-modem-no-sim"),
        (_, ModemState::Failed { .. }) => say!("net-modem-failed"),
        (_, ModemState::Unknown) => say!("net-modem-starting"),
        (_, ModemState::Disabled) => say!("net-modem-off"),
        (_, ModemState::Searching) => say!("net-modem-searching"),
        (_, ModemState::Denied) => say!("net-modem-denied"),
        (_, ModemState::Registered) => say!("net-modem-ready"),
        (_, ModemState::Connecting) => say!("net-modem-connecting"),
        (_, ModemState::Connected) => say!("net-modem-connected"),
    }
}

/// A sentence of what talks to NetworkManager, which says it in English.
pub fn told(sentence: &str) -> String {
    catalogue::told("net", sentence)
}

/// What a secret is called: by its key where that is known, since the question may come from a
/// program that speaks another language; else in the asker's words.
pub fn field(field: &Field) -> String {
    match field.key.as_str() {
        "psk" | "password" | "leap-password" | "Xauth password" => say!("net-password"),
        "identity" | "username" | "user" => say!("net-user-name"),
        "wep-key0" | "wep-key1" | "wep-key2" | "wep-key3" => say!("net-ask-wep-key"),
        "private-key-password" | "cert-pass" | "certpass" => say!("net-ask-key-password"),
        "phase2-private-key-password" => say!("net-ask-inner-key-password"),
        "private-key" => say!("net-ask-private-key"),
        "IPSec secret" => say!("net-ask-group-password"),
        "http-proxy-password" | "proxy-password" | "proxy_password" => {
            say!("net-ask-proxy-password")
        }
        "preshared-key" | "mka-cak" => say!("net-ask-shared-key"),
        key if key.starts_with("peers.") && key.ends_with(".preshared-key") => {
            say!("net-ask-shared-key")
        }
        _ => clean(&field.label),
    }
}

/// The first address of a connection, without its prefix length.
pub fn address(active: &ActiveConnection) -> Option<&str> {
    let addresses = &active.addresses;
    let first = addresses.v4.first().or(addresses.v6.first())?;
    Some(first.split('/').next().unwrap_or(first))
}

/// Why something cannot be done, where a permission is missing (NetworkManager's polkit actions).
pub fn forbidden(
    permissions: Option<&Permissions>,
    which: impl Fn(&Permissions) -> Permission,
    name: &str,
) -> Option<String> {
    let denied = permissions.is_some_and(|all| which(all) == Permission::No);
    denied.then(|| say!("net-lacks-permission", permission = name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_few_digits_and_a_unit() {
        let told = [0, 999, 1_200, 12_000, 999_600, 1_230_000_000].map(size);
        assert_eq!(
            told,
            ["0 B", "999 B", "1.2 kB", "12 kB", "1.0 MB", "1.2 GB"]
        );
        assert_eq!(speed(54), "54 Mbit/s");
        assert_eq!(speed(1_000), "1 Gbit/s");
        assert_eq!(speed(2_500), "2.5 Gbit/s");
    }

    #[test]
    fn a_frequency_is_told_with_its_channel() {
        assert_eq!(frequency(2_412), "2412 MHz (channel 1)");
        assert_eq!(frequency(5_180), "5180 MHz (channel 36)");
        assert_eq!(frequency(5_955), "5955 MHz (channel 1)");
        assert_eq!(frequency(60_480), "60480 MHz");
    }

    #[test]
    fn time_shows_only_once_there_is_some() {
        assert_eq!(going(DeviceState::Config, 0), "Connecting…");
        assert_eq!(going(DeviceState::IpConfig, 3), "Getting address, 3 s");
    }
}
