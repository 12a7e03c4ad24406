//! What the list says where it has nothing to show: an icon, one sentence, one action.

use egui::{Rect, Ui};

use super::{Focus, Scene, State, scan, words};
use crate::net::command::{Command, RadioSwitch};
use crate::net::snapshot::{DeviceKind, Service};
use crate::popup::icons::Icon;
use crate::popup::states::{full_sentence, offer, say, wait};
use crate::say;

/// Where there is nobody to ask: says so instead of the list.
pub fn whole(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) -> bool {
    let (icon, words) = match &scene.snapshot.service {
        Service::Running => return false,
        Service::Starting => {
            let since = state.started.unwrap_or(scene.secs);
            wait(ui, rect, &say!("net-waiting-for-manager"), since);
            return true;
        }
        Service::NotRunning => (Icon::NotThere, say!("net-not-running-yet")),
        Service::NoBus(why) => (Icon::NotThere, full_sentence(&words::told(why))),
        Service::Stalled(why) => (Icon::Waiting, full_sentence(&words::told(why))),
    };
    say(ui, rect, icon, &words);
    true
}

/// Why there are no rows.
pub fn list(ui: &mut Ui, rect: Rect, state: &mut State, scene: &mut Scene<'_>) {
    if !state.list.query.trim().is_empty() {
        let sentence = say!("net-nothing-called", query = state.list.query.trim());
        let words = (Icon::Search, sentence.as_str());
        if offer(ui, rect, words, (Icon::Close, &say!("net-show-all"))) {
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
        say(ui, rect, Icon::NotThere, &say!("net-no-wifi-here"));
    } else if !wifi.hardware_enabled {
        say(ui, rect, Icon::Off, &say!("net-wifi-off-by-switch"));
    } else if !wifi.enabled {
        let words = say!("net-wifi-switched-off");
        let on = say!("net-switch-on");
        if offer(ui, rect, (Icon::Off, &words), (Icon::Wifi, &on)) {
            let radio = RadioSwitch::Wifi;
            scene.commands.push(Command::Radio { radio, on: true });
        }
    } else if !scene.snapshot.scanning.is_empty() {
        say(ui, rect, Icon::Wifi, &say!("net-looking-for-networks"));
    } else {
        let words = say!("net-no-networks");
        let again = say!("net-look-again");
        if offer(ui, rect, (Icon::Wifi, &words), (Icon::Retry, &again)) {
            scan::now(state, scene);
        }
    }
}
