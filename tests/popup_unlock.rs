//! The message popup, driven without a window: a locked SIM: PIN and PUK are asked for, and a secret goes nowhere else.
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

use barpop::secret::Secret;
use barpop::sms::command::Command;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use popup_support::{Popup, click, commands, named, now, press, shows, sms_samples, type_text};

#[test]
fn a_locked_sim_asks_for_its_pin_first() {
    let mut popup = named("locked");
    commands(&mut popup);
    type_text(&mut popup, "123");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert_eq!(commands(&mut popup), [], "three digits are no PIN");
    popup.get_by_label("PIN").focus();
    popup.run_steps(2);
    type_text(&mut popup, "4");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert_eq!(
        commands(&mut popup),
        [Command::EnterPin(Secret::new("1234"))]
    );
    assert!(
        popup
            .get_by_label("PIN")
            .value()
            .is_none_or(|value| value.is_empty()),
        "it is wiped"
    );
}

#[test]
fn an_unlocked_sim_gives_the_keyboard_back_to_the_reply() {
    let mut popup = named("locked");
    popup.state_mut().store.snapshot.summary.modem =
        sms_samples::everyday(now()).snapshot.summary.modem;
    popup.run_steps(3);
    type_text(&mut popup, "Hi");
    let reply = popup.get_by_label("Message to Anna Lindqvist");
    assert_eq!(reply.value().as_deref(), Some("Hi"));
}

#[test]
fn the_last_try_is_left_to_the_person() {
    let popup = named("last-try");
    assert!(shows(&popup, "Only one PIN try is left"));
    assert!(
        popup.query_by_label("PIN").is_none(),
        "nothing to type into"
    );
    assert!(shows(&popup, "Look again"));
}

#[test]
fn a_blocked_sim_takes_its_puk_and_the_new_pin_twice() {
    let mut popup = named("puk");
    commands(&mut popup);
    type_text(&mut popup, "12345678");
    popup.get_by_label("New PIN").focus();
    popup.run_steps(2);
    type_text(&mut popup, "4321");
    popup.get_by_label("New PIN again").focus();
    popup.run_steps(2);
    type_text(&mut popup, "4329");
    assert!(shows(&popup, "The two new PINs differ."));
    press(&mut popup, Modifiers::NONE, Key::Backspace);
    type_text(&mut popup, "1");
    click(&mut popup, "Unlock");
    let (puk, new_pin) = (Secret::new("12345678"), Secret::new("4321"));
    assert_eq!(commands(&mut popup), [Command::EnterPuk { puk, new_pin }]);
}

#[test]
fn after_a_wrong_pin_the_next_one_is_typed_into_the_same_field() {
    let mut popup = named("locked");
    type_text(&mut popup, "1234");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    commands(&mut popup);
    type_text(&mut popup, "5678");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    let done = commands(&mut popup);
    assert_eq!(done, [Command::EnterPin(Secret::new("5678"))]);
}

#[test]
fn digits_typed_while_nothing_has_the_keyboard_are_the_pin_and_no_search() {
    let mut popup = named("locked");
    popup.get_by_label("Conversations").focus();
    popup.run_steps(3);
    type_text(&mut popup, "1");
    type_text(&mut popup, "234");
    assert_eq!(search(&popup), "", "a secret must not be seen");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert!(commands(&mut popup).contains(&Command::EnterPin(Secret::new("1234"))));
}

fn search(popup: &Harness<'static, Popup>) -> String {
    let field = popup.get_by_label("Search messages");
    field.value().unwrap_or_default()
}
