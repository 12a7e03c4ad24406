use jiff::civil::time;

use super::*;
use crate::shutter::plan::{Bracket, Ramp, Sun, Window};

fn secs(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

fn said(plan: &Plan) -> String {
    plan.check(&Limits::default())
        .map_or_else(|error| error.to_string(), |()| String::new())
}

fn bracket(frames: u8, step_ev: f64, gap: f64) -> Option<Bracket> {
    Some(Bracket {
        frames,
        step_ev,
        gap: secs(gap),
    })
}

#[test]
fn plans_that_can_be_kept_are_taken() {
    let plans = [
        Plan::default(),
        Plan {
            interval: secs(0.2),
            ..Plan::default()
        },
        Plan {
            interval: secs(359_999.0),
            count: Some(1),
            ..Plan::default()
        },
        Plan {
            bulb: Some(secs(9.9)),
            ..Plan::default()
        },
        Plan {
            spacing: Spacing::Gap,
            interval: secs(1.0),
            bulb: Some(secs(3600.0)),
            ..Plan::default()
        },
        Plan {
            bracket: bracket(9, 5.0, 0.1),
            ..Plan::default()
        },
    ];
    for plan in plans {
        assert_eq!(said(&plan), "", "{plan:?}");
    }
}

#[test]
fn every_plan_that_cannot_be_kept_is_refused_with_the_reason() {
    let plan = Plan::default;
    let ramp = |to: f64, over: f64| {
        Some(Ramp {
            to: secs(to),
            over: secs(over),
            after: Duration::ZERO,
        })
    };
    let table = [
        (
            Plan {
                interval: Duration::ZERO,
                ..plan()
            },
            "the interval is 0 s; it must be between 0.1 s and 99:59:59",
        ),
        (
            Plan {
                interval: secs(400_000.0),
                ..plan()
            },
            "the interval is 111:06:40; it must be between 0.1 s and 99:59:59",
        ),
        (
            Plan {
                interval: secs(0.1),
                ..plan()
            },
            "a shot that takes 0.1 s does not fit in an interval of 0.1 s from shot to shot (0.1 s \
             until the next press); make the interval 0.2 s at least, the exposure shorter, or \
             count the interval from the end of a shot",
        ),
        (
            Plan {
                delay: secs(400_000.0),
                ..plan()
            },
            "a delay of 111:06:40 is longer than 99:59:59",
        ),
        (
            Plan {
                count: Some(0),
                ..plan()
            },
            "a plan of 0 shots takes none; leave the count out to go on until it is stopped",
        ),
        (
            Plan {
                bulb: Some(secs(30.0)),
                ..plan()
            },
            "a shot that takes 30 s does not fit in an interval of 10 s from shot to shot (exposure \
             30 s, 0.1 s until the next press); make the interval 30.1 s at least, the exposure \
             shorter, or count the interval from the end of a shot",
        ),
        (
            Plan {
                bulb: Some(secs(9.0)),
                half_press: secs(1.0),
                ..plan()
            },
            "a shot that takes 10 s does not fit in an interval of 10 s from shot to shot (exposure \
             9 s, half-press and mirror 1 s, 0.1 s until the next press); make the interval 10.1 s \
             at least, the exposure shorter, or count the interval from the end of a shot",
        ),
        (
            Plan {
                bulb: Some(secs(0.05)),
                ..plan()
            },
            "an exposure of 0.05 s is shorter than a press that the camera notices (0.1 s); let the \
             camera expose, without bulb",
        ),
        (
            Plan {
                bulb: Some(secs(4000.0)),
                interval: secs(9000.0),
                ..plan()
            },
            "an exposure of 1:06:40 is longer than this camera may expose (1:00:00)",
        ),
        (
            Plan {
                half_press: secs(31.0),
                ..plan()
            },
            "a half-press of 31 s is too long; a camera waits for 30 s at most",
        ),
        (
            Plan {
                mirror_lockup: Some(secs(0.1)),
                ..plan()
            },
            "0.1 s after the mirror is too short; with a press of 0.1 s it takes 0.2 s at least",
        ),
        (
            Plan {
                bracket: bracket(1, 1.0, 1.0),
                ..plan()
            },
            "a bracket has 2 to 9 frames, not 1",
        ),
        (
            Plan {
                bracket: bracket(3, 0.0, 1.0),
                ..plan()
            },
            "frames are more than 0 and at most 5 exposure values apart, not 0",
        ),
        (
            Plan {
                bracket: bracket(3, f64::NAN, 1.0),
                ..plan()
            },
            "frames are more than 0 and at most 5 exposure values apart, not NaN",
        ),
        (
            Plan {
                bracket: bracket(3, 1.0, 0.05),
                ..plan()
            },
            "0.05 s between the frames of a bracket is too short; it takes 0.1 s at least",
        ),
        (
            Plan {
                bracket: bracket(3, 1.0, 1.0),
                mirror_lockup: Some(secs(2.0)),
                ..plan()
            },
            "1 s between the frames of a bracket is too short; it takes 2.1 s at least, as the \
             mirror is lifted for each",
        ),
        (
            Plan {
                ramp: ramp(5.0, 60.0),
                ..plan()
            },
            "a ramp changes a bulb exposure, and the plan has none; set the exposure it starts from",
        ),
        (
            Plan {
                bulb: Some(secs(1.0)),
                ramp: ramp(5.0, 0.0),
                ..plan()
            },
            "a ramp over 0 s is none; say how long it takes",
        ),
        (
            Plan {
                bulb: Some(secs(1.0)),
                ramp: ramp(20.0, 600.0),
                ..plan()
            },
            "a shot that takes 20 s does not fit in an interval of 10 s from shot to shot (exposure \
             20 s, 0.1 s until the next press); make the interval 20.1 s at least, the exposure \
             shorter, or count the interval from the end of a shot",
        ),
        (
            Plan {
                spacing: Spacing::Gap,
                interval: secs(1.0),
                half_press: secs(2.0),
                ..plan()
            },
            "a gap of 1 s between two shots is too short; with half-press and mirror it takes 2.1 s \
             at least",
        ),
        (
            Plan {
                windows: vec![Window {
                    from: Edge::Clock(time(8, 0, 0, 0)),
                    to: Edge::Clock(time(8, 0, 0, 0)),
                }],
                ..plan()
            },
            "a window from 08:00:00 to 08:00:00 is empty; leave it out to go on all day",
        ),
        (
            Plan {
                windows: vec![Window {
                    from: Edge::Sun {
                        event: Sun::Sunset,
                        offset_min: 721,
                    },
                    to: Edge::Clock(time(8, 0, 0, 0)),
                }],
                ..plan()
            },
            "721 minutes from what the sun does is too far; -720 to 720 are allowed",
        ),
    ];
    for (plan, sentence) in table {
        assert_eq!(said(&plan), sentence, "{plan:?}");
    }
}
