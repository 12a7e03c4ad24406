//! The window's pixels: drawn by the rasterizer, shown by softbuffer.

use std::num::NonZeroU32;
use std::sync::Arc;

use egui::{ClippedPrimitive, Color32, TexturesDelta};
use softbuffer::{Rect, SoftBufferError};
use winit::event_loop::OwnedDisplayHandle;
use winit::window::Window;

use crate::popup::raster::{Bounds, Raster, Scene, Target};

/// What a window shows.
pub struct Surface {
    surface: softbuffer::Surface<OwnedDisplayHandle, Arc<Window>>,
    size: (u32, u32),
}

/// A frame as egui made it.
pub struct Frame<'a> {
    /// Width and height in pixels.
    pub size: (u32, u32),
    pub primitives: &'a [ClippedPrimitive],
    /// Pixels a point.
    pub scale: f32,
    /// What is behind everything.
    pub ground: Color32,
    pub textures: &'a TexturesDelta,
}

impl Surface {
    /// The pixels of a window.
    ///
    /// # Errors
    /// Where the screen has another kind of pixels, or shared memory is not to be had.
    pub fn new(display: OwnedDisplayHandle, window: Arc<Window>) -> Result<Self, SoftBufferError> {
        let context = softbuffer::Context::new(display)?;
        Ok(Self {
            surface: softbuffer::Surface::new(&context, window)?,
            size: (0, 0),
        })
    }

    /// Gets memory for so many pixels; whether there are any.
    ///
    /// # Errors
    /// Where shared memory is not to be had.
    pub fn resize(&mut self, (width, height): (u32, u32)) -> Result<bool, SoftBufferError> {
        let Some((columns, rows)) = NonZeroU32::new(width).zip(NonZeroU32::new(height)) else {
            return Ok(false);
        };
        if self.size != (width, height) {
            self.surface.resize(columns, rows)?;
            self.size = (width, height);
        }
        Ok(true)
    }

    /// Draws a frame, and shows what is new in it.
    ///
    /// # Errors
    /// Where the display is gone.
    pub fn show(&mut self, raster: &mut Raster, frame: &Frame<'_>) -> Result<(), SoftBufferError> {
        raster.textures.set(frame.textures);
        let (width, height) = frame.size;
        if self.resize(frame.size)? {
            let window = Arc::clone(self.surface.window());
            let mut buffer = self.surface.buffer_mut()?;
            let scene = Scene {
                primitives: frame.primitives,
                scale: frame.scale,
                ground: frame.ground,
            };
            let age = buffer.age();
            let target = Target {
                pixels: &mut buffer,
                width,
                height,
                age,
            };
            let damage = raster.paint(scene, target);
            let damage: Vec<Rect> = damage.into_iter().filter_map(rect).collect();
            if !damage.is_empty() {
                // On Wayland the compositor is asked to say when the next frame is due, and hears
                // that with this one: asked without a frame, it never would.
                window.pre_present_notify();
                buffer.present_with_damage(&damage)?;
            }
        }
        raster.textures.free(frame.textures);
        Ok(())
    }

    /// Shows all of the last frame again, which the window system did not keep.
    ///
    /// # Errors
    /// Where the display is gone.
    pub fn again(&mut self, raster: &Raster) -> Result<(), SoftBufferError> {
        if raster.has_drawn(self.size) {
            let buffer = self.surface.buffer_mut()?;
            buffer.present()?;
        }
        Ok(())
    }
}

fn rect(bounds: Bounds) -> Option<Rect> {
    Some(Rect {
        x: u32::try_from(bounds.left).ok()?,
        y: u32::try_from(bounds.top).ok()?,
        width: NonZeroU32::new(u32::try_from(bounds.right - bounds.left).ok()?)?,
        height: NonZeroU32::new(u32::try_from(bounds.bottom - bounds.top).ok()?)?,
    })
}
