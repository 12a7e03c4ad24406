//! What the line is about: the one link that counts, and the one thing that is wrong.

use crate::bar::Icon;
use crate::net::attempt::{Stage, Why};
use crate::net::snapshot::{
    AccessPoint, ActiveConnection, ActiveState, ConnectionKind, Connectivity, Device, DeviceKind,
    DeviceState, Modem, ModemState, Radio, Service, SimLock, Snapshot, State,
};
use crate::net::words;

/// The state of everything in one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Nothing is known yet.
    Starting,
    /// There is no NetworkManager on the bus.
    NotRunning,
    /// There is no bus.
    NoBus,
    /// NetworkManager does not answer.
    Stalled,
    /// Networking is off, or the machine sleeps.
    Asleep,
    /// All is well.
    Online,
    /// A sign-in page stands before the internet.
    Portal,
    /// There is a link, and no internet behind it.
    Limited,
    /// NetworkManager waits for a password.
    PasswordWanted,
    /// A link is on its way.
    Connecting(DeviceState),
    /// All radios are off.
    Airplane,
    /// Wi-Fi is off.
    WifiOff,
    /// The SIM wants its PIN.
    SimPin,
    /// The SIM wants its PUK.
    SimPuk,
    /// What the person asked to connect did not work.
    Failed(Why),
    /// There is nothing to connect with.
    NoDevice,
    /// Nothing is connected.
    Offline,
}

impl Condition {
    /// The few words for it on a bar; nothing when all is well.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Online => "",
            Self::Starting => "starting",
            Self::NotRunning => "no NetworkManager",
            Self::NoBus => "no system bus",
            Self::Stalled => "NetworkManager stalled",
            Self::Asleep => "asleep",
            Self::Portal => "sign in",
            Self::Limited => "no internet",
            Self::PasswordWanted => "password wanted",
            Self::Connecting(DeviceState::NeedAuth) => "waiting for password",
            Self::Connecting(DeviceState::IpConfig) => "getting address",
            Self::Connecting(DeviceState::IpCheck | DeviceState::Secondaries) => "checking",
            Self::Connecting(_) => "connecting",
            Self::Airplane => "airplane mode",
            Self::WifiOff => "Wi-Fi off",
            Self::SimPin => "SIM PIN",
            Self::SimPuk => "SIM PUK",
            Self::Failed(why) => words::why(why),
            Self::NoDevice => "no network device",
            Self::Offline => "offline",
        }
    }

    /// Its name for a bar's style sheet; [`Condition::Online`] has the link's kind instead.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Online => "connected",
            Self::Starting => "starting",
            Self::NotRunning | Self::NoBus | Self::NoDevice => "absent",
            Self::Stalled => "error",
            Self::Asleep => "asleep",
            Self::Portal => "portal",
            Self::Limited => "limited",
            Self::PasswordWanted => "password",
            Self::Connecting(_) => "connecting",
            Self::Airplane | Self::WifiOff => "off",
            Self::SimPin | Self::SimPuk => "locked",
            Self::Failed(_) | Self::Offline => "offline",
        }
    }

    /// The icon that stands alone, where there is no link.
    #[must_use]
    pub fn icon(self) -> Icon {
        match self {
            Self::Stalled | Self::NotRunning | Self::NoBus => Icon::Warning,
            Self::Asleep => Icon::Asleep,
            Self::Airplane => Icon::Airplane,
            Self::WifiOff => Icon::RadioOff,
            Self::SimPin | Self::SimPuk | Self::PasswordWanted => Icon::Lock,
            Self::NoDevice => Icon::Plug,
            _ => Icon::Offline,
        }
    }

    /// Whether there is nothing that could be connected at all.
    #[must_use]
    pub fn is_absent(self) -> bool {
        matches!(self, Self::NotRunning | Self::NoBus | Self::NoDevice)
    }

    /// Whether the person has to do something now.
    #[must_use]
    pub fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::Portal | Self::PasswordWanted | Self::SimPin | Self::SimPuk
        )
    }

    /// Whether the link is up, whatever else is wrong.
    #[must_use]
    pub fn has_link(self) -> bool {
        matches!(self, Self::Online | Self::Portal | Self::Limited)
    }
}

/// Kinds of link, as far as a line tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Wi-Fi.
    Wifi,
    /// An access point of this machine's own.
    Hotspot,
    /// A cable, or what works like one: a bridge, a bond.
    Ethernet,
    /// The mobile network.
    Mobile,
    /// A phone over Bluetooth.
    Bluetooth,
    /// A VPN, where nothing is known of what carries it.
    Vpn,
}

impl LinkKind {
    /// Its icon.
    #[must_use]
    pub fn icon(self) -> Icon {
        match self {
            Self::Wifi => Icon::Wifi,
            Self::Hotspot => Icon::Hotspot,
            Self::Ethernet => Icon::Ethernet,
            Self::Mobile => Icon::Signal,
            Self::Bluetooth => Icon::Bluetooth,
            Self::Vpn => Icon::Vpn,
        }
    }

    /// Its word, for `{kind}` and for style sheets.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Wifi => "wifi",
            Self::Hotspot => "hotspot",
            Self::Ethernet => "ethernet",
            Self::Mobile => "mobile",
            Self::Bluetooth => "bluetooth",
            Self::Vpn => "vpn",
        }
    }
}

/// A connection, and what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link<'a> {
    /// The connection.
    pub connection: &'a ActiveConnection,
    /// The first of its devices.
    pub device: Option<&'a Device>,
    /// The access point (Wi-Fi).
    pub point: Option<&'a AccessPoint>,
    /// The modem (mobile).
    pub modem: Option<&'a Modem>,
    /// Its kind.
    pub kind: LinkKind,
}

impl<'a> Link<'a> {
    /// Gathers what belongs to a connection.
    #[must_use]
    pub fn of(snapshot: &'a Snapshot, connection: &'a ActiveConnection) -> Self {
        let device = connection.devices.iter().find_map(|id| snapshot.device(id));
        let point = connection
            .access_point
            .as_ref()
            .or(device.and_then(|device| device.access_point.as_ref()))
            .and_then(|id| snapshot.access_point(id));
        let modem = device
            .and_then(|device| device.modem.as_ref())
            .and_then(|id| snapshot.modem(id));
        let hotspot = snapshot
            .profile(&connection.uuid)
            .is_some_and(|profile| profile.hotspot);
        let kind = match connection.kind {
            _ if connection.is_tunnel() => LinkKind::Vpn,
            ConnectionKind::Wifi if hotspot => LinkKind::Hotspot,
            ConnectionKind::Wifi => LinkKind::Wifi,
            ConnectionKind::Mobile => LinkKind::Mobile,
            ConnectionKind::Bluetooth => LinkKind::Bluetooth,
            _ => LinkKind::Ethernet,
        };
        Self {
            connection,
            device,
            point,
            modem,
            kind,
        }
    }

    /// The signal, 0..=100 %.
    #[must_use]
    pub fn strength_percent(&self) -> Option<u8> {
        match self.kind {
            LinkKind::Wifi => self.point.map(|point| point.strength_percent),
            LinkKind::Mobile | LinkKind::Bluetooth => {
                self.modem.and_then(|modem| modem.signal_percent)
            }
            _ => None,
        }
    }

    /// The name that people know it by: a network's, an operator's, a profile's. Untrusted.
    #[must_use]
    pub fn name(&self) -> String {
        let known = match self.kind {
            LinkKind::Wifi | LinkKind::Hotspot => self.point.map(|point| point.ssid.text()),
            LinkKind::Mobile => self.modem.and_then(|modem| modem.operator.clone()),
            _ => None,
        };
        known
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| self.connection.name.clone())
    }

    /// Name of its interface; empty where it has none.
    #[must_use]
    pub fn interface(&self) -> &'a str {
        self.device.map_or("", |device| device.interface.as_str())
    }
}

/// The condition and the link that it is about.
#[must_use]
pub fn situation(snapshot: &Snapshot) -> (Condition, Option<Link<'_>>) {
    let alone = |condition| (condition, None);
    match snapshot.service {
        Service::Starting => return alone(Condition::Starting),
        Service::NotRunning => return alone(Condition::NotRunning),
        Service::NoBus(_) => return alone(Condition::NoBus),
        Service::Stalled(_) => return alone(Condition::Stalled),
        Service::Running => {}
    }
    if snapshot.state == State::Asleep {
        return alone(Condition::Asleep);
    }
    if let Some(link) = snapshot.link() {
        let condition = match snapshot.connectivity {
            Connectivity::Portal => Condition::Portal,
            _ if snapshot.prompt.is_some() => Condition::PasswordWanted,
            Connectivity::Limited | Connectivity::None => Condition::Limited,
            _ if matches!(snapshot.state, State::Local | State::Site) => Condition::Limited,
            _ => Condition::Online,
        };
        return (condition, Some(Link::of(snapshot, link)));
    }
    if let Some(coming) = coming(snapshot) {
        let link = Link::of(snapshot, coming);
        let stage = link.device.map_or(DeviceState::Prepare, |d| d.state);
        let condition = if snapshot.prompt.is_some() {
            Condition::PasswordWanted
        } else {
            Condition::Connecting(stage)
        };
        return (condition, Some(link));
    }
    alone(why_not(snapshot))
}

/// The connection that is on its way up.
fn coming(snapshot: &Snapshot) -> Option<&ActiveConnection> {
    let activating = |active: &&ActiveConnection| active.state == ActiveState::Activating;
    let chosen = snapshot
        .activating
        .as_ref()
        .and_then(|id| snapshot.connection(id));
    chosen.filter(activating).or_else(|| {
        snapshot.connections.iter().find(|active| {
            activating(active)
                && !matches!(
                    active.kind,
                    ConnectionKind::Virtual(_) | ConnectionKind::Loopback
                )
        })
    })
}

/// Why nothing is connected.
fn why_not(snapshot: &Snapshot) -> Condition {
    let radios = &snapshot.radios;
    let off = |radio: Radio| radio.present && !radio.is_on();
    let sends = |radio: Radio| radio.present && radio.is_on();
    // One radio alone that is off is a switch; all of them together are airplane mode.
    let bluetooth_off = radios.bluetooth == Some(false);
    let count_off = [off(radios.wifi), off(radios.wwan), bluetooth_off]
        .into_iter()
        .filter(|off| *off)
        .count();
    let any_on = sends(radios.wifi) || sends(radios.wwan) || radios.bluetooth == Some(true);
    let lock = snapshot.modems.iter().find_map(|modem| {
        (modem.state == ModemState::Locked)
            .then_some(modem.lock)
            .flatten()
    });
    let failed = snapshot
        .attempts
        .iter()
        .rev()
        .find_map(|attempt| match &attempt.stage {
            Stage::Failed(problem) => Some(problem.why),
            _ => None,
        });
    let usable = |device: &Device| {
        matches!(
            device.kind,
            DeviceKind::Ethernet | DeviceKind::Wifi | DeviceKind::Modem | DeviceKind::Bluetooth
        ) || device.state > DeviceState::Unavailable && device.kind != DeviceKind::Loopback
    };
    if snapshot.prompt.is_some() {
        Condition::PasswordWanted
    } else if count_off > 1 && !any_on {
        Condition::Airplane
    } else if off(radios.wifi) {
        Condition::WifiOff
    } else if let Some(why) = failed {
        Condition::Failed(why)
    } else if lock == Some(SimLock::Pin) {
        Condition::SimPin
    } else if lock == Some(SimLock::Puk) {
        Condition::SimPuk
    } else if !snapshot.devices.iter().any(usable) {
        Condition::NoDevice
    } else {
        Condition::Offline
    }
}
