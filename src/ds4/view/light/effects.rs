//! What the light bar does: one of a few things, its rhythm, and the way back.

use egui::{
    Align2, Color32, CornerRadius, FontId, Id, Pos2, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
};

use super::super::{Scene, State};
use super::form::Kind;
use crate::catalogue::decimal;
use crate::ds4::snapshot::Pad;
use crate::popup::controls::{Weight, button, focus_ring, one_line, put};
use crate::popup::icons::Icon;
use crate::popup::slider::Slider;
use crate::popup::theme::{Theme, size, space};
use crate::say;

const KINDS: [Kind; 7] = [
    Kind::Steady,
    Kind::Blink,
    Kind::Breathe,
    Kind::Police,
    Kind::Battery,
    Kind::Buttons,
    Kind::Off,
];

/// Its name, and what it looks like.
fn in_words(kind: Kind) -> (String, String) {
    match kind {
        Kind::Steady => (say!("ds4-steady"), say!("ds4-steady-detail")),
        Kind::Blink => (say!("ds4-blink"), say!("ds4-blink-detail")),
        Kind::Breathe => (say!("ds4-breathe"), say!("ds4-breathe-detail")),
        Kind::Police => (say!("ds4-police"), say!("ds4-police-detail")),
        Kind::Battery => (say!("ds4-by-battery"), say!("ds4-by-battery-detail")),
        Kind::Buttons => (say!("ds4-by-buttons"), say!("ds4-by-buttons-detail")),
        Kind::Off => (say!("ds4-light-off"), say!("ds4-light-off-detail")),
    }
}

/// Draws it, and has sent what the colours next to it ask for.
pub fn ui(ui: &mut Ui, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    let form = &mut state.light;
    if std::mem::take(&mut form.chosen) {
        form.recolour(&pad.light);
    }
    let now = pad.light.mode.map(Kind::of);
    for kind in KINDS {
        let (name, detail) = in_words(kind);
        if row(ui, &name, &detail, now == Some(kind)) {
            form.wish(kind);
        }
    }
    if let Some((kind, (low, high))) = now.and_then(|kind| Some((kind, kind.period()?))) {
        rhythm(ui, state, kind, low, high);
    }
    ui.add_space(space::S);
    ui.add_enabled_ui(pad.light.mode.is_some(), |ui| {
        let words = say!("ds4-former-colour");
        let back = button(ui, Some(Icon::Undo), &words, Weight::Plain);
        if back.on_hover_text(say!("ds4-former-colour-hint")).clicked() {
            super::restore(pad, state, scene);
        }
    });
}

fn rhythm(ui: &mut Ui, state: &mut State, kind: Kind, low: f32, high: f32) {
    let theme = Theme::of(ui.ctx());
    let form = &mut state.light;
    let secs = *form.period(kind);
    let words = format!("{} s", decimal(secs.into(), 1));
    let slider = Slider {
        label: &say!("ds4-period"),
        words: &words,
        step: 0.1 / (high - low),
        track: &[theme.field, theme.field],
    };
    let share = (secs - low) / (high - low);
    if let Some(share) = slider.ui(ui, Id::unique("ds4 rhythm"), share) {
        *form.period(kind) = ((low + share * (high - low)) * 10.0).round() / 10.0;
        form.wish(kind);
    }
}

/// One of the things it can do; true when it was pressed.
fn row(ui: &mut Ui, name: &str, detail: &str, chosen: bool) -> bool {
    let theme = Theme::of(ui.ctx());
    let wanted = Vec2::new(ui.available_width(), 28.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, name));
    let corner = CornerRadius::same(space::RADIUS);
    let fill = match (chosen, response.hovered()) {
        (true, _) => theme.selected,
        (false, true) => theme.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    let painter = ui.painter();
    painter.rect_filled(rect, corner, fill);
    let dot = Pos2::new(rect.left() + 14.0, rect.center().y);
    let ring = if chosen { theme.accent_text } else { theme.dim };
    painter.circle_stroke(dot, 6.0, Stroke::new(1.5, ring));
    if chosen {
        painter.circle_filled(dot, 3.0, theme.accent_text);
    }
    let font = FontId::proportional(size::BODY);
    let text = one_line(ui, name, font, theme.text, 90.0);
    let at = Pos2::new(rect.left() + 30.0, rect.center().y);
    let place = put(painter, text, at, Align2::LEFT_CENTER);
    let room = rect.right() - space::S - place.right() - space::M;
    let small = FontId::proportional(size::SMALL);
    let text = one_line(ui, detail, small, theme.dim, room);
    let at = Pos2::new(rect.right() - space::S, rect.center().y);
    put(painter, text, at, Align2::RIGHT_CENTER);
    if response.has_focus() {
        focus_ring(painter, rect, &theme);
    }
    response.clicked()
}
