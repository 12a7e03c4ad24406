//! Short messages on the wire: SMSC information and TPDU, both ways (3GPP TS 23.040 clause 9).
//!
//! [`decode()`] is total: any bytes give a [`Pdu`] or a [`PduError`], never a panic. [`encode()`]
//! makes the SMS-SUBMITs of a text, and [`measure`] tells what it would cost. The texts of a long
//! message's parts go through [`join_texts`] before a person sees them.

mod address;
mod choose;
mod coding;
mod decode;
mod encode;
mod header;
pub mod json;
mod time;
mod user_data;
mod validity;

pub use address::{Address, AddressType};
pub use choose::{Encoding, measure};
pub use decode::{decode, decode_hex};
pub use encode::{EncodeOptions, EncodedPart, encode};

use jiff::Timestamp;

pub use crate::sms::charset::Alphabet;
pub use crate::sms::charset::ucs2::join as join_texts;

/// Why bytes are no PDU, or a text cannot become one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PduError {
    /// The PDU ends inside the named field.
    #[error("PDU ends inside its {0}")]
    Truncated(&'static str),
    /// A character that is no hexadecimal digit, or an odd number of them.
    #[error("not hexadecimal")]
    NotHex,
    /// A field has a value that the standard does not allow.
    #[error("{0}")]
    Malformed(String),
    /// The recipient is no telephone number.
    #[error("'{0}' is no telephone number")]
    BadRecipient(String),
    /// The text needs more than 255 parts.
    #[error("the text needs {0} parts, more than the 255 that a message can have")]
    TooLong(usize),
}

/// Octets as the upper-case hexadecimal digits that modems speak.
pub fn to_hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect()
}

/// A PDU as a modem lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pdu {
    /// The service centre, where the PDU names one.
    pub smsc: Option<Address>,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of TPDU that a modem stores or hands over (TP-MTI, clause 9.2.3.1).
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// SMS-DELIVER: somebody's message to us.
    Deliver(Deliver),
    /// SMS-SUBMIT: a message of ours, as stored on the SIM or to be sent.
    Submit(Submit),
    /// SMS-STATUS-REPORT: what became of a message of ours.
    StatusReport(StatusReport),
}

/// SMS-DELIVER (clause 9.2.2.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Deliver {
    /// TP-OA.
    pub address: Address,
    /// TP-SCTS; `None` when it holds no valid date.
    pub time: Option<Timestamp>,
    /// TP-SCTS's offset from UTC in minutes, -1185..=1185.
    pub offset_minutes: i16,
    /// TP-PID; 0x41..=0x47 replace an earlier message of the same type and sender.
    pub protocol: u8,
    /// TP-DCS, decoded.
    pub coding: DataCoding,
    /// TP-SRI: a status report goes back to the sender.
    pub status_report: bool,
    /// TP-RP.
    pub reply_path: bool,
    /// TP-UD.
    pub user_data: UserData,
}

/// SMS-SUBMIT (clause 9.2.2.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Submit {
    /// TP-MR.
    pub reference: u8,
    /// TP-DA.
    pub address: Address,
    /// TP-PID.
    pub protocol: u8,
    /// TP-DCS, decoded.
    pub coding: DataCoding,
    /// TP-VP.
    pub validity: Option<Validity>,
    /// TP-RD.
    pub reject_duplicates: bool,
    /// TP-SRR: a status report is asked for.
    pub status_report: bool,
    /// TP-RP.
    pub reply_path: bool,
    /// TP-UD.
    pub user_data: UserData,
}

/// SMS-STATUS-REPORT (clause 9.2.2.3).
#[derive(Debug, Clone, PartialEq)]
pub struct StatusReport {
    /// TP-MR of the message it is about.
    pub reference: u8,
    /// TP-RA: whom that message was for.
    pub address: Address,
    /// TP-SCTS: when the service centre took it.
    pub time: Option<Timestamp>,
    /// TP-SCTS's offset from UTC in minutes, -1185..=1185.
    pub offset_minutes: i16,
    /// TP-DT: when it was delivered, or last tried.
    pub discharge_time: Option<Timestamp>,
    /// TP-DT's offset from UTC in minutes, -1185..=1185.
    pub discharge_offset_minutes: i16,
    /// TP-ST (clause 9.2.3.15): 0x00..=0x1f done, 0x20..=0x3f still trying, else given up.
    pub status: u8,
    /// TP-DCS, decoded, where there is one.
    pub coding: Option<DataCoding>,
    /// TP-UD, where there is one.
    pub user_data: UserData,
}

/// TP-VP (clause 9.2.3.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// So many minutes after the service centre took it (5 minutes ..= 63 weeks).
    RelativeMinutes(u32),
    /// Until then.
    Absolute(Timestamp),
    /// The enhanced format with its length in seconds, where it names one.
    EnhancedSeconds(Option<u32>),
}

/// TP-DCS (3GPP TS 23.038 clause 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataCoding {
    /// The octet itself.
    pub octet: u8,
    /// How the user data is written.
    pub alphabet: Alphabet,
    /// Message class 0..=3; 0 is a flash message.
    pub class: Option<u8>,
    /// Whether the text is compressed (clause 4; such text is kept as data).
    pub compressed: bool,
    /// Message waiting indication of the DCS groups C, D and E.
    pub indication: Option<Indication>,
}

/// Message waiting (3GPP TS 23.040 clause 9.2.3.24.2, TS 23.038 clause 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indication {
    /// 0 voice mail, 1 fax, 2 e-mail, 3 other; more in 23.040's extended types.
    pub kind: u8,
    /// Whether something waits.
    pub active: bool,
    /// How many wait, where the message tells (0..=255).
    pub count: Option<u8>,
    /// Whether the message itself is to be stored.
    pub store: bool,
}

/// TP-UD: header elements and content (clause 9.2.3.24).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserData {
    /// Every information element, known or not, in its order: identifier and data.
    pub elements: Vec<(u8, Vec<u8>)>,
    /// The text, where the alphabet is one of text and the text is not compressed. Show it to a
    /// person through [`join_texts`]: it may begin or end with half a character.
    pub text: Option<String>,
    /// The octets, where there is no text.
    pub data: Vec<u8>,
}

/// Where a part belongs in a long message (clauses 9.2.3.24.1 and 9.2.3.24.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Concat {
    /// The reference that all parts share.
    pub reference: u16,
    /// 8 or 16: how wide that reference is.
    pub reference_bits: u8,
    /// 1..=parts.
    pub part: u8,
    /// 1..=255.
    pub parts: u8,
}

/// Application port addressing (clauses 9.2.3.24.3 and 9.2.3.24.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ports {
    /// Destination port.
    pub destination: u16,
    /// Originator port.
    pub source: u16,
}

/// National language tables in use (clauses 9.2.3.24.15 and 9.2.3.24.16; 3GPP TS 23.038 A).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Language {
    /// Locking shift table.
    pub locking: Option<u8>,
    /// Single shift table.
    pub single: Option<u8>,
}
