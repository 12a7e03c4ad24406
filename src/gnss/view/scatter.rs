//! Recent positions around their mean: how sure the receiver can be when nobody moves.

use egui::{
    Align, Align2, Color32, FontId, Layout, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, UiBuilder,
    Vec2, WidgetInfo,
};

use super::fact::{fact, group, sentence};
use super::spread::{Spread, outline};
use super::{Scene, State, words};
use crate::gnss::command::Command;
use crate::gnss::units::duration;
use crate::popup::controls::{Weight, button, one_line, put};
use crate::popup::icons::Icon;
use crate::popup::plot::{palette, ticks};
use crate::popup::states::say;
use crate::popup::theme::{Theme, size, space};
use crate::say;

/// From this width on the words stand beside the plot.
const WIDE: f32 = 500.0;

/// Draws the page into a width of `room`.
pub fn ui(ui: &mut Ui, room: Vec2, state: &mut State, scene: &mut Scene<'_>) {
    let Some(spread) = Spread::of(&scene.snapshot.track) else {
        let rect = Rect::from_min_size(ui.cursor().min, room.max(Vec2::new(0.0, 120.0)));
        ui.allocate_rect(rect, Sense::hover());
        say(ui, rect, Icon::Place, &say!("gnss-scatter-empty"));
        return;
    };
    if room.x < WIDE {
        plot(ui, Vec2::splat(room.x.min(340.0)), &spread, scene);
        ui.add_space(space::S);
        numbers(ui, &spread, state, scene);
        return;
    }
    let side = room.y.clamp(220.0, room.x * 0.56);
    let origin = ui.cursor().min;
    let whole = Rect::from_min_size(origin, Vec2::new(room.x, side));
    ui.allocate_rect(whole, Sense::hover());
    let layout = Layout::top_down(Align::Min);
    let left = Rect::from_min_size(origin, Vec2::splat(side));
    let right = whole.with_min_x(left.right() + space::L);
    let builder = UiBuilder::new()
        .id_salt("plot")
        .max_rect(left)
        .layout(layout);
    ui.scope_builder(builder, |ui| plot(ui, Vec2::splat(side), &spread, scene));
    let builder = UiBuilder::new()
        .id_salt("words")
        .max_rect(right)
        .layout(layout);
    ui.scope_builder(builder, |ui| numbers(ui, &spread, state, scene));
}

fn numbers(ui: &mut Ui, spread: &Spread, state: &mut State, scene: &mut Scene<'_>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let units = scene.units;
    let length = |m: f64| words::precise(units, m);
    let count = spread.points.len();
    let time = duration(spread.span);
    group(ui, &say!("gnss-positions-in", count = count, time = time));
    ui.add_space(space::XS);
    if spread.moving {
        sentence(ui, &say!("gnss-moving"), ui.available_width());
        ui.add_space(space::XS);
    }
    let (half, most) = (Some(length(spread.half_m)), Some(length(spread.most_m)));
    fact(ui, &say!("gnss-half-within"), half, state, scene);
    fact(ui, &say!("gnss-most-within"), most, state, scene);
    let told = scene.fix().and_then(|fix| fix.error.ellipse);
    let ellipse = told.or(spread.ellipse).map(|e| {
        let (major, minor) = (length(e.major_m), length(e.minor_m));
        format!("{major} × {minor}, {}°", words::number(e.angle_deg, 0))
    });
    let whose = if told.is_some() {
        say!("gnss-error-ellipse")
    } else {
        say!("gnss-most-ellipse")
    };
    fact(ui, &whose, ellipse, state, scene);
    let error = scene.fix().and_then(|fix| fix.error.horizontal_m);
    let error = error.map(|m| format!("±{}", length(m)));
    fact(ui, &say!("gnss-receiver-says"), error, state, scene);
    ui.add_space(space::M);
    let over = say!("gnss-start-over");
    if button(ui, Some(Icon::Retry), &over, Weight::Plain)
        .on_hover_text(say!("gnss-start-over-hint"))
        .clicked()
    {
        scene.commands.push(Command::ClearTrack);
    }
}

/// Metres north and east to a place.
struct Scale {
    centre: Pos2,
    points_per_m: f32,
}

impl Scale {
    fn at(&self, (north, east): (f64, f64)) -> Pos2 {
        self.centre + self.points_per_m * Vec2::new(east as f32, -north as f32)
    }
}

fn plot(ui: &mut Ui, size: Vec2, spread: &Spread, scene: &Scene<'_>) {
    let theme = scene.theme;
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let said = say!(
        "gnss-spread-spoken",
        count = spread.points.len(),
        half = words::precise(scene.units, spread.half_m),
        most = words::precise(scene.units, spread.most_m)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    let area = rect.shrink(2.0);
    let last = spread.points.last().copied().unwrap_or_default();
    let ellipse = scene
        .fix()
        .and_then(|fix| fix.error.ellipse)
        .or(spread.ellipse);
    let reach = ellipse.map_or(0.0, |ellipse| ellipse.major_m);
    let far = spread.points.iter().map(|(n, e)| n.abs().max(e.abs()));
    let farthest = far.fold(spread.most_m * 1.15, f64::max);
    // A huge ellipse must not make a dot of the points.
    let extent = farthest.max(reach.min(farthest * 4.0)).max(0.05) * 1.1;
    let scale = Scale {
        centre: area.center(),
        points_per_m: area.width() / 2.0 / extent as f32,
    };
    let painter = ui.painter().with_clip_rect(area.intersect(ui.clip_rect()));
    painter.rect_filled(area, 4, theme.raised);
    grid(ui, area, &scale, extent, scene);
    let circle = |radius: f64, ink: Color32, dash: Option<(f32, f32)>| {
        let ring: Vec<Pos2> = outline(crate::gnss::fix::Ellipse {
            major_m: radius,
            minor_m: radius,
            angle_deg: 0.0,
        })
        .into_iter()
        .map(|at| scale.at(at))
        .collect();
        curve(&painter, ring, Stroke::new(1.5, ink), dash);
    };
    let count = spread.points.len() as f32;
    for (index, point) in spread.points.iter().enumerate() {
        // Older ones are paler.
        let share = 0.25 + 0.6 * (index as f32 / count);
        let ink = palette::ink(&theme, 0).gamma_multiply(share);
        painter.circle_filled(scale.at(*point), 2.0, ink);
    }
    circle(spread.half_m, palette::ink(&theme, 1), None);
    circle(spread.most_m, palette::ink(&theme, 1), Some((6.0, 4.0)));
    if let Some(ellipse) = ellipse {
        let told = scene.fix().is_some_and(|fix| fix.error.ellipse.is_some());
        let around = if told { last } else { (0.0, 0.0) };
        let corners = outline(ellipse).into_iter();
        let ring = corners.map(|(n, e)| scale.at((n + around.0, e + around.1)));
        let stroke = Stroke::new(1.5, palette::ink(&theme, 3));
        curve(&painter, ring.collect(), stroke, Some((2.0, 3.0)));
    }
    let ink = if scene.is_fresh() {
        theme.text
    } else {
        theme.dim
    };
    painter.circle_stroke(scale.at(last), 5.0, Stroke::new(2.0, ink));
    labels(ui, area, &scale, spread, &theme);
}

fn curve(painter: &egui::Painter, ring: Vec<Pos2>, stroke: Stroke, dash: Option<(f32, f32)>) {
    match dash {
        None => {
            painter.add(Shape::line(ring, stroke));
        }
        Some((dash, gap)) => {
            painter.extend(Shape::dashed_line(&ring, stroke, dash, gap));
        }
    }
}

/// Lines at round distances from the mean, with their numbers at the lower edge.
fn grid(ui: &Ui, area: Rect, scale: &Scale, extent_m: f64, scene: &Scene<'_>) {
    let theme = scene.theme;
    let (one, unit) = scene.units.length_in(1.0);
    let step = ticks::step(2.0 * extent_m * one, f64::from(area.width()) / 40.0);
    let axis = ticks::Ticks {
        min: -extent_m * one,
        max: extent_m * one,
        step,
    };
    let font = FontId::proportional(size::SMALL);
    let line = Stroke::new(1.0, theme.line);
    for value in axis.values() {
        let metres = value / one;
        let (x, y) = (scale.at((0.0, metres)).x, scale.at((metres, 0.0)).y);
        ui.painter().vline(x, area.y_range(), line);
        ui.painter().hline(area.x_range(), y, line);
        let label = match value == 0.0 {
            true => "0".to_owned(),
            false => format!("{} {unit}", axis.label(value)),
        };
        let text = one_line(ui, &label, font.clone(), theme.dim, 60.0);
        let half = text.size().x / 2.0;
        if x - half > area.left() + 2.0 && x + half < area.right() - 2.0 {
            let at = Pos2::new(x, area.bottom() - 2.0);
            put(ui.painter(), text, at, Align2::CENTER_BOTTOM);
        }
    }
    let bold = FontId::new(size::SMALL, crate::popup::theme::bold());
    let north = one_line(ui, &words::compass(0.0), bold, theme.text, 20.0);
    let at = Pos2::new(area.right() - 6.0, area.top() + 4.0);
    put(ui.painter(), north, at, Align2::RIGHT_TOP);
}

/// The circles' shares at their tops.
fn labels(ui: &Ui, area: Rect, scale: &Scale, spread: &Spread, theme: &Theme) {
    let mut taken: Option<Rect> = None;
    for (radius, words) in [(spread.most_m, "95 %"), (spread.half_m, "50 %")] {
        let font = FontId::proportional(size::SMALL);
        let text = one_line(ui, words, font, palette::ink(theme, 1), 40.0);
        let at = scale.at((radius, 0.0)) - Vec2::new(0.0, 1.0);
        let place = Align2::CENTER_BOTTOM.anchor_size(at, text.size());
        if !area.contains_rect(place) || taken.is_some_and(|other| other.intersects(place)) {
            continue;
        }
        taken = Some(place);
        let ground = theme.raised.gamma_multiply(0.8);
        ui.painter()
            .rect_filled(place.expand2(Vec2::new(2.0, -2.0)), 2, ground);
        put(ui.painter(), text, at, Align2::CENTER_BOTTOM);
    }
}
