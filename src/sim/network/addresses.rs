//! What a connection gets from its network: `IP4Config`, `IP6Config` and `DHCP4Config`.

use std::net::Ipv4Addr;

use super::interfaces::{ACTIVE, DEVICE, DHCP4, IP4, IP6, NM_PATH};
use super::manager;
use super::tree::Object;
use super::value::{Properties, Value, dict, dicts, nothing, object, value};
use super::world::World;

/// Seconds that a lease lasts.
const LEASE_S: i64 = 43_200;
/// Seconds from 1970 to the moment when the fake's clocks begin, for leases and time stamps.
pub const EPOCH_S: i64 = 1_795_000_000;

/// Gives a device addresses, by its number: 192.168.N.23/24 from the router 192.168.N.1.
pub fn give(world: &mut World, device: &str, active: &str, by_dhcp: bool) {
    take(world, device);
    let number = device.rsplit('/').next().unwrap_or("0").to_owned();
    let subnet = number.parse::<u8>().unwrap_or(0);
    let (own, router) = (
        Ipv4Addr::new(192, 168, subnet, 23),
        Ipv4Addr::new(192, 168, subnet, 1),
    );
    let v4 = world.new_path("IP4Config");
    let address = dict([
        ("address", value(own.to_string())),
        ("prefix", value(24_u32)),
    ]);
    let route = dict([
        ("dest", value("0.0.0.0")),
        ("prefix", value(0_u32)),
        ("next-hop", value(router.to_string())),
        ("metric", value(600_u32)),
    ]);
    let raw = |address: Ipv4Addr| u32::from_ne_bytes(address.octets());
    let server = dict([("address", value(router.to_string()))]);
    let properties = Properties::from([
        ("Addresses", value(vec![vec![raw(own), 24, raw(router)]])),
        ("AddressData", dicts([address])),
        ("Gateway", value(router.to_string())),
        ("Routes", nothing("au")),
        ("RouteData", dicts([route])),
        ("NameserverData", dicts([server])),
        ("Nameservers", value(vec![raw(router)])),
        ("Domains", value(vec!["home.example"])),
        ("Searches", nothing("s")),
        ("DnsOptions", nothing("s")),
        ("DnsPriority", value(100_i32)),
        ("WinsServerData", nothing("s")),
        ("WinsServers", nothing("u")),
    ]);
    world.nm.add(&v4, Object::from([(IP4, properties)]));

    let v6 = world.new_path("IP6Config");
    let link_local = format!("fe80::5e:{number}");
    let address = dict([("address", value(link_local)), ("prefix", value(64_u32))]);
    let properties = Properties::from([
        ("Addresses", nothing("(ayuay)")),
        ("AddressData", dicts([address])),
        ("Gateway", value("")),
        ("Routes", nothing("(ayuayu)")),
        ("RouteData", nothing("a{sv}")),
        ("Nameservers", nothing("ay")),
        ("Domains", nothing("s")),
        ("Searches", nothing("s")),
        ("DnsOptions", nothing("s")),
        ("DnsPriority", value(100_i32)),
    ]);
    world.nm.add(&v6, Object::from([(IP6, properties)]));

    let dhcp = if by_dhcp {
        let dhcp = world.new_path("DHCP4Config");
        let until = EPOCH_S + world.boot_ms() / 1000 + LEASE_S;
        let options = dict([
            ("ip_address", value(own.to_string())),
            ("subnet_mask", value("255.255.255.0")),
            ("routers", value(router.to_string())),
            ("domain_name_servers", value(router.to_string())),
            ("domain_name", value("home.example")),
            ("dhcp_server_identifier", value(router.to_string())),
            ("dhcp_lease_time", value(LEASE_S.to_string())),
            ("expiry", value(until.to_string())),
        ]);
        let properties = Properties::from([("Options", value(options))]);
        world.nm.add(&dhcp, Object::from([(DHCP4, properties)]));
        dhcp
    } else {
        "/".to_owned()
    };
    for (object_path, interface) in [(device, DEVICE), (active, ACTIVE)] {
        let tree = &mut world.nm;
        tree.set(object_path, interface, "Ip4Config", object(&v4));
        tree.set(object_path, interface, "Ip6Config", object(&v6));
        tree.set(object_path, interface, "Dhcp4Config", object(&dhcp));
    }
    let interface = world.nm.text(device, DEVICE, "Interface");
    manager::dns(world, &interface, &[&router.to_string()]);
}

/// Takes a device's addresses away.
pub fn take(world: &mut World, device: &str) {
    for property in ["Ip4Config", "Ip6Config", "Dhcp4Config"] {
        let of = |value: &Value| value.text().map(str::to_owned);
        let config = world.nm.get(device, DEVICE, property).and_then(of);
        world.nm.set(device, DEVICE, property, object("/"));
        if let Some(config) = config.filter(|path| path.starts_with(NM_PATH)) {
            world.nm.remove(&config);
        }
    }
}
