//! 802.1X: who one is to a company's or a university's network.

use std::path::PathBuf;

use egui::{Key, Ui};
use zeroize::Zeroize;

use super::password::Done;
use super::{Focus, Scene, extra, page};
use crate::net::command::{Enterprise, Method};
use crate::popup::controls::{Weight, button};
use crate::popup::password::password_field;
use crate::popup::toggle::{choice, tick};
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;

const METHODS: [Method; 4] = [
    Method::Peap,
    Method::TtlsPap,
    Method::TtlsMschapv2,
    Method::Tls,
];

fn name(method: Method) -> String {
    match method {
        Method::Peap => "PEAP".to_owned(),
        Method::TtlsPap => "TTLS, PAP".to_owned(),
        Method::TtlsMschapv2 => "TTLS, MSCHAPv2".to_owned(),
        Method::Tls => say!("net-certificate-tls"),
    }
}

/// What is being typed; the password is wiped when the form goes.
pub struct EnterpriseForm {
    method: Method,
    identity: String,
    anonymous: String,
    password: String,
    revealed: bool,
    system_authorities: bool,
    authority: String,
    domain: String,
    certificate: String,
    private_key: String,
    more: bool,
}

impl Default for EnterpriseForm {
    fn default() -> Self {
        Self {
            method: Method::Peap,
            identity: String::new(),
            anonymous: String::new(),
            password: String::new(),
            revealed: false,
            // Who does not look whom he talks to gives his password to anybody.
            system_authorities: true,
            authority: String::new(),
            domain: String::new(),
            certificate: String::new(),
            private_key: String::new(),
            more: false,
        }
    }
}

impl Drop for EnterpriseForm {
    fn drop(&mut self) {
        self.password.zeroize();
    }
}

impl EnterpriseForm {
    /// What was typed.
    pub fn credentials(&self) -> Enterprise {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let path = |words: &str| text(words).map(PathBuf::from);
        let tls = self.method == Method::Tls;
        Enterprise {
            method: Some(self.method),
            identity: self.identity.trim().to_owned(),
            anonymous_identity: text(&self.anonymous),
            password: Secret::new(self.password.as_str()),
            ca_certificate: path(&self.authority),
            system_authorities: self.system_authorities,
            domain: text(&self.domain),
            certificate: path(&self.certificate).filter(|_| tls),
            private_key: path(&self.private_key).filter(|_| tls),
        }
    }

    /// What is missing; `None` when it can be tried.
    fn missing(&self) -> Option<String> {
        let path = |text: &str| text.trim().starts_with('/');
        let tls = self.method == Method::Tls;
        if self.identity.trim().is_empty() {
            Some(say!("net-needs-user-name"))
        } else if tls && !(path(&self.certificate) && path(&self.private_key)) {
            Some(say!("net-needs-whole-path"))
        } else if !tls && self.password.is_empty() {
            Some(say!("net-needs-password"))
        } else if !self.authority.trim().is_empty() && !path(&self.authority) {
            Some(say!("net-needs-whole-path"))
        } else {
            None
        }
    }
}

/// Forgets what the password's field remembers, for undo, of another network's.
pub fn forget(ui: &Ui) {
    typing::forget(ui, Focus::Identity.id().with("password"));
}

/// Draws the form; `reason` says why it is asked again.
pub fn ui(
    ui: &mut Ui,
    form: &mut EnterpriseForm,
    takes_focus: bool,
    reason: Option<&str>,
    scene: &Scene<'_>,
) -> Done {
    let theme = scene.theme;
    if let Some(reason) = reason {
        extra::note(ui, reason, theme.error);
    }
    let missing = fields(ui, form, takes_focus, scene);
    let can = missing.is_none();
    let enter = ui.input(|input| input.key_pressed(Key::Enter));
    let in_form = ui.memory(|memory| memory.focused().is_none());
    let mut done = Done::No;
    if enter && in_form {
        if can {
            done = Done::Try;
        } else {
            // Enter takes the keyboard away from a field.
            ui.memory_mut(|memory| memory.request_focus(Focus::Identity.id()));
        }
    }
    extra::buttons(ui, &missing.unwrap_or_default(), |ui| {
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

/// The fields alone; returns what is missing.
pub fn fields(
    ui: &mut Ui,
    form: &mut EnterpriseForm,
    takes_focus: bool,
    scene: &Scene<'_>,
) -> Option<String> {
    let theme = scene.theme;
    let chosen = METHODS.iter().position(|method| *method == form.method);
    let names = METHODS.map(name);
    let names = names.each_ref().map(String::as_str);
    if let Some(index) = choice(ui, &say!("net-method"), &names, chosen.unwrap_or(0))
        && let Some(method) = METHODS.get(index)
    {
        form.method = *method;
    }
    let tls = form.method == Method::Tls;
    let first = page::labelled(
        ui,
        Focus::Identity.id(),
        &mut form.identity,
        &say!("net-user-name"),
        "",
    );
    if takes_focus {
        first.request_focus();
        if form.password.is_empty() {
            forget(ui);
        }
    }
    if tls {
        let id = Focus::Identity.id();
        let hint = "/home/…/own.pem";
        page::labelled(
            ui,
            id.with("own"),
            &mut form.certificate,
            &say!("net-certificate-file"),
            hint,
        );
        let hint = "/home/…/own.key";
        page::labelled(
            ui,
            id.with("key"),
            &mut form.private_key,
            &say!("net-key-file"),
            hint,
        );
    }
    let label = if tls {
        say!("net-key-password")
    } else {
        say!("net-password")
    };
    page::label(ui, &label);
    let (id, width) = (Focus::Identity.id().with("password"), ui.available_width());
    password_field(
        ui,
        id,
        &mut form.password,
        &label,
        width,
        &mut form.revealed,
    );
    if tick(ui, form.system_authorities, &say!("net-check-authorities")) {
        form.system_authorities = !form.system_authorities;
    }
    if !form.system_authorities && form.authority.trim().is_empty() {
        extra::note(ui, &say!("net-unchecked"), theme.warn);
    }
    if form.more {
        let id = Focus::Identity.id();
        page::labelled(
            ui,
            id.with("domain"),
            &mut form.domain,
            &say!("net-server-ends-in"),
            "example.org",
        );
        let hint = "/etc/ssl/…/authority.pem";
        page::labelled(
            ui,
            id.with("ca"),
            &mut form.authority,
            &say!("net-authority-file"),
            hint,
        );
        let label = say!("net-anonymous-name");
        page::labelled(
            ui,
            id.with("anonymous"),
            &mut form.anonymous,
            &label,
            "anonymous",
        );
    } else if button(ui, None, &say!("net-more-enterprise"), Weight::Link).clicked() {
        form.more = true;
    }
    form.missing()
}
