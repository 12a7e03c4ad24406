//! A battery's sign: as full as it is, with a bolt while it is charged.

use egui::{Color32, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2};

use super::words;
use crate::ds4::pad::{Battery, Charge};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::Theme;

/// Its size, in points.
pub const SIZE: Vec2 = Vec2::new(26.0, 12.0);

/// The colour of a battery: only what needs attention has one.
pub fn tint(battery: Battery, low: u8, theme: &Theme) -> Color32 {
    match battery.charge {
        _ if words::is_low(battery, low) => theme.error,
        Charge::Charging | Charge::Full => theme.ok,
        Charge::NotCharging => theme.warn,
        Charge::Unknown | Charge::Discharging => theme.text,
    }
}

/// Draws it with its left middle at `at`.
pub fn draw(painter: &Painter, at: Pos2, battery: Battery, low: u8, theme: &Theme) {
    let ink = tint(battery, low, theme);
    let shell = Rect::from_min_size(
        at - Vec2::new(0.0, SIZE.y / 2.0),
        SIZE - Vec2::new(3.0, 0.0),
    );
    let line = Stroke::new(1.2, theme.dim);
    painter.rect_stroke(shell, 3, line, StrokeKind::Inside);
    let nose = Rect::from_min_max(
        Pos2::new(shell.right() + 0.5, at.y - 2.5),
        Pos2::new(shell.right() + 2.5, at.y + 2.5),
    );
    painter.rect_filled(nose, 1, theme.dim);
    let Some(percent) = battery.percent else {
        return;
    };
    let inner = shell.shrink(2.4);
    let share = f32::from(percent.min(100)) / 100.0;
    // The last drop is still seen.
    let filled = inner.with_max_x(inner.left() + (inner.width() * share).max(1.5));
    painter.rect_filled(filled, 1, ink);
    if battery.charge == Charge::Charging {
        let centre = Pos2::new(at.x + SIZE.x + 7.0, at.y);
        icons::paint(painter, Icon::Charging, centre, 10.0, ink);
    }
}
