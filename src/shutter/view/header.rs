//! The header: what the camera does, in a sentence; and what stands in the way.

use std::sync::Arc;

use egui::{Align2, Color32, FontId, Galley, Pos2, Rect, Role, Stroke, Ui, Vec2};

use super::facts::named;
use super::{Scene, State, bar, words};
use crate::popup::banner::{self, Action, Tone};
use crate::popup::controls::{icon_button_in, one_line, part, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{self, size, space};
use crate::popup::when;
use crate::say;
use crate::shutter::cameras::{Camera, Errand, Link, Standing};
use crate::shutter::source::Wish;

const HEIGHT: f32 = 56.0;

/// Draws the header and returns its height.
pub fn ui(ui: &mut Ui, index: usize, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let theme = scene.theme;
    let max = ui.max_rect();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), HEIGHT));
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let cameras = scene.cameras;
    let Some(camera) = cameras.get(index) else {
        return HEIGHT;
    };
    let middle = rect.center().y;
    let mut left = rect.left() + space::L;
    if cameras.len() > 1 {
        let place = Rect::from_center_size(Pos2::new(left + 8.0, middle), Vec2::splat(32.0));
        let id = ui.scope_id().with("back");
        if icon_button_in(ui, place, id, Icon::Back, &say!("shutter-all-cameras")).clicked() {
            state.show(None);
        }
        left += 32.0;
    }
    let centre = Pos2::new(left + 11.0, middle);
    icons::paint(
        ui.painter(),
        icon(camera),
        centre,
        22.0,
        bar::ink(camera, &theme),
    );
    left += 22.0 + space::M;
    let room = rect.right() - space::L - left;
    let title = words::sentence(camera, scene.now);
    let below = below(camera, state, scene);
    let two = !below.is_empty();
    let short = words::short(camera, scene.now);
    let text = title_line(ui, &title, &short, room, theme.text);
    let at = Pos2::new(left, if two { middle - 10.0 } else { middle });
    let place = put(ui.painter(), text, at, Align2::LEFT_CENTER);
    named(ui, place, "title", Role::Heading, &title);
    if two {
        let font = FontId::proportional(size::SMALL);
        let said = below.join(" · ");
        let mut parts = below;
        let layout =
            |parts: &[String]| one_line(ui, &parts.join(" · "), font.clone(), theme.dim, room);
        let mut text = layout(&parts);
        // What has no room is left out, not cut.
        while text.elided && parts.len() > 1 {
            parts.pop();
            text = layout(&parts);
        }
        let at = Pos2::new(left, middle + 11.0);
        let place = put(ui.painter(), text, at, Align2::LEFT_CENTER);
        named(ui, place, "below", Role::Label, &said).on_hover_text(&said);
    }
    let under = max.with_min_y((max.top() + HEIGHT).min(max.bottom()));
    HEIGHT + banners(&mut part(ui, "banners", under), index, camera, state, scene)
}

/// The title; where it has no room, the time in it is left to the rest of the window.
fn title_line(ui: &Ui, title: &str, short: &str, room: f32, ink: Color32) -> Arc<Galley> {
    let font = FontId::new(size::TITLE, theme::bold());
    let text = one_line(ui, title, font.clone(), ink, room);
    match text.elided {
        true => one_line(ui, short, font, ink, room),
        false => text,
    }
}

/// What a camera does, as a sign.
pub fn icon(camera: &Camera) -> Icon {
    match camera.standing() {
        Standing::Connecting => Icon::Waiting,
        Standing::Offline => Icon::NotThere,
        Standing::Forbidden => Icon::Lock,
        Standing::NoRelease | Standing::Failing => Icon::Warning,
        Standing::Paused => Icon::Pause,
        Standing::Idle | Standing::Running => Icon::Camera,
    }
}

/// What else there is to say, the most important first.
fn below(camera: &Camera, state: &State, scene: &Scene<'_>) -> Vec<String> {
    let mut parts = Vec::new();
    let name = words::said(camera.name());
    let told = camera.implied && name == camera.address;
    if !name.is_empty() && !told {
        parts.push(name);
    }
    let Some(snapshot) = camera.snapshot.as_deref() else {
        return parts;
    };
    if let Link::Offline { since, .. } = &camera.link {
        let time = when::clock(*since, &state.zone);
        parts.push(say!("shutter-as-it-was", time = time));
        return parts;
    }
    if !snapshot.release.name.is_empty() {
        parts.push(words::foreign(&snapshot.release.name));
    }
    if let Some(eta) = snapshot.eta {
        let here = eta.saturating_sub(camera.ahead).unwrap_or(eta);
        let left = words::brief(words::until(here, scene.now));
        parts.push(say!("shutter-left", time = left));
    }
    parts
}

/// The strips below; returns their height.
fn banners(
    ui: &mut Ui,
    index: usize,
    camera: &Camera,
    state: &mut State,
    scene: &mut Scene<'_>,
) -> f32 {
    let max = ui.max_rect();
    let mut height = 0.0;
    let mut strip = |ui: &mut Ui, name: &str, draw: &mut dyn FnMut(&mut Ui) -> banner::Drawn| {
        let rest = max.with_min_y((max.top() + height).min(max.bottom()));
        let drawn = draw(&mut part(ui, name, rest));
        height += drawn.height;
        drawn
    };
    let Some(snapshot) = camera.snapshot.as_deref() else {
        return height;
    };
    if let Link::Offline { again, why, .. } = &camera.link {
        let sentence = format!("{} {}", words::why(why), again_in(*again, scene));
        let label = say!("shutter-try-now");
        let action = Action {
            icon: Icon::Retry,
            label: &label,
            hint: "F5",
            primary: true,
        };
        let drawn = strip(ui, "offline", &mut |ui| {
            banner::draw(
                ui,
                Icon::NotThere,
                Tone::Warn,
                &sentence,
                Some(action),
                false,
            )
        });
        if drawn.pressed {
            scene.wishes.push((index, Wish::Retry));
        }
    } else if let Some(problem) = &snapshot.release.problem {
        let sentence = words::why(problem);
        strip(ui, "problem", &mut |ui| {
            banner::draw(ui, Icon::Error, Tone::Error, &sentence, None, false)
        });
    }
    if let Some((errand, why)) = &camera.refusal
        && state.hidden.as_ref() != Some(&(index, why.clone()))
    {
        let sentence = refused(*errand, words::why(why));
        let drawn = strip(ui, "refusal", &mut |ui| {
            banner::draw(ui, Icon::Error, Tone::Error, &sentence, None, true)
        });
        if drawn.closed {
            state.hidden = Some((index, why.clone()));
        }
    }
    if camera.is_online()
        && let Some(warning) = &snapshot.warning
        && state.hidden.as_ref() != Some(&(index, warning.clone()))
    {
        let sentence = words::why(warning);
        let drawn = strip(ui, "warning", &mut |ui| {
            banner::draw(ui, Icon::Warning, Tone::Warn, &sentence, None, true)
        });
        if drawn.closed {
            state.hidden = Some((index, warning.clone()));
        }
    }
    height
}

/// When a camera that cannot be reached is tried again.
pub fn again_in(again: jiff::Timestamp, scene: &Scene<'_>) -> String {
    match words::until(again, scene.now).as_secs() {
        0 => say!("shutter-trying"),
        _ => say!(
            "shutter-next-try",
            time = words::countdown(words::until(again, scene.now))
        ),
    }
}

fn refused(errand: Errand, why: String) -> String {
    match errand {
        Errand::Start => say!("shutter-not-started", why = why),
        Errand::Change => say!("shutter-not-changed", why = why),
        Errand::Pause => say!("shutter-not-paused", why = why),
        Errand::Resume => say!("shutter-not-resumed", why = why),
        Errand::Stop => say!("shutter-not-stopped", why = why),
        Errand::Snap => say!("shutter-not-snapped", why = why),
        Errand::Keep => say!("shutter-not-kept", why = why),
    }
}
