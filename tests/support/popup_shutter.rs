//! The popup of the cameras' timers in a test: a window without a screen, and its keys, clicks
//! and words.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, reason = "a test stops where something is amiss")]

use barpop::popup::{fonts, theme::Theme};
use barpop::shutter::cameras::Camera;
use barpop::shutter::command::Command;
use barpop::shutter::source::Wish;
use barpop::shutter::view::{self, State};
use egui_kittest::Harness;
use jiff::Timestamp;

#[path = "window.rs"]
mod window;
pub use window::*;

#[path = "shutter_samples.rs"]
pub mod shutter_samples;

pub struct Popup {
    pub state: State,
    pub cameras: Vec<Camera>,
    pub now: Timestamp,
    pub sent: Vec<(usize, Wish)>,
    /// Frames that were drawn.
    pub frames: u32,
    ready: bool,
}

pub type Window = Harness<'static, Popup>;

/// The popup in a window of this size, after it has settled.
pub fn sized(cameras: Vec<Camera>, size: [f32; 2]) -> Window {
    let popup = Popup {
        state: State::default(),
        cameras,
        now: shutter_samples::now(),
        sent: Vec::new(),
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
                let sent = view::ui(ui, &popup.cameras, &mut popup.state, popup.now);
                popup.sent.extend(sent);
            },
            popup,
        );
    harness.run_steps(8);
    harness
}

pub fn popup(cameras: Vec<Camera>) -> Window {
    sized(cameras, [640.0, 520.0])
}

pub fn named(name: &str) -> Window {
    popup(shutter_samples::by_name(name).unwrap())
}

/// What was asked since the last call.
pub fn wishes(window: &mut Window) -> Vec<(usize, Wish)> {
    std::mem::take(&mut window.state_mut().sent)
}

/// What was asked of the services since the last call.
pub fn commands(window: &mut Window) -> Vec<(usize, Command)> {
    let all = wishes(window).into_iter();
    all.filter_map(|(camera, wish)| match wish {
        Wish::Command(command) => Some((camera, command)),
        _ => None,
    })
    .collect()
}
