//! A pad's facts as people say them.

use crate::catalogue::{self, decimal};
use crate::ds4::controls::{Button, Circularity, Controls, Stick};
use crate::ds4::motion::{Calibration, Motion, Quaternion, ReportRate};
use crate::ds4::pad::{Battery, Charge};
use crate::ds4::snapshot::{Access, Pad, Part, UDEV_RULE};
use crate::popup::states::full_sentence;
use crate::say;

/// A share that is one: 0 to 1.
pub fn share(value: f32) -> f32 {
    if value.is_finite() {
        value.clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// `45 %`.
pub fn percent(value: f32) -> String {
    format!("{:.0} %", share(value) * 100.0)
}

/// `+0.42`, `−0.17`, `0.00`: always as wide, and never a nought with a sign.
pub fn signed(value: f32, digits: usize) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let size = decimal(f64::from(value.abs()), digits);
    let nought = !size.contains(|c: char| ('1'..='9').contains(&c));
    match (nought, value < 0.0) {
        (true, _) => format!(" {size}"),
        (false, true) => format!("−{size}"),
        (false, false) => format!("+{size}"),
    }
}

/// A button as people call it.
pub fn button(button: Button) -> String {
    match button {
        Button::Cross => say!("ds4-button-cross"),
        Button::Circle => say!("ds4-button-circle"),
        Button::Square => say!("ds4-button-square"),
        Button::Triangle => say!("ds4-button-triangle"),
        Button::L2 => say!("ds4-button-l2"),
        Button::R2 => say!("ds4-button-r2"),
        Button::L3 => say!("ds4-button-l3"),
        Button::R3 => say!("ds4-button-r3"),
        Button::Touchpad => say!("ds4-button-touchpad"),
        // As it is printed on the pad.
        Button::L1 => "L1".to_owned(),
        Button::R1 => "R1".to_owned(),
        Button::Share => "Share".to_owned(),
        Button::Options => "Options".to_owned(),
        Button::Ps => "PS".to_owned(),
    }
}

/// `one`, `one and another`.
pub fn and(names: impl Iterator<Item = String>) -> Option<String> {
    names.reduce(|others, last| say!("ds4-and", others = others, last = last))
}

/// `DualShock 4, 78 %, Bluetooth`: the answer to the click on the bar.
pub fn title(pad: &Pad) -> String {
    let (model, connection) = (pad.model.name(), pad.transport.name());
    match pad.battery.map(battery) {
        Some(battery) => say!(
            "ds4-title",
            model = model,
            battery = battery,
            connection = connection
        ),
        None => say!("ds4-title-plain", model = model, connection = connection),
    }
}

/// `DualShock 4, 78 %`.
pub fn short_title(pad: &Pad) -> String {
    let name = pad.model.name();
    match pad.battery {
        Some(Battery {
            percent: Some(percent),
            ..
        }) => format!("{name}, {percent} %"),
        Some(unknown) => format!("{name}, {}", battery(unknown)),
        None => name.to_owned(),
    }
}

/// `78 %`, `charging at 40 %`, `battery ?`.
pub fn battery(battery: Battery) -> String {
    let Some(percent) = battery.percent.map(|percent| percent.min(100)) else {
        return say!("ds4-battery-unknown");
    };
    match battery.charge {
        Charge::Charging => say!("ds4-battery-charging", percent = percent),
        Charge::Full => say!("ds4-battery-full"),
        Charge::NotCharging => say!("ds4-battery-not-charging", percent = percent),
        Charge::Unknown | Charge::Discharging => format!("{percent} %"),
    }
}

/// Whether a pad is soon to fail: at `low` per cent or less.
pub fn is_low(battery: Battery, low: u8) -> bool {
    let on_cable = matches!(battery.charge, Charge::Charging | Charge::Full);
    !on_cable && battery.percent.is_some_and(|percent| percent <= low)
}

/// `250 reports a second`, and how even: the most important first.
pub fn rate(rate: &ReportRate) -> Vec<String> {
    let hz = rate.hz.max(0.0);
    let mut parts = vec![say!("ds4-rate", rate = hz.round())];
    if hz > 0.0 {
        let jitter = decimal(rate.jitter_ms.max(0.0).into(), 1);
        parts.push(say!("ds4-jitter", jitter = jitter));
    }
    if rate.lost > 0 {
        parts.push(say!("ds4-lost", lost = rate.lost));
    }
    parts
}

/// The picture for those who do not see it: all that is used of the pad.
pub fn picture(pad: &Pad) -> String {
    let model = pad.model.name();
    let Some(controls) = &pad.controls else {
        return say!("ds4-picture-unread", model = model);
    };
    let used = used(controls);
    match used.is_empty() {
        true => say!("ds4-picture-at-rest", model = model),
        false => say!("ds4-picture", model = model, used = used.join(", ")),
    }
}

fn used(controls: &Controls) -> Vec<String> {
    let mut all: Vec<String> = controls.buttons.iter().map(button).collect();
    let [up, down, left, right] = controls.dpad.up_down_left_right();
    all.extend(up.then(|| say!("ds4-dpad-up")));
    all.extend(down.then(|| say!("ds4-dpad-down")));
    all.extend(left.then(|| say!("ds4-dpad-left")));
    all.extend(right.then(|| say!("ds4-dpad-right")));
    for (name, trigger) in [("L2", controls.l2), ("R2", controls.r2)] {
        if trigger.value > 0.0 {
            all.push(format!("{name} {}", percent(trigger.value)));
        }
    }
    all.extend((!is_resting(controls.left)).then(|| say!("ds4-left-stick")));
    all.extend((!is_resting(controls.right)).then(|| say!("ds4-right-stick")));
    let fingers = controls.touch.iter().flatten().count();
    all.extend((fingers > 0).then(|| say!("ds4-fingers", fingers = fingers)));
    all
}

/// Whether a stick is where it is when nobody touches it.
pub fn is_resting(stick: Stick) -> bool {
    stick.is_in_dead_zone() || stick.magnitude() < 0.04
}

/// How far a stick's way is from a circle, on average.
pub fn circularity(of: &Circularity) -> String {
    match of.error_percent() {
        Some(error) => say!("ds4-circularity", percent = decimal(error.into(), 1)),
        None => say!("ds4-circularity-unknown"),
    }
}

/// What a stick does with its dead zone.
pub fn dead_zone(stick: Stick) -> String {
    match (stick.flat > 0.0, stick.is_in_dead_zone()) {
        (true, true) => say!("ds4-in-dead-zone", size = percent(stick.flat)),
        (true, false) => say!("ds4-dead-zone", size = percent(stick.flat)),
        (false, _) => say!("ds4-no-dead-zone"),
    }
}

/// Pitch, roll and heading in degrees: the nose up, the right side down, turned to the left.
pub fn angles(q: Quaternion) -> [f32; 3] {
    // Where the pad's own axes point in the room.
    let [_, right_up, _] = q.rotate([1.0, 0.0, 0.0]);
    let [_, near_up, near_z] = q.rotate([0.0, 0.0, 1.0]);
    let [near_x, ..] = q.rotate([0.0, 0.0, 1.0]);
    let [_, up_up, _] = q.rotate([0.0, 1.0, 0.0]);
    let pitch = -near_up.clamp(-1.0, 1.0).asin();
    let roll = (-right_up).atan2(up_up);
    let heading = near_x.atan2(near_z);
    [pitch, roll, heading].map(|angle| {
        let degrees = angle.to_degrees();
        if degrees.is_finite() { degrees } else { 0.0 }
    })
}

/// How a pad is held.
pub fn held(motion: &Motion) -> String {
    let [pitch, roll, heading] = angles(motion.orientation).map(|angle| signed(angle, 0));
    say!(
        "ds4-held",
        pitch = pitch.trim(),
        roll = roll.trim(),
        heading = heading.trim()
    )
}

/// What is known of the drift, and what to do about it.
pub fn calibration(of: Calibration) -> String {
    match of {
        Calibration::Unknown => say!("ds4-drift-unknown"),
        Calibration::Waiting => say!("ds4-drift-waiting"),
        Calibration::Done => say!("ds4-drift-known"),
    }
}

/// What the source of the pads says, which is in English, as a sentence.
pub fn why(error: &str) -> String {
    full_sentence(&catalogue::told("ds4", error))
}

/// What is forbidden and what to do; `None` when all is allowed.
pub fn remedy(access: &Access) -> Option<String> {
    let mut names: Vec<String> = access.forbidden.iter().map(|part| named(*part)).collect();
    let last = names.pop()?;
    let what = match names.is_empty() {
        true => last,
        false => say!("ds4-and", others = names.join(", "), last = last),
    };
    Some(say!("ds4-forbidden", what = what, rule = UDEV_RULE))
}

fn named(part: Part) -> String {
    match part {
        Part::Controls => say!("ds4-part-controls"),
        Part::Motion => say!("ds4-part-motion"),
        Part::Touchpad => say!("ds4-part-touchpad"),
        Part::Light => say!("ds4-part-light"),
        Part::Players => say!("ds4-part-players"),
        Part::Rumble => say!("ds4-part-rumble"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_width_and_noughts_have_no_sign() {
        let told = [0.42, -0.17, 0.0, -0.001, f32::NAN].map(|v| signed(v, 2));
        assert_eq!(told, ["+0.42", "−0.17", " 0.00", " 0.00", " 0.00"]);
        assert_eq!(
            [f32::NAN, -1.0, 0.449, 7.0].map(percent),
            ["0 %", "0 %", "45 %", "100 %"]
        );
    }

    #[test]
    fn a_battery_is_told_with_what_it_does() {
        let of = |percent, charge| battery(Battery { percent, charge });
        assert_eq!(of(Some(78), Charge::Discharging), "78 %");
        assert_eq!(of(Some(40), Charge::Charging), "charging at 40 %");
        assert_eq!(of(Some(100), Charge::Full), "full");
        assert_eq!(of(None, Charge::Unknown), "battery ?");
        let low = |percent, charge| {
            let battery = Battery {
                percent: Some(percent),
                charge,
            };
            is_low(battery, 20)
        };
        assert!(low(20, Charge::Discharging) && !low(21, Charge::Discharging));
        assert!(!low(5, Charge::Charging));
    }

    #[test]
    fn angles_are_of_the_nose_the_right_hand_and_the_compass() {
        let turn = |x: f32, y: f32, z: f32, degrees: f32| {
            let (sin, w) = (degrees.to_radians() / 2.0).sin_cos();
            angles(Quaternion {
                w,
                x: x * sin,
                y: y * sin,
                z: z * sin,
            })
            .map(f32::round)
        };
        assert_eq!(
            turn(1.0, 0.0, 0.0, 30.0),
            [30.0, 0.0, 0.0],
            "the far side up"
        );
        assert_eq!(
            turn(0.0, 0.0, 1.0, -20.0),
            [0.0, 20.0, 0.0],
            "the right side down"
        );
        assert_eq!(turn(0.0, 1.0, 0.0, 50.0), [0.0, 0.0, 50.0], "to the left");
        assert_eq!(
            angles(Quaternion {
                w: f32::NAN,
                x: 0.0,
                y: 0.0,
                z: 0.0
            }),
            [0.0; 3]
        );
    }
}
