//! Controllers as barpop reads and lights them, on the kernel's own drivers.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use barpop::ds4::Options;
use barpop::ds4::command::{Command, Rumble};
use barpop::ds4::controls::Button as Ours;
use barpop::ds4::light::{LightMode, PlayerLeds, Rgb};
use barpop::ds4::pad::{Charge, PadId};
use barpop::ds4::snapshot::{Pad, Snapshot};
use barpop::ds4::source::Source;
use barpop::sim::gamepad::{
    Battery, Blink, Button, Controls, Dpad, Model, Shown, Supply, Transport,
};

use crate::gamepad::Plugged;
use crate::{Kernel, Lab, Needs, guest};

use super::with;

const LIMIT: Duration = Duration::from_secs(10);

/// The popup's source, and what it says of one controller.
struct Watch {
    source: Source,
}

impl Watch {
    fn start() -> Self {
        let options = Options {
            watch_motion: true,
            guard: Some(env!("CARGO_BIN_EXE_xds4").into()),
            ..Options::default()
        };
        let source = Source::start(options, || ());
        Self { source }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.source.latest()
    }

    fn of(&self, plugged: &Plugged) -> Option<Pad> {
        self.snapshot().pad(&PadId::new(&plugged.mac())).cloned()
    }

    /// Moves the controls, and waits until the snapshot has it.
    fn sees(
        &self,
        plugged: &Plugged,
        what: &str,
        change: impl FnOnce(&mut Controls),
        is_so: impl Fn(&Pad) -> bool,
    ) {
        plugged.pad.set(change);
        // hid-playstation has a DualShock 4's touchpad button one report late.
        plugged.pad.report();
        for _ in 0..200 {
            if self.of(plugged).is_some_and(|pad| is_so(&pad)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("never {what}: {:#?}", self.of(plugged));
    }

    fn tell(&self, command: Command) {
        self.source.send(command);
    }
}

fn near(ours: f32, theirs: f32, within: f32) -> bool {
    (ours - theirs).abs() <= within
}

/// All that a hand can do to a controller, one after the other.
fn every_control_is_read(lab: &Lab, watch: &Watch, plugged: &Plugged) {
    let model = plugged.pad.identity().model;
    lab.say(&format!("every control of {model:?}"));
    for (button, ours) in [
        (Button::Square, Ours::Square),
        (Button::Cross, Ours::Cross),
        (Button::Circle, Ours::Circle),
        (Button::Triangle, Ours::Triangle),
        (Button::L1, Ours::L1),
        (Button::R1, Ours::R1),
        (Button::L2, Ours::L2),
        (Button::R2, Ours::R2),
        (Button::Share, Ours::Share),
        (Button::Options, Ours::Options),
        (Button::L3, Ours::L3),
        (Button::R3, Ours::R3),
        (Button::Ps, Ours::Ps),
        (Button::Touchpad, Ours::Touchpad),
    ] {
        let only = |pad: &Pad, wanted: &[Ours]| {
            pad.controls
                .is_some_and(|controls| controls.buttons.iter().eq(wanted.iter().copied()))
        };
        let what = format!("{button:?}");
        watch.sees(
            plugged,
            &what,
            |c| c.press(button, true),
            |pad| only(pad, &[ours]),
        );
        watch.sees(
            plugged,
            &what,
            |c| c.press(button, false),
            |pad| only(pad, &[]),
        );
    }
    for (dpad, x, y) in [
        (Dpad::Up, 0, -1),
        (Dpad::UpRight, 1, -1),
        (Dpad::Right, 1, 0),
        (Dpad::DownRight, 1, 1),
        (Dpad::Down, 0, 1),
        (Dpad::DownLeft, -1, 1),
        (Dpad::Left, -1, 0),
        (Dpad::UpLeft, -1, -1),
        (Dpad::Released, 0, 0),
    ] {
        watch.sees(
            plugged,
            &format!("{dpad:?}"),
            |c| c.dpad = dpad,
            |pad| pad.controls.is_some_and(|c| (c.dpad.x, c.dpad.y) == (x, y)),
        );
    }
    let sticks = |c: &mut Controls| (c.left, c.right) = ([0, 255], [192, 128]);
    watch.sees(plugged, "the sticks", sticks, |pad| {
        pad.controls.is_some_and(|c| {
            let [left, right] = [c.left, c.right];
            near(left.x, -1.0, 0.005)
                && near(left.y, 1.0, 0.005)
                && near(right.x, 0.5, 0.01)
                && near(right.y, 0.0, 0.005)
        })
    });
    // The trigger's way and its switch are two things.
    let triggers = |c: &mut Controls| {
        (c.l2, c.r2) = (51, 255);
        c.press(Button::L2, false);
        c.press(Button::R2, true);
    };
    watch.sees(plugged, "the triggers", triggers, |pad| {
        pad.controls.is_some_and(|c| {
            near(c.l2.value, 0.2, 0.001)
                && near(c.r2.value, 1.0, 0.001)
                && !c.l2.pressed
                && c.r2.pressed
        })
    });
    let [width, height] = model.touchpad();
    let touch = |c: &mut Controls| {
        c.fingers = [Some([width / 4, height / 2]), Some([width - 1, height - 1])];
    };
    watch.sees(plugged, "the fingers", touch, |pad| {
        let fingers = pad.controls.map(|c| c.touch);
        let Some([Some(first), Some(second)]) = fingers else {
            return false;
        };
        near(first.x, 0.25, 0.002)
            && near(first.y, 0.5, 0.002)
            && near(second.x, 1.0, 0.002)
            && near(second.y, 1.0, 0.002)
            && first.id != second.id
    });
    watch.sees(
        plugged,
        "one finger gone",
        |c| c.fingers[0] = None,
        |pad| {
            pad.controls
                .is_some_and(|c| c.touch[0].is_none() && c.touch[1].is_some())
        },
    );
    let motion = |c: &mut Controls| {
        c.acceleration_g = [0.5, -1.0, 0.25];
        c.rotation_dps = [90.0, -45.0, 300.0];
    };
    watch.sees(plugged, "the motion", motion, |pad| {
        pad.motion.is_some_and(|m| {
            let [x, y, z] = m.accelerometer_g;
            let [pitch, yaw, roll] = m.gyro_dps;
            // hid-playstation leaves the gyroscope's bias in.
            near(x, 0.5, 0.002)
                && near(y, -1.0, 0.002)
                && near(z, 0.25, 0.002)
                && near(pitch, 90.0, 2.5)
                && near(yaw, -45.0, 2.5)
                && near(roll, 300.0, 2.5)
        })
    });
    watch.sees(
        plugged,
        "rest",
        |c| *c = Controls::default(),
        |pad| {
            pad.controls
                .is_some_and(|c| c.buttons.is_empty() && c.touch == [None; 2])
        },
    );
}

/// Waits until it shows this.
fn shows(plugged: &Plugged, what: &str, is_so: impl Fn(&Shown) -> bool) {
    let pad = &plugged.pad;
    assert!(
        pad.wait_for(LIMIT, is_so),
        "never {what}: {:?} after {:?}",
        pad.shown(),
        pad.outputs()
    );
}

/// Colours, off, flashes, blinking, rumble; and the former colour at the end.
fn every_light_and_motor_obeys(lab: &Lab, plugged: &Plugged) {
    let pad = &plugged.pad;
    let model = pad.identity().model;
    lab.say(&format!("the lights of {model:?}"));
    let watch = Watch::start();
    let id = PadId::new(&plugged.mac());
    let ready = || watch.of(plugged).filter(|pad| pad.light.can_set);
    lab.eventually("the light can be set", LIMIT, ready);
    let former = pad.shown();
    let orange = Rgb::new(255, 90, 0);
    let light = |mode| watch.tell(Command::Light(id.clone(), mode));
    light(LightMode::Colour(orange));
    shows(plugged, "orange", |shown| shown.colour == [255, 90, 0]);
    light(LightMode::Off);
    shows(plugged, "dark", |shown| shown.colour == [0; 3]);

    pad.forget();
    light(LightMode::Police);
    let flashes = |colour: [u8; 3]| {
        let is_it = move |shown: &Shown| shown.colour == colour;
        shows(plugged, "a flash", is_it);
    };
    for _ in 0..4 {
        shows(plugged, "red", |s| {
            s.colour[0] > 0 && s.colour[1..] == [0, 0]
        });
        shows(plugged, "blue", |s| {
            s.colour[2] > 0 && s.colour[..2] == [0, 0]
        });
    }
    for output in pad.outputs() {
        let output = output.expect("a report that the controller takes");
        if let Some([red, _, blue]) = output.colour {
            assert!(
                red == 0 || blue == 0,
                "violet between red and blue: {output:?}"
            );
        }
    }
    flashes([0; 3]);

    let [on, off] = [300, 700].map(Duration::from_millis);
    light(LightMode::Blink {
        colour: orange,
        on,
        off,
    });
    if model.is_dualsense() {
        // It has no blinking of its own.
        shows(plugged, "lit", |shown| shown.colour == [255, 90, 0]);
        shows(plugged, "dark", |shown| shown.colour == [0; 3]);
        shows(plugged, "lit again", |shown| shown.colour == [255, 90, 0]);
    } else {
        shows(plugged, "blinking by itself", |shown| {
            shown.colour == [255, 90, 0] && shown.blink == Blink { on, off }
        });
        pad.forget();
        std::thread::sleep(Duration::from_secs(3));
        assert!(pad.outputs().is_empty(), "{:?}", pad.outputs());
    }
    light(LightMode::Colour(orange));
    shows(plugged, "steady", |shown| {
        shown.colour == [255, 90, 0] && shown.blink == Blink::default()
    });
    if model.is_dualsense() {
        watch.tell(Command::Players(id.clone(), PlayerLeds::for_player(4)));
        shows(plugged, "player 4", |shown| shown.players == 0b11011);
    }

    for (strong, weak) in [(1.0, 0.0), (0.0, 0.5)] {
        let second = Duration::from_secs(1);
        watch.tell(Command::Rumble(id.clone(), Rumble { strong, weak }, second));
        shows(plugged, "rumbling", |shown| {
            let motors = [shown.rumble.strong, shown.rumble.weak].map(|m| f32::from(m) / 255.0);
            near(motors[0], strong, 0.01) && near(motors[1], weak, 0.01)
        });
        shows(plugged, "still", |shown| {
            (shown.rumble.strong, shown.rumble.weak) == (0, 0)
        });
    }

    drop(watch);
    shows(plugged, "the former light", |shown| {
        (shown.colour, shown.players) == (former.colour, former.players)
    });
    let nonsense: Vec<_> = pad.outputs().into_iter().filter(Result::is_err).collect();
    assert!(nonsense.is_empty(), "{nonsense:?}");
}

/// Three controllers at once; each is told from the others.
fn all_of_it(lab: &Lab, pads: [(Model, Transport); 3]) {
    let mut number = 0;
    let plugged = pads.map(|(model, transport)| {
        number += 1;
        Plugged::new(lab, model, transport, number)
    });
    for pad in &plugged {
        pad.pad.report();
    }
    let watch = Watch::start();
    lab.eventually("all three are known", LIMIT, || {
        (watch.snapshot().pads.len() == 3).then_some(())
    });
    for pad in &plugged {
        every_control_is_read(lab, &watch, pad);
        let battery = |c: &mut Controls| {
            c.battery = Battery {
                tenths: 7,
                supply: Supply::Charging,
            };
        };
        pad.pad.set(battery);
    }
    drop(watch);
    let watch = Watch::start();
    for pad in &plugged {
        lab.eventually("the battery is known", LIMIT, || {
            let battery = watch.of(pad)?.battery?;
            ((battery.percent, battery.charge) == (Some(75), Charge::Charging)).then_some(())
        });
    }
    drop(watch);
    for pad in &plugged {
        every_light_and_motor_obeys(lab, pad);
    }
}

#[test]
fn on_linux_6_1_every_control_is_read_and_every_light_and_motor_obeys() {
    guest(with(Kernel::Linux6_1), |lab| {
        all_of_it(
            lab,
            [
                (Model::DualShock4, Transport::Usb),
                (Model::DualShock4V2, Transport::Bluetooth),
                (Model::DualSense, Transport::Bluetooth),
            ],
        );
    });
}

#[test]
fn on_linux_6_12_every_control_is_read_and_every_light_and_motor_obeys() {
    guest(with(Kernel::Linux6_12), |lab| {
        all_of_it(
            lab,
            [
                (Model::DualShock4, Transport::Bluetooth),
                (Model::DualShock4V2, Transport::Usb),
                (Model::Edge, Transport::Usb),
            ],
        );
    });
}

#[test]
fn fifty_times_plugged_in_and_pulled_out_leaves_nothing_open() {
    // udevd and the driver work for each of them, two seconds on a busy host.
    let needs = Needs {
        limit: Duration::from_secs(300),
        ..Needs::default()
    };
    guest(needs, |lab| {
        let watch = Watch::start();
        let open = || fs::read_dir("/proc/self/fd").unwrap().count();
        lab.eventually("the first look is done", LIMIT, || {
            watch.snapshot().ready.then_some(())
        });
        let before = open();
        for round in 0..50 {
            let pad = Plugged::new(lab, Model::DualShock4, Transport::Usb, 1);
            // Pulled out in the middle of its reports.
            for _ in 0..20 {
                pad.pad.report();
            }
            if round % 5 == 0 {
                let there = || watch.of(&pad).and_then(|pad| pad.controls);
                lab.eventually("it is read", LIMIT, there);
            }
            pad.unplug(lab);
        }
        lab.eventually("it is gone", LIMIT, || {
            watch.snapshot().pads.is_empty().then_some(())
        });
        assert_eq!(open(), before, "descriptors are open");
        assert_eq!(watch.snapshot().error, None);
    });
}
