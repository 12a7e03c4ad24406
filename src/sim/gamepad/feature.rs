//! What a controller answers when it is asked (feature reports): its address, its firmware, and
//! how its motion sensors were measured in the factory.

use super::crc;
use super::model::{Identity, Model};

/// A controller's measurements in the factory. The sensors of no two are alike, so a raw value
/// means nothing without them.
#[derive(Debug, Clone, Copy)]
pub struct Calibration {
    /// The gyroscope's raw values at rest: pitch, yaw, roll.
    pub gyro_bias: [i16; 3],
    /// While it turned with `speed_plus`.
    gyro_plus: [i16; 3],
    /// While it turned the other way with `speed_minus`.
    gyro_minus: [i16; 3],
    /// Degrees a second.
    speed_plus: i16,
    speed_minus: i16,
    /// The accelerometer's raw values at 1 g, along each axis.
    accel_plus: [i16; 3],
    /// At -1 g.
    accel_minus: [i16; 3],
}

const DUALSHOCK4: Calibration = Calibration {
    gyro_bias: [30, 5, -30],
    gyro_plus: [8946, 8894, 8845],
    gyro_minus: [-8881, -8883, -8903],
    speed_plus: 540,
    speed_minus: 540,
    accel_plus: [8163, 7820, 8240],
    accel_minus: [-8309, -8524, -8079],
};

const DUALSENSE: Calibration = Calibration {
    gyro_bias: [-1, -14, 4],
    gyro_plus: [8861, 8850, 8890],
    gyro_minus: [-8866, -8878, -8879],
    speed_plus: 540,
    speed_minus: 540,
    accel_plus: [8187, 8067, 8199],
    accel_minus: [-8187, -8295, -8196],
};

impl Calibration {
    /// A model's.
    pub fn of(model: Model) -> &'static Self {
        if model.is_dualsense() {
            &DUALSENSE
        } else {
            &DUALSHOCK4
        }
    }

    /// What the gyroscope gives for so many degrees a second around an axis (0, 1, 2).
    #[allow(
        clippy::cast_possible_truncation,
        reason = "saturates, as the sensor does"
    )]
    pub fn raw_rotation(&self, axis: usize, dps: f32) -> i16 {
        let at = |values: [i16; 3]| f32::from(values.get(axis).copied().unwrap_or_default());
        let speed = f32::from(self.speed_plus) + f32::from(self.speed_minus);
        let scale = (at(self.gyro_plus) - at(self.gyro_minus)) / speed;
        dps.mul_add(scale, at(self.gyro_bias)).round() as i16
    }

    /// What the accelerometer gives for so many g along an axis.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "saturates, as the sensor does"
    )]
    pub fn raw_acceleration(&self, axis: usize, g: f32) -> i16 {
        let at = |values: [i16; 3]| f32::from(values.get(axis).copied().unwrap_or_default());
        let half = (at(self.accel_plus) - at(self.accel_minus)) / 2.0;
        let middle = at(self.accel_plus) - half;
        g.mul_add(half, middle).round() as i16
    }

    /// The body of a calibration report. By cable the two directions of each axis stand together;
    /// a DualShock 4 sends one direction of all axes first where a radio is between.
    fn write(&self, by_axis: bool) -> Vec<u8> {
        let [p, y, r] = self.gyro_plus;
        let [p_minus, y_minus, r_minus] = self.gyro_minus;
        let gyro = if by_axis {
            [p, p_minus, y, y_minus, r, r_minus]
        } else {
            [p, y, r, p_minus, y_minus, r_minus]
        };
        let speeds = [self.speed_plus, self.speed_minus];
        let [x, y, z] = self.accel_plus;
        let [x_minus, y_minus, z_minus] = self.accel_minus;
        let accel = [x, x_minus, y, y_minus, z, z_minus];
        let all = self
            .gyro_bias
            .iter()
            .chain(&gyro)
            .chain(&speeds)
            .chain(&accel);
        all.flat_map(|value| value.to_le_bytes()).collect()
    }
}

/// The answer to a question for a feature report, from its number on; `None` for one that this
/// controller does not answer, which is an error on the wire.
pub fn answer(identity: &Identity, number: u8) -> Option<Vec<u8>> {
    let model = identity.model;
    let radio = identity.by_bluetooth();
    let calibration = Calibration::of(model);
    let mut mac = identity.mac;
    mac.reverse();
    let (body, length) = match (model.is_dualsense(), number) {
        (false, 0x02) if !radio => (calibration.write(model != Model::Dongle), 37),
        (false, 0x05) if radio => (calibration.write(false), 41),
        // The pairing's own address; hid-playstation asks for it, hid-sony for the next.
        (false, 0x12) if !radio => (mac.to_vec(), 16),
        (false, 0x81) if !radio => (mac.to_vec(), 7),
        (false, 0xa3) => (
            firmware(b"Apr  8 2014", b"09:46:06", &[(34, 0x4300), (40, 0x0051)]),
            49,
        ),
        (true, 0x05) => (calibration.write(true), 41),
        (true, 0x09) => (mac.to_vec(), 20),
        // The last one is the version of the reports (2.36): since 2.21 rumble has a flag of its
        // own.
        (true, 0x20) => (
            firmware(
                b"Aug 18 2020",
                b"06:20:29",
                &[(23, 0x0313), (27, 0x001e), (29, 0x0100), (43, 0x0224)],
            ),
            64,
        ),
        _ => return None,
    };
    let mut report = vec![number];
    report.extend(body);
    report.resize(length, 0);
    // The only report by radio that has no check sum.
    if radio && number != 0xa3 {
        crc::seal(crc::FEATURE, &mut report);
    }
    Some(report)
}

/// Date and time of the build, and numbers at places.
fn firmware(date: &[u8], time: &[u8], numbers: &[(usize, u16)]) -> Vec<u8> {
    let mut body = vec![0; 48];
    let mut put = |at: usize, bytes: &[u8]| {
        for (place, byte) in body.iter_mut().skip(at).zip(bytes) {
            *place = *byte;
        }
    };
    put(0, date);
    put(if date.starts_with(b"Apr") { 16 } else { 11 }, time);
    for (at, number) in numbers {
        put(*at, &number.to_le_bytes());
    }
    body
}

#[cfg(test)]
mod tests {
    use super::super::model::Transport;
    use super::*;

    #[test]
    fn the_calibration_reports_are_byte_for_byte_those_of_a_real_controller() {
        let usb = Identity::new(Model::DualShock4, Transport::Usb, 1);
        let mut wanted = vec![
            0x02, 0x1e, 0x00, 0x05, 0x00, 0xe2, 0xff, 0xf2, 0x22, 0x4f, 0xdd, 0xbe, 0x22, 0x4d,
            0xdd, 0x8d, 0x22, 0x39, 0xdd, 0x1c, 0x02, 0x1c, 0x02, 0xe3, 0x1f, 0x8b, 0xdf, 0x8c,
            0x1e, 0xb4, 0xde, 0x30, 0x20, 0x71, 0xe0,
        ];
        wanted.resize(37, 0);
        assert_eq!(answer(&usb, 0x02).unwrap(), wanted);
        let radio = Identity {
            transport: Transport::Bluetooth,
            ..usb
        };
        let report = answer(&radio, 0x05).unwrap();
        assert_eq!(report[7..13], [0xf2, 0x22, 0xbe, 0x22, 0x8d, 0x22]);
        assert!(crc::is_sealed(crc::FEATURE, &report));
        assert_eq!(answer(&radio, 0x12), None);
    }

    #[test]
    fn every_answer_has_the_length_that_the_drivers_want() {
        for (model, transport, number, length) in [
            (Model::DualShock4, Transport::Usb, 0x12, 16),
            (Model::DualShock4V2, Transport::Usb, 0x81, 7),
            (Model::Dongle, Transport::Bluetooth, 0x02, 37),
            (Model::DualShock4, Transport::Bluetooth, 0xa3, 49),
            (Model::DualSense, Transport::Usb, 0x05, 41),
            (Model::DualSense, Transport::Bluetooth, 0x09, 20),
            (Model::Edge, Transport::Usb, 0x20, 64),
        ] {
            let identity = Identity::new(model, transport, 1);
            let report = answer(&identity, number).unwrap();
            assert_eq!((report[0], report.len()), (number, length), "{model:?}");
        }
    }

    #[test]
    fn the_firmware_is_that_of_a_real_dualsense() {
        let pad = Identity::new(Model::DualSense, Transport::Usb, 1);
        let report = answer(&pad, 0x20).unwrap();
        assert_eq!(&report[1..20], b"Aug 18 202006:20:29");
    }
}
