//! The strip below the header that says what stands in the way, and what to do about it.

use egui::Ui;

use super::{Scene, State, words};
use crate::popup::banner::{self, Action, Tone};
use crate::popup::help::key_name;
use crate::popup::icons::Icon;
use crate::popup::states;
use crate::say;
use crate::sms::command::Command;
use crate::sms::errand::Restart;
use crate::sms::snapshot::{About, Lock, Modem, ModemState};

struct Words {
    icon: Icon,
    tone: Tone,
    sentence: String,
    /// What can be done about it.
    remedy: Option<Remedy>,
}

/// What can be done.
#[derive(Clone, Copy)]
enum Remedy {
    /// Looking for the modem again, where that can help.
    Retry,
    /// Booting the modem anew; it is looked for by itself anyway.
    Restart,
}

impl Remedy {
    /// Its icon, what it is called, and what is said of it.
    fn words(self) -> (Icon, String, String) {
        match self {
            Self::Retry => (Icon::Retry, say!("sms-look-again"), key_name("Ctrl+R")),
            Self::Restart => (Icon::Off, say!("sms-restart"), say!("sms-restart-hint")),
        }
    }
}

/// Draws the strip, where there is something to say, and returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let store = scene.failure(&About::Store).map(|sentence| Words {
        icon: Icon::Store,
        tone: Tone::Error,
        sentence: states::full_sentence(&sentence),
        remedy: None,
    });
    let modem = scene.failure(&About::Modem).map(|sentence| Words {
        icon: Icon::Error,
        tone: Tone::Error,
        sentence: states::full_sentence(&sentence),
        remedy: None,
    });
    let store = store.or(modem);
    let summary = &scene.snapshot.summary;
    let words = store.or_else(|| of_modem(&summary.modem)).or_else(|| {
        let quiet = summary.modem.state == ModemState::Starting || scene.locked();
        let sentence = summary.error.clone().filter(|_| !quiet)?;
        Some(Words {
            icon: Icon::Warning,
            tone: Tone::Warn,
            sentence: states::full_sentence(&words::told(&sentence)),
            remedy: None,
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
    let (icon, tone, sentence, remedy) = match &modem.state {
        ModemState::Ready
        | ModemState::Starting
        | ModemState::Restarting
        | ModemState::Locked(Lock::SimPin | Lock::SimPuk) => return None,
        ModemState::Unconfigured => (Icon::NoModem, Tone::Info, say!("sms-unconfigured"), None),
        ModemState::Absent => {
            let sentence = match modem.device.as_deref() {
                Some(port) => say!("sms-absent", port = port),
                None => say!("sms-absent-unnamed"),
            };
            (Icon::NoModem, Tone::Warn, sentence, Some(Remedy::Retry))
        }
        ModemState::Busy { holder } => {
            let port = modem.device.clone().unwrap_or_else(|| say!("sms-the-port"));
            let sentence = match holder.as_deref() {
                Some(holder) => say!("sms-busy", holder = holder, port = port),
                None => say!("sms-busy-somebody", port = port),
            };
            (Icon::Busy, Tone::Warn, sentence, Some(Remedy::Retry))
        }
        ModemState::Locked(Lock::NoSim) => {
            let sentence = say!("sms-no-sim");
            (Icon::Sim, Tone::Warn, sentence, Some(Remedy::Retry))
        }
        ModemState::Locked(Lock::Other(lock)) => {
            let sentence = say!("sms-other-lock", lock = lock.as_str());
            (Icon::Lock, Tone::Warn, sentence, Some(Remedy::Retry))
        }
        ModemState::Failed(sentence) => (
            Icon::Error,
            Tone::Error,
            states::full_sentence(&words::told(sentence)),
            Some(Remedy::Restart),
        ),
    };
    Some(Words {
        icon,
        tone,
        sentence,
        remedy,
    })
}

/// A warning with one action at most; returns its height.
pub fn strip(ui: &mut Ui, scene: &mut Scene<'_>, icon: Icon, sentence: &str, retry: bool) -> f32 {
    let words = Words {
        icon,
        tone: Tone::Warn,
        sentence: sentence.to_owned(),
        remedy: retry.then_some(Remedy::Retry),
    };
    draw(ui, scene, &words).0
}

/// Returns its height, and whether it was closed.
fn draw(ui: &mut Ui, scene: &mut Scene<'_>, words: &Words) -> (f32, bool) {
    let remedy = words.remedy.map(Remedy::words);
    let drawn = banner::draw(
        ui,
        words.icon,
        words.tone,
        &words.sentence,
        remedy.as_ref().map(|(icon, label, hint)| Action {
            icon: *icon,
            label,
            hint,
            primary: false,
        }),
        words.tone == Tone::Info,
    );
    if drawn.pressed {
        scene.commands.push(match words.remedy {
            Some(Remedy::Restart) => Command::Restart(Restart::Reset),
            _ => Command::RetryModem,
        });
    }
    (drawn.height, drawn.closed)
}
