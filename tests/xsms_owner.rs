//! One owner on the session bus: who it is, what it answers, and what happens when it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/session.rs"]
mod session;
mod support;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use rustix::process::{Pid, Signal, kill_process};
use session::{NAME, PATH, Session};
use support::{Following, modem, text, wait_until};

fn signal(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(pid.try_into().unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

/// How often a process has begun with the modem.
fn greetings(modem: &Simulated) -> usize {
    let commands = modem.commands();
    commands
        .iter()
        .filter(|line| line.starts_with("ATE0"))
        .count()
}

fn ready(modem: &Simulated) {
    assert!(modem.wait_until(Duration::from_secs(10), |m| {
        m.commands().iter().any(|c| c.contains("+CSQ"))
    }));
}

#[test]
fn ten_processes_started_at_once_have_one_owner_and_the_same_line() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bars: Vec<_> = (0..10).map(|_| session.follow(&port)).collect();
    let owner = session.owner();
    assert!(bars.iter().any(|bar| bar.id() == owner));
    ready(&modem);
    modem.receive("+491701234567", "for all of them");
    for bar in &bars {
        bar.wait_for("1");
    }
    assert_eq!(greetings(&modem), 1, "nine left the modem alone");
    assert_eq!(session.owner(), owner);
    assert_eq!(session.person.messages().len(), 1);
}

#[test]
fn an_owner_killed_at_any_instant_has_a_successor_and_nothing_is_lost_or_doubled() {
    let session = Session::new();
    let (modem, port) = modem(
        Options::default(),
        Faults {
            latency: Duration::from_millis(2),
            ..Faults::default()
        },
    );
    let mut bars: Vec<_> = (0..3).map(|_| session.follow(&port)).collect();
    bars.iter().for_each(|bar| drop(bar.next_line()));
    let mut wanted = BTreeSet::new();
    for n in 0..12_u64 {
        let owner = session.owner();
        let name = format!("message {n}");
        modem.receive("+491701234567", &name);
        wanted.insert(name);
        // Before, while and after it is read, stored and told of.
        std::thread::sleep(Duration::from_millis(n * 3));
        let at = bars.iter().position(|bar| bar.id() == owner).unwrap();
        bars.remove(at).kill();
        bars.push(session.follow(&port));
        let count = wanted.len().to_string();
        for bar in &bars {
            bar.wait_for(&count);
        }
    }
    let texts = session.person.texts();
    assert_eq!(texts.len(), wanted.len(), "{texts:?}");
    assert_eq!(texts.into_iter().collect::<BTreeSet<_>>(), wanted);
}

#[test]
fn a_successor_is_there_within_moments() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let mut first = session.follow(&port);
    assert_eq!(session.owner(), first.id());
    let second = session.follow(&port);
    second.wait_for("(empty)");
    ready(&modem);
    let started = Instant::now();
    first.kill();
    wait_until("the second has it", || session.owner() == second.id());
    modem.receive("+491701234567", "to the second");
    second.wait_for("1");
    let took = started.elapsed();
    assert!(took < Duration::from_secs(3), "{took:?}");
}

#[test]
fn programs_that_run_while_an_upgrade_replaces_them_lose_no_message() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let program = session.person.path("xsms");
    std::fs::copy(env!("CARGO_BIN_EXE_xsms"), &program).unwrap();
    let follow = || {
        let mut command = session.program(program.to_str().unwrap());
        Following::start(command.args(["--follow", "-d", &port]))
    };
    let mut first = follow();
    assert_eq!(session.owner(), first.id());
    let second = follow();
    modem.receive("+491701234567", "before");
    first.wait_for("1");
    second.wait_for("1");

    // As dpkg and rpm do it.
    let new = session.person.path("xsms.new");
    std::fs::copy(env!("CARGO_BIN_EXE_xsms"), &new).unwrap();
    std::fs::rename(&new, &program).unwrap();
    modem.receive("+491701234567", "after");
    first.wait_for("2");
    second.wait_for("2");

    // A newer program has opened the store, and added what it wants to keep.
    let store = session.person.path(".local/share/barpop/messages.sqlite3");
    let newer = rusqlite::Connection::open(&store).unwrap();
    newer.busy_timeout(Duration::from_secs(10)).unwrap();
    newer
        .execute_batch(
            "BEGIN IMMEDIATE;
             ALTER TABLE message ADD COLUMN kept_since TEXT;
             CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;
             PRAGMA user_version = 99;
             COMMIT;",
        )
        .unwrap();
    modem.receive("+491701234567", "in a newer store");
    first.wait_for("3");
    second.wait_for("3");

    // The bar's restart begins with the owner.
    first.kill();
    modem.receive("+491701234567", "to the successor");
    second.wait_for("4");
    let texts: Vec<String> = newer
        .prepare("SELECT text FROM message ORDER BY id")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(
        texts,
        ["before", "after", "in a newer store", "to the successor"]
    );
}

#[test]
fn the_interface_says_what_it_is_and_can_be_used_from_a_shell() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "first");
    modem.receive("Bank", "second");
    let bar = session.follow(&port);
    bar.wait_for("2");
    let described = session.busctl(&["introspect", NAME, PATH]).unwrap();
    for word in [
        "Send",
        "MarkRead",
        "Unread",
        "PropertiesChanged",
        "Received",
    ] {
        assert!(described.contains(word), "{word}: {described}");
    }
    let gdbus = session
        .program("gdbus")
        .args([
            "introspect",
            "--session",
            "--dest",
            NAME,
            "--object-path",
            "/",
            "--recurse",
        ])
        .output()
        .unwrap();
    assert!(text(&gdbus.stdout).contains("org.barpop.Sms1"), "{gdbus:?}");

    let summary = session.call("Summary", &[]).unwrap();
    assert!(summary.contains(r#"\"unread\":2"#), "{summary}");
    let listed = session.call("List", &["bxu", "true", "0", "1"]).unwrap();
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let message: serde_json::Value =
        serde_json::from_str(listed["data"][0][0].as_str().unwrap()).unwrap();
    assert_eq!(message["text"], "second");
    let id = message["id"].to_string();
    let older = session.call("List", &["bxu", "false", &id, "9"]).unwrap();
    assert!(
        older.contains("first") && !older.contains("second"),
        "{older}"
    );
    assert!(
        session
            .call("Show", &["x", &id])
            .unwrap()
            .contains("second")
    );

    assert!(
        session
            .call("MarkRead", &["ax", "1", &id])
            .unwrap()
            .contains('1')
    );
    bar.wait_for("1");
    assert_eq!(session.property("Unread").unwrap(), 1);
    session.call("Delete", &["ax", "1", &id]).unwrap();
    assert_eq!(session.property("Total").unwrap(), 1);
    session.call("Undelete", &["ax", "1", &id]).unwrap();
    session.call("MarkAllRead", &[]).unwrap();
    bar.wait_for("(empty)");

    session
        .call("Send", &["ss", "+4917099", "from a script"])
        .unwrap();
    assert!(modem.wait_until(Duration::from_secs(10), |m| m.sent().len() == 1));
    wait_until("it is sent", || {
        session
            .person
            .messages()
            .iter()
            .any(|m| m["state"] == "sent")
    });
}

#[test]
fn wrong_calls_are_answered_in_words() {
    let session = Session::new();
    let (_modem, port) = modem(Options::default(), Faults::default());
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    session.owner();
    let table: &[(&str, &[&str], &str)] = &[
        (
            "Send",
            &["s", "12345"],
            "it takes a number and a text (ss), not 's'",
        ),
        ("Send", &["ss", "12345", ""], "the message is empty"),
        ("Send", &["ss", "no number", "text"], "no number"),
        ("MarkRead", &["ax", "1", "77"], "there is no message 77"),
        ("Show", &["x", "9"], "there is no message 9"),
        ("List", &["bxu", "false", "5", "1"], "there is no message 5"),
        ("Summary", &["s", "more"], "it takes no arguments"),
        (
            "Cancel",
            &[],
            "it takes a message's number (x), not nothing",
        ),
        ("Nonsense", &[], "no method 'Nonsense'"),
    ];
    for (method, arguments, words) in table {
        let error = session.call(method, arguments).unwrap_err();
        assert!(error.contains(words), "{method}: {error}");
    }
    let elsewhere = session.busctl(&["call", NAME, "/x", session::INTERFACE, "Summary"]);
    assert!(elsewhere.unwrap_err().contains("no object '/x'"));
    let set = [
        "set-property",
        NAME,
        PATH,
        session::INTERFACE,
        "Unread",
        "u",
        "0",
    ];
    assert!(
        session
            .busctl(&set)
            .unwrap_err()
            .contains("no property can be set")
    );
}

#[test]
fn once_beside_an_owner_asks_it_and_needs_neither_modem_nor_store() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "one");
    let bar = session.follow(&port);
    bar.wait_for("1");
    session.owner();
    let before = modem.commands().len();
    let said = session.run(&["-d", &port]);
    assert_eq!(
        (text(&said.stdout), text(&said.stderr)),
        ("1\n".to_owned(), String::new())
    );
    // Who asks for no modem in particular gets this one's state.
    let json: serde_json::Value =
        serde_json::from_str(&session.says(&["--output", "json"])).unwrap();
    assert_eq!(json["modem"]["state"], "ready");
    assert_eq!(json["unread"], 1);
    let said = session.run(&["send", "-d", &port, "+49170", "through the owner"]);
    assert_eq!(
        text(&said.stdout),
        "sent as message 2\n",
        "{}",
        text(&said.stderr)
    );
    assert_eq!(greetings(&modem), 1);
    assert!(modem.commands().len() > before);
}

#[test]
fn a_stopped_owner_makes_nobody_hang() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "one");
    let bar = session.follow(&port);
    bar.wait_for("1");
    let other = session.follow(&port);
    other.wait_for("1");
    ready(&modem);
    let owner = session.owner();
    assert_eq!(owner, bar.id());
    signal(owner, Signal::STOP);
    let started = Instant::now();
    let said = session.run(&["-d", &port]);
    let took = started.elapsed();
    signal(owner, Signal::CONT);
    assert!(text(&said.stdout).starts_with('1'), "{said:?}");
    assert!(text(&said.stderr).contains("does not answer"), "{said:?}");
    assert!(
        said.status.success(),
        "xmobar drops the output of a program that fails"
    );
    assert!(took < Duration::from_secs(4), "{took:?}");
    // A bar that starts while it is stopped has its line, too.
    signal(owner, Signal::STOP);
    let third = session.follow(&port);
    let line = third.next_line();
    signal(owner, Signal::CONT);
    assert!(line.starts_with('1'), "{line}");
}

#[test]
fn the_bus_may_go_and_come_back() {
    let mut session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bars = [session.follow(&port), session.follow(&port)];
    for bar in &bars {
        bar.wait_for("(empty)");
    }
    session.owner();
    ready(&modem);
    session.bus.kill();
    modem.receive("+491701234567", "without a bus");
    for bar in &bars {
        bar.wait_for("1");
    }
    session.bus.restart();
    let owner = session.owner();
    assert!(bars.iter().any(|bar| bar.id() == owner));
    modem.receive("+491701234567", "with one again");
    for bar in &bars {
        bar.wait_for("2");
    }
    assert_eq!(session.person.messages().len(), 2);
}

#[test]
fn nobody_can_take_the_name_from_an_owner() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    ready(&modem);
    let owner = session.owner();
    // DBUS_NAME_FLAG_REPLACE_EXISTING | DBUS_NAME_FLAG_DO_NOT_QUEUE; 3: it exists.
    let daemon = [
        "org.freedesktop.DBus",
        "/org/freedesktop/DBus",
        "org.freedesktop.DBus",
    ];
    let call = [&["call"][..], &daemon, &["RequestName", "su", NAME, "6"]].concat();
    assert!(session.busctl(&call).unwrap().contains("[3]"));
    assert_eq!(session.owner(), owner);
}

#[test]
fn another_program_under_the_name_takes_nobodys_messages_away() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let thief = thief(&session);
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    ready(&modem);
    modem.receive("+491701234567", "mine");
    bar.wait_for("1");
    assert_eq!(session.says(&["-d", &port]), "1\n");
    drop(thief);
    assert_eq!(session.owner(), bar.id(), "it waited in the queue");
}

/// Takes the name and answers every call with an error.
fn thief(session: &Session) -> zbus::Connection {
    zbus::block_on(async {
        let address = session.bus.address();
        let builder = zbus::connection::Builder::address(address.as_str());
        let connection = builder.build().await.unwrap();
        // Serving some object makes the library answer.
        connection
            .object_server()
            .at("/thief", Nothing)
            .await
            .unwrap();
        connection.request_name(NAME).await.unwrap();
        connection
    })
}

struct Nothing;

#[zbus::interface(name = "org.example.Nothing", introspection_docs = false)]
impl Nothing {
    fn nothing(&self) {}
}

#[test]
fn two_bars_with_two_modems_each_have_their_own() {
    let session = Session::new();
    let (one, first) = modem(Options::default(), Faults::default());
    let (two, second) = modem(Options::default(), Faults::default());
    let bars = [session.follow(&first), session.follow(&second)];
    for bar in &bars {
        bar.wait_for("(empty)");
    }
    ready(&one);
    ready(&two);
    two.receive("+491701234567", "by the second");
    for bar in &bars {
        bar.wait_for("1");
    }
    one.receive("+491701234567", "by the first");
    for bar in &bars {
        bar.wait_for("2");
    }
    // Each notes how its modem is; that must not make the other note its own again, for ever.
    let store = session.person.path(".local/share/barpop/messages.sqlite3");
    let written = || std::fs::metadata(&store).unwrap().modified().unwrap();
    wait_until("the store is left alone", || {
        let before = written();
        std::thread::sleep(Duration::from_millis(500));
        written() == before
    });
}

#[test]
fn a_daemon_waits_while_a_bar_has_the_modem_and_takes_it_after_that() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let mut bar = session.follow(&port);
    bar.wait_for("(empty)");
    ready(&modem);
    assert_eq!(session.owner(), bar.id());
    let daemon = Following::start(session.xsms().args(["daemon", "-d", &port]));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(session.owner(), bar.id());
    bar.kill();
    wait_until("the daemon has it", || session.owner() == daemon.id());
    modem.receive("+491701234567", "taken in");
    wait_until("it is taken in", || {
        session.property("Unread") == Some(1.into())
    });
    assert_eq!(daemon.rest(), Vec::<String>::new(), "it prints nothing");
}

#[test]
fn codes_and_restarts_reach_the_modem_through_its_owner() {
    let session = Session::new();
    let link = session.person.path("modem");
    let terminal = Port::Terminal(Some(link.clone()));
    let modem = Simulated::start(Options::default(), Faults::default(), terminal).unwrap();
    let port = link.display().to_string();
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    ready(&modem);
    let owner = session.owner();
    let said = session.run(&["ussd", "-d", &port, "*101#"]);
    assert_eq!(
        text(&said.stdout),
        "Balance 12.34 EUR\n",
        "{}",
        text(&said.stderr)
    );
    let answer = session.call("Ussd", &["s", "*101#"]).unwrap();
    assert!(
        answer.contains(r#"["done","Balance 12.34 EUR"]"#),
        "{answer}"
    );
    let error = session.call("Ussd", &["s", "rm -rf"]).unwrap_err();
    assert!(error.contains("is no USSD code"), "{error}");
    let said = session.run(&["modem", "reset", "-d", &port]);
    assert_eq!(
        text(&said.stdout),
        "the modem restarts\nthe modem is back\n",
        "{}",
        text(&said.stderr)
    );
    assert_eq!(session.owner(), owner);
    modem.receive("+491701234567", "after that");
    bar.wait_for("1");
}

#[test]
fn a_daemon_that_is_stopped_sends_what_is_on_its_way_to_its_end() {
    let session = Session::new();
    let faults = Faults {
        latency: Duration::from_millis(60),
        ..Faults::default()
    };
    let (modem, port) = modem(Options::default(), faults);
    let mut command = session.xsms();
    let mut daemon = command.args(["daemon", "-d", &port]).spawn().unwrap();
    ready(&modem);
    session
        .call("Send", &["ss", "+49170", &"long ".repeat(80)])
        .unwrap();
    assert!(modem.wait_until(Duration::from_secs(10), |m| {
        m.commands().iter().any(|line| line.contains("+CMGS"))
    }));
    signal(daemon.id(), Signal::TERM);
    wait_until("it ends", || daemon.try_wait().unwrap().is_some());
    assert_eq!(session.person.messages()[0]["state"], "sent");
    assert_eq!(modem.sent().len(), 3);
}

#[test]
fn a_program_hears_of_every_message_and_of_how_far_one_of_ours_has_come() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    ready(&modem);
    session.owner();
    let mut monitor = session.program("gdbus");
    let heard = Following::start(monitor.args(["monitor", "--session", "--dest", NAME]));
    heard.wait_for_part("is owned by", Duration::from_secs(10));
    modem.receive("+491701234567", "news");
    heard.wait_for_part("Sms1.Received (int64 1,)", Duration::from_secs(10));
    heard.wait_for_part("Sms1.Changed ()", Duration::from_secs(10));
    heard.wait_for_part("'Unread': <uint32 1>", Duration::from_secs(10));
    session.call("Send", &["ss", "+4917099", "out"]).unwrap();
    for state in ["queued", "sent"] {
        let line = format!("Sms1.StateChanged (int64 2, '{state}')");
        heard.wait_for_part(&line, Duration::from_secs(10));
    }
}

#[test]
fn a_bar_that_was_started_before_the_bus_is_the_owner_once_there_is_one() {
    let mut session = Session::new();
    session.bus.kill();
    let (modem, port) = modem(Options::default(), Faults::default());
    // As systemd has it: the bus is a socket in this folder.
    let mut command = session.xsms();
    command
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("XDG_RUNTIME_DIR", session.bus.folder())
        .args(["--follow", "-d", &port]);
    let bar = Following::start(&mut command);
    bar.next_line();
    ready(&modem);
    session.bus.restart();
    assert_eq!(session.owner(), bar.id());
    assert_eq!(greetings(&modem), 1, "the modem stayed where it was");
}
