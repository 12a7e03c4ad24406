//! What stands on the bar, at which moment.

use super::super::fix::Position;
use super::super::satellite::{Constellation, Satellite};
use super::super::snapshot::Held;
use super::*;
use crate::bar::{Icons, Output, Style};

fn at(seconds: f64) -> Moment {
    Moment::at(Duration::from_secs_f64(seconds))
}

fn snapshot() -> Snapshot {
    let mut satellites = vec![
        Satellite::new(Constellation::Gps, 4),
        Satellite::new(Constellation::Gps, 5),
    ];
    satellites[0].used = Some(true);
    satellites[0].cn0_dbhz = Some(40.0);
    Snapshot {
        source: Some("gpsd 127.0.0.1:2947".to_owned()),
        link: Link::Connected { since: at(10.0) },
        fix: Some(Held {
            value: Fix {
                mode: Mode::ThreeD,
                position: Position::new(48.137_154, 11.576_124),
                altitude_msl_m: Some(519.4),
                speed_mps: Some(10.0),
                ..Fix::default()
            },
            at: at(100.0),
        }),
        sky: Some(Held {
            value: Sky::new(satellites, Default::default()),
            at: at(100.0),
        }),
        ..Snapshot::default()
    }
}

fn shown(template: Option<&str>, snapshot: &Snapshot, now: f64) -> String {
    shown_in(Output::Plain, template, snapshot, now)
}

fn shown_in(output: Output, template: Option<&str>, snapshot: &Snapshot, now: f64) -> String {
    let format = Format::new(template, Notation::Dd, Units::Metric, false).unwrap();
    let style = Style {
        output,
        icons: Icons::Text,
        ascii: false,
    };
    style.render(&format.line(snapshot, at(now), Limits::default()))
}

#[test]
fn the_usual_line_follows_the_position_as_it_gets_old() {
    let snapshot = snapshot();
    let table = [
        (100.2, "3D 48.13715, 11.57612 1/2"),
        (105.0, "3D 48.13715, 11.57612 1/2"),
        (106.5, "OLD 48.13715, 11.57612 6 s old"),
        (200.0, "! lost 1 min ago"),
    ];
    for (now, line) in table {
        assert_eq!(shown(None, &snapshot, now), line, "{now}");
    }
}

#[test]
fn it_is_told_what_is_waited_for_and_how_long() {
    let mut snapshot = snapshot();
    snapshot.fix = None;
    assert_eq!(shown(None, &snapshot, 42.0), "GPS no fix 32 s, 1 satellite");
    snapshot.sky = None;
    assert_eq!(shown(None, &snapshot, 400.0), "GPS no fix 6 min");
    snapshot.link = Link::Connecting;
    assert_eq!(shown(None, &snapshot, 42.0), "OFF starting");
    snapshot.error = Some("no gpsd answers".to_owned());
    assert_eq!(shown(None, &snapshot, 42.0), "OFF no gpsd");
    snapshot.link = Link::NoSource;
    assert_eq!(shown(None, &snapshot, 42.0), "OFF no GNSS");
    let hidden = Format::new(None, Notation::Dd, Units::Metric, true).unwrap();
    assert!(hidden.line(&snapshot, at(42.0), Limits::default()).hidden);
}

#[test]
fn a_template_cannot_pass_an_old_position_off_as_a_new_one() {
    let snapshot = snapshot();
    let template = Some("<fc=#0f0>{mgrs}</fc>");
    assert_eq!(
        shown(template, &snapshot, 101.0),
        "<fc=#0f0>32U PU 91650 34754</fc>"
    );
    assert_eq!(
        shown(template, &snapshot, 112.0),
        "<fc=#0f0>32U PU 91650 34754</fc> 12 s old"
    );
    assert_eq!(
        shown(template, &snapshot, 300.0),
        "<fc=#0f0></fc> lost 3 min ago"
    );
    assert_eq!(
        shown(Some("{speed} {altitude} ({age})"), &snapshot, 112.0),
        "36.0 km/h 519 m (12 s)"
    );
}

#[test]
fn text_of_a_receiver_is_no_markup() {
    let mut snapshot = snapshot();
    snapshot.receiver = Some("<action=`id`>".to_owned());
    assert_eq!(
        shown_in(Output::Xmobar, Some("{receiver}"), &snapshot, 101.0),
        "<raw=13:<action=`id`>/>"
    );
}

#[test]
fn the_line_wakes_up_only_when_it_reads_differently() {
    let snapshot = snapshot();
    let next = |template, now: f64| {
        let format = Format::new(template, Notation::Dd, Units::Metric, false).unwrap();
        let next = format.next_change(&snapshot, at(now), Limits::default());
        next.map(|next| next.since(at(now)).as_secs_f64())
    };
    // While the fix is fresh nothing ticks but an age that is shown.
    assert!((next(None, 101.0).unwrap() - 4.0).abs() < 1e-6);
    assert_eq!(next(Some("{age}"), 101.25), Some(0.75));
    assert_eq!(next(None, 106.5), Some(0.5));
    assert_eq!(next(None, 161.5), Some(58.5));
}
