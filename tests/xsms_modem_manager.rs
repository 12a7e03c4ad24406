//! The real `xsms` on the real ModemManager, which has a simulated modem.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/foreign.rs"]
mod foreign;
#[path = "support/modem_manager.rs"]
mod modem_manager;
mod support;

use std::time::Duration;

use barpop::sim::modem::{Faults, Options, SendOutcome, joined};
use barpop::sim::{Port, Simulated};
use modem_manager::Bed;
use support::Following;

const LONG: &str = "Grüße aus Brno 👋 žluťoučký kůň, привет, こんにちは 🎉 and that is still not \
all, because a second part is wanted 🧗 too.";
const LINE: &str = "{unread} {operator} {state}";

/// ModemManager 1.20 loses all but the first announcement that it reads in one go.
fn slow() -> Options {
    Options {
        arrival_interval: Duration::from_millis(150),
        ..Options::default()
    }
}

fn follow(bed: &Bed, arguments: &[&str]) -> Following {
    let mut command = bed.xsms(&["--follow", "--format", LINE]);
    Following::start(command.args(arguments))
}

#[test]
fn without_d_the_modem_of_modemmanager_is_taken_and_nothing_is_missed() {
    let bed = Bed::new("receive", slow());
    bed.modem.receive("+49170123", "was there before");
    let (said, complaint) = bed.says(&[]);
    assert_eq!((said.as_str(), complaint.as_str()), ("1", ""));

    let bar = follow(&bed, &[]);
    bar.wait_for("1 Lab Mobile ");
    bed.modem.receive("+49170123", "hi from a phone 😀");
    let took = bar.wait_for("2 Lab Mobile ");
    assert!(took < Duration::from_secs(3), "{took:?}");
    bed.modem.receive("Sparbank", LONG);
    bar.wait_for("3 Lab Mobile ");
    let expected = ["was there before", "hi from a phone 😀", LONG];
    let mut expected = expected.map(str::to_owned);
    expected.sort();
    assert_eq!(bed.person.texts(), expected);
    assert_eq!(bed.message(LONG).unwrap()["address"], "Sparbank");

    // A second program finds that the first one has the modem, and says the same.
    let (said, complaint) = bed.says(&["--format", LINE]);
    assert_eq!((said.as_str(), complaint.as_str()), ("3 Lab Mobile", ""));
    let (json, _) = bed.says(&["modem", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["modem"]["registration"], "home");
    assert_eq!(json["modem"]["signal_percent"], 70);
}

#[test]
fn a_long_message_goes_out_once_and_its_delivery_is_told() {
    let faults = Faults {
        report_after: Some(Duration::from_millis(300)),
        ..Faults::default()
    };
    let bed = Bed::with("send", slow(), faults);
    let bar = follow(&bed, &["-d", "mm"]);
    bar.wait_for("0 Lab Mobile ");
    let (said, complaint) = bed.says(&["send", "+491701234567", LONG]);
    assert_eq!(complaint, "");
    assert!(said.starts_with("sent as message"), "{said}");
    let sent = joined(&bed.modem.sent());
    assert_eq!(sent, [("+491701234567".to_owned(), LONG.to_owned())]);
    bed.wait_for("delivery", || {
        (bed.state(LONG) == "delivered").then_some(())
    });
    // Neither what was sent nor the report piles up there.
    bed.wait_for("empty list", || (bed.in_modem_manager() == 0).then_some(()));
}

#[test]
fn what_is_refused_is_told_in_words_and_what_finds_no_network_goes_when_it_is_back() {
    let bed = Bed::new("refused", slow());
    bed.modem
        .set(|faults| faults.send = SendOutcome::Refuse(38));
    let (_, complaint) = bed.says(&["send", "+4917012345", "nobody wants this"]);
    assert!(
        complaint.contains("refused") || complaint.contains("says"),
        "{complaint}"
    );
    assert_eq!(bed.state("nobody wants this"), "failed");

    bed.modem
        .set(|faults| faults.send = SendOutcome::Refuse(331));
    let (_, complaint) = bed.says(&["send", "+4917012345", "later"]);
    assert!(complaint.contains("do not send it again"), "{complaint}");
    assert_eq!(bed.state("later"), "queued");
    assert_eq!(bed.modem.sent(), []);

    bed.modem.set(|faults| faults.send = SendOutcome::Accept);
    bed.says(&[]);
    assert_eq!(bed.state("later"), "sent");
    let sent = joined(&bed.modem.sent());
    assert_eq!(sent, [("+4917012345".to_owned(), "later".to_owned())]);
}

#[test]
fn a_message_whose_modemmanager_dies_under_it_is_in_doubt_and_never_sent_again() {
    let mut bed = Bed::new("doubt", slow());
    let bar = follow(&bed, &["-d", "mm"]);
    bar.wait_for("0 Lab Mobile ");
    bed.modem
        .set(|faults| faults.send = SendOutcome::Silence { taken: true });
    let mut sending = bed
        .xsms(&["send", "+4917012345", "schrödinger"])
        .spawn()
        .unwrap();
    bed.wait_for("message on its way", || {
        (!bed.modem.sent().is_empty()).then_some(())
    });
    bed.kill();
    assert!(!sending.wait().unwrap().success());
    assert_eq!(bed.state("schrödinger"), "unknown");
    bar.wait_for_part("no modem", Duration::from_secs(15));
    bed.modem.set(|faults| faults.send = SendOutcome::Accept);
    bed.start();
    bar.wait_for("0 Lab Mobile ");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(bed.modem.sent().len(), 1);
    assert_eq!(bed.state("schrödinger"), "unknown");
}

#[test]
fn a_modemmanager_that_is_killed_and_started_again_loses_and_doubles_nothing() {
    let mut bed = Bed::new("restart", slow());
    bed.modem.receive("+49170123", "before");
    let bar = follow(&bed, &[]);
    bar.wait_for("1 Lab Mobile ");
    bed.kill();
    bar.wait_for_part("1  ", Duration::from_secs(15));
    bed.modem.receive("+49170123", "meanwhile");
    bed.start();
    bar.wait_for("2 Lab Mobile ");
    bed.modem.receive("Sparbank", "after");
    bar.wait_for("3 Lab Mobile ");
    assert_eq!(bed.person.texts(), ["after", "before", "meanwhile"]);
}

#[test]
fn the_same_sim_read_by_modemmanager_and_then_by_its_port_doubles_nothing() {
    let options = || Options {
        clock: Options::default().clock,
        ..slow()
    };
    let bed = Bed::new("both", options());
    bed.modem.receive("+49170123", "short");
    bed.modem.receive("+49170123", LONG);
    bed.modem.receive("+49170123", "short");
    bed.wait_for("three messages", || (bed.says(&[]).0 == "3").then_some(()));
    let number: i64 = bed.message("short").unwrap()["id"].as_i64().unwrap();
    bed.says(&["delete", &number.to_string()]);

    let records: Vec<_> = ["SM", "ME"]
        .iter()
        .flat_map(|s| bed.modem.stored(s))
        .collect();
    let port = Simulated::start(options(), Faults::default(), Port::Terminal(None)).unwrap();
    for (_, _, pdu) in records {
        assert!(port.receive_pdu(&pdu));
    }
    let path = port.path().display().to_string();
    let (said, complaint) = bed.says(&["-d", &path]);
    assert_eq!((said.as_str(), complaint.as_str()), ("2", ""));
    assert_eq!(bed.says(&[]).0, "2");
}

#[test]
fn messages_stay_in_the_modem_until_they_are_stored_and_leave_it_when_that_is_asked() {
    let bed = Bed::new("cleanup", slow());
    for number in 0..3 {
        bed.modem.receive("+49170123", &format!("number {number}"));
    }
    bed.wait_for("three messages", || (bed.says(&[]).0 == "3").then_some(()));
    assert_eq!(bed.in_modem_manager(), 3);
    assert_eq!(bed.says(&["--sim-cleanup", "stored"]).0, "3");
    assert_eq!(bed.in_modem_manager(), 0);
    let left = [bed.modem.stored("SM"), bed.modem.stored("ME")].concat();
    assert_eq!(left, []);
    assert_eq!(bed.says(&[]).0, "3");
}

#[test]
fn the_pin_opens_the_sim_and_a_wrong_one_is_tried_once() {
    let options = Options {
        pin: Some("4711".into()),
        ..slow()
    };
    let bed = Bed::new("pin", options);
    bed.modem.receive("+49170123", "behind the lock");
    let pin = |digits: &str| {
        let mut command = bed.xsms(&["--format", LINE]);
        let output = command.env("BARPOP_PIN", digits).output().unwrap();
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let (_, complaint) = bed.says(&[]);
    assert!(complaint.contains("wants its PIN"), "{complaint}");
    let said = pin("1111");
    assert!(said.contains("wrong PIN, 2 tries left"), "{said}");
    assert_eq!(bed.pins_sent(), 1);
    let said = pin("1111");
    assert!(said.contains("did not take this PIN before"), "{said}");
    assert_eq!(bed.pins_sent(), 1);
    let said = pin("2222");
    assert!(said.contains("1 try left"), "{said}");
    let said = pin("4711");
    assert!(said.contains("never spends the last one"), "{said}");
    assert_eq!((bed.pins_sent(), bed.modem.pin_tries()), (2, 1));
}

#[test]
fn a_bar_sees_the_sim_being_opened_by_somebody_else() {
    let options = Options {
        pin: Some("4711".into()),
        ..slow()
    };
    let bed = Bed::new("unlocked", options);
    bed.modem.receive("+49170123", "behind the lock");
    let bar = follow(&bed, &[]);
    bar.wait_for_part("0  ", Duration::from_secs(15));
    let output = bed.xsms(&[]).env("BARPOP_PIN", "4711").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(said, "1\n", "{}", String::from_utf8_lossy(&output.stderr));
    bar.wait_for("1 Lab Mobile ");
    assert_eq!(bed.pins_sent(), 1);
}

#[test]
fn a_message_that_found_no_network_goes_at_once_when_it_is_back() {
    let bed = Bed::new("returning", slow());
    let bar = follow(&bed, &[]);
    bar.wait_for("0 Lab Mobile ");
    bed.modem.modem(|modem| modem.register(2));
    bed.wait_for("search", || {
        let all = bed.mmcli(&["-m", "any"]).unwrap_or_default();
        (all.contains("searching") || all.contains("idle")).then_some(())
    });
    let mut sending = bed
        .xsms(&["send", "+4917012345", "patience"])
        .spawn()
        .unwrap();
    bed.wait_for("queue", || {
        (bed.state("patience") == "queued").then_some(())
    });
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(bed.state("patience"), "queued");
    bed.modem.modem(|modem| modem.register(1));
    bed.wait_for("sending", || {
        (bed.state("patience") == "sent").then_some(())
    });
    let _ = sending.kill();
    let _ = sending.wait();
    assert_eq!(bed.modem.sent().len(), 1);
}

#[test]
fn what_modemmanager_cannot_do_with_a_modem_is_told_in_words() {
    let bed = Bed::new("reset", slow());
    assert_eq!(bed.says(&[]).0, "(empty)");
    let (_, complaint) = bed.says(&["modem", "reset"]);
    assert!(
        complaint.contains("cannot do that with this modem"),
        "{complaint}"
    );
}

#[test]
fn of_several_modems_one_is_chosen_by_its_imei_and_all_are_listened_to() {
    let bed = Bed::new("first", slow());
    let socket = format!("abstract:barpop-{}-second:x", std::process::id());
    let second = Options {
        imei: "490154203237542".to_owned(),
        operator: "Other Mobile".to_owned(),
        ..slow()
    };
    let port = Port::AbstractSocket(socket.clone());
    let second = Simulated::start(second, Faults::default(), port).unwrap();
    bed.give("second", &socket);
    bed.wait_for("two modems", || {
        let list = bed.mmcli(&["-L"]).unwrap_or_default();
        (list.matches("/Modem/").count() == 2).then_some(())
    });
    let (said, complaint) = bed.says(&["-d", "mm:490154203237542", "--format", LINE]);
    assert_eq!((said.as_str(), complaint.as_str()), ("0 Other Mobile", ""));
    bed.modem.receive("+49170123", "by the first");
    second.receive("+49170123", "by the second");
    bed.says(&["-d", "mm:490154203237518"]);
    bed.wait_for("both", || (bed.says(&[]).0 == "2").then_some(()));
    let (_, complaint) = bed.says(&["-d", "mm:123"]);
    assert!(complaint.contains("no modem '123'"), "{complaint}");
    bed.says(&[
        "-d",
        "mm:490154203237542",
        "send",
        "+4917012345",
        "by the second, please",
    ]);
    assert_eq!((bed.modem.sent().len(), second.sent().len()), (0, 1));
}

#[test]
fn without_modemmanager_only_the_store_speaks_and_nothing_is_started() {
    let mut bed = Bed::new("none", slow());
    bed.kill();
    assert_eq!(bed.says(&[]), ("(empty)".to_owned(), String::new()));
    let (_, complaint) = bed.says(&["-d", "mm"]);
    assert!(
        complaint.contains("ModemManager is not running"),
        "{complaint}"
    );
    bed.bus.kill();
    assert_eq!(bed.says(&[]), ("(empty)".to_owned(), String::new()));
    let bar = follow(&bed, &[]);
    bar.wait_for_part("0  ", Duration::from_secs(15));
    bar.stays_quiet(Duration::from_millis(300));
}
