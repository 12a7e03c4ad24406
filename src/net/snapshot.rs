//! The state of the network, whole: what the line and the popup are drawn from.
//!
//! Plain data, told by NetworkManager and ModemManager and put into the field's words. It knows
//! neither a bus nor a window, and nothing in it was ever decided here.

use std::fmt;
use std::sync::Arc;

use super::attempt::Attempt;
use super::secrets::Prompt;
use super::{Security, Ssid};

mod connection;
mod modem;

pub use connection::{ActiveConnection, ActiveState, Addresses, ConnectionKind, Metered, Profile};
pub use modem::{Modem, ModemState, SimLock};

/// The identity of an object as long as it exists (a D-Bus object path).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

impl Id {
    /// An object's path.
    #[must_use]
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The identity of a profile for ever (`connection.uuid`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(pub Arc<str>);

/// Whether there is anybody to ask.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Service {
    /// Being asked for the first time.
    #[default]
    Starting,
    /// NetworkManager is there.
    Running,
    /// There is a bus, but no NetworkManager on it.
    NotRunning,
    /// There is no system bus, or it went away; one sentence says why.
    NoBus(String),
    /// It is there, but does not answer; one sentence.
    Stalled(String),
}

/// What NetworkManager says of everything together (`NMState`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Not known.
    #[default]
    Unknown,
    /// Networking is off (`nmcli networking off`, or the machine sleeps).
    Asleep,
    /// No connection.
    Disconnected,
    /// Connections go down.
    Disconnecting,
    /// A connection is on its way.
    Connecting,
    /// This machine only.
    Local,
    /// The local network, no internet.
    Site,
    /// The internet.
    Global,
}

/// What NetworkManager found out about the internet (`NMConnectivityState`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connectivity {
    /// It was not looked (the check is off, or not done yet).
    #[default]
    Unknown,
    /// No network.
    None,
    /// A sign-in page stands before the internet.
    Portal,
    /// There is a network, but no internet behind it.
    Limited,
    /// The internet.
    Full,
}

/// Kinds of device (`NMDeviceType`), as far as people tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DeviceKind {
    /// A cable.
    Ethernet,
    /// Wi-Fi.
    Wifi,
    /// A modem of the mobile network.
    Modem,
    /// A phone's network over Bluetooth.
    Bluetooth,
    /// `WireGuard`.
    WireGuard,
    /// A VPN's or another program's tunnel (tun, tap, IP tunnel).
    Tunnel,
    /// A bridge.
    Bridge,
    /// One end of a pair: containers.
    Veth,
    /// A bond, team, VLAN or macvlan: part of how this machine is set up.
    Virtual,
    /// The loopback interface.
    Loopback,
    /// Wi-Fi Direct's control device, which is no network.
    WifiP2p,
    /// Any other.
    Other,
}

/// What a device does (`NMDeviceState`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub enum DeviceState {
    /// Not known.
    #[default]
    Unknown,
    /// NetworkManager leaves it alone.
    Unmanaged,
    /// It cannot be used: no cable, radio off, no firmware, SIM locked.
    Unavailable,
    /// Ready, not connected.
    Disconnected,
    /// Getting ready.
    Prepare,
    /// Associating, or dialling.
    Config,
    /// Wants a secret.
    NeedAuth,
    /// Waiting for an address.
    IpConfig,
    /// Is it the internet?
    IpCheck,
    /// Waiting for a VPN that belongs to it.
    Secondaries,
    /// Connected.
    Activated,
    /// Going down.
    Deactivating,
    /// It did not work.
    Failed,
}

/// A device.
#[derive(Debug, Clone, PartialEq)]
pub struct Device {
    /// Which one.
    pub id: Id,
    /// Its kind.
    pub kind: DeviceKind,
    /// The interface's name, like `wlan0` (the IP interface where it has one).
    pub interface: String,
    /// What it does.
    pub state: DeviceState,
    /// Why it does so (`NMDeviceStateReason`).
    pub reason: u32,
    /// Whether NetworkManager connects it by itself.
    pub autoconnect: bool,
    /// The active connection on it.
    pub active: Option<Id>,
    /// The hardware address.
    pub hardware_address: String,
    /// The driver's name.
    pub driver: String,
    /// Speed of the link in Mbit/s, where it tells.
    pub speed_mbps: Option<u32>,
    /// Whether there is a cable with somebody at the other end (Ethernet).
    pub carrier: Option<bool>,
    /// The access point it is associated with (Wi-Fi).
    pub access_point: Option<Id>,
    /// When it last scanned, in milliseconds of `CLOCK_BOOTTIME`; `None` before the first (Wi-Fi).
    pub last_scan_ms: Option<i64>,
    /// Whether it can be an access point itself (Wi-Fi).
    pub can_hotspot: bool,
    /// ModemManager's modem behind it (its `Udi`).
    pub modem: Option<Id>,
    /// Whether NetworkManager thinks that its traffic costs money.
    pub metered: Option<bool>,
    /// Bytes received and sent since the interface came up, where the kernel tells.
    pub bytes: Option<Bytes>,
}

/// Traffic of an interface (`/sys/class/net/*/statistics`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bytes {
    /// Received.
    pub rx: u64,
    /// Sent.
    pub tx: u64,
}

/// Traffic a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rates {
    /// Bytes a second received.
    pub rx: u64,
    /// Bytes a second sent.
    pub tx: u64,
}

/// One access point: one radio of one network, as one of our devices hears it.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessPoint {
    /// Which one.
    pub id: Id,
    /// The device that hears it.
    pub device: Id,
    /// The network's name.
    pub ssid: Ssid,
    /// The radio's hardware address.
    pub bssid: String,
    /// Signal, 0..=100 %.
    pub strength_percent: u8,
    /// Channel's frequency in MHz.
    pub frequency_mhz: u32,
    /// Fastest rate in kbit/s.
    pub max_bitrate_kbps: u32,
    /// How it is protected.
    pub security: Security,
    /// When it was last heard, in seconds of `CLOCK_BOOTTIME`; `None` when never.
    pub last_seen_s: Option<i32>,
}

/// A radio's two switches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Radio {
    /// Whether this machine has one.
    pub present: bool,
    /// The switch in software.
    pub enabled: bool,
    /// The switch on the case (rfkill's hard block when off).
    pub hardware_enabled: bool,
}

impl Radio {
    /// Whether it sends.
    #[must_use]
    pub fn is_on(self) -> bool {
        self.enabled && self.hardware_enabled
    }
}

/// All radios.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Radios {
    /// Wi-Fi.
    pub wifi: Radio,
    /// The mobile network.
    pub wwan: Radio,
    /// Bluetooth, as far as rfkill tells (not NetworkManager's business).
    pub bluetooth: Option<bool>,
}

/// What this person may do (`GetPermissions`); asked for late, since polkit may have to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Yes.
    Yes,
    /// After a password (polkit `auth`).
    Ask,
    /// No.
    No,
}

/// The permissions that our commands need (`org.freedesktop.NetworkManager.*`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permissions {
    /// `network-control`: connect and disconnect.
    pub control: Permission,
    /// `wifi.scan`.
    pub scan: Permission,
    /// `enable-disable-wifi`.
    pub wifi_radio: Permission,
    /// `enable-disable-wwan`.
    pub wwan_radio: Permission,
    /// `settings.modify.own`.
    pub modify_own: Permission,
    /// `settings.modify.system`.
    pub modify_system: Permission,
    /// `wifi.share.protected`.
    pub share: Permission,
}

/// Something that went wrong with what the person asked for, shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it belongs to.
    pub about: About,
    /// What happened, to what, and what to do: one sentence.
    pub sentence: String,
}

/// What a [`Failure`] belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A profile.
    Profile(Uuid),
    /// A device, or a connection on it.
    Device(Id),
    /// A network by name.
    Network(Ssid),
    /// A modem: its PIN, its profile.
    Modem(Id),
    /// A radio's switch.
    Radio,
    /// The hotspot.
    Hotspot,
    /// Scanning.
    Scan,
}

/// A saved network's QR code contents, secrets and all.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Which profile.
    pub profile: Uuid,
    /// `WIFI:T:…;S:…;P:…;;`, to be drawn as a QR code.
    pub code: crate::secret::Secret,
    /// The password, for a person who has to type it.
    pub password: Option<crate::secret::Secret>,
}

/// Everything the line and the popup draw.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// Whether there is anybody to ask.
    pub service: Service,
    /// NetworkManager's version.
    pub version: String,
    /// All together.
    pub state: State,
    /// The internet.
    pub connectivity: Connectivity,
    /// What is fetched to find a sign-in page; opening it in a browser leads there.
    pub connectivity_uri: Option<String>,
    /// The connection that the internet is reached by (`PrimaryConnection`); for a VPN that has
    /// taken the default route this is the VPN.
    pub primary: Option<Id>,
    /// The connection that is on its way (`ActivatingConnection`).
    pub activating: Option<Id>,
    /// All devices, by interface name.
    pub devices: Vec<Device>,
    /// All access points that all devices hear.
    pub access_points: Vec<AccessPoint>,
    /// What is up or on its way.
    pub connections: Vec<ActiveConnection>,
    /// What is saved; empty where it was not asked for.
    pub profiles: Vec<Profile>,
    /// ModemManager's modems.
    pub modems: Vec<Modem>,
    /// The radios.
    pub radios: Radios,
    /// What may be done, once it is known.
    pub permissions: Option<Permissions>,
    /// Traffic of the real link, where it was asked for.
    pub rates: Option<Rates>,
    /// The Wi-Fi devices that scan now, because we asked them to.
    pub scanning: Vec<Id>,
    /// What the person asked to connect, and how it goes or ended.
    pub attempts: Vec<Attempt>,
    /// A secret that NetworkManager asks us for.
    pub prompt: Option<Prompt>,
    /// What went wrong last, until the next command.
    pub failure: Option<Failure>,
    /// A saved network that is shown as a QR code.
    pub share: Option<Share>,
}

impl Snapshot {
    /// The device of this identity.
    #[must_use]
    pub fn device(&self, id: &Id) -> Option<&Device> {
        self.devices.iter().find(|device| device.id == *id)
    }

    /// The active connection of this identity.
    #[must_use]
    pub fn connection(&self, id: &Id) -> Option<&ActiveConnection> {
        self.connections.iter().find(|active| active.id == *id)
    }

    /// The profile of this identity.
    #[must_use]
    pub fn profile(&self, uuid: &Uuid) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.uuid == *uuid)
    }

    /// The access point of this identity.
    #[must_use]
    pub fn access_point(&self, id: &Id) -> Option<&AccessPoint> {
        self.access_points.iter().find(|point| point.id == *id)
    }

    /// The modem of this identity.
    #[must_use]
    pub fn modem(&self, id: &Id) -> Option<&Modem> {
        self.modems.iter().find(|modem| modem.id == *id)
    }

    /// The link that the internet is really reached by: the primary connection, or below it
    /// (where that is a VPN) the one that carries it.
    #[must_use]
    pub fn link(&self) -> Option<&ActiveConnection> {
        let primary = self.primary.as_ref().and_then(|id| self.connection(id));
        if let Some(primary) = primary
            && !primary.is_tunnel()
        {
            return Some(primary);
        }
        let up = |active: &&ActiveConnection| {
            !active.is_tunnel()
                && active.state == ActiveState::Activated
                && matches!(
                    active.kind,
                    ConnectionKind::Wifi
                        | ConnectionKind::Ethernet
                        | ConnectionKind::Mobile
                        | ConnectionKind::Bluetooth
                        | ConnectionKind::Pppoe
                )
        };
        self.connections
            .iter()
            .filter(up)
            .max_by_key(|active| (active.default4 || active.default6, active.kind.is_cable()))
            .or(primary)
    }

    /// The VPNs and `WireGuard` tunnels that are up.
    pub fn tunnels(&self) -> impl Iterator<Item = &ActiveConnection> {
        self.connections
            .iter()
            .filter(|active| active.is_tunnel() && active.state == ActiveState::Activated)
    }
}
