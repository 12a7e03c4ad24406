//! The configuration file, `$XDG_CONFIG_HOME/barpop/config.toml`: every flag has a key there.
//!
//! A key that is not known is an error that names it and its line: a misspelt `pin_file` must
//! not silently leave the SIM locked.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::gnss::coordinates::Notation;
use crate::gnss::units::Units;
use crate::secret::Secret;
use crate::sms::Cleanup;

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The named file cannot be read.
    #[error("cannot read configuration file '{path}': {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// It holds a PIN, and others may read it.
    #[error(
        "configuration file '{0}' holds a PIN and can be read by others; run 'chmod 600' on it"
    )]
    Open(PathBuf),
    /// It is not TOML, or has a key or value that barpop does not know.
    #[error("configuration file '{path}', {where_}: {what}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// `line 3`.
        where_: String,
        /// What is wrong there; never the value, which may be a secret.
        what: String,
    },
}

/// The whole file.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Output language for all status programs: a value of `--output`.
    pub output: Option<String>,
    /// How icons are written: a value of `--icons`.
    pub icons: Option<String>,
    /// `[sms]`.
    pub sms: Sms,
    /// `[net]`.
    pub net: Net,
    /// `[gnss]`.
    pub gnss: Gnss,
    /// `[popup]`.
    pub popup: Popup,
}

/// `[sms]`: the keys of `xsms`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sms {
    /// The modem's AT port (`-d`).
    pub device: Option<PathBuf>,
    /// Symbols a second (`--baud`).
    pub baud: Option<u32>,
    /// File with the SIM's PIN (`--pin-file`).
    pub pin_file: Option<PathBuf>,
    /// The SIM's PIN itself. The configuration file must then be readable by nobody else.
    #[serde(deserialize_with = "secret")]
    pub pin: Option<Secret>,
    /// What is printed with nothing unread (`-r`).
    pub read_format: Option<String>,
    /// What is printed with something unread (`-u`).
    pub unread_format: Option<String>,
    /// Template with named fields (`--format`).
    pub format: Option<String>,
    /// `--hide-when-absent`.
    pub hide_when_absent: Option<bool>,
    /// When messages that are safely stored leave the SIM (`--sim-cleanup`).
    pub sim_cleanup: Option<Cleanup>,
    /// Ask the network for a delivery report with each message.
    pub delivery_reports: Option<bool>,
}

/// `[net]`: the keys of `xnm`, named like its flags.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Net {
    /// Template for every link (`--format`).
    pub format: Option<String>,
    /// Template for Wi-Fi.
    pub format_wifi: Option<String>,
    /// Template for cables.
    pub format_ethernet: Option<String>,
    /// Template for the mobile network.
    pub format_mobile: Option<String>,
    /// Template for while there is no link.
    pub format_offline: Option<String>,
    /// Seconds over which rates are counted, 0.1..=3600.
    pub interval: Option<f64>,
    /// Rates with their unit.
    pub suffix: Option<bool>,
    /// Below this percentage a signal is weak.
    pub low: Option<u8>,
    /// From this percentage on a signal is strong.
    pub high: Option<u8>,
    /// `#rrggbb` of a weak signal.
    #[serde(alias = "low_color")]
    pub low_colour: Option<String>,
    /// `#rrggbb` of a signal between the two.
    #[serde(alias = "normal_color")]
    pub normal_colour: Option<String>,
    /// `#rrggbb` of a strong signal.
    #[serde(alias = "high_color")]
    pub high_colour: Option<String>,
    /// `#rrggbb` of what is wrong.
    #[serde(alias = "problem_color")]
    pub problem_colour: Option<String>,
    /// What is shown for a signal, from weak to strong.
    pub strength_icons: Vec<String>,
    /// What a click runs; empty for nothing.
    pub click: Option<String>,
    /// `--hide-when-absent`.
    pub hide_when_absent: Option<bool>,
    /// Whether `--follow` answers when NetworkManager asks for passwords.
    pub agent: Option<bool>,
    /// Interfaces that are hidden besides those that always are, by name with `*` and `?`.
    pub hide: Vec<String>,
    /// Interfaces that are shown whatever else says, likewise.
    pub show: Vec<String>,
}

/// `[gnss]`: the keys of `xgnss`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gnss {
    /// Where positions come from (`--source`).
    pub source: Option<String>,
    /// What `auto` takes where no gpsd answers: `nmea:PORT` or `modem:PORT`.
    pub port: Option<String>,
    /// Symbols a second of a serial port (`--baud`).
    pub baud: Option<u32>,
    /// Template with named fields (`--format`).
    pub format: Option<String>,
    /// How coordinates are written (`--as`).
    #[serde(rename = "as")]
    pub notation: Option<Notation>,
    /// The units of heights and speeds (`--units`).
    pub units: Option<Units>,
    /// Seconds after which a fix is stale (`--stale-after`).
    pub stale_after_s: Option<u64>,
    /// Seconds after which it is lost (`--lost-after`).
    pub lost_after_s: Option<u64>,
    /// `--hide-when-absent`.
    pub hide_when_absent: Option<bool>,
}

/// `[popup]`: how popups look.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Popup {
    /// `dark`, `light` or `high-contrast`.
    pub theme: Option<String>,
    /// `#rrggbb`: the surface.
    pub background: Option<String>,
    /// `#rrggbb`: the text.
    pub foreground: Option<String>,
    /// `#rrggbb`: the one colour that is not grey.
    pub accent: Option<String>,
    /// Nothing moves.
    pub reduced_motion: Option<bool>,
}

/// Its errors must not show the value, which serde's own do.
fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => Ok(Some(Secret::new(text))),
        _ => Err(serde::de::Error::custom(
            "the PIN must be a text in quotes, like pin = \"…\"",
        )),
    }
}

impl Config {
    /// Reads the named file, or the usual one if it exists.
    ///
    /// # Errors
    /// See [`ConfigError`]. A usual file that is not there is no error.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = match named {
            Some(path) => path.to_owned(),
            None => {
                let Some(path) =
                    xdg::BaseDirectories::with_prefix("barpop").get_config_file("config.toml")
                else {
                    return Ok(Self::default());
                };
                if !path.exists() {
                    return Ok(Self::default());
                }
                path
            }
        };
        let unreadable = |cause| ConfigError::Unreadable {
            path: path.clone(),
            cause,
        };
        let mut file = File::open(&path).map_err(unreadable)?;
        let mut text = zeroize::Zeroizing::new(String::new());
        file.read_to_string(&mut text).map_err(unreadable)?;
        let config = match Self::parse(&text) {
            Ok(config) => config,
            Err((line, what)) => {
                return Err(ConfigError::Wrong {
                    path,
                    where_: format!("line {line}"),
                    what,
                });
            }
        };
        if config.sms.pin.is_some() && is_open(&file) {
            return Err(ConfigError::Open(path));
        }
        Ok(config)
    }

    /// The text of a configuration file; errors give the line, 1.., and what is wrong there.
    ///
    /// # Errors
    /// When it is no TOML or has an unknown key or a value of the wrong kind.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text
                .get(..at)
                .map_or(1, |before| before.lines().count().max(1));
            let line = if text.get(..at).is_some_and(|b| b.ends_with('\n')) {
                line + 1
            } else {
                line
            };
            (line, error.message().to_owned())
        })
    }
}

/// Whether others than the person can read or write the file; one that cannot be asked counts.
#[must_use]
pub fn is_open(file: &File) -> bool {
    file.metadata().map_or(true, |found| {
        let own = found.uid() == rustix::process::geteuid().as_raw();
        !own || found.mode() & 0o077 != 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let (line, what) =
            Config::parse("output = \"xmobar\"\n[sms]\npinfile = \"/x\"\n").unwrap_err();
        assert_eq!(line, 3);
        assert!(
            what.contains("pinfile") && what.contains("pin_file"),
            "{what}"
        );
    }

    #[test]
    fn a_pin_in_the_file_does_not_show_in_debug_output() {
        let config = Config::parse("[sms]\npin = \"8642\"\nbaud = 9600\n").unwrap();
        assert!(!format!("{config:?}").contains("8642"));
        let (_, what) = Config::parse("[sms]\npin = 8642\n").unwrap_err();
        assert!(
            what.contains("in quotes") && !what.contains("8642"),
            "{what}"
        );
        assert_eq!(config.sms.baud, Some(9600));
    }
}
