//! The position in all notations, each with its value; the one that is chosen is copied.

use egui::{Id, Ui};

use super::over::{Row, row};
use super::{Focus, Scene, State, fact, place, words};
use crate::gnss::coordinates::Notation;
use crate::say;

/// In the order of their keys.
const ALL: [Notation; 8] = [
    Notation::Dd,
    Notation::Dms,
    Notation::Utm,
    Notation::Mgrs,
    Notation::Plus,
    Notation::Maidenhead,
    Notation::Geo,
    Notation::Osm,
];

/// Draws a row for each notation.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    if let Some(age) = words::old_age(scene) {
        let sentence = say!("gnss-this-was", age = age);
        fact::sentence(ui, &sentence, ui.available_width());
    }
    let mut pressed = None;
    for (index, notation) in ALL.into_iter().enumerate() {
        let chosen = state.notation == notation;
        let value = scene.fix().and_then(|fix| words::position(fix, notation));
        let value = value.unwrap_or_else(|| say!("gnss-no-position-yet"));
        let id = if chosen {
            Focus::Notation.id()
        } else {
            Id::unique(("gnss notation", index))
        };
        let response = row(
            ui,
            &Row {
                id,
                title: &words::notation(notation),
                detail: &value,
                hint: &(index + 1).to_string(),
                chosen,
            },
            136.0,
        );
        if chosen && state.takes_focus(Focus::Notation) {
            response.request_focus();
        }
        if response.clicked() {
            pressed = Some(index);
        }
    }
    if let Some(index) = pressed {
        choose(ui, index, state, scene);
    }
}

/// Copies the position in the notation with this number, which is the usual one from now on.
pub fn choose(ui: &Ui, index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let Some(notation) = ALL.get(index) else {
        return;
    };
    state.notation = *notation;
    place::copy(ui, state, scene);
    state.over = None;
    state.refocus();
}
