//! Networks made up for the popup's tests and pictures: one snapshot for each state.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, reason = "a test stops where something is amiss")]

use barpop::net::attempt::{Attempt, Problem, Stage, Target, Why};
use barpop::net::secrets::{Field, Prompt};
use barpop::net::snapshot::*;
use barpop::net::{Security, Ssid};
use barpop::secret::Secret;
use jiff::{SignedDuration, Timestamp};

pub const WLAN: &str = "/org/freedesktop/NetworkManager/Devices/3";
pub const MODEM: &str = "/org/freedesktop/ModemManager1/Modem/0";

pub fn id(path: &str) -> Id {
    Id::new(path)
}

pub fn uuid(name: &str) -> Uuid {
    Uuid(name.into())
}

pub fn device(path: &str, kind: DeviceKind, interface: &str, state: DeviceState) -> Device {
    Device {
        id: id(path),
        kind,
        interface: interface.into(),
        state,
        reason: 0,
        autoconnect: true,
        active: None,
        hardware_address: "3c:58:c2:10:9f:41".into(),
        driver: "iwlwifi".into(),
        speed_mbps: None,
        carrier: None,
        access_point: None,
        last_scan_ms: None,
        can_hotspot: kind == DeviceKind::Wifi,
        modem: None,
        metered: None,
        bytes: None,
    }
}

pub fn point(number: u32, ssid: &[u8], strength: u8, mhz: u32, security: Security) -> AccessPoint {
    AccessPoint {
        id: id(&format!("/ap/{number}")),
        device: id(WLAN),
        ssid: Ssid::new(ssid),
        bssid: format!("84:D8:1B:0C:{:02X}:{:02X}", number / 256, number % 256),
        strength_percent: strength,
        frequency_mhz: mhz,
        max_bitrate_kbps: 540_000,
        security,
        last_seen_s: Some(1_000),
    }
}

pub fn profile(name: &str, kind: ConnectionKind) -> Profile {
    Profile {
        uuid: uuid(name),
        id: id(&format!("/profile/{name}")),
        name: name.into(),
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
        last_used_s: 1_795_000_000,
        saved: true,
    }
}

pub fn wifi(name: &str, security: Security) -> Profile {
    Profile {
        ssid: Some(name.into()),
        security: Some(security),
        ..profile(name, ConnectionKind::Wifi)
    }
}

pub fn active(
    name: &str,
    kind: ConnectionKind,
    device: &str,
    state: ActiveState,
) -> ActiveConnection {
    ActiveConnection {
        id: id(&format!("/active/{name}")),
        uuid: uuid(name),
        profile: Some(id(&format!("/profile/{name}"))),
        name: name.into(),
        kind,
        state,
        devices: vec![id(device)],
        vpn: false,
        vpn_state: 0,
        default4: true,
        default6: false,
        access_point: None,
        addresses: Addresses::default(),
    }
}

pub fn modem() -> Modem {
    Modem {
        id: id(MODEM),
        model: "Quectel EM12-G".into(),
        state: ModemState::Registered,
        lock: None,
        tries: None,
        operator: Some("Vodafone CZ".into()),
        operator_code: Some("23003".into()),
        sim_operator_code: Some("23003".into()),
        technology: Some("LTE"),
        signal_percent: Some(68),
        roaming: false,
        own_number: Some("+420601234567".into()),
        imei: Some("490154203237518".into()),
        firmware: Some("SWI9X30C_02.33.03.00".into()),
        iccid: Some("8942031021000000012".into()),
        sim: Some(id("/sim/0")),
    }
}

fn points() -> Vec<AccessPoint> {
    use Security::{Enterprise, Open, Owe, Sae, Wep, Wpa, WpaTransition};
    vec![
        point(1, "ČD-WiFi".as_bytes(), 54, 5180, Open),
        point(2, "ČD-WiFi".as_bytes(), 41, 2412, Open),
        point(3, b"Home of Anna", 82, 5500, WpaTransition),
        point(4, b"Home of Anna", 61, 2437, Wpa),
        point(5, b"eduroam", 47, 5260, Enterprise),
        point(6, b"FRITZ!Box 7590 AX", 71, 5955, Sae),
        point(7, "Café Łódź".as_bytes(), 63, 2462, Wpa),
        point(8, b"DIRECT-7A-HP OfficeJet 3830", 38, 2437, Wpa),
        point(9, b"airport-free", 35, 2412, Owe),
        point(10, b"old-printer", 29, 2462, Wep),
        point(11, "שלום עולם".as_bytes(), 26, 5220, Wpa),
        point(12, b"Vodafone-5C2A", 22, 2412, WpaTransition),
        point(13, b"UPC0042117", 12, 2437, Wpa),
    ]
}

/// Connected to Wi-Fi, with saved networks, a cable, a modem and VPNs.
pub fn everyday() -> Snapshot {
    let mut wlan = device(WLAN, DeviceKind::Wifi, "wlp3s0", DeviceState::Activated);
    wlan.active = Some(id("/active/ČD-WiFi"));
    wlan.access_point = Some(id("/ap/1"));
    wlan.speed_mbps = Some(433);
    let mut lan = device(
        "/device/lan",
        DeviceKind::Ethernet,
        "enp0s31f6",
        DeviceState::Unavailable,
    );
    lan.carrier = Some(false);
    lan.driver = "e1000e".into();
    let mut wwan = device(
        "/device/wwan",
        DeviceKind::Modem,
        "wwan0",
        DeviceState::Disconnected,
    );
    wwan.modem = Some(id(MODEM));
    wwan.driver = "qmi_wwan".into();
    wwan.bytes = Some(Bytes {
        rx: 123_400_000,
        tx: 8_100_000,
    });
    let mut link = active(
        "ČD-WiFi",
        ConnectionKind::Wifi,
        WLAN,
        ActiveState::Activated,
    );
    link.access_point = Some(id("/ap/1"));
    link.addresses = Addresses {
        v4: vec!["10.33.4.117/22".into()],
        v6: vec![
            "2a00:1028:83a6:8e92::1f3/64".into(),
            "fe80::3e58:c2ff:fe10:9f41/64".into(),
        ],
        gateways: vec!["10.33.4.1".into()],
        dns: vec!["10.33.4.1".into(), "1.1.1.1".into()],
        domains: vec!["cd.cz".into()],
        dhcp_server: Some("10.33.4.1".into()),
        lease_until_s: Some(1_795_527_600),
    };
    let radio = Radio {
        present: true,
        enabled: true,
        hardware_enabled: true,
    };
    let mut away = wifi("Hotel Europa", Security::Wpa);
    away.last_used_s = 1_700_000_000;
    let mut lte = profile("Vodafone internet", ConnectionKind::Mobile);
    lte.apn = Some("internet".into());
    lte.home_only = true;
    Snapshot {
        service: Service::Running,
        version: "1.54.0".into(),
        state: State::Global,
        connectivity: Connectivity::Full,
        primary: Some(link.id.clone()),
        devices: vec![lan, wlan, wwan],
        access_points: points(),
        connections: vec![link],
        profiles: vec![
            wifi("ČD-WiFi", Security::Open),
            wifi("Home of Anna", Security::WpaTransition),
            wifi("eduroam", Security::Enterprise),
            away,
            wifi("Grandma", Security::Wpa),
            lte,
            profile("Work", ConnectionKind::Vpn),
            profile("wg-home", ConnectionKind::WireGuard),
        ],
        modems: vec![modem()],
        radios: Radios {
            wifi: radio,
            wwan: radio,
            bluetooth: Some(true),
        },
        permissions: Some(permissions(Permission::Yes)),
        ..Snapshot::default()
    }
}

pub fn permissions(all: Permission) -> Permissions {
    Permissions {
        control: all,
        scan: all,
        wifi_radio: all,
        wwan_radio: all,
        modify_own: all,
        modify_system: all,
        share: all,
    }
}

/// Nothing is connected.
pub fn offline() -> Snapshot {
    let mut snapshot = everyday();
    snapshot.connections.clear();
    snapshot.primary = None;
    snapshot.state = State::Disconnected;
    snapshot.connectivity = Connectivity::None;
    for device in &mut snapshot.devices {
        device.active = None;
        if device.kind == DeviceKind::Wifi {
            device.state = DeviceState::Disconnected;
        }
    }
    snapshot
}

pub fn attempt(number: u64, target: Target, name: &str, now: Timestamp, stage: Stage) -> Attempt {
    Attempt {
        number,
        target,
        name: name.into(),
        device: Some(id(WLAN)),
        connection: None,
        since: now - SignedDuration::from_secs(3),
        stage,
    }
}

pub fn failed(why: Why, sentence: &str) -> Stage {
    Stage::Failed(Problem {
        why,
        sentence: sentence.into(),
    })
}

/// `count` networks.
pub fn full(count: u32) -> Snapshot {
    let mut snapshot = everyday();
    for number in 0..count {
        let name = format!("Network {number:03} of a very large trade fair");
        let strength = 90 - (number % 83) as u8;
        let mhz = if number % 2 == 0 { 2412 } else { 5180 };
        let security = if number % 7 == 0 {
            Security::Open
        } else {
            Security::Wpa
        };
        snapshot.access_points.push(point(
            1000 + number,
            name.as_bytes(),
            strength,
            mhz,
            security,
        ));
    }
    snapshot
}

pub fn prompt() -> Prompt {
    Prompt {
        number: 7,
        profile: uuid("Home of Anna"),
        name: "Home of Anna".into(),
        ssid: Some("Home of Anna".into()),
        setting: "802-11-wireless-security".into(),
        fields: vec![Field {
            key: "psk".into(),
            label: "Password".into(),
            secret: true,
        }],
        refused: true,
        message: None,
    }
}

pub fn share() -> Share {
    Share {
        profile: uuid("Home of Anna"),
        code: Secret::new("WIFI:T:WPA;S:Home of Anna;P:correct horse battery;;"),
        password: Some(Secret::new("correct horse battery")),
    }
}

/// A network's adapter and a second one that hears some of the same networks.
pub fn two_adapters() -> Snapshot {
    let mut snapshot = everyday();
    let usb = device(
        "/device/usb",
        DeviceKind::Wifi,
        "wlx00c0ca",
        DeviceState::Disconnected,
    );
    for (number, name, strength) in [(101, "Home of Anna", 77), (102, "ČD-WiFi", 50)] {
        let mut point = point(number, name.as_bytes(), strength, 2412, Security::Open);
        if number == 101 {
            point.security = Security::WpaTransition;
        }
        point.device = usb.id.clone();
        snapshot.access_points.push(point);
    }
    snapshot.devices.push(usb);
    snapshot
}

/// Names that try to fool the reader, a bar or a terminal.
pub fn hostile() -> Snapshot {
    let mut snapshot = offline();
    let names: [&[u8]; 7] = [
        b"<action=`reboot`>x</action>",
        b"\x1b[31mred\x07\r\nsecond line\ttab",
        b"caf\xe9 \xff\xfe\x80",
        "abc\u{202e}txt.exe".as_bytes(),
        b"********************************",
        "👩‍👩‍👧‍👦 مرحبا 日本".as_bytes(),
        b"   ",
    ];
    snapshot.access_points = names
        .iter()
        .enumerate()
        .map(|(n, name)| point(n as u32 + 1, name, 90 - n as u8, 2412, Security::Wpa))
        .collect();
    snapshot.profiles.clear();
    snapshot
}

/// The state of this name.
pub fn by_name(name: &str, now: Timestamp) -> Option<Snapshot> {
    let mut snapshot = everyday();
    match name {
        "everyday" => {}
        "starting" => snapshot = Snapshot::default(),
        "offline" => snapshot = offline(),
        "portal" => snapshot.connectivity = Connectivity::Portal,
        "limited" => snapshot.connectivity = Connectivity::Limited,
        "wifi-off" => {
            snapshot = offline();
            snapshot.access_points.clear();
            snapshot.radios.wifi.enabled = false;
            snapshot
                .devices
                .retain(|device| device.kind == DeviceKind::Wifi);
            snapshot.devices[0].state = DeviceState::Unavailable;
            snapshot.modems.clear();
            snapshot.profiles.clear();
        }
        "wifi-off-hardware" => {
            snapshot = by_name("wifi-off", now)?;
            snapshot.radios.wifi.hardware_enabled = false;
        }
        "not-running" => {
            snapshot = Snapshot {
                service: Service::NotRunning,
                ..Snapshot::default()
            };
        }
        "no-bus" => {
            let why = "cannot reach the system bus: no such file or directory; is dbus running?";
            snapshot = Snapshot {
                service: Service::NoBus(why.into()),
                ..Snapshot::default()
            };
        }
        "stalled" => {
            snapshot.service = Service::Stalled("NetworkManager has not answered for 10 s".into());
        }
        "connecting" => {
            snapshot = offline();
            let mut going = active(
                "Home of Anna",
                ConnectionKind::Wifi,
                WLAN,
                ActiveState::Activating,
            );
            going.access_point = Some(id("/ap/3"));
            snapshot.devices[1].state = DeviceState::IpConfig;
            snapshot.devices[1].active = Some(going.id.clone());
            snapshot.activating = Some(going.id.clone());
            snapshot.connections.push(going);
            snapshot.state = State::Connecting;
            let target = Target::Profile(uuid("Home of Anna"));
            let stage = Stage::Going(DeviceState::IpConfig);
            snapshot
                .attempts
                .push(attempt(1, target, "Home of Anna", now, stage));
        }
        "wrong-password" => {
            snapshot = offline();
            let target = Target::Network("Café Łódź".into());
            let sentence = "The password for Café Łódź is wrong.";
            let stage = failed(Why::WrongPassword, sentence);
            snapshot
                .attempts
                .push(attempt(1, target, "Café Łódź", now, stage));
        }
        "no-address" => {
            snapshot = offline();
            let target = Target::Profile(uuid("Home of Anna"));
            let sentence = "Home of Anna gave no address: the router did not answer. Try again, or \
                            restart the router.";
            let stage = failed(Why::NoAddress, sentence);
            snapshot
                .attempts
                .push(attempt(1, target, "Home of Anna", now, stage));
        }
        "forbidden" => {
            snapshot = offline();
            snapshot.permissions = Some(permissions(Permission::No));
        }
        "empty" => {
            snapshot = Snapshot {
                service: Service::Running,
                ..Snapshot::default()
            };
        }
        "no-networks" => {
            snapshot = offline();
            snapshot.access_points.clear();
            snapshot.profiles.clear();
            snapshot.modems.clear();
            snapshot
                .devices
                .retain(|device| device.kind == DeviceKind::Wifi);
        }
        "full" => snapshot = full(300),
        "vpn" => {
            let mut vpn = active("Work", ConnectionKind::Vpn, WLAN, ActiveState::Activated);
            vpn.vpn = true;
            snapshot.connections.push(vpn);
        }
        "cable" => {
            let lan = &mut snapshot.devices[0];
            lan.state = DeviceState::Activated;
            lan.carrier = Some(true);
            lan.speed_mbps = Some(1000);
            lan.active = Some(id("/active/Wired connection 1"));
            let lan = lan.id.as_str().to_owned();
            let name = "Wired connection 1";
            let mut link = active(name, ConnectionKind::Ethernet, &lan, ActiveState::Activated);
            link.addresses.v4.push("192.0.2.7/24".into());
            snapshot.primary = Some(link.id.clone());
            snapshot.connections.insert(0, link);
            snapshot
                .profiles
                .push(profile(name, ConnectionKind::Ethernet));
        }
        "scanning" => snapshot.scanning.push(id(WLAN)),
        "two-adapters" => snapshot = two_adapters(),
        "hostile" => snapshot = hostile(),
        "prompt" => snapshot.prompt = Some(prompt()),
        "share" => snapshot.share = Some(share()),
        "pin" | "last-try" | "puk" => {
            let modem = &mut snapshot.modems[0];
            modem.state = ModemState::Locked;
            modem.operator = None;
            modem.signal_percent = None;
            modem.lock = Some(if name == "puk" {
                SimLock::Puk
            } else {
                SimLock::Pin
            });
            modem.tries = Some(match name {
                "last-try" => 1,
                "puk" => 10,
                _ => 3,
            });
        }
        "mobile" => {
            snapshot = offline();
            let wwan = &mut snapshot.devices[2];
            wwan.state = DeviceState::Activated;
            wwan.active = Some(id("/active/Vodafone internet"));
            let path = wwan.id.as_str().to_owned();
            let name = "Vodafone internet";
            let mut link = active(name, ConnectionKind::Mobile, &path, ActiveState::Activated);
            link.addresses.v4.push("100.72.13.9/30".into());
            snapshot.primary = Some(link.id.clone());
            snapshot.connections.push(link);
            snapshot.modems[0].state = ModemState::Connected;
            snapshot.modems[0].roaming = true;
            snapshot.state = State::Global;
            snapshot.connectivity = Connectivity::Full;
        }
        "hotspot" => {
            snapshot = by_name("cable", now)?;
            snapshot
                .connections
                .retain(|c| c.kind != ConnectionKind::Wifi);
            let mut own = wifi("Hotspot", Security::Wpa);
            own.hotspot = true;
            own.ssid = Some("Karel's laptop".into());
            snapshot.profiles.push(own);
            let mut on = active(
                "Hotspot",
                ConnectionKind::Wifi,
                WLAN,
                ActiveState::Activated,
            );
            on.default4 = false;
            snapshot.devices[1].active = Some(on.id.clone());
            snapshot.connections.push(on);
            snapshot.share = Some(Share {
                profile: uuid("Hotspot"),
                code: Secret::new("WIFI:T:WPA;S:Karel's laptop;P:k7wm3xq9ta;;"),
                password: Some(Secret::new("k7wm3xq9ta")),
            });
        }
        _ => return None,
    }
    Some(snapshot)
}
