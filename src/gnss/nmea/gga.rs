//! GGA: fix data.

use super::super::fix::{Position, Quality};
use super::{Fields, TimeOfDay};

/// `$--GGA,hhmmss.ss,ddmm.mm,a,dddmm.mm,a,q,nn,hdop,alt,M,sep,M,age,station*hh`
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gga {
    /// UTC of the position.
    pub time: Option<TimeOfDay>,
    /// Where.
    pub position: Option<Position>,
    /// `Some(Quality::Unknown)` is a fix of a kind of its own; `None` is no fix.
    pub quality: Option<Quality>,
    /// Satellites in use; receivers of old stop at 12.
    pub used: Option<u16>,
    /// Horizontal dilution of precision.
    pub hdop: Option<f64>,
    /// Above mean sea level, metres.
    pub altitude_msl_m: Option<f64>,
    /// The geoid's height above the ellipsoid, metres.
    pub geoid_m: Option<f64>,
}

impl Gga {
    pub(super) fn from_fields(fields: &mut Fields<'_>) -> Self {
        let time = fields.time();
        let position = fields.position();
        let quality = match fields.letter() {
            Some(b'1') => Some(Quality::Autonomous),
            Some(b'2') => Some(Quality::Differential),
            Some(b'4') => Some(Quality::FixedRtk),
            Some(b'5') => Some(Quality::FloatRtk),
            Some(b'6') => Some(Quality::Estimated),
            Some(b'7') => Some(Quality::Manual),
            Some(b'8') => Some(Quality::Simulated),
            // 3 is the military's precise service, 9 some makers' SBAS.
            Some(b'3' | b'9') => Some(Quality::Unknown),
            _ => None,
        };
        let used = fields.integer().and_then(|n| u16::try_from(n).ok());
        let hdop = fields.number();
        let altitude_msl_m = fields.number();
        fields.skip(1);
        let geoid_m = fields.number();
        Self {
            time,
            position,
            quality,
            used,
            hdop,
            altitude_msl_m,
            geoid_m,
        }
    }
}
