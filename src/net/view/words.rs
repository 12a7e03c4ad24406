//! The network's facts as people say them.

use jiff::Timestamp;

use crate::net::Security;
use crate::net::snapshot::{
    ActiveConnection, Bytes, ConnectionKind, DeviceState, Modem, ModemState, Permission,
    Permissions, Rates, SimLock,
};

/// What a connection on its way is doing.
pub fn stage(state: DeviceState) -> &'static str {
    match state {
        DeviceState::Config => "Connecting",
        DeviceState::NeedAuth => "Checking password",
        DeviceState::IpConfig => "Getting address",
        DeviceState::IpCheck => "Testing internet",
        DeviceState::Secondaries => "Starting its VPN",
        DeviceState::Deactivating => "Disconnecting",
        _ => "Starting",
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
        secs => format!("{}, {secs} s", stage(state)),
    }
}

/// Megabits a second, in the unit that has few digits.
pub fn speed(mbps: u32) -> String {
    match mbps {
        1_000.. if mbps.is_multiple_of(1_000) => format!("{} Gbit/s", mbps / 1_000),
        1_000.. => format!("{:.1} Gbit/s", f64::from(mbps) / 1_000.0),
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
        format!("{value:.1} {unit}")
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
    format!("{} received, {} sent", size(bytes.rx), size(bytes.tx))
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
        Some(channel) => format!("{mhz} MHz (channel {channel})"),
        None => format!("{mhz} MHz"),
    }
}

/// What it takes to get in, said in full.
pub fn security(security: Security) -> &'static str {
    match security {
        Security::Open => "None: others can read along",
        Security::Wep => "WEP, which keeps nobody out",
        Security::Owe => "Encrypted, no password (enhanced open)",
        Security::Wpa => "WPA2 password",
        Security::WpaTransition => "WPA2 and WPA3 password",
        Security::Sae => "WPA3 password",
        Security::Enterprise => "Enterprise: user name or certificate (802.1X)",
    }
}

/// What kind of connection it is.
pub fn kind(kind: &ConnectionKind) -> &str {
    match kind {
        ConnectionKind::Wifi => "Wi-Fi",
        ConnectionKind::Ethernet => "Ethernet",
        ConnectionKind::Mobile => "Mobile network",
        ConnectionKind::Vpn => "VPN",
        ConnectionKind::WireGuard => "WireGuard",
        ConnectionKind::Bluetooth => "Bluetooth",
        ConnectionKind::Pppoe => "DSL",
        ConnectionKind::Loopback => "Loopback",
        ConnectionKind::Virtual(name) => name,
    }
}

/// What a modem does or lacks.
pub fn modem(modem: &Modem) -> &'static str {
    match (modem.lock, modem.state) {
        (Some(SimLock::Pin), _) => "SIM locked",
        (Some(SimLock::Puk), _) => "SIM blocked",
        (Some(SimLock::Other(_)), _) | (_, ModemState::Locked) => "Locked",
        (_, ModemState::Failed { sim_missing: true }) => "No SIM",
        (_, ModemState::Failed { .. }) => "Does not work",
        (_, ModemState::Unknown) => "Starting…",
        (_, ModemState::Disabled) => "Off",
        (_, ModemState::Searching) => "Searching…",
        (_, ModemState::Denied) => "Not allowed in",
        (_, ModemState::Registered) => "Ready",
        (_, ModemState::Connecting) => "Connecting…",
        (_, ModemState::Connected) => "Connected",
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
    denied.then(|| format!("You lack the permission '{name}'"))
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
