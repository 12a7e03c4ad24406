//! The left pane: the search field and the list of conversations, or of what was found.

use egui::{EventFilter, Pos2, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo};

use super::order::{Item, Rows};
use super::{Focus, Scene, State, nothing, row, strip};
use crate::popup::controls::{field, icon_button_in};
use crate::popup::icons::{self, Icon};
use crate::popup::states;
use crate::popup::theme::space;
use crate::say;
use crate::sms::command::Command;
use crate::sms::snapshot::About;

const SEARCH_HEIGHT: f32 = 46.0;
/// A search is asked for after typing has paused this long, in seconds.
const SEARCH_PAUSE: f64 = 0.12;

/// The list's rows, its cursor and its search.
#[derive(Default)]
pub struct ListState {
    /// What is typed into the search field.
    pub query: String,
    /// What was last asked of the source.
    asked: String,
    typed_at: f64,
    /// What the list shows.
    pub rows: Rows,
    /// The row that the keyboard is on.
    pub cursor: usize,
    scroll_to_cursor: bool,
    /// How far the list is scrolled, in points.
    offset: f32,
}

impl ListState {
    /// Ends the search, if there is one.
    pub fn end_search(&mut self, commands: &mut Vec<Command>) -> bool {
        let was = !self.query.is_empty();
        self.query.clear();
        if !self.asked.is_empty() {
            self.asked.clear();
            commands.push(Command::Search(String::new()));
        }
        was
    }
}

/// Draws the pane.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0, scene.theme.raised);
    let (top, rest) = rect.split_top_bottom_at_y(rect.top() + SEARCH_HEIGHT);
    search(ui, top, state, scene);
    let Some(conversations) = &scene.snapshot.conversations else {
        if scene.failure(&About::Store).is_some() {
            states::say(ui, rest, Icon::Store, &say!("sms-store-unreadable"));
            return;
        }
        let since = state.started.unwrap_or(scene.secs);
        states::wait(ui, rest, &say!("sms-store-reading"), since);
        return;
    };
    let pointed = ui.rect_contains_pointer(rest);
    let list = &mut state.list;
    if !pointed && list.rows.is_held() {
        list.rows.release();
    }
    let query = list.query.trim().to_owned();
    let changed = list.rows.update(
        conversations,
        scene.snapshot.search.as_ref(),
        &query,
        pointed,
    );
    if changed && !query.is_empty() {
        list.cursor = list.rows.choose(0, 1).unwrap_or(0);
    }
    if list.rows.items.is_empty() {
        nothing_found(ui, rest, state, scene, &query);
    } else {
        rows(ui, rest, state, scene);
    }
}

fn search(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let inner = rect.shrink(space::S);
    let takes_focus = state.takes_focus(Focus::Search);
    let list = &mut state.list;
    let response = ui
        .scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            let id = Focus::Search.id();
            let label = say!("sms-search");
            field(ui, id, &mut list.query, &label, &label, inner.width())
        })
        .inner;
    let icon = Pos2::new(inner.right() - 16.0, inner.center().y);
    if list.query.is_empty() {
        icons::paint(ui.painter(), Icon::Search, icon, 12.0, scene.theme.dim);
    } else {
        let place = Rect::from_center_size(icon, Vec2::splat(24.0));
        let id = ui.scope_id().with("end search");
        if icon_button_in(ui, place, id, Icon::Close, &say!("sms-end-search-key")).clicked() {
            list.end_search(&mut scene.commands);
        }
    }
    if takes_focus {
        response.request_focus();
    }
    if response.changed() {
        list.typed_at = scene.secs;
    }
    if response.has_focus() || response.lost_focus() {
        let (down, enter) = ui.input_mut(|input| {
            let none = egui::Modifiers::NONE;
            (
                input.consume_key(none, egui::Key::ArrowDown),
                input.key_pressed(egui::Key::Enter),
            )
        });
        if down {
            list.cursor = list.rows.choose(0, 1).unwrap_or(0);
            state.focus = Some(Focus::List);
        } else if enter && !state.list.query.trim().is_empty() {
            activate(state.list.cursor, state, scene);
        }
    }
    let list = &mut state.list;
    let query = list.query.trim();
    if query != list.asked {
        let wait = list.typed_at + SEARCH_PAUSE - scene.secs;
        if wait <= 0.0 || query.is_empty() {
            query.clone_into(&mut list.asked);
            scene.commands.push(Command::Search(query.to_owned()));
        } else {
            ui.ctx().request_repaint_after_secs(wait as f32 + 0.005);
        }
    }
}

fn nothing_found(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>, query: &str) {
    if query.is_empty() {
        if state.narrow {
            nothing::nothing_open(ui, rect, state, scene);
        }
    } else if scene
        .snapshot
        .search
        .as_ref()
        .is_some_and(|search| search.query == query)
    {
        let sentence = say!("sms-nothing-found", query = query);
        let words = (Icon::Nothing, sentence.as_str());
        if states::offer(ui, rect, words, (Icon::Close, &say!("sms-end-search"))) {
            state.list.end_search(&mut scene.commands);
        }
    } else {
        states::wait(ui, rect, &say!("sms-searching"), state.list.typed_at);
    }
}

fn rows(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let whole = ui.interact(rect, Focus::List.id(), Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, say!("sms-conversations")));
    if state.takes_focus(Focus::List) {
        whole.request_focus();
    }
    if whole.gained_focus() {
        state.list.scroll_to_cursor = true;
    }
    if whole.has_focus() {
        let lock = EventFilter {
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, lock));
        list_keys(ui, rect.height(), state, scene);
    }
    let mut scroll = ScrollArea::vertical().id_salt("rows").auto_shrink(false);
    let list = &mut state.list;
    if std::mem::take(&mut list.scroll_to_cursor) {
        let (top, bottom) = list.rows.span(list.cursor);
        let offset = list.offset.min(top).max(bottom - rect.height()).max(0.0);
        scroll = scroll.vertical_scroll_offset(offset);
    }
    let mut activated = None;
    let scrolled = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        scroll.show_viewport(ui, |ui, view| {
            ui.set_height(state.list.rows.height());
            let origin = ui.max_rect().min;
            for row in state.list.rows.visible(view.top(), view.bottom()) {
                let (top, bottom) = state.list.rows.span(row);
                let place = Rect::from_min_max(
                    Pos2::new(origin.x, origin.y + top),
                    Pos2::new(origin.x + rect.width(), origin.y + bottom),
                );
                if row::ui(ui, place, row, whole.has_focus(), state, scene) {
                    activated = Some(row);
                }
            }
        })
    });
    state.list.offset = scrolled.inner.state.clamped_offset().y;
    if let Some(row) = activated {
        state.list.cursor = row;
        activate(row, state, scene);
    }
}

fn list_keys(ui: &Ui, height: f32, state: &mut State, scene: &mut Scene<'_>) {
    use egui::{Key, Modifiers};
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let list = &mut state.list;
    let (last, page) = (
        list.rows.items.len().saturating_sub(1),
        (height / super::order::ROW) as usize,
    );
    let before = list.cursor;
    let at = before.min(last);
    let moved = if pressed(Key::ArrowDown) {
        list.rows.choose(at + 1, 1)
    } else if pressed(Key::ArrowUp) {
        at.checked_sub(1).and_then(|at| list.rows.choose(at, -1))
    } else if pressed(Key::PageDown) {
        list.rows.choose((at + page).min(last), 1)
    } else if pressed(Key::PageUp) {
        list.rows.choose(at.saturating_sub(page), 1)
    } else if pressed(Key::Home) {
        list.rows.choose(0, 1)
    } else if pressed(Key::End) {
        list.rows.choose(last, -1)
    } else {
        None
    };
    if let Some(row) = moved {
        list.cursor = row;
        list.scroll_to_cursor = true;
    } else if pressed(Key::Enter) || pressed(Key::ArrowRight) {
        activate(at, state, scene);
    } else if ui.input_mut(|input| input.consume_key(Modifiers::SHIFT, Key::Delete))
        && let Some(Item::Conversation(index)) = state.list.rows.items.get(at)
        && let Some(id) = scene.conversations().get(*index).map(|c| c.id)
    {
        strip::delete_conversation(state, scene, id);
    }
}

fn activate(row: usize, state: &mut State, scene: &mut Scene<'_>) {
    match state.list.rows.items.get(row) {
        Some(Item::Conversation(index)) => {
            if let Some(id) = scene.conversations().get(*index).map(|c| c.id) {
                state.open(scene, id);
            }
        }
        Some(Item::Hit(index)) => {
            let hits = scene.snapshot.search.as_ref().map(|search| &search.hits);
            if let Some(hit) = hits.and_then(|hits| hits.get(*index)) {
                let (conversation, message) = (hit.conversation, hit.id);
                state.open(scene, conversation);
                state.thread.go_to(message);
            }
        }
        _ => {}
    }
}
