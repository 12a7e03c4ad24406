//! The light as it was found, and the way back to it.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::logind;

/// One step of the way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Write a text to an LED's file.
    Text(PathBuf, String),
    /// Have logind set an LED's brightness.
    Logind(String, u32),
    /// Write a report to the raw device.
    Report(PathBuf, Vec<u8>),
}

/// The way back to the light that was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Former {
    /// The system bus, when it is not the usual one.
    pub bus: Option<String>,
    /// In this order; one that fails (the pad is gone) does not keep the others.
    pub steps: Vec<Step>,
}

impl Former {
    /// Goes the way back.
    pub fn restore(&self) {
        for step in &self.steps {
            // A pad that is gone has no light to give back, and nobody is there to be told.
            let _ = match step {
                Step::Text(path, text) => write(path, text.as_bytes()),
                Step::Logind(led, value) => {
                    logind::set_brightness(self.bus.as_deref(), led, *value)
                        .map_err(io::Error::other)
                }
                Step::Report(path, report) => write(path, report),
            };
        }
    }
}

/// Writes to a file that is there; in one write, as sysfs and hidraw want it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).truncate(true).open(path)?;
    file.write_all(bytes)
}
