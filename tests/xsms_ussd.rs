//! USSD: codes to the network, its answers, and its questions, however the modem writes them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use barpop::sim::modem::{Faults, Options, UssdStyle};
use support::{Following, Person, modem, text, wait_until};

#[test]
fn a_code_is_answered_in_words_whatever_the_modem_makes_of_the_string() {
    let styles = [
        (UssdStyle::Text, true),
        (UssdStyle::PackedHex, true),
        (UssdStyle::Ucs2Hex, true),
        // A modem in text mode writes every string as UCS-2.
        (UssdStyle::Text, false),
    ];
    for (ussd_style, pdu_mode) in styles {
        let person = Person::new();
        let options = Options {
            ussd_style,
            pdu_mode,
            ..Options::default()
        };
        let (modem, port) = modem(options, Faults::default());
        let said = person.run(&["ussd", "-d", &port, "*101#"]);
        assert_eq!(
            text(&said.stdout),
            "Balance 12.34 EUR\n",
            "{ussd_style:?}: {}",
            text(&said.stderr)
        );
        assert!(said.status.success());
        let heard = modem.modem(|modem| modem.ussd_heard().to_vec());
        assert_eq!(heard, ["*101#"], "no code is dialled twice");
        assert!(
            person.messages().is_empty(),
            "what was asked for is no message"
        );
    }
}

#[test]
fn a_menu_keeps_its_lines_and_a_later_run_answers_it() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let said = person.run(&["ussd", "-d", &port, "*100#"]);
    assert_eq!(text(&said.stdout), "1 Balance\n2 \"Flat\" rate\n0 Back\n");
    assert!(
        text(&said.stderr).contains("--reply"),
        "{}",
        text(&said.stderr)
    );
    let said = person.run(&["ussd", "-d", &port, "--reply", "2", "--json"]);
    assert_eq!(
        text(&said.stdout),
        "{\"progress\":\"done\",\"text\":\"The flat rate is on\"}\n"
    );
    person.run(&["ussd", "-d", &port, "*100#"]);
    assert_eq!(person.says(&["ussd", "-d", &port, "--cancel"]), "ended\n");
    let asked: Vec<_> = modem
        .commands()
        .into_iter()
        .filter(|c| c.contains("CUSD"))
        .collect();
    assert_eq!(asked.last().map(String::as_str), Some("AT+CUSD=2"));
}

#[test]
fn what_the_network_refuses_is_said_in_one_sentence() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    for (code, sentence) in [("*5#", "does not know this code"), ("*98#", "gave up")] {
        let said = person.run(&["ussd", "-d", &port, code]);
        assert_eq!(said.status.code(), Some(1));
        assert!(
            text(&said.stdout).contains(sentence),
            "{}",
            text(&said.stdout)
        );
    }
    modem.modem(|modem| modem.register(2));
    let said = person.run(&["ussd", "-d", &port, "*101#"]);
    assert!(
        text(&said.stderr).contains("no network service"),
        "{}",
        text(&said.stderr)
    );
    let said = person.run(&["ussd", "-d", &port, "hello"]);
    assert!(
        text(&said.stderr).contains("looks like *101#"),
        "{}",
        text(&said.stderr)
    );
    let said = person.run(&["ussd", "*101#", "-d", "none"]);
    assert!(
        text(&said.stderr).contains("no modem is configured"),
        "{}",
        text(&said.stderr)
    );
    let said = person.run(&["ussd", "*101#", "-d", "/dev/no-such-modem"]);
    assert!(
        text(&said.stderr).contains("there is no modem at"),
        "{}",
        text(&said.stderr)
    );
}

#[test]
fn what_the_network_says_by_itself_is_a_message_that_is_told_and_kept() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        modem.commands().iter().any(|c| c.contains("+CSQ"))
    });
    modem.modem(|modem| modem.bring_ussd(0, "Your call cost <fc=#f00>0.20 EUR"));
    bar.wait_for("1");
    let message = &person.messages()[0];
    assert_eq!(message["text"], "Your call cost <fc=#f00>0.20 EUR");
    assert_eq!(
        (&message["class"], &message["read"]),
        (&0.into(), &false.into())
    );
}

#[test]
fn a_question_of_the_network_is_seen_by_every_program() {
    let person = Person::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = Following::start(
        person
            .xsms()
            .args(["--follow", "-d", &port, "--output", "json"]),
    );
    bar.wait_for_part("\"ready\"", std::time::Duration::from_secs(15));
    wait_until("it serves", || {
        modem.commands().iter().any(|c| c.contains("+CSQ"))
    });
    modem.modem(|modem| modem.bring_ussd(1, "1 or 2?"));
    bar.wait_for_part(
        "\"ussd_asks\":\"1 or 2?\"",
        std::time::Duration::from_secs(15),
    );
}
