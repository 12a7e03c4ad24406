//! A modem that ModemManager has as the source: the real program, beside the real ModemManager
//! for the cell, and beside the simulated one for positions, which no modem without a receiver
//! has.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/foreign.rs"]
mod foreign;
#[path = "support/receiver.rs"]
mod receiver;
mod support;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options};
use barpop::sim::network::Network;
use barpop::sim::{Port, Simulated};
use bus::Bus;
use foreign::{Running, program, run};
use serde_json::Value;
use support::{Following, Person, text};

const MODEM: &str = "/org/freedesktop/ModemManager1/Modem/0";

struct Bed {
    person: Person,
    network: Network,
    bus: Bus,
}

impl Bed {
    fn new() -> Self {
        let bus = Bus::start();
        let network = Network::start(&bus.address(), "mobile").unwrap();
        let person = Person::new();
        Self {
            person,
            network,
            bus,
        }
    }

    fn xgnss(&self) -> Command {
        let mut command = self.person.xgnss();
        command.env("DBUS_SYSTEM_BUS_ADDRESS", self.bus.address());
        command
    }

    /// Which sources are switched on in the modem (`MMModemLocationSource`).
    fn enabled(&self) -> String {
        let mut command = self.bus.program(program("busctl", "systemd"));
        command
            .args(["--system", "get-property", "org.freedesktop.ModemManager1"])
            .args([MODEM, "org.freedesktop.ModemManager1.Modem.Location"])
            .arg("Enabled");
        run(&mut command, "").unwrap().trim().to_owned()
    }
}

#[test]
fn a_position_is_read_and_the_receiver_is_switched_off_again() {
    let bed = Bed::new();
    bed.network.control("place -33.857 151.215").unwrap();
    let mut fix = bed.xgnss();
    fix.args(["fix", "--json", "--source", "mm"]);
    let said = fix.output().unwrap();
    let said: Value = serde_json::from_str(&text(&said.stdout)).expect("JSON");
    assert_eq!(said["mode"], "3d");
    let close = |name: &str, value: f64| (said[name].as_f64().unwrap() - value).abs() < 1e-5;
    assert!(
        close("lat_deg", -33.857) && close("lon_deg", 151.215),
        "{said}"
    );
    assert_eq!(said["satellites"].as_array().map(Vec::len), Some(6));
    assert_eq!(bed.enabled(), "u 1");
}

#[test]
fn the_line_goes_on_when_modem_manager_comes_back() {
    let bed = Bed::new();
    let bar = Following::start(bed.xgnss().args([
        "--follow", "--output", "plain", "--icons", "text", "--source", "mm",
    ]));
    bar.wait_for("3D 48.13715, 11.57612 5/6");
    bed.network.control("place nowhere").unwrap();
    bar.wait_for("OLD 48.13715, 11.57612 3 s old");
    bed.network.control("stop modemmanager").unwrap();
    bed.network.control("start modemmanager").unwrap();
    bed.network.control("place 1.5 2.5").unwrap();
    bar.wait_for("3D 1.50000, 2.50000 5/6");
}

#[test]
fn auto_takes_the_modem_when_there_is_no_gpsd() {
    let bed = Bed::new();
    let said = bed.xgnss().args(["fix", "--source", "auto"]).output();
    assert_eq!(text(&said.unwrap().stdout), "48.137154, 11.576124\n");
}

#[test]
fn a_receiver_that_may_not_be_switched_on_is_told_in_words() {
    let bed = Bed::new();
    bed.network.control("forbidden on").unwrap();
    let said = bed
        .xgnss()
        .args(["fix", "--source", "mm"])
        .output()
        .unwrap();
    assert!(!said.status.success());
    let error = text(&said.stderr);
    assert!(error.contains("cannot be switched on"), "{error}");
    assert!(error.contains("not authorized"), "{error}");
}

#[test]
fn without_modem_manager_it_is_said_and_none_is_started() {
    let bus = Bus::start();
    let person = Person::new();
    let mut fix = person.xgnss();
    fix.env("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
    fix.args(["fix", "--wait", "1", "--source", "mm"]);
    let error = text(&fix.output().unwrap().stderr);
    assert!(error.contains("ModemManager is not running"), "{error}");
}

#[test]
fn the_real_modem_manager_tells_the_cell_that_the_modem_is_in() {
    let bus = Bus::start();
    let socket = format!("abstract:barpop-{}-place:x", std::process::id());
    let port = Port::AbstractSocket(socket.clone());
    let _modem = Simulated::start(Options::default(), Faults::default(), port).unwrap();
    let mut manager = bus.program(program("ModemManager", "modemmanager"));
    manager
        .args([
            "--test-session",
            "--no-auto-scan",
            "--test-enable",
            "--test-no-udev",
        ])
        .args(["--test-no-suspend-resume", "--test-no-qrtr"])
        .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let _manager = Running::start(&mut manager);
    let mmcli = |arguments: &[&str]| {
        let mut command = bus.program(program("mmcli", "modemmanager"));
        run(command.args(arguments), "")
    };
    let wait_for = |what: &str, is_so: &dyn Fn() -> bool| {
        let until = Instant::now() + Duration::from_secs(25);
        while !is_so() {
            assert!(Instant::now() < until, "no {what}");
            std::thread::sleep(Duration::from_millis(30));
        }
    };
    wait_for("ModemManager", &|| mmcli(&["-L"]).is_ok());
    let mut give = bus.program(program("gdbus", "libglib2.0-bin"));
    give.env("DBUS_SESSION_BUS_ADDRESS", bus.address())
        .args(["call", "--session", "--dest=org.freedesktop.ModemManager1"])
        .args(["--object-path=/org/freedesktop/ModemManager1"])
        .args(["--method=org.freedesktop.ModemManager1.Test.SetProfile"])
        .args(["place", "generic", &format!("['{socket}']")]);
    run(&mut give, "").unwrap();
    wait_for("modem", &|| mmcli(&["-m", "any"]).is_ok());
    wait_for("enabled modem", &|| mmcli(&["-m", "any", "-e"]).is_ok());
    wait_for("cell", &|| {
        let person = Person::new();
        let mut look = person.xgnss();
        look.env("DBUS_SYSTEM_BUS_ADDRESS", bus.address());
        look.args(["--output", "json", "--wait", "1", "--source", "mm"]);
        let said = text(&look.output().unwrap().stdout);
        let said: Value = serde_json::from_str(&said).expect("JSON");
        let theirs = mmcli(&["-m", "any", "--location-get", "-K"]).unwrap_or_default();
        let their = |name: &str| {
            let line = theirs.lines().find(|line| line.contains(name))?;
            Some(line.split(": ").nth(1)?.trim().to_owned())
        };
        let ours = |name: &str| said["cell"][name].as_str().map(str::to_owned);
        let ci = said["cell"]["ci"].as_u64().map(|ci| format!("{ci:X}"));
        let their_ci = their("3gpp.cid").map(|ci| ci.trim_start_matches('0').to_owned());
        ours("mcc").is_some() && ours("mcc") == their("3gpp.mcc") && ci.is_some() && ci == their_ci
    });
}
