//! The list of all keys, over the window.

use egui::{
    Align2, CornerRadius, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::controls::{one_line, put};
use super::theme::{self, Theme, size, space};

/// Draws the keys and what they do over everything; true when it was clicked away.
pub fn overlay(ui: &mut Ui, whole: Rect, keys: &[(&str, &str)]) -> bool {
    let theme = Theme::of(ui.ctx());
    let row = ((whole.height() - 2.0 * space::S - 56.0) / keys.len() as f32).clamp(15.0, 24.0);
    let height = keys.len() as f32 * row + 56.0;
    let width = (whole.width() - 2.0 * space::M).min(440.0);
    let wanted = Vec2::new(width, height.min(whole.height() - 2.0 * space::S));
    let rect = Align2::CENTER_CENTER.anchor_size(whole.center(), wanted);
    let area = egui::Area::new(ui.scope_id().with("keys")).order(egui::Order::Foreground);
    let clicked = area
        .fixed_pos(whole.min)
        .fade_in(false)
        .show(ui.ctx(), |ui| {
            let shade = ui.interact(whole, ui.scope_id().with("shade"), Sense::CLICK);
            ui.set_min_size(whole.size());
            ui.painter()
                .rect_filled(whole, 0, egui::Color32::from_black_alpha(140));
            let corner = CornerRadius::same(space::RADIUS);
            ui.painter().rect_filled(rect, corner, theme.raised);
            ui.painter().rect_stroke(
                rect,
                corner,
                Stroke::new(1.0, theme.line),
                StrokeKind::Inside,
            );
            let panel = ui.interact(rect, ui.scope_id().with("panel"), Sense::hover());
            panel.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, "Keys"));
            let font = FontId::new(size::TITLE, theme::bold());
            let title = one_line(ui, "Keys", font, theme.text, width);
            let left = rect.left() + space::L;
            let at = Pos2::new(left, rect.top() + 24.0);
            put(ui.painter(), title, at, Align2::LEFT_CENTER);
            let middle = left + (width * 0.34).min(136.0);
            let body = FontId::proportional(size::BODY);
            let mut y = rect.top() + 44.0 + row / 2.0;
            for (keys, what) in keys {
                let room = middle - left - space::S;
                let keys = one_line(ui, keys, body.clone(), theme.accent_text, room);
                put(ui.painter(), keys, Pos2::new(left, y), Align2::LEFT_CENTER);
                let room = rect.right() - space::S - middle;
                let what = one_line(ui, what, body.clone(), theme.text, room);
                put(
                    ui.painter(),
                    what,
                    Pos2::new(middle, y),
                    Align2::LEFT_CENTER,
                );
                y += row;
            }
            shade.clicked()
        });
    clicked.inner
}
