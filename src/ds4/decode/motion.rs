//! Accelerometer and gyroscope.

use super::{Axis, Belief, Event, Said, code};

const AXES: [u16; 6] = [
    code::ABS_X,
    code::ABS_Y,
    code::ABS_Z,
    code::ABS_RX,
    code::ABS_RY,
    code::ABS_RZ,
];

/// What the sensors measured at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sample {
    /// Acceleration along x, y, z.
    pub accelerometer_g: [f32; 3],
    /// Rotation about x, y, z, its drift in it.
    pub gyro_dps: [f32; 3],
    /// The time since the sample before by the sensors' clock, in microseconds; `None` for the
    /// first one, and where the clock does not tell.
    pub step_us: Option<u32>,
    /// When it came, in microseconds of the kernel's clock.
    pub at_us: u64,
}

/// The event device of the motion sensors.
#[derive(Debug, Clone, Default)]
pub struct Sensors {
    belief: Belief,
    axes: [Axis; 6],
    /// `MSC_TIMESTAMP`: microseconds, from 0 again after 71 minutes.
    clock: Option<u32>,
    before: Option<u32>,
    whole: Option<Sample>,
}

impl Sensors {
    /// Takes over the state: an axis by its code.
    pub fn seed(&mut self, axis: impl Fn(u16) -> Axis) {
        self.axes = AXES.map(axis);
        self.clock = None;
        self.before = None;
        self.belief = Belief::All;
    }

    /// Takes in an event.
    pub fn feed(&mut self, event: &Event) -> Said {
        match self.belief.judge(event) {
            Ok(()) => {
                self.take(event);
                Said::Nothing
            }
            Err(Said::Report) => {
                self.finish(event.at_us);
                Said::Report
            }
            Err(said) => {
                self.whole = None;
                said
            }
        }
    }

    /// The last whole report; `None` before the first.
    #[must_use]
    pub fn sample(&self) -> Option<&Sample> {
        self.whole.as_ref()
    }

    fn take(&mut self, event: &Event) {
        match (event.kind, event.code) {
            (code::EV_ABS, what) => {
                let at = AXES.iter().position(|code| *code == what);
                if let Some(axis) = at.and_then(|at| self.axes.get_mut(at)) {
                    axis.value = event.value;
                }
            }
            // The kernel's u32 in an i32.
            (code::EV_MSC, code::MSC_TIMESTAMP) => self.clock = Some(event.value as u32),
            _ => {}
        }
    }

    fn finish(&mut self, at_us: u64) {
        let step_us = match (self.clock, self.before) {
            (Some(now), Some(before)) => Some(now.wrapping_sub(before)),
            _ => None,
        };
        self.before = self.clock;
        let [x, y, z, rx, ry, rz] = self.axes.map(|axis| axis.physical());
        self.whole = Some(Sample {
            accelerometer_g: [x, y, z],
            gyro_dps: [rx, ry, rz],
            step_us,
            at_us,
        });
    }
}
