//! What a text field remembers behind its text: the caret, and what can be undone.

use egui::text::{CCursor, CCursorRange};
use egui::{Event, Id, TextEdit, Ui};

/// Takes what is typed while no field has the keyboard: all that came since the last frame, for a
/// field that gets the keyboard now has it with the next one. Spaces alone press buttons, and stay.
pub fn taken(ui: &Ui) -> Option<String> {
    ui.input_mut(|input| {
        let begins = |event: &Event| matches!(event, Event::Text(text) if !text.trim().is_empty());
        let first = input.events.iter().position(begins)?;
        let mut all = String::new();
        let mut index = 0;
        input.events.retain(|event| {
            index += 1;
            match event {
                Event::Text(text) if index > first => {
                    all.push_str(text);
                    false
                }
                _ => true,
            }
        });
        Some(all)
    })
}

/// What is typed next goes behind `characters`, wherever the field's caret was left.
pub fn caret_to(ui: &Ui, field: Id, characters: usize) {
    let mut typing = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(characters);
    typing.cursor.set_char_range(Some(CCursorRange::one(end)));
    typing.store(ui.ctx(), field);
}

/// A field remembers what was typed so that it can be undone; a secret is not to be.
pub fn forget(ui: &Ui, field: Id) {
    if let Some(mut typing) = TextEdit::load_state(ui.ctx(), field) {
        typing.clear_undoer();
        typing.store(ui.ctx(), field);
    }
}
