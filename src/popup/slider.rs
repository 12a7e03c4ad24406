//! A slider whose track shows what it chooses from; by pointer or by arrow keys.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{
    Align2, Color32, EventFilter, FontId, Id, Key, Painter, Pos2, Rect, Sense, Shape, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::controls::{focus_ring, one_line, put};
use super::theme::{Theme, size, space};

/// Height of a slider with its name above, in points.
pub const HEIGHT: f32 = 44.0;

/// What a slider chooses.
pub struct Slider<'a> {
    /// Its name, above it.
    pub label: &'a str,
    /// What is chosen, in words, at the right above it.
    pub words: &'a str,
    /// What an arrow key moves it by, as a share of its way.
    pub step: f32,
    /// The colours of its track from left to right.
    pub track: &'a [Color32],
}

impl Slider<'_> {
    /// Draws it as wide as `ui`, at `value` of 0 to 1; returns where it was moved to.
    pub fn ui(&self, ui: &mut Ui, id: Id, value: f32) -> Option<f32> {
        let theme = Theme::of(ui.ctx());
        let wanted = Vec2::new(ui.available_width(), HEIGHT);
        let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
        let track = Rect::from_min_max(
            Pos2::new(rect.left() + 9.0, rect.bottom() - 20.0),
            Pos2::new(rect.right() - 9.0, rect.bottom() - 6.0),
        );
        let touch = track.expand2(Vec2::new(9.0, 6.0));
        let response = ui.interact(touch, id, Sense::click_and_drag());
        let enabled = ui.is_enabled();
        response.widget_info(|| {
            let mut info = WidgetInfo::slider(enabled, f64::from(value) * 100.0, self.label);
            info.current_text_value = Some(self.words.to_owned());
            info
        });
        let small = FontId::proportional(size::SMALL);
        let middle = rect.top() + 10.0;
        let words = one_line(
            ui,
            self.words,
            small.clone(),
            theme.text,
            rect.width() * 0.5,
        );
        let at = Pos2::new(rect.right(), middle);
        let place = put(ui.painter(), words, at, Align2::RIGHT_CENTER);
        let room = place.left() - space::S - rect.left();
        let label = one_line(ui, self.label, small, theme.dim, room);
        put(
            ui.painter(),
            label,
            Pos2::new(rect.left(), middle),
            Align2::LEFT_CENTER,
        );
        let painter = ui.painter();
        gradient(painter, track, self.track);
        let line = Stroke::new(1.0, theme.dim);
        painter.rect_stroke(track, 3, line, StrokeKind::Outside);
        let x = track.left() + track.width() * value.clamp(0.0, 1.0);
        let knob = Rect::from_center_size(Pos2::new(x, track.center().y), Vec2::new(10.0, 22.0));
        let ring = if response.hovered() || response.has_focus() {
            theme.text
        } else {
            theme.dim
        };
        painter.rect(
            knob,
            4,
            theme.ground,
            Stroke::new(1.5, ring),
            StrokeKind::Inside,
        );
        painter.rect_filled(knob.shrink(3.5), 2, theme.text);
        if response.has_focus() {
            focus_ring(painter, touch.expand2(Vec2::new(0.0, 1.0)), &theme);
        }
        let pointed = response
            .interact_pointer_pos()
            .map(|at| (at.x - track.left()) / track.width());
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        let moved = pointed.or_else(|| self.key(ui, id, value))?;
        let moved = moved.clamp(0.0, 1.0);
        (moved != value).then_some(moved)
    }

    fn key(&self, ui: &Ui, id: Id, value: f32) -> Option<f32> {
        if !ui.memory(|memory| memory.has_focus(id)) {
            return None;
        }
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        ui.input(|input| {
            let count = |key| input.num_presses(key) as f32;
            let steps = count(Key::ArrowRight) - count(Key::ArrowLeft);
            if input.key_pressed(Key::Home) {
                Some(0.0)
            } else if input.key_pressed(Key::End) {
                Some(1.0)
            } else {
                (steps != 0.0).then_some(value + steps * self.step)
            }
        })
    }
}

/// Fills `rect` with these colours from left to right, evenly spaced.
fn gradient(painter: &Painter, rect: Rect, colours: &[Color32]) {
    let mut mesh = Mesh::default();
    let last = colours.len().saturating_sub(1).max(1) as f32;
    for (index, color) in (0_u32..).zip(colours) {
        let x = rect.left() + rect.width() * index as f32 / last;
        for y in [rect.top(), rect.bottom()] {
            mesh.vertices.push(Vertex {
                pos: Pos2::new(x, y),
                uv: WHITE_UV,
                color: *color,
            });
        }
        if index > 0 {
            let at = 2 * index;
            mesh.add_triangle(at - 2, at - 1, at);
            mesh.add_triangle(at - 1, at, at + 1);
        }
    }
    painter.add(Shape::mesh(mesh));
}
