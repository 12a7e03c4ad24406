//! The header: what this computer is connected to, and what stands in the way.

use egui::{
    Align2, Color32, FontId, Pos2, Rect, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo,
};

use super::{Scene, sign as signs, status, words};
use crate::bar::clean;
use crate::net::Ssid;
use crate::net::command::{Command, RadioSwitch};
use crate::net::network::Bands;
use crate::net::snapshot::{
    ActiveConnection, ActiveState, ConnectionKind, Connectivity, DeviceKind, DeviceState, Id,
    Permission, Service, Snapshot, State as Whole,
};
use crate::popup::banner::{self, Action, Tone as BannerTone};
use crate::popup::controls::{one_line, part, put};
use crate::popup::icons::{self, Icon};
use crate::popup::signal;
use crate::popup::theme::{self, Theme, size, space};
use crate::popup::toggle::{self, switch_in};
use crate::say;

/// How it is, for the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Good,
    Quiet,
    Busy,
    Warn,
    Error,
}

/// The sign before the words.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sign {
    Icon(Icon),
    Wifi(Option<u8>),
    Bars(Option<u8>),
}

/// What the header says.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The state in a few words.
    pub title: String,
    /// The name in the title, where there is one.
    name: String,
    /// What the title says before the name, for where both have no room.
    short: String,
    /// What else there is to say, the most important first.
    below: Vec<String>,
    sign: Sign,
    tone: Tone,
    /// A connection that is on its way.
    going: Option<Id>,
    /// A sign-in page stands before the internet.
    portal: bool,
}

impl Facts {
    /// What a snapshot comes down to.
    pub fn of(snapshot: &Snapshot) -> Self {
        let say = |title: &str, below: &str, icon, tone| Self {
            title: title.to_owned(),
            name: String::new(),
            short: String::new(),
            below: Some(below.to_owned())
                .filter(|b| !b.is_empty())
                .into_iter()
                .collect(),
            sign: Sign::Icon(icon),
            tone,
            going: None,
            portal: false,
        };
        match &snapshot.service {
            Service::Running => {}
            Service::Starting => return say(&say!("net-network"), "", Icon::Wifi, Tone::Quiet),
            Service::NotRunning => {
                return say(
                    &say!("net-not-running"),
                    &say!("net-start-it"),
                    Icon::Error,
                    Tone::Error,
                );
            }
            Service::NoBus(_) => {
                return say(&say!("net-no-system-bus"), "", Icon::Error, Tone::Error);
            }
            Service::Stalled(_) => {
                return say(&say!("net-does-not-answer"), "", Icon::Warning, Tone::Warn);
            }
        }
        let link = snapshot
            .link()
            .filter(|link| link.state == ActiveState::Activated);
        if let Some(link) = link {
            let hotspot = snapshot.profile(&link.uuid).is_some_and(|p| p.hotspot);
            if hotspot {
                // It is the only link where there is no internet to share.
                let below = say!("net-nothing-to-share");
                let mut facts = say("", &below, Icon::Hotspot, Tone::Good);
                facts.name = name(snapshot, link);
                facts.title = say!("net-hotspot-is-on", name = &facts.name);
                facts.short = say!("net-hotspot");
                return facts;
            }
            return linked(snapshot, link);
        }
        let going = |active: &&ActiveConnection| active.state == ActiveState::Activating;
        let going = snapshot
            .activating
            .as_ref()
            .and_then(|id| snapshot.connection(id))
            .or_else(|| snapshot.connections.iter().find(going))
            .filter(going);
        if let Some(going) = going {
            let mut facts = say("", "", Icon::Waiting, Tone::Busy);
            facts.name = name(snapshot, going);
            facts.title = match ssid(snapshot, going) {
                None if going.kind == ConnectionKind::Ethernet => say!("net-connecting-cable"),
                _ => say!("net-connecting-to", name = &facts.name),
            };
            facts.short = say!("net-connecting");
            facts.sign = sign(snapshot, going);
            facts.going = Some(going.id.clone());
            return facts;
        }
        let wifi = snapshot.radios.wifi;
        let wifi_off = wifi.present && !wifi.is_on();
        match snapshot.state {
            Whole::Asleep => {
                let below = say!("net-keeps-down");
                say(&say!("net-networking-off"), &below, Icon::Off, Tone::Warn)
            }
            _ if wifi_off && !wifi.hardware_enabled => {
                let below = say!("net-off-by-key");
                say(&say!("net-wifi-off"), &below, Icon::Off, Tone::Warn)
            }
            _ if wifi_off => {
                let below = say!("net-not-connected");
                say(&say!("net-wifi-off"), &below, Icon::Off, Tone::Quiet)
            }
            _ => {
                let title = say!("net-not-connected");
                let below = say!("net-choose-or-type");
                say(&title, &below, Icon::NotThere, Tone::Quiet)
            }
        }
    }
}

fn linked(snapshot: &Snapshot, link: &ActiveConnection) -> Facts {
    let name = name(snapshot, link);
    let cable = link.kind == ConnectionKind::Ethernet && ssid(snapshot, link).is_none();
    let connected = |title: String| (title, say!("net-connected"), Tone::Good);
    // What is amiss stands behind the name, and the strip below says it again.
    let amiss = |title: String| (title, String::new(), Tone::Warn);
    let (title, short, tone) = match snapshot.connectivity {
        Connectivity::Portal => amiss(say!("net-sign-in-first", name = &name)),
        Connectivity::Limited | Connectivity::None => amiss(say!("net-no-internet", name = &name)),
        _ if cable => connected(say!("net-connected-cable")),
        Connectivity::Full | Connectivity::Unknown => {
            connected(say!("net-connected-to", name = &name))
        }
    };
    Facts {
        title,
        name,
        short,
        below: details(snapshot, link),
        sign: sign(snapshot, link),
        tone,
        going: None,
        portal: snapshot.connectivity == Connectivity::Portal,
    }
}

/// A connection's name for people: the network's, the operator's, or the profile's.
fn name(snapshot: &Snapshot, active: &ActiveConnection) -> String {
    if let Some(ssid) = ssid(snapshot, active) {
        return ssid.text();
    }
    match active.kind {
        ConnectionKind::Ethernet => say!("net-the-cable"),
        ConnectionKind::Mobile => modem(snapshot, active)
            .and_then(|modem| modem.operator.as_deref())
            .map_or_else(|| clean(&active.name), clean),
        _ => clean(&active.name),
    }
}

/// The network's name, where it is one of Wi-Fi.
fn ssid<'a>(snapshot: &'a Snapshot, active: &ActiveConnection) -> Option<&'a Ssid> {
    let point = active.access_point.as_ref();
    let point = point.and_then(|id| snapshot.access_point(id));
    let profile = snapshot.profile(&active.uuid);
    point
        .map(|point| &point.ssid)
        .filter(|ssid| !ssid.is_hidden())
        .or(profile.and_then(|profile| profile.ssid.as_ref()))
}

fn modem<'a>(
    snapshot: &'a Snapshot,
    active: &ActiveConnection,
) -> Option<&'a crate::net::snapshot::Modem> {
    let mut devices = active.devices.iter().filter_map(|id| snapshot.device(id));
    devices.find_map(|device| snapshot.modem(device.modem.as_ref()?))
}

fn sign(snapshot: &Snapshot, active: &ActiveConnection) -> Sign {
    let point = active.access_point.as_ref();
    let point = point.and_then(|id| snapshot.access_point(id));
    match active.kind {
        ConnectionKind::Wifi => Sign::Wifi(point.map(|point| point.strength_percent)),
        ConnectionKind::Mobile => {
            Sign::Bars(modem(snapshot, active).and_then(|modem| modem.signal_percent))
        }
        ConnectionKind::Vpn | ConnectionKind::WireGuard => Sign::Icon(Icon::Tunnel),
        ConnectionKind::Bluetooth => Sign::Icon(Icon::Bluetooth),
        _ => Sign::Icon(Icon::Cable),
    }
}

/// Strength, address, band, speed: the most important first.
fn details(snapshot: &Snapshot, link: &ActiveConnection) -> Vec<String> {
    let mut parts = Vec::new();
    let point = link.access_point.as_ref();
    let point = point.and_then(|id| snapshot.access_point(id));
    parts.extend(point.map(|point| format!("{} %", point.strength_percent)));
    if let Some(modem) = modem(snapshot, link) {
        parts.extend(modem.signal_percent.map(|percent| format!("{percent} %")));
        parts.extend(modem.technology.map(str::to_owned));
        parts.extend(modem.roaming.then(|| say!("net-roaming-now")));
    }
    parts.extend(words::address(link).map(str::to_owned));
    let band = point.map(|point| words::bands(Bands::of(point.frequency_mhz)));
    parts.extend(band.filter(|band| !band.is_empty()));
    let mut devices = link.devices.iter().filter_map(|id| snapshot.device(id));
    let mbps = devices
        .find_map(|device| device.speed_mbps)
        .filter(|&mbps| mbps > 0);
    match snapshot.rates {
        Some(rates) => parts.push(words::rates(rates)),
        None => parts.extend(mbps.map(words::speed)),
    }
    parts
}

const HEIGHT: f32 = 60.0;
const VPN: f32 = 24.0;

/// Draws the header and returns its height.
pub fn ui(ui: &mut Ui, scene: &mut Scene<'_>) -> f32 {
    let theme = scene.theme;
    let mut facts = Facts::of(scene.snapshot);
    progress(ui, &mut facts, scene);
    let tunnels: Vec<String> = scene.snapshot.tunnels().map(|t| clean(&t.name)).collect();
    // A VPN is no second title where it is the only thing there is.
    let tunnels = if facts.sign == Sign::Icon(Icon::Tunnel) {
        Vec::new()
    } else {
        tunnels
    };
    let height = HEIGHT + if tunnels.is_empty() { 0.0 } else { VPN };
    let max = ui.max_rect();
    let rect = Rect::from_min_size(max.min, Vec2::new(max.width(), height));
    ui.painter().rect_filled(rect, 0, theme.raised);
    let line = Stroke::new(1.0, theme.line);
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
    let top = rect.with_max_y(rect.top() + HEIGHT);
    let middle = top.center().y;

    let tint = match facts.tone {
        Tone::Good | Tone::Busy => theme.accent_text,
        Tone::Quiet => theme.dim,
        Tone::Warn => theme.warn,
        Tone::Error => theme.error,
    };
    let centre = Pos2::new(rect.left() + space::L + 12.0, middle);
    paint(ui, centre, facts.sign, tint, theme);

    let right = wifi_switch(ui, rect.right() - space::L, middle, scene);
    let left = rect.left() + space::L + 24.0 + space::M;
    let font = FontId::new(size::TITLE, theme::bold());
    let room = right - left;
    let mut title = one_line(ui, &facts.title, font.clone(), theme.text, room);
    if facts.sign == Sign::Icon(Icon::NotThere) && scene.model.entries.is_empty() {
        // None can be chosen.
        facts.below.clear();
    }
    let mut parts = facts.below.clone();
    if title.elided && !facts.name.is_empty() {
        // The name is more than the words before it.
        title = one_line(ui, &facts.name, font, theme.text, room);
        let short = Some(facts.short.clone());
        parts.splice(..0, short.filter(|short| !short.is_empty()));
    }
    let two = !parts.is_empty();
    let at = Pos2::new(left, if two { middle - 10.0 } else { middle });
    let place = put(ui.painter(), title, at, Align2::LEFT_CENTER);
    named(ui, place, "title", Role::Heading, &facts.title);
    if two {
        let font = FontId::proportional(size::SMALL);
        let said = parts.join(" · ");
        let layout = |parts: &[String]| {
            let words = parts.join(" · ");
            one_line(ui, &words, font.clone(), theme.dim, room)
        };
        let mut below = layout(&parts);
        // What has no room is left out, not cut: half an address is none.
        while below.elided && parts.len() > 1 {
            parts.pop();
            below = layout(&parts);
        }
        let at = Pos2::new(left, middle + 10.0);
        let place = put(ui.painter(), below, at, Align2::LEFT_CENTER);
        named(ui, place, "below", Role::Label, &said).on_hover_text(&said);
    }
    if !tunnels.is_empty() {
        let middle = rect.bottom() - VPN / 2.0 - 4.0;
        let icon = Pos2::new(rect.left() + space::L + 12.0, middle);
        icons::paint(ui.painter(), Icon::Tunnel, icon, 14.0, theme.ok);
        let words = format!("VPN: {}", tunnels.join(", "));
        let font = FontId::proportional(size::SMALL);
        let text = one_line(ui, &words, font, theme.text, rect.right() - space::L - left);
        let place = put(
            ui.painter(),
            text,
            Pos2::new(left, middle),
            Align2::LEFT_CENTER,
        );
        named(ui, place, "vpn", Role::Label, &words);
    }
    if facts.portal {
        height + portal(ui, max.with_min_y(rect.bottom()), scene)
    } else {
        height
    }
}

fn named(ui: &Ui, rect: Rect, salt: &str, role: Role, words: &str) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
    response
}

/// What a connection on its way does, and for how long: the person's own attempt tells it best.
fn progress(ui: &Ui, facts: &mut Facts, scene: &Scene<'_>) {
    let attempts = scene.snapshot.attempts.iter();
    let going = attempts.rev().find_map(|attempt| match attempt.stage {
        crate::net::attempt::Stage::Going(state) => Some((attempt, state)),
        _ => None,
    });
    let waits = going.is_some() || facts.going.is_some();
    if let Some((attempt, state)) = going {
        let secs = words::secs_since(attempt.since, scene.now);
        if facts.tone != Tone::Good {
            facts.name = clean(&attempt.name);
            facts.title = say!("net-connecting-to", name = &facts.name);
            facts.short = say!("net-connecting");
            facts.tone = Tone::Busy;
            facts.below = vec![words::going(state, secs)];
        }
    } else if let Some(id) = &facts.going
        && let Some(active) = scene.snapshot.connection(id)
    {
        facts.below = vec![words::going(status::device_state(active, scene), 0)];
    }
    if waits {
        ui.ctx().request_repaint_after_secs(1.0);
    }
}

fn paint(ui: &Ui, centre: Pos2, sign: Sign, tint: Color32, theme: Theme) {
    let unlit = signs::unlit(theme);
    match sign {
        Sign::Icon(icon) => icons::paint(ui.painter(), icon, centre, 20.0, tint),
        Sign::Wifi(percent) => signal::fan(ui.painter(), centre, 24.0, percent, tint, unlit),
        Sign::Bars(percent) => signal::bars(ui.painter(), centre, percent, tint, unlit),
    }
}

/// The Wi-Fi switch, where there is Wi-Fi; returns where it begins.
fn wifi_switch(ui: &mut Ui, right: f32, middle: f32, scene: &mut Scene<'_>) -> f32 {
    let wifi = scene.snapshot.radios.wifi;
    let has = wifi.present
        || scene
            .snapshot
            .devices
            .iter()
            .any(|d| d.kind == DeviceKind::Wifi && d.state > DeviceState::Unmanaged);
    if scene.snapshot.service != Service::Running || !has {
        return right;
    }
    let permissions = scene.snapshot.permissions.as_ref();
    let denied = permissions.is_some_and(|all| all.wifi_radio == Permission::No);
    let centre = Pos2::new(right - toggle::SWITCH.x / 2.0, middle);
    let id = ui.scope_id().with("wifi");
    let can = wifi.hardware_enabled && !denied;
    let builder = UiBuilder::new();
    let mut part = ui.new_child(builder.max_rect(ui.max_rect()));
    if !can {
        part.disable();
    }
    let switch = switch_in(&part, centre, id, wifi.is_on(), &say!("net-wifi"));
    let why = if !wifi.hardware_enabled {
        say!("net-off-by-key")
    } else if denied {
        say!("net-lacks-permission", permission = "enable-disable-wifi")
    } else {
        say!("net-wifi-hint")
    };
    let switch = switch.on_hover_text(&why).on_disabled_hover_text(why);
    if switch.clicked() {
        flip_wifi(scene);
    }
    right - toggle::SWITCH.x - space::M
}

/// Switches Wi-Fi on or off, where that is possible.
pub fn flip_wifi(scene: &mut Scene<'_>) {
    let permissions = scene.snapshot.permissions.as_ref();
    let denied = permissions.is_some_and(|all| all.wifi_radio == Permission::No);
    if denied || !scene.snapshot.radios.wifi.hardware_enabled {
        return;
    }
    let radio = RadioSwitch::Wifi;
    let on = !scene.snapshot.radios.wifi.enabled;
    scene.commands.push(Command::Radio { radio, on });
}

/// The strip that leads to the sign-in page; returns its height.
fn portal(ui: &mut Ui, rect: Rect, scene: &mut Scene<'_>) -> f32 {
    let action = Action {
        icon: Icon::Portal,
        label: &say!("net-sign-in"),
        hint: &say!("net-sign-in-hint"),
        primary: true,
    };
    let mut part = part(ui, "portal", rect);
    let words = say!("net-wants-sign-in");
    let drawn = banner::draw(
        &mut part,
        Icon::Portal,
        BannerTone::Warn,
        &words,
        Some(action),
        false,
    );
    if drawn.pressed {
        scene.commands.push(Command::SignIn);
    }
    drawn.height
}
