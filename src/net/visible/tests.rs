use super::*;
use crate::net::snapshot::{ActiveConnection, ActiveState, Addresses, ConnectionKind, Id, Uuid};

fn device(kind: DeviceKind, interface: &str, state: DeviceState) -> Device {
    Device {
        id: Id::new(format!("/{interface}")),
        kind,
        interface: interface.to_owned(),
        state,
        reason: 0,
        autoconnect: true,
        active: None,
        hardware_address: String::new(),
        driver: String::new(),
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

fn laptop() -> Snapshot {
    use DeviceKind::*;
    use DeviceState::{Activated, Disconnected, Unavailable, Unmanaged};
    Snapshot {
        devices: vec![
            device(Loopback, "lo", Activated),
            device(Ethernet, "enp0s31f6", Unavailable),
            device(Wifi, "wlan0", Disconnected),
            device(WifiP2p, "p2p-dev-wlan0", Disconnected),
            device(Modem, "wwan0", Disconnected),
            device(WireGuard, "wg0", Activated),
            device(Bridge, "docker0", Activated),
            device(Bridge, "br-0123456789ab", Activated),
            device(Bridge, "virbr0", Activated),
            device(Veth, "veth1a2b3c", Unmanaged),
            device(Tunnel, "vnet3", Unmanaged),
            device(Tunnel, "tun0", Activated),
            device(Bridge, "br0", Activated),
            device(Virtual, "dummy0", Unmanaged),
            device(Other, "ip6tnl0", Unmanaged),
        ],
        ..Snapshot::default()
    }
}

fn shown(rules: &Rules, snapshot: &Snapshot) -> Vec<String> {
    let names = rules.visible(snapshot).map(|device| &device.interface);
    names.cloned().collect()
}

fn rules(hide: &[&str], show: &[&str]) -> Rules {
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Rules {
        hide: all(hide),
        show: all(show),
    }
}

#[test]
fn containers_and_machines_interfaces_are_hidden_and_a_persons_own_are_shown() {
    let own = ["enp0s31f6", "wlan0", "wwan0", "wg0", "tun0", "br0"];
    assert_eq!(shown(&Rules::default(), &laptop()), own);
}

#[test]
fn the_rule_can_be_changed_by_name_and_showing_wins() {
    let seen = shown(&rules(&["w*"], &["wwan?", "docker0"]), &laptop());
    assert_eq!(seen, ["enp0s31f6", "wwan0", "docker0", "tun0", "br0"]);
}

#[test]
fn what_carries_the_internet_is_shown_even_if_it_is_hidden_by_name() {
    let mut snapshot = laptop();
    snapshot.primary = Some(Id::new("/active"));
    snapshot.connections = vec![ActiveConnection {
        id: Id::new("/active"),
        uuid: Uuid("u".into()),
        profile: None,
        name: "Container".to_owned(),
        kind: ConnectionKind::Virtual("veth".to_owned()),
        state: ActiveState::Activated,
        devices: vec![Id::new("/veth1a2b3c")],
        vpn: false,
        vpn_state: 0,
        default4: true,
        default6: false,
        access_point: None,
        addresses: Addresses::default(),
    }];
    assert_eq!(shown(&rules(&["*"], &[]), &snapshot), ["veth1a2b3c"]);
}

#[test]
fn a_pattern_matches_as_in_a_shell() {
    for (pattern, name) in [
        ("wl*", "wlan0"),
        ("*", ""),
        ("a*b*c", "axxbyyc"),
        ("e?h0", "eth0"),
    ] {
        assert!(matches(pattern, name), "{pattern} {name}");
    }
    for (pattern, name) in [
        ("wl*", "eth0"),
        ("", "x"),
        ("a*b", "axxbc"),
        ("e?h0", "eh0"),
    ] {
        assert!(!matches(pattern, name), "{pattern} {name}");
    }
}
