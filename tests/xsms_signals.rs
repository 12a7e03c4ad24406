//! What comes from outside besides messages: warnings, flash messages, voice mail, and what a
//! hostile transmitter makes of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::time::{Duration, Instant};

use barpop::sim::Simulated;
use barpop::sim::modem::{Faults, Options};
use support::{Following, Person, modem, text, wait_until};

const LONG: Duration = Duration::from_secs(15);

/// A bar that serves this modem.
fn serving(person: &Person, modem: &Simulated, port: &str) -> Following {
    let bar = Following::start(person.xsms().args(["--follow", "-d", port]));
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        modem.commands().iter().any(|c| c.contains("+CSQ"))
    });
    bar
}

#[test]
fn a_warning_is_on_the_bar_at_once_with_its_severity_and_once_only() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = serving(&person, &modem, &port);
    let warning = "Flood wave on the river. Leave the lower town at once. ".repeat(3);
    for _ in 0..3 {
        modem.modem(|modem| modem.broadcast(4371, 0x40, warning.trim_end()));
    }
    bar.wait_for("1 ALERT");
    wait_until("all pages are there", || {
        person.messages()[0]["parts_missing"] == 0
    });
    let messages = person.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert_eq!(messages[0]["text"], warning.trim_end());
    assert_eq!(messages[0]["alert"], "extreme");
    // An update of it is another warning; a test is none that shouts.
    modem.modem(|modem| modem.broadcast(4371, 0x41, "All clear"));
    bar.wait_for("2 ALERT");
    person.run(&["mark-read", "--all"]);
    bar.wait_for("(empty)");
    modem.modem(|modem| modem.broadcast(4380, 0x50, "This is a test"));
    bar.wait_for("1");
    assert!(
        person
            .says(&["list", "--unread"])
            .contains("[test] This is a test")
    );
}

#[test]
fn nobody_listens_to_broadcasts_who_has_switched_them_off() {
    let person = Person::new();
    let config = person.path("config.toml");
    std::fs::write(&config, "[sms]\nbroadcasts = false\n").unwrap();
    let (modem, port) = modem(Options::default(), Faults::default());
    let config = config.display().to_string();
    let bar = Following::start(
        person
            .xsms()
            .args(["--follow", "-d", &port, "--config", &config]),
    );
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        modem.commands().iter().any(|c| c.contains("+CSQ"))
    });
    assert!(!modem.commands().iter().any(|c| c.contains("+CSCB")));
    modem.modem(|modem| modem.broadcast(4371, 0x40, "Flood"));
    bar.stays_quiet(Duration::from_millis(500));
    assert!(person.messages().is_empty());
}

#[test]
fn a_modem_without_broadcasts_serves_messages_as_ever() {
    let person = Person::new();
    let faults = Faults {
        unknown_commands: vec!["+CSCB".to_owned(), "+CREG".to_owned(), "+CEREG".to_owned()],
        ..Faults::default()
    };
    let (modem, port) = modem(Options::default(), faults);
    let bar = serving(&person, &modem, &port);
    modem.receive("+49170", "hello");
    bar.wait_for("1");
}

#[test]
fn a_flash_message_that_no_sim_keeps_is_kept_here_and_marked() {
    // In text mode it comes as text, of several lines.
    for pdu_mode in [true, false] {
        let person = Person::new();
        let options = Options {
            pdu_mode,
            ..Options::default()
        };
        let (modem, port) = modem(options, Faults::default());
        let bar = serving(&person, &modem, &port);
        modem.modem(|modem| modem.receive_flash("+491701234567", "Your code is 4711\nOK"));
        bar.wait_for("1");
        assert!(modem.stored("SM").is_empty(), "it lies nowhere else");
        let message = &person.messages()[0];
        assert_eq!(
            message["text"], "Your code is 4711\nOK",
            "PDU mode: {pdu_mode}"
        );
        if pdu_mode {
            assert_eq!(message["class"], 0);
            assert!(person.says(&["list"]).contains("[flash]"));
        }
    }
}

#[test]
fn voice_mail_is_on_the_line_until_it_was_listened_to() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = serving(&person, &modem, &port);
    modem.modem(|modem| modem.receive_voice_mail(2));
    bar.wait_for("(empty) 2 voice mails");
    assert_eq!(person.says(&["waiting"]), "2 voice mails\n");
    let state: serde_json::Value =
        serde_json::from_str(&person.says(&["--output", "json", "-d", &port])).unwrap();
    assert_eq!(state["waiting"][0]["count"], 2);
    assert_eq!(
        person.says(&["--format", "{voicemail}", "-d", &port]),
        "2 voice mails\n"
    );
    modem.modem(|modem| modem.receive_voice_mail(0));
    bar.wait_for("(empty)");
    // A network that never says so, and a person who knows better.
    modem.modem(|modem| modem.receive_voice_mail(1));
    bar.wait_for("(empty) 1 voice mail");
    assert!(person.run(&["waiting", "--clear"]).status.success());
    bar.wait_for("(empty)");
    assert!(person.messages().is_empty(), "they are no messages");
}

#[test]
fn a_hostile_night_neither_crashes_nor_blocks_nor_fills_the_disk() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = serving(&person, &modem, &port);
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as u8
    };
    let started = Instant::now();
    for round in 0..400_u32 {
        // Headers that contradict each other, parts of messages of 255 that never come, any octets.
        let mut pdu = vec![
            0x00,
            0x44,
            0x04,
            0x91,
            0x94,
            0x71,
            0x00,
            next(),
            0x62,
            0x11,
            0x42,
        ];
        pdu.extend([0x90, 0x00, next(), 0x40]);
        let data: Vec<u8> = (0..next() % 140).map(|_| next()).collect();
        pdu.push(next());
        pdu.extend([0x05, 0x00, 0x03, next() % 3, 0xff, next()]);
        pdu.extend(&data);
        let hex: String = pdu.iter().map(|octet| format!("{octet:02X}")).collect();
        modem.modem(|modem| {
            modem.urc(&format!("+CMT: ,{}\r\n{hex}", pdu.len() - 1));
            modem.urc(&format!("+CBM: {}\r\n{hex}", pdu.len()));
            modem.urc(&format!("+CUSD: {},\"{hex}\",{}", round % 7, pdu[7]));
            modem.urc(&format!("+CDS: {}\r\n{hex}", pdu.len() - 1));
            modem.urc(&format!("+CMTI: \"{hex}\",{round}"));
            modem.urc(&format!("+CREG: {hex}"));
            modem.urc(&format!("+CUSD: 1,\"never closed {round}"));
        });
        std::thread::sleep(Duration::from_millis(2));
    }
    modem.receive("+491701234567", "an honest message");
    wait_until("it still takes messages in", || {
        person
            .texts()
            .iter()
            .any(|text| text == "an honest message")
    });
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
    bar.wait_for_part("", LONG);
    let folder = person.path(".local/share/barpop");
    let taken = person.messages().len();
    assert!(taken > 300, "only {taken} came in");
    let size: u64 = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().metadata().unwrap().len())
        .sum();
    assert!(size < 16 << 20, "{size} bytes");
    let said = person.run(&["list"]);
    assert!(said.status.success());
    let shown = text(&said.stdout);
    assert!(!shown.chars().any(|c| c.is_control() && c != '\n'));
}
