//! How late the pictures were, as bars: inline SVG, so that no script is needed.

use crate::shutter::snapshot::{Cause, Shot};
use crate::shutter::words::milliseconds;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 150.0;
/// For the words at the axis.
const LEFT: f64 = 52.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 18.0;
/// Later than that is worth a colour, milliseconds.
const LATE: f64 = 50.0;

/// What the template needs.
pub(super) struct Plot {
    pub words: String,
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub marks: Vec<Mark>,
    pub bars: Vec<Bar>,
    pub first: String,
    pub last: String,
}

/// A line across with its value.
pub(super) struct Mark {
    pub y: f64,
    pub words: String,
}

/// A picture.
pub(super) struct Bar {
    pub kind: &'static str,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub words: String,
}

impl Plot {
    /// Of the plan's pictures; one or two are no picture of anything.
    pub fn of(history: &[Shot]) -> Option<Self> {
        let shots: Vec<&Shot> = history
            .iter()
            .filter(|shot| shot.cause == Cause::Plan)
            .collect();
        let (first, last) = (shots.first()?, shots.last()?);
        if shots.len() < 3 {
            return None;
        }
        let most = shots.iter().map(|shot| shot.late_ms).fold(0.0, f64::max);
        let top = nice(most);
        let floor = HEIGHT - BOTTOM;
        let step = (WIDTH - LEFT) / shots.len() as f64;
        let bars = shots.iter().enumerate().map(|(number, shot)| {
            let late = shot.late_ms.max(0.0);
            // What is in time is a line at the floor, and not nothing.
            let height = (late / top * (floor - TOP)).max(1.5);
            let why = shot
                .problem
                .as_ref()
                .map(|problem| format!(": {problem}"))
                .unwrap_or_default();
            Bar {
                kind: match (&shot.problem, late > LATE) {
                    (Some(_), _) => "failed",
                    (None, true) => "late",
                    (None, false) => "fine",
                },
                x: round(LEFT + step * number as f64),
                y: round(floor - height),
                width: round((step - 1.0).clamp(1.0, 12.0)),
                height: round(height),
                words: format!("No. {}: {} late{why}", shot.number, milliseconds(late)),
            }
        });
        Some(Self {
            words: format!(
                "How late the last {} pictures were; the worst {}, the last {}.",
                shots.len(),
                milliseconds(most),
                milliseconds(last.late_ms)
            ),
            width: WIDTH,
            height: HEIGHT,
            left: LEFT,
            marks: [0.0, 0.5, 1.0]
                .map(|share| Mark {
                    y: round(floor - share * (floor - TOP)),
                    words: axis(top * share),
                })
                .into(),
            bars: bars.collect(),
            first: format!("No. {}", first.number),
            last: format!("No. {}", last.number),
        })
    }
}

/// The next of 1, 2, 5, 10, 20, 50, … milliseconds.
fn nice(most: f64) -> f64 {
    let steps = (0..8).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power)));
    steps.into_iter().find(|step| *step >= most).unwrap_or(most)
}

/// A nice number of milliseconds, or its half.
fn axis(value: f64) -> String {
    if value < 1000.0 {
        format!("{value} ms")
    } else {
        format!("{} s", value / 1000.0)
    }
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
