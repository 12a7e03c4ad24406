//! The third page: the light bar's colour and what it does, and the player LEDs.

mod colour;
mod effects;
mod form;

use egui::{
    Align, Align2, FontId, Layout, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    Vec2, WidgetInfo,
};

pub use form::Form;

use super::{Scene, State, keys};
use crate::ds4::command::Command;
use crate::ds4::light::{LightMode, PlayerLeds};
use crate::ds4::snapshot::{Pad, Part};
use crate::popup::controls::{one_line, put};
use crate::popup::icons::Icon;
use crate::popup::states::say;
use crate::popup::theme::{self, Theme, size, space};
use crate::popup::toggle::choice;
use crate::say;

/// From this width on there are two columns.
const WIDE: f32 = 520.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    let rect = ui.max_rect();
    if !pad.light.can_set {
        cannot(ui, rect, pad);
        return;
    }
    state.light.begin(&pad.light);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let scroll = ScrollArea::vertical().id_salt("light").auto_shrink(false);
        scroll.show(ui, |ui| {
            keys::scroll(ui);
            let gap = space::XL;
            let min = ui.cursor().min + Vec2::new(space::L, space::S);
            let whole = rect.width() - 2.0 * space::L;
            if whole >= WIDE {
                let half = (whole - gap) / 2.0;
                let mut foot = min.y;
                for side in [0.0, 1.0] {
                    let min = min + Vec2::new(side * (half + gap), 0.0);
                    let below = column(ui, min, half, |ui| match side {
                        0.0 => left(ui, pad, state, scene),
                        _ => right(ui, pad, state, scene),
                    });
                    foot = foot.max(below);
                }
                let used = Vec2::new(whole, foot - min.y + space::L);
                ui.allocate_rect(Rect::from_min_size(min, used), Sense::hover());
            } else {
                let foot = column(ui, min, whole, |ui| {
                    left(ui, pad, state, scene);
                    right(ui, pad, state, scene);
                });
                let used = Vec2::new(whole, foot - min.y + space::L);
                ui.allocate_rect(Rect::from_min_size(min, used), Sense::hover());
            }
        });
    });
    state.light.send(ui, pad, scene);
}

/// Draws a column; returns where it ends.
fn column(ui: &mut Ui, min: Pos2, width: f32, draw: impl FnOnce(&mut Ui)) -> f32 {
    let inner = Rect::from_min_size(min, Vec2::new(width, f32::INFINITY));
    let layout = Layout::top_down(Align::Min);
    let mut part = ui.new_child(
        UiBuilder::new()
            .id_salt(min.x.to_bits())
            .max_rect(inner)
            .layout(layout),
    );
    part.set_width(width);
    part.spacing_mut().item_spacing = Vec2::new(space::S, space::XS);
    draw(&mut part);
    part.min_rect().bottom()
}

/// Why there is nothing to choose.
fn cannot(ui: &Ui, rect: Rect, pad: &Pad) {
    if pad.access.allows(Part::Light) {
        say(ui, rect, Icon::Light, &say!("ds4-light-absent"));
        return;
    }
    say(ui, rect, Icon::Lock, &say!("ds4-light-forbidden"));
}

/// Words over a group.
fn group(ui: &mut Ui, words: &str) {
    let theme = Theme::of(ui.ctx());
    let wanted = Vec2::new(ui.available_width(), 22.0);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, words));
    let font = FontId::new(size::SMALL, theme::bold());
    let text = one_line(ui, words, font, theme.dim, rect.width());
    put(ui.painter(), text, rect.left_center(), Align2::LEFT_CENTER);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    ui.add_space(space::XS);
}

fn left(ui: &mut Ui, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    group(ui, &say!("ds4-colour"));
    colour::ui(ui, state);
    if let Some(leds) = pad.light.players {
        players(ui, pad, leds, scene);
    }
}

fn right(ui: &mut Ui, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    group(ui, &say!("ds4-effect"));
    effects::ui(ui, pad, state, scene);
}

/// Which player's pattern the LEDs below the touchpad show.
fn players(ui: &mut Ui, pad: &Pad, leds: PlayerLeds, scene: &mut Scene<'_>) {
    ui.add_space(space::S);
    group(ui, &say!("ds4-player-lights"));
    let patterns = [0, 1, 2, 3, 4, 5].map(PlayerLeds::for_player);
    let chosen = patterns.iter().position(|pattern| *pattern == leds);
    ui.add_enabled_ui(pad.access.allows(Part::Players), |ui| {
        let off = say!("ds4-players-off");
        let names = [off.as_str(), "1", "2", "3", "4", "5"];
        let label = say!("ds4-player");
        let pressed = choice(ui, &label, &names, chosen.unwrap_or(usize::MAX));
        if let Some(leds) = pressed.and_then(|index| patterns.get(index)) {
            scene.commands.push(Command::Players(pad.id.clone(), *leds));
        }
    });
}

/// Puts the light out.
pub fn off(pad: &Pad, scene: &mut Scene<'_>) {
    if pad.light.can_set {
        scene
            .commands
            .push(Command::Light(pad.id.clone(), LightMode::Off));
    }
}

/// Gives the light its former colour back.
pub fn restore(pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    if pad.light.can_set {
        state.light = Form::default();
        scene.commands.push(Command::RestoreLight(pad.id.clone()));
    }
}
