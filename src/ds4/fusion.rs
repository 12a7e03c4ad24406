//! From rates and accelerations to the way a pad is held.
//!
//! A complementary filter on a quaternion: the gyroscope is integrated, and where the
//! accelerometer feels little else than gravity, the tilt is drawn slowly to it. The drift of the
//! gyroscope is what it says while the pad lies still: hid-sony takes the factory's off already,
//! hid-playstation leaves it, and it wanders with the temperature, so it is measured again at
//! every still moment.

use super::decode::Sample;
use super::motion::{Calibration, Motion, Quaternion};

/// How long a pad has to lie still.
const STILL_S: f32 = 0.6;
/// Within this range each axis has to stay meanwhile.
const STILL_DPS: f32 = 1.5;
/// And the acceleration within this.
const STILL_G: f32 = 0.03;
/// A sensor that drifts faster is being turned.
const DRIFT_MOST_DPS: f32 = 12.0;
/// In this time the tilt follows the accelerometer.
const TILT_S: f32 = 1.0;
/// No report for longer than this: nothing is known of the time between.
const GAP_S: f32 = 0.2;

/// The filter of one pad.
#[derive(Debug, Clone, Default)]
pub struct Fusion {
    orientation: Option<Quaternion>,
    drift_dps: [f32; 3],
    calibration: Calibration,
    still: Still,
    last_us: Option<u64>,
}

/// A stretch of time in which nothing moved.
#[derive(Debug, Clone, Copy, Default)]
struct Still {
    seconds: f32,
    count: f32,
    sum_dps: [f32; 3],
    low: [f32; 6],
    high: [f32; 6],
}

impl Fusion {
    /// Forgets the drift and the heading; the drift is measured as soon as the pad lies still.
    pub fn calibrate(&mut self) {
        *self = Self {
            calibration: Calibration::Waiting,
            last_us: self.last_us,
            ..Self::default()
        };
    }

    /// Takes the heading of now as straight ahead.
    pub fn recentre(&mut self) {
        self.orientation = None;
    }

    /// Takes a sample in.
    pub fn add(&mut self, sample: &Sample) -> Motion {
        let by_kernel = self
            .last_us
            .and_then(|last| sample.at_us.checked_sub(last))
            .map(|us| us as f32 / 1e6);
        self.last_us = Some(sample.at_us);
        let step = sample
            .step_us
            .map(|us| us as f32 / 1e6)
            .or(by_kernel)
            .filter(|seconds| *seconds <= GAP_S)
            .unwrap_or(0.0);
        if let Some(drift) = self.still.add(sample, step) {
            self.drift_dps = drift;
            self.calibration = Calibration::Done;
        }
        let mut gyro_dps = sample.gyro_dps;
        for (rate, drift) in gyro_dps.iter_mut().zip(self.drift_dps) {
            *rate -= drift;
        }
        let accelerometer_g = sample.accelerometer_g;
        let orientation = match self.orientation {
            None => upright(accelerometer_g),
            Some(before) => tilted(turned(before, gyro_dps, step), accelerometer_g, step),
        };
        self.orientation = Some(orientation);
        Motion {
            accelerometer_g,
            gyro_dps,
            orientation,
            calibration: self.calibration,
        }
    }
}

impl Still {
    /// The drift, once it lay still for long enough.
    fn add(&mut self, sample: &Sample, step: f32) -> Option<[f32; 3]> {
        let [ax, ay, az] = sample.accelerometer_g;
        let [gx, gy, gz] = sample.gyro_dps;
        let values = [gx, gy, gz, ax, ay, az];
        if self.count == 0.0 || step == 0.0 {
            (self.low, self.high) = (values, values);
            (self.seconds, self.count, self.sum_dps) = (0.0, 1.0, [gx, gy, gz]);
            return None;
        }
        self.seconds += step;
        self.count += 1.0;
        let mut is_still = true;
        let ranges = self.low.iter_mut().zip(&mut self.high).zip(values);
        for (at, ((low, high), value)) in ranges.enumerate() {
            *low = low.min(value);
            *high = high.max(value);
            is_still &= *high - *low <= if at < 3 { STILL_DPS } else { STILL_G };
        }
        for (sum, rate) in self.sum_dps.iter_mut().zip(sample.gyro_dps) {
            *sum += rate;
        }
        if !is_still {
            self.count = 0.0;
            return None;
        }
        if self.seconds < STILL_S {
            return None;
        }
        let drift = self.sum_dps.map(|sum| sum / self.count);
        self.count = 0.0;
        drift
            .iter()
            .all(|dps| dps.abs() <= DRIFT_MOST_DPS)
            .then_some(drift)
    }
}

/// The shortest turn that brings the felt "up" to the room's.
fn upright(felt_g: [f32; 3]) -> Quaternion {
    let [x, y, z] = felt_g;
    let length = (x * x + y * y + z * z).sqrt();
    if length < 0.1 {
        return Quaternion::default();
    }
    let (x, y, z) = (x / length, y / length, z / length);
    if y < -0.9999 {
        // Upside down: rolled over, about its z.
        return Quaternion {
            w: 0.0,
            x: 0.0,
            y: 0.0,
            z: 1.0,
        };
    }
    // The axis is felt × up = (-z, 0, x).
    normal(Quaternion {
        w: 1.0 + y,
        x: -z,
        y: 0.0,
        z: x,
    })
}

/// Turned by rates, in the pad's own axes, for a time.
fn turned(before: Quaternion, dps: [f32; 3], seconds: f32) -> Quaternion {
    let [x, y, z] = dps.map(|rate| rate.to_radians() * seconds);
    let angle = (x * x + y * y + z * z).sqrt();
    if angle < 1e-9 {
        return before;
    }
    let (sin, cos) = (angle / 2.0).sin_cos();
    let part = sin / angle;
    normal(times(
        before,
        Quaternion {
            w: cos,
            x: x * part,
            y: y * part,
            z: z * part,
        },
    ))
}

/// Drawn to where the accelerometer says that up is, the less the more else it feels.
fn tilted(before: Quaternion, felt_g: [f32; 3], seconds: f32) -> Quaternion {
    let [x, y, z] = before.rotate(felt_g);
    let length = (x * x + y * y + z * z).sqrt();
    let trust = (1.0 - (length - 1.0).abs() * 4.0).clamp(0.0, 1.0);
    let share = (seconds / TILT_S).min(1.0) * trust;
    if share <= 0.0 {
        return before;
    }
    // A share of the shortest turn from where up seems to be; about a level axis, so that the
    // heading stays.
    let whole = upright([x, y, z]);
    let part = normal(Quaternion {
        w: 1.0 + (whole.w - 1.0) * share,
        x: whole.x * share,
        y: 0.0,
        z: whole.z * share,
    });
    normal(times(part, before))
}

fn times(a: Quaternion, b: Quaternion) -> Quaternion {
    Quaternion {
        w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
        x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
        y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
        z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
    }
}

fn normal(q: Quaternion) -> Quaternion {
    let length = (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z).sqrt();
    if !(length > 1e-6 && length.is_finite()) {
        return Quaternion::default();
    }
    Quaternion {
        w: q.w / length,
        x: q.x / length,
        y: q.y / length,
        z: q.z / length,
    }
}

#[cfg(test)]
mod tests;
