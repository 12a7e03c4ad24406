//! Asking a modem for its position in the words that it understands, and stopping it again.
//!
//! Nothing here sleeps: a command returns with its final result, and what a modem says later by
//! itself (`+XLCSLSR:`, `+UULOC:`, `+XLSRSTOP:`) is waited for on the port.

use std::time::Duration;

use super::super::fix::Fix;
use super::super::report::Report;
use super::{cgnsinf, cgpsinfo, gpsacp, gpsloc, gpssatinfo, qgpsloc, uuloc, xlcslsr};
use crate::at::{AtError, Command, Port, Session};

/// A modem's words for positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Intel XMM: `+XLCSLSR`.
    Xmm,
    /// Quectel: `+QGPS`.
    Quectel,
    /// Telit: `$GPSP`.
    Telit,
    /// `SIMCom`: `+CGNSPWR`.
    SimcomCgns,
    /// `SIMCom`: `+CGPS`.
    SimcomCgps,
    /// u-blox: `+ULOC`.
    Ublox,
    /// Sierra's Qualcomm modems: `!GPSTRACK`.
    Sierra,
}

/// How each is asked whether it understands, in the order in which they are tried.
const TESTS: [(Dialect, &str); 7] = [
    (Dialect::Xmm, "AT+XLCSLSR=?"),
    (Dialect::Quectel, "AT+QGPS=?"),
    (Dialect::Telit, "AT$GPSP=?"),
    (Dialect::SimcomCgns, "AT+CGNSPWR=?"),
    (Dialect::SimcomCgps, "AT+CGPS=?"),
    (Dialect::Ublox, "AT+ULOC=?"),
    (Dialect::Sierra, "AT!GPSTRACK=?"),
];

/// Why there are no positions.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// None of the dialects.
    #[error("the modem has no command for positions that barpop knows")]
    Unknown,
    /// The modem.
    #[error(transparent)]
    At(#[from] AtError),
}

/// A modem whose receiver is switched on.
pub struct Driver<P> {
    session: Session<P>,
    dialect: Dialect,
    /// The id of the running `+XLCSLSR`.
    request: Option<String>,
    /// What an earlier one has left on.
    left_on: Option<String>,
    /// It was off before, so that it is switched off again.
    ours: bool,
    /// Came in before the command was over.
    early: Vec<Report>,
}

/// `+CME ERROR` of Quectel: the receiver is on already, it is off.
const ALREADY_ON: u16 = 504;
const IS_OFF: u16 = 505;
/// A request that runs tells its position within this: it was asked for every second.
const LEFT_RUNNING: Duration = Duration::from_secs(3);

impl<P: Port> Driver<P> {
    /// Finds out the dialect, and switches the receiver on.
    ///
    /// # Errors
    /// See [`DriverError`].
    pub fn start(session: Session<P>) -> Result<Self, DriverError> {
        Self::resume(session, None)
    }

    /// The same with what an earlier one has left on ([`Driver::left_on`]), so that it is
    /// switched off in the end.
    ///
    /// # Errors
    /// See [`DriverError`].
    pub fn resume(mut session: Session<P>, left_on: Option<String>) -> Result<Self, DriverError> {
        // Whatever the echo was, the answers are read without it.
        session.command(&Command::new("ATE0").bare())?;
        for (dialect, test) in TESTS {
            match session.command(&Command::new(test)) {
                Ok(_) => {
                    let mut driver = Self {
                        session,
                        dialect,
                        request: None,
                        left_on: left_on.clone(),
                        ours: true,
                        early: Vec::new(),
                    };
                    driver.switch_on()?;
                    return Ok(driver);
                }
                Err(AtError::Refused { .. }) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Err(DriverError::Unknown)
    }

    /// Which words it understands.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// What is on because of us, and stays on when the modem is lost: the id of the request, or
    /// nothing where there is no id.
    #[must_use]
    pub fn left_on(&self) -> Option<String> {
        self.ours.then(|| self.request.clone().unwrap_or_default())
    }

    /// How often it must be asked; `None` when it tells by itself.
    #[must_use]
    pub fn period(&self) -> Option<Duration> {
        match self.dialect {
            Dialect::Xmm => None,
            // Each request is answered once, and asked again then.
            Dialect::Ublox => None,
            _ => Some(Duration::from_secs(1)),
        }
    }

    /// The port, to be waited on.
    #[must_use]
    pub fn port(&self) -> &P {
        self.session.port()
    }

    /// Takes what came by itself, without waiting for more.
    ///
    /// # Errors
    /// When the modem is gone, or refuses to go on.
    pub fn listen(&mut self) -> Result<Vec<Report>, DriverError> {
        self.session.listen(Duration::ZERO)?;
        let mut reports = std::mem::take(&mut self.early);
        for urc in self.session.take_urcs() {
            let line = urc.line.as_str();
            if line.starts_with("+XLCSLSR:") {
                reports.extend(xlcslsr(line).ok().map(|said| said.report));
            } else if line.starts_with("+UULOC:") {
                reports.push(uuloc(line));
            }
        }
        if self.dialect == Dialect::Ublox && !reports.is_empty() {
            self.switch_on()?;
        }
        Ok(reports)
    }

    /// Asks where it is, in dialects with a [`Driver::period`].
    ///
    /// # Errors
    /// When the modem is gone.
    pub fn ask(&mut self) -> Result<Vec<Report>, DriverError> {
        let (command, read): (&str, fn(&str) -> Report) = match self.dialect {
            Dialect::Xmm | Dialect::Ublox => return Ok(Vec::new()),
            Dialect::Sierra => return self.ask_sierra(),
            Dialect::Quectel => ("AT+QGPSLOC=2", qgpsloc),
            Dialect::Telit => ("AT$GPSACP", gpsacp),
            Dialect::SimcomCgns => ("AT+CGNSINF", cgnsinf),
            Dialect::SimcomCgps => ("AT+CGPSINFO", cgpsinfo),
        };
        match self.session.command(&Command::new(command)) {
            Ok(lines) => Ok(lines.iter().map(|answer| read(&answer.line)).collect()),
            Err(error) if error.number() == Some(IS_OFF) => {
                // Somebody switched it off.
                self.switch_on()?;
                Ok(vec![no_fix()])
            }
            // Quectel's 516 says that there is no fix.
            Err(AtError::Refused { .. }) => Ok(vec![no_fix()]),
            Err(gone) => Err(gone.into()),
        }
    }

    fn ask_sierra(&mut self) -> Result<Vec<Report>, DriverError> {
        let mut reports = Vec::new();
        // Not each model lists satellites.
        for (command, is_sky) in [("AT!GPSLOC?", false), ("AT!GPSSATINFO?", true)] {
            match self.session.command(&Command::new(command).bare()) {
                Ok(lines) => {
                    let lines = lines.iter().map(|answer| answer.line.as_str());
                    reports.push(if is_sky {
                        gpssatinfo(lines)
                    } else {
                        gpsloc(lines)
                    });
                }
                Err(AtError::Refused { .. }) => {}
                Err(gone) => return Err(gone.into()),
            }
        }
        Ok(reports)
    }

    fn switch_on(&mut self) -> Result<(), DriverError> {
        let command = match self.dialect {
            Dialect::Xmm => return self.request_xmm(),
            Dialect::Quectel => "AT+QGPS=1",
            Dialect::Telit => "AT$GPSP=1",
            Dialect::SimcomCgns => "AT+CGNSPWR=1",
            Dialect::SimcomCgps => "AT+CGPS=1",
            // The receiver, detailed, for 60 s or until it is right to a metre.
            Dialect::Ublox => "AT+ULOC=2,1,1,60,1",
            // Standalone, each fix within 255 s, for ever, every second.
            Dialect::Sierra => "AT!GPSTRACK=1,255,100,1000,1",
        };
        match self.session.command(&Command::new(command)) {
            Ok(_) => Ok(()),
            Err(error @ AtError::Refused { .. }) => {
                // Most say so when it is on already, few say it with a number of their own.
                self.ours = self.left_on.take().is_some();
                let told = error.number();
                match self.dialect {
                    Dialect::Ublox => Err(error.into()),
                    Dialect::Quectel if told != Some(ALREADY_ON) => Err(error.into()),
                    _ => Ok(()),
                }
            }
            Err(gone) => Err(gone.into()),
        }
    }

    /// Without the network's help every second; where that is refused, as the original asked.
    fn request_xmm(&mut self) -> Result<(), DriverError> {
        let lines = ["AT+XLCSLSR=2,3,,,,,1,,,,,", "AT+XLCSLSR=1,1,,,,,,,,,,"];
        match (self.request_one(&lines), self.left_on.take()) {
            (Err(DriverError::At(AtError::Refused { .. })), Some(id)) if !id.is_empty() => {
                self.request = Some(id);
                self.stop()?;
                self.request_one(&lines)
            }
            // A program that was killed may have left one running, which tells us all the same.
            (Err(DriverError::At(AtError::Refused { .. })), _) if self.hears_position()? => Ok(()),
            (requested, _) => requested,
        }
    }

    fn request_one(&mut self, lines: &[&str]) -> Result<(), DriverError> {
        let mut last = DriverError::Unknown;
        for line in lines {
            match self.session.command(&Command::new(*line)) {
                Ok(lines) => {
                    let said = lines.iter().filter_map(|answer| xlcslsr(&answer.line).ok());
                    self.early.extend(said.map(|said| said.report));
                    let mut ids = lines.iter().filter_map(|answer| {
                        let (_, id) = answer.line.split_once("request id")?;
                        Some(id.trim().to_owned())
                    });
                    self.request = ids.next_back();
                    return Ok(());
                }
                Err(refused @ AtError::Refused { .. }) => last = refused.into(),
                Err(gone) => return Err(gone.into()),
            }
        }
        Err(last)
    }

    fn hears_position(&mut self) -> Result<bool, DriverError> {
        let until = std::time::Instant::now() + LEFT_RUNNING;
        loop {
            for urc in self.session.take_urcs() {
                self.early
                    .extend(xlcslsr(&urc.line).ok().map(|said| said.report));
            }
            let left = until.saturating_duration_since(std::time::Instant::now());
            if !self.early.is_empty() || left.is_zero() {
                return Ok(!self.early.is_empty());
            }
            self.session.listen(left)?;
        }
    }

    /// Switches the receiver off, if it was off before.
    ///
    /// # Errors
    /// When the modem is gone.
    pub fn stop(&mut self) -> Result<(), DriverError> {
        if !self.ours {
            return Ok(());
        }
        let line = match self.dialect {
            Dialect::Xmm => {
                let id = self.request.as_deref().unwrap_or("0");
                format!("AT+XLSRSTOP=0,{id}")
            }
            Dialect::Quectel => "AT+QGPSEND".to_owned(),
            Dialect::Telit => "AT$GPSP=0".to_owned(),
            Dialect::SimcomCgns => "AT+CGNSPWR=0".to_owned(),
            Dialect::SimcomCgps => "AT+CGPS=0".to_owned(),
            // A request ends by itself.
            Dialect::Ublox => return Ok(()),
            Dialect::Sierra => "AT!GPSEND=0".to_owned(),
        };
        match self.session.command(&Command::new(line)) {
            Ok(lines) if self.dialect == Dialect::Xmm && lines.is_empty() => self.await_stopped(),
            Ok(_) | Err(AtError::Refused { .. }) => Ok(()),
            Err(gone) => Err(gone.into()),
        }
    }

    /// The end is `+XLSRSTOP:`, not `OK`.
    fn await_stopped(&mut self) -> Result<(), DriverError> {
        let until = std::time::Instant::now() + Duration::from_secs(5);
        loop {
            let stopped = |urc: &crate::at::Urc| urc.line.starts_with("+XLSRSTOP:");
            if self.session.take_urcs().iter().any(stopped) {
                return Ok(());
            }
            let left = until.saturating_duration_since(std::time::Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            self.session.listen(left)?;
        }
    }
}

fn no_fix() -> Report {
    Report {
        fix: Some(Fix::default()),
        sky: None,
    }
}

#[cfg(test)]
mod tests;
