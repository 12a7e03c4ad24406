//! The cube that turns with the pad: six faces in the room, seen by somebody a little above it.
//!
//! The room's axes are those of [`crate::ds4::motion`]: x to the right, y up, z towards the
//! person. The screen stands upright before the person, so a pad that is tilted to the left shows
//! a cube that is tilted to the left.

use egui::{Pos2, Vec2};

use crate::ds4::motion::Quaternion;

/// A point or a direction in the room.
pub type Vector = [f32; 3];

/// How far the eye looks down, in degrees.
const LOOKS_DOWN: f32 = 24.0;
/// The eye's distance from the middle of the cube, in half edges.
const DISTANCE: f32 = 7.5;

/// A side of the cube, named by what of the pad is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The right hand's.
    Right,
    /// The left hand's.
    Left,
    /// The pad's face with its buttons: up when it lies on a table.
    Top,
    /// Its back.
    Bottom,
    /// The side towards the person.
    Near,
    /// The light bar's.
    Far,
}

/// A face as it stands in the room.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// Which one.
    pub side: Side,
    /// Its corners around its edge, in half edges from the middle of the cube.
    pub corners: [Vector; 4],
    /// Outwards, of length 1.
    pub normal: Vector,
    /// What lies on it, like the touchpad on the top.
    pub mark: Option<[Vector; 4]>,
}

impl Face {
    /// Its middle.
    #[must_use]
    pub fn centre(&self) -> Vector {
        // The cube's half edge is 1, so a face's middle is its normal.
        self.normal
    }

    /// Whether it is turned towards the eye.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        let eye = eye();
        let [x, y, z] = self.centre();
        let [ex, ey, ez] = eye;
        dot([ex - x, ey - y, ez - z], self.normal) > 0.0
    }
}

/// Where the eye is.
#[must_use]
pub fn eye() -> Vector {
    let (sin, cos) = LOOKS_DOWN.to_radians().sin_cos();
    [0.0, DISTANCE * sin, DISTANCE * cos]
}

/// The six faces, the farthest from the eye first.
///
/// `twist` turns it about the room's z as seen by the person, in degrees clockwise. An orientation
/// that is no rotation, like one of NaNs, counts as none.
#[must_use]
pub fn faces(orientation: Quaternion, twist: f32) -> [Face; 6] {
    let turn = sane(orientation);
    let twist = if twist.is_finite() { twist } else { 0.0 };
    let (sin, cos) = (-twist.to_radians()).sin_cos();
    let place = |v: Vector| {
        let [x, y, z] = turn.rotate(v);
        [x * cos - y * sin, x * sin + y * cos, z]
    };
    let face = |side, normal: Vector, across: Vector, up: Vector, mark: Option<[f32; 4]>| {
        let at = |a: f32, b: f32, out: f32| {
            let part = |n: f32, x: f32, y: f32| n * out + x * a + y * b;
            let ([n0, n1, n2], [x0, x1, x2], [y0, y1, y2]) = (normal, across, up);
            place([part(n0, x0, y0), part(n1, x1, y1), part(n2, x2, y2)])
        };
        let around = |left: f32, right: f32, low: f32, high: f32| {
            [
                at(left, low, 1.0),
                at(right, low, 1.0),
                at(right, high, 1.0),
                at(left, high, 1.0),
            ]
        };
        Face {
            side,
            corners: around(-1.0, 1.0, -1.0, 1.0),
            normal: place(normal),
            mark: mark.map(|[left, right, low, high]| around(left, right, low, high)),
        }
    };
    const X: Vector = [1.0, 0.0, 0.0];
    const Y: Vector = [0.0, 1.0, 0.0];
    const Z: Vector = [0.0, 0.0, 1.0];
    let minus = |[x, y, z]: Vector| [-x, -y, -z];
    let mut all = [
        face(Side::Right, X, minus(Z), Y, None),
        face(Side::Left, minus(X), Z, Y, None),
        face(Side::Top, Y, X, minus(Z), Some([-0.52, 0.52, 0.12, 0.78])),
        face(Side::Bottom, minus(Y), X, Z, None),
        face(Side::Near, Z, X, Y, None),
        face(
            Side::Far,
            minus(Z),
            minus(X),
            Y,
            Some([-0.6, 0.6, 0.5, 0.72]),
        ),
    ];
    all.sort_by(|a, b| far(a.centre()).total_cmp(&far(b.centre())).reverse());
    all
}

/// The square of the distance from the eye.
fn far(at: Vector) -> f32 {
    let ([x, y, z], [ex, ey, ez]) = (at, eye());
    let way = [ex - x, ey - y, ez - z];
    dot(way, way)
}

/// Where a point of the room is seen, in half edges from the middle of the picture, y down.
#[must_use]
pub fn seen([x, y, z]: Vector) -> Vec2 {
    let (sin, cos) = LOOKS_DOWN.to_radians().sin_cos();
    let (up, near) = (y * cos - z * sin, y * sin + z * cos);
    Vec2::new(x, -up) * (DISTANCE / (DISTANCE - near).max(0.1))
}

/// A cube cannot reach further than this from the middle of the picture, in half edges.
pub const REACH: f32 = 1.95;

/// How much light a point of a face gives back to the eye, 0 to about 1.3: a lamp stands up to
/// the left, behind the person.
#[must_use]
pub fn brightness(normal: Vector, at: Vector) -> f32 {
    let lamp = unit([-0.45, 0.80, 0.62]);
    let ([ex, ey, ez], [x, y, z], [lx, ly, lz]) = (eye(), at, lamp);
    let to_eye = unit([ex - x, ey - y, ez - z]);
    let [tx, ty, tz] = to_eye;
    let half = unit([tx + lx, ty + ly, tz + lz]);
    let soft = dot(normal, lamp).max(0.0);
    let gloss = dot(normal, half).max(0.0).powi(24);
    0.34 + 0.62 * soft + 0.30 * gloss
}

/// A quaternion made whole: of length 1, or none at all.
fn sane(q: Quaternion) -> Quaternion {
    let length = (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z).sqrt();
    if !length.is_finite() || length < 1e-6 {
        return Quaternion::default();
    }
    Quaternion {
        w: q.w / length,
        x: q.x / length,
        y: q.y / length,
        z: q.z / length,
    }
}

fn dot([a, b, c]: Vector, [x, y, z]: Vector) -> f32 {
    a * x + b * y + c * z
}

fn unit(v: Vector) -> Vector {
    let length = dot(v, v).sqrt().max(1e-6);
    v.map(|part| part / length)
}

/// The point of the picture for one of the room, for a cube of half edge `size` around `middle`.
#[must_use]
pub fn on_screen(at: Vector, middle: Pos2, size: f32) -> Pos2 {
    middle + seen(at) * size
}

#[cfg(test)]
#[path = "cube/tests.rs"]
mod tests;
