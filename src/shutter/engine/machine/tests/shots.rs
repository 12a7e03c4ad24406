//! Shots at their times, as the wire sees them.

use super::*;
use crate::shutter::plan::{Bracket, Ramp, Spacing};
use crate::shutter::snapshot::{Ending, State};

#[test]
fn shots_are_at_multiples_of_the_interval_and_held_for_a_pulse() {
    let mut bench = Bench::running(Plan {
        count: Some(4),
        delay: secs(3.0),
        ..every(10.0)
    });
    assert_eq!(bench.snapshot().eta, Some(noon() + secs(33.1)));
    bench.run(secs(100.0));
    assert_eq!(bench.openings(), [3.0, 13.0, 23.0, 33.0]);
    assert_eq!(bench.closings(), [3.1, 13.1, 23.1, 33.1]);
    let snapshot = bench.snapshot();
    assert_eq!(snapshot.state, State::Idle);
    assert_eq!(snapshot.ended, Some(Ending::Done));
    assert_eq!(
        (snapshot.shots, snapshot.skipped, snapshot.total),
        (4, 0, 4)
    );
    assert_eq!(snapshot.history.len(), 4);
    assert_eq!(snapshot.history[3].held, secs(0.1));
}

#[test]
fn a_gap_is_counted_from_the_end_of_a_shot() {
    let mut bench = Bench::running(Plan {
        spacing: Spacing::Gap,
        bulb: Some(secs(4.0)),
        count: Some(3),
        ..every(2.0)
    });
    assert_eq!(bench.snapshot().eta, Some(noon() + secs(16.0)));
    bench.run(secs(60.0));
    assert_eq!(bench.openings(), [0.0, 6.0, 12.0]);
    assert_eq!(bench.closings(), [4.0, 10.0, 16.0]);
}

#[test]
fn half_press_mirror_and_bracket_are_in_their_order() {
    let mut bench = Bench::running(Plan {
        half_press: secs(0.5),
        mirror_lockup: Some(secs(2.0)),
        bulb: Some(secs(1.0)),
        bracket: Some(Bracket {
            frames: 3,
            step_ev: 1.0,
            gap: secs(3.0),
        }),
        count: Some(1),
        ..every(60.0)
    });
    bench.run(secs(60.0));
    let at = |seconds: f64| START.plus(secs(seconds));
    assert_eq!(
        bench.world().edges,
        [
            (at(0.0), Edge::Focus(true)),
            (at(0.5), Edge::Shutter(true)), // the mirror
            (at(0.6), Edge::Shutter(false)),
            (at(2.5), Edge::Shutter(true)),
            (at(3.0), Edge::Shutter(false)),
            (at(4.0), Edge::Shutter(true)),
            (at(4.1), Edge::Shutter(false)),
            (at(6.0), Edge::Shutter(true)),
            (at(7.0), Edge::Shutter(false)),
            (at(8.0), Edge::Shutter(true)),
            (at(8.1), Edge::Shutter(false)),
            (at(10.0), Edge::Shutter(true)),
            (at(12.0), Edge::Shutter(false)),
            (at(12.0), Edge::Focus(false)),
        ]
    );
    assert_eq!(bench.snapshot().shots, 1);
}

#[test]
fn a_ramp_doubles_the_exposure_in_equal_times() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(1.0)),
        ramp: Some(Ramp {
            to: secs(8.0),
            over: secs(30.0),
            after: secs(10.0),
        }),
        count: Some(6),
        ..every(10.0)
    });
    bench.run(secs(100.0));
    let held: Vec<f64> = bench
        .openings()
        .iter()
        .zip(bench.closings())
        .map(|(open, close)| ((close - open) * 1e6).round() / 1e6)
        .collect();
    assert_eq!(held, [1.0, 1.0, 2.0, 4.0, 8.0, 8.0]);
}

#[test]
fn a_late_shot_does_not_move_the_next_one() {
    let mut bench = Bench::running(every(10.0));
    bench.run(secs(9.0));
    bench.sleep(secs(2.0));
    bench.run(secs(15.0));
    assert_eq!(bench.openings(), [0.0, 11.0, 20.0]);
    let snapshot = bench.snapshot();
    assert_eq!((snapshot.shots, snapshot.skipped), (3, 0));
    assert_eq!(snapshot.history[1].late_ms, 1000.0);
    assert_eq!(snapshot.jitter_ms.unwrap().max, 1000.0);
}

#[test]
fn after_a_suspend_shots_go_on_in_phase_and_none_is_made_up_for() {
    let mut bench = Bench::running(every(10.0));
    bench.run(secs(25.0));
    bench.sleep(secs(3600.0 * 8.0));
    bench.run(secs(20.0));
    let openings = bench.openings();
    assert_eq!(openings[..3], [0.0, 10.0, 20.0]);
    assert_eq!(openings[3..], [28830.0, 28840.0]);
    assert_eq!(bench.snapshot().skipped, 2880);
}

#[test]
fn an_exposure_that_begins_late_ends_in_time_for_the_next_shot() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(9.8)),
        ..every(10.0)
    });
    bench.run(secs(9.9));
    bench.sleep(secs(1.1));
    bench.run(secs(12.0));
    assert_eq!(bench.openings(), [0.0, 11.0, 20.0]);
    assert_eq!(bench.closings()[1], 19.95);
    let problem = bench.snapshot().history[1].problem.clone().unwrap();
    assert_eq!(
        problem,
        "the exposure was ended 0.85 s early, as the shot was late"
    );
}

#[test]
fn an_exposure_that_a_suspend_made_longer_is_let_go_at_once_and_says_so() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(4.0)),
        ..every(10.0)
    });
    bench.run(secs(1.0));
    bench.sleep(secs(100.0));
    bench.run(secs(10.0));
    // A press that is late comes after a rest, so that the camera notices it.
    assert_eq!(bench.openings(), [0.0, 101.05, 110.0]);
    assert_eq!(bench.closings(), [101.0, 105.05]);
    let snapshot = bench.snapshot();
    let problem = snapshot.history[0].problem.as_deref();
    assert_eq!(problem, Some("the shutter was let go 97 s late"));
    assert_eq!(snapshot.skipped, 9);
}

#[test]
fn a_slow_release_does_not_drift() {
    let mut bench = Bench::running(Plan {
        half_press: secs(0.2),
        ..every(1.0)
    });
    bench.world().takes = secs(0.004);
    bench.run(secs(1000.0));
    let openings = bench.openings();
    assert_eq!(openings.len(), 1000);
    assert!(
        openings
            .iter()
            .enumerate()
            .all(|(shot, at)| (at - 0.2 - shot as f64 - 0.004).abs() < 1e-6)
    );
}

#[test]
fn a_wall_clock_that_jumps_does_not_move_an_interval() {
    let mut bench = Bench::running(every(10.0));
    bench.run(secs(15.0));
    bench.set_wall("1999-01-01T00:00:00Z".parse().unwrap());
    bench.run(secs(10.0));
    bench.set_wall("2030-01-01T00:00:00Z".parse().unwrap());
    bench.run(secs(10.0));
    assert_eq!(bench.openings(), [0.0, 10.0, 20.0, 30.0]);
    assert_eq!(bench.snapshot().skipped, 0);
}

#[test]
fn a_start_follows_the_wall_clock() {
    let mut bench = Bench::running(Plan {
        start_at: Some(noon() + secs(3600.0)),
        delay: secs(5.0),
        ..every(10.0)
    });
    bench.run(secs(60.0));
    bench.set_wall(noon() + secs(3595.0));
    bench.run(secs(21.0));
    assert_eq!(bench.openings(), [70.0, 80.0]);
}

/// Of this thread alone, so that it does not matter what else the machine does.
fn cpu_time() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    now.try_into().unwrap()
}

#[test]
fn a_day_of_a_second_each_is_turned_in_no_time() {
    let began = cpu_time();
    let mut bench = Bench::running(every(1.0));
    bench.run(secs(86_400.5));
    let took = cpu_time() - began;
    assert_eq!(bench.snapshot().shots, 86_401);
    // A second, where the test is not built to be debugged.
    assert!(took < Duration::from_secs(4), "{took:?}");
    let openings = bench.openings();
    let punctual = |(shot, at): (usize, &f64)| *at == shot as f64;
    assert!(openings.iter().enumerate().all(punctual));
}
