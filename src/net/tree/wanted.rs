//! Which interfaces and properties anybody reads. All others are skipped while a message is
//! taken in, so a mirror of hundreds of objects stays small.

/// NetworkManager's name on the bus, and its main interface.
pub const NM: &str = "org.freedesktop.NetworkManager";
/// Every device.
pub const DEVICE: &str = "org.freedesktop.NetworkManager.Device";
/// A device with a cable.
pub const WIRED: &str = "org.freedesktop.NetworkManager.Device.Wired";
/// A Wi-Fi device.
pub const WIRELESS: &str = "org.freedesktop.NetworkManager.Device.Wireless";
/// An access point.
pub const ACCESS_POINT: &str = "org.freedesktop.NetworkManager.AccessPoint";
/// An active connection.
pub const ACTIVE: &str = "org.freedesktop.NetworkManager.Connection.Active";
/// An active connection that a VPN plugin makes.
pub const VPN: &str = "org.freedesktop.NetworkManager.VPN.Connection";
/// A profile.
pub const PROFILE: &str = "org.freedesktop.NetworkManager.Settings.Connection";
/// IPv4 addresses of a device or connection.
pub const IP4: &str = "org.freedesktop.NetworkManager.IP4Config";
/// IPv6 addresses of a device or connection.
pub const IP6: &str = "org.freedesktop.NetworkManager.IP6Config";
/// What the DHCP server said.
pub const DHCP4: &str = "org.freedesktop.NetworkManager.DHCP4Config";
/// What the DHCPv6 server said.
pub const DHCP6: &str = "org.freedesktop.NetworkManager.DHCP6Config";

/// ModemManager's name on the bus.
pub const MM: &str = "org.freedesktop.ModemManager1";
/// A modem.
pub const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
/// What a modem says of its 3GPP network.
pub const MODEM_3GPP: &str = "org.freedesktop.ModemManager1.Modem.Modem3gpp";
/// A SIM.
pub const SIM: &str = "org.freedesktop.ModemManager1.Sim";

/// The settings of a profile (`GetSettings`), which stand in the tree like interfaces.
pub const CONNECTION: &str = "connection";
/// The Wi-Fi setting.
pub const WIFI: &str = "802-11-wireless";
/// The Wi-Fi protection setting.
pub const WIFI_SECURITY: &str = "802-11-wireless-security";
/// The mobile network setting.
pub const GSM: &str = "gsm";

/// An interface and its properties that are read.
pub type Wanted = (&'static str, &'static [&'static str]);

const TABLE: &[Wanted] = &[
    (
        ACCESS_POINT,
        &[
            "Ssid",
            "Strength",
            "HwAddress",
            "Frequency",
            "Flags",
            "WpaFlags",
            "RsnFlags",
            "MaxBitrate",
            "LastSeen",
        ],
    ),
    (PROFILE, &["Unsaved", "Flags"]),
    (
        DEVICE,
        &[
            "Interface",
            "IpInterface",
            "DeviceType",
            "State",
            "StateReason",
            "Autoconnect",
            "ActiveConnection",
            "HwAddress",
            "Driver",
            "Udi",
            "Metered",
            "Managed",
            "Real",
        ],
    ),
    (WIRED, &["Carrier", "Speed", "HwAddress"]),
    (
        WIRELESS,
        &[
            "AccessPoints",
            "ActiveAccessPoint",
            "LastScan",
            "WirelessCapabilities",
            "Bitrate",
            "HwAddress",
        ],
    ),
    (
        ACTIVE,
        &[
            "Connection",
            "SpecificObject",
            "Id",
            "Uuid",
            "Type",
            "Devices",
            "State",
            "Default",
            "Default6",
            "Vpn",
            "Ip4Config",
            "Ip6Config",
            "Dhcp4Config",
            "Dhcp6Config",
        ],
    ),
    (VPN, &["VpnState"]),
    (
        IP4,
        &[
            "AddressData",
            "Gateway",
            "NameserverData",
            "Nameservers",
            "Domains",
            "Searches",
        ],
    ),
    (
        IP6,
        &[
            "AddressData",
            "Gateway",
            "NameserverData",
            "Nameservers",
            "Domains",
            "Searches",
        ],
    ),
    (DHCP4, &["Options"]),
    (DHCP6, &["Options"]),
    (
        NM,
        &[
            "Version",
            "State",
            "Connectivity",
            "ConnectivityCheckUri",
            "PrimaryConnection",
            "ActivatingConnection",
            "WirelessEnabled",
            "WirelessHardwareEnabled",
            "WwanEnabled",
            "WwanHardwareEnabled",
            "RadioFlags",
        ],
    ),
    (
        MODEM,
        &[
            "Manufacturer",
            "Model",
            "State",
            "StateFailedReason",
            "UnlockRequired",
            "UnlockRetries",
            "AccessTechnologies",
            "SignalQuality",
            "OwnNumbers",
            "EquipmentIdentifier",
            "Revision",
            "Sim",
        ],
    ),
    (
        MODEM_3GPP,
        &["OperatorName", "OperatorCode", "RegistrationState"],
    ),
    (SIM, &["OperatorIdentifier", "Imsi", "SimIdentifier"]),
    (
        CONNECTION,
        &[
            "id",
            "uuid",
            "type",
            "interface-name",
            "autoconnect",
            "autoconnect-priority",
            "metered",
            "timestamp",
        ],
    ),
    (WIFI, &["ssid", "hidden", "mode"]),
    (WIFI_SECURITY, &["key-mgmt"]),
    (GSM, &["apn", "home-only"]),
];

/// The entry of an interface; `None` for one that nobody reads.
pub(super) fn interface(name: &str) -> Option<&'static Wanted> {
    TABLE.iter().find(|(wanted, _)| *wanted == name)
}

#[cfg(test)]
pub(super) fn at(index: usize) -> Option<Wanted> {
    TABLE.get(index).copied()
}

#[cfg(test)]
pub(super) fn count() -> usize {
    TABLE.len()
}
