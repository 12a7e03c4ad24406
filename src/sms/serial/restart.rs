//! Restarting the modem: `+CFUN` (3GPP TS 27.007 clause 8.2) and what firmware has beside it.

use std::time::{Duration, Instant};

use super::SerialModem;
use crate::at::{AtError, Command, Port};

/// What makes a modem boot, the standard's way first: Sierra and Intel, Huawei, SIMCom.
const RESETS: [&str; 5] = [
    "AT+CFUN=1,1",
    "AT!RESET",
    "AT^RESET",
    "AT+CRESET",
    "AT+CFUN=16",
];
/// A modem that was told to boot lets its port go within this time, or keeps it.
const GOES: Duration = Duration::from_secs(5);
/// Switching radio and SIM off or on takes some seconds.
const SWITCH: Duration = Duration::from_secs(30);

impl<P: Port> SerialModem<P> {
    /// Makes the modem boot, and waits until its port goes, which a modem on a plain serial line
    /// does not do.
    ///
    /// # Errors
    /// When it knows none of the commands, or is silent.
    pub fn reset(&mut self) -> Result<(), AtError> {
        let mut refused = None;
        for line in RESETS {
            match self.session.command(&Command::new(line).bare()) {
                Ok(_) => {
                    self.wait_for_end();
                    return Ok(());
                }
                // It was quicker than its own answer.
                Err(AtError::Gone(_)) => return Ok(()),
                Err(error @ AtError::Refused { .. }) => refused = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(refused.unwrap_or(AtError::Refused {
            command: "AT+CFUN".to_owned(),
            result: crate::at::FinalResult::Error,
        }))
    }

    /// Switches radio and SIM off and on again: minimum functionality, or flight mode where the
    /// modem knows only that.
    ///
    /// # Errors
    /// When it knows neither, or cannot be switched on again.
    pub fn power_cycle(&mut self) -> Result<(), AtError> {
        let switch = |to: u8| Command::new(format!("AT+CFUN={to}")).bare().within(SWITCH);
        match self.session.command(&switch(0)) {
            Ok(_) => {}
            Err(AtError::Refused { .. }) => drop(self.session.command(&switch(4))?),
            Err(error) => return Err(error),
        }
        // Left off it would miss everything: it is told more than once.
        let started = Instant::now();
        loop {
            match self.session.command(&switch(1)) {
                Ok(_) | Err(AtError::Gone(_)) => return Ok(()),
                Err(error) if started.elapsed() >= SWITCH => return Err(error),
                Err(_) => self.session.listen(Duration::from_secs(1))?,
            }
        }
    }

    fn wait_for_end(&mut self) {
        let until = Instant::now() + GOES;
        while let left = until.saturating_duration_since(Instant::now())
            && !left.is_zero()
        {
            if self.session.listen(left).is_err() {
                return;
            }
        }
    }
}
