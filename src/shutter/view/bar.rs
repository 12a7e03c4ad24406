//! How much of a plan is done.

use egui::{CornerRadius, Painter, Rect};

use crate::popup::theme::Theme;
use crate::shutter::cameras::{Camera, Standing};

/// The share of the plan that is done, 0 to 1; `None` without a plan that has an end.
pub fn share(camera: &Camera) -> Option<f32> {
    let snapshot = camera.snapshot.as_deref()?;
    snapshot.interval?;
    let count = snapshot.count.filter(|count| *count > 0)?;
    Some((snapshot.shots as f32 / count as f32).clamp(0.0, 1.0))
}

/// Draws the bar.
pub fn draw(painter: &Painter, rect: Rect, camera: &Camera, theme: &Theme) {
    let Some(share) = share(camera) else { return };
    let round = CornerRadius::same((rect.height() / 2.0) as u8);
    painter.rect_filled(rect, round, theme.hover);
    let done = rect.with_max_x(rect.left() + rect.width() * share);
    if done.width() >= 1.0 {
        painter.rect_filled(done, round, ink(camera, theme));
    }
}

/// The colour of what a camera does.
pub fn ink(camera: &Camera, theme: &Theme) -> egui::Color32 {
    match camera.standing() {
        Standing::Running => theme.accent_text,
        Standing::Paused => theme.warn,
        Standing::Failing | Standing::NoRelease | Standing::Forbidden => theme.error,
        Standing::Idle => theme.ok,
        Standing::Offline | Standing::Connecting => theme.dim,
    }
}
