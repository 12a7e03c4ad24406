//! Scenes of what the machine is connected by.

use super::super::device::{self, Kind};
use super::super::interfaces::DEVICE;
use super::super::manager;
use super::super::profile::Profile;
use super::super::station::Station;
use super::super::value::value;
use super::super::world::World;
use super::{cable_out, home, loopback, save, up};

/// A cable in use, and what containers and virtual machines bring.
pub fn ethernet(world: &mut World) {
    loopback(world);
    let eth = device::add(world, Kind::Ethernet, "eth0");
    cable_out(world, "eth1");
    for (kind, interface) in [
        (Kind::Bridge, "docker0"),
        (Kind::Bridge, "virbr0"),
        (Kind::Veth, "veth5a1c2d3"),
        (Kind::Veth, "veth9e8f7a6"),
        (Kind::Tun, "tun0"),
    ] {
        device::add(world, kind, interface);
    }
    let own = save(
        world,
        Profile::of("802-3-ethernet", "Wired connection 1", 1).used(1_794_000_000),
    );
    save(world, Profile::of("802-3-ethernet", "Office", 2));
    up(world, &own, &eth);
}

/// The flat with all radios off.
pub fn airplane(world: &mut World) {
    home(world);
    device::radio(world, "WirelessEnabled", false);
    device::radio(world, "WwanEnabled", false);
}

/// An open network with a sign-in page.
pub fn portal(world: &mut World) {
    loopback(world);
    let wlan = device::add(world, Kind::Wifi, "wlan0");
    world.appear(&wlan, Station::new("Hotel Adler", 66, 2437));
    world.appear(&wlan, Station::new("Hotel Adler", 48, 5180));
    world.appear(&wlan, Station::new("Staff", 60, 2462).wpa2("unknown"));
    let own = save(
        world,
        Profile::wifi("Hotel Adler", None, 1).used(1_794_000_000),
    );
    world.connectivity = 2;
    up(world, &own, &wlan);
    manager::refresh(world);
}

/// The flat with its VPN up.
pub fn vpn_up(world: &mut World) {
    home(world);
    world.faults.tunnel_takes_all = true;
    let is_vpn = |(_, profile): &(&String, &Profile)| profile.kind() == "vpn";
    let own = world
        .profiles
        .iter()
        .find(is_vpn)
        .map(|(own, _)| own.clone());
    up(world, &own.unwrap_or_default(), "/");
    let tun = device::add(world, Kind::Tun, "tun0");
    world.nm.set(&tun, DEVICE, "State", value(100_u32));
    world
        .nm
        .set(&tun, DEVICE, "StateReason", value((100_u32, 0_u32)));
}
