//! The Maidenhead locator system (IARU Region 1, 1980), as radio amateurs give their place.

use super::super::fix::Position;

/// Four pairs: `JN58sd32`, a field of 30" of longitude by 15" of latitude (some 600 m by 460 m).
#[must_use]
pub fn write(position: Position) -> String {
    /// Half minutes of longitude, quarter minutes of latitude: the fields of the fourth pair.
    const LON_FIELDS: u32 = 360 * 120;
    const LAT_FIELDS: u32 = 180 * 240;
    let count = |degrees: f64, of: f64, fields: u32| {
        // The pole and the date line belong to the last field, which has no other side.
        ((degrees / of * f64::from(fields)).floor() as u32).min(fields - 1)
    };
    let lon = count(position.lon_deg() + 180.0, 360.0, LON_FIELDS);
    let lat = count(position.lat_deg() + 90.0, 180.0, LAT_FIELDS);
    let mut text = String::with_capacity(8);
    // 18 fields, 10 squares, 24 subsquares, 10 extended squares.
    for (unit, count, first) in [
        (2400, 18, b'A'),
        (240, 10, b'0'),
        (10, 24, b'a'),
        (1, 10, b'0'),
    ] {
        for value in [lon, lat] {
            let digit = (value / unit % count) as u8;
            text.push(char::from(first + digit));
        }
    }
    text
}
