//! What the list says where it has nothing to show: an icon, one sentence, one action.

use egui::{Rect, Ui};

use super::{Focus, Scene, State, scan};
use crate::net::command::{Command, RadioSwitch};
use crate::net::snapshot::{DeviceKind, Service};
use crate::popup::icons::Icon;
use crate::popup::states::{full_sentence, offer, say, wait};

/// Where there is nobody to ask: says so instead of the list.
pub fn whole(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) -> bool {
    let (icon, words) = match &scene.snapshot.service {
        Service::Running => return false,
        Service::Starting => {
            let since = state.started.unwrap_or(scene.secs);
            wait(ui, rect, "Asking NetworkManager…", since);
            return true;
        }
        Service::NotRunning => (
            Icon::NotThere,
            "NetworkManager is not running. This goes on by itself as soon as it is started."
                .to_owned(),
        ),
        Service::NoBus(why) => (Icon::NotThere, full_sentence(why)),
        Service::Stalled(why) => (Icon::Waiting, full_sentence(why)),
    };
    say(ui, rect, icon, &words);
    true
}

/// Why there are no rows.
pub fn list(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    if !state.list.query.trim().is_empty() {
        let sentence = format!("Nothing here is called “{}”", state.list.query.trim());
        let words = (Icon::Search, sentence.as_str());
        if offer(ui, rect, words, (Icon::Close, "Show all")) {
            state.list.query.clear();
            state.focus = Some(Focus::List);
        }
        return;
    }
    let wifi = scene.snapshot.radios.wifi;
    let has_wifi = wifi.present
        || scene
            .snapshot
            .devices
            .iter()
            .any(|device| device.kind == DeviceKind::Wifi);
    if !has_wifi {
        let words = "There is no Wi-Fi in this computer, and nothing else to connect to.";
        say(ui, rect, Icon::NotThere, words);
    } else if !wifi.hardware_enabled {
        let words = "Wi-Fi is switched off by a switch or a key on this computer.";
        say(ui, rect, Icon::Off, words);
    } else if !wifi.enabled {
        let words = (Icon::Off, "Wi-Fi is switched off.");
        if offer(ui, rect, words, (Icon::Wifi, "Switch on")) {
            let radio = RadioSwitch::Wifi;
            scene.commands.push(Command::Radio { radio, on: true });
        }
    } else if !scene.snapshot.scanning.is_empty() {
        say(ui, rect, Icon::Wifi, "Looking for networks…");
    } else {
        let words = (Icon::Wifi, "No networks are in range.");
        if offer(ui, rect, words, (Icon::Retry, "Look again")) {
            scan::now(state, scene);
        }
    }
}
