//! The network popup on its own source and a fake NetworkManager: from a key to a connection.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/fake_network.rs"]
mod fake_network;

use std::time::{Duration, Instant};

use barpop::net::view::{self, State};
use barpop::net::{Options, Wants};
use barpop::popup::{fonts, theme::Theme};
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use fake_network::Bed;
use jiff::{Timestamp, tz::TimeZone};

struct Popup {
    bed: Bed,
    state: State,
    ready: bool,
}

type Window = Harness<'static, Popup>;

fn popup(scene: &str) -> Window {
    let bed = Bed::with(
        scene,
        Options {
            wants: Wants::ALL,
            permissions: true,
            agent: true,
            ..Options::default()
        },
    );
    bed.running();
    let popup = Popup {
        bed,
        state: State::in_zone(TimeZone::UTC),
        ready: false,
    };
    let mut window = Harness::builder().with_size([360.0, 520.0]).build_ui_state(
        |ui: &mut egui::Ui, popup: &mut Popup| {
            if !std::mem::replace(&mut popup.ready, true) {
                fonts::install_builtin(ui.ctx());
                Theme::default().install(ui.ctx());
                ui.ctx().set_missing_glyph_policy(Default::default());
                return;
            }
            let source = &popup.bed.source;
            let now = Timestamp::now();
            for command in view::ui(ui, &source.latest(), &mut popup.state, now) {
                source.send(command);
            }
        },
        popup,
    );
    window.run_steps(5);
    window
}

fn type_text(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run_steps(3);
}

fn press(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::NONE, key);
    window.run_steps(3);
}

/// Draws frames until the window says so.
fn until(window: &mut Window, words: &str) {
    let start = Instant::now();
    while window.query_all_by_label_contains(words).next().is_none() {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "'{words}' does not come: {:#?}",
            window.state().bed.source.latest()
        );
        std::thread::sleep(Duration::from_millis(20));
        window.run_steps(1);
    }
    // What it brings with it.
    window.run_steps(3);
}

#[test]
fn an_open_network_is_joined_by_the_keyboard_alone() {
    let mut window = popup("home");
    until(&mut window, "Freifunk, ");
    type_text(&mut window, "freif");
    press(&mut window, Key::Enter);
    until(&mut window, "Connected to Freifunk");
}

#[test]
fn a_wrong_password_is_corrected_in_place_and_leaves_one_profile_behind() {
    let mut window = popup("home");
    window
        .state()
        .bed
        .control("add-ap Test 80 wpa2 correct-horse");
    until(&mut window, "Test, ");
    let before = window.state().bed.source.latest().profiles.len();
    type_text(&mut window, "test");
    press(&mut window, Key::Enter);
    type_text(&mut window, "correct-hors");
    press(&mut window, Key::Enter);
    until(&mut window, "wrong");
    assert!(
        window
            .query_by_label_contains("Password for Test")
            .is_none(),
        "it is asked in place, not by a sheet"
    );
    let bed = &window.state().bed;
    bed.until("a password that is wrong is not kept", |s| {
        s.profiles.len() == before
    });
    type_text(&mut window, "e");
    press(&mut window, Key::Enter);
    until(&mut window, "Connected to Test");
    let bed = &window.state().bed;
    bed.until("one profile more", |s| s.profiles.len() == before + 1);
}

#[test]
fn a_locked_sim_is_opened_with_its_pin() {
    let mut window = popup("sim-pin");
    until(&mut window, "SIM locked");
    press(&mut window, Key::Enter);
    until(&mut window, "The SIM is locked.");
    type_text(&mut window, "9999");
    press(&mut window, Key::Enter);
    until(&mut window, "2 tries left");
    type_text(&mut window, "1234");
    press(&mut window, Key::Enter);
    let bed = &window.state().bed;
    bed.until("the SIM is open", |s| s.modems[0].lock.is_none());
}

#[test]
fn networkmanager_that_stops_is_told_and_comes_back_by_itself() {
    let mut window = popup("home");
    until(&mut window, "Connected to");
    window.state().bed.control("stop networkmanager");
    until(&mut window, "NetworkManager is not running");
    window.state().bed.control("start networkmanager");
    until(&mut window, "Freifunk, ");
}
