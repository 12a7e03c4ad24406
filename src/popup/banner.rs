//! The strip that says what stands in the way, and the one thing to do about it.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo};

use super::controls::{Weight, button, icon_button_in, paragraph, put};
use super::icons::{self, Icon};
use super::theme::{Theme, size, space};
use crate::say;

/// How bad it is; decides the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// It needs attention.
    Warn,
    /// It went wrong.
    Error,
}

/// What can be done about it.
#[derive(Debug, Clone, Copy)]
pub struct Action<'a> {
    /// Before the words.
    pub icon: Icon,
    /// The words on the button.
    pub label: &'a str,
    /// The key that does the same.
    pub hint: &'a str,
    /// Whether it is the one thing to do now.
    pub primary: bool,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Drawn {
    /// In points.
    pub height: f32,
    /// Whether the action was pressed.
    pub pressed: bool,
    /// Whether it was closed.
    pub closed: bool,
}

/// Draws the strip at the top of `ui`.
pub fn draw(
    ui: &mut Ui,
    icon: Icon,
    tone: Tone,
    sentence: &str,
    action: Option<Action<'_>>,
    closes: bool,
) -> Drawn {
    let theme = Theme::of(ui.ctx());
    let tint = match tone {
        Tone::Info => theme.dim,
        Tone::Warn => theme.warn,
        Tone::Error => theme.error,
    };
    let max = ui.max_rect();
    let button_width = action.map_or(0.0, |action| {
        let font = FontId::proportional(size::BODY);
        let words = ui
            .painter()
            .layout_no_wrap(action.label.to_owned(), font, theme.text);
        words.size().x + 20.0 + 2.0 * space::M + space::M
    });
    let close_width = if closes { 36.0 } else { 0.0 };
    let end = max.right() - button_width - close_width;
    let text_left = max.left() + space::L + 16.0 + space::S;
    let width = end - space::S - text_left;
    let font = FontId::proportional(size::BODY);
    let galley = paragraph(ui, sentence, font, theme.text, width);
    let height = (galley.size().y + 2.0 * space::S).max(40.0).round();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), height));
    let painter = ui.painter();
    painter.rect_filled(rect, 0, theme.raised);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    // A stripe and an icon: the tone is never told by colour alone.
    painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0, tint);
    let centre = Pos2::new(rect.left() + space::L + 8.0, rect.center().y);
    icons::paint(painter, icon, centre, 16.0, tint);
    let at = Pos2::new(text_left, rect.center().y);
    let place = put(painter, galley, at, Align2::LEFT_CENTER);
    let response = ui.interact(place, ui.scope_id().with("sentence"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, sentence));
    let mut drawn = Drawn {
        height,
        ..Drawn::default()
    };
    if let Some(action) = action {
        let inner = rect
            .with_min_x(end)
            .with_max_x(rect.right() - close_width.max(space::M));
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
            let weight = if action.primary {
                Weight::Primary
            } else {
                Weight::Plain
            };
            let pressed = button(ui, Some(action.icon), action.label, weight);
            drawn.pressed = pressed.on_hover_text(action.hint).clicked();
        });
    }
    if closes {
        let centre = Pos2::new(rect.right() - 20.0, rect.center().y);
        let place = Rect::from_center_size(centre, Vec2::splat(28.0));
        let id = ui.scope_id().with("close");
        drawn.closed = icon_button_in(ui, place, id, Icon::Close, &say!("popup-close")).clicked();
    }
    drawn
}
