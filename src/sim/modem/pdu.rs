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

#[cfg(test)]
mod tests;
