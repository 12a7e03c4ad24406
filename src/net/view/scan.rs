//! Looking for networks by itself while the list is in sight.

use egui::Ui;

use super::{Scene, State};
use crate::net::command::Command;
use crate::net::snapshot::{DeviceKind, DeviceState, Permission, Service, Snapshot};

/// So many seconds lie between two scans.
const EVERY_SECS: f64 = 15.0;

/// When it was last asked for.
#[derive(Default)]
pub struct ScanState {
    asked_at: Option<f64>,
}

impl ScanState {
    /// The next frame looks again.
    pub fn again(&mut self) {
        self.asked_at = None;
    }
}

/// Whether there is a Wi-Fi device that could look.
pub fn can(snapshot: &Snapshot) -> bool {
    let denied =
        |permissions: &crate::net::snapshot::Permissions| permissions.scan == Permission::No;
    snapshot.service == Service::Running
        && snapshot.radios.wifi.is_on()
        && !snapshot.permissions.as_ref().is_some_and(denied)
        && snapshot.devices.iter().any(|device| {
            device.kind == DeviceKind::Wifi && device.state > DeviceState::Unavailable
        })
}

/// Asks for a scan at the start and every so often, as long as somebody sees the list.
pub fn keep_looking(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    if !state.pages.is_empty() || !can(scene.snapshot) {
        return;
    }
    let due = state.scan.asked_at.map_or(scene.secs, |at| at + EVERY_SECS);
    if scene.secs >= due {
        state.scan.asked_at = Some(scene.secs);
        if scene.snapshot.scanning.is_empty() {
            scene.commands.push(Command::Scan);
        }
    }
    let next = state
        .scan
        .asked_at
        .map_or(0.0, |at| at + EVERY_SECS - scene.secs);
    ui.ctx().request_repaint_after_secs(next.max(0.05) as f32);
}

/// Looks at once, because the person asked; the list settles too.
pub fn now(state: &mut State, scene: &mut Scene<'_>) {
    state.list.settle = true;
    if can(scene.snapshot) {
        state.scan.asked_at = Some(scene.secs);
        scene.commands.push(Command::Scan);
    }
}
