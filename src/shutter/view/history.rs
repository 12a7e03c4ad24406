//! The third page: how exactly the pictures came, and the last ones.

use egui::{Align2, FontId, Pos2, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::timer::scrolled;
use super::{Scene, State, facts, words};
use crate::popup::controls::{one_line, paragraph, put};
use crate::popup::icons::Icon;
use crate::popup::plot::{Plot, Point, Range, Series};
use crate::popup::states::say;
use crate::popup::theme::{size, space};
use crate::say;
use crate::shutter::cameras::Camera;
use crate::shutter::snapshot::{Cause, Shot, Snapshot};

/// More rows than anybody reads.
const ROWS: usize = 200;
/// Where a row's time begins, behind its number.
const INDENT: f32 = 52.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let cameras = scene.cameras;
    let Some(camera) = cameras.get(index) else {
        return;
    };
    let Some(snapshot) = camera.snapshot.as_deref() else {
        return;
    };
    if snapshot.history.is_empty() {
        say(ui, ui.max_rect(), Icon::Camera, &say!("shutter-no-history"));
        return;
    }
    scrolled(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        if let Some(jitter) = &snapshot.jitter_ms {
            let said = words::jitter(jitter, snapshot.shots);
            facts::sentence(ui, &said, size::BODY, scene.theme.text);
        }
        plot(ui, camera, snapshot, scene);
        let total = say!("shutter-total", count = snapshot.total);
        facts::sentence(ui, &total, size::SMALL, scene.theme.dim);
        for shot in snapshot.history.iter().rev().take(ROWS) {
            row(ui, shot, state, scene);
        }
    });
}

fn plot(ui: &mut Ui, camera: &Camera, snapshot: &Snapshot, scene: &Scene<'_>) {
    let now = camera.clock(scene.now);
    let points: Vec<Point> = snapshot
        .history
        .iter()
        .map(|shot| Point {
            ago_secs: now.duration_since(shot.at).as_secs_f64().max(0.0),
            value: shot.late_ms,
        })
        .collect();
    let oldest = points.first().map_or(60.0, |point| point.ago_secs);
    let size = Vec2::new(ui.available_width(), 120.0);
    Plot {
        name: &say!("shutter-lateness"),
        unit: "ms",
        words: &words::milliseconds,
        span_secs: oldest.clamp(10.0, 86_400.0 * 7.0) * 1.02,
        fresh_secs: f64::INFINITY,
        range: Range::Fit {
            least: 1.0,
            zero: true,
        },
        series: &[Series {
            name: "",
            points: &points,
        }],
    }
    .ui(ui, size);
}

fn row(ui: &mut Ui, shot: &Shot, state: &State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let width = ui.available_width();
    let problem = shot.problem.as_deref().map(words::foreign);
    let written = problem.as_deref().map(|problem| {
        let font = FontId::proportional(size::SMALL);
        paragraph(ui, problem, font, theme.error, width - INDENT)
    });
    let below = written.as_ref().map_or(0.0, |text| text.size().y);
    let height = 28.0 + below;
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let at = shot.at.to_zoned_datetime(state.zone.clone());
    let (time, day) = (at.strftime("%H:%M:%S").to_string(), words::day(&at));
    let mut parts = Vec::new();
    if shot.cause == Cause::Snap {
        parts.push(say!("shutter-single"));
    }
    if !shot.held.is_zero() {
        parts.push(say!("shutter-held", time = words::held(shot.held)));
    }
    let late = match shot.cause {
        Cause::Plan => say!("shutter-late", time = words::milliseconds(shot.late_ms)),
        Cause::Snap => String::new(),
    };
    let mut details = parts.clone();
    if shot.cause == Cause::Plan {
        let time = words::milliseconds(shot.late_ms);
        details.insert(0, say!("shutter-late-aloud", time = time));
    }
    details.push(
        problem
            .clone()
            .unwrap_or_else(|| say!("shutter-no-problem")),
    );
    let aloud = say!(
        "shutter-shot",
        number = shot.number,
        time = time.as_str(),
        details = details.join(", ")
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &aloud));
    let middle = rect.top() + 14.0;
    let font = FontId::proportional(size::BODY);
    let painter = ui.painter();
    let write = |words: &str, x: f32, ink, align| {
        let room = (rect.right() - x).max(0.0);
        let room = if align == Align2::RIGHT_CENTER {
            90.0
        } else {
            room
        };
        let text = one_line(ui, words, font.clone(), ink, room);
        put(painter, text, Pos2::new(x, middle), align)
    };
    write(
        &format!("{}", shot.number),
        rect.left() + 40.0,
        theme.dim,
        Align2::RIGHT_CENTER,
    );
    write(&time, rect.left() + INDENT, theme.text, Align2::LEFT_CENTER);
    let wide = width > 380.0;
    if wide {
        write(&day, rect.left() + 118.0, theme.dim, Align2::LEFT_CENTER);
    }
    let left = rect.left() + if wide { 176.0 } else { 118.0 };
    write(&parts.join(" · "), left, theme.dim, Align2::LEFT_CENTER);
    write(&late, rect.right(), theme.text, Align2::RIGHT_CENTER);
    if let Some(text) = written {
        let at = Pos2::new(rect.left() + INDENT, rect.top() + 25.0);
        put(painter, text, at, Align2::LEFT_TOP);
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
}
