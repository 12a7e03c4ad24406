//! A position in the notations that people and other programs use.

pub mod dms;
pub mod grid;
pub mod link;
pub mod maidenhead;
pub mod plus_code;

use serde::Deserialize;

use super::fix::Position;

/// A notation (`--as`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Notation {
    /// Decimal degrees: 48.137154, 11.576124.
    #[default]
    Dd,
    /// Degrees, minutes, seconds: 48°08′13.8″N 11°34′34.0″E.
    Dms,
    /// UTM, or UPS at the poles: 32U 691650 5334754.
    Utm,
    /// The military grid: 32U PU 91650 34754.
    Mgrs,
    /// A plus code: 8FWH4HPG+VC.
    Plus,
    /// A Maidenhead locator, as radio amateurs use it: JN58sd32.
    Maidenhead,
    /// A geo: URI (RFC 5870).
    Geo,
    /// A link to OpenStreetMap.
    Osm,
}

impl Notation {
    /// The position in this notation; total for every position.
    #[must_use]
    pub fn write(self, position: Position) -> String {
        match self {
            Self::Dd => decimal(position, 6),
            Self::Dms => dms::write(position),
            Self::Utm => grid::utm(position),
            Self::Mgrs => grid::mgrs(position),
            Self::Plus => plus_code::write(position),
            Self::Maidenhead => maidenhead::write(position),
            Self::Geo => link::geo(position, None, None),
            Self::Osm => link::open_street_map(position),
        }
    }
}

/// Decimal degrees with so many digits behind the point; 5 digits are a metre.
#[must_use]
pub fn decimal(position: Position, digits: usize) -> String {
    use super::units::rounded;
    format!(
        "{}, {}",
        rounded(position.lat_deg(), digits),
        rounded(position.lon_deg(), digits)
    )
}

#[cfg(test)]
mod tests;
