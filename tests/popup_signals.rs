//! The message popup, driven without a window: warnings and flash messages, codes to the network,
//! voice mail, and a modem that is restarted.
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

use std::sync::Arc;

use barpop::sms::broadcast::Severity;
use barpop::sms::command::Command;
use barpop::sms::errand::Restart;
use barpop::sms::message::MessageId;
use barpop::sms::snapshot::{Registration, Waiting};
use barpop::sms::ussd::{Progress, Reply};
use egui::{Key, Modifiers};
use popup_support::{
    click, commands, everyday, named, now, popup, press, shows, sms_samples, type_text,
};

#[test]
fn a_warning_covers_everything_until_it_was_seen() {
    let mut popup = popup(
        sms_samples::warned(now(), Severity::Extreme),
        [720.0, 520.0],
    );
    assert!(shows(&popup, "Emergency alert: extreme danger"));
    assert!(shows(&popup, "Leave the lower town"));
    // Another program has read it meanwhile: it stays until this person has seen it.
    commands(&mut popup);
    popup.state_mut().store.snapshot.at_once = Arc::default();
    popup.run_steps(3);
    assert!(shows(&popup, "Emergency alert: extreme danger"));
    // What is typed goes nowhere meanwhile.
    type_text(&mut popup, "x");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert_eq!(commands(&mut popup), [Command::Acknowledge(MessageId(900))]);
    assert!(!shows(&popup, "Emergency alert: extreme danger"));
}

#[test]
fn several_come_one_after_the_other_and_escape_puts_them_away() {
    let mut store = sms_samples::warned(now(), Severity::Presidential);
    let mut second = store.snapshot.at_once[0].clone();
    second.id = MessageId(901);
    second.alert = None;
    second.class = Some(0);
    second.address = "+491701234567".into();
    second.text = "Your code is 4711".into();
    let both = [store.snapshot.at_once[0].clone(), second];
    store.snapshot.at_once = Arc::new(both.to_vec());
    let mut popup = popup(store, [360.0, 520.0]);
    assert!(shows(&popup, "National emergency alert") && shows(&popup, "Seen, 1 more"));
    press(&mut popup, Modifiers::NONE, Key::Escape);
    assert!(shows(&popup, "Flash message from +491701234567"));
    click(&mut popup, "Seen");
    assert!(!shows(&popup, "Flash message from"));
    assert!(!popup.state().state.wants_close());
}

#[test]
fn a_test_of_the_alert_covers_nothing() {
    let popup = popup(sms_samples::warned(now(), Severity::Test), [720.0, 520.0]);
    assert!(!shows(&popup, "Seen"));
}

#[test]
fn a_code_is_dialled_and_the_networks_question_answered() {
    let mut popup = everyday();
    commands(&mut popup);
    press(&mut popup, Modifiers::CTRL, Key::U);
    assert!(shows(&popup, "Dial a code like *101#"));
    type_text(&mut popup, "*100#");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert_eq!(commands(&mut popup), [Command::Ussd("*100#".into())]);
    let mut dialogue = popup.state().store.snapshot.ussd.as_ref().clone();
    dialogue.say(true, "*100#", false, now());
    dialogue.waiting_since = Some(now());
    popup.state_mut().store.snapshot.ussd = Arc::new(dialogue.clone());
    popup.run_steps(3);
    assert!(shows(&popup, "Waiting for the network"));
    // While it waits nothing more is dialled.
    type_text(&mut popup, "1");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert_eq!(commands(&mut popup), []);
    let asks = Reply {
        progress: Progress::Asks,
        text: "1 Balance\n2 Flat rate".into(),
    };
    dialogue.answered(&Ok(asks), now());
    popup.state_mut().store.snapshot.ussd = Arc::new(dialogue);
    popup.run_steps(3);
    assert!(shows(&popup, "2 Flat rate"));
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert_eq!(commands(&mut popup), [Command::Ussd("1".into())]);
    press(&mut popup, Modifiers::NONE, Key::Escape);
    assert_eq!(commands(&mut popup), [Command::CancelUssd]);
    assert!(!shows(&popup, "2 Flat rate"));
}

#[test]
fn a_question_of_the_network_opens_the_dialogue_by_itself() {
    let mut popup = everyday();
    let asks = Reply {
        progress: Progress::Asks,
        text: "Roaming costs 2 EUR a day. 1 accept".into(),
    };
    let mut dialogue = barpop::sms::ussd::Dialogue::default();
    dialogue.answered(&Ok(asks), now());
    popup.state_mut().store.snapshot.ussd = Arc::new(dialogue);
    popup.run_steps(4);
    assert!(shows(&popup, "Roaming costs 2 EUR a day"));
    press(&mut popup, Modifiers::NONE, Key::Escape);
    popup.run_steps(4);
    assert!(
        !shows(&popup, "Roaming costs"),
        "it does not come back by itself"
    );
}

#[test]
fn voice_mail_and_a_missing_network_are_in_the_header() {
    let mut popup = everyday();
    let voice = Waiting {
        kind: Waiting::VOICE,
        count: Some(2),
    };
    let summary = &mut popup.state_mut().store.snapshot.summary;
    summary.waiting = vec![voice];
    summary.modem.registration = Some(Registration::Searching);
    popup.run_steps(3);
    assert!(shows(&popup, "Waiting: 2 voice mails"));
    assert!(shows(&popup, "Searching for a network"));
}

#[test]
fn a_modem_that_fails_can_be_restarted() {
    let mut popup = named("fails");
    commands(&mut popup);
    click(&mut popup, "Restart it");
    assert_eq!(commands(&mut popup), [Command::Restart(Restart::Reset)]);
}
