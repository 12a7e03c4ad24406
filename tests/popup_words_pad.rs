//! The popups of the controllers and of the cameras' timers in German and Czech: what they say,
//! and that it has room.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::duplicate_mod,
    reason = "a test stops where something is amiss"
)]
#![allow(
    unused_imports,
    reason = "two popups, each with the same keys and clicks"
)]

#[path = "support/popup_ds4.rs"]
mod pads;
#[allow(unused_imports)] // keys and clicks are those of the other window
#[path = "support/popup_shutter.rs"]
mod timers;

use std::collections::BTreeSet;

use barpop::catalogue::Language::{self, Czech, German};
use barpop::catalogue::speaking;
use barpop::ds4::light::Rgb;
use barpop::shutter::command::Command;
use barpop::shutter::snapshot::{Ending, Snapshot};
use egui::{Key, Modifiers, Shape};
use egui_kittest::Harness;
use pads::ds4_samples::{self, busy, dualshock};
use pads::{all_labels, click, press, press_with, shows, type_text};
use timers::shutter_samples::{self, camera, done, idle, running};

fn says<S>(window: &Harness<'_, S>, words: &str) {
    assert!(
        shows(window, words),
        "'{words}' is not said:\n{}",
        all_labels(window)
    );
}

/// Types into the field that has the keyboard, in place of what is there.
fn write<S>(window: &mut Harness<'_, S>, text: &str) {
    press_with(window, Modifiers::COMMAND, Key::A);
    type_text(window, text);
}

fn lost(reports: u64) -> pads::Window {
    let mut pad = dualshock();
    if let Some(rate) = &mut pad.rate {
        rate.lost = reports;
    }
    pads::with(pad)
}

#[test]
fn a_pad_is_told_in_german() {
    speaking(German, || {
        says(&pads::named("rest"), "250 Meldungen/s · Jitter 0,8 ms");
        says(&pads::named("charging"), "DualShock 4, lädt (50 %), USB");
        says(&pads::named("low"), "Akku schwach");
        says(&pads::named("none"), "Kein Controller");
        says(&pads::named("none"), "PS und Share halten");
        says(
            &pads::named("forbidden"),
            "Keine Berechtigung für Bewegungssensoren, Touchpad und Lichtleiste",
        );
        let mut window = pads::with(busy(dualshock()));
        says(&window, "DualShock 4: Kreuz, Kreis, Quadrat");
        says(
            &window,
            "Linker Stick: x −0,62  y +0,55, Totzone 6 %, Rundheit",
        );
        says(&window, "L2: Achse 100 %, Taste gedrückt");
        says(&window, "erleuchtet von Kreuz und Kreis und Quadrat");
        type_text(&mut window, "2");
        says(&window, "Nicken");
        says(&window, "Controller auf den Tisch legen");
    });
}

#[test]
fn a_colour_can_be_typed_by_the_name_that_it_has_here() {
    speaking(German, || {
        let mut window = pads::named("rest");
        type_text(&mut window, "3");
        click(&mut window, "Grün");
        click(&mut window, "Farbe, etwa #ff8000 oder rot");
        write(&mut window, "türkis");
        press(&mut window, Key::Enter);
        window.run_steps(8);
        let sent = format!("{:?}", pads::commands(&mut window));
        let turquoise = format!("{:?}", Rgb::new(0, 255, 140));
        assert!(sent.contains(&turquoise), "{sent}");
    });
}

#[test]
fn lost_reports_are_counted_in_czech() {
    speaking(Czech, || {
        says(&lost(1), "1 ztracené");
        says(&lost(3), "3 ztracená");
        says(&lost(5), "5 ztracených");
        says(&lost(12_345), "12\u{a0}345 ztracených");
        says(&lost(0), "jitter 0,8 ms");
        let mut window = pads::with(busy(dualshock()));
        says(&window, "levá páčka stisknutá");
        says(&window, "dva prsty");
        type_text(&mut window, "3");
        says(&window, "Předchozí barva");
    });
}

#[test]
fn a_timer_is_told_in_german() {
    speaking(German, || {
        let mut window = timers::named("running");
        says(&window, "Läuft: 132 von 500, nächstes in 4 s");
        says(&window, "4 s bis zum nächsten Bild");
        says(&window, "Bis: 23:01, in 1 h 1 min");
        says(&window, "5,3 s von 20,0 s bei 25 Bildern/s");
        type_text(&mut window, "3");
        says(&window, "99 von 100 bis 0,31 ms");
        says(&window, "140 Bilder seit dem Start des Dienstes");
        says(&timers::named("done"), "Fertig: 500 Bilder");
        says(
            &timers::named("exposing"),
            "Belichtet: 11 von 40, noch 33 s",
        );
        says(&timers::named("offline"), "Offline seit 12 min");
        says(
            &timers::named("offline"),
            "Keine Antwort von 10.0.0.7:8318: es führt kein Weg dorthin. Nächster Versuch in 13 s.",
        );
        says(
            &timers::named("problem"),
            "GPIO18 on gpiochip0 wird von 'gpio-fan' benutzt; dieses Programm beenden.",
        );
        says(&timers::named("locked"), "roof verlangt ein Passwort");
        says(
            &timers::named("eight"),
            "3 von 8 laufen, 2 gestört, 1 offline",
        );
        says(
            &timers::named("absent"),
            "Auf diesem Rechner läuft kein Timer",
        );
    });
}

#[test]
fn a_plan_is_typed_refused_and_started_in_german() {
    speaking(German, || {
        let mut window = timers::named("idle");
        type_text(&mut window, "i");
        write(&mut window, "bald");
        says(&window, "„bald“ ist keine Dauer: etwa 10s");
        write(&mut window, "0,05");
        says(
            &window,
            "Das Intervall ist 0,05 s; möglich sind 0,1 s bis 99:59:59.",
        );
        write(&mut window, "1m30");
        press(&mut window, Key::Escape);
        click(&mut window, "Bilder: 100");
        says(&window, "100 Bilder in 2 h 29 min");
        says(
            &window,
            "Ein Film von 4,2 s bei 24, 4,0 s bei 25 oder 3,3 s bei 30",
        );
        click(&mut window, "Starten");
        let sent = timers::commands(&mut window);
        let [(0, Command::Start(plan))] = sent.as_slice() else {
            panic!("{sent:?}")
        };
        assert_eq!((plan.interval.as_secs(), plan.count), (90, Some(100)));
        type_text(&mut window, "2");
        says(&window, "Vorher halb drücken: 0,5 s");
    });
}

#[test]
fn pictures_and_days_are_counted_in_czech() {
    let ended = |shots, ending| {
        timers::popup(vec![camera(Snapshot {
            shots,
            ended: Some(ending),
            ..done()
        })])
    };
    speaking(Czech, || {
        says(&ended(1, Ending::Stopped), "Zastaveno po 1 snímku");
        says(&ended(3, Ending::Failed), "Selhalo po 3 snímcích");
        says(&ended(3, Ending::Done), "Hotovo: 3 snímky");
        says(&ended(5, Ending::Done), "Hotovo: 5 snímků");
        says(&timers::named("running"), "Běží: 132 z 500, další za 4 s");
        says(&timers::named("running"), "5,3 s z 20,0 s při 25 snímcích");
        let mut far = running();
        far.next_at = far
            .next_at
            .map(|at| at + jiff::SignedDuration::from_hours(72));
        says(&timers::popup(vec![camera(far)]), "další za 3 dny");
        let mut none = timers::popup(vec![camera(idle()), camera(idle())]);
        says(&none, "2 fotoaparáty, žádný neběží");
        click(&mut none, "Spustit vše");
        assert_eq!(timers::commands(&mut none).len(), 2);
    });
}

/// Texts that end in an ellipsis for want of room, or stand out of the window.
fn cut<S>(window: &Harness<'_, S>, width: f32) -> Vec<String> {
    fn look(shape: &Shape, width: f32, cut: &mut Vec<String>) {
        match shape {
            Shape::Vec(all) => all.iter().for_each(|shape| look(shape, width, cut)),
            Shape::Text(text) => {
                let rect = text.visual_bounding_rect();
                if text.galley.elided || rect.left() < -1.0 || rect.right() > width + 1.0 {
                    cut.push(text.galley.text().to_owned());
                }
            }
            _ => {}
        }
    }
    let mut cut = Vec::new();
    for clipped in &window.output().shapes {
        look(&clipped.shape, width, &mut cut);
    }
    cut
}

/// What is cut on these pages in a narrow window.
fn cut_on<S>(mut window: Harness<'_, S>, pages: &[&str], state: &str) -> Vec<String> {
    let mut all = Vec::new();
    for page in pages {
        type_text(&mut window, page);
        let found = cut(&window, NARROW);
        all.extend(
            found
                .into_iter()
                .map(|text| format!("{state}, {page}: {text}")),
        );
    }
    all
}

const NARROW: f32 = 320.0;

#[test]
fn nothing_is_cut_in_a_window_of_320_points() {
    for language in Language::ALL {
        // The list of keys has more words in English.
        let pages: &[&str] = match language {
            Language::English => &["1", "2", "3"],
            _ => &["1", "2", "3", "?"],
        };
        let mut all = Vec::new();
        speaking(language, || {
            for name in ["none", "busy", "dualsense", "low", "forbidden", "generic"] {
                let snapshot = ds4_samples::by_name(name).unwrap();
                all.extend(cut_on(pads::sized(snapshot, [NARROW, 400.0]), pages, name));
            }
            for name in [
                "absent", "idle", "running", "exposing", "paused", "failing", "offline", "locked",
                "eight",
            ] {
                let cameras = shutter_samples::by_name(name).unwrap();
                let pages = if name == "locked" { &[""] } else { pages };
                all.extend(cut_on(timers::sized(cameras, [NARROW, 400.0]), pages, name));
            }
        });
        assert!(all.is_empty(), "{language:?}: {all:#?}");
    }
}

/// All lines that are told in a language, in all states and on all pages.
fn lines(language: Language) -> BTreeSet<String> {
    let mut told = String::new();
    speaking(language, || {
        for name in [
            "starting",
            "none",
            "broken",
            "busy",
            "forbidden",
            "generic",
            "failed",
        ] {
            let mut window = pads::named(name);
            for page in ["1", "2", "3"] {
                type_text(&mut window, page);
                told += &all_labels(&window);
            }
        }
        for name in [
            "absent", "idle", "exposing", "paused", "lost", "locked", "eight",
        ] {
            let mut window = timers::named(name);
            for page in ["1", "2", "3"] {
                type_text(&mut window, page);
                told += &all_labels(&window);
            }
        }
    });
    told.lines().map(str::to_owned).collect()
}

#[test]
fn nothing_is_told_in_english_but_what_came_from_outside() {
    // Names of things, what is typed, and what the kernel and the services say.
    let foreign = [
        "#",
        "10s",
        "20m",
        "DualS",
        "Garden",
        "roof",
        "Cannot read",
        "The light bar of 'DualS",
    ];
    let english = lines(Language::English);
    for (language, alike) in [
        (
            German,
            [
                "Cyan", "Magenta", "Orange", "Pink", "Pause", "Plan", "Timer",
            ]
            .as_slice(),
        ),
        (Czech, &["Interval"]),
    ] {
        let told = lines(language);
        let left: Vec<&String> = told
            .intersection(&english)
            .filter(|line| line.contains(|c: char| c.is_alphabetic()))
            .filter(|line| line.chars().count() > 2)
            .filter(|line| {
                !foreign
                    .iter()
                    .chain(alike)
                    .any(|start| line.starts_with(start))
            })
            .collect();
        assert!(left.is_empty(), "{language:?}: {left:#?}");
    }
}
