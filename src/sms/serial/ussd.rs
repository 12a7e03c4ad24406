//! USSD over `+CUSD` (3GPP TS 27.007 clause 7.15).

use std::time::Duration;

use super::{Mode, SerialModem};
use crate::at::{AtError, Command, Port};
use crate::sms::ussd::{Reply, Request, Spelling};

/// Some modems say OK only when the network has answered.
const TIMEOUT: Duration = Duration::from_secs(45);

impl<P: Port> SerialModem<P> {
    /// Gives a request to the network. What came with the modem's OK is returned; mostly the
    /// answer comes later, unsolicited.
    ///
    /// Modems want the string in different spellings, and refuse the others; the next one is
    /// tried only where the refusal can mean nothing else, so that no code is dialled twice.
    ///
    /// # Errors
    /// When the modem refuses every spelling, is silent, or the port fails.
    pub fn ussd(&mut self, request: &Request) -> Result<Vec<Reply>, AtError> {
        let usual = if self.mode == Mode::TextUcs2 {
            Spelling::Ucs2
        } else {
            Spelling::Plain
        };
        let mut spellings = vec![usual, Spelling::Packed, Spelling::Plain];
        if let Some(known) = self.ussd_spelling {
            spellings.insert(0, known);
        }
        spellings.dedup();
        let mut refused = None;
        for spelling in spellings {
            let Some(line) = request.command(spelling) else {
                continue;
            };
            match self.session.command(&Command::new(line).within(TIMEOUT)) {
                Ok(lines) => {
                    self.ussd_spelling = Some(spelling);
                    return Ok(lines
                        .iter()
                        .filter_map(|response| self.ussd_reply(&response.line))
                        .collect());
                }
                Err(error) if is_about_spelling(&error) => refused = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(refused.unwrap_or(AtError::Refused {
            command: "AT+CUSD".to_owned(),
            result: crate::at::FinalResult::Error,
        }))
    }

    /// What a `+CUSD:` line says.
    pub fn ussd_reply(&self, line: &str) -> Option<Reply> {
        Reply::parse(line, self.mode == Mode::TextUcs2)
    }
}

/// A bare `ERROR`, "operation not allowed or supported", "invalid characters", "incorrect
/// parameters", "unknown" (3GPP TS 27.007 clause 9.2.1).
fn is_about_spelling(error: &AtError) -> bool {
    match error {
        AtError::Refused { .. } => {
            !error.is_in_words()
                && matches!(error.number(), None | Some(3 | 4 | 24..=27 | 50 | 100))
        }
        _ => false,
    }
}
