//! The strip below the header that says what stands in the way, and what to do about it.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo};

use super::{Scene, State, states};
use crate::popup::controls::{Weight, button, icon_button_in, paragraph, put};
use crate::popup::icons::{self, Icon};
use crate::popup::theme::{size, space};
use crate::sms::command::Command;
use crate::sms::snapshot::{About, Lock, Modem, ModemState};

/// How bad it is; decides the colour.
#[derive(Clone, Copy, PartialEq)]
enum Tone {
    Info,
    Warn,
    Error,
}

struct Words {
    icon: Icon,
    tone: Tone,
    sentence: String,
    /// Whether looking again can help.
    retry: bool,
}

/// Draws the strip, where there is something to say, and returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let store = scene.failure(&About::Store).map(|sentence| Words {
        icon: Icon::Store,
        tone: Tone::Error,
        sentence: states::full_sentence(sentence),
        retry: false,
    });
    let summary = &scene.snapshot.summary;
    let words = store.or_else(|| of_modem(&summary.modem)).or_else(|| {
        let quiet = summary.modem.state == ModemState::Starting || scene.locked();
        let sentence = summary.error.clone().filter(|_| !quiet)?;
        Some(Words {
            icon: Icon::Warning,
            tone: Tone::Warn,
            sentence: states::full_sentence(&sentence),
            retry: false,
        })
    });
    match words {
        Some(words) if words.tone != Tone::Info || !state.banner_dismissed => {
            let (height, closed) = draw(ui, scene, &words);
            state.banner_dismissed |= closed;
            height
        }
        _ => 0.0,
    }
}

fn of_modem(modem: &Modem) -> Option<Words> {
    let port = modem.device.as_deref().unwrap_or("the modem's port");
    let (icon, tone, sentence, retry) = match &modem.state {
        ModemState::Ready
        | ModemState::Starting
        | ModemState::Locked(Lock::SimPin | Lock::SimPuk) => return None,
        ModemState::Unconfigured => {
            let sentence = "No modem is configured: stored messages only. Name its port with -d \
                            or in config.toml.";
            (Icon::NoModem, Tone::Info, sentence.to_owned(), false)
        }
        ModemState::Absent => {
            let sentence = format!("There is no modem at {port}. Plug it in; what you send waits.");
            (Icon::NoModem, Tone::Warn, sentence, true)
        }
        ModemState::Busy { holder } => {
            let holder = holder.as_deref().unwrap_or("another program");
            let sentence = format!("{holder} holds {port}. Stop it, then look again.");
            (Icon::Busy, Tone::Warn, sentence, true)
        }
        ModemState::Locked(Lock::NoSim) => {
            let sentence = "The modem finds no SIM. Insert it, then look again.".to_owned();
            (Icon::Sim, Tone::Warn, sentence, true)
        }
        ModemState::Locked(Lock::Other(lock)) => {
            let sentence = format!("The SIM is locked by '{lock}', which barpop cannot lift.");
            (Icon::Lock, Tone::Warn, sentence, true)
        }
        ModemState::Failed(sentence) => (
            Icon::Error,
            Tone::Error,
            states::full_sentence(sentence),
            true,
        ),
    };
    Some(Words {
        icon,
        tone,
        sentence,
        retry,
    })
}

/// A warning with one action at most; returns its height.
pub fn strip(ui: &mut Ui, scene: &mut Scene<'_>, icon: Icon, sentence: &str, retry: bool) -> f32 {
    let words = Words {
        icon,
        tone: Tone::Warn,
        sentence: sentence.to_owned(),
        retry,
    };
    draw(ui, scene, &words).0
}

/// Returns its height, and whether it was closed.
fn draw(ui: &mut Ui, scene: &mut Scene<'_>, words: &Words) -> (f32, bool) {
    let theme = scene.theme;
    let tint = match words.tone {
        Tone::Info => theme.dim,
        Tone::Warn => theme.warn,
        Tone::Error => theme.error,
    };
    let max = ui.max_rect();
    let buttons = if words.retry { 124.0 } else { 36.0 };
    let text_left = max.left() + space::L + 16.0 + space::S;
    let width = max.right() - buttons - space::S - text_left;
    let font = FontId::proportional(size::BODY);
    let galley = paragraph(ui, &words.sentence, font, theme.text, width);
    let height = (galley.size().y + 2.0 * space::S).max(40.0).round();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), height));
    let painter = ui.painter();
    painter.rect_filled(rect, 0, theme.raised);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    // A stripe and an icon: the tone is never told by colour alone.
    painter.rect_filled(rect.with_max_x(rect.left() + 3.0), 0, tint);
    let icon = Pos2::new(rect.left() + space::L + 8.0, rect.center().y);
    icons::paint(painter, words.icon, icon, 16.0, tint);
    let place = put(
        painter,
        galley,
        Pos2::new(text_left, rect.center().y),
        Align2::LEFT_CENTER,
    );
    let response = ui.interact(place, ui.scope_id().with("sentence"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words.sentence));
    let end = Rect::from_min_max(Pos2::new(rect.right() - buttons, rect.top()), rect.max);
    if words.retry {
        let inner = end.with_max_x(end.right() - space::M);
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.scope_builder(UiBuilder::new().max_rect(inner).layout(layout), |ui| {
            let again = button(ui, Some(Icon::Retry), "Look again", Weight::Plain);
            if again.on_hover_text("Ctrl+R").clicked() {
                scene.commands.push(Command::RetryModem);
            }
        });
    }
    let mut closed = false;
    if words.tone == Tone::Info {
        let close = Rect::from_center_size(end.center(), Vec2::splat(28.0));
        closed = icon_button_in(
            ui,
            close,
            ui.scope_id().with("close"),
            Icon::Close,
            "Hide this",
        )
        .clicked();
    }
    (height, closed)
}
