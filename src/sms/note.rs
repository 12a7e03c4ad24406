//! What the process that holds the modem writes down for the others.

use serde::{Deserialize, Serialize};

use super::link::Report;
use super::snapshot::Modem;
use super::store::Store;

/// The note in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Who wrote it.
    pub pid: u32,
    /// The modem as that process knows it.
    pub modem: Modem,
    /// What is wrong, one sentence.
    pub error: Option<String>,
}

impl Note {
    /// What this process has to tell.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        Self {
            pid: std::process::id(),
            modem: report.modem.clone(),
            error: report.error.clone(),
        }
    }

    /// The note that is there; one that cannot be read (an older barpop's) counts as none.
    #[must_use]
    pub fn read(store: &Store) -> Option<Self> {
        serde_json::from_str(&store.modem_note().ok()??).ok()
    }

    /// Writes it, unless it is there already: each write wakes the other processes.
    pub fn write(&self, store: &mut Store) {
        if Self::read(store).as_ref() != Some(self) {
            self.set(store);
        }
    }

    /// Writes it, unless the same is known from whomever: one look at the modem is no news when
    /// it looks as before, and two processes that find the same locked SIM must not wake each
    /// other for ever.
    pub fn write_news(&self, store: &mut Store) {
        let known = Self::read(store);
        if known.is_none_or(|known| known.modem != self.modem || known.error != self.error) {
            self.set(store);
        }
    }

    fn set(&self, store: &mut Store) {
        if let Ok(text) = serde_json::to_string(self) {
            // Only the others' headers suffer when it cannot be written; messages do not.
            let _ = store.set_modem_note(&text);
        }
    }
}
