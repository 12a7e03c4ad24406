//! A kill at any instant loses nothing and doubles nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::time::Duration;

use barpop::sim::modem::{Faults, Options, StorageSize};
use barpop::sim::{Port, Simulated};
use support::Person;

/// A modem slow enough that a kill can be placed between two commands.
fn modem(options: Options) -> (Simulated, String) {
    let faults = Faults {
        latency: Duration::from_millis(4),
        ..Faults::default()
    };
    let modem = Simulated::start(options, faults, Port::Terminal(None)).unwrap();
    let port = modem.path().display().to_string();
    (modem, port)
}

/// Runs `xsms` and kills it when the modem has seen so many commands; `false` when it had ended
/// before that.
fn killed_at(person: &Person, modem: &Simulated, step: usize, arguments: &[&str]) -> bool {
    let before = modem.commands().len();
    let mut child = person
        .xsms()
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    loop {
        if modem.wait_until(Duration::from_millis(20), |m| {
            m.commands().len() >= before + step
        }) {
            child.kill().unwrap();
        }
        if let Some(status) = child.try_wait().unwrap() {
            return status.signal() == Some(9);
        }
    }
}

#[test]
fn killed_at_every_step_of_receiving_storing_and_deleting_nothing_is_lost_or_doubled() {
    let mut kills = 0;
    for step in 1.. {
        let person = Person::new();
        let storages = vec![StorageSize {
            name: "SM".to_owned(),
            capacity: 5,
        }];
        let (modem, port) = modem(Options {
            storages,
            ..Options::default()
        });
        for n in 0..5 {
            modem.receive("+491701234567", &format!("message {n}"));
        }
        let look = ["-d", port.as_str(), "--sim-cleanup", "stored"];
        let killed = killed_at(&person, &modem, step, &look);
        // What the SIM has lost must be in the store already.
        let on_sim = modem.stored("SM").len();
        assert!(
            person.messages().len() >= 5 - on_sim,
            "step {step}: {on_sim} left on the SIM"
        );
        assert_eq!(person.says(&look), "5\n", "step {step}");
        assert_eq!(
            person.texts(),
            [
                "message 0",
                "message 1",
                "message 2",
                "message 3",
                "message 4"
            ]
        );
        if !killed {
            break;
        }
        kills += 1;
    }
    assert!(kills >= 10, "only {kills} kills came in time");
}

#[test]
fn killed_at_every_step_of_sending_a_message_is_sent_once_or_its_state_is_known_to_be_open() {
    let mut kills = 0;
    for step in 1.. {
        let person = Person::new();
        let (modem, port) = modem(Options::default());
        let killed = killed_at(
            &person,
            &modem,
            step,
            &["send", "-d", &port, "+49170", &"x".repeat(200)],
        );
        // Others come and go; none of them sends it a second time.
        for _ in 0..3 {
            person.says(&["-d", &port]);
        }
        let messages = person.messages();
        assert!(messages.len() <= 1, "step {step}");
        let parts: Vec<u8> = modem
            .sent()
            .iter()
            .map(|sms| sms.concat.unwrap().1)
            .collect();
        let mut once = parts.clone();
        once.dedup();
        assert_eq!(parts, once, "step {step}: a part went out twice");
        let state = messages
            .first()
            .map(|message| message["state"].as_str().unwrap().to_owned());
        match state.as_deref() {
            Some("sent") => assert_eq!(parts, [1, 2], "step {step}"),
            Some("unknown") => {
                let reason = messages[0]["reason"].as_str().unwrap();
                assert!(reason.contains("may"), "step {step}: {reason}");
            }
            other => panic!("step {step}: {other:?} with parts {parts:?} sent"),
        }
        if !killed {
            assert_eq!(state.as_deref(), Some("sent"));
            break;
        }
        kills += 1;
    }
    assert!(kills >= 6, "only {kills} kills came in time");
}
