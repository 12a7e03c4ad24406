//! One line of the list: a row with its signal, name, marks and state, a title, or a fold.

use egui::{
    Align2, Color32, CornerRadius, FontId, Pos2, Rect, Response, Role, Sense, StrokeKind, Ui, Vec2,
    WidgetInfo,
};

use super::list::{self, Cursor};
use super::model::{Entry, RowKey, Section};
use super::order::{Item, ROW};
use super::status::{self, Status};
use super::{Scene, State, act, extra, sign, words};
use crate::bar::clean;
use crate::net::command::Command;
use crate::net::snapshot::{ConnectionKind, DeviceKind};
use crate::popup::controls::{focus_ring, icon_button_look, one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::signal;
use crate::popup::theme::{self, size, space};
use crate::say;

/// The row that the keyboard is on.
pub fn current(state: &State, scene: &Scene<'_>) -> Option<Entry> {
    match &state.list.cursor {
        Some(Cursor::Row(key)) => scene.model.entry(key).cloned(),
        _ => None,
    }
}

/// Draws one line and does what its clicks ask.
pub fn line(
    ui: &mut Ui,
    rect: Rect,
    line: usize,
    focused: bool,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let Some(item) = state.list.rows.items.get(line).cloned() else {
        return;
    };
    match item {
        Item::Title(section) => title(ui, rect, section, scene),
        Item::Weaker(count) => {
            let words = say!("net-weaker", count = count);
            if fold(ui, rect, &words, Cursor::Weaker, focused, state, scene) {
                list::unfold(state, true);
            }
        }
        Item::Away(count) => {
            let words = say!("net-away", count = count);
            if fold(ui, rect, &words, Cursor::Away, focused, state, scene) {
                list::unfold(state, false);
            }
        }
        Item::Row(key) => {
            let top = rect.with_max_y(rect.top() + ROW);
            if let Some(entry) = scene.model.entry(&key).cloned() {
                row(ui, top, &entry, focused, state, scene);
                let below = rect.with_min_y(top.bottom());
                let height = extra::ui(ui, below, &entry, state, scene);
                let known = state.list.extra.get(&key).copied().unwrap_or(0.0);
                if (height - known).abs() > 0.5 {
                    state.list.extra.insert(key.clone(), height);
                    let cursor = Some(Cursor::Row(key));
                    state.list.scroll_to_cursor |= height > known && state.list.cursor == cursor;
                    ui.ctx().request_repaint();
                }
            } else if let Some(entry) = state.list.rows.gone(&key) {
                gone(ui, top, entry, scene);
            }
        }
    }
}

fn title(ui: &Ui, rect: Rect, section: Section, scene: &Scene<'_>) {
    let words = section.title().unwrap_or_default();
    let font = FontId::new(size::SMALL, theme::bold());
    let at = Pos2::new(rect.left() + space::L, rect.center().y + 2.0);
    let text = one_line(ui, &words, font, scene.theme.dim, rect.width());
    let place = put(ui.painter(), text, at, Align2::LEFT_CENTER);
    ui.interact(place, ui.scope_id().with(&words), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Heading, true, &words));
}

fn fold(
    ui: &Ui,
    rect: Rect,
    words: &str,
    cursor: Cursor,
    focused: bool,
    state: &State,
    scene: &Scene<'_>,
) -> bool {
    let theme = scene.theme;
    let chosen = state.list.cursor.as_ref() == Some(&cursor);
    let response = ui.interact(rect, ui.scope_id().with(words), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    ground(ui, rect, &response, chosen, focused && chosen, scene);
    let at = Pos2::new(rect.left() + space::L + 8.0, rect.center().y);
    icons::paint(ui.painter(), Icon::Fold, at, 12.0, theme.dim);
    let font = FontId::proportional(size::BODY);
    let text = one_line(ui, words, font, theme.dim, rect.width() - 60.0);
    let at = Pos2::new(rect.left() + NAME, rect.center().y);
    put(ui.painter(), text, at, Align2::LEFT_CENTER);
    response.clicked()
}

/// Plain, under the pointer, chosen; with the keyboard's ring on top.
fn ground(ui: &Ui, rect: Rect, response: &Response, chosen: bool, ring: bool, scene: &Scene<'_>) {
    let theme = scene.theme;
    let inner = rect.shrink2(Vec2::new(space::XS, 1.0));
    let corner = CornerRadius::same(space::RADIUS);
    if chosen {
        ui.painter().rect_filled(inner, corner, theme.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(inner, corner, theme.hover);
    }
    if response.hovered() && chosen {
        let line = egui::Stroke::new(1.0, theme.line);
        ui.painter()
            .rect_stroke(inner, corner, line, StrokeKind::Inside);
    }
    if ring {
        focus_ring(ui.painter(), inner, &theme);
    }
}

/// Where names begin, in points from the left.
const NAME: f32 = space::L + 18.0 + space::S;
/// Width of the column with the way to the details.
const MORE: f32 = space::S + 28.0 + 2.0;

fn row(
    ui: &mut Ui,
    rect: Rect,
    entry: &Entry,
    focused: bool,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let theme = scene.theme;
    let status = status::of(entry, scene);
    let obstacle = status::obstacle(entry, scene);
    let chosen = matches!(&state.list.cursor, Some(Cursor::Row(key)) if *key == entry.key);
    let id = ui.scope_id().with(&entry.key);
    // The list is one stop for Tab; its rows are reached with the arrows.
    let response = ui.interact(rect, id, Sense::CLICK);
    let told = told(entry, &status, obstacle.as_deref(), scene);
    let said = spoken(entry, &told.words, scene);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, &said));
    ground(ui, rect, &response, chosen, focused && chosen, scene);
    // Two rows meet in one line, which belongs to the lower one.
    let over = ui.rect_contains_pointer(rect.with_max_y(rect.bottom() - 0.01));

    let up = matches!(status, Status::Up(_));
    let ink = if obstacle.is_some() && !up {
        theme.dim
    } else {
        theme.text
    };
    let centre = Pos2::new(rect.left() + space::L + 9.0, rect.center().y);
    let tint = if up { theme.accent_text } else { ink };
    sign::of(ui, centre, entry, tint, scene);

    // From the right: details, what can be pressed, the state or the marks.
    let mut right = rect.right() - MORE;
    if over || chosen {
        let place = Rect::from_center_size(
            Pos2::new(rect.right() - space::S - 14.0, rect.center().y),
            Vec2::splat(28.0),
        );
        let more = ui.interact(place, id.with("more"), Sense::CLICK);
        let label = say!("net-details-of", name = &entry.name);
        icon_button_look(ui, place, &more, Icon::More, &label);
        if more.clicked() {
            choose(state, entry);
            act::details(entry, state);
        }
    }
    if let Some((label, spoken)) = &told.press
        && (over || chosen || !up)
    {
        let (pressed, left) = press(ui, right, rect.center().y, id, label, spoken, scene);
        if pressed {
            choose(state, entry);
            if let Status::Going { stop, .. } = &status {
                scene.commands.push(Command::clone(stop));
            } else {
                act::primary(entry, state, scene);
            }
        }
        right = left - space::S;
    }
    let font = FontId::proportional(size::SMALL);
    // Beside its button the state need not be said: it is what the button ends.
    let said_by_button = up && (over || chosen);
    if told.words.is_empty() {
        right = sign::marks(ui, right, rect.center().y, entry, scene) - space::S;
    } else if !said_by_button {
        let room = (right - rect.left() - NAME) * 0.62;
        let text = one_line(ui, &told.words, font, told.tint, room);
        let name = FontId::proportional(size::BODY);
        let name = one_line(ui, &entry.name, name, ink, f32::INFINITY);
        let cuts = rect.left() + NAME + name.size().x > right - text.size().x - space::S;
        // The head says what is waited for; the name has the room then.
        let said_above = matches!(status, Status::Going { .. }) && scene.snapshot.primary.is_none();
        if !(cuts && said_above) {
            let at = Pos2::new(right, rect.center().y);
            right = put(ui.painter(), text, at, Align2::RIGHT_CENTER).left() - space::S;
        }
    }
    let face = if up {
        FontId::new(size::BODY, theme::bold())
    } else {
        FontId::proportional(size::BODY)
    };
    let left = rect.left() + NAME;
    let name = one_line(ui, &entry.name, face, ink, right - left);
    let at = Pos2::new(left, rect.center().y);
    let cut = name.elided;
    put(ui.painter(), name, at, Align2::LEFT_CENTER);
    let response = if cut {
        response.on_hover_text(&entry.name)
    } else {
        response
    };
    if response.clicked() {
        choose(state, entry);
        if up {
            // One click by accident must not cut the line.
            act::details(entry, state);
        } else {
            act::primary(entry, state, scene);
        }
    } else if response.secondary_clicked() {
        choose(state, entry);
        act::details(entry, state);
    }
}

fn choose(state: &mut State, entry: &Entry) {
    state.list.cursor = Some(Cursor::Row(entry.key.clone()));
    state.focus = Some(super::Focus::List);
}

/// A word to press, its right end at `right`; returns whether it was, and where it begins.
fn press(
    ui: &Ui,
    right: f32,
    middle: f32,
    id: egui::Id,
    label: &str,
    spoken: &str,
    scene: &Scene<'_>,
) -> (bool, f32) {
    let theme = scene.theme;
    let font = FontId::proportional(size::SMALL);
    let text = one_line(ui, label, font, theme.text, 120.0);
    let wanted = Vec2::new(text.size().x + 2.0 * space::S, 24.0);
    let place = Align2::RIGHT_CENTER.anchor_size(Pos2::new(right, middle), wanted);
    let response = ui.interact(place, id.with(label), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spoken));
    let corner = CornerRadius::same(space::RADIUS);
    let (fill, line) = if response.hovered() {
        (theme.hover, theme.text)
    } else {
        (theme.field, theme.line)
    };
    let painter = ui.painter();
    painter.rect_filled(place, corner, fill);
    let line = egui::Stroke::new(1.0, line);
    painter.rect_stroke(place, corner, line, StrokeKind::Inside);
    put(painter, text, place.center(), Align2::CENTER_CENTER);
    (response.clicked(), place.left())
}

/// What the right edge says.
struct Told {
    words: String,
    tint: Color32,
    /// A word to press, and how it is spoken with the name.
    press: Option<(String, String)>,
}

fn told(entry: &Entry, status: &Status<'_>, obstacle: Option<&str>, scene: &Scene<'_>) -> Told {
    let theme = scene.theme;
    let plain = |words: String, tint| Told {
        words,
        tint,
        press: None,
    };
    match status {
        Status::Going { state, since, .. } => {
            let secs = since.map_or(0, |since| words::secs_since(since, scene.now));
            Told {
                words: words::going(*state, secs),
                tint: theme.accent_text,
                press: Some((say!("net-stop"), say!("net-stop-name", name = &entry.name))),
            }
        }
        Status::Up(active) => {
            let hotspot = scene
                .snapshot
                .profile(&active.uuid)
                .is_some_and(|p| p.hotspot);
            let wifi = scene
                .snapshot
                .devices
                .iter()
                .filter(|d| d.kind == DeviceKind::Wifi);
            let adapter = active
                .devices
                .first()
                .and_then(|id| scene.snapshot.device(id))
                .filter(|device| device.kind == DeviceKind::Wifi && wifi.count() > 1)
                .map_or_else(String::new, |device| {
                    format!(", {}", clean(&device.interface))
                });
            let state = if hotspot {
                say!("net-hotspot-on")
            } else {
                say!("net-connected")
            };
            Told {
                words: format!("{state}{adapter}"),
                tint: theme.ok,
                press: Some((
                    say!("net-disconnect"),
                    say!("net-disconnect-name", name = &entry.name),
                )),
            }
        }
        Status::Leaving => plain(say!("net-disconnecting"), theme.dim),
        Status::Idle => {
            let device = status::device(entry, scene);
            match (&entry.key, obstacle) {
                (RowKey::Device(_), Some(words)) if !status::is_forbidden(scene) => {
                    plain(words.to_owned(), theme.dim)
                }
                (RowKey::Device(_), _) => {
                    let words = match device.and_then(|device| device.speed_mbps) {
                        Some(mbps @ 1..) => words::speed(mbps),
                        _ => String::new(),
                    };
                    plain(words, theme.dim)
                }
                (RowKey::Modem(id), _) => {
                    let modem = scene.snapshot.modem(id);
                    let tint = match modem.and_then(|modem| modem.lock) {
                        Some(_) => theme.warn,
                        None => theme.dim,
                    };
                    plain(modem.map(words::modem).unwrap_or_default(), tint)
                }
                (RowKey::Profile(_), _) if entry.section == Section::Vpn => {
                    let profile = status::profiles(entry, scene).first().copied();
                    let wireguard = profile.is_some_and(|p| p.kind == ConnectionKind::WireGuard);
                    plain(
                        if wireguard { "WireGuard" } else { "" }.to_owned(),
                        theme.dim,
                    )
                }
                _ => plain(String::new(), theme.dim),
            }
        }
    }
}

/// What a screen reader says of a row.
fn spoken(entry: &Entry, told: &str, scene: &Scene<'_>) -> String {
    let mut parts = vec![entry.name.clone()];
    if let Some(network) = &entry.network {
        if let Some(percent) = network.strength_percent {
            parts.push(say!("net-signal-spoken", percent = percent));
        } else {
            parts.push(say!("net-out-of-range"));
        }
        parts.push(words::security_word(network.security));
        let bands = words::bands(network.bands);
        if !bands.is_empty() {
            parts.push(bands);
        }
        if network.is_saved() {
            parts.push(say!("net-saved"));
        }
    } else if let RowKey::Modem(id) = &entry.key
        && let Some(percent) = scene.snapshot.modem(id).and_then(|m| m.signal_percent)
    {
        parts.push(say!("net-signal-spoken", percent = percent));
    }
    if !told.is_empty() {
        parts.push(told.to_owned());
    }
    parts.join(", ")
}

/// A row that is gone, in the place that it had.
fn gone(ui: &Ui, rect: Rect, entry: &Entry, scene: &Scene<'_>) {
    let theme = scene.theme;
    let centre = Pos2::new(rect.left() + space::L + 9.0, rect.center().y);
    signal::fan(ui.painter(), centre, 18.0, None, theme.dim, theme.line);
    let font = FontId::proportional(size::SMALL);
    let gone = say!("net-gone");
    let text = one_line(ui, &gone, font, theme.dim, 60.0);
    let at = Pos2::new(rect.right() - MORE, rect.center().y);
    let right = put(ui.painter(), text, at, Align2::RIGHT_CENTER).left();
    let font = FontId::proportional(size::BODY);
    let left = rect.left() + NAME;
    let name = one_line(ui, &entry.name, font, theme.dim, right - left - space::S);
    let at = Pos2::new(left, rect.center().y);
    put(ui.painter(), name, at, Align2::LEFT_CENTER);
    let said = format!("{}, {gone}", entry.name);
    ui.interact(rect, ui.scope_id().with(&entry.key), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, false, &said));
}
