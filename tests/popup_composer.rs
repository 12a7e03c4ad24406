//! The message popup, driven without a window: the composer: what is typed is sent, kept, and never lost.
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

use barpop::popup::Topic as _;
use barpop::popup::fonts;
use barpop::sms::command::Command;
use barpop::sms::message::{ConversationId, Unaddressed};
use barpop::sms::view::Messages;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::Timestamp;
use popup_support::{
    ANNA, Popup, click, commands, everyday, now, popup, press, shows, sms_samples, type_text,
};

#[test]
fn enter_makes_a_line_and_sends_nothing() {
    let mut popup = everyday();
    type_text(&mut popup, "one");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    type_text(&mut popup, "two");
    assert!(
        !commands(&mut popup)
            .iter()
            .any(|c| matches!(c, Command::Send { .. }))
    );
    click(&mut popup, "Send");
    let send = Command::Send {
        address: ANNA.into(),
        text: "one\ntwo".into(),
    };
    assert!(commands(&mut popup).contains(&send));
}

#[test]
fn a_draft_is_kept_after_a_pause_on_switching_and_on_closing() {
    let draft = |text: &str| Command::SaveDraft {
        address: ANNA.into(),
        text: text.into(),
    };
    let mut popup = everyday();
    commands(&mut popup);
    type_text(&mut popup, "half");
    assert_eq!(commands(&mut popup), []);
    popup.run_steps(45);
    assert_eq!(commands(&mut popup), [draft("half")]);
    type_text(&mut popup, " a thought");
    press(&mut popup, Modifiers::ALT, Key::ArrowDown);
    let done = commands(&mut popup);
    assert_eq!(
        done[..2],
        [draft("half a thought"), Command::Open(ConversationId(2))]
    );
    type_text(&mut popup, "bye");
    let last = popup.state_mut().state.flush();
    let address = "+447700900123".into();
    assert_eq!(
        last,
        [Command::SaveDraft {
            address,
            text: "bye".into()
        }]
    );
    assert_eq!(popup.state_mut().state.flush(), []);
}

/// A new message that has no recipient yet.
fn begun(to: &str, text: &str) -> Option<Unaddressed> {
    let (to, text) = (to.to_owned(), text.to_owned());
    Some(Unaddressed { to, text })
}

#[test]
fn a_message_without_a_recipient_is_kept_and_is_there_at_the_next_opening() {
    let mut popup = everyday();
    press(&mut popup, Modifiers::CTRL, Key::N);
    commands(&mut popup);
    type_text(&mut popup, "Ann");
    popup.get_by_label("Message").focus();
    popup.run_steps(3);
    type_text(&mut popup, "half a thought");
    popup.run_steps(45);
    let kept = begun("Ann", "half a thought");
    assert_eq!(commands(&mut popup), [Command::KeepNew(kept)]);
    type_text(&mut popup, " more");
    let kept = begun("Ann", "half a thought more");
    let closed = popup.state_mut().state.flush();
    assert_eq!(closed, [Command::KeepNew(kept.clone())]);

    let mut store = sms_samples::everyday(now());
    for message in &mut store.messages {
        message.read = true;
    }
    store.carry_out(Command::MarkRead(ConversationId(1)));
    store.snapshot.unaddressed = kept;
    let mut popup = self::popup(store, [720.0, 520.0]);
    let value = |popup: &Harness<'static, Popup>, label| popup.get_by_label(label).value();
    assert_eq!(value(&popup, "Recipient").as_deref(), Some("Ann"));
    assert_eq!(
        value(&popup, "Message").as_deref(),
        Some("half a thought more")
    );
    // The person it was meant for gets it as a draft, and nobody else.
    popup.get_by_label("Recipient").focus();
    popup.run_steps(3);
    press(&mut popup, Modifiers::NONE, Key::ArrowDown);
    commands(&mut popup);
    press(&mut popup, Modifiers::NONE, Key::Enter);
    let draft = Command::SaveDraft {
        address: ANNA.into(),
        text: "half a thought more".into(),
    };
    let done = commands(&mut popup);
    assert!(
        done.contains(&Command::KeepNew(None)) && done.contains(&draft),
        "{done:?}"
    );
}

#[test]
fn a_message_that_was_begun_waits_while_another_thread_is_read() {
    let mut popup = everyday();
    press(&mut popup, Modifiers::CTRL, Key::N);
    popup.get_by_label("Message").focus();
    popup.run_steps(3);
    type_text(&mut popup, "for somebody");
    commands(&mut popup);
    press(&mut popup, Modifiers::NONE, Key::Escape);
    let kept = Command::KeepNew(begun("", "for somebody"));
    assert!(commands(&mut popup).contains(&kept));
    press(&mut popup, Modifiers::CTRL, Key::N);
    assert_eq!(
        popup.get_by_label("Message").value().as_deref(),
        Some("for somebody")
    );
    // A number makes it that number's draft.
    popup.get_by_label("Recipient").focus();
    popup.run_steps(3);
    type_text(&mut popup, "015100");
    commands(&mut popup);
    let draft = Command::SaveDraft {
        address: "015100".into(),
        text: "for somebody".into(),
    };
    let closed = popup.state_mut().state.flush();
    assert_eq!(closed, [draft, Command::KeepNew(None)]);
}

#[test]
fn a_window_that_goes_away_keeps_what_was_typed() {
    let feed = sms_samples::feed(sms_samples::everyday(Timestamp::now()));
    let mut messages = Messages::new(feed.clone());
    assert_eq!(messages.title(), "3 unread – Messages");
    let context = egui::Context::default();
    fonts::install_builtin(&context);
    for frame in 0..6 {
        let size = egui::vec2(720.0, 520.0);
        let screen_rect = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size));
        let mut input = egui::RawInput {
            screen_rect,
            ..Default::default()
        };
        if frame == 4 {
            input.events.push(egui::Event::Text("half".into()));
        }
        let mut output = context.run_ui(input, |ui| messages.ui(ui));
        output.textures_delta.clear();
    }
    drop(messages);
    let draft = Command::SaveDraft {
        address: ANNA.into(),
        text: "half".into(),
    };
    assert_eq!(feed.0.lock().unwrap().sent.last(), Some(&draft));
}

#[test]
fn a_new_message_finds_the_recipient_by_name() {
    let mut popup = everyday();
    press(&mut popup, Modifiers::CTRL, Key::N);
    type_text(&mut popup, "gran");
    assert!(shows(&popup, "Grandma"));
    press(&mut popup, Modifiers::NONE, Key::ArrowDown);
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert!(commands(&mut popup).contains(&Command::Open(ConversationId(2))));
}

#[test]
fn a_new_message_goes_to_a_number_that_was_typed() {
    let mut popup = everyday();
    press(&mut popup, Modifiers::CTRL, Key::N);
    type_text(&mut popup, "+49 151 00");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    type_text(&mut popup, "Hello");
    press(&mut popup, Modifiers::CTRL, Key::Enter);
    let send = Command::Send {
        address: "+49 151 00".into(),
        text: "Hello".into(),
    };
    let done = commands(&mut popup);
    assert!(done.contains(&send), "{done:?}");
    assert!(
        done.contains(&Command::Open(ConversationId(999))),
        "its thread opens: {done:?}"
    );
}

#[test]
fn a_text_is_sent_whole_though_its_end_comes_with_the_key_that_sends_it() {
    let mut popup = everyday();
    type_text(&mut popup, "all ");
    let send = Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::CTRL,
    };
    // Both in one frame.
    let events = &mut popup.input_mut().events;
    events.extend([Event::Text("of it".to_owned()), send]);
    popup.run_steps(4);
    let send = Command::Send {
        address: ANNA.into(),
        text: "all of it".into(),
    };
    let done = commands(&mut popup);
    assert!(done.contains(&send), "{done:?}");
    let reply = popup.get_by_label("Message to Anna Lindqvist");
    assert_eq!(reply.value().unwrap_or_default(), "");
}

#[test]
fn a_refused_message_keeps_what_was_typed() {
    let mut popup = everyday();
    type_text(&mut popup, "precious");
    press(&mut popup, Modifiers::CTRL, Key::Enter);
    let refused = sms_samples::by_name("refused", now())
        .unwrap()
        .snapshot
        .failure;
    popup.state_mut().store.snapshot.failure = refused;
    popup.run_steps(3);
    assert!(shows(&popup, "is no telephone number"));
    let reply = popup.get_by_label("Message to Anna Lindqvist");
    assert_eq!(reply.value().as_deref(), Some("precious"));
}

#[test]
fn a_sender_that_is_a_word_takes_no_replies() {
    let mut popup = everyday();
    click(
        &mut popup,
        "Vodafone: You have used 80 % of your data volume.",
    );
    assert!(shows(&popup, "Vodafone cannot be answered."));
}

#[test]
fn a_draft_is_kept_within_a_second_of_steady_typing() {
    let mut popup = everyday();
    commands(&mut popup);
    for _ in 0..12 {
        type_text(&mut popup, "on and ");
    }
    let saved = |c: &Command| matches!(c, Command::SaveDraft { .. });
    assert!(commands(&mut popup).iter().any(saved));
}

#[test]
fn what_cannot_be_stored_stays_where_it_was_typed() {
    let mut store = sms_samples::by_name("store-failure", now()).unwrap();
    store.snapshot.conversations = None;
    let mut popup = popup(store, [720.0, 520.0]);
    press(&mut popup, Modifiers::CTRL, Key::N);
    type_text(&mut popup, "12345");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    type_text(&mut popup, "precious");
    press(&mut popup, Modifiers::CTRL, Key::Enter);
    let sent = |c: &Command| matches!(c, Command::Send { .. });
    assert!(!commands(&mut popup).iter().any(sent));
    assert_eq!(
        popup.get_by_label("Message").value().as_deref(),
        Some("precious")
    );
}

#[test]
fn typing_beside_the_reply_goes_on_at_its_end() {
    let mut popup = everyday();
    type_text(&mut popup, "bc");
    press(&mut popup, Modifiers::NONE, Key::Home);
    popup.get_by_label("Messages").focus();
    popup.run_steps(3);
    type_text(&mut popup, "d");
    type_text(&mut popup, "e");
    let reply = popup.get_by_label("Message to Anna Lindqvist");
    assert_eq!(reply.value().as_deref(), Some("bcde"));
}
