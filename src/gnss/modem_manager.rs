//! What ModemManager knows of the place: `org.freedesktop.ModemManager1.Modem.Location`.
//!
//! Three kinds of it, told apart by `MMModemLocationSource`: the cell that the modem is in, a
//! position without a date, and the receiver's own sentences. Pure: the driver is in
//! [`source`](super::source).

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use zbus::OwnedVariant;

use super::fix::{Fix, Mode, Position, Quality};
use super::nmea::{Reader, TimeOfDay};
use super::report::Report;

/// `MM_MODEM_LOCATION_SOURCE_3GPP_LAC_CI`.
pub const CELL: u32 = 1 << 0;
/// `MM_MODEM_LOCATION_SOURCE_GPS_RAW`.
pub const GPS_RAW: u32 = 1 << 1;
/// `MM_MODEM_LOCATION_SOURCE_GPS_NMEA`.
pub const GPS_NMEA: u32 = 1 << 2;

/// The cell of the mobile network that the modem is in (3GPP TS 23.003 clause 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Mobile country code, three digits.
    pub mcc: u16,
    /// Mobile network code, two or three digits.
    pub mnc: u16,
    /// How many digits the network code has: 01 and 001 are two networks.
    pub mnc_digits: u8,
    /// Location area code (2G, 3G).
    pub lac: Option<u32>,
    /// Tracking area code (LTE and later).
    pub tac: Option<u32>,
    /// Cell identity.
    pub ci: Option<u64>,
}

impl Cell {
    /// Reads `MCC,MNC,LAC,CI,TAC`, the last three hexadecimal, where zero is "not known" and the
    /// last may be missing (ModemManager before 1.10).
    #[must_use]
    pub fn from_raw(text: &str) -> Option<Self> {
        let mut parts = text.split(',').map(str::trim);
        let mcc = code(parts.next()?, 3..=3)?;
        let mnc = code(parts.next()?, 2..=3)?;
        let mut hexadecimal = || {
            let part = parts.next()?;
            let known = u64::from_str_radix(part, 16).ok()?;
            (known != 0).then_some(known)
        };
        let (lac, ci, tac) = (hexadecimal(), hexadecimal(), hexadecimal());
        let area = |code: Option<u64>| code.and_then(|code| u32::try_from(code).ok());
        Some(Self {
            mcc: mcc.parse().ok()?,
            mnc: mnc.parse().ok()?,
            mnc_digits: if mnc.len() == 3 { 3 } else { 2 },
            lac: area(lac),
            tac: area(tac),
            ci,
        })
    }

    /// The network's code as people write it: `230-01`.
    #[must_use]
    pub fn network(&self) -> String {
        let digits = usize::from(self.mnc_digits);
        format!("{:03}-{:0digits$}", self.mcc, self.mnc)
    }
}

impl std::fmt::Display for Cell {
    /// `230-01 area 1A2B cell 1F3C0`: area and cell as ModemManager writes them.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.network())?;
        if let Some(area) = self.tac.or(self.lac) {
            write!(f, " area {area:X}")?;
        }
        match self.ci {
            Some(ci) => write!(f, " cell {ci:X}"),
            None => Ok(()),
        }
    }
}

/// So many decimal digits.
fn code(part: &str, digits: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let is_code = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    is_code.then_some(part)
}

/// What one `GetLocation` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Location {
    /// Position and satellites; from the sentences where there are any, which say more.
    pub report: Report,
    /// The cell.
    pub cell: Option<Cell>,
}

impl Location {
    /// Reads the answer of `GetLocation`: a value for each source. Total: what is not as the
    /// interface promises is not there. `clock` tells the day, which a raw position lacks.
    #[must_use]
    pub fn from_raw(said: &HashMap<u32, OwnedVariant>, clock: Timestamp) -> Self {
        let text = |source| {
            said.get(&source)
                .and_then(|value| <&str>::try_from(value).ok())
        };
        let mut report = text(GPS_NMEA).map(sentences).unwrap_or_default();
        if report.fix.is_none_or(|fix| fix.position.is_none())
            && let Some(fix) = said.get(&GPS_RAW).and_then(|value| raw(value, clock))
        {
            report.fix = Some(fix);
        }
        Self {
            report,
            cell: text(CELL).and_then(Cell::from_raw),
        }
    }
}

/// ModemManager keeps the last sentence of each kind, so that they may be of two epochs: the
/// later one counts.
fn sentences(text: &str) -> Report {
    let mut all = Report::default();
    let mut take = |report: Report| {
        let newer = match (report.fix, all.fix) {
            (Some(fix), Some(known)) => fix.time >= known.time,
            (fix, _) => fix.is_some(),
        };
        if newer {
            all.fix = report.fix;
        }
        all.sky = report.sky.or(all.sky.take());
    };
    let mut reader = Reader::default();
    reader.push(text.as_bytes(), &mut take);
    // The last one has no line end of its own.
    reader.push(b"\r\n", &mut take);
    reader.flush(&mut take);
    all
}

/// `utc-time`, `latitude`, `longitude`, `altitude`.
fn raw(value: &OwnedVariant, clock: Timestamp) -> Option<Fix> {
    let said: HashMap<String, OwnedVariant> = value.try_clone().ok()?.try_into().ok()?;
    let number = |name: &str| said.get(name).and_then(|value| f64::try_from(value).ok());
    let position = Position::new(number("latitude")?, number("longitude")?)?;
    // Where the modem does not know it, ModemManager says the lowest number that there is.
    let altitude_msl_m = number("altitude").filter(|m| (-20_000.0..=100_000.0).contains(m));
    let time = said
        .get("utc-time")
        .and_then(|value| <&str>::try_from(value).ok())
        .and_then(|text| TimeOfDay::from_field(text.as_bytes()))
        .and_then(|time| nearest(time, clock));
    Some(Fix {
        mode: match altitude_msl_m {
            Some(_) => Mode::ThreeD,
            None => Mode::TwoD,
        },
        position: Some(position),
        time,
        altitude_msl_m,
        quality: Quality::Autonomous,
        ..Fix::default()
    })
}

/// The moment with this time of day that is nearest to the clock.
fn nearest(time: TimeOfDay, clock: Timestamp) -> Option<Timestamp> {
    let today = TimeZone::UTC.to_datetime(clock).date();
    let days = [
        today.checked_sub(1.day()).ok(),
        Some(today),
        today.checked_add(1.day()).ok(),
    ];
    days.into_iter()
        .flatten()
        .filter_map(|day| time.on(day))
        .min_by_key(|at| clock.duration_since(*at).abs())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use zbus::Variant;

    use super::*;

    fn clock() -> Timestamp {
        "2026-11-24T00:00:05Z".parse().unwrap()
    }

    fn owned(value: impl Into<Variant<'static>>) -> OwnedVariant {
        value.into().try_into().unwrap()
    }

    fn raw_position(time: &str, altitude: f64) -> OwnedVariant {
        let entries = [
            ("utc-time", Variant::from(time.to_owned())),
            ("latitude", Variant::from(48.137_f64)),
            ("longitude", Variant::from(11.575_f64)),
            ("altitude", Variant::from(altitude)),
        ];
        let entries = entries.map(|(name, value)| (name.to_owned(), value));
        owned(HashMap::<String, Variant<'static>>::from(entries))
    }

    #[test]
    fn a_cell_is_read_as_modem_manager_writes_it() {
        let table = [
            ("230,01,0000,001F3C0,1A2B", "230-01 area 1A2B cell 1F3C0"),
            ("310,012,00FE,0000A1,0000", "310-012 area FE cell A1"),
            ("310,012,00FE,0000A1", "310-012 area FE cell A1"),
            ("262,99,0,0,0", "262-99"),
        ];
        for (text, shown) in table {
            assert_eq!(Cell::from_raw(text).unwrap().to_string(), shown);
        }
        for text in ["", "230", "230,1,0,0,0", "2x0,01,1,1,1", "0230,01,1,1,1"] {
            assert_eq!(Cell::from_raw(text), None, "{text}");
        }
    }

    #[test]
    fn a_raw_position_gets_the_day_that_is_nearest() {
        let said = HashMap::from([(GPS_RAW, raw_position("235958.00", 520.0))]);
        let fix = Location::from_raw(&said, clock()).report.fix.unwrap();
        assert_eq!(fix.time, Some("2026-11-23T23:59:58Z".parse().unwrap()));
        assert_eq!(fix.mode, Mode::ThreeD);
        let said = HashMap::from([(GPS_RAW, raw_position("000006.00", f64::MIN))]);
        let fix = Location::from_raw(&said, clock()).report.fix.unwrap();
        assert_eq!(fix.time, Some("2026-11-24T00:00:06Z".parse().unwrap()));
        assert_eq!((fix.mode, fix.altitude_msl_m), (Mode::TwoD, None));
    }

    #[test]
    fn the_receivers_sentences_say_more_than_the_raw_position() {
        let traces = "$GPGGA,092750.000,5321.6802,N,00630.3372,W,1,8,1.03,61.7,M,55.2,M,,*76\r\n\
            $GPRMC,092750.000,A,5321.6802,N,00630.3372,W,0.02,31.66,280511,,,A*43\r\n\
            $GPGSV,1,1,02,10,63,137,17,07,61,098,15*79";
        let said = HashMap::from([
            (GPS_NMEA, owned(traces.to_owned())),
            (GPS_RAW, raw_position("000006.00", 1.0)),
        ]);
        let report = Location::from_raw(&said, clock()).report;
        let fix = report.fix.unwrap();
        assert_eq!(fix.dop.hdop, Some(1.03));
        assert!((fix.position.unwrap().lat_deg() - 53.361_336).abs() < 1e-5);
        assert_eq!(report.sky.unwrap().satellites.len(), 2);
    }

    #[test]
    fn sentences_of_a_receiver_that_sees_nothing_leave_the_raw_position() {
        let said = HashMap::from([
            (
                GPS_NMEA,
                owned("$GPGGA,092750.000,,,,,0,0,,,M,,M,,*41".to_owned()),
            ),
            (GPS_RAW, raw_position("000006.00", 1.0)),
        ]);
        let fix = Location::from_raw(&said, clock()).report.fix.unwrap();
        assert!(fix.position.is_some());
    }

    #[test]
    fn values_of_another_type_are_not_there() {
        let said = HashMap::from([
            (CELL, owned(7_u32)),
            (GPS_NMEA, owned(true)),
            (GPS_RAW, owned("text".to_owned())),
        ]);
        assert_eq!(Location::from_raw(&said, clock()), Location::default());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_left_out(text in ".*") {
            let said = HashMap::from([
                (CELL, owned(text.clone())),
                (GPS_NMEA, owned(text)),
            ]);
            let _ = Location::from_raw(&said, clock());
        }
    }
}
