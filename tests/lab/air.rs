//! The air itself, by NetworkManager's own client: what `xnm` is tried against must work.

use std::time::Duration;

use crate::access_point::{AccessPoint, Air, CA, ROUTER};
use crate::network::NetworkManager;
use crate::{Lab, Needs, guest};

fn needs(radios: u8) -> Needs {
    Needs {
        bus: true,
        radios,
        ..Needs::default()
    }
}

/// Waits until NetworkManager has seen these.
fn wait_for_networks(lab: &Lab, ssids: &[&str]) {
    lab.eventually("the networks are seen", Duration::from_secs(60), || {
        let (_, said) = lab.try_run("nmcli -t -f SSID device wifi list --rescan auto");
        let seen: Vec<&str> = said.lines().collect();
        ssids.iter().all(|ssid| seen.contains(ssid)).then_some(())
    });
}

#[test]
fn the_air_holds_every_kind_of_network_and_each_can_be_joined() {
    guest(needs(7), |lab| {
        let air = Air::new(lab, 7, 1);
        let points = [
            AccessPoint::open("Lab Open ☃"),
            AccessPoint::wpa2("LabWPA2", "correct-horse").channel(6),
            AccessPoint::wpa3("LabWPA3", "sae-horse").channel(11),
            AccessPoint::transition("LabBoth", "both-horse").channel(6),
            AccessPoint::owe("LabOWE").channel(11),
            AccessPoint::enterprise("LabWork", "staff", "work-horse"),
        ];
        let _on_air: Vec<_> = points.iter().map(|point| air.start(point)).collect();
        let _manager = NetworkManager::start(lab);
        wait_for_networks(
            lab,
            &[
                "Lab Open ☃",
                "LabWPA2",
                "LabWPA3",
                "LabBoth",
                "LabOWE",
                "LabWork",
            ],
        );
        for (ssid, password) in [
            ("Lab Open ☃", None),
            ("LabWPA2", Some("correct-horse")),
            ("LabWPA3", Some("sae-horse")),
            ("LabBoth", Some("both-horse")),
            ("LabOWE", None),
        ] {
            let mut nmcli = std::process::Command::new("nmcli");
            nmcli.args(["device", "wifi", "connect", ssid]);
            if let Some(password) = password {
                nmcli.args(["password", password]);
            }
            assert!(lab.output(&mut nmcli).0, "{ssid}");
            lab.run(&format!("ping -c 1 -W 2 {ROUTER}"));
        }
        for (eap, inner) in [("peap", "mschapv2"), ("ttls", "pap")] {
            lab.run(&format!(
                "nmcli connection add type wifi con-name {eap} ssid LabWork wifi-sec.key-mgmt \
                 wpa-eap 802-1x.eap {eap} 802-1x.phase2-auth {inner} 802-1x.identity staff \
                 802-1x.password work-horse 802-1x.ca-cert {CA}"
            ));
            lab.run(&format!("nmcli connection up {eap}"));
            lab.run(&format!("ping -c 1 -W 2 {ROUTER}"));
        }
    });
}
