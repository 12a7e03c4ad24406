//! Times as people say them: relative up to a day, by the weekday up to a week, then dates.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::say;

/// The zone that this computer is set to.
///
/// jiff first lists the whole zone database to find its name; that is felt at the start, and
/// the name is not needed.
pub fn local_zone() -> TimeZone {
    let file = std::env::var_os("TZ")
        .is_none()
        .then(|| std::fs::read("/etc/localtime"));
    let zone = file.and_then(|bytes| TimeZone::tzif("Local", &bytes.ok()?).ok());
    zone.unwrap_or_else(TimeZone::system)
}

/// For a row: `now`, `5 min`, `3 h`, `Yesterday`, `Sun`, `22 Nov`, `22 Nov 2024`.
pub fn short(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let secs = now.as_second() - time.as_second();
    match secs {
        ..60 if secs > -3600 => say!("popup-now"),
        60..3_600 => say!("popup-minutes", minutes = secs / 60),
        3_600..86_400 => say!("popup-hours", hours = secs / 3_600),
        _ => {
            let (time, now) = (
                time.to_zoned_datetime(zone.clone()),
                now.to_zoned_datetime(zone.clone()),
            );
            // The weekday of a week ago is today's.
            match days_before(&time, &now) {
                1 => say!("popup-yesterday"),
                2..=6 => say!("popup-weekday", weekday = weekday(&time)),
                _ => date(&time, &now),
            }
        }
    }
}

/// For a bubble: `14:05`.
pub fn clock(time: Timestamp, zone: &TimeZone) -> String {
    let time = time.to_zoned_datetime(zone.clone());
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Between two days of a thread: `Today`, `Yesterday`, `Mon 3 Nov`, `3 Nov 2024`.
pub fn day(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (time, now) = (
        time.to_zoned_datetime(zone.clone()),
        now.to_zoned_datetime(zone.clone()),
    );
    match days_before(&time, &now) {
        0 => return say!("popup-today"),
        1 => return say!("popup-yesterday"),
        _ => {}
    }
    if time.year() == now.year() {
        return say!(
            "popup-weekday-date",
            weekday = weekday(&time),
            day = time.day(),
            month = time.month()
        );
    }
    date(&time, &now)
}

/// In full, for a tooltip: `Mon 3 Nov 2025, 14:05:09`.
pub fn full(time: Timestamp, zone: &TimeZone) -> String {
    let time = time.to_zoned_datetime(zone.clone());
    say!(
        "popup-full-time",
        weekday = weekday(&time),
        day = time.day(),
        month = time.month(),
        // As text: a year has no thousands mark.
        year = time.year().to_string(),
        time = time.strftime("%H:%M:%S").to_string()
    )
}

/// Which day a time falls on; equal numbers are equal days.
pub fn day_number(time: Timestamp, zone: &TimeZone) -> i32 {
    let date = zone.to_datetime(time).date();
    i32::from(date.year()) * 512 + i32::from(date.month()) * 32 + i32::from(date.day())
}

fn date(time: &ZonedDateTime, now: &ZonedDateTime) -> String {
    let (day, month) = (time.day(), time.month());
    if time.year() == now.year() {
        say!("popup-date", day = day, month = month)
    } else {
        let year = time.year().to_string();
        say!(
            "popup-date-with-year",
            day = day,
            month = month,
            year = year
        )
    }
}

/// How many midnights are between; negative for what is to come.
fn days_before(time: &ZonedDateTime, now: &ZonedDateTime) -> i64 {
    now.date().duration_since(time.date()).as_hours() / 24
}

fn weekday(time: &ZonedDateTime) -> i8 {
    time.weekday().to_monday_one_offset()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_row_tells_time_relative_up_to_a_day_and_by_weekday_up_to_a_week() {
        let now = at("2026-11-24T12:00:00Z");
        let tell = |text| short(at(text), now, &TimeZone::UTC);
        assert_eq!(tell("2026-11-24T11:59:30Z"), "now");
        assert_eq!(tell("2026-11-24T11:55:00Z"), "5 min");
        assert_eq!(tell("2026-11-23T12:00:01Z"), "23 h");
        assert_eq!(tell("2026-11-23T11:00:00Z"), "Yesterday");
        assert_eq!(tell("2026-11-22T23:59:59Z"), "Sun");
        assert_eq!(tell("2026-11-18T00:00:00Z"), "Wed");
        // Today is a Tuesday, too.
        assert_eq!(tell("2026-11-17T23:59:59Z"), "17 Nov");
        assert_eq!(tell("2024-02-01T11:00:00Z"), "1 Feb 2024");
        // A service centre's clock that is a little ahead; one that is a year ahead.
        assert_eq!(tell("2026-11-24T12:03:00Z"), "now");
        assert_eq!(tell("2027-11-24T12:03:00Z"), "24 Nov 2027");
    }

    #[test]
    fn days_have_names_while_they_are_near() {
        let now = at("2026-11-24T12:00:00Z");
        let tell = |text| day(at(text), now, &TimeZone::UTC);
        assert_eq!(tell("2026-11-24T00:00:00Z"), "Today");
        assert_eq!(tell("2026-11-23T23:59:59Z"), "Yesterday");
        assert_eq!(tell("2026-11-02T10:00:00Z"), "Mon 2 Nov");
        assert_eq!(tell("2025-11-02T10:00:00Z"), "2 Nov 2025");
    }
}
