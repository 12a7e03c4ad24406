//! The state of the gamepad topic, whole: what the line and the popup are drawn from.

use super::command::Rumble;
use super::controls::{Circularity, Controls};
use super::light::Light;
use super::motion::{Motion, ReportRate};
use super::pad::{Battery, Driver, Model, PadId, Transport};

/// The udev rule that lets the person at the machine use all of a pad; `assets/udev` has it.
pub const UDEV_RULE: &str = "/etc/udev/rules.d/70-barpop-ds4.rules";

/// A part of a pad that has its own permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Sticks, triggers, buttons.
    Controls,
    /// The motion sensors.
    Motion,
    /// The touchpad.
    Touchpad,
    /// The light bar.
    Light,
    /// The player LEDs.
    Players,
    /// The motors.
    Rumble,
}

impl Part {
    /// As people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Controls => "the controls",
            Self::Motion => "the motion sensors",
            Self::Touchpad => "the touchpad",
            Self::Light => "the light bar",
            Self::Players => "the player LEDs",
            Self::Rumble => "the motors",
        }
    }
}

/// What the person may not use of a pad.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Access {
    /// The parts, in the order of [`Part`].
    pub forbidden: Vec<Part>,
}

impl Access {
    /// Whether that part may be used.
    #[must_use]
    pub fn allows(&self, part: Part) -> bool {
        !self.forbidden.contains(&part)
    }

    /// One sentence that says what is forbidden and what to do; `None` when all is allowed.
    #[must_use]
    pub fn remedy(&self) -> Option<String> {
        let names: Vec<&str> = self.forbidden.iter().map(|part| part.name()).collect();
        let (last, others) = names.split_last()?;
        let what = if others.is_empty() {
            (*last).to_owned()
        } else {
            format!("{} and {last}", others.join(", "))
        };
        Some(format!(
            "no permission for {what}; install barpop's udev rule as {UDEV_RULE} and plug the \
             pad in again"
        ))
    }
}

/// A pad.
#[derive(Debug, Clone, PartialEq)]
pub struct Pad {
    /// What tells it from the others.
    pub id: PadId,
    /// The HID device's name in sysfs, like `0005:054C:09CC.0003`.
    pub hid: String,
    /// The model.
    pub model: Model,
    /// How it is connected.
    pub transport: Transport,
    /// Its driver.
    pub driver: Driver,
    /// Its battery; `None` when the driver tells nothing of one.
    pub battery: Option<Battery>,
    /// What the hands do; `None` while it is not known: forbidden, or not read yet.
    pub controls: Option<Controls>,
    /// How far the left and the right stick went.
    pub circularity: [Circularity; 2],
    /// The touchpad's width over its height; `None` without one.
    pub touchpad_ratio: Option<f32>,
    /// Acceleration and rotation; `None` while they are not read.
    pub motion: Option<Motion>,
    /// How often it reports; known only while the motion sensors are read.
    pub rate: Option<ReportRate>,
    /// Its lights.
    pub light: Light,
    /// What the motors do.
    pub rumble: Rumble,
    /// Whether the touchpad is ours alone.
    pub touchpad_held: bool,
    /// What the person may not use.
    pub access: Access,
    /// What went wrong with the last wish, one full sentence.
    pub error: Option<String>,
}

/// Everything that is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// Whether the first look is done: before, no pad means nothing.
    pub ready: bool,
    /// The pads, in the order in which they were connected.
    pub pads: Vec<Pad>,
    /// What is wrong with everything, one full sentence.
    pub error: Option<String>,
}

impl Snapshot {
    /// The pad with that id.
    #[must_use]
    pub fn pad(&self, id: &PadId) -> Option<&Pad> {
        self.pads.iter().find(|pad| pad.id == *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forbidden_is_said_with_the_rule_to_install() {
        let access = Access {
            forbidden: vec![Part::Motion, Part::Touchpad, Part::Light],
        };
        assert!(!access.allows(Part::Light) && access.allows(Part::Controls));
        assert_eq!(
            access.remedy().unwrap(),
            "no permission for the motion sensors, the touchpad and the light bar; install \
             barpop's udev rule as /etc/udev/rules.d/70-barpop-ds4.rules and plug the pad in again"
        );
        assert_eq!(Access::default().remedy(), None);
    }
}
