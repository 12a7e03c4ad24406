//! The strip below the header that says what stands in the way, and what to do about it.

use egui::Ui;

use super::{Scene, State};
use crate::popup::banner::{self, Action, Tone};
use crate::popup::icons::Icon;
use crate::popup::states;
use crate::sms::command::Command;
use crate::sms::snapshot::{About, Lock, Modem, ModemState};

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

/// Looking for the modem again, where that can help.
const RETRY: Action<'static> = Action {
    icon: Icon::Retry,
    label: "Look again",
    hint: "Ctrl+R",
    primary: false,
};

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
    let drawn = banner::draw(
        ui,
        words.icon,
        words.tone,
        &words.sentence,
        words.retry.then_some(RETRY),
        words.tone == Tone::Info,
    );
    if drawn.pressed {
        scene.commands.push(Command::RetryModem);
    }
    (drawn.height, drawn.closed)
}
