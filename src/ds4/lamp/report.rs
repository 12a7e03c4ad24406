//! Output reports that set the light, for pads whose LEDs may not be written but whose raw device
//! may. Pure; laid out as in the kernel's `drivers/hid/hid-playstation.c`.

use crate::ds4::light::{PlayerLeds, Rgb};
use crate::ds4::pad::{Model, Transport};

/// Reports over Bluetooth end in a checksum that begins with this byte.
const SEED: u8 = 0xa2;

/// What a report sets; the rest stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// The light bar.
    Colour(Rgb),
    /// The player LEDs of a DualSense.
    Players(PlayerLeds),
}

/// The report to write to the raw device; `sequence` counts a DualSense's over Bluetooth.
#[must_use]
pub fn report(model: Model, transport: Transport, wish: Wish, sequence: u8) -> Vec<u8> {
    let usb = transport == Transport::Usb;
    if model.is_dualsense() {
        let head: &[u8] = if usb {
            &[0x02]
        } else {
            &[0x31, sequence << 4, 0x10]
        };
        let length = if usb { 63 } else { 78 };
        finish(head, &dualsense(wish), length, !usb)
    } else {
        // Over Bluetooth: a HID report with a checksum, sent on every 4 ms.
        let head: &[u8] = if usb { &[0x05] } else { &[0x11, 0xc4, 0x00] };
        let length = if usb { 32 } else { 78 };
        finish(head, &dualshock4(wish), length, !usb)
    }
}

fn dualshock4(wish: Wish) -> Vec<u8> {
    match wish {
        // Flags (2: the light bar), two reserved, the motors, the colour.
        Wish::Colour(Rgb { red, green, blue }) => vec![0x02, 0, 0, 0, 0, red, green, blue],
        Wish::Players(_) => Vec::new(),
    }
}

fn dualsense(wish: Wish) -> Vec<u8> {
    let mut body = vec![0; 47];
    let mut set = |at: usize, value: u8| {
        if let Some(byte) = body.get_mut(at) {
            *byte = value;
        }
    };
    match wish {
        Wish::Colour(Rgb { red, green, blue }) => {
            set(1, 0x04);
            // The light bar belongs to the start-up's blue until it is told to let go.
            set(38, 0x02);
            set(41, 0x02);
            set(44, red);
            set(45, green);
            set(46, blue);
        }
        Wish::Players(leds) => {
            set(1, 0x10);
            // Bit 5: at once instead of fading in.
            set(43, leds.0 & 0x1f | 0x20);
        }
    }
    body
}

fn finish(head: &[u8], body: &[u8], length: usize, with_checksum: bool) -> Vec<u8> {
    let mut report = [head, body].concat();
    if with_checksum {
        report.resize(length - 4, 0);
        let sum = checksum(&report);
        report.extend(sum.to_le_bytes());
    } else {
        report.resize(length, 0);
    }
    report
}

/// CRC-32 (IEEE 802.3) of the seed and the report.
fn checksum(report: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in [SEED].iter().chain(report) {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 0 {
                sum >> 1
            } else {
                sum >> 1 ^ 0xedb8_8320
            };
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORANGE: Wish = Wish::Colour(Rgb::new(255, 90, 1));

    #[test]
    fn the_checksum_is_that_of_every_crc_32() {
        // Of "\xa2" and "123456789", as by Python's zlib.crc32.
        assert_eq!(checksum(b"123456789"), 0x63da_9f12);
    }

    #[test]
    fn a_colour_for_a_dualshock_4_stands_where_the_driver_puts_it() {
        let usb = report(Model::DualShock4V2, Transport::Usb, ORANGE, 0);
        assert_eq!(usb.len(), 32);
        assert_eq!(usb[..11], [5, 2, 0, 0, 0, 0, 255, 90, 1, 0, 0]);
        let bluetooth = report(Model::DualShock4V1, Transport::Bluetooth, ORANGE, 0);
        assert_eq!(bluetooth.len(), 78);
        assert_eq!(bluetooth[..3], [0x11, 0xc4, 0]);
        assert_eq!(bluetooth[3..13], [2, 0, 0, 0, 0, 255, 90, 1, 0, 0]);
        let sum = checksum(&bluetooth[..74]);
        assert_eq!(bluetooth[74..], sum.to_le_bytes());
    }

    #[test]
    fn a_dualsense_gets_colour_and_player_leds_apart() {
        let usb = report(Model::DualSense, Transport::Usb, ORANGE, 0);
        assert_eq!(usb.len(), 63);
        assert_eq!((usb[0], usb[1], usb[2]), (2, 0, 4));
        assert_eq!(usb[45..48], [255, 90, 1]);
        let players = Wish::Players(PlayerLeds::for_player(1));
        let bluetooth = report(Model::DualSenseEdge, Transport::Bluetooth, players, 3);
        assert_eq!(bluetooth.len(), 78);
        assert_eq!(bluetooth[..5], [0x31, 0x30, 0x10, 0, 0x10]);
        assert_eq!(bluetooth[3 + 43], 0x24);
    }
}
