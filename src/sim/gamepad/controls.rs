//! What a hand does to a controller, in the units of a hand; `input` writes it into reports.

use std::collections::BTreeSet;

/// The buttons, by the names that are printed on a DualShock 4, and those that a `DualSense` has
/// more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Button {
    Square,
    Cross,
    Circle,
    Triangle,
    L1,
    R1,
    /// The switch in the trigger, which the firmware throws at some way of the trigger.
    L2,
    R2,
    /// "Create" of a `DualSense`.
    Share,
    Options,
    L3,
    R3,
    Ps,
    /// The whole touchpad pressed down.
    Touchpad,
    /// `DualSense` only: the microphone's.
    Mute,
    /// The Edge's under the left stick.
    FnLeft,
    FnRight,
    /// The Edge's on its back.
    BackLeft,
    BackRight,
}

/// The cross of directions, clockwise, as the wire counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Dpad {
    Up,
    UpRight,
    Right,
    DownRight,
    Down,
    DownLeft,
    Left,
    UpLeft,
    Released,
}

/// Where the current comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Supply {
    /// The battery
    Discharging,
    /// A cable, and the battery takes it
    Charging,
    /// A cable, and the battery is full
    Full,
    /// A cable, and the battery is too hot or too cold to be charged
    NotCharging,
    /// A cable, and the charger reports an error
    Fault,
}

/// The battery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Battery {
    /// Tenths, 0 to 10: a controller knows no more.
    pub tenths: u8,
    /// What it does.
    pub supply: Supply,
}

/// The state of all controls.
#[derive(Debug, Clone, PartialEq)]
pub struct Controls {
    /// Left stick, x to the right and y down, 0 to 255, at rest 128.
    pub left: [u8; 2],
    /// Right stick.
    pub right: [u8; 2],
    /// The way of the left trigger, 0 to 255; its button is another control.
    pub l2: u8,
    /// The way of the right trigger.
    pub r2: u8,
    /// The cross.
    pub dpad: Dpad,
    /// What is pressed.
    pub buttons: BTreeSet<Button>,
    /// Fingers on the touchpad, x and y in its units.
    pub fingers: [Option<[u16; 2]>; 2],
    /// What the accelerometer measures, in g: x to the left, y up, z out of the face. One that
    /// lies on a table has 1 g upwards.
    pub acceleration_g: [f32; 3],
    /// Rotation in degrees a second around x (pitch), y (yaw) and z (roll).
    pub rotation_dps: [f32; 3],
    /// The battery.
    pub battery: Battery,
    /// The wireless adaptor's only: whether its controller is switched on.
    pub connected: bool,
}

impl Default for Controls {
    /// On a table, untouched, with two thirds of its battery.
    fn default() -> Self {
        Self {
            left: [128; 2],
            right: [128; 2],
            l2: 0,
            r2: 0,
            dpad: Dpad::Released,
            buttons: BTreeSet::new(),
            fingers: [None; 2],
            acceleration_g: [0.0, 1.0, 0.0],
            rotation_dps: [0.0; 3],
            battery: Battery {
                tenths: 6,
                supply: Supply::Discharging,
            },
            connected: true,
        }
    }
}

impl Controls {
    /// Presses or lets go.
    pub fn press(&mut self, button: Button, down: bool) {
        if down {
            self.buttons.insert(button);
        } else {
            self.buttons.remove(&button);
        }
    }
}
