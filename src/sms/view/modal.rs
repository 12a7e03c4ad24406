//! A small window in the window, over everything else.

use egui::{
    Color32, CornerRadius, Layout, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo,
};

use crate::popup::controls::{Weight, button};
use crate::popup::theme::{Theme, space};

/// Shows `add` in a panel of the wanted size in the middle of `whole`; what lies below does not
/// feel the pointer. `label` is what assistive technology calls it.
pub fn show<T>(
    ui: &mut Ui,
    whole: Rect,
    name: &str,
    label: &str,
    wanted: Vec2,
    add: impl FnOnce(&mut Ui, Rect) -> T,
) -> T {
    let theme = Theme::of(ui.ctx());
    let size = wanted.min(whole.size() - Vec2::splat(2.0 * space::S));
    let rect = Rect::from_center_size(whole.center().round(), size.round());
    let area = egui::Area::new(ui.scope_id().with(name))
        .order(egui::Order::Foreground)
        .fixed_pos(whole.min)
        .fade_in(false);
    area.show(ui.ctx(), |ui| {
        ui.interact(whole, ui.scope_id().with("shade"), Sense::CLICK);
        ui.set_min_size(whole.size());
        ui.painter()
            .rect_filled(whole, 0, Color32::from_black_alpha(140));
        let corner = CornerRadius::same(space::RADIUS);
        ui.painter().rect_filled(rect, corner, theme.raised);
        let line = Stroke::new(1.0, theme.line);
        ui.painter()
            .rect_stroke(rect, corner, line, StrokeKind::Inside);
        let panel = ui.interact(rect, ui.scope_id().with("panel"), Sense::hover());
        panel.widget_info(|| WidgetInfo::labeled(Role::Dialog, true, label));
        add(ui, rect)
    })
    .inner
}

/// The buttons at the bottom of a panel, from the right.
pub struct Buttons<'a> {
    ui: &'a mut Ui,
    left: Rect,
}

impl<'a> Buttons<'a> {
    /// Room for them.
    pub fn at_bottom(ui: &'a mut Ui, panel: Rect) -> Self {
        let left = panel
            .shrink2(Vec2::new(space::L, space::M))
            .with_min_y(panel.bottom() - 28.0 - space::M);
        Self { ui, left }
    }

    /// Adds one to the left of the last; whether it was pressed.
    pub fn add(&mut self, label: &str, hint: &str, weight: Weight) -> bool {
        let layout = Layout::right_to_left(egui::Align::Center);
        let builder = UiBuilder::new().max_rect(self.left).layout(layout);
        let pressed = self.ui.scope_builder(builder, |ui| {
            let pressed = button(ui, None, label, weight).on_hover_text(hint);
            self.left.max.x = pressed.rect.left() - space::S;
            pressed.clicked()
        });
        pressed.inner
    }
}
