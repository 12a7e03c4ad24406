//! Sierra's Qualcomm modems: `AT!GPSLOC?` and `AT!GPSSATINFO?`, lines made for people.

use jiff::SignedDuration;

use super::super::fix::Dop;
use super::super::fix::{Ellipse, ErrorEstimate, Fix, Mode, Position};
use super::super::nmea::{TimeOfDay, satellite_id};
use super::super::report::Report;
use super::super::satellite::{Satellite, Sky};
use super::{leap_seconds, number};

/// Reads the answer to `AT!GPSLOC?`; `Not Available` and `Unknown` are no fix.
///
/// ```text
/// Lat: 49 Deg 10 Min 21.49 Sec N  (0x008BDE6C)
/// Lon: 123 Deg 4 Min 14.76 Sec W  (0xFEA1EE9A)
/// Time: 2009 01 30 4 20:27:18 (GPS)
/// LocUncAngle: 11.2 deg  LocUncA: 6.0 m  LocUncP: 6.0 m  HEPE: 8.485 m
/// 3D Fix
/// Altitude: -1 m  LocUncVe: 3.0 m
/// Heading: 0.0 deg  VelHoriz: 0.2 m/s  VelVert: 0.0 m/s
/// ```
#[must_use]
pub fn gpsloc<'a>(lines: impl IntoIterator<Item = &'a str>) -> Report {
    let text: Vec<&str> = lines.into_iter().map(str::trim).collect();
    let value = |label: &str| {
        let rest = text.iter().find_map(|line| behind(line, label))?;
        number(rest.split_whitespace().next()?)
    };
    let angle = |label: &str| angle(text.iter().find_map(|line| line.strip_prefix(label))?);
    let position = angle("Lat:")
        .zip(angle("Lon:"))
        .and_then(|(lat, lon)| Position::new(lat, lon));
    let altitude = value("Altitude:");
    let mode = match position {
        None => Mode::None,
        Some(_) if text.contains(&"2D Fix") || altitude.is_none() => Mode::TwoD,
        Some(_) => Mode::ThreeD,
    };
    let axes = value("LocUncA:").zip(value("LocUncP:"));
    let ellipse = axes
        .zip(value("LocUncAngle:"))
        .map(|((along, across), angle)| {
            // The first axis is the one at the angle, not the longer one.
            let angle_deg = if along >= across {
                angle
            } else {
                (angle + 90.0) % 180.0
            };
            Ellipse {
                major_m: along.max(across),
                minor_m: along.min(across),
                angle_deg,
            }
        });
    let fix = Fix {
        mode,
        position,
        time: text
            .iter()
            .find_map(|line| time(line.strip_prefix("Time:")?)),
        altitude_msl_m: altitude,
        speed_mps: value("VelHoriz:"),
        climb_mps: value("VelVert:"),
        track_deg: value("Heading:"),
        error: ErrorEstimate {
            horizontal_m: value("HEPE:").or(axes.map(|(a, p)| a.hypot(p))),
            vertical_m: value("LocUncVe:"),
            ellipse,
            // Standard deviations along the axes.
            confidence_percent: ellipse.map(|_| 39.35),
            ..ErrorEstimate::default()
        },
        ..Fix::default()
    };
    Report {
        fix: Some(if position.is_some() {
            fix
        } else {
            Fix::default()
        }),
        sky: None,
    }
}

/// Reads the answer to `AT!GPSSATINFO?`: `* SV: 7 ELEV:60 AZI:200 SNR:40`, with `*` for a
/// satellite that is used.
#[must_use]
pub fn gpssatinfo<'a>(lines: impl IntoIterator<Item = &'a str>) -> Report {
    let satellites = lines.into_iter().filter_map(|line| {
        let value = |label: &str| number(behind(line, label)?.split_whitespace().next()?);
        let within = |label, low, high| value(label).filter(|n| (low..=high).contains(n));
        let prn = within("SV:", 1.0, 999.0)? as u16;
        Some(Satellite {
            id: satellite_id(None, prn)?,
            elevation_deg: within("ELEV:", -90.0, 90.0),
            azimuth_deg: within("AZI:", 0.0, 360.0),
            cn0_dbhz: within("SNR:", 0.0, 99.0),
            used: Some(line.trim_start().starts_with('*')),
        })
    });
    Report {
        fix: None,
        sky: Some(Sky::new(satellites.collect(), Dop::default())),
    }
}

/// What follows a label, blanks left out.
fn behind<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let at = line.find(label)?;
    line.get(at + label.len()..).map(str::trim_start)
}

/// `49 Deg 10 Min 21.49 Sec N  (0x…)`
fn angle(text: &str) -> Option<f64> {
    let mut words = text.split_whitespace();
    let mut part = |unit: &str| {
        let value = number(words.next()?)?;
        (words.next()? == unit && value >= 0.0).then_some(value)
    };
    let degrees = part("Deg")? + part("Min")? / 60.0 + part("Sec")? / 3600.0;
    match words.next()? {
        "N" | "E" => Some(degrees),
        "S" | "W" => Some(-degrees),
        _ => None,
    }
}

/// `2009 01 30 4 20:27:18 (GPS)`, with or without the day of the week. GPS time runs ahead of UTC.
fn time(text: &str) -> Option<jiff::Timestamp> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [year, month, day, ..] = words.as_slice() else {
        return None;
    };
    let date =
        jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    let time = words.iter().find(|word| word.contains(':'))?;
    let time = TimeOfDay::from_field(time.replace(':', "").as_bytes())?;
    let said = time.on(date)?;
    if !text.contains("(GPS)") {
        return Some(said);
    }
    said.checked_sub(SignedDuration::from_secs(leap_seconds(said)))
        .ok()
}
