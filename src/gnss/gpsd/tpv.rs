//! TPV: time, position, velocity; and GST, the error ellipse.

use jiff::Timestamp;
use serde_json::Value;

use super::super::fix::{Dop, Ellipse, ErrorEstimate, Fix, Mode, Position, Quality};
use super::{integer, number};

/// The fix of a TPV object.
///
/// Altitudes: `altMSL` and `altHAE` since 3.20; before there was only `alt`, above mean sea
/// level. Errors: `eph` since 3.20; before, `epx` and `epy`. A mode may be missing.
pub(super) fn fix(tpv: &Value) -> Fix {
    let position = number(tpv, "lat")
        .zip(number(tpv, "lon"))
        .and_then(|(lat, lon)| Position::new(lat, lon));
    let mode = match integer(tpv, "mode") {
        Some(2) => Mode::TwoD,
        Some(3) => Mode::ThreeD,
        Some(_) => Mode::None,
        // Its documentation: "the mode field is always present". It is not.
        None if number(tpv, "altMSL").or(number(tpv, "alt")).is_some() => Mode::ThreeD,
        None => Mode::TwoD,
    };
    let time = time(tpv);
    let (Some(position), Mode::TwoD | Mode::ThreeD) = (position, mode) else {
        return Fix {
            time,
            ..Fix::default()
        };
    };
    let in_plane = number(tpv, "epx")
        .zip(number(tpv, "epy"))
        .map(|(x, y)| x.hypot(y));
    let msl = number(tpv, "altMSL").or_else(|| number(tpv, "alt"));
    let ellipsoid = number(tpv, "altHAE").or_else(|| Some(msl? + number(tpv, "geoidSep")?));
    let is_3d = mode == Mode::ThreeD;
    Fix {
        mode,
        position: Some(position),
        time,
        // What gpsd adds to a fix without an altitude is the last one.
        altitude_msl_m: msl.filter(|_| is_3d),
        altitude_ellipsoid_m: ellipsoid.filter(|_| is_3d),
        speed_mps: number(tpv, "speed"),
        track_deg: number(tpv, "track"),
        climb_mps: number(tpv, "climb"),
        dop: Dop::default(),
        error: ErrorEstimate {
            horizontal_m: number(tpv, "eph").or(in_plane),
            vertical_m: number(tpv, "epv"),
            speed_mps: number(tpv, "eps"),
            ellipse: None,
            confidence_percent: None,
        },
        quality: match integer(tpv, "status") {
            Some(1) => Quality::Autonomous,
            Some(2) => Quality::Differential,
            Some(3) => Quality::FixedRtk,
            Some(4) => Quality::FloatRtk,
            Some(5 | 6) => Quality::Estimated,
            Some(8) => Quality::Simulated,
            _ => Quality::Unknown,
        },
        used: None,
    }
}

/// The ellipse of a GST object, one standard deviation.
pub(super) fn ellipse(gst: &Value) -> Option<Ellipse> {
    Some(Ellipse {
        major_m: number(gst, "major")?,
        minor_m: number(gst, "minor")?,
        angle_deg: number(gst, "orient")?,
    })
}

/// RFC 3339, or before 2.96 seconds since 1970.
pub(super) fn time(object: &Value) -> Option<Timestamp> {
    match object.get("time")? {
        Value::String(text) => text.parse().ok(),
        Value::Number(seconds) => {
            let millis = seconds.as_f64()? * 1000.0;
            // A number out of range saturates, and is refused.
            Timestamp::from_millisecond(millis.round() as i64).ok()
        }
        _ => None,
    }
}
