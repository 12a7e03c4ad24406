//! The popup in a test: a window without a screen, and its keys, clicks and words.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, reason = "a test stops where something is amiss")]

use barpop::popup::{fonts, input::InOrder, theme::Theme};
use barpop::sms::command::Command;
use barpop::sms::view::{self, State};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use jiff::{Timestamp, tz::TimeZone};
use sms_samples::Store;

#[path = "sms_samples.rs"]
pub mod sms_samples;

const NOW: &str = "2026-11-24T12:00:00Z";

pub struct Popup {
    pub state: State,
    pub store: Store,
    pub now: Timestamp,
    pub ready: bool,
}

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// The popup in a window of this size, after it has settled.
pub fn popup(store: Store, size: [f32; 2]) -> Harness<'static, Popup> {
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
                    InOrder::install(ui.ctx());
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

pub fn everyday() -> Harness<'static, Popup> {
    popup(sms_samples::everyday(now()), [720.0, 520.0])
}

pub fn named(name: &str) -> Harness<'static, Popup> {
    popup(sms_samples::by_name(name, now()).unwrap(), [720.0, 520.0])
}

pub fn type_text(harness: &mut Harness<'static, Popup>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run_steps(3);
}

pub fn press(harness: &mut Harness<'static, Popup>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(4);
}

pub fn click(harness: &mut Harness<'static, Popup>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(4);
}

/// What was asked of the source since the last call.
pub fn commands(harness: &mut Harness<'static, Popup>) -> Vec<Command> {
    std::mem::take(&mut harness.state_mut().store.sent)
}

pub fn shows(harness: &Harness<'static, Popup>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

pub const ANNA: &str = "+491701234567";
