//! The first page: the pad, the cube, and the sticks and triggers in numbers.

use egui::{Pos2, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2};

use super::{Scene, State, keys, picture, scope, solid};
use crate::ds4::snapshot::Pad;
use crate::popup::controls::part;
use crate::popup::theme::space;
use crate::popup::toggle::switch_line;
use crate::say;

/// From this width on the cube stands beside the pad.
const WIDE: f32 = 540.0;
/// Height of the switch below the cube.
const SWITCH: f32 = 32.0;
/// Less than this is no picture any more.
const LEAST: f32 = 150.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, pad: &Pad, state: &mut State, _: &Scene<'_>) {
    let rect = ui.max_rect().shrink2(Vec2::new(space::M, space::S));
    let numbers = scope::height(rect.width());
    if rect.width() >= WIDE && rect.height() >= LEAST + numbers {
        let (above, below) = rect.split_top_bottom_at_y(rect.bottom() - numbers);
        let (left, right) = above.split_left_right_at_fraction(0.62);
        picture::ui(ui, left.with_max_y(left.bottom() - space::XS), pad);
        cube(ui, right.with_min_x(right.left() + space::M), pad, state);
        scope::ui(ui, below, pad);
        return;
    }
    let inner = ui.max_rect();
    let builder = UiBuilder::new().max_rect(inner);
    ui.scope_builder(builder, |ui| {
        let scroll = ScrollArea::vertical().id_salt("front").auto_shrink(false);
        scroll.show(ui, |ui| {
            keys::scroll(ui);
            stacked(ui, pad, state);
        });
    });
}

/// One below the other.
fn stacked(ui: &mut Ui, pad: &Pad, state: &mut State) {
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let width = ui.available_width();
    let place = |ui: &mut Ui, height: f32| {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
        rect.shrink2(Vec2::new(space::M, space::XS))
    };
    let wide = width - 2.0 * space::M;
    let rect = place(ui, (wide * 0.74).min(320.0));
    picture::ui(ui, rect, pad);
    let rect = place(ui, scope::height(wide) + 2.0 * space::XS);
    scope::ui(ui, rect, pad);
    let rect = place(ui, 200.0 + SWITCH);
    cube(ui, rect, pad, state);
}

fn cube(ui: &mut Ui, rect: Rect, pad: &Pad, state: &mut State) {
    let (room, below) = rect.split_top_bottom_at_y(rect.bottom() - SWITCH);
    solid::ui(ui, room, pad, &state.cube);
    let below = Rect::from_min_max(Pos2::new(below.left() + space::S, below.top()), below.max);
    let mut part = part(ui, "cube", below.expand2(Vec2::new(space::S, 0.0)));
    let builder = UiBuilder::new().max_rect(below.with_max_x(below.right() - space::S));
    let pressed = part.scope_builder(builder, |ui| {
        switch_line(ui, state.cube.by_triggers, &say!("ds4-turned-by-triggers"))
    });
    if pressed.inner {
        state.cube.by_triggers = !state.cube.by_triggers;
    }
}
