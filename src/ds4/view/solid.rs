//! The cube of the original demo: turned by the pad, moved by a finger on its touchpad, lit in
//! the mean of the colours of the buttons that are down, and turned by L2 and R2 on request.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo};

use super::cube::{self, Face};
use super::inks;
use super::symbols::halo;
use super::words;
use crate::ds4::controls::{Buttons, Finger};
use crate::ds4::light::Rgb;
use crate::ds4::motion::Motion;
use crate::ds4::snapshot::Pad;
use crate::popup::colour::mix;
use crate::popup::theme::Theme;
use crate::say;

/// What of the cube is the window's own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cube {
    /// Where it was moved to: -1 to 1 of the free way in each direction.
    offset: Vec2,
    /// The finger that moves it, where it was last.
    finger: Option<Finger>,
    /// Whether L2 and R2 turn it.
    pub by_triggers: bool,
}

impl Cube {
    /// Begins anew, for another pad.
    pub fn begin(&mut self) {
        *self = Self {
            by_triggers: self.by_triggers,
            ..Self::default()
        };
    }

    /// Puts it back into the middle.
    pub fn centre(&mut self) {
        self.offset = Vec2::ZERO;
    }

    /// Follows the first finger on the touchpad.
    pub fn follow(&mut self, touch: [Option<Finger>; 2]) {
        let finger = touch.into_iter().flatten().next();
        let finger = finger.filter(|finger| finger.x.is_finite() && finger.y.is_finite());
        if let (Some(now), Some(before)) = (finger, self.finger)
            && now.id == before.id
        {
            // Across half the touchpad is across the whole way.
            let way = Vec2::new(now.x - before.x, now.y - before.y) * 3.0;
            self.offset = (self.offset + way).clamp(Vec2::splat(-1.0), Vec2::splat(1.0));
        }
        self.finger = finger;
    }

    /// Degrees clockwise that the triggers turn it by: half a turn each.
    fn twist(self, pad: &Pad) -> f32 {
        match &pad.controls {
            Some(controls) if self.by_triggers => {
                180.0 * (words::share(controls.r2.value) - words::share(controls.l2.value))
            }
            _ => 0.0,
        }
    }
}

/// The mean of the colours of the face buttons that are down.
#[must_use]
pub fn mean(buttons: Buttons) -> Option<Color32> {
    let lit: Vec<Color32> = buttons.iter().filter_map(inks::face).collect();
    let count = u32::try_from(lit.len()).ok().filter(|count| *count > 0)?;
    let part = |channel: fn(&Color32) -> u8| {
        let sum: u32 = lit.iter().map(|colour| u32::from(channel(colour))).sum();
        (sum / count) as u8
    };
    Some(Color32::from_rgb(
        part(Color32::r),
        part(Color32::g),
        part(Color32::b),
    ))
}

/// Draws the cube in `room`.
pub fn ui(ui: &Ui, room: Rect, pad: &Pad, cube: &Cube) {
    let theme = Theme::of(ui.ctx());
    let buttons = pad
        .controls
        .map(|controls| controls.buttons)
        .unwrap_or_default();
    let motion = pad.motion.unwrap_or_default();
    let said = match &pad.motion {
        Some(motion) => in_words(motion, buttons),
        None => say!("ds4-cube-unread"),
    };
    let response = ui.interact(room, ui.scope_id().with("cube"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    let size = (room.width().min(room.height()) / 2.0 / (cube::REACH + 0.55)).max(4.0);
    // A corner may leave the room for a moment: it is a game.
    let free = (room.size() / 2.0 - Vec2::splat(size * 1.5)).max(Vec2::ZERO);
    let middle = room.center() + cube.offset * free;
    let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
    if pad.motion.is_none() {
        let font = egui::FontId::proportional(crate::popup::theme::size::SMALL);
        let at = room.center_top() + Vec2::new(0.0, 10.0);
        let words = say!("ds4-motion-unread");
        painter.text(at, egui::Align2::CENTER_CENTER, words, font, theme.dim);
    }
    shadow(&painter, middle, size, &theme);
    let lit = mean(buttons);
    let plain = mix(
        theme.ground,
        theme.text,
        if theme.dark { 0.46 } else { 0.24 },
    );
    let stuff = Stuff {
        base: lit.unwrap_or(plain),
        lit: lit.is_some(),
        bar: pad
            .light
            .colour
            .filter(|colour| *colour != Rgb::BLACK)
            .map(inks::lamp),
        theme,
    };
    if let Some(colour) = lit {
        let shine = Vec2::splat(size * (cube::REACH + 0.9));
        halo(&painter, middle, shine, colour.gamma_multiply(0.35));
    }
    let faces = cube::faces(motion.orientation, cube.twist(pad));
    draw(&painter, &faces, middle, size, &stuff);
}

fn in_words(motion: &Motion, buttons: Buttons) -> String {
    let held = words::held(motion);
    let lit = buttons
        .iter()
        .filter(|button| inks::face(*button).is_some());
    match words::and(lit.map(words::button)) {
        Some(buttons) => say!("ds4-cube-lit", held = held, buttons = buttons),
        None => say!("ds4-cube", held = held),
    }
}

/// What the cube is made of.
struct Stuff {
    base: Color32,
    lit: bool,
    bar: Option<Color32>,
    theme: Theme,
}

fn shadow(painter: &Painter, middle: Pos2, size: f32, theme: &Theme) {
    let strength = if theme.dark { 110 } else { 60 };
    let foot = middle + Vec2::new(0.0, size * 2.05);
    let radii = Vec2::new(size * 1.9, size * 0.42);
    halo(painter, foot, radii, Color32::from_black_alpha(strength));
}

fn draw(painter: &Painter, faces: &[Face; 6], middle: Pos2, size: f32, stuff: &Stuff) {
    let mut mesh = Mesh::default();
    for face in faces {
        quad(
            &mut mesh,
            face,
            face.corners,
            stuff.base,
            stuff,
            (middle, size),
        );
        if let Some(mark) = face.mark {
            let ink = match (face.side, stuff.bar) {
                (cube::Side::Far, Some(bar)) => bar,
                _ => mix(stuff.base, stuff.theme.ground, 0.45),
            };
            quad(&mut mesh, face, mark, ink, stuff, (middle, size));
        }
    }
    painter.add(Shape::mesh(mesh));
    // A mesh has hard edges: lines along those that are seen smooth them.
    let edge = mix(
        stuff.base,
        Color32::WHITE,
        if stuff.lit { 0.45 } else { 0.28 },
    );
    for face in faces.iter().filter(|face| face.is_seen()) {
        let points = face
            .corners
            .map(|corner| cube::on_screen(corner, middle, size));
        let line = Stroke::new((size * 0.025).max(1.0), edge);
        painter.add(Shape::closed_line(points.to_vec(), line));
    }
}

fn quad(
    mesh: &mut Mesh,
    face: &Face,
    corners: [cube::Vector; 4],
    colour: Color32,
    stuff: &Stuff,
    (middle, size): (Pos2, f32),
) {
    let Ok(first) = u32::try_from(mesh.vertices.len()) else {
        return;
    };
    for corner in corners {
        let light = cube::brightness(face.normal, corner);
        // What is lit shines by itself as well.
        let light = if stuff.lit {
            0.35 + 0.75 * light
        } else {
            light
        };
        mesh.vertices.push(Vertex {
            pos: cube::on_screen(corner, middle, size),
            uv: WHITE_UV,
            color: shaded(colour, light),
        });
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first, first + 2, first + 3);
}

/// A colour in so much light: above 1 it turns white.
fn shaded(colour: Color32, light: f32) -> Color32 {
    if light <= 1.0 {
        mix(Color32::BLACK, colour, light.max(0.0))
    } else {
        mix(colour, Color32::WHITE, (light - 1.0).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ds4::controls::Button;

    fn finger(x: f32, y: f32, id: u32) -> [Option<Finger>; 2] {
        [Some(Finger { x, y, id }), None]
    }

    #[test]
    fn a_finger_drags_the_cube_and_a_new_one_does_not_make_it_jump() {
        let mut cube = Cube::default();
        cube.follow(finger(0.2, 0.5, 1));
        assert_eq!(cube.offset, Vec2::ZERO);
        cube.follow(finger(0.4, 0.5, 1));
        assert!((cube.offset.x - 0.6).abs() < 1e-4 && cube.offset.y == 0.0);
        cube.follow([None, None]);
        cube.follow(finger(0.9, 0.1, 2));
        assert!(
            (cube.offset.x - 0.6).abs() < 1e-4,
            "it stays where it was left"
        );
        for step in 0..50_u8 {
            cube.follow(finger(0.9 + f32::from(step), f32::NAN, 2));
            cube.follow(finger(0.9 + f32::from(step), 0.1, 2));
        }
        assert!(cube.offset.x <= 1.0 && cube.offset.y.is_finite());
        cube.centre();
        assert_eq!(cube.offset, Vec2::ZERO);
    }

    #[test]
    fn the_colours_of_pressed_buttons_are_averaged() {
        assert_eq!(mean(Buttons::default()), None);
        assert_eq!(mean([Button::L1].into_iter().collect()), None);
        let blue = inks::face(Button::Cross).unwrap();
        assert_eq!(
            mean([Button::Cross, Button::L1].into_iter().collect()),
            Some(blue)
        );
        let both = mean([Button::Cross, Button::Circle].into_iter().collect()).unwrap();
        let red = inks::face(Button::Circle).unwrap();
        assert_eq!(
            both.r(),
            ((u16::from(blue.r()) + u16::from(red.r())) / 2) as u8
        );
    }
}
