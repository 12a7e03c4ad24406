//! Sending through ModemManager, so that the person is told the truth about it.

use std::borrow::BorrowMut;
use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use zbus::{OwnedObjectPath, Variant};

use super::object::{MESSAGING, Modem, SMS, Sms};
use super::session::{Session, body};
use super::{Owner, PATIENCE, words};
use crate::bus::BusError;
use crate::sms::owner::Trouble;
use crate::sms::store::{Outgoing, Store, StoreError};

/// The network may take up to a minute for a part, and a modem that tries again once more.
const SENDING: Duration = Duration::from_secs(150);
/// That the network has a message must get into the store, this many times 5 s at the most.
const STUBBORN: u32 = 12;

/// What came of one message.
enum Outcome {
    Sent(u8),
    /// The network surely does not have it, and it can go by itself later.
    Later,
    /// It was refused.
    Failed(String),
    /// Nobody knows; with what is wrong with ModemManager.
    Unknown(String, Option<Trouble>),
}

impl<S: BorrowMut<Session>> Owner<S> {
    /// See [`Carrier::send_queued`](crate::sms::carrier::Carrier::send_queued).
    pub(super) fn send_all(
        &mut self,
        store: &mut Store,
        go_on: &mut dyn FnMut(&mut Store) -> bool,
    ) -> Result<(), Trouble> {
        while let Some(message) = store.next_queued()? {
            self.session().listen();
            self.check()?;
            let modem = self.modem.clone();
            let known = self.session().modems.get(&modem);
            if !known.is_some_and(Modem::can_send) {
                // It goes when the network is back.
                return Ok(());
            }
            if message.waiting.len() < usize::from(message.parts) {
                // ModemManager sends a text whole, and nobody shall get half of it twice.
                let reason = "a part of it went out by another way; send the rest as a new message";
                store.fail(message.id, reason)?;
                continue;
            }
            // Said before it is done: what dies in between is in doubt.
            if !store.begin_whole(message.id)? {
                // Taken back meanwhile, or another process sends it.
                continue;
            }
            go_on(store);
            match self.send(&modem, &message) {
                Outcome::Sent(reference) => keep(store, &message, reference)?,
                Outcome::Later => {
                    store.postpone(message.id)?;
                    go_on(store);
                    return Ok(());
                }
                Outcome::Failed(reason) => store.fail(message.id, &reason)?,
                Outcome::Unknown(reason, trouble) => {
                    store.unknown(message.id, &reason)?;
                    if let Some(trouble) = trouble {
                        go_on(store);
                        return Err(trouble);
                    }
                }
            }
            if !go_on(store) {
                return Ok(());
            }
        }
        Ok(())
    }

    fn send(&mut self, modem: &str, message: &Outgoing) -> Outcome {
        let mut wanted = HashMap::from([
            ("number", Variant::from(message.address.as_str())),
            ("text", Variant::from(message.text.as_str())),
        ]);
        if self.delivery_reports {
            wanted.insert("delivery-report-request", Variant::from(true));
        }
        let session = self.session();
        let made = session
            .call(modem, MESSAGING, "Create", &(wanted,), PATIENCE)
            .and_then(|answer| body::<OwnedObjectPath>(&answer));
        let path = match made {
            Ok(path) => path,
            // Nothing was given to the network yet.
            Err(error) => return not_made(&error),
        };
        let patience = SENDING * u32::from(message.parts.max(1));
        let sent = session.call(path.as_str(), SMS, "Send", &(), patience);
        let outcome = match sent {
            Ok(_) => {
                let paths = [path.to_string()];
                let said = session.properties(&paths, SMS).unwrap_or_default();
                let reference = said.first().map_or(0, |(_, said)| Sms::of(said).reference);
                Outcome::Sent(reference)
            }
            Err(error) => not_sent(&error, message),
        };
        // It would stay in ModemManager's list. One that it may still be sending is left alone.
        if !matches!(outcome, Outcome::Unknown(..)) {
            let _ = session.call(modem, MESSAGING, "Delete", &(&*path,), PATIENCE);
        }
        outcome
    }
}

/// What was refused before it was begun.
fn not_made(error: &BusError) -> Outcome {
    match error {
        BusError::Refused { .. } | BusError::Forbidden(_) | BusError::Garbled(_) => {
            Outcome::Failed(words::sentence(error))
        }
        _ => Outcome::Later,
    }
}

/// Why a message did not go.
fn not_sent(error: &BusError, message: &Outgoing) -> Outcome {
    let doubt = |what: String| format!("{what}; it may or may not have been sent");
    match error {
        BusError::Gone | BusError::NotRunning(_) => Outcome::Unknown(
            doubt("ModemManager went away while sending it".to_owned()),
            Some(words::trouble(error)),
        ),
        BusError::Stalled(_) | BusError::Garbled(_) | BusError::NoBus { .. } => Outcome::Unknown(
            doubt("ModemManager did not confirm the message".to_owned()),
            None,
        ),
        BusError::Forbidden(_) => Outcome::Failed(words::sentence(error)),
        BusError::Refused { .. } => match words::code(error) {
            // Parts of a long one may be gone already.
            "Message.NoNetwork" | "MobileEquipment.NoNetwork" | "Core.WrongState"
                if message.parts == 1 =>
            {
                Outcome::Later
            }
            "Message.NetworkTimeout"
            | "MobileEquipment.NetworkTimeout"
            | "Serial.ResponseTimeout"
            | "Serial.SendFailed"
            | "Core.Timeout"
            | "Core.Cancelled"
            | "Core.Aborted" => Outcome::Unknown(doubt(words::sentence(error)), None),
            _ if message.parts > 1 => Outcome::Failed(format!(
                "{}; some of its parts may have been sent",
                words::sentence(error)
            )),
            _ => Outcome::Failed(words::sentence(error)),
        },
    }
}

/// That the network has it must be kept.
fn keep(store: &mut Store, message: &Outgoing, reference: u8) -> Result<(), StoreError> {
    let mut tries = 0;
    while let Err(error) = store.whole_sent(message.id, reference, Timestamp::now()) {
        tries += 1;
        if tries == STUBBORN || !matches!(error, StoreError::Busy(_)) {
            return Err(error);
        }
    }
    Ok(())
}
