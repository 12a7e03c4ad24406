//! `xsms --follow`: the line changes when the world does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::time::Duration;

use barpop::sim::modem::{Faults, Options, StorageSize};
use barpop::sim::{Port, Simulated};
use support::{Following, Person, modem, text};

fn storage(name: &str, capacity: u32) -> StorageSize {
    StorageSize {
        name: name.to_owned(),
        capacity,
    }
}

#[test]
fn following_shows_a_new_message_within_a_second_and_reading_it_too() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    assert!(modem.wait_until(Duration::from_secs(5), |m| {
        m.commands().iter().any(|c| c.contains("+CSQ"))
    }));
    modem.receive("+491701234567", "new");
    let took = bar.wait_for("1");
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert!(person.run(&["mark-read", "--all"]).status.success());
    let took = bar.wait_for("(empty)");
    assert!(took < Duration::from_secs(1), "{took:?}");
    bar.stays_quiet(Duration::from_millis(300));
}

#[test]
fn a_modem_that_announces_the_wrong_memory_is_still_read() {
    let person = Person::new();
    let options = Options {
        storages: vec![storage("ME", 20), storage("SM", 20)],
        announce_as: Some("SM".to_owned()),
        ..Options::default()
    };
    let (modem, port) = modem(options, Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    modem.receive("+491701234567", "new");
    bar.wait_for("1");
}

#[test]
fn a_modem_that_is_pulled_out_and_plugged_in_again_is_found_again() {
    let person = Person::new();
    let link = person.path("modem");
    let modem = Simulated::start(
        Options::default(),
        Faults::default(),
        Port::Terminal(Some(link.clone())),
    )
    .unwrap();
    let bar = Following::start(person.xsms().arg("--follow").arg("-d").arg(&link));
    bar.wait_for("(empty)");
    modem.unplug();
    bar.wait_for("no modem");
    modem.replug().unwrap();
    bar.wait_for("(empty)");
    modem.receive("+491701234567", "back again");
    bar.wait_for("1");
}

#[test]
fn a_modem_with_a_locked_sim_that_is_pulled_out_is_noticed_too() {
    let person = Person::new();
    let link = person.path("modem");
    let port = Port::Terminal(Some(link.clone()));
    let options = Options {
        pin: Some("1234".to_owned()),
        ..Options::default()
    };
    let modem = Simulated::start(options, Faults::default(), port).unwrap();
    let bar = Following::start(person.xsms().arg("--follow").arg("-d").arg(&link));
    bar.wait_for("SIM PIN");
    modem.unplug();
    bar.wait_for("no modem");
    modem.replug().unwrap();
    bar.wait_for("SIM PIN");
}

#[test]
fn once_beside_following_asks_the_store_and_not_the_modem() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "one");
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("1");
    let said = person.run(&["-d", &port]);
    assert_eq!(
        (text(&said.stdout), text(&said.stderr)),
        ("1\n".to_owned(), String::new())
    );
}

#[test]
fn a_modem_that_does_not_tell_is_asked_although_it_chatters() {
    let person = Person::new();
    let faults = Faults {
        unknown_commands: vec!["+CNMI".to_owned()],
        ..Faults::default()
    };
    let (modem, port) = modem(
        Options {
            cnmi: Default::default(),
            ..Options::default()
        },
        faults,
    );
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    assert!(modem.wait_until(Duration::from_secs(5), |m| {
        m.commands().iter().any(|c| c.contains("+CSQ"))
    }));
    modem.receive("+491701234567", "unannounced");
    let seen = std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..19 {
                modem.urc("^RSSI: 17");
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        bar.wait_within("1", Duration::from_secs(19))
    });
    assert!(seen < Duration::from_secs(18), "{seen:?}");
}

#[test]
fn a_bar_that_is_gone_leaves_no_process_behind() {
    let person = Person::new();
    let (_modem, port) = modem(Options::default(), Faults::default());
    let mut child = person
        .xsms()
        .args(["--follow", "-d", &port])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut out, &mut line).unwrap();
    drop(out);
    support::wait_until("it ends", || child.try_wait().unwrap().is_some());
}

#[test]
fn two_bars_on_a_silent_modem_do_not_keep_each_other_busy() {
    let person = Person::new();
    let (_modem, port) = modem(
        Options::default(),
        Faults {
            silent: true,
            ..Faults::default()
        },
    );
    let bars: Vec<_> = (0..2)
        .map(|_| Following::start(person.xsms().args(["--follow", "-d", &port])))
        .collect();
    std::thread::sleep(Duration::from_secs(10));
    for bar in &bars {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", bar.id())).unwrap();
        let ticks: u64 = stat
            .rsplit_once(')')
            .unwrap()
            .1
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(|n| n.parse::<u64>().unwrap())
            .sum();
        assert!(ticks < 50, "{ticks} clock ticks of CPU in ten seconds");
    }
}
