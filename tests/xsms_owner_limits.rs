//! The owner's limits: who may ask, how much, how long it takes, and what it costs.

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

use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use barpop::secret::Secret;
use barpop::sim::modem::{Faults, Options};
use barpop::sim::{Port, Simulated};
use barpop::sms::command::Command as Wish;
use barpop::sms::options::PinSource;
use barpop::sms::snapshot::{About, ModemState};
use barpop::sms::source::Source;
use barpop::sms::store::Store;
use barpop::sms::{Cleanup, source};
use session::{INTERFACE, NAME, PATH, Session};
use support::{modem, text, wait_until};
use zbus::Message;

fn ready(modem: &Simulated) {
    assert!(modem.wait_until(Duration::from_secs(10), |m| {
        m.commands().iter().any(|c| c.contains("+CSQ"))
    }));
}

/// A line of `/proc/PID/status`, in its unit.
fn status(pid: u32, field: &str) -> u64 {
    let all = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = all.lines().find(|line| line.starts_with(field)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// How often the threads of a process have woken.
fn wakes(pid: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    tasks
        .flatten()
        .map(|task| {
            let all = std::fs::read_to_string(task.path().join("status")).unwrap();
            let field = "voluntary_ctxt_switches:";
            let line = all.lines().find(|line| line.starts_with(field)).unwrap();
            line.split_whitespace()
                .nth(1)
                .unwrap()
                .parse::<u64>()
                .unwrap()
        })
        .sum()
}

/// A connection to the bus that is written to and not read.
fn raw(session: &Session) -> UnixStream {
    let address = session.bus.address();
    let path = address.strip_prefix("unix:path=").unwrap();
    let mut stream = UnixStream::connect(path).unwrap();
    let uid = rustix::process::getuid().as_raw().to_string();
    let hex: String = uid.bytes().map(|byte| format!("{byte:02x}")).collect();
    stream
        .write_all(format!("\0AUTH EXTERNAL {hex}\r\nBEGIN\r\n").as_bytes())
        .unwrap();
    let daemon = "org.freedesktop.DBus";
    let hello = Message::method_call("/org/freedesktop/DBus", "Hello")
        .interface(daemon)
        .destination(daemon)
        .build(&())
        .unwrap();
    stream.write_all(hello.data()).unwrap();
    let mut some = [0; 64];
    assert!(stream.read(&mut some).unwrap() > 0);
    stream
}

#[test]
fn another_user_is_refused_and_a_bar_goes_on() {
    assert!(
        rustix::process::getuid().is_root(),
        "to be another user takes root, as tests/setup.sh has it"
    );
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "private words");
    let bar = session.follow(&port);
    bar.wait_for("1");
    session.owner();
    // The bus itself is open to everybody here.
    let folder = session.bus.folder();
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    let properties = "org.freedesktop.DBus.Properties";
    for (interface, method, arguments) in [
        (INTERFACE, "Summary", &[][..]),
        (INTERFACE, "List", &["bxu", "false", "0", "0"][..]),
        (INTERFACE, "MarkAllRead", &[][..]),
        (properties, "GetAll", &["s", INTERFACE][..]),
    ] {
        let said = Command::new("setpriv")
            .args(["--reuid=65534", "--clear-groups", "busctl"])
            .arg(format!("--address={}", session.bus.address()))
            .args(["call", NAME, PATH, interface, method])
            .args(arguments)
            .output()
            .unwrap();
        let error = text(&said.stderr);
        assert!(
            error.contains("Access denied"),
            "{method}: {error} {}",
            text(&said.stdout)
        );
        assert!(!error.contains("private"));
    }
    assert_eq!(
        session.property("Unread"),
        Some(1.into()),
        "nothing was marked"
    );
}

#[test]
fn a_flood_from_who_never_reads_neither_blocks_nor_grows_the_owner() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    ready(&modem);
    let owner = session.owner();
    let before = status(owner, "VmRSS");
    let mut hostile = raw(&session);
    let flood = std::thread::spawn(move || {
        // A large question, so that many of them take room wherever they are kept.
        let question = Message::method_call(PATH, "Send")
            .interface(INTERFACE)
            .destination(NAME)
            .build(&("x".repeat(500), "y".repeat(500)))
            .unwrap();
        for _ in 0..20_000 {
            if hostile.write_all(question.data()).is_err() {
                break;
            }
        }
        hostile
    });
    modem.receive("+491701234567", "through the flood");
    let took = bar.wait_for("1");
    assert!(took < Duration::from_secs(2), "{took:?}");
    let hostile = flood.join().unwrap();
    wait_until("others are answered", || {
        session.property("Unread") == Some(1.into())
    });
    let after = status(owner, "VmRSS");
    assert!(after < before + 4096, "{before} kB, then {after} kB");
    assert_eq!(session.person.messages().len(), 1);
    drop(hostile);
}

#[test]
fn an_idle_owner_and_an_idle_follower_never_wake() {
    let session = Session::new();
    // A folder of its own: in that of the terminals others come and go.
    let link = session.person.path("modem");
    let modem = Simulated::start(
        Options::default(),
        Faults::default(),
        Port::Terminal(Some(link.clone())),
    )
    .unwrap();
    let port = link.display().to_string();
    let bars = [session.follow(&port), session.follow(&port)];
    for bar in &bars {
        bar.wait_for("(empty)");
    }
    ready(&modem);
    session.owner();
    std::thread::sleep(Duration::from_millis(700));
    let before: Vec<u64> = bars.iter().map(|bar| wakes(bar.id())).collect();
    std::thread::sleep(Duration::from_secs(5));
    let after: Vec<u64> = bars.iter().map(|bar| wakes(bar.id())).collect();
    assert_eq!(before, after);
}

#[test]
fn with_fifty_thousand_messages_the_owner_is_small() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let path = session.person.path(".local/share/barpop/messages.sqlite3");
    drop(Store::open(&path).unwrap());
    let fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
        INSERT INTO message(conversation, direction, address, time, text, read, state, parts, parts_missing)
        SELECT 1 + i % 100, 'in', '+49170' || (i % 100), 1700000000000000 + i, 'text number ' || i || ' of many', 1, 'received', 1, 0 FROM n;";
    let database = rusqlite::Connection::open(&path).unwrap();
    let threads = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
        INSERT INTO conversation(id, key, address, time, total) SELECT i, 'k' || i, '+49170' || i, 1, 500 FROM n;";
    database.execute_batch(threads).unwrap();
    database.execute_batch(fill).unwrap();
    drop(database);
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    ready(&modem);
    let owner = session.owner();
    assert_eq!(session.property("Total"), Some(50_000.into()));
    modem.receive("+491701234567", "one more");
    bar.wait_for("1");
    for _ in 0..20 {
        session.call("List", &["bxu", "false", "0", "500"]).unwrap();
    }
    session.call("MarkAllRead", &[]).unwrap();
    bar.wait_for("(empty)");
    // Pages of the program's own file can be given back at any time; a debug build has many.
    let kilobytes = status(owner, "RssAnon");
    println!(
        "{kilobytes} kB of its own, {} kB in all",
        status(owner, "VmRSS")
    );
    assert!(kilobytes < 8 * 1024, "{kilobytes} kB");
}

#[test]
fn every_bar_has_its_line_soon_after_the_modem_told() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let owner = session.follow(&port);
    owner.wait_for("(empty)");
    ready(&modem);
    assert_eq!(session.owner(), owner.id());
    let follower = session.follow(&port);
    follower.wait_for("(empty)");
    std::thread::sleep(Duration::from_millis(300));
    let mut times = Vec::new();
    for n in 1..=100 {
        let told = Instant::now();
        modem.receive("+491701234567", &format!("message {n}"));
        follower.wait_for(&n.to_string());
        times.push(told.elapsed());
    }
    times.sort();
    println!(
        "a follower's line: median {:?}, p99 {:?}",
        times[50], times[98]
    );
    assert!(times[98] < Duration::from_millis(250), "{:?}", times[98]);
}

/// The popup's source, beside a bar.
fn popup(session: &Session, port: &str) -> Source {
    let options = barpop::sms::Options {
        device: std::path::PathBuf::from(port).into(),
        baud: 460_800,
        pin: PinSource::None,
        cleanup: Cleanup::default(),
        delivery_reports: true,
        broadcasts: String::new(),
        keep_deleted_days: 30,
        store: session.person.path(".local/share/barpop/messages.sqlite3"),
        original: None,
        contacts: vec!["/nonexistent".into()],
        region: None,
        notifications: barpop::sms::notify::Mode::Off,
        session_bus: Some(session.bus.address()),
        start_daemon: false,
    };
    source::Source::start(options, || {})
}

#[test]
fn a_pin_typed_in_the_popup_reaches_the_owner_and_nobody_sees_it_on_the_bus() {
    let session = Session::new();
    let options = Options {
        pin: Some("7391".to_owned()),
        ..Options::default()
    };
    let (modem, port) = modem(options, Faults::default());
    let bar = session.follow(&port);
    bar.wait_for("SIM PIN");
    session.owner();
    let seen = session.person.path("seen");
    let mut monitor = session.program("busctl");
    monitor
        .arg(format!("--address={}", session.bus.address()))
        .arg("monitor")
        .stdout(std::fs::File::create(&seen).unwrap())
        .stderr(Stdio::null());
    let mut monitor = monitor.spawn().unwrap();
    let popup = popup(&session, &port);
    wait_until("the popup knows", || {
        matches!(popup.latest().summary.modem.state, ModemState::Locked(_))
    });
    // As a follower; a popup that still looks for the bus would try itself.
    std::thread::sleep(Duration::from_millis(500));
    popup.send(Wish::EnterPin(Secret::new("1111")));
    wait_until("the wrong one is refused", || {
        let latest = popup.latest();
        let about = latest.failure.as_ref().map(|failure| failure.about.clone());
        about == Some(About::Unlock) && !latest.unlocking
    });
    popup.send(Wish::EnterPin(Secret::new("7391")));
    bar.wait_for("(empty)");
    wait_until("the popup sees it", || {
        popup.latest().summary.modem.state == ModemState::Ready
    });
    assert_eq!(modem.pin_tries(), 3, "the right one gave the tries back");
    assert_eq!(session.owner(), bar.id());
    let _ = monitor.kill();
    let _ = monitor.wait();
    let seen = std::fs::read_to_string(&seen).unwrap();
    assert!(seen.contains("Unlock"), "{seen}");
    assert!(!seen.contains("7391") && !seen.contains("1111"), "{seen}");
}

#[test]
fn a_popup_without_a_bar_is_the_owner_and_leaves_it_to_the_next() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    let popup = popup(&session, &port);
    wait_until("it has the modem", || {
        popup.latest().summary.modem.state == ModemState::Ready
    });
    assert_eq!(session.owner(), std::process::id());
    let bar = session.follow(&port);
    bar.wait_for("(empty)");
    drop(popup);
    assert_eq!(session.owner(), bar.id());
    modem.receive("+491701234567", "to the bar");
    bar.wait_for("1");
}

#[test]
fn a_call_starts_the_daemon_where_the_bus_knows_it_and_one_look_does_not() {
    let mut session = Session::new();
    let (_modem, port) = modem(Options::default(), Faults::default());
    let services = session.bus.folder().join("services");
    std::fs::create_dir(&services).unwrap();
    let start = format!("{} daemon -d {port}", env!("CARGO_BIN_EXE_xsms"));
    let shipped = include_str!("../assets/dbus/org.barpop.Sms.service.in");
    let service = shipped
        .replace("@BIN@/xsms daemon", &start)
        .replace("SystemdService=barpop-sms.service\n", "");
    std::fs::write(services.join(format!("{NAME}.service")), service).unwrap();
    session.bus.with_services(&services, session.person.home());
    assert_eq!(session.says(&["-d", &port]), "(empty)\n");
    let names = session.busctl(&["list", "--acquired"]).unwrap();
    assert!(!names.contains(NAME), "one look started it: {names}");

    let summary = session.call("Summary", &[]).unwrap();
    assert!(summary.contains("unread"), "{summary}");
    let daemon = session.owner();
    let command = std::fs::read(format!("/proc/{daemon}/cmdline")).unwrap();
    assert!(text(&command).contains("daemon"));
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(daemon.try_into().unwrap()).unwrap(),
        rustix::process::Signal::KILL,
    )
    .unwrap();
}

#[test]
fn without_a_bus_a_daemon_says_so_and_works() {
    let session = Session::new();
    let (modem, port) = modem(Options::default(), Faults::default());
    modem.receive("+491701234567", "one");
    let mut command = session.person.xsms();
    let mut daemon = command
        .args(["daemon", "-d", &port])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    wait_until("it takes it in", || session.person.messages().len() == 1);
    daemon.kill().unwrap();
    let said = daemon.wait_with_output().unwrap();
    assert!(text(&said.stderr).contains("no session bus"), "{said:?}");
}
