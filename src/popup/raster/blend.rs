//! Arithmetic on pixels `0xAARRGGBB`, premultiplied, rounded to nearest as a GPU does.
//!
//! Two channels are computed at a time in halves of a word, which compilers turn into vectors.

use egui::Color32;

const EVEN: u32 = 0x00ff_00ff;
const HALF: u32 = 0x0080_0080;

/// A colour as a pixel.
#[must_use]
pub fn pixel(colour: Color32) -> u32 {
    let [red, green, blue, alpha] = colour.to_array();
    u32::from_be_bytes([alpha, red, green, blue])
}

/// A colour as a pixel that nothing shines through.
#[must_use]
pub fn opaque(colour: Color32) -> u32 {
    pixel(colour) | 0xff00_0000
}

/// Whether a channel is brighter than its alpha: egui's way to write light that is added.
#[must_use]
pub fn is_additive(pixel: u32) -> bool {
    let [alpha, red, green, blue] = pixel.to_be_bytes();
    red.max(green).max(blue) > alpha
}

/// Every channel times `share` / 255.
#[inline]
#[must_use]
pub fn scale(pixel: u32, share: u32) -> u32 {
    let even = (pixel & EVEN) * share + HALF;
    let odd = ((pixel >> 8) & EVEN) * share + HALF;
    let even = (even + ((even >> 8) & EVEN)) >> 8 & EVEN;
    let odd = (odd + ((odd >> 8) & EVEN)) & !EVEN;
    even | odd
}

/// Channel by channel `a` × `b` / 255.
#[inline]
#[must_use]
pub fn times(a: u32, b: u32) -> u32 {
    let grey = b & 0xff;
    if b == grey * 0x0101_0101 {
        return scale(a, grey);
    }
    let (a, b) = (a.to_be_bytes(), b.to_be_bytes());
    let channel = |a: u8, b: u8| {
        let product = u32::from(a) * u32::from(b) + 128;
        ((product + (product >> 8)) >> 8) as u8
    };
    let [[a0, a1, a2, a3], [b0, b1, b2, b3]] = [a, b];
    u32::from_be_bytes([
        channel(a0, b0),
        channel(a1, b1),
        channel(a2, b2),
        channel(a3, b3),
    ])
}

/// `source` in front of `ground`; `source` must not be additive.
#[inline]
#[must_use]
pub fn over(source: u32, ground: u32) -> u32 {
    source + scale(ground, 255 - (source >> 24))
}

/// `source` in front of `ground`, whatever it is.
#[inline]
#[must_use]
pub fn over_any(source: u32, ground: u32) -> u32 {
    let behind = scale(ground, 255 - (source >> 24)).to_be_bytes();
    let [s0, s1, s2, s3] = source.to_be_bytes();
    let [b0, b1, b2, b3] = behind;
    u32::from_be_bytes([
        s0.saturating_add(b0),
        s1.saturating_add(b1),
        s2.saturating_add(b2),
        s3.saturating_add(b3),
    ])
}

/// Between two pixels; `share` of 256 is the second's.
#[inline]
#[must_use]
pub fn between(first: u32, second: u32, share: u32) -> u32 {
    let rest = 256 - share;
    let even = ((first & EVEN) * rest + (second & EVEN) * share + HALF) >> 8 & EVEN;
    let odd = (((first >> 8) & EVEN) * rest + ((second >> 8) & EVEN) * share + HALF) & !EVEN;
    even | odd
}

/// One colour over a run of pixels.
pub fn fill(run: &mut [u32], colour: u32) {
    match colour >> 24 {
        255 => run.fill(colour),
        _ if is_additive(colour) => {
            for pixel in run {
                *pixel = over_any(colour, *pixel);
            }
        }
        0 => {}
        alpha => {
            for pixel in run {
                *pixel = colour + scale(*pixel, 255 - alpha);
            }
        }
    }
}

/// Colours that change along a run: the first pixel's channels (red, green, blue, alpha, 0..=255)
/// and their step from pixel to pixel.
pub fn fade(run: &mut [u32], first: [f32; 4], step: [f32; 4]) {
    // Added to a number below 2^22, it leaves the rounded number in the lowest bits.
    const ROUND: f32 = 12_582_912.0;
    let [red, green, blue, alpha] = first;
    let [red_step, green_step, blue_step, alpha_step] = step;
    let channel = |first: f32, step: f32, at: f32| {
        ((first + step * at).clamp(0.0, 255.0) + ROUND).to_bits() & 0xff
    };
    let mut at = 0.0;
    for pixel in run {
        let rest = 255 - channel(alpha, alpha_step, at);
        let ground = scale(*pixel, rest);
        let red = channel(red, red_step, at) + (ground >> 16 & 0xff);
        let green = channel(green, green_step, at) + (ground >> 8 & 0xff);
        let blue = channel(blue, blue_step, at) + (ground & 0xff);
        *pixel = 0xff00_0000 | red.min(255) << 16 | green.min(255) << 8 | blue.min(255);
        at += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is meant, in whole numbers.
    fn blended(source: u8, alpha: u8, ground: u8) -> u8 {
        let behind = u32::from(ground) * (255 - u32::from(alpha));
        u8::try_from(u32::from(source) + (2 * behind + 255) / 510).unwrap()
    }

    #[test]
    fn every_grey_over_every_grey_is_rounded_to_nearest() {
        for alpha in 0..=255_u8 {
            for ground in 0..=255_u8 {
                let source = alpha / 2;
                let grey = |v: u8, a: u8| u32::from_be_bytes([a, v, v, v]);
                let made = over(grey(source, alpha), grey(ground, 255)).to_be_bytes();
                let wanted = blended(source, alpha, ground);
                assert_eq!(made[1..], [wanted; 3], "{source}/{alpha} over {ground}");
                assert_eq!(made[0], 255, "the screen stays opaque");
            }
        }
    }

    #[test]
    fn a_run_is_blended_as_its_pixels_are() {
        let colour = pixel(Color32::from_rgba_premultiplied(10, 60, 90, 120));
        let ground: Vec<u32> = (0..77).map(|n| 0xff00_0000 | (n * 0x0003_0201)).collect();
        let mut run = ground.clone();
        fill(&mut run, colour);
        for (made, was) in run.iter().zip(&ground) {
            assert_eq!(*made, over(colour, *was));
        }
    }

    #[test]
    fn light_that_is_added_stops_at_white_and_stays_in_its_channel() {
        let light = pixel(Color32::from_rgba_premultiplied(200, 100, 0, 0));
        assert!(is_additive(light));
        let mut run = [0xff80_ff10];
        fill(&mut run, light);
        assert_eq!(run, [0xffff_ff10]);
        let mut run = [0xff80_ff10];
        fade(&mut run, [200.0, 100.0, 0.0, 0.0], [0.0; 4]);
        assert_eq!(run, [0xffff_ff10]);
    }

    #[test]
    fn a_fade_goes_from_one_colour_to_the_other() {
        let mut run = [0xff00_0000; 6];
        fade(&mut run, [0.0, 0.0, 0.0, 0.0], [51.0; 4]);
        let greys = run.map(|pixel| pixel & 0xff);
        assert_eq!(greys, [0, 51, 102, 153, 204, 255]);
        // Beyond its ends it stays what it was there.
        let mut run = [0xff00_0000; 2];
        fade(&mut run, [250.0, 0.0, 0.0, 255.0], [50.0, -50.0, 0.0, 50.0]);
        assert_eq!(run, [0xfffa_0000, 0xffff_0000]);
    }

    #[test]
    fn a_tint_is_the_product_of_both() {
        assert_eq!(times(0xff80_4020, 0xffff_ffff), 0xff80_4020);
        assert_eq!(times(0xff80_4020, 0), 0);
        assert_eq!(times(0xffff_ffff, 0x8010_2030), 0x8010_2030);
        assert_eq!(times(0x8080_8080, 0xff00_ff80), 0x8000_8040);
        assert_eq!(between(0xff00_0000, 0xffff_8000, 128), 0xff80_4000);
        assert_eq!(between(0x1234_5678, 0x1234_5678, 77), 0x1234_5678);
    }
}
