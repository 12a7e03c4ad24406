//! The right-hand pane before anything is open: an icon, one sentence, one action.

use egui::{Rect, Ui};

use super::{Focus, Scene, State};
use crate::popup::icons::Icon;
use crate::popup::states::offer;
use crate::say;

/// The right-hand pane before anything is open.
pub fn nothing_open(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    if scene.snapshot.conversations.is_none() {
        return;
    }
    let write = say!("sms-new-message");
    let action = (Icon::NewMessage, write.as_str());
    if scene.conversations().is_empty() {
        let words = say!("sms-no-messages-yet");
        if offer(ui, rect, (Icon::Messages, &words), action) {
            state.new_message(scene);
        }
    } else if offer(
        ui,
        rect,
        (Icon::Pick, &say!("sms-choose-conversation")),
        action,
    ) {
        state.new_message(scene);
        state.focus = Some(Focus::Recipient);
    }
}
