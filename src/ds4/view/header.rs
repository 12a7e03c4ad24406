//! The header: which pad, its battery, how it is connected; and what stands in the way.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use super::symbols::halo;
use super::{Scene, State, battery, inks, rule, words};
use crate::ds4::light::Rgb;
use crate::ds4::pad::{Battery, Driver};
use crate::ds4::snapshot::Pad;
use crate::popup::banner::{self, Action, Tone};
use crate::popup::controls::{one_line, part, put};
use crate::popup::icons::{self, Icon};
use crate::popup::tabs::{self, Tab};
use crate::popup::theme::{self, size, space};
use crate::say;

const HEIGHT: f32 = 56.0;

/// Draws the header and returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let theme = scene.theme;
    let max = ui.max_rect();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), HEIGHT));
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let title = title(scene);
    let tint = match scene.pad.map(|pad| pad.battery) {
        Some(Some(battery)) if words::is_low(battery, scene.low) => theme.error,
        Some(_) => theme.accent_text,
        None => theme.dim,
    };
    let middle = rect.center().y;
    let centre = Pos2::new(rect.left() + space::L + 12.0, middle);
    icons::paint(ui.painter(), Icon::Gamepad, centre, 22.0, tint);
    let left = centre.x + 12.0 + space::M;
    let room = lamp(ui, rect, scene) - left;
    let mut below = scene
        .pad
        .map(|pad| below(pad, scene.low))
        .unwrap_or_default();
    let sign = scene.pad.and_then(|pad| pad.battery);
    let two = sign.is_some() || !below.is_empty();
    let font = FontId::new(size::TITLE, theme::bold());
    let mut text = one_line(ui, &title, font.clone(), theme.text, room);
    if let Some(pad) = scene.pad.filter(|_| text.elided) {
        // What has no room goes below.
        let short = words::short_title(pad);
        text = one_line(ui, &short, font, theme.text, room);
        below.insert(0, pad.transport.name().to_owned());
    }
    let at = Pos2::new(left, if two { middle - 10.0 } else { middle });
    let place = put(ui.painter(), text, at, Align2::LEFT_CENTER);
    named(ui, place, "title", Role::Heading, &title);
    second_line(ui, Pos2::new(left, middle + 11.0), room, sign, below, scene);
    let mut height = HEIGHT;
    if scene.snapshot.pads.len() > 1 {
        pads(&mut part(ui, "pads", below_of(max, height)), state, scene);
        height += tabs::HEIGHT;
    }
    height
        + banners(
            &mut part(ui, "banners", below_of(max, height)),
            state,
            scene,
        )
}

/// The light bar as it shines now, at the right end; returns where it begins.
fn lamp(ui: &Ui, rect: Rect, scene: &Scene<'_>) -> f32 {
    let end = rect.right() - space::L;
    let Some(colour) = scene.pad.and_then(|pad| pad.light.colour) else {
        return end;
    };
    let centre = Pos2::new(end - 22.0, rect.center().y);
    let bar = Rect::from_center_size(centre, Vec2::new(44.0, 8.0));
    let ink = inks::lamp(colour);
    if colour != Rgb::BLACK {
        let painter = ui.painter().with_clip_rect(rect);
        halo(&painter, centre, Vec2::new(44.0, 24.0), inks::shine(colour));
    }
    ui.painter().rect_filled(bar, 4, ink);
    let line = Stroke::new(1.0, scene.theme.dim);
    ui.painter().rect_stroke(bar, 4, line, StrokeKind::Outside);
    let said = match colour {
        Rgb::BLACK => say!("ds4-light-bar-dark"),
        colour => say!("ds4-light-bar", colour = colour.to_string()),
    };
    named(ui, bar.expand(6.0), "lamp", Role::Label, &said);
    bar.left() - space::L
}

fn below_of(max: Rect, height: f32) -> Rect {
    max.with_min_y((max.top() + height).min(max.bottom()))
}

/// The state in a few words.
pub fn title(scene: &Scene<'_>) -> String {
    match scene.pad {
        Some(pad) => words::title(pad),
        None if !scene.snapshot.ready => say!("ds4-title-looking"),
        None => say!("ds4-title-none"),
    }
}

/// What else there is to say, the most important first.
fn below(pad: &Pad, low: u8) -> Vec<String> {
    let mut parts = Vec::new();
    if pad
        .battery
        .is_some_and(|battery| words::is_low(battery, low))
    {
        parts.push(say!("ds4-battery-low"));
    }
    parts.extend(pad.rate.iter().flat_map(words::rate));
    parts
}

fn second_line(
    ui: &Ui,
    at: Pos2,
    room: f32,
    sign: Option<Battery>,
    mut parts: Vec<String>,
    scene: &Scene<'_>,
) {
    let theme = scene.theme;
    let mut left = at.x;
    if let Some(sign) = sign {
        battery::draw(ui.painter(), at, sign, scene.low, &theme);
        left += battery::SIZE.x + 20.0;
    }
    let room = room - (left - at.x);
    let said = parts.join(" · ");
    let font = FontId::proportional(size::SMALL);
    let layout = |parts: &[String]| one_line(ui, &parts.join(" · "), font.clone(), theme.dim, room);
    let mut text = layout(&parts);
    // What has no room is left out, not cut.
    while text.elided && parts.len() > 1 {
        parts.pop();
        text = layout(&parts);
    }
    let place = put(
        ui.painter(),
        text,
        Pos2::new(left, at.y),
        Align2::LEFT_CENTER,
    );
    if !said.is_empty() {
        named(ui, place, "below", Role::Label, &said);
    }
}

fn named(ui: &Ui, rect: Rect, salt: &str, role: Role, words: &str) {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
}

/// A tab for each pad.
fn pads(ui: &mut Ui, state: &mut State, scene: &Scene<'_>) {
    let rect = ui.max_rect();
    let ground = rect.with_max_y(rect.top() + tabs::HEIGHT);
    ui.painter().rect_filled(ground, 0, scene.theme.raised);
    let pads = &scene.snapshot.pads;
    let name = |(at, pad): (usize, &Pad)| {
        let battery = pad.battery.and_then(|battery| battery.percent);
        let battery = battery
            .map(|percent| format!(", {percent} %"))
            .unwrap_or_default();
        let name = pad.model.name();
        let alike = |other: &&Pad| other.model.name() == name;
        let before = pads.iter().take(at).filter(alike).count();
        let number = match pads.iter().filter(alike).count() {
            1 => String::new(),
            _ => format!(" ({})", before + 1),
        };
        Tab {
            words: format!("{name}{number}{battery}"),
            key: String::new(),
        }
    };
    let tabs: Vec<Tab> = pads.iter().enumerate().map(name).collect();
    let chosen = pads.iter().position(|pad| scene.is_shown(pad)).unwrap_or(0);
    let pressed = tabs::row(ui, &tabs, chosen, 190.0);
    if let Some(pad) = pressed.and_then(|index| pads.get(index)) {
        state.show(pad.id.clone());
    }
}

/// What is forbidden, what went wrong; returns the height.
fn banners(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let Some(pad) = scene.pad else { return 0.0 };
    let max = ui.max_rect();
    let mut height = 0.0;
    if let Some(remedy) = words::remedy(&pad.access) {
        let copied = state.copied.is_some_and(|until| until > scene.secs);
        let (icon, label) = match copied {
            true => (Icon::Sent, say!("ds4-rule-copied")),
            false => (Icon::Copy, say!("ds4-copy-rule")),
        };
        let hint = say!("ds4-copy-rule-hint");
        let action = Action {
            icon,
            label: &label,
            hint: &hint,
            primary: true,
        };
        let mut ui = part(ui, "forbidden", below_of(max, height));
        let remedy = match max.width() < 480.0 {
            true => say!("ds4-forbidden-short"),
            false => remedy,
        };
        let drawn = banner::draw(
            &mut ui,
            Icon::Lock,
            Tone::Warn,
            &remedy,
            Some(action),
            false,
        );
        if drawn.pressed {
            rule::copy(&ui, state, scene);
        }
        height += drawn.height;
    }
    if let Driver::Other(name) = &pad.driver {
        let sentence = say!("ds4-other-driver", driver = name.as_str());
        let mut ui = part(ui, "driver", below_of(max, height));
        height += banner::draw(&mut ui, Icon::Info, Tone::Info, &sentence, None, false).height;
    }
    if let Some(error) = pad
        .error
        .as_ref()
        .filter(|error| state.hidden_error.as_ref() != Some(error))
    {
        let mut ui = part(ui, "error", below_of(max, height));
        let sentence = match words::remedy(&pad.access) {
            Some(remedy) if pad.access.remedy().as_ref() == Some(error) => remedy,
            _ => words::why(error),
        };
        let drawn = banner::draw(&mut ui, Icon::Error, Tone::Error, &sentence, None, true);
        if drawn.closed {
            state.hidden_error = Some(error.clone());
        }
        height += drawn.height;
    }
    height
}
