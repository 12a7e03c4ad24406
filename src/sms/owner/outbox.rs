//! Sending what is queued, so that the person is told the truth about it.

use jiff::Timestamp;

use super::{Owner, Trouble};
use crate::at::AtError;
use crate::sms::pdu::{self, EncodeOptions};
use crate::sms::serial::{Mode, SendError, split_plain};
use crate::sms::store::{Outgoing, Store, StoreError};

/// How sending one message ended, if not well.
enum Sending {
    /// The network surely does not have it, and it can go by itself later.
    Later(AtError),
    /// The network surely does not have it, for a reason that passes; the sentence says which.
    Passing(String),
    /// It was refused; the sentence says by whom and why.
    Failed(String),
    /// Nobody knows; the sentence says what happened.
    Unknown(String, Option<AtError>),
    Store(StoreError),
}

impl From<StoreError> for Sending {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SendError> for Sending {
    fn from(error: SendError) -> Self {
        let sentence = error.to_string();
        match error {
            SendError::NotNow(error) => Self::Later(error),
            SendError::Refused(error) => {
                let passes = matches!(error.number(), Some(41 | 42 | 47));
                let sentence = match error.reason() {
                    Some(reason) => format!("refused by the modem or the network: {reason}"),
                    None => sentence,
                };
                if passes {
                    Self::Passing(sentence)
                } else {
                    Self::Failed(sentence)
                }
            }
            SendError::Unknown(gone @ AtError::Gone(_)) => Self::Unknown(sentence, Some(gone)),
            SendError::Unknown(_) | SendError::Unconfirmed => Self::Unknown(sentence, None),
        }
    }
}

/// A message that the network refuses for a passing reason (temporary failure, congestion, no
/// resources: 3GPP TS 24.011 annex E-2, causes 41, 42, 47) is tried so often, a minute apart.
const TRIES: u8 = 5;
/// That the network has a part must get into the store: while another process keeps the store
/// busy it is tried again, this often at the most (5 s each).
const PATIENCE: u32 = 12;

impl Owner {
    /// See [`Carrier::send_queued`](super::Carrier::send_queued).
    pub(super) fn send_all(
        &mut self,
        store: &mut Store,
        go_on: &mut dyn FnMut(&mut Store) -> bool,
    ) -> Result<(), Trouble> {
        if store.next_queued()?.is_none() {
            return Ok(());
        }
        // Without network a modem takes a message all the same, and fails with it a minute later.
        let registration = self.modem.registration()?;
        self.set_registration(registration);
        self.network_returned = false;
        if registration.is_some_and(|registration| !registration.serves()) {
            return Ok(());
        }
        let mut before = None;
        let mut postponed = Vec::new();
        while let Some(message) = store.next_queued_but(&postponed)? {
            if before.as_ref() == Some(&message) {
                // It did not get any further; another turn would not help it either.
                return Ok(());
            }
            match self.send(&message, store, go_on) {
                Ok(()) => {}
                Err(Sending::Later(error)) => {
                    store.postpone(message.id)?;
                    go_on(store);
                    return match error {
                        // No service: the modem itself is well.
                        AtError::Refused { .. } => Ok(()),
                        error => Err(error.into()),
                    };
                }
                // It is refused now, which may be about this message only: the others go on.
                Err(Sending::Passing(reason)) => {
                    let refusals = self.refusals.entry(message.id).or_default();
                    *refusals += 1;
                    if *refusals >= TRIES {
                        self.refusals.remove(&message.id);
                        let reason = format!("{reason}; tried {TRIES} times");
                        store.fail(message.id, &reason)?;
                    } else {
                        store.postpone(message.id)?;
                        postponed.push(message.id);
                    }
                }
                Err(Sending::Failed(reason)) => store.fail(message.id, &reason)?,
                Err(Sending::Unknown(reason, gone)) => {
                    store.unknown(message.id, &reason)?;
                    if let Some(gone) = gone {
                        go_on(store);
                        return Err(gone.into());
                    }
                }
                Err(Sending::Store(error)) => return Err(error.into()),
            }
            if !go_on(store) {
                return Ok(());
            }
            before = Some(message);
        }
        Ok(())
    }

    fn send(
        &mut self,
        message: &Outgoing,
        store: &mut Store,
        go_on: &mut dyn FnMut(&mut Store) -> bool,
    ) -> Result<(), Sending> {
        if self.modem.mode() == Mode::Pdu {
            let options = EncodeOptions {
                address: message.address.clone(),
                concat_reference: message.concat_reference,
                status_report: self.delivery_reports,
                ..EncodeOptions::default()
            };
            let parts = pdu::encode(&options, &message.text)
                .map_err(|error| Sending::Failed(error.to_string()))?;
            if parts.len() > 1 {
                self.modem.more_to_send();
            }
            self.send_parts(message, &parts, store, go_on, |owner, part| {
                owner.modem.send_pdu(part)
            })
        } else {
            // A modem in text mode cannot mark parts as belonging together: they go as messages
            // of their own, of which there may be fewer, since they need no header.
            let parts = split_plain(&message.text);
            self.send_parts(message, &parts, store, go_on, |owner, (text, alphabet)| {
                owner.modem.send_text(&message.address, text, *alphabet)
            })
        }
    }

    fn send_parts<T>(
        &mut self,
        message: &Outgoing,
        parts: &[T],
        store: &mut Store,
        go_on: &mut dyn FnMut(&mut Store) -> bool,
        mut send: impl FnMut(&mut Self, &T) -> Result<u8, SendError>,
    ) -> Result<(), Sending> {
        let count = u8::try_from(parts.len()).unwrap_or(u8::MAX);
        if count != message.parts {
            store.resize(message.id, count)?;
        }
        for (number, part) in (1..=count).zip(parts) {
            if !message.waiting.contains(&number) && number <= message.parts {
                continue;
            }
            // Here, and not while the part is in the modem's hands, it can still be taken back.
            go_on(store);
            if !store.begin_part(message.id, number)? {
                // Taken back meanwhile, or another process sends it.
                return Ok(());
            }
            go_on(store);
            let reference = send(self, part)?;
            let mut tries = 0;
            while let Err(error) = store.part_sent(message.id, number, reference, Timestamp::now())
            {
                tries += 1;
                if tries == PATIENCE || !matches!(error, StoreError::Busy(_)) {
                    return Err(error.into());
                }
            }
        }
        store.finish(message.id)?;
        Ok(())
    }
}
