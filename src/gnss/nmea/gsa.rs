//! GSA: dilutions of precision, and the satellites that the fix was made with.

use super::super::fix::Dop;
use super::super::satellite::Constellation;
use super::{Fields, Talker};

/// `$--GSA,A,mode,12 satellites,pdop,hdop,vdop,system*hh`; the system since version 4.10.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gsa {
    /// Whose satellites these are, by talker or system; `None` where only the numbers can tell.
    pub constellation: Option<Constellation>,
    /// 1 no fix, 2 two dimensions, 3 three.
    pub mode: Option<u32>,
    /// The satellites' numbers as written; 0 is none.
    pub satellites: [u16; 12],
    /// The geometry.
    pub dop: Dop,
}

impl Gsa {
    pub(super) fn from_fields(talker: Talker, fields: &mut Fields<'_>) -> Self {
        fields.skip(1);
        let mode = fields.integer();
        let mut satellites = [0; 12];
        for satellite in &mut satellites {
            let number = fields.integer().and_then(|n| u16::try_from(n).ok());
            *satellite = number.unwrap_or(0);
        }
        let mut dop = || fields.number().filter(|dop| *dop > 0.0 && *dop < 99.0);
        let dop = Dop {
            pdop: dop(),
            hdop: dop(),
            vdop: dop(),
        };
        let system = fields.letter().and_then(constellation);
        let talker = match talker {
            Talker::Of(constellation) => Some(constellation),
            Talker::Mixed => None,
        };
        Self {
            constellation: system.or(talker),
            mode,
            satellites,
            dop,
        }
    }
}

/// The GNSS system ids of version 4.10 and later.
fn constellation(system: u8) -> Option<Constellation> {
    Some(match system {
        b'1' => Constellation::Gps,
        b'2' => Constellation::Glonass,
        b'3' => Constellation::Galileo,
        b'4' => Constellation::BeiDou,
        b'5' => Constellation::Qzss,
        b'6' => Constellation::NavIc,
        _ => return None,
    })
}
