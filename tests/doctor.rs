//! `barpop doctor`: what is missing is named, nothing hangs, nothing is changed, no secret is told.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/foreign.rs"]
mod foreign;
#[path = "support/modem_manager.rs"]
mod modem_manager;
mod support;
#[path = "support/xnm.rs"]
mod xnm;

use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use barpop::sim::modem::{Faults, Options};
use bus::Bus;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use serde_json::Value;
use support::{Following, Person, text};
use xnm::Machine;

const BARPOP: &str = env!("CARGO_BIN_EXE_barpop");
/// A loaded machine may be slow; one that hangs is not ended by that.
const SOON: Duration = Duration::from_secs(30);

fn doctor(person: &Person) -> Command {
    let mut command = person.program(BARPOP);
    command.arg("doctor");
    command
}

/// The findings, and the exit status.
fn findings(command: &mut Command) -> (Vec<Value>, Option<i32>) {
    let start = Instant::now();
    let said = command.arg("--json").output().unwrap();
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
    let report: Value = serde_json::from_str(&text(&said.stdout)).unwrap();
    let all = report["findings"].as_array().unwrap().clone();
    (all, said.status.code())
}

/// The finding of a part.
fn of<'f>(all: &'f [Value], topic: &str, part: &str) -> &'f Value {
    let mut all = all.iter();
    all.find(|one| one["topic"] == topic && one["part"] == part)
        .unwrap_or_else(|| panic!("nothing of {topic} {part}"))
}

fn verdict<'f>(all: &'f [Value], topic: &str, part: &str) -> &'f str {
    of(all, topic, part)["verdict"].as_str().unwrap()
}

fn write_secretly(path: &Path, content: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o600)).unwrap();
}

#[test]
fn on_a_machine_with_nothing_every_missing_part_is_named_with_what_to_do_and_nothing_is_made() {
    let person = Person::new();
    let (all, status) = findings(doctor(&person).env("PATH", "/nowhere"));
    assert_eq!(status, Some(1));
    for (topic, part) in [
        ("bus", "session bus"),
        ("bus", "system bus"),
        ("net", "NetworkManager"),
        ("display", "display"),
    ] {
        assert_eq!(verdict(&all, topic, part), "missing", "{topic} {part}");
    }
    assert_eq!(verdict(&all, "fonts", "icon font"), "warn");
    // What nobody asked for is not missed.
    for (topic, part) in [("sms", "modem"), ("shutter", "service"), ("ds4", "pads")] {
        assert_eq!(verdict(&all, topic, part), "unused", "{topic} {part}");
    }
    for one in &all {
        let wrong = matches!(one["verdict"].as_str(), Some("warn" | "missing"));
        let remedy = one["remedy"].as_str().unwrap_or_default();
        assert!(!wrong || !remedy.is_empty(), "{one}");
    }
    let left: Vec<_> = std::fs::read_dir(person.home()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    let said = doctor(&person).output().unwrap();
    let said = text(&said.stdout);
    assert!(
        said.starts_with("barpop ") && said.contains("\nnet\n  missing  NetworkManager"),
        "{said}"
    );
    assert!(
        said.trim_end()
            .lines()
            .last()
            .unwrap()
            .contains("things are wrong: "),
        "{said}"
    );
}

/// `barpop doctor` on a machine whose network is simulated.
fn on(machine: &Machine) -> Command {
    let mut command = doctor(&machine.person);
    command.env("DBUS_SYSTEM_BUS_ADDRESS", machine.bus.address());
    command
}

#[test]
fn networkmanager_and_a_locked_sim_are_told_and_a_topic_alone_can_be_asked_for() {
    let machine = Machine::new("sim-pin");
    let (all, _) = findings(&mut on(&machine));
    assert_eq!(verdict(&all, "bus", "system bus"), "ok");
    let manager = of(&all, "net", "NetworkManager");
    assert!(
        manager["sentence"]
            .as_str()
            .unwrap()
            .starts_with("version 1."),
        "{manager}"
    );
    assert_eq!(verdict(&all, "net", "permissions"), "ok");
    let modem = of(&all, "sms", "ModemManager");
    assert_eq!(modem["verdict"], "warn");
    assert!(
        modem["sentence"]
            .as_str()
            .unwrap()
            .contains("the SIM wants its PIN"),
        "{modem}"
    );
    // With somebody who answers for passwords the network has nothing wrong.
    let _bar = machine.follow(&[]);
    let (all, status) = findings(on(&machine).arg("net"));
    assert_eq!(status, Some(0), "{all:?}");
    assert!(
        all.iter()
            .all(|one| one["topic"] == "net" && one["verdict"] == "ok"),
        "{all:?}"
    );
    let log = machine.control("log");
    assert!(!log.contains("SendPin") && !log.contains("Enable"), "{log}");
}

#[test]
fn what_may_not_be_done_and_a_service_that_hangs_are_told_in_time() {
    let machine = Machine::new("home");
    machine.control("forbidden on");
    let (all, status) = findings(on(&machine).arg("net"));
    assert_eq!(status, Some(1));
    let permissions = of(&all, "net", "permissions");
    assert!(
        permissions["sentence"]
            .as_str()
            .unwrap()
            .contains("you may not: connect"),
        "{permissions}"
    );
    machine.control("stalled on");
    let (all, status) = findings(on(&machine).args(["net", "bus"]));
    assert_eq!(status, Some(1));
    let manager = of(&all, "net", "NetworkManager");
    assert!(
        manager["sentence"]
            .as_str()
            .unwrap()
            .contains("does not answer"),
        "{manager}"
    );
    assert_eq!(verdict(&all, "bus", "system bus"), "ok");
}

/// A serial line that nobody has opened yet: its end here, and the name of the other.
fn line() -> (OwnedFd, String) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    (master, name.into_string().unwrap())
}

/// Whether somebody has opened the other end and let it go: only then is this end hung up.
fn was_opened(master: &OwnedFd) -> bool {
    let mut fds = [PollFd::new(master, PollFlags::IN)];
    poll(&mut fds, Some(&Timespec::default())).unwrap();
    fds[0].revents().contains(PollFlags::HUP)
}

#[test]
fn a_port_is_never_opened_and_who_has_it_is_named() {
    let person = Person::new();
    let file = person.path(".config/barpop/config.toml");
    let modem_of = |port: &str| {
        write_secretly(&file, &format!("[sms]\ndevice = \"{port}\"\n"));
        let (all, status) = findings(doctor(&person).arg("sms"));
        (of(&all, "sms", "modem").clone(), status)
    };
    let (master, port) = line();
    let (found, _) = modem_of(&port);
    assert_eq!(found["verdict"], "ok", "{found}");
    assert!(
        found["sentence"].as_str().unwrap().contains("and free"),
        "{found}"
    );
    assert!(!was_opened(&master));
    drop(std::fs::File::open(&port).unwrap());
    assert!(was_opened(&master), "it would have been seen");

    let (_modem, port) = support::modem(Options::default(), Faults::default());
    let bar = Following::start(person.xsms().args(["--follow", "-d", &port]));
    bar.next_line();
    let mut found = Value::Null;
    support::wait_until("the bar has the port", || {
        found = modem_of(&port).0;
        let said = found["sentence"].as_str().unwrap();
        said.contains("held by xsms")
    });
    assert_eq!(found["verdict"], "ok", "{found}");

    let (found, status) = modem_of("/dev/ttyNOWHERE");
    assert_eq!(
        (found["verdict"].as_str(), status),
        (Some("missing"), Some(1))
    );
}

#[test]
fn a_wrong_key_and_an_open_file_with_a_secret_are_told_with_their_place() {
    let person = Person::new();
    let file = person.path(".config/barpop/config.toml");
    write_secretly(&file, "[sms]\npinfile = \"864297\"\n");
    let (all, status) = findings(doctor(&person).arg("config"));
    let found = of(&all, "config", "configuration file");
    let said = found["sentence"].as_str().unwrap();
    assert!(
        said.contains("~/.config/barpop/config.toml', line 2, column 1"),
        "{said}"
    );
    assert!(
        said.contains("write 'pin_file'") && !said.contains("864297"),
        "{said}"
    );
    assert_eq!(status, Some(1));
    std::fs::write(&file, "[sms]\npin = \"864297\"\n").unwrap();
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    let (all, _) = findings(doctor(&person).arg("config"));
    let found = of(&all, "config", "configuration file");
    assert!(
        found["sentence"]
            .as_str()
            .unwrap()
            .contains("can be read by others"),
        "{found}"
    );
}

#[test]
fn a_modem_of_the_real_modemmanager_is_told_without_any_number_of_it() {
    let options = Options::default();
    let numbers = [
        options.own_number.clone(),
        options.imei.clone(),
        options.imsi.clone(),
        options.smsc.clone(),
    ];
    let bed = modem_manager::Bed::new("doctor", options);
    let run = || {
        let mut command = doctor(&bed.person);
        command.env("DBUS_SYSTEM_BUS_ADDRESS", bed.bus.address());
        findings(command.arg("sms")).0
    };
    // Nobody has switched it on yet.
    let all = bed.wait_for("a modem that is off", || {
        let all = run();
        (verdict(&all, "sms", "ModemManager") == "warn").then_some(all)
    });
    let told = of(&all, "sms", "ModemManager")["sentence"].to_string();
    assert!(told.contains("it is off"), "{told}");
    bed.mmcli(&["-m", "any", "--enable"]).unwrap();
    let all = bed.wait_for("a network", || {
        let all = run();
        (verdict(&all, "sms", "ModemManager") == "ok").then_some(all)
    });
    assert_eq!(verdict(&all, "sms", "modem"), "ok");
    let told = of(&all, "sms", "ModemManager")["sentence"]
        .as_str()
        .unwrap();
    assert!(told.contains("in a network"), "{told}");
    let report = format!("{all:?}");
    for number in numbers.iter().filter(|number| !number.is_empty()) {
        let digits = number.trim_start_matches('+');
        assert!(!report.contains(digits), "{digits} is in {report}");
    }
}

#[test]
fn no_secret_number_name_or_message_is_in_the_report() {
    let machine = Machine::new("sim-pin");
    let session = Bus::start();
    let person = &machine.person;
    let secret = |name: &str, content: &str| {
        let path = person.path(name);
        write_secretly(&path, content);
        path.display().to_string()
    };
    let broker = secret("broker.password", "canary-broker\n");
    let roof = secret("roof.password", "canary-roof\n");
    let config = format!(
        "[sms]\npin = \"864297\"\ndevice = \"mm:353270040000005\"\n\
         [shutter]\n[[shutter.server]]\nname = \"roof\"\nurl = \"http://127.0.0.1:9\"\n\
         password_file = \"{roof}\"\n\
         [shutter.serve]\nrelease = \"none\"\npassword_hash = \"canary-hash\"\n\
         [shutter.mqtt]\nhost = \"canary.example\"\nusername = \"canary-user\"\npassword_file = \"{broker}\"\n"
    );
    write_secretly(&person.path(".config/barpop/config.toml"), &config);
    let sent = person.run(&["-d", "none", "send", "+491701234567", "canary-text"]);
    assert_eq!(person.texts(), ["canary-text"], "{sent:?}");
    let run = |more: &[&str]| -> Output {
        on(&machine)
            .env("DBUS_SESSION_BUS_ADDRESS", session.address())
            .env("BARPOP_PIN", "975318")
            .args(more)
            .output()
            .unwrap()
    };
    for more in [&[][..], &["--json"][..]] {
        let said = run(more);
        let said = format!("{}{}", text(&said.stdout), text(&said.stderr));
        assert!(said.contains("is sound, has 1 messages"), "{said}");
        assert!(said.contains("the SIM wants its PIN"), "{said}");
        let home = person.home().display().to_string();
        for word in [
            "864297",
            "975318",
            "canary",
            "353270040000005",
            "1701234567",
            "Meisenweg",
            "Adler",
            &home,
        ] {
            assert!(!said.contains(word), "'{word}' is in {said}");
        }
        // The numbers of SIM, modem and subscriber are long, and nothing else that is told is.
        let digits = |c: char| !c.is_ascii_digit();
        let longest = said.split(digits).map(str::len).max();
        assert!(longest < Some(7), "{said}");
    }
}
