//! Durations.

use std::time::Duration;

use super::Wrong;
use crate::shutter::seconds::LONGEST;

/// A duration as people write it: `10`, `0.5` and `10s` in seconds, `500ms`, `1m30s`, `2h`,
/// `1:30` as minutes and seconds, `1:00:00` with hours; the last unit of `1m30` and `2h15` may be
/// left away. At most 99:59:59.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn parse_duration(text: &str) -> Result<Duration, Wrong> {
    let wrong = || Wrong::Duration(text.to_owned());
    let trimmed = text.trim();
    let seconds = if trimmed.contains(':') {
        clock(trimmed)
    } else {
        units(trimmed)
    }
    .ok_or_else(wrong)?;
    if !(0.0..=LONGEST).contains(&seconds) {
        return Err(Wrong::Long(text.to_owned()));
    }
    Ok(Duration::from_micros((seconds * 1e6).round() as u64))
}

/// `1:30` or `1:02:03`, whose last part may have a fraction.
fn clock(text: &str) -> Option<f64> {
    let mut parts = text.rsplit(':');
    let mut seconds = number(parts.next()?).filter(|seconds| *seconds < 60.0)?;
    let minutes = whole(parts.next()?)?;
    seconds += minutes * 60.0;
    if let Some(hours) = parts.next() {
        seconds += whole(hours)? * 3600.0;
        if minutes >= 60.0 {
            return None;
        }
    }
    parts.next().is_none().then_some(seconds)
}

/// Numbers with units, the units falling; a number alone is seconds.
fn units(text: &str) -> Option<f64> {
    if let Some(seconds) = number(text) {
        return Some(seconds);
    }
    let mut seconds = 0.0;
    let mut last = f64::INFINITY;
    let mut rest = text;
    while !rest.is_empty() {
        let (amount, behind) = split(rest, |c| c.is_ascii_digit() || c == '.' || c == ',');
        let (unit, behind) = split(behind.trim_start(), char::is_alphabetic);
        let unit = match unit.to_ascii_lowercase().as_str() {
            "ms" => 0.001,
            "s" | "sec" | "second" | "seconds" => 1.0,
            "m" | "min" | "minute" | "minutes" => 60.0,
            "h" | "hour" | "hours" => 3600.0,
            // The `30` of `1m30`.
            "" if matches!(last, 60.0 | 3600.0) && whole(amount).is_some() => last / 60.0,
            _ => return None,
        };
        if unit >= last {
            return None;
        }
        last = unit;
        seconds += number(amount)? * unit;
        rest = behind.trim_start();
    }
    (last < f64::INFINITY).then_some(seconds)
}

fn split(text: &str, inside: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// Digits with at most one point or comma: no sign, no exponent, no `inf`.
fn number(text: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    if text.len() > 24 || !has_digit || !text.chars().all(plain) {
        return None;
    }
    text.replace(',', ".").parse().ok()
}

fn whole(text: &str) -> Option<f64> {
    number(text).filter(|_| !text.contains(['.', ',']))
}

/// As it can be typed: `10s`, `0.5s`, `1m30s`, `2h`.
#[must_use]
pub fn typed(duration: Duration) -> String {
    written(duration, ["h", "m", "s"], "", "")
}

/// To be read: `10 s`, `1 min 30 s`, `2 h 5 min`.
#[must_use]
pub fn duration(duration: Duration) -> String {
    written(duration, ["h", "min", "s"], " ", " ")
}

fn written(duration: Duration, names: [&str; 3], gap: &str, between: &str) -> String {
    let (whole, micros) = (duration.as_secs(), duration.subsec_micros());
    let [hours, minutes, seconds] = names;
    let mut parts = Vec::new();
    if whole >= 3600 {
        parts.push(format!("{}{gap}{hours}", whole / 3600));
    }
    if whole % 3600 >= 60 {
        parts.push(format!("{}{gap}{minutes}", whole % 3600 / 60));
    }
    if whole % 60 > 0 || micros > 0 || parts.is_empty() {
        let fraction = match micros {
            0 => String::new(),
            micros => format!(".{}", format!("{micros:06}").trim_end_matches('0')),
        };
        parts.push(format!("{}{fraction}{gap}{seconds}", whole % 60));
    }
    parts.join(between)
}

/// How long a button was held: measured, and so rounded to what people care about.
#[must_use]
pub fn held(time: Duration) -> String {
    let step = if time < Duration::from_secs(10) {
        10
    } else {
        100
    };
    let ms = (time.as_secs_f64() * 1000.0 / f64::from(step)).round() * f64::from(step);
    duration(Duration::from_millis(ms as u64))
}

/// The two largest units of it, for what need not be exact: `1 h 23 min`, `12 min`, `3 days`.
#[must_use]
pub fn brief(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..600 => duration(Duration::from_secs(seconds)),
        600..3_600 => format!("{} min", (seconds + 30) / 60),
        3_600..172_800 => duration(Duration::from_secs((seconds + 30) / 60 * 60)),
        _ => format!("{} days", (seconds + 43_200) / 86_400),
    }
}

/// What a count-down shows: `4 s`, `1:05`, `2:00:05`, and by the minute beyond a day. A begun
/// second counts.
#[must_use]
pub fn countdown(left: Duration) -> String {
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{}:{:02}", seconds / 60, seconds % 60),
        3_600..86_400 => {
            let (hours, rest) = (seconds / 3600, seconds % 3600);
            format!("{hours}:{:02}:{:02}", rest / 60, rest % 60)
        }
        _ => brief(left),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> u128 {
        parse_duration(text).unwrap().as_millis()
    }

    #[test]
    fn durations_are_taken_as_people_write_them() {
        for (text, wanted) in [
            ("10", 10_000),
            ("10s", 10_000),
            (" 10 s ", 10_000),
            ("0.5", 500),
            ("0,5", 500),
            (".5", 500),
            ("500ms", 500),
            ("1m30s", 90_000),
            ("1 min 30 s", 90_000),
            ("1:30", 90_000),
            ("90:00", 5_400_000),
            ("1:02:03.5", 3_723_500),
            ("1h", 3_600_000),
            ("1H5M", 3_900_000),
            ("1m30", 90_000),
            ("2h15", 8_100_000),
            ("2 h 15", 8_100_000),
            ("1h5m30", 3_930_000),
            ("2 hours 1 second", 7_201_000),
            ("99:59:59", 359_999_000),
            ("0", 0),
        ] {
            assert_eq!(ms(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused_in_a_sentence() {
        for text in [
            "",
            " ",
            "x",
            "-1",
            "+1",
            "1e9",
            "inf",
            "nan",
            "1:60",
            "1:2:3:4",
            "::",
            ":",
            "1:",
            "1:60:00",
            "1.5:30",
            "s",
            "10x",
            "1s1m",
            "1s1s",
            "10s5",
            "1m30.5",
            "1m30 20",
            "1h5m1s1",
            "m30",
            "1x30",
            "1..5",
            "١٠",
            "1\u{0}",
            "1111111111111111111111111111111",
        ] {
            let error = parse_duration(text).unwrap_err().to_string();
            assert!(error.contains("no duration"), "{text}: {error}");
        }
        for text in ["100h", "100:00:00", "360000", "9999999999"] {
            let error = parse_duration(text).unwrap_err().to_string();
            assert!(error.contains("99:59:59"), "{text}: {error}");
        }
    }

    #[test]
    fn what_is_written_can_be_typed_again() {
        for text in [
            "10s",
            "0.5s",
            "1m30s",
            "2h",
            "1h0.25s",
            "1h1m",
            "0s",
            "99h59m59s",
        ] {
            assert_eq!(typed(parse_duration(text).unwrap()), text);
            let read = duration(parse_duration(text).unwrap());
            assert_eq!(typed(parse_duration(&read).unwrap()), text, "{read}");
        }
    }

    #[test]
    fn a_count_down_counts_the_begun_second() {
        let tell = |ms| countdown(Duration::from_millis(ms));
        assert_eq!(tell(3_001), "4 s");
        assert_eq!(tell(0), "0 s");
        assert_eq!(tell(59_001), "1:00");
        assert_eq!(tell(7_205_000), "2:00:05");
        assert_eq!(tell(200_000_000), "2 days");
        assert_eq!(brief(Duration::from_secs(4_985)), "1 h 23 min");
        assert_eq!(held(Duration::from_micros(100_106)), "0.1 s");
        assert_eq!(held(Duration::from_micros(30_004_900)), "30 s");
    }
}
