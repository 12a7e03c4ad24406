//! Panes without content: an icon, one sentence, one action.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo};

use super::controls::{Weight, button, centred};
use super::icons::{self, Icon};
use super::theme::{Theme, size, space};

/// A sentence about waiting appears only after this many seconds, so that it never flashes.
pub const PATIENCE_SECS: f64 = 0.15;

/// An error's words as a sentence: errors are written to stand behind a colon.
#[must_use]
pub fn full_sentence(words: &str) -> String {
    let mut rest = words.trim().chars();
    let mut sentence: String = rest
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    sentence.push_str(rest.as_str());
    if !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

/// Draws icon and sentence in the middle of `rect`; returns where an action would go.
pub fn say(ui: &Ui, rect: Rect, icon: Icon, sentence: &str) -> Rect {
    let theme = Theme::of(ui.ctx());
    let font = FontId::proportional(size::TITLE);
    let width = (rect.width() - 2.0 * space::XL).min(300.0);
    let galley = centred(ui, sentence, font, theme.dim, width);
    let height = 32.0 + space::M + galley.size().y;
    let top = (rect.center().y - height / 2.0 - 20.0).max(rect.top() + space::L);
    icons::paint(
        ui.painter(),
        icon,
        Pos2::new(rect.center().x, top + 16.0),
        32.0,
        theme.dim,
    );
    let at = Pos2::new(rect.center().x, top + 32.0 + space::M);
    let place = Align2::CENTER_TOP.anchor_size(at, galley.size());
    ui.painter().galley(at, galley, theme.dim);
    let response = ui.interact(place, ui.scope_id().with(sentence), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, sentence));
    let at = Pos2::new(rect.center().x, place.bottom() + space::L);
    Align2::CENTER_TOP.anchor_size(at, Vec2::new(rect.width().min(220.0), 28.0))
}

/// [`say`], with a button below; true when it was pressed.
pub fn offer(
    ui: &mut Ui,
    rect: Rect,
    (icon, sentence): (Icon, &str),
    (action_icon, action): (Icon, &str),
) -> bool {
    let place = say(ui, rect, icon, sentence);
    let layout = egui::Layout::top_down(egui::Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(place).layout(layout), |ui| {
        button(ui, Some(action_icon), action, Weight::Primary).clicked()
    })
    .inner
}

/// A sentence about waiting, once it has lasted long enough to be noticed; `since` in egui's
/// seconds.
pub fn wait(ui: &Ui, rect: Rect, sentence: &str, since: f64) {
    let waited = ui.input(|input| input.time) - since;
    if waited >= PATIENCE_SECS {
        say(ui, rect, Icon::Waiting, sentence);
    } else {
        ui.ctx()
            .request_repaint_after_secs((PATIENCE_SECS - waited + 0.01) as f32);
    }
}
