//! What the popup sees and can ask for, without its window: the source against a modem.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

mod support;

use std::sync::Arc;
use std::time::Duration;

use barpop::secret::Secret;
use barpop::sim::Simulated;
use barpop::sim::modem::{Faults, Options as Kind, SendOutcome};
use barpop::sms::command::Command;
use barpop::sms::message::{State, Unaddressed};
use barpop::sms::options::PinSource;
use barpop::sms::snapshot::{About, Lock, ModemState, Snapshot};
use barpop::sms::source::Source;
use barpop::sms::{Cleanup, Options};
use support::{Following, Person, wait_until};

fn modem(kind: Kind) -> Simulated {
    Simulated::with(kind).unwrap()
}

/// A source in this process, which calls itself what the popup's program is called: by that the
/// others know that it shares the store.
fn source(person: &Person, modem: &Simulated) -> Source {
    std::fs::write("/proc/self/comm", "barpop").unwrap();
    let options = Options {
        device: modem.path().into(),
        baud: 460_800,
        pin: PinSource::None,
        cleanup: Cleanup::default(),
        delivery_reports: true,
        broadcasts: String::new(),
        keep_deleted_days: 30,
        store: person.path(".local/share/barpop/messages.sqlite3"),
        original: None,
        contacts: vec!["/nonexistent".into()],
        region: None,
        notifications: barpop::sms::notify::Mode::Off,
        session_bus: None,
        start_daemon: false,
    };
    Source::start(options, || {})
}

fn until(source: &Source, what: &str, is_so: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    wait_until(what, || is_so(&source.latest()));
    source.latest()
}

fn ready(source: &Source) -> Arc<Snapshot> {
    until(source, "the modem is ready", |s| {
        s.summary.modem.state == ModemState::Ready && s.summary.modem.operator.is_some()
    })
}

fn locked(kind: Kind) -> Simulated {
    modem(Kind {
        pin: Some("1234".to_owned()),
        ..kind
    })
}

#[test]
fn the_store_is_shown_although_the_modem_is_silent() {
    let person = Person::new();
    let sim = modem(Kind::default());
    sim.receive("+49170", "stored before");
    person.says(&["-d", &sim.path().display().to_string()]);
    sim.set(|faults: &mut Faults| faults.silent = true);
    let source = source(&person, &sim);
    let started = std::time::Instant::now();
    let snapshot = until(&source, "the store is read", |s| s.conversations.is_some());
    assert!(started.elapsed() < Duration::from_millis(500));
    assert_eq!(
        snapshot.thread.as_ref().unwrap().messages[0].text,
        "stored before"
    );
    assert_eq!(snapshot.summary.unread, 1);
}

#[test]
fn a_message_is_sent_and_its_state_is_seen_on_the_way() {
    let person = Person::new();
    let sim = modem(Kind::default());
    let source = source(&person, &sim);
    let snapshot = ready(&source);
    assert_eq!(
        snapshot.summary.modem.operator.as_deref(),
        Some("Lab Mobile")
    );
    sim.set(|faults| faults.send = SendOutcome::AcceptAfter(Duration::from_millis(300)));
    source.send(Command::Send {
        address: "+49170".to_owned(),
        text: "hello".to_owned(),
    });
    let state = |s: &Snapshot| s.thread.as_ref().map(|t| t.messages[0].state);
    until(&source, "it is on its way", |s| {
        state(s) == Some(State::Sending)
    });
    until(&source, "it is sent", |s| state(s) == Some(State::Sent));
    assert_eq!(sim.sent().len(), 1);
}

#[test]
fn closing_the_popup_in_the_middle_of_sending_sends_to_the_end() {
    let person = Person::new();
    let sim = modem(Kind::default());
    let source = source(&person, &sim);
    ready(&source);
    sim.set(|faults| faults.send = SendOutcome::AcceptAfter(Duration::from_millis(500)));
    source.send(Command::Send {
        address: "+49170".to_owned(),
        text: "x".repeat(200),
    });
    wait_until("the first part is on its way", || {
        sim.commands()
            .iter()
            .any(|line| line.starts_with("AT+CMGS"))
    });
    source.send(Command::SaveDraft {
        address: "12345".to_owned(),
        text: "half a tho".to_owned(),
    });
    let begun = Some(Unaddressed {
        to: "Ann".to_owned(),
        text: "to nobody yet".to_owned(),
    });
    source.send(Command::KeepNew(begun.clone()));
    drop(source);
    assert_eq!(sim.sent().len(), 2);
    assert_eq!(person.messages()[0]["state"], "sent");
    let again = self::source(&person, &sim);
    let snapshot = until(&again, "the store is read", |s| s.conversations.is_some());
    let drafts: Vec<_> = snapshot
        .conversations
        .iter()
        .flat_map(|c| c.iter())
        .filter_map(|c| c.draft.clone())
        .collect();
    assert_eq!(drafts, ["half a tho"]);
    assert_eq!(snapshot.unaddressed, begun);
    again.send(Command::KeepNew(None));
    until(&again, "it is forgotten", |s| s.unaddressed.is_none());
}

#[test]
fn a_pin_that_is_typed_opens_the_sim_and_a_wrong_one_is_told_with_the_tries_left() {
    let person = Person::new();
    let sim = locked(Kind::default());
    sim.receive("+49170", "hello");
    let source = source(&person, &sim);
    until(&source, "the SIM wants its PIN", |s| {
        s.summary.modem.state == ModemState::Locked(Lock::SimPin)
            && s.summary.modem.pin_tries == Some(3)
    });
    source.send(Command::EnterPin(Secret::new("9999")));
    let snapshot = until(&source, "the PIN is refused", |s| s.failure.is_some());
    let failure = snapshot.failure.clone().unwrap();
    assert_eq!(failure.about, About::Unlock);
    assert!(
        failure.sentence.contains("2 tries left"),
        "{}",
        failure.sentence
    );
    source.send(Command::EnterPin(Secret::new("9999")));
    until(&source, "it is not tried again", |s| {
        s.failure
            .as_ref()
            .is_some_and(|f| f.sentence.contains("before"))
    });
    assert_eq!(sim.pin_tries(), 2);
    source.send(Command::EnterPin(Secret::new("1234")));
    until(&source, "the message is there", |s| s.summary.unread == 1);
}

#[test]
fn a_puk_and_a_new_pin_open_a_blocked_sim() {
    let person = Person::new();
    let sim = locked(Kind {
        pin_tries: 0,
        ..Kind::default()
    });
    let source = source(&person, &sim);
    until(&source, "the SIM wants its PUK", |s| {
        s.summary.modem.state == ModemState::Locked(Lock::SimPuk)
    });
    source.send(Command::EnterPuk {
        puk: Secret::new("12345678"),
        new_pin: Secret::new("4321"),
    });
    ready(&source);
    assert_eq!(sim.pin_tries(), 3);
}

#[test]
fn the_popup_unlocks_the_sim_beside_a_bar_that_follows_it() {
    let person = Person::new();
    let sim = locked(Kind::default());
    sim.receive("+49170", "hello");
    let port = sim.path().display().to_string();
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("SIM PIN");
    let source = source(&person, &sim);
    until(&source, "the SIM wants its PIN", |s| {
        matches!(s.summary.modem.state, ModemState::Locked(_))
    });
    source.send(Command::EnterPin(Secret::new("1234")));
    ready(&source);
    bar.wait_for("1");
    drop(source);
    // The bar takes the modem over, and hears of the next message.
    wait_until("the bar has the modem", || {
        sim.commands()
            .iter()
            .filter(|line| line.starts_with("AT+CNMI=2"))
            .count()
            == 2
    });
    sim.receive("+49170", "and another one");
    bar.wait_for("2");
}

#[test]
fn the_popup_reads_and_sends_through_the_bar_that_has_the_modem() {
    let person = Person::new();
    let sim = modem(Kind::default());
    sim.receive("+49170", "hello");
    let port = sim.path().display().to_string();
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.wait_for("1");
    let source = source(&person, &sim);
    let snapshot = ready(&source);
    assert_eq!(snapshot.summary.modem.sim_used, Some(1));
    let id = snapshot.thread.as_ref().unwrap().conversation;
    source.send(Command::MarkRead(id));
    bar.wait_for("(empty)");
    source.send(Command::Send {
        address: "+49170".to_owned(),
        text: "answer".to_owned(),
    });
    until(&source, "it is sent", |s| {
        s.thread
            .as_ref()
            .is_some_and(|t| t.messages.iter().any(|m| m.state == State::Sent))
    });
    sim.receive("+49170", "thanks");
    bar.wait_for("1");
    until(&source, "the answer to it is shown", |s| {
        s.thread
            .as_ref()
            .is_some_and(|t| t.messages.iter().any(|m| m.text == "thanks"))
    });
}

#[test]
fn the_bar_takes_the_modem_over_when_the_popup_that_had_it_ends() {
    let person = Person::new();
    let sim = modem(Kind::default());
    let source = source(&person, &sim);
    ready(&source);
    let port = sim.path().display().to_string();
    let mut first = Following::start(person.xsms().args(["--follow", "-d", &port]));
    first.wait_for("(empty)");
    drop(source);
    wait_until("the bar has the modem", || {
        sim.commands()
            .iter()
            .filter(|line| line.starts_with("AT+CNMI=2"))
            .count()
            == 2
    });
    // And from one bar to the next when the first is killed.
    let second = Following::start(person.xsms().args(["--follow", "-d", &port]));
    second.wait_for("(empty)");
    first.kill();
    wait_until("the second has the modem", || {
        sim.commands()
            .iter()
            .filter(|line| line.starts_with("AT+CNMI=2"))
            .count()
            == 3
    });
    sim.receive("+49170", "hello");
    second.wait_for("1");
}

#[test]
fn deleted_messages_come_back_and_a_search_finds_them() {
    let person = Person::new();
    let sim = modem(Kind::default());
    sim.receive("+49170", "Königsberger Klopse");
    let source = source(&person, &sim);
    let snapshot = until(&source, "it is there", |s| s.summary.total == 1);
    source.send(Command::Open(
        snapshot.conversations.as_ref().unwrap()[0].id,
    ));
    let snapshot = until(&source, "it is open", |s| s.thread.is_some());
    let id = snapshot.thread.as_ref().unwrap().messages[0].id;
    source.send(Command::Delete(vec![id]));
    until(&source, "it is gone", |s| s.summary.total == 0);
    source.send(Command::Undelete(vec![id]));
    until(&source, "it is back", |s| s.summary.total == 1);
    source.send(Command::Search("konigs".to_owned()));
    until(&source, "it is found", |s| {
        s.search.as_ref().is_some_and(|found| found.total == 1)
    });
}
