//! The popup of the cameras' timers, driven without a window: what it says in every state.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/popup_shutter.rs"]
mod support;

use std::sync::Arc;

use barpop::secret::Secret;
use barpop::shutter::cameras::{Errand, Link};
use barpop::shutter::snapshot::Snapshot;
use barpop::shutter::source::Wish;
use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::shutter_samples::{broken, camera, eight, exposing, idle, locked, ms, now, running};
use support::{all_labels, click, commands, named, popup, press, shows, sized, type_text, wishes};

#[test]
fn the_header_answers_how_far_it_is_and_when_the_next_picture_comes() {
    let window = named("running");
    assert!(shows(&window, "Running: 132 of 500, next in 4 s"));
    assert!(shows(&window, "4 s to the next picture"));
    assert!(shows(&window, "132 of 500") && shows(&window, "GPIO18 on gpiochip0"));
    assert!(shows(&window, "Until: 23:01, 1 h 1 min from now"));
    assert!(shows(&window, "5.3 s of 20.0 s at 25 frames/s"));
    assert!(shows(&named("paused"), "Paused: 132 of 500"));
    assert!(shows(&named("done"), "Done: 500 pictures"));
    assert!(shows(&named("idle"), "Ready"));
    assert!(shows(&named("exposing"), "Exposing: 11 of 40, 33 s left"));
    assert!(shows(&named("exposing"), "33 s until it closes"));
}

#[test]
fn the_count_down_goes_on_by_the_clock_and_a_window_at_rest_draws_nothing() {
    let mut window = named("running");
    window.state_mut().now = ms(2_300);
    window.run_steps(2);
    assert!(shows(&window, "next in 1 s"));
    // The service's clock is an hour behind: what counts is the time that is left.
    let mut behind = camera(running());
    behind.ahead = jiff::SignedDuration::from_secs(-3600);
    let mut snapshot = running();
    snapshot.next_at = snapshot.next_at.map(|at| at - behind.ahead.abs());
    behind.snapshot = Some(Arc::new(snapshot));
    assert!(shows(&popup(vec![behind]), "next in 4 s"));
    for still in ["idle", "paused", "done", "problem", "locked"] {
        let window = named(still);
        let output = window.output().viewport_output.values().next().unwrap();
        assert!(output.repaint_delay.as_secs() > 3600, "{still} draws on");
    }
}

#[test]
fn nothing_there_says_how_to_begin() {
    let mut window = named("absent");
    assert!(shows(&window, "xshutter serve"));
    click(&mut window, "Look again");
    assert_eq!(wishes(&mut window), [(0, Wish::Retry)]);
    assert!(shows(&named("none"), "xshutter serve"));
    assert!(!shows(&named("loading"), "xshutter serve"));
}

#[test]
fn a_camera_that_is_lost_keeps_its_last_state_and_says_when_it_is_tried_again() {
    let mut window = named("offline");
    assert!(shows(&window, "Offline for 12 min") && shows(&window, "Next try in 13 s."));
    assert!(shows(&window, "as it was at 21:48") && shows(&window, "132 of 500"));
    click(&mut window, "Try now");
    press(&mut window, Key::F5);
    assert_eq!(wishes(&mut window), [(0, Wish::Retry), (0, Wish::Retry)]);
    // Nothing can be asked of it.
    for label in ["Pause", "Stop", "One picture"] {
        let node = window.get_by_label(label);
        assert!(node.accesskit_node().is_disabled(), "{label}");
    }
    assert!(shows(&named("lost"), "there is no way to it"));
}

#[test]
fn what_is_wrong_with_the_release_is_told_with_its_remedy() {
    for name in ["problem", "failing"] {
        let window = named(name);
        assert!(
            shows(&window, "is in use by 'gpio-fan'; stop that program"),
            "{name}"
        );
    }
    assert!(shows(&named("problem"), "No picture can be taken"));
    assert!(shows(&named("failing"), "Failing: 132 of 500"));
}

#[test]
fn a_password_is_asked_for_in_place_and_kept_on_wish_alone() {
    let mut window = named("locked");
    assert!(shows(&window, "roof wants a password"));
    type_text(&mut window, "open sesame");
    press(&mut window, Key::Enter);
    let password = Secret::new("open sesame");
    let once = Wish::Password {
        password: password.clone(),
        keep: false,
    };
    assert_eq!(wishes(&mut window), [(0, once)]);
    assert!(!all_labels(&window).contains("sesame"));
    // Also where it was heard before: Enter is the password's.
    let mut heard = locked(false);
    heard.snapshot = Some(Arc::new(idle()));
    let mut window = popup(vec![heard]);
    type_text(&mut window, "open sesame");
    press(&mut window, Key::Enter);
    assert_eq!(wishes(&mut window).len(), 1);
    let mut window = named("wrong");
    assert!(shows(&window, "That is not the password of roof"));
    type_text(&mut window, "open sesame");
    click(&mut window, "Keep it in a file that only I can read");
    click(&mut window, "Unlock");
    let kept = Wish::Password {
        password,
        keep: true,
    };
    assert_eq!(wishes(&mut window), [(0, kept)]);
}

#[test]
fn what_was_refused_says_so_beside_what_was_typed() {
    let mut refused = camera(idle());
    refused.refusal = Some((Errand::Start, "a plan runs already; stop it first".into()));
    let mut window = popup(vec![refused]);
    assert!(shows(
        &window,
        "Not started: A plan runs already; stop it first."
    ));
    click(&mut window, "Hide this");
    assert!(!shows(&window, "Not started"));
    let mut busy = camera(idle());
    busy.errand = Some((Errand::Start, now()));
    assert!(shows(&popup(vec![busy]), "Starting…"));
}

#[test]
fn the_list_tells_what_each_of_eight_cameras_does() {
    let mut window = popup(eight());
    assert!(shows(
        &window,
        "3 of 8 running, 2 with a problem, 1 offline"
    ));
    for words in [
        "North: Running: 132 of 500, next in 4 s",
        "North-east: Exposing: 11 of 40, 33 s left",
        "East: Paused: 132 of 500",
        "South: Failing: 132 of 500",
        "West: Offline for 12 min",
        "North-west: A password is wanted",
    ] {
        assert!(shows(&window, words), "{words}: {}", all_labels(&window));
    }
    click(&mut window, "East: Paused: 132 of 500");
    assert!(shows(&window, "Paused until it is resumed"));
    press(&mut window, Key::Escape);
    assert!(shows(&window, "3 of 8 running"));
    // It comes back to where it was.
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert!(shows(&window, "Done: 500 pictures"));
    click(&mut window, "All cameras");
    assert!(shows(&window, "3 of 8 running"));
}

#[test]
fn all_cameras_that_are_idle_are_started_together() {
    let mut window = popup(eight());
    type_text(&mut window, "a");
    let started: Vec<usize> = commands(&mut window).iter().map(|(at, _)| *at).collect();
    assert_eq!(started, [3, 5]);
    click(&mut window, "Stop all");
    assert_eq!(commands(&mut window), []);
    click(&mut window, "Really stop all");
    let stopped: Vec<usize> = commands(&mut window).iter().map(|(at, _)| *at).collect();
    assert_eq!(stopped, [0, 1, 2, 4]);
}

#[test]
fn of_few_pictures_the_worst_is_told_and_of_many_what_99_of_100_keep() {
    let plan = |shots| {
        let snapshot = Snapshot { shots, ..running() };
        popup(vec![camera(snapshot)])
    };
    let mut window = plan(5);
    assert!(shows(&window, "Exactness: at most 0.84 ms late"));
    type_text(&mut window, "3");
    let sentence = "Late by 0.09 ms at the median, at most 0.84 ms.";
    assert!(shows(&window, sentence));
    assert!(shows(&plan(100), "Exactness: 99 of 100 within 0.31 ms"));
}

#[test]
fn the_history_tells_how_exactly_the_pictures_came() {
    let mut window = named("running");
    type_text(&mut window, "3");
    assert!(shows(
        &window,
        "Late by 0.09 ms at the median, 99 of 100 within 0.31 ms"
    ));
    assert!(shows(&window, "Lateness over"));
    assert!(shows(&window, "Picture 60 at 21:59:53"));
    assert!(shows(&window, "the line did not change"));
    let mut window = named("idle");
    type_text(&mut window, "3");
    assert!(shows(&window, "No picture was taken"));
}

#[test]
fn the_whole_plan_can_be_read_while_it_runs() {
    let mut window = named("exposing");
    type_text(&mut window, "2");
    for words in [
        "Interval: 20 min",
        "Exposure: 2 min",
        "Ramp: to 4 min within 2 h",
        "Bracket: 3 frames, 1 EV apart",
        "Half-press: 0.5 s",
        "Mirror up: 2 s",
        "Only within: sunset+20-sunrise",
    ] {
        assert!(shows(&window, words), "{words}");
    }
}

#[test]
fn what_a_service_says_is_only_text() {
    let evil = "\u{202e}\u{1b}[31m\n".repeat(2000);
    let snapshot = Snapshot {
        name: evil.clone(),
        warning: Some(evil.clone()),
        ..broken(exposing())
    };
    let mut hostile = camera(snapshot);
    hostile.refusal = Some((Errand::Snap, evil));
    let window = popup(vec![hostile.clone(), hostile]);
    let said = all_labels(&window);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'));
    // Numbers from the edges of what there is.
    let snapshot = Snapshot {
        next_at: Some(jiff::Timestamp::MAX),
        eta: Some(jiff::Timestamp::MIN),
        exposing_since: Some(jiff::Timestamp::MAX),
        exposing_until: Some(jiff::Timestamp::MIN),
        resumed_at: Some(jiff::Timestamp::MIN),
        shots: u32::MAX,
        skipped: u32::MAX,
        count: Some(1),
        ..running()
    };
    let mut odd = camera(snapshot);
    odd.ahead = jiff::SignedDuration::MIN;
    let mut window = popup(vec![odd]);
    for page in ["1", "2", "3"] {
        type_text(&mut window, page);
    }
    odd = window.state().cameras[0].clone();
    odd.link = Link::Offline {
        since: jiff::Timestamp::MIN,
        again: jiff::Timestamp::MAX,
        why: String::new(),
        refused: false,
    };
    window.state_mut().cameras = vec![odd];
    window.run_steps(3);
    assert!(shows(&window, "Offline for"));
}

#[test]
fn every_state_fits_a_window_of_320_points() {
    for name in [
        "absent", "idle", "done", "running", "exposing", "paused", "failing", "problem", "offline",
        "locked", "wrong", "eight",
    ] {
        let cameras = support::shutter_samples::by_name(name).unwrap();
        let mut window = sized(cameras, [320.0, 400.0]);
        for page in ["1", "2", "3"] {
            if !["locked", "wrong"].contains(&name) {
                type_text(&mut window, page);
            }
            for node in window.root().children_recursive() {
                // Some nodes are nowhere.
                if node.accesskit_node().bounding_box().is_none() {
                    continue;
                }
                let wanted = [Role::Button, Role::TextInput, Role::Tab];
                let rect = node.rect();
                let is_control = wanted.contains(&node.accesskit_node().role());
                assert!(
                    !is_control || rect.right() <= 321.0 && rect.left() >= -1.0,
                    "{name}, page {page}: {:?} at {rect:?}",
                    node.accesskit_node().label()
                );
            }
        }
    }
}
