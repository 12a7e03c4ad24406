//! What the light bar shows at a moment of an effect: pure, the time passed in.

use std::f32::consts::TAU;
use std::time::Duration;

use crate::ds4::controls::Buttons;
use crate::ds4::light::{LightMode, Rgb, mean_colour};
use crate::ds4::pad::Battery;

/// What an effect shows, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The colour.
    pub colour: Rgb,
    /// When it changes by itself, counted from the effect's start.
    pub until: Option<Duration>,
}

const RED: Rgb = Rgb::new(255, 0, 0);
const BLUE: Rgb = Rgb::new(0, 0, 255);
/// Two short flashes of each colour, a pause between: milliseconds of each step.
const POLICE: [(Rgb, u64); 8] = [
    (RED, 90),
    (Rgb::BLACK, 60),
    (RED, 90),
    (Rgb::BLACK, 160),
    (BLUE, 90),
    (Rgb::BLACK, 60),
    (BLUE, 90),
    (Rgb::BLACK, 160),
];
/// A pad takes some milliseconds for a colour; finer steps are not seen.
const BREATHE_STEP: Duration = Duration::from_millis(40);

/// The frame at that time after the start.
#[must_use]
pub fn frame(
    mode: LightMode,
    elapsed: Duration,
    battery: Option<Battery>,
    buttons: Buttons,
) -> Frame {
    let lasting = |colour| Frame {
        colour,
        until: None,
    };
    match mode {
        LightMode::Off => lasting(Rgb::BLACK),
        LightMode::Colour(colour) => lasting(colour),
        LightMode::Police => {
            let steps = POLICE.map(|(colour, ms)| (colour, Duration::from_millis(ms)));
            pattern(&steps, elapsed)
        }
        LightMode::Blink { colour, on, off } => {
            pattern(&[(colour, on), (Rgb::BLACK, off)], elapsed)
        }
        LightMode::Breathe { colour, period } => breathe(colour, period, elapsed),
        LightMode::Battery => lasting(battery_colour(battery)),
        LightMode::Buttons => lasting(mean_colour(buttons)),
    }
}

/// The step of a repeated pattern, and its end.
fn pattern(steps: &[(Rgb, Duration)], elapsed: Duration) -> Frame {
    let whole: Duration = steps.iter().map(|(_, time)| *time).sum();
    let dark = Frame {
        colour: steps.first().map_or(Rgb::BLACK, |(colour, _)| *colour),
        until: None,
    };
    if whole.is_zero() {
        return dark;
    }
    let into = elapsed.as_nanos() % whole.as_nanos();
    // It is below the pattern's length, which is a duration itself.
    let into = Duration::from_nanos(u64::try_from(into).unwrap_or(0));
    let mut end = Duration::ZERO;
    for (colour, time) in steps {
        end += *time;
        if into < end {
            return Frame {
                colour: *colour,
                until: Some(elapsed + (end - into)),
            };
        }
    }
    dark
}

fn breathe(colour: Rgb, period: Duration, elapsed: Duration) -> Frame {
    if period < BREATHE_STEP * 4 {
        return Frame {
            colour,
            until: None,
        };
    }
    let turn = (elapsed.as_secs_f64() / period.as_secs_f64()).fract() as f32;
    let light = (1.0 - (turn * TAU).cos()) / 2.0;
    Frame {
        // The eye sees the root of the light.
        colour: colour.scaled(light * light),
        until: Some(elapsed + BREATHE_STEP),
    }
}

/// Green to 50 %, yellow to 20 %, red below; a faint white while it is not known.
fn battery_colour(battery: Option<Battery>) -> Rgb {
    match battery.and_then(|battery| battery.percent) {
        None => Rgb::new(24, 24, 24),
        Some(0..=20) => RED,
        Some(21..=50) => Rgb::new(255, 140, 0),
        Some(51..) => Rgb::new(0, 255, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(mode: LightMode, ms: u64) -> Frame {
        frame(mode, Duration::from_millis(ms), None, Buttons::default())
    }

    #[test]
    fn the_police_flash_is_never_anything_but_red_blue_or_dark() {
        let (mut ms, mut seen) = (0, Vec::new());
        while ms < 1600 {
            let frame = at(LightMode::Police, ms);
            seen.push(frame.colour);
            let until = frame.until.unwrap().as_millis() as u64;
            assert!(until > ms);
            ms = until;
        }
        assert_eq!(seen.len(), 16);
        for pair in seen.windows(2) {
            // Never from red to blue at once.
            assert_eq!(pair.iter().filter(|c| **c == Rgb::BLACK).count(), 1);
        }
        assert!(seen.contains(&RED) && seen.contains(&BLUE));
    }

    #[test]
    fn a_breath_goes_from_dark_to_the_colour_and_back_in_small_steps() {
        let mode = LightMode::breathe(Rgb::new(0, 200, 0));
        assert_eq!(at(mode, 0).colour, Rgb::BLACK);
        assert_eq!(at(mode, 2000).colour, Rgb::new(0, 200, 0));
        assert_eq!(at(mode, 4000).colour, Rgb::BLACK);
        let mut before = 0_u8;
        for ms in (0..4000).step_by(40) {
            let green = at(mode, ms).colour.green;
            assert!(green.abs_diff(before) < 12, "{ms}");
            before = green;
        }
    }

    #[test]
    fn a_blink_of_no_length_does_not_spin() {
        let mode = LightMode::Blink {
            colour: RED,
            on: Duration::ZERO,
            off: Duration::ZERO,
        };
        assert_eq!(at(mode, 5).until, None);
        assert_eq!(
            at(LightMode::blink(RED), 1700),
            Frame {
                colour: Rgb::BLACK,
                until: Some(Duration::from_secs(2))
            }
        );
    }
}
