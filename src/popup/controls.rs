//! The few controls that every popup is made of, all with a name for assistive technology.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Align2, Color32, CornerRadius, FontId, Galley, Id, Margin, Painter, Pos2, Rect, Response, Role,
    Sense, Stroke, StrokeKind, TextBuffer, TextEdit, TextFormat, Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::bidi;
use super::emoji;
use super::icons::{self, Icon};
use super::theme::{Theme, size, space};

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one thing most likely wanted.
    Primary,
    /// Anything else.
    Plain,
    /// A word in a line of text.
    Link,
}

/// A part of the window with its own name space.
#[must_use]
pub fn part(ui: &mut Ui, name: &str, rect: Rect) -> Ui {
    let mut part = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect));
    part.set_clip_rect(rect.intersect(ui.clip_rect()));
    part
}

/// The ring around what has the keyboard.
pub fn focus_ring(painter: &Painter, rect: Rect, theme: &Theme) {
    let stroke = Stroke::new(2.0, theme.accent_text);
    painter.rect_stroke(
        rect,
        CornerRadius::same(space::RADIUS),
        stroke,
        StrokeKind::Inside,
    );
}

/// One line of text, cut with an ellipsis at `width` points.
#[must_use]
pub fn one_line(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    // A line break in it would end the line early.
    let text = if text.contains(['\n', '\r', '\t']) {
        text.replace(['\n', '\r', '\t'], " ")
    } else {
        text.to_owned()
    };
    if bidi::is_needed(&text) {
        return right_to_left_line(ui, &text, &font, colour, width);
    }
    let mut job = LayoutJob {
        break_on_newline: false,
        ..LayoutJob::default()
    };
    emoji::append(ui, &mut job, &text, &TextFormat::simple(font, colour));
    job.wrap.max_width = width.max(0.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    ui.painter().layout_job(job)
}

/// Wrapped text at the theme's line height.
#[must_use]
pub fn paragraph(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let line = (font.size * size::LINE).round();
    if bidi::is_needed(text) {
        return right_to_left(ui, text, &font, colour, width);
    }
    let mut format = TextFormat::simple(font, colour);
    format.line_height = Some(line);
    let mut job = LayoutJob::default();
    emoji::append(ui, &mut job, text, &format);
    job.wrap.max_width = width.max(8.0);
    ui.painter().layout_job(job)
}

fn text_width(ui: &Ui, text: &str, font: &FontId) -> f32 {
    // Runs are measured as they are drawn: each by itself.
    let runs = bidi::lines(text, |_| true);
    let format = TextFormat::simple(font.clone(), Color32::PLACEHOLDER);
    let width = |run: &String| {
        let mut job = LayoutJob::default();
        emoji::append(ui, &mut job, run, &format);
        ui.painter().layout_job(job).size().x
    };
    runs.iter().flatten().map(width).sum()
}

fn right_to_left(ui: &Ui, text: &str, font: &FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut format = TextFormat::simple(font.clone(), colour);
    format.line_height = Some((font.size * size::LINE).round());
    let mut job = LayoutJob::default();
    let lines = bidi::lines(text, |line| text_width(ui, line, font) <= width - 1.0);
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            job.append("\n", 0.0, format.clone());
        }
        append_runs(ui, &mut job, line, &format);
    }
    job.wrap.max_width = width.max(8.0);
    if bidi::starts_right(text) {
        job.halign = egui::Align::Max;
    }
    ui.painter().layout_job(job)
}

fn append_runs(ui: &Ui, job: &mut LayoutJob, runs: &[String], format: &TextFormat) {
    for (index, run) in runs.iter().enumerate() {
        let mut format = format.clone();
        // Equal formats would be shaped as one run. This differs in nothing that is seen: it
        // is the size of a background, and there is none.
        format.expand_bg = if index % 2 == 0 { 1.0 } else { 2.0 };
        emoji::append(ui, job, run, &format);
    }
}

fn right_to_left_line(
    ui: &Ui,
    text: &str,
    font: &FontId,
    colour: Color32,
    width: f32,
) -> Arc<Galley> {
    let text = bidi::cut(text, |text| text_width(ui, text, font) <= width);
    let format = TextFormat::simple(font.clone(), colour);
    let mut job = LayoutJob::default();
    for line in bidi::lines(&text, |_| true) {
        append_runs(ui, &mut job, &line, &format);
    }
    job.wrap.max_rows = 1;
    ui.painter().layout_job(job)
}

/// A [`paragraph`] whose lines are centred around the point where it is painted.
#[must_use]
pub fn centred(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut format = TextFormat::simple(font, colour);
    format.line_height = Some((format.font_id.size * size::LINE).round());
    let mut job = LayoutJob::default();
    emoji::append(ui, &mut job, text, &format);
    job.wrap.max_width = width.max(8.0);
    job.halign = egui::Align::Center;
    ui.painter().layout_job(job)
}

/// Paints a galley against one point of it.
pub fn put(painter: &Painter, galley: Arc<Galley>, at: Pos2, align: Align2) -> Rect {
    let rect = align.anchor_size(at, galley.size());
    let scale = painter.pixels_per_point();
    let min = Pos2::new(
        (rect.min.x * scale).round() / scale,
        (rect.min.y * scale).round() / scale,
    );
    // Lines that end at the right are measured from there.
    let min = min - Vec2::new(galley.rect.left(), 0.0);
    painter.galley(min, galley, Color32::PLACEHOLDER);
    rect
}

/// A square button that shows an icon; `label` is its name and its tooltip.
pub fn icon_button(ui: &mut Ui, icon: Icon, label: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(28.0), Sense::click());
    icon_button_look(ui, rect, &response, icon, label);
    response
}

/// [`icon_button`] in a place that is already decided.
pub fn icon_button_in(ui: &Ui, rect: Rect, id: Id, icon: Icon, label: &str) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    icon_button_look(ui, rect, &response, icon, label);
    response
}

/// How an icon button looks, for a response that was made elsewhere.
pub fn icon_button_look(ui: &Ui, rect: Rect, response: &Response, icon: Icon, label: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    let theme = Theme::of(ui.ctx());
    let hot = response.hovered() || response.has_focus();
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(space::RADIUS), theme.hover);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), rect, &theme);
    }
    let tint = if hot { theme.text } else { theme.dim };
    icons::paint(ui.painter(), icon, rect.center(), 14.0, tint);
    response.clone().on_hover_text(label);
}

/// A button with words on it, 28 points high ([`Weight::Link`]: as high as its text).
pub fn button(ui: &mut Ui, icon: Option<Icon>, label: &str, weight: Weight) -> Response {
    let theme = Theme::of(ui.ctx());
    let enabled = ui.is_enabled();
    let ink = match weight {
        Weight::Primary if enabled => theme.on_accent,
        Weight::Link => theme.accent_text,
        _ if enabled => theme.text,
        _ => theme.dim,
    };
    let galley =
        ui.painter()
            .layout_no_wrap(label.to_owned(), FontId::proportional(size::BODY), ink);
    let pad = if weight == Weight::Link {
        2.0
    } else {
        space::M
    };
    let icon_width = if icon.is_some() { 14.0 + 6.0 } else { 0.0 };
    let height = if weight == Weight::Link { 20.0 } else { 28.0 };
    let wanted = Vec2::new(galley.size().x + icon_width + 2.0 * pad, height);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, label));
    let fill = match weight {
        Weight::Primary if enabled => theme.accent,
        Weight::Link => Color32::TRANSPARENT,
        _ if response.hovered() => theme.hover,
        _ => theme.field,
    };
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(space::RADIUS), fill);
    if weight == Weight::Plain {
        let line = Stroke::new(1.0, theme.line);
        painter.rect_stroke(
            rect,
            CornerRadius::same(space::RADIUS),
            line,
            StrokeKind::Inside,
        );
    }
    if response.hovered() {
        let line = Stroke::new(1.0, ink);
        match weight {
            Weight::Primary => {
                let inner = rect.shrink(1.0);
                painter.rect_stroke(
                    inner,
                    CornerRadius::same(space::RADIUS - 1),
                    line,
                    StrokeKind::Inside,
                );
            }
            Weight::Link => {
                painter.hline(rect.x_range().shrink(pad), rect.bottom() - 2.0, line);
            }
            Weight::Plain => {}
        }
    }
    if response.has_focus() {
        focus_ring(
            painter,
            rect.expand(if weight == Weight::Primary { 2.0 } else { 0.0 }),
            &theme,
        );
    }
    if let Some(icon) = icon {
        let centre = Pos2::new(rect.left() + pad + 7.0, rect.center().y);
        icons::paint(painter, icon, centre, 14.0, ink);
    }
    let at = Pos2::new(rect.left() + pad + icon_width, rect.center().y);
    put(painter, galley, at, Align2::LEFT_CENTER);
    response
}

/// One line to type in; `label` is what assistive technology calls it.
pub fn field(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    hint: &str,
    label: &str,
    width: f32,
) -> Response {
    show_field(ui, id, text, [hint, label], width, false)
}

/// A [`field`] whose text is not shown.
pub fn secret_field(ui: &mut Ui, id: Id, text: &mut String, label: &str, width: f32) -> Response {
    show_field(ui, id, text, [label, label], width, true)
}

pub(super) fn show_field(
    ui: &mut Ui,
    id: Id,
    text: &mut String,
    [hint, label]: [&str; 2],
    width: f32,
    is_hidden: bool,
) -> Response {
    let theme = Theme::of(ui.ctx());
    // Esc steps back one level; it does not merely take the keyboard away.
    let keys = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
        tab: false,
    };
    let font = FontId::proportional(size::BODY);
    let mut format = TextFormat::simple(font.clone(), theme.text);
    format.line_height = Some(ui.fonts_mut(|fonts| fonts.row_height(&font)));
    let mut typed =
        |ui: &Ui, text: &dyn TextBuffer, _| emoji::typed(ui, text.as_str(), &format, None);
    let edit = TextEdit::singleline(text).id(id).hint_text(hint.to_owned());
    let edit = match is_hidden {
        true => edit.password(true),
        false => edit.layouter(&mut typed),
    };
    let edit = edit
        .frame(egui::Frame::NONE.inner_margin(Margin::symmetric(8, 0)))
        .align(egui::Align2::LEFT_CENTER)
        .desired_width(width)
        .event_filter(keys);
    let (rect, _) = ui.allocate_exact_size(Vec2::new(width, 30.0), Sense::hover());
    let corner = CornerRadius::same(space::RADIUS);
    ui.painter().rect_filled(rect, corner, theme.field);
    ui.painter().rect_stroke(
        rect,
        corner,
        Stroke::new(1.0, theme.line),
        StrokeKind::Inside,
    );
    let inner = UiBuilder::new()
        .max_rect(rect)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    let response = ui
        .scope_builder(inner, |ui| ui.add(edit.min_size(rect.size())))
        .inner;
    if ui.memory(|memory| memory.has_focus(id)) {
        focus_ring(ui.painter(), rect, &theme);
    }
    response.accessible_name(label)
}

/// A count in a pill.
pub fn badge(ui: &Ui, right_centre: Pos2, count: u32, theme: &Theme) -> Rect {
    let text = if count > 999 {
        "999+".to_owned()
    } else {
        count.to_string()
    };
    let font = FontId::new(size::SMALL, super::theme::bold());
    let galley = ui.painter().layout_no_wrap(text, font, theme.on_accent);
    let wanted = Vec2::new((galley.size().x + 10.0).max(18.0), 18.0);
    let rect = Align2::RIGHT_CENTER.anchor_size(right_centre, wanted);
    ui.painter()
        .rect_filled(rect, CornerRadius::same(9), theme.accent);
    put(ui.painter(), galley, rect.center(), Align2::CENTER_CENTER);
    rect
}
