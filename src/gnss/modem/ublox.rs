//! u-blox: `AT+ULOC`, answered by `+UULOC:` when the position is known.

use super::super::fix::{ErrorEstimate, Fix, Mode, Position};
use super::super::nmea::TimeOfDay;
use super::super::report::Report;
use super::{fix_at, number};
use crate::at::fields::fields;

/// `+UULOC: dd/mm/yyyy,hh:mm:ss.sss,lat,lon,altitude,uncertainty`, and in the detailed form
/// behind it `speed,direction,vertical accuracy,sensor,satellites used,antenna,jamming`. The
/// uncertainty is a radius in metres that holds half of all positions.
#[must_use]
pub fn uuloc(line: &str) -> Report {
    let fields = fields(line);
    let field = |at: usize| fields.get(at).map_or("", |field| field.trim());
    let value = |at: usize| number(field(at));
    let position = value(2)
        .zip(value(3))
        .and_then(|(lat, lon)| Position::new(lat, lon));
    let detailed = fields.len() >= 11;
    let fix = fix_at(position, Mode::ThreeD);
    if fix.mode == Mode::None {
        return Report {
            fix: Some(fix),
            sky: None,
        };
    }
    // The network's position (sensor 2 and 3) has no altitude, and says 0.
    let of_satellites = !detailed || matches!(field(9), "0" | "1");
    let fix = Fix {
        mode: if of_satellites {
            Mode::ThreeD
        } else {
            Mode::TwoD
        },
        time: time(field(0), field(1)),
        altitude_msl_m: value(4).filter(|_| of_satellites),
        error: ErrorEstimate {
            horizontal_m: value(5),
            vertical_m: value(8).filter(|_| detailed && of_satellites),
            confidence_percent: value(5).map(|_| 50.0),
            ..ErrorEstimate::default()
        },
        speed_mps: value(6).filter(|_| detailed),
        track_deg: value(7).filter(|_| detailed),
        used: field(10).parse().ok().filter(|_| detailed),
        ..fix
    };
    Report {
        fix: Some(fix),
        sky: None,
    }
}

fn time(date: &str, time: &str) -> Option<jiff::Timestamp> {
    let mut parts = date.split('/');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let date = jiff::civil::Date::new(parts.next()?.parse().ok()?, month, day).ok()?;
    TimeOfDay::from_field(time.replace(':', "").as_bytes())?.on(date)
}
