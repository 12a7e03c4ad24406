//! Scrolling by keys what is higher than the window.

use egui::{Key, Ui, Vec2};

/// How far an arrow scrolls, in points.
const LINE: f32 = 40.0;
/// How much of what is seen a page scrolls: a bit of it stays in sight.
const PAGE: f32 = 0.85;

/// Scrolls by Page up and down, unless a text is being edited; with `arrows` by them, too. To be
/// called within the part that scrolls.
pub fn by_keys(ui: &Ui, arrows: bool) {
    if ui.ctx().text_edit_focused() {
        return;
    }
    let way = ui.input(|input| {
        let count = |key| input.num_presses(key) as f32;
        let pages = count(Key::PageUp) - count(Key::PageDown);
        let lines = count(Key::ArrowUp) - count(Key::ArrowDown);
        pages * PAGE * ui.clip_rect().height() + if arrows { lines * LINE } else { 0.0 }
    });
    if way != 0.0 {
        ui.scroll_with_delta(Vec2::new(0.0, way));
    }
}
