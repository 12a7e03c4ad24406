//! The position itself, large: what is copied, and the ways to its other forms.

use egui::{
    Align2, CornerRadius, FontId, Galley, Id, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
};
use std::sync::Arc;

use super::{Focus, Over, Scene, State, words};
use crate::popup::controls::{focus_ring, icon_button_in, one_line, paragraph, put};
use crate::popup::icons::Icon;
use crate::popup::theme::{size, space};
use crate::say;

const HEIGHT: f32 = 56.0;

/// Draws the position and returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let theme = scene.theme;
    let max = ui.max_rect();
    let Some(text) = scene
        .fix()
        .and_then(|fix| words::position(fix, state.notation))
    else {
        return 0.0;
    };
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), HEIGHT));
    let mut right = rect.right() - space::S;
    let mut tool = |icon: Icon, label: &str| {
        let centre = Pos2::new(right - 14.0, rect.center().y);
        right -= 28.0 + space::XS;
        let place = Rect::from_center_size(centre, Vec2::splat(28.0));
        let id: Id = ui.scope_id().with(label);
        icon_button_in(ui, place, id, icon, label).clicked()
    };
    if tool(Icon::Map, &say!("gnss-map-hint")) {
        open_map(state, scene);
    }
    if tool(Icon::Notation, &say!("gnss-notations-hint")) {
        state.toggle(Over::Notations);
    }
    if tool(Icon::Copy, &say!("gnss-copy-hint")) {
        copy(ui, state, scene);
    }
    let button = rect
        .with_max_x(right - space::XS)
        .with_min_x(rect.left() + space::S)
        .shrink2(Vec2::new(0.0, space::XS));
    let response = ui.interact(button, Focus::Copy.id(), Sense::click());
    let age = words::old_age(scene);
    let kind = words::notation(state.notation);
    let said = match &age {
        Some(age) => say!("gnss-position-was", age = age, position = &text),
        None => say!("gnss-position-is", position = &text),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    if response.hovered() {
        let corner = CornerRadius::same(space::RADIUS);
        ui.painter().rect_filled(button, corner, theme.hover);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), button, &theme);
    }
    let left = button.left() + space::S;
    let room = button.right() - space::S - left;
    let galley = fitting(ui, &text, scene.ink(), room);
    let middle = button.center().y;
    let two = galley.rows.len() < 2;
    let at = Pos2::new(left, if two { middle - 9.0 } else { middle });
    put(ui.painter(), galley, at, Align2::LEFT_CENTER);
    if two {
        let (note, ink) = match &age {
            Some(age) => (
                say!("gnss-notation-was", notation = kind, age = age),
                theme.warn,
            ),
            None => (kind, theme.dim),
        };
        let font = FontId::proportional(size::SMALL);
        let note = one_line(ui, &note, font, ink, room);
        put(
            ui.painter(),
            note,
            Pos2::new(left, middle + 13.0),
            Align2::LEFT_CENTER,
        );
    }
    if response.clicked() {
        copy(ui, state, scene);
    }
    let response = response.on_hover_text(say!("gnss-copy-hint"));
    if state.takes_focus(Focus::Copy) {
        response.request_focus();
    }
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    HEIGHT
}

/// The text as large as it fits; the longest in two lines.
fn fitting(ui: &Ui, text: &str, ink: egui::Color32, room: f32) -> Arc<Galley> {
    for points in [size::LARGE, 17.0, size::TITLE, size::BODY] {
        let line = one_line(ui, text, FontId::proportional(points), ink, room);
        if !line.elided {
            return line;
        }
    }
    paragraph(ui, text, FontId::proportional(size::SMALL), ink, room)
}

/// Copies the position in the chosen notation.
pub fn copy(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let text = scene
        .fix()
        .and_then(|fix| words::position(fix, state.notation));
    let Some(text) = text else {
        state.notice(say!("gnss-nothing-to-copy"));
        return;
    };
    let said = match words::old_age(scene) {
        Some(age) => say!("gnss-copied-was", age = age),
        None => say!("gnss-copied-value", value = &text),
    };
    ui.ctx().copy_text(text);
    state.notice(said);
}

/// Asks for the position's page of OpenStreetMap.
pub fn open_map(state: &mut State, scene: &Scene<'_>) {
    let osm = crate::gnss::coordinates::Notation::Osm;
    match scene.fix().and_then(|fix| words::position(fix, osm)) {
        Some(link) => state.link = Some(link),
        None => state.notice(say!("gnss-nothing-to-show")),
    }
}
