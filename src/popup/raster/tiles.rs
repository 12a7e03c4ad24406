//! The frame in tiles: which pieces touch each, which have changed, and drawing those.

use std::sync::Mutex;
use std::sync::PoisonError;

use egui::TextureFilter;

use super::pieces::{Fill, Image, Piece, Pieces, Shape, mix};
use super::texture::{Row, Textures, white};
use super::triangle::{Edges, Plane};
use super::{Bounds, Target, blend};

/// Columns of a tile.
const WIDTH: i32 = 64;
/// Rows of a tile, and of a band of tiles.
const HEIGHT: i32 = 32;

/// From this many pixels on, a second thread is worth its start: a tenth of a millisecond, of the two or
/// more that a popup's first picture takes.
const MANY: i64 = 150_000;

/// What each tile of a frame shows.
#[derive(Debug, Default)]
pub struct Tiles {
    columns: usize,
    /// A number for each tile's pieces, row by row.
    looks: Vec<u64>,
    /// For each band of tiles, the pieces that touch it, from back to front.
    bands: Vec<Vec<u32>>,
    size: (i32, i32),
}

impl Tiles {
    /// Lists the pieces of a new frame.
    pub fn list(&mut self, pieces: &Pieces, (width, height): (u32, u32)) {
        self.size = (width as i32, height as i32);
        let columns = width.div_ceil(WIDTH as u32) as usize;
        let rows = height.div_ceil(HEIGHT as u32) as usize;
        self.columns = columns;
        self.looks.clear();
        self.looks.resize(columns * rows, 0);
        self.bands.resize(rows, Vec::new());
        for band in &mut self.bands {
            band.clear();
        }
        for (number, piece) in pieces.all().iter().enumerate() {
            let Bounds {
                left,
                top,
                right,
                bottom,
            } = piece.bounds;
            let (first, last) = ((left / WIDTH) as usize, ((right - 1) / WIDTH) as usize);
            for row in (top / HEIGHT) as usize..=((bottom - 1) / HEIGHT) as usize {
                if let Some(band) = self.bands.get_mut(row) {
                    band.push(number as u32);
                }
                let start = row * columns;
                for look in self
                    .looks
                    .get_mut(start + first..=start + last)
                    .unwrap_or_default()
                {
                    *look = mix(*look, piece.look);
                }
            }
        }
    }

    /// Where this frame differs from `other`: everywhere, without one.
    #[must_use]
    pub fn changed(&self, other: Option<&Self>) -> Vec<Bounds> {
        let mut found: Vec<Bounds> = Vec::new();
        for row in 0..self.bands.len() {
            // A run that goes on where one of the row above ended makes it longer.
            let above = found.len();
            for run in self.runs(row, other) {
                let longer = found.iter_mut().take(above).find(|upper| {
                    (upper.left, upper.right, upper.bottom) == (run.left, run.right, run.top)
                });
                match longer {
                    Some(upper) => upper.bottom = run.bottom,
                    None => found.push(run),
                }
            }
        }
        found
    }

    /// The tiles of a band that differ, side by side ones as one.
    fn runs(&self, row: usize, other: Option<&Self>) -> Vec<Bounds> {
        let line = row * self.columns..(row + 1) * self.columns;
        let own = self.looks.get(line.clone()).unwrap_or_default();
        let other = other.and_then(|other| other.looks.get(line));
        let (width, height) = self.size;
        let top = row as i32 * HEIGHT;
        let mut runs: Vec<Bounds> = Vec::new();
        for (column, look) in own.iter().enumerate() {
            if other.is_some_and(|other| other.get(column) == Some(look)) {
                continue;
            }
            let left = column as i32 * WIDTH;
            let right = (left + WIDTH).min(width);
            match runs.last_mut() {
                Some(run) if run.right == left => run.right = right,
                _ => runs.push(Bounds {
                    left,
                    top,
                    right,
                    bottom: (top + HEIGHT).min(height),
                }),
            }
        }
        runs
    }

    /// Draws what differs from `held`, which is in the target already.
    pub fn draw(
        &self,
        held: Option<&Self>,
        pieces: &Pieces,
        textures: &Textures,
        ground: u32,
        target: Target<'_>,
    ) {
        let width = target.width.max(1) as usize;
        let mut work = Vec::new();
        let mut pixels = 0;
        let bands = target.pixels.chunks_mut(width * HEIGHT as usize);
        for (row, (rows, list)) in bands.zip(&self.bands).enumerate() {
            let runs = self.runs(row, held);
            for run in &runs {
                pixels += i64::from(run.right - run.left) * i64::from(run.bottom - run.top);
            }
            if !runs.is_empty() {
                work.push((rows, list, runs));
            }
        }
        let draw = |(rows, list, runs): (&mut [u32], &Vec<u32>, Vec<Bounds>)| {
            for run in runs {
                let mut canvas = Canvas {
                    pixels: &mut *rows,
                    width,
                    run,
                };
                canvas.draw(list, pieces, textures, ground);
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(4));
        if pixels < MANY || threads < 2 {
            work.into_iter().for_each(draw);
            return;
        }
        let work = Mutex::new(work);
        let share = || {
            loop {
                let next = work.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let Some(next) = next else { break };
                draw(next);
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads {
                scope.spawn(share);
            }
            share();
        });
    }
}

/// Side by side tiles that are drawn together.
struct Canvas<'a> {
    /// The band's rows, all of their columns.
    pixels: &'a mut [u32],
    width: usize,
    run: Bounds,
}

impl Canvas<'_> {
    fn draw(&mut self, list: &[u32], pieces: &Pieces, textures: &Textures, ground: u32) {
        let piece = |number: &u32| pieces.all().get(*number as usize);
        // What is behind a rectangle that covers everything is not drawn.
        let hides = |number: &u32| {
            piece(number).is_some_and(|piece| {
                matches!(piece.fill, Fill::Plain(colour) if colour >> 24 == 255)
                    && piece.bounds.covers(self.run)
            })
        };
        let front = match list.iter().rposition(hides) {
            Some(first) => list.get(first..).unwrap_or_default(),
            None => {
                self.plain(self.run, ground);
                list
            }
        };
        for piece in front.iter().filter_map(piece) {
            let bounds = piece.bounds.and(self.run);
            if !bounds.is_empty() {
                self.piece(piece, bounds, textures);
            }
        }
    }

    fn piece(&mut self, piece: &Piece, bounds: Bounds, textures: &Textures) {
        match &piece.fill {
            Fill::Plain(colour) => self.plain(bounds, *colour),
            Fill::Copy(image, [x, y]) => {
                let moved = (
                    bounds.left - piece.bounds.left,
                    bounds.top - piece.bounds.top,
                );
                self.copy(bounds, image, [x + moved.0, y + moved.1], textures);
            }
            Fill::Stretch(image, [x, y], [across, down]) => {
                let right = (bounds.left - piece.bounds.left) as f32;
                let below = (bounds.top - piece.bounds.top) as f32;
                let first = [x + across * right, y + down * below];
                self.stretch(bounds, image, first, [*across, *down], textures);
            }
            Fill::Even(triangle, colour) => {
                let Some((edges, _)) = Edges::of(triangle.corners()) else {
                    return;
                };
                for row in bounds.top..bounds.bottom {
                    blend::fill(self.inside(&edges, row, bounds).1, *colour);
                }
            }
            Fill::Fade(triangle, colours) => {
                let corners = triangle.corners();
                let Some((edges, _)) = Edges::of(corners) else {
                    return;
                };
                let plane = Plane::through(corners, colours.map(channels), piece.bounds);
                for row in bounds.top..bounds.bottom {
                    let (first, run) = self.inside(&edges, row, bounds);
                    blend::fade(run, plane.at(first, row), plane.across);
                }
            }
            Fill::Shaped(shape) => self.shaped(bounds, shape, piece.bounds, textures),
        }
    }

    /// A part of a row; nothing where it is not all inside.
    #[inline]
    fn row(&mut self, row: i32, left: i32, right: i32) -> &mut [u32] {
        let start = (row - self.run.top) as usize * self.width;
        self.pixels
            .get_mut(start + left as usize..start + right as usize)
            .unwrap_or_default()
    }

    /// The pixels of a row inside a triangle, and the first one's column.
    #[inline]
    fn inside(&mut self, edges: &Edges, row: i32, bounds: Bounds) -> (i32, &mut [u32]) {
        let (first, end) = edges.columns(row, bounds.left, bounds.right);
        (first, self.row(row, first, end))
    }

    fn plain(&mut self, bounds: Bounds, colour: u32) {
        for row in bounds.top..bounds.bottom {
            blend::fill(self.row(row, bounds.left, bounds.right), colour);
        }
    }

    fn copy(&mut self, bounds: Bounds, image: &Image, [x, y]: [i32; 2], textures: &Textures) {
        let Some(texture) = textures.get(image.texture) else {
            return;
        };
        let simple = !texture.additive && !blend::is_additive(image.tint);
        let length = (bounds.right - bounds.left) as usize;
        for row in bounds.top..bounds.bottom {
            let from = y + row - bounds.top;
            let Some(source) = texture.row(x, from, length) else {
                let first = [x as f32 + 0.5, from as f32 + 0.5];
                let one = Bounds {
                    top: row,
                    bottom: row + 1,
                    ..bounds
                };
                let near = Image {
                    filter: TextureFilter::Nearest,
                    ..*image
                };
                self.stretch(one, &near, first, [1.0, 1.0], textures);
                continue;
            };
            let run = self.row(row, bounds.left, bounds.right);
            match source {
                Row::White(shares) => {
                    let source = shares.iter().map(|&share| white(share));
                    lay(run, source, image.tint, simple);
                }
                Row::Colour(source) => lay(run, source.iter().copied(), image.tint, simple),
            }
        }
    }

    fn stretch(
        &mut self,
        bounds: Bounds,
        image: &Image,
        [x, y]: [f32; 2],
        [across, down]: [f32; 2],
        textures: &Textures,
    ) {
        let Some(texture) = textures.get(image.texture) else {
            return;
        };
        for row in bounds.top..bounds.bottom {
            let y = y + down * (row - bounds.top) as f32;
            let run = self.row(row, bounds.left, bounds.right);
            for (column, pixel) in run.iter_mut().enumerate() {
                let at = [x + across * column as f32, y];
                let source = texture.sample(image.filter, at);
                if source != 0 {
                    *pixel = blend::over_any(blend::times(image.tint, source), *pixel);
                }
            }
        }
    }

    fn shaped(&mut self, bounds: Bounds, shape: &Shape, whole: Bounds, textures: &Textures) {
        let image = &shape.image;
        let corners = shape.triangle.corners();
        let Some(((edges, _), texture)) = Edges::of(corners).zip(textures.get(image.texture))
        else {
            return;
        };
        let [a, b, c] = shape.tints.map(channels);
        let with = |[r, g, b, a]: [f32; 4], [x, y]: [f32; 2]| [r, g, b, a, x, y];
        let [at_a, at_b, at_c] = shape.places;
        let figures = [with(a, at_a), with(b, at_b), with(c, at_c)];
        let plane = Plane::through(corners, figures, whole);
        for row in bounds.top..bounds.bottom {
            let (first, run) = self.inside(&edges, row, bounds);
            for (column, pixel) in run.iter_mut().enumerate() {
                let [red, green, blue, alpha, x, y] = plane.at(first + column as i32, row);
                let channels = [alpha, red, green, blue];
                let tint = channels.map(|channel| channel.clamp(0.0, 255.0).round() as u8);
                let source = texture.sample(image.filter, [x, y]);
                let source = blend::times(u32::from_be_bytes(tint), source);
                *pixel = blend::over_any(source, *pixel);
            }
        }
    }
}

/// Red, green, blue and alpha of a colour, from 0 to 255.
fn channels(colour: u32) -> [f32; 4] {
    let [alpha, red, green, blue] = colour.to_be_bytes();
    [red, green, blue, alpha].map(f32::from)
}

/// Lays a row of an image over what is there.
#[inline]
fn lay(run: &mut [u32], source: impl Iterator<Item = u32>, tint: u32, simple: bool) {
    for (pixel, source) in run.iter_mut().zip(source) {
        // Most of a glyph's rectangle is empty.
        if source != 0 {
            let source = blend::times(tint, source);
            *pixel = if simple {
                blend::over(source, *pixel)
            } else {
                blend::over_any(source, *pixel)
            };
        }
    }
}
