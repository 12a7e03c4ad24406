//! Connecting with the real NetworkManager, and why it does not work.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/acting.rs"]
mod acting;
#[path = "support/nm.rs"]
mod nm;

use acting::Bed;
use barpop::net::attempt::{Stage, Why};
use barpop::net::command::Command;
use barpop::net::snapshot::{DeviceState, Id, Snapshot};

fn state(snapshot: &Snapshot, device: &Id) -> DeviceState {
    snapshot.device(device).map(|d| d.state).unwrap_or_default()
}

#[test]
fn a_cable_is_connected_and_disconnected() {
    let bed = Bed::new();
    bed.add_cable("office", &[]);
    bed.activate("office");
    assert_eq!(bed.end(), Stage::Connected);
    let device = bed.device("eth0");
    bed.until("a connection", |s| {
        state(s, &device) == DeviceState::Activated
    });
    bed.send(Command::Disconnect {
        device: device.clone(),
    });
    bed.until("its end", |s| {
        state(s, &device) == DeviceState::Disconnected
    });
    // A second time it is down already.
    bed.send(Command::Disconnect {
        device: device.clone(),
    });
    bed.activate("office");
    assert_eq!(bed.end(), Stage::Connected);
    assert_eq!(bed.source.latest().failure, None);
    let connection = bed.wait_for("connection", || {
        let latest = bed.source.latest();
        latest
            .device(&device)
            .and_then(|device| device.active.clone())
    });
    bed.send(Command::Deactivate { connection });
    bed.until("its end", |s| {
        state(s, &device) == DeviceState::Disconnected
    });
}

#[test]
fn a_router_that_gives_no_address_is_told_as_that() {
    let bed = Bed::new();
    bed.add_dhcp("office", "2");
    bed.activate("office");
    let problem = bed.problem();
    assert_eq!(problem.why, Why::NoAddress, "{}", problem.sentence);
    assert!(
        problem
            .sentence
            .starts_with("'office' was not connected because ")
    );
    assert_eq!(bed.names(), ["office"]);
}

#[test]
fn a_cable_that_is_pulled_is_told_as_that() {
    let mut bed = Bed::new();
    bed.add_dhcp("office", "30");
    bed.activate("office");
    let ip = |stage: &Stage| *stage == Stage::Going(DeviceState::IpConfig);
    bed.until("a wait for an address", |s| {
        s.attempts.iter().any(|a| ip(&a.stage))
    });
    bed.nm.inside("ip link set eth0p down");
    assert_eq!(
        bed.problem().sentence,
        "'office' was not connected because the cable is out; plug it in."
    );
}

#[test]
fn another_connection_on_the_same_device_stops_ours() {
    let bed = Bed::new();
    bed.add_dhcp("office", "30");
    bed.add_cable("other", &[]);
    bed.activate("office");
    bed.until("an attempt", |s| {
        s.attempts.iter().any(|a| a.connection.is_some())
    });
    bed.nm.nmcli(&["connection", "up", "other"]);
    let problem = bed.problem();
    assert_eq!(problem.why, Why::Stopped, "{}", problem.sentence);
}

#[test]
fn an_attempt_that_is_aborted_is_over_and_leaves_the_device_free() {
    let bed = Bed::new();
    bed.add_dhcp("office", "30");
    bed.activate("office");
    let going = bed.until("an attempt", |s| {
        s.attempts.iter().any(|a| a.connection.is_some())
    });
    bed.send(Command::Abort {
        attempt: going.attempts[0].number,
    });
    let device = bed.device("eth0");
    bed.until("its end", |s| {
        s.attempts.is_empty() && state(s, &device) == DeviceState::Disconnected
    });
}
