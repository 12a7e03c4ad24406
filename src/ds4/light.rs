//! The light bar and the player LEDs.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::controls::{Button, Buttons};

/// A colour of the light bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rgb {
    /// 0 to 255.
    pub red: u8,
    /// 0 to 255.
    pub green: u8,
    /// 0 to 255.
    pub blue: u8,
}

impl Rgb {
    /// No light.
    pub const BLACK: Self = Self::new(0, 0, 0);

    /// A colour.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// The colour, darker: 1 as it is, 0 black.
    #[must_use]
    pub fn scaled(self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        let part = |value: u8| (f32::from(value) * share).round() as u8;
        Self::new(part(self.red), part(self.green), part(self.blue))
    }
}

/// The colours with a name.
pub const NAMED: [(&str, Rgb); 12] = [
    ("red", Rgb::new(255, 0, 0)),
    ("green", Rgb::new(0, 255, 0)),
    ("blue", Rgb::new(0, 0, 255)),
    ("white", Rgb::new(255, 255, 255)),
    ("black", Rgb::BLACK),
    ("yellow", Rgb::new(255, 200, 0)),
    ("orange", Rgb::new(255, 90, 0)),
    ("pink", Rgb::new(255, 0, 120)),
    ("magenta", Rgb::new(255, 0, 255)),
    ("violet", Rgb::new(130, 0, 255)),
    ("cyan", Rgb::new(0, 255, 255)),
    ("turquoise", Rgb::new(0, 255, 140)),
];

/// The text is no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no colour: write it like red, ff8000 or '#ff8000'")]
pub struct ColourError(String);

impl FromStr for Rgb {
    type Err = ColourError;

    /// A name of [`NAMED`], or six or three hexadecimal digits with or without `#`.
    fn from_str(text: &str) -> Result<Self, ColourError> {
        let wrong = || ColourError(text.to_owned());
        let lower = text.trim().to_ascii_lowercase();
        if let Some((_, colour)) = NAMED.iter().find(|(name, _)| *name == lower) {
            return Ok(*colour);
        }
        let digits = lower.strip_prefix('#').unwrap_or(&lower);
        // from_str_radix would take a sign.
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| wrong())?;
        let byte = |shift: u32| (number >> shift) as u8;
        let nibble = |shift: u32| (number >> shift & 15) as u8 * 17;
        match digits.len() {
            6 => Ok(Self::new(byte(16), byte(8), byte(0))),
            3 => Ok(Self::new(nibble(8), nibble(4), nibble(0))),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Rgb {
    /// `#rrggbb`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { red, green, blue } = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// What the light bar does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LightMode {
    /// Dark.
    Off,
    /// One colour.
    Colour(Rgb),
    /// Red and blue flashes by turns, dark between them.
    Police,
    /// On and off, by the hardware where it can.
    Blink {
        /// The colour.
        colour: Rgb,
        /// How long it is lit, in steps of 10 ms up to 2550 ms.
        on: Duration,
        /// How long it is dark, likewise.
        off: Duration,
    },
    /// Slowly lighter and darker.
    Breathe {
        /// The brightest colour.
        colour: Rgb,
        /// From dark to dark.
        period: Duration,
    },
    /// Green, yellow or red by the battery.
    Battery,
    /// The mean of the colours of the face buttons that are down: △ green, ○ red, ✕ blue, □ pink;
    /// dark while none is.
    Buttons,
}

impl LightMode {
    /// The default blink of a colour: half a second on, half a second off.
    #[must_use]
    pub fn blink(colour: Rgb) -> Self {
        let half = Duration::from_millis(500);
        Self::Blink {
            colour,
            on: half,
            off: half,
        }
    }

    /// The default breathing of a colour: four seconds.
    #[must_use]
    pub fn breathe(colour: Rgb) -> Self {
        Self::Breathe {
            colour,
            period: Duration::from_secs(4),
        }
    }
}

/// The player LEDs below the touchpad of a DualSense, from left to right in the bits 0 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PlayerLeds(pub u8);

impl PlayerLeds {
    /// The pattern of player 1 to 5 (as the driver's); dark for others.
    #[must_use]
    pub fn for_player(player: u8) -> Self {
        Self(match player {
            1 => 0b00100,
            2 => 0b01010,
            3 => 0b10101,
            4 => 0b11011,
            5 => 0b11111,
            _ => 0,
        })
    }

    /// Whether a LED is lit, 0 to 4 from the left.
    #[must_use]
    pub fn is_lit(self, led: u8) -> bool {
        led < 5 && self.0 >> led & 1 != 0
    }
}

/// The lights of a pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Light {
    /// The colour now, as it was last written or read; `None` when it cannot be read and was not
    /// written.
    pub colour: Option<Rgb>,
    /// What we make it do; `None` when it is left as it was found.
    pub mode: Option<LightMode>,
    /// The player LEDs; `None` when the pad has none.
    pub players: Option<PlayerLeds>,
    /// Whether there is a way to change the light bar.
    pub can_set: bool,
}

/// The colour of a face button, as it is printed on the pad; `None` for the other buttons.
#[must_use]
pub fn button_colour(button: Button) -> Option<Rgb> {
    match button {
        Button::Triangle => Some(Rgb::new(0, 255, 0)),
        Button::Circle => Some(Rgb::new(255, 0, 0)),
        Button::Cross => Some(Rgb::new(0, 0, 255)),
        Button::Square => Some(Rgb::new(255, 0, 120)),
        _ => None,
    }
}

/// The mean of the colours of the face buttons that are down; black while none is.
#[must_use]
pub fn mean_colour(buttons: Buttons) -> Rgb {
    let colours: Vec<Rgb> = buttons.iter().filter_map(button_colour).collect();
    let count = colours.len().max(1);
    let mean = |part: fn(&Rgb) -> u8| {
        let sum: usize = colours.iter().map(|colour| usize::from(part(colour))).sum();
        u8::try_from((sum + count / 2) / count).unwrap_or(u8::MAX)
    };
    Rgb::new(mean(|c| c.red), mean(|c| c.green), mean(|c| c.blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_name_or_hexadecimal() {
        let table = [
            ("red", Some(Rgb::new(255, 0, 0))),
            ("Blue", Some(Rgb::new(0, 0, 255))),
            ("#ff8000", Some(Rgb::new(255, 128, 0))),
            ("FF8000", Some(Rgb::new(255, 128, 0))),
            ("#f80", Some(Rgb::new(255, 136, 0))),
            ("#ff80", None),
            ("+f8000", None),
            ("", None),
            ("reddish", None),
        ];
        for (text, colour) in table {
            assert_eq!(text.parse().ok(), colour, "{text}");
        }
        assert_eq!(Rgb::new(1, 2, 255).to_string(), "#0102ff");
    }

    #[test]
    fn the_colours_of_several_buttons_are_averaged() {
        let mean = |buttons: &[Button]| mean_colour(buttons.iter().copied().collect());
        assert_eq!(mean(&[]), Rgb::BLACK);
        assert_eq!(mean(&[Button::L1]), Rgb::BLACK);
        assert_eq!(mean(&[Button::Circle]), Rgb::new(255, 0, 0));
        assert_eq!(
            mean(&[Button::Circle, Button::Cross, Button::L1]),
            Rgb::new(128, 0, 128)
        );
        assert_eq!(
            mean(&[
                Button::Circle,
                Button::Cross,
                Button::Triangle,
                Button::Square
            ]),
            Rgb::new(128, 64, 94)
        );
    }
}
