//! The foot of the list: what is wanted now and then, and where all keys are told.

use egui::{Pos2, Rect, Stroke, Ui, Vec2};

use super::{Focus, Page, Scene, State};
use crate::net::command::{Command, RadioSwitch};
use crate::net::snapshot::{DeviceKind, Permission, Service, Snapshot};
use crate::popup::controls::icon_button_in;
use crate::popup::foot::{Key, key};
use crate::popup::icons::Icon;
use crate::popup::theme::space;
use crate::say;

/// In points.
pub const HEIGHT: f32 = 44.0;

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
    if icon_button_in(ui, place, id, Icon::Keys, &say!("net-keys-hint")).clicked() {
        state.keys_shown = !state.keys_shown;
    }
    if scene.snapshot.service != Service::Running {
        return;
    }
    let mut left = rect.left() + space::S;
    let end = place.left() - space::XS;
    let airplane = Key {
        icon: Icon::Airplane,
        words: &say!("net-airplane"),
        label: &say!("net-airplane-mode"),
        hint: &say!("net-airplane-hint"),
        on: is_airplane(scene.snapshot),
        can: has_radio(scene.snapshot),
    };
    if key(ui, &mut left, end, rect, &airplane) {
        flip_airplane(scene);
    }
    let hotspot = Key {
        icon: Icon::Hotspot,
        words: &say!("net-hotspot"),
        label: &say!("net-hotspot"),
        hint: &say!("net-hotspot-hint"),
        on: super::hotspot::active(scene.snapshot).is_some(),
        can: super::hotspot::can(scene.snapshot),
    };
    if key(ui, &mut left, end, rect, &hotspot) {
        open_hotspot(state);
    }
    let hidden = Key {
        icon: Icon::New,
        words: &say!("net-hidden"),
        label: &say!("net-hidden-network"),
        hint: &say!("net-hidden-hint"),
        on: false,
        can: super::scan::can(scene.snapshot),
    };
    if key(ui, &mut left, end, rect, &hidden) {
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
