//! One message laid out: its bubble with time and ticks, and below it what must be said of it.

use std::borrow::Cow;
use std::sync::Arc;

use egui::{Color32, FontId, Galley, Ui, Vec2};

use super::note::Actions;
use super::{Scene, State, note, words};
use crate::popup::controls::{one_line, paragraph};
use crate::popup::icons::Icon;
use crate::popup::theme::{size, space};
use crate::popup::when;
use crate::say;
use crate::sms::message::{Direction, Message, State as Progress};

/// Room for the words between two days, in points.
pub const DAY: f32 = 34.0;
/// Room for the line before what is new, in points.
pub const NEW: f32 = 26.0;
/// Room for what can be done, below a note, in points.
pub const ACTIONS: f32 = 24.0;
/// From the edge of a bubble to its text, in points.
pub const PAD: Vec2 = Vec2::new(10.0, 6.0);
/// Two messages of one side within this many seconds stand close together.
const TOGETHER_SECS: i64 = 300;

/// What the person wants of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Select,
    Copy,
    CopyNumber,
    Delete,
    /// Send it again; an unknown one asks first.
    Resend,
    /// Send it again although it may arrive twice.
    ResendAnyway,
    /// Do not send it again after all.
    KeepIt,
    Cancel,
}

/// A message laid out, ready to be painted anywhere.
pub struct Laid {
    /// Everything that belongs to it, gaps included, in points.
    pub height: f32,
    /// The day that begins with it.
    pub day: Option<String>,
    /// Whether what is new begins with it.
    pub first_new: bool,
    /// Points above the bubble.
    pub gap: f32,
    /// The text.
    pub text: Arc<Galley>,
    /// The time.
    pub time: Arc<Galley>,
    /// Size of the bubble.
    pub bubble: Vec2,
    /// What is said below: icon, colour, words, and the words laid out.
    pub note: Option<(Icon, Color32, String, Arc<Galley>)>,
    /// What can be done about it.
    pub actions: Actions,
    /// Whether the actions stand in the note's own line.
    pub beside_note: bool,
}

/// A rough height without laying out: close enough for a scroll bar.
pub fn estimate(message: &Message, width: f32) -> f32 {
    let columns = (bubble_width(width) / 7.0).max(8.0);
    // Looking at every character of ten thousand long texts would be felt.
    let rows = (message.text.len() as f32 / columns).ceil().max(1.0);
    rows * line_height() + 2.0 * PAD.y + space::S
}

/// Height of a line of a message, in points.
pub fn line_height() -> f32 {
    (size::BODY * size::LINE).round()
}

fn bubble_width(pane: f32) -> f32 {
    (pane * 0.76 - 2.0 * space::L).clamp(120.0, 460.0) - 2.0 * PAD.x
}

/// Lays a message out below `previous`, in a pane `width` points wide.
pub fn lay_out(
    ui: &Ui,
    message: &Message,
    previous: Option<&Message>,
    width: f32,
    state: &State,
    scene: &Scene<'_>,
) -> Laid {
    let theme = scene.theme;
    let zone = &state.zone;
    let most = bubble_width(width);
    let own = message.direction == Direction::Out;
    let new_day = previous.is_none_or(|previous| {
        when::day_number(previous.time, zone) != when::day_number(message.time, zone)
    });
    let day = new_day.then(|| when::day(message.time, scene.now, zone));
    let first_new = state.thread.first_new == Some(message.id);
    let together = previous.is_some_and(|previous| {
        let quiet = matches!(
            previous.state,
            Progress::Received | Progress::Sent | Progress::Delivered
        );
        quiet
            && previous.parts_missing == 0
            && previous.direction == message.direction
            && message.time.as_second() - previous.time.as_second() < TOGETHER_SECS
    });
    let gap = if together && !new_day { 2.0 } else { space::S };

    let (words, ink) = if message.text.is_empty() {
        (Cow::Owned(say!("sms-no-text")), theme.dim)
    } else {
        (Cow::Borrowed(message.text.as_str()), theme.text)
    };
    let text = paragraph(ui, &words, FontId::proportional(size::BODY), ink, most);
    let mut time = when::clock(message.time, zone);
    if let Some(severity) = message.alert {
        time = format!("{} · {time}", words::severity(severity));
    } else if message.class == Some(0) {
        time = say!("sms-flash-time", time = time);
    }
    let small = FontId::proportional(size::SMALL);
    let one = one_line(ui, &time, small.clone(), theme.dim, most);
    // What a warning is must not be cut: it gets a second line.
    let time = if one.elided {
        paragraph(ui, &time, small, theme.dim, most)
    } else {
        one
    };
    let (note, actions) = note::of(message, state, scene);
    // What the note says need not be said by a tick.
    let mark = if own && note.is_none() {
        12.0 + 4.0
    } else {
        0.0
    };
    // The time stands in the last line where there is room, else below it.
    let last = match text.rows.last() {
        Some(row) if text.job.halign == egui::Align::Min => row.rect().right(),
        _ => text.size().x,
    };
    let beside = last + space::M + time.size().x + mark;
    let bubble = if beside <= most && time.rows.len() == 1 {
        Vec2::new(text.size().x.max(beside), text.size().y)
    } else {
        Vec2::new(
            text.size().x.max(time.size().x + mark),
            text.size().y + time.size().y.max(16.0),
        )
    } + 2.0 * PAD;

    let note_most = (width - 2.0 * space::L - space::S).clamp(most, 420.0_f32.max(most));
    let note = note.map(|(icon, tint, sentence)| {
        let font = FontId::proportional(size::SMALL);
        let galley = paragraph(ui, &sentence, font, tint, note_most - 18.0);
        (icon, tint, sentence, galley)
    });
    let mut height = gap + bubble.y;
    height += if day.is_some() { DAY } else { 0.0 };
    height += if first_new { NEW } else { 0.0 };
    height += note
        .as_ref()
        .map_or(0.0, |(_, _, _, galley)| galley.size().y + space::XS);
    let actions_width = actions.iter().map(|(label, _)| {
        let font = FontId::proportional(size::BODY);
        one_line(ui, label, font, ink, most).size().x + 4.0 + space::M
    });
    let beside_note = note.as_ref().is_some_and(|(_, _, _, galley)| {
        galley.rows.len() == 1 && 18.0 + galley.size().x + actions_width.sum::<f32>() <= note_most
    });
    height += if actions.is_empty() || beside_note {
        0.0
    } else {
        ACTIONS
    };
    let height = height.round();
    Laid {
        height,
        day,
        first_new,
        gap,
        text,
        time,
        bubble,
        note,
        actions,
        beside_note,
    }
}
