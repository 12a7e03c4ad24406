//! A field of the form: its name, the text, and below it what is often wanted, or what is wrong.

use egui::{FontId, Id, Sense, Ui, Vec2};

use super::facts;
use super::form::{Field, Form};
use crate::popup::controls::{field as text_field, one_line, put};
use crate::popup::states::full_sentence;
use crate::popup::theme::{Theme, size, space};
use crate::popup::toggle;

/// The id of a field's text.
pub fn text_id(field: Field) -> Id {
    super::id(&format!("field {field:?}"))
}

/// Draws the field over the width of `ui`; `takes_focus` is whether it gets the keyboard now.
pub fn ui(ui: &mut Ui, field: Field, form: &mut Form, wrong: Option<&str>, takes_focus: bool) {
    let theme = Theme::of(ui.ctx());
    let width = ui.available_width();
    ui.spacing_mut().item_spacing.y = space::XS;
    let font = FontId::proportional(size::SMALL);
    let (line, _) = ui.allocate_exact_size(Vec2::new(width, 16.0), Sense::hover());
    let name = field.label();
    let label = one_line(ui, &name, font, theme.dim, width);
    put(
        ui.painter(),
        label,
        line.left_center(),
        egui::Align2::LEFT_CENTER,
    );
    let id = text_id(field);
    let response = text_field(ui, id, form.text(field), &field.hint(), &name, width);
    if takes_focus {
        response.request_focus();
    }
    if response.changed() {
        form.touched = true;
    }
    response.on_hover_text(field.about());
    match wrong {
        // In place of the presets, so that nothing else moves.
        Some(sentence) => facts::sentence(ui, &full_sentence(sentence), size::SMALL, theme.error),
        None => presets(ui, field, form),
    }
}

fn presets(ui: &mut Ui, field: Field, form: &mut Form) {
    let presets = field.presets();
    let words: Vec<&str> = presets.iter().map(|(words, _)| words.as_str()).collect();
    let text = form.text(field).trim().to_owned();
    let chosen = presets.iter().position(|(_, typed)| *typed == text);
    let pressed = ui
        .scope(|ui| toggle::choice(ui, &field.label(), &words, chosen.unwrap_or(usize::MAX)))
        .inner;
    if let Some((_, typed)) = pressed.and_then(|index| presets.get(index)) {
        (*typed).clone_into(form.text(field));
        form.touched = true;
    }
}
