//! A network that does not tell its name: the person does.

use egui::{Key, Ui};
use zeroize::Zeroize;

use super::enterprise::{self, EnterpriseForm};
use super::{Focus, Page, Scene, State, extra, page, password, words};
use crate::net::attempt::{Attempt, Problem, Stage, Target, Why};
use crate::net::command::{Command, Credentials, Join};
use crate::net::{Security, Ssid};
use crate::popup::controls::{Weight, button};
use crate::popup::password::password_field;
use crate::popup::toggle::choice;
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;

const KINDS: [Security; 5] = [
    Security::WpaTransition,
    Security::Sae,
    Security::Enterprise,
    Security::Open,
    Security::Wep,
];

fn kind(security: Security) -> String {
    match security {
        Security::Sae => say!("net-wpa3-only"),
        Security::Enterprise => say!("net-enterprise"),
        Security::Open | Security::Owe => say!("net-security-none"),
        Security::Wep => "WEP".to_owned(),
        Security::Wpa | Security::WpaTransition => say!("net-password"),
    }
}

/// What is being typed; wiped when the network is connected, and when the window goes.
pub struct HiddenForm {
    name: String,
    security: Security,
    password: String,
    revealed: bool,
    enterprise: EnterpriseForm,
    /// It is being tried: the last attempt before it.
    tried: Option<u64>,
}

impl HiddenForm {
    /// The attempt with what was typed.
    fn attempt<'a>(&self, attempts: &'a [Attempt]) -> Option<&'a Attempt> {
        let ssid = Ssid::from(self.name.as_str());
        let before = self.tried?;
        attempts.iter().rev().find(|attempt| {
            attempt.number > before
                && matches!(&attempt.target, Target::Network(name) if *name == ssid)
        })
    }

    /// Why it failed.
    fn problem<'a>(&self, attempts: &'a [Attempt]) -> Option<&'a Problem> {
        match &self.attempt(attempts)?.stage {
            Stage::Failed(problem) if problem.why != Why::Stopped => Some(problem),
            _ => None,
        }
    }
}

impl Default for HiddenForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            security: Security::WpaTransition,
            password: String::new(),
            revealed: false,
            enterprise: EnterpriseForm::default(),
            tried: None,
        }
    }
}

impl Drop for HiddenForm {
    fn drop(&mut self) {
        self.password.zeroize();
    }
}

/// Forgets what was typed once it has worked. What has failed is asked for again, for most often
/// there is no row that could say why.
pub fn follow(ui: &Ui, state: &mut State, scene: &Scene<'_>) {
    let attempts = &scene.snapshot.attempts;
    let Some(attempt) = state.hidden.attempt(attempts) else {
        return;
    };
    if attempt.stage == Stage::Connected {
        state.hidden = HiddenForm::default();
        typing::forget(ui, Focus::Hidden.id().with("password"));
        enterprise::forget(ui);
        return;
    }
    let busy = !state.pages.is_empty() || state.open.as_ref().is_some_and(|open| !open.hidden);
    if attempt.number > state.told && !busy && state.hidden.problem(attempts).is_some() {
        state.told = attempt.number;
        state.turn_to(Page::Hidden);
        state.focus = Some(Focus::Hidden);
    }
}

/// The bytes that a name can have at most (IEEE 802.11, 9.4.2.2).
const LONGEST: usize = 32;

/// Draws the page.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let takes = state.takes_focus(Focus::Hidden);
    let form = &mut state.hidden;
    page::sentence(ui, &say!("net-called-by-name"));
    let problem = form.problem(&scene.snapshot.attempts);
    if let Some(problem) = problem {
        extra::note(ui, &words::told(&problem.sentence), scene.theme.error);
    }
    let asks_for_password = problem.is_some_and(|problem| problem.why.asks_for_password());
    let id = Focus::Hidden.id();
    let name = page::labelled(ui, id, &mut form.name, &say!("net-name-of-network"), "");
    if takes && !(asks_for_password && form.security.wants_password()) {
        name.request_focus();
    }
    let label = say!("net-security");
    page::label(ui, &label);
    let chosen = KINDS.iter().position(|kind| *kind == form.security);
    let names = KINDS.map(kind);
    let names = names.each_ref().map(String::as_str);
    if let Some(security) =
        choice(ui, &label, &names, chosen.unwrap_or(0)).and_then(|at| KINDS.get(at))
    {
        form.security = *security;
    }
    let mut missing = String::new();
    if form.security == Security::Enterprise {
        let lacks = enterprise::fields(ui, &mut form.enterprise, false, scene);
        missing.push_str(&lacks.unwrap_or_default());
    } else if form.security.wants_password() {
        let label = say!("net-password");
        page::label(ui, &label);
        let (field, width) = (id.with("password"), ui.available_width());
        let shown = &mut form.revealed;
        let password = password_field(ui, field, &mut form.password, &label, width, shown);
        if takes && asks_for_password {
            password.request_focus();
        }
        let (can, hint) = password::check(form.security, &form.password);
        if !can {
            missing = hint;
            if missing.is_empty() {
                missing = say!("net-needs-password");
            }
        }
    }
    match form.name.len() {
        0 => missing = say!("net-needs-its-name"),
        1..=LONGEST => {}
        _ => missing = say!("net-name-too-long"),
    }
    let can = missing.is_empty();
    let enter = ui.input(|input| input.key_pressed(Key::Enter))
        && ui.memory(|memory| memory.focused().is_none());
    let mut go = enter && can;
    extra::buttons(ui, &missing, |ui| {
        let connect = ui.add_enabled_ui(can, |ui| {
            button(ui, None, &say!("net-connect"), Weight::Primary)
        });
        go |= connect.inner.clicked();
    });
    if enter && !can {
        state.focus = Some(Focus::Hidden);
    }
    if go {
        join(state, scene);
    }
}

fn join(state: &mut State, scene: &mut Scene<'_>) {
    let form = &state.hidden;
    let credentials = match form.security {
        Security::Enterprise => Credentials::Enterprise(form.enterprise.credentials()),
        Security::Open | Security::Owe => Credentials::None,
        _ => Credentials::Password(Secret::new(form.password.as_str())),
    };
    scene.commands.push(Command::Join(Join {
        ssid: Ssid::from(form.name.as_str()),
        security: form.security,
        hidden: true,
        device: None,
        access_point: None,
        credentials,
    }));
    let known = scene.snapshot.attempts.iter().map(|a| a.number).max();
    state.hidden.tried = Some(known.unwrap_or_default());
    state.hidden.revealed = false;
    state.turn_back();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_attempt_with_what_was_typed_counts() {
        let mut form = HiddenForm::default();
        form.name.push_str("lair");
        form.tried = Some(3);
        let attempt = |number, name: &str| Attempt {
            number,
            target: Target::Network(Ssid::from(name)),
            name: name.into(),
            device: None,
            connection: None,
            since: jiff::Timestamp::UNIX_EPOCH,
            stage: Stage::Connected,
        };
        assert!(form.attempt(&[]).is_none());
        assert!(form.attempt(&[attempt(3, "lair")]).is_none());
        assert!(form.attempt(&[attempt(4, "home")]).is_none());
        let both = [attempt(4, "lair"), attempt(5, "home")];
        assert_eq!(form.attempt(&both).map(|found| found.number), Some(4));
    }
}
