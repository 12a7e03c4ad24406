//! Profiles, and the connections that are made of them.

use super::{Id, Uuid};
use crate::net::{Security, Ssid};

/// What kind of connection a profile makes (`connection.type`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ConnectionKind {
    /// `802-11-wireless`.
    Wifi,
    /// `802-3-ethernet`.
    Ethernet,
    /// `gsm` or `cdma`.
    Mobile,
    /// `vpn`.
    Vpn,
    /// `wireguard`.
    WireGuard,
    /// `bluetooth`.
    Bluetooth,
    /// `pppoe` or `adsl`.
    Pppoe,
    /// Bridges, bonds, VLANs, tunnels, …: part of how this machine is set up.
    Virtual(String),
    /// `loopback`.
    Loopback,
}

/// A saved way to connect (`Settings.Connection`).
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// For ever.
    pub uuid: Uuid,
    /// As long as NetworkManager runs.
    pub id: Id,
    /// The name that a person gave it; never to be taken for an identity.
    pub name: String,
    /// Its kind.
    pub kind: ConnectionKind,
    /// The interface it is bound to.
    pub interface: Option<String>,
    /// Its network's name (Wi-Fi).
    pub ssid: Option<Ssid>,
    /// How its network is protected (Wi-Fi).
    pub security: Option<Security>,
    /// Whether its network does not tell its name (Wi-Fi).
    pub hidden: bool,
    /// Whether it makes an access point of this machine (Wi-Fi, mode `ap`).
    pub hotspot: bool,
    /// Connect by itself.
    pub autoconnect: bool,
    /// Which one is taken when several could, the greatest first.
    pub priority: i32,
    /// Whether its traffic costs money.
    pub metered: Metered,
    /// The access point name (mobile).
    pub apn: Option<String>,
    /// Stay at home: never use it while roaming (mobile).
    pub home_only: bool,
    /// When it last worked, seconds since 1970; 0 for never.
    pub last_used_s: u64,
    /// Whether it is on disk; one in memory only is gone with the next start.
    pub saved: bool,
}

/// `connection.metered`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Metered {
    /// NetworkManager guesses.
    #[default]
    Automatic,
    /// It costs.
    Yes,
    /// It does not.
    No,
}

/// What an active connection does (`NMActiveConnectionState`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActiveState {
    /// Not known.
    #[default]
    Unknown,
    /// On its way up.
    Activating,
    /// Up.
    Activated,
    /// On its way down.
    Deactivating,
    /// Down.
    Deactivated,
}

/// A connection that is up or on its way (`Connection.Active`).
#[derive(Debug, Clone, PartialEq)]
pub struct ActiveConnection {
    /// Which one.
    pub id: Id,
    /// Its profile.
    pub uuid: Uuid,
    /// The profile's object.
    pub profile: Option<Id>,
    /// The profile's name.
    pub name: String,
    /// Its kind.
    pub kind: ConnectionKind,
    /// What it does.
    pub state: ActiveState,
    /// The devices it is on.
    pub devices: Vec<Id>,
    /// Whether it is a VPN beside another link.
    pub vpn: bool,
    /// A VPN's own words for what it does (`NMVpnConnectionState`), 0 for none.
    pub vpn_state: u32,
    /// Whether the IPv4 internet is reached by it.
    pub default4: bool,
    /// Whether the IPv6 internet is reached by it.
    pub default6: bool,
    /// The access point (Wi-Fi).
    pub access_point: Option<Id>,
    /// Its addresses, once it has some.
    pub addresses: Addresses,
}

/// What a connection got from the network.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Addresses {
    /// IPv4 addresses as `192.0.2.7/24`.
    pub v4: Vec<String>,
    /// IPv6 addresses as `2001:db8::7/64`.
    pub v6: Vec<String>,
    /// The gateways.
    pub gateways: Vec<String>,
    /// The name servers.
    pub dns: Vec<String>,
    /// The search domains.
    pub domains: Vec<String>,
    /// The DHCP server, where there was one.
    pub dhcp_server: Option<String>,
    /// When the DHCP lease ends, seconds since 1970.
    pub lease_until_s: Option<i64>,
}

impl ActiveConnection {
    /// Whether it is a VPN of any kind, which runs over another link.
    #[must_use]
    pub fn is_tunnel(&self) -> bool {
        self.vpn || matches!(self.kind, ConnectionKind::Vpn | ConnectionKind::WireGuard)
    }
}

impl ConnectionKind {
    /// Whether it is a cable.
    #[must_use]
    pub fn is_cable(&self) -> bool {
        matches!(self, Self::Ethernet | Self::Pppoe)
    }

    /// By the setting's name (`connection.type`).
    #[must_use]
    pub fn from_setting(name: &str) -> Self {
        match name {
            "802-11-wireless" => Self::Wifi,
            "802-3-ethernet" => Self::Ethernet,
            "gsm" | "cdma" => Self::Mobile,
            "vpn" => Self::Vpn,
            "wireguard" => Self::WireGuard,
            "bluetooth" => Self::Bluetooth,
            "pppoe" | "adsl" => Self::Pppoe,
            "loopback" => Self::Loopback,
            other => Self::Virtual(other.to_owned()),
        }
    }
}
