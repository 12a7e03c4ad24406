//! All satellites in numbers: which, where, how strong, and whether the position is made with it.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::numbers::WIDE;
use super::{Scene, State, glyph, words};
use crate::gnss::satellite::{Satellite, Sky};
use crate::popup::controls::{one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size, space};
use crate::say;

/// Height of a row, in points.
const ROW: f32 = 22.0;
/// Where the numbers end, as a share of a row.
const ENDS: [f32; 3] = [0.5, 0.71, 0.9];

/// Draws them into a width, under their titles; half of them beside the others where the numbers stand so.
pub fn ui(ui: &mut Ui, width: f32, sky: &Sky, state: &State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let halves = if width < WIDE { 1 } else { 2 };
    let column = (width - space::XL * (halves - 1) as f32) / halves as f32;
    let rows = sky.satellites.len().div_ceil(halves);
    let height = ROW * (rows + 1) as f32;
    let (place, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let ink = match scene.sky_age(state.setup.limits) {
        Some(_) => theme.dim,
        None => theme.text,
    };
    for (half, some) in sky.satellites.chunks(rows.max(1)).enumerate() {
        let left = place.left() + half as f32 * (column + space::XL);
        let line = |at: usize| {
            let corner = Pos2::new(left, place.top() + at as f32 * ROW);
            Rect::from_min_size(corner, Vec2::new(column, ROW))
        };
        titles(ui, line(0), scene);
        for (at, satellite) in some.iter().enumerate() {
            let rect = line(at + 1);
            if ui.is_rect_visible(rect) {
                row(ui, rect, satellite, ink, scene);
            }
        }
    }
}

fn titles(ui: &Ui, rect: Rect, scene: &Scene<'_>) {
    let font = FontId::new(size::SMALL, theme::bold());
    let dim = scene.theme.dim;
    let name = one_line(
        ui,
        &say!("gnss-satellites"),
        font.clone(),
        dim,
        rect.width() * 0.3,
    );
    put(ui.painter(), name, rect.left_center(), Align2::LEFT_CENTER);
    let all = [
        say!("gnss-elevation"),
        say!("gnss-azimuth"),
        "dB-Hz".to_owned(),
    ];
    for (words, end) in all.iter().zip(ENDS) {
        let text = one_line(ui, words, font.clone(), dim, rect.width() * 0.3);
        let at = Pos2::new(rect.left() + rect.width() * end, rect.center().y);
        put(ui.painter(), text, at, Align2::RIGHT_CENTER);
    }
    let line = egui::Stroke::new(1.0, scene.theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

fn row(ui: &Ui, rect: Rect, satellite: &Satellite, ink: egui::Color32, scene: &Scene<'_>) {
    let theme = &scene.theme;
    let response = ui.interact(rect, ui.scope_id().with(satellite.id), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words::satellite(satellite)));
    let sign = Pos2::new(rect.left() + 6.0, rect.center().y);
    let colour = glyph::ink(theme, satellite.cn0_dbhz);
    glyph::paint(ui.painter(), sign, 5.0, satellite, colour, theme);
    let font = FontId::proportional(size::BODY);
    let name = one_line(
        ui,
        &satellite.id.to_string(),
        font.clone(),
        ink,
        rect.width() * 0.25,
    );
    let at = Pos2::new(rect.left() + 20.0, rect.center().y);
    put(ui.painter(), name, at, Align2::LEFT_CENTER);
    let degrees = |value: Option<f64>| value.map(|value| format!("{value:.0}°"));
    let numbers = [
        degrees(satellite.elevation_deg),
        degrees(satellite.azimuth_deg),
        satellite
            .cn0_dbhz
            .filter(|_| satellite.is_heard())
            .map(|cn0| format!("{cn0:.0}")),
    ];
    for (number, end) in numbers.into_iter().zip(ENDS) {
        let (words, ink) = match number {
            Some(number) => (number, ink),
            None => ("–".to_owned(), theme.dim),
        };
        let text = one_line(ui, &words, font.clone(), ink, rect.width() * 0.2);
        let at = Pos2::new(rect.left() + rect.width() * end, rect.center().y);
        put(ui.painter(), text, at, Align2::RIGHT_CENTER);
    }
    if satellite.used == Some(true) {
        let at = Pos2::new(rect.right() - 8.0, rect.center().y);
        icons::paint(ui.painter(), Icon::Sent, at, 11.0, theme.ok);
    }
}
