//! How a connection begins: by a call, or by itself.

use super::super::call::Refusal;
use super::super::device::Kind;
use super::super::interfaces::{
    ACCESS_POINT, ACTIVE, DEVICE, MODEM_DEVICE, NM, NM_PATH, VPN, WIRED, WIRELESS,
};
use super::super::profile::Profile;
use super::super::station::Station;
use super::super::tree::Object;
use super::super::value::{Properties, Settings, Value, object, objects, value};
use super::super::world::{Event, World};
use super::super::{device, manager, wifi};
use super::{Activation, Step, refused, stop};

/// Whether a profile could be used with a device now.
pub fn fits(world: &World, own: &str, device: &str) -> bool {
    let Some(profile) = world.profiles.get(own) else {
        return false;
    };
    let kind = world.nm.number(device, DEVICE, "DeviceType");
    let interface = profile.text("connection", "interface-name");
    let at_home = interface.is_empty() || interface == world.nm.text(device, DEVICE, "Interface");
    if !at_home || world.nm.number(device, DEVICE, "State") < 30 {
        return false;
    }
    match profile.kind().as_str() {
        "802-11-wireless" => {
            let heard = profile
                .ssid()
                .is_some_and(|ssid| wifi::find(world, device, &ssid).is_some());
            let hidden = profile
                .get("802-11-wireless", "hidden")
                .and_then(Value::flag);
            let own_point = profile.text("802-11-wireless", "mode") == "ap";
            kind == 2 && (heard || hidden == Some(true) || own_point)
        }
        "802-3-ethernet" => kind == 1 || kind == 20,
        "gsm" | "cdma" => kind == 8,
        "bluetooth" => kind == 5,
        "bridge" => kind == 13,
        "wireguard" => kind == 29,
        "loopback" => kind == 32,
        _ => false,
    }
}

/// `ActivateConnection`: `/` for a device or access point that NetworkManager is to choose.
pub fn activate(
    world: &mut World,
    own: &str,
    device: &str,
    specific: &str,
    caller: &str,
) -> Result<String, Refusal> {
    let own = choose_profile(world, own, device)?;
    let profile = world.profiles.get(&own).cloned();
    let profile = profile.ok_or_else(|| no_profile(&own))?;
    world.faults.blocked.remove(&own);
    let name = profile.text("connection", "id");
    if profile.kind() == "vpn" {
        return vpn(world, &own, &profile, caller);
    }
    let device = if device == "/" {
        choose_device(world, &own, &profile).ok_or_else(|| {
            let text = format!("No suitable device found for this connection '{name}'.");
            refused("UnknownDevice", text)
        })?
    } else {
        device.to_owned()
    };
    if !world.nm.has(&device, DEVICE) {
        return Err(refused("UnknownDevice", "Device not found".to_owned()));
    }
    let interface = world.nm.text(&device, DEVICE, "Interface");
    if world.nm.number(&device, DEVICE, "State") < 30 {
        let text = format!("Connection '{name}' is not available on device {interface}");
        return Err(refused("ConnectionNotAvailable", text));
    }
    let of_another_kind = world.nm.has(&device, WIRELESS) != (profile.kind() == "802-11-wireless");
    if of_another_kind {
        let text = format!("The connection was not compatible with the device {interface}");
        return Err(refused("Device.IncompatibleConnection", text));
    }
    stop(world, &device, 60);
    let again = |(_, other): &(&String, &Activation)| other.profile == own;
    let elsewhere = world
        .activations
        .iter()
        .find(again)
        .and_then(|(_, other)| other.device.clone());
    if let Some(elsewhere) = elsewhere {
        stop(world, &elsewhere, 60);
    }
    let point = choose_access_point(world, &profile, &device, specific);
    let active = add(
        world,
        &own,
        &profile,
        Some(&device),
        point.as_deref(),
        caller,
    );
    world.nm.set(&device, DEVICE, "Autoconnect", value(true));
    world
        .nm
        .set(&device, DEVICE, "ActiveConnection", object(&active));
    let after = world.faults.pace.step;
    world.later(after, Event::Step(active.clone(), Step::Prepare));
    manager::refresh(world);
    Ok(active)
}

fn no_profile(own: &str) -> Refusal {
    refused(
        "UnknownConnection",
        format!("Connection '{own}' is not known"),
    )
}

fn choose_profile(world: &World, own: &str, device: &str) -> Result<String, Refusal> {
    if own != "/" {
        return Ok(own.to_owned());
    }
    let fitting = world.profiles.keys().find(|own| fits(world, own, device));
    fitting.cloned().ok_or_else(|| no_profile(own))
}

fn choose_device(world: &mut World, own: &str, profile: &Profile) -> Option<String> {
    let interface = profile.text("connection", "interface-name");
    if profile.kind() == "wireguard" && world.device(&interface).is_none() {
        return Some(device::add(world, Kind::WireGuard, &interface));
    }
    let devices = world.nm.with(DEVICE);
    let of_kind = |device: &&String| match profile.kind().as_str() {
        "802-11-wireless" => world.nm.has(device, WIRELESS),
        "gsm" => world.nm.has(device, MODEM_DEVICE),
        "802-3-ethernet" => world.nm.has(device, WIRED),
        _ => true,
    };
    let usable = |device: &&String| world.nm.number(device, DEVICE, "State") >= 30;
    let fitting = devices.iter().find(|device| fits(world, own, device));
    let any = || devices.iter().filter(usable).find(of_kind);
    fitting.or_else(any).cloned()
}

fn choose_access_point(
    world: &mut World,
    profile: &Profile,
    device: &str,
    specific: &str,
) -> Option<String> {
    let ssid = profile.ssid()?;
    if profile.text("802-11-wireless", "mode") == "ap" {
        let mut own = Station::new(&ssid, 100, 2437);
        if let Some(password) = profile.secret("802-11-wireless-security", "psk") {
            own = own.wpa2(password);
        }
        let point = world.appear(device, own);
        world.nm.set(&point, ACCESS_POINT, "Mode", value(3_u32));
        world.nm.set(device, WIRELESS, "Mode", value(3_u32));
        return Some(point);
    }
    if world.air.contains_key(specific) {
        return Some(specific.to_owned());
    }
    if profile
        .get("802-11-wireless", "hidden")
        .and_then(Value::flag)
        == Some(true)
    {
        wifi::reveal(world, device, std::slice::from_ref(&ssid));
    }
    wifi::find(world, device, &ssid)
}

fn vpn(world: &mut World, own: &str, profile: &Profile, caller: &str) -> Result<String, Refusal> {
    let primary = world.nm.text(NM_PATH, NM, "PrimaryConnection");
    let base = world.activations.get(&primary);
    let base = base.and_then(|activation| activation.device.clone());
    let base = base.ok_or_else(|| {
        let text = "Could not find source connection.".to_owned();
        refused("ConnectionNotActive", text)
    })?;
    let active = add(world, own, profile, None, None, caller);
    world.nm.set(&active, ACTIVE, "Devices", objects([&base]));
    if let Some(activation) = world.activations.get_mut(&active) {
        activation.base = Some(base);
    }
    let after = world.faults.pace.step;
    world.later(after, Event::Step(active.clone(), Step::Prepare));
    manager::refresh(world);
    Ok(active)
}

fn add(
    world: &mut World,
    own: &str,
    profile: &Profile,
    device: Option<&str>,
    point: Option<&str>,
    caller: &str,
) -> String {
    let is_vpn = device.is_none();
    let active = world.new_path("ActiveConnection");
    let properties = Properties::from([
        ("Connection", object(own)),
        ("SpecificObject", object(point.unwrap_or("/"))),
        ("Id", value(profile.text("connection", "id"))),
        ("Uuid", value(profile.text("connection", "uuid"))),
        ("Type", value(profile.kind())),
        ("Devices", objects(device)),
        ("State", value(1_u32)),
        ("StateFlags", value(0_u32)),
        ("Default", value(false)),
        ("Ip4Config", object("/")),
        ("Dhcp4Config", object("/")),
        ("Default6", value(false)),
        ("Ip6Config", object("/")),
        ("Dhcp6Config", object("/")),
        ("Vpn", value(is_vpn)),
        ("Controller", object("/")),
        ("Master", object("/")),
    ]);
    let mut interfaces = Object::from([(ACTIVE, properties)]);
    if is_vpn {
        let banner = ("Banner", value(""));
        interfaces.insert(VPN, Properties::from([("VpnState", value(1_u32)), banner]));
    }
    world.nm.add(&active, interfaces);
    world
        .nm
        .emit(&active, ACTIVE, "StateChanged", &(1_u32, 0_u32));
    let activation = Activation {
        device: device.map(str::to_owned),
        base: None,
        profile: own.to_owned(),
        access_point: point.map(str::to_owned),
        caller: caller.to_owned(),
        has_secrets: false,
        going: None,
    };
    world.activations.insert(active.clone(), activation);
    active
}

/// What `AddAndActivateConnection` adds to the settings it was given.
pub fn complete(
    world: &World,
    given: Settings,
    device: &str,
    specific: &str,
) -> Result<Profile, Refusal> {
    let mut profile = Profile::new(given);
    let station = world.air.get(specific);
    if let Some(station) = station
        && profile.ssid().is_none()
    {
        profile = profile.with("802-11-wireless", "ssid", value(station.ssid.clone()));
    }
    if profile.kind().is_empty() {
        let kind = match world.nm.number(device, DEVICE, "DeviceType") {
            2 => "802-11-wireless",
            8 => "gsm",
            1 | 20 => "802-3-ethernet",
            _ => return Err(refused("UnknownDevice", "Device not found".to_owned())),
        };
        profile = profile.with("connection", "type", value(kind));
    }
    let has_password = profile.secret("802-11-wireless-security", "psk").is_some();
    let protected = station.is_some_and(|station| station.flags.2 != 0);
    if profile
        .text("802-11-wireless-security", "key-mgmt")
        .is_empty()
        && (has_password || (protected && profile.kind() == "802-11-wireless"))
    {
        let sae = station.is_some_and(Station::is_sae_only);
        let key_mgmt = if sae { "sae" } else { "wpa-psk" };
        profile = profile.with("802-11-wireless-security", "key-mgmt", value(key_mgmt));
    }
    if profile.text("connection", "id").is_empty() {
        let name = profile
            .ssid()
            .map(|ssid| String::from_utf8_lossy(&ssid).into_owned());
        let name = name.unwrap_or_else(|| profile.kind());
        profile = profile.with("connection", "id", value(name));
    }
    Ok(profile)
}

/// Connects a device that is free with the best profile that may connect by itself.
pub fn by_itself(world: &mut World, device: &str) {
    let allowed = world
        .nm
        .get(device, DEVICE, "Autoconnect")
        .and_then(Value::flag);
    if world.nm.number(device, DEVICE, "State") != 30 || allowed != Some(true) {
        return;
    }
    let may = |(own, profile): &(&String, &Profile)| {
        let wants = profile
            .get("connection", "autoconnect")
            .and_then(Value::flag);
        let busy = world
            .activations
            .values()
            .any(|other| other.profile == **own);
        wants != Some(false) && !busy && !world.faults.blocked.contains(*own)
    };
    let rank = |profile: &Profile, key: &str| {
        profile
            .get("connection", key)
            .and_then(Value::number)
            .unwrap_or_default()
    };
    let best = world
        .profiles
        .iter()
        .filter(may)
        .filter(|(own, _)| fits(world, own, device))
        .max_by_key(|(_, p)| (rank(p, "autoconnect-priority"), rank(p, "timestamp")))
        .map(|(own, _)| own.clone());
    if let Some(own) = best {
        // What cannot be done by itself is left; a person would be told.
        let _ = activate(world, &own, device, "/", "");
    }
}

/// Brings a connection up in no time, for a scene to begin with.
pub fn up_at_once(world: &mut World, own: &str, device: &str) -> Result<String, Refusal> {
    let active = activate(world, own, device, "/", "")?;
    if let Some(activation) = world.activations.get_mut(&active) {
        activation.has_secrets = true;
    }
    for step in [Step::Answered, Step::Address, Step::Check, Step::Up] {
        super::step(world, &active, step);
    }
    world.forget_steps(&active);
    Ok(active)
}
