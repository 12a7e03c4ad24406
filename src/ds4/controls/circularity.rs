//! How round a stick's way is: the farthest that it went in each direction.

use std::f32::consts::TAU;

use super::Stick;

/// Directions that are told apart.
const SECTORS: usize = 64;

/// A stick counts as turned once nearly everywhere.
const ENOUGH: usize = SECTORS * 9 / 10;

/// The outline that a stick reached so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circularity {
    reached: [f32; SECTORS],
}

impl Default for Circularity {
    fn default() -> Self {
        Self {
            reached: [0.0; SECTORS],
        }
    }
}

impl Circularity {
    /// Takes a position in.
    pub fn add(&mut self, stick: Stick) {
        let magnitude = stick.magnitude();
        let turn = stick.y.atan2(stick.x).rem_euclid(TAU) / TAU;
        // A turn is below 1, up to rounding.
        let sector = ((turn * SECTORS as f32) as usize).min(SECTORS - 1);
        if let Some(reached) = self.reached.get_mut(sector) {
            *reached = reached.max(magnitude);
        }
    }

    /// The farthest way in each direction, clockwise from the right; 0 where it never was.
    #[must_use]
    pub fn outline(&self) -> &[f32] {
        &self.reached
    }

    /// How far the outline is from a circle of radius 1, in per cent on average; `None` before
    /// the stick was turned once along its edge.
    #[must_use]
    pub fn error_percent(&self) -> Option<f32> {
        // Nearer than this it was not at its edge.
        let edge: Vec<f32> = self
            .reached
            .iter()
            .copied()
            .filter(|reached| *reached > 0.6)
            .collect();
        if edge.len() < ENOUGH {
            return None;
        }
        let sum: f32 = edge.iter().map(|reached| (reached - 1.0).abs()).sum();
        Some(sum / edge.len() as f32 * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(shape: impl Fn(f32, f32) -> (f32, f32)) -> Circularity {
        let mut all = Circularity::default();
        for step in 0..720 {
            let (sin, cos) = (TAU * step as f32 / 720.0).sin_cos();
            let (x, y) = shape(cos, sin);
            all.add(Stick { x, y, flat: 0.0 });
        }
        all
    }

    #[test]
    fn a_circle_has_no_error_and_a_square_has_one() {
        let circle = turned(|x, y| (x, y)).error_percent().unwrap();
        assert!(circle < 0.1, "{circle}");
        let square = turned(|x, y| {
            let larger = x.abs().max(y.abs());
            (x / larger, y / larger)
        });
        let square = square.error_percent().unwrap();
        assert!((12.0..16.0).contains(&square), "{square}");
    }

    #[test]
    fn nothing_is_said_before_the_stick_was_turned() {
        let mut half = Circularity::default();
        assert_eq!(half.error_percent(), None);
        half.add(Stick {
            x: 1.0,
            ..Stick::default()
        });
        assert_eq!(half.error_percent(), None);
        assert_eq!(half.outline().first(), Some(&1.0));
    }
}
