//! The dialogue with the network over USSD: a code, its answer, and what the network asks.

use egui::{
    Align2, Color32, FontId, Key, Modifiers, Pos2, Rect, ScrollArea, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo,
};

use super::modal::{self, Buttons};
use super::{Focus, Scene, State, words};
use crate::popup::controls::{Weight, field, one_line, paragraph, put};
use crate::popup::help::key_name;
use crate::popup::states::full_sentence;
use crate::popup::theme::{self, size, space};
use crate::say;
use crate::sms::command::Command;
use crate::sms::ussd::Said;

/// What is being typed, and whether the dialogue is open.
#[derive(Default)]
pub struct DialogueState {
    open: bool,
    typed: String,
    /// How many lines there were when the person closed it: it opens for what comes after.
    closed_at: usize,
}

impl DialogueState {
    /// Whether it covers the window.
    pub fn is_open(&self) -> bool {
        self.open
    }
}

/// Opens it for a code.
pub fn open(state: &mut State) {
    state.dialogue.open = true;
    state.focus = Some(Focus::Ussd);
}

/// Closes it; a session that waits for an answer is ended, as the network would wait in vain.
pub fn close(state: &mut State, scene: &mut Scene<'_>) {
    let ussd = &scene.snapshot.ussd;
    if ussd.asks || ussd.waiting_since.is_some() {
        scene.commands.push(Command::CancelUssd);
    }
    state.dialogue.open = false;
    state.dialogue.typed.clear();
    state.dialogue.closed_at = ussd.lines.len();
    state.refocus();
}

/// Draws it over `whole`, where it is open or the network asks something.
pub fn ui(ui: &mut Ui, whole: Rect, state: &mut State, scene: &mut Scene<'_>) {
    let ussd = scene.snapshot.ussd.clone();
    if !state.dialogue.open && ussd.asks && ussd.lines.len() > state.dialogue.closed_at {
        open(state);
    }
    if !state.dialogue.open {
        return;
    }
    let theme = scene.theme;
    let waits = ussd.waiting_since.is_some();
    let width = (whole.width() - 2.0 * space::M).min(420.0);
    let height = (whole.height() - 2.0 * space::M).min(360.0);
    let takes = state.takes_focus(Focus::Ussd);
    state.focus = None;
    let entered = ui.memory(|memory| memory.has_focus(Focus::Ussd.id()))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let typed = &mut state.dialogue.typed;
    let (sends, closes) = modal::show(
        ui,
        whole,
        "ussd",
        &say!("sms-codes"),
        Vec2::new(width, height),
        |ui, rect| {
            let x = rect.left() + space::L;
            let inner = rect.width() - 2.0 * space::L;
            let font = FontId::new(size::TITLE, theme::bold());
            let words = one_line(ui, &say!("sms-codes"), font, theme.text, inner);
            let at = Pos2::new(x, rect.top() + 24.0);
            put(ui.painter(), words, at, Align2::LEFT_CENTER);

            let bottom = rect.bottom() - 28.0 - 2.0 * space::M;
            let entry = Rect::from_min_max(
                Pos2::new(x, bottom - 30.0),
                Pos2::new(rect.right() - space::L, bottom),
            );
            let list = Rect::from_min_max(
                Pos2::new(x, rect.top() + 44.0),
                Pos2::new(entry.right(), entry.top() - space::S),
            );
            lines(ui, list, &ussd.lines, scene, ussd.waiting_since);

            let (hint, label) = if ussd.asks {
                (say!("sms-answer"), say!("sms-answer-network"))
            } else {
                ("*101#".to_owned(), say!("sms-code"))
            };
            ui.scope_builder(UiBuilder::new().max_rect(entry), |ui| {
                let response = field(ui, Focus::Ussd.id(), typed, &hint, &label, entry.width());
                if takes {
                    response.request_focus();
                }
            });
            let mut buttons = Buttons::at_bottom(ui, rect);
            let ready = !typed.trim().is_empty() && !waits;
            let label = if ussd.asks {
                say!("sms-answer")
            } else {
                say!("sms-dial")
            };
            let sends = buttons.add(&label, &key_name("Enter"), Weight::Primary) || entered;
            let close = if waits || ussd.asks {
                say!("sms-end")
            } else {
                say!("sms-close")
            };
            let closes = buttons.add(&close, &key_name("Esc"), Weight::Plain);
            (sends && ready, closes)
        },
    );
    if sends {
        let text = std::mem::take(&mut state.dialogue.typed);
        scene.commands.push(Command::Ussd(text));
        state.focus = Some(Focus::Ussd);
    }
    if closes {
        close(state, scene);
    }
}

/// What was said, the newest at the bottom.
fn lines(
    ui: &mut Ui,
    rect: Rect,
    said: &[Said],
    scene: &Scene<'_>,
    waiting_since: Option<jiff::Timestamp>,
) {
    let theme = scene.theme;
    let body = FontId::proportional(size::BODY);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect.expand(2.0));
        ScrollArea::vertical()
            .max_height(rect.height())
            .stick_to_bottom(true)
            .auto_shrink(false)
            .show(ui, |ui| {
                let width = rect.width() - space::S;
                if said.is_empty() && waiting_since.is_none() {
                    line(ui, &say!("sms-codes-hint"), theme.dim, width, &body);
                }
                for one in said {
                    let (ink, text) = match one {
                        Said {
                            own: true, text, ..
                        } => (theme.accent_text, format!("› {text}")),
                        Said { failed: true, .. } => {
                            (theme.error, full_sentence(&words::told(&one.text)))
                        }
                        Said { text, .. } => (theme.text, words::of_network(text)),
                    };
                    line(ui, &text, ink, width, &body);
                }
                if let Some(since) = waiting_since {
                    let secs = (scene.now.as_second() - since.as_second()).clamp(0, 3600);
                    let words = if secs >= 2 {
                        say!("sms-network-waits-since", secs = secs)
                    } else {
                        say!("sms-network-waits")
                    };
                    line(ui, &words, theme.dim, width, &body);
                    ui.ctx()
                        .request_repaint_after(std::time::Duration::from_secs(1));
                }
            });
    });
}

fn line(ui: &mut Ui, text: &str, ink: Color32, width: f32, font: &FontId) {
    let galley = paragraph(ui, text, font.clone(), ink, width);
    let wanted = Vec2::new(width, galley.size().y + space::XS);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text));
    put(ui.painter(), galley, rect.min, Align2::LEFT_TOP);
}
