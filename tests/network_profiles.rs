//! What a person asks of saved profiles, done by the real NetworkManager.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/acting.rs"]
mod acting;
#[path = "support/nm.rs"]
mod nm;

use std::collections::BTreeMap;

use acting::{Bed, CANARY};
use barpop::bus::{Bus, Object};
use barpop::net::act::{self, FollowUp, NETWORK_MANAGER};
use barpop::net::attempt::Stage;
use barpop::net::command::{Change, Command, Credentials};
use barpop::net::settings::Settings;
use barpop::net::snapshot::{Id, Metered};
use barpop::secret::Secret;
use zbus::{ObjectPath, OwnedObjectPath, OwnedVariant, Variant};

#[test]
fn a_change_keeps_all_else_and_the_password() {
    let mut bed = Bed::new();
    bed.add_wifi("home");
    let profile = bed.profile("home").uuid;
    let change = |change| {
        bed.send(Command::Change {
            profile: profile.clone(),
            change,
        });
    };
    // All at once, as a person who clicks fast.
    change(Change::Autoconnect(false));
    change(Change::Priority(7));
    change(Change::Metered(Metered::Yes));
    bed.until("all changes", |s| {
        let profile = s.profile(&profile);
        profile.is_some_and(|p| !p.autoconnect && p.priority == 7 && p.metered == Metered::Yes)
    });
    assert_eq!(bed.source.latest().failure, None);
    assert_eq!(bed.value("home", "connection.autoconnect"), "no");
    assert_eq!(bed.value("home", "connection.autoconnect-priority"), "7");
    assert_eq!(bed.value("home", "connection.metered"), "yes");
    assert_eq!(bed.psk("home"), CANARY);
    assert_eq!(bed.value("home", "ipv4.addresses"), "192.0.2.7/24");
    assert_eq!(bed.value("home", "ipv4.dns"), "192.0.2.1");
    // On disk as well.
    let file = bed.nm.file("home");
    assert!(file.contains(&format!("psk={CANARY}")), "{file}");
    assert!(file.contains("autoconnect-priority=7"), "{file}");
}

#[test]
fn a_forgotten_profile_is_gone() {
    let bed = Bed::new();
    bed.add_wifi("home");
    let profile = bed.profile("home").uuid;
    bed.send(Command::Forget {
        profile: profile.clone(),
    });
    bed.until("the end of it", |s| s.profile(&profile).is_none());
    assert_eq!(bed.names(), Vec::<String>::new());
    // What is gone is told in words.
    bed.send(Command::Forget { profile });
    assert!(bed.failure().contains("another program has deleted it"));
}

#[test]
fn a_saved_network_is_shared_with_its_password() {
    let bed = Bed::new();
    bed.add_wifi("home");
    let profile = bed.profile("home").uuid;
    bed.send(Command::Share {
        profile: profile.clone(),
    });
    let snapshot = bed.until("a code", |s| s.share.is_some());
    let share = snapshot.share.as_ref().unwrap();
    assert_eq!(share.profile, profile);
    assert_eq!(
        share.code.reveal(),
        format!("WIFI:T:WPA;S:Café;P:{CANARY};;")
    );
    assert!(!format!("{snapshot:?}").contains(CANARY));
    bed.send(Command::Unshare);
    bed.until("no code", |s| s.share.is_none());
}

#[test]
fn a_new_password_that_cannot_be_tried_leaves_the_old_one() {
    let mut bed = Bed::new();
    bed.add_wifi("home");
    let retry = Command::Retry {
        profile: bed.profile("home").uuid,
        credentials: Credentials::Password(Secret::new("another-password")),
    };
    bed.send(retry);
    // There is no Wi-Fi device here.
    let sentence = bed.problem().sentence;
    assert!(
        sentence.starts_with("Cannot connect 'home': "),
        "{sentence}"
    );
    assert!(!sentence.contains("another-password"));
    assert_eq!(bed.psk("home"), CANARY);
    assert!(bed.nm.file("home").contains(CANARY));
    assert_eq!(bed.names(), ["home"]);
    assert!(bed.profile("home").saved);
    // It was tried all the same, in memory only.
    let log = bed.nm.log();
    assert!(log.contains("(shadows \"/etc/NetworkManager"), "{log}");
    assert!(!log.contains("another-password"));
    // A password that cannot be one does not even get so far.
    bed.send(Command::Retry {
        profile: bed.profile("home").uuid,
        credentials: Credentials::Password(Secret::new("short")),
    });
    let short =
        |stage: &Stage| matches!(stage, Stage::Failed(p) if p.sentence.contains("at least 8"));
    bed.until("words", |s| s.attempts.iter().any(|a| short(&a.stage)));
}

#[test]
fn a_profile_that_did_not_work_leaves_nothing_behind_and_one_that_did_is_saved() {
    let mut bed = Bed::new();
    let bus = zbus::block_on(Bus::system_at(Some(&bed.nm.address()))).unwrap();
    let address = BTreeMap::from([
        ("address".to_owned(), Variant::from("192.0.2.9")),
        ("prefix".to_owned(), Variant::from(24u32)),
    ]);
    let mut settings = Settings::default();
    settings.set("connection", "id", "new");
    settings.set("connection", "type", "802-3-ethernet");
    settings.set("ipv4", "method", "manual");
    settings.set("ipv4", "address-data", vec![address]);
    let follow_up = |follow_up| zbus::block_on(act::follow_up(&bus, &follow_up)).unwrap();

    let (profile, connection) = add_volatile(&bus, &bed.device("eth0"), &settings);
    assert_eq!(bed.names(), ["new"]);
    follow_up(FollowUp::Stop(connection.clone()));
    follow_up(FollowUp::Remove(profile.clone()));
    assert_eq!(bed.names(), Vec::<String>::new());
    assert_eq!(bed.nm.file("new"), "");
    // Once more is no error.
    follow_up(FollowUp::Stop(connection));
    follow_up(FollowUp::Remove(profile));

    let (profile, connection) = add_volatile(&bus, &bed.device("eth0"), &settings);
    follow_up(FollowUp::Persist(profile));
    follow_up(FollowUp::Stop(connection));
    bed.until("the end of it", |s| {
        s.connections.iter().all(|c| c.name != "new")
    });
    assert_eq!(bed.names(), ["new"]);
    assert!(bed.nm.file("new").contains("192.0.2.9"));
}

/// What `Join` and `NewMobile` do, with a cable.
fn add_volatile(bus: &Bus, device: &Id, settings: &Settings) -> (Id, Id) {
    let object = Object {
        service: NETWORK_MANAGER,
        path: "/org/freedesktop/NetworkManager",
        interface: NETWORK_MANAGER,
    };
    let device = ObjectPath::try_from(device.as_str()).unwrap();
    let options = BTreeMap::from([("persist", Variant::from("volatile"))]);
    let body = (settings, device, ObjectPath::default(), options);
    let message = zbus::block_on(bus.call(object, "AddAndActivateConnection2", &body)).unwrap();
    type Answer = (
        OwnedObjectPath,
        OwnedObjectPath,
        BTreeMap<String, OwnedVariant>,
    );
    let (profile, connection, _) = message.body().deserialize::<Answer>().unwrap();
    (Id::new(profile.as_str()), Id::new(connection.as_str()))
}
