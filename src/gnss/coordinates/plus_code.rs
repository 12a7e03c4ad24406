//! Plus codes (Open Location Code 1.04).

use super::super::fix::Position;

/// The alphabet: no vowels, so that no words appear, and nothing that looks alike.
const ALPHABET: &[u8; 20] = b"23456789CFGHJMPQRVWX";

/// Eight thousandths of a degree: the fifth pair's cell is 1/8000 degree wide.
const CELLS_PER_DEGREE: f64 = 8000.0;

/// A code of ten digits, a cell of 1/8000 degree (some 14 m): `8FWH4HPG+VC`.
#[must_use]
pub fn write(position: Position) -> String {
    const LAT_CELLS: i64 = 180 * 8000;
    const LON_CELLS: i64 = 360 * 8000;
    // The north pole belongs to the last cell; the date line is the first one's west side.
    let mut lat =
        (((position.lat_deg() + 90.0) * CELLS_PER_DEGREE).floor() as i64).clamp(0, LAT_CELLS - 1);
    let mut lon =
        (((position.lon_deg() + 180.0) * CELLS_PER_DEGREE).floor() as i64).rem_euclid(LON_CELLS);
    let mut digits = [b'2'; 10];
    for pair in digits.rchunks_exact_mut(2) {
        if let [lat_digit, lon_digit] = pair {
            *lat_digit = digit(lat % 20);
            *lon_digit = digit(lon % 20);
        }
        lat /= 20;
        lon /= 20;
    }
    let mut text = String::from_utf8_lossy(&digits).into_owned();
    text.insert(8, '+');
    text
}

fn digit(value: i64) -> u8 {
    usize::try_from(value)
        .ok()
        .and_then(|value| ALPHABET.get(value))
        .copied()
        .unwrap_or(b'2')
}
