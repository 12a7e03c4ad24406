//! The rasterizer: what a person would see of a wrong pixel, and that only what has changed is
//! drawn again.
#![cfg(feature = "popup")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is amiss"
)]

#[path = "support/painter.rs"]
mod painter;
#[path = "support/sms_samples.rs"]
mod sms_samples;

use barpop::popup::raster::{Bounds, Raster, Scene, Target};
use barpop::popup::{fonts, theme::Scheme, theme::Theme};
use barpop::sms::view::{self, State};
use egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex, WHITE_UV};
use egui::{
    Color32, ColorImage, Context, Pos2, RawInput, Rect, TextureId, TextureOptions, Vec2, pos2, vec2,
};
use jiff::tz::TimeZone;
use painter::Painter;

const GROUND: Color32 = Color32::from_rgb(40, 80, 120);
const SIZE: u32 = 200;

/// A picture that is drawn again and again, as on a screen that keeps what was drawn.
struct Canvas {
    raster: Raster,
    pixels: Vec<u32>,
    frames: u8,
}

impl Canvas {
    fn new() -> Self {
        let mut raster = Raster::default();
        let white = ColorImage::filled([1, 1], Color32::WHITE);
        set(&mut raster, TextureId::default(), None, white);
        Self {
            raster,
            pixels: vec![0xdead; (SIZE * SIZE) as usize],
            frames: 0,
        }
    }

    fn paint(&mut self, meshes: Vec<(Rect, Mesh)>) -> Vec<Bounds> {
        let primitives: Vec<ClippedPrimitive> = meshes
            .into_iter()
            .map(|(clip_rect, mesh)| ClippedPrimitive {
                clip_rect,
                primitive: Primitive::Mesh(mesh),
            })
            .collect();
        let scene = Scene {
            primitives: &primitives,
            scale: 1.0,
            ground: GROUND,
        };
        let target = Target {
            pixels: &mut self.pixels,
            width: SIZE,
            height: SIZE,
            age: self.frames.min(1),
        };
        self.frames = 1;
        self.raster.paint(scene, target)
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let [_, red, green, blue] = self.pixels[(y * SIZE + x) as usize].to_be_bytes();
        [red, green, blue]
    }
}

fn set(raster: &mut Raster, id: TextureId, pos: Option<[usize; 2]>, image: ColorImage) {
    let options = TextureOptions::LINEAR;
    let delta = match pos {
        None => egui::epaint::ImageDelta::full(image, options),
        Some(pos) => egui::epaint::ImageDelta::partial(pos, image, options),
    };
    let mut deltas = egui::TexturesDelta::default();
    deltas.set.entry(id).or_default().push(delta);
    raster.textures.set(&deltas);
    deltas.clear();
}

fn everywhere() -> Rect {
    Rect::from_min_size(Pos2::ZERO, Vec2::splat(SIZE as f32))
}

fn rectangle(rect: Rect, colour: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect, colour);
    mesh
}

fn triangles(corners: &[Pos2], colour: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for (number, &pos) in corners.iter().enumerate() {
        mesh.vertices.push(Vertex {
            pos,
            uv: WHITE_UV,
            color: colour,
        });
        mesh.indices.push(number as u32);
    }
    mesh
}

#[test]
fn slices_of_a_translucent_shape_show_no_seams() {
    // Slices around a point, as shapes are filled; a pixel twice or never would show.
    let glass = Color32::from_rgba_premultiplied(60, 60, 60, 120);
    let middle = pos2(93.3, 101.7);
    let rim: Vec<Pos2> = (0..37_u8)
        .map(|n| middle + 90.0 * Vec2::angled(f32::from(n) * std::f32::consts::TAU / 37.0))
        .collect();
    let corners: Vec<Pos2> = rim
        .iter()
        .zip(rim.iter().cycle().skip(1))
        .flat_map(|(&a, &b)| [middle, a, b])
        .collect();
    let mut canvas = Canvas::new();
    canvas.paint(vec![(everywhere(), triangles(&corners, glass))]);
    let shape = [81, 102, 124];
    for y in 0..SIZE {
        for x in 0..SIZE {
            let seen = canvas.at(x, y);
            let far = (pos2(x as f32 + 0.5, y as f32 + 0.5) - middle).length();
            if far < 88.0 {
                assert_eq!(seen, shape, "at {x}, {y}");
            }
            assert!(
                seen == shape || seen == [40, 80, 120],
                "{seen:?} at {x}, {y}"
            );
        }
    }
}

#[test]
fn colours_are_blended_as_the_screen_has_them() {
    let cases = [
        (Color32::from_rgb(255, 0, 10), [255, 0, 10]),
        (Color32::TRANSPARENT, [40, 80, 120]),
        (Color32::from_rgba_premultiplied(0, 0, 0, 128), [20, 40, 60]),
        (
            Color32::from_rgba_premultiplied(128, 64, 0, 128),
            [148, 104, 60],
        ),
        (Color32::from_rgba_premultiplied(1, 1, 1, 1), [41, 81, 121]),
        // Light that is added, and stops at white.
        (
            Color32::from_rgba_premultiplied(250, 100, 0, 0),
            [255, 180, 120],
        ),
    ];
    let mut canvas = Canvas::new();
    for (colour, wanted) in cases {
        canvas.paint(vec![(everywhere(), rectangle(everywhere(), colour))]);
        assert_eq!(canvas.at(100, 100), wanted, "{colour:?} as a rectangle");
        let half = [pos2(0.0, 0.0), pos2(200.0, 0.0), pos2(0.0, 200.0)];
        canvas.paint(vec![(everywhere(), triangles(&half, colour))]);
        assert_eq!(canvas.at(50, 50), wanted, "{colour:?} as a triangle");
    }
}

#[test]
fn nothing_is_drawn_outside_of_a_clip_rectangle() {
    let clip = Rect::from_min_max(pos2(20.4, 30.6), pos2(60.5, 70.0));
    let mut canvas = Canvas::new();
    let everything = [
        pos2(-500.0, -500.0),
        pos2(900.0, -500.0),
        pos2(-500.0, 900.0),
    ];
    canvas.paint(vec![
        (clip, rectangle(everywhere(), Color32::WHITE)),
        (clip, triangles(&everything, Color32::WHITE)),
    ]);
    for y in 0..SIZE {
        for x in 0..SIZE {
            let inside = (20..61).contains(&x) && (31..70).contains(&y);
            assert_eq!(canvas.at(x, y) == [255; 3], inside, "at {x}, {y}");
        }
    }
    // Corners that are no numbers draw nothing, and break nothing.
    let nowhere = [
        pos2(f32::NAN, 0.0),
        pos2(f32::INFINITY, 9.0),
        pos2(0.0, 90.0),
    ];
    canvas.paint(vec![(everywhere(), triangles(&nowhere, Color32::WHITE))]);
}

#[test]
fn only_what_has_changed_is_drawn_and_shown() {
    let button = |left: f32, colour| {
        let rect = Rect::from_min_size(pos2(left, 150.0), vec2(20.0, 10.0));
        (everywhere(), rectangle(rect, colour))
    };
    let mut canvas = Canvas::new();
    let scene = || vec![button(10.0, Color32::RED), button(150.0, Color32::GREEN)];
    assert_eq!(canvas.paint(scene()).len(), 1, "all of it at first");
    let before = canvas.pixels.clone();
    assert_eq!(canvas.paint(scene()), [], "nothing");
    // What somebody else draws into the rest shows that the rest is left alone.
    canvas.pixels[0] = 0xbeef;
    let damage = canvas.paint(vec![
        button(10.0, Color32::BLUE),
        button(150.0, Color32::GREEN),
    ]);
    let [only] = damage[..] else {
        panic!("{damage:?}");
    };
    assert!(only.left <= 10 && only.right >= 30 && only.right < 150 && only.top > 100);
    assert_eq!(canvas.pixels[0], 0xbeef);
    assert_eq!(canvas.at(12, 152), [0, 0, 255]);
    assert_eq!(canvas.at(152, 152), [0, 255, 0]);
    // A button that is gone leaves the ground.
    canvas.paint(vec![button(150.0, Color32::GREEN)]);
    assert_eq!(canvas.at(12, 152), [40, 80, 120]);
    canvas.paint(scene());
    canvas.pixels[0] = before[0];
    assert_eq!(canvas.pixels, before);
}

#[test]
fn two_buffers_in_turn_never_show_an_old_frame() {
    // As a Wayland compositor has them: each buffer is two frames old when its turn comes.
    let mut raster = Canvas::new().raster;
    let mut buffers = [vec![0_u32; 40_000], vec![0_u32; 40_000]];
    for frame in 0..9_u8 {
        let rect = Rect::from_min_size(pos2(f32::from(frame) * 20.0, 40.0), vec2(15.0, 15.0));
        let primitives = [ClippedPrimitive {
            clip_rect: everywhere(),
            primitive: Primitive::Mesh(rectangle(rect, Color32::WHITE)),
        }];
        let scene = Scene {
            primitives: &primitives,
            scale: 1.0,
            ground: GROUND,
        };
        let pixels = &mut buffers[usize::from(frame % 2)];
        let age = if frame < 2 { 0 } else { 2 };
        let target = Target {
            pixels,
            width: SIZE,
            height: SIZE,
            age,
        };
        assert!(!raster.paint(scene, target).is_empty());
        let white = buffers[usize::from(frame % 2)]
            .iter()
            .filter(|&&pixel| pixel == 0xffff_ffff)
            .count();
        assert_eq!(white, 15 * 15, "frame {frame}");
    }
}

#[test]
fn a_part_of_a_texture_can_be_replaced() {
    let id = TextureId::Managed(7);
    let image = |size: [usize; 2], colour| ColorImage::filled(size, colour);
    let mut canvas = Canvas::new();
    set(&mut canvas.raster, id, None, image([16, 16], Color32::RED));
    let scene = || {
        let mut mesh = Mesh::with_texture(id);
        let rect = Rect::from_min_size(pos2(8.0, 8.0), Vec2::splat(16.0));
        let uv = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
        mesh.add_rect_with_uv(rect, uv, Color32::WHITE);
        vec![(everywhere(), mesh)]
    };
    canvas.paint(scene());
    assert_eq!(canvas.at(23, 23), [255, 0, 0]);
    let part = image([4, 2], Color32::GREEN);
    set(&mut canvas.raster, id, Some([3, 5]), part);
    assert!(!canvas.paint(scene()).is_empty(), "that is a change");
    for y in 0..16 {
        for x in 0..16 {
            let inside = (3..7).contains(&x) && (5..7).contains(&y);
            let wanted = if inside { [0, 255, 0] } else { [255, 0, 0] };
            assert_eq!(canvas.at(8 + x, 8 + y), wanted, "at {x}, {y}");
        }
    }
    // One that does not fit changes nothing.
    let part = image([4, 2], Color32::BLUE);
    set(&mut canvas.raster, id, Some([14, 15]), part);
    canvas.paint(scene());
    assert_eq!(canvas.at(23, 23), [255, 0, 0]);
    // Without its texture, nothing is drawn.
    let mut gone = egui::TexturesDelta::default();
    gone.free.insert(id);
    canvas.raster.textures.free(&gone);
    gone.clear();
    canvas.paint(scene());
    assert_eq!(canvas.at(16, 16), [40, 80, 120]);
}

/// The message popup, frame by frame as a shell has it.
struct Popup {
    ctx: Context,
    theme: Theme,
    store: sms_samples::Store,
    state: State,
    now: jiff::Timestamp,
    frames: u8,
}

impl Popup {
    fn new(scheme: Scheme) -> Self {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let ctx = Context::default();
        fonts::install_builtin(&ctx);
        let theme = Theme::of_scheme(scheme);
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

    fn frame(&mut self, size: Vec2, scale: f32) -> (egui::TexturesDelta, Vec<ClippedPrimitive>) {
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
            time: Some(f64::from(self.frames) / 30.0),
            ..RawInput::default()
        };
        self.frames += 1;
        let viewport = input.viewports.entry(egui::ViewportId::ROOT).or_default();
        viewport.native_pixels_per_point = Some(scale);
        let (state, store, now) = (&mut self.state, &mut self.store, self.now);
        let output = self.ctx.run_ui(input, |ui| {
            ui.ctx().set_missing_glyph_policy(Default::default());
            for command in view::ui(ui, &store.snapshot, state, now) {
                store.carry_out(command);
            }
        });
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        (output.textures_delta, primitives)
    }
}

/// The message popup, drawn by the rasterizer and pixel by pixel in fractions.
fn popup_both_ways(scale: f32, scheme: Scheme) -> (Vec<[u8; 3]>, Vec<[u8; 3]>) {
    let mut popup = Popup::new(scheme);
    let size = vec2(720.0, 520.0);
    let [width, height] = [size.x, size.y].map(|points| (points * scale) as u32);
    let mut painter = Painter::default();
    let mut raster = Raster::default();
    let mut pixels = vec![0; (width * height) as usize];
    let mut last = Vec::new();
    let ground = popup.theme.ground;
    for frame in 0..8_u8 {
        let (mut textures, primitives) = popup.frame(size, scale);
        raster.textures.set(&textures);
        painter.set(&textures);
        textures.clear();
        let scene = Scene {
            primitives: &primitives,
            scale,
            ground,
        };
        let target = Target {
            pixels: &mut pixels,
            width,
            height,
            age: frame.min(1),
        };
        raster.paint(scene, target);
        last = primitives;
    }
    let slow = painter.paint(&last, scale, [width, height], ground);
    let fast = pixels.iter().map(|pixel| {
        let [_, red, green, blue] = pixel.to_be_bytes();
        [red, green, blue]
    });
    (fast.collect(), slow)
}

#[test]
fn all_of_a_4k_screen_is_drawn_while_the_person_waits() {
    let mut popup = Popup::new(Scheme::Dark);
    let (width, height) = (3840, 2160);
    let mut raster = Raster::default();
    let mut pixels = vec![0; (width * height) as usize];
    let mut best = std::time::Duration::MAX;
    for _ in 0..12 {
        let (mut textures, primitives) = popup.frame(vec2(1920.0, 1080.0), 2.0);
        raster.textures.set(&textures);
        textures.clear();
        raster.forget();
        let begun = std::time::Instant::now();
        let scene = Scene {
            primitives: &primitives,
            scale: 2.0,
            ground: popup.theme.ground,
        };
        let target = Target {
            pixels: &mut pixels,
            width,
            height,
            age: 0,
        };
        raster.paint(scene, target);
        best = best.min(begun.elapsed());
    }
    println!("a full 4K frame: {best:?}");
    // Not optimised and on a busy machine; `make bench` is where milliseconds count.
    assert!(best.as_millis() < 2000, "{best:?}");
}

#[test]
fn a_popup_looks_as_arithmetic_says_at_any_scale() {
    for (scale, scheme) in [(1.0, Scheme::Dark), (1.25, Scheme::Light)] {
        let (fast, slow) = popup_both_ways(scale, scheme);
        let mut most = 0;
        let mut sum = 0_u64;
        for (one, other) in fast.iter().flatten().zip(slow.iter().flatten()) {
            let off = one.abs_diff(*other);
            most = most.max(off);
            sum += u64::from(off);
        }
        let mean = sum as f64 / (fast.len() * 3) as f64;
        assert!(
            most <= 3 && mean < 0.05,
            "scale {scale}: up to {most}, mean {mean:.4}"
        );
        let colours: std::collections::HashSet<_> = fast.iter().collect();
        assert!(colours.len() > 100, "it is empty");
    }
}
