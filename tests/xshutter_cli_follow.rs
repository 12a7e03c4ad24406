//! `xshutter --follow` as bars run it: what makes a line, and what does not; who answers may be
//! anybody.
#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/processes.rs"]
mod processes;
mod support;
#[path = "support/timer.rs"]
mod timer;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use support::{Following, Person, wait_until};
use timer::{Timer, xshutter};

const PATIENCE: Duration = Duration::from_secs(20);

fn follow(person: &Person, server: &str, arguments: &[&str]) -> Following {
    let mut command = xshutter(person);
    command.args(["--server", server, "--follow", "--output", "plain"]);
    Following::start(command.args(arguments))
}

#[test]
fn a_line_comes_at_each_change_and_counts_down_only_while_a_plan_runs() {
    let person = Person::new();
    let timer = Timer::start(&person);
    let bar = follow(&person, &timer.address, &[]);
    bar.wait_for("CAM idle");
    bar.stays_quiet(Duration::from_millis(1500));
    timer.says(
        &person,
        &[
            "start",
            "--interval",
            "30s",
            "--delay",
            "20s",
            "--count",
            "9",
        ],
    );
    let first = bar.wait_for_part("CAM 0/9 ", PATIENCE);
    let second = bar.next_line();
    let seconds = |line: &str| -> u32 {
        let number = line.trim_start_matches("CAM 0/9 ").trim_end_matches(" s");
        number.parse().unwrap_or_else(|_| panic!("{line}"))
    };
    assert!(seconds(&second) < seconds(&first), "{first}, {second}");
    timer.says(&person, &["pause"]);
    bar.wait_for("PAUSE 0/9");
    bar.stays_quiet(Duration::from_millis(1500));
    timer.says(&person, &["stop"]);
    bar.wait_for("CAM idle");
}

#[test]
fn a_template_without_a_count_down_does_not_tick() {
    let person = Person::new();
    let timer = Timer::start(&person);
    let bar = follow(&person, &timer.address, &["--format", "{state} {progress}"]);
    bar.wait_for("idle 0");
    timer.says(&person, &["start", "--interval", "30s", "--count", "9"]);
    bar.wait_for("running 1/9");
    bar.stays_quiet(Duration::from_millis(2500));
}

#[test]
fn a_service_that_goes_and_comes_back_is_found_again() {
    let person = Person::new();
    let mut timer = Timer::start(&person);
    let bar = follow(&person, &timer.address, &[]);
    bar.wait_for("CAM idle");
    timer.kill();
    bar.wait_for("CAM offline");
    let again = Timer::with(&person, &["--state", "none"], &timer.address);
    bar.wait_within("CAM idle", PATIENCE);
    again.says(&person, &["start", "--interval", "1h"]);
    bar.wait_for_part("CAM 1 ", PATIENCE);
}

#[test]
fn it_ends_when_nobody_reads_and_sleeps_while_nothing_happens() {
    let person = Person::new();
    let timer = Timer::start(&person);
    let mut child = timer
        .command(&person, &["--follow"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    assert!(out.read(&mut [0; 64]).unwrap() > 0);
    let switches = || -> u64 {
        let mut count = 0;
        for task in std::fs::read_dir(format!("/proc/{}/task", child.id())).unwrap() {
            let status = std::fs::read_to_string(task.unwrap().path().join("status")).unwrap();
            let line = status
                .lines()
                .find(|l| l.starts_with("voluntary_ctxt"))
                .unwrap();
            count += line
                .split_whitespace()
                .last()
                .unwrap()
                .parse::<u64>()
                .unwrap();
        }
        count
    };
    // It may still be on its way to sleep.
    let mut before = switches();
    wait_until("it sleeps", || {
        let now = switches();
        std::mem::replace(&mut before, now) == now
    });
    // Longer than between two signs of life of the service's, which are for others.
    std::thread::sleep(Duration::from_secs(17));
    // A page that was taken from it is one.
    assert!(switches() - before <= 1, "nothing has changed");
    drop(out);
    wait_until("it ends", || child.try_wait().unwrap().is_some());
}

/// A server that answers each request with this and then with more of the same for ever.
fn hostile(head: &'static [u8], more: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, more) = (stream.unwrap(), more.clone());
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(head);
                while !more.is_empty() && stream.write_all(&more).is_ok() {}
            });
        }
    });
    address
}

#[test]
fn whoever_answers_it_neither_ends_nor_fills_the_memory() {
    let stream = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    let state = serde_json::to_string(&barpop::shutter::snapshot::Snapshot {
        name: "<action=`id`>x</action>\\n".repeat(50),
        ..Default::default()
    })
    .unwrap();
    let flood = format!("event: status\ndata: {state}\n\n").into_bytes();
    for (head, more) in [
        (&b""[..], Vec::new()),
        (b"\xff\xfe\x00\x01", vec![0x80; 65536]),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n".to_vec()),
        (stream, vec![b'x'; 65536]),
        (stream, b"data: [[[[[[[[[[[[[[[[\n".repeat(4000)),
        (stream, b"event: status\ndata: {}\n\n".to_vec()),
        (stream, flood),
    ] {
        let person = Person::new();
        let address = hostile(head, more);
        let mut bar = follow(&person, &address, &["--format", "{name} {problem}"]);
        let line = bar.next_line();
        assert!(line.len() < 20_000, "{line}");
        std::thread::sleep(Duration::from_millis(800));
        let status = std::fs::read_to_string(format!("/proc/{}/status", bar.id())).unwrap();
        let used = status
            .lines()
            .find(|line| line.starts_with("VmRSS"))
            .unwrap();
        let used: u64 = used.split_whitespace().nth(1).unwrap().parse().unwrap();
        assert!(used < 60_000, "{used} KiB after {head:?}");
        bar.kill();
    }
}

#[test]
fn xmobar_shows_the_count_of_a_plan_that_runs() {
    let person = Person::new();
    let timer = Timer::start(&person);
    let config = person.path(".config/barpop");
    std::fs::create_dir_all(&config).unwrap();
    let server = format!("[[shutter.server]]\nurl = \"{}\"\n", timer.address);
    std::fs::write(config.join("config.toml"), server).unwrap();
    let ours = Path::new(env!("CARGO_BIN_EXE_xshutter")).parent().unwrap();
    let search = format!("{}:{}", ours.display(), std::env::var("PATH").unwrap());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("xmobar/xmobarrc-shutter");
    let bar = Following::start(
        person
            .program("xmobar")
            .arg("-TPlain")
            .arg(file)
            .env("LC_ALL", "C.UTF-8")
            .env("PATH", search),
    );
    timer.says(&person, &["start", "--interval", "1h", "--count", "500"]);
    let until = Instant::now() + PATIENCE;
    while !bar.next_line().contains("1/500") {
        assert!(Instant::now() < until, "xmobar does not show the plan");
    }
    drop(bar);
    processes::end_all_in(person.home());
}

#[test]
fn the_other_bars_get_their_own_language_and_open_the_popup() {
    let read = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("xmobar");
        std::fs::read_to_string(folder.join(name)).unwrap()
    };
    let json: String = read("waybar-shutter.jsonc")
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let config: serde_json::Value = serde_json::from_str(&json).unwrap();
    let module = &config["custom/shutter"];
    assert_eq!(
        module["exec"],
        "exec xshutter --follow --output waybar --hide-when-absent"
    );
    assert_eq!(module["on-click"], "xshutter -g");
    let polybar = read("polybar-shutter.ini");
    assert!(polybar.contains("exec = exec xshutter --follow --hide-when-absent --output polybar"));
    assert!(polybar.contains("click-left = xshutter -g"));
}
