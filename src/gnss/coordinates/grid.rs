//! The metric grids: UTM, UPS at the poles, and MGRS (NGA TM 8358.1), by `mgrs-convert`.

use mgrs_convert::{LatLon, Precision};

use super::super::fix::Position;

/// `32U 691650 5334754`: zone and latitude band, easting, northing in metres. Beyond 84° N and
/// 80° S it is UPS, with `A`, `B`, `Y` or `Z` and no zone.
#[must_use]
pub fn utm(position: Position) -> String {
    let Some(place) = place(position) else {
        return String::new();
    };
    let grid = place.to_utmups();
    // The reference without its squares' letters and digits.
    let mgrs = place.to_mgrs(Precision::ONE_METER).to_string();
    let digits = mgrs.bytes().take_while(u8::is_ascii_digit).count();
    let zone = mgrs.get(..=digits).unwrap_or_default();
    // Truncated, as a grid reference names the square by its corner.
    format!(
        "{zone} {} {}",
        grid.easting().floor(),
        grid.northing().floor()
    )
}

/// `32U PU 91650 34754`: a square of one metre.
#[must_use]
pub fn mgrs(position: Position) -> String {
    let Some(place) = place(position) else {
        return String::new();
    };
    let text = place.to_mgrs(Precision::ONE_METER).to_string();
    // Zone and band, square, easting, northing: spaces make it readable, and are allowed.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let parts = [
        text.get(..=digits),
        text.get(digits + 1..digits + 3),
        text.get(digits + 3..digits + 8),
        text.get(digits + 8..),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.join(" ")
}

/// Never `None`: a [`Position`] is within the ranges that the library takes.
fn place(position: Position) -> Option<LatLon> {
    LatLon::new(position.lat_deg(), position.lon_deg()).ok()
}
