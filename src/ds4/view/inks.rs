//! The colours a pad is drawn in: of the person's theme, except for what Sony gave a colour.

use egui::Color32;

use crate::ds4::controls::Button;
use crate::ds4::light::Rgb;
use crate::popup::colour::{contrast, mix, readable};
use crate::popup::theme::Theme;

/// Colours of a pad's parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inks {
    /// The body at its top.
    pub top: Color32,
    /// The body at its foot.
    pub foot: Color32,
    /// The body's edge.
    pub edge: Color32,
    /// The part with the sticks, where it differs.
    pub trim: Color32,
    /// A control that is not pressed.
    pub key: Color32,
    /// Its edge.
    pub key_line: Color32,
    /// What is written on it.
    pub glyph: Color32,
    /// The hollow that a stick moves in.
    pub well: Color32,
    /// The stick's cap.
    pub cap: Color32,
    /// The cap's edge.
    pub cap_line: Color32,
    /// A control that is pressed.
    pub lit: Color32,
    /// What is written on that.
    pub on_lit: Color32,
    /// Whether the ground is dark.
    pub dark: bool,
}

impl Inks {
    /// The colours of a DualShock 4, or of a DualSense, in a theme.
    #[must_use]
    pub fn of(theme: &Theme, dualsense: bool) -> Self {
        let (ground, text) = (theme.ground, theme.text);
        let stark = contrast(theme.line, ground) > 3.0;
        let towards = |share| mix(ground, text, share);
        let black = |share| mix(ground, Color32::BLACK, share);
        let mut inks = Self {
            top: towards(0.21),
            foot: towards(0.12),
            edge: towards(0.40),
            trim: towards(0.10),
            key: if theme.dark {
                black(0.22)
            } else {
                towards(0.02)
            },
            key_line: towards(0.36),
            glyph: towards(0.72),
            well: if theme.dark {
                black(0.38)
            } else {
                towards(0.26)
            },
            cap: towards(if theme.dark { 0.13 } else { 0.05 }),
            cap_line: towards(0.42),
            lit: theme.accent,
            on_lit: theme.on_accent,
            dark: theme.dark,
        };
        if dualsense && !stark {
            let shell = |share| mix(Color32::from_rgb(238, 240, 244), Color32::BLACK, share);
            inks.top = shell(if theme.dark { 0.05 } else { 0.0 });
            inks.foot = shell(if theme.dark { 0.22 } else { 0.11 });
            inks.edge = shell(if theme.dark { 0.30 } else { 0.34 });
            inks.trim = Color32::from_rgb(38, 40, 46);
            inks.key = shell(0.12);
            inks.key_line = shell(0.36);
            inks.glyph = shell(0.62);
            inks.well = Color32::from_rgb(22, 23, 27);
            inks.cap = Color32::from_rgb(56, 58, 66);
            inks.cap_line = Color32::from_rgb(112, 116, 128);
        }
        if stark {
            inks.top = towards(0.08);
            inks.foot = towards(0.08);
            inks.edge = text;
            inks.trim = ground;
            inks.key = ground;
            inks.key_line = text;
            inks.glyph = text;
            inks.well = ground;
            inks.cap = towards(0.12);
            inks.cap_line = text;
        }
        inks
    }

    /// The colour of a face button's sign, readable on the button.
    #[must_use]
    pub fn sign(&self, button: Button) -> Color32 {
        match face(button) {
            Some(colour) => readable(colour, &[self.key], 3.0),
            None => self.glyph,
        }
    }

    /// What is written on a colour.
    #[must_use]
    pub fn on(&self, colour: Color32) -> Color32 {
        if contrast(Color32::WHITE, colour) >= 3.0
            || !self.dark && contrast(Color32::WHITE, colour) > 2.4
        {
            Color32::WHITE
        } else {
            Color32::BLACK
        }
    }
}

/// The colour that Sony gave a face button: △ green, ○ red, ✕ blue, □ pink.
#[must_use]
pub fn face(button: Button) -> Option<Color32> {
    Some(match button {
        Button::Triangle => Color32::from_rgb(50, 196, 142),
        Button::Circle => Color32::from_rgb(242, 84, 92),
        Button::Cross => Color32::from_rgb(96, 150, 240),
        Button::Square => Color32::from_rgb(230, 116, 192),
        _ => return None,
    })
}

/// The light bar as it looks in the hand: a dim lamp is brighter than the same number on a screen.
#[must_use]
pub fn lamp(colour: Rgb) -> Color32 {
    let most = f32::from(colour.red.max(colour.green).max(colour.blue)) / 255.0;
    if most <= 0.0 {
        return Color32::BLACK;
    }
    let part = |value: u8| (f32::from(value) / most.sqrt()).round().min(255.0) as u8;
    Color32::from_rgb(part(colour.red), part(colour.green), part(colour.blue))
}

/// The shine of the light bar on what is behind it: its hue, the stronger the brighter it is.
#[must_use]
pub fn shine(colour: Rgb) -> Color32 {
    let most = colour.red.max(colour.green).max(colour.blue).max(1);
    let part = |value: u8| (u16::from(value) * 255 / u16::from(most)).min(255) as u8;
    let hue = Color32::from_rgb(part(colour.red), part(colour.green), part(colour.blue));
    hue.gamma_multiply(0.16 + 0.42 * f32::from(most) / 255.0)
}

/// A colour as the light bar's numbers say it.
#[must_use]
pub fn screen(colour: Rgb) -> Color32 {
    Color32::from_rgb(colour.red, colour.green, colour.blue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::popup::theme::Scheme;

    #[test]
    fn every_control_is_seen_on_the_body_in_every_theme() {
        for scheme in [Scheme::Dark, Scheme::Light, Scheme::HighContrast] {
            let theme = Theme::of_scheme(scheme);
            for dualsense in [false, true] {
                let inks = Inks::of(&theme, dualsense);
                assert!(
                    contrast(inks.edge, theme.ground) > 1.5,
                    "{scheme:?} {dualsense}"
                );
                assert!(
                    contrast(inks.glyph, inks.key) >= 3.0,
                    "{scheme:?} {dualsense}"
                );
                for button in [
                    Button::Cross,
                    Button::Circle,
                    Button::Square,
                    Button::Triangle,
                ] {
                    assert!(contrast(inks.sign(button), inks.key) >= 3.0);
                    let lit = face(button).unwrap_or_default();
                    assert!(contrast(inks.on(lit), lit) >= 2.4, "{button:?}");
                }
            }
        }
    }
}
