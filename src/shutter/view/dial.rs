//! The big count-down: a ring that fills until the next picture, and the time in it.

use std::f32::consts::TAU;
use std::time::Duration;

use egui::{Align2, Color32, FontId, Painter, Pos2, Role, Sense, Shape, Stroke, Ui, Vec2};

use super::{Scene, bar, facts, words};
use crate::popup::controls::{one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size};
use crate::say;
use crate::shutter::cameras::{Camera, Standing};

const RING: f32 = 8.0;
/// What a line below the square takes.
const BELOW: f32 = 18.0;

/// What the dial shows.
struct Shown {
    big: String,
    below: String,
    /// How much of the ring is filled, 0 to 1.
    share: f32,
    icon: Icon,
}

/// Draws the dial in a square of `points`; what the number is stands below the square where it has
/// no room in it.
pub fn ui(ui: &mut Ui, points: f32, camera: &Camera, scene: &Scene<'_>) {
    let theme = scene.theme;
    let shown = shown(camera, scene);
    let radius = points / 2.0 - RING;
    let room = 2.0 * radius - 3.0 * RING;
    let small = FontId::proportional(size::SMALL);
    let inside = one_line(ui, &shown.below, small.clone(), theme.dim, room * 0.86);
    let has_room = !inside.elided;
    let height = if has_room { points } else { points + BELOW };
    let (rect, _) = ui.allocate_exact_size(Vec2::new(points, height), Sense::hover());
    let live = camera.is_online();
    let ink = if live {
        bar::ink(camera, &theme)
    } else {
        theme.dim
    };
    let centre = rect.center_top() + Vec2::new(0.0, points / 2.0);
    ring(ui.painter(), centre, radius, 1.0, theme.hover);
    ring(ui.painter(), centre, radius, shown.share, ink);
    let text = if live { theme.text } else { theme.dim };
    // The largest that has room: a day's count-down is longer than a second's.
    for points in [52.0, 44.0, 36.0, 30.0, 24.0, size::LARGE, size::TITLE] {
        let font = FontId::new(points, theme::bold());
        let galley = one_line(ui, &shown.big, font, text, room);
        if !galley.elided || points <= size::TITLE {
            put(ui.painter(), galley, centre, Align2::CENTER_CENTER);
            break;
        }
    }
    let at = Pos2::new(centre.x, centre.y - radius * 0.52);
    icons::paint(ui.painter(), shown.icon, at, 22.0, ink);
    if has_room {
        let at = Pos2::new(centre.x, centre.y + radius * 0.5);
        put(ui.painter(), inside, at, Align2::CENTER_CENTER);
    } else {
        let below = one_line(ui, &shown.below, small, theme.dim, ui.max_rect().width());
        put(
            ui.painter(),
            below,
            rect.center_bottom(),
            Align2::CENTER_BOTTOM,
        );
    }
    let said = format!("{} {}", shown.big, shown.below);
    facts::named(ui, rect, "dial", Role::Label, &said);
}

fn shown(camera: &Camera, scene: &Scene<'_>) -> Shown {
    let now = scene.now;
    let snapshot = camera.snapshot.as_deref();
    if !camera.is_online() {
        return Shown {
            big: "?".to_owned(),
            below: say!("shutter-dial-unknown"),
            share: 0.0,
            icon: Icon::NotThere,
        };
    }
    let share = |left: Duration, of: Duration| {
        let of = of.as_secs_f32();
        if of > 0.0 {
            (1.0 - left.as_secs_f32() / of).clamp(0.0, 1.0)
        } else {
            0.0
        }
    };
    if let (Some(left), Some(since), Some(until)) = (
        camera.exposing_for(now),
        snapshot.and_then(|s| s.exposing_since),
        snapshot.and_then(|s| s.exposing_until),
    ) && left >= Duration::from_millis(300)
    {
        return Shown {
            big: words::countdown(left),
            below: say!("shutter-dial-closes"),
            share: share(left, words::until(until, since)),
            icon: Icon::Exposing,
        };
    }
    if camera.standing() == Standing::Paused {
        return Shown {
            big: say!("shutter-dial-paused"),
            below: say!("shutter-dial-resumed"),
            share: 0.0,
            icon: Icon::Pause,
        };
    }
    let icon = match camera.standing() {
        Standing::Failing | Standing::NoRelease => Icon::Warning,
        _ => Icon::Camera,
    };
    let shots = snapshot.map_or(0, |snapshot| snapshot.shots);
    match camera.next_in(now) {
        Some(left) if left > Duration::ZERO => Shown {
            big: words::countdown(left),
            below: if shots == 0 {
                say!("shutter-dial-first")
            } else {
                say!("shutter-dial-next")
            },
            share: match snapshot.and_then(|s| s.interval) {
                Some(interval) if shots > 0 => share(left, interval),
                _ => 0.0,
            },
            icon,
        },
        Some(_) => Shown {
            big: say!("shutter-dial-now"),
            below: say!("shutter-dial-due"),
            share: 1.0,
            icon,
        },
        None => Shown {
            big: "–".to_owned(),
            below: say!("shutter-dial-nothing"),
            share: 0.0,
            icon,
        },
    }
}

fn ring(painter: &Painter, centre: Pos2, radius: f32, share: f32, ink: Color32) {
    if share <= 0.0 || radius <= 0.0 {
        return;
    }
    if share >= 1.0 {
        painter.circle_stroke(centre, radius, Stroke::new(RING, ink));
        return;
    }
    let steps = (share * 90.0).ceil().max(2.0) as usize;
    let points = (0..=steps).map(|step| {
        let angle = (step as f32 / steps as f32 * share - 0.25) * TAU;
        centre + radius * Vec2::angled(angle)
    });
    let points: Vec<Pos2> = points.collect();
    for end in [points.first(), points.last()].into_iter().flatten() {
        painter.circle_filled(*end, RING / 2.0, ink);
    }
    painter.add(Shape::line(points, Stroke::new(RING, ink)));
}
