//! The foot: recording, units, the source, and where all keys are told.

use egui::{
    Align2, Color32, CornerRadius, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo,
};

use super::{Over, Scene, State, words};
use crate::gnss::command::Command;
use crate::gnss::snapshot::Recording;
use crate::gnss::units::Units;
use crate::popup::controls::{focus_ring, icon_button_in, one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{size, space};
use crate::say;

/// In points.
pub const HEIGHT: f32 = 42.0;

struct Key {
    icon: Icon,
    tint: Option<Color32>,
    words: String,
    /// What assistive technology calls it.
    label: String,
    hint: String,
    on: bool,
}

/// Draws the foot.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.top(), line);
    let centre = Pos2::new(rect.right() - space::S - 14.0, rect.center().y);
    let place = Rect::from_center_size(centre, Vec2::splat(28.0));
    let id = ui.scope_id().with("keys");
    if icon_button_in(ui, place, id, Icon::Keys, &say!("gnss-keys-hint")).clicked() {
        state.keys_shown = !state.keys_shown;
    }
    let mut left = rect.left() + space::S;
    let end = place.left() - space::XS;
    if key(ui, &mut left, end, &record_key(state, scene), scene) {
        flip_recording(state, scene);
    }
    let units = words::units(scene.units);
    let units = Key {
        icon: Icon::Units,
        tint: None,
        label: say!("gnss-units", units = &units),
        words: units,
        hint: say!("gnss-units-hint"),
        on: false,
    };
    if key(ui, &mut left, end, &units, scene) {
        next_units(state);
    }
    let source = Key {
        icon: Icon::Satellite,
        tint: None,
        words: say!("gnss-source"),
        label: say!("gnss-source"),
        hint: say!("gnss-source-hint"),
        on: state.over == Some(Over::Sources),
    };
    if key(ui, &mut left, end, &source, scene) {
        state.toggle(Over::Sources);
    }
}

fn record_key(state: &State, scene: &Scene<'_>) -> Key {
    match &scene.snapshot.recording {
        Some(Recording {
            path,
            points,
            error,
        }) => {
            let words = match error {
                None => say!("gnss-recording", points = *points),
                Some(_) => say!("gnss-recording-fails"),
            };
            let path = path.display().to_string();
            Key {
                icon: Icon::Record,
                tint: Some(scene.theme.error),
                label: say!("gnss-recording-spoken", state = &words, path = &path),
                hint: say!("gnss-recording-hint", path = &path),
                words,
                on: true,
            }
        }
        None => Key {
            icon: Icon::Record,
            tint: None,
            words: say!("gnss-record"),
            label: say!("gnss-record-track"),
            hint: say!(
                "gnss-record-hint",
                path = track(state, scene).display().to_string()
            ),
            on: false,
        },
    }
}

/// The file of today's track.
fn track(state: &State, scene: &Scene<'_>) -> std::path::PathBuf {
    let (then, time) = state.setup.clocks;
    let passed = jiff::SignedDuration::try_from(scene.now.since(then)).unwrap_or_default();
    let time = time.checked_add(passed).unwrap_or(time);
    let day = time.to_zoned_datetime(state.setup.zone.clone());
    let name = day.strftime("%Y-%m-%d.gpx").to_string();
    state.setup.tracks.join(name)
}

/// Starts the recording, or ends it.
pub fn flip_recording(state: &mut State, scene: &mut Scene<'_>) {
    if let Some(recording) = &scene.snapshot.recording {
        let said = match (recording.error.is_some(), recording.points) {
            (false, points) if points > 0 => {
                say!("gnss-saved-in", path = recording.path.display().to_string())
            }
            _ => say!("gnss-recording-ended"),
        };
        scene.commands.push(Command::StopRecording);
        state.notice(said);
    } else {
        let path = track(state, scene);
        let shown = path.display().to_string();
        state.notice(say!("gnss-recording-to", path = shown));
        scene.commands.push(Command::StartRecording(path));
    }
}

/// The next units.
pub fn next_units(state: &mut State) {
    state.units = match state.units {
        Units::Metric => Units::Imperial,
        Units::Imperial => Units::Nautical,
        Units::Nautical => Units::Metric,
    };
}

/// An icon with its words where they have room; true when it was pressed.
fn key(ui: &mut Ui, left: &mut f32, end: f32, key: &Key, scene: &Scene<'_>) -> bool {
    let theme = scene.theme;
    let foot = ui.max_rect();
    let font = FontId::proportional(size::SMALL);
    let words = one_line(ui, &key.words, font, theme.text, 180.0);
    let wanted = words.size().x + 14.0 + 6.0 + 2.0 * space::S;
    // Where the window is narrow the icons stay.
    let with_words = wanted <= end - *left;
    let width = if with_words { wanted } else { 32.0 };
    let at = Pos2::new(*left, foot.center().y - 14.0);
    let place = Rect::from_min_size(at, Vec2::new(width, 28.0));
    *left += width + space::XS;
    let response = ui.interact(place, ui.scope_id().with(&key.hint), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, key.on, &key.label));
    let corner = CornerRadius::same(space::RADIUS);
    let painter = ui.painter();
    if key.on {
        painter.rect_filled(place, corner, theme.selected);
        let line = Stroke::new(1.0, theme.accent_text);
        painter.rect_stroke(place, corner, line, StrokeKind::Inside);
    } else if response.hovered() {
        painter.rect_filled(place, corner, theme.hover);
    }
    if response.has_focus() {
        focus_ring(painter, place, &theme);
    }
    let x = if with_words {
        place.left() + space::S + 7.0
    } else {
        place.center().x
    };
    let tint = key.tint.unwrap_or(theme.text);
    icons::paint(
        painter,
        key.icon,
        Pos2::new(x, place.center().y),
        14.0,
        tint,
    );
    if with_words {
        let at = Pos2::new(x + 13.0, place.center().y);
        put(painter, words, at, Align2::LEFT_CENTER);
    }
    let clicked = response.clicked();
    response.on_hover_text(&key.hint);
    clicked
}
