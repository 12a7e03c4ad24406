//! The password of a network, asked for below its row.

use egui::{Key, Ui};
use zeroize::Zeroize;

use super::{Focus, Scene, State, enterprise, extra};
use crate::net::Security;
use crate::net::security::Family;
use crate::popup::controls::{Weight, button};
use crate::popup::password::password_field;
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;

/// What is being typed; wiped when the form goes.
pub struct PasswordForm {
    text: String,
    revealed: bool,
    family: Family,
}

impl PasswordForm {
    /// An empty form.
    pub fn new(family: Family) -> Self {
        Self {
            text: String::new(),
            revealed: false,
            family,
        }
    }

    /// What was typed.
    pub fn secret(&self) -> Secret {
        Secret::new(self.text.as_str())
    }
}

impl Drop for PasswordForm {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

/// What came of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Still typing.
    No,
    /// Try it.
    Try,
    /// Put it away.
    Cancel,
}

/// What is still missing of a password, and whether it can be tried as it is.
///
/// WPA: 8 to 63 characters or 64 hexadecimal digits (IEEE 802.11, annex J.4); SAE and 802.1X: any;
/// WEP: 5 or 13 characters, or 10 or 26 hexadecimal digits.
pub fn check(security: Security, text: &str) -> (bool, String) {
    let count = text.chars().count();
    let hex = text.bytes().all(|b| b.is_ascii_hexdigit());
    match security {
        Security::Wep => {
            let right = matches!(text.len(), 5 | 13) || (hex && matches!(text.len(), 10 | 26));
            (right, say!("net-wep-key-lengths"))
        }
        Security::Sae | Security::Enterprise => (count > 0, String::new()),
        _ => match text.len() {
            0 => (false, say!("net-password-length")),
            1..8 => (false, say!("net-password-so-far", count = count)),
            8..=63 => (true, String::new()),
            64 if hex => (true, String::new()),
            _ => (false, say!("net-password-too-long")),
        },
    }
}

/// Draws the form; `reason` says why it is asked again.
pub fn ui(
    ui: &mut Ui,
    form: &mut PasswordForm,
    security: Security,
    takes_focus: bool,
    reason: Option<&str>,
    scene: &Scene<'_>,
) -> Done {
    let theme = scene.theme;
    if let Some(reason) = reason {
        extra::note(ui, reason, theme.error);
    } else if form.family == Family::Wep {
        extra::note(ui, &say!("net-wep-warning"), theme.warn);
    }
    let id = Focus::Password.id();
    if takes_focus && form.text.is_empty() {
        // What was typed for another network is not to be undone to.
        typing::forget(ui, id);
    }
    let width = ui.available_width();
    let shown = &mut form.revealed;
    let label = say!("net-password");
    let response = password_field(ui, id, &mut form.text, &label, width, shown);
    if takes_focus {
        response.request_focus();
        typing::caret_to(ui, id, form.text.chars().count());
    }
    let (can, hint) = check(security, &form.text);
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if entered && !can {
        // Enter takes the keyboard away from a field.
        response.request_focus();
    }
    let mut done = if entered && can { Done::Try } else { Done::No };
    extra::buttons(ui, &hint, |ui| {
        let connect = ui.add_enabled_ui(can, |ui| {
            button(ui, None, &say!("net-connect"), Weight::Primary)
        });
        if connect.inner.clicked() {
            done = Done::Try;
        }
        if button(ui, None, &say!("net-cancel"), Weight::Plain).clicked() {
            done = Done::Cancel;
        }
    });
    done
}

/// Forgets what was typed, also in the field's own memory.
pub fn forget(ui: &Ui, state: &mut State) {
    state.open = None;
    typing::forget(ui, Focus::Password.id());
    enterprise::forget(ui);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_that_no_network_takes_is_not_tried() {
        let can = |security, text: &str| check(security, text).0;
        assert!(can(Security::Wpa, "12345678") && !can(Security::Wpa, "1234567"));
        assert!(can(Security::WpaTransition, &"a".repeat(64)));
        assert!(!can(Security::Wpa, &"x".repeat(64)));
        assert!(can(Security::Sae, "x") && !can(Security::Sae, ""));
        assert!(can(Security::Wep, "12345") && can(Security::Wep, "0123456789"));
        assert!(!can(Security::Wep, "012345678z"));
        assert_eq!(check(Security::Wpa, "abc").1, "3 of at least 8 characters");
    }
}
