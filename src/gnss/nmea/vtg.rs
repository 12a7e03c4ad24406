//! VTG: course and speed over ground.

use super::super::units::{KMH_MPS, KNOT_MPS};
use super::Fields;

/// `$--VTG,track,T,magnetic,M,knots,N,kmh,K,mode*hh`; before version 2.3 the letters between the
/// values were left out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Vtg {
    /// Degrees from true north.
    pub track_deg: Option<f64>,
    /// Over ground, metres a second.
    pub speed_mps: Option<f64>,
}

impl Vtg {
    pub(super) fn from_fields(fields: &mut Fields<'_>) -> Self {
        let track_deg = fields.number();
        let lettered = fields.take() == b"T" || fields.count() > 3;
        let (knots, kmh) = if lettered {
            fields.skip(2);
            let knots = fields.number();
            fields.skip(1);
            (knots, fields.number())
        } else {
            // The field just read was the magnetic track.
            (fields.number(), fields.number())
        };
        let speed_mps = knots
            .map(|knots| knots * KNOT_MPS)
            .or(kmh.map(|kmh| kmh * KMH_MPS));
        Self {
            track_deg,
            speed_mps,
        }
    }
}
