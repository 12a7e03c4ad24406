//! The list: the filter above, the rows, and how the keyboard walks them.

use egui::{
    EventFilter, Key, Modifiers, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo,
};

use std::collections::HashMap;

use super::model::RowKey;
use super::order::{Anchors, Hold, Item, ROW, Rows, Shown, key};
use super::{Focus, Scene, State, act, empty, extra, filter, row, scan, status};
use crate::popup::controls::{field, icon_button_in};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::space;
use crate::say;

const FILTER_HEIGHT: f32 = 44.0;
/// After so many seconds without a key or a movement nobody is choosing any more.
const IDLE_SECS: f64 = 4.0;

/// What the keyboard is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    /// A row.
    Row(RowKey),
    /// The weaker networks, folded away.
    Weaker,
    /// The networks out of range, folded away.
    Away,
}

impl Cursor {
    fn of(item: &Item) -> Option<Self> {
        match item {
            Item::Title(_) => None,
            Item::Row(key) => Some(Self::Row(key.clone())),
            Item::Weaker(_) => Some(Self::Weaker),
            Item::Away(_) => Some(Self::Away),
        }
    }
}

/// The list's rows, its cursor and its filter.
#[derive(Default)]
pub struct ListState {
    /// What is typed into the filter.
    pub query: String,
    /// What the list shows.
    pub rows: Rows,
    /// What the keyboard is on.
    pub cursor: Option<Cursor>,
    /// Whether the cursor is to be brought into sight.
    pub scroll_to_cursor: bool,
    /// Whether the snapshot has changed since the rows were last brought up to date.
    pub changed: bool,
    /// Whether the person asked for the right order.
    pub settle: bool,
    /// When a row was last told to do something, in egui's seconds.
    pub acted_at: Option<f64>,
    /// A row that could not do what was asked, and says why.
    pub refused: Option<RowKey>,
    /// How much stands below a row, in points.
    pub extra: HashMap<RowKey, f32>,
    weaker: bool,
    away: bool,
    shown: (String, bool, bool),
    /// When a key or the pointer last moved on the list.
    used_at: Option<f64>,
    pointer: Option<Pos2>,
    /// The row under the pointer.
    pointed: Option<RowKey>,
    /// The line that the cursor was on.
    cursor_line: usize,
    /// How far the list is scrolled, in points.
    offset: f32,
    seen_height: f32,
}

/// Draws the list.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let rect = ui.max_rect();
    if empty::whole(ui, rect, state, scene) {
        hold_keyboard(ui, rect, state);
        return;
    }
    let (top, mut rest) = rect.split_top_bottom_at_y(rect.top() + FILTER_HEIGHT);
    filter_ui(ui, top, state, scene);
    rest.min.y += extra::scan_failure(ui, rest, scene);
    update(ui, rest, state, scene);
    if state.list.rows.items.is_empty() {
        empty::list(ui, rest, state, scene);
        hold_keyboard(ui, rest, state);
    } else {
        rows(ui, rest, state, scene);
    }
}

/// The keyboard has to be somewhere, also without rows.
fn hold_keyboard(ui: &Ui, rect: Rect, state: &mut State) {
    let place = Rect::from_min_size(rect.min, Vec2::ZERO);
    let holder = ui.interact(place, Focus::List.id(), Sense::focusable_noninteractive());
    if state.takes_focus(Focus::List) {
        holder.request_focus();
    }
}

/// How free the list is to change, by where the person is.
fn hold(ui: &Ui, rect: Rect, state: &mut State, scene: &Scene<'_>) -> Hold {
    let pointed = ui.rect_contains_pointer(rect);
    let at = ui.input(|input| input.pointer.hover_pos());
    let scrolled = ui.input(|input| input.smooth_scroll_delta() != Vec2::ZERO);
    let list = &mut state.list;
    let moved = std::mem::replace(&mut list.pointer, at) != at;
    if pointed && (moved || scrolled) {
        list.used_at = Some(scene.secs);
    }
    if state.open.as_ref().is_some_and(|open| !open.hidden) {
        return Hold::Firm;
    }
    let idle = list.used_at.map_or(f64::INFINITY, |at| scene.secs - at);
    if idle < IDLE_SECS {
        if list.rows.waiting {
            let wait = IDLE_SECS - idle + 0.05;
            ui.ctx().request_repaint_after_secs(wait as f32);
        }
        return Hold::Firm;
    }
    if pointed { Hold::Resting } else { Hold::Free }
}

/// Brings the rows up to date, where there is a reason to.
fn update(ui: &Ui, rect: Rect, state: &mut State, scene: &Scene<'_>) {
    let mut hold = hold(ui, rect, state, scene);
    let list = &mut state.list;
    let shown = (filter::fold(list.query.trim()), list.weaker, list.away);
    let typed = shown.0 != list.shown.0;
    let asked = std::mem::take(&mut list.settle) || shown != list.shown;
    if asked {
        hold = Hold::Free;
    }
    list.place();
    let line = list.line();
    let released = list.rows.waiting && hold != Hold::Firm;
    if std::mem::take(&mut list.changed) || asked || released {
        let mut keys: Vec<RowKey> = list.pointed.iter().cloned().collect();
        if let Some(Cursor::Row(key)) = &list.cursor {
            keys.push(key.clone());
        }
        let anchors = Anchors {
            keys,
            bottom: list.offset + list.seen_height,
        };
        let wanted = Shown {
            query: &shown.0,
            weaker: shown.1,
            away: shown.2,
        };
        list.rows.update(&scene.model, wanted, hold, &anchors);
        list.place();
    }
    list.shown = shown;
    let lost = list
        .cursor
        .as_ref()
        .map(|cursor| list.line_of(cursor).is_none());
    if typed || lost.is_none() {
        list.cursor = first(list, scene, typed && !list.query.is_empty());
        list.scroll_to_cursor = typed;
    } else if lost == Some(true) {
        // What was unfolded, or what took its place.
        let last = list.rows.items.len().saturating_sub(1);
        let next = list.rows.choose(line.min(last), 1);
        let next = next.or_else(|| list.rows.choose(last, -1));
        list.cursor = next
            .and_then(|line| list.rows.items.get(line))
            .and_then(Cursor::of);
    }
    list.cursor_line = list.line();
}

/// Where the keyboard begins: on what is most likely wanted, which is not what one has already.
fn first(list: &ListState, scene: &Scene<'_>, found: bool) -> Option<Cursor> {
    let mut rows = list.rows.items.iter().filter(|item| key(item).is_some());
    let idle = |item: &&Item| {
        key(item)
            .and_then(|key| scene.model.entry(key))
            .is_some_and(|entry| {
                matches!(status::of(entry, scene), status::Status::Idle)
                    && status::obstacle(entry, scene).is_none()
            })
    };
    // A network that costs nothing before one that may.
    let is_wifi = |item: &&Item| matches!(key(item), Some(RowKey::Network(_)));
    let best = if found {
        None
    } else {
        let wifi = rows.clone().filter(is_wifi).find(idle);
        wifi.or_else(|| rows.clone().find(idle))
    };
    best.or_else(|| rows.next()).and_then(Cursor::of)
}

impl ListState {
    fn place(&mut self) {
        let extra = std::mem::take(&mut self.extra);
        self.rows
            .place(|key| extra.get(key).copied().unwrap_or(0.0));
        self.extra = extra;
    }

    /// The line that the keyboard is on.
    pub fn line_of(&self, cursor: &Cursor) -> Option<usize> {
        let items = &self.rows.items;
        items
            .iter()
            .position(|item| Cursor::of(item).as_ref() == Some(cursor))
    }

    fn line(&self) -> usize {
        let line = self.cursor.as_ref().and_then(|cursor| self.line_of(cursor));
        line.unwrap_or(self.cursor_line)
    }

    fn go_to(&mut self, line: usize) {
        self.cursor = self.rows.items.get(line).and_then(Cursor::of);
        self.scroll_to_cursor = true;
    }
}

fn filter_ui(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let mut inner = rect.shrink2(Vec2::new(space::M, 7.0));
    let takes_focus = state.takes_focus(Focus::Filter);
    // The scan's button and what it does stand at the end of the line.
    inner.max.x -= scan_ui(ui, rect, state, scene);
    let list = &mut state.list;
    let response = ui
        .scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            let hint = say!("net-filter");
            let label = say!("net-filter-networks");
            let id = Focus::Filter.id();
            field(ui, id, &mut list.query, &hint, &label, inner.width())
        })
        .inner;
    let icon = Pos2::new(inner.right() - 16.0, inner.center().y);
    if list.query.is_empty() {
        icons::paint(ui.painter(), Icon::Search, icon, 12.0, scene.theme.dim);
    } else {
        let place = Rect::from_center_size(icon, Vec2::splat(24.0));
        let id = ui.scope_id().with("end filter");
        if icon_button_in(ui, place, id, Icon::Close, &say!("net-show-all-hint")).clicked() {
            list.query.clear();
            state.focus = Some(Focus::List);
        }
    }
    if takes_focus {
        response.request_focus();
    }
    if response.has_focus() || response.lost_focus() {
        let (down, up, enter) = ui.input_mut(|input| {
            let none = Modifiers::NONE;
            (
                input.consume_key(none, Key::ArrowDown),
                input.consume_key(none, Key::ArrowUp),
                // The list, which gets the keyboard, is not to have it again.
                input.consume_key(none, Key::Enter),
            )
        });
        if down || up {
            step(state, if down { 1 } else { -1 }, scene);
            state.focus = Some(Focus::List);
        } else if enter {
            state.focus = Some(Focus::List);
            activate(state, scene);
        }
    }
}

/// The button that looks again, or that it looks; returns its width.
fn scan_ui(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    if !scan::can(scene.snapshot) {
        return 0.0;
    }
    let centre = Pos2::new(rect.right() - space::M - 14.0, rect.center().y);
    let place = Rect::from_center_size(centre, Vec2::splat(28.0));
    let id = ui.scope_id().with("scan");
    if scene.snapshot.scanning.is_empty() {
        if icon_button_in(ui, place, id, Icon::Retry, &say!("net-look-hint")).clicked() {
            scan::now(state, scene);
        }
        return 28.0 + space::XS;
    }
    let theme = scene.theme;
    let font = egui::FontId::proportional(crate::popup::theme::size::SMALL);
    let words = crate::popup::controls::one_line(ui, &say!("net-looking"), font, theme.dim, 80.0);
    let width = words.size().x + 22.0 + space::XS;
    let at = Pos2::new(rect.right() - space::M, rect.center().y);
    let shown = crate::popup::controls::put(ui.painter(), words, at, egui::Align2::RIGHT_CENTER);
    let icon = Pos2::new(shown.left() - 12.0, rect.center().y);
    icons::paint(ui.painter(), Icon::Retry, icon, 12.0, theme.accent_text);
    let response = ui.interact(shown, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, say!("net-looking-spoken")));
    width + space::S
}

fn rows(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let whole = ui.interact(rect, Focus::List.id(), Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, say!("net-networks")));
    if state.takes_focus(Focus::List) {
        whole.request_focus();
    }
    if whole.has_focus() {
        let lock = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, lock));
        list_keys(ui, rect.height(), state, scene);
    }
    let mut scroll = ScrollArea::vertical().id_salt("rows").auto_shrink(false);
    let list = &mut state.list;
    if std::mem::take(&mut list.scroll_to_cursor) {
        let (top, bottom) = list.rows.span(list.line());
        let bottom = bottom + space::XS;
        let offset = list.offset.max(bottom - rect.height()).min(top).max(0.0);
        scroll = scroll.vertical_scroll_offset(offset);
    }
    let mut pointed = None;
    let scrolled = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        scroll.show_viewport(ui, |ui, view| {
            ui.set_height(state.list.rows.height() + space::S);
            let origin = ui.max_rect().min;
            for line in state.list.rows.visible(view.top(), view.bottom()) {
                let (top, bottom) = state.list.rows.span(line);
                let place = Rect::from_min_max(
                    Pos2::new(origin.x, origin.y + top),
                    Pos2::new(origin.x + rect.width(), origin.y + bottom),
                );
                if ui.rect_contains_pointer(place) {
                    pointed = state.list.rows.items.get(line).and_then(key).cloned();
                }
                row::line(ui, place, line, whole.has_focus(), state, scene);
            }
        })
    });
    let list = &mut state.list;
    list.pointed = pointed;
    list.offset = scrolled.inner.state.clamped_offset().y;
    list.seen_height = rect.height();
}

fn step(state: &mut State, by: isize, scene: &Scene<'_>) {
    let list = &mut state.list;
    list.used_at = Some(scene.secs);
    let next = list.line().checked_add_signed(by);
    if let Some(line) = next.and_then(|line| list.rows.choose(line, by)) {
        list.go_to(line);
    }
}

fn list_keys(ui: &Ui, height: f32, state: &mut State, scene: &mut Scene<'_>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let list = &mut state.list;
    let last = list.rows.items.len().saturating_sub(1);
    let page = (height / ROW) as isize;
    let jump = if pressed(Key::Home) {
        list.rows.choose(0, 1)
    } else if pressed(Key::End) {
        list.rows.choose(last, -1)
    } else {
        None
    };
    if let Some(line) = jump {
        list.used_at = Some(scene.secs);
        list.go_to(line);
    } else if pressed(Key::ArrowDown) {
        step(state, 1, scene);
    } else if pressed(Key::ArrowUp) {
        step(state, -1, scene);
    } else if pressed(Key::PageDown) {
        let by = page.min(last.saturating_sub(list.line()) as isize);
        step(state, by.max(0), scene);
    } else if pressed(Key::PageUp) {
        let by = page.min(list.line() as isize);
        step(state, -by, scene);
    } else if pressed(Key::Enter) {
        activate(state, scene);
    } else if pressed(Key::ArrowRight) {
        if let Some(entry) = row::current(state, scene) {
            act::details(&entry, state);
        }
    } else if pressed(Key::Delete)
        && let Some(entry) = row::current(state, scene)
    {
        act::ask_forget(&entry, state, scene);
    }
}

/// What Enter does to the line that the keyboard is on.
fn activate(state: &mut State, scene: &mut Scene<'_>) {
    state.list.used_at = Some(scene.secs);
    match state.list.cursor.clone() {
        Some(Cursor::Weaker) => unfold(state, true),
        Some(Cursor::Away) => unfold(state, false),
        Some(Cursor::Row(_)) => {
            if let Some(entry) = row::current(state, scene) {
                act::primary(&entry, state, scene);
            }
        }
        None => {}
    }
}

/// Shows what was folded away; the keyboard goes to the first of it.
pub fn unfold(state: &mut State, weaker: bool) {
    let list = &mut state.list;
    if weaker {
        list.weaker = true;
    } else {
        list.away = true;
    }
}
