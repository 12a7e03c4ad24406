//! Wi-Fi as a person meets it with `xnm`: joining, being refused, losing and finding again.

use std::time::Duration;

use crate::access_point::{AccessPoint, Air, CA};
use crate::desk::{Desk, wifi};
use crate::guest;

#[test]
fn every_kind_of_network_is_joined_by_its_name() {
    guest(wifi(7), |lab| {
        let air = Air::new(lab, 7, 1);
        let points = [
            AccessPoint::open("Lab Open ☃"),
            AccessPoint::wpa2("LabWPA2", "correct-horse").channel(6),
            AccessPoint::wpa3("LabWPA3", "sae-horse").channel(11),
            AccessPoint::transition("LabBoth", "both-horse").channel(6),
            AccessPoint::owe("LabOWE").channel(11),
            AccessPoint::wpa2("LabHidden", "hidden-horse").hidden(),
        ];
        let _on_air: Vec<_> = points.iter().map(|point| air.start(point)).collect();
        let desk = Desk::new(lab);
        for (ssid, security, password) in [
            ("Lab Open ☃", "open", None),
            ("LabWPA2", "wpa2", Some("correct-horse")),
            ("LabWPA3", "wpa3", Some("sae-horse")),
            ("LabBoth", "wpa2-wpa3", Some("both-horse")),
            ("LabOWE", "owe", None),
        ] {
            assert_eq!(desk.wait_for_network(ssid)["security"], security, "{ssid}");
            match password {
                Some(password) => desk.connect(ssid, password, &[]),
                None => desk.xnm(&["connect", ssid]),
            }
            .unwrap();
            desk.must_be_on(ssid);
        }
        let hidden = ["--hidden", "--security", "wpa2"];
        desk.connect("LabHidden", "hidden-horse", &hidden).unwrap();
        desk.must_be_on("LabHidden");
        // Known by now: no password is asked for.
        desk.xnm(&["connect", "LabWPA2"]).unwrap();
        desk.must_be_on("LabWPA2");
    });
}

#[test]
fn an_enterprise_network_is_joined_by_peap_and_by_ttls_and_the_server_is_checked() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let _point = air.start(&AccessPoint::enterprise("LabWork", "staff", "work-horse"));
        let desk = Desk::new(lab);
        assert_eq!(desk.wait_for_network("LabWork")["security"], "enterprise");
        let staff = ["--identity", "staff", "--ca-certificate", CA];
        for method in ["peap", "ttls-pap", "ttls-mschapv2"] {
            let mut arguments = vec!["--method", method];
            arguments.extend(staff);
            desk.connect("LabWork", "work-horse", &arguments).unwrap();
            desk.must_be_on("LabWork");
            desk.xnm(&["disconnect"]).unwrap();
            desk.xnm(&["forget", "LabWork"]).unwrap();
        }
        // Another authority than the server's.
        lab.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
             -subj /CN=Other -keyout /run/other.key -out /run/other.pem",
        );
        let other = ["--identity", "staff", "--ca-certificate", "/run/other.pem"];
        desk.connect("LabWork", "work-horse", &other).unwrap_err();
    });
}

#[test]
fn a_wrong_password_is_called_wrong_and_leaves_no_profile_behind() {
    guest(wifi(5), |lab| {
        let air = Air::new(lab, 5, 1);
        let points = [
            AccessPoint::wpa2("LabWPA2", "correct-horse"),
            AccessPoint::wpa3("LabWPA3", "sae-horse").channel(6),
            AccessPoint::transition("LabBoth", "both-horse").channel(11),
            AccessPoint::enterprise("LabWork", "staff", "work-horse").channel(6),
        ];
        let _on_air: Vec<_> = points.iter().map(|point| air.start(point)).collect();
        let desk = Desk::new(lab);
        let staff = ["--identity", "staff", "--ca-certificate", CA];
        for (ssid, right, more) in [
            ("LabWPA2", "correct-horse", &[][..]),
            ("LabWPA3", "sae-horse", &[]),
            ("LabBoth", "both-horse", &[]),
            ("LabWork", "work-horse", &staff),
        ] {
            desk.wait_for_network(ssid);
            is_refused_and_then_joined(&desk, ssid, right, more);
        }
    });
}

#[test]
fn a_hidden_networks_wrong_password_is_called_wrong_too() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let _point = air.start(&AccessPoint::wpa2("LabHidden", "hidden-horse").hidden());
        let desk = Desk::new(lab);
        let hidden = ["--hidden", "--security", "wpa2"];
        is_refused_and_then_joined(&desk, "LabHidden", "hidden-horse", &hidden);
    });
}

/// A wrong password is called wrong, and leaves nothing behind; then the right one is right.
fn is_refused_and_then_joined(desk: &Desk<'_>, ssid: &str, right: &str, more: &[&str]) {
    let said = desk.connect(ssid, "wrong-horse", more).unwrap_err();
    let blamed = said.contains("wrong") || said.contains("did not accept");
    assert!(said.contains("password") && blamed, "{ssid}: {said}");
    assert!(!said.contains("wrong-horse"), "{ssid}: {said}");
    let profiles = desk.state()["profiles"].to_string();
    assert!(!profiles.contains(ssid), "{ssid}: {profiles}");
    desk.connect(ssid, right, more).unwrap();
    desk.must_be_on(ssid);
}

#[test]
fn an_access_point_that_goes_is_missed_and_one_that_comes_back_is_joined_again() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let home = AccessPoint::wpa2("LabHome", "correct-horse");
        let point = air.start(&home);
        let desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        let bar = desk.follow();
        bar.wait_for("offline");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        bar.wait_for("LabHome");
        drop(point);
        bar.wait_within("offline", Duration::from_secs(60));
        let _point = air.start(&home);
        bar.wait_within("LabHome", Duration::from_secs(200));
        desk.must_be_on("LabHome");
    });
}

#[test]
fn two_access_points_of_one_network_are_one_row_and_one_may_go() {
    guest(wifi(3), |lab| {
        let air = Air::new(lab, 3, 1);
        let office = AccessPoint::wpa2("LabOffice", "correct-horse");
        let first = air.start(&office.clone().channel(1));
        let second = air.start(&office.channel(11));
        let both = [first.bssid(), second.bssid()];
        let desk = Desk::new(lab);
        let heard = lab.eventually("both are heard", Duration::from_secs(60), || {
            let state = desk.state();
            let rows = state["access_points"].as_array().unwrap();
            let mut rows = rows.iter().filter(|row| row["ssid"] == "LabOffice");
            let row = rows.next()?.clone();
            assert!(rows.next().is_none(), "two rows of one network");
            let mut heard: Vec<String> = serde_json::from_value(row["bssids"].clone()).unwrap();
            heard.sort();
            (heard.len() == 2).then_some(heard)
        });
        assert_eq!(heard, both);
        desk.connect("LabOffice", "correct-horse", &[]).unwrap();
        desk.must_be_on("LabOffice");
        // The one that it is on goes; the other one takes over.
        let on = desk.state()["connections"][0]["bssid"].clone();
        let left = if on == both[0].as_str() {
            drop(first);
            second
        } else {
            drop(second);
            first
        };
        lab.eventually("the other one is taken", Duration::from_secs(120), || {
            let state = desk.state();
            let connection = &state["connections"][0];
            (connection["state"] == "activated" && connection["bssid"] == left.bssid().as_str())
                .then_some(())
        });
        desk.must_be_on("LabOffice");
    });
}

#[test]
fn two_adapters_are_on_two_networks_and_each_is_disconnected_alone() {
    guest(wifi(4), |lab| {
        let air = Air::new(lab, 4, 2);
        let _one = air.start(&AccessPoint::wpa2("LabOne", "correct-horse"));
        let _two = air.start(&AccessPoint::open("LabTwo").channel(6));
        let desk = Desk::new(lab);
        desk.wait_for_network("LabOne");
        desk.wait_for_network("LabTwo");
        let first = ["--device", "wlan0"];
        desk.connect("LabOne", "correct-horse", &first).unwrap();
        desk.xnm(&["connect", "LabTwo", "--device", "wlan1"])
            .unwrap();
        assert_eq!(
            desk.on(),
            [("wlan0", "LabOne"), ("wlan1", "LabTwo")].map(own)
        );
        desk.xnm(&["disconnect", "wlan1"]).unwrap();
        assert_eq!(desk.on(), [("wlan0", "LabOne")].map(own));
    });
}

fn own((device, ssid): (&str, &str)) -> (String, String) {
    (device.to_owned(), ssid.to_owned())
}

#[test]
fn a_forgotten_network_asks_for_its_password_again() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let _point = air.start(&AccessPoint::wpa2("LabHome", "correct-horse"));
        let desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        assert_eq!(desk.wait_for_network("LabHome")["saved"], true);
        desk.xnm(&["disconnect"]).unwrap();
        assert!(desk.on().is_empty());
        desk.xnm(&["forget", "LabHome"]).unwrap();
        assert_eq!(desk.wait_for_network("LabHome")["saved"], false);
        let said = desk.xnm(&["connect", "LabHome"]).unwrap_err();
        assert!(said.contains("password"), "{said}");
    });
}

#[test]
fn the_radio_is_switched_off_and_on_and_the_network_comes_back() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let home = AccessPoint::wpa2("LabHome", "correct-horse");
        let point = air.start(&home);
        let desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        let bar = desk.follow();
        bar.wait_for("LabHome");
        desk.xnm(&["radio", "wifi", "off"]).unwrap();
        bar.wait_for("Wi-Fi off");
        assert_eq!(desk.state()["radios"]["wifi"]["enabled"], false);
        // The kernel's switch was for all radios of this machine, the access point's too.
        drop(point);
        desk.xnm(&["radio", "wifi", "on"]).unwrap();
        let _point = air.start(&home);
        bar.wait_within("LabHome", Duration::from_secs(60));
        desk.must_be_on("LabHome");
    });
}

#[test]
fn a_hotspot_is_joined_from_outside_with_the_password_that_was_given() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let desk = Desk::new(lab);
        desk.with_password("hotspot-horse", &["hotspot", "LabHot"])
            .unwrap();
        let guest = air.join("LabHot", "hotspot-horse");
        lab.eventually("somebody has joined", Duration::from_secs(60), || {
            guest.is_connected().then_some(())
        });
        desk.xnm(&["hotspot", "off"]).unwrap();
        assert!(desk.on().is_empty());
    });
}

#[test]
fn networkmanager_is_restarted_under_the_running_line() {
    guest(wifi(2), |lab| {
        let air = Air::new(lab, 2, 1);
        let _point = air.start(&AccessPoint::wpa2("LabHome", "correct-horse"));
        let mut desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        let bar = desk.follow();
        bar.wait_for("LabHome");
        desk.manager.stop();
        bar.wait_for("no NetworkManager");
        desk.manager.start_again(lab);
        bar.wait_within("LabHome", Duration::from_secs(60));
        desk.must_be_on("LabHome");
    });
}
