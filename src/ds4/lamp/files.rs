//! What the LEDs' files say (Documentation/ABI/testing/sysfs-class-led, -led-multicolor).

use std::fs;
use std::path::{Path, PathBuf};

use super::LampError;
use super::former::write;
use crate::ds4::light::{PlayerLeds, Rgb};
use crate::ds4::sysfs::{Leds, text};

/// What hid-playstation has a DualSense show at first, without a word of it in the LED's files.
pub(super) const DRIVERS_OWN: Rgb = Rgb::new(0, 0, 128);

/// Whether nobody has set this multicolour LED yet: full brightness of no colour is what that
/// driver has in its files at first. We put a light out by its brightness.
pub(super) fn is_untouched(led: &Path) -> bool {
    let values = text(&led.join("multi_intensity")).unwrap_or_default();
    number(&brightness(led)) == Some(255) && values.split_whitespace().all(|value| value == "0")
}

/// The colour by the LEDs' files; `None` without any.
#[must_use]
pub fn read(leds: &Leds) -> Option<Rgb> {
    let byte = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
    if let Some(led) = &leds.multicolour {
        let order = text(&led.join("multi_index"))?;
        let values = text(&led.join("multi_intensity"))?;
        let level = number(&brightness(led))?;
        if is_untouched(led) {
            return Some(DRIVERS_OWN);
        }
        let mut colour = Rgb::BLACK;
        for (word, value) in order.split_whitespace().zip(values.split_whitespace()) {
            let value = byte(value.parse::<u32>().ok()?.saturating_mul(level) / 255);
            match word {
                "red" => colour.red = value,
                "green" => colour.green = value,
                "blue" => colour.blue = value,
                _ => {}
            }
        }
        return Some(colour);
    }
    let [red, green, blue] = leds.channels.as_ref()?;
    let global = leds
        .global
        .as_ref()
        .and_then(|led| number(&brightness(led)));
    if global == Some(0) {
        return Some(Rgb::BLACK);
    }
    let value = |led| number(&brightness(led)).map(byte);
    Some(Rgb::new(value(red)?, value(green)?, value(blue)?))
}

/// The player LEDs that are lit; `None` without any.
#[must_use]
pub fn read_players(leds: &Leds) -> Option<PlayerLeds> {
    if leds.players.is_empty() {
        return None;
    }
    let lit = leds.players.iter().enumerate().filter_map(|(at, led)| {
        let is_lit = number(&brightness(led)).is_some_and(|value| value > 0);
        is_lit.then_some(1_u8 << at.min(7))
    });
    Some(PlayerLeds(lit.fold(0, |all, bit| all | bit)))
}

pub(super) fn brightness(led: &Path) -> PathBuf {
    led.join("brightness")
}

pub(super) fn name(led: &Path) -> Option<&str> {
    led.file_name()?.to_str()
}

pub(super) fn number(path: &Path) -> Option<u32> {
    text(path)?.parse().ok()
}

/// `none [timer] heartbeat`: the one in brackets.
pub(super) fn current_trigger(path: &Path) -> Option<String> {
    let all = text(path)?;
    let (_, rest) = all.split_once('[')?;
    Some(rest.split_once(']')?.0.to_owned())
}

/// Opening for writing changes nothing, in sysfs as for the raw device.
pub(in crate::ds4) fn is_writable(path: &Path) -> bool {
    fs::OpenOptions::new().write(true).open(path).is_ok()
}

pub(super) fn set_file(path: &Path, value: &str) -> Result<(), LampError> {
    write(path, value.as_bytes()).map_err(|cause| LampError::Write {
        path: path.to_owned(),
        cause,
    })
}
