//! What is wrong with what was typed, in the person's language: behind a colon, without a point.

use super::words::exactly;
use crate::say;
use crate::shutter::plan::{MOST_WINDOWS, PlanError};
use crate::shutter::words::Wrong;

/// Why a text cannot be read.
pub fn typed(wrong: Wrong) -> String {
    match wrong {
        Wrong::Duration(text) => say!("shutter-wrong-duration", text = text),
        Wrong::Long(text) => say!("shutter-wrong-long", text = text),
        Wrong::Moment(text) => say!("shutter-wrong-moment", text = text),
        Wrong::Window(text) => say!("shutter-wrong-window", text = text),
        Wrong::EmptyWindow(text) => say!("shutter-wrong-empty-window", text = text),
        Wrong::Bracket(text) => say!("shutter-wrong-bracket", text = text),
        Wrong::Frames(frames) => say!("shutter-wrong-frames", frames = frames),
        Wrong::Step(step) => say!("shutter-wrong-step", step = step),
        Wrong::Ramp(text) => say!("shutter-wrong-ramp", text = text),
        Wrong::NoPictures => say!("shutter-wrong-no-pictures"),
        Wrong::Count(text) => say!("shutter-wrong-count", text = text),
    }
}

/// Why a plan cannot be kept.
pub fn plan(error: &PlanError) -> String {
    match *error {
        PlanError::Interval(time) => say!("shutter-bad-interval", time = exactly(time)),
        PlanError::Long { what, time } => {
            say!("shutter-bad-long", what = key(what), time = exactly(time))
        }
        PlanError::Windows(count) => {
            say!("shutter-bad-windows", count = count, most = MOST_WINDOWS)
        }
        PlanError::Count => say!("shutter-bad-count"),
        PlanError::Lead { what, time } => {
            say!("shutter-bad-lead", what = key(what), time = exactly(time))
        }
        PlanError::Mirror { lockup, pulse } => say!(
            "shutter-bad-mirror",
            time = exactly(lockup),
            pulse = exactly(pulse),
            least = exactly(pulse * 2)
        ),
        PlanError::LongBulb { exposure, longest } => say!(
            "shutter-bad-long-bulb",
            time = exactly(exposure),
            longest = exactly(longest)
        ),
        PlanError::ShortBulb { exposure, pulse } => say!(
            "shutter-bad-short-bulb",
            time = exactly(exposure),
            pulse = exactly(pulse)
        ),
        PlanError::Frames(frames) => say!("shutter-wrong-frames", frames = frames),
        PlanError::Step(step) => say!("shutter-bad-step", step = super::words::number(step)),
        PlanError::FrameGap { gap, least, mirror } => {
            let (time, least) = (exactly(gap), exactly(least));
            match mirror {
                true => say!("shutter-bad-frame-gap-mirror", time = time, least = least),
                false => say!("shutter-bad-frame-gap", time = time, least = least),
            }
        }
        PlanError::RampWithoutBulb => say!("shutter-bad-ramp-without-bulb"),
        PlanError::RampOver => say!("shutter-bad-ramp-over"),
        PlanError::DoesNotFit {
            takes,
            interval,
            least,
            exposure,
            lead,
            pulse,
        } => {
            let exposure =
                exposure.map(|time| say!("shutter-takes-exposure", time = exactly(time)));
            let lead = (!lead.is_zero()).then(|| say!("shutter-takes-lead", time = exactly(lead)));
            let pulse = say!("shutter-takes-pulse", time = exactly(pulse));
            let parts: Vec<String> = [exposure, lead, Some(pulse)]
                .into_iter()
                .flatten()
                .collect();
            say!(
                "shutter-bad-fit",
                takes = exactly(takes),
                interval = exactly(interval),
                parts = parts.join(", "),
                least = exactly(least)
            )
        }
        PlanError::Gap { gap, least } => say!(
            "shutter-bad-gap",
            time = exactly(gap),
            least = exactly(least)
        ),
        PlanError::EmptyWindow(at) => say!("shutter-bad-empty-window", time = at.to_string()),
        PlanError::Offset(minutes) => say!("shutter-bad-offset", minutes = minutes),
        PlanError::NoPlace => say!("shutter-bad-no-place"),
        PlanError::NeverOpens => say!("shutter-bad-never-opens"),
    }
}

/// By which the texts tell what is too long.
fn key(what: &str) -> &'static str {
    match what {
        "a gap between frames" => "frames",
        "a ramp" => "ramp",
        "the time before a ramp" => "before-ramp",
        "a half-press" => "half-press",
        "a mirror lock-up" => "mirror",
        _ => "delay",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shutter::words::{
        parse_bracket, parse_count, parse_duration, parse_ramp, parse_windows,
    };

    #[test]
    fn a_refusal_says_in_english_what_the_command_line_says() {
        let refused = [
            parse_duration("soon").unwrap_err(),
            parse_duration("100h").unwrap_err(),
            parse_windows("9:00").unwrap_err(),
            parse_windows("9:00-9:00").unwrap_err(),
            parse_bracket("3").unwrap_err(),
            parse_bracket("1:1").unwrap_err(),
            parse_bracket("3:9").unwrap_err(),
            parse_ramp("30s").unwrap_err(),
            parse_count("0").unwrap_err(),
            parse_count("many").unwrap_err(),
            Wrong::Moment("later".into()),
        ];
        for wrong in refused {
            assert_eq!(typed(wrong.clone()), wrong.to_string());
        }
        use std::time::Duration;
        let secs = Duration::from_secs;
        let fit = |exposure, lead| PlanError::DoesNotFit {
            takes: secs(3),
            interval: secs(2),
            least: Duration::from_millis(3100),
            exposure,
            lead,
            pulse: Duration::from_millis(100),
        };
        let long = [
            "a delay",
            "a gap between frames",
            "a ramp",
            "the time before a ramp",
        ];
        let long = long.map(|what| PlanError::Long {
            what,
            time: secs(400_000),
        });
        let lead = ["a half-press", "a mirror lock-up"].map(|what| PlanError::Lead {
            what,
            time: secs(31),
        });
        let gap = |mirror| PlanError::FrameGap {
            gap: secs(1),
            least: secs(2),
            mirror,
        };
        let pulse = Duration::from_millis(100);
        let others = [
            PlanError::Interval(Duration::from_millis(50)),
            PlanError::Windows(17),
            PlanError::Count,
            PlanError::Mirror {
                lockup: Duration::from_millis(150),
                pulse,
            },
            PlanError::LongBulb {
                exposure: secs(4000),
                longest: secs(3600),
            },
            PlanError::ShortBulb {
                exposure: Duration::from_millis(50),
                pulse,
            },
            PlanError::Frames(1),
            PlanError::Step(5.5),
            gap(true),
            gap(false),
            PlanError::RampWithoutBulb,
            PlanError::RampOver,
            fit(None, Duration::ZERO),
            fit(Some(secs(2)), secs(1)),
            PlanError::Gap {
                gap: secs(1),
                least: secs(2),
            },
            PlanError::EmptyWindow(jiff::civil::time(9, 0, 0, 0)),
            PlanError::Offset(-721),
            PlanError::NoPlace,
            PlanError::NeverOpens,
        ];
        for error in long.iter().chain(&lead).chain(&others) {
            assert_eq!(plan(error), error.to_string());
        }
    }
}
