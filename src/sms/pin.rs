//! Whether a PIN may be spent: never the same wrong one twice, never the last try.
//!
//! The original sent a wrong PIN at every poll until the SIM asked for its PUK. Here a PIN is
//! written down (as a salted hash) *before* it goes to the SIM, and taken off the list when the
//! SIM has said that it is right, or has not looked at it: a crash in between spends one try at
//! the most. Where the SIM's counter shows that no try was spent, it may be tried again.

use sha2::{Digest, Sha256};

use crate::secret::Secret;
use crate::sms::serial::PinTries;
use crate::sms::store::{Refused, Store, StoreError};

/// Why a PIN is not sent to the SIM.
#[derive(Debug, thiserror::Error)]
pub enum PinRefusal {
    /// It cannot be a PIN.
    #[error("a PIN has 4 to 8 digits; check what you gave")]
    NotAPin,
    /// The SIM has refused this very PIN before, or nobody knows what became of it.
    #[error(
        "the SIM did not take this PIN before, so it is not sent again; give another one, or if \
         it is surely right run 'xsms modem --forget-pins'"
    )]
    RefusedBefore,
    /// Only one try is left, or nobody knows and two were refused already.
    #[error(
        "only one PIN try may be left and barpop never spends the last one; \
         enter the PIN in a phone"
    )]
    LastTry,
    /// The system gives no random numbers.
    #[error("the system gives no random numbers, so the PIN cannot be remembered safely")]
    NoSalt,
    /// The list of refused PINs cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// With no counter to read, a third wrong PIN may be the one that blocks the SIM.
const REFUSALS_WITHOUT_A_COUNTER: u32 = 2;

/// A PIN that may be sent, and is written down as sent.
#[derive(Debug)]
pub struct Claim {
    salt: Vec<u8>,
}

/// Whether the digits can be a PIN (3GPP TS 31.101 clause 9.5.1: 4 to 8 of them).
#[must_use]
pub fn is_pin(text: &Secret) -> bool {
    let digits = text.reveal();
    (4..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the digits can be a PUK: 8 of them.
#[must_use]
pub fn is_puk(text: &Secret) -> bool {
    text.reveal().len() == 8 && is_pin(text)
}

/// Writes the PIN down as tried, if it may be.
///
/// # Errors
/// [`PinRefusal`] says why it must not be sent.
pub fn claim(store: &mut Store, pin: &Secret, tries: PinTries) -> Result<Claim, PinRefusal> {
    if !is_pin(pin) {
        return Err(PinRefusal::NotAPin);
    }
    for known in store.refused_pins()? {
        let unspent = known.tries.is_some() && known.tries == tries.pin;
        if !unspent && known.tries.is_some() && tries.pin.is_some() {
            // Now it is known, whatever the counter says after the next success.
            store.confirm_refused_pin(&known.salt)?;
        }
        if hash(&known.salt, pin) == known.hash {
            if !unspent {
                return Err(PinRefusal::RefusedBefore);
            }
            store.release_pin(&known.salt)?;
        }
    }
    let last = match tries.pin {
        Some(left) => left <= 1,
        None => store.refused_pin_count()? >= REFUSALS_WITHOUT_A_COUNTER,
    };
    if last {
        return Err(PinRefusal::LastTry);
    }
    let mut salt = vec![0; 16];
    getrandom::fill(&mut salt).map_err(|_| PinRefusal::NoSalt)?;
    let hash = hash(&salt, pin);
    store.claim_pin(&Refused {
        salt: salt.clone(),
        hash,
        tries: tries.pin,
    })?;
    Ok(Claim { salt })
}

/// The SIM refused it: never again.
///
/// # Errors
/// When the store cannot be written.
pub fn refused(store: &mut Store, claim: &Claim) -> Result<(), StoreError> {
    store.confirm_refused_pin(&claim.salt)
}

/// The SIM did not look at it, so nothing is spent.
///
/// # Errors
/// When the store cannot be written.
pub fn not_tried(store: &mut Store, claim: &Claim) -> Result<(), StoreError> {
    store.release_pin(&claim.salt)
}

/// The SIM took this PIN: the count starts anew. Other PINs that were refused stay on the list.
///
/// # Errors
/// When the store cannot be written.
pub fn accepted(store: &mut Store, claim: &Claim) -> Result<(), StoreError> {
    store.release_pin(&claim.salt)?;
    store.restart_pin_count()
}

/// The SIM is open without us: the count starts anew, what was refused stays refused.
///
/// # Errors
/// When the store cannot be written.
pub fn opened(store: &mut Store) -> Result<(), StoreError> {
    if store.refused_pin_count()? == 0 {
        return Ok(());
    }
    store.restart_pin_count()
}

/// The PUK set a new PIN, which may be one that was refused before.
///
/// # Errors
/// When the store cannot be written.
pub fn reset(store: &mut Store) -> Result<(), StoreError> {
    store.clear_refused_pins()
}

fn hash(salt: &[u8], pin: &Secret) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(pin.reveal().as_bytes());
    hasher.finalize().to_vec()
}
