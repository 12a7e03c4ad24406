//! Scenes: what stands around the machine when a fake NetworkManager starts.
//!
//! Each is a short list of what is there. Add one by writing a function and its line below.

mod air;
mod links;
mod mobile;
mod trouble;

use super::activation::up_at_once;
use super::device::{self, Kind};
use super::interfaces::{DEVICE, WIRED};
use super::profile::{Profile, vpn, wireguard};
use super::settings;
use super::station::Station;
use super::value::value;
use super::world::World;

/// A scene.
#[derive(Clone, Copy)]
pub struct Scene {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    pub(super) build: fn(&mut World),
}

/// All scenes.
pub const SCENES: &[Scene] = &[
    Scene {
        name: "home",
        about: "a flat: Wi-Fi in use, ten neighbours, cable out, a modem, a VPN and WireGuard",
        build: home,
    },
    Scene {
        name: "empty",
        about: "NetworkManager without any device",
        build: |_| {},
    },
    Scene {
        name: "crowd",
        about: "300 access points of 200 networks, all moving",
        build: air::crowd,
    },
    Scene {
        name: "hostile",
        about: "names that would break a bar or fool a reader",
        build: air::hostile,
    },
    Scene {
        name: "two-adapters",
        about: "two Wi-Fi adapters that hear the same networks",
        build: air::two_adapters,
    },
    Scene {
        name: "enterprise",
        about: "802.1X, hidden, open, enhanced open and WEP networks",
        build: air::enterprise,
    },
    Scene {
        name: "ethernet",
        about: "a cable in use, bridges and container interfaces beside it",
        build: links::ethernet,
    },
    Scene {
        name: "airplane",
        about: "all radios off",
        build: links::airplane,
    },
    Scene {
        name: "portal",
        about: "a hotel: a sign-in page stands before the internet",
        build: links::portal,
    },
    Scene {
        name: "vpn",
        about: "the flat with the VPN up, as the primary connection",
        build: links::vpn_up,
    },
    Scene {
        name: "mobile",
        about: "the mobile network in use",
        build: mobile::mobile,
    },
    Scene {
        name: "roaming",
        about: "the mobile network in use, abroad",
        build: mobile::roaming,
    },
    Scene {
        name: "sim-pin",
        about: "a modem whose SIM wants its PIN (1234)",
        build: mobile::sim_pin,
    },
    Scene {
        name: "sim-puk",
        about: "a modem whose SIM wants its PUK (12345678)",
        build: mobile::sim_puk,
    },
    Scene {
        name: "two-modems",
        about: "two modems, the second with a locked SIM",
        build: mobile::two_modems,
    },
    Scene {
        name: "forbidden",
        about: "the flat, but nothing may be done",
        build: trouble::forbidden,
    },
    Scene {
        name: "wpa3-wrong",
        about: "a WPA3 network that nobody tells the wrong password of",
        build: trouble::wpa3_wrong,
    },
    Scene {
        name: "no-dhcp",
        about: "a network that gives no address",
        build: trouble::no_dhcp,
    },
    Scene {
        name: "odd-reasons",
        about: "networks that fail for reasons one rarely sees",
        build: trouble::odd_reasons,
    },
    Scene {
        name: "stalled",
        about: "the flat, but calls are never answered",
        build: trouble::stalled,
    },
    Scene {
        name: "storm",
        about: "the crowd with every strength changing ten times a second",
        build: trouble::storm,
    },
    Scene {
        name: "churn",
        about: "the flat with access points coming and going all the time",
        build: trouble::churn,
    },
];

/// The scene of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Scene> {
    SCENES.iter().find(|scene| scene.name == name)
}

/// The password of the scenes' own networks.
pub const PASSWORD: &str = "correct horse";

/// `home`: what most people have.
fn home(world: &mut World) {
    loopback(world);
    cable_out(world, "eth0");
    let wlan = device::add(world, Kind::Wifi, "wlan0");
    device::add(world, Kind::WifiP2p, "p2p-dev-wlan0");
    super::modem::add(world, "cdc-wdm0", &super::modem::Plan::default());
    world.appear(
        &wlan,
        Station::new("Meisenweg 12", 82, 5180).wpa2_and_wpa3(PASSWORD),
    );
    world.appear(
        &wlan,
        Station::new("Meisenweg 12", 91, 2437).wpa2_and_wpa3(PASSWORD),
    );
    neighbours(world, &wlan);
    let flat = save(
        world,
        Profile::wifi("Meisenweg 12", Some(PASSWORD), 1).used(1_794_990_000),
    );
    save(
        world,
        Profile::wifi("Oma", Some("Kaffee und Kuchen"), 2).used(1_790_000_000),
    );
    save(
        world,
        Profile::wifi("Hotel Adler", None, 3).used(1_780_000_000),
    );
    save(
        world,
        Profile::of("802-3-ethernet", "Wired connection 1", 4),
    );
    save(world, mobile_profile(5));
    save(
        world,
        vpn("Work", "vpn.example.com", Some("canary-vpn-secret"), 6),
    );
    save(world, wireguard("Home tunnel", "wg-home", 7));
    up(world, &flat, &wlan);
}

/// Ten others, of all kinds.
fn neighbours(world: &mut World, device: &str) {
    let others = [
        Station::new("FRITZ!Box 7590 KX", 64, 2412).wpa2("a"),
        Station::new("Vodafone-A3F4", 58, 5260).wpa2_and_wpa3("b"),
        Station::new("WLAN-482913", 51, 2462).wpa2("c"),
        Station::new("Freifunk", 47, 2437),
        Station::new("Klopse & Söhne 🍲", 43, 5500).wpa3("d"),
        Station::new("eduroam", 39, 5620).enterprise("anna@uni.example", "canary-eap"),
        Station::new("Drucker-Direct", 33, 2412).wpa2("e"),
        Station::new("Café Kosmos", 28, 2437).owe(),
        Station::new("alt", 22, 2462).wep("abcde"),
        Station::new("Vodafone-A3F4", 19, 2462).wpa2_and_wpa3("b"),
        Station::new("verborgen", 44, 2412).wpa2("f").hidden(),
    ];
    for station in others {
        if station.hidden {
            world.unseen.push((device.to_owned(), station.clone()));
        }
        world.appear(device, station);
    }
}

fn loopback(world: &mut World) {
    let lo = device::add(world, Kind::Loopback, "lo");
    let mut profile = Profile::of("loopback", "lo", 90);
    profile.unsaved = true;
    let own = save(
        world,
        profile.with("connection", "autoconnect", value(false)),
    );
    up(world, &own, &lo);
}

/// An Ethernet device without a cable.
fn cable_out(world: &mut World, interface: &str) -> String {
    let device = device::add(world, Kind::Ethernet, interface);
    world.nm.set(&device, WIRED, "Carrier", value(false));
    world.nm.set(&device, WIRED, "Speed", value(0_u32));
    world.nm.set(&device, DEVICE, "State", value(20_u32));
    world
        .nm
        .set(&device, DEVICE, "StateReason", value((20_u32, 40_u32)));
    device
}

/// A profile for the mobile network.
fn mobile_profile(number: u32) -> Profile {
    Profile::of("gsm", "Mustermobil", number)
        .with("gsm", "apn", value("internet.example"))
        .with("connection", "autoconnect", value(false))
}

/// Saves a profile; a scene's are always good.
fn save(world: &mut World, profile: Profile) -> String {
    let persist = if profile.unsaved { "memory" } else { "disk" };
    settings::add(world, profile, persist).unwrap_or_default()
}

/// Brings a profile up on a device.
fn up(world: &mut World, own: &str, device: &str) {
    let _ = up_at_once(world, own, device);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_can_be_built() {
        for scene in SCENES {
            let mut world = World::new(0);
            (scene.build)(&mut world);
            let (nm, _) = world.take_messages();
            assert!(!nm.is_empty(), "{}", scene.name);
        }
    }

    #[test]
    fn at_home_the_own_network_is_in_use() {
        let mut world = World::new(0);
        home(&mut world);
        let device = world.device("wlan0").unwrap();
        assert_eq!(world.nm.number(&device, DEVICE, "State"), 100);
        assert_eq!(world.profiles.len(), 8);
    }
}
