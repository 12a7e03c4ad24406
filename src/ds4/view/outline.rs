//! Closed curves that are filled and drawn at any size: egui fills convex shapes only.
//!
//! A curve is written down in millimetres, made into points and triangles once, and put on the
//! screen by a [`Place`].

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};

/// Where a drawing in millimetres lies on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where its point (0, 0) is.
    pub origin: Pos2,
    /// Points on the screen for a millimetre.
    pub scale: f32,
}

impl Place {
    /// The largest place in `room` for a drawing that reaches over `drawing`, in millimetres.
    #[must_use]
    pub fn fit(drawing: Rect, room: Rect) -> Self {
        let across = room.width() / drawing.width().max(1.0);
        let down = room.height() / drawing.height().max(1.0);
        let scale = across.min(down).max(0.01);
        Self {
            origin: room.center() - drawing.center().to_vec2() * scale,
            scale,
        }
    }

    /// The screen's point for one of the drawing.
    #[must_use]
    pub fn at(&self, x: f32, y: f32) -> Pos2 {
        self.origin + Vec2::new(x, y) * self.scale
    }

    /// Points on the screen for a length in millimetres.
    #[must_use]
    pub fn long(&self, millimetres: f32) -> f32 {
        millimetres * self.scale
    }

    /// A rectangle of the drawing on the screen.
    #[must_use]
    pub fn rect(&self, min: (f32, f32), max: (f32, f32)) -> Rect {
        Rect::from_two_pos(self.at(min.0, min.1), self.at(max.0, max.1))
    }
}

/// A piece of a curve, from where the last one ended.
#[derive(Debug, Clone, Copy)]
pub enum Piece {
    /// Straight to a point.
    Line(f32, f32),
    /// A cubic Bézier curve: two control points and the end.
    Curve([f32; 6]),
}

/// A closed curve and the triangles that fill it, in millimetres.
#[derive(Debug, Clone)]
pub struct Outline {
    points: Vec<Pos2>,
    triangles: Vec<[u32; 3]>,
}

/// Straight pieces that a curve is made of.
const STEPS: u8 = 10;

impl Outline {
    /// A closed curve that begins at `start`.
    #[must_use]
    pub fn closed(start: (f32, f32), pieces: &[Piece]) -> Self {
        Self::of(flatten(start, pieces))
    }

    /// A curve whose right half is given, from top to bottom; the left one mirrors it at x = 0.
    #[must_use]
    pub fn symmetric(start: (f32, f32), right: &[Piece]) -> Self {
        let mut points = flatten(start, right);
        let left: Vec<Pos2> = points
            .iter()
            .rev()
            .filter(|point| point.x.abs() > 0.01)
            .map(|point| Pos2::new(-point.x, point.y))
            .collect();
        points.extend(left);
        Self::of(points)
    }

    /// A polygon with rounded corners of this radius.
    #[must_use]
    pub fn rounded(corners: &[(f32, f32)], radius: f32) -> Self {
        let corner = |at: usize| {
            let (x, y) = corners.get(at % corners.len()).copied().unwrap_or_default();
            Pos2::new(x, y)
        };
        let mut points = Vec::new();
        for at in 0..corners.len() {
            let (before, here, after) =
                (corner(at + corners.len() - 1), corner(at), corner(at + 1));
            let cut = |to: Pos2| {
                let way = to - here;
                here + way.normalized() * radius.min(way.length() / 2.0)
            };
            let (from, to) = (cut(before), cut(after));
            for step in 0..=6_u8 {
                let t = f32::from(step) / 6.0;
                points.push(from.lerp(here, t).lerp(here.lerp(to, t), t));
            }
        }
        Self::of(points)
    }

    fn of(points: Vec<Pos2>) -> Self {
        let triangles = triangles(&points);
        Self { points, triangles }
    }

    /// The same curve mirrored at x = 0.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let points = self.points.iter().map(|p| Pos2::new(-p.x, p.y)).collect();
        Self::of(points)
    }

    /// The same curve after so many quarter turns clockwise around (0, 0).
    #[must_use]
    pub fn turned(&self, quarters: u8) -> Self {
        let quarter = |p: Pos2| Pos2::new(-p.y, p.x);
        let turn = |p: &Pos2| (0..quarters % 4).fold(*p, |p, _| quarter(p));
        Self {
            points: self.points.iter().map(turn).collect(),
            triangles: self.triangles.clone(),
        }
    }

    /// The same curve turned by some degrees clockwise around (0, 0).
    #[must_use]
    pub fn leaning(&self, degrees: f32) -> Self {
        let turn = egui::emath::Rot2::from_angle(degrees.to_radians());
        let turned = self.points.iter().map(|p| (turn * p.to_vec2()).to_pos2());
        Self {
            points: turned.collect(),
            triangles: self.triangles.clone(),
        }
    }

    /// The same curve elsewhere.
    #[must_use]
    pub fn moved(&self, x: f32, y: f32) -> Self {
        let points = self.points.iter().map(|p| *p + Vec2::new(x, y)).collect();
        Self {
            points,
            triangles: self.triangles.clone(),
        }
    }

    /// What it reaches over, in millimetres.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect::from_points(&self.points)
    }

    /// Fills it, from one colour at its top to another at its foot.
    pub fn fill(&self, painter: &Painter, place: &Place, top: Color32, foot: Color32) {
        let bounds = self.bounds();
        let mut mesh = Mesh::default();
        for point in &self.points {
            let share = (point.y - bounds.top()) / bounds.height().max(0.01);
            mesh.vertices.push(Vertex {
                pos: place.at(point.x, point.y),
                uv: WHITE_UV,
                color: top.lerp_to_gamma(foot, share),
            });
        }
        for [a, b, c] in &self.triangles {
            mesh.add_triangle(*a, *b, *c);
        }
        painter.add(Shape::mesh(mesh));
        // A mesh has hard edges: a line in its own colour smooths them.
        let edge = top.lerp_to_gamma(foot, 0.5);
        self.stroke(painter, place, Stroke::new(1.0, edge));
    }

    /// Draws the curve itself.
    pub fn stroke(&self, painter: &Painter, place: &Place, stroke: Stroke) {
        let points = self.points.iter().map(|p| place.at(p.x, p.y)).collect();
        painter.add(Shape::closed_line(points, stroke));
    }
}

fn flatten((x, y): (f32, f32), pieces: &[Piece]) -> Vec<Pos2> {
    let mut points = vec![Pos2::new(x, y)];
    let mut here = Pos2::new(x, y);
    for piece in pieces {
        match *piece {
            Piece::Line(x, y) => {
                here = Pos2::new(x, y);
                points.push(here);
            }
            Piece::Curve([ax, ay, bx, by, x, y]) => {
                let (a, b, end) = (Pos2::new(ax, ay), Pos2::new(bx, by), Pos2::new(x, y));
                for step in 1..=STEPS {
                    let t = f32::from(step) / f32::from(STEPS);
                    let (p, q, r) = (here.lerp(a, t), a.lerp(b, t), b.lerp(end, t));
                    points.push(p.lerp(q, t).lerp(q.lerp(r, t), t));
                }
                here = end;
            }
        }
    }
    points
}

/// Twice the area that three points enclose; positive where they turn clockwise on the screen.
fn turn(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn inside(p: Pos2, [a, b, c]: [Pos2; 3]) -> bool {
    let (u, v, w) = (turn(a, b, p), turn(b, c, p), turn(c, a, p));
    u >= 0.0 && v >= 0.0 && w >= 0.0
}

/// Cuts off one corner after the other that no other point lies in ("ear clipping").
fn triangles(points: &[Pos2]) -> Vec<[u32; 3]> {
    let mut left: Vec<(u32, Pos2)> = (0..).zip(points.iter().copied()).collect();
    let area: f32 = left
        .iter()
        .zip(left.iter().cycle().skip(1))
        .map(|((_, a), (_, b))| a.x * b.y - b.x * a.y)
        .sum();
    if area < 0.0 {
        left.reverse();
    }
    let mut found = Vec::new();
    let mut at = 0;
    let mut refused = 0;
    while left.len() >= 3 && refused <= left.len() {
        let count = left.len();
        let corner = |offset: usize| left.get((at + offset) % count).copied();
        let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) else {
            break;
        };
        let ear = turn(a.1, b.1, c.1) > 0.0
            && !left.iter().any(|(index, point)| {
                ![a.0, b.0, c.0].contains(index) && inside(*point, [a.1, b.1, c.1])
            });
        if ear {
            found.push([a.0, b.0, c.0]);
        }
        // A corner without any area is dropped without a triangle.
        if ear || turn(a.1, b.1, c.1).abs() < 1e-6 {
            left.remove((at + 1) % count);
            refused = 0;
        } else {
            refused += 1;
        }
        at = (at + 1) % left.len().max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(outline: &Outline) -> f32 {
        let point = |index: &u32| {
            outline
                .points
                .get(*index as usize)
                .copied()
                .unwrap_or_default()
        };
        let area = |[a, b, c]: &[u32; 3]| turn(point(a), point(b), point(c)) / 2.0;
        outline.triangles.iter().map(area).sum()
    }

    #[test]
    fn a_dented_shape_is_filled_as_far_as_its_edge_and_no_further() {
        // An arrow head: a square of 10 with a dent that takes a quarter of it.
        let pieces = [(10.0, 0.0), (10.0, 10.0), (5.0, 5.0), (0.0, 10.0)];
        let lines: Vec<Piece> = pieces.iter().map(|p| Piece::Line(p.0, p.1)).collect();
        let outline = Outline::closed((0.0, 0.0), &lines);
        assert!((filled(&outline) - 75.0).abs() < 0.01, "{outline:?}");
        assert!((filled(&outline.mirrored()) - 75.0).abs() < 0.01);
    }

    #[test]
    fn a_half_is_mirrored_to_a_whole() {
        let outline = Outline::symmetric(
            (0.0, 0.0),
            &[
                Piece::Line(5.0, 0.0),
                Piece::Line(5.0, 2.0),
                Piece::Line(0.0, 2.0),
            ],
        );
        assert!((filled(&outline) - 20.0).abs() < 0.01);
        assert_eq!(outline.bounds().width(), 10.0);
    }

    #[test]
    fn what_has_no_area_or_crosses_itself_ends_too() {
        for corners in [
            vec![],
            vec![(0.0, 0.0)],
            vec![(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)],
            vec![(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)],
            vec![(f32::NAN, 0.0), (1.0, 1.0), (0.0, 2.0)],
        ] {
            let _ = Outline::rounded(&corners, 1.0);
        }
    }

    #[test]
    fn a_drawing_keeps_its_shape_in_any_room() {
        let drawing = Rect::from_min_max(Pos2::new(-80.0, -20.0), Pos2::new(80.0, 100.0));
        for size in [(320.0, 900.0), (900.0, 100.0), (0.0, 0.0)] {
            let room = Rect::from_min_size(Pos2::new(7.0, 9.0), Vec2::new(size.0, size.1));
            let place = Place::fit(drawing, room);
            let min = place.at(drawing.min.x, drawing.min.y);
            let max = place.at(drawing.max.x, drawing.max.y);
            assert!(room.expand(1.7).contains_rect(Rect::from_min_max(min, max)));
        }
    }
}
