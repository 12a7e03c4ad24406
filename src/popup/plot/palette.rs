//! Colours that can be told apart without full colour vision, and how their lines are broken.

use egui::Color32;

use crate::popup::colour::readable;
use crate::popup::theme::Theme;

/// Okabe and Ito, "Color Universal Design" (2008), without black.
const HUES: [(u8, u8, u8); 7] = [
    (86, 180, 233),
    (230, 159, 0),
    (0, 158, 115),
    (204, 121, 167),
    (240, 228, 66),
    (213, 94, 0),
    (0, 114, 178),
];

/// The colour of a series: 3:1 against the window and what is raised (WCAG 2.2, 1.4.11), 4.5:1
/// in high contrast. It begins again after seven.
#[must_use]
pub fn ink(theme: &Theme, index: usize) -> Color32 {
    let (r, g, b) = HUES.get(index % HUES.len()).copied().unwrap_or_default();
    let strong = theme.ground == Color32::BLACK || theme.ground == Color32::WHITE;
    let ratio = if strong { 4.5 } else { 3.0 };
    readable(
        Color32::from_rgb(r, g, b),
        &[theme.ground, theme.raised],
        ratio,
    )
}

/// How the line of a series is broken: dash and gap in points; the first is whole.
#[must_use]
pub fn dash(index: usize) -> Option<(f32, f32)> {
    match index % 4 {
        0 => None,
        1 => Some((6.0, 3.0)),
        2 => Some((2.0, 2.5)),
        _ => Some((10.0, 4.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::popup::colour::contrast;
    use crate::popup::theme::Scheme;

    #[test]
    fn every_line_is_seen_on_every_theme() {
        for scheme in [Scheme::Dark, Scheme::Light, Scheme::HighContrast] {
            let theme = Theme::of_scheme(scheme);
            for index in 0..HUES.len() {
                let found = contrast(ink(&theme, index), theme.ground);
                assert!(found >= 3.0, "{index} on {scheme:?} is only {found:.2}:1");
            }
        }
    }
}
