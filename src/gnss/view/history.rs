//! Speed and altitude over time.

use egui::{Ui, Vec2};

use super::{Scene, words};
use crate::gnss::snapshot::TrackPoint;
use crate::popup::plot::{Plot, Point, Range, Series};
use crate::popup::theme::space;
use crate::say;

/// How much time a plot can have, seconds: the least that holds all there is.
const SPANS: [f64; 6] = [60.0, 300.0, 600.0, 900.0, 1800.0, 3600.0];
/// Nothing came for longer than this: the line is interrupted.
const GAP_SECS: f64 = 10.0;

/// Draws the page into `room`.
pub fn ui(ui: &mut Ui, room: Vec2, scene: &mut Scene<'_>) {
    let track = scene.snapshot.track.as_slice();
    let ago = |point: &TrackPoint| scene.now.since(point.at).as_secs_f64();
    let oldest = track.first().map_or(0.0, ago);
    let span_secs = SPANS.into_iter().find(|span| *span >= oldest);
    let span_secs = span_secs.unwrap_or(3600.0);
    let units = scene.units;
    let series = |value: &dyn Fn(&TrackPoint) -> Option<f64>| {
        let mut points: Vec<Point> = Vec::with_capacity(track.len());
        for point in track {
            let ago_secs = ago(point);
            let before = points.last().map(|before| before.ago_secs);
            if before.is_some_and(|before| before - ago_secs > GAP_SECS) {
                points.push(Point {
                    ago_secs,
                    value: f64::NAN,
                });
            }
            let value = value(point).unwrap_or(f64::NAN);
            points.push(Point { ago_secs, value });
        }
        points
    };
    let speed = series(&|point| Some(units.speed_in(point.speed_mps?).0));
    let height = series(&|point| Some(units.length_in(point.altitude_msl_m?).0));
    let each = Vec2::new(room.x, ((room.y - space::M) / 2.0).max(110.0));
    ui.spacing_mut().item_spacing.y = space::M;
    let (one_speed, speed_unit) = units.speed_in(1.0);
    let (one_metre, length_unit) = units.length_in(1.0);
    Plot {
        name: &say!("gnss-speed"),
        unit: speed_unit,
        words: &|value| words::speed(units, value / one_speed),
        span_secs,
        fresh_secs: FRESH_SECS,
        range: Range::Fit {
            least: 4.0,
            zero: true,
        },
        series: &[Series {
            name: "",
            points: &speed,
        }],
    }
    .ui(ui, each);
    Plot {
        name: &say!("gnss-altitude"),
        unit: length_unit,
        words: &|value| words::precise(units, value / one_metre),
        span_secs,
        fresh_secs: FRESH_SECS,
        range: Range::Fit {
            least: 10.0 * one_metre,
            zero: false,
        },
        series: &[Series {
            name: "",
            points: &height,
        }],
    }
    .ui(ui, each);
    // It moves along although nothing comes in: a point of the screen at a time is enough.
    let step = span_secs / f64::from(room.x.max(100.0));
    if !track.is_empty() && oldest < 3600.0 {
        scene.again_in(std::time::Duration::from_secs_f64(step.max(1.0)));
    }
}

/// A value that is older is told with its age.
const FRESH_SECS: f64 = 5.0;
