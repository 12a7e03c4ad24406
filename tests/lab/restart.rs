//! Daemons are restarted under the running programs, as an upgrade does.

use std::time::Duration;

use barpop::sim::modem::Options;

use crate::access_point::{AccessPoint, Air};
use crate::desk::{Desk, wifi};
use crate::mobile::{MINUTE, follow};
use crate::modem_manager::{Mobile, needs, slow};
use crate::network::NetworkManager;
use crate::support::Following;
use crate::{Needs, guest};

#[test]
fn the_bus_is_restarted_under_the_running_line() {
    let needs = Needs {
        bus: false,
        ..wifi(2)
    };
    guest(needs, |lab| {
        let bus = lab.start_bus();
        let air = Air::new(lab, 2, 1);
        let _point = air.start(&AccessPoint::wpa2("LabHome", "correct-horse"));
        let mut desk = Desk::new(lab);
        desk.wait_for_network("LabHome");
        desk.connect("LabHome", "correct-horse", &[]).unwrap();
        let bar = desk.follow();
        bar.wait_for("LabHome");
        bus.stop();
        bar.wait_within("no system bus", Duration::from_secs(30));
        // Nothing on the bus outlives it.
        desk.manager.stop();
        let _bus = lab.start_bus();
        desk.manager.start_anew(lab);
        bar.wait_within("LabHome", Duration::from_secs(90));
        desk.must_be_on("LabHome");
    });
}

#[test]
fn the_bus_and_modemmanager_are_restarted_under_the_running_messages() {
    let needs = Needs {
        bus: false,
        ..needs()
    };
    guest(needs, |lab| {
        let bus = lab.start_bus();
        let mut mobile = Mobile::new(lab, slow());
        let bar = follow(&mobile);
        bar.wait_within("0 Lab Mobile ", MINUTE);
        mobile.stop();
        bar.wait_within("0  ", MINUTE);
        mobile.modem.receive("+491701234567", "while it was away");
        mobile.start();
        bar.wait_within("1 Lab Mobile ", 2 * MINUTE);
        bus.stop();
        bar.wait_within("1  ", MINUTE);
        // Nothing on the bus outlives it.
        mobile.stop();
        let _bus = lab.start_bus();
        mobile.start_anew();
        bar.wait_within("1 Lab Mobile ", 2 * MINUTE);
        mobile.modem.receive("+491701234567", "on the new bus");
        bar.wait_within("2 Lab Mobile ", MINUTE);
    });
}

#[test]
fn modemmanager_has_the_modem_and_is_restarted_under_the_running_programs() {
    guest(needs(), |lab| {
        let _network = NetworkManager::start(lab);
        let mut mobile = Mobile::new(lab, Options::default());
        let mut xnm = mobile.program(env!("CARGO_BIN_EXE_xnm"));
        let bar = Following::start(xnm.args(["--follow", "--output", "json"]));
        let minute = Duration::from_secs(60);
        bar.wait_for_part("\"modems\":[{", minute);
        mobile.stop();
        bar.wait_for_part("\"modems\":[]", minute);
        mobile.start();
        bar.wait_for_part("\"modems\":[{", 2 * minute);
        mobile.unplug();
        bar.wait_for_part("\"modems\":[]", minute);
        mobile.plug();
        bar.wait_for_part("\"modems\":[{", 2 * minute);
    });
}
