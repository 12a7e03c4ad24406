//! The rules of a station, by a clock of the test's own; and a replay from beginning to end.

use std::time::Duration;

use jiff::Timestamp;

use super::super::clock::Moment;
use super::super::doubt::Doubt;
use super::super::fix::{Fix, Mode, Position};
use super::super::report::Report;
use super::super::snapshot::{Limits, State};
use super::station::{Arrival, Station};
use super::*;

fn at(seconds: u64) -> Moment {
    Moment::at(Duration::from_secs(seconds))
}

fn report(time: Option<&str>, lat: f64) -> Report {
    Report {
        fix: Some(Fix {
            mode: Mode::TwoD,
            position: Position::new(lat, 11.0),
            time: time.map(|time| time.parse().unwrap()),
            ..Fix::default()
        }),
        sky: None,
    }
}

fn clock() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

#[test]
fn a_fix_that_is_said_again_does_not_get_younger() {
    let mut station = Station::new(10);
    let first = report(Some("2026-11-24T12:00:00Z"), 48.0);
    assert!(station.absorb(first.clone(), Arrival::Live, at(100), clock()));
    assert!(!station.absorb(first, Arrival::Live, at(110), clock()));
    assert_eq!(station.snapshot.age(at(110)), Some(Duration::from_secs(10)));
    // A receiver without a clock is believed each time.
    for second in [120, 130] {
        assert!(station.absorb(report(None, 48.0), Arrival::Live, at(second), clock()));
    }
    assert_eq!(station.snapshot.age(at(130)), Some(Duration::ZERO));
}

#[test]
fn the_first_answer_of_a_modem_may_be_an_old_position() {
    let mut station = Station::new(0);
    let old = report(Some("2026-11-24T11:00:00Z"), 48.0);
    station.absorb(old, Arrival::Asked, at(10_000), clock());
    assert_eq!(
        station.snapshot.state(at(10_000), Limits::default()),
        State::Lost
    );
    let new = report(Some("2026-11-24T11:00:01Z"), 48.0);
    station.absorb(new, Arrival::Asked, at(10_001), clock());
    assert_eq!(
        station.snapshot.state(at(10_001), Limits::default()),
        State::Fix
    );
}

#[test]
fn a_modem_that_answers_with_the_evening_s_position_in_the_morning_is_not_believed() {
    let mut station = Station::new(0);
    let state = |station: &Station, now| station.snapshot.state(at(now), Limits::default());
    let said = |second: u32| report(Some(&format!("2026-11-24T12:00:{second:02}Z")), 48.0);
    for second in 0..3_u32 {
        let now = at(50_000 + u64::from(second));
        station.absorb(said(second), Arrival::Asked, now, clock());
    }
    assert_eq!(state(&station, 50_002), State::Fix);
    // The machine slept for eight hours; what the modem has is of just before.
    station.absorb(said(3), Arrival::Asked, at(78_800), clock());
    assert_eq!(state(&station, 78_800), State::Lost);
    let awake = report(Some("2026-11-24T20:00:05Z"), 48.0);
    station.absorb(awake, Arrival::Asked, at(78_805), clock());
    assert_eq!(state(&station, 78_805), State::Fix);
    // Without a time, the same answer again is no news.
    let mut station = Station::new(0);
    assert!(station.absorb(report(None, 48.0), Arrival::Asked, at(1), clock()));
    assert!(!station.absorb(report(None, 48.0), Arrival::Asked, at(9), clock()));
    assert_eq!(state(&station, 9), State::Stale);
    assert!(station.absorb(report(None, 48.1), Arrival::Asked, at(10), clock()));
    assert_eq!(state(&station, 10), State::Fix);
}

#[test]
fn a_week_rollover_is_told_and_mended_and_a_replay_is_not_doubted() {
    let mut station = Station::new(0);
    let said = report(Some("2007-04-10T12:00:00Z"), 48.0);
    station.absorb(said.clone(), Arrival::Live, at(1), clock());
    assert!(matches!(
        station.snapshot.doubt,
        Some(Doubt::WeekRollover { .. })
    ));
    assert_eq!(station.snapshot.time(), Some(clock()));
    let mut station = Station::new(0);
    station.absorb(said, Arrival::Replayed, at(1), clock());
    assert_eq!(station.snapshot.doubt, None);
}

#[test]
fn the_track_keeps_a_point_a_second_and_its_newest() {
    let mut station = Station::new(3);
    for step in 0..8_u64 {
        let moment = Moment::at(Duration::from_millis(500 * step));
        station.absorb(report(None, step as f64), Arrival::Live, moment, clock());
    }
    let track = &station.snapshot.track;
    assert_eq!(track.len(), 3);
    assert_eq!(track[2].position.lat_deg(), 7.0);
}

#[test]
fn losing_the_source_does_not_bring_back_a_fix_that_was_withdrawn() {
    let mut station = Station::new(0);
    station.absorb(report(None, 48.0), Arrival::Live, at(10), clock());
    let none = Report {
        fix: Some(Fix::default()),
        sky: None,
    };
    station.absorb(none, Arrival::Live, at(11), clock());
    station.lost(Link::Connecting, "gone".to_owned());
    assert_eq!(
        station.snapshot.state(at(12), Limits::default()),
        State::Stale
    );
}

#[test]
fn a_file_is_replayed_recorded_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (log, track) = (
        folder.path().join("log.nmea"),
        folder.path().join("track.gpx"),
    );
    let mut text = String::new();
    for second in 0..10 {
        let body =
            format!("GPRMC,1200{second:02}.00,A,4807.{second:04},N,01131.0000,E,0.0,,241126,,,A");
        let sum = body.bytes().fold(0, |sum, b| sum ^ b);
        text += &format!("${body}*{sum:02X}\r\n");
    }
    std::fs::write(&log, text).unwrap();
    let options = Options {
        fast: true,
        wanted: Wanted::File("/does/not/exist".into()),
        track_points: 100,
        ..Options::new(None, &crate::config::Gnss::default()).unwrap()
    };
    let (told, news) = channel();
    let source = Source::start(options, move || {
        let _ = told.send(());
    });
    source.send(Command::StartRecording(track.clone()));
    source.send(Command::Choose(Wanted::File(log)));
    let until = std::time::Instant::now() + Duration::from_secs(10);
    while source.latest().link != Link::Ended {
        let left = until.saturating_duration_since(std::time::Instant::now());
        news.recv_timeout(left).expect("the file comes to its end");
    }
    let snapshot = source.latest();
    assert_eq!(
        snapshot
            .recording
            .as_ref()
            .map(|r| (r.points, r.error.clone())),
        Some((10, None))
    );
    assert_eq!(snapshot.counts.map(|counts| counts.good), Some(10));
    let text = std::fs::read_to_string(track).unwrap();
    assert_eq!(text.matches("<trkpt").count(), 10);
}
