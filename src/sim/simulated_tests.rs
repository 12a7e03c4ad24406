//! The modem on a real pseudo-terminal, seen from the program's side.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::*;

const LIMIT: Duration = Duration::from_secs(5);

fn open(path: &Path) -> File {
    let flags = rustix::fs::OFlags::NOCTTY.bits().cast_signed();
    OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(flags)
        .open(path)
        .unwrap()
}

/// Reads until the text ends so, or the port is gone.
fn read_until(port: &mut File, end: &str) -> Result<String, String> {
    let started = Instant::now();
    let mut text = Vec::new();
    loop {
        let mut fds = [PollFd::new(&*port, PollFlags::IN)];
        poll(
            &mut fds,
            Some(&Timespec {
                tv_sec: 1,
                tv_nsec: 0,
            }),
        )
        .unwrap();
        let mut buffer = [0; 256];
        match port.read(&mut buffer) {
            Ok(0) | Err(_) => return Err(String::from_utf8_lossy(&text).into_owned()),
            Ok(count) => text.extend(&buffer[..count]),
        }
        if text.ends_with(end.as_bytes()) {
            return Ok(String::from_utf8(text).unwrap());
        }
        assert!(
            started.elapsed() < LIMIT,
            "{:?}",
            String::from_utf8_lossy(&text)
        );
    }
}

fn ask(port: &mut File, command: &str) -> String {
    port.write_all(format!("{command}\r").as_bytes()).unwrap();
    read_until(port, "OK\r\n").unwrap()
}

fn linked(options: Options) -> (tempfile::TempDir, Simulated) {
    let folder = tempfile::tempdir().unwrap();
    let port = Port::Terminal(Some(folder.path().join("modem")));
    (
        folder,
        Simulated::start(options, Faults::default(), port).unwrap(),
    )
}

#[test]
fn a_program_talks_to_it_through_the_link() {
    let (_folder, modem) = linked(Options::default());
    let mut port = open(&modem.path());
    assert_eq!(ask(&mut port, "ATE0"), "ATE0\r\r\nOK\r\n");
    assert_eq!(ask(&mut port, "AT+CNMI=2,1"), "\r\nOK\r\n");
    modem.receive("+49170123", "hello");
    assert_eq!(
        read_until(&mut port, "1\r\n").unwrap(),
        "\r\n+CMTI: \"SM\",1\r\n"
    );
    assert_eq!(modem.stored("SM").len(), 1);
    assert_eq!(modem.commands(), ["ATE0", "AT+CNMI=2,1"]);
}

#[test]
fn a_second_program_finds_nothing_of_what_the_first_left() {
    let (_folder, modem) = linked(Options {
        echo: false,
        ..Options::default()
    });
    for asked in 1..=5 {
        let mut port = open(&modem.path());
        assert_eq!(ask(&mut port, "AT"), "\r\nOK\r\n");
        // Nobody waits for this answer.
        port.write_all(b"ATI\r").unwrap();
        let seen = |modem: &Modem| modem.commands().iter().filter(|c| *c == "ATI").count();
        assert!(modem.wait_until(LIMIT, |modem| seen(modem) == asked));
        drop(port);
        // As long as a person takes to start the next program.
        std::thread::sleep(Duration::from_millis(150));
    }
}

#[test]
fn pulling_it_out_hangs_up_and_takes_the_link_away_until_it_is_back() {
    let (_folder, modem) = linked(Options {
        pin: Some("1234".to_owned()),
        ..Options::default()
    });
    let link = modem.path();
    let mut port = open(&link);
    ask(&mut port, "AT+CPIN=\"1234\"");
    modem.unplug();
    assert!(!modem.is_plugged());
    assert!(std::fs::symlink_metadata(&link).is_err());
    assert_eq!(read_until(&mut port, "never"), Err(String::new()));
    modem.replug().unwrap();
    let mut port = open(&link);
    // It lost its power, so the SIM asks again.
    assert!(ask(&mut port, "AT+CPIN?").contains("SIM PIN"));
    drop(modem);
    assert!(std::fs::symlink_metadata(&link).is_err());
}

#[test]
fn it_vanishes_in_the_middle_of_a_command_when_told_to() {
    let (_folder, modem) = linked(Options {
        echo: false,
        ..Options::default()
    });
    modem.set(|faults| faults.unplug_on = Some("+CMGS".to_owned()));
    let mut port = open(&modem.path());
    port.write_all(b"AT+CMGS=23\r").unwrap();
    assert_eq!(read_until(&mut port, "> "), Err(String::new()));
    assert!(!modem.is_plugged());
    modem.replug().unwrap();
    assert_eq!(ask(&mut open(&modem.path()), "AT"), "\r\nOK\r\n");
}

#[test]
fn a_file_in_the_way_of_the_link_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("precious");
    std::fs::write(&path, "data").unwrap();
    let port = Port::Terminal(Some(path.clone()));
    let error = Simulated::start(Options::default(), Faults::default(), port)
        .err()
        .unwrap();
    assert!(error.to_string().contains("is no symbolic link"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "data");
}

#[test]
fn the_demo_inbox_fits_the_sim_and_has_what_a_demo_shows() {
    let modem = Simulated::with(Options::default()).unwrap();
    modem.modem(|modem| super::super::demo::fill(modem, modem.options.clock));
    let stored = modem.stored("SM");
    assert!((12..30).contains(&stored.len()), "{}", stored.len());
    assert!(
        stored
            .iter()
            .all(|(_, status, _)| *status == Status::ReceivedUnread)
    );
    let mut port = open(&modem.path());
    ask(&mut port, "AT+CMGF=1;+CSCS=\"GSM\"");
    let list = ask(&mut port, "AT+CMGL=\"ALL\"");
    assert!(list.contains("\"Sparbank\""), "{list}");
    // The backtick is not in the GSM alphabet, so it came in UCS-2: `=`, the backtick, `xte`.
    assert!(list.contains("003D0060007800740065"), "{list}");
}

#[test]
fn a_data_call_carries_what_the_network_says_and_then_commands_again() {
    // A network that says the first five bytes back, and hangs up.
    let network = ["head", "-c", "5"].map(str::to_owned).to_vec();
    let (_folder, modem) = linked(Options {
        data_call: Some(network),
        echo: false,
        ..Options::default()
    });
    let mut port = open(&modem.path());
    assert_eq!(ask(&mut port, "AT+CNMI=2,1"), "\r\nOK\r\n");
    port.write_all(b"ATD*99***1#\r").unwrap();
    let answer = read_until(&mut port, "CONNECT 150000000\r\n").unwrap();
    assert_eq!(answer, "\r\nCONNECT 150000000\r\n");
    assert!(modem.wait_until(LIMIT, Modem::is_on_call));
    modem.receive("+49170123", "told when the call is over");
    port.write_all(b"AT\r\r\r").unwrap();
    let said = read_until(&mut port, "1\r\n").unwrap();
    assert!(said.starts_with("AT\r\r\r"), "{said:?}");
    let behind = said.trim_start_matches("AT\r\r\r");
    assert_eq!(behind, "\r\nNO CARRIER\r\n\r\n+CMTI: \"SM\",1\r\n");
    assert_eq!(ask(&mut port, "AT"), "\r\nOK\r\n");
    assert_eq!(modem.commands(), ["AT+CNMI=2,1", "ATD*99***1#", "AT"]);
}

#[test]
fn without_a_network_for_it_there_is_no_data_call() {
    let (_folder, modem) = linked(Options {
        echo: false,
        ..Options::default()
    });
    let mut port = open(&modem.path());
    port.write_all(b"ATD*99#\r").unwrap();
    let answer = read_until(&mut port, "NO CARRIER\r\n").unwrap();
    assert_eq!(answer, "\r\nNO CARRIER\r\n");
}
