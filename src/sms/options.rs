//! What the message source needs to know, gathered from flags, environment and configuration.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config;
use crate::secret::Secret;
use crate::sms::broadcast::CHANNELS;
use crate::sms::contacts::Book;
use crate::sms::notify::Mode;
use crate::sms::number::region::Region;
use crate::sms::store::{Store, StoreError};

/// When a message that is safely in the store leaves the SIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Cleanup {
    /// Oldest first, while the storage is over 80 % full.
    #[default]
    WhenFull,
    /// Never: the SIM is left as it is, and fills up.
    Never,
    /// As soon as it is stored.
    Stored,
}

/// Which modem is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Device {
    /// ModemManager's, where it runs and has one; else only the store speaks.
    #[default]
    Auto,
    /// The one at this AT port.
    Serial(PathBuf),
    /// One that ModemManager holds: the only one, or the one with this number, object path or
    /// IMEI.
    ModemManager(Option<String>),
    /// None: only the store speaks.
    None,
}

impl From<PathBuf> for Device {
    /// What `-d` names: `auto`, `none`, `mm`, `mm:` and a number, path or IMEI, or a port.
    fn from(name: PathBuf) -> Self {
        match name.to_str() {
            Some("auto") => Self::Auto,
            Some("none") => Self::None,
            Some("mm" | "mm:") => Self::ModemManager(None),
            Some(text) if text.starts_with("mm:") => {
                Self::ModemManager(text.strip_prefix("mm:").map(str::to_owned))
            }
            _ => Self::Serial(name),
        }
    }
}

impl Device {
    /// How it is shown; `None` while it is not known which one it will be.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Auto | Self::None => None,
            Self::Serial(port) => Some(port.display().to_string()),
            Self::ModemManager(None) => Some("ModemManager".to_owned()),
            Self::ModemManager(Some(one)) => Some(format!("ModemManager {one}")),
        }
    }
}

/// What the source works with.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The modem.
    pub device: Device,
    /// Symbols a second.
    pub baud: u32,
    /// Where the SIM's PIN comes from.
    pub pin: PinSource,
    /// When messages leave the SIM.
    pub cleanup: Cleanup,
    /// Ask for a delivery report with each message.
    pub delivery_reports: bool,
    /// Listen to cell broadcasts on these channels, as `+CSCB` writes them; empty for none.
    pub broadcasts: String,
    /// Deleted messages can be brought back for so many days; then they leave the file for good.
    pub keep_deleted_days: u16,
    /// The store's file.
    pub store: PathBuf,
    /// Where the original xsms kept its messages, to be taken over the first time.
    pub original: Option<PathBuf>,
    /// Files and folders of vCards; `$XDG_DATA_HOME/contacts` when empty.
    pub contacts: Vec<PathBuf>,
    /// Whose national numbers are in them, where it is configured; see [`region`].
    pub region: Option<Region>,
    /// What is said of new messages.
    pub notifications: Mode,
    /// The address of the session bus, where there is one.
    pub session_bus: Option<String>,
    /// Whether one look starts the owner where there is none (D-Bus activation).
    pub start_daemon: bool,
}

impl Options {
    /// The options for a modem at `device`, everything else by the configuration.
    ///
    /// # Errors
    /// When the environment names no home for the store.
    pub fn new(
        device: Option<PathBuf>,
        baud: Option<u32>,
        pin: PinSource,
        config: &config::Sms,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            device: device
                .or_else(|| config.device.clone())
                .map_or(Device::Auto, Device::from),
            baud: baud.or(config.baud).unwrap_or(DEFAULT_BAUD),
            pin,
            cleanup: config.sim_cleanup.unwrap_or_default(),
            delivery_reports: config.delivery_reports.unwrap_or(true),
            broadcasts: config.broadcasts.clone().channels(),
            keep_deleted_days: config.keep_deleted_days.unwrap_or(KEEP_DELETED_DAYS),
            store: Store::default_path()?,
            original: Store::original_dir(),
            contacts: config.contacts.clone(),
            region: config.region,
            notifications: config.notifications.unwrap_or_default(),
            session_bus: super::bus::address(),
            start_daemon: config.start_daemon.unwrap_or(false),
        })
    }

    /// The address book, not read yet.
    #[must_use]
    pub fn book(&self, store: &Store) -> Book {
        Book::new(&self.contacts, region(self.region, store))
    }

    /// Opens the store; the first time it also takes over the messages of the original xsms.
    ///
    /// # Errors
    /// When the store cannot be opened or written.
    pub fn open_store(&self) -> Result<Store, StoreError> {
        let mut store = Store::open(&self.store)?;
        if let Some(folder) = &self.original {
            store.import_once(folder)?;
        }
        store.tidy(self.keep_deleted_days)?;
        Ok(store)
    }
}

/// How long a deleted message can be brought back, in days.
pub const KEEP_DELETED_DAYS: u16 = 30;

/// Which cell broadcasts are listened to.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(untagged)]
pub enum Broadcasts {
    /// Warnings.
    #[default]
    Usual,
    /// Warnings, or none at all.
    Switch(bool),
    /// These channels, like `"50,4370-4399"`.
    Channels(String),
}

impl Broadcasts {
    /// The channels as `+CSCB` writes them; empty for none. What is no list of numbers is none.
    #[must_use]
    pub fn channels(self) -> String {
        match self {
            Self::Usual | Self::Switch(true) => CHANNELS.to_owned(),
            Self::Switch(false) => String::new(),
            Self::Channels(list) => list
                .chars()
                .filter(|c| c.is_ascii_digit() || matches!(c, ',' | '-'))
                .collect(),
        }
    }
}

/// The country whose people write numbers as those in the address book do: the configured one,
/// else the one that most of the conversations are with, else the locale's.
#[must_use]
pub fn region(configured: Option<Region>, store: &Store) -> Option<Region> {
    let numbers = || store.conversations().unwrap_or_default();
    let likely = || Region::most(numbers().iter().map(|c| c.address.as_str()));
    configured.or_else(likely).or_else(Region::of_locale)
}

/// The EM7345's rate; USB modems take any.
const DEFAULT_BAUD: u32 = 460_800;

/// Why a PIN that was asked for cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PinSourceError {
    /// The file cannot be read.
    #[error("cannot read PIN file '{path}': {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Others may read it.
    #[error("PIN file '{0}' can be read by others; run 'chmod 600' on it")]
    Open(PathBuf),
}

/// Where the SIM's PIN comes from. A file is read only when the SIM asks for its PIN, so that a
/// wrong one bothers nobody else, and a mended one helps at once.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum PinSource {
    /// Nowhere; the person types it in the popup.
    #[default]
    None,
    /// The command line, the environment or the configuration.
    Given(Secret),
    /// A file that only the person can read.
    File(PathBuf),
}

impl PinSource {
    /// What was given on the command line, else the PIN file, else `BARPOP_PIN`, else the
    /// configuration.
    #[must_use]
    pub fn find(argument: Option<Secret>, file: Option<PathBuf>, config: &config::Sms) -> Self {
        let given = |pin: Option<Secret>| pin.filter(|pin| !pin.is_empty()).map(Self::Given);
        given(argument)
            .or(file.map(Self::File))
            .or_else(|| given(std::env::var("BARPOP_PIN").ok().map(Secret::new)))
            .or_else(|| config.pin_file.clone().map(Self::File))
            .or_else(|| given(config.pin.clone()))
            .unwrap_or_default()
    }

    /// The PIN, where there is one.
    ///
    /// # Errors
    /// When the file cannot be read, or others can read it too.
    pub fn read(&self) -> Result<Option<Secret>, PinSourceError> {
        match self {
            Self::None => Ok(None),
            Self::Given(pin) => Ok(Some(pin.clone())),
            Self::File(path) => read_pin_file(path).map(Some),
        }
    }
}

fn read_pin_file(path: &Path) -> Result<Secret, PinSourceError> {
    let unreadable = |cause| PinSourceError::Unreadable {
        path: path.to_owned(),
        cause,
    };
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    if config::is_open(&file) {
        return Err(PinSourceError::Open(path.to_owned()));
    }
    let mut text = zeroize::Zeroizing::new(String::new());
    file.read_to_string(&mut text).map_err(unreadable)?;
    Ok(Secret::new(text.trim()))
}
