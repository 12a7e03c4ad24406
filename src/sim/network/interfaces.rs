//! The names of the interfaces, and their methods and signals as an introspection tells them
//! (NetworkManager 1.42, ModemManager 1.20).

pub const NM: &str = "org.freedesktop.NetworkManager";
pub const DEVICE: &str = "org.freedesktop.NetworkManager.Device";
pub const STATISTICS: &str = "org.freedesktop.NetworkManager.Device.Statistics";
pub const WIRED: &str = "org.freedesktop.NetworkManager.Device.Wired";
pub const WIRELESS: &str = "org.freedesktop.NetworkManager.Device.Wireless";
pub const MODEM_DEVICE: &str = "org.freedesktop.NetworkManager.Device.Modem";
pub const WIREGUARD: &str = "org.freedesktop.NetworkManager.Device.WireGuard";
pub const BLUETOOTH: &str = "org.freedesktop.NetworkManager.Device.Bluetooth";
pub const BRIDGE: &str = "org.freedesktop.NetworkManager.Device.Bridge";
pub const VETH: &str = "org.freedesktop.NetworkManager.Device.Veth";
pub const TUN: &str = "org.freedesktop.NetworkManager.Device.Tun";
pub const LOOPBACK: &str = "org.freedesktop.NetworkManager.Device.Loopback";
pub const WIFI_P2P: &str = "org.freedesktop.NetworkManager.Device.WifiP2P";
pub const ACCESS_POINT: &str = "org.freedesktop.NetworkManager.AccessPoint";
pub const ACTIVE: &str = "org.freedesktop.NetworkManager.Connection.Active";
pub const VPN: &str = "org.freedesktop.NetworkManager.VPN.Connection";
pub const SETTINGS: &str = "org.freedesktop.NetworkManager.Settings";
pub const CONNECTION: &str = "org.freedesktop.NetworkManager.Settings.Connection";
pub const AGENT_MANAGER: &str = "org.freedesktop.NetworkManager.AgentManager";
pub const SECRET_AGENT: &str = "org.freedesktop.NetworkManager.SecretAgent";
pub const DNS_MANAGER: &str = "org.freedesktop.NetworkManager.DnsManager";
pub const IP4: &str = "org.freedesktop.NetworkManager.IP4Config";
pub const IP6: &str = "org.freedesktop.NetworkManager.IP6Config";
pub const DHCP4: &str = "org.freedesktop.NetworkManager.DHCP4Config";
pub const MM: &str = "org.freedesktop.ModemManager1";
pub const MODEM: &str = "org.freedesktop.ModemManager1.Modem";
pub const MODEM_3GPP: &str = "org.freedesktop.ModemManager1.Modem.Modem3gpp";
pub const LOCATION: &str = "org.freedesktop.ModemManager1.Modem.Location";
pub const SIM: &str = "org.freedesktop.ModemManager1.Sim";

pub const NM_PATH: &str = "/org/freedesktop/NetworkManager";
pub const SETTINGS_PATH: &str = "/org/freedesktop/NetworkManager/Settings";
pub const AGENTS_PATH: &str = "/org/freedesktop/NetworkManager/AgentManager";
pub const DNS_PATH: &str = "/org/freedesktop/NetworkManager/DnsManager";
pub const AGENT_PATH: &str = "/org/freedesktop/NetworkManager/SecretAgent";
pub const MM_PATH: &str = "/org/freedesktop/ModemManager1";

/// Interface, method, the types of what goes in and of what comes out.
pub const METHODS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "org.freedesktop.DBus.Properties",
        "Get",
        &["s", "s"],
        &["v"],
    ),
    (
        "org.freedesktop.DBus.Properties",
        "GetAll",
        &["s"],
        &["a{sv}"],
    ),
    (
        "org.freedesktop.DBus.Properties",
        "Set",
        &["s", "s", "v"],
        &[],
    ),
    (
        "org.freedesktop.DBus.Introspectable",
        "Introspect",
        &[],
        &["s"],
    ),
    ("org.freedesktop.DBus.Peer", "Ping", &[], &[]),
    ("org.freedesktop.DBus.Peer", "GetMachineId", &[], &["s"]),
    (
        "org.freedesktop.DBus.ObjectManager",
        "GetManagedObjects",
        &[],
        &["a{oa{sa{sv}}}"],
    ),
    (NM, "Reload", &["u"], &[]),
    (NM, "GetDevices", &[], &["ao"]),
    (NM, "GetAllDevices", &[], &["ao"]),
    (NM, "GetDeviceByIpIface", &["s"], &["o"]),
    (NM, "ActivateConnection", &["o", "o", "o"], &["o"]),
    (
        NM,
        "AddAndActivateConnection",
        &["a{sa{sv}}", "o", "o"],
        &["o", "o"],
    ),
    (
        NM,
        "AddAndActivateConnection2",
        &["a{sa{sv}}", "o", "o", "a{sv}"],
        &["o", "o", "a{sv}"],
    ),
    (NM, "DeactivateConnection", &["o"], &[]),
    (NM, "Sleep", &["b"], &[]),
    (NM, "Enable", &["b"], &[]),
    (NM, "GetPermissions", &[], &["a{ss}"]),
    (NM, "GetLogging", &[], &["s", "s"]),
    (NM, "CheckConnectivity", &[], &["u"]),
    (NM, "state", &[], &["u"]),
    (DEVICE, "GetAppliedConnection", &["u"], &["a{sa{sv}}", "t"]),
    (DEVICE, "Disconnect", &[], &[]),
    (DEVICE, "Delete", &[], &[]),
    (WIRELESS, "GetAccessPoints", &[], &["ao"]),
    (WIRELESS, "GetAllAccessPoints", &[], &["ao"]),
    (WIRELESS, "RequestScan", &["a{sv}"], &[]),
    (SETTINGS, "ListConnections", &[], &["ao"]),
    (SETTINGS, "GetConnectionByUuid", &["s"], &["o"]),
    (SETTINGS, "AddConnection", &["a{sa{sv}}"], &["o"]),
    (SETTINGS, "AddConnectionUnsaved", &["a{sa{sv}}"], &["o"]),
    (
        SETTINGS,
        "AddConnection2",
        &["a{sa{sv}}", "u", "a{sv}"],
        &["o", "a{sv}"],
    ),
    (SETTINGS, "ReloadConnections", &[], &["b"]),
    (CONNECTION, "Update", &["a{sa{sv}}"], &[]),
    (CONNECTION, "UpdateUnsaved", &["a{sa{sv}}"], &[]),
    (
        CONNECTION,
        "Update2",
        &["a{sa{sv}}", "u", "a{sv}"],
        &["a{sv}"],
    ),
    (CONNECTION, "Delete", &[], &[]),
    (CONNECTION, "GetSettings", &[], &["a{sa{sv}}"]),
    (CONNECTION, "GetSecrets", &["s"], &["a{sa{sv}}"]),
    (CONNECTION, "ClearSecrets", &[], &[]),
    (CONNECTION, "Save", &[], &[]),
    (AGENT_MANAGER, "Register", &["s"], &[]),
    (AGENT_MANAGER, "RegisterWithCapabilities", &["s", "u"], &[]),
    (AGENT_MANAGER, "Unregister", &[], &[]),
    (MM, "ScanDevices", &[], &[]),
    (MODEM, "Enable", &["b"], &[]),
    (MODEM, "SetPowerState", &["u"], &[]),
    (MODEM_3GPP, "Register", &["s"], &[]),
    (LOCATION, "Setup", &["u", "b"], &[]),
    (LOCATION, "GetLocation", &[], &["a{uv}"]),
    (SIM, "SendPin", &["s"], &[]),
    (SIM, "SendPuk", &["s", "s"], &[]),
    (SIM, "EnablePin", &["s", "b"], &[]),
    (SIM, "ChangePin", &["s", "s"], &[]),
];

/// Interface, signal, the types of its arguments.
pub const SIGNALS: &[(&str, &str, &[&str])] = &[
    (
        "org.freedesktop.DBus.Properties",
        "PropertiesChanged",
        &["s", "a{sv}", "as"],
    ),
    (
        "org.freedesktop.DBus.ObjectManager",
        "InterfacesAdded",
        &["o", "a{sa{sv}}"],
    ),
    (
        "org.freedesktop.DBus.ObjectManager",
        "InterfacesRemoved",
        &["o", "as"],
    ),
    (NM, "CheckPermissions", &[]),
    (NM, "StateChanged", &["u"]),
    (NM, "DeviceAdded", &["o"]),
    (NM, "DeviceRemoved", &["o"]),
    (DEVICE, "StateChanged", &["u", "u", "u"]),
    (WIRELESS, "AccessPointAdded", &["o"]),
    (WIRELESS, "AccessPointRemoved", &["o"]),
    (ACTIVE, "StateChanged", &["u", "u"]),
    (VPN, "VpnStateChanged", &["u", "u"]),
    (SETTINGS, "NewConnection", &["o"]),
    (SETTINGS, "ConnectionRemoved", &["o"]),
    (CONNECTION, "Updated", &[]),
    (CONNECTION, "Removed", &[]),
    (MODEM, "StateChanged", &["i", "i", "u"]),
];

/// Properties that may be set.
pub const WRITABLE: &[(&str, &str)] = &[
    (NM, "WirelessEnabled"),
    (NM, "WwanEnabled"),
    (NM, "ConnectivityCheckEnabled"),
    (DEVICE, "Managed"),
    (DEVICE, "Autoconnect"),
    (STATISTICS, "RefreshRateMs"),
];
