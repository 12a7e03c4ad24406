//! One look: what `xsms` does when the bar runs it once.

use super::Options;
use super::link::{Report, explain};
use super::note::Note;
use super::owner::{Owner, Trouble};
use super::snapshot::Summary;
use super::store::{Store, StoreError};
use crate::at::OpenError;

/// What a look has found.
pub struct Look {
    /// The state, to be shown.
    pub summary: Summary,
    /// The modem, where it is ours now: what is queued can be sent once the state is shown.
    pub owner: Option<Owner>,
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
    if let Some(device) = &options.device {
        report.modem.device = Some(device.display().to_string());
        match visit(options, device, store, network) {
            Ok(owner) => {
                report.modem = owner.known().clone();
                Note::of(&report).write_news(store);
                ours = Some(owner);
            }
            Err(Trouble::Store(error)) => return Err(error),
            Err(Trouble::Open(OpenError::Busy {
                holder: Some(holder),
                ..
            })) if holder.is_barpop() => {
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
    }
    let counts = store.counts()?;
    let summary = Summary {
        unread: counts.unread,
        total: counts.total,
        modem: report.modem,
        error: report.error,
    };
    Ok(Look {
        summary,
        owner: ours,
    })
}

fn visit(
    options: &Options,
    device: &std::path::Path,
    store: &mut Store,
    network: bool,
) -> Result<Owner, Trouble> {
    let mut owner = Owner::start(options, device, store, None)?;
    owner.collect(store)?;
    if network {
        owner.look_around()?;
    }
    owner.attend(store)?;
    Ok(owner)
}
