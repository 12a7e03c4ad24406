//! Whether a PIN may be spent: never the same wrong one twice, never the last try.
//!
//! The original sent a wrong PIN at every poll until the SIM asked for its PUK. Here a PIN is
//! written down (as a salted hash) *before* it goes to the SIM, and taken off the list only
//! when the SIM has said that it is right: a crash in between spends one try, not three.

use sha2::{Digest, Sha256};

use crate::secret::Secret;
use crate::sms::serial::PinTries;
use crate::sms::store::{Store, StoreError};

/// Why a PIN is not sent to the SIM.
#[derive(Debug, thiserror::Error)]
pub enum PinRefusal {
    /// It cannot be a PIN.
    #[error("a PIN has 4 to 8 digits; check what you gave")]
    NotAPin,
    /// The SIM has refused this very PIN before.
    #[error("the SIM refused this PIN before, so it is not sent again; give another one")]
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

/// Writes the PIN down as tried, if it may be.
///
/// # Errors
/// [`PinRefusal`] says why it must not be sent.
pub fn claim_try(store: &mut Store, pin: &Secret, tries: PinTries) -> Result<(), PinRefusal> {
    let digits = pin.reveal();
    if !(4..=8).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PinRefusal::NotAPin);
    }
    let refused = store.refused_pins()?;
    if refused
        .iter()
        .any(|known| hash(&known.salt, pin) == known.hash)
    {
        return Err(PinRefusal::RefusedBefore);
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
    store.claim_pin(&salt, &hash(&salt, pin))?;
    Ok(())
}

/// The SIM took this PIN: it is right, and the count starts anew. Other PINs that were refused
/// stay on the list.
///
/// # Errors
/// When the store cannot be written.
pub fn accepted(store: &mut Store, pin: &Secret) -> Result<(), StoreError> {
    for known in store.refused_pins()? {
        if hash(&known.salt, pin) == known.hash {
            store.release_pin(&known.salt)?;
        }
    }
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
