//! A modem's AT port as the source: the real program, a terminal, and a modem's words.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

#[path = "support/receiver.rs"]
mod receiver;
mod support;

use receiver::Terminal;
use support::{Following, Person, text};

const OK: &str = "\r\nOK\r\n";

#[test]
fn an_xmm_modem_tells_its_position_by_itself() {
    let person = Person::new();
    let answer = "\r\n+XLCSLSR: request id 1\r\n\r\nOK\r\n\r\n+XLCSLSR: 2, 49.195407 N, \
                  16.606729 E, 231.177947, 60.431427, 25.304975,149, 81.534980,67\r\n";
    let modem = Terminal::answering(&[
        ("ATE0", OK),
        ("AT+XLCSLSR=?", OK),
        ("AT+XLCSLSR=2,3,,,,,1,,,,,", answer),
        ("AT+XLSRSTOP=0,1", "\r\nOK\r\n\r\n+XLSRSTOP: 0,1\r\n"),
    ]);
    let source = format!("modem:{}", modem.path().display());
    let said = person
        .xgnss()
        .args(["fix", "--source", &source])
        .output()
        .unwrap();
    assert_eq!(text(&said.stdout), "49.195407, 16.606729\n", "{said:?}");
}

#[test]
fn a_modem_that_must_be_asked_is_asked_every_second() {
    let person = Person::new();
    let modem = Terminal::answering(&[
        ("ATE0", OK),
        ("AT+QGPS=?", OK),
        ("AT+QGPS=1", OK),
        (
            "AT+QGPSLOC=2",
            "\r\n+QGPSLOC: 061951.000,29.97580,-95.36047,1.2,32.5,3,0.00,0.0,0.0,110824,09\r\n\r\nOK\r\n",
        ),
    ]);
    let source = format!("modem:{}", modem.path().display());
    let bar = Following::start(person.xgnss().args([
        "--follow", "--output", "plain", "--icons", "text", "--source", &source,
    ]));
    // Its time is of years ago: it is shown, as the clocks may differ, and does not get younger.
    bar.wait_for("3D 29.97580, -95.36047 9");
    bar.wait_for("OLD 29.97580, -95.36047 6 s old");
}

#[test]
fn a_receiver_that_was_switched_on_is_switched_off_when_the_program_is_ended() {
    let person = Person::new();
    let (heard, commands) = std::sync::mpsc::channel();
    let modem = Terminal::answering_and_telling(
        &[
            ("ATE0", OK),
            ("AT+QGPS=?", OK),
            ("AT+QGPS=1", OK),
            ("AT+QGPSEND", OK),
        ],
        move |command| {
            let _ = heard.send(command.to_owned());
        },
    );
    let wait_for = |wanted: &str| {
        let mut seen = Vec::new();
        while seen.last().is_none_or(|last| last != wanted) {
            match commands.recv_timeout(std::time::Duration::from_secs(15)) {
                Ok(command) => seen.push(command),
                Err(_) => panic!("no {wanted}, only {seen:?}"),
            }
        }
    };
    let source = format!("modem:{}", modem.path().display());
    let bar = Following::start(person.xgnss().args(["--follow", "--source", &source]));
    wait_for("AT+QGPSLOC=2");
    let id = i32::try_from(bar.id()).unwrap();
    let id = rustix::process::Pid::from_raw(id).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    wait_for("AT+QGPSEND");
}

#[test]
fn a_modem_without_a_receiver_says_so() {
    let person = Person::new();
    let modem = Terminal::answering(&[("ATE0", OK)]);
    let source = format!("modem:{}", modem.path().display());
    let said = person
        .xgnss()
        .args(["fix", "--source", &source])
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(1));
    assert!(
        text(&said.stderr).contains("no command for positions"),
        "{said:?}"
    );
}
