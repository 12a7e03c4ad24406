//! `xsms` on a simulated ModemManager, for what the real one cannot be brought to without
//! hardware: a modem that is pulled out, roams, and forbids.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
mod support;

use std::process::Stdio;
use std::time::Duration;

use barpop::sim::network::Network;
use bus::Bus;
use support::{Following, Person};

const LINE: &str = "{unread} {operator} {registration} {state}";

#[test]
fn a_modem_that_is_pulled_out_is_missed_and_found_again_and_so_is_modemmanager() {
    let bus = Bus::start();
    let network = Network::start(&bus.address(), "mobile").expect("a network");
    network.control("steady on").expect("it keeps still");
    let person = Person::new();
    let mut command = person.xsms();
    command
        .env("DBUS_SYSTEM_BUS_ADDRESS", bus.address())
        .stdin(Stdio::null())
        .args(["--follow", "-d", "mm", "--format", LINE]);
    let bar = Following::start(&mut command);
    let limit = Duration::from_secs(15);
    bar.wait_for_part("Mustermobil home", limit);
    network.control("roaming on").expect("it roams");
    bar.wait_for_part("Mustermobil roaming", limit);
    network
        .control("unplug cdc-wdm0")
        .expect("it is pulled out");
    bar.wait_for_part("no modem", limit);
    network.control("plug cdc-wdm0").expect("it is plugged in");
    bar.wait_for_part("Mustermobil home", limit);
    network.control("stop modemmanager").expect("it stops");
    bar.wait_for_part("no modem", limit);
    network.control("start modemmanager").expect("it starts");
    bar.wait_for_part("Mustermobil home", limit);
}

#[test]
fn who_named_no_modem_finds_it_again_on_a_bus_that_was_restarted() {
    let mut bus = Bus::start();
    let network = Network::start(&bus.address(), "mobile").expect("a network");
    network.control("steady on").expect("it keeps still");
    let person = Person::new();
    let mut command = person.xsms();
    command
        .env("DBUS_SYSTEM_BUS_ADDRESS", bus.address())
        .stdin(Stdio::null())
        .args(["--follow", "--format", LINE]);
    let bar = Following::start(&mut command);
    let limit = Duration::from_secs(15);
    bar.wait_for_part("Mustermobil home", limit);
    bus.kill();
    bar.wait_within("0   ", limit);
    // It is not there for a while.
    bar.stays_quiet(Duration::from_secs(6));
    drop(network);
    bus.restart();
    let network = Network::start(&bus.address(), "mobile").expect("a network");
    network.control("steady on").expect("it keeps still");
    bar.wait_for_part("Mustermobil home", limit);
}
