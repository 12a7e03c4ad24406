//! What a person or a script types to move a simulated controller.

use clap::ValueEnum;

use super::controls::{Battery, Button, Controls, Dpad, Supply};
use super::model::Model;

/// What can be typed.
pub const HELP: &str = "press BUTTON, release BUTTON (square cross circle triangle l1 r1 l2 r2 \
share options l3 r3 ps touchpad mute fn-left fn-right back-left back-right), dpad up|up-right|…|\
released, stick left|right X Y (-1 to 1, y down), trigger l2|r2 WAY (0 to 1), touch 1|2 X Y (0 to \
1), lift 1|2, accel X Y Z (g), gyro X Y Z (degrees a second), battery PERCENT \
discharging|charging|full|not-charging|fault, play on|off, rest, unplug, replug, quit";

/// A line, understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// Of the controls themselves.
    Change(Change),
    /// Move all controls by itself.
    Play(bool),
    /// Pull the cable.
    Unplug,
    /// Plug it in again.
    Replug,
    /// End.
    Quit,
}

/// What happens to the controls.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Change {
    Press(Button, bool),
    Dpad(Dpad),
    Left([u8; 2]),
    Right([u8; 2]),
    L2(u8),
    R2(u8),
    /// A finger (0 or 1), and where it is as a share of the touchpad.
    Touch(usize, Option<[f32; 2]>),
    Acceleration([f32; 3]),
    Rotation([f32; 3]),
    Battery(Battery),
    Rest,
}

/// Why a line is no command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// The first word is unknown.
    #[error("'{0}' is no command; there are: {HELP}")]
    Unknown(String),
    /// What follows does not fit.
    #[error("'{0}' does not fit; it is one of: {HELP}")]
    Wrong(String),
}

impl Control {
    /// Understands a line.
    ///
    /// # Errors
    /// [`ControlError`] with all that there is.
    pub fn parse(line: &str) -> Result<Self, ControlError> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let wrong = || ControlError::Wrong(line.trim().to_owned());
        let change = match words.as_slice() {
            ["unplug"] => return Ok(Self::Unplug),
            ["replug"] => return Ok(Self::Replug),
            ["quit"] => return Ok(Self::Quit),
            ["play", "on"] => return Ok(Self::Play(true)),
            ["play", "off"] => return Ok(Self::Play(false)),
            ["rest"] => Some(Change::Rest),
            ["press", name] => value(name).map(|button| Change::Press(button, true)),
            ["release", name] => value(name).map(|button| Change::Press(button, false)),
            ["dpad", name] => value(name).map(Change::Dpad),
            ["stick", "left", x, y] => axes([x, y]).map(Change::Left),
            ["stick", "right", x, y] => axes([x, y]).map(Change::Right),
            ["trigger", "l2", way] => share(way).map(|way| Change::L2(scaled(way))),
            ["trigger", "r2", way] => share(way).map(|way| Change::R2(scaled(way))),
            ["touch", which, x, y] => finger(which)
                .and_then(|finger| Some(Change::Touch(finger, Some([share(x)?, share(y)?])))),
            ["lift", which] => finger(which).map(|finger| Change::Touch(finger, None)),
            ["accel", x, y, z] => numbers([x, y, z]).map(Change::Acceleration),
            ["gyro", x, y, z] => numbers([x, y, z]).map(Change::Rotation),
            ["battery", percent, supply] => battery(percent, supply).map(Change::Battery),
            [word, ..] if KNOWN.contains(word) => None,
            [] => return Err(ControlError::Unknown(String::new())),
            [word, ..] => return Err(ControlError::Unknown((*word).to_owned())),
        };
        change.map(Self::Change).ok_or_else(wrong)
    }
}

const KNOWN: [&str; 12] = [
    "press", "release", "dpad", "stick", "trigger", "touch", "lift", "accel", "gyro", "battery",
    "play", "rest",
];

impl Change {
    /// Does it to a controller's controls.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 1 of a small number"
    )]
    pub fn apply(&self, model: Model, controls: &mut Controls) {
        match self {
            Self::Press(button, down) => controls.press(*button, *down),
            Self::Dpad(dpad) => controls.dpad = *dpad,
            Self::Left(at) => controls.left = *at,
            Self::Right(at) => controls.right = *at,
            Self::L2(way) => controls.l2 = *way,
            Self::R2(way) => controls.r2 = *way,
            Self::Touch(finger, at) => {
                let [width, height] = model.touchpad().map(|size| f32::from(size - 1));
                let at = at.map(|[x, y]| [(x * width) as u16, (y * height) as u16]);
                if let Some(place) = controls.fingers.get_mut(*finger) {
                    *place = at;
                }
            }
            Self::Acceleration(g) => controls.acceleration_g = *g,
            Self::Rotation(dps) => controls.rotation_dps = *dps,
            Self::Battery(battery) => controls.battery = *battery,
            Self::Rest => {
                let battery = controls.battery;
                *controls = Controls {
                    battery,
                    ..Controls::default()
                };
            }
        }
    }
}

fn value<T: ValueEnum>(name: &str) -> Option<T> {
    T::from_str(name, true).ok()
}

fn number(text: &str) -> Option<f32> {
    text.parse().ok().filter(|number: &f32| number.is_finite())
}

fn numbers(texts: [&&str; 3]) -> Option<[f32; 3]> {
    let [x, y, z] = texts.map(|text| number(text));
    Some([x?, y?, z?])
}

/// 0 to 1.
fn share(text: &str) -> Option<f32> {
    number(text).filter(|share| (0.0..=1.0).contains(share))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to 1 of 255"
)]
fn scaled(share: f32) -> u8 {
    (share * 255.0).round() as u8
}

/// -1 to 1; in the middle is 128, as a stick's own.
fn axes(texts: [&&str; 2]) -> Option<[u8; 2]> {
    let axis = |text: &str| {
        let axis = number(text).filter(|axis| (-1.0..=1.0).contains(axis))?;
        Some(scaled(axis.midpoint(1.0)))
    };
    let [x, y] = texts.map(|text| axis(text));
    Some([x?, y?])
}

fn finger(which: &str) -> Option<usize> {
    match which {
        "1" => Some(0),
        "2" => Some(1),
        _ => None,
    }
}

fn battery(percent: &str, supply: &str) -> Option<Battery> {
    let percent: u8 = percent.trim_end_matches('%').parse().ok()?;
    let supply: Supply = value(supply)?;
    (percent <= 100).then_some(Battery {
        tenths: percent / 10,
        supply,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(line: &str) -> Controls {
        let mut controls = Controls::default();
        match Control::parse(line) {
            Ok(Control::Change(change)) => change.apply(Model::DualShock4, &mut controls),
            other => panic!("{line}: {other:?}"),
        }
        controls
    }

    #[test]
    fn every_control_is_moved_by_a_line() {
        assert!(after("press cross").buttons.contains(&Button::Cross));
        assert_eq!(after("dpad down-left").dpad, Dpad::DownLeft);
        assert_eq!(after("stick left 1 -1").left, [255, 0]);
        assert_eq!(after("stick right 0 0").right, [128, 128]);
        assert_eq!(after("trigger r2 0.5").r2, 128);
        assert_eq!(after("touch 2 1 1").fingers, [None, Some([1919, 941])]);
        assert_eq!(after("accel 0 0 1").acceleration_g, [0.0, 0.0, 1.0]);
        let battery = after("battery 40% charging").battery;
        assert_eq!((battery.tenths, battery.supply), (4, Supply::Charging));
    }

    #[test]
    fn what_does_not_fit_is_refused_with_all_that_there_is() {
        for line in [
            "press nothing",
            "trigger l2 2",
            "touch 3 0 0",
            "stick left nan 0",
            "battery 200 full",
        ] {
            let said = Control::parse(line).unwrap_err().to_string();
            assert!(
                said.starts_with(&format!("'{line}' does not fit")),
                "{said}"
            );
        }
        assert!(
            Control::parse("fly")
                .unwrap_err()
                .to_string()
                .contains("press BUTTON")
        );
        assert_eq!(Control::parse("quit"), Ok(Control::Quit));
    }
}
