//! The first frame, made before there is a window.
//!
//! Opening the display and making a window takes winit as long as the view takes to be laid out and
//! its letters to be drawn: both happen at the same time, on two threads. Where the window then has another size or
//! scale than was expected, the frame is made anew.

use std::io;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use egui::{
    ClippedPrimitive, Context, FullOutput, PlatformOutput, Pos2, RawInput, Rect, RichText,
    TexturesDelta, Vec2, ViewportBuilder, ViewportId,
};

use super::place::Spot;
use super::{Fonts, Options, Shown};
use crate::instance::Presence;
use crate::popup::raster::Raster;
use crate::popup::theme::{self, size};

/// What is being made on a thread of its own.
pub struct Ahead {
    place: Receiver<(Spot, ViewportBuilder)>,
    made: JoinHandle<Made>,
    /// What the window is called, and whether it is seen; of nothing, for a popup that is not to be
    /// shown yet.
    pub called: Option<(String, Presence)>,
}

/// What is ready when the window is.
pub struct Made {
    /// What draws, with the letters that it knows by now.
    pub raster: Raster,
    /// The topic, and its picture; none for a popup that is not to be shown yet.
    pub shown: Option<(Shown, Picture)>,
}

/// A frame that is laid out, and not drawn: the window's own pixels are drawn into, since a second
/// picture would have to find memory, and be copied.
pub struct Picture {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Pixels a point.
    pub scale: f32,
    /// What egui made of its shapes.
    pub primitives: Vec<ClippedPrimitive>,
    /// What else egui said with it.
    pub said: PlatformOutput,
}

impl Ahead {
    /// Finds where the window goes, gives egui its fonts, and draws: the topic in its future window,
    /// or letters alone.
    ///
    /// # Errors
    /// Where no thread can be had.
    pub fn start(
        ctx: &Context,
        fonts: Fonts,
        shown: Option<Shown>,
        options: &Options,
    ) -> io::Result<Self> {
        let called = shown
            .as_ref()
            .map(|shown| (shown.title.clone(), shown.presence.clone()));
        let (tell, place) = channel();
        let (ctx, options) = (ctx.clone(), options.clone());
        let make = move || {
            let spot = Spot::find(options.opening.at);
            let builder = spot.viewport(&options);
            let size = builder.inner_size.unwrap_or(options.size);
            let scale = spot.scale();
            // Nobody waits for it where no window can be had.
            let _ = tell.send((spot, builder));
            fonts.install(&ctx);
            let mut raster = Raster::default();
            let shown = match shown {
                Some(mut shown) => {
                    let picture = picture(&ctx, scale, size, &mut shown, &mut raster);
                    Some((shown, picture))
                }
                None => {
                    let mut textures = warm(&ctx, scale);
                    raster.textures.set(&textures);
                    textures.clear();
                    None
                }
            };
            Made { raster, shown }
        };
        let made = std::thread::Builder::new()
            .name("ready".into())
            .spawn(make)?;
        Ok(Self {
            place,
            made,
            called,
        })
    }

    /// Where the window goes, and what it is asked for with; known long before the rest.
    pub fn place(&self) -> Option<(Spot, ViewportBuilder)> {
        self.place.recv().ok()
    }

    /// Waits for the rest; `None` where a view of ours has panicked, and said so.
    pub fn finish(self) -> Option<Made> {
        self.made.join().ok()
    }
}

fn picture(
    ctx: &Context,
    scale: f32,
    points: Vec2,
    shown: &mut Shown,
    raster: &mut Raster,
) -> Picture {
    // As winit makes pixels of points.
    let pixels = |points: f32| (points * scale).round().max(1.0) as u32;
    let size = (pixels(points.x), pixels(points.y));
    let whole = Vec2::new(size.0 as f32, size.1 as f32) / scale;
    let mut output = pass(ctx, scale, Some(whole), |ui| shown.ui(ui));
    raster.textures.set(&output.textures_delta);
    // A copy of all letters, which is not wanted twice.
    output.textures_delta.set.clear();
    let primitives = ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point);
    raster.textures.free(&output.textures_delta);
    output.textures_delta.clear();
    Picture {
        size,
        scale,
        primitives,
        said: output.platform_output,
    }
}

/// Letters in the sizes that views have, drawn before anybody waits for them.
fn warm(ctx: &Context, scale: f32) -> TexturesDelta {
    let letters: String = ('0'..='9').chain('A'..='Z').chain('a'..='z').collect();
    let mut output = pass(ctx, scale, None, |ui| {
        let text = |points: f32| RichText::new(&letters).size(points);
        ui.label(text(size::SMALL));
        ui.label(text(size::BODY));
        ui.label(text(size::BODY).family(theme::bold()));
    });
    std::mem::take(&mut output.textures_delta)
}

fn pass(
    ctx: &Context,
    scale: f32,
    size: Option<Vec2>,
    draw: impl FnMut(&mut egui::Ui),
) -> FullOutput {
    let mut input = RawInput {
        time: Some(0.0),
        screen_rect: size.map(|size| Rect::from_min_size(Pos2::ZERO, size)),
        focused: true,
        ..RawInput::default()
    };
    let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
    viewport.native_pixels_per_point = Some(scale);
    viewport.focused = Some(true);
    ctx.run_ui(input, draw)
}
