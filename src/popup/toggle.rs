//! Switches, ticks and choices: what is on or off, and which one of a few.

use egui::{
    Align2, Color32, CornerRadius, FontId, Id, Pos2, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::controls::{focus_ring, one_line, put};
use super::icons::{self, Icon};
use super::theme::{Theme, size, space};

/// Size of a switch, in points.
pub const SWITCH: Vec2 = Vec2::new(36.0, 20.0);

/// A switch in a place that is already decided; the caller changes what it stands for when it
/// is clicked, so that it always shows the truth.
pub fn switch_in(ui: &Ui, centre: Pos2, id: Id, on: bool, label: &str) -> Response {
    let rect = Rect::from_center_size(centre, SWITCH);
    let touch = rect.expand2(Vec2::new(6.0, 8.0));
    let response = ui.interact(touch, id, Sense::click());
    switch_look(ui, rect, &response, on, label);
    response
}

fn switch_look(ui: &Ui, rect: Rect, response: &Response, on: bool, label: &str) {
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, on, label));
    let theme = Theme::of(ui.ctx());
    let round = CornerRadius::same(10);
    let (fill, knob) = match (on, enabled) {
        (true, true) => (theme.accent, theme.on_accent),
        (true, false) => (theme.line, theme.dim),
        (false, _) => (theme.field, theme.dim),
    };
    let painter = ui.painter();
    painter.rect_filled(rect, round, fill);
    let line = match (on, response.hovered() && enabled) {
        (_, true) => theme.text,
        (true, false) => fill,
        (false, false) => theme.dim,
    };
    painter.rect_stroke(rect, round, Stroke::new(1.0, line), StrokeKind::Inside);
    // The knob's place tells it too, not the colour alone.
    let x = if on {
        rect.right() - 10.0
    } else {
        rect.left() + 10.0
    };
    painter.circle_filled(Pos2::new(x, rect.center().y), 6.0, knob);
    if response.has_focus() {
        painter.rect_stroke(
            rect.expand(3.0),
            CornerRadius::same(13),
            Stroke::new(2.0, theme.accent_text),
            StrokeKind::Inside,
        );
    }
}

/// A line of words with a switch at its end, as wide as `ui`; true when it was pressed.
pub fn switch_line(ui: &mut Ui, on: bool, label: &str) -> bool {
    let wanted = Vec2::new(ui.available_width(), 32.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    let theme = Theme::of(ui.ctx());
    if response.hovered() && ui.is_enabled() {
        let corner = CornerRadius::same(space::RADIUS);
        ui.painter()
            .rect_filled(rect.expand2(Vec2::new(space::S, 0.0)), corner, theme.hover);
    }
    let font = FontId::proportional(size::BODY);
    let ink = if ui.is_enabled() {
        theme.text
    } else {
        theme.dim
    };
    let words = one_line(ui, label, font, ink, rect.width() - SWITCH.x - space::M);
    put(ui.painter(), words, rect.left_center(), Align2::LEFT_CENTER);
    let centre = Pos2::new(rect.right() - SWITCH.x / 2.0, rect.center().y);
    let place = Rect::from_center_size(centre, SWITCH);
    switch_look(ui, place, &response, on, label);
    response.clicked()
}

/// A tick and its words, which may take several lines; true when it was pressed.
pub fn tick(ui: &mut Ui, on: bool, label: &str) -> bool {
    let theme = Theme::of(ui.ctx());
    let ink = if ui.is_enabled() {
        theme.text
    } else {
        theme.dim
    };
    let font = FontId::proportional(size::BODY);
    let width = ui.available_width() - 26.0;
    let words = super::controls::paragraph(ui, label, font, ink, width);
    let wanted = Vec2::new(ui.available_width(), words.size().y.max(20.0) + 8.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, label));
    let centre = Pos2::new(rect.left() + 9.0, rect.top() + 14.0);
    let place = Rect::from_center_size(centre, Vec2::splat(16.0));
    let corner = CornerRadius::same(4);
    let (fill, line) = match (on, response.hovered()) {
        (true, _) => (theme.accent, theme.accent),
        (false, true) => (theme.hover, theme.text),
        (false, false) => (theme.field, theme.dim),
    };
    let painter = ui.painter();
    painter.rect_filled(place, corner, fill);
    painter.rect_stroke(place, corner, Stroke::new(1.0, line), StrokeKind::Inside);
    if on {
        icons::paint(painter, Icon::Sent, centre, 12.0, theme.on_accent);
    }
    let at = Pos2::new(rect.left() + 26.0, rect.top() + 5.0);
    put(painter, words, at, Align2::LEFT_TOP);
    if response.has_focus() {
        focus_ring(painter, place.expand(3.0), &theme);
    }
    response.clicked()
}

/// A few words side by side of which one holds; returns the one that was pressed. They wrap
/// where they have no room.
pub fn choice(ui: &mut Ui, label: &str, options: &[&str], chosen: usize) -> Option<usize> {
    let mut pressed = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::XS);
        ui.horizontal_wrapped(|ui| {
            for (index, words) in options.iter().enumerate() {
                if option(ui, words, &format!("{label}: {words}"), index == chosen).clicked() {
                    pressed = Some(index);
                }
            }
        });
    });
    pressed.filter(|&index| index != chosen)
}

fn option(ui: &mut Ui, words: &str, label: &str, chosen: bool) -> Response {
    let theme = Theme::of(ui.ctx());
    let enabled = ui.is_enabled();
    let ink = if enabled { theme.text } else { theme.dim };
    let font = FontId::proportional(size::BODY);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), font, ink);
    let wanted = Vec2::new(galley.size().x + 2.0 * space::M, 28.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, chosen, label));
    let fill = match (chosen, response.hovered() && enabled) {
        (true, _) => theme.selected,
        (false, true) => theme.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    let line = if chosen {
        theme.accent_text
    } else {
        theme.line
    };
    let corner = CornerRadius::same(space::RADIUS);
    let painter = ui.painter();
    painter.rect_filled(rect, corner, fill);
    let width = if chosen { 1.5 } else { 1.0 };
    painter.rect_stroke(rect, corner, Stroke::new(width, line), StrokeKind::Inside);
    put(painter, galley, rect.center(), Align2::CENTER_CENTER);
    if response.has_focus() {
        focus_ring(painter, rect.expand(1.0), &theme);
    }
    response
}
