use super::*;
use crate::net::snapshot::{
    ActiveState, ConnectionKind, DeviceState, Metered, ModemState, SimLock, Uuid,
};
use crate::net::tree::Value;
use crate::net::tree::wanted::*;
use crate::net::{Security, Ssid};

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn n(number: i64) -> Value {
    Value::Number(number)
}

fn texts(all: &[&str]) -> Value {
    Value::List(all.iter().map(|one| text(one)).collect())
}

fn map(entries: &[(&str, Value)]) -> Value {
    let entry = |(key, value): &(&str, Value)| (text(key), value.clone());
    Value::Map(entries.iter().map(entry).collect())
}

fn manager() -> Tree {
    let mut tree = Tree::default();
    tree.insert(
        MANAGER,
        NM,
        &[
            ("Version", text("1.42.4")),
            ("State", n(70)),
            ("Connectivity", n(2)),
            ("ConnectivityCheckUri", text("")),
            ("PrimaryConnection", text("/active/1")),
            ("ActivatingConnection", text("/")),
            ("WirelessEnabled", Value::Flag(true)),
            ("WirelessHardwareEnabled", Value::Flag(false)),
        ],
    );
    tree
}

fn wifi() -> Tree {
    let mut tree = manager();
    tree.insert(
        "/device/1",
        DEVICE,
        &[
            ("Interface", text("wlan0")),
            ("DeviceType", n(2)),
            ("State", n(100)),
            ("StateReason", Value::List(vec![n(100), n(41)])),
            ("ActiveConnection", text("/active/1")),
            ("Metered", n(4)),
        ],
    );
    tree.insert(
        "/device/1",
        WIRELESS,
        &[
            ("HwAddress", text("02:00:00:00:00:01")),
            ("Bitrate", n(866_700)),
            ("AccessPoints", texts(&["/ap/1", "/ap/2", "/ap/gone"])),
            ("ActiveAccessPoint", text("/ap/2")),
            ("LastScan", n(-1)),
            ("WirelessCapabilities", n(0x40)),
        ],
    );
    for (path, ssid) in [
        ("/ap/1", &b"\xff<b>"[..]),
        ("/ap/2", b"Home"),
        ("/ap/3", b"old"),
    ] {
        tree.insert(
            path,
            ACCESS_POINT,
            &[
                ("Ssid", Value::Bytes(ssid.into())),
                ("Strength", n(180)),
                ("Frequency", n(5180)),
                ("RsnFlags", n(0x588)),
                ("LastSeen", n(77)),
            ],
        );
    }
    tree.insert(
        "/active/1",
        ACTIVE,
        &[
            ("Connection", text("/profile/1")),
            ("SpecificObject", text("/ap/1")),
            ("Id", text("Home")),
            ("Uuid", text("u-1")),
            ("Type", text("802-11-wireless")),
            ("Devices", texts(&["/device/1"])),
            ("State", n(2)),
            ("Default", Value::Flag(true)),
            ("Ip4Config", text("/ip4/1")),
            ("Ip6Config", text("/ip6/1")),
            ("Dhcp4Config", text("/dhcp4/1")),
        ],
    );
    tree
}

fn read(nm: &Tree) -> Snapshot {
    snapshot(nm, &Tree::default())
}

#[test]
fn without_its_main_object_network_manager_is_not_running() {
    assert_eq!(read(&Tree::default()).service, Service::NotRunning);
}

#[test]
fn the_whole_and_its_radios_are_read_also_from_an_old_network_manager() {
    let seen = read(&wifi());
    assert_eq!(
        (seen.service.clone(), seen.version.as_str()),
        (Service::Running, "1.42.4")
    );
    assert_eq!(
        (seen.state, seen.connectivity),
        (State::Global, Connectivity::Portal)
    );
    assert_eq!(
        (seen.connectivity_uri.clone(), seen.activating.clone()),
        (None, None)
    );
    assert_eq!(seen.primary, Some(Id::new("/active/1")));
    // No `RadioFlags` before 1.38: a device shows that there is a radio.
    assert!(seen.radios.wifi.present && !seen.radios.wwan.present);
    assert!(seen.radios.wifi.enabled && !seen.radios.wifi.is_on());
    let mut only_radio = manager();
    only_radio.insert(MANAGER, NM, &[("RadioFlags", n(2))]);
    assert!(read(&only_radio).radios.wwan.present);
}

#[test]
fn a_wifi_device_hears_the_access_points_that_it_lists() {
    let seen = read(&wifi());
    let device = seen.devices.first().unwrap();
    assert_eq!(
        (device.kind, device.state),
        (DeviceKind::Wifi, DeviceState::Activated)
    );
    assert_eq!((device.reason, device.speed_mbps), (41, Some(866)));
    assert_eq!(device.hardware_address, "02:00:00:00:00:01");
    assert_eq!((device.metered, device.last_scan_ms), (Some(false), None));
    assert!(device.can_hotspot && device.carrier.is_none());
    let heard: Vec<_> = seen.access_points.iter().map(|point| &point.id).collect();
    assert_eq!(heard, [&Id::new("/ap/1"), &Id::new("/ap/2")]);
    let odd = seen.access_points.first().unwrap();
    assert_eq!(
        (&odd.ssid, odd.strength_percent),
        (&Ssid::new(*b"\xff<b>"), 100)
    );
    assert_eq!(
        (odd.security, odd.last_seen_s),
        (Security::WpaTransition, Some(77))
    );
    assert_eq!(odd.device, device.id);
}

#[test]
fn a_connection_that_roamed_is_at_the_access_point_where_its_device_is() {
    let seen = read(&wifi());
    let active = seen.link().unwrap();
    assert_eq!(active.access_point, Some(Id::new("/ap/2")));
    assert_eq!(
        (active.state, &active.kind),
        (ActiveState::Activated, &ConnectionKind::Wifi)
    );
    assert_eq!(
        (active.name.as_str(), active.uuid.clone()),
        ("Home", Uuid("u-1".into()))
    );
    assert!(active.default4 && !active.default6 && !active.vpn);
    assert_eq!(active.devices, [Id::new("/device/1")]);
}

#[test]
fn addresses_come_in_the_words_of_every_version() {
    let mut tree = wifi();
    let address = |a: &str, p| map(&[("address", text(a)), ("prefix", n(p))]);
    tree.insert(
        "/ip4/1",
        IP4,
        &[
            ("AddressData", Value::List(vec![address("192.0.2.7", 24)])),
            ("Gateway", text("192.0.2.1")),
            (
                "Nameservers",
                Value::List(vec![n(i64::from(u32::from_ne_bytes([192, 0, 2, 1])))]),
            ),
            ("Domains", texts(&["lan", "lan"])),
        ],
    );
    let v6 = "2001:db8::1".parse::<std::net::Ipv6Addr>().unwrap();
    tree.insert(
        "/ip6/1",
        IP6,
        &[
            ("AddressData", Value::List(vec![address("2001:db8::7", 64)])),
            (
                "Nameservers",
                Value::List(vec![Value::Bytes(Box::new(v6.octets()))]),
            ),
        ],
    );
    let options = map(&[
        ("expiry", text("1700000000")),
        ("dhcp_server_identifier", text("192.0.2.1")),
    ]);
    tree.insert("/dhcp4/1", DHCP4, &[("Options", options)]);
    let addresses = read(&tree).link().unwrap().addresses.clone();
    assert_eq!(
        (addresses.v4, addresses.v6),
        (vec!["192.0.2.7/24".into()], vec!["2001:db8::7/64".into()])
    );
    assert_eq!(addresses.gateways, ["192.0.2.1"]);
    assert_eq!(addresses.dns, ["192.0.2.1", "2001:db8::1"]);
    assert_eq!(addresses.domains, ["lan"]);
    assert_eq!(addresses.dhcp_server.as_deref(), Some("192.0.2.1"));
    assert_eq!(addresses.lease_until_s, Some(1_700_000_000));

    let server = map(&[("address", text("9.9.9.9"))]);
    tree.insert(
        "/ip4/1",
        IP4,
        &[("NameserverData", Value::List(vec![server]))],
    );
    let newer = read(&tree).link().unwrap().addresses.dns.clone();
    assert_eq!(newer, ["9.9.9.9", "2001:db8::1"]);
}

#[test]
fn a_profile_is_read_with_what_it_leaves_unsaid() {
    let mut tree = manager();
    tree.insert(
        "/profile/1",
        PROFILE,
        &[("Flags", n(0)), ("Unsaved", Value::Flag(true))],
    );
    tree.insert(
        "/profile/1",
        CONNECTION,
        &[
            ("uuid", text("u-1")),
            ("id", text("Home")),
            ("type", text("802-11-wireless")),
        ],
    );
    tree.insert(
        "/profile/1",
        WIFI,
        &[("ssid", Value::Bytes((*b"Home").into()))],
    );
    tree.insert("/profile/1", WIFI_SECURITY, &[("key-mgmt", text("sae"))]);
    // Its settings are not known yet.
    tree.insert("/profile/2", PROFILE, &[("Flags", n(0))]);
    let seen = read(&tree).profiles;
    let home = seen.first().unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(
        (home.ssid.clone(), home.security),
        (Some(Ssid::from("Home")), Some(Security::Sae))
    );
    assert!(home.autoconnect && home.saved && !home.hidden && !home.hotspot);
    assert_eq!(
        (home.priority, home.metered, home.last_used_s),
        (0, Metered::Automatic, 0)
    );

    tree.insert("/profile/1", PROFILE, &[("Flags", n(0x5))]);
    tree.insert(
        "/profile/1",
        CONNECTION,
        &[
            ("uuid", text("u-1")),
            ("type", text("gsm")),
            ("autoconnect", Value::Flag(false)),
            ("autoconnect-priority", n(-5)),
            ("metered", n(1)),
            ("timestamp", n(1_700_000_000)),
        ],
    );
    tree.insert(
        "/profile/1",
        GSM,
        &[("apn", text("web")), ("home-only", Value::Flag(true))],
    );
    let seen = read(&tree).profiles;
    let mobile = seen.first().unwrap();
    assert_eq!(
        (mobile.kind.clone(), mobile.apn.as_deref()),
        (ConnectionKind::Mobile, Some("web"))
    );
    assert!(!mobile.autoconnect && !mobile.saved && mobile.home_only && mobile.ssid.is_none());
    assert_eq!((mobile.priority, mobile.metered), (-5, Metered::Yes));
    assert_eq!(mobile.last_used_s, 1_700_000_000);
}

fn modem(state: i64, lock: i64, registration: i64) -> super::super::snapshot::Modem {
    let mut mm = Tree::default();
    let retries = vec![(n(2), n(3)), (n(4), n(10))];
    mm.insert(
        "/modem/0",
        MODEM,
        &[
            ("Manufacturer", text("Sierra Wireless, Incorporated")),
            ("Model", text("EM7345")),
            ("State", n(state)),
            ("StateFailedReason", n(2)),
            ("UnlockRequired", n(lock)),
            ("UnlockRetries", Value::Map(retries)),
            ("AccessTechnologies", n(1 << 14 | 1 << 5)),
            ("SignalQuality", Value::List(vec![n(64), Value::Flag(true)])),
            ("OwnNumbers", texts(&["", "+491701234567"])),
            ("EquipmentIdentifier", text("490154203237518")),
            ("Revision", text("FIH7160")),
            ("Sim", text("/sim/0")),
        ],
    );
    let network = [
        ("OperatorName", text("Telekom.de")),
        ("OperatorCode", text("26201")),
        ("RegistrationState", n(registration)),
    ];
    mm.insert("/modem/0", MODEM_3GPP, &network);
    let sim = [
        ("OperatorIdentifier", text("26203")),
        ("SimIdentifier", text("8949")),
    ];
    mm.insert("/sim/0", SIM, &sim);
    snapshot(&manager(), &mm).modems.first().unwrap().clone()
}

#[test]
fn a_modem_tells_its_network_while_its_radio_is_on() {
    let seen = modem(11, 1, 5);
    assert_eq!(
        (seen.state, seen.lock, seen.tries),
        (ModemState::Connected, None, None)
    );
    assert_eq!(seen.model, "Sierra Wireless, Incorporated EM7345");
    assert_eq!(
        (seen.technology, seen.signal_percent),
        (Some("LTE"), Some(64))
    );
    assert_eq!(seen.operator.as_deref(), Some("Telekom.de"));
    assert_eq!(seen.sim_operator_code.as_deref(), Some("26203"));
    assert_eq!(seen.own_number.as_deref(), Some("+491701234567"));
    assert_eq!(seen.imei.as_deref(), Some("490154203237518"));
    assert_eq!(seen.firmware.as_deref(), Some("FIH7160"));
    assert_eq!(seen.iccid.as_deref(), Some("8949"));
    assert!(seen.roaming && !modem(8, 1, 1).roaming);
    let off = modem(3, 1, 0);
    assert_eq!(
        (off.state, off.signal_percent, off.technology),
        (ModemState::Disabled, None, None)
    );
    assert_eq!(modem(6, 1, 3).state, ModemState::Denied);
    assert_eq!(
        modem(-1, 1, 0).state,
        ModemState::Failed { sim_missing: true }
    );
}

#[test]
fn a_locked_sim_says_what_it_wants_and_how_often_one_may_try() {
    let pin = modem(2, 2, 0);
    assert_eq!(
        (pin.state, pin.lock, pin.tries),
        (ModemState::Locked, Some(SimLock::Pin), Some(3))
    );
    let puk = modem(2, 4, 0);
    assert_eq!((puk.lock, puk.tries), (Some(SimLock::Puk), Some(10)));
    assert_eq!(modem(2, 8, 0).lock, Some(SimLock::Other(8)));
    // PIN2 locks a telephone book, not the network.
    assert_eq!(modem(8, 3, 1).lock, None);
}

#[test]
fn every_number_has_a_word() {
    for raw in [
        None,
        Some(0),
        Some(1),
        Some(9),
        Some(55),
        Some(71),
        Some(u32::MAX),
    ] {
        assert_eq!(state(raw), State::Unknown);
    }
    assert_eq!(connectivity(Some(5)), Connectivity::Unknown);
    assert_eq!(active::state(Some(5)), ActiveState::Unknown);
}

#[test]
fn permissions_are_what_polkit_says_and_no_where_it_says_nothing() {
    use crate::net::snapshot::Permission;
    let say = |name: &str| format!("org.freedesktop.NetworkManager.{name}");
    let all = std::collections::HashMap::from([
        (say("network-control"), "yes"),
        (say("settings.modify.system"), "auth"),
        (say("wifi.scan"), "unknown"),
    ]);
    let message = zbus::Message::method_call("/", "Test").build(&all).unwrap();
    let seen = permissions(&message.body()).unwrap();
    assert_eq!(
        (seen.control, seen.modify_system),
        (Permission::Yes, Permission::Ask)
    );
    assert_eq!((seen.scan, seen.share), (Permission::No, Permission::No));
    let other = zbus::Message::method_call("/", "Test")
        .build(&7_u32)
        .unwrap();
    assert_eq!(permissions(&other.body()), None);
}
