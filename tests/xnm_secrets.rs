//! Passwords appear nowhere: not on standard output or error, not in the list of processes, not
//! under `RUST_LOG=trace`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
mod support;
#[path = "support/xnm.rs"]
mod xnm;

use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use support::text;
use xnm::Machine;

const CANARY: &str = "canary-4711-secret";

#[test]
fn no_password_is_told_right_or_wrong_even_when_everything_is_logged() {
    let machine = Machine::new("home");
    let file = machine.file("pass", CANARY);
    let commands: &[&[&str]] = &[
        &["connect", "Drucker-Direct", "--password-file", &file],
        &["connect", "Meisenweg 12", "--password-file", &file],
        &["connect", "Klopse & Söhne 🍲", "--ask"],
        &["connect", "nosuch", "--hidden", "--ask"],
        &[
            "connect",
            "eduroam",
            "--identity",
            "anna",
            "--password-file",
            &file,
        ],
        &["hotspot", "mine", "--password-file", &file],
        &["hotspot", "off"],
        &["unlock", "--pin-file", &file],
        &["list", "--json"],
        &["profile", "Meisenweg 12"],
        &["--output", "json"],
        &["--format", "{name} {state} {error}"],
    ];
    for right in [false, true] {
        if right {
            machine.control(&format!("password Drucker-Direct {CANARY}"));
        }
        for arguments in commands {
            let mut child = machine
                .xnm()
                .env("RUST_LOG", "trace")
                .env("RUST_BACKTRACE", "1")
                .args(*arguments)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            let mut input = child.stdin.take().unwrap();
            input.write_all(format!("{CANARY}\n").as_bytes()).unwrap();
            drop(input);
            let proc = format!("/proc/{}", child.id());
            for file in ["cmdline", "environ"] {
                let seen = std::fs::read(format!("{proc}/{file}")).unwrap_or_default();
                assert!(!String::from_utf8_lossy(&seen).contains(CANARY));
            }
            let said = child.wait_with_output().unwrap();
            for stream in [&said.stdout, &said.stderr] {
                let seen = text(stream);
                assert!(!seen.contains(CANARY), "{arguments:?}: {seen}");
            }
        }
    }
}

#[test]
fn a_refused_connection_with_the_canary_stays_silent_in_the_follower_too() {
    let machine = Machine::new("home");
    let mut follower = machine
        .xnm()
        .args(["--follow", "--output", "json"])
        .env("RUST_LOG", "trace")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let file = machine.file("pass", CANARY);
    machine.run(&["connect", "Drucker-Direct", "--password-file", &file]);
    machine.control(&format!("password Drucker-Direct {CANARY}"));
    machine.run(&["connect", "Drucker-Direct", "--password-file", &file]);
    let until = Instant::now() + Duration::from_millis(500);
    while Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    follower.kill().unwrap();
    let (mut out, mut err) = (String::new(), String::new());
    follower
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    follower
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    follower.wait().unwrap();
    assert!(out.contains("Drucker-Direct"), "it saw the network: {out}");
    assert!(!out.contains(CANARY) && !err.contains(CANARY));
}
