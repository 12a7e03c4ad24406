//! The position popup, driven without a window: what it says in each state.
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
use barpop::gnss::doubt::Doubt;
use barpop::gnss::snapshot::{Link, Recording, Snapshot};
use egui::{Key, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::{
    all_labels, at, click, commands, fix, full_sky, next_frame, no_source, popup, press, searching,
    shows, sized, tell, type_text,
};

#[test]
fn the_header_answers_at_first_sight() {
    let window = popup(fix());
    assert!(shows(&window, "3D fix, now, ±6 m"));
    assert!(shows(&window, "2 of 3 satellites used"));
    assert!(shows(&window, "Position: 48.137154, 11.576124"));
    for words in ["Altitude: 519 m", "Speed: 10.8 km/h", "Track: 139° SE"] {
        assert!(shows(&window, words), "'{words}' is not on the first page");
    }
    let copy = window.get_by_label_contains("Position: ");
    assert!(
        copy.accesskit_node().is_focused(),
        "a press of Enter copies"
    );
}

#[test]
fn without_a_source_it_says_what_to_do() {
    let mut window = popup(no_source());
    assert!(shows(&window, "No source of positions"));
    assert!(shows(&window, "No gpsd answers on this machine."));
    press(&mut window, Key::Enter);
    assert!(
        shows(&window, "Where positions come from"),
        "the focused action"
    );
    press(&mut window, Key::Escape);
    click(&mut window, "Try again");
    assert_eq!(commands(&mut window), [Command::Retry]);
}

#[test]
fn connecting_tells_to_what_and_for_how_long() {
    let mut window = popup(Snapshot {
        link: Link::Connecting,
        source: Some("gpsd pi:2947".to_owned()),
        ..Snapshot::default()
    });
    tell(&mut window, |popup| popup.now = at(1007));
    assert!(shows(&window, "Connecting to gpsd pi:2947"));
    assert!(shows(&window, "Waiting for 7 s"));
}

#[test]
fn a_search_tells_how_long_and_what_is_heard() {
    let window = popup(searching());
    assert!(shows(&window, "Searching for 23 s"));
    assert!(shows(
        &window,
        "3 satellites received, the best with 36 dB-Hz"
    ));
    assert!(shows(&window, "A first fix takes"));
    assert!(!shows(&window, "Position: "), "there is none");
    for page in ["2", "3", "4", "5"] {
        let mut window = popup(searching());
        type_text(&mut window, page);
        assert!(shows(&window, "Searching for 23 s"), "page {page}");
    }
}

#[test]
fn a_position_that_gets_old_is_never_shown_as_now() {
    let mut window = popup(fix());
    for (second, title, position) in [
        (1001, "3D fix, now, ±6 m", "Position: 48"),
        (1004, "3D fix, 4 s old, ±6 m", "Position: 48"),
        (
            1012,
            "3D fix, 12 s old",
            "Position, last known, 12 s ago: 48",
        ),
        (
            1180,
            "Fix lost 3 min ago",
            "Position, last known, 3 min ago: 48",
        ),
    ] {
        tell(&mut window, |popup| popup.now = at(second));
        assert!(
            shows(&window, title),
            "'{title}' at {second}: {}",
            all_labels(&window)
        );
        assert!(shows(&window, position), "'{position}' at {second}");
        assert_eq!(shows(&window, "now, "), second < 1002);
    }
    assert!(shows(&window, "the receiver is silent"));
    assert!(
        !shows(&window, "GPS 5, "),
        "satellites of three minutes ago are not the sky"
    );
}

#[test]
fn the_age_goes_on_without_any_event_and_without_haste() {
    let mut window = popup(fix());
    // The receiver is expected to speak within two seconds; only then is there an age.
    let wait = next_frame(&window).as_secs_f64();
    assert!((1.9..2.1).contains(&wait), "{wait}");
    for second in [1003, 1012] {
        tell(&mut window, |popup| popup.now = at(second));
        let wait = next_frame(&window).as_secs_f64();
        assert!((0.9..1.1).contains(&wait), "{wait} at {second}");
    }
    tell(&mut window, |popup| popup.now = at(1200));
    let wait = next_frame(&window).as_secs_f64();
    assert!(wait > 35.0, "{wait}: minutes are told then");
    let window = popup(no_source());
    let wait = next_frame(&window);
    assert!(
        wait.as_secs() > 3600,
        "where nothing changes nothing is drawn: {wait:?}"
    );
}

#[test]
fn a_source_that_is_lost_says_so_beside_the_last_position() {
    let mut window = popup(fix());
    tell(&mut window, |popup| {
        popup.snapshot.link = Link::Connecting;
        popup.snapshot.error = Some("gpsd at 127.0.0.1:2947 has ended".to_owned());
        popup.now = at(1009);
    });
    assert!(shows(&window, "Gpsd at 127.0.0.1:2947 has ended."));
    assert!(shows(&window, "the source is gone"));
    click(&mut window, "Try again");
    assert_eq!(commands(&mut window), [Command::Retry]);
}

#[test]
fn a_replay_that_has_ended_says_so_and_is_played_again_with_a_key() {
    let mut window = popup(fix());
    tell(&mut window, |popup| {
        popup.snapshot.link = Link::Ended;
        popup.now = at(1020);
    });
    assert!(shows(&window, "The replay is at its end"));
    assert!(shows(&window, "last position 20 s ago"));
    press(&mut window, Key::F5);
    assert_eq!(commands(&mut window), [Command::Retry]);
}

#[test]
fn a_date_that_cannot_be_is_explained_and_mended() {
    let mut snapshot = fix();
    let corrected = "2026-11-24T12:00:00Z".parse().unwrap();
    if let Some(held) = &mut snapshot.fix {
        held.value.time = Some("2007-04-10T12:00:00Z".parse().unwrap());
    }
    snapshot.doubt = Some(Doubt::WeekRollover { corrected });
    let mut window = popup(snapshot);
    assert!(shows(&window, "1024 weeks off"));
    type_text(&mut window, "2");
    assert!(shows(&window, "UTC: 2026-11-24 12:00:00"));
    assert!(shows(&window, "Receiver says: 2007-04-10 12:00:00"));
    click(&mut window, "Hide this");
    assert!(!shows(&window, "1024 weeks off"));
}

#[test]
fn a_recording_that_fails_says_why_in_place() {
    let mut snapshot = fix();
    snapshot.recording = Some(Recording {
        path: "/full/2026-11-24.gpx".into(),
        points: 12,
        error: Some("cannot write '/full/2026-11-24.gpx': no space left".to_owned()),
    });
    let mut window = popup(snapshot);
    assert!(shows(
        &window,
        "Nothing is recorded: Cannot write '/full/2026-11-24.gpx'"
    ));
    click(&mut window, "End it");
    assert_eq!(commands(&mut window), [Command::StopRecording]);
}

#[test]
fn nothing_lies_outside_a_narrow_window() {
    for page in ["1", "2", "3", "4", "5", "n", "s"] {
        let mut window = sized(full_sky(), [320.0, 480.0]);
        type_text(&mut window, page);
        for node in window.root().children_recursive() {
            if node.accesskit_node().bounding_box().is_none() {
                continue;
            }
            let label = node.accesskit_node().label().unwrap_or_default();
            let rect = node.rect();
            assert!(
                rect.left() >= -1.0 && rect.right() <= 321.0,
                "page {page}: '{label}' at {rect:?}"
            );
        }
    }
}

#[test]
fn a_full_sky_is_told_satellite_by_satellite() {
    let window = popup(full_sky());
    let told = window.query_all_by_role(Role::ListBoxOption).count();
    assert_eq!(told, 84);
    assert!(shows(
        &window,
        "QZSS: 12 seen, 6 used, 12 heard, the best with 44 dB-Hz"
    ));
}
