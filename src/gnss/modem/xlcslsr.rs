//! `+XLCSLSR:` of Intel's XMM modems (Sierra EM7345, Fibocom L8x0): a fix in one line.
//!
//! The line has 65 fields and 8 more for each satellite. It is documented nowhere; what is known
//! was inferred from lines whose fields agree with each other. A field that is empty is not
//! told; one that is broken is an error of its own, and spoils no other.
//!
//! | field | meaning |
//! |---|---|
//! | 0 | status |
//! | 1, 2 | latitude, longitude: `49.195407 N` |
//! | 3 | altitude, m; above which surface is unknown, known places fit the sea's |
//! | 4, 5, 6 | error ellipse: semi-major and semi-minor axis, m, orientation, ° |
//! | 7 | vertical uncertainty, m |
//! | 8 | confidence, % |
//! | 9, 10 | date and time of day, UTC |
//! | 13, 14, 15 | bearing, °, horizontal and vertical speed, m/s |
//! | 16, 17 | their uncertainties |
//! | 18, 19 | GPS time of week, s |
//! | 22, 23, 24 | PDOP, HDOP, VDOP |
//! | 25, 26, 27 | error in space, in the plane, in height, m |
//! | 31 | GPS week |
//! | 64 | number of satellites, then of each: elevation, azimuth, C/N0, a flag, three empty, PRN |

use std::ops::RangeInclusive;

use jiff::Timestamp;

use super::super::fix::{Dop, Ellipse, ErrorEstimate, Fix, Mode, Position};
use super::super::nmea::{TimeOfDay, satellite_id};
use super::super::report::Report;
use super::super::satellite::{Satellite, Sky};
use super::gps_time::week_of;
use super::{number, utc_of_week};
use crate::at::fields::fields;

/// Where the number of satellites stands.
const COUNT_AT: usize = 64;
/// Fields of each satellite.
const PER_SATELLITE: usize = 8;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Xlcslsr {
    /// Position and satellites.
    pub report: Report,
    /// The first field, whose meaning is not known.
    pub status: Option<u32>,
    /// Seconds since the GPS week began.
    pub time_of_week_s: Option<f64>,
    /// Weeks since 1980-01-06, all digits.
    pub gps_week: Option<u32>,
    /// What could not be read, or does not agree: a sentence each.
    pub errors: Vec<String>,
}

/// Why a line says nothing at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XlcslsrError {
    /// The answer to the request itself.
    #[error("'{0}' only says that a position was asked for; the position comes in a later line")]
    Request(String),
    /// No field that is known could be read.
    #[error("'{0}' has no field of +XLCSLSR that can be read")]
    Nothing(String),
}

/// Reads a line, with or without its prefix.
///
/// # Errors
/// When nothing in it can be read; see [`Xlcslsr::errors`] for what is only damaged.
pub fn xlcslsr(line: &str) -> Result<Xlcslsr, XlcslsrError> {
    let shown = || line.trim().chars().take(80).collect::<String>();
    let body = line.trim();
    let body = body.strip_prefix("+XLCSLSR:").unwrap_or(body).trim();
    if body.starts_with("request id") {
        return Err(XlcslsrError::Request(shown()));
    }
    // The one room that splits at commas takes a line with its prefix.
    let fields = fields(&format!("+XLCSLSR: {body}"));
    let mut reader = Reader {
        fields: &fields,
        errors: Vec::new(),
    };
    let mut said = Xlcslsr {
        status: reader.whole(0, "status"),
        gps_week: reader.whole(31, "GPS week"),
        ..Xlcslsr::default()
    };
    // The second one has decimals.
    let week_s = 0.0..=604_800.0;
    said.time_of_week_s = reader
        .real(19, "time of week", week_s.clone())
        .or_else(|| reader.real(18, "time of week", week_s));
    let utc = reader.utc();
    reader.compare(utc, said.time_of_week_s, said.gps_week);
    let of_week = said.gps_week.zip(said.time_of_week_s);
    let fix = Fix {
        time: utc.or_else(|| of_week.and_then(|(week, seconds)| utc_of_week(week, seconds))),
        ..reader.fix()
    };
    let sky = reader.satellites(fix.dop);
    if fix == Fix::default() && sky.is_none() && of_week.is_none() {
        return Err(XlcslsrError::Nothing(shown()));
    }
    said.report = Report {
        fix: Some(fix),
        sky,
    };
    said.errors = reader.errors;
    Ok(said)
}

struct Reader<'a> {
    fields: &'a [String],
    errors: Vec<String>,
}

impl Reader<'_> {
    /// A field that is there.
    fn field(&self, at: usize) -> Option<&str> {
        let field = self.fields.get(at)?.trim();
        (!field.is_empty()).then_some(field)
    }

    fn wrong(&mut self, at: usize, what: &str) {
        let text: String = self
            .field(at)
            .unwrap_or_default()
            .chars()
            .take(40)
            .collect();
        self.errors
            .push(format!("field {at}: '{text}' is no {what}"));
    }

    fn real(&mut self, at: usize, what: &str, range: RangeInclusive<f64>) -> Option<f64> {
        let value = number(self.field(at)?).filter(|value| range.contains(value));
        if value.is_none() {
            self.wrong(at, what);
        }
        value
    }

    fn whole(&mut self, at: usize, what: &str) -> Option<u32> {
        let value = self.field(at)?.parse().ok();
        if value.is_none() {
            self.wrong(at, what);
        }
        value
    }

    /// `49.195407 N`.
    fn angle(&mut self, at: usize, what: &str, letters: [char; 2]) -> Option<f64> {
        let field = self.field(at)?;
        let value = field.strip_suffix(letters).and_then(number);
        let value = match value.filter(|value| *value >= 0.0) {
            Some(value) if field.ends_with(letters.get(1).copied()?) => Some(-value),
            other => other,
        };
        if value.is_none() {
            self.wrong(at, what);
        }
        value
    }

    fn utc(&mut self) -> Option<Timestamp> {
        let date = self.field(9).map(|text| text.replace('/', "-"));
        let date = match date.map(|text| text.parse::<jiff::civil::Date>().ok()) {
            Some(None) => {
                self.wrong(9, "date");
                None
            }
            date => date.flatten(),
        };
        let time = self.field(10).map(|text| text.replace(':', ""));
        let time = match time.map(|text| TimeOfDay::from_field(text.as_bytes())) {
            Some(None) => {
                self.wrong(10, "time of day");
                None
            }
            time => time.flatten(),
        };
        date.zip(time).and_then(|(date, time)| time.on(date))
    }

    /// Date and time of day say the same as week and time of week, or it is told.
    fn compare(&mut self, utc: Option<Timestamp>, seconds: Option<f64>, week: Option<u32>) {
        let Some((own_week, own_seconds)) = utc.map(week_of) else {
            return;
        };
        if let Some(seconds) = seconds
            && (seconds - own_seconds as f64).abs() > 2.0
        {
            self.errors.push(format!(
                "the time of week is {seconds} s, and by date and time it is {own_seconds} s"
            ));
        }
        if let Some(week) = week
            && i64::from(week) != own_week
        {
            self.errors.push(format!(
                "the GPS week is {week}, and by the date it is {own_week}"
            ));
        }
    }

    fn fix(&mut self) -> Fix {
        let lat = self.angle(1, "latitude", ['N', 'S']);
        let lon = self.angle(2, "longitude", ['E', 'W']);
        let position = lat.zip(lon).and_then(|(lat, lon)| Position::new(lat, lon));
        if lat.is_some() && lon.is_some() && position.is_none() {
            self.errors
                .push("fields 1 and 2: latitude and longitude are off the globe".to_owned());
        }
        let metres = 0.0..=1e7;
        let dop = 0.0..=1000.0;
        let altitude = self.real(3, "altitude", -1e4..=1e5);
        let axes = (
            self.real(4, "semi-major axis", metres.clone()),
            self.real(5, "semi-minor axis", metres.clone()),
            self.real(6, "orientation", -360.0..=360.0),
        );
        let ellipse = match axes {
            (Some(major_m), Some(minor_m), Some(angle_deg)) => Some(Ellipse {
                major_m,
                minor_m,
                angle_deg,
            }),
            _ => None,
        };
        let vertical = self.real(7, "vertical uncertainty", metres.clone());
        let error = ErrorEstimate {
            confidence_percent: self.real(8, "confidence", 0.0..=100.0),
            speed_mps: self.real(16, "uncertainty of the speed", metres.clone()),
            horizontal_m: self
                .real(26, "horizontal error", metres.clone())
                .or(ellipse.map(|ellipse| ellipse.major_m.hypot(ellipse.minor_m))),
            vertical_m: self.real(27, "vertical error", metres).or(vertical),
            ellipse,
        };
        let fix = Fix {
            mode: match (position, altitude) {
                (None, _) => Mode::None,
                (Some(_), None) => Mode::TwoD,
                (Some(_), Some(_)) => Mode::ThreeD,
            },
            position,
            altitude_msl_m: altitude,
            track_deg: self.real(13, "bearing", 0.0..=360.0),
            speed_mps: self.real(14, "speed", 0.0..=1e5),
            climb_mps: self.real(15, "vertical speed", -1e5..=1e5),
            dop: Dop {
                pdop: self.real(22, "PDOP", dop.clone()),
                hdop: self.real(23, "HDOP", dop.clone()),
                vdop: self.real(24, "VDOP", dop),
            },
            error,
            ..Fix::default()
        };
        if position.is_none() {
            self.errors.push("there is no position".to_owned());
        }
        fix
    }

    fn satellites(&mut self, dop: Dop) -> Option<Sky> {
        let (at, count) = self.count()?;
        let mut satellites = Vec::new();
        for group in 0..count {
            let first = at + 1 + group * PER_SATELLITE;
            if first + PER_SATELLITE > self.fields.len() {
                self.errors.push(format!(
                    "{count} satellites are announced, and {group} are there"
                ));
                break;
            }
            let id_at = first + PER_SATELLITE - 1;
            let number = self.whole(id_at, "PRN");
            let id = number
                .and_then(|n| u16::try_from(n).ok())
                .and_then(|n| satellite_id(None, n));
            if number.is_some() && id.is_none() {
                self.wrong(id_at, "satellite's PRN");
            }
            let elevation_deg = self.real(first, "elevation", -90.0..=90.0);
            let azimuth_deg = self.real(first + 1, "azimuth", 0.0..=360.0);
            let cn0_dbhz = self.real(first + 2, "C/N0", 0.0..=99.0);
            if let Some(id) = id {
                satellites.push(Satellite {
                    id,
                    elevation_deg,
                    azimuth_deg,
                    cn0_dbhz,
                    // The flag is 1 also of satellites that are not heard.
                    used: None,
                });
            }
        }
        Some(Sky::new(satellites, dop))
    }

    /// Where the number of satellites stands, and the number: in its place, or in a line of
    /// another length where exactly so many groups follow it.
    fn count(&mut self) -> Option<(usize, usize)> {
        let at = |at: usize| self.field(at)?.parse::<usize>().ok().filter(|n| *n <= 64);
        if let Some(count) = at(COUNT_AT) {
            return Some((COUNT_AT, count));
        }
        let found = (32..self.fields.len()).find_map(|place| {
            let count = at(place).filter(|count| *count > 0)?;
            (self.fields.len() == place + 1 + count * PER_SATELLITE).then_some((place, count))
        });
        if found.is_none() && self.field(COUNT_AT).is_some() {
            self.wrong(COUNT_AT, "number of satellites");
        }
        found
    }
}
