//! The composer: the text, what it costs, and the draft that is kept of it.

use std::sync::Arc;

use egui::text::TextFormat;
use egui::{
    Align2, CornerRadius, EventFilter, FontId, Galley, Margin, Pos2, Rect, Role, ScrollArea, Sense,
    Stroke, StrokeKind, TextBuffer, TextEdit, Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::cost::Cost;
use super::{Focus, Scene, Showing, State, recipient, words};
use crate::popup::controls::{focus_ring, one_line, paragraph, put};
use crate::popup::emoji;
use crate::popup::help::key_name;
use crate::popup::icons::{self, Icon};
use crate::popup::states::full_sentence;
use crate::popup::theme::{size, space};
use crate::say;
use crate::sms::command::Command;
use crate::sms::message::{Conversation, Unaddressed};
use crate::sms::snapshot::About;

/// A draft is kept this long after the first key that is not in it yet, in seconds: whatever
/// ends the popup, no more than this is lost.
const DRAFT_AFTER: f64 = 1.0;
const MOST_ROWS: f32 = 6.0;

/// The text being typed, whom it is for, and what of it has been kept.
#[derive(Default)]
pub struct ComposerState {
    /// The other side.
    pub address: String,
    /// The chosen suggestion of the recipient's field.
    pub suggestion: Option<usize>,
    /// What the address book has for what is typed there.
    pub offered: recipient::Offered,
    /// Whose thread to open once it is there: the recipient of what was just sent.
    pub follow: Option<String>,
    text: String,
    kept: String,
    /// Whether this is a new message, which belongs to no thread yet.
    is_new: bool,
    /// What is kept of a new message.
    pub kept_new: Option<Unaddressed>,
    changed_at: Option<f64>,
    cost: Cost,
    /// What was sent last; comes back where sending was refused at once.
    sent: Option<(String, String)>,
}

impl ComposerState {
    /// Begins with a conversation and its draft, or with nothing.
    pub fn load(&mut self, conversation: Option<&Conversation>) {
        self.address = conversation.map(|c| c.address.clone()).unwrap_or_default();
        self.text = conversation
            .and_then(|c| c.draft.clone())
            .unwrap_or_default();
        self.kept.clone_from(&self.text);
        self.changed_at = None;
        self.suggestion = None;
        self.follow = None;
        self.sent = None;
        self.is_new = false;
    }

    /// Begins a new message, or goes on with the one that is kept.
    pub fn begin_new(&mut self) {
        self.load(None);
        self.is_new = true;
        if let Some(kept) = &self.kept_new {
            self.address.clone_from(&kept.to);
            self.text.clone_from(&kept.text);
        }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Something was typed.
    pub fn touched(&mut self, secs: f64) {
        self.changed_at.get_or_insert(secs);
    }

    /// Takes the text away, and its draft with it.
    pub fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Puts a text in.
    pub fn put_text(&mut self, text: String, secs: f64) {
        self.text = text;
        self.touched(secs);
    }

    /// The command that keeps what is being typed, where it is not kept yet.
    pub fn save(&mut self) -> Option<Command> {
        self.changed_at = None;
        if self.is_new {
            // Its number may be half typed: it is nobody's draft before it is left.
            let new = Unaddressed {
                to: self.address.clone(),
                text: self.text.clone(),
            };
            self.keep_new(Some(new).filter(|new| !new.text.is_empty()))
        } else {
            self.save_draft()
        }
    }

    /// The commands that keep it when something else is to be typed, or nothing more.
    pub fn leave(&mut self) -> Vec<Command> {
        if self.is_new && recipient::can_send(&self.address) {
            self.changed_at = None;
            let draft = self.save_draft();
            draft.into_iter().chain(self.keep_new(None)).collect()
        } else {
            self.save().into_iter().collect()
        }
    }

    fn save_draft(&mut self) -> Option<Command> {
        if self.text == self.kept || !recipient::can_send(&self.address) {
            return None;
        }
        self.kept.clone_from(&self.text);
        let (address, text) = (self.address.trim().to_owned(), self.text.clone());
        Some(Command::SaveDraft { address, text })
    }

    fn keep_new(&mut self, new: Option<Unaddressed>) -> Option<Command> {
        if self.kept_new == new {
            return None;
        }
        self.kept_new.clone_from(&new);
        Some(Command::KeepNew(new))
    }

    fn can_send(&self) -> bool {
        recipient::can_send(&self.address) && !self.text.trim().is_empty() && !self.cost.too_long()
    }
}

/// Sends what is typed, where that can be done.
pub fn send(state: &mut State, scene: &mut Scene<'_>) {
    let composer = &mut state.composer;
    let text = composer.text.clone();
    composer.cost.of(&text);
    if !composer.can_send() || scene.no_store() {
        // Where it cannot be written down, it stays where it was typed.
        state.focus = Some(if recipient::can_send(&composer.address) {
            Focus::Reply
        } else {
            Focus::Recipient
        });
        return;
    }
    let address = composer.address.trim().to_owned();
    let text = composer.take_text();
    composer.sent = Some((address.clone(), text.clone()));
    composer.changed_at = None;
    scene.commands.push(Command::Send {
        address: address.clone(),
        text,
    });
    if !std::mem::take(&mut composer.kept).is_empty() {
        scene.commands.push(Command::SaveDraft {
            address: address.clone(),
            text: String::new(),
        });
    }
    if state.showing == Showing::NewMessage {
        scene.commands.extend(state.composer.keep_new(None));
        state.composer.follow = Some(address);
    }
    state.thread.show_newest();
    state.focus = Some(Focus::Reply);
}

/// What the composer needs, found before the thread above it is drawn.
pub struct Measured {
    /// The composer's height, in points.
    pub height: f32,
    field_height: f32,
    /// Whether the other side is a word, which takes no replies.
    no_reply: bool,
    error: Option<(String, Arc<Galley>)>,
}

/// Height of a line of the text being typed.
fn line_height() -> f32 {
    (size::BODY * size::LINE).round()
}

/// Finds how high the composer is in `pane`, which grows with what is typed.
pub fn measure(ui: &Ui, pane: Rect, state: &mut State, scene: &Scene<'_>) -> Measured {
    let theme = scene.theme;
    let failure = scene.failure(&About::Compose);
    restore(state, failure.is_some());
    let font = FontId::proportional(size::BODY);
    let line = line_height();
    let text_width = pane.width() - space::M * 2.0 - 36.0 - space::S - 16.0;
    let typed = &state.composer.text;
    let text = paragraph(ui, typed, font.clone(), theme.text, text_width);
    let field_height = text.size().y.clamp(line, MOST_ROWS * line) + 18.0;
    let to_thread = matches!(state.showing, Showing::Thread(_));
    let no_reply = to_thread && !recipient::can_send(&state.composer.address);
    let error = failure.filter(|_| !no_reply).map(|sentence| {
        let sentence = full_sentence(&sentence);
        let width = pane.width() - 2.0 * space::L - 20.0;
        (
            sentence.clone(),
            paragraph(ui, &sentence, font, theme.error, width),
        )
    });
    let error_height = error
        .as_ref()
        .map_or(0.0, |(_, galley)| galley.size().y + space::S);
    let height = if no_reply {
        44.0
    } else {
        (space::S + error_height + field_height + 4.0 + 18.0 + space::XS).round()
    };
    Measured {
        height,
        field_height,
        no_reply,
        error,
    }
}

/// Draws the composer into `rect`, as high as it was measured.
pub fn ui(ui: &mut Ui, measured: Measured, state: &mut State, scene: &mut Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    keep_draft(ui, state, scene);
    if measured.no_reply {
        no_reply(ui, state, scene);
        return;
    }
    ui.painter().rect_filled(rect, 0, theme.raised);
    ui.painter()
        .hline(rect.x_range(), rect.top(), Stroke::new(1.0, theme.line));
    let mut top = rect.top() + space::S;
    if let Some((sentence, galley)) = measured.error {
        let error_height = galley.size().y + space::S;
        let at = Pos2::new(rect.left() + space::L + 20.0, top);
        icons::paint(
            ui.painter(),
            Icon::Error,
            at + Vec2::new(-12.0, 9.0),
            14.0,
            theme.error,
        );
        let place = put(ui.painter(), galley, at, Align2::LEFT_TOP);
        ui.interact(place, ui.scope_id().with("failure"), Sense::hover())
            .widget_info(|| WidgetInfo::labeled(Role::Alert, true, &sentence));
        top += error_height;
    }
    let field = Rect::from_min_size(
        Pos2::new(rect.left() + space::M, top),
        Vec2::new(
            rect.width() - space::M * 2.0 - 36.0 - space::S,
            measured.field_height,
        ),
    );
    text_field(ui, field, line_height(), state, scene);
    let below = field.bottom() + 4.0 + 9.0;
    let words = cost_words(
        ui,
        state,
        scene,
        Pos2::new(field.left() + space::XS, below),
        field.width(),
    );
    let button = Rect::from_min_size(
        Pos2::new(field.right() + space::S, field.bottom() - 36.0),
        Vec2::splat(36.0),
    );
    if send_button(ui, button, state, scene) {
        send(state, scene);
    }
    if words < field.width() * 0.6 {
        let hint = one_line(
            ui,
            &key_name("Ctrl+Enter"),
            FontId::proportional(size::SMALL),
            theme.dim,
            120.0,
        );
        put(
            ui.painter(),
            hint,
            Pos2::new(button.right(), below),
            Align2::RIGHT_CENTER,
        );
    }
}

/// What was refused at once comes back into the field, unless something new was typed.
fn restore(state: &mut State, refused: bool) {
    let composer = &mut state.composer;
    if refused
        && composer.text.is_empty()
        && let Some((address, text)) = composer.sent.take()
    {
        if state.showing == Showing::NewMessage {
            composer.address = address;
            composer.follow = None;
        }
        composer.text = text;
    }
}

fn keep_draft(ui: &Ui, state: &mut State, scene: &mut Scene<'_>) {
    if let Some(changed_at) = state.composer.changed_at {
        let wait = changed_at + DRAFT_AFTER - scene.secs;
        if wait <= 0.0 {
            scene.commands.extend(state.composer.save());
        } else {
            ui.ctx().request_repaint_after_secs(wait as f32 + 0.01);
        }
    }
}

/// A sender that is a word cannot be answered; said where the field would be.
fn no_reply(ui: &Ui, state: &mut State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0, theme.raised);
    ui.painter()
        .hline(rect.x_range(), rect.top(), Stroke::new(1.0, theme.line));
    let words = say!("sms-no-replies", who = state.composer.address.as_str());
    let font = FontId::proportional(size::BODY);
    let galley = one_line(ui, &words, font, theme.dim, rect.width() - 2.0 * space::L);
    let place = put(ui.painter(), galley, rect.center(), Align2::CENTER_CENTER);
    ui.interact(place, ui.scope_id().with("no reply"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    if state.takes_focus(Focus::Reply) {
        state.focus = Some(Focus::Thread);
    }
}

fn text_field(ui: &mut Ui, rect: Rect, line: f32, state: &mut State, scene: &Scene<'_>) {
    let theme = scene.theme;
    let corner = CornerRadius::same(space::RADIUS);
    ui.painter().rect_filled(rect, corner, theme.field);
    ui.painter().rect_stroke(
        rect,
        corner,
        Stroke::new(1.0, theme.line),
        StrokeKind::Inside,
    );
    let who = match state.showing {
        Showing::Thread(id) => scene.conversation(id).map(words::of_conversation),
        _ => None,
    };
    let label = match who {
        Some(who) => say!("sms-message-to", who = who),
        None => say!("sms-message"),
    };
    let font = FontId::proportional(size::BODY);
    let fits = one_line(ui, &label, font.clone(), theme.dim, f32::INFINITY)
        .size()
        .x
        < rect.width() - 20.0;
    let hint = if fits {
        label.clone()
    } else {
        say!("sms-message")
    };
    let id = Focus::Reply.id();
    let keys = EventFilter {
        tab: false,
        horizontal_arrows: true,
        vertical_arrows: true,
        escape: true,
    };
    let takes_focus = state.takes_focus(Focus::Reply);
    let mut format = TextFormat::simple(font, theme.text);
    format.line_height = Some(line);
    let mut typed = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
        emoji::typed(ui, text.as_str(), &format, Some(width))
    };
    let composer = &mut state.composer;
    let row = ui.fonts_mut(|fonts| fonts.row_height(&FontId::proportional(size::BODY)));
    let inner = UiBuilder::new().max_rect(rect.shrink2(Vec2::new(0.0, 1.0)));
    let response = ui.scope_builder(inner, |ui| {
        ui.spacing_mut().extra_text_line_spacing = line - row;
        let scroll = ScrollArea::vertical().id_salt("text").auto_shrink(false);
        scroll.show(ui, |ui| {
            let edit = TextEdit::multiline(&mut composer.text)
                .id(id)
                .layouter(&mut typed)
                .hint_text(hint)
                .frame(egui::Frame::NONE.inner_margin(Margin::symmetric(8, 8)))
                .desired_width(f32::INFINITY)
                .desired_rows(1)
                .event_filter(keys);
            ui.add(edit)
        })
    });
    let response = response.inner.inner;
    if takes_focus {
        response.request_focus();
    }
    if response.changed() {
        composer.touched(scene.secs);
    }
    if response.has_focus() {
        focus_ring(ui.painter(), rect, &theme);
    }
    response.accessible_name(label);
}

/// Counter and alphabet below the field; returns how wide they are.
fn cost_words(ui: &Ui, state: &mut State, scene: &Scene<'_>, at: Pos2, width: f32) -> f32 {
    let theme = scene.theme;
    let composer = &mut state.composer;
    let cost = composer.cost.of(&composer.text);
    let Some(counter) = cost.counter() else {
        return 0.0;
    };
    let (words, tint) = match cost.alphabet() {
        _ if cost.too_long() => (say!("sms-too-long"), theme.error),
        Some(alphabet) => (format!("{counter} · {alphabet}"), theme.dim),
        None => (counter, theme.dim),
    };
    let galley = one_line(ui, &words, FontId::proportional(size::SMALL), tint, width);
    let place = put(ui.painter(), galley, at, Align2::LEFT_CENTER);
    ui.interact(place, ui.scope_id().with("cost"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    place.width()
}

fn send_button(ui: &Ui, rect: Rect, state: &State, scene: &Scene<'_>) -> bool {
    let theme = scene.theme;
    let enabled = state.composer.can_send() && !scene.no_store();
    let sense = if enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, ui.scope_id().with("send"), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, say!("sms-send")));
    let (fill, ink) = match (enabled, response.hovered()) {
        (true, false) => (theme.accent, theme.on_accent),
        (true, true) => (
            crate::popup::colour::mix(theme.accent, theme.text, 0.15),
            theme.on_accent,
        ),
        _ => (theme.field, theme.dim),
    };
    ui.painter()
        .rect_filled(rect, CornerRadius::same(space::RADIUS), fill);
    icons::paint(ui.painter(), Icon::Send, rect.center(), 16.0, ink);
    if response.has_focus() {
        focus_ring(ui.painter(), rect.expand(2.0), &theme);
    }
    response.on_hover_text(say!("sms-send-key")).clicked()
}
