//! What the hands do: sticks, triggers, buttons, the directional pad, fingers on the touchpad.

mod circularity;

use std::fmt;

pub use self::circularity::Circularity;

/// A stick. Its dead zone is told, never applied.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Stick {
    /// -1 left to 1 right.
    pub x: f32,
    /// -1 up to 1 down, as on a screen.
    pub y: f32,
    /// The dead zone that the driver advises (`flat` of `EVIOCGABS`), as a share of the way from
    /// the middle to the edge; 0 when it advises none.
    pub flat: f32,
}

impl Stick {
    /// The distance from the middle: about 1 at the edge, up to √2 in the corners of pads that
    /// reach them.
    #[must_use]
    pub fn magnitude(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// Whether it rests within the advised dead zone.
    #[must_use]
    pub fn is_in_dead_zone(self) -> bool {
        self.x.abs() <= self.flat && self.y.abs() <= self.flat
    }
}

/// A trigger: two fields of the report, which need not agree.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Trigger {
    /// The axis, 0 at rest to 1 at the stop.
    pub value: f32,
    /// The button that the pad's firmware makes of it.
    pub pressed: bool,
}

/// A button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Button {
    /// ✕ (`BTN_SOUTH`).
    Cross,
    /// ○ (`BTN_EAST`).
    Circle,
    /// □ (`BTN_WEST`).
    Square,
    /// △ (`BTN_NORTH`).
    Triangle,
    /// The left shoulder (`BTN_TL`).
    L1,
    /// The right shoulder (`BTN_TR`).
    R1,
    /// The left trigger's button (`BTN_TL2`).
    L2,
    /// The right trigger's button (`BTN_TR2`).
    R2,
    /// The left stick pressed (`BTN_THUMBL`).
    L3,
    /// The right stick pressed (`BTN_THUMBR`).
    R3,
    /// Share, on a DualSense Create (`BTN_SELECT`).
    Share,
    /// Options (`BTN_START`).
    Options,
    /// The PlayStation logo (`BTN_MODE`).
    Ps,
    /// The touchpad pressed (`BTN_LEFT` of the touchpad's own device).
    Touchpad,
}

impl Button {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Cross,
        Self::Circle,
        Self::Square,
        Self::Triangle,
        Self::L1,
        Self::R1,
        Self::L2,
        Self::R2,
        Self::L3,
        Self::R3,
        Self::Share,
        Self::Options,
        Self::Ps,
        Self::Touchpad,
    ];

    /// In a word, for other programs.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cross => "cross",
            Self::Circle => "circle",
            Self::Square => "square",
            Self::Triangle => "triangle",
            Self::L1 => "l1",
            Self::R1 => "r1",
            Self::L2 => "l2",
            Self::R2 => "r2",
            Self::L3 => "l3",
            Self::R3 => "r3",
            Self::Share => "share",
            Self::Options => "options",
            Self::Ps => "ps",
            Self::Touchpad => "touchpad",
        }
    }
}

/// A set of buttons: those that are down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Buttons(u32);

impl Buttons {
    /// Whether that one is down.
    #[must_use]
    pub fn contains(self, button: Button) -> bool {
        self.0 & bit(button) != 0
    }

    /// Puts one down or up.
    pub fn set(&mut self, button: Button, down: bool) {
        if down {
            self.0 |= bit(button);
        } else {
            self.0 &= !bit(button);
        }
    }

    /// Whether none is down.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are down, in the order of [`Button::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Button> {
        Button::ALL.into_iter().filter(move |b| self.contains(*b))
    }
}

fn bit(button: Button) -> u32 {
    1 << button as u8
}

impl FromIterator<Button> for Buttons {
    fn from_iter<I: IntoIterator<Item = Button>>(buttons: I) -> Self {
        let mut all = Self::default();
        for button in buttons {
            all.set(button, true);
        }
        all
    }
}

impl fmt::Debug for Buttons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// The directional pad (`ABS_HAT0X`, `ABS_HAT0Y`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Dpad {
    /// -1 left, 0, 1 right.
    pub x: i8,
    /// -1 up, 0, 1 down.
    pub y: i8,
}

impl Dpad {
    /// Whether it is pressed up, down, left, right.
    #[must_use]
    pub fn up_down_left_right(self) -> [bool; 4] {
        [self.y < 0, self.y > 0, self.x < 0, self.x > 0]
    }
}

/// A finger on the touchpad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finger {
    /// 0 left to 1 right.
    pub x: f32,
    /// 0 top to 1 bottom.
    pub y: f32,
    /// The same as long as the finger stays (`ABS_MT_TRACKING_ID`).
    pub id: u32,
}

/// All of it, as of the last whole report.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Controls {
    /// The left stick.
    pub left: Stick,
    /// The right stick.
    pub right: Stick,
    /// The left trigger.
    pub l2: Trigger,
    /// The right trigger.
    pub r2: Trigger,
    /// The buttons that are down.
    pub buttons: Buttons,
    /// The directional pad.
    pub dpad: Dpad,
    /// Fingers on the touchpad; a finger keeps its place as long as it stays.
    pub touch: [Option<Finger>; 2],
}
