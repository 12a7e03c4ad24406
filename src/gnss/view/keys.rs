//! Keys that work wherever the keyboard is, how Esc steps back, and the list of all keys.

use egui::{Event, Key, Modifiers, Rect, Ui};

use super::tabs::Page;
use super::{Over, Scene, State, footer, notations, place};
use crate::gnss::command::Command;
use crate::popup::help;
use crate::say;

fn keys() -> [(&'static str, String); 14] {
    [
        ("C  Ctrl+C", say!("gnss-keys-copy")),
        ("N", say!("gnss-keys-notations")),
        ("O", say!("gnss-keys-map")),
        ("R", say!("gnss-keys-record")),
        ("U", say!("gnss-keys-units")),
        ("S", say!("gnss-keys-source")),
        ("F5", say!("gnss-keys-retry")),
        ("1 … 5", say!("gnss-keys-pages")),
        ("←  →", say!("gnss-keys-satellites")),
        ("Page ↑  ↓", say!("gnss-keys-scroll")),
        ("Delete", say!("gnss-keys-forget")),
        ("Tab  Enter", say!("gnss-keys-tab")),
        ("?  F1", say!("gnss-keys-keys")),
        ("Esc", say!("gnss-keys-back")),
    ]
}

/// Takes the keys that belong to the whole window before its parts see them.
pub fn handle(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Escape) {
        step_back(state);
    }
    if pressed(Modifiers::NONE, Key::F1) {
        state.keys_shown = !state.keys_shown;
    }
    if pressed(Modifiers::NONE, Key::F5) {
        scene.commands.push(Command::Retry);
    }
    if ui.ctx().text_edit_focused() {
        return;
    }
    keep_arrows(ui, state);
    if pressed(Modifiers::NONE, Key::Delete) && !scene.snapshot.track.is_empty() {
        scene.commands.push(Command::ClearTrack);
        state.notice(say!("gnss-forgotten"));
    }
    let copied = ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !matches!(event, Event::Copy));
        input.events.len() < before
    });
    if copied {
        place::copy(ui, state, scene);
    }
    typed(ui, state, scene);
}

/// On the sky's page the arrows go from one satellite to the next, whatever has the keyboard.
fn keep_arrows(ui: &Ui, state: &State) {
    let ours = state.over.is_none() && state.page == Page::Sky;
    let filter = egui::EventFilter {
        horizontal_arrows: ours,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.set_focus_lock_filter(id, filter);
        }
    });
}

/// Letters and digits, on whatever keyboard they are typed.
fn typed(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let texts: Vec<String> = ui.input_mut(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            Event::Text(text) => Some(text.clone()),
            _ => None,
        });
        let texts = texts.collect();
        input
            .events
            .retain(|event| !matches!(event, Event::Text(_)));
        texts
    });
    for letter in texts.iter().flat_map(|text| text.chars()) {
        match letter.to_ascii_lowercase() {
            '?' => {
                state.keys_shown = !state.keys_shown;
                continue;
            }
            'c' => place::copy(ui, state, scene),
            'n' => state.toggle(Over::Notations),
            'o' => place::open_map(state, scene),
            'r' => footer::flip_recording(state, scene),
            'u' => footer::next_units(state),
            's' => state.toggle(Over::Sources),
            digit @ '1'..='9' => {
                let at = digit.to_digit(10).unwrap_or(1) as usize - 1;
                match state.over {
                    Some(Over::Notations) => notations::choose(ui, at, state, scene),
                    Some(Over::Sources) => {}
                    None => state.page = Page::ALL.get(at).copied().unwrap_or(state.page),
                }
            }
            _ => continue,
        }
        state.keys_shown = false;
    }
}

/// One step back; from the last one, out.
pub fn step_back(state: &mut State) {
    if std::mem::take(&mut state.keys_shown) {
        return;
    }
    if state.over.take().is_some() {
        state.offer.error = None;
        state.refocus();
        return;
    }
    if state.satellite.take().is_some() {
        return;
    }
    state.wants_close = true;
}

/// Draws the list of keys over everything, while it is asked for.
pub fn overlay(ui: &mut Ui, whole: Rect, state: &mut State) {
    if state.keys_shown && help::overlay(ui, whole, &keys()) {
        state.keys_shown = false;
    }
}
