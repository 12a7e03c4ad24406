//! How people write and read what a remote timer is about: durations, moments, daily windows.
//!
//! What can be typed at the command line can be typed in the popup, and is refused in the same
//! words. Parsers are total; what they take is checked as a whole when the plan is made.

mod duration;
mod moment;
mod state;
mod window;
mod wrong;

pub use duration::{brief, countdown, duration, held, parse_duration, typed};
pub use moment::{parse_moment, until};
pub use state::{
    MANY, Told, jitter, milliseconds, pictures, progress, remarks, said, sentence, told,
};
pub use window::{edge, parse_window, parse_windows, window};
pub use wrong::Wrong;

use std::time::Duration;

use super::plan::{Bracket, Ramp};

/// Between two frames of a bracket where the person names no time: a camera writes one away.
const GAP: Duration = Duration::from_secs(1);

/// Frames and steps as `3:1.5`, with the time between two frames as `3:1.5:2s`.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn parse_bracket(text: &str) -> Result<Bracket, Wrong> {
    let wrong = || Wrong::Bracket(text.to_owned());
    let mut parts = text.split(':').map(str::trim);
    let (Some(frames), Some(step), gap, None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong());
    };
    let frames: u8 = frames.parse().map_err(|_| wrong())?;
    let step_ev: f64 = step.replace(',', ".").parse().map_err(|_| wrong())?;
    if !(2..=9).contains(&frames) {
        return Err(Wrong::Frames(frames));
    }
    if !(step_ev > 0.0 && step_ev <= 5.0) {
        return Err(Wrong::Step(step.to_owned()));
    }
    let gap = gap.map_or(Ok(GAP), parse_duration)?;
    Ok(Bracket {
        frames,
        step_ev,
        gap,
    })
}

/// A bracket as it can be typed.
#[must_use]
pub fn bracket(bracket: &Bracket) -> String {
    let Bracket {
        frames,
        step_ev,
        gap,
    } = bracket;
    match *gap == GAP {
        true => format!("{frames}:{step_ev}"),
        false => format!("{frames}:{step_ev}:{}", typed(*gap)),
    }
}

/// A ramp as `30s:2h`: the last exposure, and how long it takes; `30s:2h:15m` begins after that.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn parse_ramp(text: &str) -> Result<Ramp, Wrong> {
    let wrong = || Wrong::Ramp(text.to_owned());
    let mut parts = text.split(':').map(str::trim);
    let (Some(to), Some(over), after, None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong());
    };
    let (to, over) = (parse_duration(to)?, parse_duration(over)?);
    if to.is_zero() || over.is_zero() {
        return Err(wrong());
    }
    let after = after.map_or(Ok(Duration::ZERO), parse_duration)?;
    Ok(Ramp { to, over, after })
}

/// A ramp as it can be typed.
#[must_use]
pub fn ramp(ramp: &Ramp) -> String {
    let Ramp { to, over, after } = ramp;
    match after.is_zero() {
        true => format!("{}:{}", typed(*to), typed(*over)),
        false => format!("{}:{}:{}", typed(*to), typed(*over), typed(*after)),
    }
}

/// How many shots: a number above 0, or nothing, `none` or `∞` for no end.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn parse_count(text: &str) -> Result<Option<u32>, Wrong> {
    match text.trim() {
        "" | "none" | "∞" => Ok(None),
        text => match text.parse() {
            Ok(0) => Err(Wrong::NoPictures),
            Ok(count) => Ok(Some(count)),
            Err(_) => Err(Wrong::Count(text.to_owned())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_ramps_are_read_as_they_are_written() {
        for text in ["3:1", "9:5", "2:0.3:2.5s", "5:0.7:1m"] {
            assert_eq!(bracket(&parse_bracket(text).unwrap()), text);
        }
        for text in ["30s:2h", "0.5s:10m:1h"] {
            assert_eq!(ramp(&parse_ramp(text).unwrap()), text);
        }
        for wrong in [
            "", "3", "1:1", "10:1", "3:0", "3:6", "3:x", "3:1:2:3", "3:NaN", "-3:1", "3:-1",
        ] {
            assert!(parse_bracket(wrong).is_err(), "{wrong}");
        }
        for wrong in ["", "30s", "0:1h", "30s:0", "a:b", "1:2:3:4"] {
            assert!(parse_ramp(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_count_is_a_number_or_no_end() {
        assert_eq!(parse_count("500"), Ok(Some(500)));
        assert_eq!(parse_count(" "), Ok(None));
        assert_eq!(parse_count("none"), Ok(None));
        for wrong in ["0", "-1", "1.5", "many", "99999999999"] {
            assert!(parse_count(wrong).is_err(), "{wrong}");
        }
    }
}
