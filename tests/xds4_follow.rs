//! `xds4 --follow`: a line when a pad comes, goes or charges, and sleep between.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/pads.rs"]
mod pads;
mod support;

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use pads::{DUALSENSE, DUALSHOCK, Room};
use support::{Following, wait_until};

fn following(room: &Room) -> Following {
    Following::start(room.xds4().args(["--follow", "--output", "plain"]))
}

/// How often the process gave the processor up: each time is a wake-up before.
fn sleeps(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.unwrap().trim().parse().unwrap()
}

fn descriptors(id: u32) -> usize {
    fs::read_dir(format!("/proc/{id}/fd")).unwrap().count()
}

#[test]
fn the_line_follows_pads_that_come_go_and_charge() {
    let room = Room::new();
    let line = following(&room);
    line.wait_for("PAD no pad");
    DUALSHOCK.plug(&room.root);
    room.announce("hid");
    line.wait_for("PAD BAT 70%");
    DUALSENSE.plug(&room.root);
    DUALSENSE.set_battery(&room.root, "30", "Charging");
    room.announce("power_supply");
    line.wait_for("PAD BAT 70% PAD BAT 30% +");
    DUALSHOCK.unplug(&room.root);
    room.announce("input");
    line.wait_for("PAD BAT 30% +");
    DUALSENSE.unplug(&room.root);
    room.announce("hid");
    line.wait_for("PAD no pad");
}

#[test]
fn a_battery_that_is_not_known_yet_is_known_soon() {
    let room = Room::new();
    DUALSHOCK.plug(&room.root);
    DUALSHOCK.set_battery(&room.root, "100", "Unknown");
    let line = following(&room);
    line.wait_for("PAD ?");
    // The driver says nothing when the first report comes.
    DUALSHOCK.set_battery(&room.root, "40", "Discharging");
    line.wait_within("PAD BAT 40%", Duration::from_secs(10));
}

#[test]
fn without_a_pad_nothing_wakes_it_and_fifty_pads_leave_nothing_behind() {
    let room = Room::new();
    let line = following(&room);
    line.wait_for("PAD no pad");
    room.announce("net");
    std::thread::sleep(Duration::from_millis(300));
    let (before, open) = (sleeps(line.id()), descriptors(line.id()));
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(sleeps(line.id()), before);
    for _ in 0..50 {
        DUALSHOCK.plug(&room.root);
        room.announce("hid");
        line.wait_for("PAD BAT 70%");
        DUALSHOCK.unplug(&room.root);
        room.announce("hid");
        line.wait_for("PAD no pad");
    }
    assert_eq!(descriptors(line.id()), open);
}

#[test]
fn a_reader_that_is_gone_leaves_no_process_behind() {
    for arguments in [&["--follow"][..], &["watch", "--json"]] {
        let room = Room::new();
        let mut child = room
            .xds4()
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        room.announce("net");
        drop(child.stdout.take());
        let mut status = None;
        wait_until("it ends", || {
            status = child.try_wait().unwrap();
            status.is_some()
        });
        assert!(status.unwrap().success());
    }
}
