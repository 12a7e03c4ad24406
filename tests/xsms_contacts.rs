//! Names from the address book, where a person sees them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::fs;

use barpop::sim::modem::{Faults, Options};
use support::{Person, text};

/// A person with two folders of cards, as vdirsyncer makes them, and a broken one.
fn person() -> Person {
    let person = Person::new();
    let folder = person.path(".local/share/contacts");
    for collection in ["friends", "work"] {
        fs::create_dir_all(folder.join(collection)).unwrap();
    }
    let card = |name: &str, number: &str| {
        format!(
            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{name}\r\nFN:{name}\r\nTEL;TYPE=CELL:{number}\r\nEND:VCARD\r\n"
        )
    };
    fs::write(
        folder.join("friends/anna.vcf"),
        card("Anna Nováková", "0170 1234567"),
    )
    .unwrap();
    fs::write(
        folder.join("work/evil.vcf"),
        card("\u{202e}Mal\u{1b}[2Jlory", "+49 160 7654321"),
    )
    .unwrap();
    fs::write(folder.join("work/broken.vcf"), [0xff; 5000]).unwrap();
    let config = person.path(".config/barpop");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "[sms]\nregion = \"DE\"\n").unwrap();
    person
}

#[test]
fn the_list_the_line_and_json_say_who_wrote() {
    let person = person();
    let (modem, port) = support::modem(Options::default(), Faults::default());
    modem.receive("+491607654321", "first");
    modem.receive("+491701234567", "second");
    let line = |format| {
        text(
            &person
                .run(&["-d", &port, "--output", "plain", "--format", format])
                .stdout,
        )
    };
    assert_eq!(line("{unread} {sender}"), "2 Anna Nováková\n");
    let messages = person.messages();
    assert_eq!(messages[1]["name"], "Anna Nováková");
    assert_eq!(messages[1]["address"], "+491701234567");
    assert_eq!(messages[0]["name"], "Mal[2Jlory");
    let list = person.says(&["list"]);
    assert!(
        list.contains("< Anna Nováková") && list.contains("< Mal[2Jlory"),
        "{list}"
    );
    assert!(!list.contains(['\u{202e}', '\u{1b}']));
    assert!(
        person
            .says(&["show", "2"])
            .starts_with("From: Anna Nováková (+491701234567)\n")
    );
    person.says(&["mark-read", "--all"]);
    assert_eq!(line("{unread} {sender}"), "0 \n");
}

#[test]
fn a_card_that_cannot_be_read_is_named_once() {
    let person = person();
    let folder = person.path(".local/share/contacts/friends");
    fs::write(
        folder.join("half.vcf"),
        "BEGIN:VCARD\r\nFN:Karel\r\nTEL:0160 1111111\r\n",
    )
    .unwrap();
    let (modem, port) = support::modem(Options::default(), Faults::default());
    modem.receive("+491601111111", "who is it?");
    person.run(&["-d", &port]);
    let list = person.run(&["list"]);
    assert!(text(&list.stdout).contains("< Karel"), "{list:?}");
    let said = text(&list.stderr);
    for (file, why) in [("broken.vcf", "no vCard"), ("half.vcf", "has no end")] {
        let named: Vec<_> = said.lines().filter(|line| line.contains(file)).collect();
        assert_eq!(named.len(), 1, "{said}");
        assert!(named[0].contains(why), "{said}");
    }
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn a_line_without_names_does_not_touch_the_address_book() {
    let person = person();
    let trace = person.path("trace");
    let opened = |format: &str| {
        let mut command = person.program("strace");
        command
            .args(["-f", "-e", "trace=openat,getdents64", "-o"])
            .arg(&trace);
        command
            .arg(env!("CARGO_BIN_EXE_xsms"))
            .args(["--output", "plain", "--format", format]);
        assert!(
            command
                .status()
                .expect("install the Debian package 'strace'")
                .success()
        );
        fs::read_to_string(&trace)
            .unwrap()
            .contains("share/contacts")
    };
    let (modem, port) = support::modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "x");
    person.run(&["-d", &port]);
    assert!(opened("{sender}"));
    assert!(!opened("{unread} {total}"));
}

#[test]
fn a_misspelt_country_is_said() {
    let person = person();
    fs::write(
        person.path(".config/barpop/config.toml"),
        "[sms]\nregion = \"Germany\"\n",
    )
    .unwrap();
    let ran = person.run(&[]);
    assert_eq!(ran.status.code(), Some(2));
    let said = text(&ran.stderr);
    assert!(
        said.contains("line 2") && said.contains("like \"DE\""),
        "{said}"
    );
}
