//! The second page: the whole plan, to be typed, or to be read while it runs.

use egui::{Align, Layout, Ui, Vec2};

use super::form::Field;
use super::timer::{WIDE, promise, scrolled};
use super::{Focus, Scene, State, row, words};
use crate::popup::theme::space;
use crate::popup::toggle;
use crate::say;
use crate::shutter::plan::{Plan, Spacing};
use crate::shutter::snapshot::State as Doing;

const FIELDS: [Field; 10] = Field::ALL;

/// Draws the page.
pub fn ui(ui: &mut Ui, index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let cameras = scene.cameras;
    let Some(camera) = cameras.get(index) else {
        return;
    };
    let Some(snapshot) = camera.snapshot.as_deref() else {
        return;
    };
    scrolled(ui, |ui| {
        if snapshot.state != Doing::Idle {
            ui.spacing_mut().item_spacing.y = 0.0;
            let theme = scene.theme;
            let ink = if camera.is_online() {
                theme.text
            } else {
                theme.dim
            };
            for (name, value) in snapshot.plan.iter().flat_map(|plan| facts(plan, false)) {
                super::facts::fact(ui, &name, &value, ink);
            }
            return;
        }
        if let Some(plan) = &snapshot.plan {
            state.form(index).follow(plan);
        }
        let zone = state.zone.clone();
        let plan = state.form(index).plan(scene.now, &zone);
        ui.add_enabled_ui(camera.is_online(), |ui| {
            fields(ui, &FIELDS, index, &plan, state);
            spacing(ui, index, state);
        });
        if let Ok(plan) = &plan {
            promise(ui, plan, camera, state, scene);
        }
    });
}

/// Fields, two beside each other where there is room.
pub fn fields(
    ui: &mut Ui,
    fields: &[Field],
    index: usize,
    plan: &Result<Plan, Vec<(Field, String)>>,
    state: &mut State,
) {
    let width = ui.available_width();
    let columns = if width >= WIDE { 2 } else { 1 };
    let each = (width - space::L * (columns - 1) as f32) / columns as f32;
    let wrong = plan.as_ref().err();
    for together in fields.chunks(columns) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::L;
            for field in together {
                let focus = state.takes(Focus::Field(*field));
                let sentence = wrong.and_then(|all| all.iter().find(|(at, _)| at == field));
                let sentence = sentence.map(|(_, sentence)| sentence.as_str());
                let layout = Layout::top_down(Align::Min);
                ui.allocate_ui_with_layout(Vec2::new(each, 0.0), layout, |ui| {
                    ui.set_width(each);
                    row::ui(ui, *field, state.form(index), sentence, focus);
                });
            }
        });
    }
}

fn spacing(ui: &mut Ui, index: usize, state: &mut State) {
    let form = state.form(index);
    let chosen = usize::from(form.spacing == Spacing::Gap);
    let options = [say!("shutter-shot-to-shot"), say!("shutter-gap")];
    let options = options.each_ref().map(String::as_str);
    if let Some(pressed) = toggle::choice(ui, &say!("shutter-spacing"), &options, chosen) {
        form.touched = true;
        form.spacing = match pressed {
            0 => Spacing::ShotToShot,
            _ => Spacing::Gap,
        };
    }
}

/// A plan in words; `short` leaves out what stands elsewhere.
pub fn facts(plan: &Plan, short: bool) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if !short {
        facts.push((
            say!("shutter-interval"),
            match plan.spacing {
                Spacing::ShotToShot => words::duration(plan.interval),
                Spacing::Gap => {
                    say!(
                        "shutter-between-shots",
                        time = words::duration(plan.interval)
                    )
                }
            },
        ));
        facts.push((
            say!("shutter-count"),
            match plan.count {
                Some(count) => words::number(count.into()),
                None => say!("shutter-count-hint"),
            },
        ));
        if !plan.delay.is_zero() {
            facts.push((say!("shutter-fact-delay"), words::duration(plan.delay)));
        }
    }
    let bulb = plan.bulb.map(words::duration);
    facts.extend(bulb.map(|bulb| (say!("shutter-fact-bulb"), bulb)));
    if let Some(ramp) = &plan.ramp {
        let (to, over) = (words::duration(ramp.to), words::duration(ramp.over));
        let ramp = say!("shutter-ramp-to", to = to, over = over);
        facts.push((say!("shutter-fact-ramp"), ramp));
    }
    if let Some(bracket) = &plan.bracket {
        let (frames, step) = (bracket.frames, bracket.step_ev);
        let bracket = say!(
            "shutter-frames",
            frames = frames,
            step = words::number(step)
        );
        facts.push((say!("shutter-fact-bracket"), bracket));
    }
    if !plan.half_press.is_zero() {
        let half_press = words::duration(plan.half_press);
        facts.push((say!("shutter-fact-half-press"), half_press));
    }
    let mirror = plan.mirror_lockup.map(words::duration);
    facts.extend(mirror.map(|time| (say!("shutter-fact-mirror"), time)));
    if !plan.windows.is_empty() {
        let windows: Vec<String> = plan.windows.iter().map(words::window).collect();
        facts.push((say!("shutter-windows"), windows.join(", ")));
    }
    facts
}
