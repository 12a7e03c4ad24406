//! States of the network made by hand, for the tests of what is drawn from them.

use super::Security;
use super::Ssid;
use super::snapshot::{
    AccessPoint, ActiveConnection, ActiveState, Addresses, ConnectionKind, Connectivity, Device,
    DeviceKind, DeviceState, Id, Metered, Modem, ModemState, Profile, Radio, Service, Snapshot,
    State, Uuid,
};

/// NetworkManager runs, has a Wi-Fi and an Ethernet device, and nothing is connected.
pub(crate) fn offline() -> Snapshot {
    let radio = Radio {
        present: true,
        enabled: true,
        hardware_enabled: true,
    };
    let mut snapshot = Snapshot {
        service: Service::Running,
        version: "1.52.0".to_owned(),
        state: State::Disconnected,
        connectivity: Connectivity::None,
        devices: vec![
            device("eth0", DeviceKind::Ethernet),
            device("wlan0", DeviceKind::Wifi),
        ],
        ..Snapshot::default()
    };
    snapshot.radios.wifi = radio;
    snapshot
}

/// Connected to a Wi-Fi network of this name's bytes and strength.
pub(crate) fn wifi(ssid: impl Into<Vec<u8>>, strength_percent: u8) -> Snapshot {
    let mut snapshot = offline();
    let point = point(ssid, strength_percent, Security::Wpa);
    let id = point.id.clone();
    snapshot.access_points.push(point);
    connect(&mut snapshot, "wlan0", "the profile", ConnectionKind::Wifi);
    for active in &mut snapshot.connections {
        active.access_point = Some(id.clone());
    }
    snapshot
}

/// Connected by a cable.
pub(crate) fn cable() -> Snapshot {
    let mut snapshot = offline();
    connect(
        &mut snapshot,
        "eth0",
        "Wired connection 1",
        ConnectionKind::Ethernet,
    );
    snapshot
}

/// Connected to a mobile network.
pub(crate) fn mobile(operator: &str, roaming: bool) -> Snapshot {
    let mut snapshot = offline();
    let mut device = device("wwan0", DeviceKind::Modem);
    device.modem = Some(Id::new("/modem/0"));
    snapshot.devices.push(device);
    snapshot.modems.push(Modem {
        id: Id::new("/modem/0"),
        model: "EM7345".to_owned(),
        state: ModemState::Connected,
        lock: None,
        tries: None,
        operator: Some(operator.to_owned()),
        operator_code: Some("26201".to_owned()),
        sim_operator_code: None,
        technology: Some("LTE"),
        signal_percent: Some(64),
        roaming,
        own_number: None,
        imei: None,
        firmware: None,
        iccid: None,
        sim: None,
    });
    connect(&mut snapshot, "wwan0", "Mobile", ConnectionKind::Mobile);
    snapshot
}

/// A device that is ready.
pub(crate) fn device(interface: &str, kind: DeviceKind) -> Device {
    Device {
        id: Id::new(format!("/device/{interface}")),
        kind,
        interface: interface.to_owned(),
        state: DeviceState::Disconnected,
        reason: 0,
        autoconnect: true,
        active: None,
        hardware_address: "02:00:00:00:00:01".to_owned(),
        driver: "fake".to_owned(),
        speed_mbps: None,
        carrier: None,
        access_point: None,
        last_scan_ms: None,
        can_hotspot: false,
        modem: None,
        metered: None,
        bytes: None,
    }
}

/// An access point that wlan0 hears.
pub(crate) fn point(
    ssid: impl Into<Vec<u8>>,
    strength_percent: u8,
    security: Security,
) -> AccessPoint {
    let ssid = Ssid::new(ssid);
    AccessPoint {
        id: Id::new(format!(
            "/point/{}/{security:?}/{strength_percent}",
            ssid.hex()
        )),
        device: Id::new("/device/wlan0"),
        ssid,
        bssid: format!("02:00:00:00:01:{strength_percent:02x}"),
        strength_percent,
        frequency_mhz: 5180,
        max_bitrate_kbps: 540_000,
        security,
        last_seen_s: Some(1),
    }
}

/// A saved profile.
pub(crate) fn profile(name: &str, kind: ConnectionKind) -> Profile {
    Profile {
        uuid: uuid(name),
        id: Id::new(format!("/profile/{name}")),
        name: name.to_owned(),
        kind,
        interface: None,
        ssid: None,
        security: None,
        hidden: false,
        hotspot: false,
        autoconnect: true,
        priority: 0,
        metered: Metered::Automatic,
        apn: None,
        home_only: false,
        last_used_s: 0,
        saved: true,
    }
}

/// A saved profile of a Wi-Fi network.
pub(crate) fn wifi_profile(name: &str, ssid: &str, security: Security) -> Profile {
    Profile {
        ssid: Some(Ssid::from(ssid)),
        security: Some(security),
        ..profile(name, ConnectionKind::Wifi)
    }
}

/// A UUID that tells what it is of.
pub(crate) fn uuid(name: &str) -> Uuid {
    Uuid(format!("uuid-of-{name}").into())
}

/// Brings a connection up on a device, as the primary one.
pub(crate) fn connect(snapshot: &mut Snapshot, interface: &str, name: &str, kind: ConnectionKind) {
    let id = Id::new(format!("/active/{name}"));
    let mut devices = Vec::new();
    for device in &mut snapshot.devices {
        if device.interface == interface {
            device.state = DeviceState::Activated;
            device.active = Some(id.clone());
            devices.push(device.id.clone());
        }
    }
    snapshot.connections.push(ActiveConnection {
        id: id.clone(),
        uuid: uuid(name),
        profile: None,
        name: name.to_owned(),
        vpn: kind == ConnectionKind::Vpn,
        kind,
        state: ActiveState::Activated,
        devices,
        vpn_state: 0,
        default4: true,
        default6: false,
        access_point: None,
        addresses: Addresses {
            v4: vec!["192.0.2.7/24".to_owned()],
            v6: vec!["2001:db8::7/64".to_owned()],
            gateways: vec!["192.0.2.1".to_owned()],
            dns: vec!["192.0.2.53".to_owned()],
            ..Addresses::default()
        },
    });
    snapshot.primary = Some(id);
    snapshot.state = State::Global;
    snapshot.connectivity = Connectivity::Full;
}

/// A VPN takes the default route of what is connected.
pub(crate) fn tunnel(snapshot: &mut Snapshot, name: &str) {
    for active in &mut snapshot.connections {
        active.default4 = false;
    }
    connect(snapshot, "", name, ConnectionKind::Vpn);
}
