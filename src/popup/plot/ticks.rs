//! Round numbers for axes, and lengths of time in words.

use crate::catalogue::decimal;
use crate::say;

/// A vertical axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ticks {
    /// Its lower end.
    pub min: f64,
    /// Its upper end.
    pub max: f64,
    /// Between two numbers on it: 1, 2 or 5 times a power of ten.
    pub step: f64,
}

impl Ticks {
    /// The numbers on it, from below.
    pub fn values(self) -> impl Iterator<Item = f64> {
        let first = (self.min / self.step - 1e-6).ceil();
        let last = (self.max / self.step + 1e-6).floor();
        let count = (last - first).clamp(0.0, 50.0) as u32;
        (0..=count).map(move |n| (first + f64::from(n)) * self.step)
    }

    /// One of them with as many digits as the step has.
    #[must_use]
    pub fn label(self, value: f64) -> String {
        let digits = (-self.step.log10() - 1e-6).ceil().clamp(0.0, 9.0) as usize;
        let text = decimal(value, digits);
        // No minus before a zero, and a real one before the rest.
        match text.strip_prefix('-') {
            Some(zero) if zero.bytes().all(|b| matches!(b, b'0' | b'.' | b',')) => zero.to_owned(),
            Some(rest) => format!("−{rest}"),
            None => text,
        }
    }
}

/// A step of 1, 2 or 5 times a power of ten, so that at most `most` of them cover `height`.
#[must_use]
pub fn step(height: f64, most: f64) -> f64 {
    let rough = height / most.max(1.0);
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|n| n * power >= rough * 0.999);
    times.unwrap_or(10.0) * power
}

/// An axis from `min` to `max` with at most `lines` numbers; with `widen` it begins and ends at
/// numbers.
#[must_use]
pub fn ticks(min: f64, max: f64, lines: usize, widen: bool) -> Ticks {
    let (min, max) = if min.is_finite() && max > min && max.is_finite() {
        (min, max)
    } else {
        (0.0, 1.0)
    };
    let step = step(max - min, lines.max(1) as f64);
    if widen {
        Ticks {
            min: (min / step + 1e-6).floor() * step,
            max: (max / step - 1e-6).ceil() * step,
            step,
        }
    } else {
        Ticks { min, max, step }
    }
}

/// Steps of time that people count in, in seconds.
const TIME_STEPS: [f64; 20] = [
    0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0,
    3600.0, 7200.0, 21_600.0, 43_200.0, 86_400.0,
];

/// The moments below a plot, newest first: 0 and multiples of a round step up to `span_secs`, at
/// most `most` besides the first.
pub fn times(span_secs: f64, most: usize) -> impl Iterator<Item = f64> {
    let rough = span_secs / (most.max(1) as f64);
    let step = TIME_STEPS.into_iter().find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(86_400.0);
    let count = (span_secs / step + 1e-6).clamp(0.0, 50.0) as u32;
    (0..=count).map(move |n| f64::from(n) * step)
}

/// A length of time: `0.5 s`, `12 s`, `3 min`, `1.5 h`.
#[must_use]
pub fn time(secs: f64) -> String {
    let short = |value: f64| {
        let digits = usize::from((value * 10.0).round() % 10.0 != 0.0);
        decimal(value, digits)
    };
    if secs < 10.0 {
        say!("popup-seconds", seconds = short(secs))
    } else if secs < 60.0 {
        say!("popup-seconds", seconds = decimal(secs, 0))
    } else if secs < 3600.0 {
        say!("popup-minutes", minutes = short(secs / 60.0))
    } else {
        say!("popup-hours", hours = short(secs / 3600.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_round_numbers() {
        let words = |min, max, lines| {
            let ticks = ticks(min, max, lines, true);
            ticks.values().map(|v| ticks.label(v)).collect::<Vec<_>>()
        };
        assert_eq!(words(0.0, 14.2, 4), ["0", "5", "10", "15"]);
        assert_eq!(words(-0.31, 0.2, 3), ["−0.4", "−0.2", "0.0", "0.2"]);
        assert_eq!(words(517.2, 521.0, 4), ["517", "518", "519", "520", "521"]);
        // Nothing to plot is no reason to fail.
        assert_eq!(
            words(f64::NAN, 3.0, 2).first().map(String::as_str),
            Some("0.0")
        );
        assert_eq!(words(5.0, 5.0, 0).len(), 2);
    }

    #[test]
    fn times_are_counted_as_people_do() {
        let words = |span, most| times(span, most).map(time).collect::<Vec<_>>();
        assert_eq!(
            words(300.0, 5),
            ["0 s", "1 min", "2 min", "3 min", "4 min", "5 min"]
        );
        assert_eq!(words(10.0, 3), ["0 s", "5 s", "10 s"]);
        assert_eq!(words(5400.0, 3), ["0 s", "30 min", "1 h", "1.5 h"]);
    }
}
