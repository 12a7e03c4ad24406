//! Whose turn it is: while another process is the owner on the bus, its work is shown, and what
//! the person wants of the modem is passed on to it.

use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use rustix::pipe::{PipeFlags, pipe_with};
use zbus::{Fd, Variant};

use super::{Link, Report};
use crate::sms::bus::errands;
use crate::sms::bus::seat::{Standing, Wish};
use crate::sms::link::Ask;
use crate::sms::modem_manager::Session;
use crate::sms::note::Note;
use crate::sms::owner::Key;
use crate::sms::snapshot::ModemState;
use crate::sms::store::Store;

/// A bus says within milliseconds who is the owner; one that does not is not waited for.
const VERDICT: Duration = Duration::from_secs(1);
/// A SIM takes seconds for its PIN, and the owner's modem may be busy with a long message.
const UNLOCK: Duration = Duration::from_secs(90);
/// A killed owner's name can be free before its port is.
pub(super) const AFTERMATH: Duration = Duration::from_secs(2);
/// Meanwhile the port is tried this often.
pub(super) const RETRY_AFTERMATH: Duration = Duration::from_millis(10);

impl Link {
    /// Waits until the modem is this process's to take. `true` when asked to stop.
    pub(super) fn await_turn(
        &mut self,
        session: &mut Option<Session>,
        store: &mut Store,
        tell: &mut dyn FnMut(&mut Store, &Report),
    ) -> bool {
        let verdict = Instant::now() + VERDICT;
        loop {
            if self.take_asks() {
                return true;
            }
            let patience = match self.standing {
                Standing::Owner | Standing::Alone => break,
                Standing::Unknown => {
                    let left = verdict.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        break;
                    }
                    Some(left)
                }
                Standing::Follower => {
                    self.set_ours(false);
                    // Nobody would read what ModemManager tells it.
                    *session = None;
                    self.pass_on();
                    self.show_owner(store);
                    tell(store, &self.report);
                    None
                }
            };
            if self.wait(None, patience).is_err() {
                break;
            }
        }
        self.set_ours(self.standing == Standing::Owner);
        false
    }

    /// The modem as the owner has written it down, and what came of a key that was passed on.
    fn show_owner(&mut self, store: &Store) {
        let passed_on = self.unlocked.take();
        let note = Note::read(store);
        let ready = note
            .as_ref()
            .is_some_and(|note| note.modem.state == ModemState::Ready);
        let unlocking = self.report.unlocking && passed_on.is_none() && !ready;
        if let Some(note) = note {
            self.report.modem = note.modem;
            self.report.error = note.error;
        }
        self.report.unlocking = unlocking;
        self.report.unlock_failed = false;
        if let Some(Err(sentence)) = passed_on {
            self.report.unlock_failed = true;
            self.report.error = Some(sentence);
        }
    }

    /// Gives the owner what the person wants of the modem.
    fn pass_on(&mut self) {
        let Some(seat) = &self.seat else {
            return;
        };
        if std::mem::take(&mut self.retry) {
            seat.wish(Wish {
                method: "Retry",
                argument: None,
                patience: VERDICT,
                answer: Box::new(|_| {}),
            });
        }
        for (errand, reply) in self.errands.take() {
            seat.wish(errands::wish(errand, reply));
        }
        let Some(key) = self.key.take() else {
            return;
        };
        let remote = self.remote.clone();
        let answer = move |result: Result<_, String>| {
            remote.ask(Ask::Unlocked(result.map(drop)));
        };
        match hidden(&key) {
            Ok(descriptor) => {
                self.report.unlocking = true;
                seat.wish(Wish {
                    method: "Unlock",
                    argument: Some(Variant::Fd(Fd::from(descriptor))),
                    patience: UNLOCK,
                    answer: Box::new(answer),
                });
            }
            Err(error) => answer(Err(error.to_string())),
        }
    }
}

/// A descriptor that holds the key: on the bus itself, a monitor would see it.
fn hidden(key: &Key) -> std::io::Result<OwnedFd> {
    let (reader, writer) = pipe_with(PipeFlags::CLOEXEC)?;
    let lines = match key {
        Key::Pin(pin) => vec![pin],
        Key::Puk(puk, pin) => vec![puk, pin],
    };
    for line in lines {
        rustix::io::write(&writer, line.reveal().as_bytes())?;
        rustix::io::write(&writer, b"\n")?;
    }
    Ok(reader)
}
