//! What trouble with the modem means for line and popup, and what can be done all the same.

use std::time::Instant;

use super::{Link, RESTART, Report};
use crate::at::{AtError, OpenError};
use crate::sms::carrier;
use crate::sms::errand::Outcome;
use crate::sms::owner::Trouble;
use crate::sms::snapshot::{Lock, Modem, ModemState};

impl Link {
    /// What trouble means for line and popup; a modem that restarts is not taken for lost.
    pub(super) fn explain(&mut self, trouble: &Trouble) {
        if matches!(trouble, Trouble::Restarting) {
            self.restarting = Some(Instant::now() + RESTART);
        }
        explain(trouble, &mut self.report);
        let waits = self.restarting.is_some_and(|until| Instant::now() < until);
        let on_its_way = !matches!(
            self.report.modem.state,
            ModemState::Locked(Lock::SimPin | Lock::SimPuk) | ModemState::Busy { .. }
        );
        if !waits || !on_its_way {
            self.restarting = None;
            return;
        }
        let device = self.report.modem.device.take();
        self.report.modem = Modem {
            state: ModemState::Restarting,
            device,
            ..Modem::default()
        };
        self.report.error = Some(Trouble::Restarting.to_string());
    }

    /// A restart also helps a modem that fails; what else is wanted of it cannot be.
    pub(super) fn run_errands_without_modem(&mut self) {
        if let Some((how, reply)) = self.errands.take_restart() {
            let answer = match carrier::restart(&self.options, how) {
                Ok(()) | Err(Trouble::Restarting) => {
                    self.explain(&Trouble::Restarting);
                    Ok(Outcome::Restarting)
                }
                Err(trouble) => Err(trouble.to_string()),
            };
            let _ = reply.send(answer);
        }
        if !self.errands.is_empty() {
            let error = self.report.error.clone();
            self.errands
                .refuse(&error.unwrap_or_else(|| "there is no modem".to_owned()));
        }
    }
}

/// What trouble means for line and popup.
pub fn explain(trouble: &Trouble, report: &mut Report) {
    let device = report.modem.device.take();
    let (state, tries) = match trouble {
        Trouble::Open(OpenError::Absent(_)) => (ModemState::Absent, None),
        Trouble::Open(OpenError::Busy { holder, .. }) => (
            ModemState::Busy {
                holder: holder.as_ref().map(ToString::to_string),
            },
            None,
        ),
        Trouble::Locked { lock, tries, .. } => {
            let left = if *lock == Lock::SimPuk {
                tries.puk
            } else {
                tries.pin
            };
            (ModemState::Locked(lock.clone()), left)
        }
        Trouble::Modem(AtError::Gone(_)) => (ModemState::Absent, None),
        Trouble::Sibling(holder) => (
            ModemState::Busy {
                holder: Some(holder.to_string()),
            },
            None,
        ),
        Trouble::NotReady { state, .. } => (state.clone(), None),
        Trouble::Restarting => (ModemState::Restarting, None),
        // Nothing is wrong with the modem.
        Trouble::Store(_) | Trouble::Refused(_) => (ModemState::Starting, None),
        other => (ModemState::Failed(other.to_string()), None),
    };
    report.modem = Modem {
        state,
        device,
        pin_tries: tries,
        ..Modem::default()
    };
    // That it is starting is nothing wrong.
    let is_on_its_way =
        report.modem.state == ModemState::Starting && matches!(trouble, Trouble::NotReady { .. });
    report.error = (!is_on_its_way).then(|| trouble.to_string());
}
