//! Choosing a colour: three sliders, the named ones, or typed.

use egui::{
    Color32, FontId, Id, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::super::{State, inks};
use super::form::{Form, at};
use crate::ds4::light::{NAMED, Rgb};
use crate::popup::controls::{field, focus_ring, one_line, put};
use crate::popup::slider::Slider;
use crate::popup::theme::{Theme, size, space};
use crate::say;

/// Side of a named colour's square, in points.
const SWATCH: f32 = 22.0;

/// Draws it; what is chosen is sent by the form.
pub fn ui(ui: &mut Ui, state: &mut State) {
    let form = &mut state.light;
    let before = form.colour();
    let moved = sliders(ui, form);
    ui.add_space(space::XS);
    let typed = shown(ui, form);
    ui.add_space(space::XS);
    let picked = named(ui, form, before);
    if moved || typed || picked {
        form.chosen = true;
    }
}

/// Returns whether one was moved.
fn sliders(ui: &mut Ui, form: &mut Form) -> bool {
    let ink = |hue, saturation, value| inks::screen(at(hue, saturation, value));
    let rainbow: Vec<Color32> = (0..=12_u8)
        .map(|step| ink(f32::from(step) / 12.0, 1.0, 1.0))
        .collect();
    let (hue, saturation, value) = (form.hue, form.saturation, form.value);
    let degrees = format!("{:.0}°", hue * 360.0);
    let slider = Slider {
        label: &say!("ds4-hue"),
        words: &degrees,
        step: 1.0 / 60.0,
        track: &rainbow,
    };
    let new_hue = slider.ui(ui, Id::unique("ds4 hue"), hue);
    let words = percent(saturation);
    let slider = Slider {
        label: &say!("ds4-saturation"),
        words: &words,
        step: 0.05,
        track: &[
            ink(hue, 0.0, value.max(0.35)),
            ink(hue, 1.0, value.max(0.35)),
        ],
    };
    let new_saturation = slider.ui(ui, Id::unique("ds4 saturation"), saturation);
    let words = percent(value);
    let slider = Slider {
        label: &say!("ds4-brightness"),
        words: &words,
        step: 0.05,
        track: &[Color32::BLACK, ink(hue, saturation, 1.0)],
    };
    let new_value = slider.ui(ui, Id::unique("ds4 brightness"), value);
    let moved = new_hue.is_some() || new_saturation.is_some() || new_value.is_some();
    form.hue = new_hue.unwrap_or(hue);
    form.saturation = new_saturation.unwrap_or(saturation);
    form.value = new_value.unwrap_or(value);
    if moved {
        form.typed = None;
    }
    moved
}

fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The chosen colour, and a field that takes one in digits or by its name.
fn shown(ui: &mut Ui, form: &mut Form) -> bool {
    let theme = Theme::of(ui.ctx());
    let mut taken = false;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::new(44.0, 30.0), Sense::hover());
        ui.painter()
            .rect_filled(rect, space::RADIUS, inks::screen(form.colour()));
        let line = Stroke::new(1.0, theme.dim);
        ui.painter()
            .rect_stroke(rect, space::RADIUS, line, StrokeKind::Inside);
        let mut text = form
            .typed
            .clone()
            .unwrap_or_else(|| form.colour().to_string());
        let id = Id::unique("ds4 colour");
        let width = 110.0;
        let response = field(
            ui,
            id,
            &mut text,
            "#ff8000",
            &say!("ds4-colour-field"),
            width,
        );
        if response.changed() {
            form.typed = Some(text.clone());
        }
        let colour = form.typed.as_deref().map(read);
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        match &colour {
            Some(Some(colour)) if response.changed() || entered => {
                form.set(*colour);
                taken = true;
            }
            Some(None) => {
                let font = FontId::proportional(size::SMALL);
                let room = ui.available_width();
                let text = one_line(ui, &say!("ds4-colour-wrong"), font, theme.warn, room);
                let at = egui::Pos2::new(ui.cursor().left(), rect.center().y);
                put(ui.painter(), text, at, egui::Align2::LEFT_CENTER);
            }
            _ => {}
        }
        if !response.has_focus() && colour.is_some_and(|colour| colour.is_some()) {
            form.typed = None;
        }
    });
    taken
}

/// The colours that have a name.
fn named(ui: &mut Ui, form: &mut Form, chosen: Rgb) -> bool {
    let mut picked = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(3.0);
        ui.horizontal_wrapped(|ui| {
            for (name, colour) in NAMED.iter().filter(|(_, colour)| *colour != Rgb::BLACK) {
                if swatch(ui, name, *colour, *colour == chosen).clicked() {
                    picked = Some(*colour);
                }
            }
        });
    });
    if let Some(colour) = picked {
        form.set(colour);
        form.typed = None;
    }
    picked.is_some()
}

fn swatch(ui: &mut Ui, name: &str, colour: Rgb, chosen: bool) -> Response {
    let theme = Theme::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(SWATCH), Sense::click());
    let label = in_words(name);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, &label));
    let painter = ui.painter();
    let fill = inks::screen(colour);
    painter.rect_filled(rect.shrink(1.0), space::RADIUS, fill);
    let line = match (chosen, response.hovered()) {
        (true, _) => Stroke::new(2.0, theme.text),
        (false, true) => Stroke::new(1.0, theme.text),
        (false, false) => Stroke::new(1.0, theme.dim),
    };
    let frame: Rect = if chosen {
        rect.expand(1.0)
    } else {
        rect.shrink(1.0)
    };
    painter.rect_stroke(frame, space::RADIUS, line, StrokeKind::Inside);
    if response.has_focus() {
        focus_ring(painter, rect.expand(2.0), &theme);
    }
    response.on_hover_text(label)
}

/// A colour as it is typed: as everywhere, and by the name that it has here.
fn read(typed: &str) -> Option<Rgb> {
    let is_named = |name: &str| in_words(name).to_lowercase() == typed.trim().to_lowercase();
    let named = NAMED.iter().find(|(name, _)| is_named(name));
    typed.parse().ok().or(named.map(|(_, colour)| *colour))
}

fn in_words(name: &str) -> String {
    match name {
        "red" => say!("ds4-red"),
        "green" => say!("ds4-green"),
        "blue" => say!("ds4-blue"),
        "white" => say!("ds4-white"),
        "black" => say!("ds4-black"),
        "yellow" => say!("ds4-yellow"),
        "orange" => say!("ds4-orange"),
        "pink" => say!("ds4-pink"),
        "magenta" => say!("ds4-magenta"),
        "violet" => say!("ds4-violet"),
        "cyan" => say!("ds4-cyan"),
        "turquoise" => say!("ds4-turquoise"),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Language, speaking};

    #[test]
    fn every_named_colour_has_a_name_in_every_language_and_can_be_typed_by_it() {
        for language in Language::ALL {
            speaking(language, || {
                for (name, colour) in NAMED {
                    assert_ne!(in_words(name), name, "{language:?}");
                    assert_eq!(
                        read(&in_words(name)),
                        Some(colour),
                        "{name} in {language:?}"
                    );
                    assert_eq!(read(name), Some(colour));
                }
                assert_eq!(read("ff8000"), Some(Rgb::new(255, 128, 0)));
                assert_eq!(read("mud"), None);
            });
        }
    }
}
