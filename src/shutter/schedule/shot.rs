//! One shot: which buttons, how long, how far apart.

use std::time::Duration;

use super::super::plan::{Limits, Plan};

/// The shutter is pressed once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    /// After the shot's first edge.
    pub at: Duration,
    /// It is held for so long.
    pub hold: Duration,
    /// It only lifts the mirror.
    pub mirror: bool,
}

/// All presses of one shot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shot {
    /// The focus line is pressed from the first edge to the last.
    pub half_press: bool,
    /// In their order.
    pub presses: Vec<Press>,
}

impl Shot {
    /// A shot of a plan, with this bulb exposure.
    #[must_use]
    pub fn of(plan: &Plan, limits: &Limits, exposure: Option<Duration>) -> Self {
        let mut presses = Vec::new();
        let mut opens = plan.lead();
        let gap = plan.bracket.map_or(Duration::ZERO, |bracket| bracket.gap);
        for hold in frames(plan, limits, exposure) {
            if let Some(lockup) = plan.mirror_lockup {
                presses.push(Press {
                    at: opens.saturating_sub(lockup),
                    hold: limits.pulse,
                    mirror: true,
                });
            }
            presses.push(Press {
                at: opens,
                hold,
                mirror: false,
            });
            opens += hold + gap;
        }
        Self {
            half_press: !plan.half_press.is_zero(),
            presses,
        }
    }

    /// From the first edge to the last.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.presses
            .last()
            .map_or(Duration::ZERO, |press| press.at + press.hold)
    }
}

impl Plan {
    /// From a shot's first edge to the opening of its first frame.
    #[must_use]
    pub fn lead(&self) -> Duration {
        self.half_press + self.mirror_lockup.unwrap_or_default()
    }

    /// From the opening of a shot's first frame to the end of its last.
    #[must_use]
    pub fn body(&self, limits: &Limits, exposure: Option<Duration>) -> Duration {
        match self.bracket {
            None => exposure.unwrap_or(limits.pulse).min(limits.longest_bulb),
            Some(bracket) => {
                let frames = frames(self, limits, exposure);
                let gaps = bracket.gap * u32::from(bracket.frames.saturating_sub(1));
                frames.iter().sum::<Duration>() + gaps
            }
        }
    }
}

/// The bulb exposure of a shot so long after the first one; `None` where the camera exposes.
#[must_use]
pub fn exposure(plan: &Plan, since_first: Duration) -> Option<Duration> {
    let bulb = plan.bulb?;
    let Some(ramp) = plan.ramp.filter(|ramp| since_first > ramp.after) else {
        return Some(bulb);
    };
    let passed = since_first.saturating_sub(ramp.after);
    if passed >= ramp.over {
        return Some(ramp.to);
    }
    // Evenly in exposure values: each part of the time multiplies by the same factor.
    let part = passed.as_secs_f64() / ramp.over.as_secs_f64();
    let factor = ramp.to.as_secs_f64() / bulb.as_secs_f64();
    Some(micros(bulb.as_secs_f64() * factor.powf(part)).unwrap_or(bulb))
}

/// How long the shutter is held for each frame, shortest first: around the exposure, evenly in
/// exposure values.
#[must_use]
pub fn frames(plan: &Plan, limits: &Limits, exposure: Option<Duration>) -> Vec<Duration> {
    let Some(bracket) = plan.bracket else {
        return vec![exposure.unwrap_or(limits.pulse).min(limits.longest_bulb)];
    };
    let middle = (f64::from(bracket.frames) - 1.0) / 2.0;
    (0..bracket.frames)
        .map(|frame| {
            let Some(exposure) = exposure else {
                return limits.pulse;
            };
            let steps = bracket.step_ev * (f64::from(frame) - middle);
            micros(exposure.as_secs_f64() * steps.exp2())
                .unwrap_or(exposure)
                .min(limits.longest_bulb)
        })
        .collect()
}

/// Rounded to microseconds; `None` for what is no duration.
fn micros(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64((seconds * 1e6).round() / 1e6).ok()
}
