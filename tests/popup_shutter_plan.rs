//! The popup of the cameras' timers, driven without a window: typing a plan, starting it and
//! changing it.
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
use std::time::Duration;

use barpop::shutter::command::{Change, Command};
use barpop::shutter::plan::{Plan, Spacing};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use support::shutter_samples::{camera, exposing, idle, running};
use support::{Window, click, commands, named, popup, press, press_with, shows, type_text};

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Types into the field that has the keyboard, in place of what is there.
fn write(window: &mut Window, text: &str) {
    press_with(window, Modifiers::COMMAND, Key::A);
    type_text(window, text);
}

fn started(window: &mut Window) -> Plan {
    let mut sent = commands(window);
    assert_eq!(sent.len(), 1, "{sent:?}");
    match sent.remove(0) {
        (0, Command::Start(plan)) => plan,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plan_is_typed_and_started_by_keys_alone() {
    let mut window = named("idle");
    type_text(&mut window, "i");
    write(&mut window, "30");
    press(&mut window, Key::Escape);
    type_text(&mut window, "n");
    write(&mut window, "120");
    assert!(
        shows(&window, "120 pictures in 59 min 30 s") || shows(&window, "120 pictures in 60 min")
    );
    assert!(shows(
        &window,
        "A film of 5.0 s at 24, 4.8 s at 25 or 4.0 s at 30 frames a second."
    ));
    press(&mut window, Key::Enter);
    let plan = started(&mut window);
    assert_eq!((plan.interval, plan.count), (secs(30), Some(120)));
    assert_eq!(plan.bulb, None);
}

#[test]
fn enter_starts_with_what_is_there_as_soon_as_the_window_is_open() {
    let mut window = named("idle");
    press(&mut window, Key::Enter);
    assert_eq!(started(&mut window), Plan::default());
}

#[test]
fn presets_are_one_press_away() {
    let mut window = named("idle");
    for preset in [
        "Interval: 1 min",
        "Pictures: 300",
        "First picture after: 10 s",
    ] {
        click(&mut window, preset);
    }
    click(&mut window, "Hold the shutter: 30 s");
    click(&mut window, "Start");
    let plan = started(&mut window);
    assert_eq!((plan.interval, plan.count), (secs(60), Some(300)));
    assert_eq!((plan.delay, plan.bulb), (secs(10), Some(secs(30))));
}

#[test]
fn what_is_wrong_stands_beside_its_field_and_is_kept() {
    let mut window = named("idle");
    type_text(&mut window, "i");
    write(&mut window, "soon");
    assert!(shows(&window, "'soon' is no duration"));
    press(&mut window, Key::Enter);
    assert_eq!(commands(&mut window), []);
    assert!(window.get_by_label("Start").accesskit_is_disabled());
    write(&mut window, "0");
    assert!(
        shows(&window, "It must be between 0.1 s and 99:59:59")
            || shows(&window, "it must be between 0.1 s and 99:59:59")
    );
}

trait Disabled {
    fn accesskit_is_disabled(&self) -> bool;
}

impl Disabled for egui_kittest::Node<'_> {
    fn accesskit_is_disabled(&self) -> bool {
        use egui_kittest::kittest::NodeT as _;
        self.accesskit_node().is_disabled()
    }
}

#[test]
fn the_second_page_has_everything_else() {
    let mut window = named("idle");
    type_text(&mut window, "2");
    for preset in [
        "Hold the shutter: 5 s",
        "Only within: Night",
        "Half-press before: 0.5 s",
        "Bracket: 3:1",
        "The interval is: Gap between shots",
    ] {
        window.get_by_label(preset).scroll_to_me();
        window.run_steps(12);
        click(&mut window, preset);
    }
    click(&mut window, "Start");
    let plan = started(&mut window);
    assert_eq!(plan.spacing, Spacing::Gap);
    assert_eq!(plan.windows.len(), 1);
    assert_eq!(plan.half_press, Duration::from_millis(500));
    assert_eq!(plan.bracket.unwrap().frames, 3);
}

#[test]
fn the_last_plan_is_what_is_typed_already() {
    let mut last = idle();
    last.plan = exposing().plan;
    let mut window = popup(vec![camera(last)]);
    click(&mut window, "Start");
    assert_eq!(Some(started(&mut window)), exposing().plan);
}

#[test]
fn a_plan_that_runs_is_paused_gone_on_with_and_stopped_at_the_second_press() {
    let mut window = named("running");
    press(&mut window, Key::Space);
    click(&mut window, "One picture");
    type_text(&mut window, "o");
    assert_eq!(
        commands(&mut window),
        [(0, Command::Pause), (0, Command::Snap), (0, Command::Snap)]
    );
    type_text(&mut window, "x");
    assert_eq!(commands(&mut window), []);
    assert!(shows(&window, "Really stop"));
    // Esc takes it back.
    press(&mut window, Key::Escape);
    assert!(!shows(&window, "Really stop"));
    type_text(&mut window, "x");
    type_text(&mut window, "x");
    assert_eq!(commands(&mut window), [(0, Command::Stop)]);
    let mut window = named("paused");
    click(&mut window, "Resume");
    assert_eq!(commands(&mut window), [(0, Command::Resume)]);
}

#[test]
fn the_interval_of_a_plan_that_runs_can_be_changed() {
    let mut window = named("running");
    type_text(&mut window, "i");
    write(&mut window, "15");
    press(&mut window, Key::Enter);
    let change = Change {
        interval: Some(secs(15)),
        ..Change::default()
    };
    assert_eq!(commands(&mut window), [(0, Command::Change(change))]);
    // The service tells the new one.
    let mut snapshot = running();
    snapshot.interval = Some(secs(15));
    window.state_mut().cameras = vec![camera(snapshot)];
    window.run_steps(3);
    type_text(&mut window, "i");
    write(&mut window, "never");
    assert!(shows(&window, "'never' is no duration"));
    press(&mut window, Key::Enter);
    assert_eq!(commands(&mut window), []);
}

#[test]
fn nothing_is_asked_for_twice_while_it_is_under_way() {
    let mut busy = camera(running());
    let now = support::shutter_samples::now();
    busy.errand = Some((barpop::shutter::cameras::Errand::Pause, now));
    let mut window = popup(vec![busy.clone()]);
    type_text(&mut window, " ");
    type_text(&mut window, "o");
    assert_eq!(commands(&mut window), []);
    busy.errand = None;
    busy.snapshot = Some(Arc::new(running()));
    window.state_mut().cameras = vec![busy];
    window.run_steps(2);
    type_text(&mut window, "o");
    assert_eq!(commands(&mut window), [(0, Command::Snap)]);
}

#[test]
fn keys_are_listed_and_esc_steps_back_then_closes() {
    let mut window = named("running");
    type_text(&mut window, "?");
    assert!(shows(&window, "Keys"));
    press(&mut window, Key::Escape);
    type_text(&mut window, "3");
    press(&mut window, Key::Escape);
    assert!(!window.state().state.wants_close());
    assert!(shows(&window, "to the next picture"));
    press(&mut window, Key::Escape);
    assert!(window.state().state.wants_close());
}
