//! The popups of networks and of the position in the languages of the catalogue: plurals, decimal
//! marks, why something failed, and room for all of it.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::duplicate_mod,
    reason = "a test stops where something is amiss"
)]

#[allow(unused_imports)] // keys and clicks are those of the other window
#[path = "support/popup_gnss.rs"]
mod gnss;
#[path = "support/popup_net.rs"]
mod net;

use std::collections::BTreeSet;

use barpop::catalogue::{Language, speaking};
use barpop::gnss::snapshot::{Link, Recording};
use barpop::net::Security;
use barpop::net::act::{Keep, Started};
use barpop::net::attempt::{Stage, Target};
use barpop::net::attempts::{Attempts, Event};
use barpop::net::command::{Command, Credentials, Join};
use barpop::net::snapshot::{About, DeviceState, Failure, Snapshot};
use barpop::secret::Secret;
use egui::{Key, Modifiers, Shape};
use egui_kittest::Harness;
use net::net_samples::{self, MODEM, WLAN, id};
use net::{all_labels, click, named, now, press, press_with, shows, type_text};

/// Every text that is painted, how far it reaches to the right, and whether it is cut.
fn painted<S>(window: &Harness<'_, S>) -> Vec<(String, f32, bool)> {
    fn texts(shape: &Shape, found: &mut Vec<(String, f32, bool)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
            Shape::Text(text) => {
                let rect = text.galley.rect.translate(text.pos.to_vec2());
                let words = text.galley.text().to_owned();
                found.push((words, rect.right(), text.galley.elided));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in &window.output().shapes {
        texts(&clipped.shape, &mut found);
    }
    found
}

/// The texts that a window of 320 points has no room for, but for what came from outside.
fn cut<S>(window: &Harness<'_, S>, outside: impl Fn(&str) -> bool) -> Vec<String> {
    painted(window)
        .into_iter()
        .filter(|(words, right, cut)| (*cut || *right > 320.5) && !outside(words))
        .map(|(words, ..)| words)
        .collect()
}

/// Whether a text is a name that somebody else gave: a network's, a connection's, an adapter's.
fn is_name(snapshot: &Snapshot, text: &str) -> bool {
    let networks = snapshot.access_points.iter().map(|point| point.ssid.text());
    let profiles = snapshot
        .profiles
        .iter()
        .map(|profile| profile.name.to_string());
    networks.chain(profiles).any(|name| text.contains(&name))
}

/// The popup after these keys, in a window as narrow as can be.
fn narrow(snapshot: Snapshot, keys: &[(Modifiers, Key)]) -> net::Window {
    let mut window = net::sized(snapshot, [320.0, 900.0]);
    for (modifiers, key) in keys {
        press_with(&mut window, *modifiers, *key);
    }
    window
}

#[test]
fn networks_are_told_with_the_plurals_and_marks_of_the_language() {
    let mut snapshot = net_samples::everyday();
    for device in &mut snapshot.devices {
        device.speed_mbps = device.speed_mbps.map(|_| 2_500);
    }
    let away = |count: usize| {
        let mut snapshot = snapshot.clone();
        snapshot
            .profiles
            .retain(|profile| profile.name != *"Grandma");
        snapshot
            .profiles
            .retain(|profile| profile.name != *"Hotel Europa");
        for number in 0..count {
            let name = format!("Hotel {number}");
            snapshot
                .profiles
                .push(net_samples::wifi(&name, Security::Wpa));
        }
        net::sized(snapshot, [360.0, 900.0])
    };
    speaking(Language::German, || {
        let window = away(2);
        for words in [
            "Verbunden mit ČD-WiFi",
            "54 % · 10.33.4.117 · 5 GHz · 2,5 Gbit/s",
            "Home of Anna, Signal 82 %, WPA2/WPA3, 2,4/5 GHz, gespeichert",
            "2 gespeicherte Netze außer Reichweite",
            "Kein Kabel gesteckt",
        ] {
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        }
        assert!(shows(&away(1), "1 gespeichertes Netz außer Reichweite"));
    });
    speaking(Language::Czech, || {
        for (count, words) in [
            (1, "1 uložená síť mimo dosah"),
            (3, "3 uložené sítě mimo dosah"),
            (5, "5 uložených sítí mimo dosah"),
        ] {
            let window = away(count);
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        }
        assert!(shows(&away(1), "Připojeno: ČD-WiFi"));
    });
}

/// What is shown of a network after its router gave no address.
fn without_address() -> net::Window {
    let mut snapshot = net_samples::offline();
    let ssid = barpop::net::Ssid::from("Café Łódź");
    let join = Command::Join(Join {
        ssid: ssid.clone(),
        security: Security::Wpa,
        hidden: false,
        device: Some(id(WLAN)),
        access_point: None,
        credentials: Credentials::Password(Secret::new("12345678")),
    });
    let mut attempts = Attempts::default();
    let wish = attempts.wish(&join, &snapshot, now());
    let started = Started {
        connection: id("/active/new"),
        profile: id("/profile/new"),
        uuid: net_samples::uuid("new"),
        device: Some(id(WLAN)),
        keep: Keep::IfItWorks,
    };
    let number = wish.attempt.unwrap();
    drop(attempts.started(number, started, &snapshot, now()));
    for (old, new, reason) in [(30, 40, 0), (40, 50, 0), (50, 70, 0), (70, 120, 17)] {
        let device = &id(WLAN);
        let event = Event::Device {
            device,
            new,
            old,
            reason,
        };
        drop(attempts.on(event, &snapshot, now()));
    }
    snapshot.attempts = attempts.list();
    net::popup(snapshot)
}

#[test]
fn why_a_connection_failed_is_told_in_the_persons_language() {
    let german = "„Café Łódź“ wurde nicht verbunden: keine Antwort vom DHCP-Server; erneut \
                  versuchen oder den Router neu starten.";
    let czech = "Připojení k „Café Łódź“ se nezdařilo: server DHCP neodpověděl; zkuste to znovu, \
                 nebo restartujte router.";
    for (language, sentence, again) in [
        (Language::German, german, "Erneut versuchen"),
        (Language::Czech, czech, "Zkusit znovu"),
    ] {
        speaking(language, || {
            let window = without_address();
            assert!(shows(&window, sentence), "{}", all_labels(&window));
            assert!(shows(&window, again));
        });
    }
}

#[test]
fn a_refusal_that_is_english_for_the_terminal_is_translated_in_the_popup() {
    let shown = |about: About, sentence: &str| {
        let mut snapshot = net_samples::everyday();
        snapshot.failure = Some(Failure {
            about,
            sentence: sentence.to_owned(),
        });
        net::popup(snapshot)
    };
    speaking(Language::German, || {
        let about = About::Network("Café Łódź".into());
        let sentence =
            "Cannot join 'Café Łódź': the network is out of range; move closer and try again.";
        let window = shown(about, sentence);
        let words = "Kein Beitritt zu „Café Łódź“: das Netz ist außer Reichweite; näher herangehen \
                     und erneut versuchen.";
        assert!(shows(&window, words), "{}", all_labels(&window));
    });
    speaking(Language::Czech, || {
        let about = About::Radio;
        let sentence = "Cannot switch Wi-Fi: your user lacks the permission \
                        'enable-disable-wifi'; let an administrator give it, or start a polkit \
                        agent that can ask for a password.";
        let window = shown(about, sentence);
        let words = "Wi-Fi nelze přepnout: chybí oprávnění „enable-disable-wifi“";
        assert!(shows(&window, words), "{}", all_labels(&window));
        let mut locked = net_samples::by_name("pin", now()).unwrap();
        locked.failure = Some(Failure {
            about: About::Modem(id(MODEM)),
            sentence: "Cannot open the SIM: the PIN was wrong; 2 tries are left.".to_owned(),
        });
        let window = modem_page(locked);
        let words = "SIM nelze otevřít: PIN byl chybný; zbývají 2 pokusy.";
        assert!(shows(&window, words), "{}", all_labels(&window));
    });
}

/// The page of the modem.
fn modem_page(snapshot: Snapshot) -> net::Window {
    let mut window = net::popup(snapshot);
    press_with(&mut window, Modifiers::CTRL, Key::F);
    type_text(&mut window, "quectel");
    press(&mut window, Key::Enter);
    window
}

#[test]
fn the_tries_of_a_pin_have_the_plural_of_the_language() {
    let told = |language, tries, words: &str| {
        speaking(language, || {
            let mut snapshot = net_samples::by_name("pin", now()).unwrap();
            snapshot.modems[0].tries = Some(tries);
            let window = modem_page(snapshot);
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        });
    };
    told(Language::German, 1, "Noch 1 Versuch");
    told(Language::German, 3, "Noch 3 Versuche");
    told(Language::Czech, 1, "Zbývá 1 pokus");
    told(Language::Czech, 3, "Zbývají 3 pokusy");
    told(Language::Czech, 10, "Zbývá 10 pokusů");
}

#[test]
fn a_question_of_an_english_bar_has_fields_in_the_persons_language() {
    speaking(Language::German, || {
        let window = named("prompt");
        for words in [
            "Passwort für Home of Anna",
            "Das gespeicherte Passwort wurde abgelehnt.",
            "Nicht jetzt",
        ] {
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        }
        assert!(!all_labels(&window).contains("Password"));
    });
}

#[test]
fn a_row_without_rights_says_so_in_every_language_and_does_nothing() {
    for (language, words) in [
        (Language::German, "Die Berechtigung „network-control“ fehlt"),
        (Language::Czech, "Chybí oprávnění „network-control“"),
    ] {
        speaking(language, || {
            let mut window = named("forbidden");
            press(&mut window, Key::Enter);
            assert_eq!(net::commands(&mut window), []);
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        });
    }
}

#[test]
fn a_narrow_network_popup_has_room_for_every_text() {
    const CTRL: Modifiers = Modifiers::CTRL;
    const NONE: Modifiers = Modifiers::NONE;
    let states = [
        "cable",
        "connecting",
        "empty",
        "everyday",
        "forbidden",
        "hotspot",
        "last-try",
        "limited",
        "mobile",
        "no-address",
        "no-bus",
        "no-networks",
        "not-running",
        "offline",
        "pin",
        "portal",
        "prompt",
        "puk",
        "scanning",
        "share",
        "stalled",
        "starting",
        "two-adapters",
        "vpn",
        "wifi-off",
        "wifi-off-hardware",
        "wrong-password",
    ];
    let pages: [&[(Modifiers, Key)]; 5] = [
        &[(NONE, Key::ArrowRight)],
        &[(NONE, Key::F1)],
        &[(NONE, Key::Delete)],
        &[(CTRL, Key::H)],
        &[(CTRL, Key::N)],
    ];
    let stages = [
        DeviceState::Prepare,
        DeviceState::Config,
        DeviceState::NeedAuth,
        DeviceState::IpConfig,
        DeviceState::IpCheck,
        DeviceState::Secondaries,
    ];
    let mut cut_texts = BTreeSet::new();
    for language in [Language::German, Language::Czech] {
        speaking(language, || {
            for state in states {
                let snapshot = net_samples::by_name(state, now());
                let snapshot = snapshot.unwrap_or_else(|| panic!("there is no state '{state}'"));
                let window = narrow(snapshot.clone(), &[]);
                cut_texts.extend(cut(&window, |text| is_name(&snapshot, text)));
            }
            let snapshot = net_samples::everyday();
            for page in pages {
                let window = narrow(snapshot.clone(), page);
                cut_texts.extend(cut(&window, |text| is_name(&snapshot, text)));
            }
            // The pages that a name leads to.
            for name in ["Vodafone", "eduroam", "Work", "FRITZ", "Kabel"] {
                let mut window = narrow(snapshot.clone(), &[]);
                type_text(&mut window, name);
                press(&mut window, Key::Enter);
                cut_texts.extend(cut(&window, |text| is_name(&snapshot, text)));
                press(&mut window, Key::ArrowRight);
                cut_texts.extend(cut(&window, |text| is_name(&snapshot, text)));
            }
            for stage in stages {
                let mut snapshot = net_samples::offline();
                let target = Target::Network("Café Łódź".into());
                let going = Stage::Going(stage);
                let attempt = net_samples::attempt(1, target, "Café Łódź", now(), going);
                snapshot.attempts.push(attempt);
                let window = narrow(snapshot.clone(), &[]);
                cut_texts.extend(cut(&window, |text| is_name(&snapshot, text)));
            }
        });
    }
    assert!(cut_texts.is_empty(), "{cut_texts:#?}");
}

#[test]
fn a_position_is_told_with_the_plurals_and_marks_of_the_language_and_copied_without() {
    speaking(Language::German, || {
        let mut window = gnss::popup(gnss::fix());
        for words in [
            "3D-Position, jetzt, ±6 m",
            "2 von 3 Satelliten genutzt",
            "Position: 48.137154, 11.576124",
            "Tempo: 10,8 km/h",
            "Kurs: 139° SO",
            "Steigen: 0,1 m/s",
            "Galileo 3, 42° hoch im Osten (83°), 38 dB-Hz, genutzt",
        ] {
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        }
        let copied = gnss::copied(&mut window, |window| {
            window.event(egui::Event::Text("c".to_owned()));
            window.step();
        });
        assert_eq!(copied.as_deref(), Some("48.137154, 11.576124"));
        window.run_steps(3);
        assert!(shows(&window, "Kopiert: 48.137154, 11.576124"));
        gnss::tell(&mut window, |popup| popup.now = gnss::at(1180));
        assert!(shows(&window, "Position vor 3 min verloren"));
        type_text(&mut window, "2");
        assert!(
            shows(&window, "Über Ellipsoid: 565,9 m"),
            "{}",
            all_labels(&window)
        );
        assert!(shows(&window, "Breite: 48.137154°"));
    });
    speaking(Language::Czech, || {
        let window = gnss::popup(gnss::searching());
        for words in [
            "Hledá se 23 s",
            "slyšet 3 satelity, nejlepší s 36 dB-Hz",
            "První poloha trvá venku půl minuty",
        ] {
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        }
    });
}

#[test]
fn a_source_that_is_lost_and_a_recording_are_told_in_the_persons_language() {
    let mut snapshot = gnss::fix();
    snapshot.link = Link::Connecting;
    snapshot.error = Some("gpsd at 127.0.0.1:2947 has ended".to_owned());
    let recording = |points, error: Option<&str>| Recording {
        path: "/full/2026-11-24.gpx".into(),
        points,
        error: error.map(str::to_owned),
    };
    speaking(Language::German, || {
        snapshot.recording = Some(recording(1, None));
        let window = gnss::popup(snapshot.clone());
        assert!(shows(
            &window,
            "Gpsd unter 127.0.0.1:2947 hat sich beendet."
        ));
        assert!(shows(
            &window,
            "Aufzeichnung, 1 Punkt, nach /full/2026-11-24.gpx"
        ));
        let cause = "cannot write '/full/2026-11-24.gpx': no space left";
        snapshot.recording = Some(recording(1, Some(cause)));
        let mut window = gnss::popup(snapshot.clone());
        let words = "Nichts wird aufgezeichnet: „/full/2026-11-24.gpx“ lässt sich nicht schreiben";
        assert!(shows(&window, words), "{}", all_labels(&window));
        click(&mut window, "Beenden");
        let sent = gnss::commands(&mut window);
        assert_eq!(sent, [barpop::gnss::command::Command::StopRecording]);
    });
    speaking(Language::Czech, || {
        for (points, words) in [(2, "Záznam, 2 body"), (12, "Záznam, 12 bodů")] {
            snapshot.recording = Some(recording(points, None));
            let window = gnss::popup(snapshot.clone());
            assert!(shows(&window, words), "'{words}': {}", all_labels(&window));
        }
    });
}

#[test]
fn a_narrow_position_popup_has_room_for_every_text() {
    let mut recording = gnss::fix();
    recording.recording = Some(Recording {
        path: "/t/2026-11-24.gpx".into(),
        points: 1234,
        error: None,
    });
    let states = [
        gnss::fix(),
        gnss::full_sky(),
        gnss::searching(),
        gnss::no_source(),
        recording,
    ];
    let mut cut_texts = BTreeSet::new();
    for language in [Language::German, Language::Czech] {
        speaking(language, || {
            let mut look = |snapshot: &barpop::gnss::snapshot::Snapshot, keys: &str, second| {
                let mut window = gnss::sized(snapshot.clone(), [320.0, 900.0]);
                for key in keys.chars() {
                    type_text(&mut window, &key.to_string());
                }
                gnss::tell(&mut window, |popup| popup.now = gnss::at(second));
                let source = snapshot.source.clone().unwrap();
                // What machines read is as long as it is.
                let outside = |text: &str| text.contains(&source) || text.contains("://");
                cut_texts.extend(cut(&window, outside));
            };
            for snapshot in &states {
                look(snapshot, "", 1000);
                look(snapshot, "", 1012);
            }
            for keys in ["2", "3", "4", "5", "n", "s", "?", "u", "uu"] {
                look(&gnss::fix(), keys, 1000);
            }
            look(&gnss::fix(), "n", 1300);
        });
    }
    assert!(cut_texts.is_empty(), "{cut_texts:#?}");
}
