//! The foot: trying the motors, calibrating, and where all keys are told.

use egui::{Pos2, Rect, Stroke, Ui, Vec2};

use super::{Page, Scene, State, wishes};
use crate::ds4::motion::Calibration;
use crate::ds4::snapshot::Pad;
use crate::popup::controls::icon_button_in;
use crate::popup::foot::{Key, row};
use crate::popup::icons::Icon;
use crate::popup::theme::space;
use crate::say;

/// In points.
pub const HEIGHT: f32 = 42.0;

/// Draws the foot.
pub fn ui(ui: &mut Ui, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.top(), line);
    let centre = Pos2::new(rect.right() - space::S - 14.0, rect.center().y);
    let place = Rect::from_center_size(centre, Vec2::splat(28.0));
    let id = ui.scope_id().with("keys");
    if icon_button_in(ui, place, id, Icon::Keys, &say!("ds4-show-keys")).clicked() {
        state.keys_shown = !state.keys_shown;
    }
    let can_rumble = wishes::can_rumble(pad);
    let motion = pad.motion.as_ref();
    let (strong, weak) = (say!("ds4-rumble-strong"), say!("ds4-rumble-weak"));
    let keys = [
        Key {
            icon: Icon::Strong,
            words: &strong,
            label: &strong,
            hint: &say!("ds4-rumble-strong-hint"),
            on: pad.rumble.strong > 0.0,
            can: can_rumble,
        },
        Key {
            icon: Icon::Weak,
            words: &weak,
            label: &weak,
            hint: &say!("ds4-rumble-weak-hint"),
            on: pad.rumble.weak > 0.0,
            can: can_rumble,
        },
        Key {
            icon: Icon::Calibrate,
            words: &say!("ds4-calibrate"),
            label: &say!("ds4-calibrate-motion"),
            hint: &say!("ds4-calibrate-hint"),
            on: motion.is_some_and(|motion| motion.calibration == Calibration::Waiting),
            can: motion.is_some(),
        },
    ];
    // Its own page has a button with more words.
    let count = if state.page == Page::Motion { 2 } else { 3 };
    let shown = keys.get(..count).unwrap_or_default();
    let (left, end) = (rect.left() + space::S, place.left() - space::XS);
    match row(ui, left, end, rect, shown) {
        Some(0) => wishes::rumble(pad, true, scene),
        Some(1) => wishes::rumble(pad, false, scene),
        Some(_) => wishes::calibrate(pad, state, scene),
        None => {}
    }
}
