//! Colour arithmetic of the theme: mixing, and contrast as WCAG 2.2 defines it.

use egui::Color32;

/// Relative luminance, 0..=1 (WCAG 2.2, "relative luminance").
#[must_use]
pub fn luminance(colour: Color32) -> f32 {
    let linear = |channel: u8| {
        let c = f32::from(channel) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
}

/// Contrast ratio of two opaque colours, 1..=21 (WCAG 2.2, success criterion 1.4.3).
#[must_use]
pub fn contrast(a: Color32, b: Color32) -> f32 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// `from` with a share `t` (0..=1) of `to` in it.
#[must_use]
pub fn mix(from: Color32, to: Color32, t: f32) -> Color32 {
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t).round() as u8;
    Color32::from_rgb(
        channel(from.r(), to.r()),
        channel(from.g(), to.g()),
        channel(from.b(), to.b()),
    )
}

/// `colour`, moved towards black or white only as far as it must to reach `ratio` on every
/// one of `grounds`; towards the side where there is more room.
#[must_use]
pub fn readable(colour: Color32, grounds: &[Color32], ratio: f32) -> Color32 {
    let enough = |c: Color32| grounds.iter().all(|&ground| contrast(c, ground) >= ratio);
    let worst = |c: Color32| {
        grounds
            .iter()
            .map(|&g| contrast(c, g))
            .fold(21.0_f32, f32::min)
    };
    let end = if worst(Color32::WHITE) >= worst(Color32::BLACK) {
        Color32::WHITE
    } else {
        Color32::BLACK
    };
    (0..=32_u8)
        .map(|step| mix(colour, end, f32::from(step) / 32.0))
        .find(|&c| enough(c))
        .unwrap_or(end)
}

/// Reads `#rgb` or `#rrggbb`, with or without the `#`.
#[must_use]
pub fn parse(text: &str) -> Option<Color32> {
    let hex = text.trim().trim_start_matches('#');
    if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let value = u32::from_str_radix(hex, 16).ok()?;
    let byte = |shift: u32| (value >> shift & 0xff) as u8;
    match hex.len() {
        3 => {
            let nibble = |shift: u32| (value >> shift & 0xf) as u8 * 17;
            Some(Color32::from_rgb(nibble(8), nibble(4), nibble(0)))
        }
        6 => Some(Color32::from_rgb(byte(16), byte(8), byte(0))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Color32::RED, Color32::RED) - 1.0).abs() < 0.01);
    }

    #[test]
    fn a_colour_is_moved_until_it_can_be_read() {
        let ground = Color32::from_gray(40);
        let moved = readable(Color32::from_gray(60), &[ground], 4.5);
        assert!(contrast(moved, ground) >= 4.5);
        let kept = Color32::from_rgb(250, 240, 230);
        assert_eq!(readable(kept, &[ground], 4.5), kept);
    }

    #[test]
    fn colours_are_read_as_bars_write_them() {
        assert_eq!(parse("#1a2B3c"), Some(Color32::from_rgb(0x1a, 0x2b, 0x3c)));
        assert_eq!(parse("fff"), Some(Color32::WHITE));
        assert_eq!(parse("#12"), None);
        assert_eq!(parse("lime"), None);
        assert_eq!(parse("#ü12"), None);
    }
}
