//! A command of somebody else's, who wants a position.

use super::SerialModem;
use crate::at::digest::{Code, FinalResult};
use crate::at::{AtError, Command, Port};
use crate::sms::lending::Line;

impl<P: Port> SerialModem<P> {
    /// Gives a command to the modem: the lines of its answer, or its final result where that is
    /// another than `OK`.
    ///
    /// # Errors
    /// When the modem is silent or gone.
    pub fn position_command(
        &mut self,
        line: &Line,
    ) -> Result<Result<Vec<String>, String>, AtError> {
        match self.session.command(&Command::new(line.as_str())) {
            Ok(lines) => Ok(Ok(lines.into_iter().map(|answer| answer.line).collect())),
            Err(AtError::Refused { result, .. }) => Ok(Err(spelled(&result))),
            Err(error) => Err(error),
        }
    }
}

/// A final result as the modem writes it.
fn spelled(result: &FinalResult) -> String {
    let (name, code) = match result {
        FinalResult::Cme(code) => ("+CME ERROR", code),
        FinalResult::Cms(code) => ("+CMS ERROR", code),
        FinalResult::Ok | FinalResult::Connect | FinalResult::Error => return "ERROR".to_owned(),
    };
    match code {
        Code::Number(number) => format!("{name}: {number}"),
        Code::Words(words) => format!("{name}: {words}"),
    }
}
