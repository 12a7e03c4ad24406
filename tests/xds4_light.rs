//! `xds4 light`: colours that stay, effects that run, and the former colour afterwards.

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
use std::process::{Child, Output};
use std::time::Duration;

use pads::{DUALSENSE, DUALSHOCK, Room};
use rustix::process::{Pid, Signal, kill_process};
use support::{text, wait_until};

fn light(room: &Room, arguments: &[&str]) -> Output {
    room.xds4().arg("light").args(arguments).output().unwrap()
}

/// The former colour of the pads in these tests.
const FORMER: [&str; 4] = ["0", "0", "64", "1"];

fn room() -> Room {
    let room = Room::new();
    DUALSHOCK.plug(&room.root);
    room
}

fn running(room: &Room, mode: &str) -> Child {
    let child = room.xds4().args(["light", mode]).spawn().unwrap();
    wait_until("the light changes", || room.light() != FORMER);
    child
}

#[test]
fn a_colour_stays_when_the_program_has_ended() {
    let room = room();
    DUALSENSE.plug(&room.root);
    assert!(light(&room, &["#ff5a00"]).status.success());
    assert_eq!(room.light(), ["255", "90", "0", "1"]);
    let shown = room.led(DUALSENSE, "rgb:indicator", "multi_intensity");
    assert_eq!(shown, "255 90 0");
    let mac = DUALSENSE.mac.to_uppercase();
    assert!(light(&room, &["off", "--pad", &mac]).status.success());
    assert_eq!(room.light(), ["255", "90", "0", "1"]);
    assert_eq!(room.led(DUALSENSE, "rgb:indicator", "brightness"), "0");
}

#[test]
fn the_former_colour_comes_back_after_a_while() {
    let room = room();
    let done = light(&room, &["green", "--seconds", "0.2"]);
    assert!(done.status.success());
    assert_eq!(room.light(), FORMER);
}

#[test]
fn the_police_flash_changes_between_red_blue_and_dark_alone() {
    let room = room();
    let mut child = running(&room, "police");
    let mut seen = std::collections::BTreeSet::new();
    wait_until("it was red, blue and dark", || {
        let [red, green, blue, global] = room.light();
        assert_eq!(green, "0");
        // While the switch is off the colours change behind it; a file that is being written is
        // empty for a moment.
        if global == "1" {
            let again = room.light();
            if again == [red.clone(), green, blue.clone(), global] {
                assert!(red != "255" || blue != "255", "violet");
                seen.insert((red, blue));
            }
        } else if global == "0" {
            seen.insert(("dark".to_owned(), String::new()));
        }
        seen.len() >= 3
    });
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
    child.wait().unwrap();
    wait_until("the former colour is back", || room.light() == FORMER);
}

#[test]
fn a_program_that_is_killed_leaves_the_former_colour() {
    let room = room();
    let mut child = running(&room, "breathe:red");
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("the former colour is back", || room.light() == FORMER);
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(room.light(), FORMER);
}

#[test]
fn the_guard_of_the_light_outlives_the_signal_that_ends_a_session() {
    let room = room();
    let mut child = running(&room, "breathe:red");
    let children = format!("/proc/{0}/task/{0}/children", child.id());
    let guard = fs::read_to_string(children).unwrap();
    let guard = Pid::from_raw(guard.trim().parse().unwrap()).unwrap();
    // It is caught once the guard has begun its work.
    let status = format!("/proc/{}/status", guard.as_raw_nonzero());
    wait_until("the guard catches signals", || {
        let status = fs::read_to_string(&status).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
        caught & 1 << (15 - 1) != 0
    });
    kill_process(guard, Signal::TERM).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("the former colour is back", || room.light() == FORMER);
}

#[test]
fn the_kernel_blinks_and_the_program_ends() {
    let room = room();
    let global = DUALSHOCK.led(&room.root, "global");
    for file in ["delay_on", "delay_off"] {
        fs::write(global.join(file), "0\n").unwrap();
    }
    assert!(light(&room, &["blink:red"]).status.success());
    assert_eq!(room.led(DUALSHOCK, "global", "trigger"), "timer");
    assert_eq!(room.led(DUALSHOCK, "global", "delay_off"), "500");
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(room.light(), ["255", "0", "0", "1"]);
}

#[test]
fn what_cannot_be_done_is_said_in_a_sentence() {
    let room = room();
    let wrong = light(&room, &["reddish"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("'reddish' is no colour and no effect"));
    let other = light(&room, &["red", "--pad", "aa:bb:cc:dd:ee:ff"]);
    assert_eq!(other.status.code(), Some(1));
    assert_eq!(
        text(&other.stderr),
        "xds4: no gamepad 'aa:bb:cc:dd:ee:ff' is connected; 'xds4 list' prints those that are\n"
    );
    fs::remove_dir_all(DUALSHOCK.folder(&room.root).join("leds")).unwrap();
    let forbidden = light(&room, &["red"]);
    assert_eq!(forbidden.status.code(), Some(1));
    let error = text(&forbidden.stderr);
    assert!(
        error.contains("no permission for the light bar; install barpop's udev rule"),
        "{error}"
    );
    let rumble = room.xds4().args(["rumble", "--strong", "2"]).output();
    assert_eq!(rumble.unwrap().status.code(), Some(2));
    let long = room.xds4().args(["rumble", "--seconds", "100"]).output();
    let long = long.unwrap();
    assert_eq!(long.status.code(), Some(2));
    assert!(
        text(&long.stderr).contains("60 seconds at most"),
        "{long:?}"
    );
}

#[test]
fn a_battery_is_shown_in_its_colour_and_follows_it() {
    let room = room();
    let mut child = running(&room, "battery");
    wait_until("it is green", || room.light() == ["0", "255", "0", "1"]);
    DUALSHOCK.set_battery(&room.root, "10", "Discharging");
    room.announce("power_supply");
    wait_until("it is red", || room.light() == ["255", "0", "0", "1"]);
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until("the former colour is back", || room.light() == FORMER);
}
