//! What was just done, over the foot of the page for a moment.

use egui::{
    Align2, CornerRadius, FontId, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::State;
use crate::popup::controls::{paragraph, put};
use crate::popup::theme::{Theme, size, space};

/// Words that need no answer.
pub struct Notice {
    words: String,
    /// In egui's seconds, from the first frame on that shows it.
    until: Option<f64>,
}

impl Notice {
    /// Shown from the next frame on.
    pub fn new(words: String) -> Self {
        Self { words, until: None }
    }
}

/// Draws the notice at the foot of `pane`.
pub fn ui(ui: &Ui, pane: Rect, state: &mut State) {
    let Some(notice) = &mut state.notice else {
        return;
    };
    let secs = ui.input(|input| input.time);
    // Long ones are read for longer.
    let lasts = 2.0 + notice.words.len() as f64 * 0.04;
    let left = *notice.until.get_or_insert(secs + lasts) - secs;
    if left <= 0.0 {
        state.notice = None;
        return;
    }
    ui.ctx().request_repaint_after_secs(left as f32 + 0.01);
    let theme = Theme::of(ui.ctx());
    let words = notice.words.clone();
    let room = pane.width() - 4.0 * space::M;
    let galley = paragraph(
        ui,
        &words,
        FontId::proportional(size::BODY),
        theme.text,
        room,
    );
    let wanted = galley.size() + Vec2::new(2.0 * space::M, 2.0 * space::S);
    let at = egui::Pos2::new(pane.center().x, pane.bottom() - space::S);
    let rect = Align2::CENTER_BOTTOM.anchor_size(at, wanted);
    let area = egui::Area::new(ui.scope_id().with("notice"))
        .order(egui::Order::Foreground)
        .fixed_pos(rect.min)
        .interactable(false)
        .fade_in(false);
    area.show(ui.ctx(), |ui| {
        ui.set_min_size(rect.size());
        let whole = ui.interact(rect, ui.scope_id().with("whole"), Sense::hover());
        whole.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
        let corner = CornerRadius::same(space::RADIUS);
        ui.painter().rect_filled(rect, corner, theme.hover);
        let line = Stroke::new(1.0, theme.line);
        ui.painter()
            .rect_stroke(rect, corner, line, StrokeKind::Inside);
        put(ui.painter(), galley, rect.center(), Align2::CENTER_CENTER);
    });
}
