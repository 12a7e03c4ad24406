//! When the sun rises and sets, and the twilights: computed by the Solar Position Algorithm.

use jiff::Timestamp;
use solar_positioning::{Horizon, HorizonState, Location, SolarEvents, delta_t};

use super::plan::Sun;

/// Where the camera stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Degrees, north is positive, -90 to 90.
    pub lat_deg: f64,
    /// Degrees, east is positive, -180 to 180.
    pub lon_deg: f64,
}

impl Place {
    /// Whether there is such a place.
    #[must_use]
    pub fn is_on_earth(&self) -> bool {
        (-90.0..=90.0).contains(&self.lat_deg) && (-180.0..=180.0).contains(&self.lon_deg)
    }
}

/// What the sun does in a stretch of time, at most a few days long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doing {
    /// The first moment of it, to the second; `None` where it does not happen.
    pub first: Option<Timestamp>,
    /// It is so at the start already: the sun is up, where it is asked when it rises.
    pub done: bool,
}

impl Sun {
    /// Whether it is one of the morning.
    #[must_use]
    pub fn is_rising(self) -> bool {
        matches!(
            self,
            Self::Sunrise | Self::CivilDawn | Self::AstronomicalDawn
        )
    }

    fn horizon(self) -> Horizon {
        match self {
            Self::Sunrise | Self::Sunset => Horizon::SunriseSunset,
            Self::CivilDawn | Self::CivilDusk => Horizon::CivilTwilight,
            Self::AstronomicalDawn | Self::AstronomicalDusk => Horizon::AstronomicalTwilight,
        }
    }
}

/// When the sun does it from `start` until before `end`; `None` for a place that is none, and for
/// years for which nobody can tell.
#[must_use]
pub fn doing(place: Place, sun: Sun, start: Timestamp, end: Timestamp) -> Option<Doing> {
    let location = Location {
        latitude: place.lat_deg,
        longitude: place.lon_deg,
    };
    let (from, to) = (julian(start), julian(end));
    let year = 2000.0 + (from - 2_451_544.5) / 365.2425;
    let events = SolarEvents::new()
        .for_interval_from_julian(
            from,
            to,
            location,
            delta_t::estimate(year).ok()?,
            sun.horizon(),
        )
        .ok()?;
    let (moments, done) = if sun.is_rising() {
        (events.rises, HorizonState::Above)
    } else {
        (events.sets, HorizonState::Below)
    };
    Some(Doing {
        first: moments.first().copied().and_then(timestamp),
        done: events.state_at_start == done,
    })
}

/// The Julian date of the start of 1970.
const EPOCH: f64 = 2_440_587.5;

fn julian(at: Timestamp) -> f64 {
    EPOCH + at.as_millisecond() as f64 / 86_400_000.0
}

fn timestamp(julian: f64) -> Option<Timestamp> {
    let seconds = ((julian - EPOCH) * 86_400.0).round();
    Timestamp::from_second(seconds as i64).ok()
}

#[cfg(test)]
mod tests;
