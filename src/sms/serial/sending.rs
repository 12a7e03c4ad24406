//! Handing a message over (3GPP TS 27.005 clauses 3.5.1, 3.5.6 and 4.3).

use std::time::Duration;

use super::{Mode, SerialModem};
use crate::at::{AtError, Command, Port, fields::fields};
use crate::sms::pdu::{Alphabet, EncodedPart};

/// Why a message did not go.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The network surely does not have it, and would not take it a second time either.
    #[error(transparent)]
    Refused(AtError),
    /// The network surely does not have it, and it can be tried again later by itself: there is
    /// no service, or the modem does not answer at all.
    #[error(transparent)]
    NotNow(AtError),
    /// Nobody can say whether the network has it.
    #[error("{0}; it may or may not have been sent")]
    Unknown(AtError),
    /// The modem said that it is done, but not what the network made of it.
    #[error("the modem did not confirm the message; it may or may not have been sent")]
    Unconfirmed,
}

/// The network may take up to a minute, and a modem that tries again as long once more.
const SEND_TIMEOUT: Duration = Duration::from_secs(150);

impl<P: Port> SerialModem<P> {
    /// Keeps the link open between the parts of a long message (`+CMMS`); helps, never needed,
    /// so what comes of it does not matter.
    pub fn more_to_send(&mut self) {
        let _ = self.session.command(&Command::new("AT+CMMS=1"));
    }

    /// Sends one part in PDU mode and returns the message reference (TP-MR) that status
    /// reports will name.
    ///
    /// # Errors
    /// See [`SendError`]; only a refusal means that it can be sent again without asking.
    pub fn send_pdu(&mut self, part: &EncodedPart) -> Result<u8, SendError> {
        let body: String = part
            .bytes
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        let command = Command::new(format!("AT+CMGS={}", part.tpdu_length));
        self.send(&command.with_body(body))
    }

    /// Sends one plain message in text mode. Such a modem cannot join long messages.
    ///
    /// # Errors
    /// As [`SerialModem::send_pdu`].
    pub fn send_text(
        &mut self,
        address: &str,
        text: &str,
        alphabet: Alphabet,
    ) -> Result<u8, SendError> {
        // First octet 17: SMS-SUBMIT with a relative validity of 167 (one day).
        let coding = if alphabet == Alphabet::Ucs2 { 8 } else { 0 };
        match self
            .session
            .command(&Command::new(format!("AT+CSMP=17,167,0,{coding}")))
        {
            Ok(_) | Err(AtError::Refused { .. }) => {}
            Err(error) => return Err(SendError::NotNow(error)),
        }
        let coded = |text: &str| match self.mode {
            Mode::TextUcs2 => text
                .encode_utf16()
                .map(|unit| format!("{unit:04X}"))
                .collect(),
            // An escape or a 0x1A in the text would end it early.
            Mode::Pdu | Mode::Text => text.replace(['\u{1a}', '\u{1b}'], ""),
        };
        let command = Command::new(format!("AT+CMGS=\"{}\"", coded(address)));
        let command = command.with_body(coded(text));
        self.send(&command)
    }

    /// How messages are written on this port.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    fn send(&mut self, command: &Command) -> Result<u8, SendError> {
        let error = match self.patiently(&command.clone().within(SEND_TIMEOUT)) {
            Ok(lines) => {
                // +CMGS: <mr>[,<scts>]; without that line the OK may belong to something else.
                let reference = lines.first().map(|response| {
                    let number = fields(&response.line)
                        .first()
                        .and_then(|n| n.parse::<u32>().ok());
                    (number.unwrap_or(0) & 0xff) as u8
                });
                return reference.ok_or(SendError::Unconfirmed);
            }
            Err(error) => error,
        };
        let body_sent = self.session.body_was_sent();
        Err(match (&error, error.number()) {
            // No network service; a network time-out leaves open whether it was taken.
            (_, Some(30 | 331)) => SendError::NotNow(error),
            (_, Some(332)) => SendError::Unknown(error),
            // The words may mean a time-out as well.
            (AtError::Refused { .. }, None) if error.is_in_words() && body_sent => {
                SendError::Unknown(error)
            }
            (AtError::Refused { .. }, _) => SendError::Refused(error),
            (AtError::Gone(_), _) if !body_sent => SendError::NotNow(error),
            (AtError::TimedOut { .. } | AtError::Unasked { .. }, _) if !body_sent => {
                // Does it still answer anything? Then it is this message that it does not take.
                match self.session.command(&Command::new("AT").bare()) {
                    Ok(_) | Err(AtError::Refused { .. }) => SendError::Refused(error),
                    Err(silent) => SendError::NotNow(silent),
                }
            }
            _ => SendError::Unknown(error),
        })
    }
}
