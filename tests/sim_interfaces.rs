//! What the fake NetworkManager and ModemManager say of their objects is what the real ones' own
//! interface files say: every property, with its type.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/bus.rs"]
mod bus;
#[path = "support/foreign.rs"]
mod foreign;

use std::collections::BTreeMap;

use barpop::sim::network::Network;
use bus::Bus;
use foreign::{program, run};

#[test]
fn what_it_says_of_its_objects_is_what_the_interface_files_say() {
    let bus = Bus::start();
    let mut seen = BTreeMap::new();
    for scene in ["home", "mobile", "ethernet", "vpn"] {
        let network = Network::start(&bus.address(), scene).unwrap();
        if scene == "home" {
            network.control("up \"Home tunnel\"").unwrap();
        }
        let nm = "org.freedesktop.NetworkManager";
        let mut objects = tree(&bus, nm);
        for fixed in ["", "/Settings", "/AgentManager", "/DnsManager"] {
            objects.push(format!("/org/freedesktop/NetworkManager{fixed}"));
        }
        let mut objects: Vec<_> = objects.into_iter().map(|object| (nm, object)).collect();
        if scene != "ethernet" {
            let mm = "org.freedesktop.ModemManager1";
            objects.extend(tree(&bus, mm).into_iter().map(|object| (mm, object)));
        }
        for (service, object) in objects {
            let mut command = bus.program(program("busctl", "systemd"));
            command.args(["--system", "introspect", service, object.as_str()]);
            let said = run(&mut command, "").unwrap();
            let mut interface = "";
            for line in said.lines() {
                let words: Vec<&str> = line.split_whitespace().collect();
                match words[..] {
                    [name, "interface", ..] => {
                        interface = name;
                        seen.entry(name.to_owned()).or_insert_with(BTreeMap::new);
                    }
                    [name, "property", kind, ..] => {
                        let name = name.trim_start_matches('.').to_owned();
                        let types = seen.entry(interface.to_owned()).or_default();
                        types.insert(name, kind.to_owned());
                    }
                    _ => {}
                }
            }
        }
    }
    seen.retain(|interface, _| !interface.starts_with("org.freedesktop.DBus."));
    assert!(seen.len() >= 25, "{:?}", seen.keys());
    for (interface, types) in seen {
        assert_eq!(types, promised(&interface), "{interface}");
    }
}

/// The paths of a service's objects; of the many of one kind the first few.
fn tree(bus: &Bus, service: &str) -> Vec<String> {
    let mut command = bus.program(program("busctl", "systemd"));
    command.args(["--system", "--list", "tree", service]);
    let all = run(&mut command, "").unwrap();
    let numbered = |path: &&str| path.ends_with(|c: char| c.is_ascii_digit());
    let first = |path: &&str| {
        path.rsplit('/')
            .next()
            .is_some_and(|number| number.len() == 1)
    };
    let paths = all.lines().filter(numbered).filter(first);
    paths.map(str::to_owned).collect()
}

/// Names and types of an interface's properties, by the file that comes with NetworkManager.
fn promised(interface: &str) -> BTreeMap<String, String> {
    let file = format!("/usr/share/dbus-1/interfaces/{interface}.xml");
    let xml = std::fs::read_to_string(&file);
    let xml = xml.unwrap_or_else(|error| {
        panic!("{file}: {error}: apt-get install network-manager-dev modemmanager-dev")
    });
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!("{name}=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    xml.split("<property ")
        .skip(1)
        .map(|tag| {
            (
                attribute(tag, "name").unwrap(),
                attribute(tag, "type").unwrap(),
            )
        })
        .collect()
}
