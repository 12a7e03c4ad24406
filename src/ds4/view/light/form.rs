//! The colour that is being chosen, and how often it is sent on the way.

use std::time::Duration;

use egui::Ui;
use egui::ecolor::{hsv_from_rgb, rgb_from_hsv};

use super::super::Scene;
use crate::ds4::command::Command;
use crate::ds4::light::{Light, LightMode, Rgb};
use crate::ds4::snapshot::Pad;

/// While a slider is dragged, a colour goes out this often at most, in seconds: each takes up to
/// three reports over a slow radio.
const PACE: f64 = 0.06;

/// What the light bar can do, without the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One colour.
    Steady,
    /// On and off.
    Blink,
    /// Lighter and darker.
    Breathe,
    /// Red and blue.
    Police,
    /// By the battery.
    Battery,
    /// By the buttons that are down.
    Buttons,
    /// Dark.
    Off,
}

impl Kind {
    /// That of a mode.
    pub fn of(mode: LightMode) -> Self {
        match mode {
            LightMode::Off => Self::Off,
            LightMode::Colour(_) => Self::Steady,
            LightMode::Police => Self::Police,
            LightMode::Blink { .. } => Self::Blink,
            LightMode::Breathe { .. } => Self::Breathe,
            LightMode::Battery => Self::Battery,
            LightMode::Buttons => Self::Buttons,
        }
    }

    /// Whether it shows the colour that is chosen.
    pub fn has_colour(self) -> bool {
        matches!(self, Self::Steady | Self::Blink | Self::Breathe)
    }

    /// How long its rhythm may last, in seconds, where it has one.
    pub fn period(self) -> Option<(f32, f32)> {
        match self {
            // The hardware blinks in steps of 10 ms up to 2550 ms for each half.
            Self::Blink => Some((0.1, 5.0)),
            Self::Breathe => Some((1.0, 10.0)),
            _ => None,
        }
    }
}

/// A colour by hue, saturation and value (each 0 to 1), and a rhythm.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Kept apart from the colour: black and white have no hue, and it is not to be lost there.
    pub hue: f32,
    /// 0 white to 1 full.
    pub saturation: f32,
    /// 0 black to 1 full.
    pub value: f32,
    /// A colour that is being typed.
    pub typed: Option<String>,
    /// Seconds of a blink.
    pub blink: f32,
    /// Seconds of a breath.
    pub breath: f32,
    /// Whether a colour was just chosen.
    pub chosen: bool,
    begun: bool,
    /// What is to be sent.
    due: Option<LightMode>,
    /// When something was sent last, in egui's seconds.
    sent: Option<f64>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            hue: 0.62,
            saturation: 1.0,
            value: 1.0,
            typed: None,
            blink: 1.0,
            breath: 4.0,
            chosen: false,
            begun: false,
            due: None,
            sent: None,
        }
    }
}

impl Form {
    /// Starts from the colour that the pad has.
    pub fn begin(&mut self, light: &Light) {
        if std::mem::replace(&mut self.begun, true) {
            return;
        }
        match light.mode {
            Some(LightMode::Blink { colour, on, off }) => {
                self.set(colour);
                self.blink = (on + off).as_secs_f32();
            }
            Some(LightMode::Breathe { colour, period }) => {
                self.set(colour);
                self.breath = period.as_secs_f32();
            }
            Some(LightMode::Colour(colour)) => self.set(colour),
            _ => {
                if let Some(colour) = light.colour.filter(|colour| *colour != Rgb::BLACK) {
                    self.set(colour);
                }
            }
        }
    }

    /// The chosen colour.
    pub fn colour(&self) -> Rgb {
        at(self.hue, self.saturation, self.value)
    }

    /// Chooses a colour.
    pub fn set(&mut self, colour: Rgb) {
        let parts = [colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0);
        let (hue, saturation, value) = hsv_from_rgb(parts);
        // Grey has no hue and black no saturation: the sliders stay where they were.
        if value > 0.0 {
            if saturation > 0.0 {
                self.hue = hue;
            }
            self.saturation = saturation;
        }
        self.value = value;
    }

    /// The seconds of a kind's rhythm.
    pub fn period(&mut self, kind: Kind) -> &mut f32 {
        match kind {
            Kind::Breathe => &mut self.breath,
            _ => &mut self.blink,
        }
    }

    /// A kind with the chosen colour and rhythm.
    pub fn mode(&self, kind: Kind) -> LightMode {
        let colour = self.colour();
        match kind {
            Kind::Off => LightMode::Off,
            Kind::Steady => LightMode::Colour(colour),
            Kind::Police => LightMode::Police,
            Kind::Battery => LightMode::Battery,
            Kind::Buttons => LightMode::Buttons,
            Kind::Blink => {
                let half = Duration::from_millis((self.blink * 50.0).round() as u64 * 10);
                LightMode::Blink {
                    colour,
                    on: half,
                    off: half,
                }
            }
            Kind::Breathe => LightMode::Breathe {
                colour,
                period: Duration::from_millis((self.breath * 10.0).round() as u64 * 100),
            },
        }
    }

    /// Has a mode sent as soon as the pace allows.
    pub fn wish(&mut self, kind: Kind) {
        self.due = Some(self.mode(kind));
    }

    /// Has the chosen colour sent, in what the light does now if that shows one.
    pub fn recolour(&mut self, light: &Light) {
        let kind = light.mode.map(Kind::of).filter(|kind| kind.has_colour());
        self.wish(kind.unwrap_or(Kind::Steady));
    }

    /// Sends what is due.
    pub fn send(&mut self, ui: &Ui, pad: &Pad, scene: &mut Scene<'_>) {
        let Some(mode) = self.due else { return };
        let waits = self.sent.map_or(0.0, |sent| sent + PACE - scene.secs);
        if waits > 0.0 {
            ui.ctx().request_repaint_after_secs(waits as f32);
            return;
        }
        self.due = None;
        self.sent = Some(scene.secs);
        scene.commands.push(Command::Light(pad.id.clone(), mode));
    }
}

/// The colour of a hue, a saturation and a value.
pub fn at(hue: f32, saturation: f32, value: f32) -> Rgb {
    let [red, green, blue] = rgb_from_hsv((
        hue.clamp(0.0, 1.0),
        saturation.clamp(0.0, 1.0),
        value.clamp(0.0, 1.0),
    ))
    .map(|part| (part * 255.0).round().clamp(0.0, 255.0) as u8);
    Rgb::new(red, green, blue)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ds4::light::NAMED;

    #[test]
    fn every_named_colour_survives_the_sliders() {
        let mut form = Form::default();
        for (name, colour) in NAMED {
            form.set(colour);
            assert_eq!(form.colour(), colour, "{name}");
        }
    }

    #[test]
    fn black_and_white_do_not_lose_the_hue() {
        let mut form = Form::default();
        form.set(Rgb::new(255, 0, 120));
        let hue = form.hue;
        form.set(Rgb::BLACK);
        form.set(Rgb::new(255, 255, 255));
        assert_eq!(form.hue, hue);
    }

    #[test]
    fn a_new_colour_goes_on_blinking_and_ends_what_has_no_colour() {
        let mut form = Form::default();
        form.set(Rgb::new(255, 0, 0));
        let red = Rgb::new(255, 0, 0);
        let blinking = Light {
            mode: Some(LightMode::blink(Rgb::new(0, 0, 255))),
            ..Light::default()
        };
        form.recolour(&blinking);
        assert_eq!(form.due, Some(LightMode::blink(red)));
        let police = Light {
            mode: Some(LightMode::Police),
            ..Light::default()
        };
        form.recolour(&police);
        assert_eq!(form.due, Some(LightMode::Colour(red)));
    }

    #[test]
    fn the_hardware_can_blink_every_rhythm_that_can_be_chosen() {
        for period in [0.1, 0.333, 5.0] {
            let form = Form {
                blink: period,
                ..Form::default()
            };
            let LightMode::Blink { on, off, .. } = form.mode(Kind::Blink) else {
                unreachable!()
            };
            for part in [on, off] {
                let ms = part.as_millis();
                assert!(ms > 0 && ms <= 2550 && ms.is_multiple_of(10), "{ms}");
            }
        }
    }
}
