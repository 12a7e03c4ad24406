//! The foot: what can be done now, the most wanted first.

use egui::{Align, Layout, Pos2, Rect, Stroke, Ui, UiBuilder, Vec2};

use super::{Focus, Scene, State};
use crate::popup::controls::{Weight, button, icon_button, icon_button_in};
use crate::popup::help::key_name;
use crate::popup::icons::Icon;
use crate::popup::theme::space;
use crate::say;
use crate::shutter::cameras::{Camera, Errand};
use crate::shutter::command::Command;
use crate::shutter::snapshot::State as Doing;

/// In points.
pub const HEIGHT: f32 = 48.0;
/// How long a second press is waited for, seconds.
const SURE: f64 = 4.0;

/// Draws the foot's ground and the button that shows all keys; returns what is left of it.
pub fn ground(ui: &mut Ui, state: &mut State, scene: &Scene<'_>) -> Rect {
    let theme = scene.theme;
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.top(), line);
    let centre = Pos2::new(rect.right() - space::S - 14.0, rect.center().y);
    let place = Rect::from_center_size(centre, Vec2::splat(28.0));
    let id = ui.scope_id().with("keys");
    if icon_button_in(ui, place, id, Icon::Keys, &say!("shutter-show-keys")).clicked() {
        state.keys_shown = !state.keys_shown;
    }
    let room = rect.with_min_x(rect.left() + space::L);
    room.with_max_x(place.left() - space::XS)
}

/// Draws the foot of one camera.
pub fn ui(ui: &mut Ui, index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let room = ground(ui, state, scene);
    let cameras = scene.cameras;
    let Some(camera) = cameras.get(index) else {
        return;
    };
    let doing = camera.snapshot.as_deref().map_or(Doing::Idle, |s| s.state);
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(room).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let able = camera.is_online() && camera.errand.is_none();
        ui.add_enabled_ui(able, |ui| {
            main(ui, index, camera, doing, state, scene);
            if doing != Doing::Idle {
                stop(ui, index, camera, state, scene);
            }
            snap(ui, index, camera, scene);
        });
    });
}

/// What is under way of this kind, told instead of the button's own words.
fn label(camera: &Camera, errand: Errand, usual: String, going: String) -> String {
    match camera.errand {
        Some((under_way, _)) if under_way == errand => going,
        _ => usual,
    }
}

fn main(
    ui: &mut Ui,
    index: usize,
    camera: &Camera,
    doing: Doing,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let (icon, errand, words, going, key) = match doing {
        Doing::Idle => (
            Icon::Play,
            Errand::Start,
            say!("shutter-start"),
            say!("shutter-starting"),
            "Enter",
        ),
        Doing::Running => (
            Icon::Pause,
            Errand::Pause,
            say!("shutter-pause"),
            say!("shutter-pausing"),
            "Space",
        ),
        Doing::Paused => (
            Icon::Play,
            Errand::Resume,
            say!("shutter-resume"),
            say!("shutter-resuming"),
            "Space",
        ),
    };
    let zone = state.zone.clone();
    let ready = doing != Doing::Idle || state.form(index).plan(scene.now, &zone).is_ok();
    let words = label(camera, errand, words, going);
    let weight = match doing {
        Doing::Running => Weight::Plain,
        Doing::Idle | Doing::Paused => Weight::Primary,
    };
    // Each has an id of its own: who presses Enter twice does not pause what was just started.
    let response = ui.push_id(&words, |ui| {
        ui.add_enabled_ui(ready, |ui| button(ui, Some(icon), &words, weight))
            .inner
    });
    let response = response.inner;
    if ready && ui.is_enabled() && state.takes(Focus::Main) {
        response.request_focus();
    }
    if response.on_hover_text(key_name(key)).clicked() {
        go(index, state, scene);
    }
}

fn stop(ui: &mut Ui, index: usize, camera: &Camera, state: &mut State, scene: &mut Scene<'_>) {
    let sure = state.stopping.is_some_and(|(what, _)| what == Some(index));
    let (words, weight) = match sure {
        true => (say!("shutter-really-stop"), Weight::Primary),
        false => {
            let (usual, going) = (say!("shutter-stop"), say!("shutter-stopping"));
            (label(camera, Errand::Stop, usual, going), Weight::Plain)
        }
    };
    let hint = say!("shutter-stop-hint");
    let pressed = button(ui, Some(Icon::Stop), &words, weight).on_hover_text(hint);
    if pressed.clicked() {
        end(Some(index), state, scene);
    }
}

fn snap(ui: &mut Ui, index: usize, camera: &Camera, scene: &mut Scene<'_>) {
    let one = say!("shutter-snap");
    let words = label(camera, Errand::Snap, one.clone(), say!("shutter-snapping"));
    let narrow = ui.available_width() < 124.0;
    let pressed = match narrow {
        true => icon_button(ui, Icon::Camera, &one),
        false => button(ui, Some(Icon::Camera), &words, Weight::Plain).on_hover_text("O"),
    };
    if pressed.clicked() {
        scene.ask(index, Command::Snap);
    }
}

/// Starts, pauses or resumes a camera, whichever it is that can be done.
pub fn go(index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let cameras = scene.cameras;
    let camera = cameras.get(index).filter(|camera| camera.is_online());
    let Some(snapshot) = camera.and_then(|camera| camera.snapshot.as_deref()) else {
        return;
    };
    state.hidden = None;
    match snapshot.state {
        Doing::Running => scene.ask(index, Command::Pause),
        Doing::Paused => scene.ask(index, Command::Resume),
        Doing::Idle => {
            if let Some(plan) = &snapshot.plan {
                state.form(index).follow(plan);
            }
            let zone = state.zone.clone();
            if let Ok(plan) = state.form(index).plan(scene.now, &zone) {
                scene.ask(index, Command::Start(plan));
            }
        }
    }
}

/// Ends the plan of one camera, or of all, at the second press: it may be hours old.
pub fn end(what: Option<usize>, state: &mut State, scene: &mut Scene<'_>) {
    let sure = state.stopping.is_some_and(|(asked, _)| asked == what);
    if !sure {
        state.stopping = Some((what, scene.secs + SURE));
        return;
    }
    state.stopping = None;
    for index in 0..scene.cameras.len() {
        let has_plan = scene.cameras.get(index).is_some_and(|camera| {
            let doing = camera.snapshot.as_deref().map(|s| s.state);
            camera.is_online() && doing.is_some_and(|doing| doing != Doing::Idle)
        });
        if has_plan && what.is_none_or(|what| what == index) {
            scene.ask(index, Command::Stop);
        }
    }
}
