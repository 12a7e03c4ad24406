//! What lies over the pages: its head with the way back, and its rows.

use egui::{
    Align, Align2, CornerRadius, FontId, Id, Layout, Pos2, Rect, Response, Role, ScrollArea, Sense,
    Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::{Over, Scene, State, keys, notations, sources};
use crate::popup::controls::{focus_ring, icon_button_in, one_line, part, put};
use crate::popup::icons::Icon;
use crate::popup::scroll;
use crate::popup::theme::{self, Theme, size, space};
use crate::say;

const HEAD: f32 = 42.0;

/// Draws what lies over the pages into all of `ui`.
pub fn ui(ui: &mut Ui, over: Over, state: &mut State, scene: &mut Scene<'_>) {
    let max = ui.max_rect();
    let (top, rest) = max.split_top_bottom_at_y(max.top() + HEAD);
    head(&mut part(ui, "head", top), over, state, scene);
    let builder = UiBuilder::new().id_salt("rows").max_rect(rest);
    ui.scope_builder(builder, |ui| {
        let scroll = ScrollArea::vertical().id_salt("over").auto_shrink(false);
        scroll.show(ui, |ui| {
            scroll::by_keys(ui, false);
            let width = rest.width() - 2.0 * space::S;
            let inner = Rect::from_min_size(
                ui.cursor().min + Vec2::new(space::S, 0.0),
                Vec2::new(width, f32::INFINITY),
            );
            let layout = Layout::top_down(Align::Min);
            let builder = UiBuilder::new().max_rect(inner).layout(layout);
            ui.scope_builder(builder, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = Vec2::new(space::S, 0.0);
                match over {
                    Over::Notations => notations::ui(ui, state, scene),
                    Over::Sources => sources::ui(ui, state, scene),
                }
                ui.add_space(space::M);
            });
        });
    });
}

fn head(ui: &mut Ui, over: Over, state: &mut State, scene: &Scene<'_>) {
    let rect = ui.max_rect();
    let centre = Pos2::new(rect.left() + space::S + 14.0, rect.center().y);
    let place = Rect::from_center_size(centre, Vec2::splat(28.0));
    let id = ui.scope_id().with("back");
    if icon_button_in(ui, place, id, Icon::Back, &say!("gnss-back-hint")).clicked() {
        keys::step_back(state);
    }
    let title = match over {
        Over::Notations => say!("gnss-copy-as"),
        Over::Sources => say!("gnss-sources"),
    };
    let left = place.right() + space::S;
    let font = FontId::new(size::TITLE, theme::bold());
    let room = rect.right() - space::M - left;
    let text = one_line(ui, &title, font, scene.theme.text, room);
    let at = Pos2::new(left, rect.center().y);
    let place = put(ui.painter(), text, at, Align2::LEFT_CENTER);
    ui.interact(place, ui.scope_id().with("title"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Heading, true, &title));
}

/// A row of a choice.
pub struct Row<'a> {
    /// Its own name in the window.
    pub id: Id,
    /// At the left, in the usual colour.
    pub title: &'a str,
    /// Behind it, dim; where there is no room beside the title, below it.
    pub detail: &'a str,
    /// Dim at the right edge.
    pub hint: &'a str,
    /// Whether it is the one that holds.
    pub chosen: bool,
}

/// Draws a row; the names of all rows have `names` points.
pub fn row(ui: &mut Ui, row: &Row<'_>, names: f32) -> Response {
    let theme = Theme::of(ui.ctx());
    let width = ui.available_width();
    let beside = width > names + 220.0;
    let height = if beside || row.detail.is_empty() {
        32.0
    } else {
        46.0
    };
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, height), Sense::hover());
    let response = ui.interact(rect, row.id, Sense::click());
    let said = match row.detail {
        "" => row.title.to_owned(),
        detail => format!("{}: {detail}", row.title),
    };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, row.chosen, &said));
    let corner = CornerRadius::same(space::RADIUS);
    let painter = ui.painter();
    if row.chosen {
        painter.rect_filled(rect, corner, theme.selected);
    } else if response.hovered() {
        painter.rect_filled(rect, corner, theme.hover);
    }
    if response.has_focus() {
        focus_ring(painter, rect, &theme);
    }
    let font = FontId::proportional(size::BODY);
    let small = FontId::proportional(size::SMALL);
    let hint = one_line(ui, row.hint, small.clone(), theme.dim, 60.0);
    let end = Pos2::new(rect.right() - space::S, rect.center().y);
    let right = put(ui.painter(), hint, end, Align2::RIGHT_CENTER).left() - space::S;
    let left = rect.left() + space::S;
    let (title_at, detail_at, title_room) = if beside {
        let y = rect.center().y;
        (
            Pos2::new(left, y),
            Pos2::new(left + names, y),
            names - space::S,
        )
    } else if row.detail.is_empty() {
        (Pos2::new(left, rect.center().y), Pos2::ZERO, right - left)
    } else {
        let (a, b) = (rect.center().y - 10.0, rect.center().y + 10.0);
        (Pos2::new(left, a), Pos2::new(left, b), right - left)
    };
    let title = one_line(ui, row.title, font.clone(), theme.text, title_room);
    put(ui.painter(), title, title_at, Align2::LEFT_CENTER);
    if !row.detail.is_empty() {
        let (font, ink) = if beside {
            (font, theme.dim)
        } else {
            (small, theme.dim)
        };
        let room = right - detail_at.x;
        let mut detail = one_line(ui, row.detail, font, ink, room);
        if detail.elided {
            let small = FontId::proportional(size::SMALL);
            detail = one_line(ui, row.detail, small, ink, room);
        }
        let cut = detail.elided;
        put(ui.painter(), detail, detail_at, Align2::LEFT_CENTER);
        if cut {
            return response.on_hover_text(row.detail);
        }
    }
    response
}
