//! Durations in JSON: seconds with a fraction, as the names with `_s` say.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// Longest duration that is taken, in seconds: 99:59:59, as the timers people know have it.
pub const LONGEST: f64 = 359_999.0;

/// Writes whole seconds as an integer, so that `10` stays `10`.
///
/// # Errors
/// As the serializer has them.
pub fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    if duration.subsec_nanos() == 0 {
        serializer.serialize_u64(duration.as_secs())
    } else {
        serializer.serialize_f64(duration.as_secs_f64())
    }
}

/// Reads seconds, 0 to [`LONGEST`], rounded to microseconds.
///
/// # Errors
/// Text, negative, endless and huge values, in a sentence.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    if !(0.0..=LONGEST).contains(&seconds) {
        // A huge number has hundreds of digits.
        let written = if seconds.abs() < 1e9 {
            seconds.to_string()
        } else {
            format!("{seconds:e}")
        };
        return Err(D::Error::custom(format!(
            "{written} is no number of seconds between 0 and {LONGEST}"
        )));
    }
    Ok(Duration::from_micros((seconds * 1e6).round() as u64))
}

/// As people write it: `0.25 s`, `90 s`, from two minutes on `1:30:00`.
#[must_use]
pub fn words(duration: Duration) -> String {
    let seconds = (duration.as_secs_f64() * 1000.0).round() / 1000.0;
    if seconds < 120.0 {
        return format!("{seconds} s");
    }
    let (minutes, rest) = (seconds as u64 / 60, seconds % 60.0);
    let rest = (rest * 1000.0).round() / 1000.0;
    let width = if rest.fract() > 0.0 { 6 } else { 2 };
    let precision = if rest.fract() > 0.0 { 3 } else { 0 };
    format!(
        "{}:{:02}:{rest:0width$.precision$}",
        minutes / 60,
        minutes % 60
    )
}

/// The same for a duration that may be absent.
pub mod option {
    use super::{Deserialize, Deserializer, Duration, Serializer};

    /// Writes `null` where there is none.
    ///
    /// # Errors
    /// As the serializer has them.
    pub fn serialize<S: Serializer>(
        duration: &Option<Duration>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match duration {
            Some(duration) => super::serialize(duration, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads seconds or `null`.
    ///
    /// # Errors
    /// As [`super::deserialize`].
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Duration>, D::Error> {
        #[derive(Deserialize)]
        struct Seconds(#[serde(with = "super")] Duration);
        Ok(Option::<Seconds>::deserialize(deserializer)?.map(|Seconds(duration)| duration))
    }
}
