//! A page over the list: its head with the way back, and the lines that pages are made of.

use egui::{
    Align, Align2, CornerRadius, FontId, Id, Key, Layout, Modifiers, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::strip::Strip;
use super::{Focus, Page, Scene, State, details, hidden, hotspot, keys, mobile, share, wizard};
use crate::bar::clean;
use crate::popup::controls::{field, focus_ring, icon_button_in, one_line, paragraph, part, put};
use crate::popup::icons::{self, Icon};
use crate::popup::scroll;
use crate::popup::theme::{self, Theme, size, space};
use crate::say;

const HEAD: f32 = 44.0;

/// What belongs to the page in sight.
#[derive(Default)]
pub struct PageState {
    /// Whether it asks before something is deleted.
    pub confirm: bool,
    /// Whether a secret on it is shown.
    pub revealed: bool,
}

/// Draws the page that is in sight.
pub fn ui(ui: &mut Ui, page: &Page, state: &mut State, scene: &mut Scene<'_>) {
    let (top, rest) = ui
        .max_rect()
        .split_top_bottom_at_y(ui.max_rect().top() + HEAD);
    head(
        &mut part(ui, "head", top),
        &title(page, scene),
        state,
        scene,
    );
    let builder = UiBuilder::new().id_salt("body").max_rect(rest);
    ui.scope_builder(builder, |ui| {
        let scroll = ScrollArea::vertical().id_salt("page").auto_shrink(false);
        scroll.show(ui, |ui| {
            scroll::by_keys(ui, false);
            let width = rest.width() - 2.0 * space::L;
            let inner = Rect::from_min_size(
                ui.cursor().min + Vec2::new(space::L, space::XS),
                Vec2::new(width, f32::INFINITY),
            );
            let layout = Layout::top_down(Align::Min);
            let builder = UiBuilder::new().max_rect(inner).layout(layout);
            ui.scope_builder(builder, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = Vec2::new(space::S, 6.0);
                match page {
                    Page::Details(key) => details::ui(ui, key, state, scene),
                    Page::Modem(id) => mobile::ui(ui, id, state, scene),
                    Page::NewMobile => wizard::ui(ui, state, scene),
                    Page::Hidden => hidden::ui(ui, state, scene),
                    Page::Hotspot => hotspot::ui(ui, state, scene),
                    Page::Share(profile) => share::ui(ui, profile, state, scene),
                }
                ui.add_space(space::XL + space::L);
            });
        });
    });
}

fn title(page: &Page, scene: &Scene<'_>) -> String {
    match page {
        Page::Details(key) => {
            let entry = scene.model.entry(key);
            entry.map_or_else(|| say!("net-page-gone"), |entry| entry.name.clone())
        }
        Page::Modem(id) => match scene.snapshot.modem(id) {
            Some(modem) => clean(modem.operator.as_ref().unwrap_or(&modem.model)),
            None => say!("net-mobile-network"),
        },
        Page::NewMobile => say!("net-new-mobile"),
        Page::Hidden => say!("net-hidden-network"),
        Page::Hotspot => say!("net-hotspot"),
        Page::Share(profile) => match scene.snapshot.profile(profile) {
            Some(profile) => {
                let ssid = profile.ssid.as_ref().map(crate::net::Ssid::text);
                say!(
                    "net-share-name",
                    name = ssid.unwrap_or_else(|| clean(&profile.name))
                )
            }
            None => say!("net-share"),
        },
    }
}

fn head(ui: &mut Ui, title: &str, state: &mut State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    let centre = Pos2::new(rect.left() + space::S + 16.0, rect.center().y);
    let place = Rect::from_center_size(centre, Vec2::splat(32.0));
    let back = icon_button_in(
        ui,
        place,
        Focus::Back.id(),
        Icon::Back,
        &say!("net-back-hint"),
    );
    if state.takes_focus(Focus::Back) {
        back.request_focus();
    }
    if back.clicked() {
        keys::step_back(ui, state, scene);
    }
    let left = place.right() + space::XS;
    let font = FontId::new(size::TITLE, theme::bold());
    let text = one_line(ui, title, font, theme.text, rect.right() - space::L - left);
    let at = Pos2::new(left, rect.center().y);
    let place = put(ui.painter(), text, at, Align2::LEFT_CENTER);
    ui.interact(place, ui.scope_id().with("title"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Heading, true, title));
}

/// Words over a group of lines.
pub fn group(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui.ctx());
    ui.add_space(space::S);
    let wanted = Vec2::new(ui.available_width(), 20.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, words));
    let font = FontId::new(size::SMALL, theme::bold());
    let text = one_line(ui, words, font, theme.dim, rect.width());
    put(ui.painter(), text, rect.left_center(), Align2::LEFT_CENTER);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

/// Words that say what a field is for.
pub fn label(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui.ctx());
    let font = FontId::proportional(size::SMALL);
    let text = one_line(ui, words, font, theme.dim, ui.available_width());
    let wanted = Vec2::new(ui.available_width(), 16.0);
    let (rect, _) = ui.allocate_exact_size(wanted, Sense::hover());
    put(ui.painter(), text, rect.left_center(), Align2::LEFT_CENTER);
}

/// A sentence that wraps.
pub fn sentence(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui.ctx());
    let font = FontId::proportional(size::BODY);
    let galley = paragraph(ui, words, font, theme.dim, ui.available_width());
    let wanted = Vec2::new(ui.available_width(), galley.size().y);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    put(ui.painter(), galley, rect.left_top(), Align2::LEFT_TOP);
}

/// A field with its name above it.
pub fn labelled(ui: &mut Ui, id: Id, text: &mut String, name: &str, hint: &str) -> Response {
    label(ui, name);
    let width = ui.available_width();
    field(ui, id, text, hint, name, width)
}

/// A fact: its name, and its value, which a click or Ctrl+C copies.
pub fn fact(ui: &mut Ui, name: &str, value: &str, state: &mut State, scene: &Scene<'_>) {
    copied(ui, name, value, &format!("{name}: {value}"), state, scene);
}

/// A [`fact`] whose value no assistive technology and no log of its words gets by itself.
pub fn secret(ui: &mut Ui, name: &str, value: &str, state: &mut State, scene: &Scene<'_>) {
    let said = say!("net-copy-name", what = name);
    copied(ui, name, value, &said, state, scene);
}

fn copied(ui: &mut Ui, name: &str, value: &str, said: &str, state: &mut State, scene: &Scene<'_>) {
    if value.trim().is_empty() {
        return;
    }
    let theme = scene.theme;
    let width = ui.available_width();
    let names = 92.0;
    let font = FontId::proportional(size::BODY);
    let value_galley = paragraph(ui, value, font.clone(), theme.text, width - names - 20.0);
    let name_galley = paragraph(ui, name, font, theme.dim, names - space::S);
    let height = (value_galley.size().y.max(name_galley.size().y) + 8.0).max(28.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, height), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, said));
    let outer = rect.expand2(Vec2::new(space::S, 0.0));
    if response.hovered() {
        let corner = CornerRadius::same(space::RADIUS);
        ui.painter().rect_filled(outer, corner, theme.hover);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), outer, &theme);
    }
    let first = rect.top() + 5.0;
    put(
        ui.painter(),
        name_galley,
        Pos2::new(rect.left(), first),
        Align2::LEFT_TOP,
    );
    let at = Pos2::new(rect.left() + names, first);
    put(ui.painter(), value_galley, at, Align2::LEFT_TOP);
    if response.hovered() || response.has_focus() {
        let at = Pos2::new(rect.right() - 7.0, rect.top() + 14.0);
        icons::paint(ui.painter(), Icon::Copy, at, 12.0, theme.dim);
    }
    let key = response.has_focus()
        && ui.input_mut(|input| {
            let events = &mut input.events;
            let found = events
                .iter()
                .position(|event| matches!(event, egui::Event::Copy));
            found.map(|at| events.remove(at)).is_some()
                || input.consume_key(Modifiers::CTRL, Key::C)
        });
    if response.clicked() || key {
        ui.ctx().copy_text(value.to_owned());
        state.strip = Some(Strip::notice(say!("net-copied"), scene.secs));
    }
}
