//! The network popup, driven without a window: the list, its order, its filter and its keys.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/popup_net.rs"]
mod support;

use barpop::net::Security;
use barpop::net::command::Command;
use barpop::net::snapshot::Snapshot;
use egui::{Event, Key, Modifiers, Role, Shape, TextureId};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::net_samples::{self, everyday, id, offline, point, uuid};
use support::{
    Window, commands, named, point_at, popup, press, press_with, rows, shows, sized, tell,
    type_text, wait,
};

/// A network that is stronger than all others.
fn stronger(snapshot: &mut Snapshot) {
    let new = point(900, b"Brand new", 99, 2412, Security::Open);
    snapshot.access_points.push(new);
}

#[test]
fn what_is_connected_is_on_top_then_what_is_ones_own_then_the_strongest() {
    let popup = popup(everyday());
    let names = rows(&popup);
    assert_eq!(
        names[..8],
        [
            "ČD-WiFi",
            "Home of Anna",
            "eduroam",
            "Vodafone CZ",
            "Work",
            "wg-home",
            "FRITZ!Box 7590 AX",
            "Café Łódź"
        ]
    );
    assert_eq!(
        names.iter().filter(|name| *name == "Home of Anna").count(),
        1
    );
    let row = popup.get_by_label_contains("Home of Anna, ");
    let said = row.accesskit_node().label().unwrap();
    assert_eq!(
        said,
        "Home of Anna, signal 82 %, WPA2/WPA3, 2.4/5 GHz, saved"
    );
}

/// How many pictures a row has at its right end.
fn signs(popup: &Window, name: &str) -> usize {
    let row = popup.get_by_label_contains(name).rect();
    let end = row.with_min_x(row.right() - 60.0);
    let is_sign = |shape: &Shape| match shape {
        Shape::Mesh(mesh) => {
            mesh.texture_id != TextureId::default() && end.contains_rect(mesh.calc_bounds())
        }
        _ => false,
    };
    let shapes = popup.output().shapes.iter();
    shapes.filter(|clipped| is_sign(&clipped.shape)).count()
}

#[test]
fn an_encrypted_network_without_a_password_has_another_sign_than_an_open_one() {
    let mut snapshot = everyday();
    let open = point(900, b"free", 40, 2412, Security::Open);
    snapshot.access_points.push(open);
    let popup = sized(snapshot, [360.0, 900.0]);
    assert_eq!(signs(&popup, "free, signal 40 %, open"), 0);
    assert_eq!(signs(&popup, "airport-free, signal 35 %, enhanced open"), 1);
    assert_eq!(signs(&popup, "UPC0042117, "), 1);
}

#[test]
fn the_order_does_not_change_under_the_pointer_and_settles_when_it_leaves() {
    let mut popup = popup(offline());
    let before = rows(&popup);
    let target = popup.get_by_label_contains("Café Łódź, ").rect().center();
    point_at(&mut popup, target);
    tell(&mut popup, stronger);
    tell(&mut popup, |snapshot| {
        snapshot
            .access_points
            .retain(|p| p.ssid.text() != "FRITZ!Box 7590 AX");
    });
    let held = rows(&popup);
    assert_eq!(
        held[..before.len().min(held.len())],
        before[..before.len().min(held.len())]
    );
    assert!(shows(&popup, "FRITZ!Box 7590 AX, gone"));
    let now = popup.get_by_label_contains("Café Łódź, ").rect().center();
    assert_eq!(now, target, "the row under the pointer moved");
    popup.event(egui::Event::PointerGone);
    wait(&mut popup, 5.0);
    let settled = rows(&popup);
    assert!(!shows(&popup, "FRITZ!Box 7590 AX"));
    let place = |name: &str| settled.iter().position(|row| row == name);
    assert!(
        place("Brand new").unwrap() < place("Café Łódź").unwrap(),
        "{settled:?}"
    );
}

#[test]
fn the_selected_row_stays_while_the_arrows_are_used_and_f5_sorts_at_once() {
    let mut popup = popup(offline());
    for _ in 0..6 {
        press(&mut popup, Key::ArrowDown);
    }
    let before = rows(&popup);
    tell(&mut popup, stronger);
    assert_eq!(rows(&popup)[..7], before[..7]);
    press(&mut popup, Key::F5);
    assert!(popup.state_mut().sent.contains(&Command::Scan));
    assert_ne!(rows(&popup)[..7], before[..7]);
    press(&mut popup, Key::Enter);
    // The keyboard is still on the row that it was on: an unsaved one, which wants a password.
    assert!(shows(&popup, "Password"));
}

#[test]
fn typing_filters_without_regard_to_case_and_accents() {
    let mut popup = popup(offline());
    type_text(&mut popup, "cafe lo");
    assert_eq!(rows(&popup), ["Café Łódź"]);
    press(&mut popup, Key::Escape);
    assert!(rows(&popup).len() > 5);
    type_text(&mut popup, "no such name");
    assert!(shows(&popup, "Nothing here is called"));
    press(&mut popup, Key::Escape);
    assert!(!popup.state().state.wants_close());
    press(&mut popup, Key::Escape);
    assert!(popup.state().state.wants_close());
}

#[test]
fn letters_that_are_typed_between_two_frames_all_filter() {
    let mut popup = popup(offline());
    let letters = ["c", "a", "f", "e", " ", "l"].map(|letter| Event::Text(letter.to_owned()));
    popup.input_mut().events.extend(letters);
    popup.run_steps(4);
    assert_eq!(rows(&popup), ["Café Łódź"]);
}

#[test]
fn enter_connects_a_saved_network_and_disconnects_with_an_undo() {
    let mut popup = popup(everyday());
    press(&mut popup, Key::Enter);
    let home = Command::Activate {
        profile: uuid("Home of Anna"),
        device: None,
        access_point: None,
    };
    assert_eq!(commands(&mut popup), [home]);
    press(&mut popup, Key::ArrowUp);
    press(&mut popup, Key::Enter);
    let device = id(net_samples::WLAN);
    assert_eq!(commands(&mut popup), [Command::Disconnect { device }]);
    assert!(shows(&popup, "ČD-WiFi disconnected"));
    press_with(&mut popup, Modifiers::CTRL, Key::Z);
    let again = Command::Activate {
        profile: uuid("ČD-WiFi"),
        device: None,
        access_point: None,
    };
    assert_eq!(commands(&mut popup), [again]);
}

#[test]
fn two_enters_in_a_row_do_not_stop_what_the_first_one_started() {
    let mut popup = named("connecting");
    popup.get_by_label("Networks").focus();
    popup.run_steps(2);
    press(&mut popup, Key::Home);
    press(&mut popup, Key::Enter);
    let stop = commands(&mut popup);
    assert_eq!(stop, [Command::Abort { attempt: 1 }]);
    press(&mut popup, Key::Enter);
    assert_eq!(commands(&mut popup), []);
}

#[test]
fn a_saved_network_is_forgotten_only_after_a_question() {
    let mut popup = popup(everyday());
    press(&mut popup, Key::Delete);
    assert!(shows(&popup, "Forget Home of Anna?"));
    assert_eq!(commands(&mut popup), []);
    press(&mut popup, Key::Escape);
    assert!(!shows(&popup, "Forget Home of Anna?"));
    press(&mut popup, Key::Delete);
    press(&mut popup, Key::Enter);
    let profile = uuid("Home of Anna");
    assert_eq!(commands(&mut popup), [Command::Forget { profile }]);
}

#[test]
fn it_scans_by_itself_while_the_list_is_in_sight() {
    let mut popup = popup(everyday());
    let scans = |popup: &mut support::Window| {
        let sent = std::mem::take(&mut popup.state_mut().sent);
        sent.iter()
            .filter(|command| **command == Command::Scan)
            .count()
    };
    assert_eq!(scans(&mut popup), 1);
    wait(&mut popup, 16.0);
    assert_eq!(scans(&mut popup), 1);
    press(&mut popup, Key::ArrowRight);
    wait(&mut popup, 32.0);
    assert_eq!(scans(&mut popup), 0, "nobody sees the list");
}

#[test]
fn names_of_any_bytes_show_on_one_line_and_connect_by_their_bytes() {
    let mut popup = popup(net_samples::hostile());
    let names = rows(&popup);
    assert!(names.contains(&"<action=`reboot`>x</action>".to_owned()));
    for shown in ["[31mred second line tab", "(blank name)"] {
        assert!(names.contains(&shown.to_owned()), "{names:?}");
    }
    for name in &names {
        let bad = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!name.contains(bad), "{name:?}");
    }
    popup.get_by_label_contains("[31mred").click();
    popup.run_steps(5);
    type_text(&mut popup, "12345678");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::Join(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(join.ssid.bytes(), b"\x1b[31mred\x07\r\nsecond line\ttab");
}

#[test]
fn three_hundred_networks_are_folded_and_nothing_is_drawn_that_is_not_seen() {
    let mut popup = named("full");
    assert!(rows(&popup).len() < 24, "only what is in sight");
    press(&mut popup, Key::End);
    assert!(shows(&popup, "weaker networks") || shows(&popup, "out of range"));
    type_text(&mut popup, "217 of");
    assert_eq!(rows(&popup), ["Network 217 of a very large trade fair"]);
}

#[test]
fn saved_networks_out_of_range_are_folded_and_open_with_a_click() {
    let mut popup = popup(everyday());
    press(&mut popup, Key::End);
    assert!(shows(&popup, "2 saved networks out of range"));
    press(&mut popup, Key::Enter);
    assert!(shows(&popup, "Grandma, out of range"));
}

#[test]
fn a_click_on_what_is_connected_shows_it_and_cuts_nothing() {
    let mut popup = popup(everyday());
    popup.get_by_label_contains("ČD-WiFi, signal").click();
    popup.run_steps(5);
    assert_eq!(commands(&mut popup), []);
    assert!(shows(&popup, "Gateway: 10.33.4.1"));
    assert!(shows(&popup, "2a00:1028:83a6:8e92::1f3/64"));
    assert!(shows(&popup, "5180 MHz (channel 36)"));
    press(&mut popup, Key::Escape);
    assert!(!shows(&popup, "Gateway"));
}

#[test]
fn nothing_is_cut_off_at_320_points() {
    for name in ["everyday", "portal", "mobile", "two-adapters"] {
        let popup = sized(
            net_samples::by_name(name, support::now()).unwrap(),
            [320.0, 480.0],
        );
        for role in [Role::Button, Role::Switch, Role::ListBoxOption] {
            for node in popup.query_all_by_role(role) {
                let rect = node.rect();
                let label = node.accesskit_node().label().unwrap_or_default();
                assert!(
                    rect.left() >= -0.5 && rect.right() <= 320.5,
                    "{label}: {rect:?}"
                );
            }
        }
    }
}

#[test]
fn the_keys_are_told_on_a_question_mark() {
    let mut popup = popup(everyday());
    type_text(&mut popup, "?");
    assert!(popup.query_by_role(Role::Dialog).is_some());
    press(&mut popup, Key::Escape);
    assert!(popup.query_by_role(Role::Dialog).is_none());
}
