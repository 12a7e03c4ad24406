//! Connections come up and go down, step by step as NetworkManager takes them.

mod begin;
mod end;

use std::time::Duration;

use super::agents;
use super::call::Refusal;
use super::device::state;
use super::interfaces::{ACCESS_POINT, ACTIVE, DEVICE, MODEM_DEVICE, VPN, WIRELESS};
use super::profile::Profile;
use super::station::Fate;
use super::value::{Settings, object, value};
use super::world::{Event, World};
use super::{addresses, device, manager, modem, settings};

pub use begin::{activate, by_itself, complete, fits, up_at_once};
pub use end::{deactivate, disconnected, lost, on_device, profile_gone, renamed, stop};

/// A connection on its way or up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    /// The device; none for a VPN.
    pub device: Option<String>,
    /// The device that carries a VPN.
    pub base: Option<String>,
    pub profile: String,
    pub access_point: Option<String>,
    /// Who asked for it (a unique name); nobody where it connects by itself.
    pub caller: String,
    /// Whether the secrets are there, be it that none are needed.
    pub has_secrets: bool,
    /// Why it goes down, on its way there.
    pub going: Option<u32>,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Prepare,
    Config,
    /// Ask for secrets; new ones where those that there are did not do.
    Ask {
        new: bool,
    },
    /// The other side answers, or not.
    Answered,
    Address,
    Check,
    Up,
    Fail(u32),
}

/// Reasons (`NMDeviceStateReason`).
const IP_CONFIG_UNAVAILABLE: u32 = 5;
const NO_SECRETS: u32 = 7;
const SUPPLICANT_DISCONNECT: u32 = 8;
const SUPPLICANT_TIMEOUT: u32 = 11;
const SSID_NOT_FOUND: u32 = 53;

/// Takes a step.
pub fn step(world: &mut World, active: &str, step: Step) {
    let Some(activation) = world.activations.get(active).cloned() else {
        return;
    };
    if activation.going.is_some() {
        return;
    }
    match &activation.device {
        None => vpn_step(world, active, &activation, &step),
        Some(device) => device_step(world, active, &activation, device, &step),
    }
    manager::refresh(world);
}

fn next(world: &mut World, active: &str, after: Duration, step: Step) {
    world.later(after, Event::Step(active.to_owned(), step));
}

fn device_step(
    world: &mut World,
    active: &str,
    activation: &Activation,
    device: &str,
    step: &Step,
) {
    let pace = world.faults.pace;
    match step {
        Step::Prepare => {
            state(world, device, 40, 0);
            match modem_problem(world, activation, device) {
                Some(Step::Ask { new }) => next(world, active, pace.step, Step::Ask { new }),
                Some(step) => next(world, active, pace.step, step),
                None => next(world, active, pace.step, Step::Config),
            }
        }
        Step::Config => {
            state(world, device, 50, 0);
            let wanted = profile(world, activation).and_then(Profile::wants_secrets);
            if wanted.is_some() && !activation.has_secrets {
                next(world, active, pace.step, Step::Ask { new: false });
            } else {
                let (after, step) = answer(world, activation);
                next(world, active, after, step);
            }
        }
        Step::Ask { new } => {
            let reason = if *new { SUPPLICANT_DISCONNECT } else { 0 };
            state(world, device, 60, reason);
            ask(world, active, activation, *new);
        }
        Step::Answered => {
            if let Some(point) = &activation.access_point {
                world
                    .nm
                    .set(device, WIRELESS, "ActiveAccessPoint", object(point));
                let bitrate = world.nm.number(point, ACCESS_POINT, "MaxBitrate");
                let bitrate = u32::try_from(bitrate).unwrap_or_default();
                world.nm.set(device, WIRELESS, "Bitrate", value(bitrate));
            }
            state(world, device, 70, 0);
            match fate(world, activation) {
                Fate::NoDhcp => {
                    next(
                        world,
                        active,
                        pace.give_up,
                        Step::Fail(IP_CONFIG_UNAVAILABLE),
                    );
                }
                _ => next(world, active, pace.address, Step::Address),
            }
        }
        Step::Address => {
            let kind = world.nm.text(active, ACTIVE, "Type");
            let by_dhcp = kind != "wireguard" && kind != "gsm";
            addresses::give(world, device, active, by_dhcp);
            state(world, device, 80, 0);
            next(world, active, pace.step, Step::Check);
        }
        Step::Check => {
            state(world, device, 90, 0);
            next(world, active, Duration::ZERO, Step::Up);
        }
        Step::Up => {
            state(world, device, 100, 0);
            worked(world, active, &activation.profile);
        }
        Step::Fail(reason) => end::fail(world, active, device, *reason),
    }
}

fn vpn_step(world: &mut World, active: &str, activation: &Activation, step: &Step) {
    let pace = world.faults.pace;
    match step {
        Step::Prepare | Step::Config => {
            vpn_state(world, active, 1, 1);
            next(world, active, pace.step, Step::Ask { new: false });
        }
        Step::Ask { new } => {
            vpn_state(world, active, 2, 1);
            ask(world, active, activation, *new);
        }
        Step::Answered => {
            vpn_state(world, active, 3, 1);
            next(world, active, pace.associate, Step::Address);
        }
        Step::Address => {
            vpn_state(world, active, 4, 1);
            next(world, active, pace.address, Step::Up);
        }
        Step::Check | Step::Up => {
            vpn_state(world, active, 5, 1);
            worked(world, active, &activation.profile);
        }
        Step::Fail(reason) => {
            // `NMActiveConnectionStateReason`: no secrets, or the login failed.
            let reason = if *reason == NO_SECRETS { 9 } else { 10 };
            vpn_state(world, active, 6, reason);
            end::finish(world, active, reason);
        }
    }
}

/// Changes a VPN's state (`NMVpnConnectionState`).
fn vpn_state(world: &mut World, active: &str, to: u32, reason: u32) {
    if world.nm.number(active, VPN, "VpnState") != i64::from(to) {
        world.nm.set(active, VPN, "VpnState", value(to));
        world.nm.emit(active, VPN, "VpnStateChanged", &(to, reason));
    }
}

fn profile<'w>(world: &'w World, activation: &Activation) -> Option<&'w Profile> {
    world.profiles.get(&activation.profile)
}

fn fate(world: &World, activation: &Activation) -> Fate {
    let station = |point: &String| world.air.get(point).map(|station| station.fate);
    let of_point = activation.access_point.as_ref().and_then(station);
    of_point.unwrap_or(world.faults.fate)
}

/// What keeps a modem from being used.
fn modem_problem(world: &mut World, activation: &Activation, device: &str) -> Option<Step> {
    if !world.nm.has(device, MODEM_DEVICE) {
        return None;
    }
    let pin = profile(world, activation).and_then(|profile| profile.secret("gsm", "pin"));
    let pin = pin.map(str::to_owned);
    let modem = world.nm.text(device, DEVICE, "Udi");
    match modem::ready(world, &modem, pin.as_deref()) {
        Ok(()) => None,
        Err(modem::NotReady::PinWanted) if !activation.has_secrets => {
            Some(Step::Ask { new: false })
        }
        Err(not_ready) => Some(Step::Fail(not_ready.reason())),
    }
}

/// What the other side says to who comes, and when.
fn answer(world: &World, activation: &Activation) -> (Duration, Step) {
    let pace = world.faults.pace;
    let Some(profile) = profile(world, activation) else {
        return (pace.step, Step::Fail(SSID_NOT_FOUND));
    };
    let is_client =
        profile.kind() == "802-11-wireless" && profile.text("802-11-wireless", "mode") != "ap";
    if !is_client {
        return match world.faults.fate {
            Fate::Silent => (pace.give_up, Step::Fail(SUPPLICANT_TIMEOUT)),
            Fate::Reason(reason) => (pace.associate, Step::Fail(reason)),
            _ => (pace.associate, Step::Answered),
        };
    }
    let station = activation
        .access_point
        .as_ref()
        .and_then(|point| world.air.get(point));
    let Some(station) = station else {
        return (pace.give_up, Step::Fail(SSID_NOT_FOUND));
    };
    match station.fate {
        Fate::Silent => return (pace.give_up, Step::Fail(SUPPLICANT_TIMEOUT)),
        Fate::Reason(reason) => return (pace.associate, Step::Fail(reason)),
        Fate::Works | Fate::NoDhcp => {}
    }
    let given = match profile.wants_secrets() {
        Some((setting, key)) => profile.secret(setting, key),
        None => None,
    };
    let knows_name = station.identity.is_none()
        || station.identity.as_deref() == Some(profile.text("802-1x", "identity").as_str());
    if station.password.is_none() || (given == station.password.as_deref() && knows_name) {
        (pace.associate, Step::Answered)
    } else if station.is_sae_only() && !world.faults.tells_wrong_sae {
        // NetworkManager before 1.58 is not told that a WPA3 password is wrong.
        (pace.give_up, Step::Fail(SSID_NOT_FOUND))
    } else {
        (pace.associate, Step::Ask { new: true })
    }
}

/// Takes secrets from the profile, or asks for them.
fn ask(world: &mut World, active: &str, activation: &Activation, new: bool) {
    let Some(profile) = profile(world, activation) else {
        return;
    };
    let (setting, key) = profile.wants_secrets().unwrap_or(("gsm", "pin"));
    let kept = profile
        .secrets
        .get(setting)
        .is_some_and(|kept| !kept.is_empty());
    let always_asks = profile.secret_flags(setting, key) & 0x2 != 0;
    if kept && !new && !always_asks {
        return agents::given(world, active, Ok(Settings::new()));
    }
    // Interaction is allowed where a person asked for the connection; the third is that he did.
    let mut flags = if activation.caller.is_empty() {
        0
    } else {
        0x1 | 0x4
    };
    flags |= u32::from(new) * 0x2;
    agents::ask(world, active, setting, key, flags);
}

/// Secrets have come, or will not come.
pub fn secrets(world: &mut World, active: &str, given: Result<Settings, agents::NoSecrets>) {
    let Some(activation) = world.activations.get_mut(active) else {
        return;
    };
    let (own, device) = (activation.profile.clone(), activation.device.clone());
    let pace = world.faults.pace;
    match given {
        Ok(given) => {
            activation.has_secrets = true;
            let profile = world.profiles.get_mut(&own);
            if profile.is_some_and(|profile| profile.take_secrets(given)) {
                settings::updated(world, &own);
            }
            let step = if device.is_some() {
                Step::Prepare
            } else {
                Step::Answered
            };
            next(world, active, pace.step, step);
        }
        Err(_) => {
            let locked = device.is_some_and(|device| world.nm.has(&device, MODEM_DEVICE));
            let reason = if locked {
                modem::NotReady::PinWanted.reason()
            } else {
                NO_SECRETS
            };
            step(world, active, Step::Fail(reason));
        }
    }
}

/// A connection is up.
fn worked(world: &mut World, active: &str, own: &str) {
    world.nm.set(active, ACTIVE, "State", value(2_u32));
    world
        .nm
        .emit(active, ACTIVE, "StateChanged", &(2_u32, 1_u32));
    let now_s = addresses::EPOCH_S + world.boot_ms() / 1000;
    if let Some(profile) = world.profiles.get_mut(own) {
        *profile = profile.clone().used(now_s);
        settings::updated(world, own);
    }
    device::available(world);
}

fn refused(name: &str, text: String) -> Refusal {
    Refusal::of(name, text)
}
