//! Game controllers that do not exist, in every state the popup can be in.
#![allow(dead_code)] // each test file uses its part

use barpop::ds4::command::Rumble;
use barpop::ds4::controls::{Button, Buttons, Circularity, Controls, Dpad, Finger, Stick, Trigger};
use barpop::ds4::light::{Light, LightMode, PlayerLeds, Rgb};
use barpop::ds4::motion::{Calibration, Motion, Quaternion, ReportRate};
use barpop::ds4::pad::{Battery, Charge, Driver, Model, PadId, Transport};
use barpop::ds4::snapshot::{Access, Pad, Part, Snapshot};

pub const NAMES: [&str; 14] = [
    "none",
    "starting",
    "broken",
    "rest",
    "busy",
    "two",
    "dualsense",
    "dualsense-busy",
    "low",
    "charging",
    "forbidden",
    "generic",
    "failed",
    "square",
];

pub fn by_name(name: &str) -> Option<Snapshot> {
    Some(match name {
        "none" => none(),
        "starting" => Snapshot::default(),
        "broken" => Snapshot {
            ready: true,
            error: Some("cannot read '/sys/bus/hid/devices': permission denied".into()),
            ..Snapshot::default()
        },
        "rest" => of([dualshock()]),
        "busy" => of([busy(dualshock())]),
        "two" => of([dualshock(), dualsense()]),
        "dualsense" => of([dualsense()]),
        "dualsense-busy" => of([busy(dualsense())]),
        "low" => of([low()]),
        "charging" => of([charging()]),
        "forbidden" => of([forbidden()]),
        "generic" => of([generic()]),
        "failed" => of([failed()]),
        "square" => of([square()]),
        _ => return None,
    })
}

pub fn none() -> Snapshot {
    Snapshot {
        ready: true,
        ..Snapshot::default()
    }
}

pub fn of<const N: usize>(pads: [Pad; N]) -> Snapshot {
    Snapshot {
        ready: true,
        pads: pads.into(),
        error: None,
    }
}

/// One turn about an axis by so many degrees, by the right hand.
pub fn turn(x: f32, y: f32, z: f32, degrees: f32) -> Quaternion {
    let (sin, w) = (degrees.to_radians() / 2.0).sin_cos();
    let length = (x * x + y * y + z * z).sqrt();
    let part = |v: f32| v / length * sin;
    Quaternion {
        w,
        x: part(x),
        y: part(y),
        z: part(z),
    }
}

/// A DualShock 4 that lies on the table, by Bluetooth.
pub fn dualshock() -> Pad {
    Pad {
        id: PadId::new("a4:50:46:0b:11:22"),
        hid: "0005:054C:09CC.0003".into(),
        model: Model::DualShock4V2,
        transport: Transport::Bluetooth,
        driver: Driver::HidPlaystation,
        battery: Some(Battery {
            percent: Some(78),
            charge: Charge::Discharging,
        }),
        controls: Some(Controls {
            left: Stick {
                x: 0.004,
                y: -0.004,
                flat: 0.0,
            },
            ..Controls::default()
        }),
        circularity: [Circularity::default(); 2],
        touchpad_ratio: Some(1920.0 / 942.0),
        motion: Some(Motion {
            accelerometer_g: [0.01, 1.0, -0.02],
            gyro_dps: [0.1, -0.2, 0.0],
            orientation: Quaternion::default(),
            calibration: Calibration::Done,
        }),
        rate: Some(ReportRate {
            hz: 250.0,
            jitter_ms: 0.8,
            lost: 0,
        }),
        light: Light {
            colour: Some(Rgb::new(0, 0, 64)),
            mode: None,
            players: None,
            can_set: true,
        },
        rumble: Rumble::default(),
        touchpad_held: true,
        access: Access::default(),
        error: None,
    }
}

/// A DualSense on a cable.
pub fn dualsense() -> Pad {
    Pad {
        id: PadId::new("58:10:31:aa:bb:cc"),
        hid: "0003:054C:0CE6.0004".into(),
        model: Model::DualSense,
        transport: Transport::Usb,
        battery: Some(Battery {
            percent: Some(40),
            charge: Charge::Charging,
        }),
        light: Light {
            colour: Some(Rgb::new(0, 90, 255)),
            mode: Some(LightMode::Colour(Rgb::new(0, 90, 255))),
            players: Some(PlayerLeds::for_player(2)),
            can_set: true,
        },
        ..dualshock()
    }
}

/// Everything is pressed, turned and touched.
pub fn busy(pad: Pad) -> Pad {
    let mut buttons: Buttons = Button::ALL.into_iter().collect();
    buttons.set(Button::R2, false);
    Pad {
        controls: Some(Controls {
            left: Stick {
                x: -0.62,
                y: -0.55,
                flat: 0.06,
            },
            right: Stick {
                x: 0.83,
                y: 0.31,
                flat: 0.06,
            },
            l2: Trigger {
                value: 1.0,
                pressed: true,
            },
            r2: Trigger {
                value: 0.42,
                pressed: false,
            },
            buttons,
            dpad: Dpad { x: -1, y: -1 },
            touch: [
                Some(Finger {
                    x: 0.25,
                    y: 0.4,
                    id: 4,
                }),
                Some(Finger {
                    x: 0.7,
                    y: 0.65,
                    id: 5,
                }),
            ],
        }),
        circularity: [reach(1.0, 64), reach(0.92, 22)],
        motion: Some(Motion {
            accelerometer_g: [0.42, 0.81, -0.30],
            gyro_dps: [34.0, -120.0, 12.0],
            orientation: turn(0.5, 0.7, -0.35, 48.0),
            calibration: Calibration::Waiting,
        }),
        rate: Some(ReportRate {
            hz: 248.0,
            jitter_ms: 1.7,
            lost: 3,
        }),
        light: Light {
            colour: Some(Rgb::new(255, 40, 90)),
            mode: Some(LightMode::Buttons),
            ..pad.light
        },
        rumble: Rumble {
            strong: 1.0,
            weak: 0.0,
        },
        ..pad
    }
}

/// Where a stick has been: a not quite round way, over so many of 64 directions.
pub fn reach(size: f32, directions: u8) -> Circularity {
    let mut all = Circularity::default();
    for step in 0..u16::from(directions) * 4 {
        let angle = std::f32::consts::TAU * f32::from(step) / 256.0;
        let far = size * (1.0 + 0.07 * (4.0 * angle).cos().abs());
        all.add(Stick {
            x: angle.cos() * far,
            y: angle.sin() * far,
            flat: 0.0,
        });
    }
    all
}

/// Only one button, and a light that blinks.
pub fn square() -> Pad {
    let mut pad = dualshock();
    let mut controls = pad.controls.unwrap_or_default();
    controls.buttons.set(Button::Square, true);
    controls.l2 = Trigger {
        value: 0.15,
        pressed: false,
    };
    pad.controls = Some(controls);
    pad.light.colour = Some(Rgb::new(255, 90, 0));
    pad.light.mode = Some(LightMode::blink(Rgb::new(255, 90, 0)));
    if let Some(motion) = &mut pad.motion {
        motion.orientation = turn(1.0, 0.0, 0.4, 30.0);
    }
    pad
}

pub fn low() -> Pad {
    Pad {
        battery: Some(Battery {
            percent: Some(5),
            charge: Charge::Discharging,
        }),
        ..dualshock()
    }
}

pub fn charging() -> Pad {
    Pad {
        transport: Transport::Usb,
        battery: Some(Battery {
            percent: Some(50),
            charge: Charge::Charging,
        }),
        ..dualshock()
    }
}

/// Without the udev rule: the joystick alone is open.
pub fn forbidden() -> Pad {
    let mut pad = dualshock();
    pad.access = Access {
        forbidden: vec![Part::Motion, Part::Touchpad, Part::Light],
    };
    pad.motion = None;
    pad.rate = None;
    pad.touchpad_held = false;
    pad.light = Light::default();
    pad
}

/// With the kernel's generic driver.
pub fn generic() -> Pad {
    Pad {
        driver: Driver::Other("hid-generic".into()),
        battery: None,
        motion: None,
        rate: None,
        touchpad_ratio: None,
        light: Light::default(),
        ..dualshock()
    }
}

pub fn failed() -> Pad {
    Pad {
        error: Some("the light bar of 'DualShock 4' cannot be set: the pad went away".into()),
        ..dualshock()
    }
}
