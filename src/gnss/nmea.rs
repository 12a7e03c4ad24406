//! NMEA 0183, versions 2.3 to 4.11: from bytes to sentences, and from sentences to fixes.
//!
//! [`Framer`] finds sentences in any bytes and drops those that are half or damaged. [`parse`]
//! reads one whole sentence of any talker. [`Assembler`] joins the sentences of one epoch (a
//! second, mostly) to a fix and a sky. None of them allocates for a sentence.

mod assembler;
mod field;
mod framer;
mod gga;
mod gll;
mod gns;
mod gsa;
mod gst;
mod gsv;
mod numbering;
mod reader;
mod rmc;
mod satellites;
mod vtg;
mod zda;

pub use assembler::Assembler;
pub use field::{Fields, TimeOfDay, date, degrees_minutes, number};
pub use framer::{Framer, Reject, check};
pub use gga::Gga;
pub use gll::Gll;
pub use gns::Gns;
pub use gsa::Gsa;
pub use gst::Gst;
pub use gsv::{Gsv, InView};
pub(super) use numbering::id as satellite_id;
pub use reader::Reader;
pub use rmc::Rmc;
pub use vtg::Vtg;
pub use zda::Zda;

use super::satellite::Constellation;

/// A sentence whose checksum is right: `$` talker, formatter, fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The first two letters: who speaks.
    pub talker: Talker,
    /// The last three letters: what about.
    pub formatter: [u8; 3],
    /// Everything behind the first comma, without the checksum.
    pub fields: Fields<'a>,
}

/// The two letters of who speaks, as the standard and the makers have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talker {
    /// One constellation: `GP`, `GL`, `GA`, `GB` or `BD`, `GQ` or `QZ`, `GI`.
    Of(Constellation),
    /// Several together (`GN`), or somebody else altogether (`II`, `IN`, …).
    Mixed,
}

impl Talker {
    fn from_raw(raw: [u8; 2]) -> Self {
        match &raw {
            b"GP" => Self::Of(Constellation::Gps),
            b"GL" => Self::Of(Constellation::Glonass),
            b"GA" => Self::Of(Constellation::Galileo),
            b"GB" | b"BD" => Self::Of(Constellation::BeiDou),
            b"GQ" | b"QZ" | b"PQ" => Self::Of(Constellation::Qzss),
            b"GI" => Self::Of(Constellation::NavIc),
            _ => Self::Mixed,
        }
    }
}

/// A sentence that was read. What is empty or unreadable in it is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sentence {
    /// Fix data.
    Gga(Gga),
    /// Recommended minimum data.
    Rmc(Rmc),
    /// DOP and active satellites.
    Gsa(Gsa),
    /// Satellites in view.
    Gsv(Gsv),
    /// Course and speed over ground.
    Vtg(Vtg),
    /// Latitude and longitude.
    Gll(Gll),
    /// Time and date.
    Zda(Zda),
    /// Error statistics.
    Gst(Gst),
    /// Fix data of several constellations.
    Gns(Gns),
}

/// Reads a sentence; `None` for formatters that say nothing about position or satellites.
#[must_use]
pub fn parse(frame: Frame<'_>) -> Option<Sentence> {
    let Frame {
        talker,
        formatter,
        mut fields,
    } = frame;
    let fields = &mut fields;
    Some(match &formatter {
        b"GGA" => Sentence::Gga(Gga::from_fields(fields)),
        b"RMC" => Sentence::Rmc(Rmc::from_fields(fields)),
        b"GSA" => Sentence::Gsa(Gsa::from_fields(talker, fields)),
        b"GSV" => Sentence::Gsv(Gsv::from_fields(talker, fields)?),
        b"VTG" => Sentence::Vtg(Vtg::from_fields(fields)),
        b"GLL" => Sentence::Gll(Gll::from_fields(fields)),
        b"ZDA" => Sentence::Zda(Zda::from_fields(fields)),
        b"GST" => Sentence::Gst(Gst::from_fields(fields)),
        b"GNS" => Sentence::Gns(Gns::from_fields(fields)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
