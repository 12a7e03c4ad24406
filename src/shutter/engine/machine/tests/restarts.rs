//! Killed between any two states that were written down, on the same start of the machine and on
//! another.

use super::*;
use crate::shutter::engine::AfterRestart;
use crate::shutter::plan::{self, Window};

fn kept_options() -> Options {
    Options {
        state: Some("kept".into()),
        ..options()
    }
}

/// The service is killed now, and started anew after so long; `boot`: with the machine.
fn restart(bench: &Bench, kept: &[Save], down: Duration, boot: bool) -> Bench {
    let found = Past {
        kept: kept.last().map(|save| save.kept.clone()),
        history: History::of(kept.iter().flat_map(|save| save.shots.clone())),
        warning: None,
    };
    let (mut edges, now) = {
        let world = bench.world();
        (world.edges.clone(), world.now)
    };
    let other = Bench::new(kept_options());
    {
        let mut world = other.world();
        world.now = now;
        world.pass(down);
        if boot {
            // The edges before are those of another clock.
            let booted = Tick::at(30_000_000_000);
            let moved = world.now.tick.since(booted);
            edges
                .iter_mut()
                .for_each(|(tick, _)| *tick = tick.before(moved));
            world.now.tick = booted;
        }
        world.edges = edges;
    }
    let name = if boot { "another boot" } else { "boot" };
    Bench {
        machine: machine(&other.clock, kept_options(), name, found),
        ..other
    }
}

#[test]
fn killed_at_any_point_no_shot_is_doubled_and_at_most_the_one_in_flight_is_lost() {
    const COUNT: usize = 6;
    for interval in [1.0, 10.0] {
        let plan = || Plan {
            half_press: secs(0.2),
            bulb: Some(secs(0.5)),
            count: Some(COUNT as u32),
            ..every(interval)
        };
        let step = secs(interval / 40.0);
        let kills = 40 * (COUNT as u32 - 1);
        for (kill, down, boot) in (1..kills).flat_map(|kill| {
            [
                (0.05, false),
                (0.4, true),
                (1.3, false),
                (interval * 2.5, true),
            ]
            .map(|(down, boot)| (kill, down, boot))
        }) {
            let mut bench = Bench::new(kept_options());
            let mut kept = Vec::new();
            bench.ask(Command::Start(plan())).unwrap();
            kept.extend(bench.kept.take());
            for _ in 0..kill {
                bench.run(step);
                kept.extend(bench.kept.take());
            }
            let before = bench.openings().len();
            let mut bench = restart(&bench, &kept, secs(down), boot);
            bench.run(secs(interval * 20.0));
            let what = format!(
                "interval {interval}, killed at {:?}, down {down}",
                step * kill
            );
            let openings = bench.openings();
            assert!(
                (COUNT - 1..=COUNT).contains(&openings.len()),
                "{what}: {openings:?}"
            );
            let begun = kept.last().unwrap().kept.begun.is_some();
            assert!(openings.len() == COUNT || begun, "{what}: {before} before");
            for pair in openings.windows(2) {
                let slots = (pair[1] - pair[0]) / interval;
                assert!(slots.round() >= 1.0, "{what}: {openings:?}");
                assert!((slots - slots.round()).abs() < 1e-6, "{what}: {openings:?}");
            }
            let snapshot = bench.snapshot();
            assert_eq!(snapshot.ended, Some(Ending::Done), "{what}");
            assert_eq!(snapshot.shots, COUNT as u32, "{what}");
            assert_eq!(snapshot.total, COUNT as u64, "{what}");
            let numbers: Vec<u64> = snapshot.history.iter().map(|shot| shot.number).collect();
            assert_eq!(numbers, [1, 2, 3, 4, 5, 6], "{what}");
        }
    }
}

#[test]
fn what_was_left_out_while_the_service_was_down_is_counted() {
    let mut bench = Bench::new(kept_options());
    bench.ask(Command::Start(every(10.0))).unwrap();
    bench.run(secs(22.0));
    let kept = [bench.kept.clone().unwrap()];
    let mut bench = restart(&bench, &kept, secs(60.0), true);
    let snapshot = bench.snapshot();
    assert_eq!((snapshot.shots, snapshot.skipped), (3, 6));
    assert_eq!(snapshot.next_at, Some(noon() + secs(90.0)));
    assert_eq!(snapshot.resumed_at, Some(noon() + secs(82.0)));
}

#[test]
fn a_restart_ends_the_plan_where_the_configuration_says_so() {
    let mut bench = Bench::new(kept_options());
    bench.ask(Command::Start(every(10.0))).unwrap();
    bench.run(secs(22.0));
    let options = Options {
        after_restart: AfterRestart::Stop,
        ..kept_options()
    };
    let found = Past {
        kept: Some(bench.kept.clone().unwrap().kept),
        ..Past::default()
    };
    let mut machine = machine(&bench.clock, options, "boot", found);
    assert_eq!(machine.turn(), None);
    let snapshot = machine.snapshot();
    assert_eq!(snapshot.state, State::Idle);
    assert_eq!(snapshot.ended, Some(Ending::Interrupted));
    assert_eq!(snapshot.shots, 3);
}

#[test]
fn a_paused_plan_stays_paused() {
    let mut bench = Bench::new(kept_options());
    bench.ask(Command::Start(every(10.0))).unwrap();
    bench.run(secs(12.0));
    bench.ask(Command::Pause).unwrap();
    let kept = [bench.kept.clone().unwrap()];
    let mut bench = restart(&bench, &kept, secs(30.0), true);
    bench.run(secs(60.0));
    assert_eq!(bench.snapshot().state, State::Paused);
    bench.ask(Command::Resume).unwrap();
    assert_eq!(bench.snapshot().next_at, Some(noon() + secs(110.0)));
    assert_eq!(bench.snapshot().skipped, 0);
}

/// After a boot without a clock: it is 1970.
fn in_1970(plan: Plan) -> Bench {
    let mut bench = Bench::new(kept_options());
    bench.ask(Command::Start(plan)).unwrap();
    bench.run(secs(15.0));
    let kept = [bench.kept.clone().unwrap()];
    bench.set_wall(Timestamp::UNIX_EPOCH);
    restart(&bench, &kept, secs(20.0), true)
}

#[test]
fn a_plan_waits_for_a_clock_that_is_not_set_and_goes_on_in_its_phase() {
    let mut bench = in_1970(every(10.0));
    bench.run(secs(30.0));
    assert_eq!(bench.openings().len(), 2);
    let warning = bench.snapshot().warning.clone().unwrap();
    let sentence = "the clock shows 1970-01-01 00:00, which is before the plan was last written \
                    down (2026-06-21 12:00); the plan waits until the clock is set";
    assert_eq!(warning, sentence);
    // It is set: 75 s after the start of the plan.
    bench.set_wall(noon() + secs(75.0));
    bench.run(secs(10.0));
    assert_eq!(bench.openings().len(), 3);
    let snapshot = bench.snapshot();
    assert_eq!(snapshot.history.last().unwrap().at, noon() + secs(80.0));
    assert_eq!(snapshot.warning, None);
}

#[test]
fn without_a_clock_a_plan_goes_on_in_a_new_phase_after_two_minutes() {
    let mut bench = in_1970(every(10.0));
    bench.run(secs(141.0));
    assert_eq!(bench.openings().len(), 2 + 3);
    let warning = bench.snapshot().warning.clone().unwrap();
    assert_eq!(
        warning,
        "the clock is not set; the plan went on in a new phase"
    );
    let before = bench.openings();
    bench.set_wall(noon() + secs(500.0));
    bench.run(secs(10.0));
    let after = bench.openings();
    assert_eq!(after.last().unwrap() - before.last().unwrap(), 10.0);
}

#[test]
fn without_a_clock_nobody_knows_whether_a_window_is_open() {
    let edge = |hour| plan::Edge::Clock(jiff::civil::time(hour, 0, 0, 0));
    let mut bench = in_1970(Plan {
        windows: vec![Window {
            from: edge(0),
            to: edge(23),
        }],
        ..every(10.0)
    });
    bench.run(secs(1000.0));
    assert_eq!(bench.openings().len(), 2);
    bench.set_wall(noon() + secs(1095.0));
    bench.run(secs(20.0));
    assert_eq!(bench.openings().len(), 4);
}
