//! Writes the state of the controls into input reports: struct `dualshock4_input_report_*` and
//! `dualsense_input_report` of drivers/hid/hid-playstation.c.

use std::time::Duration;

use super::controls::{Battery, Button, Controls, Supply};
use super::crc;
use super::feature::Calibration;
use super::model::{Identity, Model};

/// What a controller counts from report to report.
#[derive(Debug, Clone, Default)]
pub struct Counters {
    reports: u32,
    /// The number of each finger's touch: another one for every time that a finger comes down.
    touches: [u8; 2],
    next_touch: u8,
    down: [bool; 2],
}

impl Counters {
    /// Counts a report, and fingers that came down with it.
    pub fn count(&mut self, controls: &Controls) {
        self.reports = self.reports.wrapping_add(1);
        let fingers = self
            .down
            .iter_mut()
            .zip(&mut self.touches)
            .zip(controls.fingers);
        for ((was_down, touch), finger) in fingers {
            if finger.is_some() && !*was_down {
                self.next_touch = (self.next_touch + 1) & 0x7f;
                *touch = self.next_touch;
            }
            *was_down = finger.is_some();
        }
    }
}

/// A full report: number 1 by cable, 0x11 (DualShock 4) or 0x31 (`DualSense`) by Bluetooth.
/// `clock` is the time since the controller was switched on.
pub fn report(
    identity: &Identity,
    controls: &Controls,
    counters: &Counters,
    clock: Duration,
) -> Vec<u8> {
    let body = if identity.model.is_dualsense() {
        dualsense(identity.model, controls, counters, clock)
    } else {
        dualshock4(identity, controls, counters, clock)
    };
    let mut report = match (identity.by_bluetooth(), identity.model.is_dualsense()) {
        (false, _) => vec![0x01],
        // HID data with a check sum; the second byte is for sound.
        (true, false) => vec![0x11, 0xc0, 0x00],
        (true, true) => vec![0x31, sequence(counters) << 4 | 0x01],
    };
    report.extend(body);
    if identity.by_bluetooth() {
        report.resize(78, 0);
        crc::seal(crc::INPUT, &mut report);
    } else {
        report.resize(64, 0);
    }
    report
}

/// The short report 1 that a controller sends by Bluetooth until it is asked for its calibration:
/// sticks, buttons, triggers.
pub fn short_report(identity: &Identity, controls: &Controls, counters: &Counters) -> Vec<u8> {
    let [b0, b1, mut b2, _] = buttons(identity.model, controls);
    if !identity.model.is_dualsense() {
        b2 |= frame(counters);
    }
    let [[x, y], [rx, ry]] = [controls.left, controls.right];
    vec![0x01, x, y, rx, ry, b0, b1, b2, controls.l2, controls.r2]
}

#[allow(clippy::cast_possible_truncation, reason = "they wrap on the wire")]
fn sequence(counters: &Counters) -> u8 {
    counters.reports as u8
}

/// The upper six bits of a DualShock 4's third byte of buttons.
fn frame(counters: &Counters) -> u8 {
    sequence(counters) << 2
}

/// The bytes of buttons, the cross in the lower half of the first.
fn buttons(model: Model, controls: &Controls) -> [u8; 4] {
    let mut bytes = [controls.dpad as u8, 0, 0, 0];
    for button in &controls.buttons {
        let (byte, bit) = match button {
            Button::Square => (0, 4),
            Button::Cross => (0, 5),
            Button::Circle => (0, 6),
            Button::Triangle => (0, 7),
            Button::L1 => (1, 0),
            Button::R1 => (1, 1),
            Button::L2 => (1, 2),
            Button::R2 => (1, 3),
            Button::Share => (1, 4),
            Button::Options => (1, 5),
            Button::L3 => (1, 6),
            Button::R3 => (1, 7),
            Button::Ps => (2, 0),
            Button::Touchpad => (2, 1),
            Button::Mute if model.is_dualsense() => (2, 2),
            Button::FnLeft if model == Model::Edge => (2, 4),
            Button::FnRight if model == Model::Edge => (2, 5),
            Button::BackLeft if model == Model::Edge => (2, 6),
            Button::BackRight if model == Model::Edge => (2, 7),
            _ => continue,
        };
        if let Some(byte) = bytes.get_mut(byte) {
            *byte |= 1 << bit;
        }
    }
    bytes
}

/// Gyroscope and accelerometer, raw.
fn motion(model: Model, controls: &Controls) -> impl Iterator<Item = u8> {
    let calibration = Calibration::of(model);
    let rotation = controls.rotation_dps.into_iter().enumerate();
    let rotation = rotation.map(|(axis, dps)| calibration.raw_rotation(axis, dps));
    let acceleration = controls.acceleration_g.into_iter().enumerate();
    let acceleration = acceleration.map(|(axis, g)| calibration.raw_acceleration(axis, g));
    rotation.chain(acceleration).flat_map(i16::to_le_bytes)
}

/// Two touch points: bit 7 for "no finger", the touch's number, and twelve bits of each coordinate.
fn touch_points(controls: &Controls, counters: &Counters) -> impl Iterator<Item = u8> {
    let fingers = controls.fingers.into_iter().zip(counters.touches);
    fingers.flat_map(|(finger, touch)| match finger {
        None => [0x80 | touch, 0, 0, 0],
        Some([x, y]) => {
            let [x_low, x_high] = x.to_le_bytes();
            let [y_low, y_high] = y.to_le_bytes();
            let middle = x_high & 0x0f | y_low << 4;
            [touch, x_low, middle, y_high << 4 | y_low >> 4]
        }
    })
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the clock wraps on the wire"
)]
fn dualshock4(
    identity: &Identity,
    controls: &Controls,
    counters: &Counters,
    clock: Duration,
) -> Vec<u8> {
    let [b0, b1, b2, _] = buttons(identity.model, controls);
    let [[x, y], [rx, ry]] = [controls.left, controls.right];
    let mut body = vec![
        x,
        y,
        rx,
        ry,
        b0,
        b1,
        b2 | frame(counters),
        controls.l2,
        controls.r2,
    ];
    // In units of 16/3 µs.
    let ticks = (clock.as_micros() * 3 / 16) as u16;
    body.extend(ticks.to_le_bytes());
    // The temperature, which no driver reads.
    body.push(0x1a);
    body.extend(motion(identity.model, controls));
    body.extend([0; 5]);
    let Battery { tenths, supply } = controls.battery;
    body.push(match supply {
        Supply::Discharging => tenths.min(10),
        Supply::Charging => 0x10 | tenths.min(10),
        Supply::Full => 0x10 | 11,
        Supply::NotCharging => 0x10 | 14,
        Supply::Fault => 0x10 | 15,
    });
    let gone = identity.model == Model::Dongle && !controls.connected;
    body.extend([if gone { 0x04 } else { 0x00 }, 0x00]);
    // The newest of the touchpad's own reports, with the time in units of 682.7 µs; older ones
    // follow, without fingers here.
    body.extend([1, (clock.as_micros() * 3 / 2048) as u8]);
    body.extend(touch_points(controls, counters));
    for _ in 1..(if identity.by_bluetooth() { 4 } else { 3 }) {
        body.extend([0, 0x80, 0, 0, 0, 0x80, 0, 0, 0]);
    }
    body
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "the clock wraps on the wire"
)]
fn dualsense(model: Model, controls: &Controls, counters: &Counters, clock: Duration) -> Vec<u8> {
    let [[x, y], [rx, ry]] = [controls.left, controls.right];
    let mut body = vec![x, y, rx, ry, controls.l2, controls.r2, sequence(counters)];
    body.extend(buttons(model, controls));
    body.extend([0; 4]);
    body.extend(motion(model, controls));
    // In units of 1/3 µs.
    body.extend(((clock.as_micros() * 3) as u32).to_le_bytes());
    body.push(0x1a);
    body.extend(touch_points(controls, counters));
    body.extend([0; 12]);
    let Battery { tenths, supply } = controls.battery;
    let state = match supply {
        Supply::Discharging => 0x0,
        Supply::Charging => 0x1,
        Supply::Full => 0x2,
        Supply::NotCharging => 0xb,
        Supply::Fault => 0xf,
    };
    body.push(state << 4 | tenths.min(10));
    body.resize(63, 0);
    body
}

#[cfg(test)]
mod tests {
    use super::super::model::Transport;
    use super::*;

    fn pressed(model: Model, transport: Transport) -> (Identity, Vec<u8>) {
        let identity = Identity::new(model, transport, 1);
        let controls = Controls {
            left: [1, 2],
            l2: 40,
            buttons: [Button::Cross, Button::L2, Button::Touchpad].into(),
            fingers: [Some([0x123, 0x345]), None],
            ..Controls::default()
        };
        let mut counters = Counters::default();
        counters.count(&controls);
        let report = report(&identity, &controls, &counters, Duration::from_millis(16));
        (identity, report)
    }

    #[test]
    fn a_dualshock_4s_report_has_every_field_in_its_place() {
        let (_, report) = pressed(Model::DualShock4, Transport::Usb);
        assert_eq!(report.len(), 64);
        assert_eq!(
            report[..10],
            [0x01, 1, 2, 128, 128, 0x28, 0x04, 0x06, 40, 0]
        );
        assert_eq!(u16::from_le_bytes([report[10], report[11]]), 3000);
        // At rest the gyroscope has its bias, and gravity is on y.
        assert_eq!(report[13..19], [30, 0, 5, 0, 0xe2, 0xff]);
        assert_eq!(i16::from_le_bytes([report[21], report[22]]), 7820);
        assert_eq!(report[30], 6);
        assert_eq!(
            (report[33], &report[35..39]),
            (1, &[0x01, 0x23, 0x51, 0x34][..])
        );
        assert_eq!(report[39] & 0x80, 0x80);
    }

    #[test]
    fn a_report_by_bluetooth_is_two_bytes_longer_and_sealed() {
        let (_, report) = pressed(Model::DualShock4, Transport::Bluetooth);
        assert_eq!((report.len(), report[0], report[3]), (78, 0x11, 1));
        assert_eq!(report[7..10], [0x28, 0x04, 0x06]);
        assert!(crc::is_sealed(crc::INPUT, &report));
    }

    #[test]
    fn a_dualsenses_report_has_every_field_in_its_place() {
        let (_, report) = pressed(Model::DualSense, Transport::Usb);
        assert_eq!(
            report[..11],
            [0x01, 1, 2, 128, 128, 40, 0, 1, 0x28, 0x04, 0x02]
        );
        assert_eq!(i16::from_le_bytes([report[24], report[25]]), 8067);
        assert_eq!(report[33..37], [0x01, 0x23, 0x51, 0x34]);
        assert_eq!(report[53], 6);
        let (_, report) = pressed(Model::DualSense, Transport::Bluetooth);
        assert_eq!((report.len(), report[0], report[2]), (78, 0x31, 1));
        assert!(crc::is_sealed(crc::INPUT, &report));
    }

    #[test]
    fn a_finger_that_comes_down_again_is_another_touch() {
        let mut controls = Controls::default();
        let mut counters = Counters::default();
        let mut touch = |finger| {
            controls.fingers = [finger, None];
            counters.count(&controls);
            touch_points(&controls, &counters).next()
        };
        assert_eq!(touch(Some([1, 1])), Some(1));
        assert_eq!(touch(Some([2, 2])), Some(1));
        assert_eq!(touch(None), Some(0x81));
        assert_eq!(touch(Some([2, 2])), Some(2));
    }
}
