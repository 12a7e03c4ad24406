//! The SIM's PIN, or its PUK and a new PIN, for one certain modem.

use egui::{Id, Key, Response, Ui};
use zeroize::Zeroize;

use super::{Focus, Scene, State, extra, page};
use crate::net::command::Command;
use crate::net::snapshot::{About, Id as ObjectId, Modem, SimLock};
use crate::popup::controls::{Weight, button, secret_field};
use crate::popup::icons::Icon;
use crate::popup::toggle::tick;
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;

/// What is being typed; wiped when it is sent, and when the window goes.
#[derive(Default)]
pub struct UnlockState {
    code: String,
    new_pin: String,
    again: String,
    /// Which SIM of which modem it is typed for, and how it is locked.
    of: Option<(ObjectId, Option<ObjectId>, SimLock)>,
    /// Whether the person takes the risk of the last try.
    last: bool,
    /// What was sent and is not answered yet: nothing is sent twice.
    sent: Option<Sent>,
}

/// A code on its way to the SIM.
struct Sent {
    /// What the modem said then; it says something else once it has tried the code.
    modem: Modem,
    /// Whether the failure that is told is still that of the code before.
    old_failure: bool,
    /// When, in egui's seconds.
    at: f64,
}

/// A modem that has not answered by then, in seconds, does not.
const PATIENCE_SECS: f64 = 30.0;

impl Sent {
    /// Whether the answer is still to come.
    fn is_waiting(&mut self, modem: &Modem, failed: bool, secs: f64) -> bool {
        self.old_failure &= failed;
        self.modem == *modem && (self.old_failure || !failed) && secs - self.at < PATIENCE_SECS
    }
}

impl UnlockState {
    fn wipe(&mut self) {
        for text in [&mut self.code, &mut self.new_pin, &mut self.again] {
            text.zeroize();
        }
        self.last = false;
    }
}

impl Drop for UnlockState {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// A PIN is 4..=8 digits (3GPP TS 31.101 clause 9.5).
fn is_pin(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// A PUK is 8 digits (3GPP TS 31.101 clause 9.5).
fn is_puk(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Draws the entry while the modem's SIM is locked.
pub fn ui(ui: &mut Ui, modem: &Modem, state: &mut State, scene: &mut Scene<'_>) {
    let Some(lock) = modem.lock else {
        state.unlock.wipe();
        state.unlock.sent = None;
        return;
    };
    let theme = scene.theme;
    if let SimLock::Other(number) = lock {
        let words = say!("net-phone-locked", kind = number);
        extra::note(ui, &words, theme.warn);
        return;
    }
    let of = (modem.id.clone(), modem.sim.clone(), lock);
    if state.unlock.of.as_ref() != Some(&of) {
        // Another SIM: what was typed was not meant for it.
        state.unlock.wipe();
        state.unlock.sent = None;
        state.unlock.of = Some(of);
    }
    let puk = lock == SimLock::Puk;
    let failure = scene.failure(&About::Modem(modem.id.clone()));
    let (failed, secs) = (failure.is_some(), scene.secs);
    let sent = &mut state.unlock.sent;
    let asking = sent
        .as_mut()
        .is_some_and(|sent| sent.is_waiting(modem, failed, secs));
    if !asking {
        state.unlock.sent = None;
    }
    if let Some(failure) = failure.as_ref().filter(|_| !asking) {
        extra::note(
            ui,
            &crate::popup::states::full_sentence(failure),
            theme.error,
        );
    }
    let what = if puk { "PUK" } else { "PIN" };
    page::sentence(
        ui,
        &if puk {
            say!("net-sim-wants-puk")
        } else {
            say!("net-sim-wants-pin")
        },
    );
    let known = modem.tries.is_some();
    let last = modem.tries.is_none_or(|tries| tries == 1);
    if last {
        let words = match (puk, known) {
            (true, true) => say!("net-last-puk"),
            (false, true) => say!("net-last-pin"),
            (true, false) => say!("net-unknown-puk-tries"),
            (false, false) => say!("net-unknown-pin-tries"),
        };
        extra::note(ui, &words, theme.warn);
        let sure = if known {
            say!("net-i-know-last")
        } else {
            say!("net-i-know")
        };
        if tick(ui, state.unlock.last, &sure) {
            state.unlock.last = !state.unlock.last;
        }
    }
    let open = !last || state.unlock.last;
    // A field that is switched off cannot have the keyboard: it gets it back with the answer.
    let takes = !asking && state.takes_focus(Focus::Unlock);
    let mut entered = false;
    ui.add_enabled_ui(open && !asking, |ui| {
        entered = fields(ui, puk, what, takes, &mut state.unlock);
    });
    let unlock = &state.unlock;
    let complete = if puk {
        is_puk(&unlock.code) && is_pin(&unlock.new_pin) && unlock.new_pin == unlock.again
    } else {
        is_pin(&unlock.code)
    };
    let can = complete && open && !asking;
    let differ = puk && !unlock.again.is_empty() && !unlock.new_pin.starts_with(&unlock.again);
    let hint = match modem.tries {
        _ if asking => say!("net-asking-sim"),
        _ if differ => say!("net-pins-differ"),
        Some(tries) => say!("net-tries-left", tries = tries),
        None if puk => say!("net-puk-digits"),
        None => say!("net-pin-digits"),
    };
    let mut pressed = false;
    extra::buttons(ui, &hint, |ui| {
        let unlock = ui.add_enabled_ui(can, |ui| {
            button(ui, Some(Icon::Lock), &say!("net-unlock"), Weight::Primary)
        });
        pressed = unlock.inner.clicked();
    });
    if entered && !can {
        state.focus = Some(Focus::Unlock);
    }
    if can && (pressed || entered) {
        send(ui, modem, puk, state, scene);
    }
}

/// Returns whether Enter was pressed in one of them.
fn fields(ui: &mut Ui, puk: bool, what: &str, takes: bool, unlock: &mut UnlockState) -> bool {
    let id = Focus::Unlock.id();
    let width = ui.available_width().min(240.0);
    let enter = |response: &Response, ui: &Ui| {
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    };
    let first = secret_field(ui, id, &mut unlock.code, what, width);
    if takes {
        first.request_focus();
    }
    let mut entered = enter(&first, ui);
    if puk {
        let label = say!("net-new-pin");
        let new = secret_field(ui, id.with("new"), &mut unlock.new_pin, &label, width);
        let label = say!("net-new-pin-again");
        let again = secret_field(ui, id.with("again"), &mut unlock.again, &label, width);
        entered = entered || enter(&new, ui) || enter(&again, ui);
    }
    entered
}

fn send(ui: &Ui, modem: &Modem, puk: bool, state: &mut State, scene: &mut Scene<'_>) {
    let unlock = &mut state.unlock;
    let id = modem.id.clone();
    scene.commands.push(if puk {
        Command::Unblock {
            modem: id,
            puk: Secret::new(unlock.code.as_str()),
            pin: Secret::new(unlock.new_pin.as_str()),
        }
    } else {
        Command::Unlock {
            modem: id,
            pin: Secret::new(unlock.code.as_str()),
            last_try: unlock.last,
        }
    });
    unlock.wipe();
    unlock.sent = Some(Sent {
        modem: modem.clone(),
        old_failure: scene.failure(&About::Modem(modem.id.clone())).is_some(),
        at: scene.secs,
    });
    state.focus = Some(Focus::Unlock);
    let id: Id = Focus::Unlock.id();
    for field in [id, id.with("new"), id.with("again")] {
        typing::forget(ui, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pins_and_puks_are_digits_of_the_right_number() {
        assert!(is_pin("1234") && is_pin("12345678"));
        assert!(!is_pin("123") && !is_pin("123456789") && !is_pin("12a4") && !is_pin("١٢٣٤"));
        assert!(is_puk("12345678") && !is_puk("1234"));
    }
}
