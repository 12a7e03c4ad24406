//! The head: the state of the position in one line, how it comes, and what stands in the way.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use super::words::{self, Headline, Tone};
use super::{Focus, Scene, State};
use crate::gnss::command::Command;
use crate::gnss::doubt::Doubt;
use crate::gnss::snapshot::State as Standing;
use crate::popup::banner::{self, Action, Tone as BannerTone};
use crate::popup::controls::{one_line, part, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size, space};
use crate::say;

const HEIGHT: f32 = 56.0;

/// Draws the head and returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let theme = scene.theme;
    let said = Headline::of(scene.snapshot, scene.now, scene.standing, state);
    if let Some(time) = said.changes_in {
        scene.again_in(time);
    }
    let max = ui.max_rect();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), HEIGHT));
    let painter = ui.painter();
    painter.rect_filled(rect, 0, theme.raised);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    let tint = match said.tone {
        Tone::Good | Tone::Busy => theme.accent_text,
        Tone::Quiet => theme.dim,
        Tone::Warn => theme.warn,
    };
    let icon = match (scene.standing, said.tone) {
        (_, Tone::Quiet) => Icon::File,
        (Standing::NoSource, _) => Icon::NotThere,
        (Standing::Connecting | Standing::Searching { .. }, Tone::Busy) => Icon::Satellite,
        (Standing::Connecting | Standing::Searching { .. }, _) => Icon::NotThere,
        (Standing::Fix, _) => Icon::Place,
        (Standing::Stale, _) => Icon::Waiting,
        (Standing::Lost, _) => Icon::Warning,
    };
    let middle = rect.center().y;
    let centre = Pos2::new(rect.left() + space::L + 10.0, middle);
    icons::paint(painter, icon, centre, 20.0, tint);
    let left = rect.left() + space::L + 20.0 + space::M;
    let room = rect.right() - space::L - left;
    let font = FontId::new(size::TITLE, theme::bold());
    let title = one_line(ui, &said.title, font, theme.text, room);
    let two = !said.below.is_empty();
    let at = Pos2::new(left, if two { middle - 10.0 } else { middle });
    let place = put(ui.painter(), title, at, Align2::LEFT_CENTER);
    named(ui, place, "title", Role::Heading, &said.title);
    if two {
        below(ui, Pos2::new(left, middle + 10.0), room, &said.below, scene);
    }
    let under = max.with_min_y(rect.bottom());
    HEIGHT + obstacle(ui, under, state, scene)
}

/// The second line; what has no room is left out, not cut.
fn below(ui: &Ui, at: Pos2, room: f32, parts: &[String], scene: &Scene<'_>) {
    let font = FontId::proportional(size::SMALL);
    let mut parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let said = parts.join(" · ");
    let layout = |parts: &[&str]| {
        let words = capital(&parts.join(" · "));
        one_line(ui, &words, font.clone(), scene.theme.dim, room)
    };
    let mut text = layout(&parts);
    while text.elided && parts.len() > 1 {
        parts.pop();
        text = layout(&parts);
    }
    let place = put(ui.painter(), text, at, Align2::LEFT_CENTER);
    named(ui, place, "below", Role::Label, &said).on_hover_text(&said);
}

fn capital(words: &str) -> String {
    // A device's path begins with a slash, a source with its own name.
    let mut rest = words.chars();
    match rest.next() {
        Some(first) if !words.starts_with("gpsd ") && !words.starts_with("geo") => {
            first.to_uppercase().chain(rest).collect()
        }
        _ => words.to_owned(),
    }
}

fn named(ui: &Ui, rect: Rect, salt: &str, role: Role, words: &str) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
    response
}

/// The strip below: what went wrong with the source or the recording while there is something to
/// be seen beside it, or why the date is not to be believed. Returns its height.
fn obstacle(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let mut height = 0.0;
    let recording = scene.snapshot.recording.as_ref();
    if let Some(sentence) = recording.and_then(|recording| recording.error.as_deref()) {
        let sentence = say!("gnss-nothing-recorded", why = words::told(sentence));
        let stop = Action {
            icon: Icon::Stop,
            label: &say!("gnss-end-it"),
            hint: &say!("gnss-end-recording-hint"),
            primary: false,
        };
        let mut part = part(ui, "recording", rect);
        let tone = BannerTone::Error;
        let drawn = banner::draw(&mut part, Icon::Error, tone, &sentence, Some(stop), false);
        if drawn.pressed {
            scene.commands.push(Command::StopRecording);
        }
        height += drawn.height;
    }
    let rest = rect.with_min_y(rect.top() + height);
    // Where there is nothing else to be seen the body says it, with what can be done.
    let beside = scene.snapshot.fix.is_some();
    if let Some(sentence) = scene.snapshot.error.as_deref().filter(|_| beside) {
        let sentence = words::told(sentence);
        let again = Action {
            icon: Icon::Retry,
            label: &say!("gnss-try-again"),
            hint: &say!("gnss-try-again-hint"),
            primary: false,
        };
        let mut part = part(ui, "error", rest);
        let tone = BannerTone::Warn;
        let drawn = banner::draw(
            &mut part,
            Icon::Warning,
            tone,
            &sentence,
            Some(again),
            false,
        );
        if drawn.pressed {
            scene.commands.push(Command::Retry);
            state.focus = Some(Focus::Copy);
        }
        height += drawn.height;
    } else if let Some(words) = doubted(scene).filter(|_| !state.doubt_dismissed) {
        let mut part = part(ui, "doubt", rest);
        let tone = BannerTone::Warn;
        let drawn = banner::draw(&mut part, Icon::Warning, tone, &words, None, true);
        if drawn.closed {
            state.doubt_dismissed = true;
        }
        height += drawn.height;
    }
    height
}

/// Why the receiver's date cannot be right.
fn doubted(scene: &Scene<'_>) -> Option<String> {
    scene.snapshot.doubt.map(|doubt| match doubt {
        Doubt::WeekRollover { .. } => say!("gnss-doubt-rollover"),
        Doubt::Past => say!("gnss-doubt-past"),
        Doubt::Future => say!("gnss-doubt-future"),
    })
}
