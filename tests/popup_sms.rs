//! The message popup, driven without a window: keys and clicks in, commands out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/sms_samples.rs"]
mod sms_samples;

use barpop::popup::{Topic as _, fonts, theme::Theme};
use barpop::secret::Secret;
use barpop::sms::command::Command;
use barpop::sms::message::{ConversationId, MessageId};
use barpop::sms::view::{self, Messages, State};
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::{Timestamp, tz::TimeZone};
use sms_samples::Store;

const NOW: &str = "2026-11-24T12:00:00Z";

struct Popup {
    state: State,
    store: Store,
    now: Timestamp,
    ready: bool,
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// The popup in a window of this size, after it has settled.
fn popup(store: Store, size: [f32; 2]) -> Harness<'static, Popup> {
    let state = State::in_zone(TimeZone::UTC);
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 30.0)
        .build_ui_state(
            |ui: &mut egui::Ui, popup: &mut Popup| {
                if !std::mem::replace(&mut popup.ready, true) {
                    // What the shell does before the first frame; no system font, so boxes for CJK.
                    fonts::install_builtin(ui.ctx());
                    Theme::default().install(ui.ctx());
                    ui.ctx().set_missing_glyph_policy(Default::default());
                    return;
                }
                for command in view::ui(ui, &popup.store.snapshot, &mut popup.state, popup.now) {
                    popup.store.carry_out(command);
                }
            },
            Popup {
                state,
                store,
                now: now(),
                ready: false,
            },
        );
    harness.run_steps(6);
    harness
}

fn everyday() -> Harness<'static, Popup> {
    popup(sms_samples::everyday(now()), [720.0, 520.0])
}

fn named(name: &str) -> Harness<'static, Popup> {
    popup(sms_samples::by_name(name, now()).unwrap(), [720.0, 520.0])
}

fn type_text(harness: &mut Harness<'static, Popup>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(3);
}

fn press(harness: &mut Harness<'static, Popup>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

fn click(harness: &mut Harness<'static, Popup>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

/// What was asked of the source since the last call.
fn commands(harness: &mut Harness<'static, Popup>) -> Vec<Command> {
    std::mem::take(&mut harness.state_mut().store.sent)
}

fn shows(harness: &Harness<'static, Popup>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

const ANNA: &str = "+491701234567";

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
        Some(Command::SaveDraft {
            address,
            text: "bye".into()
        })
    );
    assert_eq!(popup.state_mut().state.flush(), None);
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
fn a_failed_message_says_why_and_is_sent_again_on_a_click() {
    let mut popup = named("sending");
    assert!(shows(&popup, "Not sent: the network refused it (CMS 500)"));
    assert!(shows(&popup, "Sending, part 2 of 3, 12 s"));
    assert!(shows(&popup, "Waits for the modem"));
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
fn the_last_try_is_not_spent_by_enter() {
    let mut popup = named("last-try");
    assert!(shows(
        &popup,
        "The SIM refused that PIN. Last try: a wrong PIN blocks the SIM"
    ));
    commands(&mut popup);
    type_text(&mut popup, "1234");
    press(&mut popup, Modifiers::NONE, Key::Enter);
    assert_eq!(commands(&mut popup), []);
    click(&mut popup, "Use last try");
    assert_eq!(
        commands(&mut popup),
        [Command::EnterPin(Secret::new("1234"))]
    );
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
fn a_sender_that_is_a_word_takes_no_replies() {
    let mut popup = everyday();
    click(
        &mut popup,
        "Vodafone: You have used 80 % of your data volume.",
    );
    assert!(shows(&popup, "Vodafone takes no replies."));
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
