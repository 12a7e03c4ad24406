//! Messages and positions from one modem at once: the real programs on a session bus of their
//! own, and the simulated modem, which takes one position request at a time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/session.rs"]
mod session;
mod support;

use std::process::{Command, Output};
use std::time::Duration;

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use rustix::process::{Pid, Signal, kill_process};
use session::Session;
use support::{Following, modem, text, wait_until};

const LIMIT: Duration = Duration::from_secs(20);

fn locating() -> Options {
    Options {
        position_period: Some(Duration::from_millis(100)),
        ..Options::default()
    }
}

fn locating_modem() -> (Simulated, String) {
    modem(locating(), Faults::default())
}

/// A bar with messages that has the modem.
fn bar_that_has_it(session: &Session, modem: &Simulated, port: &str) -> Following {
    let bar = session.follow(port);
    bar.wait_for("(empty)");
    assert_eq!(session.owner(), bar.id());
    has_it(modem);
    bar
}

fn has_it(modem: &Simulated) {
    assert!(modem.wait_until(LIMIT, |m| m.commands().iter().any(|c| c.contains("+CREG?"))));
}

fn xgnss(session: &Session, port: &str, arguments: &[&str]) -> Command {
    let mut command = session.program(env!("CARGO_BIN_EXE_xgnss"));
    command
        .args(["--source", &format!("modem:{port}")])
        .args(arguments);
    command
}

fn fix(session: &Session, port: &str) -> Output {
    xgnss(session, port, &["fix"]).output().unwrap()
}

fn follow_positions(session: &Session, port: &str) -> Following {
    let mut command = xgnss(session, port, &[]);
    Following::start(command.args(["--follow", "--output", "plain", "--icons", "text"]))
}

/// Waits until it has shown that it moves: several positions, one after the other.
fn moves(place: &Following) {
    for _ in 0..3 {
        place.wait_for_part("3D 49.", LIMIT);
    }
}

fn is_off(modem: &Simulated) {
    let off = modem.wait_until(LIMIT, |m| !m.is_locating());
    assert!(off, "the receiver stays on: {:?}", modem.commands());
}

#[test]
fn positions_and_messages_come_from_one_modem_at_once() {
    let session = Session::new();
    let (modem, port) = locating_modem();
    let bar = bar_that_has_it(&session, &modem, &port);
    let place = follow_positions(&session, &port);
    moves(&place);
    let said = fix(&session, &port);
    assert!(text(&said.stdout).starts_with("49."), "{said:?}");
    modem.receive("+491701234567", "meanwhile");
    bar.wait_for("1");
    // The second program's end has not taken the positions away from the first.
    moves(&place);
    assert!(modem.modem(|m| m.is_locating()));
    let greetings = modem.commands();
    let greetings = greetings.iter().filter(|line| line.starts_with("ATE0"));
    assert_eq!(greetings.count(), 1, "the owner alone speaks to the modem");
}

#[test]
fn a_program_that_ends_however_it_ends_leaves_nothing_on() {
    let session = Session::new();
    let (modem, port) = locating_modem();
    let _bar = bar_that_has_it(&session, &modem, &port);
    let said = fix(&session, &port);
    assert!(text(&said.stdout).starts_with("49."), "{said:?}");
    is_off(&modem);
    let mut place = follow_positions(&session, &port);
    moves(&place);
    assert!(modem.modem(|m| m.is_locating()));
    place.kill();
    is_off(&modem);
}

#[test]
fn an_owner_that_is_stopped_switches_off_and_one_that_is_killed_has_a_successor() {
    let session = Session::new();
    let (modem, port) = locating_modem();
    let mut bar = bar_that_has_it(&session, &modem, &port);
    let place = follow_positions(&session, &port);
    moves(&place);
    bar.kill();
    // Nobody has the modem now: it takes it itself.
    moves(&place);
    // It lets a new owner have it, and goes on through that.
    let bar = session.follow(&port);
    modem.receive("+491701234567", "to the new one");
    bar.wait_within("1", LIMIT);
    moves(&place);
    drop(place);
    is_off(&modem);
    let place = follow_positions(&session, &port);
    moves(&place);
    let pid = Pid::from_raw(bar.id().try_into().unwrap()).unwrap();
    let before = modem.commands().len();
    kill_process(pid, Signal::TERM).unwrap();
    moves(&place);
    let after = modem.commands().split_off(before);
    assert!(after.iter().any(|c| c.contains("+XLSRSTOP")), "{after:?}");
}

#[test]
fn a_modem_that_went_and_came_back_is_asked_again() {
    let session = Session::new();
    let link = session.person.path("modem");
    let terminal = Port::Terminal(Some(link.clone()));
    let modem = Simulated::start(locating(), Faults::default(), terminal).unwrap();
    let port = link.display().to_string();
    let bar = bar_that_has_it(&session, &modem, &port);
    let place = follow_positions(&session, &port);
    moves(&place);
    let before = modem.commands().len();
    let said = session.run(&["modem", "reset", "-d", &port]);
    assert!(said.status.success(), "{said:?}");
    let asked_again = modem.wait_until(LIMIT, |m| {
        let after = m.commands().iter().skip(before);
        after.clone().any(|c| c.starts_with("AT+XLCSLSR=2")) && m.is_locating()
    });
    assert!(asked_again, "{:?}", modem.commands());
    moves(&place);
    assert_eq!(session.owner(), bar.id());
}

#[test]
fn nothing_but_one_command_for_a_position_reaches_the_modem() {
    let session = Session::new();
    let (modem, port) = locating_modem();
    let bar = bar_that_has_it(&session, &modem, &port);
    let before = modem.commands().len();
    for line in [
        "AT+CPIN=\"4321\"",
        "AT+CMGS=20",
        "AT+CFUN=0",
        "ATD112;",
        "AT+XLCSLSR=?;+CPIN=4321",
        "AT+XLCSLSR=?\rAT+CPIN=4321",
        "AT$GPSNMUN=3",
    ] {
        let error = session.call("Command", &["s", line]).unwrap_err();
        let is_in_words = ["only commands for positions", "without ';'", "printable"]
            .iter()
            .any(|words| error.contains(words));
        assert!(is_in_words && !error.contains("4321"), "{error}");
    }
    let long = format!("AT+XLCSLSR={}", ",".repeat(300));
    let error = session.call("Command", &["s", &long]).unwrap_err();
    assert!(error.contains("at most 200 bytes"), "{error}");
    assert!(
        session
            .call("Command", &["s", "AT"])
            .unwrap()
            .contains("[[]]")
    );
    assert_eq!(modem.commands().len(), before, "{:?}", modem.commands());
    let answer = session.call("Command", &["s", "AT+XLCSLSR=?"]).unwrap();
    assert!(answer.contains("+XLCSLSR:(0-2)"), "{answer}");
    // What the modem refuses comes back as the modem says it.
    let error = session.call("Command", &["s", "AT+QGPS=1"]).unwrap_err();
    assert!(error.trim_end().ends_with("ERROR"), "{error}");
    // A script that switches on and leaves is cleaned up after.
    session
        .call("Command", &["s", "AT+XLCSLSR=2,3,,,,,1,,,,,"])
        .unwrap();
    is_off(&modem);
    modem.receive("+491701234567", "and messages come");
    bar.wait_for("1");
}

#[test]
fn a_flood_of_commands_delays_no_message_and_is_refused_in_words() {
    let session = Session::new();
    let faults = Faults {
        latency: Duration::from_millis(100),
        ..Faults::default()
    };
    let (modem, port) = modem(Options::default(), faults);
    let bar = bar_that_has_it(&session, &modem, &port);
    let mut flood: Vec<_> = (0..40)
        .map(|_| {
            let mut command = session.program("busctl");
            command
                .arg(format!("--address={}", session.bus.address()))
                .args(["call", session::NAME, session::PATH, session::INTERFACE])
                .args(["Command", "s", "AT+XLCSLSR=?"])
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    modem.receive("+491701234567", "through it");
    bar.wait_for("1");
    let ended = flood
        .drain(..)
        .map(|child| child.wait_with_output().unwrap());
    let refused: Vec<_> = ended.filter(|said| !said.status.success()).collect();
    assert!(!refused.is_empty());
    for said in refused {
        let words = text(&said.stderr);
        assert!(
            words.contains("too many") || words.contains("too much"),
            "{words}"
        );
    }
}

#[test]
fn without_a_bus_it_says_who_has_the_port() {
    let session = Session::new();
    let (modem, port) = locating_modem();
    let bar = Following::start(session.person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    has_it(&modem);
    let mut command = session.person.program(env!("CARGO_BIN_EXE_xgnss"));
    let source = format!("modem:{port}");
    let said = command.args(["fix", "--source", &source]).output().unwrap();
    let words = text(&said.stderr);
    assert_eq!(said.status.code(), Some(1));
    assert!(
        words.contains(&format!("is held by xsms ({})", bar.id())) && words.contains("session bus"),
        "{words}"
    );
    // And beside a bus on which the other one is not.
    let words = text(&fix(&session, &port).stderr);
    assert!(words.contains("does not lend it"), "{words}");
    drop(bar);
    wait_until("it has the port itself", || {
        fix(&session, &port).status.success()
    });
}

#[test]
fn while_the_sim_is_locked_it_says_so_and_goes_on_when_it_is_open() {
    let session = Session::new();
    let options = Options {
        pin: Some("4711".to_owned()),
        ..locating()
    };
    let (modem, port) = modem(options, Faults::default());
    let _bar = session.follow(&port);
    wait_until("it is seen to be locked", || {
        session.property("State") == Some("sim-pin".into())
    });
    let said = fix(&session, &port);
    assert_eq!(said.status.code(), Some(1));
    assert!(text(&said.stderr).contains("PIN"), "{said:?}");
    let place = follow_positions(&session, &port);
    let key = session.person.path("key");
    std::fs::write(&key, "4711").unwrap();
    unlock(&session, &key);
    moves(&place);
    assert!(modem.modem(|m| m.is_locating()));
}

/// Gives the owner the key that is in a file.
fn unlock(session: &Session, key: &std::path::Path) {
    zbus::block_on(async {
        let address = session.bus.address();
        let builder = zbus::connection::Builder::address(address.as_str());
        let connection = builder.build().await.unwrap();
        let file = std::fs::File::open(key).unwrap();
        let key = zbus::Fd::from(std::os::fd::OwnedFd::from(file));
        let (path, interface) = (session::PATH, Some(session::INTERFACE));
        connection
            .call_method(Some(session::NAME), path, interface, "Unlock", &key)
            .await
            .unwrap();
    });
}

#[test]
fn an_owner_that_is_stopped_by_a_signal_makes_nobody_hang() {
    let session = Session::new();
    let (modem, port) = locating_modem();
    let bar = bar_that_has_it(&session, &modem, &port);
    let pid = Pid::from_raw(bar.id().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::STOP).unwrap();
    let started = std::time::Instant::now();
    let said = fix(&session, &port);
    let took = started.elapsed();
    kill_process(pid, Signal::CONT).unwrap();
    assert!(text(&said.stderr).contains("does not answer"), "{said:?}");
    assert!(took < Duration::from_secs(5), "{took:?}");
}
