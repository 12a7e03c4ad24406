//! Several cameras at once: a row for each, what it does and when its next picture comes.

use egui::{
    Align, Align2, CornerRadius, FontId, Layout, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, Vec2, WidgetInfo,
};

use super::{Focus, Scene, State, bar, footer, header, keys, words};
use crate::popup::controls::{Weight, button, focus_ring, one_line, part, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size, space};
use crate::say;
use crate::shutter::cameras::{Camera, Standing};
use crate::shutter::snapshot::State as Doing;

const HEADER: f32 = 56.0;
const ROW: f32 = 52.0;

/// All cameras in a sentence: what runs, and what is wrong.
pub fn title(cameras: &[Camera]) -> String {
    told(cameras).join(", ")
}

fn told(cameras: &[Camera]) -> Vec<String> {
    let count = |wanted: &[Standing]| {
        let standing = cameras.iter().map(Camera::standing);
        standing
            .filter(|standing| wanted.contains(standing))
            .count()
    };
    let all = cameras.len();
    let mut parts = Vec::new();
    let running = count(&[Standing::Running, Standing::Failing]);
    if running > 0 {
        parts.push(say!("shutter-running-of", count = running, all = all));
    } else {
        parts.push(say!("shutter-cameras", count = all));
        parts.push(say!("shutter-none-running"));
    }
    let amiss = count(&[Standing::NoRelease, Standing::Failing, Standing::Forbidden]);
    if amiss > 0 {
        parts.push(say!("shutter-with-problem", count = amiss));
    }
    let offline = count(&[Standing::Offline]);
    if offline > 0 {
        parts.push(say!("shutter-count-offline", count = offline));
    }
    parts
}

/// Draws the list with its header and foot.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let whole = ui.max_rect();
    let (top, rest) = whole.split_top_bottom_at_y(whole.top() + HEADER);
    let foot = footer::HEIGHT.min(rest.height().max(0.0));
    let (body, below) = rest.split_top_bottom_at_y(rest.bottom() - foot);
    if scene.cameras.is_empty() {
        super::empty::nothing(&mut part(ui, "nothing", whole));
        return;
    }
    head(&mut part(ui, "header", top), scene);
    rows(&mut part(ui, "rows", body), state, scene);
    feet(&mut part(ui, "footer", below), state, scene);
}

fn head(ui: &mut Ui, scene: &Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let centre = Pos2::new(rect.left() + space::L + 11.0, rect.center().y);
    icons::paint(ui.painter(), Icon::Camera, centre, 22.0, theme.accent_text);
    let left = centre.x + 11.0 + space::M;
    let told = told(scene.cameras);
    let title = told.join(", ");
    let room = rect.right() - space::L - left;
    let middle = rect.center().y;
    let font = FontId::new(size::TITLE, theme::bold());
    let text = one_line(ui, &title, font.clone(), theme.text, room);
    let place = match told.split_first() {
        // What has no room stands below.
        Some((first, rest)) if text.elided => {
            let small = FontId::proportional(size::SMALL);
            let rest = one_line(ui, &rest.join(", "), small, theme.dim, room);
            let at = Pos2::new(left, middle + 11.0);
            put(ui.painter(), rest, at, Align2::LEFT_CENTER);
            let text = one_line(ui, first, font, theme.text, room);
            let at = Pos2::new(left, middle - 10.0);
            put(ui.painter(), text, at, Align2::LEFT_CENTER)
        }
        _ => {
            let at = Pos2::new(left, middle);
            put(ui.painter(), text, at, Align2::LEFT_CENTER)
        }
    };
    super::facts::named(ui, place, "title", Role::Heading, &title);
}

fn rows(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let rect = ui.max_rect();
    state.row = state.row.min(scene.cameras.len().saturating_sub(1));
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let scroll = ScrollArea::vertical().id_salt("cameras").auto_shrink(false);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (index, camera) in scene.cameras.iter().enumerate() {
                let wanted = Vec2::new(rect.width(), ROW);
                let (place, _) = ui.allocate_exact_size(wanted, Sense::hover());
                let id = super::id("camera").with(index);
                let response = ui.interact(place, id, Sense::click());
                if state.row == index && state.takes(Focus::Main) {
                    response.request_focus();
                }
                if response.gained_focus() {
                    // By Tab, or by a click.
                    state.row = index;
                }
                if response.has_focus() {
                    keys::keep_arrows(ui, id);
                }
                row(ui, place, camera, &response, scene);
                if response.gained_focus() {
                    ui.scroll_to_rect(place, None);
                }
                if response.clicked() {
                    state.show(Some(index));
                }
            }
        });
    });
}

fn row(ui: &Ui, place: Rect, camera: &Camera, response: &egui::Response, scene: &Scene<'_>) {
    let theme = scene.theme;
    let (name, said) = (
        words::said(camera.name()),
        words::sentence(camera, scene.now),
    );
    let aloud = format!("{name}: {said}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &aloud));
    let painter = ui.painter();
    let inner = place.shrink2(Vec2::new(space::S, 2.0));
    let corner = CornerRadius::same(space::RADIUS);
    if response.hovered() {
        painter.rect_filled(inner, corner, theme.hover);
    }
    if response.has_focus() {
        focus_ring(painter, inner, &theme);
    }
    let ink = bar::ink(camera, &theme);
    let middle = place.center().y;
    let centre = Pos2::new(place.left() + space::L + 10.0, middle);
    icons::paint(painter, header::icon(camera), centre, 20.0, ink);
    let left = centre.x + 10.0 + space::M;
    let mut right = place.right() - space::L;
    let more = Pos2::new(right - 5.0, middle);
    icons::paint(painter, Icon::More, more, 12.0, theme.dim);
    right -= 18.0 + space::S;
    let going = camera.is_online();
    let next = camera
        .exposing_for(scene.now)
        .filter(|left| left.as_millis() >= 300);
    let next = next.or_else(|| camera.next_in(scene.now)).filter(|_| going);
    if let Some(next) = next {
        let font = FontId::new(size::LARGE, theme::bold());
        let words = match next.is_zero() {
            true => say!("shutter-now"),
            false => words::countdown(next),
        };
        let text = one_line(ui, &words, font, theme.text, 120.0);
        let at = Pos2::new(right, middle - 4.0);
        right = put(painter, text, at, Align2::RIGHT_CENTER).left() - space::M;
    }
    let room = right - left;
    let name_ink = if going { theme.text } else { theme.dim };
    let font = FontId::new(size::TITLE, theme::bold());
    let text = one_line(ui, &name, font, name_ink, room);
    put(
        painter,
        text,
        Pos2::new(left, middle - 11.0),
        Align2::LEFT_CENTER,
    );
    let tint = match camera.standing() {
        Standing::NoRelease | Standing::Failing | Standing::Forbidden => theme.error,
        _ => theme.dim,
    };
    // The time stands at the right already.
    let short = words::short(camera, scene.now);
    let text = one_line(ui, &short, FontId::proportional(size::SMALL), tint, room);
    put(
        painter,
        text,
        Pos2::new(left, middle + 7.0),
        Align2::LEFT_CENTER,
    );
    if going {
        let line = Rect::from_min_max(
            Pos2::new(left, place.bottom() - 9.0),
            Pos2::new(place.right() - space::L, place.bottom() - 5.0),
        );
        bar::draw(painter, line, camera, &theme);
    }
}

/// Who could be started, and how many have a plan.
fn counts(scene: &Scene<'_>) -> (usize, usize) {
    let doing = scene.cameras.iter().filter(|camera| camera.is_online());
    let doing = doing.filter_map(|camera| camera.snapshot.as_deref().map(|s| s.state));
    let (idle, going): (Vec<Doing>, Vec<Doing>) = doing.partition(|state| *state == Doing::Idle);
    (idle.len(), going.len())
}

fn feet(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let room = footer::ground(ui, state, scene);
    let (idle, going) = counts(scene);
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(room).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_enabled_ui(idle > 0, |ui| {
            let weight = if going == 0 {
                Weight::Primary
            } else {
                Weight::Plain
            };
            let pressed = button(ui, Some(Icon::Play), &say!("shutter-start-all"), weight);
            if pressed
                .on_hover_text(say!("shutter-start-all-hint"))
                .clicked()
            {
                start_all(state, scene);
            }
        });
        ui.add_enabled_ui(going > 0, |ui| {
            let sure = state.stopping.is_some_and(|(what, _)| what.is_none());
            let (words, weight) = match sure {
                true => (say!("shutter-really-stop-all"), Weight::Primary),
                false => (say!("shutter-stop-all"), Weight::Plain),
            };
            let pressed = button(ui, Some(Icon::Stop), &words, weight);
            if pressed
                .on_hover_text(say!("shutter-stop-all-hint"))
                .clicked()
            {
                footer::end(None, state, scene);
            }
        });
    });
}

/// Starts all that are idle, each with its own plan.
pub fn start_all(state: &mut State, scene: &mut Scene<'_>) {
    for index in 0..scene.cameras.len() {
        let camera = scene.cameras.get(index);
        let doing = camera.and_then(|camera| camera.snapshot.as_deref().map(|s| s.state));
        if doing == Some(Doing::Idle) {
            footer::go(index, state, scene);
        }
    }
}
