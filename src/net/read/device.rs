//! Devices (`org.freedesktop.NetworkManager.Device` and what stands beside it).

use super::id;
use crate::net::reason::device_state;
use crate::net::snapshot::{Device, DeviceKind, DeviceState, Id};
use crate::net::tree::wanted::{DEVICE, MM, WIRED, WIRELESS};
use crate::net::tree::{Object, Properties, Tree, Value};

/// `NM_WIFI_DEVICE_CAP_AP`.
const CAP_AP: u32 = 0x40;

/// All devices, by interface name.
pub(super) fn all(nm: &Tree) -> Vec<Device> {
    let mut devices: Vec<Device> = nm
        .with(DEVICE)
        // One that only could be made (a profile's bridge that is not up) is none yet.
        .filter(|(_, _, device)| device.flag("Real") != Some(false))
        .map(|(path, object, device)| one(Id::new(path.clone()), object, device))
        .collect();
    devices.sort_by(|a, b| (&a.interface, &a.id).cmp(&(&b.interface, &b.id)));
    devices
}

fn one(id_: Id, object: &Object, device: &Properties) -> Device {
    let (wired, wireless) = (object.get(WIRED), object.get(WIRELESS));
    let own_name = device.string("Interface").unwrap_or_default();
    let kind = kind(device.number("DeviceType"), &own_name);
    // Before 1.24 only the interfaces of the kinds have it.
    let hardware_address = [device, wired, wireless]
        .iter()
        .find_map(|part| part.text("HwAddress"));
    let reason = device.list("StateReason").get(1);
    Device {
        id: id_,
        kind,
        interface: device.string("IpInterface").unwrap_or(own_name),
        state: device
            .number("State")
            .map_or(DeviceState::Unknown, device_state),
        reason: reason.and_then(Value::number).unwrap_or(0),
        autoconnect: device.flag("Autoconnect").unwrap_or(false),
        active: id(device, "ActiveConnection"),
        hardware_address: hardware_address.map_or("", |a| a).to_owned(),
        driver: device.string("Driver").unwrap_or_default(),
        speed_mbps: match kind {
            DeviceKind::Wifi => wireless.number::<u32>("Bitrate").map(|kbps| kbps / 1000),
            _ => wired.number("Speed"),
        }
        .filter(|speed| *speed > 0),
        carrier: match kind {
            DeviceKind::Ethernet | DeviceKind::Veth => wired.flag("Carrier"),
            _ => None,
        },
        access_point: id(wireless, "ActiveAccessPoint"),
        last_scan_ms: wireless.number("LastScan").filter(|at| *at >= 0),
        can_hotspot: wireless
            .number::<u32>("WirelessCapabilities")
            .is_some_and(|caps| caps & CAP_AP != 0),
        modem: device
            .text("Udi")
            .filter(|_| kind == DeviceKind::Modem)
            .filter(|udi| is_modem(udi))
            .map(|udi| Id::new(udi.clone())),
        metered: metered(device.number("Metered")),
        bytes: None,
    }
}

/// Whether this is an object of ModemManager's; any other modem is somebody else's (oFono).
fn is_modem(udi: &str) -> bool {
    let service = MM.rsplit('.').next().unwrap_or_default();
    udi.strip_prefix("/org/freedesktop/")
        .is_some_and(|rest| rest.starts_with(service))
}

/// `NMDeviceType`.
fn kind(raw: Option<u32>, interface: &str) -> DeviceKind {
    match raw {
        Some(1) => DeviceKind::Ethernet,
        Some(2) => DeviceKind::Wifi,
        Some(5) => DeviceKind::Bluetooth,
        Some(8) => DeviceKind::Modem,
        Some(13) => DeviceKind::Bridge,
        // Bond, VLAN, team, macvlan, VXLAN, MACsec, dummy, Open vSwitch, VRF.
        Some(10 | 11 | 15 | 18 | 19 | 21 | 22 | 24 | 25 | 26 | 31) => DeviceKind::Virtual,
        // Tun and tap, IP tunnel, PPP.
        Some(16 | 17 | 23) => DeviceKind::Tunnel,
        Some(20) => DeviceKind::Veth,
        Some(29) => DeviceKind::WireGuard,
        Some(30) => DeviceKind::WifiP2p,
        Some(32) => DeviceKind::Loopback,
        // Before 1.42 it had no type of its own.
        _ if interface == "lo" => DeviceKind::Loopback,
        _ => DeviceKind::Other,
    }
}

/// `NMMetered`: a guess counts.
fn metered(raw: Option<u32>) -> Option<bool> {
    match raw {
        Some(1 | 3) => Some(true),
        Some(2 | 4) => Some(false),
        _ => None,
    }
}
