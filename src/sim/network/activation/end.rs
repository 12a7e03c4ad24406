//! How a connection ends.

use std::time::Duration;

use super::super::call::Refusal;
use super::super::device::state;
use super::super::interfaces::{ACCESS_POINT, ACTIVE, DEVICE, WIREGUARD, WIRELESS};
use super::super::profile::Profile;
use super::super::value::{object, value};
use super::super::world::{Event, World};
use super::super::{addresses, agents, device, manager, settings, wifi};
use super::{SSID_NOT_FOUND, Step, refused, vpn_state};

/// The active connection on a device.
pub fn on_device(world: &World, device: &str) -> Option<String> {
    let on = |(_, activation): &(&String, &super::Activation)| {
        activation.device.as_deref() == Some(device)
    };
    world
        .activations
        .iter()
        .find(on)
        .map(|(active, _)| active.clone())
}

/// `DeactivateConnection`.
pub fn deactivate(world: &mut World, active: &str) -> Result<(), Refusal> {
    let Some(activation) = world.activations.get(active).cloned() else {
        let text = "The connection was not active.".to_owned();
        return Err(refused("ConnectionNotActive", text));
    };
    world.faults.blocked.insert(activation.profile.clone());
    match activation.device {
        Some(device) => go_down(world, &device, 39),
        None => {
            vpn_state(world, active, 7, 2);
            finish(world, active, 2);
        }
    }
    Ok(())
}

/// A device goes down by a person's wish, in its time.
fn go_down(world: &mut World, device: &str, reason: u32) {
    let Some(active) = on_device(world, device) else {
        return;
    };
    if let Some(activation) = world.activations.get_mut(&active) {
        activation.going = Some(reason);
    }
    world.nm.set(&active, ACTIVE, "State", value(3_u32));
    world
        .nm
        .emit(&active, ACTIVE, "StateChanged", &(3_u32, 2_u32));
    state(world, device, 110, reason);
    manager::refresh(world);
    world.later(
        Duration::from_millis(60),
        Event::Disconnected(device.to_owned()),
    );
}

/// It is down.
pub fn disconnected(world: &mut World, device: &str) {
    let Some(active) = on_device(world, device) else {
        return;
    };
    let reason = world
        .activations
        .get(&active)
        .and_then(|activation| activation.going);
    // Another may have come meanwhile, which stays.
    if let Some(reason) = reason {
        free(world, device, &active, reason, 2);
    }
}

/// Whatever is on a device ends at once.
pub fn stop(world: &mut World, device: &str, reason: u32) {
    if let Some(active) = on_device(world, device) {
        free(world, device, &active, reason, 3);
    }
}

fn free(world: &mut World, device: &str, active: &str, reason: u32, active_reason: u32) {
    let point = world.nm.text(device, WIRELESS, "ActiveAccessPoint");
    let own_point = world.nm.number(&point, ACCESS_POINT, "Mode") == 3;
    let tree = &mut world.nm;
    tree.set(device, WIRELESS, "ActiveAccessPoint", object("/"));
    tree.set(device, WIRELESS, "Bitrate", value(0_u32));
    tree.set(device, WIRELESS, "Mode", value(2_u32));
    tree.set(device, DEVICE, "ActiveConnection", object("/"));
    addresses::take(world, device);
    state(world, device, 30, reason);
    finish(world, active, active_reason);
    if own_point {
        world.vanish(&point);
    }
    if world.nm.has(device, WIREGUARD) {
        device::remove(world, device);
    }
}

/// An attempt failed for a reason (`NMDeviceStateReason`).
pub fn fail(world: &mut World, active: &str, device: &str, reason: u32) {
    // It does not try again by itself, unless its access point was lost and may come back.
    if let Some(activation) = world.activations.get(active)
        && (reason != SSID_NOT_FOUND || activation.access_point.is_some())
    {
        world.faults.blocked.insert(activation.profile.clone());
    }
    state(world, device, 120, reason);
    // Programs look for the device's reason while it still has the connection.
    world.nm.set(active, ACTIVE, "State", value(4_u32));
    world
        .nm
        .emit(active, ACTIVE, "StateChanged", &(4_u32, 3_u32));
    if let Some(activation) = world.activations.get_mut(active) {
        activation.going = Some(0);
    }
    let after = Duration::from_millis(5);
    world.later(after, Event::Disconnected(device.to_owned()));
}

/// The active connection is no more; `reason` is a `NMActiveConnectionStateReason`.
pub fn finish(world: &mut World, active: &str, reason: u32) {
    let Some(activation) = world.activations.remove(active) else {
        return;
    };
    world.forget_steps(active);
    agents::cancel(world, active);
    world.nm.set(active, ACTIVE, "State", value(4_u32));
    world
        .nm
        .emit(active, ACTIVE, "StateChanged", &(4_u32, reason));
    world.nm.remove(active);
    let profile = world.profiles.get(&activation.profile);
    if profile.is_some_and(|profile| profile.volatile) {
        settings::delete(world, &activation.profile);
    }
    // A VPN does not outlive the link that carries it.
    let carried = |(_, other): &(&String, &super::Activation)| {
        other.base.is_some() && other.base == activation.device
    };
    let vpns = world.activations.iter().filter(carried);
    let vpns: Vec<String> = vpns.map(|(active, _)| active.clone()).collect();
    for vpn in vpns {
        vpn_state(world, &vpn, 7, 3);
        finish(world, &vpn, 3);
    }
    manager::refresh(world);
}

/// An access point is gone: who was on it goes to its sibling, or is lost.
pub fn lost(world: &mut World, device: &str, point: &str) {
    let Some(active) = on_device(world, device) else {
        return;
    };
    let Some(activation) = world.activations.get(&active).cloned() else {
        return;
    };
    if activation.access_point.as_deref() != Some(point) {
        return;
    }
    let ssid = world
        .profiles
        .get(&activation.profile)
        .and_then(Profile::ssid);
    let sibling = ssid.and_then(|ssid| wifi::find(world, device, &ssid));
    let at = sibling.as_deref().unwrap_or("/");
    world
        .nm
        .set(device, WIRELESS, "ActiveAccessPoint", object(at));
    world.nm.set(&active, ACTIVE, "SpecificObject", object(at));
    if sibling.is_none() {
        let after = Duration::from_millis(300);
        world.later(
            after,
            Event::Step(active.clone(), Step::Fail(SSID_NOT_FOUND)),
        );
    }
    if let Some(activation) = world.activations.get_mut(&active) {
        activation.access_point = sibling;
    }
}

/// A profile was deleted: what it made goes down.
pub fn profile_gone(world: &mut World, own: &str) {
    let of_it = |(_, activation): &(&String, &super::Activation)| activation.profile == own;
    let found = world.activations.iter().find(of_it);
    let Some((active, device)) = found.map(|(active, a)| (active.clone(), a.device.clone())) else {
        return;
    };
    match device {
        Some(device) => go_down(world, &device, 38),
        None => finish(world, &active, 11),
    }
}

/// A profile may have another name now, and its active connection with it.
pub fn renamed(world: &mut World, own: &str) {
    let Some(profile) = world.profiles.get(own) else {
        return;
    };
    let id = profile.text("connection", "id");
    for (active, activation) in &world.activations {
        if activation.profile == own {
            world.nm.set(active, ACTIVE, "Id", value(id.clone()));
        }
    }
    // A changed profile may connect by itself again.
    world.faults.blocked.remove(own);
}
