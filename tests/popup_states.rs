//! The message popup, driven without a window: what stands in the way, in words, and what holds for the whole window.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/popup.rs"]
mod popup_support;

use barpop::sms::command::Command;
use egui::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use popup_support::{click, commands, everyday, named, now, popup, shows, sms_samples, type_text};

#[test]
fn what_stands_in_the_way_is_said_in_words() {
    for (state, words) in [
        ("no-modem", "No modem is configured"),
        ("absent", "There is no modem at /dev/ttyACM0"),
        ("busy", "ModemManager (812) holds /dev/ttyACM0"),
        ("no-sim", "finds no SIM"),
        ("fails", "The modem answers ERROR"),
        ("starting", "Asking the modem…"),
        ("sim-full", "SIM full: 30 of 30 messages"),
        ("store-failure", "The disk is full"),
        ("empty", "No messages yet."),
    ] {
        assert!(
            shows(&named(state), words),
            "'{state}' does not say '{words}'"
        );
    }
    let mut busy = named("busy");
    commands(&mut busy);
    click(&mut busy, "Look again");
    assert_eq!(commands(&mut busy), [Command::RetryModem]);
}

#[test]
fn waiting_is_told_only_when_it_lasts() {
    let mut store = sms_samples::by_name("loading", now()).unwrap();
    let conversations = sms_samples::everyday(now()).snapshot.conversations;
    store.snapshot.conversations = None;
    let mut popup = popup(store, [720.0, 520.0]);
    popup.run_steps(6);
    assert!(shows(&popup, "Reading the stored messages…"));
    popup.state_mut().store.snapshot.conversations = conversations;
    popup.run_steps(4);
    assert!(!shows(&popup, "Reading the stored messages…"));
}

#[test]
fn a_question_mark_shows_the_keys_unless_it_is_being_written() {
    let mut popup = everyday();
    type_text(&mut popup, "?");
    assert!(popup.query_by_role(Role::Dialog).is_none());
    popup.get_by_label("Conversations").focus();
    popup.run_steps(2);
    type_text(&mut popup, "?");
    assert!(popup.query_by_role(Role::Dialog).is_some());
}

#[test]
fn every_control_has_a_name() {
    for size in [[720.0, 520.0], [360.0, 480.0]] {
        for state in ["everyday", "sending", "puk", "busy", "empty"] {
            let popup = popup(sms_samples::by_name(state, now()).unwrap(), size);
            for role in [
                Role::Button,
                Role::TextInput,
                Role::MultilineTextInput,
                Role::PasswordInput,
            ] {
                for node in popup.query_all_by_role(role) {
                    let label = node.accesskit_node().label();
                    assert!(
                        label.is_some_and(|label| !label.is_empty()),
                        "{role:?} in '{state}'"
                    );
                }
            }
        }
    }
}

#[test]
fn a_window_at_rest_asks_for_no_frames() {
    let mut popup = everyday();
    popup.run_steps(60);
    let soonest = popup
        .output()
        .viewport_output
        .values()
        .map(|v| v.repaint_delay)
        .min();
    assert!(
        soonest.unwrap() >= std::time::Duration::from_secs(30),
        "{soonest:?}"
    );
}
