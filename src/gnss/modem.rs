//! Positions over a modem's AT port, each maker's in its own words.
//!
//! The decoders are pure and take the answer's lines. [`driver`] finds out which words a modem
//! understands, and asks it through the same kind of AT session as the message topic.

pub mod driver;
mod gps_time;
mod quectel;
mod sierra;
mod simcom;
mod telit;
mod ublox;
mod xlcslsr;

pub use gps_time::{leap_seconds, utc_of_week};
pub use quectel::qgpsloc;
pub use sierra::{gpsloc, gpssatinfo};
pub use simcom::{cgnsinf, cgpsinfo};
pub use telit::gpsacp;
pub use ublox::uuloc;
pub use xlcslsr::{Xlcslsr, XlcslsrError, xlcslsr};

use super::fix::{Fix, Mode, Position};
use super::nmea;

/// A decimal number, blanks around it allowed.
fn number(text: &str) -> Option<f64> {
    nmea::number(text.trim().as_bytes())
}

/// `ddmm.mmmN`: degrees and minutes with the hemisphere behind them.
fn with_hemisphere(text: &str) -> Option<f64> {
    let text = text.trim();
    let letter = text.chars().last()?;
    let value = nmea::degrees_minutes(text.strip_suffix(letter)?.as_bytes())?;
    match letter.to_ascii_uppercase() {
        'N' | 'E' => Some(value),
        'S' | 'W' => Some(-value),
        _ => None,
    }
}

/// A fix with a position where there is one, and no fix otherwise.
fn fix_at(position: Option<Position>, mode: Mode) -> Fix {
    Fix {
        mode: if position.is_some() { mode } else { Mode::None },
        position: position.filter(|_| mode != Mode::None),
        ..Fix::default()
    }
}

/// Course over ground as the makers' manuals have it, `ddd.mm`: degrees and minutes. A fraction
/// that cannot be minutes is taken as decimals.
fn course(text: &str) -> Option<f64> {
    let text = text.trim();
    let value = number(text)?;
    let minutes = text.split_once('.').map(|(_, minutes)| minutes);
    match minutes.filter(|digits| digits.len() == 2).and_then(number) {
        Some(minutes) if minutes < 60.0 => Some(value.trunc() + minutes / 60.0),
        _ => Some(value),
    }
}

#[cfg(test)]
mod tests;
