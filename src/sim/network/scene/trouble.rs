//! Scenes of what goes wrong.

use std::time::Duration;

use super::super::device::{self, Kind};
use super::super::profile::Profile;
use super::super::station::{Fate, Station};
use super::super::world::{Event, World};
use super::{PASSWORD, air, home, loopback, save};

/// The flat, but nothing may be done.
pub fn forbidden(world: &mut World) {
    home(world);
    world.faults.forbidden = true;
}

fn one_network(world: &mut World, station: Station) {
    loopback(world);
    let wlan = device::add(world, Kind::Wifi, "wlan0");
    world.appear(&wlan, Station::new("Other", 40, 2412).wpa2("unknown"));
    world.appear(&wlan, station);
}

/// WPA3 with NetworkManager before 1.58: a wrong password looks like a lost network.
pub fn wpa3_wrong(world: &mut World) {
    one_network(world, Station::new("Modern", 77, 5180).wpa3(PASSWORD));
    world.faults.pace.give_up = Duration::from_secs(3);
}

/// A network whose router gives no address.
pub fn no_dhcp(world: &mut World) {
    one_network(
        world,
        Station::new("No address", 77, 5180)
            .wpa2(PASSWORD)
            .fate(Fate::NoDhcp),
    );
    world.faults.pace.give_up = Duration::from_secs(2);
}

/// The network `reason N` fails with that `NMDeviceStateReason`; `reason 999` is none that is
/// known; `silent` does not answer.
pub fn odd_reasons(world: &mut World) {
    one_network(world, Station::new("silent", 70, 2437).fate(Fate::Silent));
    world.faults.pace.give_up = Duration::from_secs(1);
    if let Some(wlan) = world.device("wlan0") {
        for reason in [1, 4, 5, 6, 9, 10, 11, 15, 16, 17, 35, 53, 57, 64, 76, 999] {
            let station = Station::new(format!("reason {reason}"), 50, 2412);
            world.appear(&wlan, station.fate(Fate::Reason(reason)));
        }
    }
    save(
        world,
        Profile::of("802-3-ethernet", "Wired connection 1", 1),
    );
}

/// Calls are taken, but never answered.
pub fn stalled(world: &mut World) {
    home(world);
    world.faults.stalled = true;
}

/// 300 strengths that all change ten times a second.
pub fn storm(world: &mut World) {
    air::crowd(world);
    let often = Duration::from_millis(100);
    world.faults.storm = Some(often);
    world.later(often, Event::Storm);
}

/// Five times a second an access point comes or goes.
pub fn churn(world: &mut World) {
    home(world);
    let often = Duration::from_millis(200);
    world.faults.churn = Some(often);
    world.later(often, Event::Churn);
}
