use std::time::Duration;

use super::super::plan::Plan;
use super::super::schedule::Aim;
use super::super::snapshot::Cause;
use super::*;

fn now() -> Now {
    Now {
        tick: Tick::at(5_000_000_000),
        wall: "2026-06-21T12:00:00.123456789Z".parse().unwrap(),
    }
}

fn shot(number: u64) -> Shot {
    Shot {
        number,
        cause: Cause::Plan,
        at: now().wall,
        late_ms: 0.25,
        held: Duration::from_millis(100),
        problem: None,
    }
}

fn kept() -> Kept {
    let mut lateness = Lateness::default();
    lateness.add(Duration::from_micros(120));
    Kept {
        state: State::Running,
        course: Some(Course {
            aim: Aim::Window(now().wall),
            first: Some(Tick::at(-7)),
            taken: 3,
            ..Course::new(Plan::default(), now())
        }),
        begun: Some(Tick::at(9)),
        total: 17,
        lateness,
        ..Kept::new("boot", now())
    }
}

/// A folder, and the state's file in it.
fn files() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("barpop/garden.json");
    (folder, state)
}

fn save(files: &mut Files, shots: &[Shot]) {
    files.save(&kept(), shots, History::default).unwrap();
}

#[test]
fn what_is_written_is_read_again() {
    let (_folder, state) = files();
    assert_eq!(Files::new(&state).load().kept, None);
    save(&mut Files::new(&state), &[shot(1), shot(2)]);
    save(&mut Files::new(&state), &[shot(3)]);
    let found = Files::new(&state).load();
    assert_eq!(found.kept, Some(kept()));
    assert_eq!(found.history.shots(), [shot(1), shot(2), shot(3)]);
    assert_eq!(found.warning, None);
}

#[test]
fn a_damaged_state_is_put_aside_and_the_history_stays() {
    for damage in ["", "{", "null", "{\"version\":1}", "\u{0}\u{0}"] {
        let (_folder, state) = files();
        save(&mut Files::new(&state), &[shot(1)]);
        fs::write(&state, damage).unwrap();
        let mut files = Files::new(&state);
        let found = files.load();
        assert_eq!(found.kept, None, "{damage}");
        assert_eq!(found.history.shots(), [shot(1)]);
        let warning = found.warning.unwrap();
        assert!(warning.contains("put aside as"), "{warning}");
        let aside = state.with_extension("damaged");
        assert_eq!(fs::read_to_string(aside).unwrap(), damage);
        // And what comes then is kept.
        save(&mut files, &[]);
        assert_eq!(Files::new(&state).load().kept, Some(kept()));
    }
}

#[test]
fn a_state_of_a_later_version_is_put_aside() {
    let (_folder, state) = files();
    save(&mut Files::new(&state), &[]);
    let text = fs::read_to_string(&state).unwrap();
    fs::write(&state, text.replace("\"version\":1", "\"version\":2")).unwrap();
    let warning = Files::new(&state).load().warning.unwrap();
    assert!(warning.contains("it is of version 2"), "{warning}");
}

#[test]
fn a_line_that_was_cut_off_loses_no_other() {
    let (_folder, state) = files();
    let mut first = Files::new(&state);
    save(&mut first, &[shot(1), shot(2)]);
    let history = state.with_extension("history");
    let bytes = fs::read(&history).unwrap();
    fs::write(&history, &bytes[..bytes.len() - 9]).unwrap();
    let mut files = Files::new(&state);
    assert_eq!(files.load().history.shots(), [shot(1)]);
    save(&mut files, &[shot(3)]);
    assert_eq!(
        Files::new(&state).load().history.shots(),
        [shot(1), shot(3)]
    );
}

#[test]
fn a_line_that_a_full_disk_cut_off_loses_no_other() {
    let (_folder, state) = files();
    let mut files = Files::new(&state);
    save(&mut files, &[shot(1)]);
    let history = state.with_extension("history");
    let bytes = fs::read(&history).unwrap();
    fs::remove_file(&history).unwrap();
    std::os::unix::fs::symlink("/dev/full", &history).unwrap();
    files
        .save(&kept(), &[shot(2)], History::default)
        .unwrap_err();
    // What such a disk has taken: the line before, and a part of this one.
    fs::remove_file(&history).unwrap();
    fs::write(&history, [&bytes, &bytes[..9]].concat()).unwrap();
    save(&mut files, &[shot(3)]);
    assert_eq!(
        Files::new(&state).load().history.shots(),
        [shot(1), shot(3)]
    );
}

#[test]
fn the_history_stays_small() {
    let (_folder, state) = files();
    let mut files = Files::new(&state);
    let mut history = History::default();
    for number in 1..=3000 {
        history.add(shot(number));
        let last = || history.clone();
        // Without the syncs of each save.
        files.append(&[shot(number)], last).unwrap_or_else(|_| {
            fs::create_dir_all(state.parent().unwrap()).unwrap();
        });
    }
    let shots = Files::new(&state).load().history.shots();
    assert_eq!(shots.len(), 200);
    assert_eq!(shots.last(), Some(&shot(3000)));
    let lines = fs::read_to_string(state.with_extension("history")).unwrap();
    assert!(lines.lines().count() <= 1200);
}
