//! What is asked while a plan runs, and when it is refused.

use super::*;
use crate::shutter::command::Change;
use crate::shutter::engine::{Kind, Place, Refusal};
use crate::shutter::plan::{self, Bracket, Sun, Window};
use crate::shutter::snapshot::Cause;

fn change(change: Change) -> Command {
    Command::Change(change)
}

fn interval(seconds: f64) -> Command {
    change(Change {
        interval: Some(secs(seconds)),
        ..Change::default()
    })
}

fn refused(kind: Kind, sentence: &str) -> Result<(), Refusal> {
    Err(Refusal::new(kind, sentence))
}

#[test]
fn a_new_interval_counts_from_the_last_shot_and_takes_effect_at_once() {
    let mut bench = Bench::running(every(3600.0));
    bench.run(secs(4.0));
    bench.ask(interval(10.0)).unwrap();
    assert_eq!(bench.snapshot().next_at, Some(noon() + secs(10.0)));
    bench.run(secs(17.0));
    assert_eq!(bench.openings(), [0.0, 10.0, 20.0]);
    bench.ask(interval(4.0)).unwrap();
    bench.run(secs(8.0));
    assert_eq!(bench.openings()[3..], [24.0, 28.0]);
}

#[test]
fn a_shorter_interval_whose_time_has_passed_long_ago_is_taken_up_in_its_phase() {
    let mut bench = Bench::running(every(3600.0));
    bench.run(secs(1003.0));
    bench.ask(interval(10.0)).unwrap();
    bench.run(secs(20.0));
    assert_eq!(bench.openings(), [0.0, 1010.0, 1020.0]);
    assert_eq!(bench.snapshot().skipped, 0, "they were not to be");
}

#[test]
fn another_count_or_exposure_keeps_the_phase() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(1.0)),
        ..every(10.0)
    });
    bench.run(secs(15.0));
    let wish = Change {
        count: Some(Some(3)),
        bulb: Some(secs(2.0)),
        ..Change::default()
    };
    bench.ask(change(wish)).unwrap();
    assert_eq!(bench.snapshot().eta, Some(noon() + secs(22.0)));
    bench.run(secs(30.0));
    assert_eq!(bench.openings(), [0.0, 10.0, 20.0]);
    assert_eq!(bench.closings(), [1.0, 11.0, 22.0]);
    assert_eq!(bench.snapshot().ended, Some(Ending::Done));
}

#[test]
fn a_change_that_cannot_be_is_refused_and_changes_nothing() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(5.0)),
        ..every(10.0)
    });
    bench.run(secs(25.0));
    let before = bench.snapshot();
    let refusal = bench.ask(interval(3.0)).unwrap_err();
    assert_eq!(refusal.kind, Kind::Invalid);
    assert_eq!(
        refusal.sentence,
        "a shot that takes 5 s does not fit in an interval of 3 s from shot to shot (exposure 5 s, \
         0.1 s until the next press); make the interval 5.1 s at least, the exposure shorter, or \
         count the interval from the end of a shot"
    );
    let count = Change {
        count: Some(Some(2)),
        ..Change::default()
    };
    assert_eq!(
        bench.ask(change(count)),
        refused(
            Kind::Invalid,
            "3 shots were taken already, 2 are less; stop the plan instead"
        )
    );
    assert_eq!(bench.snapshot().plan, before.plan);
    assert_eq!(bench.snapshot().next_at, before.next_at);
}

#[test]
fn a_pause_keeps_the_phase_and_lets_an_exposure_end() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(4.0)),
        ..every(10.0)
    });
    bench.run(secs(12.0));
    bench.ask(Command::Pause).unwrap();
    assert_eq!(bench.snapshot().next_at, None);
    bench.run(secs(31.0));
    assert_eq!(bench.closings(), [4.0, 14.0]);
    bench.ask(Command::Resume).unwrap();
    assert_eq!(bench.snapshot().next_at, Some(noon() + secs(50.0)));
    bench.run(secs(20.0));
    assert_eq!(bench.openings(), [0.0, 10.0, 50.0, 60.0]);
    assert_eq!(bench.snapshot().skipped, 0);
}

#[test]
fn a_pause_during_the_half_press_lets_the_button_go() {
    let mut bench = Bench::running(Plan {
        half_press: secs(2.0),
        delay: secs(2.0),
        ..every(10.0)
    });
    bench.run(secs(11.0));
    assert!(bench.world().focused);
    bench.ask(Command::Pause).unwrap();
    assert!(!bench.world().focused);
    bench.run(secs(20.0));
    assert_eq!(bench.openings(), [2.0]);
    assert_eq!(bench.snapshot().shots, 1);
}

#[test]
fn stop_ends_an_exposure_at_once_and_lets_all_go() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(60.0)),
        half_press: secs(1.0),
        ..every(100.0)
    });
    bench.run(secs(11.0));
    bench.ask(Command::Stop).unwrap();
    assert_eq!(bench.closings(), [11.0]);
    let world = bench.world();
    assert!(!world.focused && !world.opened);
    drop(world);
    let snapshot = bench.snapshot();
    assert_eq!(snapshot.ended, Some(Ending::Stopped));
    assert_eq!(snapshot.shots, 1);
    assert_eq!(snapshot.history[0].held, secs(10.0));
    assert_eq!(
        snapshot.history[0].problem.as_deref(),
        Some("it was stopped")
    );
}

#[test]
fn a_snap_between_two_shots_is_taken_at_once_and_does_not_count() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(2.0)),
        bracket: Some(Bracket {
            frames: 2,
            step_ev: 1.0,
            gap: secs(0.5),
        }),
        ..every(10.0)
    });
    bench.run(secs(5.0));
    bench.ask(Command::Snap).unwrap();
    assert!(bench.snapshot().exposing_since.is_some());
    bench.run(secs(10.0));
    // One frame, with the plan's exposure.
    assert_eq!(bench.openings()[2..4], [5.0, 10.0]);
    assert_eq!(bench.closings()[2], 7.0);
    let snapshot = bench.snapshot();
    assert_eq!((snapshot.shots, snapshot.total), (2, 3));
    assert_eq!(snapshot.history[1].cause, Cause::Snap);
}

#[test]
fn a_snap_that_does_not_fit_is_refused_in_a_sentence() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(2.0)),
        ..every(10.0)
    });
    bench.run(secs(1.0));
    assert_eq!(
        bench.ask(Command::Snap),
        refused(
            Kind::Conflict,
            "a picture is being taken for another 1 s; try again then"
        )
    );
    bench.run(secs(7.5));
    assert_eq!(
        bench.ask(Command::Snap),
        refused(
            Kind::Conflict,
            "the plan's next shot begins in 1.5 s, and a picture takes 2.05 s; try again after it"
        )
    );
    bench.run(secs(2.0));
    assert_eq!(bench.openings(), [0.0, 10.0]);
}

#[test]
fn without_a_plan_there_is_nothing_to_change_and_a_second_plan_is_refused() {
    let mut bench = Bench::new(options());
    let none = refused(Kind::Conflict, "no plan runs; start one first");
    for command in [
        Command::Pause,
        Command::Resume,
        Command::Stop,
        interval(5.0),
    ] {
        assert_eq!(bench.ask(command), none);
    }
    bench.ask(Command::Snap).unwrap();
    bench.run(secs(1.0));
    bench.ask(Command::Start(every(10.0))).unwrap();
    assert_eq!(
        bench.ask(Command::Start(every(20.0))).unwrap_err().kind,
        Kind::Conflict
    );
    assert_eq!(bench.openings(), [0.0, 1.0]);
}

#[test]
fn a_window_by_the_sun_wants_a_place_where_the_sun_does_that() {
    let by_sun = |from, to| Plan {
        windows: vec![Window {
            from: plan::Edge::Sun {
                event: from,
                offset_min: 0,
            },
            to: plan::Edge::Sun {
                event: to,
                offset_min: 0,
            },
        }],
        ..every(600.0)
    };
    let day = by_sun(Sun::Sunrise, Sun::Sunset);
    let mut bench = Bench::new(options());
    let refusal = bench.ask(Command::Start(day.clone())).unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.sentence.as_str()),
        (
            Kind::Invalid,
            "a window by the sun needs the place of the camera; set it in the configuration"
        )
    );
    // In Tromsø, the sun is down from late November to the middle of January.
    let mut bench = Bench::new(Options {
        place: Some(Place {
            lat_deg: 69.65,
            lon_deg: 18.96,
        }),
        ..options()
    });
    bench.set_wall("2026-12-01T12:00:00Z".parse().unwrap());
    bench.ask(Command::Start(day)).unwrap();
    let warning = bench.snapshot().warning.clone().unwrap();
    let date = "the sun does not open a window of the plan here before 2027-01-1";
    assert!(warning.starts_with(date), "{warning}");
    bench.ask(Command::Stop).unwrap();
    assert_eq!(bench.snapshot().warning, None);
    // At the equator it never stays up.
    let mut bench = Bench::new(Options {
        place: Some(Place {
            lat_deg: 89.9,
            lon_deg: 0.0,
        }),
        ..options()
    });
    let dusk = by_sun(Sun::AstronomicalDusk, Sun::AstronomicalDawn);
    bench.ask(Command::Start(dusk)).unwrap();
    assert!(bench.snapshot().warning.is_some());
}
