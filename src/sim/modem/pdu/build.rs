//! Building what the network brings: SMS-DELIVER and SMS-STATUS-REPORT, and the SMS-SUBMIT that a
//! modem makes of a text-mode message.

use jiff::tz::Offset;
use jiff::{Timestamp, civil};

use super::super::gsm;

/// SMS-DELIVER PDUs of a text, with the service centre in front: one, or as many parts as the
/// text needs. 7-bit where the default alphabet has every character, else UCS-2.
#[must_use]
pub fn deliver(
    smsc: &str,
    sender: &str,
    text: &str,
    time: Timestamp,
    offset_minutes: i16,
    reference: u8,
) -> Vec<Vec<u8>> {
    parts(text, reference)
        .into_iter()
        .map(|part| {
            let mut pdu = smsc_octets(smsc);
            // TP-MTI 0, TP-MMS 1 (no more messages), TP-UDHI.
            pdu.push(0x04 | part.header_bit());
            pdu.extend(address(sender));
            pdu.extend([0x00, part.coding]);
            pdu.extend(time_stamp(time, offset_minutes));
            pdu.push(part.length);
            pdu.extend(part.octets);
            pdu
        })
        .collect()
}

/// SMS-SUBMIT of a single text as the modem itself makes it in text mode.
pub(in crate::sim::modem) fn submit(
    number: &str,
    first_octet: u8,
    coding: u8,
    text: &str,
) -> Option<Vec<u8>> {
    let septets = (coding & 0x0C == 0).then(|| gsm::encode(text)).flatten();
    let (length, octets) = match septets {
        Some(septets) => (septets.len(), gsm::pack(&septets, 0)),
        None => {
            let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            (octets.len(), octets)
        }
    };
    let mut pdu = vec![0x00, (first_octet & 0xE0) | 0x11, 0x00];
    pdu.extend(address(number));
    pdu.extend([0x00, coding, 0xA7]);
    pdu.push(u8::try_from(length).ok().filter(|_| octets.len() <= 140)?);
    pdu.extend(octets);
    Some(pdu)
}

/// SMS-STATUS-REPORT (clause 9.2.2.3) for the message with this TP-MR.
#[must_use]
pub fn status_report(
    smsc: &str,
    reference: u8,
    number: &str,
    time: Timestamp,
    offset_minutes: i16,
    status: u8,
) -> Vec<u8> {
    let mut pdu = smsc_octets(smsc);
    pdu.extend([0x06, reference]);
    pdu.extend(address(number));
    pdu.extend(time_stamp(time, offset_minutes));
    pdu.extend(time_stamp(time, offset_minutes));
    pdu.push(status);
    pdu
}

struct Part {
    coding: u8,
    length: u8,
    octets: Vec<u8>,
    headed: bool,
}

impl Part {
    fn header_bit(&self) -> u8 {
        if self.headed { 0x40 } else { 0 }
    }
}

/// Cuts a text into parts (clause 9.2.3.24.1): never inside an escape or a surrogate pair.
fn parts(text: &str, reference: u8) -> Vec<Part> {
    let septets = text
        .chars()
        .map(|c| gsm::encode(&c.to_string()))
        .collect::<Option<Vec<_>>>();
    let (coding, pieces, whole, each) = match septets {
        Some(pieces) => (0x00, pieces, 160, 153),
        None => {
            let mut buffer = [0; 2];
            let pieces = text
                .chars()
                .map(|c| {
                    c.encode_utf16(&mut buffer)
                        .iter()
                        .flat_map(|unit| unit.to_be_bytes())
                        .collect()
                })
                .collect();
            (0x08, pieces, 140, 134)
        }
    };
    let total: usize = pieces.iter().map(Vec::len).sum();
    let room = if total <= whole { whole } else { each };
    let mut bodies: Vec<Vec<u8>> = vec![Vec::new()];
    for piece in pieces {
        match bodies.last_mut() {
            Some(body) if body.len() + piece.len() <= room => body.extend(piece),
            _ => bodies.push(piece),
        }
    }
    let count = u8::try_from(bodies.len()).unwrap_or(u8::MAX);
    bodies
        .into_iter()
        .zip(1..=u8::MAX)
        .map(|(body, number)| {
            let headed = count > 1;
            let mut octets = if headed {
                vec![5, 0x00, 3, reference, count, number]
            } else {
                Vec::new()
            };
            // Six octets of header are 48 bits: one fill bit brings the text to a septet border.
            let (units, packed) = match (coding, headed) {
                (0x00, true) => (body.len() + 7, gsm::pack(&body, 1)),
                (0x00, false) => (body.len(), gsm::pack(&body, 0)),
                (_, headed) => (body.len() + if headed { 6 } else { 0 }, body),
            };
            octets.extend(packed);
            Part {
                coding,
                length: u8::try_from(units).unwrap_or(u8::MAX),
                octets,
                headed,
            }
        })
        .collect()
}

fn digits(number: &str) -> String {
    number
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#'))
        .collect()
}

fn semi_octets(digits: &str) -> Vec<u8> {
    let nibbles: Vec<u8> = digits
        .chars()
        .map(|c| match c {
            '*' => 0xA,
            '#' => 0xB,
            _ => u8::try_from(c.to_digit(10).unwrap_or(0)).unwrap_or(0),
        })
        .collect();
    nibbles
        .chunks(2)
        .map(|pair| pair.get(1).unwrap_or(&0xF) << 4 | pair.first().unwrap_or(&0))
        .collect()
}

fn smsc_octets(number: &str) -> Vec<u8> {
    if number.is_empty() {
        return vec![0];
    }
    let octets = semi_octets(&digits(number));
    let mut all = vec![
        u8::try_from(octets.len() + 1).unwrap_or(0),
        type_of_number(number),
    ];
    all.extend(octets);
    all
}

fn type_of_number(number: &str) -> u8 {
    if number.starts_with('+') { 0x91 } else { 0x81 }
}

/// An address field (clause 9.1.2.5); letters make it alphanumeric (at most 11 characters).
fn address(number: &str) -> Vec<u8> {
    let telephone = number
        .chars()
        .all(|c| c.is_ascii_digit() || "+*# -()/".contains(c));
    if telephone {
        let digits = digits(number);
        let mut octets = vec![
            u8::try_from(digits.len()).unwrap_or(0),
            type_of_number(number),
        ];
        octets.extend(semi_octets(&digits));
        octets
    } else {
        let mut septets = gsm::encode(number).unwrap_or_else(|| b"unknown".to_vec());
        septets.truncate(11);
        let packed = gsm::pack(&septets, 0);
        // The length counts useful semi-octets.
        let mut octets = vec![
            u8::try_from((septets.len() * 7).div_ceil(4)).unwrap_or(0),
            0xD0,
        ];
        octets.extend(packed);
        octets
    }
}

/// TP-SCTS (clause 9.2.3.11): local time and its offset in quarters of an hour.
fn time_stamp(time: Timestamp, offset_minutes: i16) -> [u8; 7] {
    let local = local_time(time, offset_minutes);
    let swapped = |value: u8| ((value % 10) << 4) | (value / 10);
    let quarters = u8::try_from((offset_minutes / 15).unsigned_abs()).unwrap_or(0);
    let sign = if offset_minutes < 0 { 0x08 } else { 0 };
    let small = |value: i8| swapped(u8::try_from(value).unwrap_or(0));
    [
        swapped(u8::try_from(local.year() % 100).unwrap_or(0)),
        small(local.month()),
        small(local.day()),
        small(local.hour()),
        small(local.minute()),
        small(local.second()),
        swapped(quarters) | sign,
    ]
}

/// What the clock on the wall shows.
pub(in crate::sim::modem) fn local_time(time: Timestamp, offset_minutes: i16) -> civil::DateTime {
    let offset = Offset::from_seconds(i32::from(offset_minutes) * 60).unwrap_or(Offset::UTC);
    offset.to_datetime(time)
}
