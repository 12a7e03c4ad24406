//! Keys that work wherever the keyboard is, how Esc steps back, and the list of all keys.

use egui::{Key, Modifiers, Pos2, Rect, Ui, Vec2};

use super::{Focus, Scene, Showing, State, composer, dialogue, strip, thread, urgent};
use crate::popup::controls::icon_button_in;
use crate::popup::icons::Icon;
use crate::popup::theme::space;
use crate::popup::{help, typing};
use crate::say;
use crate::sms::command::Command;

fn all() -> [(&'static str, String); 19] {
    [
        ("Ctrl+Enter", say!("sms-keys-send")),
        ("Ctrl+N", say!("sms-keys-new-message")),
        ("Ctrl+F", say!("sms-keys-search")),
        ("Alt+↑  Alt+↓", say!("sms-keys-neighbour")),
        ("↑", say!("sms-keys-to-messages")),
        ("↑  ↓", say!("sms-keys-choose")),
        ("Page ↑  ↓", say!("sms-keys-scroll")),
        ("Home  End", say!("sms-keys-ends")),
        ("Enter", say!("sms-keys-enter")),
        ("Delete", say!("sms-keys-delete")),
        ("Shift+Delete", say!("sms-keys-delete-conversation")),
        ("Ctrl+Z", say!("sms-keys-undo")),
        ("Ctrl+C", say!("sms-keys-copy")),
        ("Ctrl+Shift+C", say!("sms-keys-copy-number")),
        ("Ctrl+U", say!("sms-keys-dial")),
        ("Ctrl+R", say!("sms-keys-modem")),
        ("?  F1", say!("sms-keys-keys")),
        ("Tab", say!("sms-keys-tab")),
        ("Esc", say!("sms-keys-back")),
    ]
}

/// Takes the keys that belong to the whole window before its parts see them.
pub fn handle(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let menu_open = ui.ctx().any_popup_open();
    if !menu_open && pressed(Modifiers::NONE, Key::Escape) {
        let searching = ui.memory(|memory| memory.has_focus(Focus::Search.id()));
        if searching && state.list.query.is_empty() && !state.keys_shown {
            state.refocus();
        } else {
            step_back(state, scene);
        }
    }
    if state.is_covered() {
        return;
    }
    if pressed(Modifiers::NONE, Key::F1) {
        state.keys_shown = !state.keys_shown;
    }
    if pressed(Modifiers::CTRL, Key::Enter) {
        composer::send(state, scene);
    }
    if pressed(Modifiers::CTRL, Key::N) {
        state.new_message(scene);
    }
    if pressed(Modifiers::CTRL, Key::F) {
        state.narrow_right = false;
        state.focus = Some(Focus::Search);
    }
    if pressed(Modifiers::CTRL, Key::U) {
        dialogue::open(state);
    }
    if pressed(Modifiers::CTRL, Key::R) {
        scene.commands.push(Command::RetryModem);
    }
    if pressed(Modifiers::ALT, Key::ArrowDown) {
        neighbour(state, scene, 1);
    }
    if pressed(Modifiers::ALT, Key::ArrowUp) {
        neighbour(state, scene, -1);
    }
    if !list_focused(ui) && pressed(Modifiers::NONE, Key::PageUp) {
        state.thread.page(-0.85);
    }
    if !list_focused(ui) && pressed(Modifiers::NONE, Key::PageDown) {
        state.thread.page(0.85);
    }
    if pressed(Modifiers::CTRL | Modifiers::SHIFT, Key::C)
        && let Showing::Thread(id) = state.showing
        && let Some(address) = scene.conversation(id).map(|c| c.address.clone())
    {
        thread::copy_number(ui, state, scene, &address);
    }
    let undoable = state.strip.as_ref().is_some_and(strip::Strip::can_undo);
    if undoable
        && (state.composer.is_empty() || !ui.ctx().text_edit_focused())
        && pressed(Modifiers::CTRL, Key::Z)
    {
        strip::undo(state, scene);
    }
    let reply_focused = ui.memory(|memory| memory.has_focus(Focus::Reply.id()));
    if reply_focused && state.composer.is_empty() && pressed(Modifiers::NONE, Key::ArrowUp) {
        let newest = scene
            .snapshot
            .thread
            .as_ref()
            .and_then(|thread| thread.messages.last());
        state.thread.selected = newest.map(|message| message.id);
        state.focus = Some(Focus::Thread);
    }
    typed(ui, state, scene);
}

fn list_focused(ui: &Ui) -> bool {
    ui.memory(|memory| memory.has_focus(Focus::List.id()))
}

/// Typing where nothing takes text: `?` shows the keys, the list searches, a thread replies.
fn typed(ui: &Ui, state: &mut State, scene: &Scene<'_>) {
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
    if scene.locked() && text.bytes().all(|b| b.is_ascii_digit()) {
        // Digits are the PIN then: nobody means to search for it, or to show it.
        let length = state.unlock.put(&text);
        typing::caret_to(ui, Focus::Unlock.id(), length);
        state.focus = Some(Focus::Unlock);
        return;
    }
    let in_thread = ui.memory(|memory| memory.has_focus(Focus::Thread.id()));
    if in_thread {
        let whole = state.composer.take_text() + &text;
        typing::caret_to(ui, Focus::Reply.id(), whole.chars().count());
        state.composer.put_text(whole, ui.input(|input| input.time));
        state.thread.selected = None;
        state.focus = Some(Focus::Reply);
    } else {
        state.list.query.push_str(&text);
        typing::caret_to(ui, Focus::Search.id(), state.list.query.chars().count());
        state.narrow_right = false;
        state.focus = Some(Focus::Search);
    }
}

/// The button in a pane's head that steps back where only one pane has room; returns where what
/// follows it begins.
pub fn back_button(ui: &mut Ui, head: Rect, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let at = Pos2::new(head.left() + 22.0, head.center().y);
    let place = Rect::from_center_size(at, Vec2::splat(28.0));
    let id = ui.scope_id().with("back");
    if icon_button_in(ui, place, id, Icon::Back, &say!("sms-back-key")).clicked() {
        step_back(state, scene);
    }
    place.right() + space::S
}

/// One step back; from the last one, out.
pub fn step_back(state: &mut State, scene: &mut Scene<'_>) {
    if state.urgent.is_open() {
        return urgent::put_away(state, scene);
    }
    if state.dialogue.is_open() {
        return dialogue::close(state, scene);
    }
    if std::mem::take(&mut state.keys_shown) || state.thread.confirm.take().is_some() {
        return;
    }
    if state.list.end_search(&mut scene.commands) {
        state.focus = Some(Focus::List);
        return;
    }
    if state.thread.selected.take().is_some() {
        state.focus = Some(Focus::Reply);
        return;
    }
    if state.showing == Showing::NewMessage {
        scene.commands.extend(state.composer.leave());
        state.showing = Showing::Nothing;
        let first = scene.conversations().first().map(|c| c.id);
        if let Some(id) = first.filter(|_| !state.narrow) {
            state.open(scene, id);
        } else {
            state.narrow_right = false;
            state.focus = Some(Focus::List);
        }
        return;
    }
    if state.narrow && state.narrow_right {
        scene.commands.extend(state.composer.save());
        state.narrow_right = false;
        state.focus = Some(Focus::List);
        return;
    }
    state.wants_close = true;
}

/// Opens the conversation `step` rows below the open one.
fn neighbour(state: &mut State, scene: &mut Scene<'_>, step: isize) {
    let all = scene.conversations();
    let open = match state.showing {
        Showing::Thread(id) => all.iter().position(|c| c.id == id),
        _ => None,
    };
    let next = open.map_or(Some(0), |open| open.checked_add_signed(step));
    if let Some(id) = next.and_then(|next| all.get(next)).map(|c| c.id) {
        state.open(scene, id);
    }
}

/// Draws the list of keys over everything, while it is asked for.
pub fn overlay(ui: &mut Ui, whole: Rect, state: &mut State) {
    if state.keys_shown && help::overlay(ui, whole, &all()) {
        state.keys_shown = false;
    }
}
