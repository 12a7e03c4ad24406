//! One row of the list: a conversation, a message that was found, or words between them.

use egui::{
    Align2, CornerRadius, FontId, Pos2, Rect, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo,
};

use super::order::Item;
use super::{Scene, Showing, State, words};
use crate::popup::controls::{badge, focus_ring, one_line, put};
use crate::popup::emoji;
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size, space};
use crate::popup::when;
use crate::say;
use crate::sms::message::{Conversation, Direction, Message, State as MessageState};

/// Draws one row; true when it was clicked.
pub fn ui(
    ui: &Ui,
    rect: Rect,
    row: usize,
    focused: bool,
    state: &State,
    scene: &Scene<'_>,
) -> bool {
    match state.list.rows.items.get(row) {
        Some(Item::Title(words)) => {
            let font = FontId::new(size::SMALL, theme::bold());
            let at = Pos2::new(rect.left() + space::L, rect.center().y + 2.0);
            let text = one_line(
                ui,
                words,
                font,
                scene.theme.dim,
                rect.width() - 2.0 * space::L,
            );
            put(ui.painter(), text, at, Align2::LEFT_CENTER);
            false
        }
        Some(Item::Conversation(index)) => {
            let Some(c) = scene.conversations().get(*index) else {
                return false;
            };
            let selected = state.showing == Showing::Thread(c.id) && !state.narrow;
            let ring = focused && row == state.list.cursor;
            let clicked = ground(ui, rect, c.id, selected, ring, &spoken(c), scene);
            conversation_ui(ui, rect, c, state, scene);
            clicked
        }
        Some(Item::Hit(index)) => {
            let hits = scene.snapshot.search.as_ref().map(|search| &search.hits);
            let Some(hit) = hits.and_then(|hits| hits.get(*index)) else {
                return false;
            };
            let ring = focused && row == state.list.cursor;
            let spoken = format!("{}: {}", words::of_message(hit), hit.text);
            let selected = state.thread.selected == Some(hit.id);
            let clicked = ground(ui, rect, hit.id, selected, ring, &spoken, scene);
            hit_ui(ui, rect, hit, state, scene);
            clicked
        }
        None => false,
    }
}

/// What a screen reader says of a row.
fn spoken(c: &Conversation) -> String {
    let who = words::of_conversation(c);
    if c.unread == 0 {
        return format!("{who}: {}", c.preview);
    }
    say!(
        "sms-row-unread",
        who = who,
        unread = c.unread,
        preview = c.preview.as_str()
    )
}

/// A row's ground: plain, under the pointer, selected, with the keyboard's ring on top.
fn ground(
    ui: &Ui,
    rect: Rect,
    salt: impl std::hash::Hash + std::fmt::Debug,
    selected: bool,
    ring: bool,
    spoken: &str,
    scene: &Scene<'_>,
) -> bool {
    let theme = scene.theme;
    // The list is one stop for Tab; its rows are reached with the arrows.
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, spoken));
    let inner = rect.shrink2(Vec2::new(space::XS, 1.0));
    let corner = CornerRadius::same(space::RADIUS);
    if selected {
        ui.painter().rect_filled(inner, corner, theme.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(inner, corner, theme.hover);
    }
    if selected {
        let mark = Rect::from_min_size(
            inner.left_top() + Vec2::new(0.0, 12.0),
            Vec2::new(3.0, inner.height() - 24.0),
        );
        ui.painter().rect(
            mark,
            1,
            theme.accent_text,
            egui::Stroke::NONE,
            StrokeKind::Inside,
        );
    }
    if ring {
        focus_ring(ui.painter(), inner, &theme);
    }
    response.clicked()
}

fn conversation_ui(ui: &Ui, rect: Rect, c: &Conversation, state: &State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let (left, right) = (rect.left() + space::L, rect.right() - space::M);
    let (first, second) = (rect.top() + 19.0, rect.top() + 38.0);
    let unread = c.unread > 0;
    let small = FontId::proportional(size::SMALL);
    let time = when::short(c.time, scene.now, &state.zone);
    let tint = if unread { theme.accent_text } else { theme.dim };
    let time = one_line(ui, &time, small.clone(), tint, 90.0);
    let time = put(
        ui.painter(),
        time,
        Pos2::new(right, first),
        Align2::RIGHT_CENTER,
    );
    let family = if unread {
        theme::bold()
    } else {
        egui::FontFamily::Proportional
    };
    let name = one_line(
        ui,
        &words::of_conversation(c),
        FontId::new(size::BODY, family),
        theme.text,
        time.left() - space::S - left,
    );
    put(
        ui.painter(),
        name,
        Pos2::new(left, first),
        Align2::LEFT_CENTER,
    );

    let mut end = right;
    if unread {
        end = badge(ui, Pos2::new(right, second), c.unread, &theme).left() - space::S;
    }
    let shown = state.showing == Showing::Thread(c.id);
    let draft = c
        .draft
        .as_deref()
        .filter(|draft| !draft.is_empty() && !shown);
    let (icon, text, tint) = match (draft, c.last) {
        (Some(draft), _) => (Some((Icon::Draft, theme.accent_text)), draft, theme.dim),
        (None, Some((Direction::Out, how))) => (mark(how, scene), c.preview.as_str(), theme.dim),
        (None, _) => (
            None,
            c.preview.as_str(),
            if unread { theme.text } else { theme.dim },
        ),
    };
    let mut start = left;
    if let Some((icon, tint)) = icon {
        icons::paint(
            ui.painter(),
            icon,
            Pos2::new(start + 6.0, second),
            12.0,
            tint,
        );
        start += 12.0 + 5.0;
    }
    let text = one_line(ui, text, small, tint, end - start);
    put(
        ui.painter(),
        text,
        Pos2::new(start, second),
        Align2::LEFT_CENTER,
    );
}

/// The icon that tells how far an outgoing message has come.
pub fn mark(state: MessageState, scene: &Scene<'_>) -> Option<(Icon, egui::Color32)> {
    let theme = scene.theme;
    Some(match state {
        MessageState::Received => return None,
        MessageState::Queued | MessageState::Sending => (Icon::Waiting, theme.dim),
        MessageState::Sent => (Icon::Sent, theme.dim),
        MessageState::Delivered => (Icon::Delivered, theme.accent_text),
        MessageState::Failed => (Icon::Error, theme.error),
        MessageState::Unknown => (Icon::Unknown, theme.warn),
    })
}

fn hit_ui(ui: &Ui, rect: Rect, hit: &Message, state: &State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let (left, right) = (rect.left() + space::L, rect.right() - space::M);
    let (first, second) = (rect.top() + 19.0, rect.top() + 38.0);
    let small = FontId::proportional(size::SMALL);
    let time = when::short(hit.time, scene.now, &state.zone);
    let time = one_line(ui, &time, small.clone(), theme.dim, 90.0);
    let time = put(
        ui.painter(),
        time,
        Pos2::new(right, first),
        Align2::RIGHT_CENTER,
    );
    let name = one_line(
        ui,
        &words::of_message(hit),
        FontId::proportional(size::BODY),
        theme.text,
        time.left() - space::S - left,
    );
    put(
        ui.painter(),
        name,
        Pos2::new(left, first),
        Align2::LEFT_CENTER,
    );
    let galley = excerpt(
        ui,
        &hit.text,
        state.list.query.trim(),
        small,
        right - left,
        scene,
    );
    put(
        ui.painter(),
        galley,
        Pos2::new(left, second),
        Align2::LEFT_CENTER,
    );
}

/// The part of a text around what was searched, that part in the accent colour.
fn excerpt(
    ui: &Ui,
    text: &str,
    query: &str,
    font: FontId,
    width: f32,
    scene: &Scene<'_>,
) -> std::sync::Arc<egui::Galley> {
    let flat = text.replace(['\n', '\r', '\t'], " ");
    let plain = egui::TextFormat::simple(font.clone(), scene.theme.dim);
    let strong = egui::TextFormat::simple(font, scene.theme.accent_text);
    let mut job = egui::text::LayoutJob::default();
    // Lower case may have another length in bytes: then the match is not marked.
    let lower = flat.to_lowercase();
    let word = query
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let at = lower
        .find(&word)
        .filter(|_| lower.len() == flat.len() && !word.is_empty());
    let parts = at.and_then(|at| {
        let end = at + word.len();
        let before = flat.get(..at)?;
        let skip = before
            .char_indices()
            .rev()
            .nth(20)
            .map_or(0, |(index, _)| index);
        Some((
            skip,
            flat.get(skip..at)?,
            flat.get(at..end)?,
            flat.get(end..)?,
        ))
    });
    if let Some((skip, before, found, after)) = parts {
        if skip > 0 {
            job.append("…", 0.0, plain.clone());
        }
        emoji::append(ui, &mut job, before, &plain);
        emoji::append(ui, &mut job, found, &strong);
        emoji::append(ui, &mut job, after, &plain);
    } else {
        emoji::append(ui, &mut job, &flat, &plain);
    }
    job.wrap.max_width = width;
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    ui.painter().layout_job(job)
}
