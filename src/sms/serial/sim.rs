//! The SIM's locks: state, tries left, PIN and PUK (3GPP TS 27.007 clauses 8.3 and 8.65).

use std::time::Duration;

use super::SerialModem;
use crate::at::{AtError, Command, Port, fields::fields};
use crate::secret::Secret;
use crate::sms::snapshot::Lock;

/// Whether messages can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SimState {
    /// `+CPIN: READY`.
    Ready,
    /// Something must be entered first, or there is no SIM.
    Locked(Lock),
}

/// Tries left before the SIM blocks itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PinTries {
    /// For the PIN, 0..=3; `None` where the modem does not tell.
    pub pin: Option<u8>,
    /// For the PUK, 0..=10; `None` where the modem does not tell.
    pub puk: Option<u8>,
}

/// Why a PIN or PUK did not unlock the SIM.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// The SIM says that it is wrong; a try is spent.
    #[error("the SIM refused it")]
    Wrong,
    /// The SIM was busy and has not looked at it.
    #[error(transparent)]
    Busy(AtError),
    /// Nobody knows what became of it.
    #[error(transparent)]
    Modem(AtError),
}

impl<P: Port> SerialModem<P> {
    /// What the SIM wants.
    ///
    /// # Errors
    /// When the port fails or the modem is silent.
    pub fn sim_state(&mut self) -> Result<SimState, AtError> {
        let command = Command::new("AT+CPIN?").within(Duration::from_secs(10));
        let mut answer = self.patiently(&command);
        if answer.as_ref().is_ok_and(Vec::is_empty) {
            // The answer to what a killed program asked: from here on all would be shifted.
            self.session.distrust();
            answer = self.patiently(&command);
        }
        match answer {
            Ok(lines) => {
                let words = lines.first().and_then(|r| r.line.split_once(':'));
                Ok(match words.map_or("", |(_, words)| words.trim()) {
                    "READY" => SimState::Ready,
                    "SIM PIN" => SimState::Locked(Lock::SimPin),
                    "SIM PUK" => SimState::Locked(Lock::SimPuk),
                    other => SimState::Locked(Lock::Other(other.to_owned())),
                })
            }
            Err(error @ AtError::Refused { .. }) => Ok(SimState::Locked(match error.number() {
                Some(11 | 311) => Lock::SimPin,
                Some(12 | 316) => Lock::SimPuk,
                Some(14 | 314) => return Err(error),
                // The EM7345 answers a bare ERROR when there is no SIM.
                _ => Lock::NoSim,
            })),
            Err(error) => Err(error),
        }
    }

    /// How many tries are left, by `+CPINR` or the EM7345's `+XPINCNT`.
    ///
    /// # Errors
    /// When the port fails or the modem is silent; a modem that knows neither gives no number.
    pub fn pin_tries(&mut self) -> Result<PinTries, AtError> {
        let mut tries = PinTries::default();
        match self.session.command(&Command::new("AT+XPINCNT")) {
            // +XPINCNT: <PIN1>,<PIN2>,<PUK1>,<PUK2>
            Ok(lines) => {
                if let Some(line) = lines.first() {
                    let counts = fields(&line.line);
                    tries.pin = counts.first().and_then(|n| n.parse().ok());
                    tries.puk = counts.get(2).and_then(|n| n.parse().ok());
                }
            }
            Err(AtError::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
        if tries.pin.is_some() {
            return Ok(tries);
        }
        match self.session.command(&Command::new("AT+CPINR")) {
            // +CPINR: SIM PIN,3,3
            Ok(lines) => {
                for line in lines {
                    let counts = fields(&line.line);
                    let left = counts.get(1).and_then(|n| n.parse().ok());
                    match counts.first().map(String::as_str) {
                        Some("SIM PIN") => tries.pin = left,
                        Some("SIM PUK") => tries.puk = left,
                        _ => {}
                    }
                }
            }
            Err(AtError::Refused { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(tries)
    }

    /// Enters the PIN, once. Whether it may be spent is the caller's to know.
    ///
    /// # Errors
    /// [`UnlockError::Wrong`] when the SIM refuses it.
    pub fn enter_pin(&mut self, pin: &Secret) -> Result<(), UnlockError> {
        self.unlock(&format!("AT+CPIN=\"{}\"", pin.reveal()))
    }

    /// Enters the PUK and the PIN that shall be in force from now on, once.
    ///
    /// # Errors
    /// [`UnlockError::Wrong`] when the SIM refuses it.
    pub fn enter_puk(&mut self, puk: &Secret, new_pin: &Secret) -> Result<(), UnlockError> {
        self.unlock(&format!(
            "AT+CPIN=\"{}\",\"{}\"",
            puk.reveal(),
            new_pin.reveal()
        ))
    }

    fn unlock(&mut self, line: &str) -> Result<(), UnlockError> {
        let command = Command::new(line).within(Duration::from_secs(20));
        match self.session.command(&command) {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.number(), Some(14 | 314)) => Err(UnlockError::Busy(error)),
            // Everything else counts as a spent try.
            Err(AtError::Refused { .. }) => Err(UnlockError::Wrong),
            Err(error) => Err(UnlockError::Modem(error)),
        }
    }
}
