//! One look: what `xsms` does when the bar runs it once.

use super::Options;
use super::link::{Report, explain};
use super::note::Note;
use super::owner::{Owner, Trouble};
use super::snapshot::{Modem, Summary};
use super::store::{Store, StoreError};
use crate::at::OpenError;

/// Takes in what lies in the modem, sends what is queued, and returns the state after that.
///
/// When a process of ours has the modem already, its work in the store is the answer.
/// `network` asks for operator and signal, which costs two round trips.
///
/// # Errors
/// Only when the store fails; what is wrong with the modem is part of the summary.
pub fn look(options: &Options, store: &mut Store, network: bool) -> Result<Summary, StoreError> {
    let mut report = Report::default();
    if let Some(device) = &options.device {
        report.modem.device = Some(device.display().to_string());
        match visit(options, device, store, network) {
            Ok(modem) => {
                report.modem = modem;
                Note::of(&report).write(store);
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
                Note::of(&report).write(store);
            }
        }
    }
    let counts = store.counts()?;
    Ok(Summary {
        unread: counts.unread,
        total: counts.total,
        modem: report.modem,
        error: report.error,
    })
}

fn visit(
    options: &Options,
    device: &std::path::Path,
    store: &mut Store,
    network: bool,
) -> Result<Modem, Trouble> {
    let mut owner = Owner::start(options, device, store, None)?;
    owner.collect(store)?;
    owner.send_queued(store, &mut |_| {})?;
    if network {
        owner.look_around()?;
    }
    Ok(owner.known().clone())
}
