//! How often a pad reports, how evenly, and what never came.

use std::collections::VecDeque;

use super::decode::Sample;
use super::motion::ReportRate;

/// Over so many reports the rate is counted: a second at most at the rates of Bluetooth.
const MOST: usize = 512;
/// And over no more than this.
const WINDOW_US: u64 = 1_000_000;
/// More missing reports in a row than this are a pause, not a loss.
const PAUSE: f64 = 250.0;

/// Counts one pad's reports.
#[derive(Debug, Clone, Default)]
pub struct Rate {
    at_us: VecDeque<u64>,
    steps_us: VecDeque<u32>,
    lost: u64,
}

impl Rate {
    /// Takes a report in.
    pub fn add(&mut self, sample: &Sample) {
        // The clock was set: what was before says nothing.
        if self.at_us.back().is_some_and(|last| sample.at_us < *last) {
            self.at_us.clear();
        }
        self.at_us.push_back(sample.at_us);
        while self.at_us.len() > MOST
            || self
                .at_us
                .front()
                .is_some_and(|first| sample.at_us - first > WINDOW_US)
        {
            self.at_us.pop_front();
        }
        let Some(step) = sample.step_us else {
            return;
        };
        if let Some(usual) = self.usual_step() {
            let missing = (f64::from(step) / f64::from(usual)).round() - 1.0;
            if (1.0..=PAUSE).contains(&missing) {
                self.lost += missing as u64;
            }
        }
        self.steps_us.push_back(step);
        if self.steps_us.len() > 32 {
            self.steps_us.pop_front();
        }
    }

    /// The time between two reports by the pad's own clock, once some came.
    fn usual_step(&self) -> Option<u32> {
        if self.steps_us.len() < 16 {
            return None;
        }
        let mut steps: Vec<u32> = self.steps_us.iter().copied().collect();
        steps.sort_unstable();
        steps.get(steps.len() / 2).copied().filter(|step| *step > 0)
    }

    /// What is known; `None` before the second report.
    #[must_use]
    pub fn rate(&self) -> Option<ReportRate> {
        let (first, last) = (self.at_us.front()?, self.at_us.back()?);
        let count = self.at_us.len().checked_sub(1).filter(|count| *count > 0)?;
        let mean = (last - first) as f64 / count as f64;
        if mean <= 0.0 {
            return None;
        }
        let steps = self.at_us.iter().zip(self.at_us.iter().skip(1));
        let variance = steps
            .map(|(a, b)| ((b - a) as f64 - mean).powi(2))
            .sum::<f64>()
            / count as f64;
        Some(ReportRate {
            hz: (1e6 / mean) as f32,
            jitter_ms: (variance.sqrt() / 1e3) as f32,
            lost: self.lost,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(at_us: u64, step_us: u32) -> Sample {
        Sample {
            at_us,
            step_us: Some(step_us),
            ..Sample::default()
        }
    }

    #[test]
    fn rate_and_jitter_are_those_of_the_last_second() {
        let mut rate = Rate::default();
        assert_eq!(rate.rate(), None);
        for n in 0..500_u64 {
            rate.add(&sample(n * 4000 + if n % 2 == 0 { 0 } else { 500 }, 4000));
        }
        let ReportRate {
            hz,
            jitter_ms,
            lost,
        } = rate.rate().unwrap();
        assert!((hz - 250.0).abs() < 1.0, "{hz}");
        assert!((jitter_ms - 0.5).abs() < 0.01, "{jitter_ms}");
        assert_eq!(lost, 0);
    }

    #[test]
    fn reports_that_never_came_are_counted_by_the_pads_clock() {
        let mut rate = Rate::default();
        for n in 0..50 {
            rate.add(&sample(n * 4000, 4000));
        }
        rate.add(&sample(50 * 4000, 16_100));
        assert_eq!(rate.rate().unwrap().lost, 3);
        // A pad that was asleep lost nothing.
        rate.add(&sample(60_000_000, 60_000_000));
        assert_eq!(rate.lost, 3);
    }

    #[test]
    fn a_clock_that_is_set_back_breaks_nothing() {
        let mut rate = Rate::default();
        for at in [5_000_000, 5_004_000, 1_000_000, 1_004_000, 1_008_000] {
            rate.add(&sample(at, 4000));
        }
        let hz = rate.rate().unwrap().hz;
        assert!((hz - 250.0).abs() < 1.0, "{hz}");
    }
}
