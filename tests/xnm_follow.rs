//! `xnm --follow`: the line changes when the world does.

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

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use support::{Following, wait_until};
use xnm::Machine;

/// Within this a change from outside is on the bar; a busy machine has some more time than the
/// 100 ms that one which is not takes.
const SOON: Duration = Duration::from_secs(1);

fn soon(bar: &Following, line: &str) {
    let took = bar.wait_for(line);
    assert!(took < SOON, "{line}: {took:?}");
}

#[test]
fn what_happens_outside_is_on_the_bar_at_once() {
    let machine = Machine::new("home");
    let bar = machine.follow(&[]);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    machine.control("strength \"Meisenweg 12\" 40");
    soon(&bar, "WIFI Meisenweg 12 2/4");
    machine.control("connectivity portal");
    soon(&bar, "WIFI Meisenweg 12 2/4 sign in");
    machine.control("connectivity full");
    soon(&bar, "WIFI Meisenweg 12 2/4");
    machine.control("up Work");
    soon(&bar, "WIFI Meisenweg 12 2/4 VPN");
    machine.control("down Work");
    soon(&bar, "WIFI Meisenweg 12 2/4");
    machine.control("unplug wlan0");
    soon(&bar, "NET offline");
}

#[test]
fn a_strength_that_changes_within_its_step_prints_nothing() {
    let machine = Machine::new("home");
    let bar = machine.follow(&[]);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    for percent in [90, 88, 95, 99] {
        machine.control(&format!("strength \"Meisenweg 12\" {percent}"));
    }
    bar.stays_quiet(Duration::from_millis(700));
}

#[test]
fn networkmanager_and_the_bus_may_go_and_come_back() {
    let mut machine = Machine::new("home");
    let bar = machine.follow(&[]);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    machine.control("stop networkmanager");
    soon(&bar, "! no NetworkManager");
    machine.control("start networkmanager");
    soon(&bar, "WIFI Meisenweg 12 4/4");
    machine.bus.kill();
    soon(&bar, "! no system bus");
    machine.bus.restart();
    bar.wait_for("WIFI Meisenweg 12 4/4");
}

#[test]
fn following_may_begin_before_networkmanager_does() {
    let machine = Machine::new("ethernet");
    machine.control("stop networkmanager");
    let bar = machine.follow(&[]);
    bar.wait_for("! no NetworkManager");
    machine.control("start networkmanager");
    soon(&bar, "LAN eth0");
}

#[test]
fn the_bar_is_networkmanagers_secret_agent_unless_told_otherwise() {
    let machine = Machine::new("home");
    let agents = || machine.control("agents");
    let mut bar = machine.follow(&["--no-agent"]);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(agents(), "[]");
    bar.kill();
    let bar = machine.follow(&[]);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    wait_until("an agent is there", || agents() != "[]");
    machine.control("stop networkmanager");
    machine.control("start networkmanager");
    wait_until("it is there again", || agents() != "[]");
    drop(bar);
    wait_until("it is gone with the bar", || agents() == "[]");
    let agent = Following::start(machine.xnm().arg("agent"));
    wait_until("it is there alone", || agents() != "[]");
    agent.stays_quiet(Duration::from_millis(100));
}

#[test]
fn a_bar_that_is_gone_leaves_no_process_behind() {
    let machine = Machine::new("home");
    let mut child = machine
        .xnm()
        .arg("--follow")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    drop(out);
    wait_until("it ends", || child.try_wait().unwrap().is_some());
}

#[test]
fn a_bar_that_closes_standard_error_does_not_end_it() {
    let machine = Machine::new("home");
    let command = format!(
        "exec '{}' --follow --output plain 2>&-",
        env!("CARGO_BIN_EXE_xnm")
    );
    let mut shell = machine.person.program("/bin/sh");
    shell
        .env("DBUS_SYSTEM_BUS_ADDRESS", machine.bus.address())
        .args(["-c", &command]);
    let bar = Following::start(&mut shell);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    machine.control("stop networkmanager");
    bar.wait_for("! no NetworkManager");
    machine.control("start networkmanager");
    bar.wait_for("WIFI Meisenweg 12 4/4");
}

#[test]
fn it_sleeps_while_nothing_happens() {
    let machine = Machine::new("home");
    let bar = machine.follow(&[]);
    bar.wait_for("WIFI Meisenweg 12 4/4");
    // Agent and ModemManager take their places.
    std::thread::sleep(Duration::from_millis(1500));
    let before = wake_ups(bar.id());
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(
        wake_ups(bar.id()) - before,
        0,
        "it woke up without a reason"
    );
}

/// How often any thread of a process has gone to sleep, of its own will or not.
fn wake_ups(id: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{id}/task")).unwrap();
    let of_thread = |thread: std::io::Result<std::fs::DirEntry>| {
        let status = std::fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
        let lines = status.lines().filter(|line| line.contains("ctxt_switches"));
        lines
            .map(|line| line.rsplit('\t').next().unwrap().parse::<u64>().unwrap())
            .sum::<u64>()
    };
    threads.map(of_thread).sum()
}
