//! GNS: fix data of several constellations.

use super::super::fix::{Position, Quality};
use super::rmc::quality;
use super::{Fields, TimeOfDay};

/// `$--GNS,hhmmss.ss,ddmm.mm,a,dddmm.mm,a,modes,nn,hdop,alt,sep,age,station,status*hh`; one
/// letter of mode for each constellation.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gns {
    /// UTC of the position.
    pub time: Option<TimeOfDay>,
    /// Where.
    pub position: Option<Position>,
    /// The best that a constellation has; `None` is no fix.
    pub quality: Option<Quality>,
    /// Satellites in use.
    pub used: Option<u16>,
    /// Horizontal dilution of precision.
    pub hdop: Option<f64>,
    /// Above mean sea level, metres.
    pub altitude_msl_m: Option<f64>,
    /// The geoid's height above the ellipsoid, metres.
    pub geoid_m: Option<f64>,
}

impl Gns {
    pub(super) fn from_fields(fields: &mut Fields<'_>) -> Self {
        let time = fields.time();
        let position = fields.position();
        let modes = fields.take();
        let best = |letters: &[u8]| letters.iter().copied().find(|b| modes.contains(b));
        let quality = best(b"RFDAPEMS").and_then(quality);
        let used = fields.integer().and_then(|n| u16::try_from(n).ok());
        Self {
            time,
            position,
            quality,
            used,
            hdop: fields.number(),
            altitude_msl_m: fields.number(),
            geoid_m: fields.number(),
        }
    }
}
