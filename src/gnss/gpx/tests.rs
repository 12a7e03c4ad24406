//! The file is whole whenever it is looked at, and goes on where it ended.

use super::super::fix::Position;
use super::*;

fn fix(lat: f64) -> Fix {
    Fix {
        mode: Mode::ThreeD,
        position: Position::new(lat, 11.5),
        altitude_msl_m: Some(545.4),
        ..Fix::default()
    }
}

/// Checks that every tag is closed, and returns how many segments and points there are.
fn read(path: &Path) -> (usize, usize) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut open = Vec::new();
    for tag in text.split('<').skip(1) {
        let name = tag.split(['>', ' ']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{text}"),
            None if name == "?xml" => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?} in {text}");
    (
        text.matches("<trkseg>").count(),
        text.matches("<trkpt").count(),
    )
}

#[test]
fn the_file_is_whole_after_every_step() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpx");
    let mut recorder = Recorder::open(&path).unwrap();
    assert_eq!(read(&path), (0, 0));
    recorder
        .add(&fix(48.0), Some(Timestamp::UNIX_EPOCH))
        .unwrap();
    assert_eq!(read(&path), (1, 1));
    recorder.add(&fix(48.1), None).unwrap();
    recorder.add(&Fix::default(), None).unwrap();
    assert_eq!(read(&path), (1, 2));
    recorder.interrupt().unwrap();
    recorder.interrupt().unwrap();
    assert_eq!(read(&path), (1, 2));
    recorder.add(&fix(48.2), None).unwrap();
    assert_eq!(read(&path), (2, 3));
    assert!(matches!(Recorder::open(&path), Err(GpxError::Busy(_))));
    drop(recorder);
    let mut recorder = Recorder::open(&path).unwrap();
    assert_eq!(read(&path), (2, 3), "opening adds nothing");
    recorder.add(&fix(48.3), None).unwrap();
    assert_eq!(read(&path), (3, 4));
}

#[test]
fn a_file_that_was_cut_anywhere_is_mended_and_keeps_its_points() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpx");
    let mut recorder = Recorder::open(&path).unwrap();
    for step in 0..3 {
        recorder
            .add(&fix(48.0 + f64::from(step)), Some(Timestamp::UNIX_EPOCH))
            .unwrap();
    }
    drop(recorder);
    let whole = std::fs::read(&path).unwrap();
    for cut in HEAD.len()..whole.len() {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let before = std::fs::read_to_string(&path)
            .unwrap()
            .matches("</trkpt>")
            .count();
        let mut recorder = Recorder::open(&path).unwrap();
        assert_eq!(read(&path).1, before, "cut at {cut}");
        recorder.add(&fix(50.0), None).unwrap();
        assert_eq!(read(&path).1, before + 1, "cut at {cut}");
    }
}

#[test]
fn somebody_elses_file_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("diary.txt");
    for text in [
        "Dear diary",
        "<gpx><wpt lat='1' lon='2'/></gpx>",
        "<gpx><trk><trkseg>",
    ] {
        std::fs::write(&path, text).unwrap();
        assert!(matches!(Recorder::open(&path), Err(GpxError::Foreign(_))));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    std::fs::write(
        &path,
        "<gpx version=\"1.1\">\n <trk><name>x</name>\n </trk>\n</gpx>\n",
    )
    .unwrap();
    let mut recorder = Recorder::open(&path).unwrap();
    recorder.add(&fix(48.0), None).unwrap();
    assert_eq!(read(&path), (1, 1));
}
