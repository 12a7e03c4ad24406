//! Scenes of the mobile network.

use super::super::device::{self, Kind};
use super::super::modem::{self, Plan};
use super::super::profile::Profile;
use super::super::value::value;
use super::super::world::World;
use super::{loopback, mobile_profile, save, up};

fn with(world: &mut World, plan: &Plan) -> (String, String) {
    loopback(world);
    let device = modem::add(world, "cdc-wdm0", plan);
    let own = save(world, mobile_profile(1));
    (device, own)
}

/// In use, at home; a phone that shares its network over Bluetooth lies beside it.
pub fn mobile(world: &mut World) {
    let (device, own) = with(world, &Plan::default());
    device::add(world, Kind::Bluetooth, "02:00:5E:AA:BB:CC");
    let phone = Profile::of("bluetooth", "Anna's phone", 2)
        .with("bluetooth", "type", value("panu"))
        .with("connection", "autoconnect", value(false));
    save(world, phone);
    up(world, &own, &device);
}

/// In use, in a foreign network.
pub fn roaming(world: &mut World) {
    let abroad = Plan {
        operator: "Ailleurs Télécom",
        operator_code: "20899",
        technology: 0x20,
        signal: 44,
        roaming: true,
        locked: false,
    };
    let (device, own) = with(world, &abroad);
    up(world, &own, &device);
}

/// A SIM that wants its PIN, 1234; three tries are left.
pub fn sim_pin(world: &mut World) {
    with(
        world,
        &Plan {
            locked: true,
            ..Plan::default()
        },
    );
}

/// A SIM that wants its PUK, 12345678.
pub fn sim_puk(world: &mut World) {
    let (device, _) = with(
        world,
        &Plan {
            locked: true,
            ..Plan::default()
        },
    );
    modem::wear_out(world, &device, 0);
}

/// Two modems; the SIM of the second is locked, with one try left.
pub fn two_modems(world: &mut World) {
    with(world, &Plan::default());
    let second = modem::add(
        world,
        "ttyACM3",
        &Plan {
            locked: true,
            ..Plan::default()
        },
    );
    modem::wear_out(world, &second, 1);
}
