//! GLL: latitude and longitude.

use super::super::fix::Position;
use super::{Fields, TimeOfDay};

/// `$--GLL,ddmm.mm,a,dddmm.mm,a,hhmmss.ss,A,mode*hh`
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gll {
    /// UTC of the position.
    pub time: Option<TimeOfDay>,
    /// Whether the receiver stands by its position.
    pub valid: bool,
    /// Where.
    pub position: Option<Position>,
}

impl Gll {
    pub(super) fn from_fields(fields: &mut Fields<'_>) -> Self {
        let position = fields.position();
        let time = fields.time();
        let active = fields.letter() == Some(b'A');
        let mode = fields.letter();
        Self {
            time,
            valid: (active && mode != Some(b'N')) || mode == Some(b'E'),
            position,
        }
    }
}
