//! The last seconds of motion, for the plots.

use std::collections::VecDeque;

use crate::ds4::snapshot::Pad;
use crate::popup::plot::Point;

/// How far back it goes, in seconds.
pub const SPAN: f64 = 10.0;
/// After a longer pause than this nothing had moved, or a frame would have been drawn.
const PAUSE: f64 = 0.1;

/// What was true at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sample {
    secs: f64,
    /// Acceleration in g, then rotation in degrees a second, then jitter in milliseconds; what
    /// is not known is not a number.
    values: [f32; 7],
}

/// Smaller steps of the values are the noise of a pad that lies on a table.
const STEPS: [f32; 7] = [0.02, 0.02, 0.02, 3.0, 3.0, 3.0, 0.5];

/// Which of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Acceleration along an axis, in g.
    Accelerometer(usize),
    /// Rotation about an axis, in degrees a second.
    Gyroscope(usize),
    /// The unevenness of the reports, in milliseconds.
    Jitter,
}

impl Which {
    fn index(self) -> usize {
        match self {
            Self::Accelerometer(axis) => axis.min(2),
            Self::Gyroscope(axis) => 3 + axis.min(2),
            Self::Jitter => 6,
        }
    }
}

/// The last [`SPAN`] seconds.
#[derive(Debug, Default)]
pub struct History {
    samples: VecDeque<Sample>,
    /// The last moment at which anything moved.
    moved: Option<Sample>,
}

impl History {
    /// Takes in how a pad is now.
    pub fn add(&mut self, pad: &Pad, secs: f64) {
        let Some(motion) = &pad.motion else { return };
        let ([ax, ay, az], [gx, gy, gz]) = (motion.accelerometer_g, motion.gyro_dps);
        let jitter = pad.rate.map_or(f32::NAN, |rate| rate.jitter_ms);
        self.put(secs, [ax, ay, az, gx, gy, gz, jitter]);
    }

    fn put(&mut self, secs: f64, values: [f32; 7]) {
        let last = self.samples.back().copied();
        if last.is_some_and(|last| secs <= last.secs) {
            return;
        }
        if let Some(last) = last.filter(|last| secs - last.secs > PAUSE) {
            // Until just now it was as it had been; a slope over the pause would be untrue.
            let secs = secs - 0.016;
            self.samples.push_back(Sample { secs, ..last });
        }
        let moves = self.moved.is_none_or(|moved| {
            let pairs = moved.values.iter().zip(values);
            let mut pairs = STEPS.iter().zip(pairs);
            pairs.any(|(step, (a, b))| differs(*a, b, *step))
        });
        if moves {
            self.moved = Some(Sample { secs, values });
        }
        self.samples.push_back(Sample { secs, values });
        // One that is older keeps the line going to the edge.
        while self
            .samples
            .get(1)
            .is_some_and(|second| secs - second.secs > SPAN)
        {
            self.samples.pop_front();
        }
    }

    /// One of the values, oldest first.
    pub fn points(&self, which: Which, now: f64) -> Vec<Point> {
        let at = which.index();
        let mut points: Vec<Point> = self
            .samples
            .iter()
            .map(|sample| Point {
                ago_secs: (now - sample.secs).max(0.0),
                value: f64::from(sample.values.get(at).copied().unwrap_or(f32::NAN)),
            })
            .collect();
        // It is still true.
        if let Some(last) = points.last().copied().filter(|last| last.ago_secs > 0.0) {
            points.push(Point {
                ago_secs: 0.0,
                ..last
            });
        }
        points
    }

    /// Whether anything in sight has moved, so that the plots go on.
    pub fn is_moving(&self, now: f64) -> bool {
        self.moved.is_some_and(|moved| now - moved.secs <= SPAN)
    }
}

fn differs(a: f32, b: f32, step: f32) -> bool {
    (a - b).abs() > step || a.is_nan() != b.is_nan()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(values: &[(f64, f32)]) -> History {
        let mut history = History::default();
        for (secs, g) in values {
            history.put(*secs, [*g, 1.0, 0.0, 0.0, 0.0, 0.0, 0.5]);
        }
        history
    }

    #[test]
    fn what_lasted_through_a_pause_is_drawn_level_and_then_steps() {
        let points = history(&[(0.0, 0.2), (5.0, 0.9)]).points(Which::Accelerometer(0), 6.0);
        let tenths = |value: f64| (value * 10.0).round() / 10.0;
        let told: Vec<(f64, f64)> = points
            .iter()
            .map(|p| ((p.ago_secs * 100.0).round() / 100.0, tenths(p.value)))
            .collect();
        assert_eq!(told, [(6.0, 0.2), (1.02, 0.2), (1.0, 0.9), (0.0, 0.9)]);
    }

    #[test]
    fn it_keeps_what_is_in_sight_and_no_more() {
        let values: Vec<(f64, f32)> = (0..6_000_u16).map(|n| (f64::from(n) / 60.0, 0.5)).collect();
        let history = history(&values);
        let count = history.samples.len();
        assert!((600..=603).contains(&count), "{count}");
        let points = history.points(Which::Jitter, 5_999.0 / 60.0);
        let oldest = points.first().copied().unwrap();
        assert!(oldest.ago_secs >= SPAN && oldest.ago_secs < SPAN + 0.1);
    }

    #[test]
    fn noise_does_not_move_and_a_slow_turn_does() {
        let noise: Vec<(f64, f32)> = (0..1_200_u16)
            .map(|n| (f64::from(n) / 60.0, f32::from(n % 3) * 0.005))
            .collect();
        assert!(!history(&noise).is_moving(20.0));
        let slow: Vec<(f64, f32)> = (0..1_200_u16)
            .map(|n| (f64::from(n) / 60.0, f32::from(n) * 0.0005))
            .collect();
        assert!(history(&slow).is_moving(20.0));
    }
}
