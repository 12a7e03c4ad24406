//! A new connection to the mobile network: the operator's access point, or one that is typed.

use egui::{Key, Ui};
use zeroize::Zeroize;

use super::{Focus, Scene, State, extra, page};
use crate::net::apn;
use crate::net::command::{Command, NewMobile};
use crate::net::snapshot::{Id, Modem};
use crate::popup::controls::{Weight, button};
use crate::popup::password::password_field;
use crate::popup::toggle::{choice, switch_line};
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;

/// What is being typed; the password is wiped when the window goes.
#[derive(Default)]
pub struct Wizard {
    device: Option<Id>,
    /// The operator whose access points are to be looked up.
    wanted: Option<String>,
    presets: Vec<apn::Preset>,
    name: String,
    apn: String,
    user: String,
    password: String,
    revealed: bool,
    home_only: bool,
    more: bool,
}

impl Drop for Wizard {
    fn drop(&mut self) {
        self.password.zeroize();
    }
}

impl Wizard {
    /// Begins anew for a modem, with what is known of its SIM's operator.
    pub fn open(&mut self, modem: Option<&Modem>, device: Option<Id>) {
        let code = modem.and_then(|m| m.sim_operator_code.clone().or(m.operator_code.clone()));
        let name = modem.and_then(|modem| modem.operator.clone());
        *self = Self::default();
        self.device = device;
        self.name = name
            .as_deref()
            .map_or_else(|| say!("net-mobile"), crate::bar::clean);
        self.home_only = true;
        self.wanted = code;
    }

    /// The operator whose access points are to be looked up; told once.
    pub fn wanted(&mut self) -> Option<String> {
        self.wanted.take()
    }

    /// The access points that were found; the first one is taken where nothing was typed.
    pub fn found(&mut self, presets: Vec<apn::Preset>) {
        if self.apn.is_empty()
            && let Some(first) = presets.first()
        {
            self.take(&first.clone());
        }
        self.presets = presets;
    }

    fn take(&mut self, preset: &apn::Preset) {
        preset.apn.clone_into(&mut self.apn);
        preset.user.clone_into(&mut self.user);
        preset.password.clone_into(&mut self.password);
    }
}

/// Draws the page.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let takes = state.takes_focus(Focus::Wizard);
    let wizard = &mut state.wizard;
    let presets = wizard.presets.clone();
    if presets.is_empty() {
        page::sentence(ui, &say!("net-apns-unknown"));
    } else {
        page::label(ui, &say!("net-apns"));
        let names: Vec<&str> = presets.iter().map(name).collect();
        let chosen = presets.iter().position(|preset| preset.apn == wizard.apn);
        let pressed = choice(
            ui,
            &say!("net-access-point"),
            &names,
            chosen.unwrap_or(usize::MAX),
        );
        if let Some(preset) = pressed.and_then(|at| presets.get(at)) {
            wizard.take(preset);
        }
    }
    let id = Focus::Wizard.id();
    let first = page::labelled(ui, id, &mut wizard.apn, &say!("net-apn-name"), "internet");
    if takes {
        first.request_focus();
    }
    page::labelled(
        ui,
        id.with("name"),
        &mut wizard.name,
        &say!("net-connection-name"),
        "",
    );
    if wizard.more || !wizard.user.is_empty() {
        let label = say!("net-user-name");
        page::labelled(ui, id.with("user"), &mut wizard.user, &label, "");
        let label = say!("net-password");
        page::label(ui, &label);
        let width = ui.available_width();
        let field = id.with("password");
        let shown = &mut wizard.revealed;
        password_field(ui, field, &mut wizard.password, &label, width, shown);
    } else if button(ui, None, &say!("net-with-user"), Weight::Link).clicked() {
        wizard.more = true;
    }
    if switch_line(ui, wizard.home_only, &say!("net-never-roaming")) {
        wizard.home_only = !wizard.home_only;
    }
    let can = !wizard.name.trim().is_empty();
    let enter = ui.input(|input| input.key_pressed(Key::Enter))
        && ui.memory(|memory| memory.focused().is_none());
    let mut go = enter && can;
    let hint = if can {
        String::new()
    } else {
        say!("net-needs-name")
    };
    extra::buttons(ui, &hint, |ui| {
        let connect = ui.add_enabled_ui(can, |ui| {
            button(ui, None, &say!("net-connect"), Weight::Primary)
        });
        go |= connect.inner.clicked();
    });
    if go {
        scene.commands.push(Command::NewMobile(NewMobile {
            device: wizard.device.clone(),
            name: wizard.name.trim().to_owned(),
            apn: wizard.apn.trim().to_owned(),
            user: wizard.user.trim().to_owned(),
            password: Secret::new(wizard.password.as_str()),
            home_only: wizard.home_only,
        }));
        wizard.password.zeroize();
        typing::forget(ui, id.with("password"));
        state.turn_back();
    }
}

/// What the operator calls it.
fn name(preset: &apn::Preset) -> &str {
    match preset.plan.as_str() {
        "" => &preset.apn,
        plan => plan,
    }
}
