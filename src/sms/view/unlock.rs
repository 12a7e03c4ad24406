//! The strip in which a locked SIM is given its PIN, or its PUK and a new PIN.

use egui::{Align2, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo};
use zeroize::Zeroize;

use super::{Focus, Scene, State, banner};
use crate::popup::controls::{Weight, button, paragraph, put, secret_field};
use crate::popup::icons::{self, Icon};
use crate::popup::states::full_sentence;
use crate::popup::theme::{size, space};
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;
use crate::sms::command::Command;
use crate::sms::snapshot::{About, Lock, ModemState};

/// What is being typed; wiped when it is sent, and when the window goes.
#[derive(Default)]
pub struct UnlockState {
    pin: String,
    puk: String,
    new_pin: String,
    again: String,
    /// Whether the keyboard was led here, for a PIN (`false`) or a PUK (`true`).
    asked: Option<bool>,
}

impl UnlockState {
    /// Takes what was typed while nothing had the keyboard.
    /// Returns how many digits there are now.
    pub fn put(&mut self, text: &str) -> usize {
        let field = match self.asked {
            Some(true) => &mut self.puk,
            _ => &mut self.pin,
        };
        field.push_str(text);
        field.len()
    }

    fn wipe(&mut self) {
        for text in [
            &mut self.pin,
            &mut self.puk,
            &mut self.new_pin,
            &mut self.again,
        ] {
            text.zeroize();
        }
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

/// Draws the entry while the SIM is locked, and returns its height.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) -> f32 {
    let puk = match &scene.snapshot.summary.modem.state {
        ModemState::Locked(Lock::SimPin) => false,
        ModemState::Locked(Lock::SimPuk) => true,
        _ => {
            state.unlock.wipe();
            if state.unlock.asked.take().is_some() {
                state.refocus();
            }
            return 0.0;
        }
    };
    if scene.snapshot.summary.modem.pin_tries == Some(1) && !scene.snapshot.unlocking {
        state.unlock.wipe();
        // There is no field that could have it.
        state.takes_focus(Focus::Unlock);
        return last_try(ui, scene, puk);
    }
    if state.unlock.asked != Some(puk) {
        state.unlock.wipe();
        state.unlock.asked = Some(puk);
        state.focus = Some(Focus::Unlock);
    }
    let theme = scene.theme;
    let max = ui.max_rect();
    let left = max.left() + space::L + 16.0 + space::S;
    let width = max.right() - space::M - left;
    let font = FontId::proportional(size::BODY);
    let sentence = if puk {
        say!("sms-enter-puk")
    } else {
        say!("sms-enter-pin")
    };
    let title = paragraph(ui, &sentence, font.clone(), theme.text, width);
    let (note, tint) = note(state, scene, puk);
    let note_text = paragraph(ui, &note, FontId::proportional(size::SMALL), tint, width);
    // Three fields and a button need more room than the narrow window has: two rows there.
    let stacked = puk && width < 480.0;
    let fields = if stacked { 3.0 * 38.0 + 28.0 } else { 30.0 };
    let height =
        (space::M + title.size().y + space::S + fields + 6.0 + note_text.size().y + space::M)
            .round();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), height));
    ui.painter().rect_filled(rect, 0, theme.raised);
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    ui.painter()
        .rect_filled(rect.with_max_x(rect.left() + 3.0), 0, theme.warn);
    let icon = Pos2::new(max.left() + space::L + 8.0, max.top() + space::M + 9.0);
    icons::paint(ui.painter(), Icon::Lock, icon, 16.0, theme.warn);
    let at = put(
        ui.painter(),
        title,
        Pos2::new(left, max.top() + space::M),
        Align2::LEFT_TOP,
    );
    ui.interact(at, ui.scope_id().with("sentence"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &sentence));
    let row = Rect::from_min_size(
        Pos2::new(left, at.bottom() + space::S),
        Vec2::new(width, fields),
    );
    let layout = if stacked {
        egui::Layout::top_down(egui::Align::Min)
    } else {
        egui::Layout::left_to_right(egui::Align::Center)
    };
    ui.scope_builder(UiBuilder::new().max_rect(row).layout(layout), |ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(space::S);
        entry(ui, state, scene, puk, if stacked { width } else { 132.0 });
    });
    let at = Pos2::new(left, row.bottom() + 6.0);
    let place = put(ui.painter(), note_text, at, Align2::LEFT_TOP);
    ui.interact(place, ui.scope_id().with("note"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, &note));
    height
}

/// The line below the fields: what went wrong, what is missing, or how many tries are left.
fn note(state: &State, scene: &Scene<'_>, puk: bool) -> (String, egui::Color32) {
    let theme = scene.theme;
    if scene.snapshot.unlocking {
        return (say!("sms-unlocking"), theme.dim);
    }
    if let Some(failure) = scene.failure(&About::Unlock) {
        return (full_sentence(&failure), theme.error);
    }
    let unlock = &state.unlock;
    if puk && !unlock.again.is_empty() && !unlock.new_pin.starts_with(&unlock.again) {
        return (say!("sms-new-pins-differ"), theme.error);
    }
    let words = match scene.snapshot.summary.modem.pin_tries {
        Some(tries) => say!("sms-tries-left", tries = tries),
        None if puk => say!("sms-puk-digits"),
        None => say!("sms-pin-digits"),
    };
    (words, theme.dim)
}

/// The source never spends the last try, so that nothing is asked for then.
fn last_try(ui: &mut Ui, scene: &mut Scene<'_>, puk: bool) -> f32 {
    let (sentence, retry) = if puk {
        (say!("sms-last-puk-try"), false)
    } else {
        (say!("sms-last-pin-try"), true)
    };
    banner::strip(ui, scene, Icon::Lock, &sentence, retry)
}

fn entry(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>, puk: bool, width: f32) {
    let takes_focus = state.takes_focus(Focus::Unlock);
    let unlock = &mut state.unlock;
    let id = Focus::Unlock.id();
    let enter = |response: &egui::Response, ui: &Ui| {
        response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
    };
    let first = if puk {
        secret_field(ui, id, &mut unlock.puk, "PUK", width)
    } else {
        secret_field(ui, id, &mut unlock.pin, "PIN", width)
    };
    if takes_focus {
        first.request_focus();
    }
    let mut entered = enter(&first, ui);
    if puk {
        let new_pin = secret_field(
            ui,
            id.with("new"),
            &mut unlock.new_pin,
            &say!("sms-new-pin"),
            width,
        );
        let again = secret_field(
            ui,
            id.with("again"),
            &mut unlock.again,
            &say!("sms-new-pin-again"),
            width,
        );
        entered = entered || enter(&new_pin, ui) || enter(&again, ui);
    }
    let complete = if puk {
        is_puk(&unlock.puk) && is_pin(&unlock.new_pin) && unlock.new_pin == unlock.again
    } else {
        is_pin(&unlock.pin)
    };
    let can = complete && !scene.snapshot.unlocking;
    let pressed = ui
        .add_enabled_ui(can, |ui| {
            button(ui, Some(Icon::Lock), &say!("sms-unlock"), Weight::Primary).clicked()
        })
        .inner;
    if entered && !can {
        // Enter takes the keyboard away from a field.
        state.focus = Some(Focus::Unlock);
    }
    if can && (pressed || entered) {
        // Where it was wrong, the next one is typed here and nowhere else.
        state.focus = Some(Focus::Unlock);
        scene.commands.push(if puk {
            Command::EnterPuk {
                puk: Secret::new(unlock.puk.as_str()),
                new_pin: Secret::new(unlock.new_pin.as_str()),
            }
        } else {
            Command::EnterPin(Secret::new(unlock.pin.as_str()))
        });
        let unlock = &mut state.unlock;
        unlock.wipe();
        for id in [id, id.with("new"), id.with("again")] {
            typing::forget(ui, id);
        }
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
