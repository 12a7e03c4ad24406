//! Plots of values over time: axes with units, and the current values in words.
//!
//! The newest value is at the right edge, where the eye is. Several series in one plot differ by
//! colour and by how their line is broken, so that colour vision is not needed. Where the pointer
//! is, the values of that moment stand in place of the current ones.

pub mod palette;
mod thin;
pub mod ticks;

use egui::{
    Align2, FontId, Painter, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke, Ui, Vec2,
    WidgetInfo,
};

use self::thin::thin;
use self::ticks::{Ticks, ticks};
use super::controls::{one_line, put};
use super::theme::{self, Theme, size, space};
use crate::say;

/// A value and how long ago it was true.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Seconds before now, 0 or more.
    pub ago_secs: f64,
    /// The value in the plot's unit; one that is not finite interrupts the line.
    pub value: f64,
}

/// One line of a plot.
#[derive(Debug, Clone, Copy)]
pub struct Series<'a> {
    /// Its name; empty where it is the only one.
    pub name: &'a str,
    /// Oldest first; they need not be evenly spaced.
    pub points: &'a [Point],
}

/// Which values the vertical axis has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Range {
    /// These, whatever comes; what is beyond is drawn at the edge.
    Fixed {
        /// At the bottom.
        min: f64,
        /// At the top.
        max: f64,
    },
    /// As many as there are, but no fewer than `least`: noise is not to look like a mountain.
    Fit {
        /// The smallest height of the axis.
        least: f64,
        /// Whether zero is always on it.
        zero: bool,
    },
}

/// What a plot shows. All lengths of time are seconds.
pub struct Plot<'a> {
    /// What is plotted, like `Speed`.
    pub name: &'a str,
    /// The unit that the numbers at the axis have.
    pub unit: &'a str,
    /// A value with its unit, like `12.3 km/h`.
    pub words: &'a dyn Fn(f64) -> String,
    /// How much time the horizontal axis has.
    pub span_secs: f64,
    /// A newest value that is older than this is told with its age, and not as current.
    pub fresh_secs: f64,
    /// The vertical axis.
    pub range: Range,
    /// The lines; their order gives them their colours ([`palette::ink`]).
    pub series: &'a [Series<'a>],
}

const HEAD: f32 = 22.0;
/// What a second line in the head takes.
const SECOND: f32 = 16.0;
const FOOT: f32 = 18.0;
/// Between two lines of the grid, at least.
const GRID: f32 = 26.0;

impl Plot<'_> {
    /// Draws the plot in `size`, of which at least 120 × 80 points are needed to be of use.
    pub fn ui(&self, ui: &mut Ui, size: Vec2) -> Response {
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, self.in_words()));
        let theme = Theme::of(ui.ctx());
        let head = self.head_height(ui, rect.width());
        let ticks = self.vertical(((rect.height() - head - FOOT) / GRID).max(1.0));
        let font = FontId::proportional(size::SMALL);
        let labels: Vec<_> = ticks
            .values()
            .map(|value| {
                (
                    value,
                    one_line(ui, &ticks.label(value), font.clone(), theme.dim, 80.0),
                )
            })
            .collect();
        let widest = labels
            .iter()
            .map(|(_, text)| text.size().x)
            .fold(0.0, f32::max);
        let area = Rect::from_min_max(
            Pos2::new(rect.left() + widest + space::S, rect.top() + head),
            Pos2::new(rect.right() - 2.0, rect.bottom() - FOOT),
        );
        if area.width() < 16.0 || area.height() < 16.0 {
            return response;
        }
        let scale = Scale {
            area,
            span_secs: self.span_secs.max(f64::MIN_POSITIVE),
            ticks,
        };
        let painter = ui.painter();
        for (value, text) in labels {
            let y = scale.y(value);
            painter.hline(area.x_range(), y, Stroke::new(1.0, theme.line));
            let at = Pos2::new(area.left() - 6.0, y);
            put(painter, text, at, Align2::RIGHT_CENTER);
        }
        self.times(ui, &scale, &theme);
        let inner = painter.with_clip_rect(area.expand(2.0).intersect(painter.clip_rect()));
        for (index, series) in self.series.iter().enumerate() {
            let stroke = Stroke::new(1.6, palette::ink(&theme, index));
            for line in thin(series.points, |point| scale.at(point)) {
                draw_line(&inner, line, stroke, index);
            }
        }
        let pointed = response
            .hover_pos()
            .filter(|at| area.contains(*at))
            .map(|at| scale.ago(at.x));
        if let Some(ago) = pointed {
            let x = scale.x(ago);
            painter.vline(x, area.y_range(), Stroke::new(1.0, theme.dim));
        }
        self.head(ui, rect.with_max_y(area.top()), pointed, &scale, &theme);
        response
    }

    /// One line, or two where name and values have no room beside each other.
    fn head_height(&self, ui: &Ui, width: f32) -> f32 {
        let long = |text: &str| {
            let font = FontId::proportional(size::SMALL);
            let text = one_line(ui, text, font, egui::Color32::PLACEHOLDER, f32::INFINITY);
            text.size().x
        };
        let mut wanted = long(self.name) * 1.1 + 6.0 + long(self.unit) + space::S;
        for series in self.series {
            let (words, _) = self.value_words(series, newest(series.points), false);
            wanted += long(&words) + 6.0;
            if self.series.len() > 1 {
                wanted += 14.0 + space::M;
            }
        }
        if wanted > width { HEAD + SECOND } else { HEAD }
    }

    /// The name, and at the right the values: current ones, or those where the pointer is.
    fn head(&self, ui: &Ui, rect: Rect, pointed: Option<f64>, scale: &Scale, theme: &Theme) {
        let middle = rect.top() + 9.0;
        let bold = FontId::new(size::SMALL, theme::bold());
        let name = one_line(ui, self.name, bold, theme.text, rect.width() * 0.5);
        let place = put(
            ui.painter(),
            name,
            Pos2::new(rect.left(), middle),
            Align2::LEFT_CENTER,
        );
        let font = FontId::proportional(size::SMALL);
        let unit = one_line(ui, self.unit, font.clone(), theme.dim, rect.width() * 0.3);
        let at = Pos2::new(place.right() + 6.0, middle);
        let beside = put(ui.painter(), unit, at, Align2::LEFT_CENTER).right() + space::S;
        let two = rect.height() > HEAD;
        let (left, middle) = match two {
            true => (rect.left(), middle + SECOND),
            false => (beside, middle),
        };
        let mut right = rect.right();
        for (index, series) in self.series.iter().enumerate().rev() {
            let found = match pointed {
                Some(ago) => nearest(series.points, ago),
                None => newest(series.points),
            };
            let (words, ink) = self.value_words(series, found, pointed.is_some());
            let colour = if ink { theme.text } else { theme.dim };
            let text = one_line(ui, &words, font.clone(), colour, (right - left).max(0.0));
            let at = Pos2::new(right, middle);
            let place = put(ui.painter(), text, at, Align2::RIGHT_CENTER);
            right = place.left() - 6.0;
            if self.series.len() > 1 {
                let line = [Pos2::new(right - 14.0, middle), Pos2::new(right, middle)];
                let stroke = Stroke::new(2.0, palette::ink(theme, index));
                draw_line(ui.painter(), line.to_vec(), stroke, index);
                right -= 14.0 + space::M;
            }
            if let (Some(point), true) = (found, pointed.is_some()) {
                let ink = palette::ink(theme, index);
                ui.painter().circle_filled(scale.at(&point), 3.5, ink);
            }
        }
    }

    /// A series' value in words, and whether it is of now (or asked for).
    fn value_words(
        &self,
        series: &Series<'_>,
        found: Option<Point>,
        asked: bool,
    ) -> (String, bool) {
        let Some(point) = found else {
            return (format!("{} –", series.name).trim().to_owned(), false);
        };
        let value = format!("{} {}", series.name, (self.words)(point.value));
        let value = value.trim();
        let fresh = point.ago_secs <= self.fresh_secs;
        if fresh && !asked {
            return (value.to_owned(), true);
        }
        // Several series share their moment: it is at the axis.
        if self.series.len() > 1 {
            return (value.to_owned(), asked);
        }
        (
            say!(
                "popup-value-ago",
                value = value,
                time = ticks::time(point.ago_secs)
            ),
            asked,
        )
    }

    /// The whole plot for those who do not see it.
    fn in_words(&self) -> String {
        let told = self.series.iter().map(|series| {
            let (now, _) = self.value_words(series, newest(series.points), false);
            match bounds(std::slice::from_ref(series), self.span_secs) {
                Some((low, high)) => say!(
                    "popup-plot-between",
                    now = now,
                    low = (self.words)(low),
                    high = (self.words)(high)
                ),
                None => say!("popup-plot-none"),
            }
        });
        let told: Vec<String> = told.collect();
        say!(
            "popup-plot-over",
            name = self.name,
            span = ticks::time(self.span_secs),
            values = told.join("; ")
        )
    }

    fn vertical(&self, lines: f32) -> Ticks {
        let (min, max) = match self.range {
            Range::Fixed { min, max } => (min, max),
            Range::Fit { least, zero } => {
                let found = bounds(self.series, self.span_secs);
                let (mut low, mut high) = found.unwrap_or((0.0, 0.0));
                if zero {
                    (low, high) = (low.min(0.0), high.max(0.0));
                }
                let missing = (least - (high - low)).max(0.0);
                match zero && low == 0.0 {
                    true => (low, high + missing),
                    false => (low - missing / 2.0, high + missing / 2.0),
                }
            }
        };
        let fits = matches!(self.range, Range::Fit { .. });
        ticks(min, max, lines as usize, fits)
    }

    /// The times below: `now` at the right, and how long before.
    fn times(&self, ui: &Ui, scale: &Scale, theme: &Theme) {
        let font = FontId::proportional(size::SMALL);
        let y = scale.area.bottom() + 4.0;
        let painter = ui.painter();
        let mut free = scale.area.right() + 40.0;
        for ago in ticks::times(self.span_secs, (scale.area.width() / 64.0) as usize) {
            let x = scale.x(ago);
            if ago > 0.0 {
                let line = Stroke::new(1.0, theme.line.gamma_multiply(0.6));
                painter.vline(x, scale.area.y_range(), line);
            }
            let words = match ago {
                0.0 => say!("popup-now"),
                ago => format!("−{}", ticks::time(ago)),
            };
            let text = one_line(ui, &words, font.clone(), theme.dim, 80.0);
            let half = text.size().x / 2.0;
            let middle = x.clamp(
                scale.area.left() + half - 6.0,
                (scale.area.right() - half).max(scale.area.left() + half),
            );
            if middle + half + space::S > free {
                continue;
            }
            free = middle - half;
            put(painter, text, Pos2::new(middle, y), Align2::CENTER_TOP);
        }
    }
}

/// From values to places.
struct Scale {
    area: Rect,
    span_secs: f64,
    ticks: Ticks,
}

impl Scale {
    fn x(&self, ago_secs: f64) -> f32 {
        let share = (ago_secs / self.span_secs) as f32;
        self.area.right() - share * self.area.width()
    }

    fn ago(&self, x: f32) -> f64 {
        f64::from((self.area.right() - x) / self.area.width()) * self.span_secs
    }

    fn y(&self, value: f64) -> f32 {
        let height = (self.ticks.max - self.ticks.min).max(f64::MIN_POSITIVE);
        let share = ((value - self.ticks.min) / height).clamp(0.0, 1.0) as f32;
        egui::lerp(Rangef::new(self.area.bottom(), self.area.top()), share)
    }

    fn at(&self, point: &Point) -> Pos2 {
        Pos2::new(self.x(point.ago_secs), self.y(point.value))
    }
}

/// A line, broken in its own way for each series.
fn draw_line(painter: &Painter, points: Vec<Pos2>, stroke: Stroke, index: usize) {
    if let [only] = points.as_slice() {
        painter.circle_filled(*only, stroke.width, stroke.color);
        return;
    }
    match palette::dash(index) {
        None => {
            painter.add(Shape::line(points, stroke));
        }
        Some((dash, gap)) => {
            painter.extend(Shape::dashed_line(&points, stroke, dash, gap));
        }
    }
}

fn newest(points: &[Point]) -> Option<Point> {
    points
        .last()
        .copied()
        .filter(|point| point.value.is_finite())
}

/// The value at that moment: the nearest one in time.
fn nearest(points: &[Point], ago_secs: f64) -> Option<Point> {
    let finite = points.iter().filter(|point| point.value.is_finite());
    let far = |point: &Point| (point.ago_secs - ago_secs).abs();
    finite.min_by(|a, b| far(a).total_cmp(&far(b))).copied()
}

/// The least and the greatest value of the last `span_secs`.
fn bounds(series: &[Series<'_>], span_secs: f64) -> Option<(f64, f64)> {
    let points = series.iter().flat_map(|series| series.points);
    let seen = points.filter(|point| point.ago_secs <= span_secs && point.value.is_finite());
    seen.map(|point| (point.value, point.value))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(ago_secs: f64, value: f64) -> Point {
        Point { ago_secs, value }
    }

    fn plot<'a>(series: &'a [Series<'a>], range: Range) -> Plot<'a> {
        Plot {
            name: "Speed",
            unit: "km/h",
            words: &|value| format!("{value:.1} km/h"),
            span_secs: 60.0,
            fresh_secs: 5.0,
            range,
            series,
        }
    }

    const FIT: Range = Range::Fit {
        least: 1.0,
        zero: true,
    };

    #[test]
    fn a_plot_is_told_in_words_to_those_who_do_not_see_it() {
        let points = [point(90.0, 99.0), point(30.0, 4.0), point(1.0, 12.0)];
        let series = [Series {
            name: "",
            points: &points,
        }];
        assert_eq!(
            plot(&series, FIT).in_words(),
            "Speed over 1 min: 12.0 km/h, between 4.0 km/h and 12.0 km/h"
        );
        let old = [point(30.0, 4.0)];
        let series = [Series {
            name: "",
            points: &old,
        }];
        assert!(plot(&series, FIT).in_words().contains("4.0 km/h, 30 s ago"));
        let none = [Series {
            name: "",
            points: &[],
        }];
        assert_eq!(plot(&none, FIT).in_words(), "Speed over 1 min: no values");
    }

    #[test]
    fn noise_does_not_look_like_a_mountain() {
        let points = [point(2.0, 500.01), point(1.0, 500.02)];
        let series = [Series {
            name: "",
            points: &points,
        }];
        let range = Range::Fit {
            least: 10.0,
            zero: false,
        };
        let ticks = plot(&series, range).vertical(5.0);
        assert!(ticks.min <= 495.1 && ticks.max >= 505.0, "{ticks:?}");
        let fixed = Range::Fixed {
            min: -2.0,
            max: 2.0,
        };
        let ticks = plot(&series, fixed).vertical(5.0);
        assert_eq!((ticks.min, ticks.max), (-2.0, 2.0));
    }

    #[test]
    fn a_gap_is_no_value() {
        let points = [point(3.0, 1.0), point(2.0, f64::NAN), point(0.0, 2.0)];
        assert_eq!(nearest(&points, 2.1).map(|p| p.value), Some(1.0));
        let last = [point(1.0, 1.0), point(0.0, f64::NAN)];
        assert_eq!(newest(&last), None);
    }
}
