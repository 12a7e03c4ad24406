//! The signal of each satellite that is heard, by system.

use std::collections::BTreeMap;

use egui::{
    Align2, Color32, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::{Scene, State, glyph};
use crate::gnss::satellite::{Constellation, Satellite, Sky};
use crate::popup::controls::{one_line, put};
use crate::popup::theme::{self, Theme, size, space};
use crate::say;

/// The top of the axis, dB-Hz.
const TOP: f64 = 55.0;
/// Below the bars: a system's name, and how many of it are used and seen.
const CAPTION: f32 = 34.0;
/// Least and greatest width of a bar with its gap.
const PITCH: (f32, f32) = (3.5, 20.0);
const AXIS: f32 = 20.0;
/// Between two systems.
const GAP: f32 = 9.0;
/// A system's sign before its name.
const SIGN: f32 = 13.0;
const TITLE: f32 = 16.0;
/// A row with less height has nothing to say.
const ROW: f32 = 96.0;

struct Group<'a> {
    constellation: Constellation,
    heard: Vec<&'a Satellite>,
    seen: usize,
    used: Option<usize>,
    /// Its name, or the letter that satellites of it have, and their counts; how wide that is.
    caption: [String; 2],
    width: f32,
}

impl Group<'_> {
    fn width(&self, pitch: f32) -> f32 {
        (self.heard.len() as f32 * pitch).max(self.width)
    }
}

/// Height that the bars need in this width.
pub fn height(ui: &Ui, width: f32, sky: &Sky, least: f32) -> f32 {
    let rows = rows(&groups(ui, sky, Captions::Tight), width - AXIS).len();
    least.max(rows as f32 * 100.0 + TITLE)
}

/// Draws the bars, `size` large.
pub fn ui(ui: &mut Ui, size: Vec2, sky: &Sky, state: &mut State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let old = scene.sky_age(state.setup.limits).is_some();
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let width = rect.width() - AXIS;
    let mut groups = Vec::new();
    let mut counts = Vec::new();
    for captions in [Captions::Wide, Captions::Tight, Captions::Letters] {
        groups = self::groups(ui, sky, captions);
        counts = rows(&groups, width);
        if counts.len() as f32 * ROW <= rect.height() {
            break;
        }
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, in_words(&groups)));
    let font = FontId::proportional(size::SMALL);
    let title = one_line(ui, &say!("gnss-signal-axis"), font, theme.dim, rect.width());
    put(ui.painter(), title, rect.left_top(), Align2::LEFT_TOP);
    let rect = rect.with_min_y(rect.top() + TITLE);
    let mut groups = groups.as_slice();
    let height = rect.height() / counts.len().max(1) as f32;
    for (index, count) in counts.into_iter().enumerate() {
        let (row, rest) = groups.split_at(count.min(groups.len()));
        groups = rest;
        let top = rect.top() + index as f32 * height;
        let wanted = Vec2::new(rect.width(), height - 2.0);
        let place = Rect::from_min_size(Pos2::new(rect.left(), top), wanted);
        draw_row(ui, place, row, state, (old, &theme));
    }
}

/// How much room the captions take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Captions {
    /// `Galileo`, `3 of 5`.
    Wide,
    /// `Galileo`, `3/5`.
    Tight,
    /// `E`, `3/5`.
    Letters,
}

/// The satellites by system.
fn groups<'a>(ui: &Ui, sky: &'a Sky, captions: Captions) -> Vec<Group<'a>> {
    let mut all: BTreeMap<Constellation, Vec<&Satellite>> = BTreeMap::new();
    for one in &sky.satellites {
        all.entry(one.id.constellation).or_default().push(one);
    }
    all.into_iter()
        .map(|(constellation, all)| {
            let told = all.iter().any(|one| one.used.is_some());
            let used = all.iter().filter(|one| one.used == Some(true)).count();
            let used = told.then_some(used);
            let count = match used {
                Some(used) if captions == Captions::Wide => {
                    say!("gnss-used-of", used = used, seen = all.len())
                }
                Some(used) => format!("{used}/{}", all.len()),
                None => all.len().to_string(),
            };
            let name = match captions {
                Captions::Letters => constellation.letter().to_string(),
                _ => constellation.name().to_owned(),
            };
            let caption = [name, count];
            let width =
                |text: &str, font: FontId| one_line(ui, text, font, Color32::WHITE, 120.0).size().x;
            let [name, count] = &caption;
            let name = width(name, FontId::proportional(size::SMALL));
            let count = width(count, FontId::new(size::SMALL, theme::bold()));
            Group {
                constellation,
                seen: all.len(),
                used,
                width: name.max(count) + SIGN,
                caption,
                heard: all.into_iter().filter(|one| one.is_heard()).collect(),
            }
        })
        .collect()
}

fn in_words(groups: &[Group<'_>]) -> String {
    let told = groups.iter().map(|group| {
        let best = group
            .heard
            .iter()
            .filter_map(|one| one.cn0_dbhz)
            .fold(0.0, f64::max);
        let mut said = vec![say!("gnss-seen-spoken", count = group.seen)];
        said.extend(
            group
                .used
                .map(|used| say!("gnss-used-spoken", count = used)),
        );
        said.push(match group.heard.len() {
            0 => say!("gnss-none-heard-spoken"),
            heard => {
                let best = format!("{best:.0}");
                say!("gnss-heard-spoken", count = heard, best = best)
            }
        });
        format!("{}: {}", group.constellation.name(), said.join(", "))
    });
    let told: Vec<String> = told.collect();
    say!("gnss-signals", told = told.join("; "))
}

/// How many groups each row has, so that every bar has its least width.
fn rows(groups: &[Group<'_>], width: f32) -> Vec<usize> {
    let mut rows = vec![0];
    let mut filled = 0.0;
    for group in groups {
        let wanted = group.width(PITCH.0) + GAP;
        let count = rows.last_mut();
        match count {
            Some(count) if *count == 0 || filled + wanted <= width + GAP => {
                *count += 1;
                filled += wanted;
            }
            _ => {
                rows.push(1);
                filled = wanted;
            }
        }
    }
    rows
}

fn draw_row(
    ui: &Ui,
    rect: Rect,
    row: &[Group<'_>],
    state: &mut State,
    (old, theme): (bool, &Theme),
) {
    let font = FontId::proportional(size::SMALL);
    let area = Rect::from_min_max(
        Pos2::new(rect.left() + AXIS, rect.top() + 8.0),
        Pos2::new(rect.right(), rect.bottom() - CAPTION),
    );
    let y = |cn0: f64| area.bottom() - (cn0.clamp(0.0, TOP) / TOP) as f32 * area.height();
    let steps: &[f64] = if area.height() > 56.0 {
        &[0.0, 20.0, 40.0]
    } else {
        &[0.0, 40.0]
    };
    for &step in steps {
        let line = Stroke::new(1.0, theme.line);
        ui.painter().hline(area.x_range(), y(step), line);
        let text = one_line(ui, &format!("{step:.0}"), font.clone(), theme.dim, 20.0);
        let at = Pos2::new(area.left() - 4.0, y(step));
        put(ui.painter(), text, at, Align2::RIGHT_CENTER);
    }
    let gaps = GAP * row.len().saturating_sub(1) as f32;
    let needed = |pitch: f32| row.iter().map(|group| group.width(pitch)).sum::<f32>() + gaps;
    let mut pitch = PITCH.1;
    while pitch > PITCH.0 && needed(pitch) > area.width() {
        pitch -= 0.5;
    }
    let spare = (area.width() - needed(pitch)).max(0.0) / row.len().max(1) as f32;
    let mut left = area.left() + 2.0;
    for group in row {
        for (index, one) in group.heard.iter().enumerate() {
            let x = left + index as f32 * pitch;
            let width = (pitch - if pitch > 8.0 { 3.0 } else { 1.5 }).max(2.0);
            let top = y(one.cn0_dbhz.unwrap_or(0.0));
            let bar = Rect::from_min_max(Pos2::new(x, top), Pos2::new(x + width, area.bottom()));
            draw_bar(ui, bar, one, state, (old, theme));
        }
        caption(ui, Pos2::new(left, area.bottom() + 4.0), group, theme);
        left += group.width(pitch) + GAP + spare.min(space::XL);
    }
}

fn draw_bar(ui: &Ui, bar: Rect, one: &Satellite, state: &mut State, (old, theme): (bool, &Theme)) {
    let painter = ui.painter();
    let ink = glyph::ink(theme, one.cn0_dbhz.filter(|_| !old));
    if one.used == Some(false) {
        let stroke = Stroke::new(1.0, ink);
        painter.rect_stroke(bar, 1, stroke, StrokeKind::Inside);
    } else {
        painter.rect_filled(bar, 1, ink);
    }
    let column = bar
        .with_min_y(bar.bottom() - 80.0)
        .expand2(Vec2::new(1.0, 0.0));
    let pointer = ui.input(|input| input.pointer.hover_pos());
    let pointed = pointer.is_some_and(|at| column.contains(at) && ui.clip_rect().contains(at));
    if pointed {
        // Told where the sky tells it.
        state.pointed = Some(one.id);
        if ui.input(|input| input.pointer.any_click()) {
            state.satellite = (state.satellite != Some(one.id)).then_some(one.id);
        }
    }
    if state.pointed.or(state.satellite) == Some(one.id) {
        let ring = Stroke::new(1.5, theme.text);
        painter.rect_stroke(bar.expand(2.0), 2, ring, StrokeKind::Inside);
    }
}

fn caption(ui: &Ui, at: Pos2, group: &Group<'_>, theme: &Theme) {
    let painter = ui.painter();
    let font = FontId::proportional(size::SMALL);
    let sign = Pos2::new(at.x + 5.0, at.y + 7.0);
    glyph::shape(
        painter,
        sign,
        4.5,
        group.constellation,
        theme.dim,
        true,
        theme,
    );
    let [name, count] = &group.caption;
    let name = one_line(ui, name, font.clone(), theme.text, 90.0);
    let at = Pos2::new(at.x + SIGN, at.y + 7.0);
    put(painter, name, at, Align2::LEFT_CENTER);
    let bold = FontId::new(size::SMALL, theme::bold());
    let font = if group.used.is_some_and(|used| used > 0) {
        bold
    } else {
        font
    };
    let count = one_line(ui, count, font, theme.dim, 90.0);
    put(
        painter,
        count,
        at + Vec2::new(0.0, 15.0),
        Align2::LEFT_CENTER,
    );
}
