//! The fields of a sentence (NMEA 0183, clause 6.2): numbers, times, angles.
//!
//! All are total: an empty field and one that is not what it should be are both `None`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::super::fix::Position;

/// The fields that are left of a sentence, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fields<'a> {
    rest: Option<&'a [u8]>,
}

impl<'a> Fields<'a> {
    /// The fields of a text that is separated by commas.
    #[must_use]
    pub fn new(text: &'a [u8]) -> Self {
        Self { rest: Some(text) }
    }

    /// The next field; empty also when there is none left.
    pub fn take(&mut self) -> &'a [u8] {
        let Some(rest) = self.rest else {
            return &[];
        };
        let end = rest.iter().position(|b| *b == b',');
        let (field, rest) = match end {
            Some(end) => (rest.get(..end), rest.get(end + 1..)),
            None => (Some(rest), None),
        };
        self.rest = rest;
        field.unwrap_or_default()
    }

    /// Leaves out so many fields.
    pub fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.take();
        }
    }

    /// How many there are left.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rest
            .map_or(0, |rest| 1 + rest.iter().filter(|b| **b == b',').count())
    }

    /// The first letter of the next field.
    pub fn letter(&mut self) -> Option<u8> {
        self.take().first().copied()
    }

    /// The next field as a number.
    pub fn number(&mut self) -> Option<f64> {
        number(self.take())
    }

    /// The next field as a whole number.
    pub fn integer(&mut self) -> Option<u32> {
        integer(self.take())
    }

    /// The next four fields: latitude, `N` or `S`, longitude, `E` or `W`.
    pub fn position(&mut self) -> Option<Position> {
        let (lat, north) = (self.take(), self.letter());
        let (lon, east) = (self.take(), self.letter());
        let lat = signed(degrees_minutes(lat)?, north?, b'N', b'S')?;
        let lon = signed(degrees_minutes(lon)?, east?, b'E', b'W')?;
        Position::new(lat, lon)
    }

    /// The next field as a time of day.
    pub fn time(&mut self) -> Option<TimeOfDay> {
        TimeOfDay::from_field(self.take())
    }
}

/// UTC within a day, in milliseconds since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(pub u32);

impl TimeOfDay {
    /// UTC of this time on a day.
    #[must_use]
    pub fn on(self, date: Date) -> Option<Timestamp> {
        let midnight = TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
        midnight
            .checked_add(SignedDuration::from_millis(i64::from(self.0)))
            .ok()
    }

    /// `hhmmss` with any number of decimals; a leap second is second 60.
    #[must_use]
    pub fn from_field(field: &[u8]) -> Option<Self> {
        let (whole, fraction) = halves(field);
        if whole.len() != 6 {
            return None;
        }
        let whole = integer(whole)?;
        let (hours, minutes, seconds) = (whole / 10_000, whole / 100 % 100, whole % 100);
        if hours > 23 || minutes > 59 || seconds > 60 {
            return None;
        }
        let mut millis = 0;
        for place in 0..3 {
            let digit = match fraction.get(place) {
                Some(b @ b'0'..=b'9') => u32::from(b - b'0'),
                None => 0,
                Some(_) => return None,
            };
            millis = millis * 10 + digit;
        }
        Some(Self(
            ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis,
        ))
    }
}

/// A decimal number: sign, digits, point, digits; no exponent, and nothing else in it.
#[must_use]
pub fn number(field: &[u8]) -> Option<f64> {
    /// As many decimals as a mantissa of 64 bits can have beside the largest whole part.
    const POWERS: [f64; 19] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18,
    ];
    let (negative, digits) = match field {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, field),
    };
    let mut mantissa: u64 = 0;
    let mut decimals = 0_usize;
    let mut any = false;
    let mut point = false;
    for b in digits {
        match b {
            b'0'..=b'9' => {
                any = true;
                if mantissa >= 100_000_000_000_000_000 {
                    if !point {
                        return None;
                    }
                    // More decimals than a number of 64 bits can tell.
                    continue;
                }
                mantissa = mantissa * 10 + u64::from(b - b'0');
                decimals += usize::from(point);
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    let value = mantissa as f64 / POWERS.get(decimals)?;
    any.then_some(if negative { -value } else { value })
}

/// A whole number of up to nine digits.
#[must_use]
pub fn integer(field: &[u8]) -> Option<u32> {
    if field.is_empty() || field.len() > 9 {
        return None;
    }
    field.iter().try_fold(0_u32, |value, b| {
        b.is_ascii_digit().then(|| value * 10 + u32::from(b - b'0'))
    })
}

/// `ddmmyy`. Two digits of a year are of 1980, when GPS began, to 2079.
#[must_use]
pub fn date(field: &[u8]) -> Option<Date> {
    if field.len() != 6 {
        return None;
    }
    let value = integer(field)?;
    let year = value % 100;
    let year = if year < 80 { 2000 + year } else { 1900 + year };
    civil(year, value / 100 % 100, value / 10_000)
}

/// A day of the calendar.
#[must_use]
pub fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// `ddmm.mmm` or `dddmm.mmm`, in degrees. The whole part must have the two digits of the
/// minutes and at least one of the degrees: a field that was cut short is not read as a place
/// near the equator.
#[must_use]
pub fn degrees_minutes(field: &[u8]) -> Option<f64> {
    let (whole, _) = halves(field);
    if !(3..=5).contains(&whole.len()) {
        return None;
    }
    let (degrees, minutes) = field.split_at_checked(whole.len() - 2)?;
    let (degrees, minutes) = (integer(degrees)?, number(minutes)?);
    (0.0..60.0)
        .contains(&minutes)
        .then(|| f64::from(degrees) + minutes / 60.0)
}

fn signed(value: f64, letter: u8, positive: u8, negative: u8) -> Option<f64> {
    match letter.to_ascii_uppercase() {
        letter if letter == positive => Some(value),
        letter if letter == negative => Some(-value),
        _ => None,
    }
}

/// What is before and behind the point.
fn halves(field: &[u8]) -> (&[u8], &[u8]) {
    let point = field.iter().position(|b| *b == b'.');
    match point {
        Some(at) => (
            field.get(..at).unwrap_or_default(),
            field.get(at + 1..).unwrap_or_default(),
        ),
        None => (field, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_exactly_as_they_are_written() {
        let table: [(&str, Option<f64>); 12] = [
            ("545.4", Some(545.4)),
            ("-12.30", Some(-12.3)),
            ("+.5", Some(0.5)),
            ("7.", Some(7.0)),
            ("4808.2292412", Some(4_808.229_241_2)),
            ("0.1234567890123456789", Some(0.123_456_789_012_345_68)),
            ("", None),
            (".", None),
            ("-", None),
            ("1e5", None),
            ("1.2.3", None),
            ("99999999999999999999", None),
        ];
        for (text, value) in table {
            assert_eq!(number(text.as_bytes()), value, "{text}");
        }
    }

    #[test]
    fn a_whole_number_has_one_to_nine_digits() {
        for (text, value) in [
            ("0", Some(0)),
            ("007", Some(7)),
            ("999999999", Some(999_999_999)),
            ("1000000000", None),
            ("99999999999", None),
            ("", None),
            ("-1", None),
            ("1.0", None),
        ] {
            assert_eq!(integer(text.as_bytes()), value, "{text}");
        }
    }

    #[test]
    fn a_time_or_date_that_does_not_exist_is_none() {
        let time = |text: &str| TimeOfDay::from_field(text.as_bytes()).map(|t| t.0);
        assert_eq!(time("235960.5"), Some(86_400_500));
        assert_eq!(time("010203.0459"), Some(3_723_045));
        for text in ["", "12", "246000", "126000", "12:0:0", "120000.x"] {
            assert_eq!(time(text), None, "{text}");
        }
        assert_eq!(date(b"290224").map(Date::year), Some(2024));
        assert_eq!(date(b"060180").map(Date::year), Some(1980));
        assert_eq!(date(b"300224"), None);
        assert_eq!(date(b"000000"), None);
    }

    #[test]
    fn half_an_angle_is_no_place_near_the_equator() {
        assert_eq!(degrees_minutes(b"4830.0"), Some(48.5));
        assert_eq!(degrees_minutes(b"18000.0"), Some(180.0));
        for text in ["48", "4860.0", "0.5", "-4830.0", "118000.0", "48x0.0"] {
            assert_eq!(degrees_minutes(text.as_bytes()), None, "{text}");
        }
    }
}
