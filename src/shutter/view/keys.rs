//! What the keyboard does, and the list of it.

use egui::{Event, EventFilter, Id, Key, Modifiers, Rect, Ui};

use super::form::Field;
use super::{Focus, Page, Scene, State, footer, overview};
use crate::popup::help;
use crate::say;
use crate::shutter::cameras::Standing;
use crate::shutter::command::Command;
use crate::shutter::snapshot::State as Doing;
use crate::shutter::source::Wish;

fn keys() -> [(&'static str, String); 12] {
    [
        ("Enter", say!("shutter-key-start")),
        ("Space", say!("shutter-key-pause")),
        ("X  X", say!("shutter-key-stop")),
        ("O", say!("shutter-key-snap")),
        ("I  N  D  B", say!("shutter-key-type")),
        ("1  2  3", say!("shutter-key-pages")),
        ("↑  ↓", say!("shutter-key-list")),
        ("Ctrl+Tab", say!("shutter-key-next-camera")),
        ("A", say!("shutter-key-start-all")),
        ("F5", say!("shutter-key-retry")),
        ("?  F1", say!("shutter-key-keys")),
        ("Esc", say!("shutter-key-back")),
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
    if pressed(Modifiers::NONE, Key::F5) {
        retry(state, scene);
    }
    if pressed(Modifiers::CTRL | Modifiers::SHIFT, Key::Tab) {
        next_camera(false, state, scene);
    }
    if pressed(Modifiers::CTRL, Key::Tab) {
        next_camera(true, state, scene);
    }
    let typing = ui.ctx().text_edit_focused();
    match state.in_sight(scene.cameras) {
        Some(index) => {
            // In a field as well: what was typed is what is to be started.
            let idle = doing(index, scene) == Some(Doing::Idle);
            let free = typing || ui.memory(|memory| memory.focused().is_none());
            if free && idle && pressed(Modifiers::NONE, Key::Enter) {
                footer::go(index, state, scene);
            }
        }
        None if !typing => {
            let count =
                |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
            let (down, up) = (count(Key::ArrowDown), count(Key::ArrowUp));
            if down + up > 0 {
                let last = scene.cameras.len().saturating_sub(1);
                state.row = (state.row + down).saturating_sub(up).min(last);
                state.focus = Some(Focus::Main);
            }
        }
        None => {}
    }
    if !typing {
        for letter in typed(ui) {
            letter_key(letter, state, scene);
        }
    }
}

/// What a camera does, where that is known now.
fn doing(index: usize, scene: &Scene<'_>) -> Option<Doing> {
    let camera = scene
        .cameras
        .get(index)
        .filter(|camera| camera.is_online())?;
    Some(camera.snapshot.as_deref()?.state)
}

/// The arrows go to the next row by [`handle`], and not by egui's idea of what is near.
pub fn keep_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// The characters that were typed where nothing takes text.
fn typed(ui: &Ui) -> Vec<char> {
    let button = ui.memory(|memory| memory.focused().is_some());
    ui.input_mut(|input| {
        let mut letters = Vec::new();
        input.events.retain(|event| match event {
            Event::Text(text) => {
                // A space presses the button that has the keyboard.
                letters.extend(text.chars().filter(|c| !(button && *c == ' ')));
                false
            }
            _ => true,
        });
        letters
    })
}

fn letter_key(letter: char, state: &mut State, scene: &mut Scene<'_>) {
    if letter == '?' {
        state.keys_shown = !state.keys_shown;
        return;
    }
    let letter = letter.to_ascii_lowercase();
    let Some(index) = state.in_sight(scene.cameras) else {
        match letter {
            'a' => overview::start_all(state, scene),
            'x' => footer::end(None, state, scene),
            _ => {}
        }
        return;
    };
    let page = match letter {
        '1' => Some(Page::Timer),
        '2' => Some(Page::Plan),
        '3' => Some(Page::History),
        _ => None,
    };
    if let Some(page) = page {
        state.turn_to(page);
    }
    let Some(doing) = doing(index, scene) else {
        return;
    };
    let idle = doing == Doing::Idle;
    match letter {
        ' ' if !idle => footer::go(index, state, scene),
        'x' if !idle => footer::end(Some(index), state, scene),
        'o' => scene.ask(index, Command::Snap),
        'i' => type_in(Field::Interval, state),
        'n' if idle => type_in(Field::Count, state),
        'd' if idle => type_in(Field::Delay, state),
        'b' if idle => type_in(Field::Bulb, state),
        _ => {}
    }
}

fn type_in(field: Field, state: &mut State) {
    if state.page == Page::History {
        state.page = Page::Timer;
    }
    state.focus = Some(Focus::Field(field));
}

fn retry(state: &State, scene: &mut Scene<'_>) {
    let shown = state.in_sight(scene.cameras);
    for (index, camera) in scene.cameras.iter().enumerate() {
        let lost = matches!(camera.standing(), Standing::Offline | Standing::Forbidden);
        if lost && shown.is_none_or(|shown| shown == index) {
            scene.wishes.push((index, Wish::Retry));
        }
    }
}

fn next_camera(forward: bool, state: &mut State, scene: &Scene<'_>) {
    let count = scene.cameras.len();
    if count < 2 {
        return;
    }
    let now = state.in_sight(scene.cameras);
    let next = match (now, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(index), true) => (index + 1) % count,
        (Some(index), false) => (index + count - 1) % count,
    };
    let page = state.page;
    state.show(Some(next));
    state.page = page;
}

/// One step back; from the last one, out.
fn step_back(ui: &Ui, state: &mut State, scene: &Scene<'_>) {
    if std::mem::take(&mut state.keys_shown) {
        return;
    }
    if state.stopping.take().is_some() {
        return;
    }
    if ui.ctx().text_edit_focused() {
        ui.memory_mut(egui::Memory::stop_text_input);
        state.focus = Some(Focus::Main);
        return;
    }
    let shown = state.in_sight(scene.cameras);
    if shown.is_some() && state.page != Page::Timer {
        state.turn_to(Page::Timer);
        return;
    }
    if scene.cameras.len() > 1 && shown.is_some() {
        state.show(None);
        return;
    }
    state.wants_close = true;
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
