//! Satellites, by constellation and by their number in it.

use super::fix::Dop;

/// A system of satellites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Constellation {
    /// GPS (United States), 1..=63.
    Gps,
    /// Augmentation (WAAS, EGNOS, MSAS, GAGAN, …), PRN 120..=183.
    Sbas,
    /// Galileo (Europe), 1..=63.
    Galileo,
    /// BeiDou (China), 1..=63.
    BeiDou,
    /// QZSS (Japan), 1..=10.
    Qzss,
    /// GLONASS (Russia), slot 1..=32.
    Glonass,
    /// `NavIC`, once IRNSS (India), 1..=14.
    NavIc,
}

impl Constellation {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::Gps,
        Self::Sbas,
        Self::Galileo,
        Self::BeiDou,
        Self::Qzss,
        Self::Glonass,
        Self::NavIc,
    ];

    /// Its name as people write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gps => "GPS",
            Self::Sbas => "SBAS",
            Self::Galileo => "Galileo",
            Self::BeiDou => "BeiDou",
            Self::Qzss => "QZSS",
            Self::Glonass => "GLONASS",
            Self::NavIc => "NavIC",
        }
    }

    /// Its name in JSON: lower case.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Gps => "gps",
            Self::Sbas => "sbas",
            Self::Galileo => "galileo",
            Self::BeiDou => "beidou",
            Self::Qzss => "qzss",
            Self::Glonass => "glonass",
            Self::NavIc => "navic",
        }
    }

    /// Its letter in RINEX.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Gps => 'G',
            Self::Sbas => 'S',
            Self::Galileo => 'E',
            Self::BeiDou => 'C',
            Self::Qzss => 'J',
            Self::Glonass => 'R',
            Self::NavIc => 'I',
        }
    }
}

/// A satellite's name: a constellation, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// Its system.
    pub constellation: Constellation,
    /// Its number in that system's own count; SBAS by PRN.
    pub prn: u16,
}

impl std::fmt::Display for Id {
    /// As RINEX has it: `G05`, `R12`; SBAS by its PRN less 100 (`S33`).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = match self.constellation {
            Constellation::Sbas => self.prn.saturating_sub(100),
            _ => self.prn,
        };
        write!(f, "{}{number:02}", self.constellation.letter())
    }
}

/// What is known of one satellite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Satellite {
    /// Which one.
    pub id: Id,
    /// Above the horizon, -90..=90 degrees.
    pub elevation_deg: Option<f64>,
    /// Clockwise from true north, 0..=360 degrees.
    pub azimuth_deg: Option<f64>,
    /// Carrier to noise density, dB-Hz; `None` or 0 while it is not heard.
    pub cn0_dbhz: Option<f64>,
    /// Whether the position was made with it; `None` where the receiver does not tell.
    pub used: Option<bool>,
}

impl Satellite {
    /// One of which nothing more is known.
    #[must_use]
    pub fn new(constellation: Constellation, prn: u16) -> Self {
        Self {
            id: Id { constellation, prn },
            elevation_deg: None,
            azimuth_deg: None,
            cn0_dbhz: None,
            used: None,
        }
    }

    /// Whether its signal is received.
    #[must_use]
    pub fn is_heard(&self) -> bool {
        self.cn0_dbhz.is_some_and(|cn0| cn0 > 0.0)
    }
}

/// What the receiver says of the sky at one moment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sky {
    /// The satellites, ordered by their names.
    pub satellites: Vec<Satellite>,
    /// Their geometry.
    pub dop: Dop,
}

impl Sky {
    /// A sky of these, in order. A satellite that is told several times, once for each signal,
    /// becomes one with the best of its signals.
    #[must_use]
    pub fn new(mut satellites: Vec<Satellite>, dop: Dop) -> Self {
        satellites.sort_by(|a, b| {
            let cn0 = |s: &Satellite| s.cn0_dbhz.unwrap_or(0.0);
            a.id.cmp(&b.id).then(cn0(b).total_cmp(&cn0(a)))
        });
        satellites.dedup_by(|weaker, kept| {
            let same = weaker.id == kept.id;
            if same {
                kept.elevation_deg = kept.elevation_deg.or(weaker.elevation_deg);
                kept.azimuth_deg = kept.azimuth_deg.or(weaker.azimuth_deg);
                kept.used = kept.used.max(weaker.used);
            }
            same
        });
        Self { satellites, dop }
    }

    /// Satellites whose signal is received.
    #[must_use]
    pub fn heard(&self) -> usize {
        self.satellites.iter().filter(|s| s.is_heard()).count()
    }

    /// Satellites that the position was made with, where that is told of any.
    #[must_use]
    pub fn used(&self) -> Option<usize> {
        let told = self.satellites.iter().any(|s| s.used.is_some());
        told.then(|| {
            self.satellites
                .iter()
                .filter(|s| s.used == Some(true))
                .count()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn satellites_are_named_as_in_rinex() {
        let name = |constellation, prn| Id { constellation, prn }.to_string();
        assert_eq!(name(Constellation::Gps, 5), "G05");
        assert_eq!(name(Constellation::Sbas, 133), "S33");
        assert_eq!(name(Constellation::Glonass, 12), "R12");
    }
}
