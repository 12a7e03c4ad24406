//! The document that other programs rely on.

use super::*;
use crate::net::snapshot::{ConnectionKind, Rates, Service, Share};
use crate::net::{Security, sample};
use crate::secret::Secret;

#[test]
fn json_has_the_shape_that_other_programs_rely_on() {
    let mut snapshot = sample::wifi(*b"caf\xc3\xa9", 72);
    snapshot
        .access_points
        .push(sample::point(*b"caf\xc3\xa9", 40, Security::Sae));
    snapshot.profiles = vec![sample::wifi_profile("the profile", "café", Security::Wpa)];
    snapshot.profiles[0].last_used_s = 1_700_000_000;
    sample::tunnel(&mut snapshot, "work");
    snapshot.rates = Some(Rates { rx: 1, tx: 2 });
    let json = to_json(&snapshot);
    assert_eq!(json["state"], "global");
    assert_eq!(json["connectivity"], "full");
    assert_eq!(json["primary"], "uuid-of-the profile", "the real link");
    assert_eq!(json["error"], Value::Null);
    assert_eq!(json["rates"]["rx_bytes_per_s"], 1);
    assert_eq!(
        json["access_points"],
        json!([{
            "ssid": "café",
            "ssid_hex": "636166c3a9",
            "bssids": ["02:00:00:00:01:48", "02:00:00:00:01:28"],
            "strength_percent": 72,
            "frequency_mhz": 5180,
            "security": "wpa3",
            "saved": true,
            "active": true,
            "devices": ["wlan0"],
        }]),
        "one network, whatever its radios"
    );
    let wifi = &json["connections"][0];
    assert_eq!(wifi["kind"], "wifi");
    assert_eq!(wifi["state"], "activated");
    assert_eq!(wifi["addresses_ipv4"], json!(["192.0.2.7/24"]));
    assert_eq!(wifi["strength_percent"], 72);
    assert_eq!(wifi["vpn"], false);
    assert_eq!(json["connections"][1]["vpn"], true);
    assert_eq!(json["devices"][1]["interface"], "wlan0");
    assert_eq!(json["devices"][1]["state"], "activated");
    assert_eq!(json["profiles"][0]["last_used"], "2023-11-14T22:13:20Z");
    assert_eq!(json["radios"]["wifi"]["enabled"], true);
}

#[test]
fn a_modem_is_told_with_units() {
    let json = to_json(&sample::mobile("A1", true));
    let modem = &json["modems"][0];
    assert_eq!(modem["signal_percent"], 64);
    assert_eq!(modem["technology"], "LTE");
    assert_eq!(modem["roaming"], true);
    assert_eq!(modem["interface"], "wwan0");
    assert_eq!(modem["lock"], Value::Null);
}

#[test]
fn no_secret_gets_into_the_document() {
    let mut snapshot = sample::wifi(*b"home", 72);
    snapshot.profiles = vec![sample::profile("x", ConnectionKind::Wifi)];
    snapshot.share = Some(Share {
        profile: sample::uuid("x"),
        code: Secret::new("WIFI:T:WPA;S:home;P:canary-7;;"),
        password: Some(Secret::new("canary-7")),
    });
    assert!(!to_json(&snapshot).to_string().contains("canary"));
}

#[test]
fn without_networkmanager_the_document_is_whole_and_says_so() {
    let snapshot = Snapshot {
        service: Service::NotRunning,
        ..Snapshot::default()
    };
    let json = to_json(&snapshot);
    assert_eq!(json["state"], "not-running");
    assert!(json["error"].as_str().unwrap().contains("not running"));
    assert_eq!(json["access_points"], json!([]));
}
