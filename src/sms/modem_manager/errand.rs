//! USSD and restarts through ModemManager.

use std::borrow::BorrowMut;
use std::num::NonZeroU32;
use std::time::Duration;

use super::object::{MODEM, USSD};
use super::session::{Session, body};
use super::{ENABLING, Owner, PATIENCE, choose, none, object, words};
use crate::bus::BusError;
use crate::sms::Options;
use crate::sms::errand::Restart;
use crate::sms::options::Device;
use crate::sms::owner::Trouble;
use crate::sms::ussd::{Progress, Reply, Request};

/// `MMModemPowerState`.
const LOW: u32 = 2;
const ON: u32 = 3;
/// A modem takes a while to go down.
const RESETTING: Duration = Duration::from_secs(30);

impl<S: BorrowMut<Session>> Owner<S> {
    /// See [`Carrier::ussd`](crate::sms::carrier::Carrier::ussd).
    pub(super) fn ask_ussd(&mut self, request: &Request) -> Result<(), Trouble> {
        let modem = self.modem.clone();
        let session = self.session();
        if !session.modems.get(&modem).is_some_and(|m| m.has(USSD)) {
            let sentence = "ModemManager takes no USSD codes for this modem";
            return Err(Trouble::Refused(sentence.to_owned()));
        }
        let asked = match request {
            Request::Code(code) => session.send(&modem, USSD, "Initiate", code),
            Request::Answer(text) => session.send(&modem, USSD, "Respond", text),
            Request::Cancel => {
                self.ussd = None;
                let session = self.session();
                let answer = session.call(&modem, USSD, "Cancel", &(), PATIENCE);
                return match answer {
                    // There was none to be cancelled.
                    Ok(_) | Err(BusError::Refused { .. }) => Ok(()),
                    Err(error) => Err(refusal(&error)),
                };
            }
        };
        self.ussd = Some(asked.map_err(|error| refusal(&error))?);
        Ok(())
    }

    /// See [`Carrier::take_ussd`](crate::sms::carrier::Carrier::take_ussd).
    pub(super) fn ussd_replies(&mut self) -> Vec<Reply> {
        let mut replies: Vec<Reply> = self.session().said.drain(..).collect();
        if let Some(serial) = self.ussd
            && let Some(reply) = self.ussd_answer(serial)
        {
            self.ussd = None;
            replies.push(reply);
        }
        replies
    }

    fn ussd_answer(&mut self, serial: NonZeroU32) -> Option<Reply> {
        let modem = self.modem.clone();
        let session = self.session();
        let reply = |progress, text: String| Reply { progress, text };
        Some(match session.take_answer(serial)? {
            Ok(answer) => {
                let text: String = body(&answer).unwrap_or_default();
                // The signal that says whether an answer is wanted comes after this one.
                let said = session.properties(std::slice::from_ref(&modem), USSD);
                let state = said.ok().and_then(|said| said.into_iter().next());
                let asks = state.is_some_and(|(_, said)| object::ussd_asks(&said));
                let progress = if asks { Progress::Asks } else { Progress::Done };
                reply(progress, text)
            }
            Err(error) => match words::code(&error) {
                "Core.Unsupported" | "MobileEquipment.NotSupported" => {
                    reply(Progress::Unsupported, String::new())
                }
                "Core.Cancelled" | "Core.Aborted" => reply(Progress::Ended, String::new()),
                "Core.Timeout" | "Serial.ResponseTimeout" | "MobileEquipment.NetworkTimeout" => {
                    reply(Progress::TimedOut, String::new())
                }
                _ => reply(Progress::Ended, words::sentence(&error)),
            },
        })
    }

    /// See [`Carrier::restart`](crate::sms::carrier::Carrier::restart).
    pub(super) fn restart_modem(&mut self, how: Restart) -> Result<(), Trouble> {
        let modem = self.modem.clone();
        restart_one(self.session(), &modem, how)
    }
}

/// Restarts the wanted modem without opening its SIM.
///
/// # Errors
/// [`Trouble::Refused`] when ModemManager or the modem do not do it, and when there is none.
pub fn restart(options: &Options, how: Restart) -> Result<(), Trouble> {
    let wanted = match &options.device {
        Device::ModemManager(wanted) => wanted.as_deref(),
        _ => None,
    };
    let mut session = super::connect()?;
    let modem = choose(&session, wanted).ok_or_else(|| none(&session, wanted))?;
    restart_one(&mut session, &modem, how)
}

fn restart_one(session: &mut Session, modem: &str, how: Restart) -> Result<(), Trouble> {
    let mut call = |method: &str, body: u32| {
        let answer = match method {
            "Reset" => session.call(modem, MODEM, method, &(), RESETTING),
            "Enable" => session.call(modem, MODEM, method, &(body > 0), ENABLING),
            _ => session.call(modem, MODEM, method, &body, RESETTING),
        };
        answer.map(drop)
    };
    let done = match how {
        Restart::Reset => call("Reset", 0),
        Restart::PowerCycle => call("Enable", 0).and_then(|()| {
            let cycled = call("SetPowerState", LOW).and_then(|()| call("SetPowerState", ON));
            // Whatever came of it, the modem is not left off.
            call("Enable", 1).and(cycled)
        }),
    };
    match done {
        // It may go before it has answered.
        Ok(()) | Err(BusError::Gone | BusError::NotRunning(_)) => Ok(()),
        Err(error) => Err(refusal(&error)),
    }
}

/// It does not do this one thing.
fn refusal(error: &BusError) -> Trouble {
    match error {
        BusError::Refused { .. } if words::code(error) == "Core.Unsupported" => {
            Trouble::Refused("ModemManager cannot do that with this modem".to_owned())
        }
        BusError::Refused { .. } | BusError::Forbidden(_) => {
            Trouble::Refused(words::sentence(error))
        }
        other => words::trouble(other),
    }
}
