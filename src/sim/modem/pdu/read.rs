//! Reading what a program sends, and what a list in text mode shows of a stored PDU.

use super::super::gsm;
use super::to_hex;

/// A text message that was handed to the network (SMS-SUBMIT), as the simulator reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submit {
    /// TP-MR as the program wrote it.
    pub reference: u8,
    /// TP-SRR: whether a status report is asked for.
    pub wants_report: bool,
    /// TP-DA, with `+` where it is international.
    pub number: String,
    /// TP-DCS.
    pub coding: u8,
    /// Reference, part (from 1) and parts of a long message.
    pub concat: Option<(u16, u8, u8)>,
    /// The text of this part; 8-bit data as hexadecimal.
    pub text: String,
    /// Whether the PDU names a service centre of its own.
    pub names_smsc: bool,
}

/// What a list in text mode tells of a stored PDU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sim::modem) struct Listed {
    /// The other side.
    pub number: String,
    /// TP-SCTS as `yy/MM/dd,hh:mm:ss±zz`; empty for our own messages.
    pub time: String,
    /// TP-DCS.
    pub coding: u8,
    /// The text as Unicode.
    pub text: String,
    /// The user data's octets behind its header.
    pub octets: Vec<u8>,
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn octet(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A time stamp as `yy/MM/dd,hh:mm:ss±zz`.
    fn time(&mut self) -> Option<String> {
        let stamp = self.take(7)?;
        let two = |at: usize| {
            stamp
                .get(at)
                .map_or(0, |octet| (octet & 0x0F) * 10 + (octet >> 4))
        };
        let zone = stamp.get(6).copied().unwrap_or(0);
        let quarters = (zone & 0x07) * 10 + (zone >> 4);
        let sign = if zone & 0x08 == 0 { '+' } else { '-' };
        Some(format!(
            "{:02}/{:02}/{:02},{:02}:{:02}:{:02}{sign}{quarters:02}",
            two(0),
            two(1),
            two(2),
            two(3),
            two(4),
            two(5),
        ))
    }

    fn address(&mut self) -> Option<String> {
        let length = usize::from(self.octet()?);
        let kind = self.octet()?;
        let octets = self.take(length.div_ceil(2))?;
        if kind & 0x70 == 0x50 {
            return Some(gsm::decode(&gsm::unpack(octets, length * 4 / 7, 0)));
        }
        let nibbles = octets
            .iter()
            .flat_map(|octet| [octet & 0xF, octet >> 4])
            .take(length);
        let digits: String = nibbles
            .map(|n| "0123456789*#abc".chars().nth(usize::from(n)).unwrap_or('?'))
            .collect();
        Some(if kind & 0x70 == 0x10 {
            format!("+{digits}")
        } else {
            digits
        })
    }
}

/// The fields of a status report as text mode tells them (27.005 clause 3.1, `<fo>` to `<st>`);
/// `None` where the PDU is none.
pub(in crate::sim::modem) fn read_report(
    pdu: &[u8],
) -> Option<(u8, u8, String, String, String, u8)> {
    let mut reader = without_smsc(pdu)?;
    let first = reader.octet().filter(|first| first & 0x03 == 0x02)?;
    let reference = reader.octet()?;
    let number = reader.address()?;
    let (taken, done) = (reader.time()?, reader.time()?);
    Some((first, reference, number, taken, done, reader.octet()?))
}

struct Body {
    concat: Option<(u16, u8, u8)>,
    text: String,
    octets: Vec<u8>,
}

/// TP-UDL and TP-UD (clauses 9.2.3.16 and 9.2.3.24).
fn user_data(reader: &mut Reader<'_>, coding: u8, headed: bool) -> Option<Body> {
    let length = usize::from(reader.octet()?);
    let seven_bit = coding & 0xEC == 0 || coding & 0xF4 == 0xF0 || coding & 0xE0 == 0xC0;
    let octets = reader.take(if seven_bit {
        (length * 7).div_ceil(8)
    } else {
        length
    })?;
    let header_length = if headed {
        usize::from(*octets.first()?) + 1
    } else {
        0
    };
    let mut header = Reader(octets.get(1.min(header_length)..header_length)?);
    let mut concat = None;
    while let Some(element) = header.octet() {
        let size = usize::from(header.octet()?);
        match (element, header.take(size)?) {
            (0x00, [reference, parts, part]) => {
                concat = Some((u16::from(*reference), *part, *parts));
            }
            (0x08, [high, low, parts, part]) => {
                concat = Some((u16::from_be_bytes([*high, *low]), *part, *parts));
            }
            _ => {}
        }
    }
    let body = octets.get(header_length..)?.to_vec();
    let text = if seven_bit {
        let header_septets = (header_length * 8).div_ceil(7);
        let fill = header_septets * 7 - header_length * 8;
        gsm::decode(&gsm::unpack(
            &body,
            length.saturating_sub(header_septets),
            fill,
        ))
    } else if coding & 0x0C == 0x08 || coding & 0xF0 == 0xE0 {
        let units: Vec<u16> = body
            .chunks_exact(2)
            .map(|pair| {
                pair.iter()
                    .fold(0, |unit, octet| unit << 8 | u16::from(*octet))
            })
            .collect();
        String::from_utf16_lossy(&units)
    } else {
        to_hex(&body)
    };
    Some(Body {
        concat,
        text,
        octets: body,
    })
}

fn without_smsc(pdu: &[u8]) -> Option<Reader<'_>> {
    let mut reader = Reader(pdu);
    let smsc = reader.octet()?;
    reader.take(usize::from(smsc))?;
    Some(reader)
}

/// Reads an SMS-SUBMIT with its service centre part; `None` where it is none or ends too soon.
#[must_use]
pub fn read_submit(pdu: &[u8]) -> Option<Submit> {
    let mut reader = without_smsc(pdu)?;
    let first = reader.octet()?;
    if first & 0x03 != 0x01 {
        return None;
    }
    let reference = reader.octet()?;
    let number = reader.address()?;
    reader.octet()?;
    let coding = reader.octet()?;
    reader.take(match first >> 3 & 3 {
        0 => 0,
        2 => 1,
        _ => 7,
    })?;
    let body = user_data(&mut reader, coding, first & 0x40 != 0)?;
    reader.0.is_empty().then_some(Submit {
        reference,
        wants_report: first & 0x20 != 0,
        number,
        coding,
        concat: body.concat,
        text: body.text,
        names_smsc: pdu.first() != Some(&0),
    })
}

/// Reads a stored PDU for a list in text mode.
pub(in crate::sim::modem) fn read_listed(pdu: &[u8]) -> Option<Listed> {
    let mut reader = without_smsc(pdu)?;
    let first = reader.octet()?;
    if first & 0x03 != 0 {
        let submit = read_submit(pdu)?;
        let octets = submit
            .text
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let Submit {
            number,
            coding,
            text,
            ..
        } = submit;
        return Some(Listed {
            number,
            time: String::new(),
            coding,
            text,
            octets,
        });
    }
    let number = reader.address()?;
    reader.octet()?;
    let coding = reader.octet()?;
    let time = reader.time()?;
    let body = user_data(&mut reader, coding, first & 0x40 != 0)?;
    Some(Listed {
        number,
        time,
        coding,
        text: body.text,
        octets: body.octets,
    })
}
