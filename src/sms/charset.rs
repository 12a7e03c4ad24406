//! The alphabets of short messages (3GPP TS 23.038).
//!
//! `gsm7` is the 7-bit default alphabet with its extension and national tables (which are in
//! `locking` and `single`), `coverage` tells which of those tables know a character, and `ucs2`
//! is UTF-16 with a way to mend characters that were cut in two.

pub(crate) mod coverage;
pub(crate) mod gsm7;
mod locking;
mod single;
pub(crate) mod ucs2;

/// How user data is written (3GPP TS 23.038 clause 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// The GSM 7-bit default alphabet, or a national one in its place.
    Gsm7,
    /// UCS-2, read as UTF-16 so that surrogate pairs work.
    Ucs2,
    /// Octets without a meaning of their own.
    EightBit,
}
