//! All there is to know about a network, a cable or a saved connection, to be copied.

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

/// Draws the page of a row.
pub fn ui(ui: &mut Ui, key: &RowKey, state: &mut State, scene: &mut Scene<'_>) {
    let Some(entry) = scene.model.entry(key).cloned() else {
        page::sentence(ui, "It is gone: out of range, unplugged or deleted.");
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
            page::fact(ui, "Last used", &when, state, scene);
        }
        if entry.network.is_some() && clean(&own.name) != entry.name {
            page::fact(ui, "Saved as", &clean(&own.name), state, scene);
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
    let problem = status::problem(entry, scene).map(|(_, problem)| problem.sentence.clone());
    let failure = status::failure(entry, scene).map(str::to_owned);
    if let Some(sentence) = problem.or(failure) {
        extra::note(ui, &sentence, scene.theme.error);
    }
    let obstacle = status::obstacle(entry, scene);
    if let Some(words) = &obstacle {
        extra::note(ui, &format!("{words}."), scene.theme.warn);
    }
    let status = status::of(entry, scene);
    let (label, weight) = match &status {
        Status::Up(_) => ("Disconnect", Weight::Plain),
        Status::Going { .. } => ("Stop", Weight::Plain),
        Status::Leaving => ("Disconnecting…", Weight::Plain),
        Status::Idle => ("Connect", Weight::Primary),
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
        let main = ui.add_enabled_ui(can, |ui| button(ui, None, label, weight));
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
    let devices: Vec<&Device> = network
        .devices
        .iter()
        .filter_map(|id| scene.snapshot.device(id))
        .collect();
    if devices.len() < 2 {
        return;
    }
    page::label(ui, "Connect with");
    let active = status::active(entry, scene);
    let used =
        active.and_then(|active| devices.iter().position(|d| active.devices.contains(&d.id)));
    let names: Vec<String> = devices
        .iter()
        .map(|device| clean(&device.interface))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = used.unwrap_or(usize::MAX);
    let Some(device) = choice(ui, "Adapter", &names, chosen).and_then(|at| devices.get(at)) else {
        return;
    };
    let device = Some(device.id.clone());
    let saved = status::profiles(entry, scene)
        .first()
        .map(|p| p.uuid.clone());
    match saved {
        Some(profile) => scene.commands.push(Command::Activate {
            profile,
            device,
            access_point: None,
        }),
        None if network.security.is_open() => {
            let join = act::join(entry, Credentials::None);
            scene.commands.extend(
                join.map(|join| Command::Join(crate::net::command::Join { device, ..join })),
            );
        }
        None => {}
    }
}

fn connection(ui: &mut Ui, active: &ActiveConnection, state: &mut State, scene: &mut Scene<'_>) {
    let addresses: &Addresses = &active.addresses;
    let all = addresses.v4.iter().chain(&addresses.v6);
    let all: Vec<&str> = all.map(String::as_str).collect();
    if all.is_empty() {
        return;
    }
    page::group(ui, "Connection");
    let several = |list: &[String]| list.join("\n");
    page::fact(ui, "Addresses", &all.join("\n"), state, scene);
    page::fact(ui, "Gateway", &several(&addresses.gateways), state, scene);
    page::fact(ui, "DNS", &several(&addresses.dns), state, scene);
    page::fact(
        ui,
        "Domains",
        &clean(&several(&addresses.domains)),
        state,
        scene,
    );
    let server = addresses.dhcp_server.as_deref().unwrap_or_default();
    page::fact(ui, "DHCP server", server, state, scene);
    if let Some(until) = addresses.lease_until_s
        && let Ok(time) = Timestamp::from_second(until)
    {
        let when = crate::popup::when::full(time, &state.zone);
        page::fact(ui, "Lease until", &when, state, scene);
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
            let kind = words::kind(&profile.kind).to_owned();
            page::group(ui, "What it is");
            page::fact(ui, "Kind", &kind, state, scene);
        }
        return;
    };
    page::group(ui, "Network");
    page::fact(
        ui,
        "Security",
        words::security(network.security),
        state,
        scene,
    );
    match network.strength_percent {
        Some(percent) => page::fact(ui, "Signal", &format!("{percent} %"), state, scene),
        None => page::fact(ui, "Signal", "Out of range", state, scene),
    }
    let text = network.key.ssid.text();
    if text.as_bytes() != network.key.ssid.bytes() {
        page::fact(ui, "Name, bytes", &network.key.ssid.hex(), state, scene);
    }
    if network.points.is_empty() {
        return;
    }
    let count = network.points.len();
    let words = match count {
        1 => "Access point".to_owned(),
        _ => format!("{count} access points"),
    };
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
            value.push_str(&format!("\nheard by {}", clean(&device.interface)));
        }
        if used == Some(id) {
            value.push_str("\nin use");
        }
        let name = format!("{} %", point.strength_percent);
        page::fact(ui, &name, &value, state, scene);
    }
}

/// The adapter itself.
pub fn adapter(ui: &mut Ui, device: &Device, state: &mut State, scene: &mut Scene<'_>) {
    page::group(ui, "Adapter");
    let kind = match device.kind {
        DeviceKind::Wifi => "Wi-Fi",
        DeviceKind::Ethernet => "Ethernet",
        DeviceKind::Modem => "Modem",
        DeviceKind::Bluetooth => "Bluetooth",
        _ => "Interface",
    };
    let interface = format!("{} ({kind})", clean(&device.interface));
    page::fact(ui, "Interface", &interface, state, scene);
    if let Some(mbps) = device.speed_mbps.filter(|&mbps| mbps > 0) {
        page::fact(ui, "Speed", &words::speed(mbps), state, scene);
    }
    page::fact(
        ui,
        "Hardware",
        &clean(&device.hardware_address),
        state,
        scene,
    );
    page::fact(ui, "Driver", &clean(&device.driver), state, scene);
    if let Some(bytes) = device.bytes {
        page::fact(ui, "Data used", &words::traffic(bytes), state, scene);
    }
}
