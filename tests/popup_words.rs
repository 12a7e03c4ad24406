//! The message popup in the languages of the catalogue: plurals, dates, keys, and room for all of it.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/popup.rs"]
mod popup_support;

use barpop::catalogue::{Language, speaking};
use barpop::sms::snapshot::{About, Failure, Waiting};
use egui::{Key, Modifiers, Shape};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::SignedDuration;
use popup_support::{Popup, click, everyday, now, popup, press, shows, sms_samples, type_text};

const STATES: [&str; 19] = [
    "absent",
    "busy",
    "empty",
    "everyday",
    "fails",
    "flash",
    "full",
    "last-try",
    "locked",
    "no-modem",
    "no-sim",
    "puk",
    "refused",
    "sending",
    "sim-full",
    "starting",
    "store-failure",
    "ussd",
    "warned",
];

/// Every text that is painted, with how far it reaches from left to right, and whether it is cut.
fn painted(harness: &Harness<'static, Popup>) -> Vec<(String, f32, f32, bool)> {
    fn texts(shape: &Shape, found: &mut Vec<(String, f32, f32, bool)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
            Shape::Text(text) => {
                let rect = text.galley.rect.translate(text.pos.to_vec2());
                let words = text.galley.text().to_owned();
                found.push((words, rect.left(), rect.right(), text.galley.elided));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for clipped in &harness.output().shapes {
        texts(&clipped.shape, &mut found);
    }
    found
}

fn paints(harness: &Harness<'static, Popup>, words: &str) -> bool {
    painted(harness).iter().any(|(text, ..)| text == words)
}

/// Whether a text came with a message: such a one may be cut, as long as it is.
fn is_from_outside(harness: &Harness<'static, Popup>, text: &str) -> bool {
    let store = &harness.state().store;
    let flat = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    store.messages.iter().any(|message| {
        flat(&message.text).contains(text)
            || message.name.as_deref() == Some(text)
            || message.address == text
    })
}

#[test]
fn unread_messages_have_the_plural_of_the_language() {
    for (language, unread, words) in [
        (Language::English, 0, "No unread"),
        (Language::English, 3, "3 unread"),
        (Language::German, 0, "Alles gelesen"),
        (Language::German, 3, "3 ungelesen"),
        (Language::Czech, 0, "Vše přečteno"),
        (Language::Czech, 1, "1 nepřečtená"),
        (Language::Czech, 3, "3 nepřečtené"),
        (Language::Czech, 5, "5 nepřečtených"),
        (Language::Czech, 12_345, "12\u{a0}345 nepřečtených"),
    ] {
        speaking(language, || {
            let mut popup = everyday();
            popup.state_mut().store.snapshot.summary.unread = unread;
            popup.run_steps(3);
            assert!(paints(&popup, words), "{language:?} does not say '{words}'");
        });
    }
}

#[test]
fn what_was_deleted_is_counted_in_czech() {
    speaking(Language::Czech, || {
        let mut popup = everyday();
        // From the reply to the newest message, and delete from there upwards.
        press(&mut popup, Modifiers::NONE, Key::ArrowUp);
        press(&mut popup, Modifiers::NONE, Key::Delete);
        assert!(shows(&popup, "Zpráva smazána"));
        press(&mut popup, Modifiers::NONE, Key::Delete);
        assert!(shows(&popup, "2 zprávy smazány"));
        click(&mut popup, "Vrátit");
        assert!(!shows(&popup, "smazán"));
    });
}

#[test]
fn days_are_written_as_the_language_does() {
    let day_of = |language, row: &str, day: &str| {
        speaking(language, || {
            let mut popup = everyday();
            popup.get_by_label_contains(row).click();
            popup.run_steps(4);
            assert!(shows(&popup, day), "{language:?} has no '{day}'");
        });
    };
    for (language, near, far) in [
        (Language::English, "Sun 15 Nov", "15 Oct"),
        (Language::German, "So 15. Nov.", "15. Okt."),
        (Language::Czech, "ne 15. 11.", "15. 10."),
    ] {
        day_of(language, "+420601234567: ", near);
        day_of(language, "Vodafone: ", far);
        // In the list, too, where only the eye finds it.
        let listed = near.split_once(' ').unwrap().1;
        speaking(language, || {
            assert!(paints(&everyday(), listed), "'{listed}'");
        });
    }
}

#[test]
fn messages_of_the_last_days_have_their_weekday_in_the_list() {
    for (language, yesterday, weekday) in [
        (Language::English, "Yesterday", "Sat"),
        (Language::German, "Gestern", "Sa"),
        (Language::Czech, "Včera", "so"),
    ] {
        speaking(language, || {
            assert!(paints(&everyday(), yesterday), "{language:?}");
            // The workshop's was on Saturday then.
            let then = now() - SignedDuration::from_hours(48);
            let popup = popup(sms_samples::everyday(then), [720.0, 520.0]);
            assert!(paints(&popup, weekday), "{language:?}");
        });
    }
}

#[test]
fn keys_are_called_as_they_are_on_the_keyboard() {
    speaking(Language::German, || {
        let mut popup = everyday();
        press(&mut popup, Modifiers::NONE, Key::F1);
        for words in ["Strg+Eingabe", "Pos1  Ende", "Umschalt+Entf", "Tasten"] {
            assert!(paints(&popup, words), "'{words}'");
        }
        assert!(shows(&popup, "Neue Nachricht (Strg+N)"));
    });
}

#[test]
fn what_the_modems_process_says_in_english_is_shown_in_the_persons_language() {
    speaking(Language::Czech, || {
        let mut popup = popup_support::named("locked");
        let sentence = "wrong PIN, 2 tries left; check it and enter it once more".to_owned();
        let about = About::Unlock;
        popup.state_mut().store.snapshot.failure = Some(Failure { about, sentence });
        popup.run_steps(3);
        assert!(shows(
            &popup,
            "Chybný PIN, zbývají 2 pokusy; zkontrolujte ho a zadejte znovu."
        ));
        let popup = popup_support::named("ussd");
        assert!(shows(&popup, "Síť tento kód nezná."));
        assert!(
            shows(&popup, "Balance 12.34 EUR"),
            "the network's own words"
        );
        assert!(shows(&popup, "Čeká: 2 hlasové zprávy"));
    });
}

#[test]
fn no_text_is_cut_in_any_language_in_a_narrow_window() {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        for state in STATES {
            speaking(language, || {
                let store = sms_samples::by_name(state, now()).unwrap();
                let mut popup = popup(store, [320.0, 520.0]);
                let mut look = |popup: &Harness<'static, Popup>, at: &str| {
                    for (text, left, right, cut) in painted(popup) {
                        let beyond = right > 320.5 || left < -0.5;
                        if (cut || beyond) && !is_from_outside(popup, &text) {
                            wrong.push(format!("{language:?}, {state}, {at}: {text}"));
                        }
                    }
                };
                look(&popup, "as it opens");
                press(&mut popup, Modifiers::CTRL, Key::F);
                look(&popup, "the list");
                if state != "everyday" && state != "full" {
                    return;
                }
                press(&mut popup, Modifiers::CTRL, Key::N);
                look(&popup, "a new message");
                type_text(&mut popup, "Qq");
                look(&popup, "to nobody");
                press(&mut popup, Modifiers::NONE, Key::F1);
                look(&popup, "the keys");
            });
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "cut:\n{}", wrong.join("\n"));
}

#[test]
fn every_control_has_a_name_of_the_language() {
    for language in [Language::German, Language::Czech] {
        speaking(language, || {
            let mut popup = everyday();
            let waiting = Waiting {
                kind: Waiting::VOICE,
                count: None,
            };
            popup.state_mut().store.snapshot.summary.waiting = vec![waiting];
            popup.run_steps(3);
            for node in popup.query_all_by_role(egui::Role::Button) {
                let label = node.accesskit_node().label().unwrap_or_default();
                for english in ["message", "Message", "Copy", "Delete the", "Send (", "Keys"] {
                    assert!(!label.contains(english), "{language:?}: '{label}'");
                }
            }
        });
    }
}
