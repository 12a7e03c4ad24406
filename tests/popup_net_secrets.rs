//! The network popup, driven without a window: passwords, the secret agent, and what fails.
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

use barpop::net::attempt::{Stage, Target, Why};
use barpop::net::command::{Command, Credentials, Method};
use barpop::net::snapshot::{DeviceState, State};
use barpop::net::{Security, Ssid};
use barpop::secret::Secret;
use egui::{Key, Role};
use egui_kittest::kittest::Queryable as _;
use support::net_samples::{attempt, failed, offline, uuid};
use support::{all_labels, click, commands, named, now, popup, press, shows, tell, type_text};

const CANARY: &str = "canary-7f3a-password";

/// The keyboard on Café Łódź, which is not saved and wants a password.
fn at_the_cafe() -> support::Window {
    let mut popup = popup(offline());
    type_text(&mut popup, "cafe");
    press(&mut popup, Key::Enter);
    popup
}

#[test]
fn a_password_is_asked_below_its_row_and_sent_with_enter() {
    let mut popup = at_the_cafe();
    assert!(shows(&popup, "8 to 63 characters"));
    type_text(&mut popup, "short");
    press(&mut popup, Key::Enter);
    assert_eq!(commands(&mut popup), [], "no network takes five characters");
    assert!(shows(&popup, "5 of at least 8 characters"));
    type_text(&mut popup, "er one");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::Join(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(join.ssid, Ssid::from("Café Łódź"));
    assert_eq!(join.security, Security::Wpa);
    let password = Secret::new("shorter one");
    assert_eq!(join.credentials, Credentials::Password(password));
}

#[test]
fn a_wrong_password_is_asked_again_in_place_with_the_reason_and_what_was_typed() {
    let mut popup = at_the_cafe();
    type_text(&mut popup, "almost-right");
    press(&mut popup, Key::Enter);
    commands(&mut popup);
    let target = || Target::Network("Café Łódź".into());
    tell(&mut popup, |snapshot| {
        let going = Stage::Going(DeviceState::NeedAuth);
        snapshot.attempts = vec![attempt(1, target(), "Café Łódź", now(), going)];
        snapshot.state = State::Connecting;
    });
    assert!(shows(&popup, "Checking password, 3 s"));
    assert!(popup.query_by_role(Role::PasswordInput).is_none());
    tell(&mut popup, |snapshot| {
        let stage = failed(Why::WrongPassword, "The password for Café Łódź is wrong.");
        snapshot.attempts = vec![attempt(1, target(), "Café Łódź", now(), stage)];
    });
    assert!(shows(&popup, "The password for Café Łódź is wrong."));
    // It is still there, and the keyboard is behind it.
    type_text(&mut popup, "er");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::Join(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    let password = Secret::new("almost-righter");
    assert_eq!(join.credentials, Credentials::Password(password));
}

#[test]
fn a_saved_network_whose_password_is_wrong_asks_for_a_new_one() {
    let mut popup = popup(offline());
    tell(&mut popup, |snapshot| {
        let stage = failed(Why::ProbablyWrongPassword, "Probably a wrong password.");
        let target = Target::Profile(uuid("Home of Anna"));
        snapshot.attempts = vec![attempt(4, target, "Home of Anna", now(), stage)];
    });
    assert!(shows(&popup, "Probably a wrong password."));
    type_text(&mut popup, "the new one");
    press(&mut popup, Key::Enter);
    let retry = Command::Retry {
        profile: uuid("Home of Anna"),
        credentials: Credentials::Password(Secret::new("the new one")),
    };
    assert_eq!(commands(&mut popup), [retry]);
}

#[test]
fn a_saved_company_network_is_asked_for_its_password_alone() {
    let mut popup = popup(offline());
    tell(&mut popup, |snapshot| {
        let stage = failed(Why::ProbablyWrongPassword, "Probably a wrong password.");
        let target = Target::Profile(uuid("eduroam"));
        snapshot.attempts = vec![attempt(4, target, "eduroam", now(), stage)];
    });
    assert!(shows(&popup, "Probably a wrong password."));
    type_text(&mut popup, "new");
    press(&mut popup, Key::Enter);
    let retry = Command::Retry {
        profile: uuid("eduroam"),
        credentials: Credentials::Password(Secret::new("new")),
    };
    assert_eq!(commands(&mut popup), [retry]);
}

#[test]
fn a_form_that_is_being_filled_in_is_not_taken_away_by_another_failure() {
    let mut popup = at_the_cafe();
    type_text(&mut popup, "12345");
    tell(&mut popup, |snapshot| {
        let stage = failed(Why::WrongPassword, "Wrong.");
        let target = Target::Profile(uuid("Home of Anna"));
        snapshot.attempts = vec![attempt(4, target, "Home of Anna", now(), stage)];
    });
    type_text(&mut popup, "678");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    assert!(matches!(sent.as_slice(), [Command::Join(join)] if join.ssid == "Café Łódź".into()));
}

#[test]
fn an_open_network_asks_nothing() {
    let mut popup = popup(offline());
    type_text(&mut popup, "airport");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::Join(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert_eq!(
        (join.security, &join.credentials),
        (Security::Owe, &Credentials::None)
    );
}

#[test]
fn a_company_network_asks_who_one_is_and_checks_the_network_by_default() {
    let mut popup = popup({
        let mut snapshot = offline();
        snapshot.profiles.clear();
        snapshot
    });
    type_text(&mut popup, "eduroam");
    press(&mut popup, Key::Enter);
    assert!(shows(&popup, "A user name is needed"));
    type_text(&mut popup, "karel@example.org");
    popup.get_by_label("Password").focus();
    popup.run_steps(2);
    type_text(&mut popup, CANARY);
    assert!(!all_labels(&popup).contains(CANARY));
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::Join(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    let Credentials::Enterprise(who) = &join.credentials else {
        panic!("{join:?}");
    };
    assert_eq!(
        (who.method, who.identity.as_str()),
        (Some(Method::Peap), "karel@example.org")
    );
    assert!(who.system_authorities);
    assert_eq!(who.password, Secret::new(CANARY));
    assert!(!format!("{sent:?}").contains(CANARY));
}

#[test]
fn wep_is_shown_as_what_it_is() {
    let mut popup = popup(offline());
    type_text(&mut popup, "old-printer");
    assert!(shows(&popup, "WEP (insecure)"));
    press(&mut popup, Key::Enter);
    assert!(shows(&popup, "WEP keeps nobody out"));
}

#[test]
fn what_helps_stands_beside_what_failed() {
    let mut popup = named("no-address");
    assert!(shows(&popup, "the router did not answer"));
    click(&mut popup, "Try again");
    let again = Command::Activate {
        profile: uuid("Home of Anna"),
        device: None,
        access_point: None,
    };
    assert_eq!(commands(&mut popup), [again]);
    click(&mut popup, "Hide this");
    assert_eq!(commands(&mut popup), [Command::Dismiss]);
}

#[test]
fn a_question_of_the_agent_lies_over_everything_and_esc_refuses_it() {
    let mut popup = named("prompt");
    assert!(shows(&popup, "Password for Home of Anna"));
    assert!(shows(&popup, "was refused"));
    type_text(&mut popup, CANARY);
    assert!(!all_labels(&popup).contains(CANARY));
    press(&mut popup, Key::Escape);
    assert_eq!(commands(&mut popup), [Command::Refuse { prompt: 7 }]);
    assert!(
        !popup.state().state.wants_close(),
        "only the question is gone"
    );
    assert!(!shows(&popup, "Password for Home of Anna"));
}

#[test]
fn a_question_of_the_agent_is_answered_with_enter() {
    let mut popup = named("prompt");
    press(&mut popup, Key::Enter);
    assert_eq!(commands(&mut popup), [], "an empty password is no answer");
    type_text(&mut popup, CANARY);
    press(&mut popup, Key::Enter);
    let secrets = vec![("psk".to_owned(), Secret::new(CANARY))];
    assert_eq!(
        commands(&mut popup),
        [Command::Answer { prompt: 7, secrets }]
    );
}

#[test]
fn a_password_is_shown_only_when_it_is_asked_for() {
    let mut popup = at_the_cafe();
    type_text(&mut popup, CANARY);
    assert!(!all_labels(&popup).contains(CANARY));
    click(&mut popup, "Show password");
    assert!(popup.query_by_label("Hide password").is_some());
    press(&mut popup, Key::Escape);
    press(&mut popup, Key::Enter);
    assert!(
        !all_labels(&popup).contains(CANARY),
        "it is gone with its form"
    );
}

#[test]
fn a_hidden_network_is_called_by_its_name() {
    let mut popup = popup(offline());
    click(&mut popup, "Hidden network");
    type_text(&mut popup, "secret lair");
    popup.get_by_label("Password").focus();
    popup.run_steps(2);
    type_text(&mut popup, "correct horse");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::Join(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    assert!(join.hidden && join.ssid == "secret lair".into());
    assert_eq!(join.security, Security::WpaTransition);
    // What has worked is not there for the next one.
    tell(&mut popup, |snapshot| {
        let target = Target::Network("secret lair".into());
        let up = Stage::Connected;
        snapshot.attempts = vec![attempt(1, target, "secret lair", now(), up)];
    });
    click(&mut popup, "Hidden network");
    assert!(shows(&popup, "It needs its name"));
}

#[test]
fn a_hidden_networks_wrong_password_is_asked_for_again_with_the_reason() {
    let mut popup = popup(offline());
    click(&mut popup, "Hidden network");
    type_text(&mut popup, "secret lair");
    popup.get_by_label("Password").focus();
    popup.run_steps(2);
    type_text(&mut popup, "almost-right");
    press(&mut popup, Key::Enter);
    commands(&mut popup);
    // The list has no row of it, and what is tried leaves none.
    let become_of_it = |popup: &mut support::Window, number, stage| {
        tell(popup, |snapshot| {
            let target = Target::Network("secret lair".into());
            snapshot.attempts = vec![attempt(number, target, "secret lair", now(), stage)];
        });
    };
    become_of_it(&mut popup, 1, Stage::Going(DeviceState::NeedAuth));
    assert!(!shows(&popup, "It is called by its name"));
    become_of_it(&mut popup, 1, failed(Why::WrongPassword, "It is wrong."));
    assert!(shows(&popup, "It is wrong."));
    type_text(&mut popup, "er");
    press(&mut popup, Key::Enter);
    let sent = commands(&mut popup);
    let [Command::Join(join)] = sent.as_slice() else {
        panic!("{sent:?}");
    };
    let password = Secret::new("almost-righter");
    assert_eq!(join.credentials, Credentials::Password(password));
    // Who has read it and goes is not asked again.
    become_of_it(&mut popup, 2, failed(Why::WrongPassword, "Wrong again."));
    assert!(shows(&popup, "Wrong again."));
    press(&mut popup, Key::Escape);
    popup.run_steps(3);
    assert!(!shows(&popup, "Wrong again."));
}

#[test]
fn a_question_in_its_own_window_is_answered_or_left() {
    use barpop::net::view::Ask;
    use barpop::popup::Topic as _;
    use std::sync::{Arc, Mutex};
    let open = || {
        let answer = Arc::new(Mutex::new(None));
        let ask = Ask::new(support::net_samples::prompt(), Arc::clone(&answer));
        let mut first = true;
        let mut window = egui_kittest::Harness::builder()
            .with_size([360.0, 220.0])
            .build_ui_state(
                move |ui: &mut egui::Ui, ask: &mut Ask| {
                    if std::mem::take(&mut first) {
                        barpop::popup::fonts::install_builtin(ui.ctx());
                        barpop::popup::theme::Theme::default().install(ui.ctx());
                        return;
                    }
                    ask.ui(ui);
                },
                ask,
            );
        window.run_steps(4);
        (window, answer)
    };
    let (mut window, answer) = open();
    assert!(window.query_by_label("Password for Home of Anna").is_some());
    window.event(egui::Event::Text(CANARY.to_owned()));
    window.run_steps(3);
    window.key_press(Key::Enter);
    window.run_steps(3);
    assert!(window.state().wants_close());
    let secrets = vec![("psk".to_owned(), Secret::new(CANARY))];
    assert_eq!(*answer.lock().unwrap(), Some(secrets));
    let (mut window, answer) = open();
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert!(window.state().wants_close());
    assert_eq!(*answer.lock().unwrap(), None);
}

#[test]
fn the_same_password_is_not_asked_for_twice_at_once() {
    let mut popup = named("wrong-password");
    assert!(shows(&popup, "The password for Café Łódź is wrong."));
    tell(&mut popup, |snapshot| {
        let mut prompt = support::net_samples::prompt();
        prompt.ssid = Some("Café Łódź".into());
        snapshot.prompt = Some(prompt);
    });
    assert!(popup.query_by_role(Role::Dialog).is_none());
    assert_eq!(commands(&mut popup), [Command::Refuse { prompt: 7 }]);
}
