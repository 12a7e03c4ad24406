//! The engine as others use it: with its threads, on the system's clock.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

use super::*;
use crate::shutter::plan::Plan;
use crate::shutter::release::ReleaseError;
use crate::shutter::snapshot::{self, Ending, State};

/// What the wire shows, and what goes wrong.
#[derive(Default)]
struct Wire {
    edges: Mutex<Vec<(Instant, bool)>>,
    pressed: Mutex<[bool; 2]>,
    /// Openings that panic.
    panics: AtomicU32,
    /// Openings take so long.
    takes_ms: AtomicU32,
}

struct Fake(Arc<Wire>);

impl Fake {
    fn set(&self, line: usize, on: bool) {
        let mut pressed = self.0.pressed.lock().unwrap();
        if line == 1 && pressed[1] != on {
            self.0.edges.lock().unwrap().push((Instant::now(), on));
        }
        pressed[line] = on;
    }
}

impl Release for Fake {
    fn describe(&self) -> snapshot::Release {
        snapshot::Release {
            name: "the fake".into(),
            problem: None,
            focus: true,
        }
    }

    fn focus(&mut self, pressed: bool) -> Result<(), ReleaseError> {
        self.set(0, pressed);
        Ok(())
    }

    fn open(&mut self, _longest: Duration) -> Result<(), ReleaseError> {
        let takes = self.0.takes_ms.load(Ordering::Relaxed);
        thread::sleep(Duration::from_millis(takes.into()));
        self.set(1, true);
        let left = self.0.panics.load(Ordering::Relaxed);
        if left > 0 {
            self.0.panics.store(left - 1, Ordering::Relaxed);
            panic!("a driver's error");
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), ReleaseError> {
        self.set(1, false);
        Ok(())
    }

    fn recover(&mut self) -> Result<(), ReleaseError> {
        self.set(0, false);
        self.close()
    }
}

fn options(state: Option<&Path>) -> Options {
    Options {
        state: state.map(Path::to_owned),
        ..Options::default()
    }
}

fn engine(state: Option<&Path>) -> (Handle, Arc<Wire>) {
    let wire = Arc::new(Wire::default());
    let handle = start(Box::new(Fake(Arc::clone(&wire))), options(state)).unwrap();
    (handle, wire)
}

fn plan(interval_ms: u64) -> Plan {
    Plan {
        interval: Duration::from_millis(interval_ms),
        ..Plan::default()
    }
}

/// Until it is so, at most for 20 seconds.
fn eventually(handle: &Handle, so: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let snapshot = handle.snapshot();
        if so(&snapshot) {
            return snapshot;
        }
        assert!(Instant::now() < end, "{snapshot:?}");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn shots_are_in_time_whatever_watchers_do() {
    let (handle, wire) = engine(None);
    handle.watch(|_| thread::sleep(Duration::from_secs(2)));
    handle.watch(|_| panic!("a watcher's error"));
    let count = Some(20);
    handle
        .ask(Command::Start(Plan { count, ..plan(200) }))
        .unwrap();
    assert_eq!(
        handle.snapshot().state,
        State::Running,
        "as it is after what was asked"
    );
    let snapshot = eventually(&handle, |snapshot| snapshot.state == State::Idle);
    assert_eq!(snapshot.ended, Some(Ending::Done));
    assert_eq!(snapshot.shots, 20);
    let edges = wire.edges.lock().unwrap().clone();
    let opened: Vec<Instant> = edges
        .iter()
        .filter(|edge| edge.1)
        .map(|edge| edge.0)
        .collect();
    assert_eq!(opened.len(), 20);
    // On a loaded machine an edge may be late; but lateness does not add up.
    let took = opened[19] - opened[0];
    assert!(
        took.abs_diff(Duration::from_millis(3800)) < Duration::from_millis(150),
        "{took:?}"
    );
    handle.end();
}

#[test]
fn a_watcher_sees_the_last_snapshot() {
    let (handle, _wire) = engine(None);
    let seen = Arc::new(AtomicU32::new(0));
    let shots = Arc::clone(&seen);
    handle.watch(move |snapshot| shots.store(snapshot.total as u32, Ordering::Relaxed));
    handle.ask(Command::Snap).unwrap();
    eventually(&handle, |_| seen.load(Ordering::Relaxed) == 1);
    handle.end();
}

#[test]
fn an_ended_engine_has_let_go_and_says_so() {
    let (handle, wire) = engine(None);
    let long = Plan {
        bulb: Some(Duration::from_secs(30)),
        half_press: Duration::from_millis(10),
        ..plan(60_000)
    };
    handle.ask(Command::Start(long)).unwrap();
    eventually(&handle, |snapshot| snapshot.exposing_since.is_some());
    let other = handle.clone();
    handle.end();
    assert_eq!(*wire.pressed.lock().unwrap(), [false, false]);
    let refusal = other.ask(Command::Snap).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::new(Kind::Unavailable, "the timer has ended")
    );
}

#[test]
fn the_timing_thread_shows_that_it_is_alive_when_nothing_is_to_do() {
    let (handle, _wire) = engine(None);
    let end = Instant::now() + Duration::from_millis(2500);
    while Instant::now() < end {
        assert!(handle.alive() < Duration::from_secs(10));
        thread::sleep(Duration::from_millis(50));
    }
    assert!(
        handle.alive() < Duration::from_millis(2000),
        "{:?}",
        handle.alive()
    );
    handle.end();
}

#[test]
fn a_panic_lets_go_and_the_plan_goes_on() {
    let (handle, wire) = engine(None);
    wire.panics.store(1, Ordering::Relaxed);
    // An exposure so long that the half second in which a debugger's trace of a panic may be
    // printed, before anything else can happen on the thread, is not taken for it.
    handle
        .ask(Command::Start(Plan {
            count: Some(2),
            half_press: Duration::from_millis(10),
            bulb: Some(Duration::from_secs(5)),
            ..plan(6000)
        }))
        .unwrap();
    let snapshot = eventually(&handle, |snapshot| snapshot.warning.is_some());
    let warning = snapshot.warning.clone().unwrap();
    assert!(warning.contains("a driver's error"), "{warning}");
    let snapshot = eventually(&handle, |snapshot| snapshot.state == State::Idle);
    assert_eq!(snapshot.ended, Some(Ending::Done));
    assert_eq!(*wire.pressed.lock().unwrap(), [false, false]);
    let edges = wire.edges.lock().unwrap();
    let first = edges[1].0 - edges[0].0;
    assert!(first < Duration::from_secs(4), "let go at once: {first:?}");
    drop(edges);
    handle.end();
}

#[test]
fn what_a_release_that_hangs_kept_from_being_done_is_not_done_later() {
    let (handle, wire) = engine(None);
    wire.takes_ms.store(3000, Ordering::Relaxed);
    handle
        .ask(Command::Start(Plan {
            delay: Duration::from_millis(200),
            ..plan(60_000)
        }))
        .unwrap();
    // The release hangs from here on.
    let hangs = Instant::now() + Duration::from_secs(20);
    while handle.alive() < Duration::from_millis(1100) {
        assert!(Instant::now() < hangs);
        thread::sleep(Duration::from_millis(5));
    }
    let refusal = handle.ask(Command::Stop);
    let snapshot = eventually(&handle, |snapshot| snapshot.shots == 1);
    // On a loaded machine it may have hung too short.
    match refusal {
        Err(refusal) => {
            let sentence =
                "the fake does not answer; nothing was done; see whether it is connected";
            assert_eq!(refusal, Refusal::new(Kind::Unavailable, sentence));
            assert_eq!(snapshot.state, State::Running);
        }
        Ok(()) => assert_eq!(snapshot.ended, Some(Ending::Stopped)),
    }
    handle.end();
}

#[test]
fn a_plan_goes_on_in_its_phase_when_the_service_is_started_anew() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state/garden.json");
    let (handle, _wire) = engine(Some(&state));
    handle.ask(Command::Start(plan(500))).unwrap();
    let before = eventually(&handle, |snapshot| snapshot.shots == 3);
    handle.end();
    let (handle, _wire) = engine(Some(&state));
    let resumed = handle.snapshot();
    assert_eq!(resumed.state, State::Running);
    assert!(resumed.resumed_at.is_some());
    assert_eq!(
        (resumed.shots, resumed.total, resumed.history.len()),
        (3, 3, 3)
    );
    let after = eventually(&handle, |snapshot| snapshot.shots > 3);
    let apart = after.history[3].at.duration_since(before.history[0].at);
    let off = apart.as_millis() % 500;
    assert!(off.min(500 - off) < 100, "{apart:?}");
    handle.ask(Command::Stop).unwrap();
    handle.end();
    let stopped = engine(Some(&state)).0.snapshot();
    assert_eq!(stopped.ended, Some(Ending::Stopped));
    assert_eq!(
        stopped.plan.as_ref().unwrap().interval,
        Duration::from_millis(500)
    );
    let private = |path: &Path| {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata(path).unwrap().mode() & 0o077
    };
    assert_eq!(private(&state), 0);
    assert_eq!(private(&state.with_extension("history")), 0);
}

#[test]
fn a_state_that_cannot_be_written_is_a_warning_and_no_shot_waits() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let (handle, _wire) = engine(Some(&file.join("garden.json")));
    handle.ask(Command::Start(plan(300))).unwrap();
    let warned = |snapshot: &Snapshot| snapshot.warning.is_some() && snapshot.shots >= 3;
    let snapshot = eventually(&handle, warned);
    let warning = snapshot.warning.clone().unwrap();
    assert!(
        warning.starts_with("the plan cannot be written down"),
        "{warning}"
    );
    assert_eq!(snapshot.skipped, 0);
    handle.end();
}

#[test]
fn a_place_that_is_none_is_an_error() {
    let place = Place {
        lat_deg: 91.0,
        lon_deg: 0.0,
    };
    let options = Options {
        place: Some(place),
        ..Options::default()
    };
    let error = start(Box::new(Fake(Arc::default())), options)
        .err()
        .unwrap();
    assert_eq!(
        error.to_string(),
        "91 degrees north and 0 east is no place on Earth; correct the place in the configuration"
    );
}
