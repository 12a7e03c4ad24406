//! Words of the command line, and what they mean.

use super::*;
use crate::net::Security;
use crate::net::sample;
use crate::net::snapshot::ConnectionKind;

fn meant(word: &str, snapshot: &Snapshot) -> Meant {
    target(word, false, None, snapshot).unwrap()
}

fn refused(word: &str, snapshot: &Snapshot) -> String {
    target(word, false, None, snapshot).unwrap_err().to_string()
}

#[test]
fn a_network_is_found_by_name_and_by_bytes() {
    let mut snapshot = sample::offline();
    let odd = [0xff, 0x00, b'x'];
    snapshot.access_points = vec![
        sample::point(*b"caf\xc3\xa9", 70, Security::Wpa),
        sample::point(odd, 60, Security::Open),
    ];
    let by_name = meant("café", &snapshot);
    assert!(matches!(&by_name, Meant::Network(n) if n.security == Security::Wpa));
    assert_eq!(meant("0x636166c3a9", &snapshot), by_name);
    let by_bytes = meant("0xff0078", &snapshot);
    assert!(matches!(by_bytes, Meant::Network(n) if n.key.ssid.bytes() == odd));
    assert_eq!(
        target("ff0078", true, None, &snapshot).unwrap(),
        meant("0xff0078", &snapshot)
    );
    let nothing = meant("xyz", &snapshot);
    assert_eq!(nothing, Meant::Nothing(Ssid::from("xyz")));
    assert!(matches!(
        target("+f", true, None, &snapshot),
        Err(ActionError::Usage(_))
    ));
}

#[test]
fn a_network_whose_name_looks_like_bytes_is_found_by_its_name_first() {
    let mut snapshot = sample::offline();
    snapshot.access_points = vec![sample::point(*b"0xff", 70, Security::Open)];
    assert!(matches!(meant("0xff", &snapshot), Meant::Network(_)));
}

#[test]
fn a_saved_network_is_its_profile() {
    let mut snapshot = sample::offline();
    snapshot.access_points = vec![
        sample::point(*b"home", 70, Security::WpaTransition),
        // Somebody else's, of the same name and without a password.
        sample::point(*b"home", 90, Security::Open),
    ];
    snapshot.profiles = vec![sample::wifi_profile("My home", "home", Security::Wpa)];
    let profile = Meant::Profile(sample::uuid("My home"));
    assert_eq!(meant("home", &snapshot), profile);
    assert_eq!(meant("My home", &snapshot), profile);
    assert_eq!(meant("uuid-of-My home", &snapshot), profile);
}

#[test]
fn a_name_that_means_several_things_is_refused_with_all_of_them() {
    let mut snapshot = sample::offline();
    snapshot.access_points = vec![sample::point(*b"work", 70, Security::Open)];
    snapshot.profiles = vec![
        sample::profile("work", ConnectionKind::Vpn),
        Profile {
            uuid: sample::uuid("second"),
            ..sample::profile("work", ConnectionKind::WireGuard)
        },
    ];
    let error = refused("work", &snapshot);
    for part in [
        "could be several",
        "the network 'work' that is open",
        "uuid-of-work (VPN profile 'work')",
        "uuid-of-second (WireGuard profile 'work')",
    ] {
        assert!(error.contains(part), "{part} in {error}");
    }
    let error = profile("work", &snapshot).unwrap_err().to_string();
    assert!(error.contains("uuid-of-second"), "{error}");
    assert_eq!(
        meant("uuid-of-second", &snapshot),
        Meant::Profile(sample::uuid("second"))
    );
}

#[test]
fn of_two_networks_of_one_name_the_protection_chooses() {
    let mut snapshot = sample::offline();
    snapshot.access_points = vec![
        sample::point(*b"cafe", 70, Security::Open),
        sample::point(*b"cafe", 60, Security::Wpa),
    ];
    assert!(refused("cafe", &snapshot).contains("--security"));
    let chosen = target("cafe", false, Some(Family::Password), &snapshot).unwrap();
    assert!(matches!(chosen, Meant::Network(n) if n.security == Security::Wpa));
}

#[test]
fn a_profile_is_found_by_its_networks_name_where_no_profile_has_that_name() {
    let mut snapshot = sample::offline();
    snapshot.profiles = vec![sample::wifi_profile("At home", "home", Security::Wpa)];
    assert_eq!(profile("home", &snapshot).unwrap().name, "At home");
    assert_eq!(profile("0x686f6d65", &snapshot).unwrap().name, "At home");
    let error = profile("\x1b[2Jx", &snapshot).unwrap_err().to_string();
    assert!(error.contains("no profile '[2Jx'"), "{error}");
}
