//! How a satellite is drawn: the shape is its system, the colour its signal, and it is hollow
//! while the position is not made with it.

use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2};

use crate::gnss::satellite::{Constellation, Satellite};
use crate::popup::colour::{mix, readable};
use crate::popup::theme::Theme;

/// The signals between which the colour changes, dB-Hz: below the first a satellite is hardly of
/// use, above the last it cannot be better.
pub const SIGNAL: (f64, f64) = (20.0, 48.0);

/// From weak to strong on a dark ground: of viridis (van der Walt and Smith, 2015) the part that
/// can be seen there. The lightness rises all the way, so that it is read without colour vision.
const ON_DARK: [(u8, u8, u8); 5] = [
    (72, 90, 150),
    (46, 128, 142),
    (53, 172, 120),
    (140, 212, 70),
    (253, 231, 37),
];

/// The same on a light ground, where a strong signal is dark.
const ON_LIGHT: [(u8, u8, u8); 5] = [
    (160, 130, 30),
    (110, 130, 40),
    (40, 120, 80),
    (40, 80, 130),
    (50, 20, 90),
];

/// The colour of a signal; of one that is not heard, the theme's dim.
pub fn ink(theme: &Theme, cn0_dbhz: Option<f64>) -> Color32 {
    let Some(cn0) = cn0_dbhz.filter(|&cn0| cn0 > 0.0) else {
        return theme.dim;
    };
    let share = ((cn0 - SIGNAL.0) / (SIGNAL.1 - SIGNAL.0)).clamp(0.0, 1.0) as f32;
    let (ramp, ratio) = if theme.dark {
        (ON_DARK, 2.6)
    } else {
        (ON_LIGHT, 3.0)
    };
    let at = share * (ramp.len() - 1) as f32;
    let colour = |at: usize| {
        let (r, g, b) = ramp
            .get(at.min(ramp.len() - 1))
            .copied()
            .unwrap_or_default();
        Color32::from_rgb(r, g, b)
    };
    let below = at.floor() as usize;
    let colour = mix(colour(below), colour(below + 1), at.fract());
    readable(colour, &[theme.ground, theme.raised], ratio)
}

/// Draws a satellite's sign in a colour, `radius` points around `centre`.
pub fn paint(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    satellite: &Satellite,
    ink: Color32,
    theme: &Theme,
) {
    let filled = satellite.used != Some(false) && satellite.is_heard();
    shape(
        painter,
        centre,
        radius,
        satellite.id.constellation,
        ink,
        filled,
        theme,
    );
}

/// Draws a system's sign.
pub fn shape(
    painter: &Painter,
    centre: Pos2,
    radius: f32,
    constellation: Constellation,
    ink: Color32,
    filled: bool,
    theme: &Theme,
) {
    let stroke = Stroke::new(1.5, ink);
    let fill = if filled { ink } else { theme.ground };
    if constellation == Constellation::Gps {
        painter.circle(centre, radius - 0.5, fill, stroke);
        return;
    }
    let outline: Vec<Pos2> = outline(constellation)
        .iter()
        .map(|&(x, y)| centre + radius * Vec2::new(x, y))
        .collect();
    if matches!(constellation, Constellation::Sbas | Constellation::NavIc) {
        // Not convex: filled by its two bars.
        for bar in [[0, 1, 6, 7], [10, 3, 4, 9]] {
            let corners = bar.iter().filter_map(|&at| outline.get(at).copied());
            painter.add(Shape::convex_polygon(corners.collect(), fill, Stroke::NONE));
        }
        painter.add(Shape::closed_line(outline, stroke));
    } else {
        painter.add(Shape::convex_polygon(outline, fill, stroke));
    }
}

/// Corners around the centre, clockwise, for a radius of 1.
fn outline(constellation: Constellation) -> &'static [(f32, f32)] {
    /// An upright cross, and one on its side.
    const PLUS: [(f32, f32); 12] = [
        (-0.38, -1.0),
        (0.38, -1.0),
        (0.38, -0.38),
        (1.0, -0.38),
        (1.0, 0.38),
        (0.38, 0.38),
        (0.38, 1.0),
        (-0.38, 1.0),
        (-0.38, 0.38),
        (-1.0, 0.38),
        (-1.0, -0.38),
        (-0.38, -0.38),
    ];
    const CROSS: [(f32, f32); 12] = [
        (-0.98, -0.44),
        (-0.44, -0.98),
        (0.0, -0.54),
        (0.44, -0.98),
        (0.98, -0.44),
        (0.54, 0.0),
        (0.98, 0.44),
        (0.44, 0.98),
        (0.0, 0.54),
        (-0.44, 0.98),
        (-0.98, 0.44),
        (-0.54, 0.0),
    ];
    match constellation {
        Constellation::Gps => &[],
        Constellation::Galileo => &[(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        Constellation::Glonass => &[(0.0, -1.05), (1.05, 0.8), (-1.05, 0.8)],
        Constellation::BeiDou => &[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)],
        Constellation::Qzss => &[(-1.05, -0.8), (1.05, -0.8), (0.0, 1.05)],
        Constellation::Sbas => &PLUS,
        Constellation::NavIc => &CROSS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::popup::colour::luminance;
    use crate::popup::theme::Scheme;

    #[test]
    fn a_stronger_signal_stands_out_more_also_without_colours() {
        for scheme in [Scheme::Dark, Scheme::Light, Scheme::HighContrast] {
            let theme = Theme::of_scheme(scheme);
            let steps = [20.0, 27.0, 34.0, 41.0, 48.0];
            let light = steps.map(|cn0| luminance(ink(&theme, Some(cn0))));
            for pair in light.windows(2) {
                let more = if theme.dark {
                    pair[1] - pair[0]
                } else {
                    pair[0] - pair[1]
                };
                assert!(more > 0.01, "{scheme:?}: {light:?}");
            }
        }
    }
}
