//! ✕ ○ △ □, and the soft light around what is lit.

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use crate::ds4::controls::Button;

/// Draws a face button's sign, `radius` points from its middle to its edge.
pub fn sign(painter: &Painter, button: Button, centre: Pos2, radius: f32, colour: Color32) {
    let stroke = Stroke::new((radius * 0.30).max(1.2), colour);
    let at = |x: f32, y: f32| centre + Vec2::new(x, y) * radius;
    match button {
        Button::Cross => {
            painter.line_segment([at(-0.8, -0.8), at(0.8, 0.8)], stroke);
            painter.line_segment([at(0.8, -0.8), at(-0.8, 0.8)], stroke);
        }
        Button::Circle => {
            painter.circle_stroke(centre, radius * 0.95, stroke);
        }
        Button::Square => {
            let rect = Rect::from_center_size(centre, Vec2::splat(radius * 1.62));
            painter.rect_stroke(rect, 0, stroke, StrokeKind::Middle);
        }
        Button::Triangle => {
            let points = vec![at(0.0, -1.02), at(0.98, 0.66), at(-0.98, 0.66)];
            painter.add(Shape::closed_line(points, stroke));
        }
        _ => {}
    }
}

/// Light that fades out over an ellipse with these radii, in points.
pub fn halo(painter: &Painter, centre: Pos2, radii: Vec2, colour: Color32) {
    const AROUND: u32 = 40;
    // Fading in steps that grow smaller looks round; one step from full to nothing looks pointed.
    const RINGS: [(f32, f32); 4] = [(0.35, 0.62), (0.6, 0.28), (0.82, 0.08), (1.0, 0.0)];
    let mut mesh = Mesh::default();
    let mut vertex = |pos, color| {
        mesh.vertices.push(Vertex {
            pos,
            uv: WHITE_UV,
            color,
        });
    };
    vertex(centre, colour);
    for (share, strength) in RINGS {
        for step in 0..AROUND {
            let angle = std::f32::consts::TAU * step as f32 / AROUND as f32;
            let way = Vec2::new(angle.cos() * radii.x, angle.sin() * radii.y) * share;
            vertex(centre + way, colour.gamma_multiply(strength));
        }
    }
    for step in 0..AROUND {
        let next = (step + 1) % AROUND;
        mesh.add_triangle(0, 1 + step, 1 + next);
        for ring in 1..RINGS.len() as u32 {
            let (inner, outer) = (1 + (ring - 1) * AROUND, 1 + ring * AROUND);
            mesh.add_triangle(inner + step, outer + step, outer + next);
            mesh.add_triangle(inner + step, outer + next, inner + next);
        }
    }
    painter.add(Shape::mesh(mesh));
}
