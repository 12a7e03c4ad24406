//! Degrees, minutes and seconds.

use super::super::fix::Position;

/// `48°08'13.8"N 11°34'34.0"E`; a tenth of a second is three metres.
#[must_use]
pub fn write(position: Position) -> String {
    format!(
        "{} {}",
        angle(position.lat_deg(), 'N', 'S'),
        angle(position.lon_deg(), 'E', 'W')
    )
}

fn angle(degrees: f64, positive: char, negative: char) -> String {
    // In whole tenths of a second, so that 59.96" never becomes 60.0".
    let tenths = (degrees.abs() * 36_000.0).round() as u64;
    let hemisphere = if degrees < 0.0 && tenths > 0 {
        negative
    } else {
        positive
    };
    format!(
        "{}°{:02}'{:02}.{}\"{hemisphere}",
        tenths / 36_000,
        tenths / 600 % 60,
        tenths / 10 % 60,
        tenths % 10
    )
}
