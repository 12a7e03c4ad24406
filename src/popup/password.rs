//! A field for a secret, with a button that shows what was typed.

use egui::{Id, Response, Ui};

use super::controls::{icon_button, show_field};
use super::icons::Icon;
use super::theme::space;
use crate::catalogue::{self, Language};
use crate::say;

/// One line for a secret; `revealed` is turned by the button at its end.
pub fn password_field(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    label: &str,
    width: f32,
    revealed: &mut bool,
) -> Response {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let width = width - 28.0 - space::XS;
        let response = show_field(ui, id, text, [label, label], width, !*revealed);
        let (icon, words) = if *revealed {
            (Icon::Conceal, say!("popup-hide", what = inside(label)))
        } else {
            (Icon::Reveal, say!("popup-show", what = inside(label)))
        };
        if icon_button(ui, icon, &words).clicked() {
            *revealed = !*revealed;
            response.request_focus();
        }
        response
    })
    .inner
}

/// A label within a sentence: German nouns keep their capital.
fn inside(label: &str) -> String {
    if catalogue::language() == Language::German {
        return label.to_owned();
    }
    let mut rest = label.chars();
    let first = rest.next().into_iter().flat_map(char::to_lowercase);
    first.chain(rest).collect()
}
