//! Restarting: `+CFUN` and Sierra's `!RESET` (27.007 clause 8.2).

use std::time::Duration;

use super::answer::{Answer, Refusal, ok};
use super::command::Values;
use super::{Event, Modem};

/// The port goes a moment after the answer.
const GOES: Duration = Duration::from_millis(50);

impl Modem {
    pub(super) fn functionality(&mut self, values: &Values) -> Answer {
        match values.number(0) {
            Some(_) if values.number(1) == Some(1) && self.options.boots_in.is_some() => {
                self.reboot()
            }
            Some(function @ (0 | 1 | 4)) => {
                if values.number(1) == Some(1) {
                    self.faults.reset_on = Some("+CFUN".to_owned());
                }
                if function == 0 {
                    // The SIM loses its power.
                    self.lock.power_on();
                }
                self.network.function = function;
                ok()
            }
            _ => Err(Refusal::Cme(50)),
        }
    }

    /// The port goes, and comes back when the modem has booted.
    pub(super) fn reboot(&mut self) -> Answer {
        let Some(boots_in) = self.options.boots_in else {
            return Err(Refusal::Error);
        };
        let gone = self.now + self.faults.latency + GOES;
        self.later(gone, Event::Unplug);
        self.later(gone + boots_in, Event::Replug);
        ok()
    }
}
