//! The configuration file, `$XDG_CONFIG_HOME/barpop/config.toml`: every flag has a key there.
//!
//! A key that is not known is an error that names it and its line: a misspelt `pin_file` must
//! not silently leave the SIM locked. The structs here are what is read; `keys` says of every key
//! what it may be and what it does, for `barpop config` and the reference in `docs`.

pub mod check;
pub mod command;
pub mod keys;
mod nearest;
pub mod reference;
pub mod show;

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::arguments::{Again, At, Renderer};
use crate::catalogue::Language;
use crate::gnss::coordinates::Notation;
use crate::gnss::units::Units;
use crate::secret::Secret;
use crate::shutter::engine::AfterRestart;
use crate::shutter::solar::Place;
use crate::sms::Cleanup;
use crate::sms::notify::Mode;
use crate::sms::number::region::Region;
use crate::sms::options::Broadcasts;

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
    /// It holds a secret (the second says which), and others may read it.
    #[error(
        "configuration file '{0}' holds a {1} and can be read by others; run 'chmod 600' on it"
    )]
    Open(PathBuf, &'static str),
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
    /// The language of popups and notifications: `en`, `de` or `cs`; without it what the environment asks for.
    #[serde(deserialize_with = "language")]
    pub language: Option<Language>,
    /// `[sms]`.
    pub sms: Sms,
    /// `[net]`.
    pub net: Net,
    /// `[gnss]`.
    pub gnss: Gnss,
    /// `[ds4]`.
    pub ds4: Ds4,
    /// `[shutter]`.
    pub shutter: Shutter,
    /// `[popup]`.
    pub popup: Popup,
}

/// `[sms]`: the keys of `xsms`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sms {
    /// The modem: an AT port, `mm`, `mm:` and a number, path or IMEI, `auto`, or `none` (`-d`).
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
    /// What a click runs; empty for nothing (`--click`).
    pub click: Option<String>,
    /// `--hide-when-absent`.
    pub hide_when_absent: Option<bool>,
    /// When messages that are safely stored leave the SIM (`--sim-cleanup`).
    pub sim_cleanup: Option<Cleanup>,
    /// Ask the network for a delivery report with each message.
    pub delivery_reports: Option<bool>,
    /// Files and folders of vCards; `$XDG_DATA_HOME/contacts` without any.
    pub contacts: Vec<PathBuf>,
    /// The country (ISO 3166) whose people write numbers as those in the address book do.
    pub region: Option<Region>,
    /// What is said of new messages: `on`, `private` (no text), `off`.
    pub notifications: Option<Mode>,
    /// Whether one look (`xsms` without `--follow`) starts `xsms daemon` over D-Bus where nobody
    /// has the modem.
    pub start_daemon: Option<bool>,
    /// Listen to cell broadcasts: `true` for warnings (the default), `false`, or a list of
    /// channels like `"50,4370-4399"`.
    pub broadcasts: Broadcasts,
    /// Days for which a deleted message can be brought back [default: 30].
    pub keep_deleted_days: Option<u16>,
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
    /// What a click runs; empty for nothing (`--click`).
    pub click: Option<String>,
    /// `--hide-when-absent`.
    pub hide_when_absent: Option<bool>,
}

/// `[ds4]`: the keys of `xds4`, named like its flags.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ds4 {
    /// Template with named fields for each pad (`--format`).
    pub format: Option<String>,
    /// What stands between two pads (`--separator`).
    pub separator: Option<String>,
    /// What is shown without a pad (`--absent`).
    pub absent: Option<String>,
    /// Up to this percentage a battery is low (`--low`).
    pub low: Option<u8>,
    /// From this percentage on it is high (`--high`).
    pub high: Option<u8>,
    /// `#rrggbb` of a low battery (`--low-colour`).
    #[serde(alias = "low_color")]
    pub low_colour: Option<String>,
    /// `#rrggbb` of one between the two (`--normal-colour`).
    #[serde(alias = "normal_color")]
    pub normal_colour: Option<String>,
    /// `#rrggbb` of a high one (`--high-colour`).
    #[serde(alias = "high_color")]
    pub high_colour: Option<String>,
    /// `#rrggbb` while it is being filled (`--charging-colour`).
    #[serde(alias = "charging_color")]
    pub charging_colour: Option<String>,
    /// What is shown for a battery, from empty to full; the icon font's batteries without.
    pub battery_icons: Vec<String>,
    /// What a click runs; empty for nothing (`--click`).
    pub click: Option<String>,
    /// `--hide-when-absent`.
    pub hide_when_absent: Option<bool>,
}

/// `[shutter]`: the keys of `xshutter`, named like its flags.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Shutter {
    /// `[[shutter.server]]`: the cameras (`--server`).
    pub server: Vec<ShutterServer>,
    /// `[shutter.serve]`: `xshutter serve` itself.
    pub serve: ShutterServe,
    /// `[shutter.mqtt]`: the broker that it talks to, if any.
    pub mqtt: Option<crate::shutter::broker::Broker>,
    /// Template with named fields for each camera (`--format`).
    pub format: Option<String>,
    /// What stands between two cameras (`--separator`).
    pub separator: Option<String>,
    /// What is shown of a camera that cannot be reached (`--absent`).
    pub absent: Option<String>,
    /// `#rrggbb` while a plan runs (`--running-colour`).
    #[serde(alias = "running_color")]
    pub running_colour: Option<String>,
    /// `#rrggbb` while it waits to be resumed (`--paused-colour`).
    #[serde(alias = "paused_color")]
    pub paused_colour: Option<String>,
    /// `#rrggbb` of what is wrong (`--problem-colour`).
    #[serde(alias = "problem_color")]
    pub problem_colour: Option<String>,
    /// What a click runs; empty for nothing (`--click`).
    pub click: Option<String>,
    /// `--hide-when-absent`.
    pub hide_when_absent: Option<bool>,
}

/// `[[shutter.server]]`: where a camera's timer is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShutterServer {
    /// What the person calls it.
    pub name: Option<String>,
    /// Like `http://camera:8318`.
    pub url: String,
    /// A file with its password, that nobody else can read.
    pub password_file: Option<PathBuf>,
}

/// `[shutter.serve]`: the keys of `xshutter serve`, named like its flags.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShutterServe {
    /// What holds the camera's shutter (`--release`).
    pub release: Option<String>,
    /// Where to listen (`--listen`).
    pub listen: Vec<std::net::SocketAddr>,
    /// The camera's name (`--name`).
    pub name: Option<String>,
    /// Where the running plan is kept; empty for nowhere (`--state`).
    pub state: Option<PathBuf>,
    /// What 'xshutter passwd' printed; a file of one's own must then be readable by nobody else.
    #[serde(deserialize_with = "secret")]
    pub password_hash: Option<Secret>,
    /// Names by which browsers reach it, besides this machine's own.
    pub names: Vec<String>,
    /// A proxy in front of it speaks HTTPS.
    pub https: Option<bool>,
    /// Proxies whose `X-Forwarded-For` is believed; none without.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Announce it in the local network (mDNS).
    pub announce: Option<bool>,
    /// What happens to a running plan when it is started anew: `resume` or `stop`.
    pub after_restart: Option<AfterRestart>,
    /// The shutter is never held for longer, seconds.
    pub longest_bulb_s: Option<f64>,
    /// How long a button is pressed, seconds; cameras want 0.01 to 0.1.
    pub pulse_s: Option<f64>,
    /// The focus line before a single picture, seconds.
    pub half_press_s: Option<f64>,
    /// Where the camera stands, degrees north, for windows by the sun.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// Whether real-time priority is asked for.
    pub realtime: Option<bool>,
}

impl ShutterServe {
    /// Where the camera stands.
    ///
    /// # Errors
    /// When half of it is missing, or there is no such place; a sentence.
    pub fn place(&self) -> Result<Option<Place>, String> {
        match (self.latitude, self.longitude) {
            (None, None) => Ok(None),
            (Some(lat_deg), Some(lon_deg)) => {
                let place = Place { lat_deg, lon_deg };
                match place.is_on_earth() {
                    true => Ok(Some(place)),
                    false => Err(format!(
                        "configuration: there is no place {lat_deg}, {lon_deg}"
                    )),
                }
            }
            _ => Err("configuration: latitude and longitude belong together".to_owned()),
        }
    }
}

/// `[popup]`: how popups look, where they open and when they close.
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
    /// Where they open (`--at`).
    pub at: Option<At>,
    /// What a second start does where one is open already (`--again`).
    pub again: Option<Again>,
    /// Close when another window gets the keyboard.
    pub close_on_focus_loss: Option<bool>,
    /// What draws them: `software` or `gpu` (`--renderer`).
    pub renderer: Option<Renderer>,
}

/// A language that the catalogue has all texts in; the error names those.
fn language<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Language>, D::Error> {
    let name = String::deserialize(deserializer)?;
    let found = Language::ALL.into_iter().find(|known| known.tag() == name);
    found.map(Some).ok_or_else(|| {
        let known = Language::ALL.map(Language::tag).join(", ");
        serde::de::Error::custom(format!("language '{name}' is none of {known}"))
    })
}

/// Its errors must not show the value, which serde's own do.
fn secret<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => Ok(Some(Secret::new(text))),
        _ => Err(serde::de::Error::custom(
            "a secret must be a text in quotes, like pin = \"…\"",
        )),
    }
}

impl Config {
    /// The language that is configured, else the one that the environment asks for.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
            .unwrap_or_else(|| Language::from_environment(|name| std::env::var(name).ok()))
    }

    /// Reads the named file, or the usual one if it exists.
    ///
    /// # Errors
    /// See [`ConfigError`]. A usual file that is not there is no error.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let Some(path) = file(named) else {
            return Ok(Self::default());
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
            return Err(ConfigError::Open(path, "PIN"));
        }
        if config.shutter.serve.password_hash.is_some()
            && is_open(&file)
            && !is_of_the_system(&file)
        {
            return Err(ConfigError::Open(path, "password's hash"));
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

/// The configuration file: the named one, or the usual one if it exists.
#[must_use]
pub fn file(named: Option<&Path>) -> Option<PathBuf> {
    match named {
        Some(path) => Some(path.to_owned()),
        None => xdg::BaseDirectories::with_prefix("barpop")
            .get_config_file("config.toml")
            .filter(|path| path.exists()),
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

/// Whether the file is the administrator's, for a service with a user of its own that could not read
/// it if nobody else could.
fn is_of_the_system(file: &File) -> bool {
    let is_root = rustix::process::geteuid().is_root();
    !is_root && file.metadata().is_ok_and(|found| found.uid() == 0)
}

#[cfg(test)]
mod tests;
