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

    /// Writes it, unless the same is there already: each write wakes the other processes.
    pub fn write(&self, store: &mut Store) {
        let known = Self::read(store);
        // Two processes that find the same locked SIM must not wake each other for ever.
        if known.as_ref().is_some_and(|n| {
            n.modem == self.modem
                && n.error == self.error
                && (n.pid == self.pid || self.error.is_some())
        }) {
            return;
        }
        if let Ok(text) = serde_json::to_string(self) {
            // Only the others' headers suffer when it cannot be written; messages do not.
            let _ = store.set_modem_note(&text);
        }
    }
}
