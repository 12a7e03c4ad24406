//! A fix: what a receiver says of position, motion and their uncertainty at one moment.
//!
//! Angles are degrees (WGS 84), lengths metres, speeds metres a second. What the receiver did
//! not say is `None`: nothing is carried over from an older fix.

use jiff::Timestamp;

/// Whether there is a position, and whether it has an altitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Mode {
    /// The receiver knows no position.
    #[default]
    None,
    /// Latitude and longitude.
    TwoD,
    /// Altitude as well.
    ThreeD,
}

impl Mode {
    /// `none`, `2d`, `3d`: how other programs are told.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::TwoD => "2d",
            Self::ThreeD => "3d",
        }
    }
}

/// A place on the ellipsoid, always within its ranges.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    lat_deg: f64,
    lon_deg: f64,
}

impl Position {
    /// Takes a latitude of -90..=90 degrees (north is positive) and a longitude of -180..=180
    /// (east is positive); anything else is no place.
    #[must_use]
    pub fn new(lat_deg: f64, lon_deg: f64) -> Option<Self> {
        // Comparisons with NaN are false.
        (lat_deg.abs() <= 90.0 && lon_deg.abs() <= 180.0).then_some(Self { lat_deg, lon_deg })
    }

    /// Latitude, -90..=90.
    #[must_use]
    pub fn lat_deg(self) -> f64 {
        self.lat_deg
    }

    /// Longitude, -180..=180.
    #[must_use]
    pub fn lon_deg(self) -> f64 {
        self.lon_deg
    }

    /// North and east of `origin` in metres, on a plane that touches the ellipsoid there: right
    /// to a millimetre a hundred metres away, to a few parts in a thousand at ten kilometres.
    #[must_use]
    pub fn metres_from(self, origin: Self) -> (f64, f64) {
        const SEMI_MAJOR_M: f64 = 6_378_137.0;
        const ECCENTRICITY_SQUARED: f64 = 0.006_694_379_990_14;
        let lat = origin.lat_deg.to_radians();
        let w = 1.0 - ECCENTRICITY_SQUARED * lat.sin().powi(2);
        let meridian = SEMI_MAJOR_M * (1.0 - ECCENTRICITY_SQUARED) / w.powf(1.5);
        let parallel = SEMI_MAJOR_M / w.sqrt() * lat.cos();
        let mut east = self.lon_deg - origin.lon_deg;
        if east.abs() > 180.0 {
            // The short way over the date line.
            east -= 360.0_f64.copysign(east);
        }
        (
            (self.lat_deg - origin.lat_deg).to_radians() * meridian,
            east.to_radians() * parallel,
        )
    }
}

/// Dilutions of precision: what the satellites' geometry makes of a range error.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Dop {
    /// In space.
    pub pdop: Option<f64>,
    /// In the plane.
    pub hdop: Option<f64>,
    /// In height.
    pub vdop: Option<f64>,
}

impl Dop {
    /// What is missing here is taken from `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            pdop: self.pdop.or(other.pdop),
            hdop: self.hdop.or(other.hdop),
            vdop: self.vdop.or(other.vdop),
        }
    }
}

/// An error ellipse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipse {
    /// Semi-major axis, metres.
    pub major_m: f64,
    /// Semi-minor axis, metres.
    pub minor_m: f64,
    /// Of the major axis, clockwise from true north, degrees.
    pub angle_deg: f64,
}

/// How far off the receiver thinks that it may be.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ErrorEstimate {
    /// In the plane.
    pub horizontal_m: Option<f64>,
    /// In height.
    pub vertical_m: Option<f64>,
    /// Of the speed over ground, metres a second.
    pub speed_mps: Option<f64>,
    /// In the plane, with its direction.
    pub ellipse: Option<Ellipse>,
    /// How likely the true position lies within, 0..=100 %; `None` where the receiver does not
    /// say (gpsd: "certainty unknown").
    pub confidence_percent: Option<f64>,
}

/// How the position came about (NMEA 0183, GGA field 6, and its relatives).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Quality {
    /// Not told.
    #[default]
    Unknown,
    /// Satellites alone.
    Autonomous,
    /// With differential corrections.
    Differential,
    /// Real-time kinematic with float ambiguities.
    FloatRtk,
    /// Real-time kinematic with fixed ambiguities.
    FixedRtk,
    /// Dead reckoning: there are no satellites.
    Estimated,
    /// Typed in.
    Manual,
    /// A simulator's.
    Simulated,
}

/// What a receiver says at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Fix {
    /// Whether it knows where it is.
    pub mode: Mode,
    /// Where; present when the mode is not [`Mode::None`].
    pub position: Option<Position>,
    /// UTC of the position, as the receiver says: see [`super::doubt`].
    pub time: Option<Timestamp>,
    /// Above mean sea level (the geoid).
    pub altitude_msl_m: Option<f64>,
    /// Above the ellipsoid.
    pub altitude_ellipsoid_m: Option<f64>,
    /// Over ground.
    pub speed_mps: Option<f64>,
    /// Course over ground, 0..360 degrees clockwise from true north.
    pub track_deg: Option<f64>,
    /// Upwards.
    pub climb_mps: Option<f64>,
    /// The satellites' geometry.
    pub dop: Dop,
    /// How far off it may be.
    pub error: ErrorEstimate,
    /// How the position came about.
    pub quality: Quality,
    /// How many satellites it used, where it counts them.
    pub used: Option<u16>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_outside_the_globe_is_no_position() {
        assert!(Position::new(90.0, -180.0).is_some());
        for (lat, lon) in [
            (90.1, 0.0),
            (0.0, 180.1),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            assert!(Position::new(lat, lon).is_none(), "{lat} {lon}");
        }
    }

    #[test]
    fn distances_are_those_of_the_ellipsoid_also_over_the_date_line() {
        let origin = Position::new(48.0, 179.9999).unwrap();
        let (north, east) = Position::new(48.001, -179.9999)
            .unwrap()
            .metres_from(origin);
        // A degree of latitude is 111.196 km there, one of longitude 74.629 km.
        assert!((north - 111.196).abs() < 0.01, "{north}");
        assert!((east - 14.926).abs() < 0.01, "{east}");
    }
}
