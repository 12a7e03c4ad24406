//! The sign before a name and the marks behind it: signal, kind, band, lock, saved.

use egui::{Align2, Color32, FontId, Pos2, Ui};

use super::Scene;
use super::model::{Entry, RowKey, Section};
use super::{status, words};
use crate::net::Security;
use crate::net::snapshot::{ConnectionKind, DeviceState};
use crate::popup::colour::mix;
use crate::popup::controls::{one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::signal;
use crate::popup::theme::{Theme, size};
use crate::say;

/// Width of the column with the lock.
const LOCK: f32 = 18.0;

/// The sign at the left: signal in steps, or what it is.
pub fn of(ui: &Ui, centre: Pos2, entry: &Entry, tint: Color32, scene: &Scene<'_>) {
    let theme = scene.theme;
    let painter = ui.painter();
    let plain = |icon| icons::paint(painter, icon, centre, 16.0, tint);
    match &entry.key {
        RowKey::Network(_) => {
            let network = entry.network.as_ref();
            let percent = network.and_then(|network| network.strength_percent);
            signal::fan(painter, centre, 18.0, percent, tint, unlit(theme));
        }
        RowKey::Modem(id) => {
            let percent = scene
                .snapshot
                .modem(id)
                .and_then(|modem| modem.signal_percent);
            signal::bars(painter, centre, percent, tint, unlit(theme));
        }
        RowKey::Device(_) => {
            let state = status::device(entry, scene).map(|device| device.state);
            match state {
                Some(DeviceState::Unavailable) => plain(Icon::NoModem),
                _ if entry.section == Section::Mobile => plain(Icon::Mobile),
                _ => plain(Icon::Cable),
            }
        }
        RowKey::Profile(uuid) => {
            let profile = scene.snapshot.profile(uuid);
            plain(match profile.map(|profile| &profile.kind) {
                Some(ConnectionKind::Bluetooth) => Icon::Bluetooth,
                Some(ConnectionKind::Ethernet | ConnectionKind::Pppoe) => Icon::Cable,
                Some(ConnectionKind::Wifi) => Icon::Hotspot,
                _ => Icon::Tunnel,
            });
        }
    }
}

/// Parts of a sign that are not lit: seen on hover and selection as well.
pub fn unlit(theme: Theme) -> Color32 {
    mix(theme.line, theme.dim, 0.35)
}

/// Lock, band and the mark of what is saved; returns where they begin.
pub fn marks(ui: &Ui, right: f32, middle: f32, entry: &Entry, scene: &Scene<'_>) -> f32 {
    let theme = scene.theme;
    let Some(network) = &entry.network else {
        return right;
    };
    let painter = ui.painter();
    let mut x = right;
    let lock = match network.security {
        Security::Open => None,
        // No password, and yet nobody listens in.
        Security::Owe => Some((Icon::Encrypted, theme.dim)),
        Security::Wep => Some((Icon::Insecure, theme.warn)),
        Security::Enterprise => Some((Icon::Enterprise, theme.dim)),
        _ => Some((Icon::Secret, theme.dim)),
    };
    if let Some((icon, tint)) = lock {
        icons::paint(painter, icon, Pos2::new(x - 7.0, middle), 12.0, tint);
    }
    x -= LOCK;
    let small = FontId::proportional(size::SMALL);
    let note = match (network.is_in_range(), network.security) {
        (false, _) => Some(say!("net-out-of-range")),
        (true, Security::Wep) => Some(say!("net-wep-insecure")),
        (true, _) => Some(words::bands(network.bands)).filter(|words| !words.is_empty()),
    };
    if let Some(note) = note {
        let text = one_line(ui, &note, small, theme.dim, 110.0);
        let place = put(painter, text, Pos2::new(x, middle), Align2::RIGHT_CENTER);
        x = place.left() - 6.0;
    }
    if network.is_saved() && network.is_in_range() {
        icons::paint(
            painter,
            Icon::Saved,
            Pos2::new(x - 6.0, middle),
            12.0,
            theme.accent_text,
        );
        x -= 14.0;
    }
    x
}
