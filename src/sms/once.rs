//! One look: what `xsms` does when the bar runs it once.

use super::Options;
use super::bus::client::{self, Found};
use super::carrier::{self, Carrier};
use super::link::{Report, explain};
use super::note::Note;
use super::options::PinSource;
use super::owner::Trouble;
use super::snapshot::{Lock, ModemState, Summary};
use super::store::{Store, StoreError};

/// What the process of ours says that has the modem.
#[allow(clippy::large_enum_variant, reason = "it lives for one question")]
pub enum Asked {
    /// The state.
    Answer(Summary),
    /// Nothing: it is there, but stopped or stuck.
    Silent,
    /// There is none that works with this modem and store, or no session bus to find it on.
    Nobody,
}

/// Asks the owner on the session bus, if there is one.
#[must_use]
pub fn ask(options: &Options) -> Asked {
    match client::look(options) {
        // With a PIN at hand the SIM can be opened; its port is free.
        Found::Owner(state)
            if matches!(state.summary.modem.state, ModemState::Locked(Lock::SimPin))
                && options.pin != PinSource::None =>
        {
            Asked::Nobody
        }
        Found::Owner(state) => Asked::Answer(state.summary),
        Found::Silent => Asked::Silent,
        Found::Nobody => Asked::Nobody,
    }
}

/// The state as the store has it, for when the owner does not answer.
///
/// # Errors
/// When the store fails.
pub fn look_in_store(store: &Store) -> Result<Summary, StoreError> {
    let counts = store.counts()?;
    let modem = Note::read(store).map(|note| note.modem).unwrap_or_default();
    Ok(Summary::new(counts, modem, Some(SILENT.to_owned())))
}

/// What is wrong when the owner does not answer.
pub const SILENT: &str = "the process that has the modem does not answer; end it, and another \
                          takes the modem";

/// What a look has found.
pub struct Look {
    /// The state, to be shown.
    pub summary: Summary,
    /// The modem, where it is ours now: what is queued can be sent once the state is shown.
    pub owner: Option<Box<dyn Carrier>>,
}

/// Takes in what lies in the modem and returns the state after that.
///
/// When a process of ours has the modem already, its work in the store is the answer.
/// `network` asks for operator and signal, which costs two round trips.
///
/// # Errors
/// Only when the store fails; what is wrong with the modem is part of the summary.
pub fn look(options: &Options, store: &mut Store, network: bool) -> Result<Look, StoreError> {
    let mut report = Report::default();
    let mut ours = None;
    report.modem.device = options.device.name();
    match visit(options, store, network) {
        Ok(Some(carrier)) => {
            report.modem = carrier.known().clone();
            Note::of(&report).write_news(store);
            ours = Some(carrier);
        }
        Ok(None) => report.modem.device = None,
        Err(Trouble::Store(error)) => return Err(error),
        Err(Trouble::Sibling(_)) => {
            if let Some(note) = Note::read(store) {
                report = Report {
                    modem: note.modem,
                    error: note.error,
                    ..Report::default()
                };
            }
        }
        Err(trouble) => {
            explain(&trouble, &mut report);
            Note::of(&report).write_news(store);
        }
    }
    let counts = store.counts()?;
    let summary = Summary::new(counts, report.modem, report.error);
    Ok(Look {
        summary,
        owner: ours,
    })
}

fn visit(
    options: &Options,
    store: &mut Store,
    network: bool,
) -> Result<Option<Box<dyn Carrier>>, Trouble> {
    let Some(mut carrier) = carrier::open(options, store, None)? else {
        return Ok(None);
    };
    let mut look = || {
        carrier.collect(store)?;
        if network {
            carrier.look_around()?;
        }
        carrier.attend(store)
    };
    let looked = look();
    // What it has handed over lies nowhere else, also when it was lost.
    carrier.keep_news(store)?;
    looked?;
    Ok(Some(carrier))
}
