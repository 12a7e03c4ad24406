//! The thread that writes down. The timing thread never waits for a disk.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::shutter::history::{History, KEPT};
use crate::shutter::kept::{Files, Kept};
use crate::shutter::snapshot::Shot;

/// What could not be written is tried again after this time.
const AGAIN: Duration = Duration::from_secs(10);

/// What is to be written.
#[derive(Debug, Clone)]
pub struct Save {
    /// The state.
    pub kept: Kept,
    /// Pictures since the last time.
    pub shots: Vec<Shot>,
}

/// Starts the thread; it ends when nobody can send any more, and all is written. `tell` is called
/// with what is wrong, whenever that changes.
///
/// # Errors
/// When the system gives no thread.
pub fn start(
    files: Files,
    history: History,
    tell: impl Fn(Option<String>) + Send + 'static,
) -> io::Result<(Sender<Save>, JoinHandle<()>)> {
    let (sender, saves) = mpsc::channel();
    let run = move || keep(files, history, &saves, &tell);
    let thread = thread::Builder::new()
        .name("shutter-kept".into())
        .spawn(run)?;
    Ok((sender, thread))
}

fn keep(
    mut files: Files,
    mut history: History,
    saves: &Receiver<Save>,
    tell: &dyn Fn(Option<String>),
) {
    let mut waiting: Option<Save> = None;
    let mut told = None;
    loop {
        let next = if waiting.is_some() {
            saves.recv_timeout(AGAIN)
        } else {
            saves.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        let ended = matches!(next, Err(RecvTimeoutError::Disconnected));
        // On a slow disk only the last state is written, and all pictures.
        for save in next.into_iter().chain(saves.try_iter()) {
            save.shots.iter().for_each(|shot| history.add(shot.clone()));
            let mut shots = waiting.take().map(|save| save.shots).unwrap_or_default();
            shots.extend(save.shots);
            let more = shots.len().saturating_sub(KEPT);
            shots.drain(..more);
            waiting = Some(Save {
                kept: save.kept,
                shots,
            });
        }
        if let Some(save) = &waiting {
            let problem = files
                .save(&save.kept, &save.shots, || history.clone())
                .err()
                .map(|error| {
                    format!(
                        "the plan cannot be written down, and would be lost in a restart: {error}"
                    )
                });
            if problem.is_none() {
                waiting = None;
            }
            if problem != told {
                tell(problem.clone());
                told = problem;
            }
        }
        if ended {
            return;
        }
    }
}
