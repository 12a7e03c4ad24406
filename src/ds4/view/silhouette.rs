//! The shapes of the two pads and where their controls are, in millimetres; drawn after the
//! front of a DualShock 4 and of a DualSense. The triggers, which lie behind, are drawn above.

use std::sync::LazyLock;

use egui::{Pos2, Rect};

use super::outline::{Outline, Piece};
use Piece::{Curve, Line};

/// A pad's shape.
#[derive(Debug)]
pub struct Silhouette {
    /// The body's edge.
    pub body: Outline,
    /// A part of the body in another colour, on which the sticks are.
    pub trim: Option<Outline>,
    /// The touchpad.
    pub touchpad: Outline,
    /// L1; R1 is its mirror.
    pub bumper: Outline,
    /// L2; R2 is its mirror.
    pub trigger: Outline,
    /// Where the lightbar is seen from the front.
    pub lightbar: Vec<Outline>,
    /// Middle of the D-pad; that of the four face buttons is its mirror.
    pub cluster: (f32, f32),
    /// Middle of the left stick; that of the right one is its mirror.
    pub stick: (f32, f32),
    /// Middle of SHARE or CREATE; that of OPTIONS is its mirror.
    pub share: (f32, f32),
    /// How far those lean outwards, in degrees.
    pub lean: f32,
    /// Middle of the PS button.
    pub home: (f32, f32),
    /// Middle of the microphone button, where there is one.
    pub mute: Option<(f32, f32)>,
    /// Where the player lights are, where there are any.
    pub players: Option<(f32, f32)>,
}

/// What a drawing of either pad reaches over.
#[must_use]
pub fn drawing() -> Rect {
    Rect::from_min_max(Pos2::new(-86.0, -25.0), Pos2::new(86.0, 102.0))
}

/// The DualShock 4.
#[must_use]
pub fn dualshock() -> &'static Silhouette {
    &DUALSHOCK
}

/// The DualSense and the DualSense Edge.
#[must_use]
pub fn dualsense() -> &'static Silhouette {
    &DUALSENSE
}

static DUALSHOCK: LazyLock<Silhouette> = LazyLock::new(|| {
    let body = Outline::symmetric(
        (0.0, 0.0),
        &[
            Line(34.0, 0.0),
            Curve([37.0, -1.2, 39.0, -2.6, 44.0, -2.6]),
            Curve([50.0, -2.6, 57.0, -2.2, 61.5, -0.6]),
            Curve([68.0, 2.0, 72.0, 8.0, 74.5, 17.0]),
            Curve([78.5, 32.0, 82.5, 58.0, 82.5, 76.0]),
            Curve([82.5, 90.0, 79.0, 98.5, 71.0, 98.5]),
            Curve([63.5, 98.5, 60.5, 93.0, 57.5, 86.0]),
            Curve([54.5, 79.0, 51.0, 72.8, 45.5, 70.6]),
            Curve([42.0, 69.2, 40.0, 70.2, 37.0, 71.0]),
            Curve([30.0, 72.8, 21.0, 72.0, 14.5, 67.5]),
            Curve([11.0, 65.2, 7.0, 64.4, 0.0, 64.4]),
        ],
    );
    Silhouette {
        body,
        trim: None,
        touchpad: touchpad(29.5, 27.5, 1.2, 31.0),
        bumper: bumper(),
        trigger: trigger(),
        lightbar: vec![Outline::rounded(
            &[(-21.0, -3.4), (21.0, -3.4), (25.0, -0.6), (-25.0, -0.6)],
            1.2,
        )],
        cluster: (-51.5, 29.0),
        stick: (-25.5, 53.5),
        share: (-35.2, 8.0),
        lean: 0.0,
        home: (0.0, 53.5),
        mute: None,
        players: None,
    }
});

static DUALSENSE: LazyLock<Silhouette> = LazyLock::new(|| {
    let body = Outline::symmetric(
        (0.0, -1.0),
        &[
            Line(20.0, -1.0),
            Curve([30.0, -1.0, 34.0, -2.4, 42.0, -3.0]),
            Curve([52.0, -3.6, 60.0, -2.4, 65.0, 1.0]),
            Curve([73.0, 7.0, 77.0, 18.0, 79.5, 32.0]),
            Curve([83.0, 52.0, 85.5, 70.0, 84.5, 84.0]),
            Curve([83.6, 96.0, 78.0, 101.5, 70.0, 100.5]),
            Curve([61.5, 99.5, 58.0, 91.0, 54.0, 83.0]),
            Curve([51.0, 77.0, 47.0, 73.5, 40.0, 73.0]),
            Curve([28.0, 72.4, 14.0, 74.0, 0.0, 74.0]),
        ],
    );
    let trim = Outline::symmetric(
        (0.0, 30.0),
        &[
            Line(27.0, 33.0),
            Curve([38.0, 36.0, 44.5, 44.0, 44.5, 54.0]),
            Curve([44.5, 62.0, 42.0, 68.0, 39.0, 72.9]),
            Curve([28.0, 72.4, 14.0, 74.0, 0.0, 74.0]),
        ],
    );
    let strip = Outline::rounded(
        &[(-35.4, 1.0), (-33.8, 1.0), (-30.2, 31.0), (-31.8, 31.0)],
        0.7,
    );
    Silhouette {
        body,
        trim: Some(trim),
        touchpad: touchpad(32.6, 29.0, 0.2, 33.5),
        bumper: bumper(),
        trigger: trigger(),
        lightbar: vec![strip.mirrored(), strip],
        cluster: (-54.0, 29.5),
        stick: (-26.0, 55.0),
        share: (-40.6, 7.5),
        lean: 12.0,
        home: (0.0, 54.0),
        mute: Some((0.0, 64.5)),
        players: Some((0.0, 38.0)),
    }
});

fn touchpad(top: f32, foot: f32, from: f32, to: f32) -> Outline {
    Outline::rounded(&[(-top, from), (top, from), (foot, to), (-foot, to)], 4.0)
}

/// The piece of L1 that looks out above the body.
fn bumper() -> Outline {
    Outline::closed(
        (-39.0, 1.0),
        &[
            Curve([-39.0, -6.0, -40.0, -9.2, -45.5, -9.2]),
            Line(-57.0, -8.6),
            Curve([-62.5, -8.0, -65.0, -4.0, -66.5, 3.0]),
        ],
    )
}

fn trigger() -> Outline {
    Outline::closed(
        (-42.0, -11.2),
        &[
            Curve([-41.4, -18.5, -44.5, -24.0, -50.5, -24.0]),
            Curve([-57.5, -24.0, -62.5, -18.5, -63.5, -10.4]),
            Curve([-57.0, -12.2, -48.0, -12.2, -42.0, -11.2]),
        ],
    )
}

/// One of the four arrows of a D-pad around (0, 0), the one that points up.
#[must_use]
pub fn arrow() -> &'static Outline {
    static ARROW: LazyLock<Outline> = LazyLock::new(|| {
        let corners = [
            (-4.6, -13.2),
            (4.6, -13.2),
            (4.6, -7.2),
            (0.0, -2.6),
            (-4.6, -7.2),
        ];
        Outline::rounded(&corners, 1.3)
    });
    &ARROW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pads_lie_within_their_drawing_and_are_told_apart() {
        for pad in [dualshock(), dualsense()] {
            for part in [&pad.body, &pad.trigger, &pad.bumper, &pad.touchpad] {
                assert!(
                    drawing().contains_rect(part.bounds()),
                    "{:?}",
                    part.bounds()
                );
            }
            assert!(pad.body.bounds().contains_rect(pad.touchpad.bounds()));
        }
        assert!(dualsense().players.is_some() && dualshock().players.is_none());
    }
}
