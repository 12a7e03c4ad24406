//! The position popup on the real source, with a real gpsd on a receiver's log behind it.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/receiver.rs"]
mod receiver;
mod support;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use barpop::gnss::Options;
use barpop::gnss::clock::Moment;
use barpop::gnss::coordinates::Notation;
use barpop::gnss::options::Wanted;
use barpop::gnss::source::Source;
use barpop::gnss::units::Units;
use barpop::gnss::view::{Position, Setup};
use barpop::popup::{Topic, fonts, theme::Theme};
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use receiver::{Gpsd, Terminal, data, free_port};
use support::Person;

struct Popup {
    topic: Position<Source>,
    ready: bool,
}

type Window = Harness<'static, Popup>;

fn popup(wanted: Wanted, tracks: PathBuf) -> Window {
    let options = Options {
        track_points: 600,
        ..Options::new(Some(wanted.clone()), &barpop::config::Gnss::default()).unwrap()
    };
    let setup = Setup {
        limits: options.limits,
        units: Units::Metric,
        notation: Notation::Dd,
        wanted,
        tracks,
        zone: jiff::tz::TimeZone::UTC,
        clocks: (Moment::now(), jiff::Timestamp::now()),
    };
    let popup = Popup {
        topic: Position::new(Source::start(options, || ()), setup),
        ready: false,
    };
    let mut window = Harness::builder().with_size([640.0, 480.0]).build_ui_state(
        |ui: &mut egui::Ui, popup: &mut Popup| {
            if !std::mem::replace(&mut popup.ready, true) {
                fonts::install_builtin(ui.ctx());
                Theme::default().install(ui.ctx());
                ui.ctx().set_missing_glyph_policy(Default::default());
                return;
            }
            popup.topic.ui(ui);
        },
        popup,
    );
    window.run_steps(3);
    window
}

fn type_text(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

/// Draws frames until the window says so.
fn until(window: &mut Window, words: &str) {
    let start = Instant::now();
    while window.query_all_by_label_contains(words).next().is_none() {
        let title = window.state().topic.title();
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "'{words}' does not come: {title}"
        );
        std::thread::sleep(Duration::from_millis(20));
        window.run_steps(1);
    }
}

#[test]
fn a_real_gpsd_is_shown_recorded_and_missed_when_it_is_gone() {
    let person = Person::new();
    let receiver = Terminal::sending(
        &data("four-constellations.nmea"),
        Duration::from_millis(20),
        0,
    );
    let port = free_port();
    let mut gpsd = Gpsd::start(&person, port, receiver.path());
    let wanted: Wanted = format!("gpsd://127.0.0.1:{port}").parse().unwrap();
    let tracks = person.path("data/tracks");
    let mut window = popup(wanted, tracks.clone());
    until(&mut window, "3D fix, now");
    until(&mut window, "Position: -33.85");
    until(&mut window, "Galileo: ");
    type_text(&mut window, "r");
    until(&mut window, "Recording, 2 points");
    type_text(&mut window, "r");
    until(&mut window, "Record the track");
    let name = jiff::Timestamp::now().strftime("%Y-%m-%d.gpx").to_string();
    let text = std::fs::read_to_string(tracks.join(name)).unwrap();
    assert!(text.contains("<trkpt lat=\"-33.85") && text.ends_with("</gpx>\n"));
    gpsd.kill();
    until(&mut window, "has ended.");
    until(&mut window, "Try again");
}

#[test]
fn a_replay_is_shown_to_its_end_and_played_again() {
    let person = Person::new();
    let log = std::fs::read(data("gps-only.nmea")).unwrap();
    let short = person.path("short.nmea");
    std::fs::write(&short, &log[..log.len() / 24]).unwrap();
    let mut window = popup(Wanted::File(short), person.path("tracks"));
    until(&mut window, "The replay");
    window.key_press_modifiers(Modifiers::NONE, Key::F5);
    window.run_steps(2);
    until(&mut window, "The replay");
    type_text(&mut window, "s");
    until(&mut window, "Where positions come from");
    until(&mut window, "short.nmea");
}
