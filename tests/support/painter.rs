//! egui's meshes drawn the slow way: each pixel of each triangle by itself, in fractions, with no
//! shortcut. What a faster painter is held against.

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, Primitive, Vertex};
use egui::{Color32, ImageData, TextureId, TexturesDelta};

#[derive(Default)]
pub struct Painter {
    textures: HashMap<TextureId, ([usize; 2], Vec<[f64; 4]>)>,
}

impl Painter {
    pub fn set(&mut self, delta: &TexturesDelta) {
        for (id, delta) in delta
            .set
            .iter()
            .flat_map(|(id, all)| all.iter().map(move |d| (id, d)))
        {
            let ImageData::Color(image) = &delta.image;
            let new: Vec<[f64; 4]> = image
                .pixels
                .iter()
                .map(|&colour| channels(colour))
                .collect();
            let Some([left, top]) = delta.pos else {
                self.textures.insert(*id, (image.size, new));
                continue;
            };
            let ([width, _], pixels) = self.textures.get_mut(id).unwrap();
            for (number, pixel) in new.into_iter().enumerate() {
                let (x, y) = (number % image.size[0], number / image.size[0]);
                pixels[(top + y) * *width + left + x] = pixel;
            }
        }
    }

    pub fn paint(
        &self,
        primitives: &[ClippedPrimitive],
        scale: f32,
        [width, height]: [u32; 2],
        ground: Color32,
    ) -> Vec<[u8; 3]> {
        let [red, green, blue, _] = channels(ground);
        let mut picture = vec![[red, green, blue]; (width * height) as usize];
        for clipped in primitives {
            let Primitive::Mesh(mesh) = &clipped.primitive else {
                panic!("views paint with shapes only");
            };
            let clip = [
                clipped.clip_rect.min.x,
                clipped.clip_rect.min.y,
                clipped.clip_rect.max.x,
                clipped.clip_rect.max.y,
            ]
            .map(|at| (f64::from(at * scale)).round());
            let (size, texture) = &self.textures[&mesh.texture_id];
            for corners in mesh.indices.chunks_exact(3) {
                let corners = [0, 1, 2].map(|n| mesh.vertices[corners[n] as usize]);
                let points = corners.map(|v: Vertex| {
                    [v.pos.x, v.pos.y].map(|at| (f64::from(at * scale) * 256.0).round() / 256.0)
                });
                let figures = corners.map(|v: Vertex| {
                    let [r, g, b, a] = channels(v.color);
                    [r, g, b, a, f64::from(v.uv.x), f64::from(v.uv.y)]
                });
                let low = |n: usize| points.iter().map(|p| p[n]).fold(f64::INFINITY, f64::min);
                let high = |n: usize| points.iter().map(|p| p[n]).fold(0.0, f64::max);
                let (left, top) = (low(0).max(clip[0]).max(0.0), low(1).max(clip[1]).max(0.0));
                let right = (high(0) + 1.0).min(clip[2]).min(f64::from(width));
                let bottom = (high(1) + 1.0).min(clip[3]).min(f64::from(height));
                for y in top as u32..bottom.max(0.0).ceil() as u32 {
                    for x in left as u32..right.max(0.0).ceil() as u32 {
                        let at = [f64::from(x) + 0.5, f64::from(y) + 0.5];
                        let out = at[0] > clip[2]
                            || at[1] > clip[3]
                            || at[0] < clip[0]
                            || at[1] < clip[1];
                        let Some(shares) = shares(points, at).filter(|_| !out) else {
                            continue;
                        };
                        let mixed =
                            |n: usize| (0..3).map(|c| figures[c][n] * shares[c]).sum::<f64>();
                        let place = [mixed(4) * size[0] as f64, mixed(5) * size[1] as f64];
                        let texel = sample(*size, texture, place);
                        let colour = [0, 1, 2, 3].map(|n| mixed(n) * texel[n] / 255.0);
                        let pixel = &mut picture[(y * width + x) as usize];
                        for (n, channel) in pixel.iter_mut().enumerate() {
                            let behind = *channel * (1.0 - colour[3] / 255.0);
                            *channel = (colour[n] + behind).round().clamp(0.0, 255.0);
                        }
                    }
                }
            }
        }
        picture
            .into_iter()
            .map(|pixel| pixel.map(|channel| channel as u8))
            .collect()
    }
}

fn channels(colour: Color32) -> [f64; 4] {
    colour.to_array().map(f64::from)
}

/// How much of a point each corner has; `None` outside.
fn shares([a, b, c]: [[f64; 2]; 3], at: [f64; 2]) -> Option<[f64; 3]> {
    let cross = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    let whole = cross(a, b, c);
    if whole == 0.0 {
        return None;
    }
    let turn = whole.signum();
    let edge = |p: [f64; 2], q: [f64; 2]| {
        let (share, across, down) = (
            cross(p, q, at) * turn,
            (p[1] - q[1]) * turn,
            (q[0] - p[0]) * turn,
        );
        let ours = across > 0.0 || (across == 0.0 && down > 0.0);
        (share > 0.0 || (share == 0.0 && ours)).then_some(share / whole.abs())
    };
    Some([edge(b, c)?, edge(c, a)?, edge(a, b)?])
}

fn sample([width, height]: [usize; 2], texture: &[[f64; 4]], [x, y]: [f64; 2]) -> [f64; 4] {
    let (x, y) = (x - 0.5, y - 0.5);
    let at = |x: f64, y: f64| {
        let column = x.clamp(0.0, width as f64 - 1.0) as usize;
        let row = y.clamp(0.0, height as f64 - 1.0) as usize;
        texture[row * width + column]
    };
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (x - left, y - top);
    [0, 1, 2, 3].map(|n| {
        let row = |y| at(left, y)[n] * (1.0 - across) + at(left + 1.0, y)[n] * across;
        row(top) * (1.0 - down) + row(top + 1.0) * down
    })
}
