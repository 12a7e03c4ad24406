//! The popup of the game controllers in a test: a window without a screen, and its keys, clicks
//! and words.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, reason = "a test stops where something is amiss")]

use barpop::ds4::command::Command;
use barpop::ds4::snapshot::{Pad, Snapshot};
use barpop::ds4::view::{self, State};
use barpop::popup::{fonts, theme::Theme};
use egui_kittest::Harness;

#[path = "window.rs"]
mod window;
pub use window::*;

#[path = "ds4_samples.rs"]
pub mod ds4_samples;

pub struct Popup {
    pub state: State,
    pub snapshot: Snapshot,
    pub sent: Vec<Command>,
    pub copied: String,
    /// Frames that were drawn.
    pub frames: u32,
    ready: bool,
}

pub type Window = Harness<'static, Popup>;

/// The popup in a window of this size, after it has settled.
pub fn sized(snapshot: Snapshot, size: [f32; 2]) -> Window {
    let popup = Popup {
        state: State::default(),
        snapshot,
        sent: Vec::new(),
        copied: String::new(),
        frames: 0,
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
                popup.frames += 1;
                let sent = view::ui(ui, &popup.snapshot, &mut popup.state);
                popup.sent.extend(sent);
                let copied = ui.ctx().output(|output| {
                    output.commands.iter().find_map(|command| match command {
                        egui::OutputCommand::CopyText(text) => Some(text.clone()),
                        _ => None,
                    })
                });
                popup.copied = copied.unwrap_or_else(|| std::mem::take(&mut popup.copied));
            },
            popup,
        );
    harness.run_steps(6);
    harness
}

pub fn popup(snapshot: Snapshot) -> Window {
    // As large as the popup, and the harness' own margin of eight points.
    sized(snapshot, [656.0, 516.0])
}

pub fn named(name: &str) -> Window {
    popup(ds4_samples::by_name(name).unwrap())
}

pub fn with(pad: Pad) -> Window {
    popup(ds4_samples::of([pad]))
}

/// The source tells something new of the first pad.
pub fn tell(window: &mut Window, change: impl FnOnce(&mut Pad)) {
    change(&mut window.state_mut().snapshot.pads[0]);
    window.run_steps(2);
}

/// What was asked of the source since the last call.
pub fn commands(window: &mut Window) -> Vec<Command> {
    std::mem::take(&mut window.state_mut().sent)
}
