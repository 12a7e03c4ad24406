//! The strip that floats over the thread for a moment: what was just done, and its undo.

use egui::{
    Align2, CornerRadius, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo,
};

use super::{Focus, Scene, Showing, State, words};
use crate::popup::controls::{Weight, button, one_line, put};
use crate::popup::help::key_name;
use crate::popup::icons::Icon;
use crate::popup::theme::{size, space};
use crate::say;
use crate::sms::command::Command;
use crate::sms::message::{ConversationId, MessageId};

/// How long a deletion can be undone, in seconds.
pub const UNDO_SECS: f64 = 8.0;
const NOTICE_SECS: f64 = 2.0;

/// What can be brought back.
#[derive(PartialEq)]
enum Undo {
    Messages(ConversationId, Vec<MessageId>),
    Conversation(ConversationId),
}

/// What the strip says, and until when.
pub struct Strip {
    words: String,
    undo: Option<Undo>,
    until: f64,
}

impl Strip {
    fn deleted(words: String, undo: Undo, secs: f64) -> Self {
        Self {
            words,
            undo: Some(undo),
            until: secs + UNDO_SECS,
        }
    }

    /// Says something that needs no answer.
    pub fn notice(words: String, secs: f64) -> Self {
        Self {
            words,
            undo: None,
            until: secs + NOTICE_SECS,
        }
    }

    /// Whether it offers an undo.
    pub fn can_undo(&self) -> bool {
        self.undo.is_some()
    }
}

/// Deletes messages at once, and offers their undo.
///
/// Deletions that follow each other within the strip's time are undone together.
pub fn delete(
    state: &mut State,
    scene: &mut Scene<'_>,
    conversation: ConversationId,
    id: MessageId,
) {
    scene.commands.push(Command::Delete(vec![id]));
    let mut ids = match state.strip.take().and_then(|strip| strip.undo) {
        Some(Undo::Messages(of, ids)) if of == conversation => ids,
        _ => Vec::new(),
    };
    ids.push(id);
    let words = say!("sms-deleted", count = ids.len());
    let undo = Undo::Messages(conversation, ids);
    state.strip = Some(Strip::deleted(words, undo, scene.secs));
}

/// Deletes a whole conversation at once, and offers its undo.
pub fn delete_conversation(state: &mut State, scene: &mut Scene<'_>, id: ConversationId) {
    if state.showing == Showing::Thread(id) {
        // A draft that is on its way would bring the conversation back.
        scene.commands.extend(state.composer.save());
        state.composer.load(None);
        state.showing = Showing::Nothing;
        state.narrow_right = false;
        scene.commands.push(Command::Close);
    }
    scene.commands.push(Command::DeleteConversation(id));
    state.focus = Some(Focus::List);
    let who = scene.conversation(id).map(words::of_conversation);
    let words = say!("sms-conversation-deleted", who = who.unwrap_or_default());
    state.strip = Some(Strip::deleted(words, Undo::Conversation(id), scene.secs));
}

/// Brings back what the strip tells of.
pub fn undo(state: &mut State, scene: &mut Scene<'_>) {
    let Some(undo) = state.strip.take().and_then(|strip| strip.undo) else {
        return;
    };
    let conversation = match undo {
        Undo::Messages(conversation, ids) => {
            scene.commands.push(Command::Undelete(ids));
            conversation
        }
        Undo::Conversation(conversation) => {
            scene
                .commands
                .push(Command::UndeleteConversation(conversation));
            conversation
        }
    };
    if state.showing == Showing::Nothing {
        // It may not be in the list yet.
        state.reopen = Some(conversation);
    } else {
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
                && button(ui, Some(Icon::Undo), &say!("sms-undo"), Weight::Plain)
                    .on_hover_text(key_name("Ctrl+Z"))
                    .clicked()
        })
        .inner
    });
    if pressed.inner {
        undo(state, scene);
    }
}
