//! How the pad is moved and held.
//!
//! The axes are the driver's: x to the right, y up out of the face, z towards the person, the pad
//! lying flat before them; rotations follow the right hand.

/// A rotation: a unit quaternion that turns the pad's axes into the room's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quaternion {
    /// The real part.
    pub w: f32,
    /// Times i, along the pad's x.
    pub x: f32,
    /// Times j.
    pub y: f32,
    /// Times k.
    pub z: f32,
}

impl Default for Quaternion {
    /// Not turned.
    fn default() -> Self {
        Self {
            w: 1.0,
            x: 0.0,
            y: 0.0,
            z: 0.0,
        }
    }
}

impl Quaternion {
    /// A vector of the pad's, as the room sees it.
    #[must_use]
    pub fn rotate(self, v: [f32; 3]) -> [f32; 3] {
        let [vx, vy, vz] = v;
        let (w, x, y, z) = (self.w, self.x, self.y, self.z);
        // t = 2 q × v; v' = v + w t + q × t
        let t = [
            2.0 * (y * vz - z * vy),
            2.0 * (z * vx - x * vz),
            2.0 * (x * vy - y * vx),
        ];
        let [tx, ty, tz] = t;
        [
            vx + w * tx + y * tz - z * ty,
            vy + w * ty + z * tx - x * tz,
            vz + w * tz + x * ty - y * tx,
        ]
    }

    /// The opposite turn.
    #[must_use]
    pub fn conjugate(self) -> Self {
        Self {
            w: self.w,
            x: -self.x,
            y: -self.y,
            z: -self.z,
        }
    }

    /// The angle to another one in degrees, 0 to 180.
    #[must_use]
    pub fn angle_to(self, other: Self) -> f32 {
        let dot = self.w * other.w + self.x * other.x + self.y * other.y + self.z * other.z;
        2.0 * dot.abs().min(1.0).acos().to_degrees()
    }
}

/// What is known of the gyroscope's drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Calibration {
    /// Nothing yet: the pad was never still.
    #[default]
    Unknown,
    /// It was asked for, and waits for the pad to lie still.
    Waiting,
    /// The drift is known, and taken off.
    Done,
}

/// Acceleration, rotation and what they say of the way the pad is held.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Motion {
    /// In g; at rest it is 1 g away from the ground.
    pub accelerometer_g: [f32; 3],
    /// About the same axes in degrees a second, the drift taken off.
    pub gyro_dps: [f32; 3],
    /// How the pad is held. The turn about the vertical counts from the start or the last
    /// calibration: there is no compass.
    pub orientation: Quaternion,
    /// What is known of the drift.
    pub calibration: Calibration,
}

/// How often the pad reports, of the last second or so.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ReportRate {
    /// Reports a second.
    pub hz: f32,
    /// The standard deviation of the time between two, in milliseconds.
    pub jitter_ms: f32,
    /// Reports that never came, by the pad's own clock, since it was connected.
    pub lost: u64,
}
