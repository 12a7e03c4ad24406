//! Where it was lately, as an outline: no tiles, no network, north up.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo};

use super::spread::{GAP, length_m, middle};
use super::{Scene, words};
use crate::gnss::snapshot::TrackPoint;
use crate::gnss::units::{Units, duration};
use crate::popup::controls::{one_line, put};
use crate::popup::icons::Icon;
use crate::popup::plot::{palette, ticks};
use crate::popup::states::say;
use crate::popup::theme::{self, Theme, size, space};
use crate::say;

/// Noise of a receiver that does not move is not shown larger than this, metres.
const LEAST_M: f64 = 20.0;

/// Draws the page into `room`.
pub fn ui(ui: &mut Ui, room: Vec2, scene: &Scene<'_>) {
    let room = room.max(Vec2::new(0.0, 200.0));
    let (rect, response) = ui.allocate_exact_size(room, Sense::hover());
    let track = scene.snapshot.track.as_slice();
    let (Some(origin), Some(first), Some(last)) = (middle(track), track.first(), track.last())
    else {
        say(ui, rect, Icon::Place, &say!("gnss-way-empty"));
        return;
    };
    let way = words::distance(scene.units, length_m(track));
    let time = duration(last.at.since(first.at));
    let said = say!("gnss-way-in", way = way, time = time);
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Image, true, say!("gnss-way-spoken", way = &said))
    });
    let theme = scene.theme;
    ui.painter().rect_filled(rect, 4, theme.raised);
    let area = rect.shrink2(Vec2::new(space::XL, 34.0));
    let scale = Scale::fit(track, origin, area);
    grid(ui, rect, &scale, &theme);
    line(ui, track, &scale, &theme);
    marks(ui, track, &scale, scene);
    let font = FontId::proportional(size::BODY);
    let at = rect.left_top() + Vec2::new(space::S, space::XS);
    let words = one_line(ui, &said, font, scene.ink(), rect.width() - 60.0);
    put(ui.painter(), words, at, Align2::LEFT_TOP);
    north(ui, rect.right_top() + Vec2::new(-18.0, 22.0), &theme);
    bar(ui, rect, &scale, scene.units, &theme);
}

/// From metres around the origin to places.
struct Scale {
    origin: crate::gnss::fix::Position,
    /// Metres north and east of the origin that are in the middle.
    middle_m: (f64, f64),
    centre: Pos2,
    points_per_m: f64,
}

impl Scale {
    fn fit(track: &[TrackPoint], origin: crate::gnss::fix::Position, area: Rect) -> Self {
        let all = track.iter().map(|point| point.position.metres_from(origin));
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let (north, east) = all.fold((none, none), |(north, east), (n, e)| {
            (
                (north.0.min(n), north.1.max(n)),
                (east.0.min(e), east.1.max(e)),
            )
        });
        let high = (north.1 - north.0).max(LEAST_M);
        let wide = (east.1 - east.0).max(LEAST_M);
        let per_m = (f64::from(area.height()) / high).min(f64::from(area.width()) / wide);
        Self {
            origin,
            middle_m: ((north.0 + north.1) / 2.0, (east.0 + east.1) / 2.0),
            centre: area.center(),
            points_per_m: per_m.max(1e-9),
        }
    }

    fn at(&self, point: &TrackPoint) -> Pos2 {
        let (north, east) = point.position.metres_from(self.origin);
        let x = (east - self.middle_m.1) * self.points_per_m;
        let y = (north - self.middle_m.0) * self.points_per_m;
        self.centre + Vec2::new(x as f32, -y as f32)
    }
}

/// Squares as wide as the bar at the lower edge.
fn grid(ui: &Ui, rect: Rect, scale: &Scale, theme: &Theme) {
    let step = (bar_m(scale, Units::Metric).0 * scale.points_per_m) as f32;
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let stroke = Stroke::new(1.0, theme.line.gamma_multiply(0.6));
    let cells = (rect.width().max(rect.height()) / step.max(20.0)) as i32 + 1;
    for cell in -cells..=cells {
        let away = cell as f32 * step.max(20.0);
        painter.vline(scale.centre.x + away, rect.y_range(), stroke);
        painter.hline(rect.x_range(), scale.centre.y + away, stroke);
    }
}

/// The way, broken where nothing came for a while, without points that cannot be told apart.
fn line(ui: &Ui, track: &[TrackPoint], scale: &Scale, theme: &Theme) {
    let stroke = Stroke::new(2.0, palette::ink(theme, 0));
    let mut part: Vec<Pos2> = Vec::new();
    let mut before: Option<&TrackPoint> = None;
    let draw = |part: &mut Vec<Pos2>| match part.as_slice() {
        [] => {}
        [only] => {
            ui.painter().circle_filled(*only, 1.5, stroke.color);
            part.clear();
        }
        _ => {
            ui.painter().add(Shape::line(std::mem::take(part), stroke));
        }
    };
    for point in track {
        if before.is_some_and(|before| point.at.since(before.at) > GAP) {
            draw(&mut part);
        }
        before = Some(point);
        let at = scale.at(point);
        if part.last().is_none_or(|last| last.distance(at) >= 0.7) {
            part.push(at);
        }
    }
    draw(&mut part);
}

/// The beginning as a ring, the newest place as an arrow in the direction of travel.
fn marks(ui: &Ui, track: &[TrackPoint], scale: &Scale, scene: &Scene<'_>) {
    let theme = scene.theme;
    let (Some(first), Some(last)) = (track.first(), track.last()) else {
        return;
    };
    let painter = ui.painter();
    let (start, here) = (scale.at(first), scale.at(last));
    let ring = Stroke::new(2.0, theme.dim);
    painter.circle(start, 4.0, theme.raised, ring);
    let ink = if scene.is_fresh() {
        theme.accent_text
    } else {
        theme.dim
    };
    let moving = scene
        .fix()
        .filter(|fix| fix.speed_mps.is_some_and(|speed| speed > 0.5));
    match moving.and_then(|fix| fix.track_deg) {
        Some(track) => {
            let turn = egui::emath::Rot2::from_angle((track as f32).to_radians());
            let corners = [(0.0, -10.0), (7.0, 8.0), (0.0, 4.0), (-7.0, 8.0)];
            let corner = |at: usize| {
                let (x, y) = corners.get(at).copied().unwrap_or_default();
                here + turn * Vec2::new(x, y)
            };
            // Not convex as a whole: in two halves.
            for half in [[0, 1, 2], [0, 2, 3]] {
                let half = half.map(corner).to_vec();
                painter.add(Shape::convex_polygon(half, ink, Stroke::new(1.0, ink)));
            }
        }
        None => {
            painter.circle(here, 5.0, ink, Stroke::new(2.0, theme.ground));
        }
    }
    let font = FontId::proportional(size::SMALL);
    if start.distance(here) > 40.0 {
        let text = one_line(ui, &say!("gnss-way-start"), font.clone(), theme.dim, 60.0);
        put(
            painter,
            text,
            start + Vec2::new(7.0, 0.0),
            Align2::LEFT_CENTER,
        );
    }
    if !scene.is_fresh()
        && let Some(age) = scene.snapshot.age(scene.now)
    {
        let words = say!("gnss-ago", age = duration(age));
        let text = one_line(ui, &words, font, theme.warn, 90.0);
        put(
            painter,
            text,
            here + Vec2::new(9.0, 0.0),
            Align2::LEFT_CENTER,
        );
    }
}

fn north(ui: &Ui, at: Pos2, theme: &Theme) {
    let painter = ui.painter();
    let stroke = Stroke::new(1.5, theme.text);
    painter.line_segment([at + Vec2::new(0.0, 8.0), at - Vec2::new(0.0, 6.0)], stroke);
    let tip = at - Vec2::new(0.0, 8.0);
    let head = [tip, tip + Vec2::new(4.0, 6.0), tip + Vec2::new(-4.0, 6.0)];
    painter.add(Shape::convex_polygon(
        head.to_vec(),
        theme.text,
        Stroke::NONE,
    ));
    let bold = FontId::new(size::SMALL, theme::bold());
    let text = one_line(ui, &words::compass(0.0), bold, theme.text, 20.0);
    put(painter, text, at + Vec2::new(0.0, 8.0), Align2::CENTER_TOP);
}

/// A round length that is about a fifth of 400 points, in metres, and its words.
fn bar_m(scale: &Scale, units: Units) -> (f64, String) {
    let wanted_m = 90.0 / scale.points_per_m;
    let unit_m = match units {
        Units::Metric => 1.0,
        Units::Imperial if wanted_m < 400.0 => 0.3048,
        Units::Imperial => 1609.344,
        Units::Nautical if wanted_m < 400.0 => 1.0,
        Units::Nautical => 1852.0,
    };
    let metres = ticks::step(wanted_m / unit_m, 1.0) * unit_m;
    let words = match units {
        Units::Metric | Units::Nautical if metres < 1.0 => words::precise(units, metres),
        _ => words::distance(units, metres),
    };
    // Whatever the decimal mark.
    let words = words.replace(".0 ", " ").replace(",0 ", " ");
    (metres, words)
}

fn bar(ui: &Ui, rect: Rect, scale: &Scale, units: Units, theme: &Theme) {
    let (metres, words) = bar_m(scale, units);
    let width = (metres * scale.points_per_m) as f32;
    let left = rect.left_bottom() + Vec2::new(space::M, -space::M);
    let right = left + Vec2::new(width, 0.0);
    let painter = ui.painter();
    let stroke = Stroke::new(1.5, theme.text);
    painter.line_segment([left, right], stroke);
    for end in [left, right] {
        painter.line_segment([end, end - Vec2::new(0.0, 5.0)], stroke);
    }
    let font = FontId::proportional(size::SMALL);
    let text = one_line(ui, &words, font, theme.text, 120.0);
    put(
        painter,
        text,
        right + Vec2::new(6.0, 1.0),
        Align2::LEFT_BOTTOM,
    );
}
