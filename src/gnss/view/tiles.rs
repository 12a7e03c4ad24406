//! The few numbers that are wanted at first sight: six, always at the same place.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo};

use super::{Scene, State, words};
use crate::popup::controls::{one_line, put};
use crate::popup::theme::{size, space};
use crate::say;

const HEIGHT: f32 = 42.0;

/// Draws the numbers in a width, in three columns.
pub fn ui(ui: &mut Ui, width: f32, state: &State, scene: &Scene<'_>) {
    let columns = 3;
    let each = (width - 2.0 * space::S) / columns as f32;
    let all = facts(state, scene);
    let rows = all.len().div_ceil(columns);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, rows as f32 * HEIGHT), Sense::hover());
    for (index, (name, value)) in all.iter().enumerate() {
        let at = Vec2::new(
            (index % columns) as f32 * (each + space::S),
            (index / columns) as f32 * HEIGHT,
        );
        let place = Rect::from_min_size(rect.min + at, Vec2::new(each, HEIGHT));
        tile(ui, place, name, value.as_deref(), scene);
    }
}

fn tile(ui: &Ui, place: Rect, name: &str, value: Option<&str>, scene: &Scene<'_>) {
    let theme = scene.theme;
    let told = value.map_or_else(|| say!("gnss-not-told"), str::to_owned);
    let said = format!("{name}: {told}");
    let response = ui.interact(place, ui.scope_id().with(name), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
    let font = FontId::proportional(size::SMALL);
    let text = one_line(ui, name, font, theme.dim, place.width());
    put(ui.painter(), text, place.left_top(), Align2::LEFT_TOP);
    let ink = if value.is_some() {
        scene.ink()
    } else {
        theme.dim
    };
    let value = value.unwrap_or("–");
    let at = Pos2::new(place.left(), place.top() + 15.0);
    for points in [17.0, size::TITLE, size::BODY, size::SMALL] {
        let font = FontId::proportional(points);
        let text = one_line(ui, value, font, ink, place.width());
        if !text.elided || points <= size::SMALL {
            put(ui.painter(), text, at, Align2::LEFT_TOP);
            break;
        }
    }
}

fn facts(state: &State, scene: &Scene<'_>) -> [(String, Option<String>); 6] {
    let units = scene.units;
    let fix = scene.fix().copied().unwrap_or_default();
    let up = fix.error.vertical_m.map(|m| words::precise(units, m));
    let clock = scene.snapshot.time().map(|time| {
        let zoned = time.to_zoned_datetime(state.setup.zone.clone());
        zoned.strftime("%H:%M:%S").to_string()
    });
    let height = fix.altitude_msl_m.map(|m| words::length(units, m, 0));
    let speed = fix.speed_mps.map(|speed| words::speed(units, speed));
    let course = fix
        .track_deg
        .map(|course| format!("{}° {}", words::number(course, 0), words::compass(course)));
    let climb = fix.climb_mps.map(|climb| words::climb(units, climb));
    [
        (say!("gnss-altitude"), height),
        (say!("gnss-speed"), speed),
        (say!("gnss-course"), course),
        (say!("gnss-altitude-error"), up),
        (say!("gnss-climb"), climb),
        (say!("gnss-time"), clock),
    ]
}
