//! A modem: operator and signal, its SIM, its connections, and what has been used.

use egui::Ui;

use super::model::RowKey;
use super::status::{self, Status};
use super::{Focus, Page, Scene, State, act, details, extra, page, profile, unlock, words};
use crate::bar::clean;
use crate::net::command::{Command, RadioSwitch};
use crate::net::snapshot::{Id, Modem, ModemState, Permission};
use crate::popup::controls::{Weight, button};
use crate::popup::icons::Icon;
use crate::popup::toggle::{choice, switch_line};
use crate::say;

/// Draws a modem's page.
pub fn ui(ui: &mut Ui, id: &Id, state: &mut State, scene: &mut Scene<'_>) {
    let Some(modem) = scene.snapshot.modem(id).cloned() else {
        page::sentence(ui, &say!("net-modem-gone"));
        return;
    };
    let Some(entry) = scene.model.entry(&RowKey::Modem(id.clone())).cloned() else {
        return;
    };
    unlock::ui(ui, &modem, state, scene);
    if modem.lock.is_none() {
        connect(ui, &entry, state, scene);
    }
    radio(ui, scene);
    network(ui, &modem, state, scene);
    let own = status::active(&entry, scene)
        .and_then(|active| scene.snapshot.profile(&active.uuid))
        .or_else(|| status::profiles(&entry, scene).first().copied())
        .cloned();
    if let Some(own) = &own {
        profile::settings(ui, own, scene);
        let apn = own.apn.as_deref();
        let apn = apn.map_or_else(|| say!("net-chosen-by-network"), clean);
        page::fact(ui, &say!("net-access-point"), &apn, state, scene);
        ui.horizontal(|ui| profile::actions(ui, own, state, scene));
        profile::question(ui, own, state, scene);
    }
    if let Some(device) = status::device(&entry, scene).cloned() {
        details::adapter(ui, &device, state, scene);
    }
    let mut tell = |name: &str, value: Option<&str>| {
        page::fact(ui, name, &clean(value.unwrap_or_default()), state, scene);
    };
    tell(&say!("net-model"), Some(&modem.model));
    tell(&say!("net-firmware"), modem.firmware.as_deref());
    tell("IMEI", modem.imei.as_deref());
    tell(&say!("net-sim-number"), modem.iccid.as_deref());
    tell(&say!("net-own-number"), modem.own_number.as_deref());
}

/// Connect or disconnect, which connection, and a new one.
fn connect(ui: &mut Ui, entry: &super::model::Entry, state: &mut State, scene: &mut Scene<'_>) {
    let problem = status::problem(entry, scene).map(|(_, problem)| words::told(&problem.sentence));
    let failure = status::failure(entry, scene);
    if let Some(sentence) = problem.or(failure) {
        extra::note(ui, &sentence, scene.theme.error);
    }
    if let Some(words) = status::obstacle(entry, scene) {
        extra::note(ui, &format!("{words}."), scene.theme.warn);
    }
    let profiles: Vec<_> = status::profiles(entry, scene)
        .into_iter()
        .cloned()
        .collect();
    let status = status::of(entry, scene);
    let can = status::obstacle(entry, scene).is_none();
    ui.horizontal_wrapped(|ui| {
        let (label, weight) = match &status {
            Status::Idle => (say!("net-connect"), Weight::Primary),
            Status::Up(_) => (say!("net-disconnect"), Weight::Plain),
            Status::Going { .. } => (say!("net-stop"), Weight::Plain),
            Status::Leaving => (say!("net-disconnecting"), Weight::Plain),
        };
        if !profiles.is_empty() {
            let pressed = ui.add_enabled_ui(can, |ui| button(ui, None, &label, weight).clicked());
            if pressed.inner {
                act::primary(entry, state, scene);
            }
        }
        let weight = if profiles.is_empty() {
            Weight::Primary
        } else {
            Weight::Plain
        };
        let new = ui.add_enabled_ui(can, |ui| {
            button(ui, Some(Icon::New), &say!("net-new-connection"), weight).clicked()
        });
        if new.inner {
            let device = status::device(entry, scene).map(|device| device.id.clone());
            let modem = match &entry.key {
                RowKey::Modem(id) => scene.snapshot.modem(id),
                _ => None,
            };
            state.wizard.open(modem, device);
            state.turn_to(Page::NewMobile);
            state.focus = Some(Focus::Wizard);
        }
    });
    if profiles.len() > 1 {
        page::label(ui, &say!("net-connect-with"));
        let names: Vec<String> = profiles
            .iter()
            .map(|profile| clean(&profile.name))
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let active = status::active(entry, scene);
        let used = active.and_then(|active| profiles.iter().position(|p| p.uuid == active.uuid));
        let chosen = choice(
            ui,
            &say!("net-connection"),
            &names,
            used.unwrap_or(usize::MAX),
        );
        if let Some(profile) = chosen.and_then(|at| profiles.get(at)) {
            scene.commands.push(Command::Activate {
                profile: profile.uuid.clone(),
                device: status::device(entry, scene).map(|device| device.id.clone()),
                access_point: None,
            });
        }
    }
}

/// The mobile radio's switch.
fn radio(ui: &mut Ui, scene: &mut Scene<'_>) {
    let wwan = scene.snapshot.radios.wwan;
    if !wwan.present {
        return;
    }
    let permissions = scene.snapshot.permissions.as_ref();
    let denied = permissions.is_some_and(|all| all.wwan_radio == Permission::No);
    if !wwan.hardware_enabled {
        page::sentence(ui, &say!("net-radio-off-by-switch"));
    } else if denied {
        let permission = "enable-disable-wwan";
        page::sentence(
            ui,
            &say!("net-lacks-permission-sentence", permission = permission),
        );
    }
    let can = wwan.hardware_enabled && !denied;
    let pressed = ui.add_enabled_ui(can, |ui| {
        switch_line(ui, wwan.is_on(), &say!("net-mobile-radio"))
    });
    if pressed.inner {
        let (radio, on) = (RadioSwitch::Wwan, !wwan.enabled);
        scene.commands.push(Command::Radio { radio, on });
    }
}

fn network(ui: &mut Ui, modem: &Modem, state: &mut State, scene: &mut Scene<'_>) {
    page::group(ui, &say!("net-mobile-network"));
    page::fact(ui, &say!("net-state"), &words::modem(modem), state, scene);
    if let Some(operator) = &modem.operator {
        let mut value = clean(operator);
        if let Some(code) = &modem.operator_code {
            value.push_str(&format!(" ({})", clean(code)));
        }
        page::fact(ui, &say!("net-operator"), &value, state, scene);
    }
    page::fact(
        ui,
        &say!("net-technology"),
        modem.technology.unwrap_or_default(),
        state,
        scene,
    );
    if let Some(percent) = modem.signal_percent {
        let percent = format!("{percent} %");
        page::fact(ui, &say!("net-signal"), &percent, state, scene);
    }
    let registered = matches!(
        modem.state,
        ModemState::Registered | ModemState::Connecting | ModemState::Connected
    );
    if registered {
        let roaming = if modem.roaming {
            say!("net-roaming-yes")
        } else {
            say!("net-no")
        };
        page::fact(ui, &say!("net-roaming"), &roaming, state, scene);
    }
}
