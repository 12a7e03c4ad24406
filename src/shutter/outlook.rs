//! What a plan would do, as far as that can be told before: how long it takes, and the film's
//! length. Windows are for who knows where the sun is; without them this is exact.

use std::time::Duration;

use jiff::Timestamp;

use super::plan::{Limits, Plan, Spacing};
use super::schedule;

/// Frames a second that films are shown at.
pub const RATES: [u32; 3] = [24, 25, 30];

/// From the opening of a shot, so long after the first one, to its end.
fn body(plan: &Plan, after: Duration) -> Duration {
    plan.body(&Limits::default(), schedule::exposure(plan, after))
}

/// When the first shot opens, if the plan is started now.
#[must_use]
pub fn first(plan: &Plan, now: Timestamp) -> Timestamp {
    let start = plan.start_at.map_or(now, |at| at.max(now));
    let delay = plan.delay.max(plan.lead());
    start.saturating_add(delay).unwrap_or(start)
}

/// From the opening of the first shot to that of the shot with this number, counted from 0.
#[must_use]
pub fn opens(plan: &Plan, number: u32) -> Duration {
    match (plan.spacing, &plan.ramp) {
        (Spacing::ShotToShot, _) => plan.interval.saturating_mul(number),
        (Spacing::Gap, None) => {
            let each = plan.interval.saturating_add(body(plan, Duration::ZERO));
            each.saturating_mul(number)
        }
        (Spacing::Gap, Some(_)) => {
            // Beyond the ramp all are alike; and more than this nobody waits for.
            let over = plan
                .ramp
                .map_or(Duration::ZERO, |ramp| ramp.after + ramp.over);
            let mut at = Duration::ZERO;
            let mut left = number;
            while left > 0 && at <= over && number - left < 20_000 {
                let shot = body(plan, at);
                at = at.saturating_add(shot).saturating_add(plan.interval);
                left -= 1;
            }
            let each = body(plan, at).saturating_add(plan.interval);
            at = at.saturating_add(each.saturating_mul(left));
            at
        }
    }
}

/// From the opening of the first shot to the end of the last; `None`: it goes on until it is
/// stopped.
#[must_use]
pub fn length(plan: &Plan) -> Option<Duration> {
    let last = opens(plan, plan.count?.saturating_sub(1));
    Some(last.saturating_add(body(plan, last)))
}

/// How long a film of so many pictures is, seconds.
#[must_use]
pub fn film_secs(pictures: u32, rate: u32) -> f64 {
    f64::from(pictures) / f64::from(rate.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shutter::plan::{Bracket, Ramp};

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn plan() -> Plan {
        Plan {
            count: Some(500),
            ..Plan::default()
        }
    }

    #[test]
    fn a_plan_is_as_long_as_its_intervals_and_its_last_shot() {
        let pulse = Limits::default().pulse;
        assert_eq!(length(&plan()), Some(secs(4990) + pulse));
        let bulb = Plan {
            bulb: Some(secs(4)),
            ..plan()
        };
        assert_eq!(length(&bulb), Some(secs(4994)));
        let gap = Plan {
            spacing: Spacing::Gap,
            ..bulb
        };
        assert_eq!(length(&gap), Some(secs(499 * 14 + 4)));
        let endless = Plan {
            count: None,
            ..plan()
        };
        assert_eq!(length(&endless), None);
        assert!((film_secs(500, 25) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn it_is_what_the_simulation_of_the_engine_says() {
        let ramp = Plan {
            count: Some(40),
            bulb: Some(secs(1)),
            spacing: Spacing::Gap,
            ramp: Some(Ramp {
                to: secs(16),
                over: secs(300),
                after: secs(0),
            }),
            bracket: Some(Bracket {
                frames: 3,
                step_ev: 1.0,
                gap: secs(1),
            }),
            half_press: secs(1),
            ..Plan::default()
        };
        for plan in [plan(), ramp] {
            let start = Timestamp::UNIX_EPOCH;
            let zone = jiff::tz::TimeZone::UTC;
            let all = schedule::simulate(plan.clone(), start, zone, None, Limits::default());
            let all: Vec<_> = all.collect();
            assert_eq!(all[0].opens, first(&plan, start));
            let last = all.last().unwrap();
            let end = schedule::later(last.starts, last.shot.length());
            let told = schedule::later(first(&plan, start), length(&plan).unwrap());
            assert!(
                end.duration_since(told).as_millis().abs() < 5,
                "{end} {told}"
            );
        }
    }

    #[test]
    fn no_plan_is_too_much() {
        let huge = Plan {
            interval: secs(359_999),
            count: Some(u32::MAX),
            bulb: Some(secs(359_999)),
            spacing: Spacing::Gap,
            bracket: Some(Bracket {
                frames: 9,
                step_ev: 5.0,
                gap: secs(359_999),
            }),
            start_at: Some(Timestamp::MAX),
            ..Plan::default()
        };
        assert!(length(&huge).is_some());
        assert_eq!(first(&huge, Timestamp::UNIX_EPOCH), Timestamp::MAX);
    }
}
