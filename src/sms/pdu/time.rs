//! TP-SCTS, TP-DT and the absolute TP-VP (3GPP TS 23.040 clause 9.2.3.11): seven octets of
//! swapped decimal digits, year to second, then the time zone in quarters of an hour.

use jiff::{Timestamp, civil::DateTime, tz::Offset};

/// Octets of a time stamp.
pub(super) const OCTETS: usize = 7;

/// Reads a time stamp: when it was, where the digits are a date, and the offset in minutes.
///
/// Years 70..=99 are of the last century. A time zone that is no number counts as UTC.
pub(super) fn from_raw(octets: [u8; OCTETS]) -> (Option<Timestamp>, i16) {
    let [year, month, day, hour, minute, second, zone] = octets;
    let offset_minutes = offset_minutes(zone);
    let time = || {
        let year = decimal(year)?;
        let year = if year < 70 {
            2000 + i16::from(year)
        } else {
            1900 + i16::from(year)
        };
        let date = DateTime::new(
            year,
            decimal(month)?,
            decimal(day)?,
            decimal(hour)?,
            decimal(minute)?,
            decimal(second)?,
            0,
        );
        let offset = Offset::from_seconds(i32::from(offset_minutes) * 60).ok()?;
        offset.to_timestamp(date.ok()?).ok()
    };
    (time(), offset_minutes)
}

/// A time stamp in UTC; `None` outside 1970..=2069, which two digits cannot tell.
pub(super) fn to_raw(time: Timestamp) -> Option<[u8; OCTETS]> {
    let date = Offset::UTC.to_datetime(time);
    if !(1970..=2069).contains(&date.year()) {
        return None;
    }
    let year = (date.year() % 100) as i8;
    let [year, month, day, hour, minute, second] = [
        year,
        date.month(),
        date.day(),
        date.hour(),
        date.minute(),
        date.second(),
    ]
    .map(swapped);
    Some([year, month, day, hour, minute, second, 0])
}

/// Two decimal digits, the first in the low half.
pub(super) fn decimal(octet: u8) -> Option<i8> {
    let (tens, ones) = (octet & 0x0f, octet >> 4);
    (tens < 10 && ones < 10).then_some((tens * 10 + ones) as i8)
}

/// 0..=99 as two digits, the first in the low half.
pub(super) fn swapped(number: i8) -> u8 {
    let number = number.unsigned_abs();
    ((number % 10) << 4) | (number / 10)
}

/// Bit 3 is the sign, the rest two digits of quarters.
fn offset_minutes(zone: u8) -> i16 {
    let quarters = decimal(zone & !0x08).map_or(0, i16::from);
    if zone & 0x08 == 0 {
        quarters * 15
    } else {
        quarters * -15
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(octets: [u8; OCTETS]) -> (Option<String>, i16) {
        let (time, offset) = from_raw(octets);
        (time.map(|time| time.to_string()), offset)
    }

    #[test]
    fn time_zones_are_quarters_with_a_sign() {
        let date = |zone| read([0x11, 0x20, 0x82, 0x11, 0x05, 0x05, zone]);
        assert_eq!(date(0x00), (Some("2011-02-28T11:50:50Z".into()), 0));
        assert_eq!(date(0x40), (Some("2011-02-28T10:50:50Z".into()), 60));
        assert_eq!(date(0x0a), (Some("2011-02-28T16:50:50Z".into()), -300));
        assert_eq!(date(0x22), (Some("2011-02-28T06:20:50Z".into()), 330));
        assert_eq!(date(0x97).1, 1185);
        assert_eq!(date(0x9f).1, -1185);
        assert_eq!(date(0xff), (Some("2011-02-28T11:50:50Z".into()), 0));
    }

    #[test]
    fn years_pivot_at_seventy() {
        let year = |octet| read([octet, 0x10, 0x10, 0, 0, 0, 0]).0.unwrap();
        assert_eq!(year(0x99), "1999-01-01T00:00:00Z");
        assert_eq!(year(0x07), "1970-01-01T00:00:00Z");
        assert_eq!(year(0x96), "2069-01-01T00:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_no_time() {
        for octets in [
            [0x00; OCTETS],
            [0xff; OCTETS],
            [0x11, 0x31, 0x10, 0, 0, 0, 0],
            [0x11, 0x20, 0x92, 0, 0, 0, 0],
            [0x11, 0x10, 0x10, 0x42, 0, 0, 0],
            [0x11, 0x10, 0x10, 0, 0, 0x06, 0],
            [0x11, 0x10, 0x1a, 0, 0, 0, 0],
        ] {
            assert_eq!(read(octets).0, None, "{octets:x?}");
        }
    }

    #[test]
    fn a_time_comes_back_from_its_octets() {
        let time: Timestamp = "2024-02-29T23:59:58Z".parse().unwrap();
        let octets = to_raw(time).unwrap();
        assert_eq!(octets, [0x42, 0x20, 0x92, 0x32, 0x95, 0x85, 0x00]);
        assert_eq!(from_raw(octets), (Some(time), 0));
        assert_eq!(to_raw("2070-01-01T00:00:00Z".parse().unwrap()), None);
    }

    #[test]
    fn only_decimal_digits_are_a_number() {
        assert_eq!(decimal(0x21), Some(12));
        assert_eq!(decimal(0x99), Some(99));
        for octet in [0x0a, 0xa0, 0xaa, 0x1f, 0xf1, 0xff] {
            assert_eq!(decimal(octet), None, "{octet:#04x}");
        }
    }
}
