//! A frame, cut into what can be drawn in one go: rectangles, images, triangles.
//!
//! egui draws nearly everything as pairs of triangles that make an upright rectangle: glyphs,
//! icons, panels. Those are found again here, since a rectangle costs next to nothing.

use egui::epaint::{Mesh, Primitive, Vertex, WHITE_UV};
use egui::{Rect, TextureFilter, TextureId};

use super::texture::{Texture, Textures};
use super::triangle::{Corner, Edges, PARTS, Plane, Triangle, first_centre};
use super::{Bounds, Scene, blend};

/// How a piece is filled. Small, for there are thousands of them, and a first frame has to find
/// memory for all.
#[derive(Debug, Clone)]
pub enum Fill {
    /// A rectangle of one colour.
    Plain(u32),
    /// An upright image, its own pixels on the screen's: the first one's column and row in it.
    Copy(Image, [i32; 2]),
    /// An upright image, stretched: where the first pixel's centre is in it, and from pixel to
    /// pixel across and down.
    Stretch(Image, [f32; 2], [f32; 2]),
    /// A triangle of one colour.
    Even(Triangle, u32),
    /// A triangle with another colour at each corner.
    Fade(Triangle, [u32; 3]),
    /// A triangle of an image, which is rare.
    Shaped(Box<Shape>),
}

/// A triangle of an image.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Where it is.
    pub triangle: Triangle,
    /// Of which image.
    pub image: Image,
    /// What the image is multiplied with at each corner.
    pub tints: [u32; 3],
    /// Where each corner is in the image, in the image's own pixels.
    pub places: [[f32; 2]; 3],
}

/// A texture and what it is multiplied with.
#[derive(Debug, Clone, Copy)]
pub struct Image {
    /// Which one.
    pub texture: TextureId,
    /// For a [`Fill::Shaped`] one, its corners have the colours instead.
    pub tint: u32,
    /// What is between the texture's own pixels.
    pub filter: TextureFilter,
}

/// Something that is drawn in one go.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Nothing outside of these changes.
    pub bounds: Bounds,
    /// Two pieces with the same number look the same.
    pub look: u64,
    /// How.
    pub fill: Fill,
}

/// The pieces of a frame, from back to front.
#[derive(Debug, Default)]
pub struct Pieces {
    all: Vec<Piece>,
    corners: Vec<Corner>,
}

/// What concerns all triangles of a mesh.
struct Sheet<'a> {
    clip: Bounds,
    id: TextureId,
    texture: &'a Texture,
    /// Whether the texture's first pixel stands for no texture.
    white: bool,
    seed: u64,
}

impl Pieces {
    /// From back to front.
    #[must_use]
    pub fn all(&self) -> &[Piece] {
        &self.all
    }

    /// Cuts a frame; what was in here before is gone.
    pub fn cut(&mut self, scene: Scene<'_>, (width, height): (u32, u32), textures: &Textures) {
        self.all.clear();
        let triangles = scene
            .primitives
            .iter()
            .map(|clipped| match &clipped.primitive {
                Primitive::Mesh(mesh) => mesh.indices.len() / 3,
                Primitive::Callback(_) => 0,
            });
        // More than there will be; what is not written to costs nothing, and nothing is moved.
        self.all.reserve(triangles.sum());
        let screen = Bounds {
            left: 0,
            top: 0,
            right: width as i32,
            bottom: height as i32,
        };
        for clipped in scene.primitives {
            let Primitive::Mesh(mesh) = &clipped.primitive else {
                // Nobody draws with OpenGL of his own here.
                continue;
            };
            let clip = clip(clipped.clip_rect, scene.scale).and(screen);
            let Some(texture) = textures.get(mesh.texture_id) else {
                continue;
            };
            if clip.is_empty() {
                continue;
            }
            let id = mesh.texture_id;
            let sheet = Sheet {
                clip,
                id,
                texture,
                white: id == TextureId::default(),
                seed: texture.version,
            };
            self.mesh(mesh, &sheet, scene.scale);
        }
    }

    fn mesh(&mut self, mesh: &Mesh, sheet: &Sheet<'_>, scale: f32) {
        let mut corners = std::mem::take(&mut self.corners);
        corners.clear();
        corners.extend(mesh.vertices.iter().map(|vertex| corner(vertex, scale)));
        let of = |index: &u32| {
            let index = *index as usize;
            Some((*corners.get(index)?, mesh.vertices.get(index)?))
        };
        let mut rest = mesh.indices.as_slice();
        while let [a, b, c, behind @ ..] = rest {
            rest = behind;
            let (Some(a), Some(b), Some(c)) = (of(a), of(b), of(c)) else {
                continue;
            };
            if let [d, e, f, behind @ ..] = rest
                && let (Some(d), Some(e), Some(f)) = (of(d), of(e), of(f))
                && let Some(upright) = Upright::of([a, b, c, d, e, f])
                && self.upright(&upright, sheet)
            {
                rest = behind;
                continue;
            }
            self.triangle([a, b, c], sheet);
        }
        self.corners = corners;
    }

    /// A rectangle; `false` where it has to be drawn as the triangles that it is.
    fn upright(&mut self, found: &Upright<'_>, sheet: &Sheet<'_>) -> bool {
        let [left, top, right, bottom] = found.edges;
        let around = Bounds {
            left: first_centre(left),
            top: first_centre(top),
            right: first_centre(right),
            bottom: first_centre(bottom),
        };
        let bounds = around.and(sheet.clip);
        let tint = blend::pixel(found.vertex.color);
        let [[u_left, v_top], [u_right, v_bottom]] = found.uv;
        let plain = sheet.white && [u_left, v_top, u_right, v_bottom] == [0.0; 4];
        if bounds.is_empty() || (tint == 0) {
            return true;
        }
        let mut look = Look::new(sheet.seed, bounds);
        for edge in found.edges {
            look.add(edge as u64);
        }
        look.add(tint.into());
        let fill = if plain {
            Fill::Plain(tint)
        } else {
            for value in [u_left, v_top, u_right, v_bottom] {
                look.add(value.to_bits().into());
            }
            let size = [sheet.texture.width as f32, sheet.texture.height as f32];
            let length = |from: i64, to: i64| (to - from) as f32 / PARTS as f32;
            // The figures along one axis: at the first pixel drawn, and from pixel to pixel.
            let axis = |from: f32, to: f32, size: f32, near: i64, far: i64, first: i32| {
                let step = (to - from) * size / length(near, far);
                let ahead = (i64::from(first) * PARTS + PARTS / 2 - near) as f32 / PARTS as f32;
                (from * size + ahead * step, step)
            };
            let [width, height] = size;
            let (x, across) = axis(u_left, u_right, width, left, right, bounds.left);
            let (y, down) = axis(v_top, v_bottom, height, top, bottom, bounds.top);
            let filter = sheet.texture.filter(across.abs().max(down.abs()));
            let image = Image {
                texture: sheet.id,
                tint,
                filter,
            };
            let whole = |at: f32| (at - 0.5 - (at - 0.5).round()).abs() < 0.02;
            let same = (across - 1.0).abs() < 0.001 && (down - 1.0).abs() < 0.001;
            if same && whole(x) && whole(y) {
                Fill::Copy(image, [(x - 0.5).round() as i32, (y - 0.5).round() as i32])
            } else {
                Fill::Stretch(image, [x, y], [across, down])
            }
        };
        self.all.push(Piece {
            bounds,
            look: look.0,
            fill,
        });
        true
    }

    fn triangle(&mut self, points: [(Corner, &Vertex); 3], sheet: &Sheet<'_>) {
        let corners = points.map(|(corner, _)| corner);
        let vertices = points.map(|(_, vertex)| vertex);
        let Some((_, around)) = Edges::of(corners) else {
            return;
        };
        let bounds = around.and(sheet.clip);
        let colours = vertices.map(|vertex| blend::pixel(vertex.color));
        if bounds.is_empty() || colours == [0; 3] {
            return;
        }
        let mut look = Look::new(sheet.seed, bounds);
        for (corner, colour) in corners.iter().zip(colours) {
            look.add(corner[0] as u64 ^ (corner[1] as u64) << 32);
            look.add(colour.into());
        }
        let plain = sheet.white && vertices.iter().all(|vertex| vertex.uv == WHITE_UV);
        let [first, second, third] = colours;
        let triangle = Triangle::new(corners);
        let fill = if !plain {
            for vertex in vertices {
                look.add(u64::from(vertex.uv.x.to_bits()) << 32 | u64::from(vertex.uv.y.to_bits()));
            }
            let (width, height) = (sheet.texture.width as f32, sheet.texture.height as f32);
            let places = vertices.map(|v| [v.uv.x * width, v.uv.y * height]);
            let [x, y] = Plane::through(corners, places, bounds).across;
            let image = Image {
                texture: sheet.id,
                tint: 0,
                filter: sheet.texture.filter(x.hypot(y)),
            };
            Fill::Shaped(Box::new(Shape {
                triangle,
                image,
                tints: colours,
                places,
            }))
        } else if first == second && second == third {
            Fill::Even(triangle, first)
        } else {
            Fill::Fade(triangle, colours)
        };
        self.all.push(Piece {
            bounds,
            look: look.0,
            fill,
        });
    }
}

/// A clip rectangle in whole pixels, as egui's OpenGL painter rounds it.
fn clip(rect: Rect, scale: f32) -> Bounds {
    let pixel = |at: f32| (at * scale).round() as i32;
    Bounds {
        left: pixel(rect.min.x),
        top: pixel(rect.min.y),
        right: pixel(rect.max.x),
        bottom: pixel(rect.max.y),
    }
}

fn corner(vertex: &Vertex, scale: f32) -> Corner {
    // Far outside of any screen, where products of two still fit; no number is there, too.
    const FAR: f32 = 4e6;
    [vertex.pos.x, vertex.pos.y].map(|at| {
        let at = (at * scale).clamp(-FAR, FAR);
        (at * PARTS as f32).round() as i64
    })
}

/// Two triangles that make an upright rectangle of one colour.
struct Upright<'a> {
    /// Left, top, right, bottom.
    edges: [i64; 4],
    /// Places in the texture at the left upper and the right lower corner.
    uv: [[f32; 2]; 2],
    vertex: &'a Vertex,
}

impl<'a> Upright<'a> {
    fn of(points: [(Corner, &'a Vertex); 6]) -> Option<Self> {
        let [(first, vertex), ..] = points;
        let (mut left, mut top, mut right, mut bottom) = (first[0], first[1], first[0], first[1]);
        for ([x, y], other) in points {
            (left, right) = (left.min(x), right.max(x));
            (top, bottom) = (top.min(y), bottom.max(y));
            if other.color != vertex.color {
                return None;
            }
        }
        if left == right || top == bottom {
            return None;
        }
        let (mut near, mut far) = (None, None);
        // Which of the four corners each triangle has.
        let mut seen = [0_u8; 2];
        for (at, ([x, y], vertex)) in points.into_iter().enumerate() {
            let (is_left, is_top) = (x == left, y == top);
            if (!is_left && x != right) || (!is_top && y != bottom) {
                return None;
            }
            let corner = 1 << (u8::from(!is_left) | u8::from(!is_top) << 1);
            let [one, two] = &mut seen;
            *(if at < 3 { one } else { two }) |= corner;
            match corner {
                1 => near = Some(vertex.uv),
                8 => far = Some(vertex.uv),
                _ => {}
            }
        }
        // Each triangle lacks one corner, and the two that are lacking are opposite.
        let [one, two] = seen.map(|seen| 15 ^ seen);
        if !matches!((one, two), (1, 8) | (8, 1) | (2, 4) | (4, 2)) {
            return None;
        }
        let (near, far) = (near?, far?);
        let fits = |(corner, vertex): &(Corner, &Vertex)| {
            let u = if corner[0] == left { near.x } else { far.x };
            let v = if corner[1] == top { near.y } else { far.y };
            vertex.uv.x == u && vertex.uv.y == v
        };
        points.iter().all(fits).then_some(Self {
            edges: [left, top, right, bottom],
            uv: [[near.x, near.y], [far.x, far.y]],
            vertex,
        })
    }
}

/// A number for how a piece looks.
struct Look(u64);

impl Look {
    fn new(seed: u64, bounds: Bounds) -> Self {
        let mut look = Self(0x9e37_79b9_7f4a_7c15 ^ seed);
        for edge in [bounds.left, bounds.top, bounds.right, bounds.bottom] {
            look.add(edge as u64);
        }
        look
    }

    fn add(&mut self, value: u64) {
        self.0 = mix(self.0, value);
    }
}

/// Takes a value into a number that stands for many; their order counts.
#[inline]
#[must_use]
pub fn mix(number: u64, value: u64) -> u64 {
    let mixed = (number ^ value).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed ^ mixed >> 32).rotate_left(23)
}
