//! When the next frame is due by the clock: once a second while something counts, else never.

use std::time::Duration;

use egui::Ui;

use super::{Scene, State};
use crate::shutter::cameras::{Camera, Link, Standing};

/// Below this many seconds the dial's ring is seen to move between two seconds.
const FINE: Duration = Duration::from_secs(20);

/// Asks for the next frame.
pub fn wake(ui: &Ui, state: &State, scene: &Scene<'_>) {
    let shown = state.in_sight(scene.cameras);
    let in_sight = |index: usize| shown.is_none_or(|shown| shown == index);
    let of_cameras = scene
        .cameras
        .iter()
        .enumerate()
        .filter(|(index, _)| in_sight(*index))
        .filter_map(|(_, camera)| due(camera, scene, shown.is_some()));
    let stopping = state.stopping.map(|(_, until)| {
        Duration::try_from_secs_f64(until - scene.secs + 0.01).unwrap_or_default()
    });
    if let Some(after) = of_cameras.chain(stopping).min() {
        ui.ctx().request_repaint_after(after);
    }
}

fn due(camera: &Camera, scene: &Scene<'_>, alone: bool) -> Option<Duration> {
    match &camera.link {
        // How long it is offline, and when it is tried again.
        Link::Offline { .. } => return Some(Duration::from_secs(1)),
        Link::Connecting | Link::Forbidden { .. } => return None,
        Link::Online => {}
    }
    let exposing = camera
        .exposing_for(scene.now)
        .filter(|left| !left.is_zero());
    let counts = matches!(camera.standing(), Standing::Running | Standing::Failing);
    let next = camera.next_in(scene.now).filter(|_| counts);
    let left = exposing.or(next)?;
    if left.is_zero() {
        return None;
    }
    let fine = alone && !scene.theme.reduced_motion && left <= FINE;
    if fine {
        return Some(Duration::from_millis(100));
    }
    let to_second = Duration::from_nanos(u64::from(left.subsec_nanos()));
    Some(to_second.max(Duration::from_millis(20)) + Duration::from_millis(2))
}
