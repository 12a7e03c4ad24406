//! Keys, clicks and words in the window of any popup.
#![allow(dead_code)] // each test file uses its part

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

pub fn type_text<S>(window: &mut Harness<'_, S>, text: &str) {
    window.event(egui::Event::Text(text.to_owned()));
    window.run_steps(4);
}

pub fn press<S>(window: &mut Harness<'_, S>, key: Key) {
    press_with(window, Modifiers::NONE, key);
}

pub fn press_with<S>(window: &mut Harness<'_, S>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

pub fn click<S>(window: &mut Harness<'_, S>, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(5);
}

pub fn shows<S>(window: &Harness<'_, S>, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// Everything that assistive technology is told.
pub fn all_labels<S>(window: &Harness<'_, S>) -> String {
    let mut words = String::new();
    for node in window.root().children_recursive() {
        let node = node.accesskit_node();
        words.push_str(&node.label().unwrap_or_default());
        words.push('\n');
        words.push_str(&node.value().unwrap_or_default());
        words.push('\n');
    }
    words
}
