//! The pad as a picture, with every control lit that is used.

use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
};

use super::inks::{self, Inks};
use super::outline::{Outline, Place};
use super::silhouette::{self, Silhouette, arrow};
use super::symbols::{halo, sign};
use super::words;
use crate::ds4::controls::{Button, Controls, Stick};
use crate::ds4::light::{Light, PlayerLeds, Rgb};
use crate::ds4::snapshot::Pad;
use crate::popup::colour::mix;
use crate::popup::theme::Theme;

mod touchpad;
mod trigger;

/// How far a stick's cap goes from the middle, in millimetres.
const TRAVEL: f32 = 5.0;

/// What the parts of a picture are drawn with.
struct Pen<'a> {
    painter: &'a Painter,
    place: Place,
    inks: Inks,
    shape: &'static Silhouette,
}

/// Draws a pad as large as `room` allows.
pub fn ui(ui: &Ui, room: Rect, pad: &Pad) {
    let said = words::picture(pad);
    let response = ui.interact(room, ui.scope_id().with("picture"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    let theme = Theme::of(ui.ctx());
    let dualsense = pad.model.is_dualsense();
    let painter = ui.painter().with_clip_rect(ui.clip_rect());
    let pen = Pen {
        painter: &painter,
        place: Place::fit(silhouette::drawing(), room),
        inks: Inks::of(&theme, dualsense),
        shape: shape(dualsense),
    };
    pen.light_behind(pad.light.colour);
    pen.body(&theme);
    pen.light(&pad.light);
    let controls = pad.controls.unwrap_or_default();
    touchpad::draw(&pen, pad, &controls);
    pen.controls(&controls, Some(&theme));
}

/// Draws the outlines of a pad that is not there.
pub fn ghost(painter: &Painter, room: Rect, theme: &Theme) {
    let inks = Inks::of(theme, false);
    let quiet = |colour| mix(theme.ground, colour, 0.55);
    let pen = Pen {
        painter,
        place: Place::fit(silhouette::drawing(), room),
        inks: Inks {
            top: quiet(inks.top),
            foot: quiet(inks.foot),
            edge: quiet(inks.edge),
            key: quiet(inks.key),
            key_line: quiet(inks.key_line),
            glyph: quiet(inks.glyph),
            well: quiet(inks.well),
            cap: quiet(inks.cap),
            cap_line: quiet(inks.cap_line),
            ..inks
        },
        shape: shape(false),
    };
    pen.body(theme);
    let none = Controls::default();
    pen.plate(&pen.shape.touchpad, false);
    pen.controls(&none, None);
}

fn shape(dualsense: bool) -> &'static Silhouette {
    match dualsense {
        true => silhouette::dualsense(),
        false => silhouette::dualshock(),
    }
}

impl Pen<'_> {
    /// Points on the screen for a line of that many millimetres, never too thin to be seen.
    fn line(&self, millimetres: f32) -> f32 {
        self.place.long(millimetres).max(1.0)
    }

    fn edge(&self) -> Stroke {
        Stroke::new(self.line(0.5), self.inks.key_line)
    }

    fn at(&self, (x, y): (f32, f32)) -> Pos2 {
        self.place.at(x, y)
    }

    fn text(&self, at: Pos2, text: &str, millimetres: f32, colour: Color32) {
        let size = self.place.long(millimetres);
        // What cannot be read is not written.
        if size >= 6.0 {
            let font = FontId::proportional(size);
            self.painter
                .text(at, Align2::CENTER_CENTER, text, font, colour);
        }
    }

    fn body(&self, theme: &Theme) {
        let (shape, inks) = (self.shape, &self.inks);
        shape
            .body
            .fill(self.painter, &self.place, inks.top, inks.foot);
        if let Some(trim) = &shape.trim {
            trim.fill(self.painter, &self.place, inks.trim, inks.trim);
        }
        let width = if theme.line == theme.text { 1.4 } else { 1.0 };
        let line = Stroke::new(self.line(0.6) * width, inks.edge);
        shape.body.stroke(self.painter, &self.place, line);
    }

    /// The shine of the light bar on what is behind the pad.
    fn light_behind(&self, colour: Option<Rgb>) {
        let Some(colour) = colour.filter(|colour| *colour != Rgb::BLACK) else {
            return;
        };
        let radii = Vec2::new(self.place.long(78.0), self.place.long(30.0));
        halo(
            self.painter,
            self.place.at(0.0, 2.0),
            radii,
            inks::shine(colour),
        );
    }

    fn light(&self, light: &Light) {
        let lit = light.colour.filter(|colour| *colour != Rgb::BLACK);
        for bar in &self.shape.lightbar {
            let colour = lit.map_or(self.inks.well, inks::lamp);
            bar.fill(self.painter, &self.place, colour, colour);
            bar.stroke(self.painter, &self.place, self.edge());
        }
        if let (Some((x, y)), Some(leds)) = (self.shape.players, light.players) {
            self.players(x, y, leds);
        }
    }

    fn players(&self, x: f32, y: f32, leds: PlayerLeds) {
        for led in 0..5_u8 {
            let x = x + (f32::from(led) - 2.0) * 4.4;
            let rect = self.place.rect((x - 1.1, y - 0.75), (x + 1.1, y + 0.75));
            if leds.is_lit(led) {
                let white = Color32::WHITE;
                halo(
                    self.painter,
                    rect.center(),
                    rect.size() * 1.6,
                    white.gamma_multiply(0.5),
                );
                self.painter.rect_filled(rect, rect.height() / 2.0, white);
            } else {
                let dark = mix(self.inks.trim, self.inks.cap_line, 0.4);
                self.painter.rect_filled(rect, rect.height() / 2.0, dark);
            }
        }
    }

    /// Draws all controls but the touchpad; the triggers' numbers in this theme's colours.
    fn controls(&self, controls: &Controls, theme: Option<&Theme>) {
        let down = |button| controls.buttons.contains(button);
        let shape = self.shape;
        self.bumper(&shape.bumper, (-51.0, -5.2), "L1", down(Button::L1));
        self.bumper(
            &shape.bumper.mirrored(),
            (51.0, -5.2),
            "R1",
            down(Button::R1),
        );
        trigger::draw(self, &shape.trigger, controls.l2, "L2", -1.0, theme);
        trigger::draw(
            self,
            &shape.trigger.mirrored(),
            controls.r2,
            "R2",
            1.0,
            theme,
        );
        self.dpad(controls);
        self.faces(controls);
        let (x, y) = shape.share;
        self.pill(x, y, -shape.lean, down(Button::Share));
        self.pill(-x, y, shape.lean, down(Button::Options));
        self.home(down(Button::Ps));
        if shape.trim.is_none() {
            self.grille();
        }
        let (x, y) = shape.stick;
        self.stick((x, y), controls.left, down(Button::L3), "L3");
        self.stick((-x, y), controls.right, down(Button::R3), "R3");
    }

    /// A closed shape as a control: lit while it is used.
    fn plate(&self, outline: &Outline, lit: bool) {
        let fill = if lit { self.inks.lit } else { self.inks.key };
        outline.fill(self.painter, &self.place, fill, fill);
        outline.stroke(self.painter, &self.place, self.edge());
    }

    fn written(&self, lit: bool) -> Color32 {
        if lit {
            self.inks.on_lit
        } else {
            self.inks.glyph
        }
    }

    fn bumper(&self, outline: &Outline, at: (f32, f32), name: &str, lit: bool) {
        self.plate(outline, lit);
        self.text(self.at(at), name, 5.0, self.written(lit));
    }

    fn dpad(&self, controls: &Controls) {
        let [up, down, left, right] = controls.dpad.up_down_left_right();
        let (x, y) = self.shape.cluster;
        for (turns, lit) in [(0, up), (1, right), (2, down), (3, left)] {
            let outline = arrow().turned(turns).moved(x, y);
            if lit {
                let middle = self.at(outline.bounds().center().into());
                let shine = Vec2::splat(self.place.long(11.0));
                halo(
                    self.painter,
                    middle,
                    shine,
                    self.inks.lit.gamma_multiply(0.6),
                );
            }
            self.plate(&outline, lit);
        }
    }

    fn faces(&self, controls: &Controls) {
        let (x, y) = self.shape.cluster;
        let radius = self.place.long(5.7);
        for (button, dx, dy) in [
            (Button::Triangle, 0.0, -11.6),
            (Button::Circle, 11.6, 0.0),
            (Button::Cross, 0.0, 11.6),
            (Button::Square, -11.6, 0.0),
        ] {
            let centre = self.place.at(-x + dx, y + dy);
            let colour = inks::face(button).unwrap_or(self.inks.lit);
            let lit = controls.buttons.contains(button);
            if lit {
                let shine = Vec2::splat(radius * 2.2);
                halo(self.painter, centre, shine, colour.gamma_multiply(0.7));
            }
            let fill = if lit { colour } else { self.inks.key };
            self.painter.circle(centre, radius, fill, self.edge());
            let ink = match lit {
                true => self.inks.on(colour),
                false => self.inks.sign(button),
            };
            sign(self.painter, button, centre, radius * 0.55, ink);
        }
    }

    /// SHARE and OPTIONS.
    fn pill(&self, x: f32, y: f32, lean: f32, lit: bool) {
        let (half, long) = (1.7, 3.9);
        let corners = [(-half, -long), (half, -long), (half, long), (-half, long)];
        let outline = Outline::rounded(&corners, half).leaning(lean).moved(x, y);
        self.plate(&outline, lit);
    }

    fn home(&self, lit: bool) {
        let centre = self.at(self.shape.home);
        let fill = if lit { self.inks.lit } else { self.inks.key };
        self.painter
            .circle(centre, self.place.long(4.7), fill, self.edge());
        self.text(centre, "PS", 4.6, self.written(lit));
        if let Some((x, y)) = self.shape.mute {
            let rect = self.place.rect((x - 3.4, y - 1.1), (x + 3.4, y + 1.1));
            self.painter
                .rect_filled(rect, rect.height() / 2.0, self.inks.well);
        }
    }

    /// The loudspeaker's holes.
    fn grille(&self) {
        for (row, holes) in [4_u8, 5, 4].into_iter().enumerate() {
            for hole in 0..holes {
                let x = (f32::from(hole) - f32::from(holes - 1) / 2.0) * 3.0;
                let at = self.place.at(x, 37.0 + row as f32 * 2.5);
                self.painter
                    .circle_filled(at, self.place.long(0.72), self.inks.well);
            }
        }
    }

    fn stick(&self, (x, y): (f32, f32), stick: Stick, pressed: bool, name: &str) {
        let long = |millimetres| self.place.long(millimetres);
        let middle = self.place.at(x, y);
        let edge = self.edge();
        self.painter
            .circle(middle, long(14.2), self.inks.well, edge);
        let number = |v: f32| {
            if v.is_finite() {
                v.clamp(-1.0, 1.0)
            } else {
                0.0
            }
        };
        let way = Vec2::new(number(stick.x), number(stick.y));
        let moved = !stick.is_in_dead_zone() && way.length() > 0.04;
        let cap = middle + way * long(TRAVEL);
        if pressed {
            halo(
                self.painter,
                cap,
                Vec2::splat(long(19.0)),
                self.inks.lit.gamma_multiply(0.6),
            );
        }
        let (fill, hollow) = match pressed {
            true => (self.inks.lit, mix(self.inks.lit, self.inks.on_lit, 0.14)),
            false => (self.inks.cap, mix(self.inks.cap, self.inks.well, 0.35)),
        };
        let line = match moved || pressed {
            true => Stroke::new(self.line(0.9), self.inks.lit),
            false => Stroke::new(self.line(0.5), self.inks.cap_line),
        };
        self.painter.circle(cap, long(10.6), fill, line);
        let rim = Stroke::new(self.line(0.4), mix(fill, self.inks.cap_line, 0.4));
        self.painter.circle(cap, long(7.6), hollow, rim);
        let ink = match pressed {
            true => self.inks.on_lit,
            false => mix(self.inks.cap, self.inks.cap_line, 0.9),
        };
        self.text(cap, name, 5.0, ink);
    }
}
