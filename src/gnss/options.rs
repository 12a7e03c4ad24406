//! What the position source needs to know, gathered from flags and configuration.

use std::path::PathBuf;
use std::str::FromStr;

use super::gpsd::{Address, AddressError};
use super::snapshot::Limits;
use crate::config;

/// Where positions are to come from (`--source`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Wanted {
    /// gpsd where one answers, then ModemManager, then the configured port.
    #[default]
    Auto,
    /// A gpsd.
    Gpsd(Address),
    /// A receiver at a serial port that speaks NMEA 0183.
    Nmea(PathBuf),
    /// A modem's AT port.
    Modem(PathBuf),
    /// A modem that ModemManager has.
    ModemManager,
    /// A file of NMEA sentences, replayed.
    File(PathBuf),
}

/// Why a source is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WantedError {
    /// The gpsd's address.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// A kind without its port or file.
    #[error("'{0}' lacks its path: write it like {0}/dev/ttyUSB1")]
    NoPath(String),
    /// None of the kinds.
    #[error(
        "'{0}' is no source of positions: use auto, gpsd://HOST:PORT, nmea:PORT, modem:PORT, mm \
         or file:FILE"
    )]
    Unknown(String),
}

impl FromStr for Wanted {
    type Err = WantedError;

    fn from_str(text: &str) -> Result<Self, WantedError> {
        let path = |scheme: &str| {
            let path = text.strip_prefix(scheme)?;
            Some(if path.is_empty() {
                Err(WantedError::NoPath(scheme.to_owned()))
            } else {
                Ok(PathBuf::from(path))
            })
        };
        if let Some(path) = path("nmea:") {
            return path.map(Self::Nmea);
        }
        if let Some(path) = path("modem:") {
            return path.map(Self::Modem);
        }
        if let Some(path) = path("file:") {
            return path.map(Self::File);
        }
        match text {
            "auto" => Ok(Self::Auto),
            "mm" => Ok(Self::ModemManager),
            "gpsd" => Ok(Self::Gpsd(Address::default())),
            _ if text.starts_with("gpsd:") => Ok(Self::Gpsd(text.parse()?)),
            _ => Err(WantedError::Unknown(text.to_owned())),
        }
    }
}

impl std::fmt::Display for Wanted {
    /// As it is written on the command line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Gpsd(address) => write!(f, "gpsd://{address}"),
            Self::Nmea(path) => write!(f, "nmea:{}", path.display()),
            Self::Modem(path) => write!(f, "modem:{}", path.display()),
            Self::ModemManager => f.write_str("mm"),
            Self::File(path) => write!(f, "file:{}", path.display()),
        }
    }
}

/// What the source works with.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Where from.
    pub wanted: Wanted,
    /// The port that `auto` falls back to.
    pub fallback: Option<Wanted>,
    /// Symbols a second of a serial port; `None` finds out.
    pub baud: Option<u32>,
    /// Replay a file as fast as it can be read.
    pub fast: bool,
    /// When a fix is old.
    pub limits: Limits,
    /// Points of the recent track that are kept; 0 for a line, which shows none.
    pub track_points: usize,
}

impl Options {
    /// The options by flag and configuration; a flag wins.
    ///
    /// # Errors
    /// When the configuration's source is none.
    pub fn new(wanted: Option<Wanted>, config: &config::Gnss) -> Result<Self, WantedError> {
        let configured = config.source.as_deref().map(str::parse).transpose()?;
        let seconds = std::time::Duration::from_secs;
        let usual = Limits::default();
        let stale_after = config.stale_after_s.map_or(usual.stale_after, seconds);
        Ok(Self {
            wanted: wanted.or(configured).unwrap_or_default(),
            fallback: config.port.as_deref().map(str::parse).transpose()?,
            baud: config.baud,
            fast: false,
            limits: Limits {
                stale_after,
                lost_after: config
                    .lost_after_s
                    .map_or(usual.lost_after, seconds)
                    .max(stale_after),
            },
            track_points: 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_read_as_people_write_it() {
        let read = |text: &str| text.parse::<Wanted>();
        assert_eq!(read("auto"), Ok(Wanted::Auto));
        assert_eq!(read("gpsd"), Ok(Wanted::Gpsd(Address::default())));
        assert_eq!(
            read("nmea:/dev/ttyUSB1"),
            Ok(Wanted::Nmea("/dev/ttyUSB1".into()))
        );
        assert_eq!(read("file:a b.nmea"), Ok(Wanted::File("a b.nmea".into())));
        assert_eq!(
            read("nmea:").unwrap_err().to_string(),
            "'nmea:' lacks its path: write it like nmea:/dev/ttyUSB1"
        );
        assert!(
            read("/dev/ttyUSB1")
                .unwrap_err()
                .to_string()
                .contains("nmea:PORT")
        );
    }

    #[test]
    fn a_source_is_written_as_it_is_read() {
        for text in [
            "auto",
            "mm",
            "gpsd://pi:3000/dev/ttyS0",
            "gpsd:///run/gpsd.sock",
            "nmea:/dev/x",
            "modem:/dev/y",
            "file:a b",
        ] {
            assert_eq!(text.parse::<Wanted>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn lost_is_never_before_stale() {
        let config = config::Gnss {
            stale_after_s: Some(90),
            ..config::Gnss::default()
        };
        let options = Options::new(None, &config).unwrap();
        assert_eq!(options.limits.lost_after.as_secs(), 90);
    }
}
