//! What event devices say, put together: pure, total on any events.
//!
//! A report is a run of events ended by `SYN_REPORT`; only whole ones are shown. After
//! `SYN_DROPPED` (the kernel's buffer ran over) nothing is believed: what comes up to the next
//! `SYN_REPORT` is thrown away, then the state has to be asked for ([`Said::Resync`]) and is
//! taken in by `seed`. The ranges of axes come with the state, since they differ between drivers.
//! (Documentation/input/event-codes.rst)

mod gamepad;
mod motion;
mod touchpad;

#[cfg(test)]
mod tests;

pub use self::gamepad::Gamepad;
pub use self::motion::{Sample, Sensors};
pub use self::touchpad::{Slot, Touchpad};

/// Codes of `linux/input-event-codes.h`.
pub mod code {
    #![allow(missing_docs)]
    pub const EV_SYN: u16 = 0;
    pub const EV_KEY: u16 = 1;
    pub const EV_ABS: u16 = 3;
    pub const EV_MSC: u16 = 4;
    pub const SYN_REPORT: u16 = 0;
    pub const SYN_DROPPED: u16 = 3;
    pub const ABS_X: u16 = 0;
    pub const ABS_Y: u16 = 1;
    pub const ABS_Z: u16 = 2;
    pub const ABS_RX: u16 = 3;
    pub const ABS_RY: u16 = 4;
    pub const ABS_RZ: u16 = 5;
    pub const ABS_HAT0X: u16 = 16;
    pub const ABS_HAT0Y: u16 = 17;
    pub const ABS_MT_SLOT: u16 = 0x2f;
    pub const ABS_MT_POSITION_X: u16 = 0x35;
    pub const ABS_MT_POSITION_Y: u16 = 0x36;
    pub const ABS_MT_TRACKING_ID: u16 = 0x39;
    pub const MSC_TIMESTAMP: u16 = 5;
    pub const BTN_LEFT: u16 = 0x110;
    pub const BTN_SOUTH: u16 = 0x130;
    pub const BTN_EAST: u16 = 0x131;
    pub const BTN_NORTH: u16 = 0x133;
    pub const BTN_WEST: u16 = 0x134;
    pub const BTN_TL: u16 = 0x136;
    pub const BTN_TR: u16 = 0x137;
    pub const BTN_TL2: u16 = 0x138;
    pub const BTN_TR2: u16 = 0x139;
    pub const BTN_SELECT: u16 = 0x13a;
    pub const BTN_START: u16 = 0x13b;
    pub const BTN_MODE: u16 = 0x13c;
    pub const BTN_THUMBL: u16 = 0x13d;
    pub const BTN_THUMBR: u16 = 0x13e;
}

/// An event (`struct input_event`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When, in microseconds of a clock of the kernel's.
    pub at_us: u64,
    /// `EV_…`.
    pub kind: u16,
    /// `ABS_…`, `BTN_…`, `SYN_…`.
    pub code: u16,
    /// The value.
    pub value: i32,
}

/// What an event ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing yet.
    Nothing,
    /// A report is whole.
    Report,
    /// The state has to be asked for anew.
    Resync,
}

/// An axis (`struct input_absinfo`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Axis {
    /// Its value now.
    pub value: i32,
    /// The smallest value.
    pub min: i32,
    /// The largest value.
    pub max: i32,
    /// The dead zone that the driver advises.
    pub flat: i32,
    /// Units to a g, or to a degree a second.
    pub resolution: i32,
}

impl Axis {
    /// 0 at the smallest value to 1 at the largest, whatever the value is; 0 for an axis without
    /// a range.
    #[must_use]
    pub fn share(&self) -> f32 {
        let span = f64::from(self.max) - f64::from(self.min);
        if span <= 0.0 {
            return 0.0;
        }
        let way = f64::from(self.value) - f64::from(self.min);
        (way / span).clamp(0.0, 1.0) as f32
    }

    /// -1 at the smallest value, 0 in the middle, 1 at the largest. The middle of 0 to 255 is
    /// 127.5: both 127 and 128, where sticks rest, are a 255th off it.
    #[must_use]
    pub fn deflection(&self) -> f32 {
        if self.max <= self.min {
            return 0.0;
        }
        (f64::from(self.share()) * 2.0 - 1.0) as f32
    }

    /// The advised dead zone as a share of the way from the middle to the edge.
    #[must_use]
    pub fn flat_share(&self) -> f32 {
        let half = (f64::from(self.max) - f64::from(self.min)) / 2.0;
        if half <= 0.0 {
            return 0.0;
        }
        (f64::from(self.flat) / half).clamp(0.0, 1.0) as f32
    }

    /// The value in the axis's unit; 0 without a resolution.
    #[must_use]
    pub fn physical(&self) -> f32 {
        if self.resolution <= 0 {
            return 0.0;
        }
        (f64::from(self.value) / f64::from(self.resolution)) as f32
    }
}

/// How much of what comes is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Belief {
    /// Nothing was asked for yet, or the answer is being waited for.
    #[default]
    Unseeded,
    /// All of it.
    All,
    /// Nothing up to the next `SYN_REPORT`.
    Dropping,
}

impl Belief {
    /// What becomes of an event: `Ok(())` for one that is to be taken in.
    fn judge(&mut self, event: &Event) -> Result<(), Said> {
        let is_syn = event.kind == code::EV_SYN;
        if is_syn && event.code == code::SYN_DROPPED {
            *self = Self::Dropping;
            return Err(Said::Nothing);
        }
        let is_end = is_syn && event.code == code::SYN_REPORT;
        match self {
            Self::All if is_end => Err(Said::Report),
            Self::All => Ok(()),
            Self::Dropping if is_end => {
                *self = Self::Unseeded;
                Err(Said::Resync)
            }
            Self::Dropping => Err(Said::Nothing),
            Self::Unseeded if is_end => Err(Said::Resync),
            Self::Unseeded => Err(Said::Nothing),
        }
    }
}
