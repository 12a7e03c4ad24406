//! The network popup in a test: a window without a screen, and its keys, clicks and words.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, reason = "a test stops where something is amiss")]

use std::sync::Arc;

use barpop::net::command::Command;
use barpop::net::snapshot::Snapshot;
use barpop::net::view::{self, State};
use barpop::popup::{fonts, theme::Theme};
use egui::Pos2;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::{Timestamp, tz::TimeZone};

#[path = "window.rs"]
mod window;
pub use window::*;

#[path = "net_samples.rs"]
pub mod net_samples;

pub struct Popup {
    pub state: State,
    pub snapshot: Arc<Snapshot>,
    pub sent: Vec<Command>,
    pub now: Timestamp,
    pub ready: bool,
}

pub type Window = Harness<'static, Popup>;

pub fn now() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

/// The popup in a window of this size, after it has settled.
pub fn sized(snapshot: Snapshot, size: [f32; 2]) -> Window {
    let popup = Popup {
        state: State::in_zone(TimeZone::UTC),
        snapshot: Arc::new(snapshot),
        sent: Vec::new(),
        now: now(),
        ready: false,
    };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(1.0 / 30.0)
        .build_ui_state(
            |ui: &mut egui::Ui, popup: &mut Popup| {
                if !std::mem::replace(&mut popup.ready, true) {
                    // What the shell does before the first frame.
                    fonts::install_builtin(ui.ctx());
                    Theme::default().install(ui.ctx());
                    ui.ctx().set_missing_glyph_policy(Default::default());
                    return;
                }
                let sent = view::ui(ui, &popup.snapshot, &mut popup.state, popup.now);
                popup.sent.extend(sent);
            },
            popup,
        );
    harness.run_steps(6);
    harness
}

pub fn popup(snapshot: Snapshot) -> Window {
    sized(snapshot, [360.0, 520.0])
}

pub fn named(name: &str) -> Window {
    popup(net_samples::by_name(name, now()).unwrap())
}

/// The source tells something new.
pub fn tell(window: &mut Window, change: impl FnOnce(&mut Snapshot)) {
    let mut snapshot = Snapshot::clone(&window.state().snapshot);
    change(&mut snapshot);
    window.state_mut().snapshot = Arc::new(snapshot);
    window.run_steps(4);
}

/// Moves the pointer and lets it rest there.
pub fn point_at(window: &mut Window, at: Pos2) {
    window.event(egui::Event::PointerMoved(at));
    window.run_steps(2);
}

/// What was asked of the source since the last call, without the scans.
pub fn commands(window: &mut Window) -> Vec<Command> {
    let mut sent = std::mem::take(&mut window.state_mut().sent);
    sent.retain(|command| *command != Command::Scan);
    sent
}

/// The names of the rows that are in sight, from top to bottom.
pub fn rows(window: &Window) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = window
        .query_all_by_role(egui::Role::ListBoxOption)
        .map(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            let name = label.split(", ").next().unwrap_or_default().to_owned();
            (node.rect().top(), name)
        })
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

/// Lets so many seconds pass.
pub fn wait(window: &mut Window, secs: f32) {
    window.run_steps((secs * 30.0) as usize);
}
