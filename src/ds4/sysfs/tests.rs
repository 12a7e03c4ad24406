use super::*;
use crate::ds4::fake::Fake;

const SONY: Fake<'_> = Fake {
    hid: "0005:054C:09CC.0003",
    driver: "sony",
    mac: "a4:50:46:00:11:22",
    input: 7,
};
const PLAYSTATION: Fake<'_> = Fake {
    hid: "0003:054C:0CE6.0011",
    driver: "playstation",
    mac: "a4:50:46:00:33:44",
    input: 20,
};

fn tree() -> (tempfile::TempDir, Root) {
    let folder = tempfile::tempdir().unwrap();
    let root = Root::tree(folder.path());
    (folder, root)
}

#[test]
fn the_pads_of_both_drivers_are_found_with_all_that_is_theirs() {
    let (_folder, root) = tree();
    PLAYSTATION.plug(&root);
    SONY.plug(&root);
    let pads = look(&root).unwrap();
    let [first, second] = &pads[..] else {
        panic!("{pads:?}");
    };
    assert_eq!(first.model, Model::DualShock4V2);
    assert_eq!(first.transport, Transport::Bluetooth);
    assert_eq!(first.driver, Driver::HidSony);
    assert_eq!(first.id.mac(), Some(SONY.mac));
    assert_eq!(first.motion, Some(root.dev.join("input/event7")));
    assert_eq!(first.touchpad, Some(root.dev.join("input/event8")));
    assert_eq!(first.gamepad, Some(root.dev.join("input/event9")));
    assert_eq!(first.hidraw, Some(root.dev.join("hidraw3")));
    assert_eq!(
        first.leds.channels.as_ref().unwrap()[2],
        SONY.led(&root, "blue")
    );
    assert_eq!(first.leds.global, Some(SONY.led(&root, "global")));
    assert_eq!(first.leds.multicolour, None);
    assert_eq!(
        first.read_battery(),
        Some(Battery {
            percent: Some(70),
            charge: Charge::Discharging
        })
    );

    assert_eq!(second.model, Model::DualSense);
    assert_eq!(second.driver, Driver::HidPlaystation);
    assert_eq!(second.gamepad, Some(root.dev.join("input/event22")));
    assert_eq!(second.leds.channels, None);
    assert_eq!(
        second.leds.multicolour,
        Some(PLAYSTATION.led(&root, "rgb:indicator"))
    );
    assert_eq!(second.leds.players.len(), 5);
}

#[test]
fn a_full_battery_that_nobody_measured_yet_is_not_believed() {
    let (_folder, root) = tree();
    SONY.plug(&root);
    SONY.set_battery(&root, "100", "Unknown");
    let battery = |root: &Root| look(root).unwrap()[0].read_battery();
    assert_eq!(battery(&root), Some(Battery::default()));
    SONY.set_battery(&root, "100", "Full");
    assert_eq!(
        battery(&root),
        Some(Battery {
            percent: Some(100),
            charge: Charge::Full
        })
    );
    SONY.set_battery(&root, "garbage", "Charging");
    assert_eq!(battery(&root).unwrap().percent, None);
}

#[test]
fn what_is_no_pad_or_has_no_driver_yet_is_left_out() {
    let (_folder, root) = tree();
    assert_eq!(look(&root).unwrap(), []);
    for name in [
        "0003:046D:C52B.0001",
        "0003:054C:0268.0002",
        "0018:054C:05C4.0004",
        "0003:054C:05C4.0005",
        "0003:054C:05C4",
        "nonsense",
    ] {
        fs::create_dir_all(root.sys.join("bus/hid/devices").join(name)).unwrap();
    }
    assert_eq!(look(&root).unwrap(), []);
}

#[test]
fn a_pad_without_its_driver_is_known_by_its_device() {
    let (_folder, root) = tree();
    let pad = Fake {
        hid: "0003:054C:05C4.0001",
        driver: "hid-generic",
        mac: "",
        input: 1,
    };
    pad.plug(&root);
    let found = look(&root).unwrap().remove(0);
    assert_eq!(found.driver, Driver::Other("hid-generic".to_owned()));
    assert_eq!(found.id.as_str(), pad.hid);
    assert_eq!(found.read_battery(), None);
    assert_eq!(found.leds, Leds::default());
}
