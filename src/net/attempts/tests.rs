//! Attempts, told by what NetworkManager was seen to say.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;
use crate::net::Security;
use crate::net::snapshot::{ActiveState, DeviceState, Uuid};

mod told;
use told::*;

#[test]
fn a_network_that_lets_us_in_is_saved_once() {
    let mut told = Told::joining(Security::Wpa);
    told.associating().device(2, 50, 70, 0);
    assert_eq!(told.stage(), Stage::Going(DeviceState::IpConfig));
    told.device(3, 90, 100, 0).active(3, 2, 1);
    assert_eq!(told.stage(), Stage::Connected);
    assert_eq!(told.todo, [FollowUp::Persist(id("/p"))]);
    told.tick(9);
    assert_eq!(told.attempts.list(), []);
    assert_eq!(told.attempts.deadline(), None);
}

#[test]
fn a_wrong_password_is_told_at_once_and_leaves_nothing_behind() {
    let mut told = Told::joining(Security::Wpa);
    told.associating().device(3, 50, 60, 8);
    let (why, sentence) = told.problem();
    assert_eq!(why, Why::WrongPassword);
    assert_eq!(sentence, "The password for 'Café' is wrong; type it again.");
    assert_eq!(told.todo, nothing_left());
    // What comes of the stopping changes nothing.
    told.device(4, 60, 110, 39)
        .device(4, 110, 30, 39)
        .active(4, 4, 2);
    assert_eq!(told.todo, nothing_left());
    assert_eq!(told.problem().0, Why::WrongPassword);
}

#[test]
fn a_wrong_password_without_an_agent_is_one_too() {
    let mut told = Told::joining(Security::Wpa);
    told.associating().device(3, 50, 120, 7);
    assert_eq!(told.problem().0, Why::WrongPassword);
}

#[test]
fn a_wrong_wpa3_password_on_an_older_networkmanager_is_probably_wrong() {
    for (old, new, reason) in [(50, 60, 0), (50, 120, 53)] {
        let mut told = Told::joining(Security::Sae);
        told.associating().device(25, old, new, reason);
        let (why, sentence) = told.problem();
        assert_eq!(why, Why::ProbablyWrongPassword, "{reason}");
        assert!(
            sentence.contains("probably wrong; type it again"),
            "{sentence}"
        );
        assert_eq!(told.todo, nothing_left());
    }
    // The agent hears it sooner.
    let mut told = Told::joining(Security::Sae);
    told.associating()
        .event(4, Event::SecretsRefused { attempt: 1 });
    assert_eq!(told.problem().0, Why::ProbablyWrongPassword);
    // A newer one says it itself.
    let mut told = Told::joining(Security::Sae);
    told.associating().device(3, 50, 60, 8);
    assert_eq!(told.problem().0, Why::WrongPassword);
}

#[test]
fn a_network_that_is_gone_is_out_of_range() {
    let mut told = Told::joining(Security::Sae);
    told.snapshot.access_points.clear();
    told.associating().device(25, 50, 120, 53);
    let (why, sentence) = told.problem();
    assert_eq!(why, Why::OutOfRange);
    assert_eq!(
        sentence,
        "'Café' is out of range; move closer and try again."
    );
    let mut told = Told::joining(Security::Open);
    told.associating().device(25, 50, 120, 53);
    assert_eq!(told.problem().0, Why::OutOfRange);
}

#[test]
fn an_open_network_that_does_not_answer_is_not_asked_for_a_password() {
    let mut told = Told::joining(Security::Open);
    told.associating().device(25, 50, 120, 11);
    assert_eq!(told.problem().0, Why::NoAnswer);
}

#[test]
fn reasons_that_are_not_the_password_are_told_apart() {
    for (reason, why, part) in [
        (17, Why::NoAddress, "no answer from the DHCP server"),
        (5, Why::NoAddress, "no address from the network"),
        (46, Why::SimPin, "the SIM wants its PIN; enter the PIN"),
        (47, Why::SimPuk, "the SIM wants its PUK"),
        (59, Why::WrongPin, "the SIM's PIN was wrong"),
        (29, Why::WrongApn, "access point name (APN)"),
        (31, Why::NoMobileNetwork, "refuses this SIM"),
        (
            35,
            Why::Other,
            "install the firmware of its driver 'iwlwifi'",
        ),
        (40, Why::Other, "the cable is out; plug it in"),
        (36, Why::Other, "the device was unplugged; plug it in again"),
        (65_000, Why::Other, "not known here"),
    ] {
        let mut told = Told::joining(Security::Wpa);
        told.associating().device(5, 70, 120, reason);
        let (found, sentence) = told.problem();
        assert_eq!(found, why, "{reason}");
        assert!(sentence.contains(part), "{sentence}");
        assert!(
            sentence.contains("'Café'") && sentence.ends_with('.'),
            "{sentence}"
        );
    }
}

#[test]
fn a_refused_user_name_or_password_of_8021x_is_told() {
    let mut told = Told::activating(Security::Enterprise);
    told.associating().device(5, 50, 120, 10);
    let (why, sentence) = told.problem();
    assert_eq!(why, Why::WrongPassword);
    assert!(sentence.contains("user name or the password"), "{sentence}");
}

#[test]
fn a_saved_network_that_refuses_waits_for_the_person() {
    let mut told = Told::activating(Security::Wpa);
    told.associating().device(3, 50, 60, 8);
    let profile = &Uuid("u".into());
    told.event(3, Event::Asked { profile });
    assert_eq!(told.stage(), Stage::Going(DeviceState::NeedAuth));
    // The right one is typed.
    told.device(60, 60, 40, 0)
        .device(60, 40, 50, 0)
        .device(62, 90, 100, 0);
    assert_eq!(told.stage(), Stage::Connected);
    assert_eq!(told.todo, []);
    // Or nobody answers.
    let mut told = Told::activating(Security::Wpa);
    told.associating()
        .device(3, 50, 60, 8)
        .device(9, 60, 120, 7);
    assert_eq!(told.problem().0, Why::WrongPassword);
    // A profile whose password was never saved is something else.
    let mut told = Told::activating(Security::Wpa);
    told.associating()
        .device(0, 50, 60, 0)
        .device(9, 60, 120, 7);
    assert_eq!(told.problem().0, Why::PasswordWanted);
}

#[test]
fn what_the_device_did_before_does_not_fail_the_new_connection() {
    let mut told = Told::joining(Security::Wpa);
    told.device(0, 100, 110, 60).device(0, 110, 30, 60);
    assert!(matches!(told.stage(), Stage::Going(_)));
    told.associating().device(2, 50, 70, 0).active(3, 2, 1);
    assert_eq!(told.stage(), Stage::Connected);
}

#[test]
fn a_connection_that_takes_its_place_stops_it() {
    let mut told = Told::joining(Security::Wpa);
    told.associating()
        .device(2, 50, 110, 60)
        .active(2, 4, 3)
        .tick(3);
    let (why, sentence) = told.problem();
    assert_eq!(why, Why::Stopped);
    assert!(
        sentence.contains("another connection took its place"),
        "{sentence}"
    );
    assert_eq!(told.todo, nothing_left());
    // It is no failure that has to be read.
    told.tick(20);
    assert_eq!(told.attempts.list(), []);
}

#[test]
fn the_devices_reason_counts_in_whichever_order_it_comes() {
    let mut told = Told::joining(Security::Wpa);
    told.associating().active(5, 4, 3).device(5, 70, 120, 17);
    assert_eq!(told.problem().0, Why::NoAddress);
    let mut told = Told::joining(Security::Wpa);
    told.associating().active(5, 4, 3);
    assert_eq!(
        told.attempts.deadline(),
        Some(at(5) + SignedDuration::from_millis(REASON_MS))
    );
    told.tick(6);
    assert_eq!(told.problem().0, Why::Other);
}

#[test]
fn what_the_person_stops_is_undone_and_not_shown() {
    let mut told = Told::joining(Security::Wpa);
    told.associating();
    let wish = told
        .attempts
        .wish(&Command::Abort { attempt: 1 }, &told.snapshot, at(3));
    assert_eq!(wish.follow_ups, nothing_left());
    assert_eq!(told.attempts.list(), []);
}

#[test]
fn what_is_stopped_before_the_answer_is_undone_after_it() {
    let mut attempts = Attempts::default();
    let snapshot = air(Security::Wpa);
    let _ = attempts.wish(&join(Security::Wpa), &snapshot, at(0));
    let wish = attempts.wish(&Command::Abort { attempt: 1 }, &snapshot, at(1));
    assert_eq!(wish.follow_ups, []);
    let todo = attempts.started(1, started(Keep::IfItWorks), &snapshot, at(2));
    assert_eq!(todo, nothing_left());
}

#[test]
fn a_popup_that_closes_leaves_a_saved_network_behind() {
    let mut told = Told::joining(Security::Wpa);
    told.associating();
    assert_eq!(told.attempts.leave(), [FollowUp::Persist(id("/p"))]);
    let mut told = Told::joining(Security::Wpa);
    told.associating().device(3, 50, 60, 8);
    assert_eq!(told.attempts.leave(), []);
    // Also when it closes before NetworkManager has answered.
    let mut attempts = Attempts::default();
    let snapshot = air(Security::Wpa);
    let _ = attempts.wish(&join(Security::Wpa), &snapshot, at(0));
    assert_eq!(attempts.leave(), []);
    let todo = attempts.started(1, started(Keep::IfItWorks), &snapshot, at(1));
    assert_eq!(todo, [FollowUp::Persist(id("/p"))]);
}

#[test]
fn a_popup_that_closes_does_not_save_an_untried_password_over_the_old_one() {
    let keep = || Keep::OrRestore(Box::default());
    let mut attempts = Attempts::default();
    let snapshot = air(Security::Wpa);
    let _ = attempts.wish(&join(Security::Wpa), &snapshot, at(0));
    let todo = attempts.started(1, started(keep()), &snapshot, at(1));
    assert_eq!(todo, []);
    assert_eq!(attempts.leave(), []);
    // Also when it closes before NetworkManager has answered.
    let mut attempts = Attempts::default();
    let _ = attempts.wish(&join(Security::Wpa), &snapshot, at(0));
    assert_eq!(attempts.leave(), []);
    let todo = attempts.started(1, started(keep()), &snapshot, at(1));
    assert_eq!(todo, []);
}

#[test]
fn a_second_try_takes_the_place_of_the_first() {
    let mut told = Told::joining(Security::Wpa);
    told.associating();
    let wish = told
        .attempts
        .wish(&join(Security::Wpa), &told.snapshot, at(3));
    assert_eq!(wish.attempt, Some(2));
    assert_eq!(wish.follow_ups, nothing_left());
    assert_eq!(told.attempts.list().len(), 1);
}

#[test]
fn a_failure_stays_until_it_is_read() {
    let mut told = Told::joining(Security::Wpa);
    told.associating().device(3, 50, 60, 8).tick(3600);
    assert_eq!(told.problem().0, Why::WrongPassword);
    let _ = told
        .attempts
        .wish(&Command::Dismiss, &told.snapshot, at(3601));
    assert_eq!(told.attempts.list(), []);
}

#[test]
fn what_came_before_the_answer_is_read_from_the_snapshot() {
    let mut attempts = Attempts::default();
    let mut snapshot = air(Security::Open);
    let _ = attempts.wish(&join(Security::Open), &snapshot, at(0));
    snapshot.connections = vec![active(ActiveState::Activated)];
    let todo = attempts.started(1, started(Keep::IfItWorks), &snapshot, at(1));
    assert_eq!(todo, [FollowUp::Persist(id("/p"))]);
    // One that no snapshot ever shows is over.
    let mut told = Told::joining(Security::Open);
    let deadline = told.attempts.deadline().unwrap();
    assert_eq!(deadline, at(UNSEEN_S));
    told.tick(UNSEEN_S).tick(UNSEEN_S + 1);
    assert!(matches!(told.stage(), Stage::Failed(_)));
}

#[test]
fn what_ended_before_the_answer_came_is_told_with_its_reason() {
    let mut attempts = Attempts::default();
    let snapshot = air(Security::Wpa);
    let _ = attempts.wish(&join(Security::Wpa), &snapshot, at(0));
    let device = &id("/d");
    for (new, old, reason) in [(40, 30, 0), (50, 40, 0), (60, 50, 0), (120, 60, 7)] {
        let event = Event::Device {
            device,
            new,
            old,
            reason,
        };
        assert_eq!(attempts.on(event, &snapshot, at(0)), []);
    }
    assert!(attempts.is_busy());
    let todo = attempts.started(1, started(Keep::IfItWorks), &snapshot, at(1));
    assert_eq!(todo, nothing_left());
    let Stage::Failed(problem) = &attempts.list()[0].stage else {
        panic!()
    };
    assert_eq!(problem.why, Why::WrongPassword);
}

#[test]
fn a_vpn_tells_its_own_reason() {
    let mut told = Told::activating(Security::Open);
    let connection = &id("/a");
    let vpn = |state, reason| Event::Vpn {
        connection,
        state,
        reason,
    };
    told.event(1, vpn(3, 0)).event(2, vpn(6, 10));
    let (why, sentence) = told.problem();
    assert_eq!(why, Why::WrongPassword);
    assert!(sentence.contains("password for 'Café'"), "{sentence}");
    let mut told = Told::activating(Security::Open);
    told.event(1, vpn(3, 0)).event(2, vpn(6, 6));
    assert!(told.problem().1.contains("did not answer in time"));
}

#[test]
fn what_was_typed_shows_nowhere() {
    let mut told = Told::joining(Security::Wpa);
    told.associating().device(3, 50, 60, 8);
    let all = format!("{:?} {:?}", told.attempts, told.todo);
    assert!(!all.contains("canary-typed"), "{all}");
}

fn any_event() -> impl Strategy<Value = (u8, u32, u32, u32, u8)> {
    let state = prop_oneof![
        (0u32..13).prop_map(|state| state * 10),
        0u32..8,
        any::<u32>(),
    ];
    let reason = prop_oneof![0u32..80, any::<u32>()];
    (0u8..8, state.clone(), state, reason, 0u8..30)
}

proptest! {
    /// Whatever comes, in whatever order: nothing panics, the profile is saved or undone at most
    /// once, and it ends when nothing more is heard.
    #[test]
    fn every_attempt_ends(events in proptest::collection::vec(any_event(), 0..40), kind in 0u8..3) {
        let mut told = match kind {
            0 => Told::joining(Security::Wpa),
            1 => Told::joining(Security::Sae),
            _ => Told::activating(Security::Wpa),
        };
        let mut seconds = 0;
        let (device, connection, profile) = (id("/d"), id("/a"), Uuid("u".into()));
        for (what, state, old, reason, wait) in events {
            seconds += i64::from(wait);
            match what {
                0 | 1 => told.event(seconds, Event::Device {
                    device: &device, new: state, old, reason,
                }),
                2 => told.event(seconds, Event::Active {
                    connection: &connection, state: state % 6, reason,
                }),
                3 => told.event(seconds, Event::Vpn {
                    connection: &connection, state: state % 9, reason,
                }),
                4 => told.event(seconds, Event::Asked { profile: &profile }),
                5 => told.event(seconds, Event::SecretsRefused { attempt: 1 }),
                6 => {
                    told.snapshot.connections = vec![active(ActiveState::Activating)];
                    told.tick(seconds)
                }
                _ => told.tick(seconds),
            };
        }
        // From here on only the clock speaks.
        for _ in 0..10 {
            let Some(deadline) = told.attempts.deadline() else { break };
            let snapshot = told.snapshot.clone();
            told.todo.extend(told.attempts.tick(&snapshot, deadline));
        }
        prop_assert_eq!(told.attempts.deadline(), None);
        prop_assert!(!told.attempts.is_busy());
        let kept = |f: &&FollowUp| matches!(f, FollowUp::Persist(_) | FollowUp::Remove(_));
        prop_assert!(told.todo.iter().filter(kept).count() <= 1);
    }
}
