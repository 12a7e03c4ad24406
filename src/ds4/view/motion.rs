//! The second page: acceleration, rotation and the evenness of the reports over time, how the
//! pad is held, and its calibration.

use egui::{
    Align, Align2, FontId, Layout, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::history::{SPAN, Which};
use super::{Scene, State, keys, wishes, words};
use crate::catalogue::decimal;
use crate::ds4::motion::{Calibration, Motion};
use crate::ds4::snapshot::{Pad, Part};
use crate::popup::controls::{Weight, button, paragraph, put};
use crate::popup::icons::Icon;
use crate::popup::plot::{Plot, Point, Range, Series};
use crate::popup::states::{say, wait};
use crate::popup::theme::{size, space};
use crate::say;

/// A plot is no lower than this.
const PLOT: f32 = 86.0;
/// Nor than this where its head takes two lines.
const NARROW: f32 = 116.0;
/// What the two buttons take, in points.
const BUTTONS: f32 = 236.0;
/// Frames a second that the plots move on by while the pad lies still.
const CALM: f32 = 12.0;

/// Draws the page.
pub fn ui(ui: &mut Ui, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    let rect = ui.max_rect();
    let Some(motion) = &pad.motion else {
        unread(ui, rect, pad, state, scene);
        return;
    };
    if state.history.is_moving(scene.secs) {
        ui.ctx().request_repaint_after_secs(1.0 / CALM);
    }
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let scroll = ScrollArea::vertical().id_salt("motion").auto_shrink(false);
        scroll.show(ui, |ui| {
            keys::scroll(ui);
            let width = rect.width() - 2.0 * space::L;
            let min = ui.cursor().min + Vec2::new(space::L, space::S);
            let inner = Rect::from_min_size(min, Vec2::new(width, f32::INFINITY));
            let layout = Layout::top_down(Align::Min);
            ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing = Vec2::new(space::S, space::XS);
                let before = ui.cursor().top();
                head(ui, pad, motion, state, scene);
                let used = ui.cursor().top() - before;
                let free = rect.height() - 2.0 * space::S - used - 3.0 * space::XS;
                plots(
                    ui,
                    Vec2::new(
                        width,
                        (free / 3.0).max(if width < 420.0 { NARROW } else { PLOT }),
                    ),
                    state,
                    scene,
                );
                ui.add_space(space::S);
            });
        });
    });
}

fn unread(ui: &Ui, rect: Rect, pad: &Pad, state: &State, scene: &Scene<'_>) {
    if pad.access.allows(Part::Motion) {
        let since = state.started.unwrap_or(scene.secs);
        if scene.secs - since < 3.0 {
            wait(ui, rect, &say!("ds4-motion-waiting"), since);
            ui.ctx().request_repaint_after_secs(1.0);
        } else {
            say(ui, rect, Icon::NotThere, &say!("ds4-motion-absent"));
        }
        return;
    }
    say(ui, rect, Icon::Lock, &say!("ds4-motion-forbidden"));
}

/// How the pad is held, what is known of the drift, and what can be done about both.
fn head(ui: &mut Ui, pad: &Pad, motion: &Motion, state: &mut State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let width = ui.available_width();
    let held = words::held(motion);
    let font = FontId::proportional(size::BODY);
    let text = paragraph(ui, &held, font, theme.text, width);
    let beside = width - text.size().x > BUTTONS + space::M;
    let (line, _) = ui.allocate_exact_size(
        Vec2::new(width, if beside { 28.0 } else { text.size().y }),
        Sense::hover(),
    );
    let place = put(ui.painter(), text, line.left_center(), Align2::LEFT_CENTER);
    named(ui, place, &held);
    let said = words::calibration(motion.calibration);
    if beside {
        let layout = Layout::right_to_left(Align::Center);
        let builder = UiBuilder::new().max_rect(line).layout(layout);
        ui.scope_builder(builder, |ui| {
            calibrate(ui, pad, motion, state, scene);
            recentre(ui, pad, state, scene);
        });
    }
    let font = FontId::proportional(size::SMALL);
    let text = paragraph(ui, &said, font, theme.dim, width);
    let (line, _) = ui.allocate_exact_size(Vec2::new(width, text.size().y), Sense::hover());
    let place = put(ui.painter(), text, line.left_center(), Align2::LEFT_CENTER);
    named(ui, place, &said);
    if !beside {
        ui.horizontal(|ui| {
            recentre(ui, pad, state, scene);
            calibrate(ui, pad, motion, state, scene);
        });
    }
    ui.add_space(space::XS);
}

fn named(ui: &Ui, rect: Rect, said: &str) {
    let response = ui.interact(rect, ui.scope_id().with(said), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
}

fn recentre(ui: &mut Ui, pad: &Pad, state: &mut State, scene: &mut Scene<'_>) {
    let words = say!("ds4-recentre");
    let pressed = button(ui, Some(Icon::Undo), &words, Weight::Plain);
    if pressed.on_hover_text(say!("ds4-recentre-hint")).clicked() {
        wishes::recentre(pad, state, scene);
    }
}

fn calibrate(ui: &mut Ui, pad: &Pad, motion: &Motion, state: &mut State, scene: &mut Scene<'_>) {
    let (icon, label, hint) = match motion.calibration {
        Calibration::Waiting => (
            Icon::Waiting,
            say!("ds4-calibrating"),
            say!("ds4-calibrating-hint"),
        ),
        _ => (
            Icon::Calibrate,
            say!("ds4-calibrate"),
            say!("ds4-calibrate-anew-hint"),
        ),
    };
    if button(ui, Some(icon), &label, Weight::Plain)
        .on_hover_text(hint)
        .clicked()
    {
        wishes::calibrate(pad, state, scene);
    }
}

fn plots(ui: &mut Ui, size: Vec2, state: &State, scene: &Scene<'_>) {
    let of = |which| state.history.points(which, scene.secs);
    let axes = |which: fn(usize) -> Which| [0, 1, 2].map(|axis| of(which(axis)));
    let acceleration = axes(Which::Accelerometer);
    let rotation = axes(Which::Gyroscope);
    let jitter = of(Which::Jitter);
    // Where there is little room, the unit beside the name is enough.
    let short = size.x < 420.0;
    let unit = |digits: usize, name: &'static str| {
        move |value: f64| match (words::signed(value as f32, digits), short) {
            (number, true) => number,
            (number, false) => format!("{number} {name}"),
        }
    };
    let [x, y, z] = &acceleration;
    let plot = Plot {
        name: &say!("ds4-acceleration"),
        unit: "g",
        words: &unit(2, "g"),
        span_secs: SPAN,
        fresh_secs: SPAN,
        range: Range::Fit {
            least: 2.5,
            zero: true,
        },
        series: &lines(["x", "y", "z"], [x, y, z]),
    };
    plot.ui(ui, size);
    let [x, y, z] = &rotation;
    let names = [say!("ds4-pitch"), say!("ds4-yaw"), say!("ds4-roll")];
    let plot = Plot {
        name: &say!("ds4-rotation"),
        unit: "°/s",
        words: &unit(0, "°/s"),
        range: Range::Fit {
            least: 100.0,
            zero: true,
        },
        series: &lines(names.each_ref().map(String::as_str), [x, y, z]),
        ..plot
    };
    plot.ui(ui, size);
    let plot = Plot {
        name: &say!("ds4-report-jitter"),
        unit: "ms",
        words: &|value| format!("{} ms", decimal(value, 1)),
        range: Range::Fit {
            least: 4.0,
            zero: true,
        },
        series: &[Series {
            name: "",
            points: &jitter,
        }],
        ..plot
    };
    plot.ui(ui, size);
}

fn lines<'a>(names: [&'a str; 3], points: [&'a Vec<Point>; 3]) -> [Series<'a>; 3] {
    let [a, b, c] = names;
    let [x, y, z] = points;
    [(a, x), (b, y), (c, z)].map(|(name, points)| Series { name, points })
}
