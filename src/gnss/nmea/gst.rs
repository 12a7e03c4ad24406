//! GST: error statistics, one standard deviation each.

use super::super::fix::Ellipse;
use super::{Fields, TimeOfDay};

/// `$--GST,hhmmss.ss,rms,major,minor,angle,lat,lon,alt*hh`; u-blox leaves the ellipse out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gst {
    /// UTC of the position.
    pub time: Option<TimeOfDay>,
    /// One standard deviation, so that 39 % of positions lie within.
    pub ellipse: Option<Ellipse>,
    /// Standard deviation of the latitude, metres.
    pub lat_m: Option<f64>,
    /// Standard deviation of the longitude, metres.
    pub lon_m: Option<f64>,
    /// Standard deviation of the altitude, metres.
    pub alt_m: Option<f64>,
}

impl Gst {
    pub(super) fn from_fields(fields: &mut Fields<'_>) -> Self {
        let time = fields.time();
        fields.skip(1);
        let axes = (fields.number(), fields.number(), fields.number());
        let ellipse = match axes {
            (Some(major_m), Some(minor_m), Some(angle_deg)) => Some(Ellipse {
                major_m,
                minor_m,
                angle_deg,
            }),
            _ => None,
        };
        Self {
            time,
            ellipse,
            lat_m: fields.number(),
            lon_m: fields.number(),
            alt_m: fields.number(),
        }
    }
}
