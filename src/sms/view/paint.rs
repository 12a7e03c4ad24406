//! A message that was laid out, on the screen: bubble, ticks, note, and what is done with it.

use std::sync::Arc;

use egui::text_selection::LabelSelectionState;
use egui::{
    Align2, Color32, CornerRadius, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo,
};

use super::bubble::{ACTIONS, DAY, Laid, NEW, PAD, Wish, line_height};
use super::{Scene, State, row, words};
use crate::popup::controls::{Weight, button, focus_ring, icon_button_look, one_line, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size, space};
use crate::popup::when;
use crate::say;
use crate::sms::message::{Direction, Message, State as Progress};

/// What a screen reader says of a message.
fn spoken(message: &Message, laid: &Laid, state: &State) -> String {
    let who = match message.direction {
        Direction::Out => say!("sms-you").into(),
        Direction::In => words::of_message(message),
    };
    let time = when::clock(message.time, &state.zone);
    let text = message.text.as_str();
    match (&laid.note, message.state) {
        (Some((_, _, note, _)), _) => say!(
            "sms-spoken-note",
            who = who,
            time = time,
            text = text,
            note = note.as_str()
        ),
        (None, Progress::Sent) => say!("sms-spoken-sent", who = who, time = time, text = text),
        (None, Progress::Delivered) => {
            say!("sms-spoken-delivered", who = who, time = time, text = text)
        }
        _ => say!("sms-spoken", who = who, time = time, text = text),
    }
}

/// Paints a message into `rect` and returns what the person wants of it.
pub fn message(
    ui: &mut Ui,
    rect: Rect,
    message: &Message,
    laid: &Laid,
    focused: bool,
    state: &State,
    scene: &Scene<'_>,
) -> Option<Wish> {
    let theme = scene.theme;
    let own = message.direction == Direction::Out;
    let mut top = rect.top();
    if let Some(day) = &laid.day {
        separator(
            ui,
            Pos2::new(rect.center().x, top + DAY / 2.0 + 3.0),
            day,
            theme.dim,
        );
        top += DAY;
    }
    if laid.first_new {
        let middle = top + NEW / 2.0;
        let line = Stroke::new(1.0, theme.accent_text);
        ui.painter()
            .hline(rect.x_range().shrink(space::L), middle, line);
        let words = one_line(
            ui,
            &say!("sms-new"),
            FontId::new(size::SMALL, theme::bold()),
            theme.accent_text,
            60.0,
        );
        let place =
            Align2::CENTER_CENTER.anchor_size(Pos2::new(rect.center().x, middle), words.size());
        ui.painter()
            .rect_filled(place.expand2(Vec2::new(8.0, 0.0)), 0, theme.ground);
        put(ui.painter(), words, place.center(), Align2::CENTER_CENTER);
        top += NEW;
    }
    top += laid.gap;
    let left = if own {
        rect.right() - space::L - laid.bubble.x
    } else {
        rect.left() + space::L
    };
    let bubble = Rect::from_min_size(Pos2::new(left.round(), top.round()), laid.bubble);

    let selected = state.thread.selected == Some(message.id);
    let id = ui.scope_id().with(message.id);
    // Reached with the arrows, not with Tab; its text can be marked with the pointer.
    let response = ui.interact(bubble, id, Sense::CLICK | Sense::DRAG);
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListItem, true, selected, spoken(message, laid, state))
    });
    let corner = CornerRadius::same(space::RADIUS + 4);
    ui.painter()
        .rect_filled(bubble, corner, if own { theme.own } else { theme.field });
    if selected {
        let stroke = Stroke::new(1.0, theme.accent_text);
        ui.painter()
            .rect_stroke(bubble, corner, stroke, StrokeKind::Outside);
        if focused {
            focus_ring(ui.painter(), bubble.expand(3.0), &theme);
        }
    }
    let text = Arc::clone(&laid.text);
    let mut at = bubble.min + PAD - Vec2::new(text.rect.left(), 0.0);
    if text.job.halign == egui::Align::Max && text.rows.len() > 1 {
        at.x += bubble.width() - 2.0 * PAD.x - text.size().x;
    }
    LabelSelectionState::label_text_selection(ui, &response, at, text, theme.text, Stroke::NONE);
    let half = match laid.time.rows.len() {
        0 | 1 => line_height() / 2.0 - 1.0,
        _ => laid.time.size().y / 2.0,
    };
    let foot = Pos2::new(bubble.right() - PAD.x, bubble.bottom() - PAD.y - half);
    let mut end = foot;
    if let Some((icon, tint)) =
        row::mark(message.state, scene).filter(|_| own && laid.note.is_none())
    {
        icons::paint(ui.painter(), icon, end - Vec2::new(6.0, 0.0), 12.0, tint);
        end.x -= 12.0 + 4.0;
    }
    let time = put(
        ui.painter(),
        Arc::clone(&laid.time),
        end,
        Align2::RIGHT_CENTER,
    );
    if ui.rect_contains_pointer(time) {
        response
            .clone()
            .on_hover_text_at_pointer(when::full(message.time, &state.zone));
    }
    let mut wish = response.clicked().then_some(Wish::Select);
    wish = wish.or(below(ui, bubble, own, message, laid));
    if selected || ui.rect_contains_pointer(rect) {
        wish = beside(ui, bubble, own, id).or(wish);
    }
    response.context_menu(|ui| wish = menu(ui, message).or(wish));
    wish
}

/// Words between two days.
fn separator(ui: &Ui, at: Pos2, words: &str, tint: Color32) {
    let galley = one_line(ui, words, FontId::proportional(size::SMALL), tint, 160.0);
    let place = put(ui.painter(), galley, at, Align2::CENTER_CENTER);
    ui.interact(place, ui.scope_id().with(words), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

/// The note below the bubble, with what can be done about it.
fn below(ui: &mut Ui, bubble: Rect, own: bool, message: &Message, laid: &Laid) -> Option<Wish> {
    let (icon, tint, _, galley) = laid.note.as_ref()?;
    let width = galley.size().x + 18.0;
    let line = Rect::from_min_size(
        Pos2::new(bubble.left(), bubble.bottom() + space::XS),
        Vec2::new(
            bubble.width(),
            if laid.beside_note {
                18.0
            } else {
                galley.size().y
            },
        ),
    );
    // The actions end at the outer edge of the bubble; the note stands inside of them.
    let row = if laid.beside_note {
        // Its words on the note's line.
        Rect::from_center_size(line.left_top() + Vec2::new(0.0, 8.0), Vec2::new(0.0, 20.0))
            .with_min_x(line.left())
            .with_max_x(line.right())
    } else {
        line.translate(Vec2::new(0.0, line.height()))
    };
    let row = if own {
        row.with_min_x(row.right() - 300.0)
    } else {
        row.with_max_x(row.left() + 300.0)
    };
    let row = if laid.beside_note {
        if own {
            row
        } else {
            row.with_min_x(line.left() + width + space::S)
        }
    } else {
        row.with_max_y(row.top() + ACTIONS)
    };
    let layout = if own {
        egui::Layout::right_to_left(egui::Align::Center)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    let builder = UiBuilder::new()
        .id_salt(("actions", message.id))
        .max_rect(row)
        .layout(layout);
    let shown = ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let pressed = |ui: &mut Ui, label: &str| button(ui, None, label, Weight::Link).clicked();
        laid.actions.iter().fold(None, |wish, (label, action)| {
            pressed(ui, label).then_some(*action).or(wish)
        })
    });
    let left = match (own, laid.beside_note) {
        (true, true) if !laid.actions.is_empty() => shown.response.rect.left() - space::S - width,
        (true, _) => line.right() - width,
        (false, _) => line.left(),
    };
    icons::paint(
        ui.painter(),
        *icon,
        Pos2::new(left + 6.0, line.top() + 8.0),
        12.0,
        *tint,
    );
    put(
        ui.painter(),
        Arc::clone(galley),
        Pos2::new(left + 18.0, line.top()),
        Align2::LEFT_TOP,
    );
    shown.inner
}

/// Copy and delete, beside the bubble while the pointer or the selection is on it.
fn beside(ui: &Ui, bubble: Rect, own: bool, id: egui::Id) -> Option<Wish> {
    let mut wish = None;
    let mut x = if own {
        bubble.left() - 14.0
    } else {
        bubble.right() + 14.0
    };
    for (icon, label, what) in [
        (Icon::Copy, say!("sms-copy-text"), Wish::Copy),
        (Icon::Delete, say!("sms-delete-key"), Wish::Delete),
    ] {
        let place = Rect::from_center_size(Pos2::new(x, bubble.center().y), Vec2::splat(24.0));
        if ui.clip_rect().contains_rect(place.shrink(6.0)) {
            let response = ui.interact(place, id.with(&label), Sense::CLICK);
            icon_button_look(ui, place, &response, icon, &label);
            if response.clicked() {
                wish = Some(what);
            }
        }
        x += if own { -24.0 } else { 24.0 };
    }
    wish
}

fn menu(ui: &mut Ui, message: &Message) -> Option<Wish> {
    let mut wish = None;
    let mut item = |ui: &mut Ui, label: String, what| {
        if ui.button(label).clicked() {
            wish = Some(what);
            ui.close();
        }
    };
    item(ui, say!("sms-copy-text"), Wish::Copy);
    item(ui, say!("sms-copy-number"), Wish::CopyNumber);
    match message.state {
        Progress::Failed | Progress::Unknown => item(ui, say!("sms-resend"), Wish::Resend),
        Progress::Queued => item(ui, say!("sms-cancel"), Wish::Cancel),
        _ => {}
    }
    item(ui, say!("sms-delete"), Wish::Delete);
    wish
}
