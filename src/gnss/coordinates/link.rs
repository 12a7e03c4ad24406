//! Links that a map program or a browser opens.

use super::super::fix::Position;
use super::super::units::rounded;

/// `geo:48.137154,11.576124` (RFC 5870), with the height above the ellipsoid and the uncertainty
/// in metres where they are given.
#[must_use]
pub fn geo(
    position: Position,
    altitude_ellipsoid_m: Option<f64>,
    uncertainty_m: Option<f64>,
) -> String {
    let mut text = format!(
        "geo:{},{}",
        rounded(position.lat_deg(), 6),
        rounded(position.lon_deg(), 6)
    );
    if let Some(altitude) = altitude_ellipsoid_m {
        text.push(',');
        text.push_str(&rounded(altitude, 1));
    }
    if let Some(uncertainty) = uncertainty_m {
        text.push_str(";u=");
        text.push_str(&rounded(uncertainty, 0));
    }
    text
}

/// A page of OpenStreetMap with a marker at the position.
#[must_use]
pub fn open_street_map(position: Position) -> String {
    let (lat, lon) = (
        rounded(position.lat_deg(), 6),
        rounded(position.lon_deg(), 6),
    );
    format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}")
}
