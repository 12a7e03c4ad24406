//! `org.freedesktop.NetworkManager` itself: what all devices together are, and what is asked of
//! all together.

use super::activation;
use super::call::{Answer, Call, Refusal};
use super::interfaces::{
    ACCESS_POINT, ACTIVE, AGENT_MANAGER, AGENTS_PATH, DEVICE, DNS_MANAGER, DNS_PATH, MODEM_DEVICE,
    NM, NM_PATH, SETTINGS, SETTINGS_PATH, WIRELESS,
};
use super::tree::Object;
use super::value::{
    Incoming, Properties, Value, dict, dicts, no_entries, nothing, object, objects, path, settings,
    value,
};
use super::world::World;

/// The four objects that are always there.
pub fn build(world: &mut World) {
    let none = Vec::<String>::new;
    let manager = Properties::from([
        ("Devices", objects(none())),
        ("AllDevices", objects(none())),
        ("Checkpoints", objects(none())),
        ("NetworkingEnabled", value(true)),
        ("WirelessEnabled", value(true)),
        ("WirelessHardwareEnabled", value(true)),
        ("WwanEnabled", value(true)),
        ("WwanHardwareEnabled", value(true)),
        ("WimaxEnabled", value(false)),
        ("WimaxHardwareEnabled", value(false)),
        ("RadioFlags", value(0_u32)),
        ("ActiveConnections", objects(none())),
        ("PrimaryConnection", object("/")),
        ("PrimaryConnectionType", value("")),
        ("Metered", value(0_u32)),
        ("ActivatingConnection", object("/")),
        ("Startup", value(false)),
        ("Version", value("1.42.4")),
        ("VersionInfo", value(vec![76292_u32])),
        ("Capabilities", value(vec![1_u32])),
        ("State", value(20_u32)),
        ("Connectivity", value(1_u32)),
        ("ConnectivityCheckAvailable", value(true)),
        ("ConnectivityCheckEnabled", value(true)),
        ("ConnectivityCheckUri", value("http://check.example/nm")),
        ("GlobalDnsConfiguration", no_entries()),
    ]);
    let settings = Properties::from([
        ("Connections", objects(none())),
        ("Hostname", value("flat")),
        ("CanModify", value(true)),
    ]);
    let dns = Properties::from([
        ("Mode", value("default")),
        ("RcManager", value("symlink")),
        ("Configuration", nothing("a{sv}")),
    ]);
    let tree = &mut world.nm;
    tree.add(NM_PATH, Object::from([(NM, manager)]));
    tree.add(SETTINGS_PATH, Object::from([(SETTINGS, settings)]));
    tree.add(
        AGENTS_PATH,
        Object::from([(AGENT_MANAGER, Properties::new())]),
    );
    tree.add(DNS_PATH, Object::from([(DNS_MANAGER, dns)]));
}

pub fn call(world: &mut World, call: &Call<'_>) -> Option<Answer> {
    if call.object != NM_PATH || call.interface != NM {
        return None;
    }
    Some(method(world, call))
}

fn method(world: &mut World, call: &Call<'_>) -> Answer {
    match call.member.as_str() {
        "GetDevices" => call.reply(&(paths(world.nm.texts(NM_PATH, NM, "Devices")),)),
        "GetAllDevices" => call.reply(&(paths(world.nm.with(DEVICE)),)),
        "GetDeviceByIpIface" => {
            let (interface,): (String,) = call.arguments()?;
            let device = world.device(&interface).ok_or_else(|| {
                Refusal::of(
                    "UnknownDevice",
                    format!("No device found for '{interface}'"),
                )
            })?;
            call.reply(&(path(&device),))
        }
        "GetPermissions" => call.reply(&(world.faults.permissions(),)),
        "GetLogging" => call.reply(&("INFO", "")),
        "CheckConnectivity" => {
            refresh(world);
            let connectivity = world.nm.number(NM_PATH, NM, "Connectivity");
            call.reply(&(u32::try_from(connectivity).unwrap_or_default(),))
        }
        "state" => {
            let state = world.nm.number(NM_PATH, NM, "State");
            call.reply(&(u32::try_from(state).unwrap_or_default(),))
        }
        "Enable" => {
            let (on,): (bool,) = call.arguments()?;
            world.faults.allowed("enable-disable-network")?;
            networking(world, on);
            call.reply(&())
        }
        "ActivateConnection" => {
            let (profile, device, specific): (
                zbus::OwnedObjectPath,
                zbus::OwnedObjectPath,
                zbus::OwnedObjectPath,
            ) = call.arguments()?;
            world.faults.allowed("network-control")?;
            let active = activation::activate(world, &profile, &device, &specific, &call.sender)?;
            call.reply(&(path(&active),))
        }
        "AddAndActivateConnection" | "AddAndActivateConnection2" => add_and_activate(world, call),
        "DeactivateConnection" => {
            let (active,): (zbus::OwnedObjectPath,) = call.arguments()?;
            world.faults.allowed("network-control")?;
            activation::deactivate(world, &active)?;
            call.reply(&())
        }
        "Sleep" | "Reload" => call.reply(&()),
        _ => Err(call.unknown()),
    }
}

fn paths(of: Vec<String>) -> Vec<zbus::ObjectPath<'static>> {
    of.iter().map(|text| path(text)).collect()
}

fn add_and_activate(world: &mut World, call: &Call<'_>) -> Answer {
    type Path = zbus::OwnedObjectPath;
    type Options = std::collections::HashMap<String, zbus::OwnedVariant>;
    let second = call.member.ends_with('2');
    let (given, device, specific, persist) = if second {
        let (given, device, specific, mut options): (Incoming, Path, Path, Options) =
            call.arguments()?;
        let persist = options
            .remove("persist")
            .and_then(|p| String::try_from(p).ok());
        (given, device, specific, persist)
    } else {
        let (given, device, specific): (Incoming, Path, Path) = call.arguments()?;
        (given, device, specific, None)
    };
    world.faults.allowed("network-control")?;
    world.faults.allowed("settings.modify.system")?;
    let persist = persist.as_deref().unwrap_or("disk");
    let profile = activation::complete(world, settings(given), &device, &specific)?;
    let profile = super::settings::add(world, profile, persist)?;
    let active = match activation::activate(world, &profile, &device, &specific, &call.sender) {
        Ok(active) => active,
        Err(refusal) => {
            super::settings::delete(world, &profile);
            return Err(refusal);
        }
    };
    if second {
        let result = std::collections::BTreeMap::<&str, Value>::new();
        call.reply(&(path(&profile), path(&active), result))
    } else {
        call.reply(&(path(&profile), path(&active)))
    }
}

/// `nmcli networking on|off`.
pub fn networking(world: &mut World, on: bool) {
    world.nm.set(NM_PATH, NM, "NetworkingEnabled", value(on));
    for device in world.nm.with(DEVICE) {
        let kind = world.nm.number(&device, DEVICE, "DeviceType");
        if kind == 32 {
            continue;
        }
        if on {
            super::device::ready(world, &device);
        } else {
            activation::stop(world, &device, 37);
            super::device::state(world, &device, 10, 37);
        }
    }
    refresh(world);
}

/// What follows from all connections and devices together.
pub fn refresh(world: &mut World) {
    let actives = world.nm.with(ACTIVE);
    let state = |active: &String| world.nm.number(active, ACTIVE, "State");
    let kind = |active: &String| world.nm.text(active, ACTIVE, "Type");
    let links = |active: &&String| {
        !matches!(
            kind(active).as_str(),
            "loopback" | "bridge" | "wireguard" | "vpn" | "tun"
        )
    };
    let up = |active: &&String| state(active) == 2;
    let cost = |active: &&String| match kind(active).as_str() {
        "802-3-ethernet" => 100,
        "802-11-wireless" => 600,
        _ => 700,
    };
    // No route leads anywhere through an access point of one's own.
    let own_point = |active: &&String| {
        let point = world.nm.text(active, ACTIVE, "SpecificObject");
        world.nm.number(&point, ACCESS_POINT, "Mode") == 3
    };
    let link = actives
        .iter()
        .filter(links)
        .filter(up)
        .filter(|active| !own_point(active))
        .min_by_key(cost)
        .cloned();
    let vpn = actives
        .iter()
        .filter(up)
        .find(|active| {
            world.faults.tunnel_takes_all && matches!(kind(active).as_str(), "vpn" | "wireguard")
        })
        .cloned();
    let primary = vpn.or_else(|| link.clone());
    let activating = actives
        .iter()
        .filter(links)
        .find(|active| state(active) == 1)
        .cloned();
    let enabled = world
        .nm
        .get(NM_PATH, NM, "NetworkingEnabled")
        .and_then(Value::flag);
    let connectivity = if link.is_some() {
        world.connectivity
    } else {
        1
    };
    let all = match (&link, &activating) {
        _ if enabled == Some(false) => 10_u32,
        (Some(_), _) if connectivity == 4 => 70,
        (Some(_), _) => 60,
        (None, Some(_)) => 40,
        (None, None) => 20,
    };
    let kind = primary.as_ref().map(kind).unwrap_or_default();
    let was = world.nm.number(NM_PATH, NM, "State");
    for active in &actives {
        let default = primary.as_ref() == Some(active);
        world.nm.set(active, ACTIVE, "Default", value(default));
    }
    let tree = &mut world.nm;
    tree.set(NM_PATH, NM, "ActiveConnections", objects(&actives));
    tree.set(
        NM_PATH,
        NM,
        "PrimaryConnection",
        object(primary.as_deref().unwrap_or("/")),
    );
    tree.set(NM_PATH, NM, "PrimaryConnectionType", value(kind));
    tree.set(
        NM_PATH,
        NM,
        "ActivatingConnection",
        object(activating.as_deref().unwrap_or("/")),
    );
    tree.set(NM_PATH, NM, "Connectivity", value(connectivity));
    tree.set(NM_PATH, NM, "State", value(all));
    if was != i64::from(all) {
        tree.emit(NM_PATH, NM, "StateChanged", &(all,));
    }
}

/// The list of devices, after one came or went.
pub fn list_devices(world: &mut World) {
    let all = world.nm.with(DEVICE);
    let real: Vec<String> = all
        .iter()
        .filter(|path| world.nm.get(path, DEVICE, "Real").and_then(Value::flag) == Some(true))
        .cloned()
        .collect();
    world.nm.set(NM_PATH, NM, "Devices", objects(real));
    world.nm.set(NM_PATH, NM, "AllDevices", objects(all));
    // `NMRadioFlags`: which radios the machine has.
    let has = |interface| u32::from(!world.nm.with(interface).is_empty());
    let radios = has(WIRELESS) + 2 * has(MODEM_DEVICE);
    world.nm.set(NM_PATH, NM, "RadioFlags", value(radios));
}

/// Told to `DnsManager`: the servers of one interface.
pub fn dns(world: &mut World, interface: &str, servers: &[&str]) {
    let entry = dict([
        (
            "nameservers",
            value(servers.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()),
        ),
        ("interface", value(interface.to_owned())),
        ("priority", value(100_i32)),
        ("vpn", value(false)),
    ]);
    world
        .nm
        .set(DNS_PATH, DNS_MANAGER, "Configuration", dicts([entry]));
}
