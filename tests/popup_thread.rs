//! The message popup, driven without a window: the open thread: what is read, deleted, resent, scrolled.
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

use barpop::popup::fonts;
use barpop::popup::theme::Theme;
use barpop::sms::command::Command;
use barpop::sms::message::{ConversationId, MessageId};
use barpop::sms::view::{self, State};
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::tz::TimeZone;
use popup_support::sms_samples::Store;
use popup_support::{
    ANNA, Popup, click, commands, everyday, named, now, popup, press, shows, sms_samples, type_text,
};

#[test]
fn the_newest_unread_conversation_is_open_read_and_ready_for_a_reply() {
    let mut popup = everyday();
    let done = commands(&mut popup);
    assert_eq!(
        done,
        [
            Command::Open(ConversationId(1)),
            Command::MarkRead(ConversationId(1))
        ]
    );
    assert!(shows(&popup, "Are you on board already?"));
    type_text(&mut popup, "Since six.");
    press(&mut popup, Modifiers::CTRL, Key::Enter);
    let send = Command::Send {
        address: ANNA.into(),
        text: "Since six.".into(),
    };
    assert!(commands(&mut popup).contains(&send));
    assert!(shows(&popup, "Sending"));
}

#[test]
fn a_deleted_message_can_be_brought_back_by_key_and_by_button() {
    let mut popup = everyday();
    press(&mut popup, Modifiers::NONE, Key::ArrowUp);
    press(&mut popup, Modifiers::NONE, Key::Delete);
    assert!(commands(&mut popup).contains(&Command::Delete(vec![MessageId(18)])));
    assert!(shows(&popup, "Message deleted"));
    click(&mut popup, "Undo");
    assert_eq!(
        commands(&mut popup),
        [Command::Undelete(vec![MessageId(18)])]
    );
    press(&mut popup, Modifiers::NONE, Key::Delete);
    press(&mut popup, Modifiers::CTRL, Key::Z);
    assert!(matches!(
        commands(&mut popup).as_slice(),
        [Command::Delete(_), Command::Undelete(_)]
    ));
}

#[test]
fn the_undo_goes_away_after_eight_seconds() {
    let mut popup = everyday();
    press(&mut popup, Modifiers::NONE, Key::ArrowUp);
    press(&mut popup, Modifiers::NONE, Key::Delete);
    popup.run_steps(200);
    assert!(shows(&popup, "Message deleted"));
    popup.run_steps(60);
    assert!(!shows(&popup, "Message deleted"));
}

#[test]
fn a_failed_message_says_why_and_is_sent_again_on_a_click() {
    let mut popup = named("sending");
    assert!(shows(&popup, "Not sent: the network refused it (CMS 500)"));
    assert!(shows(&popup, "Sending, part 2 of 3, 12 s"));
    assert!(shows(&popup, "Waits to be sent"));
    click(&mut popup, "Resend");
    assert!(commands(&mut popup).contains(&Command::Resend(MessageId(23))));
}

#[test]
fn an_unknown_message_is_sent_again_only_after_asking() {
    let mut popup = named("sending");
    assert!(shows(&popup, "May or may not have been sent"));
    commands(&mut popup);
    click(&mut popup, "Resend…");
    assert_eq!(commands(&mut popup), []);
    assert!(shows(&popup, "it will arrive twice"));
    click(&mut popup, "Send again");
    assert_eq!(commands(&mut popup), [Command::Resend(MessageId(24))]);
}

#[test]
fn a_long_message_says_which_part_is_missing() {
    let mut popup = popup(sms_samples::sending(now()), [720.0, 900.0]);
    popup.run_steps(2);
    assert!(shows(&popup, "Part 2 of 3 is missing"));
}

#[test]
fn older_messages_come_when_scrolling_up_and_nothing_jumps() {
    let mut popup = popup(sms_samples::full(now()), [720.0, 520.0]);
    commands(&mut popup);
    for _ in 0..40 {
        press(&mut popup, Modifiers::NONE, Key::PageUp);
        if commands(&mut popup).contains(&Command::LoadOlder) {
            break;
        }
    }
    let loaded = popup
        .state()
        .store
        .snapshot
        .thread
        .as_ref()
        .unwrap()
        .messages
        .len();
    assert_eq!(loaded, 2 * sms_samples::PAGE);
    let places = |popup: &Harness<'static, Popup>| {
        let items = popup.get_all_by_role(Role::ListItem);
        items
            .map(|item| (item.accesskit_node().label(), item.rect().top()))
            .collect::<Vec<_>>()
    };
    let before = places(&popup);
    popup.state_mut().store.carry_out(Command::LoadOlder);
    popup.run_steps(3);
    let after = places(&popup);
    assert!(before.len() > 2);
    for (label, top) in before {
        let now = after
            .iter()
            .find(|(known, _)| *known == label)
            .expect("still in sight");
        assert!(
            (now.1 - top).abs() < 1.0,
            "{label:?} moved from {top} to {}",
            now.1
        );
    }
}

/// All words on the screen.
fn texts(shapes: &[egui::epaint::ClippedShape]) -> Vec<String> {
    let text = |shape: &egui::epaint::ClippedShape| match &shape.shape {
        egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
        _ => None,
    };
    shapes.iter().filter_map(text).collect()
}

/// Half of the frames are quicker than the first figure, all but a few than the second, in ms.
fn frame_times(mut store: Store, frames: usize) -> (f64, f64) {
    let context = egui::Context::default();
    fonts::install_builtin(&context);
    Theme::default().install(&context);
    let mut state = State::in_zone(TimeZone::UTC);
    let (mut times, mut shown) = (Vec::new(), Vec::new());
    for frame in 0..frames {
        let mut input = egui::RawInput {
            time: Some(frame as f64 / 60.0),
            ..Default::default()
        };
        let size = egui::vec2(720.0, 520.0);
        input.screen_rect = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, size));
        input
            .events
            .push(egui::Event::PointerMoved(egui::pos2(500.0, 300.0)));
        if frame > 20 {
            input.events.push(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: egui::vec2(0.0, 60.0),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
        }
        let start = std::time::Instant::now();
        let mut wanted = Vec::new();
        let mut output = context.run_ui(input, |ui| {
            wanted.extend(view::ui(ui, &store.snapshot, &mut state, now()));
        });
        output.textures_delta.clear();
        if frame == 20 || frame + 1 == frames {
            shown.push(texts(&output.shapes));
        }
        let meshes = context.tessellate(output.shapes, output.pixels_per_point);
        times.push(start.elapsed().as_secs_f64() * 1e3);
        assert!(!meshes.is_empty());
        wanted
            .into_iter()
            .for_each(|command| store.carry_out(command));
    }
    assert!(
        shown[0].len() > 20 && shown[0] != shown[1],
        "the wheel scrolled nothing"
    );
    let mut times = times.split_off(10);
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 98 / 100])
}

#[test]
fn ten_thousand_loaded_messages_scroll_at_full_frame_rate() {
    let mut store = sms_samples::full(now());
    store.load_all();
    let (median, most) = frame_times(store, 300);
    println!("10,000 messages loaded: median {median:.2} ms, 98 % within {most:.2} ms a frame");
    // A frame at 60 Hz; unoptimised code gets what it takes.
    let budget = if cfg!(debug_assertions) { 60.0 } else { 4.0 };
    assert!(median < budget, "a frame takes {median:.2} ms");
}

#[test]
fn a_deleted_conversation_can_be_brought_back_and_is_open_again() {
    let mut popup = everyday();
    commands(&mut popup);
    click(
        &mut popup,
        "Delete the conversation (Shift+Delete in the list)",
    );
    let id = ConversationId(1);
    assert!(commands(&mut popup).contains(&Command::DeleteConversation(id)));
    assert!(shows(&popup, "Anna Lindqvist deleted"));
    assert!(shows(&popup, "Choose a conversation"));
    click(&mut popup, "Undo");
    popup.run_steps(4);
    let done = commands(&mut popup);
    assert_eq!(done[0], Command::UndeleteConversation(id));
    assert!(done.contains(&Command::Open(id)), "{done:?}");
    assert!(shows(&popup, "Are you on board already?"));
}

#[test]
fn the_last_message_takes_its_conversation_along() {
    let mut popup = everyday();
    let all = &mut popup.state_mut().store.messages;
    all.retain(|message| message.conversation != ConversationId(1));
    popup.state_mut().store.carry_out(Command::LoadOlder);
    popup.run_steps(4);
    assert!(shows(&popup, "Choose a conversation"));
}
