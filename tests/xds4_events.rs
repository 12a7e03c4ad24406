//! `xds4 watch` on event devices that umockdev plays: the real system calls, the kernel's own
//! layout of devices, without a kernel of our own. The real drivers are in `lab/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Following, Person};

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/ds4")
        .join(name)
}

/// `xds4` with a DualShock 4 in its `/sys` and `/dev`.
fn with_pad(person: &Person) -> Command {
    let mut command = person.program("umockdev-run");
    command.arg("-d").arg(data("dualshock4.umockdev"));
    for (node, name) in [
        ("event7", "motion"),
        ("event8", "touchpad"),
        ("event9", "gamepad"),
    ] {
        for (flag, ending) in [("-i", "ioctl"), ("-e", "events")] {
            let file = data(&format!("{name}.{ending}"));
            command
                .arg(flag)
                .arg(format!("/dev/input/{node}={}", file.display()));
        }
    }
    command.arg("--").arg(env!("CARGO_BIN_EXE_xds4"));
    command
}

/// Reads reports until one is as wanted.
fn wait_for(reports: &Following, wanted: impl Fn(&Value) -> bool) -> Value {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        let report: Value = serde_json::from_str(&reports.next_line()).unwrap();
        if wanted(&report) {
            return report;
        }
        assert!(Instant::now() < until, "the last report was {report}");
    }
}

#[test]
fn what_the_hands_do_is_reported_from_the_state_at_the_start_to_the_last_event() {
    let person = Person::new();
    let reports = Following::start(with_pad(&person).args(["watch", "--json"]));
    // What was so before it was opened.
    let first: Value = serde_json::from_str(&reports.next_line()).unwrap();
    assert_eq!(first["buttons"], json!(["square"]));
    assert_eq!(first["l2"], json!({ "value": 0.1569, "pressed": false }));
    let pressed = wait_for(&reports, |report| {
        report["buttons"] == json!(["cross", "square", "touchpad"])
    });
    assert_eq!(pressed["left"]["x"], -1.0);
    assert_eq!(pressed["touch"], json!([{ "id": 7, "x": 0.5, "y": 1.0 }]));
    // The trigger's button has come, its axis has not moved.
    let report = wait_for(&reports, |report| report["l2"]["pressed"] == true);
    assert_eq!(report["l2"]["value"], 0.1569);
    // There was a gap: the state is asked for again, and is that of the start here.
    let report = wait_for(&reports, |report| report["buttons"] == json!(["square"]));
    assert_eq!(report["left"]["x"], 0.0039);
    let report = wait_for(&reports, |report| report["dpad"]["x"] == -1);
    assert_eq!(report["touch"], json!([]));
}

#[test]
fn motion_is_reported_in_g_and_degrees_a_second_with_each_report() {
    let person = Person::new();
    let reports = Following::start(with_pad(&person).args(["watch", "--json"]));
    let report = wait_for(&reports, |report| report["calibrated"] == true);
    let g = report["accelerometer_g"][1].as_f64().unwrap();
    assert!((g - 1.0).abs() < 0.01, "{report}");
    // Two degrees a second were its drift.
    let dps = report["gyro_dps"][1].as_f64().unwrap();
    assert!(dps.abs() < 0.1, "{report}");
    let report = wait_for(&reports, |report| report["rate_hz"].is_number());
    assert!(report["rate_hz"].as_f64().unwrap() > 50.0, "{report}");
}

#[test]
fn a_pad_is_listed_without_its_events() {
    let person = Person::new();
    let list = with_pad(&person).args(["list", "--json"]).output().unwrap();
    let pad: Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(pad["mac"], "a4:50:46:00:11:22");
    assert_eq!(pad["driver"], "hid-sony");
    assert_eq!(pad["battery_percent"], Value::Null);
}
