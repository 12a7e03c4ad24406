//! All there is to know about a network, a cable or a saved connection, to be copied.

use std::collections::BTreeSet;

use egui::Ui;
use jiff::Timestamp;

use super::model::{Entry, RowKey};
use super::status::{self, Status};
use super::{Scene, State, act, extra, page, profile, words};
use crate::bar::clean;
use crate::net::command::{Command, Credentials};
use crate::net::snapshot::{ActiveConnection, Addresses, Device, DeviceKind, Profile};
use crate::popup::controls::{Weight, button};
use crate::popup::toggle::choice;
use crate::say;

/// Draws the page of a row.
pub fn ui(ui: &mut Ui, key: &RowKey, state: &mut State, scene: &mut Scene<'_>) {
    let Some(entry) = scene.model.entry(key).cloned() else {
        page::sentence(ui, &say!("net-row-is-gone"));
        return;
    };
    let profiles: Vec<_> = status::profiles(&entry, scene)
        .into_iter()
        .cloned()
        .collect();
    let active = status::active(&entry, scene).cloned();
    // A cable may have several; what can be changed is the one in use.
    let own = active
        .as_ref()
        .and_then(|active| profiles.iter().find(|profile| profile.uuid == active.uuid))
        .or(profiles.first());
    main(ui, &entry, own, state, scene);
    if let Some(active) = &active {
        connection(ui, active, state, scene);
    }
    network(ui, &entry, active.as_ref(), state, scene);
    if let Some(own) = own {
        profile::settings(ui, own, scene);
        if own.last_used_s > 0
            && let Ok(time) = Timestamp::from_second(own.last_used_s.cast_signed())
        {
            let when = crate::popup::when::full(time, &state.zone);
            page::fact(ui, &say!("net-last-used"), &when, state, scene);
        }
        if entry.network.is_some() && clean(&own.name) != entry.name {
            page::fact(ui, &say!("net-saved-as"), &clean(&own.name), state, scene);
        }
    }
    let device = status::device(&entry, scene).or_else(|| {
        let mut devices = active.iter().flat_map(|active| &active.devices);
        devices.find_map(|id| scene.snapshot.device(id))
    });
    if let Some(device) = device.cloned() {
        adapter(ui, &device, state, scene);
    }
}

/// The button that matters most, and what went wrong.
fn main(
    ui: &mut Ui,
    entry: &Entry,
    own: Option<&Profile>,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let problem = status::problem(entry, scene).map(|(_, problem)| words::told(&problem.sentence));
    let failure = status::failure(entry, scene);
    if let Some(sentence) = problem.or(failure) {
        extra::note(ui, &sentence, scene.theme.error);
    }
    let obstacle = status::obstacle(entry, scene);
    if let Some(words) = &obstacle {
        extra::note(ui, &format!("{words}."), scene.theme.warn);
    }
    let status = status::of(entry, scene);
    let (label, weight) = match &status {
        Status::Up(_) => (say!("net-disconnect"), Weight::Plain),
        Status::Going { .. } => (say!("net-stop"), Weight::Plain),
        Status::Leaving => (say!("net-disconnecting"), Weight::Plain),
        Status::Idle => (say!("net-connect"), Weight::Primary),
    };
    let idle = matches!(status, Status::Idle);
    if let Status::Going {
        state: at, since, ..
    } = &status
    {
        let secs = since.map_or(0, |since| words::secs_since(since, scene.now));
        page::sentence(ui, &words::going(*at, secs));
    }
    let can = obstacle.is_none() || !idle;
    let mut pressed = false;
    ui.horizontal_wrapped(|ui| {
        let main = ui.add_enabled_ui(can, |ui| button(ui, None, &label, weight));
        pressed = main.inner.clicked();
        if let Some(own) = own {
            profile::actions(ui, own, state, scene);
        }
    });
    if let Some(own) = own {
        profile::question(ui, own, state, scene);
    }
    if pressed {
        if idle {
            // A form may have to be filled in, which is in the list.
            let pages = std::mem::take(&mut state.pages);
            act::connect(entry, state, scene);
            if state.open.is_none() && state.pages.is_empty() {
                state.pages = pages;
            }
        } else {
            act::primary(entry, state, scene);
        }
    }
    adapters(ui, entry, scene);
}

/// Which adapter is to connect, where several hear the network.
fn adapters(ui: &mut Ui, entry: &Entry, scene: &mut Scene<'_>) {
    let Some(network) = &entry.network else {
        return;
    };
    let saved = status::profiles(entry, scene).first().copied();
    // One that wants a password is asked for it first, in the list.
    if saved.is_none() && !network.security.is_open() {
        return;
    }
    let heard = network.devices.iter();
    let mut devices: Vec<&Device> = heard.filter_map(|id| scene.snapshot.device(id)).collect();
    if devices.len() < 2 {
        return;
    }
    // They stay where they are, whichever hears it better now.
    devices.sort_by(|one, other| one.interface.cmp(&other.interface));
    page::label(ui, &say!("net-connect-with"));
    let active = status::active(entry, scene);
    let used =
        active.and_then(|active| devices.iter().position(|d| active.devices.contains(&d.id)));
    let names: Vec<String> = devices
        .iter()
        .map(|device| clean(&device.interface))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = used.unwrap_or(usize::MAX);
    let Some(device) =
        choice(ui, &say!("net-adapter"), &names, chosen).and_then(|at| devices.get(at))
    else {
        return;
    };
    let device = Some(device.id.clone());
    match saved {
        Some(profile) => scene.commands.push(Command::Activate {
            profile: profile.uuid.clone(),
            device,
            access_point: None,
        }),
        None => {
            let join = act::join(entry, Credentials::None);
            scene.commands.extend(
                join.map(|join| Command::Join(crate::net::command::Join { device, ..join })),
            );
        }
    }
}

fn connection(ui: &mut Ui, active: &ActiveConnection, state: &mut State, scene: &mut Scene<'_>) {
    let addresses: &Addresses = &active.addresses;
    let all = addresses.v4.iter().chain(&addresses.v6);
    let all: Vec<&str> = all.map(String::as_str).collect();
    if all.is_empty() {
        return;
    }
    page::group(ui, &say!("net-connection"));
    let several = |list: &[String]| list.join("\n");
    page::fact(ui, &say!("net-addresses"), &all.join("\n"), state, scene);
    page::fact(
        ui,
        &say!("net-gateway"),
        &several(&addresses.gateways),
        state,
        scene,
    );
    page::fact(ui, "DNS", &several(&addresses.dns), state, scene);
    page::fact(
        ui,
        &say!("net-domains"),
        &clean(&several(&addresses.domains)),
        state,
        scene,
    );
    let server = addresses.dhcp_server.as_deref().unwrap_or_default();
    page::fact(ui, &say!("net-dhcp-server"), server, state, scene);
    if let Some(until) = addresses.lease_until_s
        && let Ok(time) = Timestamp::from_second(until)
    {
        let when = crate::popup::when::full(time, &state.zone);
        page::fact(ui, &say!("net-lease-until"), &when, state, scene);
    }
}

fn network(
    ui: &mut Ui,
    entry: &Entry,
    active: Option<&ActiveConnection>,
    state: &mut State,
    scene: &mut Scene<'_>,
) {
    let Some(network) = &entry.network else {
        if let RowKey::Profile(_) = &entry.key
            && let Some(profile) = status::profiles(entry, scene).first().copied()
        {
            let kind = words::kind(&profile.kind);
            page::group(ui, &say!("net-what-it-is"));
            page::fact(ui, &say!("net-kind"), &kind, state, scene);
        }
        return;
    };
    page::group(ui, &say!("net-network"));
    page::fact(
        ui,
        &say!("net-security"),
        &words::security(network.security),
        state,
        scene,
    );
    match network.strength_percent {
        Some(percent) => {
            let percent = format!("{percent} %");
            page::fact(ui, &say!("net-signal"), &percent, state, scene);
        }
        None => {
            let away = say!("net-is-out-of-range");
            page::fact(ui, &say!("net-signal"), &away, state, scene);
        }
    }
    let text = network.key.ssid.text();
    if text.as_bytes() != network.key.ssid.bytes() {
        page::fact(
            ui,
            &say!("net-name-bytes"),
            &network.key.ssid.hex(),
            state,
            scene,
        );
    }
    if network.points.is_empty() {
        return;
    }
    // Two adapters may hear the same one.
    let points = network.points.iter();
    let points = points.filter_map(|id| scene.snapshot.access_point(id));
    let stations: BTreeSet<&str> = points.map(|point| point.bssid.as_str()).collect();
    let words = say!("net-access-points", count = stations.len());
    page::group(ui, &words);
    let several = network.devices.len() > 1;
    let used = active.and_then(|active| active.access_point.as_ref());
    for id in network.points.iter().take(24) {
        let Some(point) = scene.snapshot.access_point(id).cloned() else {
            continue;
        };
        let mut value = clean(&point.bssid);
        value.push('\n');
        value.push_str(&words::frequency(point.frequency_mhz));
        if several && let Some(device) = scene.snapshot.device(&point.device) {
            let interface = clean(&device.interface);
            value.push('\n');
            value.push_str(&say!("net-heard-by", interface = interface));
        }
        if used == Some(id) {
            value.push('\n');
            value.push_str(&say!("net-in-use"));
        }
        let name = format!("{} %", point.strength_percent);
        page::fact(ui, &name, &value, state, scene);
    }
}

/// The adapter itself.
pub fn adapter(ui: &mut Ui, device: &Device, state: &mut State, scene: &mut Scene<'_>) {
    page::group(ui, &say!("net-adapter"));
    let kind = match device.kind {
        DeviceKind::Wifi => say!("net-wifi"),
        DeviceKind::Ethernet => "Ethernet".to_owned(),
        DeviceKind::Modem => "Modem".to_owned(),
        DeviceKind::Bluetooth => "Bluetooth".to_owned(),
        _ => say!("net-interface"),
    };
    let interface = format!("{} ({kind})", clean(&device.interface));
    page::fact(ui, &say!("net-interface"), &interface, state, scene);
    if let Some(mbps) = device.speed_mbps.filter(|&mbps| mbps > 0) {
        page::fact(ui, &say!("net-speed"), &words::speed(mbps), state, scene);
    }
    page::fact(
        ui,
        &say!("net-hardware"),
        &clean(&device.hardware_address),
        state,
        scene,
    );
    page::fact(
        ui,
        &say!("net-driver"),
        &clean(&device.driver),
        state,
        scene,
    );
    if let Some(bytes) = device.bytes {
        page::fact(
            ui,
            &say!("net-data-used"),
            &words::traffic(bytes),
            state,
            scene,
        );
    }
}
