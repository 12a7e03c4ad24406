//! `xsms modem reset` and `power-cycle`: restarting the modem, and waiting until it is back.

use std::io::Write;
use std::time::Duration;

use super::ActionError;
use super::line::Line;
use crate::sms::Options;
use crate::sms::arguments::ModemAction;
use crate::sms::errand::{Errand, Restart};
use crate::sms::snapshot::ModemState;

/// Real modems take 10 to 40 s.
const LIMIT: Duration = Duration::from_secs(90);

/// Restarts the modem; with the PIN that is configured its SIM is opened again.
pub fn run(
    action: ModemAction,
    options: &Options,
    out: &mut dyn Write,
) -> Result<bool, ActionError> {
    let (how, no_wait) = match action {
        ModemAction::Reset { no_wait } => (Restart::Reset, no_wait),
        ModemAction::PowerCycle { no_wait } => (Restart::PowerCycle, no_wait),
    };
    let line = Line::open(options)?;
    line.ask(Errand::Restart(how))
        .map_err(ActionError::Sentence)?;
    writeln!(out, "the modem restarts")?;
    out.flush()?;
    if no_wait {
        return Ok(true);
    }
    let mut left = false;
    let back = line.wait(LIMIT, |report| match &report.modem.state {
        ModemState::Restarting => {
            left = true;
            None
        }
        ModemState::Ready if left => Some(Ok(())),
        ModemState::Locked(_) if left => Some(Err(report.error.clone())),
        _ => None,
    });
    match back {
        Some(Ok(())) => {
            writeln!(out, "the modem is back")?;
            Ok(true)
        }
        Some(Err(sentence)) => Err(ActionError::Sentence(
            sentence.unwrap_or_else(|| "the SIM is locked".to_owned()),
        )),
        None => Err(ActionError::Sentence(format!(
            "the modem is not back after {} s; look at 'xsms modem', or unplug it",
            LIMIT.as_secs()
        ))),
    }
}
