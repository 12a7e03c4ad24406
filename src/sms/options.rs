//! What the message source needs to know, gathered from flags, environment and configuration.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::config;
use crate::secret::Secret;
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

/// What the source works with.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The modem's AT port; without one only the store speaks.
    pub device: Option<PathBuf>,
    /// Symbols a second.
    pub baud: u32,
    /// Where the SIM's PIN comes from.
    pub pin: PinSource,
    /// When messages leave the SIM.
    pub cleanup: Cleanup,
    /// Ask for a delivery report with each message.
    pub delivery_reports: bool,
    /// The store's file.
    pub store: PathBuf,
    /// Where the original xsms kept its messages, to be taken over the first time.
    pub original: Option<PathBuf>,
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
            device: device.or_else(|| config.device.clone()),
            baud: baud.or(config.baud).unwrap_or(DEFAULT_BAUD),
            pin,
            cleanup: config.sim_cleanup.unwrap_or_default(),
            delivery_reports: config.delivery_reports.unwrap_or(true),
            store: Store::default_path()?,
            original: Store::original_dir(),
        })
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
        Ok(store)
    }
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
