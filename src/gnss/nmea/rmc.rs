//! RMC: recommended minimum data.

use jiff::civil::Date;

use super::super::fix::{Position, Quality};
use super::super::units::KNOT_MPS;
use super::{Fields, TimeOfDay, field};

/// `$--RMC,hhmmss.ss,A,ddmm.mm,a,dddmm.mm,a,knots,track,ddmmyy,variation,a,mode,status*hh`; the
/// mode since version 2.3, the navigational status since 4.1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rmc {
    /// UTC of the position.
    pub time: Option<TimeOfDay>,
    /// Whether the receiver stands by its position (`A`; `V` is a warning).
    pub valid: bool,
    /// Where.
    pub position: Option<Position>,
    /// Over ground, metres a second.
    pub speed_mps: Option<f64>,
    /// Course over ground, degrees from true north.
    pub track_deg: Option<f64>,
    /// UTC's date.
    pub date: Option<Date>,
    /// By the mode indicator, where there is one; `None` also for `N`, not valid.
    pub quality: Option<Quality>,
}

impl Rmc {
    pub(super) fn from_fields(fields: &mut Fields<'_>) -> Self {
        let time = fields.time();
        let active = fields.letter() == Some(b'A');
        let position = fields.position();
        let speed_mps = fields.number().map(|knots| knots * KNOT_MPS);
        let track_deg = fields.number();
        let date = field::date(fields.take());
        fields.skip(2);
        let mode = fields.letter();
        let quality = mode.and_then(quality);
        Self {
            time,
            // Dead reckoning may be a warning, and is still the best there is.
            valid: (active && mode != Some(b'N')) || mode == Some(b'E'),
            position,
            speed_mps,
            track_deg,
            date,
            quality,
        }
    }
}

/// The mode indicator of RMC, GLL, VTG and GNS.
pub(super) fn quality(letter: u8) -> Option<Quality> {
    Some(match letter {
        b'A' => Quality::Autonomous,
        b'D' => Quality::Differential,
        b'F' => Quality::FloatRtk,
        b'R' => Quality::FixedRtk,
        b'E' => Quality::Estimated,
        b'M' => Quality::Manual,
        b'S' => Quality::Simulated,
        b'P' => Quality::Unknown,
        _ => return None,
    })
}
