//! What a text field remembers behind its text: the caret, and what can be undone.

use egui::text::{CCursor, CCursorRange};
use egui::{Id, TextEdit, Ui};

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
