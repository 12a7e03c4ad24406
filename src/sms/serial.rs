//! A modem on a serial port as a source of messages (3GPP TS 27.005).
//!
//! What is asked of it and in which order; the answers are plain data. What is done with them
//! (storing, freeing the SIM, retrying) is the owner's matter.
//!
//! Start it, open the SIM if [`SerialModem::sim_state`] says that it is locked, choose the mode; then select
//! a storage and list it, or send.

mod lent;
mod listing;
mod network;
mod notify;
mod plain;
mod restart;
mod sending;
mod sim;
mod storage;
mod ussd;

use std::time::Duration;

use crate::at::{AtError, Command, Port, Session, Urc};
use crate::sms::ussd::Spelling;

pub use listing::{Entry, Record, ReportLine, unhex};
pub use plain::split_plain;
pub use sending::SendError;
pub use sim::{PinTries, SimState, UnlockError};
pub use storage::{Selected, Usage};

/// How messages are written on the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// `+CMGF=0`: the messages themselves. Nothing in a text can be taken for an answer.
    Pdu,
    /// `+CMGF=1` with `+CSCS="UCS2"`: texts as hexadecimal UCS-2.
    TextUcs2,
    /// `+CMGF=1`: texts as they are; the last resort.
    Text,
}

/// A modem that is spoken to.
pub struct SerialModem<P> {
    session: Session<P>,
    mode: Mode,
    memories: Option<storage::Memories>,
    /// The storage for reading that we have selected, if any yet.
    selected: Option<String>,
    /// How the modem took the last USSD string.
    ussd_spelling: Option<Spelling>,
}

/// A modem that is awake answers within milliseconds.
const HELLO_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a SIM may be busy after its PIN or a reset before it counts as failing.
const SIM_BUSY_PATIENCE: Duration = Duration::from_secs(10);
/// The pause between two tries while it is.
const SIM_BUSY_PAUSE: Duration = Duration::from_millis(250);

impl<P: Port> SerialModem<P> {
    /// Greets the modem: echo off, errors as numbers.
    ///
    /// # Errors
    /// When nothing on the port answers as a modem.
    pub fn start(port: P) -> Result<Self, AtError> {
        let mut session = Session::new(port);
        // Echo off, results given, in words, errors as numbers: in one line, which V.250 allows,
        // because each line costs a round trip.
        let all = Command::new("ATE0Q0V1+CMEE=1").bare().within(HELLO_TIMEOUT);
        match session.command(&all) {
            Ok(_) => return Ok(Self::new(session)),
            Err(gone @ AtError::Gone(_)) => return Err(gone),
            // It wants them one by one, or knows one of them only.
            Err(AtError::Refused { .. }) => {}
            // A program that was killed may have left it waiting for a message's text.
            Err(_) => session.escape()?,
        }
        for line in ["ATE0", "AT+CMEE=1"] {
            match session.command(&Command::new(line).bare().within(HELLO_TIMEOUT)) {
                // A modem that keeps its echo is understood too.
                Ok(_) | Err(AtError::Refused { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self::new(session))
    }

    fn new(session: Session<P>) -> Self {
        Self {
            session,
            mode: Mode::Pdu,
            memories: None,
            selected: None,
            ussd_spelling: None,
        }
    }

    /// The port, for who waits on it.
    pub fn port(&self) -> &P {
        self.session.port()
    }

    /// Chooses how messages are written: PDU mode, or text mode where the modem refuses it.
    ///
    /// # Errors
    /// When the modem takes neither.
    pub fn choose_mode(&mut self) -> Result<Mode, AtError> {
        self.mode = match self.patiently(&Command::new("AT+CMGF=0")) {
            Ok(_) => Mode::Pdu,
            Err(AtError::Refused { .. }) => {
                self.session.command(&Command::new("AT+CMGF=1"))?;
                // Shows how long each text is and how it is coded.
                let detail = self.session.command(&Command::new("AT+CSDH=1"));
                match (
                    detail,
                    self.session.command(&Command::new("AT+CSCS=\"UCS2\"")),
                ) {
                    (Err(AtError::Gone(error)), _) | (_, Err(AtError::Gone(error))) => {
                        return Err(AtError::Gone(error));
                    }
                    (_, Ok(_)) => Mode::TextUcs2,
                    (_, Err(_)) => Mode::Text,
                }
            }
            Err(error) => return Err(error),
        };
        Ok(self.mode)
    }

    /// Reads what comes by itself; returns at once when something was there.
    ///
    /// # Errors
    /// [`AtError::Gone`] when the port failed.
    pub fn listen(&mut self, timeout: Duration) -> Result<(), AtError> {
        self.session.listen(timeout)
    }

    /// Whether something came by itself.
    pub fn has_urcs(&self) -> bool {
        self.session.has_urcs()
    }

    /// What came by itself so far.
    pub fn take_urcs(&mut self) -> Vec<Urc> {
        self.session.take_urcs()
    }

    /// A command that is worth repeating while the SIM is busy (`+CME ERROR: 14`,
    /// `+CMS ERROR: 314`).
    fn patiently(&mut self, command: &Command) -> Result<Vec<crate::at::Response>, AtError> {
        let started = std::time::Instant::now();
        loop {
            match self.session.command(command) {
                Err(error)
                    if matches!(error.number(), Some(14 | 314))
                        && started.elapsed() < SIM_BUSY_PATIENCE =>
                {
                    // Not a sleep: what comes in meanwhile is read.
                    let until = std::time::Instant::now() + SIM_BUSY_PAUSE;
                    while let left = until.saturating_duration_since(std::time::Instant::now())
                        && !left.is_zero()
                    {
                        self.session.listen(left)?;
                    }
                }
                answer => return answer,
            }
        }
    }
}
