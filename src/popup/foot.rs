//! What a popup's foot is made of: things that are wanted now and then, as icons with words.

use std::sync::Arc;

use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo,
};

use super::colour::mix;
use super::controls::{focus_ring, one_line, put};
use super::icons::{self, Icon};
use super::theme::{Theme, size, space};

/// One of them.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// Before the words.
    pub icon: Icon,
    /// A word or two.
    pub words: &'a str,
    /// What assistive technology calls it.
    pub label: &'a str,
    /// What it does, and the key that does the same.
    pub hint: &'a str,
    /// Whether it is on now.
    pub on: bool,
    /// Whether it can be pressed.
    pub can: bool,
}

/// Where a key is only an icon, it is this wide.
const ICON: f32 = 32.0;

/// Draws keys from `left` to `end` in a foot; returns the one that was pressed. Where there is
/// no room for all their words, the last ones are icons.
pub fn row(ui: &mut Ui, left: f32, end: f32, foot: Rect, keys: &[Key<'_>]) -> Option<usize> {
    let widths: Vec<f32> = keys.iter().map(|key| width(ui, key)).collect();
    let room = end - left - space::XS * keys.len().saturating_sub(1) as f32;
    let with_words = (0..=keys.len()).rev().find(|count| {
        let words: f32 = widths.iter().take(*count).sum();
        words + ICON * (keys.len() - count) as f32 <= room
    });
    let with_words = with_words.unwrap_or(0);
    let mut x = left;
    let mut pressed = None;
    for (index, (key, width)) in keys.iter().zip(widths).enumerate() {
        let width = if index < with_words { width } else { ICON };
        if draw(ui, x, width, foot, key) {
            pressed = Some(index);
        }
        x += width + space::XS;
    }
    pressed
}

fn width(ui: &Ui, key: &Key<'_>) -> f32 {
    words(ui, key, Color32::PLACEHOLDER).size().x + 14.0 + 6.0 + 2.0 * space::S
}

fn words(ui: &Ui, key: &Key<'_>, ink: Color32) -> Arc<Galley> {
    one_line(ui, key.words, FontId::proportional(size::SMALL), ink, 140.0)
}

/// An icon with its words where they have room between `left`, which moves on, and `end`; true
/// when it was pressed.
pub fn key(ui: &mut Ui, left: &mut f32, end: f32, foot: Rect, key: &Key<'_>) -> bool {
    let wanted = width(ui, key);
    let width = if wanted <= end - *left { wanted } else { ICON };
    let pressed = draw(ui, *left, width, foot, key);
    *left += width + space::XS;
    pressed
}

fn draw(ui: &mut Ui, left: f32, width: f32, foot: Rect, key: &Key<'_>) -> bool {
    let theme = Theme::of(ui.ctx());
    let ink = match (key.can, key.on) {
        (false, _) => mix(theme.raised, theme.dim, 0.45),
        (true, true) => theme.accent_text,
        (true, false) => theme.text,
    };
    let with_words = width > ICON;
    let words = words(ui, key, ink);
    let min = Pos2::new(left, foot.center().y - 15.0);
    let place = Rect::from_min_size(min, Vec2::new(width, 30.0));
    let sense = if key.can {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(place, ui.scope_id().with(key.words), sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, key.can, key.on, key.label));
    let corner = CornerRadius::same(space::RADIUS);
    let painter = ui.painter();
    if key.on {
        painter.rect_filled(place, corner, theme.selected);
        let line = Stroke::new(1.0, theme.accent_text);
        painter.rect_stroke(place, corner, line, StrokeKind::Inside);
    } else if response.hovered() && key.can {
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
    icons::paint(painter, key.icon, Pos2::new(x, place.center().y), 14.0, ink);
    if with_words {
        let at = Pos2::new(x + 13.0, place.center().y);
        put(painter, words, at, Align2::LEFT_CENTER);
    }
    let clicked = response.clicked();
    response.on_hover_text(key.hint);
    clicked
}
