//! The position popup, driven without a window: its keys, and what they do.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/popup_gnss.rs"]
mod support;

use barpop::gnss::command::Command;
use barpop::gnss::options::Wanted;
use barpop::gnss::snapshot::Recording;
use egui::Key;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::{
    at, click, commands, copied, fix, full_sky, no_source, popup, press, shows, tell, type_text,
};

/// The event alone, so that the frame that answers it is the last one.
fn letter(window: &mut support::Window, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.step();
}

#[test]
fn one_key_copies_the_position_in_the_chosen_notation() {
    let mut window = popup(fix());
    let text = copied(&mut window, |window| letter(window, "c"));
    assert_eq!(text.as_deref(), Some("48.137154, 11.576124"));
    type_text(&mut window, "n");
    for words in [
        "Decimal degrees: 48.137154, 11.576124",
        "MGRS: 32U PU 9",
        "Plus code: 8FWH4HPG+",
        "Maidenhead: JN58sd",
        "geo: link: geo:48.137154,11.576124,565.9;u=6",
        "OpenStreetMap: https://www.openstreetmap.org/?mlat=48.137154",
    ] {
        assert!(shows(&window, words), "'{words}' is not in the choice");
    }
    let text = copied(&mut window, |window| letter(window, "4"));
    assert!(
        text.as_deref()
            .is_some_and(|text| text.starts_with("32U PU 9")),
        "{text:?}"
    );
    window.run_steps(4);
    assert!(
        shows(&window, "Position: 32U PU 9"),
        "it is the usual one now"
    );
    let again = copied(&mut window, |window| letter(window, "c"));
    assert_eq!(again, text);
}

#[test]
fn what_is_copied_of_an_old_position_says_how_old_it_is() {
    let mut window = popup(fix());
    tell(&mut window, |popup| popup.now = at(1180));
    type_text(&mut window, "c");
    assert!(shows(&window, "Copied, last known, 3 min ago"));
}

#[test]
fn without_a_position_nothing_is_copied_or_opened() {
    let mut window = popup(support::searching());
    let text = copied(&mut window, |window| letter(window, "c"));
    assert_eq!(text, None);
    type_text(&mut window, "o");
    assert_eq!(window.state_mut().state.wants_link(), None);
    assert!(shows(&window, "There is no position to show yet"));
}

#[test]
fn a_key_opens_the_map_of_this_place() {
    let mut window = popup(fix());
    type_text(&mut window, "o");
    let link = window.state_mut().state.wants_link().unwrap();
    assert!(link.starts_with("https://www.openstreetmap.org/?mlat=48.137154&mlon=11.576124"));
    assert_eq!(window.state_mut().state.wants_link(), None, "once");
}

#[test]
fn a_key_changes_the_units_everywhere() {
    let mut window = popup(fix());
    type_text(&mut window, "u");
    assert!(shows(&window, "Units: Imperial") && shows(&window, "Altitude: 1703 ft"));
    assert!(shows(&window, "3D fix, now, ±20 ft"));
    type_text(&mut window, "u");
    assert!(shows(&window, "Speed: 5.8 kn"));
    type_text(&mut window, "u");
    assert!(shows(&window, "Speed: 10.8 km/h"));
}

#[test]
fn each_page_has_its_digit() {
    let mut window = popup(fix());
    for (key, words) in [
        ("2", "Above ellipsoid: 565.9 m"),
        ("2", "Dilution: P 1.1   H 0.7   V 0.9"),
        ("2", "Error ellipse: 5.0 m × 3.0 m, 30°"),
        ("3", "61 positions in 1 min"),
        ("3", "You are moving"),
        ("4", "Track: 133 m in 1 min"),
        ("5", "Speed over 1 min: 10.8 km/h"),
        ("5", "Altitude over 1 min: 519 m"),
        ("1", "Sky with 3 satellites"),
    ] {
        type_text(&mut window, key);
        assert!(shows(&window, words), "'{words}' is not on page {key}");
    }
}

#[test]
fn all_satellites_stand_below_the_numbers_a_page_further_down() {
    let mut window = popup(full_sky());
    letter(&mut window, "2");
    let top = |window: &support::Window| {
        let rows = window.query_all_by_label_contains("dB-Hz");
        let first = rows
            .map(|row| row.rect().top())
            .fold(f32::INFINITY, f32::min);
        first.is_finite().then_some(first)
    };
    let before = top(&window);
    for _ in 0..4 {
        press(&mut window, Key::PageDown);
    }
    let after = top(&window).expect("satellites are told");
    assert!(
        before.is_none_or(|before| after < before),
        "it has not moved"
    );
    let rows = window.query_all_by_label_contains("dB-Hz").count();
    assert!(rows > 8, "{rows} satellites in sight");
}

#[test]
fn a_key_records_to_the_file_of_the_day_and_ends_it() {
    let mut window = popup(fix());
    type_text(&mut window, "r");
    let path = "/home/me/.local/share/barpop/tracks/2026-11-24.gpx";
    assert_eq!(
        commands(&mut window),
        [Command::StartRecording(path.into())]
    );
    assert!(shows(&window, &format!("Recording to {path}")));
    tell(&mut window, |popup| {
        popup.snapshot.recording = Some(Recording {
            path: path.into(),
            points: 41,
            error: None,
        });
    });
    assert!(shows(&window, &format!("Recording, 41 points, to {path}")));
    type_text(&mut window, "r");
    assert_eq!(commands(&mut window), [Command::StopRecording]);
    assert!(shows(&window, &format!("Saved in {path}")));
}

#[test]
fn the_arrows_go_from_satellite_to_satellite_and_tell_each_in_words() {
    let mut window = popup(fix());
    // Besides the satellite itself, the line below the sky says it.
    let told = |window: &support::Window, words: &str| {
        window.query_all_by_label_contains(words).count() == 2
    };
    press(&mut window, Key::ArrowRight);
    let words = "GPS 5, 42° high in the southeast (139°), 45 dB-Hz, used";
    assert!(told(&window, words));
    press(&mut window, Key::ArrowLeft);
    assert!(told(&window, "Galileo 3, 42° high"));
    press(&mut window, Key::Escape);
    assert!(!told(&window, "Galileo 3, 42° high"));
    assert!(!window.state().state.wants_close());
}

#[test]
fn a_source_is_chosen_among_the_ports_that_are_there() {
    let mut window = popup(no_source());
    type_text(&mut window, "s");
    assert!(window.state_mut().state.wants_ports());
    window
        .state_mut()
        .state
        .offer_ports(vec![("/dev/ttyACM0".into(), "u-blox 7".to_owned())]);
    window.run_steps(3);
    click(&mut window, "ttyACM0: as a receiver: u-blox 7");
    let chosen = Command::Choose(Wanted::Nmea("/dev/ttyACM0".into()));
    assert_eq!(commands(&mut window), [chosen]);
    assert!(!shows(&window, "Where positions come from"), "it is done");
}

#[test]
fn any_other_source_is_typed_and_what_is_none_is_explained_in_place() {
    let mut window = popup(no_source());
    type_text(&mut window, "s");
    window.get_by_label("Other source").focus();
    window.run_steps(2);
    type_text(&mut window, "cous");
    press(&mut window, Key::Enter);
    assert!(shows(&window, "'cous' is no source of positions"));
    assert_eq!(commands(&mut window), []);
    for _ in 0..4 {
        press(&mut window, Key::Backspace);
    }
    type_text(&mut window, "/home/me/walk.nmea");
    click(&mut window, "Use it");
    let chosen = Command::Choose(Wanted::File("/home/me/walk.nmea".into()));
    assert_eq!(commands(&mut window), [chosen]);
}

#[test]
fn the_recent_positions_are_forgotten_with_a_key() {
    let mut window = popup(fix());
    press(&mut window, Key::Delete);
    assert_eq!(commands(&mut window), [Command::ClearTrack]);
}

#[test]
fn escape_steps_back_and_then_closes() {
    let mut window = popup(fix());
    type_text(&mut window, "?");
    assert!(shows(&window, "Keys"));
    press(&mut window, Key::Escape);
    type_text(&mut window, "n");
    press(&mut window, Key::Escape);
    assert!(!window.state().state.wants_close());
    let copy = window.get_by_label_contains("Position: ");
    assert!(
        copy.accesskit_node().is_focused(),
        "the keyboard is back where it was"
    );
    press(&mut window, Key::Escape);
    assert!(window.state().state.wants_close());
}
