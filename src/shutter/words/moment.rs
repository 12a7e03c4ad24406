//! Moments: when a plan starts.

use std::time::Duration;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::Wrong;

/// A moment as people write it: `22:30` (the next one), `2026-12-24 22:30`, or RFC 3339 with an
/// offset.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn parse_moment(text: &str, now: Timestamp, zone: &TimeZone) -> Result<Timestamp, Wrong> {
    let text = text.trim();
    let wrong = || Wrong::Moment(text.to_owned());
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    let local = |moment: DateTime| {
        let zoned = moment.to_zoned_datetime(zone.clone());
        zoned.map(|zoned| zoned.timestamp()).map_err(|_| wrong())
    };
    if let Some(time) = time_of_day(text) {
        let today = now.to_zoned_datetime(zone.clone()).date();
        let moment = local(today.to_datetime(time))?;
        if moment > now {
            return Ok(moment);
        }
        let tomorrow: Date = today.checked_add(1.day()).map_err(|_| wrong())?;
        return local(tomorrow.to_datetime(time));
    }
    // jiff takes a date alone as midnight, which nobody means.
    if !text.contains(':') {
        return Err(wrong());
    }
    local(text.parse().map_err(|_| wrong())?)
}

/// `7:05`, `22:30`, `22:30:15`.
pub(super) fn time_of_day(text: &str) -> Option<Time> {
    let mut parts = text.split(':').map(|part| {
        let digits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<i8>().ok()).flatten()
    });
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour, minute, second, 0).ok()
}

/// From now to then; nothing where it is past.
#[must_use]
pub fn until(then: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(then.duration_since(now)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_the_next_one() {
        let now: Timestamp = "2026-11-29T21:00:00Z".parse().unwrap();
        let read = |text| parse_moment(text, now, &TimeZone::UTC).map(|at| at.to_string());
        assert_eq!(read("22:30"), Ok("2026-11-29T22:30:00Z".to_owned()));
        assert_eq!(read("7:05"), Ok("2026-11-30T07:05:00Z".to_owned()));
        assert_eq!(read("21:00"), Ok("2026-11-30T21:00:00Z".to_owned()));
        assert_eq!(
            read("2026-12-24 22:30"),
            Ok("2026-12-24T22:30:00Z".to_owned())
        );
        assert_eq!(
            read("2026-12-24T22:30:00+01:00"),
            Ok("2026-12-24T21:30:00Z".to_owned())
        );
        for wrong in [
            "",
            "24:00",
            "7",
            "7:5:3:1",
            "soon",
            "2026-12-24",
            "-1:00",
            "7:1000",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_past_is_no_time_away() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!(until(Timestamp::MIN, now), Duration::ZERO);
        assert!(until(Timestamp::MAX, Timestamp::MIN) > Duration::from_secs(1 << 38));
    }
}
