//! What the kernel's own drivers make of the simulated controllers.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use barpop::sim::gamepad::{
    Battery, Blink, Button, Dpad, Identity, Model, Rumble, Supply, Transport,
};
use evdev::{AbsoluteAxisCode as Axis, FFEffectData, FFEffectKind, FFReplay, FFTrigger, KeyCode};

use crate::gamepad::{Node, Plugged, folder_of, led_in, node_in};
use crate::guest::{get, set};
use crate::{Kernel, Lab, guest};

use super::with;

const LIMIT: Duration = Duration::from_secs(5);

/// What the kernel's drivers make of a controller, without any program of ours: the ground that
/// the other scenarios stand on.
fn the_driver_has_every_control(pad: &Plugged) {
    let controls = pad.read("");
    for (button, code) in [
        (Button::Square, KeyCode::BTN_WEST),
        (Button::Cross, KeyCode::BTN_SOUTH),
        (Button::Circle, KeyCode::BTN_EAST),
        (Button::Triangle, KeyCode::BTN_NORTH),
        (Button::L1, KeyCode::BTN_TL),
        (Button::R1, KeyCode::BTN_TR),
        (Button::L2, KeyCode::BTN_TL2),
        (Button::R2, KeyCode::BTN_TR2),
        (Button::Share, KeyCode::BTN_SELECT),
        (Button::Options, KeyCode::BTN_START),
        (Button::L3, KeyCode::BTN_THUMBL),
        (Button::R3, KeyCode::BTN_THUMBR),
        (Button::Ps, KeyCode::BTN_MODE),
    ] {
        pad.pad.set(|state| state.press(button, true));
        assert_eq!(controls.pressed(), [code], "{button:?}");
        pad.pad.set(|state| state.press(button, false));
        assert!(controls.pressed().is_empty(), "{button:?}");
    }
    pad.pad.set(|state| {
        (state.left, state.right) = ([0, 255], [10, 200]);
        (state.l2, state.r2, state.dpad) = (40, 250, Dpad::DownLeft);
    });
    let axes = [
        Axis::ABS_X,
        Axis::ABS_Y,
        Axis::ABS_RX,
        Axis::ABS_RY,
        Axis::ABS_Z,
        Axis::ABS_RZ,
    ];
    assert_eq!(
        axes.map(|axis| controls.axis(axis)),
        [0, 255, 10, 200, 40, 250]
    );
    let cross = [Axis::ABS_HAT0X, Axis::ABS_HAT0Y].map(|axis| controls.axis(axis));
    assert_eq!(cross, [-1, 1]);

    let motion = pad.read(" Motion Sensors");
    pad.pad.set(|state| {
        state.acceleration_g = [0.5, -1.0, 0.25];
        state.rotation_dps = [90.0, -45.0, 300.0];
    });
    for (axis, g) in [(Axis::ABS_X, 0.5), (Axis::ABS_Y, -1.0), (Axis::ABS_Z, 0.25)] {
        assert!(
            (f64::from(motion.axis(axis)) / 8192.0 - g).abs() < 0.001,
            "{axis:?}"
        );
    }
    // hid-playstation leaves the bias to us, which is some degrees a second.
    for (axis, dps) in [
        (Axis::ABS_RX, 90.0),
        (Axis::ABS_RY, -45.0),
        (Axis::ABS_RZ, 300.0),
    ] {
        let error = f64::from(motion.axis(axis)) / 1024.0 - dps;
        assert!(error.abs() < 2.5, "{axis:?}: {error}");
    }

    let mut touchpad = pad.read(" Touchpad");
    touchpad.events();
    pad.pad.set(|state| {
        state.fingers = [Some([100, 200]), Some([1900, 900])];
        state.press(Button::Touchpad, true);
    });
    // A DualShock 4 at hid-playstation has the click one report later.
    pad.pad.report();
    assert_eq!(touchpad.pressed().first(), Some(&KeyCode::BTN_LEFT));
    let places: Vec<i32> = touchpad
        .events()
        .iter()
        .filter(|event| {
            let [x, y] = [Axis::ABS_MT_POSITION_X, Axis::ABS_MT_POSITION_Y];
            [x.0, y.0].contains(&event.code()) && event.event_type() == evdev::EventType::ABSOLUTE
        })
        .map(evdev::InputEvent::value)
        .collect();
    assert_eq!(places, [100, 200, 1900, 900]);
}

fn the_driver_has_the_battery(pad: &Plugged) {
    for (tenths, supply, percent, words) in [
        (4, Supply::Discharging, "45", "Discharging"),
        (7, Supply::Charging, "75", "Charging"),
        (10, Supply::Full, "100", "Full"),
    ] {
        pad.pad
            .set(|state| state.battery = Battery { tenths, supply });
        let battery = pad.battery();
        let said = [get(battery.join("capacity")), get(battery.join("status"))];
        assert_eq!(said, [percent, words]);
    }
}

/// Writes the light's files one by one, as a shell would.
fn the_light_gets_through(pad: &Plugged) {
    if pad.pad.identity().model.is_dualsense() {
        let light = pad.led("rgb:indicator");
        set(light.join("multi_intensity"), "255 64 1");
        set(light.join("brightness"), "255");
        let players = pad.led("white:player-5");
        set(players.join("brightness"), "1");
        assert!(pad.pad.wait_for(LIMIT, |shown| shown.players & 0x10 != 0));
    } else {
        for (part, value) in [(":red", "255"), (":green", "64"), (":blue", "1")] {
            set(pad.led(part).join("brightness"), value);
        }
    }
    assert!(
        pad.pad
            .wait_for(LIMIT, |shown| shown.colour == [255, 64, 1]),
        "{:?}",
        pad.pad.outputs()
    );
    if !pad.pad.identity().model.is_dualsense() {
        let light = pad.led(":global");
        set(light.join("trigger"), "timer");
        set(light.join("delay_on"), "300");
        set(light.join("delay_off"), "1200");
        let [on, off] = [300, 1200].map(Duration::from_millis);
        assert!(
            pad.pad
                .wait_for(LIMIT, |shown| shown.blink == Blink { on, off }),
            "{:?}",
            pad.pad.shown()
        );
        set(light.join("trigger"), "none");
        assert!(
            pad.pad
                .wait_for(LIMIT, |shown| shown.blink == Blink::default())
        );
    }
}

fn the_motors_run(pad: &Plugged) {
    let mut node = pad.read("").0;
    let mut effect = node
        .upload_ff_effect(FFEffectData {
            direction: 0,
            trigger: FFTrigger::default(),
            replay: FFReplay {
                length: 500,
                delay: 0,
            },
            kind: FFEffectKind::Rumble {
                strong_magnitude: 0xffff,
                weak_magnitude: 0x4000,
            },
        })
        .unwrap();
    effect.play(1).unwrap();
    let rumble = Rumble {
        strong: 0xff,
        weak: 0x40,
    };
    assert!(
        pad.pad.wait_for(LIMIT, |shown| shown.rumble == rumble),
        "{:?}",
        pad.pad.shown()
    );
    assert!(
        pad.pad
            .wait_for(LIMIT, |shown| shown.rumble == Rumble::default())
    );
}

/// All of it, for one controller.
fn the_driver_knows_it(lab: &Lab, driver: &str, model: Model, transport: Transport, number: u8) {
    let pad = Plugged::new(lab, model, transport, number);
    assert_eq!(pad.driver(), driver);
    if model == Model::Dongle {
        // The first report says that there is a controller; then the driver asks for its measures.
        pad.pad.report();
        std::thread::sleep(Duration::from_millis(500));
    }
    the_driver_has_every_control(&pad);
    the_driver_has_the_battery(&pad);
    the_light_gets_through(&pad);
    the_motors_run(&pad);
    let nonsense: Vec<_> = pad
        .pad
        .outputs()
        .into_iter()
        .filter(Result::is_err)
        .collect();
    assert!(nonsense.is_empty(), "{nonsense:?}");
    pad.unplug(lab);
}

#[test]
fn linux_6_1_drives_every_simulated_controller_as_a_real_one() {
    guest(with(Kernel::Linux6_1), |lab| {
        let known = |driver, model, transport, number| {
            the_driver_knows_it(lab, driver, model, transport, number);
        };
        known("sony", Model::DualShock4, Transport::Usb, 1);
        known("sony", Model::DualShock4V2, Transport::Bluetooth, 2);
        known("sony", Model::Dongle, Transport::Usb, 3);
        known("playstation", Model::DualSense, Transport::Usb, 4);
        known("playstation", Model::Edge, Transport::Bluetooth, 5);
    });
}

#[test]
fn linux_6_12_drives_every_simulated_controller_as_a_real_one() {
    guest(with(Kernel::Linux6_12), |lab| {
        let known = |model, transport, number| {
            the_driver_knows_it(lab, "playstation", model, transport, number);
        };
        known(Model::DualShock4, Transport::Usb, 1);
        known(Model::DualShock4V2, Transport::Bluetooth, 2);
        known(Model::Dongle, Transport::Usb, 3);
        known(Model::DualSense, Transport::Bluetooth, 4);
        known(Model::Edge, Transport::Usb, 5);
    });
}

#[test]
fn barpop_sim_plays_a_controller_that_lines_of_text_move() {
    guest(with(Kernel::Linux6_1), |lab| {
        let mut sim = Command::new(env!("CARGO_BIN_EXE_barpop-sim"))
            .args(["gamepad", "--model", "dualsense", "--number", "9"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut hand = sim.stdin.take().unwrap();
        let mut said = BufReader::new(sim.stdout.take().unwrap()).lines();
        let mut said = || said.next().unwrap().unwrap();
        let identity = Identity::new(Model::DualSense, Transport::Usb, 9);
        assert_eq!(said(), identity.mac());
        let folder = lab.eventually("it is there", LIMIT, || {
            folder_of(&identity).filter(|folder| folder.join("power_supply").exists())
        });
        let mut controls = Node::open(&node_in(&folder, ""));
        controls.events();
        lab.eventually("it moves by itself", LIMIT, || {
            (!controls.events().is_empty()).then_some(())
        });
        writeln!(hand, "rest").unwrap();
        writeln!(hand, "press cross").unwrap();
        writeln!(hand, "stick left 1 -1").unwrap();
        lab.eventually("the cross is pressed", LIMIT, || {
            (controls.pressed() == [KeyCode::BTN_SOUTH]).then_some(())
        });
        assert_eq!(controls.axis(Axis::ABS_X), 255);
        let light = format!(
            "{}/multi_intensity",
            led_in(&folder, "rgb:indicator").display()
        );
        set(light, "1 2 3");
        let wanted = "{\"colour\":\"#010203\",\"event\":\"output\"}";
        while said() != wanted {}
        writeln!(hand, "quit").unwrap();
        assert!(sim.wait().unwrap().success());
        lab.wait_until_gone(&folder.display().to_string());
    });
}
