//! What a person reads in a terminal.

use super::*;
use crate::net::{Security, sample};

#[test]
fn the_list_is_a_table_with_what_is_connected_first() {
    let mut snapshot = sample::wifi(*b"caf\xc3\xa9", 72);
    snapshot.devices[0].state = DeviceState::Unavailable;
    snapshot.devices[0].carrier = Some(false);
    snapshot
        .devices
        .push(sample::device("lo", DeviceKind::Loopback));
    snapshot.access_points.extend([
        sample::point("日本語".as_bytes(), 90, Security::Sae),
        sample::point(*b"a\x1b[31m\xff", 8, Security::Open),
    ]);
    snapshot.profiles = vec![
        sample::profile("Wired", ConnectionKind::Ethernet),
        sample::wifi_profile("the profile", "café", Security::Wpa),
    ];
    snapshot.profiles[0].autoconnect = false;
    snapshot.profiles[0].priority = 5;
    let text = table(&snapshot, &Rules::default(), false);
    insta::assert_snapshot!(text, @r"
    DEVICES
    * wlan0  Wi-Fi     café
      eth0   Ethernet  no cable

    NETWORKS
    * café                        72 %  WPA2  5 GHz  connected, saved
      日本語                      90 %  WPA3  5 GHz
      a[31m� (0x611b5b33316dff)    8 %  open  5 GHz

    PROFILES
    * the profile  Wi-Fi     uuid-of-the profile
      Wired        Ethernet  uuid-of-Wired        by hand, priority 5
    ");
    let all = table(&snapshot, &Rules::default(), true);
    assert!(all.contains("  lo "), "{all}");
}

#[test]
fn an_empty_list_says_none() {
    let text = table(&Snapshot::default(), &Rules::default(), false);
    assert_eq!(text, "DEVICES\n  none\n\nPROFILES\n  none\n");
}

#[test]
fn a_name_that_does_not_tell_its_bytes_is_shown_with_them() {
    assert_eq!(ssid_words(&Ssid::from("home")), "home");
    assert_eq!(ssid_words(&Ssid::from(" ")), "(0x20)");
    assert_eq!(ssid_words(&Ssid::from("a\u{202e}b")), "ab (0x61e280ae62)");
}
