//! What a camera does and how long things take, in the person's language. What is typed is
//! written and read in the same way everywhere.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

pub use crate::shutter::words::{
    Told, bracket, parse_bracket, parse_count, parse_duration, parse_moment, parse_ramp,
    parse_windows, ramp, said, told, typed, until, window,
};

use crate::catalogue::{self, decimal};
use crate::popup::states::full_sentence;
use crate::popup::when;
use crate::say;
use crate::shutter::cameras::Camera;
use crate::shutter::snapshot::{Ending, Jitter, Snapshot};
use crate::shutter::{seconds, words};

/// One sentence without its point: `Running: 132 of 500, next in 4 s`.
pub fn sentence(camera: &Camera, now: Timestamp) -> String {
    let progress = progress_of(camera);
    match told(camera, now) {
        Told::Exposing(left) => {
            let left = countdown(left);
            say!("shutter-exposing-left", progress = progress, left = left)
        }
        Told::Next(left) => {
            let left = countdown(left);
            say!("shutter-running-next", progress = progress, left = left)
        }
        Told::First(left) => match count_of(camera) {
            Some(count) => say!(
                "shutter-waiting-first-of",
                count = count,
                left = countdown(left)
            ),
            None => say!("shutter-waiting-first", left = countdown(left)),
        },
        _ => short(camera, now),
    }
}

/// The same without the time that is left, where that has no room or stands elsewhere.
pub fn short(camera: &Camera, now: Timestamp) -> String {
    let progress = || progress_of(camera);
    match told(camera, now) {
        Told::Connecting => say!("shutter-connecting"),
        Told::NoTimer => say!("shutter-no-timer"),
        Told::Offline(None) => say!("shutter-offline"),
        Told::Offline(Some(time)) => say!("shutter-offline-for", time = brief(time)),
        Told::WrongPassword => say!("shutter-wrong-password"),
        Told::Locked => say!("shutter-locked"),
        Told::Paused => say!("shutter-paused", progress = progress()),
        Told::Failing => say!("shutter-failing", progress = progress()),
        Told::Exposing(_) => say!("shutter-exposing", progress = progress()),
        Told::First(_) => match count_of(camera) {
            Some(count) => say!("shutter-waiting-short-of", count = count),
            None => say!("shutter-waiting-short"),
        },
        Told::Next(_) | Told::Running => say!("shutter-running", progress = progress()),
        Told::NoRelease => say!("shutter-no-release"),
        Told::Taking => say!("shutter-taking"),
        Told::Ended(ending) => {
            let shots = camera.snapshot.as_deref().map_or(0, |s| s.shots);
            match ending {
                Ending::Done => say!("shutter-done", count = shots),
                Ending::Stopped => say!("shutter-stopped", count = shots),
                Ending::Interrupted => say!("shutter-interrupted", count = shots),
                Ending::Failed => say!("shutter-failed", count = shots),
            }
        }
        Told::Ready => say!("shutter-ready"),
    }
}

/// What a service or the way to it says, which is in English; it is untrusted.
pub fn foreign(words: &str) -> String {
    catalogue::told("shutter", &said(words))
}

/// The same as a sentence.
pub fn why(words: &str) -> String {
    full_sentence(&foreign(words))
}

fn count_of(camera: &Camera) -> Option<u32> {
    camera.snapshot.as_deref()?.count
}

fn progress_of(camera: &Camera) -> String {
    let snapshot = camera.snapshot.as_deref();
    snapshot.map(progress).unwrap_or_default()
}

/// `132 of 500`, or `132 pictures`.
pub fn progress(snapshot: &Snapshot) -> String {
    match snapshot.count {
        Some(count) => say!("shutter-progress", shots = snapshot.shots, count = count),
        None => say!("shutter-pictures", count = snapshot.shots),
    }
}

/// The mark before a number's fraction.
fn mark() -> String {
    decimal(0.5, 1)
        .trim_matches(|c: char| c.is_ascii_digit())
        .to_owned()
}

/// A number with its fraction, if there is one, as the language writes it.
pub fn number(value: f64) -> String {
    value.to_string().replace('.', &mark())
}

/// `10 s`, `1 min 30 s`, `2 h 5 min`: the units are the same everywhere.
pub fn duration(time: Duration) -> String {
    words::duration(time).replace('.', &mark())
}

/// As a refusal writes it: `0.25 s`, from two minutes on `1:30:00`.
pub fn exactly(time: Duration) -> String {
    seconds::words(time).replace('.', &mark())
}

/// How long a button was held.
pub fn held(time: Duration) -> String {
    words::held(time).replace('.', &mark())
}

/// `1 h 23 min`, `12 min`, `3 days`.
pub fn brief(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 172_800.. => say!("shutter-days", days = (seconds + 43_200) / 86_400),
        _ => words::brief(time),
    }
}

/// What a count-down shows: `4 s`, `1:05`, `2:00:05`, and by the minute beyond a day.
pub fn countdown(left: Duration) -> String {
    match left > Duration::from_secs(86_399) {
        true => brief(left),
        false => words::countdown(left),
    }
}

/// How exact a plan of so many shots was so far, in a few words.
pub fn exactness(jitter: &Jitter, shots: u32) -> String {
    match shots {
        words::MANY.. => say!("shutter-exact", time = milliseconds(jitter.p99)),
        _ => say!("shutter-exact-few", time = milliseconds(jitter.max)),
    }
}

/// How late the pictures of a plan came, which has had so many shots.
pub fn jitter(jitter: &Jitter, shots: u32) -> String {
    if shots < words::MANY {
        return say!(
            "shutter-late-by-few",
            median = milliseconds(jitter.p50),
            worst = milliseconds(jitter.max)
        );
    }
    say!(
        "shutter-late-by",
        median = milliseconds(jitter.p50),
        most = milliseconds(jitter.p99),
        worst = milliseconds(jitter.max)
    )
}

/// `0.12 ms`, `4.5 ms`, `120 ms`, `2.1 s`.
pub fn milliseconds(ms: f64) -> String {
    match ms.abs() < 1e9 {
        true => words::milliseconds(ms).replace('.', &mark()),
        false => say!("shutter-very-late"),
    }
}

/// A time of day, with the day where it is another one.
pub fn at(time: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let clock = when::clock(time, zone);
    if when::day_number(time, zone) == when::day_number(now, zone) {
        return clock;
    }
    let time = time.to_zoned_datetime(zone.clone());
    let day = say!(
        "popup-weekday-date",
        weekday = time.weekday().to_monday_one_offset(),
        day = time.day(),
        month = time.month()
    );
    say!("shutter-day-and-time", day = day, time = clock)
}

/// `3 Nov`.
pub fn day(time: &ZonedDateTime) -> String {
    say!("popup-date", day = time.day(), month = time.month())
}
