//! Messages come in from a serial modem, whatever the modem does.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::time::Duration;

use barpop::sim::modem::{
    DeleteFault, Faults, Interruption, NoSimAnswer, Options, Place, StorageSize,
};
use support::{Person, modem, text};

fn storage(name: &str, capacity: u32) -> StorageSize {
    StorageSize {
        name: name.to_owned(),
        capacity,
    }
}

/// What a person finds in the store after one look at a modem with these two messages.
fn two_messages_survive(options: Options, faults: Faults) {
    let person = Person::new();
    let (modem, port) = modem(options, faults);
    modem.receive("+491701234567", "first");
    modem.receive("Bank", "second 😀");
    let said = person.run(&["-d", &port]);
    assert_eq!(text(&said.stdout), "2\n", "{}", text(&said.stderr));
    assert_eq!(person.texts(), ["first", "second 😀"]);
    assert_eq!(
        person.says(&["-d", &port]),
        "2\n",
        "a second look doubles nothing"
    );
}

#[test]
fn a_modem_without_faults_gives_its_messages() {
    two_messages_survive(Options::default(), Faults::default());
}

#[test]
fn an_echoing_modem_that_ends_lines_twice_and_writes_byte_by_byte_is_read_right() {
    let options = Options {
        echo: true,
        ..Options::default()
    };
    let byte_by_byte = Some(Duration::from_micros(50));
    two_messages_survive(
        options,
        Faults {
            double_cr: true,
            byte_by_byte,
            ..Faults::default()
        },
    );
}

#[test]
fn noise_on_the_line_is_no_message() {
    let noise = vec![0, 0xff, 0, 0xff];
    two_messages_survive(
        Options::default(),
        Faults {
            noise,
            ..Faults::default()
        },
    );
}

#[test]
fn unsolicited_codes_at_any_moment_of_the_listing_lose_nothing() {
    for place in [
        Place::BeforeEcho,
        Place::BeforeAnswer,
        Place::AfterHeader,
        Place::BeforeFinal,
    ] {
        for line in [
            "+CMTI: \"SM\",9",
            "RING",
            "+CREG: 1",
            "^MODE: 5,4",
            "+CUSD: 0,\"OK\",15",
        ] {
            let interruption = Interruption {
                place,
                command: "+CMGL".to_owned(),
                line: line.to_owned(),
            };
            let interruptions = vec![interruption];
            two_messages_survive(
                Options::default(),
                Faults {
                    interruptions,
                    ..Faults::default()
                },
            );
        }
    }
}

#[test]
fn a_sim_that_is_busy_after_a_reset_is_given_time() {
    two_messages_survive(
        Options::default(),
        Faults {
            sim_busy: 4,
            ..Faults::default()
        },
    );
}

#[test]
fn a_modem_that_refuses_pdu_mode_is_read_in_text_mode() {
    two_messages_survive(
        Options {
            pdu_mode: false,
            ..Options::default()
        },
        Faults::default(),
    );
}

#[test]
fn a_modem_that_knows_little_is_asked_little() {
    for unknown in ["+CMEE", "+CNMI", "+CPMS=\"ME\"", "+XPINCNT", "E0"] {
        let unknown_commands = vec![unknown.to_owned()];
        two_messages_survive(
            Options::default(),
            Faults {
                unknown_commands,
                ..Faults::default()
            },
        );
    }
}

#[test]
fn unquoted_storage_names_are_understood() {
    let options = Options {
        quoted_storage_names: false,
        ..Options::default()
    };
    two_messages_survive(options, Faults::default());
}

#[test]
fn messages_that_sim_and_modem_memory_both_list_are_counted_once() {
    two_messages_survive(
        Options {
            me_mirrors_sm: true,
            ..Options::default()
        },
        Faults::default(),
    );
}

#[test]
fn texts_that_broke_the_original_come_through_whole() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let texts = [
        "OK",
        "ERROR",
        "+CMS ERROR: 500",
        "+CMGL: 1,0,,24",
        "line one\nline two\n\nline four",
        "a, \"quoted\", text",
        "Grüße, ščř, €uro [brackets] ~",
        "Привет, 世界 👩‍👩‍👧",
        "> ",
    ];
    for text in texts {
        modem.receive("Doe, John", text);
    }
    assert_eq!(person.says(&["-d", &port]), format!("{}\n", texts.len()));
    let mut wanted = texts.map(str::to_owned);
    wanted.sort();
    assert_eq!(person.texts(), wanted);
}

#[test]
fn a_text_mode_modem_gives_a_message_that_says_ok() {
    for charsets in [
        vec!["GSM".to_owned(), "UCS2".to_owned()],
        vec!["GSM".to_owned()],
    ] {
        let person = Person::new();
        let options = Options {
            pdu_mode: false,
            charsets,
            ..Options::default()
        };
        let (modem, port) = modem(options, Faults::default());
        for text in ["OK", "two\nlines", "last"] {
            modem.receive("+491701234567", text);
        }
        assert_eq!(person.says(&["-d", &port]), "3\n");
        assert_eq!(person.texts(), ["OK", "last", "two\nlines"]);
    }
}

#[test]
fn a_long_message_is_one_message_and_a_missing_part_is_told() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let long = "All work and no play makes Jack a dull boy. ".repeat(9);
    modem.receive("+491701234567", &long);
    assert_eq!(person.says(&["-d", &port]), "1\n");
    let message = &person.messages()[0];
    assert_eq!(message["text"], long.as_str());
    assert_eq!(
        (&message["parts"], &message["parts_missing"]),
        (&3.into(), &0.into())
    );
}

#[test]
fn the_count_falls_when_messages_are_marked_read() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "one");
    modem.receive("+491701234567", "two");
    assert_eq!(person.says(&["-d", &port]), "2\n");
    let id = person.messages()[0]["id"].to_string();
    assert!(person.run(&["mark-read", &id]).status.success());
    assert_eq!(person.says(&["-d", &port]), "1\n");
    assert!(person.run(&["mark-read", "--all"]).status.success());
    assert_eq!(person.says(&["-d", &port]), "(empty)\n");
    assert_eq!(person.messages().len(), 2, "read is not deleted");
}

#[test]
fn a_deleted_message_does_not_come_back_from_the_sim() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "go away");
    assert_eq!(person.says(&["-d", &port]), "1\n");
    let id = person.messages()[0]["id"].to_string();
    assert!(person.run(&["delete", &id]).status.success());
    assert_eq!(person.says(&["-d", &port]), "(empty)\n");
    assert_eq!(modem.stored("SM").len(), 1, "the SIM is not ours to empty");
}

#[test]
fn the_sim_is_left_alone_until_it_is_over_eighty_per_cent_full() {
    let person = Person::new();
    let options = Options {
        storages: vec![storage("SM", 10)],
        ..Options::default()
    };
    let (modem, port) = modem(options, Faults::default());
    for n in 1..=8 {
        modem.receive("+491701234567", &format!("message {n}"));
    }
    assert_eq!(person.says(&["-d", &port]), "8\n");
    assert_eq!(modem.stored("SM").len(), 8);
    modem.receive("+491701234567", "message 9");
    assert_eq!(person.says(&["-d", &port]), "9\n");
    let left: Vec<u32> = modem
        .stored("SM")
        .iter()
        .map(|(index, _, _)| *index)
        .collect();
    assert_eq!(
        left,
        [2, 3, 4, 5, 6, 7, 8, 9],
        "the oldest stored one made room"
    );
    assert_eq!(person.messages().len(), 9, "and is still ours");
    assert!(
        modem
            .commands()
            .iter()
            .filter(|line| line.contains("+CMGD"))
            .all(|line| line == "AT+CMGD=1"),
        "only ever by index: {:?}",
        modem.commands()
    );
}

#[test]
fn a_person_decides_when_messages_leave_the_sim() {
    for (when, left) in [("stored", 0), ("never", 10)] {
        let person = Person::new();
        let options = Options {
            storages: vec![storage("SM", 10)],
            ..Options::default()
        };
        let (modem, port) = modem(options, Faults::default());
        for n in 0..10 {
            modem.receive("+491701234567", &format!("message {n}"));
        }
        assert_eq!(person.says(&["-d", &port, "--sim-cleanup", when]), "10\n");
        assert_eq!(modem.stored("SM").len(), left, "{when}");
    }
}

#[test]
fn a_sim_that_refuses_to_delete_doubles_nothing() {
    for fault in [DeleteFault::BareError, DeleteFault::Cms(321)] {
        let person = Person::new();
        let faults = Faults {
            delete: Some(fault),
            ..Faults::default()
        };
        let (modem, port) = modem(Options::default(), faults);
        modem.receive("+491701234567", "only once");
        for _ in 0..3 {
            assert_eq!(
                person.says(&["-d", &port, "--sim-cleanup", "stored"]),
                "1\n"
            );
        }
        assert_eq!(modem.stored("SM").len(), 1);
    }
}

#[test]
fn a_pdu_that_cannot_be_read_is_kept_and_shown_as_such() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    assert!(modem.receive_pdu("0791947101670000FF"));
    modem.receive("+491701234567", "readable");
    assert_eq!(person.says(&["-d", &port]), "2\n");
    let texts = person.texts();
    assert!(
        texts[0].contains("could not be read") && texts[0].contains("0791947101670000"),
        "{texts:?}"
    );
}

#[test]
fn without_a_sim_the_bar_says_so() {
    for no_sim_answer in [NoSimAnswer::BareError, NoSimAnswer::NotInserted] {
        let person = Person::new();
        let options = Options {
            sim_present: false,
            no_sim_answer,
            ..Options::default()
        };
        let (_modem, port) = modem(options, Faults::default());
        let said = person.run(&["-d", &port]);
        assert_eq!(text(&said.stdout), "no SIM\n");
        assert!(
            said.status.success(),
            "xmobar drops the output of a program that fails"
        );
        assert!(
            text(&said.stderr).contains("no SIM in the modem"),
            "{}",
            text(&said.stderr)
        );
    }
}

#[test]
fn a_silent_modem_and_a_missing_port_become_the_line() {
    let person = Person::new();
    let (_modem, port) = modem(
        Options::default(),
        Faults {
            silent: true,
            ..Faults::default()
        },
    );
    assert_eq!(person.says(&["-d", &port]), "modem error\n");
    let missing = person.run(&["-d", "/dev/does-not-exist", "--output", "plain"]);
    assert_eq!(text(&missing.stdout), "no modem\n");
    assert_eq!(
        missing.status.code(),
        Some(1),
        "other programs want to know"
    );
    assert_eq!(
        person.says(&["-d", "/dev/does-not-exist", "--hide-when-absent"]),
        "\n"
    );
}

#[test]
fn a_port_that_another_program_has_is_left_alone_and_its_holder_named() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let holder = barpop::at::SerialPort::open(std::path::Path::new(&port), 460_800).unwrap();
    let said = person.run(&["-d", &port]);
    let name = std::fs::read_to_string("/proc/self/comm").unwrap();
    assert_eq!(text(&said.stdout), format!("held by {}\n", name.trim_end()));
    assert!(text(&said.stderr).contains(&format!("({})", std::process::id())));
    assert!(modem.commands().is_empty(), "not a byte was written to it");
    drop(holder);
}

#[test]
fn a_pdu_that_was_cut_by_a_unsolicited_code_is_read_again_and_never_deleted_in_pieces() {
    let person = Person::new();
    let interruption = Interruption {
        place: Place::InsideBody,
        command: "+CMGL".to_owned(),
        line: "+CREG: 1".to_owned(),
    };
    let faults = Faults {
        interruptions: vec![interruption],
        ..Faults::default()
    };
    let (modem, port) = modem(Options::default(), faults);
    modem.receive("+491701234567", "whole");
    assert_eq!(
        person.says(&["-d", &port, "--sim-cleanup", "stored"]),
        "1\n"
    );
    assert_eq!(person.texts(), ["whole"]);
}

#[test]
fn a_message_that_the_modem_hands_over_during_one_look_is_kept() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let pdu = barpop::sim::modem::pdu::to_hex(&handed_over());
    modem.set(|faults| {
        faults.interruptions = vec![Interruption {
            place: Place::BeforeFinal,
            command: "+CPMS?".to_owned(),
            line: format!("+CMT: ,{}\r\n{pdu}", pdu.len() / 2 - 1),
        }];
    });
    assert_eq!(person.says(&["-d", &port]), "1\n");
    assert_eq!(person.texts(), ["hi"]);
}

/// SMS-DELIVER from 12345: "hi", with no service centre named.
fn handed_over() -> Vec<u8> {
    vec![
        0x00, 0x04, 0x05, 0x81, 0x21, 0x43, 0xf5, 0x00, 0x00, 0x42, 0x30, 0x10, 0x21, 0x00, 0x00,
        0x40, 0x02, 0xe8, 0x34,
    ]
}
