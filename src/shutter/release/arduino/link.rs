//! A question to the board and its answer, with a sequence number and a checksum.

use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::at::port::{OpenError, SerialPort};
use crate::at::session::Port;

/// As the sketch has it.
const BAUD: u32 = 115_200;

/// Longest time that the sketch takes, ms.
pub const LONGEST: u128 = 400_000_000;

/// How long an answer may take; the sketch needs some milliseconds.
const PATIENCE: Duration = Duration::from_millis(250);

/// How often a question is asked before the board is given up.
const TRIES: u32 = 3;

/// How long a board may take from its reset to our sketch: bootloaders wait up to two seconds.
const START_UP: Duration = Duration::from_secs(4);

/// More than any answer of the sketch.
const LONGEST_LINE: usize = 80;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// None came.
    #[error("it does not answer")]
    Silent,
    /// The port failed.
    #[error("its port failed ({0}); it was unplugged, or is")]
    Port(io::Error),
    /// The sketch refuses.
    #[error("it refused '{0}': {1}")]
    Refused(String, String),
}

/// The port, and where the conversation is.
pub struct Link {
    port: SerialPort,
    sequence: u8,
    /// What came of a line so far.
    heard: Vec<u8>,
}

impl Link {
    /// Opens the port for us alone.
    ///
    /// # Errors
    /// As the port has them.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Ok(Self {
            port: SerialPort::open(path, BAUD)?,
            sequence: 0,
            heard: Vec::new(),
        })
    }

    /// Asks until a board that has just been reset answers.
    ///
    /// # Errors
    /// Where it does not, or refuses.
    pub fn greet(&mut self, hello: &str) -> Result<String, LinkError> {
        let until = Instant::now() + START_UP;
        loop {
            match self.ask(hello) {
                Err(LinkError::Silent) if Instant::now() < until => {}
                other => return other,
            }
        }
    }

    /// Asks, and returns what is after `ok`. A question that is asked again because its answer
    /// was lost is not carried out twice.
    ///
    /// # Errors
    /// Where the answer does not come, or is a refusal.
    pub fn ask(&mut self, question: &str) -> Result<String, LinkError> {
        self.sequence = self.sequence.wrapping_add(1);
        let line = sealed(&format!("{} {question}", self.sequence));
        for _ in 0..TRIES {
            self.port
                .write_all(line.as_bytes())
                .map_err(LinkError::Port)?;
            if let Some(answer) = self.answer()? {
                return match answer.split_once(' ').unwrap_or((&answer, "")) {
                    ("ok", rest) => Ok(rest.to_owned()),
                    (_, reason) => Err(LinkError::Refused(question.to_owned(), reason.to_owned())),
                };
            }
        }
        Err(LinkError::Silent)
    }

    /// The answer to the last question, without its number; `None` when the time is over.
    fn answer(&mut self) -> Result<Option<String>, LinkError> {
        let until = Instant::now() + PATIENCE;
        loop {
            while let Some(line) = self.line() {
                if let Some((number, answer)) = opened(&line)
                    && number == self.sequence
                {
                    return Ok(Some(answer));
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            self.port.set_timeout(left).map_err(LinkError::Port)?;
            let mut bytes = [0; 64];
            match self.port.read(&mut bytes) {
                // A port whose device is gone.
                Ok(0) => return Err(LinkError::Port(io::ErrorKind::UnexpectedEof.into())),
                Ok(count) => self.heard.extend(bytes.iter().take(count)),
                Err(error) if error.kind() == io::ErrorKind::TimedOut => return Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(LinkError::Port(error)),
            }
        }
    }

    fn line(&mut self) -> Option<Vec<u8>> {
        if let Some(end) = self.heard.iter().position(|byte| *byte == b'\n') {
            let rest = self.heard.split_off(end + 1);
            return Some(std::mem::replace(&mut self.heard, rest));
        }
        // Noise, or another sketch that talks.
        if self.heard.len() > LONGEST_LINE {
            self.heard.clear();
        }
        None
    }
}

/// The line with its checksum and its end.
fn sealed(text: &str) -> String {
    format!("{text}*{:02x}\n", crc8(text.as_bytes()))
}

/// The number and the rest of a line whose checksum is right.
fn opened(line: &[u8]) -> Option<(u8, String)> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    let (text, sum) = line.rsplit_once('*')?;
    if sum.len() != 2 || u8::from_str_radix(sum, 16).ok()? != crc8(text.as_bytes()) {
        return None;
    }
    let (number, rest) = text.split_once(' ')?;
    Some((number.parse().ok()?, rest.to_owned()))
}

/// CRC-8 with the polynomial 0x07, from 0.
fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc, _| {
            if crc & 0x80 == 0 {
                crc << 1
            } else {
                (crc << 1) ^ 0x07
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_standard() {
        // CRC-8/SMBUS of "123456789".
        assert_eq!(crc8(b"123456789"), 0xf4);
    }

    #[test]
    fn a_damaged_answer_is_none() {
        let line = sealed("7 ok 1 0 17");
        assert_eq!(opened(line.as_bytes()), Some((7, "ok 1 0 17".to_owned())));
        for at in 0..line.len() - 1 {
            let mut damaged = line.clone().into_bytes();
            damaged[at] ^= 0x02;
            assert_eq!(opened(&damaged), None, "{damaged:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = opened(&bytes);
        }
    }
}
