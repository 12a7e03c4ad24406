//! A trigger: its axis fills it from below, and a lamp of its own tells its button. The two are
//! independent fields of the pad's report, and now and then disagree.

use egui::{Align2, FontId, Rect, Stroke, Vec2};

use super::super::outline::Outline;
use super::super::symbols::halo;
use super::super::words;
use super::Pen;
use crate::ds4::controls::Trigger;
use crate::popup::theme::Theme;
use crate::say;

/// Draws L2 (`side` -1) or R2 (1) with its value beside it.
pub fn draw(
    pen: &Pen<'_>,
    outline: &Outline,
    trigger: Trigger,
    name: &str,
    side: f32,
    theme: Option<&Theme>,
) {
    let (painter, place, inks) = (pen.painter, &pen.place, &pen.inks);
    let value = words::share(trigger.value);
    outline.fill(painter, place, inks.key, inks.key);
    let bounds = outline.bounds();
    let whole = Rect::from_min_max(
        place.at(bounds.left(), bounds.top()),
        place.at(bounds.right(), bounds.bottom()),
    );
    if value > 0.0 {
        let level = whole.bottom() - whole.height() * value;
        let below = whole.expand(2.0).with_min_y(level);
        let filled = painter.with_clip_rect(below.intersect(painter.clip_rect()));
        outline.fill(&filled, place, inks.lit, inks.lit);
        // The level itself, for those who see no difference in the colours.
        let line = painter.with_clip_rect(whole.expand(-1.0).intersect(painter.clip_rect()));
        line.hline(
            whole.x_range().shrink(place.long(2.0)),
            level,
            Stroke::new(1.0, inks.on_lit),
        );
    }
    outline.stroke(painter, place, pen.edge());
    let ink = if value > 0.5 { inks.on_lit } else { inks.glyph };
    pen.text(place.at(side * 52.4, -16.6), name, 5.4, ink);
    let Some(theme) = theme else { return };
    lamp(pen, trigger.pressed, side, theme);
    let size = place.long(5.0);
    if size >= 9.0 {
        let align = if side < 0.0 {
            Align2::LEFT_CENTER
        } else {
            Align2::RIGHT_CENTER
        };
        let colour = if value > 0.0 { theme.text } else { theme.dim };
        let at = place.at(side * 38.0, -20.4);
        let font = FontId::proportional(size.clamp(10.0, 13.0));
        painter.text(at, align, words::percent(value), font, colour);
    }
}

/// The button's lamp beside the trigger.
fn lamp(pen: &Pen<'_>, pressed: bool, side: f32, theme: &Theme) {
    let (painter, place) = (pen.painter, &pen.place);
    let centre = place.at(side * 36.4, -13.6);
    let radius = place.long(1.6).max(2.5);
    if pressed {
        halo(
            painter,
            centre,
            Vec2::splat(radius * 3.0),
            theme.ok.gamma_multiply(0.7),
        );
        painter.circle_filled(centre, radius, theme.ok);
    } else {
        painter.circle_stroke(centre, radius, Stroke::new(1.0, theme.dim));
    }
    let size = place.long(4.6);
    if size >= 8.5 {
        let align = if side < 0.0 {
            Align2::LEFT_CENTER
        } else {
            Align2::RIGHT_CENTER
        };
        let colour = if pressed { theme.text } else { theme.dim };
        let at = place.at(side * 33.2, -13.6);
        let font = FontId::proportional(size.clamp(9.0, 12.0));
        painter.text(at, align, say!("ds4-button"), font, colour);
    }
}
