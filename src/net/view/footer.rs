//! The foot of the list: what is wanted now and then, and where all keys are told.

use egui::{
    Align2, CornerRadius, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::{Focus, Page, Scene, State};
use crate::net::command::{Command, RadioSwitch};
use crate::net::snapshot::{DeviceKind, Permission, Service, Snapshot};
use crate::popup::controls::{focus_ring, icon_button_in, one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{size, space};

/// In points.
pub const HEIGHT: f32 = 44.0;

struct Key {
    icon: Icon,
    words: &'static str,
    /// What assistive technology calls it.
    label: &'static str,
    hint: &'static str,
    on: bool,
    can: bool,
}

/// Draws the foot.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.top(), line);
    let centre = Pos2::new(rect.right() - space::S - 14.0, rect.center().y);
    let place = Rect::from_center_size(centre, Vec2::splat(28.0));
    let id = ui.scope_id().with("keys");
    if icon_button_in(ui, place, id, Icon::Keys, "Keys (?)").clicked() {
        state.keys_shown = !state.keys_shown;
    }
    if scene.snapshot.service != Service::Running {
        return;
    }
    let mut left = rect.left() + space::S;
    let end = place.left() - space::XS;
    let airplane = Key {
        icon: Icon::Airplane,
        words: "Airplane",
        label: "Airplane mode",
        hint: "All radios off or on (Ctrl+P)",
        on: is_airplane(scene.snapshot),
        can: has_radio(scene.snapshot),
    };
    if key(ui, &mut left, end, rect, &airplane, scene) {
        flip_airplane(scene);
    }
    let hotspot = Key {
        icon: Icon::Hotspot,
        words: "Hotspot",
        label: "Hotspot",
        hint: "Share this computer's connection (Ctrl+H)",
        on: super::hotspot::active(scene.snapshot).is_some(),
        can: super::hotspot::can(scene.snapshot),
    };
    if key(ui, &mut left, end, rect, &hotspot, scene) {
        open_hotspot(state);
    }
    let hidden = Key {
        icon: Icon::New,
        words: "Hidden…",
        label: "Hidden network",
        hint: "Connect to a network that does not tell its name (Ctrl+N)",
        on: false,
        can: super::scan::can(scene.snapshot),
    };
    if key(ui, &mut left, end, rect, &hidden, scene) {
        open_hidden(state);
    }
}

/// Opens the hotspot's page.
pub fn open_hotspot(state: &mut State) {
    state.turn_to(Page::Hotspot);
    state.focus = Some(Focus::Hotspot);
}

/// Opens the form for a hidden network.
pub fn open_hidden(state: &mut State) {
    state.turn_to(Page::Hidden);
    state.focus = Some(Focus::Hidden);
}

fn has_radio(snapshot: &Snapshot) -> bool {
    let radios = snapshot.radios;
    let wifi = radios.wifi.present || snapshot.devices.iter().any(|d| d.kind == DeviceKind::Wifi);
    let denied = |all: &crate::net::snapshot::Permissions| all.wifi_radio == Permission::No;
    (wifi || radios.wwan.present || radios.bluetooth.is_some())
        && !snapshot.permissions.as_ref().is_some_and(denied)
}

/// Whether all radios are off in software.
pub fn is_airplane(snapshot: &Snapshot) -> bool {
    let radios = snapshot.radios;
    let any = radios.wifi.present || radios.wwan.present || radios.bluetooth.is_some();
    let on = (radios.wifi.present && radios.wifi.enabled)
        || (radios.wwan.present && radios.wwan.enabled)
        || radios.bluetooth == Some(true);
    any && !on
}

/// Switches all radios off, or on again.
pub fn flip_airplane(scene: &mut Scene<'_>) {
    if has_radio(scene.snapshot) {
        let radio = RadioSwitch::Airplane;
        let on = !is_airplane(scene.snapshot);
        scene.commands.push(Command::Radio { radio, on });
    }
}

/// An icon with its words where they have room; true when it was pressed.
fn key(ui: &mut Ui, left: &mut f32, end: f32, foot: Rect, key: &Key, scene: &Scene<'_>) -> bool {
    let theme = scene.theme;
    let ink = match (key.can, key.on) {
        (false, _) => crate::popup::colour::mix(theme.raised, theme.dim, 0.45),
        (true, true) => theme.accent_text,
        (true, false) => theme.text,
    };
    let font = FontId::proportional(size::SMALL);
    let words = one_line(ui, key.words, font, ink, 140.0);
    let wanted = words.size().x + 14.0 + 6.0 + 2.0 * space::S;
    // Where the window is narrow the icons stay.
    let room = end - *left;
    let with_words = wanted <= room;
    let width = if with_words { wanted } else { 32.0 };
    let place = Rect::from_min_size(
        Pos2::new(*left, foot.center().y - 15.0),
        Vec2::new(width, 30.0),
    );
    *left += width + space::XS;
    let sense = if key.can {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(place, ui.scope_id().with(key.words), sense);
    response.widget_info(|| WidgetInfo::selected(Role::Button, key.can, key.on, key.label));
    let corner = CornerRadius::same(space::RADIUS);
    let painter = ui.painter();
    if key.on {
        painter.rect_filled(place, corner, theme.selected);
        let line = Stroke::new(1.0, theme.accent_text);
        painter.rect_stroke(place, corner, line, StrokeKind::Inside);
    } else if response.hovered() && key.can {
        painter.rect_filled(place, corner, theme.hover);
    }
    if response.has_focus() {
        focus_ring(painter, place, &theme);
    }
    let x = if with_words {
        place.left() + space::S + 7.0
    } else {
        place.center().x
    };
    icons::paint(painter, key.icon, Pos2::new(x, place.center().y), 14.0, ink);
    if with_words {
        let at = Pos2::new(x + 13.0, place.center().y);
        put(painter, words, at, Align2::LEFT_CENTER);
    }
    let clicked = response.clicked();
    response.on_hover_text(key.hint);
    clicked
}
