//! This computer as an access point: name and password, on and off, and the code for guests.

use egui::{Key, Ui};
use zeroize::Zeroize;

use super::{Focus, Scene, State, extra, page, password, share, words};
use crate::net::attempt::{Stage, Target};
use crate::net::command::Command;
use crate::net::snapshot::{About, ActiveConnection, ActiveState, Snapshot, Uuid};
use crate::net::{Security, Ssid};
use crate::popup::controls::{Weight, button};
use crate::popup::icons::Icon;
use crate::popup::password::password_field;
use crate::popup::toggle::switch_line;
use crate::popup::typing;
use crate::say;
use crate::secret::Secret;

/// Letters and digits that nobody takes for another one.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// What is being typed; wiped when the window goes.
#[derive(Default)]
pub struct HotspotForm {
    name: String,
    password: String,
    open: bool,
    revealed: bool,
    suggested: bool,
    /// The last hotspot, whose password takes the place of a new one that nobody has touched.
    last: Option<(Uuid, String)>,
    /// The profile whose code was asked for.
    asked: Option<Uuid>,
}

impl Drop for HotspotForm {
    fn drop(&mut self) {
        self.password.zeroize();
        if let Some((_, new)) = &mut self.last {
            new.zeroize();
        }
    }
}

/// The hotspot that is up or on its way.
pub fn active(snapshot: &Snapshot) -> Option<&ActiveConnection> {
    snapshot.connections.iter().find(|active| {
        matches!(
            active.state,
            ActiveState::Activated | ActiveState::Activating
        ) && snapshot
            .profile(&active.uuid)
            .is_some_and(|profile| profile.hotspot)
    })
}

/// Whether there is a device that can be one.
pub fn can(snapshot: &Snapshot) -> bool {
    active(snapshot).is_some()
        || (snapshot.radios.wifi.is_on() && snapshot.devices.iter().any(|d| d.can_hotspot))
}

/// A password that can be read out and typed: 10 characters of 31, 49 bits.
fn suggestion() -> String {
    let mut bytes = [0_u8; 10];
    if getrandom::fill(&mut bytes).is_err() {
        return String::new();
    }
    bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()))
        .map(|&letter| char::from(letter))
        .collect()
}

/// Draws the page.
pub fn ui(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    if let Some(sentence) = scene.failure(&About::Hotspot) {
        extra::note(ui, &sentence, scene.theme.error);
    }
    let attempts = scene.snapshot.attempts.iter().rev();
    let mut attempts = attempts.filter(|attempt| attempt.target == Target::Hotspot);
    match attempts.next().map(|attempt| (attempt, &attempt.stage)) {
        Some((_, Stage::Failed(problem))) => {
            extra::note(ui, &words::told(&problem.sentence), scene.theme.error);
        }
        Some((attempt, Stage::Going(at))) => {
            let secs = words::secs_since(attempt.since, scene.now);
            page::sentence(ui, &words::going(*at, secs));
            if button(ui, None, &say!("net-stop"), Weight::Plain).clicked() {
                let attempt = attempt.number;
                scene.commands.push(Command::Abort { attempt });
            }
            return;
        }
        _ => {}
    }
    match active(scene.snapshot).cloned() {
        Some(active) if active.state == ActiveState::Activated => on(ui, &active, state, scene),
        Some(active) => {
            page::sentence(ui, &say!("net-hotspot-starting"));
            stop(ui, &active, scene);
        }
        None => form(ui, state, scene),
    }
}

fn stop(ui: &mut Ui, active: &ActiveConnection, scene: &mut Scene<'_>) {
    let words = say!("net-stop-hotspot");
    if button(ui, Some(Icon::Off), &words, Weight::Primary).clicked() {
        let connection = active.id.clone();
        scene.commands.push(Command::Deactivate { connection });
    }
}

fn on(ui: &mut Ui, active: &ActiveConnection, state: &mut State, scene: &mut Scene<'_>) {
    let ssid = scene
        .snapshot
        .profile(&active.uuid)
        .and_then(|p| p.ssid.clone());
    let name = ssid.map_or_else(|| crate::bar::clean(&active.name), |ssid| ssid.text());
    page::sentence(ui, &say!("net-hotspot-is-on-now", name = name));
    stop(ui, active, scene);
    if state.hotspot.asked.as_ref() != Some(&active.uuid) {
        state.hotspot.asked = Some(active.uuid.clone());
        let profile = active.uuid.clone();
        scene.commands.push(Command::Share { profile });
    }
    share::code(ui, &active.uuid, state, scene);
}

fn form(ui: &mut Ui, state: &mut State, scene: &mut Scene<'_>) {
    let takes = state.takes_focus(Focus::Hotspot);
    state.hotspot.asked = None;
    if !can(scene.snapshot) {
        let words = if scene.snapshot.radios.wifi.is_on() {
            say!("net-no-hotspot-here")
        } else {
            say!("net-hotspot-needs-wifi")
        };
        extra::note(ui, &words, scene.theme.warn);
        return;
    }
    let permissions = scene.snapshot.permissions.as_ref();
    let share = |all: &crate::net::snapshot::Permissions| all.share;
    let denied = words::forbidden(permissions, share, "wifi.share.protected");
    if let Some(why) = &denied {
        extra::note(ui, &format!("{why}."), scene.theme.warn);
    }
    suggest(state, scene);
    let form = &mut state.hotspot;
    page::sentence(ui, &say!("net-hotspot-what"));
    let id = Focus::Hotspot.id();
    let name = page::labelled(ui, id, &mut form.name, &say!("net-name"), "");
    if takes {
        name.request_focus();
    }
    let mut missing = String::new();
    if !form.open {
        let label = say!("net-password");
        page::label(ui, &label);
        let (field, width) = (id.with("password"), ui.available_width());
        let shown = &mut form.revealed;
        password_field(ui, field, &mut form.password, &label, width, shown);
        let (can, hint) = password::check(Security::Wpa, &form.password);
        if !can {
            missing = hint;
        }
    }
    if switch_line(ui, form.open, &say!("net-no-password-switch")) {
        form.open = !form.open;
    }
    if form.name.is_empty() || form.name.len() > 32 {
        missing = say!("net-needs-a-name");
    }
    let can = missing.is_empty() && denied.is_none();
    let enter = ui.input(|input| input.key_pressed(Key::Enter))
        && ui.memory(|memory| memory.focused().is_none());
    let mut go = enter && can;
    extra::buttons(ui, &missing, |ui| {
        let start = ui.add_enabled_ui(can, |ui| {
            button(ui, Some(Icon::Hotspot), &say!("net-start"), Weight::Primary)
        });
        go |= start.inner.clicked();
    });
    if go {
        let password = (!form.open).then(|| Secret::new(form.password.as_str()));
        scene.commands.push(Command::Hotspot {
            device: None,
            ssid: Ssid::from(form.name.as_str()),
            password: password.filter(|password| !password.is_empty()),
        });
        typing::forget(ui, id.with("password"));
        state.focus = Some(Focus::Back);
    }
}

/// A name and a password to begin with: those of the last hotspot, or new ones.
fn suggest(state: &mut State, scene: &mut Scene<'_>) {
    let form = &mut state.hotspot;
    if std::mem::replace(&mut form.suggested, true) {
        let share = scene.snapshot.share.as_ref();
        let kept = share.filter(|share| form.last.as_ref().is_some_and(|l| l.0 == share.profile));
        if let Some(share) = kept
            && let Some((_, mut new)) = form.last.take()
        {
            let untouched = form.password == new;
            new.zeroize();
            if let Some(password) = share.password.as_ref().filter(|_| untouched) {
                password.reveal().clone_into(&mut form.password);
            }
        }
        return;
    }
    let before = scene
        .snapshot
        .profiles
        .iter()
        .find(|profile| profile.hotspot);
    let name = before.and_then(|profile| profile.ssid.as_ref());
    form.name = name.map_or_else(|| "Hotspot".to_owned(), Ssid::text);
    form.password = suggestion();
    let wants_one = before.filter(|profile| profile.security.is_some_and(Security::wants_password));
    if let Some(profile) = wants_one.map(|profile| profile.uuid.clone()) {
        form.last = Some((profile.clone(), form.password.clone()));
        scene.commands.push(Command::Share { profile });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_password_is_new_each_time_and_long_enough() {
        let (one, two) = (suggestion(), suggestion());
        assert_ne!(one, two);
        assert!(password::check(Security::Wpa, &one).0);
    }
}
