//! Signal strength in steps: bars for the mobile network, a fan for Wi-Fi.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};

/// Steps of a strength: 0 for nothing heard, 1..=4.
#[must_use]
pub fn steps(percent: Option<u8>) -> u8 {
    match percent {
        None => 0,
        Some(percent) => 1 + (percent.min(99) / 25).min(3),
    }
}

/// Four bars, 18 points wide, around `centre`.
pub fn bars(painter: &Painter, centre: Pos2, percent: Option<u8>, lit: Color32, unlit: Color32) {
    for bar in 0..4_u8 {
        let on = percent.is_some_and(|percent| u16::from(percent) * 4 > u16::from(bar) * 100);
        let height = 3.0 + 3.0 * f32::from(bar);
        let left = centre.x - 9.0 + 5.0 * f32::from(bar);
        let top = Pos2::new(left, centre.y + 6.0 - height);
        let rect = Rect::from_min_size(top, Vec2::new(3.0, height));
        painter.rect_filled(rect, 1, if on { lit } else { unlit });
    }
}

/// A dot and three arcs over it, `side` points wide, around `centre`.
pub fn fan(
    painter: &Painter,
    centre: Pos2,
    side: f32,
    percent: Option<u8>,
    lit: Color32,
    unlit: Color32,
) {
    let steps = steps(percent);
    let foot = centre + Vec2::new(0.0, side * 0.34);
    let colour = |step: u8| if steps >= step { lit } else { unlit };
    painter.circle_filled(foot, side * 0.095, colour(1));
    for arc in 1..=3_u8 {
        let radius = side * (0.03 + 0.22 * f32::from(arc));
        // A quarter of a turn, its middle straight up.
        let points = (-6..=6)
            .map(|step| {
                let angle = f32::from(step as i8) * std::f32::consts::FRAC_PI_4 / 6.0;
                foot + radius * Vec2::new(angle.sin(), -angle.cos())
            })
            .collect();
        let stroke = Stroke::new(side * 0.11, colour(arc + 1));
        painter.add(Shape::line(points, stroke));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strength_has_four_steps_and_silence_has_none() {
        let told = [
            None,
            Some(0),
            Some(24),
            Some(25),
            Some(74),
            Some(75),
            Some(255),
        ];
        assert_eq!(told.map(steps), [0, 1, 1, 2, 3, 4, 4]);
    }
}
