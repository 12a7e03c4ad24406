//! Reads what a controller is told: output reports 0x05 and 0x11 (DualShock 4), 0x02 and 0x31
//! (`DualSense`). A field counts only where its flag says so, as in the controller.

use std::time::Duration;

use super::crc;
use super::model::Identity;

/// The two motors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rumble {
    /// The heavy one, left.
    pub strong: u8,
    /// The light one, right.
    pub weak: u8,
}

/// The light bar's own blinking (DualShock 4 only); both zero for a steady light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Blink {
    /// In steps of 10 ms, at most 2550 ms.
    pub on: Duration,
    /// As `on`.
    pub off: Duration,
}

/// What one output report says. A part that it does not speak of stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Output {
    /// The motors.
    pub rumble: Option<Rumble>,
    /// The light bar: red, green, blue.
    pub colour: Option<[u8; 3]>,
    /// Its blinking.
    pub blink: Option<Blink>,
    /// The white lights under the touchpad, bit 0 for the left one (`DualSense` only).
    pub players: Option<u8>,
    /// The microphone button's light: 0 off, 1 on, 2 pulsing (`DualSense` only).
    pub mute: Option<u8>,
}

/// Why a report means nothing to the controller, which ignores it then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Nonsense {
    /// Not a report that this controller takes by this way.
    #[error("report {number:#04x} of {length} bytes is not for this controller")]
    Unknown {
        /// The report's number.
        number: u8,
        /// Its length, with the number.
        length: usize,
    },
    /// Damaged, or sealed wrongly.
    #[error("report {0:#04x} has a wrong check sum")]
    CheckSum(u8),
}

/// What the controller shows and does after all that it was told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    /// The motors.
    pub rumble: Rumble,
    /// The light bar.
    pub colour: [u8; 3],
    /// Its blinking.
    pub blink: Blink,
    /// The white lights, bit 0 for the left one.
    pub players: u8,
    /// The microphone button's light.
    pub mute: u8,
}

impl Shown {
    /// Takes a report in.
    pub fn take(&mut self, output: &Output) {
        let Output {
            rumble,
            colour,
            blink,
            players,
            mute,
        } = output;
        self.rumble = rumble.unwrap_or(self.rumble);
        self.colour = colour.unwrap_or(self.colour);
        self.blink = blink.unwrap_or(self.blink);
        self.players = players.unwrap_or(self.players);
        self.mute = mute.unwrap_or(self.mute);
    }
}

/// Reads a report, number first.
///
/// # Errors
/// [`Nonsense`] for what this controller would ignore.
pub fn read(identity: &Identity, report: &[u8]) -> Result<Output, Nonsense> {
    let number = report.first().copied().unwrap_or_default();
    let unknown = Nonsense::Unknown {
        number,
        length: report.len(),
    };
    let radio = identity.by_bluetooth();
    let dualsense = identity.model.is_dualsense();
    // A report by cable may be shorter or longer than it is described: only the start counts.
    let body = match (dualsense, radio, number, report.len()) {
        (false, false, 0x05, 11..) | (true, false, 0x02, 48..) => report.get(1..),
        (false, true, 0x11, 78) | (true, true, 0x31, 78) => {
            if !crc::is_sealed(crc::OUTPUT, report) {
                return Err(Nonsense::CheckSum(number));
            }
            let second = report.get(1).copied().unwrap_or_default();
            let third = report.get(2).copied().unwrap_or_default();
            // Without "HID data" it is sound; without its tag nothing.
            if (!dualsense && second & 0x80 == 0) || (dualsense && third != 0x10) {
                return Err(unknown);
            }
            report.get(3..)
        }
        _ => None,
    };
    let body = body.ok_or(unknown)?;
    let at = |place: usize| body.get(place).copied().unwrap_or_default();
    Ok(if dualsense {
        from_dualsense(at)
    } else {
        from_dualshock4(at)
    })
}

fn from_dualshock4(at: impl Fn(usize) -> u8) -> Output {
    let flags = at(0);
    let tens = |place| Duration::from_millis(10 * u64::from(at(place)));
    Output {
        rumble: (flags & 0x01 != 0).then(|| Rumble {
            weak: at(3),
            strong: at(4),
        }),
        colour: (flags & 0x02 != 0).then(|| [at(5), at(6), at(7)]),
        blink: (flags & 0x04 != 0).then(|| Blink {
            on: tens(8),
            off: tens(9),
        }),
        players: None,
        mute: None,
    }
}

fn from_dualsense(at: impl Fn(usize) -> u8) -> Output {
    let (haptics, lights, more) = (at(0), at(1), at(38));
    // "Haptics select", and rumble in its old or its new manner.
    let rumbles = haptics & 0x02 != 0 && (haptics & 0x01 != 0 || more & 0x04 != 0);
    Output {
        rumble: rumbles.then(|| Rumble {
            weak: at(2),
            strong: at(3),
        }),
        colour: (lights & 0x04 != 0).then(|| [at(44), at(45), at(46)]),
        blink: None,
        players: (lights & 0x10 != 0).then(|| at(43) & 0x1f),
        mute: (lights & 0x01 != 0).then(|| at(8)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::{Model, Transport};
    use super::*;

    fn identity(model: Model, transport: Transport) -> Identity {
        Identity::new(model, transport, 1)
    }

    #[test]
    fn a_dualshock_4_takes_what_the_flags_name() {
        let pad = identity(Model::DualShock4, Transport::Usb);
        let mut report = [0; 32];
        report[..11].copy_from_slice(&[0x05, 0x03, 0, 0, 10, 20, 1, 2, 3, 50, 51]);
        let output = read(&pad, &report).unwrap();
        assert_eq!(
            output.rumble,
            Some(Rumble {
                weak: 10,
                strong: 20
            })
        );
        assert_eq!((output.colour, output.blink), (Some([1, 2, 3]), None));
        report[1] = 0x04;
        let output = read(&pad, &report).unwrap();
        assert_eq!((output.rumble, output.colour), (None, None));
        let blink = output.blink.unwrap();
        assert_eq!((blink.on.as_millis(), blink.off.as_millis()), (500, 510));
    }

    #[test]
    fn a_report_by_bluetooth_counts_only_with_its_check_sum() {
        let pad = identity(Model::DualShock4, Transport::Bluetooth);
        let mut report = [0; 78];
        report[..11].copy_from_slice(&[0x11, 0xc4, 0, 0x07, 0, 0, 0, 0, 9, 8, 7]);
        assert_eq!(read(&pad, &report), Err(Nonsense::CheckSum(0x11)));
        crc::seal(crc::OUTPUT, &mut report);
        assert_eq!(read(&pad, &report).unwrap().colour, Some([9, 8, 7]));
        report[1] = 0x40;
        crc::seal(crc::OUTPUT, &mut report);
        assert!(matches!(read(&pad, &report), Err(Nonsense::Unknown { .. })));
    }

    #[test]
    fn a_dualsense_has_its_lights_at_the_end() {
        let pad = identity(Model::DualSense, Transport::Usb);
        let mut report = [0; 63];
        report[0] = 0x02;
        report[1] = 0x02;
        report[2] = 0x15;
        report[3..5].copy_from_slice(&[1, 2]);
        report[9] = 1;
        report[39] = 0x04;
        report[44..48].copy_from_slice(&[0x04, 7, 8, 9]);
        let output = read(&pad, &report).unwrap();
        assert_eq!(output.rumble, Some(Rumble { weak: 1, strong: 2 }));
        assert_eq!(output.colour, Some([7, 8, 9]));
        assert_eq!((output.players, output.mute), (Some(0x04), Some(1)));
    }

    #[test]
    fn other_controllers_reports_are_ignored() {
        let pad = identity(Model::DualSense, Transport::Usb);
        for report in [&[][..], &[0x05; 32], &[0x31; 78], &[0x02]] {
            assert!(read(&pad, report).is_err(), "{report:?}");
        }
    }
}
