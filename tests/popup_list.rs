//! The message popup, driven without a window: the list: searching, walking, stepping back.
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
use barpop::sms::message::ConversationId;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;
use popup_support::{commands, everyday, named, now, popup, press, shows, sms_samples, type_text};

#[test]
fn typing_in_the_list_searches_and_enter_opens_what_was_found() {
    let mut popup = everyday();
    popup.get_by_label("Conversations").focus();
    popup.run_steps(3);
    type_text(&mut popup, "code");
    popup.run_steps(8);
    assert!(commands(&mut popup).contains(&Command::Search("code".into())));
    assert!(shows(&popup, "12345: Your code is"));
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert!(commands(&mut popup).contains(&Command::Open(ConversationId(3))));
    popup.get_by_label("Search messages").focus();
    popup.run_steps(2);
    type_text(&mut popup, "zebra");
    popup.run_steps(8);
    assert!(shows(&popup, "Nothing found for"));
    press(&mut popup, Modifiers::NONE, Key::Escape);
    assert!(commands(&mut popup).contains(&Command::Search(String::new())));
}

#[test]
fn the_list_is_walked_with_the_arrows() {
    let mut popup = everyday();
    popup.get_by_label("Conversations").focus();
    popup.run_steps(3);
    commands(&mut popup);
    press(&mut popup, Modifiers::NONE, Key::ArrowDown);
    press(&mut popup, Modifiers::NONE, Key::ArrowDown);
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert!(commands(&mut popup).contains(&Command::Open(ConversationId(3))));
    // Its reply has the keyboard now.
    type_text(&mut popup, "x");
    assert_eq!(
        popup.get_by_label("Message to 12345").value().as_deref(),
        Some("x")
    );
}

#[test]
fn esc_steps_back_and_closes_at_last() {
    let mut popup = popup(sms_samples::everyday(now()), [360.0, 480.0]);
    press(&mut popup, Modifiers::NONE, Key::F1);
    assert!(popup.query_by_role(Role::Dialog).is_some());
    press(&mut popup, Modifiers::NONE, Key::Escape);
    assert!(popup.query_by_role(Role::Dialog).is_none());
    assert!(
        popup.query_by_label("Conversations").is_none(),
        "one pane, and it is the thread"
    );
    press(&mut popup, Modifiers::NONE, Key::Escape);
    assert!(popup.query_by_label("Conversations").is_some());
    assert!(!popup.state().state.wants_close());
    press(&mut popup, Modifiers::NONE, Key::Escape);
    assert!(popup.state().state.wants_close());
}

#[test]
fn esc_in_an_empty_search_goes_back_to_the_reply() {
    let mut popup = everyday();
    press(&mut popup, Modifiers::CTRL, Key::F);
    press(&mut popup, Modifiers::NONE, Key::Escape);
    assert!(!popup.state().state.wants_close());
    type_text(&mut popup, "Hi");
    let reply = popup.get_by_label("Message to Anna Lindqvist");
    assert_eq!(reply.value().as_deref(), Some("Hi"));
}

#[test]
fn shift_delete_deletes_the_rows_conversation_with_an_undo() {
    let mut popup = everyday();
    popup.get_by_label("Conversations").focus();
    popup.run_steps(3);
    press(&mut popup, Modifiers::NONE, Key::ArrowDown);
    commands(&mut popup);
    press(&mut popup, Modifiers::SHIFT, Key::Delete);
    let id = ConversationId(2);
    assert_eq!(commands(&mut popup), [Command::DeleteConversation(id)]);
    press(&mut popup, Modifiers::CTRL, Key::Z);
    assert_eq!(commands(&mut popup), [Command::UndeleteConversation(id)]);
    // The thread that was open stays open.
    assert!(shows(&popup, "Are you on board already?"));
}

#[test]
fn the_first_messages_of_an_empty_store_are_opened() {
    let mut popup = named("empty");
    assert!(shows(&popup, "No messages yet."));
    let full = sms_samples::everyday(now());
    popup.state_mut().store.messages = full.messages;
    popup.state_mut().store.snapshot.conversations = full.snapshot.conversations;
    popup.run_steps(4);
    assert!(commands(&mut popup).contains(&Command::Open(ConversationId(1))));
}
