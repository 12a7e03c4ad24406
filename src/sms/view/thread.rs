//! The open thread: its head, and the messages, of which only those in sight are laid out.

use std::sync::Arc;

use egui::{
    Align2, CornerRadius, EventFilter, FontId, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui,
    UiBuilder, Vec2, WidgetInfo,
};

use super::bubble::{self, Laid, Wish};
use super::scroll::{Anchor, Heights};
use super::strip::{self, Strip};
use super::{Focus, Scene, State, keys, paint, words};
use crate::popup::controls::{icon_button_in, icon_button_look, one_line, put};
use crate::popup::icons::Icon;
use crate::popup::states;
use crate::popup::theme::{self, size, space};
use crate::say;
use crate::sms::command::Command;
use crate::sms::message::{ConversationId, Direction, Message, MessageId, State as Progress};

/// Laid out above and below what is in sight, in points.
const MARGIN: f32 = 120.0;
/// Older messages are asked for when the top is this many windows away.
const AHEAD: f32 = 2.0;

/// Where the open thread is scrolled to, and what is selected in it.
#[derive(Default)]
pub struct ThreadState {
    /// The message that keys act on.
    pub selected: Option<MessageId>,
    /// The unknown message that asks whether it is to be sent again.
    pub confirm: Option<MessageId>,
    /// The first message that was unread when the thread was opened.
    pub first_new: Option<MessageId>,
    heights: Heights,
    anchor: Anchor,
    go_to: Option<MessageId>,
    opened_at: Option<f64>,
    unread_at_open: u32,
    looked_for_new: bool,
    /// How many messages were loaded when older ones were last asked for.
    asked_older_at: Option<usize>,
    marked: Option<u32>,
    view_height: f32,
    newest: Option<MessageId>,
}

impl ThreadState {
    /// Begins with another thread.
    pub fn open(&mut self, _id: ConversationId, unread: u32) {
        *self = Self {
            unread_at_open: unread,
            ..Self::default()
        };
    }

    /// Shows this message as soon as it is loaded.
    pub fn go_to(&mut self, id: MessageId) {
        self.go_to = Some(id);
        self.selected = Some(id);
    }

    /// Shows the newest message.
    pub fn show_newest(&mut self) {
        self.anchor = Anchor::Bottom;
        self.selected = None;
        self.first_new = None;
    }

    /// Scrolls by so many windows; negative is up.
    pub fn page(&mut self, windows: f32) {
        let offset = self.heights.offset(self.anchor, self.view_height);
        let most = (self.heights.total() - self.view_height).max(0.0);
        let offset = (offset + windows * self.view_height).clamp(0.0, most);
        self.anchor = self.heights.anchor(offset, self.view_height);
    }

    /// Selects the message `step` after the selected one, or the newest, and shows it.
    fn step(&mut self, messages: &[Message], step: isize) {
        let at = self.selected.and_then(|id| self.heights.index_of(id));
        let next = match at {
            Some(at) => at
                .checked_add_signed(step)
                .filter(|&at| at < messages.len())
                .or(Some(at)),
            None => messages.len().checked_sub(1),
        };
        let Some((index, message)) = next.and_then(|at| Some((at, messages.get(at)?))) else {
            return;
        };
        self.selected = Some(message.id);
        self.confirm = None;
        let view = self.view_height;
        let offset = self.heights.offset(self.anchor, view);
        let (top, bottom) = (self.heights.top(index), self.heights.top(index + 1));
        if top < offset + space::S {
            self.anchor = Anchor::At(message.id, space::S);
        } else if bottom > offset + view - space::S {
            self.anchor = Anchor::At(message.id, view - space::S - (bottom - top));
        }
    }
}

/// Whose thread it is, with a way back in a narrow window; returns the height.
pub fn head(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>, id: ConversationId) -> f32 {
    let theme = scene.theme;
    let max = ui.max_rect();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), 46.0));
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    let mut left = rect.left() + space::L;
    if state.narrow {
        left = keys::back_button(ui, rect, state, scene);
    }
    let Some(c) = scene.conversation(id) else {
        return rect.height();
    };
    let copy = Rect::from_center_size(
        Pos2::new(rect.right() - 22.0, rect.center().y),
        Vec2::splat(28.0),
    );
    let bin = copy.translate(Vec2::new(-28.0 - space::XS, 0.0));
    let name = words::of_conversation(c);
    let room = bin.left() - space::S - left;
    let font = FontId::new(size::BODY, theme::bold());
    let text = one_line(ui, &name, font, theme.text, room);
    let y = rect.center().y - if c.name.is_some() { 8.0 } else { 0.0 };
    let place = put(ui.painter(), text, Pos2::new(left, y), Align2::LEFT_CENTER);
    ui.interact(place, ui.scope_id().with("name"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Heading, true, &*name));
    if c.name.is_some() {
        let small = FontId::proportional(size::SMALL);
        let text = one_line(ui, &c.address, small, theme.dim, room);
        put(
            ui.painter(),
            text,
            Pos2::new(left, rect.center().y + 9.0),
            Align2::LEFT_CENTER,
        );
    }
    let label = say!("sms-copy-number-key");
    if icon_button_in(ui, copy, ui.scope_id().with("copy"), Icon::Copy, &label).clicked() {
        copy_number(ui, state, scene, &c.address);
    }
    let label = say!("sms-delete-conversation-key");
    if icon_button_in(ui, bin, ui.scope_id().with("delete"), Icon::Delete, &label).clicked() {
        strip::delete_conversation(state, scene, id);
    }
    rect.height()
}

/// Puts a number on the clipboard and says so.
pub fn copy_number(ui: &Ui, state: &mut State, scene: &Scene<'_>, number: &str) {
    ui.ctx().copy_text(number.to_owned());
    state.strip = Some(Strip::notice(say!("sms-number-copied"), scene.secs));
}

/// Draws the messages of the thread `id`.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>, id: ConversationId) {
    let rect = ui.max_rect();
    let opened = *state.thread.opened_at.get_or_insert(scene.secs);
    let snapshot = scene.snapshot;
    let Some(thread) = snapshot
        .thread
        .as_ref()
        .filter(|thread| thread.conversation == id)
    else {
        states::wait(ui, rect, &say!("sms-thread-reading"), opened);
        return;
    };
    let messages = &thread.messages;
    if messages.is_empty() {
        states::say(ui, rect, Icon::Messages, &say!("sms-thread-empty"));
        return;
    }
    let whole = ui.interact(rect, Focus::Thread.id(), Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::List, true, say!("sms-messages")));
    if state.takes_focus(Focus::Thread) {
        whole.request_focus();
    }
    state.thread.view_height = rect.height();
    state.thread.heights.update(messages, rect.width(), |m| {
        bubble::estimate(m, rect.width())
    });
    find_new(state, messages);
    if whole.has_focus() {
        let lock = EventFilter {
            vertical_arrows: true,
            escape: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, lock));
        thread_keys(ui, state, scene, messages);
    }
    let loaded_all = messages.len() >= thread.total as usize;
    go_to(state, scene, messages.len(), loaded_all);

    let (offset, laid) = lay_out(ui, rect, messages, state, scene);
    let shown = draw(
        ui,
        rect,
        messages,
        &laid,
        offset,
        whole.has_focus(),
        state,
        scene,
    );
    if let Some((message, wish)) = shown {
        carry_out(ui, state, scene, message, wish);
    }
    if !loaded_all && offset < AHEAD * rect.height() {
        ask_older(state, scene, messages.len());
    }
    let at_bottom = offset >= state.thread.heights.total() - rect.height() - 4.0;
    if at_bottom {
        mark_read(ui, state, scene, id);
    } else if newest_button(ui, rect) {
        state.thread.show_newest();
    }
    if messages
        .iter()
        .rev()
        .take(50)
        .any(|m| m.state == Progress::Sending)
    {
        // The seconds that are told below it.
        ui.ctx().request_repaint_after_secs(1.0);
    }
}

/// Where the unread messages begin, found once when the thread has come.
fn find_new(state: &mut State, messages: &Arc<Vec<Message>>) {
    let thread = &mut state.thread;
    if !std::mem::replace(&mut thread.looked_for_new, true) && thread.unread_at_open > 0 {
        let unread = |m: &&Message| !m.read && m.direction == Direction::In;
        thread.first_new = messages.iter().find(unread).map(|m| m.id);
        if let Some(first) = thread.first_new {
            thread.anchor = Anchor::At(first, 60.0);
        }
    }
    let newest = messages.last().map(|m| m.id);
    if thread.newest != newest {
        thread.newest = newest;
        // One's own new message is always shown.
        if messages
            .last()
            .is_some_and(|m| m.state == Progress::Sending || m.state == Progress::Queued)
        {
            thread.anchor = Anchor::Bottom;
        }
    }
}

fn go_to(state: &mut State, scene: &mut Scene<'_>, loaded: usize, loaded_all: bool) {
    let Some(id) = state.thread.go_to else { return };
    if state.thread.heights.index_of(id).is_some() {
        state.thread.anchor = Anchor::At(id, state.thread.view_height / 3.0);
        state.thread.go_to = None;
    } else if loaded_all {
        state.thread.go_to = None;
    } else {
        ask_older(state, scene, loaded);
    }
}

fn ask_older(state: &mut State, scene: &mut Scene<'_>, loaded: usize) {
    if state.thread.asked_older_at != Some(loaded) {
        state.thread.asked_older_at = Some(loaded);
        scene.commands.push(Command::LoadOlder);
    }
}

/// Lays out what is in sight until its heights are known; returns the offset and the bubbles.
fn lay_out(
    ui: &Ui,
    rect: Rect,
    messages: &[Message],
    state: &mut State,
    scene: &Scene<'_>,
) -> (f32, Vec<(usize, Laid)>) {
    let view = rect.height();
    let mut laid: Vec<(usize, Laid)> = Vec::new();
    let mut offset = 0.0;
    // Each round brings the estimates in sight to an end; two are nearly always enough.
    for _ in 0..4 {
        let heights = &state.thread.heights;
        offset = heights.offset(state.thread.anchor, view);
        let range = heights.visible(offset - MARGIN, offset + view + MARGIN);
        laid.retain(|(index, _)| range.contains(index));
        for index in range {
            if laid.iter().any(|(known, _)| *known == index) {
                continue;
            }
            let Some(message) = messages.get(index) else {
                continue;
            };
            let previous = index.checked_sub(1).and_then(|before| messages.get(before));
            let one = bubble::lay_out(ui, message, previous, rect.width(), state, scene);
            laid.push((index, one));
        }
        let found = laid.iter().map(|(index, one)| (*index, one.height));
        if !state.thread.heights.correct(found) {
            break;
        }
    }
    laid.sort_by_key(|(index, _)| *index);
    (offset, laid)
}

#[expect(clippy::too_many_arguments, reason = "the surroundings of one frame")]
fn draw<'m>(
    ui: &mut Ui,
    rect: Rect,
    messages: &'m [Message],
    laid: &[(usize, Laid)],
    offset: f32,
    focused: bool,
    state: &mut State,
    scene: &Scene<'_>,
) -> Option<(&'m Message, Wish)> {
    let view = rect.height();
    let bottom = space::S;
    let total = state.thread.heights.total();
    // A short thread stands at the bottom, where the reply is written.
    let lead = (view - total - bottom).max(0.0);
    let mut wanted = None;
    // Beyond its ends the area would spring back, for ever since it is asked for again each frame.
    let furthest = (lead + total + bottom - view).max(0.0);
    let scroll = ScrollArea::vertical()
        .id_salt(("messages", state.thread.opened_at.map(f64::to_bits)))
        .auto_shrink(false)
        .vertical_scroll_offset(if lead > 0.0 {
            0.0
        } else {
            (offset + at_end(offset, total, view, bottom)).clamp(0.0, furthest)
        });
    let shown = ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        scroll.show_viewport(ui, |ui, _| {
            let origin = ui.max_rect().min;
            ui.set_height(lead + total + bottom);
            for (index, one) in laid {
                let Some(message) = messages.get(*index) else {
                    continue;
                };
                let top = origin.y + lead + state.thread.heights.top(*index);
                let place = Rect::from_min_size(
                    Pos2::new(rect.left(), top),
                    Vec2::new(rect.width(), one.height),
                );
                if let Some(wish) = paint::message(ui, place, message, one, focused, state, scene) {
                    wanted = Some((message, wish));
                }
            }
        })
    });
    let moved = shown.inner.state.clamped_offset().y;
    let forced = offset + at_end(offset, total, view, bottom);
    if lead == 0.0 && (moved - forced).abs() > 0.25 {
        let moved = if moved >= total + bottom - view - 0.5 {
            total - view
        } else {
            moved
        };
        state.thread.anchor = state.thread.heights.anchor(moved, view);
    }
    wanted
}

/// The breathing space below the newest message is scrolled to with it.
fn at_end(offset: f32, total: f32, view: f32, bottom: f32) -> f32 {
    if offset >= total - view - 0.5 {
        bottom
    } else {
        0.0
    }
}

fn newest_button(ui: &Ui, rect: Rect) -> bool {
    let theme = theme::Theme::of(ui.ctx());
    // In the middle: the outer edges belong to the bubbles.
    let at = rect.center_bottom() - Vec2::new(0.0, 26.0);
    let place = Rect::from_center_size(at, Vec2::splat(32.0));
    let response = ui.interact(place, ui.scope_id().with("newest"), Sense::click());
    ui.painter()
        .rect_filled(place, CornerRadius::same(16), theme.hover);
    let ring = Stroke::new(1.0, theme.line);
    ui.painter().circle_stroke(place.center(), 15.5, ring);
    icon_button_look(ui, place, &response, Icon::Newest, &say!("sms-newest-key"));
    response.clicked()
}

/// What has been in sight, in a window that has the keyboard, has been read.
fn mark_read(ui: &Ui, state: &mut State, scene: &mut Scene<'_>, id: ConversationId) {
    let unread = scene.conversation(id).map_or(0, |c| c.unread);
    if unread == 0 {
        state.thread.marked = None;
    } else if state.thread.marked != Some(unread) && ui.input(|input| input.focused) {
        state.thread.marked = Some(unread);
        scene.commands.push(Command::MarkRead(id));
    }
}

fn thread_keys(ui: &Ui, state: &mut State, scene: &mut Scene<'_>, messages: &Arc<Vec<Message>>) {
    use egui::{Key, Modifiers};
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let thread = &mut state.thread;
    if pressed(Key::ArrowUp) {
        thread.step(messages, -1);
    } else if pressed(Key::ArrowDown) {
        let last = messages.last().map(|m| m.id);
        if thread.selected.is_some() && thread.selected == last {
            thread.selected = None;
            state.focus = Some(Focus::Reply);
        } else {
            thread.step(messages, 1);
        }
    } else if pressed(Key::Home) {
        if let Some(first) = messages.first() {
            thread.selected = Some(first.id);
            thread.anchor = Anchor::At(first.id, 0.0);
        }
    } else if pressed(Key::End) {
        thread.show_newest();
        thread.selected = messages.last().map(|m| m.id);
    }
    let selected = state
        .thread
        .selected
        .and_then(|id| messages.iter().rfind(|m| m.id == id));
    let Some(message) = selected else { return };
    if pressed(Key::Delete) {
        carry_out(ui, state, scene, message, Wish::Delete);
    } else if pressed(Key::Enter) {
        let wish = match message.state {
            Progress::Unknown if state.thread.confirm == Some(message.id) => Wish::ResendAnyway,
            Progress::Failed | Progress::Unknown => Wish::Resend,
            _ => return,
        };
        carry_out(ui, state, scene, message, wish);
    } else if ui.input(|input| input.events.iter().any(|e| matches!(e, egui::Event::Copy))) {
        carry_out(ui, state, scene, message, Wish::Copy);
    }
}

fn carry_out(ui: &Ui, state: &mut State, scene: &mut Scene<'_>, message: &Message, wish: Wish) {
    match wish {
        Wish::Select => {
            let same = state.thread.selected == Some(message.id);
            state.thread.selected = (!same).then_some(message.id);
            state.thread.confirm = None;
            state.focus = Some(Focus::Thread);
        }
        Wish::Copy => {
            ui.ctx().copy_text(message.text.clone());
            state.strip = Some(Strip::notice(say!("sms-text-copied"), scene.secs));
        }
        Wish::CopyNumber => copy_number(ui, state, scene, &message.address),
        Wish::Delete => {
            let next = state.thread.heights.index_of(message.id);
            strip::delete(state, scene, message.conversation, message.id);
            if state.thread.selected == Some(message.id) {
                let loaded = scene
                    .snapshot
                    .thread
                    .as_ref()
                    .map(|thread| &thread.messages);
                let after = loaded.and_then(|all| {
                    let at = next?;
                    all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?))
                });
                state.thread.selected = after.map(|m| m.id);
            }
        }
        Wish::Resend if message.state == Progress::Unknown => {
            state.thread.confirm = Some(message.id);
        }
        Wish::Resend | Wish::ResendAnyway => {
            state.thread.confirm = None;
            scene.commands.push(Command::Resend(message.id));
        }
        Wish::KeepIt => state.thread.confirm = None,
        Wish::Cancel => scene.commands.push(Command::CancelSend(message.id)),
    }
}
