//! Names and their values, a line each.

use egui::{Align2, Color32, FontId, Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use crate::popup::controls::{paragraph, put};
use crate::popup::theme::{Theme, size};

/// Width of the names, in points.
pub const NAMES: f32 = 98.0;

/// A name and its value in the width that there is.
pub fn fact(ui: &mut Ui, name: &str, value: &str, ink: Color32) {
    let theme = Theme::of(ui.ctx());
    let width = ui.available_width();
    let font = FontId::proportional(size::BODY);
    let text = paragraph(ui, value, font.clone(), ink, width - NAMES);
    let said = format!("{name}: {value}");
    let name = paragraph(ui, name, font, theme.dim, NAMES - 4.0);
    let height = (text.size().y.max(name.size().y) + 4.0).max(22.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let top = rect.top() + 2.0;
    put(
        ui.painter(),
        name,
        Pos2::new(rect.left(), top),
        Align2::LEFT_TOP,
    );
    put(
        ui.painter(),
        text,
        Pos2::new(rect.left() + NAMES, top),
        Align2::LEFT_TOP,
    );
}

/// A sentence that wraps.
pub fn sentence(ui: &mut Ui, words: &str, points: f32, ink: Color32) {
    let width = ui.available_width();
    let text = paragraph(ui, words, FontId::proportional(points), ink, width);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, text.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    put(ui.painter(), text, rect.left_top(), Align2::LEFT_TOP);
}

/// Says to assistive technology what was painted there.
pub fn named(ui: &Ui, rect: Rect, salt: &str, role: Role, words: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
    response
}
