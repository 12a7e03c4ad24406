//! The network popup, driven without a window: what stands in the way, the SIM, pages.
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

use barpop::net::command::{Change, Command, RadioSwitch};
use barpop::net::snapshot::{About, AccessPoint, Failure, Permission};
use barpop::secret::Secret;
use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::net_samples::{self, MODEM, id, share, uuid};
use support::{
    all_labels, click, commands, named, now, popup, press, press_with, shows, sized, tell,
    type_text,
};

#[test]
fn the_header_answers_at_first_sight() {
    for (state, words) in [
        ("everyday", "Connected to ČD-WiFi"),
        ("everyday", "54 % · 10.33.4.117 · 5 GHz · 433 Mbit/s"),
        ("portal", "ČD-WiFi: sign in first"),
        ("limited", "ČD-WiFi: no internet"),
        ("offline", "Not connected"),
        ("connecting", "Connecting to Home of Anna"),
        ("connecting", "Getting address, 3 s"),
        ("cable", "Connected to the cable"),
        ("mobile", "Connected to Vodafone CZ"),
        ("mobile", "roaming"),
        ("vpn", "Connected to ČD-WiFi"),
        ("vpn", "VPN: Work"),
        ("wifi-off", "Wi-Fi is off"),
        ("wifi-off-hardware", "by a switch or a key on this computer"),
        ("not-running", "NetworkManager is not running"),
        ("no-bus", "No system bus"),
        ("no-bus", "Cannot reach the system bus"),
        ("stalled", "NetworkManager has not answered for 10 s."),
        ("empty", "There is no Wi-Fi in this computer"),
        ("no-networks", "No networks are in range."),
        ("scanning", "Looking for networks"),
    ] {
        assert!(
            shows(&named(state), words),
            "'{state}' does not say '{words}'"
        );
    }
}

#[test]
fn a_sign_in_page_is_one_click_away() {
    let mut popup = named("portal");
    click(&mut popup, "Sign in");
    assert_eq!(commands(&mut popup), [Command::SignIn]);
}

#[test]
fn wifi_and_all_radios_are_switched_with_a_click_or_a_key() {
    let mut popup = named("everyday");
    let wifi = |on| Command::Radio {
        radio: RadioSwitch::Wifi,
        on,
    };
    popup.get_by_role_and_label(Role::Switch, "Wi-Fi").click();
    popup.run_steps(4);
    press_with(&mut popup, Modifiers::CTRL, Key::W);
    assert_eq!(commands(&mut popup), [wifi(false), wifi(false)]);
    press_with(&mut popup, Modifiers::CTRL, Key::P);
    let airplane = Command::Radio {
        radio: RadioSwitch::Airplane,
        on: true,
    };
    assert_eq!(commands(&mut popup), [airplane]);
    let mut off = named("wifi-off");
    commands(&mut off);
    press_with(&mut off, Modifiers::CTRL, Key::W);
    assert_eq!(commands(&mut off), [wifi(true)]);
}

#[test]
fn a_switch_on_the_case_is_not_fought() {
    let mut popup = named("wifi-off-hardware");
    press_with(&mut popup, Modifiers::CTRL, Key::W);
    assert_eq!(commands(&mut popup), []);
}

#[test]
fn without_rights_the_missing_permission_is_named_and_nothing_is_asked() {
    let mut popup = named("forbidden");
    press(&mut popup, Key::Enter);
    assert_eq!(commands(&mut popup), []);
    assert!(shows(&popup, "You lack the permission 'network-control'"));
    let mut popup = support::popup({
        let mut snapshot = net_samples::everyday();
        if let Some(all) = &mut snapshot.permissions {
            all.modify_own = Permission::No;
            all.modify_system = Permission::No;
        }
        snapshot
    });
    popup.get_by_label_contains("ČD-WiFi, signal").click();
    popup.run_steps(5);
    assert!(shows(&popup, "settings.modify.system"));
}

/// The page of the modem.
fn modem_page(state: &str) -> support::Window {
    let mut popup = named(state);
    press_with(&mut popup, Modifiers::CTRL, Key::F);
    type_text(&mut popup, "quectel");
    press(&mut popup, Key::Enter);
    commands(&mut popup);
    popup
}

#[test]
fn a_locked_sim_takes_its_pin_once() {
    let mut popup = modem_page("pin");
    assert!(shows(&popup, "3 tries left"));
    type_text(&mut popup, "739");
    press(&mut popup, Key::Enter);
    assert_eq!(commands(&mut popup), [], "three digits are no PIN");
    type_text(&mut popup, "1");
    press(&mut popup, Key::Enter);
    press(&mut popup, Key::Enter);
    let unlock = Command::Unlock {
        modem: id(MODEM),
        pin: Secret::new("7391"),
        last_try: false,
    };
    assert_eq!(commands(&mut popup), [unlock]);
    assert!(shows(&popup, "Asking the SIM…"));
    // A wrong one: one try less, and the reason.
    tell(&mut popup, |snapshot| {
        snapshot.modems[0].tries = Some(2);
        snapshot.failure = Some(Failure {
            about: About::Modem(id(MODEM)),
            sentence: "the PIN is wrong".into(),
        });
    });
    assert!(shows(&popup, "The PIN is wrong.") && shows(&popup, "2 tries left"));
    type_text(&mut popup, "7392");
    press(&mut popup, Key::Enter);
    press(&mut popup, Key::Enter);
    let unlock = Command::Unlock {
        modem: id(MODEM),
        pin: Secret::new("7392"),
        last_try: false,
    };
    assert_eq!(commands(&mut popup), [unlock]);
    assert!(!all_labels(&popup).contains("7391"));
}

#[test]
fn the_last_try_needs_a_tick() {
    let mut popup = modem_page("last-try");
    assert!(shows(&popup, "Only one try is left"));
    type_text(&mut popup, "1234");
    press(&mut popup, Key::Enter);
    assert_eq!(commands(&mut popup), []);
    click(&mut popup, "I know the code and use the last try");
    popup.get_by_label("PIN").focus();
    popup.run_steps(3);
    type_text(&mut popup, "1234");
    press(&mut popup, Key::Enter);
    let unlock = Command::Unlock {
        modem: id(MODEM),
        pin: Secret::new("1234"),
        last_try: true,
    };
    assert_eq!(commands(&mut popup), [unlock]);
}

#[test]
fn a_blocked_sim_takes_its_puk_and_the_new_pin_twice() {
    let mut popup = modem_page("puk");
    type_text(&mut popup, "12345678");
    for (label, text) in [("New PIN", "4321"), ("New PIN again", "4329")] {
        popup.get_by_label(label).focus();
        popup.run_steps(2);
        type_text(&mut popup, text);
    }
    assert!(shows(&popup, "The two new PINs differ"));
    press(&mut popup, Key::Backspace);
    type_text(&mut popup, "1");
    click(&mut popup, "Unlock");
    let unblock = Command::Unblock {
        modem: id(MODEM),
        puk: Secret::new("12345678"),
        pin: Secret::new("4321"),
    };
    assert_eq!(commands(&mut popup), [unblock]);
}

#[test]
fn a_sim_without_a_connection_gets_one() {
    let mut popup = popup({
        let mut snapshot = net_samples::offline();
        snapshot.profiles.clear();
        snapshot
    });
    type_text(&mut popup, "vodafone cz");
    press(&mut popup, Key::Enter);
    assert!(shows(&popup, "New mobile connection"));
    assert_eq!(
        popup.state_mut().state.wants_presets().as_deref(),
        Some("23003")
    );
    type_text(&mut popup, "internet");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::NewMobile(new)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(
        (new.apn.as_str(), new.name.as_str()),
        ("internet", "Vodafone CZ")
    );
    assert!(new.home_only, "roaming costs");
}

#[test]
fn a_saved_network_is_shared_as_a_code_and_put_away_again() {
    let mut popup = named("everyday");
    press_with(&mut popup, Modifiers::CTRL, Key::Q);
    let profile = uuid("Home of Anna");
    assert_eq!(commands(&mut popup), [Command::Share { profile }]);
    tell(&mut popup, |snapshot| snapshot.share = Some(share()));
    assert!(shows(&popup, "QR code: a phone that sees it can connect"));
    assert!(!all_labels(&popup).contains("correct horse battery"));
    click(&mut popup, "Show password");
    assert!(!all_labels(&popup).contains("correct horse battery"));
    press(&mut popup, Key::Escape);
    assert_eq!(commands(&mut popup), [Command::Unshare]);
}

#[test]
fn a_hotspot_is_started_with_a_password_that_was_suggested() {
    let mut popup = named("offline");
    press_with(&mut popup, Modifiers::CTRL, Key::H);
    click(&mut popup, "Start");
    let sent = commands(&mut popup);
    let [
        Command::Hotspot {
            password: Some(password),
            ..
        },
    ] = sent.as_slice()
    else {
        panic!("{sent:?}");
    };
    assert!(password.reveal().len() >= 8);
    let mut popup = named("hotspot");
    press_with(&mut popup, Modifiers::CTRL, Key::H);
    assert!(shows(&popup, "The hotspot Karel's laptop is on."));
    assert!(shows(&popup, "QR code"));
    commands(&mut popup);
    click(&mut popup, "Stop hotspot");
    let connection = id("/active/Hotspot");
    assert_eq!(commands(&mut popup), [Command::Deactivate { connection }]);
}

#[test]
fn a_hotspot_that_is_started_again_has_the_password_that_it_had() {
    let mut snapshot = net_samples::by_name("hotspot", now()).unwrap();
    let profile = net_samples::uuid("Hotspot");
    let share = snapshot.share.take();
    snapshot.connections.retain(|active| active.uuid != profile);
    let mut popup = popup(snapshot);
    press_with(&mut popup, Modifiers::CTRL, Key::H);
    let asked = Command::Share {
        profile: profile.clone(),
    };
    assert!(commands(&mut popup).contains(&asked));
    tell(&mut popup, |snapshot| snapshot.share = share);
    click(&mut popup, "Start");
    let sent = commands(&mut popup);
    let password = sent.iter().find_map(|command| match command {
        Command::Hotspot { password, .. } => password.clone(),
        _ => None,
    });
    assert_eq!(password.unwrap().reveal(), "k7wm3xq9ta", "{sent:?}");
}

#[test]
fn a_saved_connection_can_be_changed() {
    let mut popup = sized(net_samples::everyday(), [360.0, 1200.0]);
    press(&mut popup, Key::ArrowRight);
    click(&mut popup, "Connect by itself");
    click(&mut popup, "Costs: Yes");
    let change = |change| Command::Change {
        profile: uuid("Home of Anna"),
        change,
    };
    use barpop::net::snapshot::Metered;
    assert_eq!(
        commands(&mut popup),
        [
            change(Change::Autoconnect(false)),
            change(Change::Metered(Metered::Yes))
        ]
    );
}

#[test]
fn one_of_two_adapters_can_be_chosen() {
    let mut popup = named("two-adapters");
    press(&mut popup, Key::ArrowRight);
    click(&mut popup, "Adapter: wlx00c0ca");
    let activate = Command::Activate {
        profile: uuid("Home of Anna"),
        device: Some(id("/device/usb")),
        access_point: None,
    };
    assert_eq!(commands(&mut popup), [activate]);
}

#[test]
fn adapters_stand_in_one_order_and_only_where_choosing_one_connects() {
    let chosen = |popup: &support::Window| all_labels(popup).matches("Adapter: ").count();
    let mut snapshot = net_samples::two_adapters();
    // The other one hears it better now.
    for point in &mut snapshot.access_points {
        if point.device == id("/device/usb") {
            point.strength_percent = 99;
        }
    }
    let mut popup = popup(snapshot.clone());
    press(&mut popup, Key::ArrowRight);
    let labels = all_labels(&popup);
    assert!(labels.find("Adapter: wlp3s0") < labels.find("Adapter: wlx00c0ca"));
    assert_eq!(chosen(&popup), 2);
    // One that wants a password first; one of its access points is heard by both.
    snapshot.profiles.clear();
    let same = |points: &[AccessPoint], usb: bool| {
        let of = |point: &AccessPoint| (point.device == id("/device/usb")) == usb;
        points
            .iter()
            .position(|p| of(p) && p.ssid.text() == "Home of Anna")
    };
    let (one, other) = (
        same(&snapshot.access_points, false),
        same(&snapshot.access_points, true),
    );
    let bssid = snapshot.access_points[one.unwrap()].bssid.clone();
    snapshot.access_points[other.unwrap()].bssid = bssid;
    let mut popup = support::popup(snapshot);
    type_text(&mut popup, "home of anna");
    press_with(&mut popup, Modifiers::CTRL, Key::I);
    assert!(shows(&popup, "2 access points"));
    assert_eq!(chosen(&popup), 0);
}

#[test]
fn every_control_has_a_name() {
    for state in [
        "everyday", "portal", "pin", "prompt", "full", "wifi-off", "share",
    ] {
        let popup = sized(net_samples::by_name(state, now()).unwrap(), [320.0, 480.0]);
        for role in [
            Role::Button,
            Role::TextInput,
            Role::PasswordInput,
            Role::Switch,
        ] {
            for node in popup.query_all_by_role(role) {
                let label = node.accesskit_node().label();
                assert!(
                    label.is_some_and(|l| !l.is_empty()),
                    "{role:?} in '{state}'"
                );
            }
        }
    }
}

#[test]
fn a_window_at_rest_asks_for_no_frames_before_the_next_scan() {
    let mut popup = named("everyday");
    popup.run_steps(60);
    let causes = popup.ctx.repaint_causes();
    let outputs = &popup.output().viewport_output;
    let soonest = outputs.values().map(|v| v.repaint_delay).min();
    assert!(soonest.unwrap().as_secs() >= 5, "{soonest:?} {causes:?}");
    let mut popup = named("not-running");
    popup.run_steps(60);
    let outputs = &popup.output().viewport_output;
    let soonest = outputs.values().map(|v| v.repaint_delay).min();
    assert!(soonest.unwrap().as_secs() >= 30, "{soonest:?}");
}
