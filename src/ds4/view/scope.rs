//! What the sticks and triggers measure: a stick's place, dead zone and reach in a circle, a
//! trigger's axis as a bar, its button apart from it, and all of it in numbers.

use std::f32::consts::TAU;

use egui::{Align2, FontId, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo};

use super::words;
use crate::ds4::controls::{Circularity, Controls, Stick, Trigger};
use crate::ds4::snapshot::Pad;
use crate::popup::colour::mix;
use crate::popup::controls::{one_line, put};
use crate::popup::theme::{self, Theme, size, space};
use crate::say;

/// Height of the row, in points.
pub const HEIGHT: f32 = 84.0;
/// Least width of a column that holds all its words.
const COLUMN: f32 = 204.0;

/// How high it is in so much width.
#[must_use]
pub fn height(width: f32) -> f32 {
    if width >= 3.0 * COLUMN {
        HEIGHT
    } else {
        3.0 * HEIGHT
    }
}

/// Draws the left stick, the triggers and the right stick; below each other where it is narrow.
pub fn ui(ui: &Ui, rect: Rect, pad: &Pad) {
    let wide = rect.width() >= 3.0 * COLUMN;
    let column = if wide {
        rect.width() / 3.0
    } else {
        rect.width()
    };
    let place = |index: f32| {
        let min = match wide {
            true => rect.min + Vec2::new(index * column, 0.0),
            false => rect.min + Vec2::new(0.0, index * HEIGHT),
        };
        Rect::from_min_size(min, Vec2::new(column, HEIGHT)).shrink2(Vec2::new(space::XS, 4.0))
    };
    let controls = pad.controls.unwrap_or_default();
    let [left, right] = &pad.circularity;
    let name = say!("ds4-stick-left");
    stick(ui, place(0.0), &name, controls.left, left);
    triggers(ui, place(1.0), &controls);
    let name = say!("ds4-stick-right");
    stick(ui, place(2.0), &name, controls.right, right);
}

fn stick(ui: &Ui, rect: Rect, name: &str, stick: Stick, reach: &Circularity) {
    let theme = Theme::of(ui.ctx());
    let radius = rect.height() / 2.0;
    let centre = Pos2::new(rect.left() + radius, rect.center().y);
    circle(ui.painter(), centre, radius - 2.0, stick, reach, &theme);
    // The circle leaves more room than that beside it.
    let left = rect.left() + 2.0 * radius + space::XS;
    let room = rect.right() - left;
    let (x, y) = (words::signed(stick.x, 2), words::signed(-stick.y, 2));
    let lines = [
        format!("x {x}  y {y}"),
        words::dead_zone(stick),
        words::circularity(reach),
    ];
    let said = format!("{name}: {}", lines.join(", "));
    let response = ui.interact(rect, ui.scope_id().with(name), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    let bold = FontId::new(size::SMALL, theme::bold());
    let small = FontId::proportional(size::SMALL);
    let mut y = rect.center().y - 27.0;
    let mut line = |text: &str, font: FontId, colour| {
        let text = one_line(ui, text, font, colour, room);
        put(ui.painter(), text, Pos2::new(left, y), Align2::LEFT_CENTER);
        y += 18.0;
    };
    line(name, bold, theme.text);
    let [place, zone, round] = &lines;
    line(place, small.clone(), theme.text);
    line(zone, small.clone(), theme.dim);
    line(round, small, theme.dim);
}

/// The circle that a stick should reach, what it did reach, its dead zone and where it is.
fn circle(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    stick: Stick,
    reach: &Circularity,
    theme: &Theme,
) {
    // Sticks that reach into the corners go beyond the circle: it leaves them room.
    let unit = radius * 0.80;
    painter.circle(centre, unit, theme.field, Stroke::new(1.0, theme.dim));
    let cross = Stroke::new(1.0, theme.line);
    painter.hline(centre.x - unit..=centre.x + unit, centre.y, cross);
    painter.vline(centre.x, centre.y - unit..=centre.y + unit, cross);
    trace(painter, centre, unit, reach, theme);
    if stick.flat > 0.0 {
        // An advised dead zone is of each axis by itself: a square.
        let half = (unit * words::share(stick.flat)).max(2.0);
        let zone = Rect::from_center_size(centre, Vec2::splat(2.0 * half));
        let tint = if stick.is_in_dead_zone() {
            theme.dim
        } else {
            theme.line
        };
        let line = Stroke::new(1.0, tint);
        painter.rect_stroke(zone, 1, line, egui::StrokeKind::Middle);
    }
    let number = |v: f32| {
        if v.is_finite() {
            v.clamp(-1.0, 1.0)
        } else {
            0.0
        }
    };
    let at = centre + Vec2::new(number(stick.x), number(stick.y)) * unit;
    painter.line_segment([centre, at], Stroke::new(1.0, theme.accent_text));
    painter.circle(at, 3.5, theme.accent_text, Stroke::new(1.0, theme.field));
}

/// The outline of where the stick has been.
fn trace(painter: &Painter, centre: Pos2, unit: f32, reach: &Circularity, theme: &Theme) {
    let outline = reach.outline();
    let count = outline.len().max(1) as f32;
    let ink = mix(theme.field, theme.ok, 0.8);
    let mut line: Vec<Pos2> = Vec::new();
    let draw = |line: &mut Vec<Pos2>| {
        let points = std::mem::take(line);
        if points.len() > 1 {
            painter.add(Shape::line(points, Stroke::new(1.5, ink)));
        }
    };
    // Once more round to the first point, so that a whole turn closes.
    for (index, far) in (0..).zip(outline.iter().chain(outline.first())) {
        let angle = (index as f32 + 0.5) / count * TAU;
        if far.is_finite() && *far > 0.1 {
            let far = far.min(1.25);
            line.push(centre + Vec2::angled(angle) * far * unit);
        } else {
            draw(&mut line);
        }
    }
    draw(&mut line);
}

fn triggers(ui: &Ui, rect: Rect, controls: &Controls) {
    let rows = [("L2", controls.l2), ("R2", controls.r2)];
    for (index, (name, value)) in rows.into_iter().enumerate() {
        let middle = rect.top() + rect.height() * (0.25 + 0.5 * index as f32);
        let row = Rect::from_min_max(
            Pos2::new(rect.left() + space::S, middle - 17.0),
            Pos2::new(rect.right() - space::S, middle + 17.0),
        );
        trigger(ui, row, name, value);
    }
}

fn trigger(ui: &Ui, row: Rect, name: &str, trigger: Trigger) {
    let theme = Theme::of(ui.ctx());
    let painter = ui.painter();
    let value = words::share(trigger.value);
    let axis = words::percent(value);
    let (button, said) = match trigger.pressed {
        true => (
            say!("ds4-button-down"),
            say!("ds4-trigger-down", trigger = name, axis = axis),
        ),
        false => (
            say!("ds4-button-up"),
            say!("ds4-trigger-up", trigger = name, axis = axis),
        ),
    };
    let response = ui.interact(row, ui.scope_id().with(name), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    let y = row.top() + 9.0;
    let bold = FontId::new(size::SMALL, theme::bold());
    let small = FontId::proportional(size::SMALL);
    let text = one_line(ui, name, bold, theme.text, 40.0);
    put(painter, text, Pos2::new(row.left(), y), Align2::LEFT_CENTER);
    let text = one_line(ui, &words::percent(value), small.clone(), theme.text, 60.0);
    put(
        painter,
        text,
        Pos2::new(row.left() + 24.0, y),
        Align2::LEFT_CENTER,
    );
    let ink = if trigger.pressed {
        theme.text
    } else {
        theme.dim
    };
    let text = one_line(ui, &button, small, ink, 100.0);
    let place = put(
        painter,
        text,
        Pos2::new(row.right(), y),
        Align2::RIGHT_CENTER,
    );
    let lamp = Pos2::new(place.left() - 9.0, y);
    if trigger.pressed {
        painter.circle_filled(lamp, 4.0, theme.ok);
    } else {
        painter.circle_stroke(lamp, 3.5, Stroke::new(1.0, theme.dim));
    }
    let bar = Rect::from_min_max(
        Pos2::new(row.left(), row.bottom() - 10.0),
        Pos2::new(row.right(), row.bottom() - 2.0),
    );
    painter.rect_filled(bar, 4, theme.field);
    if value > 0.0 {
        let filled = bar.with_max_x(bar.left() + bar.width() * value);
        painter.rect_filled(filled, 4, theme.accent);
    }
    let line = Stroke::new(1.0, theme.line);
    painter.rect_stroke(bar, 4, line, egui::StrokeKind::Inside);
}
