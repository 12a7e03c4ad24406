use std::sync::Arc;

use jiff::SignedDuration;

use super::*;
use crate::bar::{Icons, Output, Style};
use crate::shutter::cameras::Link;
use crate::shutter::snapshot::{Release, State};

fn now() -> Timestamp {
    "2026-11-29T22:00:00Z".parse().unwrap()
}

fn running() -> Snapshot {
    Snapshot {
        state: State::Running,
        shots: 132,
        count: Some(500),
        next_at: Some(now() + SignedDuration::from_millis(3_200)),
        eta: Some(now() + SignedDuration::from_secs(3_680)),
        ..Snapshot::default()
    }
}

fn camera(snapshot: Snapshot) -> Camera {
    Camera {
        label: "roof".into(),
        address: "roof:8318".into(),
        link: Link::Online,
        snapshot: Some(Arc::new(snapshot)),
        ..Camera::default()
    }
}

fn offline(mut camera: Camera) -> Camera {
    camera.link = Link::Offline {
        since: now(),
        again: now(),
        why: "no answer".into(),
        refused: false,
    };
    camera
}

fn plain(wishes: Wishes<'_>, cameras: &[Camera]) -> String {
    let style = Style {
        output: Output::Plain,
        icons: Icons::Text,
        ascii: false,
    };
    let format = Format::new(wishes).unwrap();
    style.render(&format.line(cameras, now(), true))
}

fn usual(snapshot: Snapshot) -> String {
    plain(Wishes::default(), &[camera(snapshot)])
}

#[test]
fn the_line_answers_how_far_it_is_and_when_the_next_shot_comes() {
    assert_eq!(usual(running()), "CAM 132/500 4 s");
    let endless = Snapshot {
        count: None,
        ..running()
    };
    assert_eq!(usual(endless), "CAM 132 4 s");
    let paused = Snapshot {
        state: State::Paused,
        ..running()
    };
    assert_eq!(usual(paused), "PAUSE 132/500");
    assert_eq!(usual(Snapshot::default()), "CAM idle");
    let exposing = Snapshot {
        exposing_since: Some(now()),
        exposing_until: Some(now() + SignedDuration::from_secs(90)),
        ..running()
    };
    assert_eq!(usual(exposing), "EXP 132/500 1:30");
}

#[test]
fn what_is_wrong_is_said_first() {
    let broken = Release {
        problem: Some("GPIO18 is in use; stop that program".into()),
        ..Release::default()
    };
    let idle = Snapshot {
        release: broken.clone(),
        ..Snapshot::default()
    };
    assert_eq!(usual(idle.clone()), "! no release");
    let failing = Snapshot {
        release: broken,
        ..running()
    };
    assert_eq!(usual(failing), "! 132/500");
    let line = Format::new(Wishes::default())
        .unwrap()
        .line(&[camera(idle)], now(), true);
    assert!(line.urgent && line.class == "problem");
    assert!(line.tooltip.unwrap().contains("GPIO18 is in use"));
    let mut locked = camera(running());
    locked.link = Link::Forbidden {
        wrong: false,
        why: String::new(),
    };
    assert_eq!(plain(Wishes::default(), &[locked]), "LOCK password");
}

#[test]
fn a_camera_that_cannot_be_reached_shows_no_old_number_and_can_be_hidden() {
    let lost = offline(camera(running()));
    assert_eq!(
        plain(Wishes::default(), std::slice::from_ref(&lost)),
        "CAM offline"
    );
    let format = "{progress}{next}|{state}|{problem}";
    let template = Wishes {
        template: Some(format),
        ..Wishes::default()
    };
    assert_eq!(
        plain(template, std::slice::from_ref(&lost)),
        "|offline|no answer"
    );
    let hide = Wishes {
        hide_when_absent: true,
        ..Wishes::default()
    };
    let line = Format::new(hide.clone())
        .unwrap()
        .line(std::slice::from_ref(&lost), now(), false);
    assert!(line.hidden);
    // With others beside it, those alone are shown.
    assert_eq!(
        plain(hide, &[lost, camera(running())]),
        "CAM roof 132/500 4 s"
    );
}

#[test]
fn every_field_has_its_value_and_a_wrong_one_is_named() {
    let all = "{name} {state} {progress} {shots} {count} {next} {left} {percent} {skipped} {total}";
    let wishes = Wishes {
        template: Some(all),
        ..Wishes::default()
    };
    assert_eq!(
        plain(wishes, &[camera(running())]),
        "roof running 132/500 132 500 4 s 1 h 1 min 26% 0 0"
    );
    let wrong = Wishes {
        template: Some("{shot}"),
        ..Wishes::default()
    };
    let error = Format::new(wrong).unwrap_err().to_string();
    assert!(
        error.contains("shot") && error.contains("{shots}"),
        "{error}"
    );
}

#[test]
fn only_a_line_with_a_count_down_ticks() {
    let ticks = |template| {
        let wishes = Wishes {
            template,
            ..Wishes::default()
        };
        Format::new(wishes).unwrap().is_ticking()
    };
    assert!(ticks(None) && ticks(Some("{next}")) && ticks(Some("{left}")));
    assert!(!ticks(Some("{progress} {eta}")));
}

#[test]
fn a_service_with_another_clock_counts_down_all_the_same() {
    let mut camera = camera(running());
    camera.ahead = SignedDuration::from_hours(-2);
    let shift = |at: &mut Option<Timestamp>| {
        *at = at.map(|at| at - SignedDuration::from_hours(2));
    };
    let mut snapshot = running();
    shift(&mut snapshot.next_at);
    camera.snapshot = Some(Arc::new(snapshot));
    assert_eq!(plain(Wishes::default(), &[camera]), "CAM 132/500 4 s");
}

#[test]
fn what_a_service_says_is_never_markup() {
    let snapshot = Snapshot {
        name: "<fc=#f00>x</fc>".into(),
        release: Release {
            problem: Some("<action=`reboot`>no\nrelease</action>".into()),
            ..Release::default()
        },
        ..Snapshot::default()
    };
    let mut camera = camera(snapshot);
    camera.label.clone_from(&camera.address);
    let wishes = Wishes {
        template: Some("{name} {problem}"),
        ..Wishes::default()
    };
    let line = Format::new(wishes).unwrap().line(&[camera], now(), true);
    let style = Style {
        output: Output::Waybar,
        ..Style::default()
    };
    let written = style.render(&line);
    assert!(
        !written.contains("<action") && !written.contains("<fc"),
        "{written}"
    );
    let style = Style {
        output: Output::Xmobar,
        ..Style::default()
    };
    // What xmobar is to take as it is stands within its own brackets, with its length.
    let written = style.render(&line);
    assert!(
        written.contains("<raw=15:<fc=#f00>x</fc>/>")
            && written.contains("<raw=36:<action=`reboot`>no release</action>/>"),
        "{written}"
    );
}
