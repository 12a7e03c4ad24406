//! Which pixels a triangle has, and the colours between its corners.
//!
//! Corners are on 1/256 of a pixel. A pixel belongs to a triangle when its centre is inside; a
//! centre on an edge belongs to the triangle below or to the right of that edge, so that two
//! triangles that share an edge cover each pixel once.

use super::Bounds;

/// Parts of a pixel that corners are rounded to.
pub const PARTS: i64 = 256;

/// A corner, in 1/256 of a pixel.
pub type Corner = [i64; 2];

/// Three corners as a frame keeps them, of which it has thousands.
#[derive(Debug, Clone, Copy)]
pub struct Triangle([[i32; 2]; 3]);

impl Triangle {
    /// Corners that are at most four million pixels away, which fits.
    #[must_use]
    pub fn new(corners: [Corner; 3]) -> Self {
        Self(corners.map(|corner| corner.map(|at| at as i32)))
    }

    /// The corners.
    #[must_use]
    pub fn corners(self) -> [Corner; 3] {
        self.0.map(|corner| corner.map(i64::from))
    }
}

/// Three edges of a triangle.
#[derive(Debug, Clone, Copy)]
pub struct Edges {
    /// For each edge: what a pixel to the right, a pixel down, and the first centre count for.
    /// Inside, all three counts are zero or more.
    edges: [[i64; 3]; 3],
}

impl Edges {
    /// The edges, and the pixels around them; `None` for a triangle without a surface.
    #[must_use]
    pub fn of([a, mut b, mut c]: [Corner; 3]) -> Option<(Self, Bounds)> {
        let surface = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if surface == 0 {
            return None;
        }
        if surface < 0 {
            std::mem::swap(&mut b, &mut c);
        }
        let edge = |from: Corner, to: Corner| {
            let (right, down) = (from[1] - to[1], to[0] - from[0]);
            let half = PARTS / 2;
            let origin = right * (half - from[0]) + down * (half - from[1]);
            // A centre on the edge is inside at a left edge and at a flat upper one.
            let ours = right > 0 || (right == 0 && down > 0);
            [right * PARTS, down * PARTS, origin - i64::from(!ours)]
        };
        let edges = [edge(a, b), edge(b, c), edge(c, a)];
        let of = |axis: fn(Corner) -> i64| {
            let (a, b, c) = (axis(a), axis(b), axis(c));
            (first_centre(a.min(b).min(c)), last_centre(a.max(b).max(c)))
        };
        let ((left, right), (top, bottom)) = (of(|[x, _]| x), of(|[_, y]| y));
        let around = Bounds {
            left,
            top,
            right: right + 1,
            bottom: bottom + 1,
        };
        (!around.is_empty()).then_some((Self { edges }, around))
    }

    /// The columns of a row that are inside, the second one being the first outside.
    #[inline]
    #[must_use]
    pub fn columns(&self, row: i32, left: i32, right: i32) -> (i32, i32) {
        let (mut first, mut last) = (i64::from(left), i64::from(right) - 1);
        for [across, down, origin] in self.edges {
            let count = down * i64::from(row) + origin;
            if across > 0 {
                first = first.max(-count.div_euclid(across));
            } else if across < 0 {
                last = last.min(count.div_euclid(-across));
            } else if count < 0 {
                return (left, left);
            }
        }
        if first > last {
            (left, left)
        } else {
            (first as i32, last as i32 + 1)
        }
    }
}

/// The first pixel whose centre is there or behind.
#[must_use]
pub fn first_centre(at: i64) -> i32 {
    (at + PARTS / 2 - 1).div_euclid(PARTS) as i32
}

/// The last pixel whose centre is there or before.
fn last_centre(at: i64) -> i32 {
    (at - PARTS / 2).div_euclid(PARTS) as i32
}

/// `N` figures that change evenly over the screen.
#[derive(Debug, Clone, Copy)]
pub struct Plane<const N: usize> {
    origin: [i32; 2],
    first: [f32; N],
    /// From pixel to pixel of a row.
    pub across: [f32; N],
    down: [f32; N],
}

impl<const N: usize> Plane<N> {
    /// The plane through the figures at three corners; `around` is where it is asked for.
    #[must_use]
    pub fn through([a, b, c]: [Corner; 3], figures: [[f32; N]; 3], around: Bounds) -> Self {
        let of = |p: Corner| p.map(|at| at as f64 / PARTS as f64);
        let ([ax, ay], [bx, by], [cx, cy]) = (of(a), of(b), of(c));
        let surface = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        let origin = [around.left, around.top];
        let [from_x, from_y] = [
            f64::from(around.left) + 0.5 - ax,
            f64::from(around.top) + 0.5 - ay,
        ];
        let mut plane = Self {
            origin,
            first: [0.0; N],
            across: [0.0; N],
            down: [0.0; N],
        };
        let slots = plane.first.iter_mut().zip(&mut plane.across);
        let slots = slots.zip(&mut plane.down);
        let [a, b, c] = figures;
        let figures = a.into_iter().zip(b).zip(c);
        for (((first, across), down), ((a, b), c)) in slots.zip(figures) {
            let (b, c) = (f64::from(b - a), f64::from(c - a));
            let right = (b * (cy - ay) - c * (by - ay)) / surface;
            let below = (c * (bx - ax) - b * (cx - ax)) / surface;
            *across = right as f32;
            *down = below as f32;
            *first = (f64::from(a) + right * from_x + below * from_y) as f32;
        }
        plane
    }

    /// The figures at a pixel's centre.
    #[inline]
    #[must_use]
    pub fn at(&self, x: i32, y: i32) -> [f32; N] {
        let [left, top] = self.origin;
        let (right, below) = ((x - left) as f32, (y - top) as f32);
        let mut figures = self.first;
        let steps = self.across.iter().zip(&self.down);
        for (figure, (across, down)) in figures.iter_mut().zip(steps) {
            *figure += across * right + down * below;
        }
        figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn covered(corners: [Corner; 3], count: &mut [u8], width: i32) {
        let Some((edges, around)) = Edges::of(corners) else {
            return;
        };
        let rows = count.chunks_exact_mut(width as usize).enumerate();
        for (row, pixels) in rows {
            let row = row as i32;
            if (around.top..around.bottom).contains(&row) {
                let (first, end) = edges.columns(row, around.left.max(0), around.right.min(width));
                for pixel in &mut pixels[first as usize..end as usize] {
                    *pixel += 1;
                }
            }
        }
    }

    #[test]
    fn two_halves_of_a_square_cover_it_once() {
        for at in [0, 100, 128, 129, 200] {
            let corner = |x: i64, y: i64| [x * 256 + at, y * 256 + at];
            let [a, b, c, d] = [corner(2, 2), corner(9, 2), corner(9, 9), corner(2, 9)];
            let mut count = [0; 12 * 12];
            covered([a, b, c], &mut count, 12);
            covered([d, c, a], &mut count, 12);
            assert!(count.iter().all(|&n| n < 2), "no pixel twice");
            assert_eq!(count.iter().filter(|&&n| n == 1).count(), 49, "at {at}");
        }
    }

    proptest! {
        /// A fan around a point, as egui fills shapes.
        #[test]
        fn triangles_around_a_point_cover_each_pixel_once(
            middle in (1500i64..2500, 1500i64..2500),
            corners in proptest::collection::vec((0i64..4096, 0i64..4096), 3..12),
        ) {
            let middle = [middle.0, middle.1];
            let mut ring: Vec<Corner> = corners.into_iter().map(|(x, y)| [x, y]).collect();
            let angle = |p: &Corner| ((p[1] - middle[1]) as f64).atan2((p[0] - middle[0]) as f64);
            ring.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
            // Each slice less than half a turn, so that slices do not overlap.
            let turns = ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| {
                (angle(b) - angle(a)).rem_euclid(std::f64::consts::TAU)
            });
            prop_assume!(turns.into_iter().all(|turn| turn < std::f64::consts::PI));
            let mut count = vec![0; 16 * 16];
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                covered([middle, *a, *b], &mut count, 16);
            }
            prop_assert!(count.iter().all(|&n| n < 2));
            // And no pixel inside is left out: each row's pixels are in one run or are none.
            let area: f64 = ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| {
                let x = (a[0] - middle[0]) * (b[1] - middle[1]);
                let y = (a[1] - middle[1]) * (b[0] - middle[0]);
                (x - y).abs() as f64 / 2.0 / 65536.0
            }).sum();
            let pixels = count.iter().filter(|&&n| n == 1).count() as f64;
            prop_assert!((pixels - area).abs() <= 40.0, "{pixels} of {area}");
        }
    }

    #[test]
    fn figures_between_corners_are_in_proportion() {
        let corners = [[0, 0], [2560, 0], [0, 2560]];
        let (_, around) = Edges::of(corners).unwrap();
        let plane = Plane::through(corners, [[0.0, 5.0], [100.0, 5.0], [50.0, 5.0]], around);
        assert_eq!(plane.at(0, 0), [7.5, 5.0]);
        assert_eq!(plane.at(3, 4), [57.5, 5.0]);
        assert_eq!(plane.across, [10.0, 0.0]);
    }
}
