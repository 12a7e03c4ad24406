//! GSV: the satellites in view, four to a sentence.

use super::super::satellite::{Constellation, Id};
use super::{Fields, Talker, numbering};

/// `$--GSV,total,number,satellites,(prn,elevation,azimuth,cn0)…,signal*hh`; the signal since
/// version 4.10. A cycle is told once for each signal, so that a satellite comes several times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gsv {
    /// Whose satellites these are, where the talker says so.
    pub constellation: Option<Constellation>,
    /// Sentences in this cycle.
    pub total: u32,
    /// Which one of them this is, from 1.
    pub number: u32,
    /// The signal that the cycle is about, where it says so.
    pub signal: Option<u8>,
    /// Up to four satellites.
    pub satellites: [Option<InView>; 4],
}

/// One satellite of a [`Gsv`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InView {
    /// Which one.
    pub id: Id,
    /// Above the horizon, degrees.
    pub elevation_deg: Option<f32>,
    /// From true north, degrees.
    pub azimuth_deg: Option<f32>,
    /// dB-Hz; `None` when it is not tracked.
    pub cn0_dbhz: Option<f32>,
}

impl Gsv {
    /// `None` when its place in the cycle cannot be read.
    pub(super) fn from_fields(talker: Talker, fields: &mut Fields<'_>) -> Option<Self> {
        let (total, number) = (fields.integer()?, fields.integer()?);
        if number == 0 || number > total {
            return None;
        }
        fields.skip(1);
        let constellation = match talker {
            Talker::Of(constellation) => Some(constellation),
            Talker::Mixed => None,
        };
        let count = fields.count();
        let mut satellites = [None; 4];
        for satellite in satellites.iter_mut().take(count / 4) {
            *satellite = in_view(constellation, fields);
        }
        let signal = if count % 4 == 1 {
            fields.letter()
        } else {
            None
        };
        Some(Self {
            constellation,
            total,
            number,
            signal,
            satellites,
        })
    }
}

fn in_view(constellation: Option<Constellation>, fields: &mut Fields<'_>) -> Option<InView> {
    let number = fields.integer().and_then(|n| u16::try_from(n).ok());
    let mut value = |range: std::ops::RangeInclusive<f64>| {
        let value = fields.number().filter(|value| range.contains(value));
        value.map(|value| value as f32)
    };
    let (elevation_deg, azimuth_deg, cn0_dbhz) =
        (value(-90.0..=90.0), value(0.0..=360.0), value(0.0..=99.0));
    Some(InView {
        id: numbering::id(constellation, number?)?,
        elevation_deg,
        azimuth_deg,
        cn0_dbhz,
    })
}
