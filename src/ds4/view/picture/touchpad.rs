//! The touchpad with the fingers on it.

use egui::{Color32, Pos2, Stroke, Vec2};

use super::super::inks;
use super::super::symbols::halo;
use super::Pen;
use crate::ds4::controls::{Button, Controls, Finger};
use crate::ds4::light::Rgb;
use crate::ds4::snapshot::Pad;
use crate::popup::colour::mix;

/// Draws the touchpad of `pad`.
pub fn draw(pen: &Pen<'_>, pad: &Pad, controls: &Controls) {
    let (painter, place, inks) = (pen.painter, &pen.place, &pen.inks);
    let outline = &pen.shape.touchpad;
    let pressed = controls.buttons.contains(Button::Touchpad);
    let fill = match pressed {
        true => mix(inks.key, inks.lit, 0.45),
        false => mix(inks.key, inks.top, 0.45),
    };
    outline.fill(painter, place, fill, fill);
    let line = match pressed {
        true => Stroke::new(pen.line(0.9), inks.lit),
        false => pen.edge(),
    };
    outline.stroke(painter, place, line);
    // The strip in a DualShock 4's touchpad that the light bar shines through.
    if pen.shape.trim.is_none()
        && let Some(colour) = pad.light.colour.filter(|colour| *colour != Rgb::BLACK)
    {
        let strip = place.rect((-25.5, 3.0), (25.5, 4.1));
        let colour = mix(fill, inks::lamp(colour), 0.85);
        painter.rect_filled(strip, strip.height() / 2.0, colour);
    }
    for (index, finger) in controls.touch.iter().enumerate() {
        if let Some(finger) = finger {
            draw_finger(pen, index, *finger);
        }
    }
}

fn draw_finger(pen: &Pen<'_>, index: usize, finger: Finger) {
    let bounds = pen.shape.touchpad.bounds().shrink(3.4);
    let share = |v: f32| {
        if v.is_finite() {
            v.clamp(0.0, 1.0)
        } else {
            0.5
        }
    };
    let at: Pos2 = bounds.lerp_inside(Vec2::new(share(finger.x), share(finger.y)));
    let centre = pen.place.at(at.x, at.y);
    let radius = pen.place.long(3.4).max(4.0);
    halo(
        pen.painter,
        centre,
        Vec2::splat(radius * 2.4),
        pen.inks.lit.gamma_multiply(0.6),
    );
    let line = Stroke::new(1.0, Color32::WHITE);
    pen.painter.circle(centre, radius, pen.inks.lit, line);
    pen.text(centre, &(index + 1).to_string(), 5.0, pen.inks.on_lit);
}
