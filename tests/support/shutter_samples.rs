//! Cameras' timers in the states that a person may meet.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use barpop::shutter::cameras::{Camera, Link};
use barpop::shutter::plan::{Bracket, Plan, Ramp};
use barpop::shutter::snapshot::{Cause, Ending, Jitter, Release, Shot, Snapshot, State as Doing};
use barpop::shutter::words::parse_window;
use jiff::{SignedDuration, Timestamp};

pub const NOW: &str = "2026-11-29T22:00:00Z";

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub fn ms(ms: i64) -> Timestamp {
    now() + SignedDuration::from_millis(ms)
}

/// A service without a plan.
pub fn idle() -> Snapshot {
    Snapshot {
        name: "Garden".into(),
        release: Release {
            name: "GPIO18 on gpiochip0".into(),
            problem: None,
            focus: true,
        },
        realtime: true,
        ..Snapshot::default()
    }
}

fn history(count: u64) -> Vec<Shot> {
    let shot = |number: u64| Shot {
        number,
        cause: if number % 9 == 4 {
            Cause::Snap
        } else {
            Cause::Plan
        },
        at: now() - SignedDuration::from_millis(((count - number) * 10_000 + 6_800) as i64),
        late_ms: 0.06 + (number * 37 % 11) as f64 / 40.0,
        held: Duration::from_millis(100),
        problem: (number % 17 == 7).then(|| "GPIO18 failed: the line did not change".to_owned()),
    };
    (1..=count).map(shot).collect()
}

/// A plan that runs.
pub fn running() -> Snapshot {
    let plan = Plan {
        count: Some(500),
        ..Plan::default()
    };
    Snapshot {
        state: Doing::Running,
        shots: 132,
        total: 140,
        next_at: Some(ms(3_200)),
        interval: Some(plan.interval),
        count: plan.count,
        eta: Some(ms(3_683_200)),
        jitter_ms: Some(Jitter {
            p50: 0.09,
            p99: 0.31,
            max: 0.84,
        }),
        plan: Some(plan),
        history: history(60),
        ..idle()
    }
}

/// A bulb exposure that runs, of a plan with everything in it.
pub fn exposing() -> Snapshot {
    let plan = Plan {
        interval: Duration::from_secs(1200),
        count: Some(40),
        bulb: Some(Duration::from_secs(120)),
        half_press: Duration::from_millis(500),
        mirror_lockup: Some(Duration::from_secs(2)),
        bracket: Some(Bracket {
            frames: 3,
            step_ev: 1.0,
            gap: Duration::from_secs(3),
        }),
        ramp: Some(Ramp {
            to: Duration::from_secs(240),
            over: Duration::from_secs(7200),
            after: Duration::ZERO,
        }),
        windows: vec![parse_window("sunset+20-sunrise").unwrap()],
        ..Plan::default()
    };
    Snapshot {
        shots: 11,
        skipped: 2,
        next_at: Some(ms(1_113_000)),
        interval: Some(plan.interval),
        count: plan.count,
        exposing_since: Some(ms(-87_000)),
        exposing_until: Some(ms(33_000)),
        plan: Some(plan),
        ..running()
    }
}

pub fn paused() -> Snapshot {
    Snapshot {
        state: Doing::Paused,
        next_at: None,
        eta: None,
        ..running()
    }
}

pub fn done() -> Snapshot {
    Snapshot {
        state: Doing::Idle,
        shots: 500,
        next_at: None,
        eta: None,
        interval: None,
        count: None,
        ended: Some(Ending::Done),
        ..running()
    }
}

pub fn broken(snapshot: Snapshot) -> Snapshot {
    let problem = "GPIO18 on gpiochip0 is in use by 'gpio-fan'; stop that program";
    Snapshot {
        release: Release {
            problem: Some(problem.into()),
            ..idle().release
        },
        ..snapshot
    }
}

pub fn camera(snapshot: Snapshot) -> Camera {
    Camera {
        label: "127.0.0.1:8318".into(),
        address: "127.0.0.1:8318".into(),
        implied: true,
        link: Link::Online,
        snapshot: Some(Arc::new(snapshot)),
        ..Camera::default()
    }
}

pub fn unheard() -> Camera {
    Camera {
        snapshot: None,
        link: Link::Connecting,
        ..camera(idle())
    }
}

pub fn absent() -> Camera {
    Camera {
        link: lost(true),
        ..unheard()
    }
}

pub fn lost(refused: bool) -> Link {
    Link::Offline {
        since: ms(-720_000),
        again: ms(12_400),
        why: "no answer from 10.0.0.7:8318: there is no way to it".into(),
        refused,
    }
}

pub fn offline() -> Camera {
    Camera {
        label: "roof".into(),
        address: "10.0.0.7:8318".into(),
        implied: false,
        link: lost(false),
        ..camera(running())
    }
}

pub fn locked(wrong: bool) -> Camera {
    Camera {
        label: "roof".into(),
        link: Link::Forbidden {
            wrong,
            why: "roof:8318 wants a password; name a file with it: password_file in \
                  [[shutter.server]]"
                .into(),
        },
        ..unheard()
    }
}

/// Eight cameras around a dome.
pub fn eight() -> Vec<Camera> {
    let named = |label: &str, snapshot| Camera {
        label: label.into(),
        implied: false,
        ..camera(snapshot)
    };
    vec![
        named("North", running()),
        named("North-east", exposing()),
        named("East", paused()),
        named("South-east", done()),
        named("South", broken(running())),
        named("South-west", idle()),
        Camera {
            label: "West".into(),
            ..offline()
        },
        Camera {
            label: "North-west".into(),
            ..locked(false)
        },
    ]
}

pub fn by_name(name: &str) -> Option<Vec<Camera>> {
    Some(match name {
        "none" => Vec::new(),
        "loading" => vec![unheard()],
        "absent" => vec![absent()],
        "idle" => vec![camera(idle())],
        "done" => vec![camera(done())],
        "running" => vec![camera(running())],
        "exposing" => vec![camera(exposing())],
        "paused" => vec![camera(paused())],
        "failing" => vec![camera(broken(running()))],
        "problem" => vec![camera(broken(idle()))],
        "offline" => vec![offline()],
        "lost" => vec![Camera {
            snapshot: None,
            ..offline()
        }],
        "locked" => vec![locked(false)],
        "wrong" => vec![locked(true)],
        "eight" => eight(),
        _ => return None,
    })
}
