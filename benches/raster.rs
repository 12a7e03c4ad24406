//! How long the rasterizer takes for the message popup: `benches/run.sh raster`.

use std::time::{Duration, Instant};

use barpop::popup::raster::{Raster, Scene, Target};
use barpop::popup::{fonts, theme::Theme};
use barpop::sms::view::{self, State};
use egui::epaint::ClippedPrimitive;
use egui::{Context, Pos2, RawInput, Rect, TexturesDelta, Vec2, ViewportId, vec2};
use jiff::tz::TimeZone;

#[path = "../tests/support/sms_samples.rs"]
mod sms_samples;

const TURNS: usize = 60;
/// What a screen of 60 frames a second leaves for one.
const WANTED: Duration = Duration::from_millis(16);

/// The popup, frame by frame.
struct Popup {
    ctx: Context,
    theme: Theme,
    store: sms_samples::Store,
    state: State,
    now: jiff::Timestamp,
    frames: u32,
}

impl Popup {
    fn new() -> Self {
        let now = jiff::Timestamp::now();
        let (ctx, theme) = (Context::default(), Theme::default());
        fonts::install_builtin(&ctx);
        theme.install(&ctx);
        Self {
            ctx,
            theme,
            store: sms_samples::everyday(now),
            state: State::in_zone(TimeZone::UTC),
            now,
            frames: 0,
        }
    }

    fn frame(&mut self, size: Vec2, scale: f32) -> (TexturesDelta, Vec<ClippedPrimitive>) {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            time: Some(f64::from(self.frames) / 30.0),
            ..RawInput::default()
        };
        self.frames += 1;
        let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
        viewport.native_pixels_per_point = Some(scale);
        let (state, store, now) = (&mut self.state, &mut self.store, self.now);
        let output = self.ctx.run_ui(input, |ui| {
            for command in view::ui(ui, &store.snapshot, state, now) {
                store.carry_out(command);
            }
        });
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        (output.textures_delta, primitives)
    }
}

/// The median time of a frame, all of it or what has changed in it.
fn time(size: Vec2, scale: f32, all: bool) -> Duration {
    let mut popup = Popup::new();
    let [width, height] = [size.x, size.y].map(|points| (points * scale) as u32);
    let mut raster = Raster::default();
    let mut pixels = vec![0; (width * height) as usize];
    let mut times = Vec::new();
    for turn in 0..TURNS + 10 {
        let (mut textures, primitives) = popup.frame(size, scale);
        raster.textures.set(&textures);
        textures.clear();
        if all {
            raster.forget();
        }
        let scene = Scene {
            primitives: &primitives,
            scale,
            ground: popup.theme.ground,
        };
        let target = Target {
            pixels: &mut pixels,
            width,
            height,
            age: u8::from(!all && turn > 0),
        };
        let begun = Instant::now();
        raster.paint(scene, target);
        // The first ones come with fonts and movements.
        if turn >= 10 {
            times.push(begun.elapsed());
        }
    }
    times.sort();
    times.get(TURNS / 2).copied().unwrap_or_default()
}

fn main() -> std::process::ExitCode {
    let mut fast = true;
    println!("| frame | ms |\n| --- | ---: |");
    for (name, size, scale, all) in [
        ("720 × 520, all of it", vec2(720.0, 520.0), 1.0, true),
        ("720 × 520, nothing new", vec2(720.0, 520.0), 1.0, false),
        ("3840 × 2160, all of it", vec2(1920.0, 1080.0), 2.0, true),
        ("3840 × 2160, nothing new", vec2(1920.0, 1080.0), 2.0, false),
    ] {
        let took = time(size, scale, all);
        fast &= took < WANTED;
        println!("| {name} | {:.2} |", took.as_secs_f64() * 1e3);
    }
    if fast {
        std::process::ExitCode::SUCCESS
    } else {
        println!("\nA frame takes longer than {WANTED:?}.");
        std::process::ExitCode::FAILURE
    }
}
