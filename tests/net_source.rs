//! What the line and the popup see of the network, and can ask of it: the source against a fake
//! NetworkManager on a private bus.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/fake_network.rs"]
mod fake_network;

use std::time::{Duration, Instant};

use barpop::net::attempt::{Stage, Why};
use barpop::net::command::{Command, Credentials, Join};
use barpop::net::once::look_at;
use barpop::net::snapshot::{About, Permission, Service, Snapshot, State};
use barpop::net::{Options, Security, Ssid, Wants};
use barpop::secret::Secret;
use barpop::sim::network::Network;

use bus::Bus;
use fake_network::{Bed, source, until};

/// Two seconds are a lot on a machine that builds something else meanwhile.
const SOON: Duration = Duration::from_secs(2);

fn strength(snapshot: &Snapshot, ssid: &str) -> Option<u8> {
    let all = snapshot
        .access_points
        .iter()
        .filter(|p| p.ssid == ssid.into());
    all.map(|p| p.strength_percent).max()
}

#[test]
fn one_look_is_one_call_to_each_service_and_one_for_each_profile_that_is_wanted() {
    let bus = Bus::start();
    let network = Network::start(&bus.address(), "home").unwrap();
    let address = bus.address();
    let line = Wants {
        modems: true,
        ..Wants::default()
    };
    let seen = look_at(Some(&address), &line);
    assert_eq!(
        (&seen.service, seen.state),
        (&Service::Running, State::Global)
    );
    assert_eq!((network.log().total(), seen.modems.len()), (2, 1));
    assert!(seen.profiles.is_empty() && seen.access_points.len() > 10);
    assert!(
        seen.connections
            .iter()
            .all(|active| active.addresses.v4.is_empty())
    );

    network.control("reset-calls").unwrap();
    let seen = look_at(Some(&address), &Wants::ALL);
    let profiles = seen.profiles.len();
    assert!(profiles > 4, "{profiles}");
    assert_eq!(network.log().total(), 2 + profiles as u64);
    let link = seen.link().unwrap();
    assert!(!link.addresses.v4.is_empty() && !link.addresses.dns.is_empty());
}

#[test]
fn one_look_without_a_modem_does_not_ask_modem_manager() {
    let bus = Bus::start();
    let network = Network::start(&bus.address(), "ethernet").unwrap();
    let seen = look_at(
        Some(&bus.address()),
        &Wants {
            modems: true,
            ..Wants::default()
        },
    );
    assert_eq!((seen.service, network.log().total()), (Service::Running, 1));
}

#[test]
fn a_look_says_what_is_not_there() {
    let bus = Bus::start();
    let seen = look_at(Some(&bus.address()), &Wants::ALL);
    assert_eq!(seen.service, Service::NotRunning);
    let seen = look_at(Some("unix:path=/nonexistent/bus"), &Wants::ALL);
    assert!(
        matches!(seen.service, Service::NoBus(_)),
        "{:?}",
        seen.service
    );
}

#[test]
fn the_first_snapshot_is_whole() {
    let bed = Bed::new("home");
    let first = bed.running();
    assert_eq!(first.modems.len(), 1);
    assert!(
        first.profiles.iter().any(|p| p.name == "Meisenweg 12"),
        "{:?}",
        first.profiles
    );
    assert!(first.link().is_some_and(|link| link.access_point.is_some()));
    assert_eq!(bed.shown(), 1);
    bed.until("permissions come late", |s| s.permissions.is_some());
    bed.until("the SIM's operator is known", |s| {
        s.modems[0].sim_operator_code.is_some()
    });
}

#[test]
fn what_changes_is_seen_at_once_and_a_burst_is_one_snapshot() {
    let bed = Bed::new("home");
    bed.running();
    bed.until("permissions come late", |s| s.permissions.is_some());
    std::thread::sleep(Duration::from_millis(200));
    let before = bed.shown();
    let start = Instant::now();
    bed.control("strength \"Meisenweg 12\" 33");
    bed.until("the strength is seen", |s| {
        strength(s, "Meisenweg 12") == Some(33)
    });
    assert!(
        start.elapsed() < Duration::from_millis(100),
        "{:?}",
        start.elapsed()
    );
    // Two access points have that name.
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(bed.shown(), before + 1);
    bed.control("connectivity portal");
    bed.control("add-ap Neu 55");
    bed.until("a new access point", |s| strength(s, "Neu") == Some(55));
    bed.control("gone Neu");
    bed.until("it is gone", |s| strength(s, "Neu").is_none());
    bed.control("unplug wlan0");
    bed.until("the adapter is gone", |s| {
        s.devices.iter().all(|d| d.interface != "wlan0")
    });
    bed.control("plug wlan0");
    bed.until("and here again", |s| {
        s.devices.iter().any(|d| d.interface == "wlan0")
    });
    bed.control("signal 21");
    bed.until("the modem's signal", |s| {
        s.modems[0].signal_percent == Some(21)
    });
}

#[test]
fn services_that_stop_and_start_are_told_and_found_again() {
    let bed = Bed::new("home");
    bed.running();
    bed.control("stop modemmanager");
    bed.until("no modems", |s| {
        s.modems.is_empty() && s.service == Service::Running
    });
    bed.control("start modemmanager");
    bed.until("modems again", |s| s.modems.len() == 1);
    bed.control("stop networkmanager");
    let took = bed.until("it is not running", |s| s.service == Service::NotRunning);
    assert!(took < SOON && bed.source.latest().devices.is_empty());
    bed.control("start networkmanager");
    let took = bed.until("it is back", |s| {
        s.service == Service::Running && !s.profiles.is_empty() && s.permissions.is_some()
    });
    assert!(took < SOON, "{took:?}");
}

#[test]
fn a_bus_that_goes_away_is_told_and_found_again() {
    let mut bed = Bed::new("home");
    bed.running();
    bed.bus.kill();
    bed.until("the bus is gone", |s| {
        matches!(s.service, Service::NoBus(_))
    });
    bed.source.send(Command::Scan);
    bed.source.send(Command::Hotspot {
        device: None,
        ssid: "x".into(),
        password: None,
    });
    bed.until("nothing can be asked", |s| {
        s.failure
            .as_ref()
            .is_some_and(|failure| failure.about == About::Hotspot)
    });
    bed.bus.restart();
    bed.until("all is back", |s| {
        s.service == Service::Running && !s.profiles.is_empty()
    });
}

#[test]
fn a_source_waits_for_a_bus_and_for_network_manager() {
    let mut bus = Bus::start();
    bus.kill();
    let (source, _) = source(
        &bus,
        Options {
            wants: Wants::ALL,
            ..Options::default()
        },
    );
    until(&source, "no bus", |s| {
        matches!(s.service, Service::NoBus(_))
    });
    bus.restart();
    until(&source, "nobody on it", |s| {
        s.service == Service::NotRunning
    });
    let _network = Network::start(&bus.address(), "ethernet").unwrap();
    until(&source, "somebody on it", |s| s.service == Service::Running);
}

#[test]
fn a_service_that_stalls_is_told_and_recovers_by_itself() {
    let bed = Bed::new("stalled");
    let stalled = |s: &Snapshot| matches!(s.service, Service::Stalled(_));
    let took = bed.until("it stalls", stalled);
    assert!(took > Duration::from_secs(8), "{took:?}");
    bed.control("stalled off");
    bed.control("stop networkmanager");
    bed.control("start networkmanager");
    bed.running();
}

#[test]
fn a_bus_that_lets_one_in_and_then_says_nothing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bus");
    let _deaf = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let options = Options {
        bus: Some(format!("unix:path={}", path.display())),
        ..Options::default()
    };
    let source = barpop::net::Source::start(options.clone(), || {});
    until(
        &source,
        "it is told",
        |s| matches!(&s.service, Service::NoBus(why) if why.contains("does not answer")),
    );
    // While it waits for the bus again.
    let start = Instant::now();
    drop(barpop::net::Source::start(options, || {}));
    drop(source);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
}

#[test]
fn a_storm_of_changes_is_a_snapshot_every_fifty_milliseconds() {
    let bed = Bed::with(
        "storm",
        Options {
            wants: Wants::ALL,
            ..Options::default()
        },
    );
    let seen = bed.running();
    assert_eq!(seen.access_points.len(), 300);
    bed.control("steady off");
    bed.until("it storms", |_| bed.shown() > 3);
    let (before, start) = (bed.shown(), Instant::now());
    std::thread::sleep(Duration::from_secs(2));
    let (count, time) = (bed.shown() - before, start.elapsed());
    let most = time.as_millis() / 50 + 1;
    assert!(count > 5 && count as u128 <= most, "{count} in {time:?}");
}

#[test]
fn scanning_shows_until_the_scan_has_ended() {
    let bed = Bed::new("home");
    bed.running();
    bed.source.send(Command::Scan);
    bed.until("it scans", |s| s.scanning.len() == 1);
    bed.until("it has scanned", |s| s.scanning.is_empty());
    assert_eq!(bed.source.latest().failure, None);
}

fn join(ssid: &str, security: Security, password: &str) -> Command {
    Command::Join(Join {
        ssid: Ssid::from(ssid),
        security,
        hidden: false,
        device: None,
        access_point: None,
        credentials: Credentials::Password(Secret::new(password.to_owned())),
    })
}

#[test]
fn a_right_password_connects_and_the_profile_stays() {
    let bed = Bed::new("home");
    bed.control("pace fast");
    bed.control("add-ap Werkstatt 60 wpa2 \"correct horse\"");
    bed.running();
    bed.until("it is heard", |s| strength(s, "Werkstatt").is_some());
    bed.source
        .send(join("Werkstatt", Security::Wpa, "correct horse"));
    bed.until("it connects", |s| {
        s.attempts
            .iter()
            .any(|attempt| attempt.stage == Stage::Connected)
    });
    bed.until("the profile is saved", |s| {
        s.profiles.iter().any(|p| p.name == "Werkstatt" && p.saved)
    });
    assert_eq!(bed.source.latest().failure, None);
}

#[test]
fn a_wrong_password_says_so_and_leaves_no_profile() {
    let options = Options {
        wants: Wants::ALL,
        agent: true,
        ..Options::default()
    };
    let bed = Bed::with("home", options);
    bed.control("pace fast");
    bed.control("add-ap Werkstatt 60 wpa2 \"correct horse\"");
    bed.running();
    bed.until("it is heard", |s| strength(s, "Werkstatt").is_some());
    bed.source
        .send(join("Werkstatt", Security::Wpa, "wrong horse"));
    bed.until("it is told", |s| {
        let wrong =
            |stage: &Stage| matches!(stage, Stage::Failed(p) if p.why == Why::WrongPassword);
        s.attempts.iter().any(|attempt| wrong(&attempt.stage))
    });
    bed.until("nothing is left", |s| {
        s.profiles.iter().all(|p| p.name != "Werkstatt")
    });
}

#[test]
fn the_agent_registers_and_does_so_again_when_network_manager_restarts() {
    let options = Options {
        wants: Wants::ALL,
        agent: true,
        ..Options::default()
    };
    let bed = Bed::with("home", options);
    let registered = || bed.network.control("agents").unwrap() != "[]";
    let waits = |what: &str| {
        let start = Instant::now();
        while !registered() {
            assert!(start.elapsed() < Duration::from_secs(10), "{what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    waits("it registers");
    bed.control("stop networkmanager");
    bed.until("it is gone", |s| s.service == Service::NotRunning);
    bed.control("start networkmanager");
    waits("it registers again");
}

#[test]
fn without_rights_everything_is_seen_and_a_refusal_is_told() {
    let bed = Bed::new("forbidden");
    let seen = bed.running();
    assert!(!seen.access_points.is_empty() && !seen.profiles.is_empty());
    bed.until("permissions", |s| {
        s.permissions.is_some_and(|p| p.control == Permission::No)
    });
    let device = seen
        .devices
        .iter()
        .find(|d| d.interface == "wlan0")
        .unwrap();
    bed.source.send(Command::Disconnect {
        device: device.id.clone(),
    });
    bed.until("it is told", |s| s.failure.is_some());
}

#[test]
fn a_source_ends_at_once_whatever_it_waits_for() {
    let quick = |what: &str, source: barpop::net::Source| {
        let start = Instant::now();
        drop(source);
        assert!(
            start.elapsed() < Duration::from_millis(700),
            "{what}: {:?}",
            start.elapsed()
        );
    };
    let bed = Bed::new("home");
    bed.running();
    quick("running", bed.source);
    let bed = Bed::new("stalled");
    quick("waiting for an answer", bed.source);
    let bed = Bed::new("stalled");
    bed.source.send(Command::Scan);
    std::thread::sleep(Duration::from_millis(50));
    quick("with a command that waits", bed.source);
    let mut bus = Bus::start();
    bus.kill();
    let (waiting, _) = source(&bus, Options::default());
    until(&waiting, "no bus", |s| {
        matches!(s.service, Service::NoBus(_))
    });
    quick("without a bus", waiting);
}
