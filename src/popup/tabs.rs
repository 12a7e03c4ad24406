//! A row of tabs: the pages of a window, or several things of the same kind.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::controls::{focus_ring, one_line, put};
use super::theme::{self, Theme, size, space};
use crate::say;

/// Height of a row, in points.
pub const HEIGHT: f32 = 34.0;
/// Room for a key beside the words.
const KEY: f32 = 18.0;

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Tab {
    /// What it shows.
    pub words: String,
    /// The key that turns to it, where it has one.
    pub key: String,
}

/// Draws `tabs` over the whole width of `ui`, none wider than `widest` points; returns the one
/// that was pressed.
pub fn row(ui: &mut Ui, tabs: &[Tab], chosen: usize, widest: f32) -> Option<usize> {
    let theme = Theme::of(ui.ctx());
    let rect = ui.max_rect();
    let room = rect.width() - 2.0 * space::S;
    let bold = FontId::new(size::BODY, theme::bold());
    let long = tabs.iter().map(|tab| {
        let text = one_line(ui, &tab.words, bold.clone(), theme.text, f32::INFINITY);
        text.size().x
    });
    let long = long.fold(0.0, f32::max);
    let width = (room / tabs.len().max(1) as f32).min(widest.max(long + 2.0 * KEY));
    // All have their key beside them, or none: a window may be narrow, a language long.
    let keys = long + 2.0 * KEY <= width + 0.5;
    let mut pressed = None;
    for (index, tab) in tabs.iter().enumerate() {
        let left = rect.left() + space::S + index as f32 * width;
        let place = Rect::from_min_size(Pos2::new(left, rect.top()), Vec2::new(width, HEIGHT));
        let is_chosen = index == chosen;
        let id = ui.scope_id().with("tab").with(index);
        let response = ui.interact(place, id, Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_chosen, &tab.words));
        let ink = match (is_chosen, response.hovered()) {
            (true, _) | (false, true) => theme.text,
            (false, false) => theme.dim,
        };
        let family = match is_chosen {
            true => theme::bold(),
            false => egui::FontFamily::Proportional,
        };
        let font = FontId::new(size::BODY, family);
        let text = one_line(ui, &tab.words, font, ink, width - 10.0);
        let painter = ui.painter();
        let spoken = put(painter, text, place.center(), Align2::CENTER_CENTER);
        if is_chosen {
            // A line as well: a bold word alone is easily overlooked.
            let under = Stroke::new(2.0, theme.accent_text);
            painter.hline(spoken.x_range().expand(4.0), place.bottom() - 2.0, under);
        }
        if !tab.key.is_empty() && keys {
            let font = FontId::proportional(size::SMALL);
            let hint = one_line(ui, &tab.key, font, theme.dim, 40.0);
            let at = Pos2::new(spoken.left() - 6.0, place.center().y);
            put(painter, hint, at, Align2::RIGHT_CENTER);
        }
        if response.has_focus() {
            focus_ring(painter, place.shrink(3.0), &theme);
        }
        if response.clicked() {
            pressed = Some(index);
        }
        if !tab.key.is_empty() {
            response.on_hover_text(say!("popup-key", key = tab.key.to_string()));
        }
    }
    let line = Stroke::new(1.0, theme.line);
    ui.painter()
        .hline(rect.x_range(), rect.bottom() - 0.5, line);
    pressed
}
