//! What the pages of numbers are made of: groups of facts, each of which a click copies.

use egui::{Align2, CornerRadius, FontId, Pos2, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::{Scene, State};
use crate::popup::controls::{focus_ring, one_line, paragraph, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, Theme, size, space};
use crate::say;

/// Width of the names.
const NAMES: f32 = 112.0;

/// Words over a group.
pub fn group(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui.ctx());
    let wanted = Vec2::new(ui.available_width(), 24.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, words));
    let font = FontId::new(size::SMALL, theme::bold());
    let text = one_line(ui, words, font, theme.dim, rect.width());
    let at = Pos2::new(rect.left(), rect.center().y);
    put(ui.painter(), text, at, Align2::LEFT_CENTER);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

/// A name and its value; nothing where there is no value.
pub fn fact(ui: &mut Ui, name: &str, value: Option<String>, state: &mut State, scene: &Scene<'_>) {
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return;
    };
    line(ui, name, &value, scene.ink(), state);
}

/// A [`fact`] that is true now whatever became of the fix.
pub fn lasting(ui: &mut Ui, name: &str, value: Option<String>, state: &mut State) {
    let ink = Theme::of(ui.ctx()).text;
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        line(ui, name, &value, ink, state);
    }
}

fn line(ui: &mut Ui, name: &str, value: &str, ink: egui::Color32, state: &mut State) {
    let theme = Theme::of(ui.ctx());
    let width = ui.available_width();
    let font = FontId::proportional(size::BODY);
    let text = paragraph(ui, value, font.clone(), ink, width - NAMES - 18.0);
    let name_galley = paragraph(ui, name, font, theme.dim, NAMES - 4.0);
    let height = (text.size().y.max(name_galley.size().y) + 6.0).max(24.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::click());
    let said = format!("{name}: {value}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    let outer = rect.expand2(Vec2::new(space::XS, 0.0));
    if response.hovered() {
        let corner = CornerRadius::same(space::RADIUS);
        ui.painter().rect_filled(outer, corner, theme.hover);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), outer, &theme);
    }
    let top = rect.top() + 3.0;
    put(
        ui.painter(),
        name_galley,
        Pos2::new(rect.left(), top),
        Align2::LEFT_TOP,
    );
    put(
        ui.painter(),
        text,
        Pos2::new(rect.left() + NAMES, top),
        Align2::LEFT_TOP,
    );
    if response.hovered() || response.has_focus() {
        let at = Pos2::new(rect.right() - 7.0, rect.center().y);
        icons::paint(ui.painter(), Icon::Copy, at, 12.0, theme.dim);
    }
    if response.clicked() {
        ui.ctx().copy_text(value.to_owned());
        state.notice(say!("gnss-copied-value", value = value));
    }
}

/// A sentence that wraps, in the dim colour.
pub fn sentence(ui: &mut Ui, words: &str, width: f32) {
    let theme = Theme::of(ui.ctx());
    let galley = paragraph(
        ui,
        words,
        FontId::proportional(size::BODY),
        theme.dim,
        width,
    );
    let wanted = Vec2::new(width, galley.size().y);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    put(ui.painter(), galley, rect.left_top(), Align2::LEFT_TOP);
}
