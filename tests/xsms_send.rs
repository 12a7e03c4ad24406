//! Messages go out, and the person is told the truth about them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use std::time::Duration;

use barpop::sim::Simulated;
use barpop::sim::modem::{Faults, Options, SendOutcome};
use support::{Following, Person, text, wait_until};

fn modem(faults: Faults) -> (Simulated, String) {
    support::modem(Options::default(), faults)
}

fn state(person: &Person) -> String {
    person.messages()[0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_message_goes_out_and_is_sent() {
    let person = Person::new();
    let (modem, port) = modem(Faults::default());
    let said = person.run(&["send", "-d", &port, "+49 170 / 1234567", "Grüße 😀"]);
    assert_eq!(
        text(&said.stdout),
        "sent as message 1\n",
        "{}",
        text(&said.stderr)
    );
    let sent = modem.sent();
    assert_eq!(
        (sent.len(), sent[0].number.as_str(), sent[0].text.as_str()),
        (1, "+491701234567", "Grüße 😀")
    );
    assert_eq!(state(&person), "sent");
}

#[test]
fn a_text_from_standard_input_is_sent_too() {
    let person = Person::new();
    let (modem, port) = modem(Faults::default());
    let mut child = person
        .xsms()
        .args(["send", "-d", &port, "12345", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"two\nlines\n").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(modem.sent()[0].text, "two\nlines");
}

#[test]
fn a_long_message_goes_out_in_parts_that_belong_together() {
    let person = Person::new();
    let (modem, port) = modem(Faults::default());
    let long = "0123456789".repeat(40);
    assert!(
        person
            .run(&["send", "-d", &port, "+49170", &long])
            .status
            .success()
    );
    let sent = modem.sent();
    let concat: Vec<_> = sent.iter().map(|sms| sms.concat.unwrap()).collect();
    assert!(
        concat.iter().all(|c| c.0 == concat[0].0 && c.2 == 3),
        "{concat:?}"
    );
    assert_eq!(concat.iter().map(|c| c.1).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        sent.iter().map(|sms| sms.text.as_str()).collect::<String>(),
        long
    );
}

#[test]
fn a_modem_in_text_mode_sends_too() {
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
        let (modem, port) = support::modem(options, Faults::default());
        let said = person.run(&["send", "-d", &port, "+49170", "plain text"]);
        assert!(said.status.success(), "{}", text(&said.stderr));
        assert_eq!(
            (
                modem.sent()[0].number.as_str(),
                modem.sent()[0].text.as_str()
            ),
            ("+49170", "plain text")
        );
    }
}

#[test]
fn what_the_network_refuses_is_failed_with_its_reason() {
    for (outcome, reason) in [
        (SendOutcome::Refuse(38), "congested"),
        (SendOutcome::Refuse(322), "storage is full"),
        (SendOutcome::Refuse(500), "CMS error 500"),
        (SendOutcome::RefuseBare, "refused"),
    ] {
        let person = Person::new();
        let (modem, port) = modem(Faults {
            send: outcome,
            ..Faults::default()
        });
        let said = person.run(&["send", "-d", &port, "+49170", "hello"]);
        assert_eq!(said.status.code(), Some(1));
        assert!(
            text(&said.stderr).contains(reason),
            "{outcome:?}: {}",
            text(&said.stderr)
        );
        assert_eq!(state(&person), "failed");
        assert!(modem.sent().is_empty());
        // And it stays so: nothing is tried again without the person's word.
        modem.set(|faults| faults.send = SendOutcome::Accept);
        person.says(&["-d", &port]);
        assert!(modem.sent().is_empty());
    }
}

#[test]
fn a_network_that_leaves_it_open_makes_the_message_unknown_and_it_is_not_sent_again() {
    let person = Person::new();
    let (modem, port) = modem(Faults {
        send: SendOutcome::Refuse(332),
        ..Faults::default()
    });
    let said = person.run(&["send", "-d", &port, "+49170", "hello"]);
    assert!(
        text(&said.stderr).contains("may or may not"),
        "{}",
        text(&said.stderr)
    );
    assert_eq!(state(&person), "unknown");
    modem.set(|faults| faults.send = SendOutcome::Accept);
    person.says(&["-d", &port]);
    assert!(modem.sent().is_empty());
}

#[test]
fn a_modem_that_vanishes_after_the_text_leaves_an_unknown_message_and_before_it_a_queued_one() {
    for (moment, after) in [("0x1A", "unknown"), ("+CMGS", "queued")] {
        let person = Person::new();
        let faults = Faults {
            unplug_on: Some(moment.to_owned()),
            ..Faults::default()
        };
        let (_modem, port) = modem(faults);
        let said = person.run(&["send", "-d", &port, "+49170", "hello"]);
        assert_eq!(said.status.code(), Some(1));
        assert_eq!(state(&person), after, "{moment}: {}", text(&said.stderr));
    }
}

#[test]
fn without_network_a_message_waits_and_goes_out_later() {
    let person = Person::new();
    let (modem, port) = modem(Faults {
        send: SendOutcome::Refuse(331),
        ..Faults::default()
    });
    let said = person.run(&["send", "-d", &port, "+49170", "hello"]);
    assert!(
        text(&said.stderr).contains("do not send it again"),
        "{}",
        text(&said.stderr)
    );
    assert_eq!(state(&person), "queued");
    modem.set(|faults| faults.send = SendOutcome::Accept);
    person.says(&["-d", &port]);
    assert_eq!((modem.sent().len(), state(&person).as_str()), (1, "sent"));
}

#[test]
fn without_a_modem_a_message_is_kept_until_there_is_one() {
    let person = Person::new();
    let said = person.run(&["send", "+49170", "hello"]);
    assert_eq!(said.status.code(), Some(1));
    assert_eq!(state(&person), "queued");
    let (modem, port) = modem(Faults::default());
    person.says(&["-d", &port]);
    assert_eq!(modem.sent().len(), 1);
}

#[test]
fn a_prompt_that_never_comes_is_a_failure_and_the_modem_is_usable_after_it() {
    let person = Person::new();
    let (modem, port) = modem(Faults::default());
    modem.set(|faults| faults.send_next = [SendOutcome::NoPrompt].into());
    let said = person.run(&["send", "-d", &port, "+49170", "hello"]);
    assert_eq!(said.status.code(), Some(1));
    assert_eq!(state(&person), "failed", "{}", text(&said.stderr));
    assert!(
        person
            .run(&["send", "-d", &port, "+49170", "again"])
            .status
            .success()
    );
    assert_eq!(modem.sent().len(), 1);
}

#[test]
fn bad_recipients_and_empty_texts_are_refused_before_anything_is_kept() {
    let person = Person::new();
    for (number, body, reason) in [
        ("mum", "hello", "no telephone number"),
        ("", "hello", "number"),
        ("+49170", "", "empty"),
    ] {
        let said = person.run(&["send", number, body]);
        assert!(
            text(&said.stderr).contains(reason),
            "{}",
            text(&said.stderr)
        );
    }
    assert!(person.messages().is_empty());
}

#[test]
fn one_process_has_the_modem_and_sends_what_another_one_queues() {
    let person = Person::new();
    let (modem, port) = modem(Faults {
        report_after: Some(Duration::from_millis(100)),
        ..Faults::default()
    });
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        modem.commands().iter().any(|line| line.contains("+CSQ"))
    });
    let said = person.run(&["send", "-d", &port, "+49170", "hello"]);
    assert_eq!(
        text(&said.stdout),
        "sent as message 1\n",
        "{}",
        text(&said.stderr)
    );
    assert_eq!(modem.sent().len(), 1);
    wait_until("the report has come", || state(&person) == "delivered");
}

#[test]
fn a_report_of_failure_is_told_in_words() {
    let person = Person::new();
    let (modem, port) = modem(Faults {
        report_after: Some(Duration::from_millis(50)),
        report_status: 0x46,
        ..Faults::default()
    });
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        modem.commands().iter().any(|line| line.contains("+CSQ"))
    });
    person.run(&["send", "-d", &port, "+49170", "hello"]);
    wait_until("the report has come", || state(&person) == "failed");
    let reason = person.messages()[0]["reason"].as_str().unwrap().to_owned();
    assert!(reason.contains("time ran out"), "{reason}");
}

#[test]
fn a_missed_call_while_sending_does_not_turn_one_message_into_the_answer_of_another() {
    let person = Person::new();
    for text in ["first", "second", "third"] {
        person.run(&["send", "+49170", text]);
    }
    let late = Duration::from_millis(300);
    let (modem, port) = modem(Faults {
        send: SendOutcome::AcceptAfter(late),
        ..Faults::default()
    });
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    wait_until("the first is on its way", || {
        modem.commands().iter().any(|l| l.starts_with("AT+CMGS"))
    });
    modem.urc("NO CARRIER");
    wait_until("all are sent", || {
        person.messages().iter().all(|m| m["state"] == "sent")
    });
    let sent: Vec<_> = modem.sent().iter().map(|sms| sms.text.clone()).collect();
    assert_eq!(sent, ["first", "second", "third"]);
}

#[test]
fn a_long_message_on_a_text_mode_modem_ends_and_is_sent() {
    let person = Person::new();
    let options = Options {
        pdu_mode: false,
        ..Options::default()
    };
    let (modem, port) = support::modem(options, Faults::default());
    let long = "0123456789".repeat(48);
    let said = person.run(&["send", "-d", &port, "+49170", &long]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    assert_eq!(
        modem
            .sent()
            .iter()
            .map(|sms| sms.text.as_str())
            .collect::<String>(),
        long
    );
    let message = &person.messages()[0];
    assert_eq!(
        (&message["parts"], &message["parts_missing"]),
        (&3.into(), &0.into())
    );
}

#[test]
fn two_modems_on_one_store_do_not_take_each_others_messages_for_lost() {
    let person = Person::new();
    let late = SendOutcome::AcceptAfter(Duration::from_millis(600));
    let (first, port) = modem(Faults {
        send: late,
        ..Faults::default()
    });
    let (_second, other) = modem(Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        first.commands().iter().any(|line| line.contains("+CSQ"))
    });
    let child = person
        .xsms()
        .args(["send", "-d", &port, "+49170", &"x".repeat(200)])
        .spawn();
    wait_until("it is on its way", || {
        first.commands().iter().any(|l| l.starts_with("AT+CMGS"))
    });
    person.says(&["-d", &other]);
    assert!(child.unwrap().wait().unwrap().success());
    assert_eq!(first.sent().len(), 2);
}

#[test]
fn a_message_that_is_taken_back_while_it_waits_does_not_go() {
    let person = Person::new();
    let (modem, port) = modem(Faults {
        send: SendOutcome::Refuse(331),
        ..Faults::default()
    });
    person.run(&["send", "-d", &port, "+49170", "hello"]);
    let id = person.messages()[0]["id"].to_string();
    assert!(person.run(&["delete", &id]).status.success());
    modem.set(|faults| faults.send = SendOutcome::Accept);
    person.says(&["-d", &port]);
    assert!(modem.sent().is_empty());
}

#[test]
fn a_modem_that_falls_silent_fails_nothing_and_the_queue_waits() {
    let person = Person::new();
    for text in ["one", "two"] {
        person.run(&["send", "+49170", text]);
    }
    let (sim, port) = modem(Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    // Silent from the first +CMGS on, before it asks for the text.
    sim.set(|faults| faults.unplug_on = Some("+CMGS".to_owned()));
    wait_until("it is gone", || !sim.is_plugged());
    bar.wait_for("no modem");
    let states: Vec<_> = person
        .messages()
        .iter()
        .map(|m| m["state"].clone())
        .collect();
    assert_eq!(states, ["queued", "queued"]);
}

#[test]
fn a_vanished_modem_is_told_with_what_it_means_for_the_message() {
    let person = Person::new();
    let (_sim, port) = modem(Faults {
        unplug_on: Some("0x1A".to_owned()),
        ..Faults::default()
    });
    let said = text(&person.run(&["send", "-d", &port, "+49170", "hello"]).stderr);
    assert!(
        said.contains("gone") && said.contains("before you send it again"),
        "{said}"
    );
}

#[test]
fn without_registration_nothing_is_tried_and_all_goes_when_the_network_is_back() {
    let person = Person::new();
    let options = Options {
        registration: 2,
        ..Options::default()
    };
    let (sim, port) = support::modem(options, Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("no network");
    wait_until("it serves", || {
        sim.commands().iter().any(|c| c.contains("+CSQ"))
    });
    for text in ["one", "two"] {
        person.run(&["send", "-d", "none", "+49170", text]);
    }
    std::thread::sleep(Duration::from_millis(500));
    assert!(!sim.commands().iter().any(|c| c.starts_with("AT+CMGS")));
    assert!(person.messages().iter().all(|m| m["state"] == "queued"));
    sim.modem(|modem| modem.register(1));
    wait_until("both are sent", || {
        person.messages().iter().all(|m| m["state"] == "sent")
    });
    bar.wait_for("(empty)");
}

#[test]
fn congestion_holds_one_message_back_and_not_the_others() {
    let person = Person::new();
    for text in ["refused for now", "goes"] {
        person.run(&["send", "+49170", text]);
    }
    let (sim, port) = modem(Faults::default());
    sim.set(|faults| faults.send_next = [SendOutcome::Refuse(42)].into());
    person.says(&["-d", &port]);
    let states: Vec<_> = person
        .messages()
        .iter()
        .map(|m| m["state"].clone())
        .collect();
    assert_eq!(states, ["queued", "sent"]);
    person.says(&["-d", &port]);
    assert!(person.messages().iter().all(|m| m["state"] == "sent"));
    assert_eq!(sim.sent().len(), 2);
}

#[test]
fn a_report_proves_that_an_unknown_message_went() {
    let person = Person::new();
    let options = Options {
        clock: jiff::Timestamp::now(),
        ..Options::default()
    };
    let (sim, port) = support::modem(
        options,
        Faults {
            send_next: [SendOutcome::Refuse(332)].into(),
            ..Faults::default()
        },
    );
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("(empty)");
    wait_until("it serves", || {
        sim.commands().iter().any(|c| c.contains("+CSQ"))
    });
    person.run(&["send", "-d", &port, "+491701234567", "hello"]);
    assert_eq!(state(&person), "unknown");
    // The network had it all the same, and tells so.
    sim.modem(|modem| modem.report_of(77, "+491701234567"));
    wait_until("it is delivered", || state(&person) == "delivered");
    assert!(sim.sent().is_empty(), "nothing was sent again");
}

#[test]
fn ctrl_c_takes_back_what_the_modem_does_not_have_and_says_how_much_has_gone() {
    let person = Person::new();
    let (sim, port) = modem(Faults {
        send: SendOutcome::AcceptAfter(Duration::from_millis(800)),
        ..Faults::default()
    });
    let long = "0123456789".repeat(60);
    let child = person
        .xsms()
        .args(["send", "--progress", "-d", &port, "+49170", &long])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    wait_until("the first part is on its way", || {
        sim.commands().iter().any(|l| l.starts_with("AT+CMGS"))
    });
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let said = child.wait_with_output().unwrap();
    let words = text(&said.stderr);
    assert!(words.contains("sending part 1 of 4"), "{words}");
    assert!(words.contains("taken back after 1 of 4 parts"), "{words}");
    assert_eq!(said.status.code(), Some(1));
    assert_eq!((sim.sent().len(), state(&person).as_str()), (1, "failed"));
}
