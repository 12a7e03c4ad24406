//! The right-hand pane before anything is open: an icon, one sentence, one action.

use egui::{Rect, Ui};

use super::{Focus, Scene, State};
use crate::popup::icons::Icon;
use crate::popup::states::offer;

/// The right-hand pane before anything is open.
pub fn nothing_open(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    if scene.snapshot.conversations.is_none() {
        return;
    }
    if scene.conversations().is_empty() {
        let words = (
            Icon::Messages,
            "No messages yet. Those that come in appear here.",
        );
        if offer(ui, rect, words, (Icon::NewMessage, "New message")) {
            state.new_message(scene);
        }
    } else if offer(
        ui,
        rect,
        (
            Icon::Pick,
            "Choose a conversation, or write to somebody new.",
        ),
        (Icon::NewMessage, "New message"),
    ) {
        state.new_message(scene);
        state.focus = Some(Focus::Recipient);
    }
}
