//! The strip that floats over the list for a moment: what was just done, and its undo.

use egui::{
    Align2, CornerRadius, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo,
};

use super::{Scene, State};
use crate::net::command::Command;
use crate::net::snapshot::Uuid;
use crate::popup::controls::{Weight, button, one_line, put};
use crate::popup::help;
use crate::popup::icons::Icon;
use crate::popup::theme::{size, space};
use crate::say;

/// How long a disconnection can be undone, in seconds.
const UNDO_SECS: f64 = 8.0;
const NOTICE_SECS: f64 = 2.0;

/// What the strip says, and until when.
pub struct Strip {
    words: String,
    /// The profile that was disconnected.
    reconnect: Option<Uuid>,
    until: f64,
}

impl Strip {
    /// Says that a connection is gone, and offers it back.
    pub fn disconnected(words: String, profile: Uuid, secs: f64) -> Self {
        Self {
            words,
            reconnect: Some(profile),
            until: secs + UNDO_SECS,
        }
    }

    /// Says something that needs no answer.
    pub fn notice(words: String, secs: f64) -> Self {
        // Long ones are read for longer.
        Self {
            until: secs + NOTICE_SECS + words.len() as f64 * 0.04,
            words,
            reconnect: None,
        }
    }

    /// Whether it offers an undo.
    pub fn can_undo(&self) -> bool {
        self.reconnect.is_some()
    }
}

/// Connects again what was just disconnected.
pub fn undo(state: &mut State, scene: &mut Scene<'_>) {
    if let Some(profile) = state.strip.take().and_then(|strip| strip.reconnect) {
        scene.commands.push(Command::Activate {
            profile,
            device: None,
            access_point: None,
        });
    }
}

/// Draws the strip at the foot of `pane`.
pub fn ui(ui: &mut Ui, pane: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let Some(strip) = &state.strip else { return };
    let left = strip.until - scene.secs;
    if left <= 0.0 {
        state.strip = None;
        return;
    }
    ui.ctx().request_repaint_after_secs(left as f32 + 0.01);
    let theme = scene.theme;
    let can_undo = strip.can_undo();
    let words = strip.words.clone();
    let button_width = if can_undo { 118.0 } else { 0.0 };
    let room = pane.width() - 2.0 * space::M - 2.0 * space::M - button_width;
    let font = FontId::proportional(size::BODY);
    let galley = one_line(ui, &words, font, theme.text, room);
    let wanted = Vec2::new(galley.size().x + button_width + 2.0 * space::M, 38.0);
    let at = egui::Pos2::new(pane.center().x, pane.bottom() - space::S);
    let rect = Align2::CENTER_BOTTOM.anchor_size(at, wanted);
    let area = egui::Area::new(ui.scope_id().with("strip"))
        .order(egui::Order::Foreground)
        .fixed_pos(rect.min)
        .fade_in(false);
    let pressed = area.show(ui.ctx(), |ui| {
        ui.set_min_size(rect.size());
        let whole = ui.interact(rect, ui.scope_id().with("whole"), Sense::hover());
        whole.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
        let corner = CornerRadius::same(space::RADIUS);
        ui.painter().rect_filled(rect, corner, theme.hover);
        let line = Stroke::new(1.0, theme.line);
        ui.painter()
            .rect_stroke(rect, corner, line, StrokeKind::Inside);
        let at = egui::Pos2::new(rect.left() + space::M, rect.center().y);
        put(ui.painter(), galley, at, Align2::LEFT_CENTER);
        let inner = rect.shrink2(Vec2::new(space::S, 5.0));
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
            can_undo
                && button(ui, Some(Icon::Undo), &say!("net-reconnect"), Weight::Plain)
                    .on_hover_text(help::key_name("Ctrl+Z"))
                    .clicked()
        })
        .inner
    });
    if pressed.inner {
        undo(state, scene);
    }
}
