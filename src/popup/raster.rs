//! egui's meshes as pixels, drawn by the processor: what the software shell shows.
//!
//! The same picture as egui's own OpenGL painter: top-left fill rule on corners at 1/256 pixel,
//! premultiplied colours blended as they are stored (in gamma space), clip rectangles rounded to
//! whole pixels. A frame is cut into [`pieces`], each is listed in the [`tiles`] that it touches,
//! and only tiles whose list is another than in the frame before are drawn again.
//!
//! A pixel is `0xAARRGGBB`; on the screen the alpha means nothing.

pub mod blend;
pub mod pieces;
pub mod texture;
pub mod tiles;
pub mod triangle;

use std::collections::VecDeque;

use egui::{ClippedPrimitive, Color32};

use pieces::Pieces;
use texture::Textures;
use tiles::Tiles;

/// Pixels from the left upper edge on; `right` and `bottom` are the first ones outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// First column.
    pub left: i32,
    /// First row.
    pub top: i32,
    /// Behind the last column.
    pub right: i32,
    /// Behind the last row.
    pub bottom: i32,
}

impl Bounds {
    /// What both have.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// Whether no pixel is inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    /// Whether all of `other` is inside.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }
}

/// What is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// What egui made of its shapes.
    pub primitives: &'a [ClippedPrimitive],
    /// Pixels a point.
    pub scale: f32,
    /// What is behind everything.
    pub ground: Color32,
}

/// Where it is drawn.
#[derive(Debug)]
pub struct Target<'a> {
    /// Row by row, `width` × `height` of them.
    pub pixels: &'a mut [u32],
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// How many frames ago `pixels` was what is in it; 0: never.
    pub age: u8,
}

/// Frames that are remembered: a compositor may have two buffers in turn, or three.
const REMEMBERED: usize = 3;

/// Draws one window's frames.
#[derive(Debug, Default)]
pub struct Raster {
    /// The textures that egui has set.
    pub textures: Textures,
    pieces: Pieces,
    size: (u32, u32),
    /// The last frames' tiles, the newest first.
    past: VecDeque<Tiles>,
}

impl Raster {
    /// Draws a frame; what differs from the frame before, in rectangles that do not overlap.
    /// Without any, nothing has to be shown.
    pub fn paint(&mut self, scene: Scene<'_>, target: Target<'_>) -> Vec<Bounds> {
        let size = (target.width, target.height);
        if self.size != size {
            self.past.clear();
            self.size = size;
        }
        self.pieces.cut(scene, size, &self.textures);
        let spare = (self.past.len() >= REMEMBERED)
            .then(|| self.past.pop_back())
            .flatten();
        let mut tiles = spare.unwrap_or_default();
        tiles.list(&self.pieces, size);
        let damage = tiles.changed(self.past.front());
        if damage.is_empty() && !self.past.is_empty() {
            // It will not be shown, so the buffer must stay as old as it says it is.
            return damage;
        }
        let held = match target.age {
            0 => None,
            age => self.past.get(usize::from(age) - 1),
        };
        let ground = blend::opaque(scene.ground);
        tiles.draw(held, &self.pieces, &self.textures, ground, target);
        self.past.push_front(tiles);
        damage
    }

    /// The next frame is the first one of another window; textures stay.
    pub fn forget(&mut self) {
        self.past.clear();
    }

    /// Whether the last frame drawn had this size.
    #[must_use]
    pub fn has_drawn(&self, size: (u32, u32)) -> bool {
        self.size == size && !self.past.is_empty()
    }
}
