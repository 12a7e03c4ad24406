//! Wi-Fi devices: scanning, and how strongly access points are heard.

use std::collections::HashMap;
use std::time::Duration;

use zbus::OwnedVariant;

use super::call::{Answer, Call, Refusal};
use super::interfaces::{ACCESS_POINT, ACTIVE, DEVICE, WIRELESS};
use super::value::{Value, path, value};
use super::world::{Event, World};
use super::{activation, device};

/// How long a scan takes.
const SCAN: Duration = Duration::from_millis(1500);
/// How often NetworkManager tells new strengths.
const WANDER: Duration = Duration::from_secs(6);

pub fn call(world: &mut World, call: &Call<'_>) -> Option<Answer> {
    if call.interface != WIRELESS || !world.nm.has(&call.object, WIRELESS) {
        return None;
    }
    let points = || {
        let named = |point: &&String| {
            let ssid = world.nm.get(point, ACCESS_POINT, "Ssid");
            call.member == "GetAllAccessPoints" || ssid.is_some_and(|ssid| !ssid.is_empty())
        };
        let points = world.access_points(&call.object);
        points
            .iter()
            .filter(named)
            .map(|p| path(p))
            .collect::<Vec<_>>()
    };
    Some(match call.member.as_str() {
        "GetAccessPoints" | "GetAllAccessPoints" => call.reply(&(points(),)),
        "RequestScan" => scan(world, call),
        _ => Err(call.unknown()),
    })
}

fn scan(world: &mut World, call: &Call<'_>) -> Answer {
    let (mut options,): (HashMap<String, OwnedVariant>,) = call.arguments()?;
    world.faults.allowed("wifi.scan")?;
    if world.nm.number(&call.object, DEVICE, "State") < 30 {
        let text = "Scanning not allowed while unavailable";
        return Err(Refusal::of("Device.NotAllowed", text));
    }
    let called: Vec<Vec<u8>> = options
        .remove("ssids")
        .and_then(|ssids| ssids.try_into().ok())
        .unwrap_or_default();
    world.later(SCAN, Event::Scanned(call.object.clone(), called));
    call.reply(&())
}

/// A scan is through: who was called by name answers, and who came into reach is seen.
pub fn scanned(world: &mut World, device: &str, called: &[Vec<u8>]) {
    if world.nm.number(device, DEVICE, "State") < 30 {
        return;
    }
    reveal(world, device, called);
    let now = world.boot_ms();
    world.nm.set(device, WIRELESS, "LastScan", value(now));
    device::available(world);
    activation::by_itself(world, device);
}

/// Sees everything that does not hide from this device, as when its radio comes on.
pub fn look_around(world: &mut World, device: &str) {
    world.later(SCAN, Event::Scanned(device.to_owned(), Vec::new()));
}

/// Lets those be seen that do not hide, or were called by name.
pub fn reveal(world: &mut World, device: &str, called: &[Vec<u8>]) {
    let (seen, unseen) =
        std::mem::take(&mut world.unseen)
            .into_iter()
            .partition(|(at, station)| {
                at == device && (!station.hidden || called.contains(&station.ssid))
            });
    world.unseen = unseen;
    for (_, mut station) in seen {
        station.hidden = false;
        world.appear(device, station);
    }
}

/// New strengths: the access points that are connected to, and after a scan all.
pub fn wander(world: &mut World) {
    let connected: Vec<String> = world
        .nm
        .with(ACTIVE)
        .iter()
        .map(|active| world.nm.text(active, ACTIVE, "SpecificObject"))
        .collect();
    for point in world.nm.with(ACCESS_POINT) {
        let steady =
            world.faults.steady || !(connected.contains(&point) || world.faults.all_wander);
        if steady {
            continue;
        }
        let (Some(now), Some(usual)) = (
            world
                .nm
                .get(&point, ACCESS_POINT, "Strength")
                .and_then(Value::number),
            world
                .air
                .get(&point)
                .map(|station| i64::from(station.strength)),
        ) else {
            continue;
        };
        let step = i64::try_from(world.dice() % 7).unwrap_or_default() - 3;
        let strength = (now + step).clamp(usual - 8, usual + 8).clamp(1, 100);
        world.strength(&point, u8::try_from(strength).unwrap_or_default());
    }
    world.later(WANDER, Event::Wander);
}

/// An access point of this device with this name, the strongest first.
pub fn find(world: &World, device: &str, ssid: &[u8]) -> Option<String> {
    let points = world.access_points(device);
    points
        .into_iter()
        .filter(|point| {
            world
                .air
                .get(point)
                .is_some_and(|station| station.ssid == ssid && !station.hidden)
        })
        .max_by_key(|point| world.nm.number(point, ACCESS_POINT, "Strength"))
}
