//! A machine that is connected, as the line sees it.

use barpop::net::snapshot::{
    AccessPoint, ActiveConnection, ActiveState, Addresses, ConnectionKind, Connectivity, Id,
    Service, Snapshot, State, Uuid,
};
use barpop::net::{Security, Ssid};

/// Wi-Fi of this name's bytes and a VPN of that name over it.
pub fn connected(ssid: &[u8], vpn: &[u8], strength_percent: u8) -> Snapshot {
    let vpn = String::from_utf8_lossy(vpn).into_owned();
    Snapshot {
        service: Service::Running,
        state: State::Global,
        connectivity: Connectivity::Full,
        primary: Some(Id::new("/wifi")),
        access_points: vec![AccessPoint {
            id: Id::new("/point"),
            device: Id::new("/device"),
            ssid: Ssid::new(ssid),
            bssid: "02:00:00:00:00:01".to_owned(),
            strength_percent,
            frequency_mhz: 2437,
            max_bitrate_kbps: 54_000,
            security: Security::Wpa,
            last_seen_s: None,
        }],
        connections: vec![
            connection("/wifi", "profile", ConnectionKind::Wifi, Some("/point")),
            connection("/vpn", &vpn, ConnectionKind::Vpn, None),
        ],
        ..Snapshot::default()
    }
}

fn connection(id: &str, name: &str, kind: ConnectionKind, point: Option<&str>) -> ActiveConnection {
    ActiveConnection {
        id: Id::new(id),
        uuid: Uuid(id.into()),
        profile: None,
        name: name.to_owned(),
        kind,
        state: ActiveState::Activated,
        devices: Vec::new(),
        vpn: point.is_none(),
        vpn_state: 0,
        default4: point.is_some(),
        default6: false,
        access_point: point.map(Id::new),
        addresses: Addresses::default(),
    }
}
