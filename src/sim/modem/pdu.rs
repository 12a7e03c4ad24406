//! The PDUs that a network would bring, and the reading of what a program sends.
//!
//! Written from 3GPP TS 23.040 clause 9 alone, apart from `sms::pdu`, which it is there to test.

mod build;
mod read;

pub use build::{deliver, status_report};
pub(super) use build::{local_time, submit};
pub use read::{Submit, read_submit};
pub(super) use read::{read_listed, read_report};

/// Hexadecimal in upper case, as modems write it.
#[must_use]
pub fn to_hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}

/// The octets of a hexadecimal text; `None` where it is none.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()?;
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some(high << 4 | low),
        _ => None,
    });
    pairs.collect()
}

/// How many octets of the PDU are the TPDU: its length without the service centre part, as
/// `+CMGS` and `+CMGL` tell it.
#[must_use]
pub fn tpdu_length(pdu: &[u8]) -> usize {
    pdu.first()
        .map_or(0, |smsc| pdu.len().saturating_sub(usize::from(*smsc) + 1))
}

/// Where TP-DCS stands in an SMS-DELIVER: behind the sender's address and TP-PID.
fn coding_at(pdu: &[u8]) -> Option<usize> {
    let first = usize::from(*pdu.first()?) + 1;
    let digits = usize::from(*pdu.get(first + 1)?);
    Some(first + 3 + digits.div_ceil(2) + 1).filter(|at| *at < pdu.len())
}

/// Whether it is an SMS-DELIVER of class 0 (23.038 clause 4).
#[must_use]
pub fn is_flash(pdu: &[u8]) -> bool {
    let coding = coding_at(pdu).and_then(|at| pdu.get(at)).copied();
    coding.is_some_and(|coding| match coding >> 4 {
        0x1 | 0x3 | 0x5 | 0x7 | 0xF => coding & 0x03 == 0,
        _ => false,
    })
}

/// The same SMS-DELIVER as a flash message.
pub(super) fn as_flash(pdu: &mut [u8]) {
    if let Some(coding) = coding_at(pdu).and_then(|at| pdu.get_mut(at)) {
        *coding |= 0x10;
    }
}

/// An SMS-DELIVER that tells how many voice mails wait, and is not to be kept (23.040
/// clause 9.2.3.24.2): `pdu` is one with any text.
pub(super) fn as_voice_mail(mut pdu: Vec<u8>, count: u8) -> Vec<u8> {
    let first = usize::from(*pdu.first().unwrap_or(&0)) + 1;
    if let Some(octet) = pdu.get_mut(first) {
        *octet |= 0x40;
    }
    if let Some(at) = coding_at(&pdu) {
        if let Some(coding) = pdu.get_mut(at) {
            *coding = if count > 0 { 0xC8 } else { 0xC0 };
        }
        // Behind TP-SCTS: five octets of header are six septets with their filling.
        pdu.truncate(at + 8);
        pdu.extend([6, 0x04, 0x01, 0x02, 0x00, count, 0x00]);
    }
    pdu
}

#[cfg(test)]
mod tests;
