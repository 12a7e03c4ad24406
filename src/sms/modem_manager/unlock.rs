//! A SIM behind ModemManager.

use std::time::Duration;

use super::object::SIM;
use super::session::Session;
use super::words;
use crate::bus::BusError;
use crate::secret::Secret;
use crate::sms::owner::{NotEntered, Sim, Trouble};
use crate::sms::serial::{PinTries, SimState};
use crate::sms::snapshot::{Lock, ModemState};

/// A modem may try for this long.
const ENTERING: Duration = Duration::from_secs(30);
/// How long ModemManager takes to see that a SIM is open.
const SEEING: Duration = Duration::from_secs(15);

/// The SIM of one modem.
pub struct SimOf<'a> {
    pub session: &'a mut Session,
    pub modem: &'a str,
}

impl SimOf<'_> {
    fn lock(&self) -> Option<Lock> {
        self.session.modems.get(self.modem)?.lock()
    }

    fn enter<B>(&mut self, method: &str, body: &B) -> Result<(), NotEntered>
    where
        B: serde::Serialize + zbus::DynamicType,
    {
        let before = self.lock();
        let modem = self.session.modems.get(self.modem);
        let Some(sim) = modem.and_then(super::object::Modem::sim) else {
            return Err(NotEntered::Untried(words::no_sim()));
        };
        let tries = modem.map(|modem| (modem.tries(2), modem.tries(4)));
        let sent = self.session.call(&sim, SIM, method, body, ENTERING);
        let modem = self.modem;
        match sent {
            Ok(_) => {
                let lock = |session: &Session| session.modems.get(modem)?.lock();
                self.session
                    .wait_until(SEEING, |session| lock(session) != before);
                Ok(())
            }
            Err(error @ (BusError::Gone | BusError::Stalled(_) | BusError::NotRunning(_))) => {
                Err(NotEntered::Unknown(words::trouble(&error)))
            }
            Err(error) if is_untried(&error) => Err(NotEntered::Untried(words::trouble(&error))),
            // Everything else counts as a spent try.
            Err(_) => {
                // The counter comes after the answer.
                let count = |session: &Session| {
                    let modem = session.modems.get(modem);
                    modem.map(|modem| (modem.tries(2), modem.tries(4)))
                };
                self.session
                    .wait_until(Duration::from_secs(2), |session| count(session) != tries);
                Err(NotEntered::Wrong)
            }
        }
    }
}

/// Whether the SIM has not seen it.
fn is_untried(error: &BusError) -> bool {
    words::is_forbidden(error)
        || matches!(
            words::code(error),
            "Core.WrongState"
                | "Core.InProgress"
                | "Core.Retry"
                | "Core.Throttled"
                | "MobileEquipment.SimBusy"
                | "MobileEquipment.SimNotInserted"
        )
}

impl Sim for SimOf<'_> {
    fn state(&mut self) -> Result<SimState, Trouble> {
        self.session.listen();
        if !self.session.modems.contains_key(self.modem) {
            return Err(words::not_ready(
                ModemState::Absent,
                "the modem is gone; plug it in again",
            ));
        }
        Ok(self.lock().map_or(SimState::Ready, SimState::Locked))
    }

    fn tries(&mut self) -> Result<PinTries, Trouble> {
        let modem = self.session.modems.get(self.modem);
        Ok(PinTries {
            pin: modem.and_then(|modem| modem.tries(2)),
            puk: modem.and_then(|modem| modem.tries(4)),
        })
    }

    fn enter_pin(&mut self, pin: &Secret) -> Result<(), NotEntered> {
        self.enter("SendPin", &(pin.reveal(),))
    }

    fn enter_puk(&mut self, puk: &Secret, new_pin: &Secret) -> Result<(), NotEntered> {
        self.enter("SendPuk", &(puk.reveal(), new_pin.reveal()))
    }
}
