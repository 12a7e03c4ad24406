//! A release that fails, and an error of ours.

use super::*;
use crate::shutter::engine::Kind;

#[test]
fn a_press_that_fails_once_is_tried_again_at_once() {
    let mut bench = Bench::running(every(10.0));
    bench.run(secs(5.0));
    bench.world().fail_open = 1;
    bench.run(secs(10.0));
    assert_eq!(bench.openings(), [0.0, 10.0]);
    let snapshot = bench.snapshot();
    assert_eq!((snapshot.shots, snapshot.skipped), (2, 0));
    assert_eq!(snapshot.warning, None, "it is well again");
}

#[test]
fn a_press_that_fails_again_and_again_keeps_the_phase_and_the_warning() {
    let mut bench = Bench::running(every(10.0));
    bench.run(secs(5.0));
    bench.world().fail_open = 4;
    bench.run(secs(8.0));
    assert_eq!(
        bench.snapshot().warning.as_deref(),
        Some("a shot could not be taken: the fake failed: as told")
    );
    bench.run(secs(20.0));
    assert_eq!(bench.openings(), [0.0, 20.0, 30.0]);
    assert_eq!(bench.snapshot().skipped, 1);
    assert_eq!(bench.snapshot().warning, None);
}

#[test]
fn a_plan_whose_release_is_gone_ends_after_ten_shots() {
    let mut bench = Bench::running(every(10.0));
    bench.run(secs(5.0));
    bench.world().fail_open = u32::MAX;
    bench.world().fail_recover = u32::MAX;
    bench.run(secs(200.0));
    let snapshot = bench.snapshot();
    assert_eq!(snapshot.ended, Some(Ending::Failed));
    assert_eq!((snapshot.shots, snapshot.skipped), (1, 10));
    assert_eq!(
        snapshot.warning.as_deref(),
        Some("10 shots in a row could not be taken: the fake failed: as told")
    );
    assert!(snapshot.release.problem.is_some());
    // It is plugged in again.
    bench.world().fail_open = 0;
    bench.world().fail_recover = 0;
    bench.run(secs(10.0));
    let snapshot = bench.snapshot();
    assert_eq!(
        (&snapshot.release.problem, &snapshot.warning),
        (&None, &None)
    );
}

#[test]
fn a_snap_without_a_release_is_refused_and_leaves_nothing_pressed() {
    let mut bench = Bench::new(Options {
        half_press: secs(0.5),
        ..options()
    });
    bench.world().fail_focus = u32::MAX;
    bench.world().fail_recover = u32::MAX;
    let refusal = bench.ask(Command::Snap).unwrap_err();
    assert_eq!(refusal.kind, Kind::Unavailable);
    assert_eq!(refusal.sentence, "the fake failed: as told");
    assert_eq!(bench.snapshot().total, 0);
}

#[test]
fn a_bulb_that_does_not_close_is_asked_until_it_does() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(2.0)),
        half_press: secs(0.5),
        ..every(10.0)
    });
    bench.run(secs(1.0));
    bench.world().fail_close = 30;
    bench.world().fail_recover = 30;
    bench.run(secs(5.0));
    assert!(bench.world().opened);
    let warning = bench.snapshot().warning.clone().unwrap();
    assert_eq!(
        warning,
        "a button cannot be let go: the fake failed: as told"
    );
    bench.run(secs(120.0));
    assert!(!bench.world().opened && !bench.world().focused);
    let snapshot = bench.snapshot();
    assert_eq!(snapshot.warning, None);
    assert!(snapshot.history[0].problem.is_some());
    assert!(snapshot.skipped > 0);
    // And the phase is the old one.
    let openings = bench.openings();
    assert!(
        openings.iter().all(|at| (at - 0.5) % 10.0 == 0.0),
        "{openings:?}"
    );
}

#[test]
fn after_an_error_of_ours_everything_is_let_go_and_the_shot_counts() {
    let mut bench = Bench::running(Plan {
        bulb: Some(secs(20.0)),
        half_press: secs(0.5),
        ..every(60.0)
    });
    bench.run(secs(5.0));
    bench.machine.pick_up("index out of bounds");
    assert!(!bench.world().opened && !bench.world().focused);
    bench.run(secs(120.0));
    assert_eq!(bench.openings(), [0.5, 60.5, 120.5]);
    let snapshot = bench.snapshot();
    assert_eq!(snapshot.shots, 3 - 1, "the third is in flight");
    let warning = snapshot.warning.clone().unwrap();
    assert!(warning.contains("index out of bounds"), "{warning}");
}
