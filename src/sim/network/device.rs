//! Devices of all kinds: their properties, their states, and their radios' switches.

use super::activation;
use super::addresses;
use super::call::{Answer, Call, Refusal};
use super::interfaces::{
    BLUETOOTH, BRIDGE, DEVICE, LOOPBACK, MODEM_DEVICE, NM, NM_PATH, STATISTICS, TUN, VETH,
    WIFI_P2P, WIRED, WIREGUARD, WIRELESS,
};
use super::manager;
use super::tree::Object;
use super::value::{Properties, Value, nothing, object, objects, path, value};
use super::world::World;

/// What kind of device (`NMDeviceType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Ethernet,
    Wifi,
    WifiP2p,
    Modem,
    WireGuard,
    Bluetooth,
    Bridge,
    Veth,
    Tun,
    Loopback,
}

impl Kind {
    fn number(self) -> u32 {
        match self {
            Self::Ethernet => 1,
            Self::Wifi => 2,
            Self::Bluetooth => 5,
            Self::Modem => 8,
            Self::Bridge => 13,
            Self::Tun => 16,
            Self::Veth => 20,
            Self::WireGuard => 29,
            Self::WifiP2p => 30,
            Self::Loopback => 32,
        }
    }

    fn driver(self) -> &'static str {
        match self {
            Self::Ethernet => "e1000e",
            Self::Wifi => "iwlwifi",
            Self::Bluetooth => "bluez",
            Self::Modem => "cdc_mbim",
            Self::Bridge => "bridge",
            Self::Tun => "tun",
            Self::Veth => "veth",
            Self::WireGuard => "wireguard",
            Self::WifiP2p | Self::Loopback => "",
        }
    }

    /// The interfaces of its own.
    fn interfaces(self, address: &str) -> Vec<(&'static str, Properties)> {
        let address = || ("HwAddress", value(address.to_owned()));
        let wired = Properties::from([
            address(),
            ("PermHwAddress", address().1),
            ("Speed", value(1000_u32)),
            ("S390Subchannels", nothing("s")),
            ("Carrier", value(true)),
        ]);
        match self {
            Self::Ethernet => vec![(WIRED, wired)],
            Self::Veth => vec![
                (WIRED, wired),
                (VETH, Properties::from([("Peer", object("/"))])),
            ],
            Self::Wifi => vec![(
                WIRELESS,
                Properties::from([
                    address(),
                    ("PermHwAddress", address().1),
                    ("Mode", value(2_u32)),
                    ("Bitrate", value(0_u32)),
                    ("AccessPoints", objects(Vec::<String>::new())),
                    ("ActiveAccessPoint", object("/")),
                    // WEP, TKIP, CCMP, WPA, RSN, access point, 2.4 GHz, 5 GHz.
                    ("WirelessCapabilities", value(0x067f_u32)),
                    ("LastScan", value(-1_i64)),
                ]),
            )],
            Self::WifiP2p => {
                let peers = objects(Vec::<String>::new());
                vec![(WIFI_P2P, Properties::from([address(), ("Peers", peers)]))]
            }
            Self::Modem => vec![(
                MODEM_DEVICE,
                Properties::from([
                    ("ModemCapabilities", value(0xc_u32)),
                    ("CurrentCapabilities", value(0xc_u32)),
                    ("DeviceId", value("3e2b1f")),
                    ("OperatorCode", value("")),
                    ("Apn", value("")),
                ]),
            )],
            Self::WireGuard => vec![(
                WIREGUARD,
                Properties::from([
                    ("PublicKey", value(vec![7_u8; 32])),
                    ("ListenPort", value(0_u16)),
                    ("FwMark", value(0_u32)),
                ]),
            )],
            Self::Bluetooth => vec![(
                BLUETOOTH,
                Properties::from([
                    address(),
                    ("Name", value("Anna's phone")),
                    ("BtCapabilities", value(2_u32)),
                ]),
            )],
            Self::Bridge => {
                let slaves = objects(Vec::<String>::new());
                let carrier = ("Carrier", value(true));
                vec![(
                    BRIDGE,
                    Properties::from([address(), carrier, ("Slaves", slaves)]),
                )]
            }
            Self::Tun => vec![(
                TUN,
                Properties::from([
                    ("Owner", value(-1_i64)),
                    ("Group", value(-1_i64)),
                    ("Mode", value("tun")),
                    ("NoPi", value(true)),
                    ("VnetHdr", value(false)),
                    ("MultiQueue", value(false)),
                    ("HwAddress", value("")),
                ]),
            )],
            Self::Loopback => vec![(LOOPBACK, Properties::new())],
        }
    }
}

/// Adds a device that is ready to connect.
pub fn add(world: &mut World, kind: Kind, interface: &str) -> String {
    let number = world.number("Devices");
    let device = format!("{NM_PATH}/Devices/{number}");
    let address = format!("02:00:00:00:01:{number:02X}");
    let state = if matches!(kind, Kind::WifiP2p | Kind::Bridge | Kind::Veth) {
        10_u32
    } else {
        30
    };
    let ip_interface = if kind == Kind::Modem { "" } else { interface };
    let properties = Properties::from([
        (
            "Udi",
            value(format!("/sys/devices/virtual/net/{interface}")),
        ),
        ("Path", value("")),
        ("Interface", value(interface.to_owned())),
        ("IpInterface", value(ip_interface.to_owned())),
        ("Driver", value(kind.driver())),
        ("DriverVersion", value("6.1")),
        ("FirmwareVersion", value("")),
        (
            "Capabilities",
            value(if kind == Kind::Ethernet { 7_u32 } else { 1 }),
        ),
        ("Ip4Address", value(0_u32)),
        ("State", value(state)),
        ("StateReason", value((state, 0_u32))),
        ("ActiveConnection", object("/")),
        ("Ip4Config", object("/")),
        ("Dhcp4Config", object("/")),
        ("Ip6Config", object("/")),
        ("Dhcp6Config", object("/")),
        ("Managed", value(state != 10)),
        ("Autoconnect", value(true)),
        ("FirmwareMissing", value(false)),
        ("NmPluginMissing", value(false)),
        ("DeviceType", value(kind.number())),
        ("AvailableConnections", objects(Vec::<String>::new())),
        ("PhysicalPortId", value("")),
        ("Mtu", value(1500_u32)),
        ("Metered", value(0_u32)),
        ("LldpNeighbors", nothing("a{sv}")),
        ("Real", value(true)),
        ("Ip4Connectivity", value(0_u32)),
        ("Ip6Connectivity", value(0_u32)),
        ("InterfaceFlags", value(0x10003_u32)),
        ("HwAddress", value(address.clone())),
        ("Ports", objects(Vec::<String>::new())),
    ]);
    let statistics = Properties::from([
        ("RefreshRateMs", value(0_u32)),
        ("TxBytes", value(0_u64)),
        ("RxBytes", value(0_u64)),
    ]);
    let mut interfaces = Object::from([(DEVICE, properties), (STATISTICS, statistics)]);
    interfaces.extend(kind.interfaces(&address));
    world.nm.add(&device, interfaces);
    manager::list_devices(world);
    let body = (path(&device),);
    world.nm.emit(NM_PATH, NM, "DeviceAdded", &body);
    available(world);
    device
}

/// Takes a device away.
pub fn remove(world: &mut World, device: &str) {
    activation::stop(world, device, 36);
    for point in world.access_points(device) {
        world.vanish(&point);
    }
    world.unseen.retain(|(at, _)| at != device);
    addresses::take(world, device);
    world.nm.remove(device);
    manager::list_devices(world);
    let body = (path(device),);
    world.nm.emit(NM_PATH, NM, "DeviceRemoved", &body);
    manager::refresh(world);
}

/// Changes a device's state for a reason (`NMDeviceState`, `NMDeviceStateReason`).
pub fn state(world: &mut World, device: &str, to: u32, reason: u32) {
    let tree = &mut world.nm;
    let Ok(from) = u32::try_from(tree.number(device, DEVICE, "State")) else {
        return;
    };
    if from == to || !tree.has(device, DEVICE) {
        return;
    }
    tree.set(device, DEVICE, "State", value(to));
    tree.set(device, DEVICE, "StateReason", value((to, reason)));
    tree.emit(device, DEVICE, "StateChanged", &(to, from, reason));
}

/// A switch on or off, by radio.
pub fn radio(world: &mut World, property: &'static str, on: bool) {
    world.nm.set(NM_PATH, NM, property, value(on));
    let kinds: &[i64] = if property.starts_with("Wireless") {
        &[2, 30]
    } else {
        &[8]
    };
    for device in world.nm.with(DEVICE) {
        if !kinds.contains(&world.nm.number(&device, DEVICE, "DeviceType")) {
            continue;
        }
        if radio_is_on(world, &device) {
            ready(world, &device);
        } else {
            activation::stop(world, &device, 0);
            for point in world.access_points(&device) {
                let seen = world.vanish(&point);
                // One that hides its name is among them already.
                world
                    .unseen
                    .extend(seen.filter(|(_, station)| !station.hidden));
            }
            state(world, &device, 20, 0);
        }
    }
    if property == "WwanEnabled" {
        super::modem::radio(world, on);
    }
    manager::refresh(world);
}

fn radio_is_on(world: &World, device: &str) -> bool {
    let on = |property| world.nm.get(NM_PATH, NM, property).and_then(Value::flag) == Some(true);
    match world.nm.number(device, DEVICE, "DeviceType") {
        2 | 30 => on("WirelessEnabled") && on("WirelessHardwareEnabled"),
        8 => on("WwanEnabled") && on("WwanHardwareEnabled"),
        _ => true,
    }
}

/// A device can be used (again); what may connect by itself does.
pub fn ready(world: &mut World, device: &str) {
    let carrier = world.nm.get(device, WIRED, "Carrier").and_then(Value::flag);
    if !radio_is_on(world, device) || carrier == Some(false) {
        return state(world, device, 20, 0);
    }
    state(world, device, 20, 2);
    state(world, device, 30, 0);
    if world.nm.has(device, WIRELESS) {
        super::wifi::look_around(world, device);
    }
    available(world);
    activation::by_itself(world, device);
}

/// Which profiles each device could use now.
pub fn available(world: &mut World) {
    for device in world.nm.with(DEVICE) {
        let fits = |profile: &&String| activation::fits(world, profile, &device);
        let profiles: Vec<String> = world.profiles.keys().filter(fits).cloned().collect();
        world
            .nm
            .set(&device, DEVICE, "AvailableConnections", objects(profiles));
    }
}

/// The cable of an Ethernet device is pulled or put in.
pub fn cable(world: &mut World, device: &str, in_place: bool) {
    world.nm.set(device, WIRED, "Carrier", value(in_place));
    if in_place {
        ready(world, device);
    } else {
        activation::stop(world, device, 40);
        state(world, device, 20, 40);
    }
    manager::refresh(world);
}

pub fn call(world: &mut World, call: &Call<'_>) -> Option<Answer> {
    if call.interface != DEVICE || !world.nm.has(&call.object, DEVICE) {
        return None;
    }
    let device = call.object.clone();
    Some(method(world, call, &device))
}

fn method(world: &mut World, call: &Call<'_>, device: &str) -> Answer {
    match call.member.as_str() {
        "Disconnect" => disconnect(world, call, device),
        "GetAppliedConnection" => {
            let applied = activation::on_device(world, device)
                .and_then(|active| world.activations.get(&active))
                .and_then(|activation| world.profiles.get(&activation.profile));
            let settings = applied.map(|profile| profile.settings.clone());
            let not_active = || Refusal::of("Device.NotActive", "Device is not activated");
            call.reply(&(settings.ok_or_else(not_active)?, 1_u64))
        }
        _ => Err(call.unknown()),
    }
}

fn disconnect(world: &mut World, call: &Call<'_>, device: &str) -> Answer {
    world.faults.allowed("network-control")?;
    if world.nm.number(device, DEVICE, "State") <= 30 {
        let text = "Cannot disconnect an inactive device";
        return Err(Refusal::of("Device.NotActive", text));
    }
    world.nm.set(device, DEVICE, "Autoconnect", value(false));
    activation::stop(world, device, 39);
    call.reply(&())
}

/// A property that may be written.
pub fn set(
    world: &mut World,
    object: &str,
    interface: &str,
    property: &str,
    to: &Value,
) -> Result<(), Refusal> {
    match (interface, property, to.flag()) {
        (NM, "WirelessEnabled", Some(on)) => {
            world.faults.allowed("enable-disable-wifi")?;
            radio(world, "WirelessEnabled", on);
        }
        (NM, "WwanEnabled", Some(on)) => {
            world.faults.allowed("enable-disable-wwan")?;
            radio(world, "WwanEnabled", on);
        }
        (NM, "ConnectivityCheckEnabled", Some(_)) => {
            world
                .nm
                .set(object, NM, "ConnectivityCheckEnabled", to.clone());
        }
        (DEVICE, "Autoconnect", Some(_)) => {
            world.faults.allowed("network-control")?;
            world.nm.set(object, DEVICE, "Autoconnect", to.clone());
        }
        (DEVICE, "Managed", Some(managed)) => {
            world.faults.allowed("network-control")?;
            world.nm.set(object, DEVICE, "Managed", to.clone());
            if managed {
                ready(world, object);
            } else {
                activation::stop(world, object, 38);
                state(world, object, 10, 38);
            }
        }
        (STATISTICS, "RefreshRateMs", _) => {
            world
                .nm
                .set(object, STATISTICS, "RefreshRateMs", to.clone());
        }
        _ => {
            let text = format!("Property '{property}' is not writable");
            return Err(Refusal::standard("PropertyReadOnly", text));
        }
    }
    Ok(())
}
