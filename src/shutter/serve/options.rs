//! What the configuration and the flags say, checked before anything begins.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::config::{Shutter, ShutterServe};
use crate::shutter::arguments::ServeArguments;
use crate::shutter::plan::Limits;
use crate::shutter::release::{Wish, WishError};
use crate::shutter::seconds::LONGEST;
use crate::shutter::{engine, server};

/// What presses the shutter where nothing is configured: pin 12 of a Raspberry Pi.
const RELEASE: &str = "gpio:GPIO18";

/// The name of a camera that has none.
const CAMERA: &str = "Camera";

/// What is configured wrongly.
#[derive(Debug, thiserror::Error)]
pub enum ServeOptionsError {
    /// No such release.
    #[error(transparent)]
    Release(#[from] WishError),
    /// A number out of its range.
    #[error("configuration: {key} is {value}; it must be between {least} and {most}")]
    Range {
        /// In `[shutter.serve]`.
        key: &'static str,
        /// What it says.
        value: f64,
        /// The least.
        least: f64,
        /// The most.
        most: f64,
    },
    /// The place is none.
    #[error("{0}")]
    Place(String),
    /// The broker cannot be tried.
    #[error(transparent)]
    Broker(#[from] server::mqtt::options::OptionsError),
    /// The running plan cannot be kept.
    #[error("cannot make the folder '{folder}': {cause}; name a file with --state, or none")]
    State {
        /// Which.
        folder: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
}

/// Everything that `xshutter serve` needs.
pub struct Options {
    /// What presses the shutter.
    pub release: Wish,
    /// How the plan is kept.
    pub engine: engine::Options,
    /// Who may ask, and where.
    pub server: server::Options,
    /// The broker, if there is one.
    pub broker: Option<server::mqtt::options::Options>,
    /// Whether it is announced in the local network.
    pub announce: bool,
}

/// The release that is meant: a flag wins over the configuration.
///
/// # Errors
/// When it is none.
pub fn release(flag: Option<&str>, config: &ShutterServe) -> Result<Wish, WishError> {
    let text = flag.or(config.release.as_deref());
    text.unwrap_or(RELEASE).parse()
}

impl Options {
    /// Checks what the person says; makes the folder of the state's file.
    ///
    /// # Errors
    /// See [`ServeOptionsError`].
    pub fn new(flags: &ServeArguments, config: &Shutter) -> Result<Self, ServeOptionsError> {
        let own = &config.serve;
        let name = flags.name.clone().or_else(|| own.name.clone());
        let camera = name.as_deref().unwrap_or(CAMERA);
        let broker = config.mqtt.as_ref();
        let broker = broker.map(|broker| server::mqtt::options::Options::new(broker, camera));
        let usual = Limits::default();
        let limits = Limits {
            longest_bulb: seconds("longest_bulb_s", own.longest_bulb_s, 1.0, LONGEST)?
                .unwrap_or(usual.longest_bulb),
            pulse: seconds("pulse_s", own.pulse_s, 0.01, 5.0)?.unwrap_or(usual.pulse),
        };
        let half_press = seconds("half_press_s", own.half_press_s, 0.0, 30.0)?;
        let listen = match (flags.listen.as_slice(), own.listen.as_slice()) {
            ([], configured) => configured.to_vec(),
            (named, _) => named.to_vec(),
        };
        let state = flags.state.as_deref().or(own.state.as_deref());
        Ok(Self {
            release: release(flags.release.as_deref(), own)?,
            engine: engine::Options {
                limits,
                half_press: half_press.unwrap_or_default(),
                zone: TimeZone::system(),
                place: own.place().map_err(ServeOptionsError::Place)?,
                after_restart: own.after_restart.unwrap_or_default(),
                state: state_file(state, name.as_deref())?,
                realtime: own.realtime.unwrap_or(true),
                name: name.unwrap_or_else(|| CAMERA.to_owned()),
                clock: None,
            },
            server: server::Options {
                listen,
                password_hash: own.password_hash.clone(),
                names: own.names.clone(),
                https: own.https.unwrap_or(false),
                trusted_proxies: own.trusted_proxies.clone(),
            },
            broker: broker.transpose()?,
            announce: own.announce.unwrap_or(false),
        })
    }
}

fn seconds(
    key: &'static str,
    value: Option<f64>,
    least: f64,
    most: f64,
) -> Result<Option<Duration>, ServeOptionsError> {
    match value {
        None => Ok(None),
        Some(value) if (least..=most).contains(&value) => Ok(Some(Duration::from_secs_f64(value))),
        Some(value) => Err(ServeOptionsError::Range {
            key,
            value,
            least,
            most,
        }),
    }
}

/// The file of the running plan; one for each name, so that two services do not share it.
fn state_file(
    named: Option<&Path>,
    name: Option<&str>,
) -> Result<Option<PathBuf>, ServeOptionsError> {
    let path = match named {
        Some(path) if path.as_os_str().is_empty() || path == "none" => return Ok(None),
        Some(path) => path.to_owned(),
        None => {
            let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
            let file = match name {
                Some(name) => format!(
                    "shutter-{}.json",
                    name.chars().map(plain).collect::<String>()
                ),
                None => "shutter.json".to_owned(),
            };
            match xdg::BaseDirectories::with_prefix("barpop").get_state_file(file) {
                Some(path) => path,
                None => return Ok(None),
            }
        }
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|cause| ServeOptionsError::State {
            folder: folder.to_owned(),
            cause,
        })?;
    }
    Ok(Some(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn options(config: &str) -> Result<Options, ServeOptionsError> {
        let config = Config::parse(&format!("[shutter.serve]\n{config}")).unwrap();
        let flags = ServeArguments {
            release: Some("none".into()),
            state: Some("none".into()),
            ..ServeArguments::default()
        };
        Options::new(&flags, &config.shutter)
    }

    #[test]
    fn a_flag_wins_over_the_configuration_and_the_rest_is_usual() {
        let found = options("release = \"serial:/dev/ttyUSB0\"\nname = \"Roof\"\n").unwrap();
        assert_eq!(found.release, Wish::None);
        assert_eq!(found.engine.name, "Roof");
        assert_eq!(found.engine.state, None);
        assert_eq!(found.server.listen, []);
        let found = options("latitude = 50.1\nlongitude = 14.4\npulse_s = 0.05\n").unwrap();
        assert_eq!(found.engine.limits.pulse, Duration::from_millis(50));
        assert!(found.engine.place.is_some());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |config| options(config).err().unwrap().to_string();
        assert!(wrong("pulse_s = 0").contains("pulse_s is 0; it must be between 0.01 and 5"));
        assert!(wrong("longest_bulb_s = nan").contains("longest_bulb_s"));
        assert!(wrong("latitude = 50").contains("belong together"));
        assert!(wrong("latitude = 91\nlongitude = 0").contains("no place"));
    }
}
