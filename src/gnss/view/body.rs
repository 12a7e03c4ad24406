//! Between head and foot: what is waited for, or the pages.

use egui::{Align, Layout, Rect, ScrollArea, Ui, UiBuilder, Vec2};

use super::tabs::Page;
use super::{Scene, State, empty, history, numbers, outline, scatter, sky, tabs};
use crate::popup::controls::part;
use crate::popup::scroll;
use crate::popup::theme::space;

/// Draws the body into `rect`.
pub fn ui(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    if empty::whole(&mut part(ui, "empty", rect), state, scene) {
        return;
    }
    let height = tabs::HEIGHT.min(rect.height());
    let (top, rest) = rect.split_top_bottom_at_y(rect.top() + height);
    tabs::ui(&mut part(ui, "tabs", top), state, scene);
    let page = state.page;
    let builder = UiBuilder::new().id_salt("page").max_rect(rest);
    ui.scope_builder(builder, |ui| {
        let scroll = ScrollArea::vertical().id_salt(page).auto_shrink(false);
        scroll.show(ui, |ui| {
            scroll::by_keys(ui, false);
            let margin = space::M;
            let width = rest.width() - 2.0 * margin;
            let inner = Rect::from_min_size(
                ui.cursor().min + Vec2::new(margin, space::S),
                Vec2::new(width, f32::INFINITY),
            );
            let layout = Layout::top_down(Align::Min);
            let builder = UiBuilder::new().max_rect(inner).layout(layout);
            let room = Vec2::new(width, rest.height() - 2.0 * space::S);
            ui.scope_builder(builder, |ui| {
                ui.set_width(width);
                match page {
                    Page::Sky => sky::ui(ui, room, state, scene),
                    Page::Numbers => numbers::ui(ui, room, state, scene),
                    Page::Scatter => scatter::ui(ui, room, state, scene),
                    Page::Track => outline::ui(ui, room, scene),
                    Page::History => history::ui(ui, room, scene),
                }
            });
        });
    });
}
