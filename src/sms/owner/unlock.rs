//! Opening the SIM, so that no try is wasted.

use super::Trouble;
use crate::at::SerialPort;
use crate::secret::Secret;
use crate::sms::options::PinSource;
use crate::sms::pin::{self, PinRefusal};
use crate::sms::serial::{PinTries, SerialModem, SimState, UnlockError};
use crate::sms::snapshot::Lock;
use crate::sms::store::Store;

/// What the person entered to open the SIM.
#[derive(Debug, Clone)]
pub enum Key {
    /// The PIN.
    Pin(Secret),
    /// The PUK and the PIN that shall be in force from now on.
    Puk(Secret, Secret),
}

/// A SIM, whichever way it is reached.
pub trait Sim {
    /// What it wants.
    ///
    /// # Errors
    /// When the modem is gone or silent.
    fn state(&mut self) -> Result<SimState, Trouble>;

    /// How many tries are left.
    ///
    /// # Errors
    /// When the modem is gone or silent.
    fn tries(&mut self) -> Result<PinTries, Trouble>;

    /// Enters the PIN, once.
    ///
    /// # Errors
    /// See [`NotEntered`].
    fn enter_pin(&mut self, pin: &Secret) -> Result<(), NotEntered>;

    /// Enters the PUK and the PIN that shall be in force from now on, once.
    ///
    /// # Errors
    /// See [`NotEntered`].
    fn enter_puk(&mut self, puk: &Secret, new_pin: &Secret) -> Result<(), NotEntered>;
}

/// Why a PIN or PUK did not open the SIM.
pub enum NotEntered {
    /// The SIM says that it is wrong; a try is spent.
    Wrong,
    /// The SIM has not looked at it.
    Untried(Trouble),
    /// Nobody knows what became of it.
    Unknown(Trouble),
}

impl From<UnlockError> for NotEntered {
    fn from(error: UnlockError) -> Self {
        match error {
            UnlockError::Wrong => Self::Wrong,
            UnlockError::Busy(error) => Self::Untried(error.into()),
            UnlockError::Modem(error) => Self::Unknown(error.into()),
        }
    }
}

impl Sim for SerialModem<SerialPort> {
    fn state(&mut self) -> Result<SimState, Trouble> {
        Ok(self.sim_state()?)
    }

    fn tries(&mut self) -> Result<PinTries, Trouble> {
        Ok(self.pin_tries()?)
    }

    fn enter_pin(&mut self, pin: &Secret) -> Result<(), NotEntered> {
        Ok(Self::enter_pin(self, pin)?)
    }

    fn enter_puk(&mut self, puk: &Secret, new_pin: &Secret) -> Result<(), NotEntered> {
        Ok(Self::enter_puk(self, puk, new_pin)?)
    }
}

/// Brings the SIM to where messages can be reached: with the key that was just entered, else
/// with the configured PIN.
///
/// # Errors
/// [`Trouble::Locked`] when it stays locked; when modem or store fail.
pub fn open_sim(
    modem: &mut dyn Sim,
    store: &mut Store,
    key: Option<&Key>,
    configured: &PinSource,
) -> Result<(), Trouble> {
    let lock = match modem.state()? {
        SimState::Ready => return Ok(pin::opened(store)?),
        SimState::Locked(lock) => lock,
    };
    let tries = match lock {
        Lock::SimPin | Lock::SimPuk => modem.tries()?,
        Lock::NoSim | Lock::Other(_) => PinTries::default(),
    };
    let locked = |sentence| Trouble::Locked {
        lock: lock.clone(),
        tries,
        sentence,
    };
    let answer = match (&lock, key) {
        (Lock::SimPin, Some(Key::Pin(pin))) => try_pin(modem, store, pin, tries),
        (Lock::SimPin, None) => match configured.read() {
            Ok(Some(pin)) => try_pin(modem, store, &pin, tries),
            Ok(None) => return Err(locked(wanted(&lock))),
            Err(error) => return Err(locked(error.to_string())),
        },
        (Lock::SimPuk, Some(Key::Puk(puk, new_pin))) => try_puk(modem, store, puk, new_pin, tries),
        _ => return Err(locked(wanted(&lock))),
    };
    match answer {
        Ok(()) => match modem.state()? {
            SimState::Ready => Ok(()),
            SimState::Locked(lock) => {
                let sentence = wanted(&lock);
                Err(Trouble::Locked {
                    lock,
                    tries: PinTries::default(),
                    sentence,
                })
            }
        },
        Err(NotOpen::Refusal(refusal)) => Err(locked(refusal)),
        Err(NotOpen::Trouble(trouble)) => Err(trouble),
        Err(NotOpen::Wrong) => {
            let SimState::Locked(now) = modem.state()? else {
                return Ok(());
            };
            let tries = modem.tries()?;
            let sentence = wrong(&lock, &now, tries);
            let lock = now;
            Err(Trouble::Locked {
                lock,
                tries,
                sentence,
            })
        }
    }
}

/// Why a key did not open the SIM.
enum NotOpen {
    /// It was not sent; the sentence says why.
    Refusal(String),
    /// The SIM says that it is wrong.
    Wrong,
    Trouble(Trouble),
}

impl<E: Into<Trouble>> From<E> for NotOpen {
    fn from(error: E) -> Self {
        Self::Trouble(error.into())
    }
}

fn try_pin(
    modem: &mut dyn Sim,
    store: &mut Store,
    secret: &Secret,
    tries: PinTries,
) -> Result<(), NotOpen> {
    let claim = match pin::claim(store, secret, tries) {
        Ok(claim) => claim,
        Err(PinRefusal::Store(error)) => return Err(error.into()),
        Err(refusal) => return Err(NotOpen::Refusal(refusal.to_string())),
    };
    match modem.enter_pin(secret) {
        Ok(()) => Ok(pin::accepted(store, &claim)?),
        Err(NotEntered::Wrong) => {
            pin::refused(store, &claim)?;
            Err(NotOpen::Wrong)
        }
        Err(NotEntered::Untried(trouble)) => {
            pin::not_tried(store, &claim)?;
            Err(trouble.into())
        }
        // Nobody knows whether the SIM saw it; the claim stays.
        Err(NotEntered::Unknown(trouble)) => Err(trouble.into()),
    }
}

fn try_puk(
    modem: &mut dyn Sim,
    store: &mut Store,
    puk: &Secret,
    new_pin: &Secret,
    tries: PinTries,
) -> Result<(), NotOpen> {
    let refusal = |sentence: &str| Err(NotOpen::Refusal(sentence.to_owned()));
    if !pin::is_puk(puk) || !pin::is_pin(new_pin) {
        return refusal("a PUK has 8 digits and a PIN 4 to 8; check what you typed");
    }
    if tries.puk.is_some_and(|left| left <= 1) {
        return refusal(
            "only one PUK try is left and barpop never spends the last one; ask your operator",
        );
    }
    match modem.enter_puk(puk, new_pin) {
        Ok(()) => Ok(pin::reset(store)?),
        Err(NotEntered::Wrong) => Err(NotOpen::Wrong),
        Err(NotEntered::Untried(trouble) | NotEntered::Unknown(trouble)) => Err(trouble.into()),
    }
}

/// What to tell about a key that was wrong; `asked` is what the SIM had wanted.
fn wrong(asked: &Lock, lock: &Lock, tries: PinTries) -> String {
    let left = match if *lock == Lock::SimPuk {
        tries.puk
    } else {
        tries.pin
    } {
        None => String::new(),
        Some(1) => ", 1 try left".to_owned(),
        Some(left) => format!(", {left} tries left"),
    };
    match (asked, lock) {
        (Lock::SimPuk, Lock::SimPuk) => format!("wrong PUK{left}; look it up in your contract"),
        (_, Lock::SimPuk) => {
            format!("wrong PIN; the SIM is blocked now and wants its PUK{left}")
        }
        _ => format!("wrong PIN{left}; check it and enter it once more"),
    }
}

/// What the SIM wants, and what to do.
#[must_use]
pub fn wanted(lock: &Lock) -> String {
    match lock {
        Lock::SimPin => {
            "the SIM wants its PIN; enter it in the popup or name a --pin-file".to_owned()
        }
        Lock::SimPuk => "the SIM is blocked; enter its PUK and a new PIN in the popup".to_owned(),
        Lock::NoSim => "there is no SIM in the modem; insert one".to_owned(),
        Lock::Other(name) => format!("the modem wants '{name}', which barpop cannot enter"),
    }
}
