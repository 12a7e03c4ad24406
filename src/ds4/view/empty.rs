//! What is said where there is no pad: how to connect one.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Ui, WidgetInfo};

use super::{Scene, State, picture, words};
use crate::ds4::command::Command;
use crate::popup::controls::centred;
use crate::popup::icons::Icon;
use crate::popup::states::{offer, wait};
use crate::popup::theme::{size, space};
use crate::say;

/// Draws it over the whole body.
pub fn ui(ui: &mut Ui, rect: Rect, state: &State, scene: &mut Scene<'_>) {
    if let Some(error) = &scene.snapshot.error {
        let sentence = words::why(error);
        let again = say!("ds4-look-again");
        let again = (Icon::Retry, again.as_str());
        if offer(ui, rect, (Icon::Error, &sentence), again) {
            scene.commands.push(Command::Retry);
        }
        return;
    }
    if !scene.snapshot.ready {
        wait(
            ui,
            rect,
            &say!("ds4-looking"),
            state.started.unwrap_or(scene.secs),
        );
        return;
    }
    let theme = scene.theme;
    let font = FontId::proportional(size::TITLE);
    let width = (rect.width() - 2.0 * space::XL).min(380.0);
    let how = say!("ds4-how-to-connect");
    let text = centred(ui, &how, font, theme.dim, width);
    let words = text.size().y;
    let room = (rect.height() - words - 4.0 * space::XL).clamp(60.0, 230.0);
    let whole = room + space::L + words;
    let top = (rect.center().y - whole / 2.0).max(rect.top() + space::S);
    let picture = Rect::from_min_max(
        Pos2::new(rect.left() + space::L, top),
        Pos2::new(rect.right() - space::L, top + room),
    );
    picture::ghost(ui.painter(), picture, &theme);
    let at = Pos2::new(rect.center().x, picture.bottom() + space::L);
    let place = Align2::CENTER_TOP.anchor_size(at, text.size());
    ui.painter().galley(at, text, theme.dim);
    let response = ui.interact(place, ui.scope_id().with("none"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &how));
}
