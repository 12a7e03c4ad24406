//! The first page: the count-down while a plan runs, else what is needed to start one.

use std::time::Duration;

use egui::{Align, FontId, Layout, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2};
use jiff::Timestamp;

use super::form::Field;
use super::{Focus, Scene, State, bar, dial, facts, plan, row, words, wrong};
use crate::catalogue::decimal;
use crate::popup::controls::{Weight, button, field as text_field, one_line, put};
use crate::popup::scroll;
use crate::popup::states::full_sentence;
use crate::popup::theme::{self, size, space};
use crate::say;
use crate::shutter::cameras::Camera;
use crate::shutter::command::{Change, Command};
use crate::shutter::outlook;
use crate::shutter::plan::Plan;
use crate::shutter::snapshot::{Snapshot, State as Doing};

/// From this width on things stand beside each other.
pub const WIDE: f32 = 480.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, index: usize, state: &mut State, scene: &mut Scene<'_>) {
    let cameras = scene.cameras;
    let Some(camera) = cameras.get(index) else {
        return;
    };
    let Some(snapshot) = camera.snapshot.as_deref() else {
        return;
    };
    match snapshot.state {
        Doing::Idle => scrolled(ui, |ui| idle(ui, index, camera, snapshot, state, scene)),
        Doing::Running | Doing::Paused => going(ui, index, camera, snapshot, state, scene),
    }
}

/// Everything in a page that may be higher than the window.
pub fn scrolled(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let rect = ui.max_rect();
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let scroll = ScrollArea::vertical().id_salt("page").auto_shrink(false);
        scroll.show(ui, |ui| {
            scroll::by_keys(ui, true);
            let width = rect.width() - 2.0 * space::L;
            let min = ui.cursor().min + Vec2::new(space::L, space::M);
            let inner = Rect::from_min_size(min, Vec2::new(width, f32::INFINITY));
            let layout = Layout::top_down(Align::Min);
            ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = Vec2::new(space::L, space::M);
                add(ui);
                ui.add_space(space::M);
            });
        });
    });
}

fn idle(
    ui: &mut Ui,
    index: usize,
    camera: &Camera,
    snapshot: &Snapshot,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    if let Some(plan) = &snapshot.plan {
        state.form(index).follow(plan);
    }
    const FIELDS: [Field; 4] = [Field::Interval, Field::Count, Field::Delay, Field::Bulb];
    let zone = state.zone.clone();
    let plan = state.form(index).plan(scene.now, &zone);
    ui.add_enabled_ui(camera.is_online(), |ui| {
        plan::fields(ui, &FIELDS, index, &plan, state);
    });
    match &plan {
        Ok(plan) => promise(ui, plan, camera, state, scene),
        Err(wrong) => {
            // What is wrong on the other page is said here too.
            let elsewhere = wrong.iter().find(|(field, _)| !FIELDS.contains(field));
            if let Some((field, sentence)) = elsewhere {
                let sentence = format!("{}: {sentence}", field.label());
                facts::sentence(ui, &full_sentence(&sentence), size::BODY, scene.theme.error);
            }
        }
    }
}

/// What would come of the plan.
pub fn promise(ui: &mut Ui, plan: &Plan, camera: &Camera, state: &State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let first = outlook::first(plan, scene.now);
    let mut sentence = match (plan.count, outlook::length(plan)) {
        (Some(count), Some(length)) => {
            let end = first.saturating_add(length).unwrap_or(first);
            if plan.windows.is_empty() {
                say!(
                    "shutter-promise",
                    count = count,
                    time = words::brief(words::until(end, scene.now)),
                    end = at(end, state, scene)
                )
            } else {
                let time = words::brief(length);
                say!("shutter-promise-windows", count = count, time = time)
            }
        }
        _ => say!(
            "shutter-promise-endless",
            interval = words::duration(plan.interval)
        ),
    };
    if let Some(start) = plan.start_at {
        let time = at(start, state, scene);
        sentence = say!("shutter-promise-begins", promise = sentence, time = time);
    }
    let ink = if camera.is_online() {
        theme.text
    } else {
        theme.dim
    };
    ui.spacing_mut().item_spacing.y = space::XS;
    facts::sentence(ui, &full_sentence(&sentence), size::TITLE, ink);
    if let Some(count) = plan.count {
        facts::sentence(ui, &film(count), size::BODY, theme.dim);
    }
}

/// `A film of 20.8 s at 24, 20.0 s at 25 or 16.7 s at 30 frames a second.`
fn film(pictures: u32) -> String {
    let [slow, middle, fast] = outlook::RATES;
    let time = |rate| match outlook::film_secs(pictures, rate) {
        secs @ 0.0..60.0 => format!("{} s", decimal(secs, 1)),
        secs => words::duration(Duration::from_secs(secs.round() as u64)),
    };
    say!(
        "shutter-film-of",
        slow = time(slow),
        slow_rate = slow,
        middle = time(middle),
        middle_rate = middle,
        fast = time(fast),
        fast_rate = fast
    )
}

fn at(time: Timestamp, state: &State, scene: &Scene<'_>) -> String {
    words::at(time, scene.now, &state.zone)
}

fn going(
    ui: &mut Ui,
    index: usize,
    camera: &Camera,
    snapshot: &Snapshot,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let rect = ui.max_rect();
    if rect.width() < WIDE {
        scrolled(ui, |ui| {
            let points = (rect.height() * 0.6)
                .clamp(130.0, 190.0)
                .min(rect.width() * 0.6);
            ui.vertical_centered(|ui| dial::ui(ui, points, camera, scene));
            progress(ui, camera, snapshot, scene);
            facts_of(ui, index, camera, snapshot, state, scene);
        });
        return;
    }
    let left = (rect.width() * 0.42).min(300.0);
    let (dial_rect, rest) = rect.split_left_right_at_x(rect.left() + left);
    let points = (left - 2.0 * space::L)
        .min(rect.height() - 2.0 * space::L)
        .max(80.0);
    let place = Rect::from_center_size(dial_rect.center(), Vec2::splat(points));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        dial::ui(ui, points, camera, scene);
    });
    let mut part = crate::popup::controls::part(ui, "going", rest);
    scrolled(&mut part, |ui| {
        progress(ui, camera, snapshot, scene);
        facts_of(ui, index, camera, snapshot, state, scene);
    });
}

/// How many of how many, and the bar.
fn progress(ui: &mut Ui, camera: &Camera, snapshot: &Snapshot, scene: &Scene<'_>) {
    let theme = scene.theme;
    let width = ui.available_width();
    let (line, _) = ui.allocate_exact_size(Vec2::new(width, 26.0), Sense::hover());
    let ink = if camera.is_online() {
        theme.text
    } else {
        theme.dim
    };
    let words = words::progress(snapshot);
    let font = FontId::new(size::LARGE, theme::bold());
    let text = one_line(ui, &words, font, ink, width * 0.75);
    let place = put(
        ui.painter(),
        text,
        line.left_center(),
        egui::Align2::LEFT_CENTER,
    );
    facts::named(ui, place, "progress", Role::Label, &words);
    let Some(share) = bar::share(camera) else {
        return;
    };
    let percent = format!("{} %", (share * 100.0).floor());
    let font = FontId::proportional(size::BODY);
    let text = one_line(ui, &percent, font, theme.dim, 80.0);
    put(
        ui.painter(),
        text,
        line.right_center(),
        egui::Align2::RIGHT_CENTER,
    );
    let (place, _) = ui.allocate_exact_size(Vec2::new(width, 8.0), Sense::hover());
    bar::draw(ui.painter(), place, camera, &theme);
}

fn facts_of(
    ui: &mut Ui,
    index: usize,
    camera: &Camera,
    snapshot: &Snapshot,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let theme = scene.theme;
    let ink = if camera.is_online() {
        theme.text
    } else {
        theme.dim
    };
    ui.spacing_mut().item_spacing.y = 0.0;
    if let Some(eta) = snapshot.eta {
        let here = eta.saturating_sub(camera.ahead).unwrap_or(eta);
        let left = words::brief(words::until(here, scene.now));
        let words = say!("shutter-end", time = at(here, state, scene), left = left);
        facts::fact(ui, &say!("shutter-fact-end"), &words, ink);
    }
    let words = film_so_far(snapshot.shots, snapshot.count);
    facts::fact(ui, &say!("shutter-fact-film"), &words, ink);
    if let Some(plan) = &snapshot.plan {
        for (name, value) in plan::facts(plan, true) {
            facts::fact(ui, &name, &value, ink);
        }
    }
    if snapshot.skipped > 0 {
        let words = say!("shutter-skipped", count = snapshot.skipped);
        facts::fact(ui, &say!("shutter-fact-skipped"), &words, theme.warn);
    }
    if let Some(jitter) = &snapshot.jitter_ms {
        let words = words::exactness(jitter, snapshot.shots);
        facts::fact(ui, &say!("shutter-fact-exact"), &words, ink);
    }
    if let Some(resumed) = snapshot.resumed_at {
        let words = say!("shutter-resumed", time = at(resumed, state, scene));
        facts::fact(ui, &say!("shutter-fact-resumed"), &words, ink);
    }
    ui.add_space(space::S);
    ui.add_enabled_ui(camera.is_online(), |ui| {
        change_interval(ui, index, snapshot, state, scene);
    });
}

fn film_so_far(shots: u32, count: Option<u32>) -> String {
    let rate = 25;
    let secs = |pictures| format!("{} s", decimal(outlook::film_secs(pictures, rate), 1));
    match count {
        Some(count) => say!(
            "shutter-film-so-far-of",
            time = secs(shots),
            whole = secs(count),
            rate = rate
        ),
        None => say!("shutter-film-so-far", time = secs(shots), rate = rate),
    }
}

/// The interval can be changed without stopping.
fn change_interval(
    ui: &mut Ui,
    index: usize,
    snapshot: &Snapshot,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let Some(interval) = snapshot.interval else {
        return;
    };
    let theme = scene.theme;
    let takes_focus = state.takes(Focus::Field(Field::Interval));
    let form = state.form(index);
    let mut text = form
        .new_interval
        .clone()
        .unwrap_or_else(|| words::typed(interval));
    let before = text.clone();
    let mut asked = false;
    let id = row::text_id(Field::Interval);
    ui.spacing_mut().item_spacing = Vec2::new(space::S, space::XS);
    ui.horizontal(|ui| {
        let (name, _) =
            ui.allocate_exact_size(Vec2::new(facts::NAMES - space::S, 30.0), Sense::hover());
        let font = FontId::proportional(size::BODY);
        let words = say!("shutter-interval");
        let label = one_line(ui, &words, font, theme.dim, name.width());
        put(
            ui.painter(),
            label,
            name.left_center(),
            egui::Align2::LEFT_CENTER,
        );
        let response = text_field(ui, id, &mut text, "10s", &words, 96.0);
        if takes_focus {
            response.request_focus();
        }
        asked |= response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let differs = words::parse_duration(&text).is_ok_and(|time| time != interval);
        ui.add_enabled_ui(differs, |ui| {
            asked |= button(ui, None, &say!("shutter-change"), Weight::Plain)
                .on_hover_text(say!("shutter-change-hint"))
                .clicked();
        });
    });
    if text != before {
        form.new_interval = Some(text.clone());
    }
    let parsed = words::parse_duration(&text).map_err(wrong::typed);
    if let Err(sentence) = &parsed {
        facts::sentence(ui, &full_sentence(sentence), size::SMALL, theme.error);
    }
    if let (true, Ok(new)) = (asked, parsed)
        && new != interval
    {
        form.new_interval = None;
        scene.ask(
            index,
            Command::Change(Change {
                interval: Some(new),
                ..Change::default()
            }),
        );
        ui.memory_mut(egui::Memory::stop_text_input);
    }
}
