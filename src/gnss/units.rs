//! Lengths, speeds and ages in the words that a person wants.

use std::time::Duration;

use serde::Deserialize;

/// Which units are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Units {
    /// Metres, kilometres an hour.
    #[default]
    Metric,
    /// Feet, miles an hour.
    Imperial,
    /// Heights in metres, knots.
    Nautical,
}

/// Metres in a foot (international, 1959).
const FOOT_M: f64 = 0.3048;
/// Metres a second in a mile an hour.
const MPH_MPS: f64 = 0.447_04;
/// Metres a second in a knot: 1852 m in an hour.
pub const KNOT_MPS: f64 = 1852.0 / 3600.0;
/// Metres a second in a kilometre an hour.
pub const KMH_MPS: f64 = 1.0 / 3.6;

impl Units {
    /// A height or a short length: `519 m`, `1703 ft`; `digits` behind the point.
    #[must_use]
    pub fn length(self, metres: f64, digits: usize) -> String {
        let (value, unit) = self.length_in(metres);
        format!("{} {unit}", rounded(value, digits))
    }

    /// A height or a short length as a number, and its unit.
    #[must_use]
    pub fn length_in(self, metres: f64) -> (f64, &'static str) {
        match self {
            Self::Metric | Self::Nautical => (metres, "m"),
            Self::Imperial => (metres / FOOT_M, "ft"),
        }
    }

    /// A way on the ground: `350 m`, `12.3 km`, `0.8 mi`, `2.4 NM`.
    #[must_use]
    pub fn distance(self, metres: f64) -> String {
        let (value, unit, digits) = self.distance_in(metres);
        format!("{} {unit}", rounded(value, digits))
    }

    /// A way on the ground as a number, its unit, and the digits behind the point that it is worth.
    #[must_use]
    pub fn distance_in(self, metres: f64) -> (f64, &'static str, usize) {
        let (long_m, long) = match self {
            Self::Metric => (1000.0, "km"),
            Self::Imperial => (5280.0 * FOOT_M, "mi"),
            Self::Nautical => (1852.0, "NM"),
        };
        match metres / long_m {
            few if few < 0.2 || (few < 1.0 && self == Self::Metric) => {
                let (value, unit) = self.length_in(metres);
                (value, unit, 0)
            }
            far => (far, long, if far < 100.0 { 1 } else { 0 }),
        }
    }

    /// A speed as a number, and its unit.
    #[must_use]
    pub fn speed_in(self, metres_a_second: f64) -> (f64, &'static str) {
        match self {
            Self::Metric => (metres_a_second / KMH_MPS, "km/h"),
            Self::Imperial => (metres_a_second / MPH_MPS, "mph"),
            Self::Nautical => (metres_a_second / KNOT_MPS, "kn"),
        }
    }

    /// A speed: `12.3 km/h`, `7.6 mph`, `6.6 kn`.
    #[must_use]
    pub fn speed(self, metres_a_second: f64) -> String {
        let (value, unit) = self.speed_in(metres_a_second);
        format!("{} {unit}", rounded(value, 1))
    }

    /// An upward speed: `0.5 m/s`, `98 ft/min`.
    #[must_use]
    pub fn climb(self, metres_a_second: f64) -> String {
        let (value, unit, digits) = self.climb_in(metres_a_second);
        format!("{} {unit}", rounded(value, digits))
    }

    /// An upward speed as a number, its unit, and the digits behind the point that it is worth.
    #[must_use]
    pub fn climb_in(self, metres_a_second: f64) -> (f64, &'static str, usize) {
        match self {
            Self::Metric => (metres_a_second, "m/s", 1),
            Self::Imperial | Self::Nautical => (metres_a_second * 60.0 / FOOT_M, "ft/min", 0),
        }
    }
}

/// A number with so many digits behind the point, and no minus before a zero.
#[must_use]
pub fn rounded(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    match text.strip_prefix('-') {
        Some(rest) if is_zero => rest.to_owned(),
        _ => text,
    }
}

/// How long something lasts or is ago, in one unit: `12 s`, `3 min`, `5 h`, `2 d`.
#[must_use]
pub fn duration(time: Duration) -> String {
    let (count, unit, _) = in_one_unit(time);
    format!("{count} {unit}")
}

/// How long until [`duration`] reads differently.
#[must_use]
pub fn until_next(time: Duration) -> Duration {
    let (count, _, unit_secs) = in_one_unit(time);
    Duration::from_secs((count + 1).saturating_mul(unit_secs)).saturating_sub(time)
}

fn in_one_unit(time: Duration) -> (u64, &'static str, u64) {
    let seconds = time.as_secs();
    match seconds {
        0..60 => (seconds, "s", 1),
        60..3600 => (seconds / 60, "min", 60),
        3600..86400 => (seconds / 3600, "h", 3600),
        _ => (seconds / 86400, "d", 86400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_reads_the_units_of_the_own_country_or_trade() {
        let speed = |units: Units| units.speed(10.0);
        assert_eq!(speed(Units::Metric), "36.0 km/h");
        assert_eq!(speed(Units::Imperial), "22.4 mph");
        assert_eq!(speed(Units::Nautical), "19.4 kn");
        assert_eq!(Units::Imperial.length(100.0, 0), "328 ft");
        assert_eq!(Units::Metric.distance(999.0), "999 m");
        assert_eq!(Units::Metric.distance(12_345.0), "12.3 km");
        assert_eq!(Units::Imperial.distance(1609.3), "1.0 mi");
        assert_eq!(Units::Nautical.distance(300.0), "300 m");
        assert_eq!(Units::Imperial.climb(0.5), "98 ft/min");
        assert_eq!(Units::Metric.length(-0.2, 0), "0 m");
    }

    #[test]
    fn a_time_is_told_in_one_unit_and_it_is_known_when_it_changes() {
        let table = [
            (0.0, "0 s", 1.0),
            (12.25, "12 s", 0.75),
            (59.5, "59 s", 0.5),
            (61.0, "1 min", 59.0),
            (3600.0, "1 h", 3600.0),
            (200_000.0, "2 d", 59_200.0),
        ];
        for (seconds, text, next) in table {
            let time = Duration::from_secs_f64(seconds);
            assert_eq!(duration(time), text);
            assert_eq!(until_next(time).as_secs_f64(), next, "{text}");
        }
    }
}
