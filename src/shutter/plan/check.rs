//! Whether a plan can be kept; if not, why not, in a sentence.

use std::time::Duration;

use super::{Edge, Plan, Spacing};
use crate::shutter::schedule;
use crate::shutter::seconds::{LONGEST, words};

/// The shortest interval.
const SHORTEST: Duration = Duration::from_millis(100);
/// A button is not held for longer before a shot: a mirror falls back after half a minute.
const LONGEST_LEAD: Duration = Duration::from_secs(30);

/// What this camera and its release can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The shutter is never held for longer.
    pub longest_bulb: Duration,
    /// How long a button is pressed that only has to be noticed, and how long it is let go before
    /// it is pressed again; cameras want 10 to 100 ms.
    pub pulse: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            longest_bulb: Duration::from_secs(3600),
            pulse: Duration::from_millis(100),
        }
    }
}

/// More daily windows than this nobody needs, and the timing thread has no time for them.
pub const MOST_WINDOWS: usize = 16;

/// Why a plan cannot be kept.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// Shorter than 0.1 s or longer than 99:59:59.
    #[error("the interval is {}; it must be between 0.1 s and 99:59:59", words(*.0))]
    Interval(Duration),
    /// Longer than 99:59:59.
    #[error("{what} of {} is longer than 99:59:59", words(*.time))]
    Long {
        /// `a delay`.
        what: &'static str,
        /// How long.
        time: Duration,
    },
    /// The sun of each has to be looked for.
    #[error("there are {0} windows; at most {MOST_WINDOWS} are kept")]
    Windows(usize),
    /// No shots.
    #[error("a plan of 0 shots takes none; leave the count out to go on until it is stopped")]
    Count,
    /// A button is pressed for too long before the shot.
    #[error("{what} of {} is too long; a camera waits for 30 s at most", words(*.time))]
    Lead {
        /// `a half-press`.
        what: &'static str,
        /// How long.
        time: Duration,
    },
    /// The mirror's press and the shot's would be one.
    #[error(
        "{} after the mirror is too short; with a press of {} it takes {} at least",
        words(*.lockup), words(*.pulse), words(*.pulse * 2)
    )]
    Mirror {
        /// The plan's.
        lockup: Duration,
        /// The camera's.
        pulse: Duration,
    },
    /// Too long for this camera's limit.
    #[error("an exposure of {} is longer than this camera may expose ({})", words(*.exposure), words(*.longest))]
    LongBulb {
        /// The longest of the plan.
        exposure: Duration,
        /// The limit.
        longest: Duration,
    },
    /// The camera would not notice it.
    #[error(
        "an exposure of {} is shorter than a press that the camera notices ({}); let the camera \
         expose, without bulb",
        words(*.exposure), words(*.pulse)
    )]
    ShortBulb {
        /// The shortest of the plan.
        exposure: Duration,
        /// The limit.
        pulse: Duration,
    },
    /// Not 2 to 9.
    #[error("a bracket has 2 to 9 frames, not {0}")]
    Frames(u8),
    /// Nothing, too much, or no number.
    #[error("frames are more than 0 and at most 5 exposure values apart, not {0}")]
    Step(f64),
    /// Frames too near.
    #[error(
        "{} between the frames of a bracket is too short; it takes {} at least{}",
        words(*.gap), words(*.least), if *.mirror { ", as the mirror is lifted for each" } else { "" }
    )]
    FrameGap {
        /// The plan's.
        gap: Duration,
        /// What it takes.
        least: Duration,
        /// Because of the mirror.
        mirror: bool,
    },
    /// A ramp of what?
    #[error(
        "a ramp changes a bulb exposure, and the plan has none; set the exposure it starts from"
    )]
    RampWithoutBulb,
    /// A ramp without duration.
    #[error("a ramp over 0 s is none; say how long it takes")]
    RampOver,
    /// The shot is too long.
    #[error(
        "a shot that takes {} does not fit in an interval of {} from shot to shot{}; make the \
         interval {} at least, the exposure shorter, or count the interval from the end of a shot",
        words(*.takes), words(*.interval), parts(*.exposure, *.lead, *.pulse), words(*.least)
    )]
    DoesNotFit {
        /// From the first press to the last letting go.
        takes: Duration,
        /// The plan's.
        interval: Duration,
        /// The shortest interval for this.
        least: Duration,
        /// The longest bulb exposure.
        exposure: Option<Duration>,
        /// Half-press and mirror.
        lead: Duration,
        /// What must be between two presses.
        pulse: Duration,
    },
    /// The next shot's first press is before the end of the last.
    #[error(
        "a gap of {} between two shots is too short; with half-press and mirror it takes {} at \
         least",
        words(*.gap), words(*.least)
    )]
    Gap {
        /// The plan's interval.
        gap: Duration,
        /// What it takes.
        least: Duration,
    },
    /// A window without a time in it.
    #[error("a window from {0} to {0} is empty; leave it out to go on all day")]
    EmptyWindow(jiff::civil::Time),
    /// More than half a day.
    #[error("{0} minutes from what the sun does is too far; -720 to 720 are allowed")]
    Offset(i16),
    /// Nobody knows where the sun is.
    #[error("a window by the sun needs the place of the camera; set it in the configuration")]
    NoPlace,
    /// Never.
    #[error(
        "no window of the plan opens within a year at this place; the sun does not do that here"
    )]
    NeverOpens,
}

fn parts(exposure: Option<Duration>, lead: Duration, pulse: Duration) -> String {
    let mut parts = Vec::new();
    if let Some(exposure) = exposure {
        parts.push(format!("exposure {}", words(exposure)));
    }
    if !lead.is_zero() {
        parts.push(format!("half-press and mirror {}", words(lead)));
    }
    parts.push(format!("{} until the next press", words(pulse)));
    format!(" ({})", parts.join(", "))
}

impl Plan {
    /// Whether the plan can be kept, as far as that can be said without the place and the day.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn check(&self, limits: &Limits) -> Result<(), PlanError> {
        let longest = Duration::from_secs_f64(LONGEST);
        if !(SHORTEST..=longest).contains(&self.interval) {
            return Err(PlanError::Interval(self.interval));
        }
        if self.delay > longest {
            return Err(PlanError::Long {
                what: "a delay",
                time: self.delay,
            });
        }
        if self.count == Some(0) {
            return Err(PlanError::Count);
        }
        self.check_lead(limits)?;
        self.check_bracket(limits)?;
        self.check_exposures(limits)?;
        self.check_fit(limits)?;
        if self.windows.len() > MOST_WINDOWS {
            return Err(PlanError::Windows(self.windows.len()));
        }
        self.windows.iter().try_for_each(|window| {
            if let (Edge::Clock(from), Edge::Clock(to)) = (window.from, window.to)
                && from == to
            {
                return Err(PlanError::EmptyWindow(from));
            }
            for edge in [window.from, window.to] {
                if let Edge::Sun { offset_min, .. } = edge
                    && !(-720..=720).contains(&offset_min)
                {
                    return Err(PlanError::Offset(offset_min));
                }
            }
            Ok(())
        })
    }

    fn check_lead(&self, limits: &Limits) -> Result<(), PlanError> {
        if self.half_press > LONGEST_LEAD {
            return Err(PlanError::Lead {
                what: "a half-press",
                time: self.half_press,
            });
        }
        let Some(lockup) = self.mirror_lockup else {
            return Ok(());
        };
        if lockup > LONGEST_LEAD {
            return Err(PlanError::Lead {
                what: "a mirror lock-up",
                time: lockup,
            });
        }
        if lockup < limits.pulse * 2 {
            let pulse = limits.pulse;
            return Err(PlanError::Mirror { lockup, pulse });
        }
        Ok(())
    }

    fn check_bracket(&self, limits: &Limits) -> Result<(), PlanError> {
        let Some(bracket) = self.bracket else {
            return Ok(());
        };
        if !(2..=9).contains(&bracket.frames) {
            return Err(PlanError::Frames(bracket.frames));
        }
        if !(bracket.step_ev > 0.0 && bracket.step_ev <= 5.0) {
            return Err(PlanError::Step(bracket.step_ev));
        }
        let least = limits.pulse + self.mirror_lockup.unwrap_or_default();
        if bracket.gap < least {
            return Err(PlanError::FrameGap {
                gap: bracket.gap,
                least,
                mirror: self.mirror_lockup.is_some(),
            });
        }
        if bracket.gap > Duration::from_secs_f64(LONGEST) {
            return Err(PlanError::Long {
                what: "a gap between frames",
                time: bracket.gap,
            });
        }
        Ok(())
    }

    /// The exposures between which the plan's are.
    fn ends(&self) -> [Option<Duration>; 2] {
        [self.bulb, self.ramp.map(|ramp| ramp.to).or(self.bulb)]
    }

    fn check_exposures(&self, limits: &Limits) -> Result<(), PlanError> {
        if let Some(ramp) = self.ramp {
            if self.bulb.is_none() {
                return Err(PlanError::RampWithoutBulb);
            }
            if ramp.over.is_zero() {
                return Err(PlanError::RampOver);
            }
            for (what, time) in [
                ("a ramp", ramp.over),
                ("the time before a ramp", ramp.after),
            ] {
                if time > Duration::from_secs_f64(LONGEST) {
                    return Err(PlanError::Long { what, time });
                }
            }
        }
        let unlimited = Limits {
            longest_bulb: Duration::MAX,
            ..*limits
        };
        for end in self.ends().into_iter().flatten() {
            for exposure in schedule::frames(self, &unlimited, Some(end)) {
                if exposure > limits.longest_bulb {
                    let longest = limits.longest_bulb;
                    return Err(PlanError::LongBulb { exposure, longest });
                }
                if exposure < limits.pulse {
                    let pulse = limits.pulse;
                    return Err(PlanError::ShortBulb { exposure, pulse });
                }
            }
        }
        Ok(())
    }

    fn check_fit(&self, limits: &Limits) -> Result<(), PlanError> {
        let (lead, pulse) = (self.lead(), limits.pulse);
        if self.spacing == Spacing::Gap {
            let least = lead + pulse;
            return if self.interval < least {
                let gap = self.interval;
                Err(PlanError::Gap { gap, least })
            } else {
                Ok(())
            };
        }
        let exposure = self.ends().into_iter().max().flatten();
        let takes = schedule::Shot::of(self, limits, exposure).length();
        let least = takes + pulse;
        if least > self.interval {
            return Err(PlanError::DoesNotFit {
                takes,
                interval: self.interval,
                least,
                exposure,
                lead,
                pulse,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
