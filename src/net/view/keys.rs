//! Keys that work wherever the keyboard is, how Esc steps back, and the list of all keys.

use egui::{Key, Modifiers, Rect, Ui};

use super::{Focus, Scene, State, act, footer, header, password, row, scan, strip};
use crate::net::command::Command;
use crate::net::snapshot::Connectivity;
use crate::popup::{help, typing};
use crate::say;

fn keys() -> [(&'static str, String); 19] {
    [
        ("↑  ↓", say!("net-keys-choose")),
        ("Enter", say!("net-keys-connect")),
        ("→  Ctrl+I", say!("net-keys-details")),
        ("Delete", say!("net-keys-forget")),
        ("Letters", say!("net-keys-letters")),
        ("Ctrl+F", say!("net-keys-filter")),
        ("F5  Ctrl+R", say!("net-keys-look")),
        ("Ctrl+Z", say!("net-keys-again")),
        ("Ctrl+S", say!("net-keys-sign-in")),
        ("Ctrl+W", say!("net-keys-wifi")),
        ("Ctrl+P", say!("net-airplane-mode")),
        ("Ctrl+H", say!("net-hotspot")),
        ("Ctrl+N", say!("net-hidden-network")),
        ("Ctrl+Q", say!("net-keys-share")),
        ("Ctrl+C", say!("net-keys-copy")),
        ("Page ↑  ↓", say!("net-keys-page")),
        ("Tab", say!("net-keys-tab")),
        ("?  F1", say!("net-keys-keys")),
        ("Esc", say!("net-keys-back")),
    ]
}

/// Takes the keys that belong to the whole window before its parts see them.
pub fn handle(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::NONE, Key::Escape) {
        step_back(ui, state, scene);
    }
    if pressed(Modifiers::NONE, Key::F1) {
        state.keys_shown = !state.keys_shown;
    }
    if pressed(Modifiers::NONE, Key::F5) || pressed(Modifiers::CTRL, Key::R) {
        scan::now(state, scene);
    }
    if pressed(Modifiers::CTRL, Key::S) && scene.snapshot.connectivity == Connectivity::Portal {
        scene.commands.push(Command::SignIn);
    }
    if pressed(Modifiers::CTRL, Key::W) {
        header::flip_wifi(scene);
    }
    if pressed(Modifiers::CTRL, Key::P) {
        footer::flip_airplane(scene);
    }
    if pressed(Modifiers::CTRL, Key::H) {
        footer::open_hotspot(state);
    }
    if pressed(Modifiers::CTRL, Key::N) {
        footer::open_hidden(state);
    }
    let on_list = state.pages.is_empty();
    if pressed(Modifiers::CTRL, Key::F) && on_list {
        state.focus = Some(Focus::Filter);
    }
    let undoable = state.strip.as_ref().is_some_and(strip::Strip::can_undo);
    if undoable && !ui.ctx().text_edit_focused() && pressed(Modifiers::CTRL, Key::Z) {
        strip::undo(state, scene);
    }
    if on_list && let Some(entry) = row::current(state, scene) {
        if pressed(Modifiers::CTRL, Key::I) {
            act::details(&entry, state);
        }
        if pressed(Modifiers::CTRL, Key::Q) {
            let profile = super::status::profiles(&entry, scene).first().copied();
            if let Some(profile) = profile.filter(|profile| profile.ssid.is_some()) {
                let profile = profile.uuid.clone();
                super::share::open(profile, state, scene);
            } else {
                let words = say!("net-share-only-saved");
                state.strip = Some(strip::Strip::notice(words, scene.secs));
            }
        }
    }
    typed(ui, state);
}

/// Typing where nothing takes text: `?` shows the keys, all else filters the list.
fn typed(ui: &Ui, state: &mut State) {
    if ui.ctx().text_edit_focused() || state.focus.is_some() {
        return;
    }
    let Some(text) = typing::taken(ui) else {
        return;
    };
    if text == "?" {
        state.keys_shown = !state.keys_shown;
        return;
    }
    state.keys_shown = false;
    if state.pages.is_empty() {
        state.list.query.push_str(&text);
        let length = state.list.query.chars().count();
        typing::caret_to(ui, Focus::Filter.id(), length);
        state.focus = Some(Focus::Filter);
    }
}

/// One step back; from the last one, out.
pub fn step_back(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    if std::mem::take(&mut state.keys_shown) {
        return;
    }
    if !state.pages.is_empty() {
        if state.page.confirm {
            state.page.confirm = false;
        } else {
            state.turn_back();
        }
        return;
    }
    if state.open.as_ref().is_some_and(|open| !open.hidden) {
        let failed = state
            .open
            .as_ref()
            .and_then(|open| scene.model.entry(&open.key));
        if failed.is_some_and(|entry| super::status::problem(entry, scene).is_some()) {
            scene.commands.push(Command::Dismiss);
        }
        password::forget(ui, state);
        state.focus = Some(Focus::List);
        return;
    }
    if !state.list.query.is_empty() {
        state.list.query.clear();
        state.focus = Some(Focus::List);
        return;
    }
    if state.list.refused.take().is_some() {
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
