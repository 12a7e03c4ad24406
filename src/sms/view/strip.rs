//! The strip that floats over the thread for a moment: what was just done, and its undo.

use egui::{
    Align2, CornerRadius, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo,
};

use super::{Focus, Scene, State};
use crate::popup::controls::{Weight, button, one_line, put};
use crate::popup::icons::Icon;
use crate::popup::theme::{size, space};
use crate::sms::command::Command;
use crate::sms::message::MessageId;

/// How long a deletion can be undone, in seconds.
pub const UNDO_SECS: f64 = 8.0;
const NOTICE_SECS: f64 = 2.0;

/// What the strip says, and until when.
pub struct Strip {
    words: String,
    undo: Vec<MessageId>,
    until: f64,
}

impl Strip {
    /// Says that these messages were deleted, and offers to bring them back.
    pub fn deleted(ids: Vec<MessageId>, secs: f64) -> Self {
        let words = match ids.len() {
            1 => "Message deleted".to_owned(),
            n => format!("{n} messages deleted"),
        };
        Self {
            words,
            undo: ids,
            until: secs + UNDO_SECS,
        }
    }

    /// Says something that needs no answer.
    pub fn notice(words: &str, secs: f64) -> Self {
        Self {
            words: words.to_owned(),
            undo: Vec::new(),
            until: secs + NOTICE_SECS,
        }
    }

    /// Whether it offers an undo.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }
}

/// Deletes messages at once, and offers their undo.
///
/// Deletions that follow each other within the strip's time are undone together.
pub fn delete(state: &mut State, scene: &mut Scene<'_>, id: MessageId) {
    scene.commands.push(Command::Delete(vec![id]));
    let mut ids = state
        .strip
        .take()
        .map(|strip| strip.undo)
        .unwrap_or_default();
    ids.push(id);
    state.strip = Some(Strip::deleted(ids, scene.secs));
}

/// Brings back what the strip tells of.
pub fn undo(state: &mut State, scene: &mut Scene<'_>) {
    if let Some(strip) = state.strip.take().filter(Strip::can_undo) {
        scene.commands.push(Command::Undelete(strip.undo));
        let chosen = state.thread.selected.is_some();
        state.focus = Some(if chosen { Focus::Thread } else { Focus::Reply });
    }
}

/// Draws the strip below the head of `pane`.
pub fn ui(ui: &mut Ui, pane: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let Some(strip) = &state.strip else { return };
    let left = strip.until - scene.secs;
    if left <= 0.0 {
        state.strip = None;
        return;
    }
    ui.ctx().request_repaint_after_secs(left as f32 + 0.01);
    let theme = scene.theme;
    let words = strip.words.clone();
    let can_undo = strip.can_undo();
    let galley = one_line(
        ui,
        &words,
        FontId::proportional(size::BODY),
        theme.text,
        220.0,
    );
    let wanted = Vec2::new(
        galley.size().x + if can_undo { 120.0 } else { 2.0 * space::M },
        38.0,
    );
    // At the top of the thread: the newest messages, at the bottom, stay in sight.
    let at = egui::Pos2::new(pane.center().x, pane.top() + 46.0 + space::S);
    let rect = Align2::CENTER_TOP.anchor_size(at, wanted);
    // An area of its own: what lies below it does not feel the pointer.
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
        ui.painter().rect_stroke(
            rect,
            corner,
            Stroke::new(1.0, theme.line),
            StrokeKind::Inside,
        );
        let at = egui::Pos2::new(rect.left() + space::M, rect.center().y);
        put(ui.painter(), galley, at, Align2::LEFT_CENTER);
        let inner = rect.shrink2(Vec2::new(space::S, 5.0));
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        let builder = UiBuilder::new().max_rect(inner).layout(layout);
        ui.scope_builder(builder, |ui| {
            can_undo
                && button(ui, Some(Icon::Undo), "Undo", Weight::Plain)
                    .on_hover_text("Ctrl+Z")
                    .clicked()
        })
        .inner
    });
    if pressed.inner {
        undo(state, scene);
    }
}
