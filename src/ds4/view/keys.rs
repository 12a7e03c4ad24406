//! Keys that work wherever the keyboard is, how Esc steps back, and the list of all keys.

use egui::{Event, Key, Modifiers, Rect, Ui};

use super::{Page, Scene, State, light, rule, wishes};
use crate::ds4::command::Command;
use crate::popup::{help, scroll};
use crate::say;

fn keys() -> [(&'static str, String); 17] {
    [
        ("1  2  3", say!("ds4-key-pages")),
        ("Ctrl+Tab  N", say!("ds4-key-next-pad")),
        ("S  W", say!("ds4-key-rumble")),
        ("C", say!("ds4-key-calibrate")),
        ("R", say!("ds4-key-recentre")),
        ("T", say!("ds4-key-triggers")),
        ("X", say!("ds4-key-outlines")),
        ("M", say!("ds4-key-mouse")),
        ("O", say!("ds4-key-light-off")),
        ("B", say!("ds4-key-former-colour")),
        ("←  →", say!("ds4-key-slider")),
        ("Tab  Enter", say!("ds4-key-next-control")),
        ("↑  ↓", say!("ds4-key-scroll")),
        ("U", say!("ds4-key-rule")),
        ("F5", say!("ds4-look-again")),
        ("?  F1", say!("ds4-key-keys")),
        ("Esc", say!("ds4-key-back")),
    ]
}

/// Takes the keys that belong to the whole window before its parts see them.
pub fn handle(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Escape) {
        step_back(ui, state);
    }
    if pressed(Modifiers::NONE, Key::F1) {
        state.keys_shown = !state.keys_shown;
    }
    if pressed(Modifiers::NONE, Key::F5) {
        scene.commands.push(Command::Retry);
    }
    if pressed(Modifiers::CTRL | Modifiers::SHIFT, Key::Tab) {
        wishes::next_pad(false, state, scene);
    }
    if pressed(Modifiers::CTRL, Key::Tab) {
        wishes::next_pad(true, state, scene);
    }
    if !ui.ctx().text_edit_focused() {
        for letter in typed(ui) {
            letter_key(ui, letter, state, scene);
        }
    }
}

/// The characters that were typed where nothing takes text.
fn typed(ui: &Ui) -> Vec<char> {
    ui.input_mut(|input| {
        let mut letters = Vec::new();
        input.events.retain(|event| match event {
            Event::Text(text) => {
                letters.extend(text.chars());
                false
            }
            _ => true,
        });
        letters
    })
}

fn letter_key(ui: &Ui, letter: char, state: &mut State, scene: &mut Scene<'_>) {
    if letter == '?' {
        state.keys_shown = !state.keys_shown;
        return;
    }
    let page = match letter {
        '1' => Some(Page::Pad),
        '2' => Some(Page::Motion),
        '3' => Some(Page::Light),
        _ => None,
    };
    state.page = page.unwrap_or(state.page);
    let Some(pad) = scene.pad else { return };
    match letter.to_ascii_lowercase() {
        's' => wishes::rumble(pad, true, scene),
        'w' => wishes::rumble(pad, false, scene),
        'c' => wishes::calibrate(pad, state, scene),
        'r' => wishes::recentre(pad, state, scene),
        't' => state.cube.by_triggers = !state.cube.by_triggers,
        'x' => wishes::forget_reach(pad, scene),
        'm' => wishes::flip_mouse(pad, state, scene),
        'n' => wishes::next_pad(true, state, scene),
        'o' => light::off(pad, scene),
        'b' => light::restore(pad, state, scene),
        'u' if pad.access.remedy().is_some() => rule::copy(ui, state, scene),
        _ => {}
    }
}

/// One step back; from the last one, out.
fn step_back(ui: &Ui, state: &mut State) {
    if std::mem::take(&mut state.keys_shown) {
        return;
    }
    if ui.ctx().text_edit_focused() {
        ui.memory_mut(egui::Memory::stop_text_input);
        return;
    }
    if state.page != Page::Pad {
        state.page = Page::Pad;
        return;
    }
    state.wants_close = true;
}

/// Scrolls what is higher than the window; by the arrows where nothing else takes them.
pub fn scroll(ui: &Ui) {
    scroll::by_keys(ui, ui.memory(|memory| memory.focused().is_none()));
}

/// Draws the list of keys over everything, while it is asked for.
pub fn overlay(ui: &mut Ui, whole: Rect, state: &mut State) {
    if !state.keys_shown {
        return;
    }
    let keys = keys();
    let keys: Vec<(&str, &str)> = keys.iter().map(|(key, does)| (*key, &**does)).collect();
    if help::overlay(ui, whole, &keys) {
        state.keys_shown = false;
    }
}
