//! Textures as egui sets them: whole, in part, and gone again.

use std::collections::HashMap;

use egui::epaint::ImageDelta;
use egui::{
    Color32, ImageData, TextureFilter, TextureId, TextureOptions, TextureWrapMode, TexturesDelta,
};

use super::blend;

/// One image.
#[derive(Debug, Clone, Default)]
pub struct Texture {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row.
    texels: Texels,
    /// How it is stretched and repeated.
    pub options: TextureOptions,
    /// Another number whenever anything in it has changed.
    pub version: u64,
    /// Whether it may hold light that is added.
    pub additive: bool,
}

/// Its pixels. The letters' texture grows to megabytes, which a start has to fill, and is white
/// but for emoji.
#[derive(Debug, Clone)]
enum Texels {
    /// White, by its share.
    White(Vec<u8>),
    Colour(Vec<u32>),
}

impl Default for Texels {
    fn default() -> Self {
        Self::White(Vec::new())
    }
}

/// A part of a row.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// White, by its share.
    White(&'a [u8]),
    /// Colours.
    Colour(&'a [u32]),
}

/// A pixel of white.
#[inline]
#[must_use]
pub fn white(share: u8) -> u32 {
    u32::from(share) * 0x0101_0101
}

fn is_white(colour: Color32) -> bool {
    let [red, green, blue, alpha] = colour.to_array();
    red == alpha && green == alpha && blue == alpha
}

impl Texture {
    /// The pixel at a column and row, which may be outside.
    #[inline]
    fn at(&self, x: i32, y: i32) -> u32 {
        let wrap = |v: i32, length: usize| {
            let length = length as i32;
            match self.options.wrap_mode {
                TextureWrapMode::ClampToEdge => v.clamp(0, length - 1),
                TextureWrapMode::Repeat => v.rem_euclid(length),
                TextureWrapMode::MirroredRepeat => {
                    let at = v.rem_euclid(2 * length);
                    at.min(2 * length - 1 - at)
                }
            }
        };
        if self.width == 0 || self.height == 0 {
            return 0;
        }
        let (x, y) = (wrap(x, self.width), wrap(y, self.height));
        let at = y as usize * self.width + x as usize;
        match &self.texels {
            Texels::White(shares) => shares.get(at).copied().map(white),
            Texels::Colour(pixels) => pixels.get(at).copied(),
        }
        .unwrap_or_default()
    }

    /// A part of a row, if all of it is inside.
    #[must_use]
    pub fn row(&self, x: i32, y: i32, length: usize) -> Option<Row<'_>> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        if y >= self.height || x + length > self.width {
            return None;
        }
        let start = y * self.width + x;
        let part = start..start + length;
        match &self.texels {
            Texels::White(shares) => shares.get(part).map(Row::White),
            Texels::Colour(pixels) => pixels.get(part).map(Row::Colour),
        }
    }

    /// How pixels between its own are found where `step` of its own pixels make one of the screen's.
    #[must_use]
    pub fn filter(&self, step: f32) -> TextureFilter {
        if step > 1.0 {
            self.options.minification
        } else {
            self.options.magnification
        }
    }

    /// The colour at a place given in the texture's own pixels, whose centres are at one half.
    #[inline]
    #[must_use]
    pub fn sample(&self, filter: TextureFilter, [x, y]: [f32; 2]) -> u32 {
        if filter == TextureFilter::Nearest {
            return self.at(x.floor() as i32, y.floor() as i32);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let share = |part: f32| (part * 256.0) as u32;
        let (across, down) = (share(x - left), share(y - top));
        let (left, top) = (left as i32, top as i32);
        let row = |y| blend::between(self.at(left, y), self.at(left + 1, y), across);
        blend::between(row(top), row(top + 1), down)
    }
}

/// All textures of a window.
#[derive(Debug, Default)]
pub struct Textures {
    all: HashMap<TextureId, Texture>,
    versions: u64,
}

impl Textures {
    /// Takes in what is new before a frame is drawn.
    pub fn set(&mut self, delta: &TexturesDelta) {
        for (id, deltas) in &delta.set {
            for delta in deltas {
                self.set_one(*id, delta);
            }
        }
    }

    fn set_one(&mut self, id: TextureId, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        self.versions += 1;
        let texture = self.all.entry(id).or_default();
        texture.version = self.versions;
        texture.options = delta.options;
        let (new, white) = (&image.pixels, image.pixels.iter().all(|&new| is_white(new)));
        let additive = || {
            let mut colours = new.iter();
            colours.any(|&colour| blend::is_additive(blend::pixel(colour)))
        };
        let Some(place) = delta.pos else {
            texture.width = width;
            texture.height = height;
            texture.additive = !white && additive();
            texture.texels = if white {
                Texels::White(new.iter().map(Color32::a).collect())
            } else {
                Texels::Colour(new.iter().map(|&colour| blend::pixel(colour)).collect())
            };
            return;
        };
        texture.additive |= !white && additive();
        if !white && let Texels::White(shares) = &texture.texels {
            let colours = shares.iter().map(|&share| self::white(share)).collect();
            texture.texels = Texels::Colour(colours);
        }
        let whole = texture.width;
        match &mut texture.texels {
            Texels::White(shares) => put(shares, whole, place, new, width, Color32::a),
            Texels::Colour(pixels) => {
                put(pixels, whole, place, new, width, |&colour| {
                    blend::pixel(colour)
                });
            }
        }
    }

    /// Drops what is no longer needed once the frame is drawn.
    pub fn free(&mut self, delta: &TexturesDelta) {
        for id in &delta.free {
            self.all.remove(id);
        }
    }

    /// The texture of that name.
    #[must_use]
    pub fn get(&self, id: TextureId) -> Option<&Texture> {
        self.all.get(&id)
    }
}

/// Puts rows of `width` pixels into rows of `whole`; nothing where they do not fit.
fn put<T>(
    into: &mut [T],
    whole: usize,
    [x, y]: [usize; 2],
    new: &[Color32],
    width: usize,
    texel: impl Fn(&Color32) -> T,
) {
    if x + width > whole || width == 0 {
        return;
    }
    let rows = into.chunks_exact_mut(whole).skip(y);
    for (row, new) in rows.zip(new.chunks_exact(width)) {
        for (there, colour) in row.iter_mut().skip(x).zip(new) {
            *there = texel(colour);
        }
    }
}
