//! The sky from below: north at the top, the horizon at the rim, the zenith in the middle.

use egui::{
    Align2, FontId, Id, Key, Modifiers, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo,
};

use super::{Scene, State, glyph, words};
use crate::gnss::satellite::{Satellite, Sky};
use crate::gnss::units::{duration, until_next};
use crate::popup::controls::{one_line, paragraph, put};
use crate::popup::theme::{Theme, size, space};
use crate::say;

/// Of a satellite's sign, in points.
const RADIUS: f32 = 5.0;

/// Draws the sky, `size` large.
pub fn ui(ui: &mut Ui, size: Vec2, sky: Option<&Sky>, state: &mut State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let old = scene.sky_age(state.setup.limits).is_some();
    let (rect, whole) = ui.allocate_exact_size(size, Sense::hover());
    let count = sky.map_or(0, |sky| sky.satellites.len());
    let label = say!("gnss-sky-spoken", count = count);
    whole.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, &label));
    let side = size.x.min(size.y).max(40.0);
    let top = Rect::from_center_size(
        Pos2::new(rect.center().x, rect.top() + side / 2.0),
        Vec2::splat(side),
    );
    let radius = side / 2.0 - 16.0;
    let letters = compass(ui, top.center(), radius, &theme);
    let placed: Vec<(Satellite, Pos2)> = sky
        .map(|sky| sky.satellites.as_slice())
        .unwrap_or_default()
        .iter()
        .filter_map(|one| Some((*one, at(one, top.center(), radius)?)))
        .collect();
    if let Some(sky) = sky {
        step(ui, sky, state);
    }
    let pointed = point(ui, &placed, state);
    labels(ui, &placed, letters, state, &theme);
    // The strongest last, so that it is on top.
    let mut order: Vec<_> = placed.iter().collect();
    order.sort_by(|a, b| {
        a.0.cn0_dbhz
            .unwrap_or(0.0)
            .total_cmp(&b.0.cn0_dbhz.unwrap_or(0.0))
    });
    for (one, at) in order {
        let ink = glyph::ink(&theme, one.cn0_dbhz.filter(|_| !old));
        glyph::paint(ui.painter(), *at, RADIUS, one, ink, &theme);
        if pointed == Some(one.id) || state.satellite == Some(one.id) {
            let ring = Stroke::new(1.5, theme.text);
            ui.painter().circle_stroke(*at, RADIUS + 4.0, ring);
        }
    }
    state.pointed = pointed;
}

/// Height of [`legend`] where it has one line.
pub const FOOT: f32 = 20.0;

/// The words for the satellite that is pointed at or chosen, and what the colours mean, in one
/// line where there is room for both; returns nothing and takes what it needs of `ui`.
pub fn foot(ui: &mut Ui, width: f32, sky: Option<&Sky>, state: &State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let chosen = state.pointed.or(state.satellite);
    let all = sky.map(|sky| sky.satellites.as_slice()).unwrap_or_default();
    let found = all.iter().find(|one| Some(one.id) == chosen);
    let (words, ink) = match (found, scene.sky_age(state.setup.limits)) {
        (Some(one), _) => (words::satellite(one), theme.text),
        (None, Some(age)) => {
            scene.again_in(until_next(age));
            (say!("gnss-sky-old", age = duration(age)), theme.warn)
        }
        (None, None) if all.is_empty() => (say!("gnss-no-satellites"), theme.dim),
        (None, None) => (say!("gnss-point-at"), theme.dim),
    };
    let legend_width = legend_width(ui, &theme);
    let beside = width > legend_width + 340.0;
    let room = if beside {
        width - legend_width - space::M
    } else {
        width
    };
    let font = FontId::proportional(size::SMALL);
    let galley = paragraph(ui, &words, font, ink, room);
    // Two lines' height at all times: what is below does not move.
    let height = if beside { FOOT } else { 36.0 + FOOT };
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let place = put(ui.painter(), galley, rect.left_top(), Align2::LEFT_TOP);
    ui.interact(place, ui.scope_id().with("words"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let place = if beside {
        rect.with_min_x(rect.right() - legend_width)
    } else {
        rect.with_min_y(rect.bottom() - FOOT)
    };
    legend(ui, place, &theme);
}

/// Width of [`legend`], in whatever language.
fn legend_width(ui: &Ui, theme: &Theme) -> f32 {
    let (low, high) = glyph::SIGNAL;
    let words = [
        format!("{low:.0}"),
        format!("{high:.0} dB-Hz"),
        say!("gnss-legend-used"),
        say!("gnss-legend-not"),
    ];
    let font = FontId::proportional(size::SMALL);
    let width = |words: &String| {
        one_line(ui, words, font.clone(), theme.dim, f32::INFINITY)
            .size()
            .x
    };
    words.iter().map(width).sum::<f32>() + 104.0
}

/// Where a satellite stands; `None` where the receiver does not tell, or below the horizon.
fn at(satellite: &Satellite, centre: Pos2, radius: f32) -> Option<Pos2> {
    let up = satellite.elevation_deg.filter(|&up| up >= 0.0)?;
    let around = satellite.azimuth_deg?.to_radians();
    let out = radius * (1.0 - up.min(90.0) / 90.0) as f32;
    Some(centre + out * Vec2::new(around.sin() as f32, -around.cos() as f32))
}

/// The rim and the directions; returns where their letters are.
fn compass(ui: &Ui, centre: Pos2, radius: f32, theme: &Theme) -> [Rect; 4] {
    let painter = ui.painter();
    painter.circle_filled(centre, radius, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    for share in [1.0, 2.0 / 3.0, 1.0 / 3.0] {
        painter.circle_stroke(centre, radius * share, line);
    }
    let ways = [
        (Vec2::new(0.0, -1.0), 0.0),
        (Vec2::new(1.0, 0.0), 90.0),
        (Vec2::new(0.0, 1.0), 180.0),
        (Vec2::new(-1.0, 0.0), 270.0),
    ];
    ways.map(|(way, degrees)| {
        painter.line_segment([centre, centre + radius * way], line);
        let bold = crate::popup::theme::bold();
        let ink = if degrees == 0.0 {
            theme.text
        } else {
            theme.dim
        };
        let letter = words::compass(degrees);
        let text = one_line(ui, &letter, FontId::new(size::SMALL, bold), ink, 20.0);
        let at = centre + (radius + 9.0) * way;
        put(painter, text, at, Align2::CENTER_CENTER)
    })
}

/// The arrows go from one satellite to the next.
fn step(ui: &Ui, sky: &Sky, state: &mut State) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let on = pressed(Key::ArrowRight);
    let back = pressed(Key::ArrowLeft);
    if !on && !back {
        return;
    }
    let all = &sky.satellites;
    let now = all.iter().position(|one| Some(one.id) == state.satellite);
    let next = match (now, on) {
        (None, true) => 0,
        (Some(now), true) => (now + 1) % all.len().max(1),
        (None | Some(0), false) => all.len().saturating_sub(1),
        (Some(now), false) => now - 1,
    };
    state.satellite = all.get(next).map(|one| one.id);
}

/// Makes each satellite something that can be pointed at; returns the one that is.
fn point(
    ui: &Ui,
    placed: &[(Satellite, Pos2)],
    state: &mut State,
) -> Option<crate::gnss::satellite::Id> {
    let base: Id = ui.scope_id().with("satellite");
    for (one, at) in placed {
        let place = Rect::from_center_size(*at, Vec2::splat(2.0 * RADIUS + 4.0));
        let response = ui.interact(place, base.with(one.id), Sense::hover());
        let chosen = state.satellite == Some(one.id);
        let said = words::satellite(one);
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &said));
    }
    // The nearest one, also where several lie over each other.
    let pointer = ui.input(|input| input.pointer.hover_pos())?;
    if !ui.clip_rect().contains(pointer) {
        return None;
    }
    let near = placed
        .iter()
        .map(|(one, at)| (one.id, at.distance(pointer)));
    let (id, _) = near
        .filter(|(_, far)| *far < 12.0)
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    if ui.input(|input| input.pointer.any_click()) {
        state.satellite = (state.satellite != Some(id)).then_some(id);
    }
    Some(id)
}

/// Numbers beside the signs, those of used satellites first, as long as none covers another.
fn labels(ui: &Ui, placed: &[(Satellite, Pos2)], letters: [Rect; 4], state: &State, theme: &Theme) {
    let mut taken: Vec<Rect> = placed
        .iter()
        .map(|(_, at)| Rect::from_center_size(*at, Vec2::splat(2.0 * RADIUS + 1.0)))
        .chain(letters)
        .collect();
    let mut order: Vec<_> = placed.iter().collect();
    order.sort_by_key(|(one, _)| {
        let chosen = state.satellite == Some(one.id);
        (!chosen, one.used != Some(true), !one.is_heard())
    });
    let font = FontId::proportional(size::SMALL);
    for (one, at) in order {
        let ink = if one.is_heard() {
            theme.text
        } else {
            theme.dim
        };
        let text = one_line(ui, &one.id.to_string(), font.clone(), ink, 40.0);
        // The line box is higher than its figures.
        let wanted = Vec2::new(text.size().x, 11.0);
        let gap = RADIUS + 2.0;
        let places = [
            (Vec2::new(gap, 0.0), Align2::LEFT_CENTER),
            (Vec2::new(-gap, 0.0), Align2::RIGHT_CENTER),
            (Vec2::new(0.0, gap), Align2::CENTER_TOP),
            (Vec2::new(0.0, -gap), Align2::CENTER_BOTTOM),
        ];
        for (away, align) in places {
            let place = align.anchor_size(*at + away, wanted);
            if taken.iter().any(|other| other.intersects(place)) {
                continue;
            }
            taken.push(place.expand(1.0));
            put(ui.painter(), text, place.center(), Align2::CENTER_CENTER);
            break;
        }
    }
}

/// What colour and filling mean; the shapes stand at the bars.
fn legend(ui: &Ui, rect: Rect, theme: &Theme) {
    let font = FontId::proportional(size::SMALL);
    let painter = ui.painter();
    let middle = rect.top() + 8.0;
    let mut x = rect.left();
    let say = |words: &str, x: &mut f32| {
        let text = one_line(ui, words, font.clone(), theme.dim, rect.right() - *x);
        *x = put(painter, text, Pos2::new(*x, middle), Align2::LEFT_CENTER).right() + 4.0;
    };
    let (low, high) = glyph::SIGNAL;
    say(&format!("{low:.0}"), &mut x);
    for step in 0..24_u8 {
        let share = f64::from(step) / 23.0;
        let ink = glyph::ink(theme, Some(low + share * (high - low)));
        let at = Pos2::new(x + f32::from(step) * 2.0, middle - 4.0);
        painter.rect_filled(Rect::from_min_size(at, Vec2::new(2.2, 8.0)), 0, ink);
    }
    x += 48.0 + 4.0;
    say(&format!("{high:.0} dB-Hz"), &mut x);
    x += space::S;
    let used = (true, say!("gnss-legend-used"));
    let unused = (false, say!("gnss-legend-not"));
    for (filled, words) in [used, unused] {
        let gps = crate::gnss::satellite::Constellation::Gps;
        if x + 30.0 > rect.right() {
            return;
        }
        glyph::shape(
            painter,
            Pos2::new(x + 4.0, middle),
            4.5,
            gps,
            theme.dim,
            filled,
            theme,
        );
        x += 12.0;
        say(&words, &mut x);
        x += 4.0;
    }
}
