//! What is to be photographed, and when: plain data, as the API and the store have it.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

pub use check::{Limits, MOST_WINDOWS, PlanError};

mod check;

/// How the interval is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spacing {
    /// From the opening of one shot to that of the next.
    #[default]
    ShotToShot,
    /// From the end of one shot to the opening of the next.
    Gap,
}

/// Several frames a shot.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bracket {
    /// 2 to 9.
    pub frames: u8,
    /// Exposure values between two frames, more than 0 and at most 5. A bulb exposure's frames
    /// go from the shortest to the longest; without bulb the camera itself changes the exposure.
    pub step_ev: f64,
    /// From the end of one frame to the opening of the next, seconds.
    #[serde(rename = "gap_s", with = "super::seconds")]
    pub gap: Duration,
}

/// A bulb exposure that grows or shrinks, evenly in exposure values, as day turns to night.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ramp {
    /// The last exposure, seconds.
    #[serde(rename = "to_s", with = "super::seconds")]
    pub to: Duration,
    /// After the start of the ramp, seconds.
    #[serde(rename = "over_s", with = "super::seconds")]
    pub over: Duration,
    /// From the first shot to the start of the ramp, seconds.
    #[serde(rename = "after_s", with = "super::seconds", default)]
    pub after: Duration,
}

/// What the sun does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sun {
    /// The upper limb appears.
    Sunrise,
    /// The upper limb disappears.
    Sunset,
    /// Morning, 6 degrees below the horizon.
    CivilDawn,
    /// Evening, 6 degrees below the horizon.
    CivilDusk,
    /// Morning, 18 degrees below the horizon.
    AstronomicalDawn,
    /// Evening, 18 degrees below the horizon.
    AstronomicalDusk,
}

/// An end of a daily window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edge {
    /// Local time of the day.
    Clock(Time),
    /// Where the camera stands; the configuration has the place.
    Sun {
        /// What the sun does.
        event: Sun,
        /// Minutes later (or earlier, below 0), -720 to 720.
        #[serde(default)]
        offset_min: i16,
    },
}

/// Every day from one edge to the other; a window whose end is before its start goes over
/// midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// First moment of a shot.
    pub from: Edge,
    /// No shot from here on.
    pub to: Edge,
}

/// A plan: when the shutter opens, and for how long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// Not before this moment; the delay comes after it.
    pub start_at: Option<Timestamp>,
    /// From the start to the first shot, seconds.
    #[serde(rename = "delay_s", with = "super::seconds")]
    pub delay: Duration,
    /// Between shots, seconds.
    #[serde(rename = "interval_s", with = "super::seconds")]
    pub interval: Duration,
    /// How the interval is meant.
    pub spacing: Spacing,
    /// How many shots; `None`: until it is stopped.
    pub count: Option<u32>,
    /// The shutter is held for so long, seconds; `None`: a pulse, and the camera exposes.
    #[serde(rename = "bulb_s", with = "super::seconds::option")]
    pub bulb: Option<Duration>,
    /// The focus line is pressed so long before the shutter, seconds; 0: it is left alone.
    #[serde(rename = "half_press_s", with = "super::seconds")]
    pub half_press: Duration,
    /// A first pulse lifts the mirror, the shot comes so long after it, seconds.
    #[serde(rename = "mirror_lockup_s", with = "super::seconds::option")]
    pub mirror_lockup: Option<Duration>,
    /// Several frames a shot.
    pub bracket: Option<Bracket>,
    /// A bulb exposure that changes over time.
    pub ramp: Option<Ramp>,
    /// Only within these; empty: always.
    pub windows: Vec<Window>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            start_at: None,
            delay: Duration::ZERO,
            interval: Duration::from_secs(10),
            spacing: Spacing::default(),
            count: None,
            bulb: None,
            half_press: Duration::ZERO,
            mirror_lockup: None,
            bracket: None,
            ramp: None,
            windows: Vec::new(),
        }
    }
}
