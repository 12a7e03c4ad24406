//! What must be seen at once, over everything: warnings, and flash messages.
//!
//! It stays until the person has put it away, also when it was read meanwhile by another program.

use egui::{Align2, FontId, Key, Modifiers, Pos2, Rect, ScrollArea, Ui, UiBuilder, Vec2};

use super::modal::{self, Buttons};
use super::{Scene, State, words};
use crate::popup::controls::{Weight, one_line, paragraph, put};
use crate::popup::help::key_name;
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size, space};
use crate::popup::when;
use crate::say;
use crate::sms::broadcast::Severity;
use crate::sms::command::Command;
use crate::sms::message::{Message, MessageId};

/// What is shown, and what was put away.
#[derive(Default)]
pub struct Urgent {
    shown: Option<Message>,
    seen: Vec<MessageId>,
}

impl Urgent {
    /// Whether something covers the window.
    pub fn is_open(&self) -> bool {
        self.shown.is_some()
    }
}

/// Puts away what is shown; the next one comes in its place.
pub fn put_away(state: &mut State, scene: &mut Scene<'_>) {
    if let Some(message) = state.urgent.shown.take() {
        scene.commands.push(Command::Acknowledge(message.id));
        state.urgent.seen.push(message.id);
        state.refocus();
    }
}

/// Whether it is worth covering the window: tests and the operator's news are not.
fn covers(message: &Message) -> bool {
    message
        .alert
        .is_none_or(|severity| severity <= Severity::Safety)
}

/// Draws the first of them over `whole`.
pub fn ui(ui: &mut Ui, whole: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let seen = &state.urgent.seen;
    let mut waiting = scene
        .snapshot
        .at_once
        .iter()
        .filter(|message| covers(message) && !seen.contains(&message.id));
    match &mut state.urgent.shown {
        // A long one may have got another part.
        Some(shown) => {
            if let Some(now) = waiting.find(|message| message.id == shown.id) {
                *shown = now.clone();
            }
        }
        None => {
            state.urgent.shown = waiting.next().cloned();
            if state.urgent.shown.is_none() {
                return;
            }
        }
    }
    let Some(message) = state.urgent.shown.clone() else {
        return;
    };
    let left = scene
        .snapshot
        .at_once
        .iter()
        .filter(|other| covers(other) && other.id != message.id)
        .filter(|other| !state.urgent.seen.contains(&other.id))
        .count();
    state.focus = None;
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        return put_away(state, scene);
    }
    let pressed = draw(ui, whole, &message, left, state, scene);
    if pressed {
        put_away(state, scene);
    }
}

fn draw(
    ui: &mut Ui,
    whole: Rect,
    message: &Message,
    left: usize,
    state: &State,
    scene: &Scene<'_>,
) -> bool {
    let theme = scene.theme;
    let urgent = message.alert.is_some_and(Severity::is_urgent);
    let (icon, tint) = match message.alert {
        Some(_) if urgent => (Icon::Warning, theme.error),
        Some(_) => (Icon::Warning, theme.warn),
        None => (Icon::Info, theme.accent_text),
    };
    let width = (whole.width() - 2.0 * space::M).min(440.0);
    let inner = width - 2.0 * space::L;
    let body = paragraph(
        ui,
        &message.text,
        FontId::proportional(size::BODY + 2.0),
        theme.text,
        inner - space::S,
    );
    let most = (whole.height() - 180.0).max(60.0);
    let height = body.size().y.min(most);
    let who = words::of_message(message);
    let title = match message.alert {
        Some(severity) => words::severity(severity),
        None => say!("sms-flash"),
    };
    let label = match message.alert {
        Some(_) => title.clone(),
        None => say!("sms-flash-from", who = &*who),
    };
    modal::show(
        ui,
        whole,
        "urgent",
        &label,
        Vec2::new(width, 56.0 + 24.0 + height + 56.0),
        |ui, rect| {
            if urgent {
                // A stripe and an icon: how bad it is is never told by colour alone.
                ui.painter()
                    .rect_filled(rect.with_max_y(rect.top() + 4.0), 2, tint);
            }
            let x = rect.left() + space::L;
            let y = rect.top() + 30.0;
            icons::paint(ui.painter(), icon, Pos2::new(x + 8.0, y), 16.0, tint);
            let font = FontId::new(size::TITLE, theme::bold());
            let room = inner - 24.0;
            let words = one_line(ui, &title, font, theme.text, room);
            put(
                ui.painter(),
                words,
                Pos2::new(x + 24.0, y),
                Align2::LEFT_CENTER,
            );
            let zone = &state.zone;
            let day = when::day(message.time, scene.now, zone);
            let time = when::clock(message.time, zone);
            let mut about = match message.alert {
                Some(_) => say!("sms-urgent-time", day = day, time = time),
                None => say!("sms-urgent-from", who = &*who, day = day, time = time),
            };
            if message.parts_missing > 0 {
                about = say!(
                    "sms-urgent-parts",
                    about = about,
                    missing = message.parts_missing,
                    parts = message.parts
                );
            }
            let small = FontId::proportional(size::SMALL);
            let words = one_line(ui, &about, small, theme.dim, inner);
            put(
                ui.painter(),
                words,
                Pos2::new(x, y + 26.0),
                Align2::LEFT_CENTER,
            );
            let top = rect.top() + 76.0;
            let place = Rect::from_min_size(Pos2::new(x, top), Vec2::new(inner, height));
            ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
                ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    let (place, response) =
                        ui.allocate_exact_size(body.size(), egui::Sense::hover());
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::Label, true, &message.text)
                    });
                    put(ui.painter(), body, place.min, Align2::LEFT_TOP);
                });
            });
            let mut buttons = Buttons::at_bottom(ui, rect);
            let label = match left {
                0 => say!("sms-seen"),
                left => say!("sms-seen-more", left = left),
            };
            buttons.add(&label, &key_name("Enter"), Weight::Primary)
        },
    )
}
