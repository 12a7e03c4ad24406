//! `SIMCom`: `AT+CGPSINFO` (SIM7x00) and `AT+CGNSINF` (SIM808, SIM868, SIM7000, SIM7070).

use jiff::civil::Date;

use super::super::fix::{Dop, ErrorEstimate, Fix, Mode, Position};
use super::super::nmea::{TimeOfDay, date};
use super::super::report::Report;
use super::super::units::{KMH_MPS, KNOT_MPS};
use super::{fix_at, number, with_hemisphere};
use crate::at::fields::fields;

/// `+CGPSINFO: ddmm.mmmmmm,N,dddmm.mmmmmm,E,ddmmyy,hhmmss.s,altitude,knots,course`; all empty is
/// no fix. A latitude that lost its first digits is refused: it would be a place in the ocean.
#[must_use]
pub fn cgpsinfo(line: &str) -> Report {
    let fields = fields(line);
    let field = |at: usize| fields.get(at).map_or("", |field| field.trim());
    let whole = |at: usize, digits: usize| field(at).find('.') == Some(digits);
    let position = with_hemisphere(&format!("{}{}", field(0), field(1)))
        .zip(with_hemisphere(&format!("{}{}", field(2), field(3))))
        .filter(|_| whole(0, 4) && whole(2, 5))
        .and_then(|(lat, lon)| Position::new(lat, lon));
    let altitude = number(field(6));
    let mode = if altitude.is_some() {
        Mode::ThreeD
    } else {
        Mode::TwoD
    };
    let fix = fix_at(position, mode);
    let time = date(field(4).as_bytes())
        .zip(TimeOfDay::from_field(field(5).as_bytes()))
        .and_then(|(date, time)| time.on(date));
    let fix = if fix.mode == Mode::None {
        Fix { time, ..fix }
    } else {
        Fix {
            time,
            altitude_msl_m: altitude,
            speed_mps: number(field(7)).map(|knots| knots * KNOT_MPS),
            track_deg: number(field(8)),
            ..fix
        }
    };
    Report {
        fix: Some(fix),
        sky: None,
    }
}

/// `+CGNSINF: run,fix,yyyyMMddhhmmss.sss,lat,lon,altitude,km/h,course,mode,,hdop,pdop,vdop,,
/// in view,used,GLONASS used,,C/N0 max,HPA,VPA`, degrees with a sign.
#[must_use]
pub fn cgnsinf(line: &str) -> Report {
    let fields = fields(line);
    let field = |at: usize| fields.get(at).map_or("", |field| field.trim());
    let value = |at: usize| number(field(at));
    let position = value(3)
        .zip(value(4))
        .filter(|_| field(1) == "1")
        .and_then(|(lat, lon)| Position::new(lat, lon));
    let mode = if value(5).is_some() {
        Mode::ThreeD
    } else {
        Mode::TwoD
    };
    let fix = fix_at(position, mode);
    let time = time(field(2));
    let fix = if fix.mode == Mode::None {
        Fix { time, ..fix }
    } else {
        Fix {
            time,
            altitude_msl_m: value(5),
            speed_mps: value(6).map(|kmh| kmh * KMH_MPS),
            track_deg: value(7),
            dop: Dop {
                hdop: value(10),
                pdop: value(11),
                vdop: value(12),
            },
            error: ErrorEstimate {
                horizontal_m: value(19),
                vertical_m: value(20),
                ..ErrorEstimate::default()
            },
            used: field(15).parse().ok(),
            ..fix
        }
    };
    Report {
        fix: Some(fix),
        sky: None,
    }
}

/// `yyyyMMddhhmmss.sss`
fn time(text: &str) -> Option<jiff::Timestamp> {
    let (day, time) = text.split_at_checked(8)?;
    let part = |range: std::ops::Range<usize>| day.get(range)?.parse::<i16>().ok();
    let date = Date::new(
        part(0..4)?,
        i8::try_from(part(4..6)?).ok()?,
        i8::try_from(part(6..8)?).ok()?,
    )
    .ok()?;
    TimeOfDay::from_field(time.as_bytes())?.on(date)
}
