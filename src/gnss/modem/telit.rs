//! Telit: `AT$GPSACP`.

use super::super::fix::{Dop, Fix, Mode, Position};
use super::super::nmea::{TimeOfDay, date};
use super::super::report::Report;
use super::super::units::{KMH_MPS, KNOT_MPS};
use super::{course, fix_at, number, with_hemisphere};
use crate::at::fields::fields;

/// `$GPSACP: hhmmss.sss,ddmm.mmmmN,dddmm.mmmmE,hdop,altitude,fix,cog,km/h,knots,ddmmyy,nsat`,
/// and on newer modems the number of GLONASS satellites behind it. A fix of 0 or 1 is none.
#[must_use]
pub fn gpsacp(line: &str) -> Report {
    Report {
        fix: Some(minutes_form(&fields(line))),
        sky: None,
    }
}

/// The eleven fields that Telit and Quectel share.
pub(super) fn minutes_form(fields: &[String]) -> Fix {
    let field = |at: usize| fields.get(at).map_or("", |field| field.trim());
    let position = with_hemisphere(field(1))
        .zip(with_hemisphere(field(2)))
        .and_then(|(lat, lon)| Position::new(lat, lon));
    with_rest(position, field(0), fields.get(3..).unwrap_or_default())
}

/// What follows the position: `hdop,altitude,fix,cog,km/h,knots,ddmmyy,nsat`.
pub(super) fn with_rest(position: Option<Position>, time: &str, rest: &[String]) -> Fix {
    let field = |at: usize| rest.get(at).map_or("", |field| field.trim());
    let mode = match field(2) {
        "2" => Mode::TwoD,
        "3" => Mode::ThreeD,
        _ => Mode::None,
    };
    let time = TimeOfDay::from_field(time.as_bytes())
        .zip(date(field(6).as_bytes()))
        .and_then(|(time, date)| time.on(date));
    let fix = fix_at(position, mode);
    if fix.mode == Mode::None {
        return Fix { time, ..fix };
    }
    let count = |at: usize| field(at).parse::<u16>().ok();
    Fix {
        time,
        altitude_msl_m: number(field(1)),
        speed_mps: number(field(5))
            .map(|knots| knots * KNOT_MPS)
            .or_else(|| number(field(4)).map(|kmh| kmh * KMH_MPS)),
        track_deg: course(field(3)),
        dop: Dop {
            hdop: number(field(0)).filter(|hdop| *hdop > 0.0),
            ..Dop::default()
        },
        used: count(7).map(|gps| gps.saturating_add(count(8).unwrap_or(0))),
        ..fix
    }
}
