//! One command at a time over a port: send it, act on its final result, keep what else came.
//!
//! Nothing here sleeps or waits for silence. A command has a time-out; when it runs out the
//! late answer must not be taken for the answer to the next command, so the next command is
//! preceded by a resynchronisation that uses the echo as a marker.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use crate::secret::Secret;

use super::digest::{Code, Digester, Event, Expect, FinalResult, Payload, Response, Urc};

/// A byte channel to a modem: a serial port, a socket, or a script in a test.
pub trait Port: Read + Write {
    /// How long a following `read` or `write` may wait.
    ///
    /// # Errors
    /// When the port cannot be configured any more (it is gone).
    fn set_timeout(&mut self, timeout: Duration) -> io::Result<()>;

    /// How long a command may have to wait before the modem gets it: a port that is lent has
    /// others in front.
    fn queue(&self) -> Duration {
        Duration::ZERO
    }
}

/// Why a command has no answer.
#[derive(Debug, thiserror::Error)]
pub enum AtError {
    /// The modem answered with an error result.
    #[error("the modem refused '{command}': {}", describe(.result))]
    Refused {
        /// The command, without arguments that may be secret.
        command: String,
        /// The final result.
        result: FinalResult,
    },
    /// No final result within the command's time.
    #[error("the modem did not answer '{command}' within {seconds} s")]
    TimedOut {
        /// The command, without arguments that may be secret.
        command: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// It said that it is done before it was given what to do.
    #[error("the modem answered '{command}' before it was given the message")]
    Unasked {
        /// The command, without arguments that may be secret.
        command: String,
    },
    /// The port is gone: unplugged, reset, or closed.
    #[error("the modem is gone")]
    Gone(io::Error),
}

impl AtError {
    /// The number of a `+CME ERROR` or `+CMS ERROR`.
    #[must_use]
    pub fn number(&self) -> Option<u16> {
        match self {
            Self::Refused {
                result: FinalResult::Cme(Code::Number(n)),
                ..
            }
            | Self::Refused {
                result: FinalResult::Cms(Code::Number(n)),
                ..
            } => Some(*n),
            _ => None,
        }
    }

    /// Why the modem refused, in words: without the command, which says nothing to a person.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Refused { result, .. } => Some(describe(result)),
            _ => None,
        }
    }

    /// Whether the reason was given in words, which differ from modem to modem.
    #[must_use]
    pub fn is_in_words(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                result: FinalResult::Cme(Code::Words(_)),
                ..
            } | Self::Refused {
                result: FinalResult::Cms(Code::Words(_)),
                ..
            }
        )
    }
}

/// A command line and how its answer is read.
#[derive(Clone)]
pub struct Command {
    /// It may hold a PIN.
    line: Secret,
    /// What error texts call it: the line up to its `=`, so that no PIN gets out.
    name: String,
    prefix: String,
    payload: Payload,
    body: Option<Vec<u8>>,
    single: bool,
    timeout: Duration,
}

impl Command {
    /// A command that is answered within 5 s and whose response lines start with its own name:
    /// `AT+CPIN?` is answered by `+CPIN: …`.
    #[must_use]
    pub fn new(line: impl Into<String>) -> Self {
        let line = line.into();
        let name: String = line.split(['=', '?']).next().unwrap_or_default().to_owned();
        let bare = name.trim_start_matches("AT");
        let prefix = if bare.starts_with(['+', '^', '*', '%', '$']) {
            format!("{bare}:")
        } else {
            String::new()
        };
        Self {
            line: Secret::new(line),
            name,
            prefix,
            payload: Payload::None,
            body: None,
            single: false,
            timeout: Duration::from_secs(5),
        }
    }

    /// Response lines carry no prefix (`AT+CGMI`).
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.prefix.clear();
        self
    }

    /// Every response line is followed by this.
    #[must_use]
    pub fn with_payload(mut self, payload: Payload) -> Self {
        self.payload = payload;
        self
    }

    /// One response line is all there will be (`AT+CMGR`).
    #[must_use]
    pub fn single(mut self) -> Self {
        self.single = true;
        self
    }

    /// After the prompt this is sent, closed by 0x1A (3GPP TS 27.005 clause 3.5.1).
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// The answer may take this long.
    #[must_use]
    pub fn within(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

/// How long the prompt of `+CMGS` may take.
const PROMPT_TIMEOUT: Duration = Duration::from_secs(10);
/// A modem that takes no byte for so long is gone.
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// Unsolicited codes kept while nobody takes them; older ones go first.
const URC_LIMIT: usize = 256;

/// A modem that is spoken to.
pub struct Session<P> {
    port: P,
    digester: Digester,
    urcs: VecDeque<Urc>,
    /// A late answer may still come.
    late: bool,
    /// The body of the last command went out.
    body_sent: bool,
}

impl<P: Port> Session<P> {
    /// Speaks over this port from now on.
    pub fn new(port: P) -> Self {
        Self {
            port,
            digester: Digester::default(),
            urcs: VecDeque::new(),
            late: false,
            body_sent: false,
        }
    }

    /// The port, for who wants to wait on it.
    pub fn port(&self) -> &P {
        &self.port
    }

    /// Sends a command and returns its response lines.
    ///
    /// # Errors
    /// [`AtError::Refused`] for an error result, [`AtError::TimedOut`] when none came in time,
    /// [`AtError::Gone`] when the port failed.
    pub fn command(&mut self, command: &Command) -> Result<Vec<Response>, AtError> {
        if self.late {
            self.resynchronise()?;
        }
        let lines = self.exchange(command);
        self.digester.settle();
        // What came in one piece with the final result would wake nobody later.
        self.keep_urcs();
        if matches!(lines, Err(AtError::TimedOut { .. })) {
            self.late = true;
        }
        lines
    }

    /// Whether the last command's body went out, so that a message may be on its way although
    /// no final result came.
    #[must_use]
    pub fn body_was_sent(&self) -> bool {
        self.body_sent
    }

    /// Whether unsolicited codes came that were not taken yet.
    #[must_use]
    pub fn has_urcs(&self) -> bool {
        !self.urcs.is_empty()
    }

    /// Unsolicited codes that came so far, oldest first.
    pub fn take_urcs(&mut self) -> Vec<Urc> {
        self.urcs.drain(..).collect()
    }

    /// An answer came that belongs to something else: the next command is preceded by a
    /// resynchronisation.
    pub fn distrust(&mut self) {
        self.late = true;
    }

    /// Ends a message body that the modem may be waiting for; nothing is sent by it.
    ///
    /// # Errors
    /// [`AtError::Gone`] when the port failed.
    pub fn escape(&mut self) -> Result<(), AtError> {
        self.write(b"\x1b")
    }

    /// Reads what has come in while no command is in flight; returns once something was there
    /// or the time is over.
    ///
    /// # Errors
    /// [`AtError::Gone`] when the port failed.
    pub fn listen(&mut self, timeout: Duration) -> Result<(), AtError> {
        self.read(timeout)?;
        self.keep_urcs();
        Ok(())
    }

    fn exchange(&mut self, command: &Command) -> Result<Vec<Response>, AtError> {
        self.digester.expect(Expect {
            echo: command.line.clone(),
            prefix: command.prefix.clone(),
            payload: command.payload,
            prompt: command.body.is_some(),
            single: command.single,
        });
        self.body_sent = false;
        let line = zeroize::Zeroizing::new(format!("{}\r", command.line.reveal()));
        self.write(line.as_bytes())?;
        let started = Instant::now();
        let mut deadline = started
            + if command.body.is_some() {
                PROMPT_TIMEOUT
            } else {
                command.timeout
            }
            + self.port.queue();
        let mut lines = Vec::new();
        loop {
            while let Some(event) = self.digester.next_event() {
                match event {
                    Event::Echo => {}
                    Event::Response(response) => lines.push(response),
                    Event::Urc(urc) => self.keep(urc),
                    Event::Final(FinalResult::Ok | FinalResult::Connect)
                        if command.body.is_some() && !self.body_sent =>
                    {
                        // Nothing was sent, so it answers something else, and a prompt may come.
                        self.late = true;
                        self.write(b"\x1b")?;
                        return Err(AtError::Unasked {
                            command: command.name.clone(),
                        });
                    }
                    Event::Final(FinalResult::Ok | FinalResult::Connect) => return Ok(lines),
                    Event::Final(result) => {
                        return Err(AtError::Refused {
                            command: command.name.clone(),
                            result,
                        });
                    }
                    Event::Prompt => {
                        let mut body = command.body.clone().unwrap_or_default();
                        self.digester.expect(Expect {
                            echo: Secret::new(String::from_utf8_lossy(&body)),
                            prefix: command.prefix.clone(),
                            ..Expect::default()
                        });
                        body.push(0x1a);
                        self.body_sent = true;
                        self.write(&body)?;
                        deadline = Instant::now() + command.timeout;
                    }
                }
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let seconds = started.elapsed().as_secs();
                if command.body.is_some() && !self.body_sent {
                    // It may ask for the body yet; an escape says that none will come.
                    self.write(b"\x1b")?;
                }
                return Err(AtError::TimedOut {
                    command: command.name.clone(),
                    seconds,
                });
            }
            self.read(left)?;
        }
    }

    /// Makes sure that the next answer is the answer to the next command.
    ///
    /// The echo is switched on and `AT` is sent: whatever comes before its echo is late.
    fn resynchronise(&mut self) -> Result<(), AtError> {
        match self.exchange(&Command::new("ATE1").bare().within(Duration::from_secs(2))) {
            Ok(_) | Err(AtError::Refused { .. } | AtError::TimedOut { .. }) => {}
            Err(gone) => return Err(gone),
        }
        let timeout = Duration::from_secs(5);
        let gave_up = AtError::TimedOut {
            command: "AT".to_owned(),
            seconds: timeout.as_secs(),
        };
        self.digester.expect(Expect {
            echo: Secret::new("AT"),
            ..Expect::default()
        });
        self.write(b"AT\r")?;
        let deadline = Instant::now() + timeout;
        let mut echoed = false;
        loop {
            while let Some(event) = self.digester.next_event() {
                match event {
                    Event::Echo => echoed = true,
                    Event::Urc(urc) => self.keep(urc),
                    Event::Final(_) if echoed => {
                        self.late = false;
                        let quiet = Command::new("ATE0").bare().within(timeout);
                        return self.exchange(&quiet).map(drop);
                    }
                    _ => {}
                }
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(gave_up);
            }
            self.read(left)?;
        }
    }

    fn keep_urcs(&mut self) {
        while let Some(event) = self.digester.next_event() {
            if let Event::Urc(urc) = event {
                self.keep(urc);
            }
        }
    }

    fn keep(&mut self, urc: Urc) {
        if self.urcs.len() >= URC_LIMIT {
            self.urcs.pop_front();
        }
        self.urcs.push_back(urc);
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), AtError> {
        self.port
            .set_timeout(WRITE_TIMEOUT)
            .and_then(|()| self.port.write_all(bytes))
            .and_then(|()| self.port.flush())
            .map_err(AtError::Gone)
    }

    /// Reads once; `false` when nothing came in time.
    fn read(&mut self, timeout: Duration) -> Result<bool, AtError> {
        let mut buffer = [0; 4096];
        self.port.set_timeout(timeout).map_err(AtError::Gone)?;
        match self.port.read(&mut buffer) {
            Ok(0) => Err(AtError::Gone(io::Error::from(io::ErrorKind::UnexpectedEof))),
            Ok(count) => {
                self.digester.push(buffer.get(..count).unwrap_or_default());
                Ok(true)
            }
            Err(error) => match error.kind() {
                io::ErrorKind::TimedOut
                | io::ErrorKind::WouldBlock
                | io::ErrorKind::Interrupted => Ok(false),
                _ => Err(AtError::Gone(error)),
            },
        }
    }
}

/// An error result in words; the numbers of 3GPP TS 27.005 clause 3.2.5 and 27.007 clause 9.2
/// that a person meets.
fn describe(result: &FinalResult) -> String {
    let (family, code) = match result {
        FinalResult::Cme(code) => ("CME", code),
        FinalResult::Cms(code) => ("CMS", code),
        FinalResult::Ok | FinalResult::Connect | FinalResult::Error => {
            return "no reason given".to_owned();
        }
    };
    let number = match code {
        Code::Words(words) => return words.clone(),
        Code::Number(number) => *number,
    };
    let words = match (family, number) {
        ("CME", 10) | (_, 310) => "no SIM",
        ("CME", 11) | (_, 311) => "the SIM wants its PIN",
        ("CME", 12) | (_, 316) => "the SIM wants its PUK",
        ("CME", 14) | (_, 314) => "the SIM is busy",
        ("CME", 13) | (_, 313) => "SIM failure",
        ("CME", 16) => "wrong PIN or PUK",
        ("CME", 30) | (_, 331) => "no network service",
        ("CMS", 1) => "the number is not in use",
        ("CMS", 8 | 10) => "barred by the operator",
        ("CMS", 21) => "the network refused the message",
        ("CMS", 27..=30) => "the recipient cannot be found",
        ("CMS", 38 | 41 | 42 | 47) => "the network is out of order or congested",
        ("CMS", 69) => "the network does not offer this",
        (_, 304) => "the modem does not take this PDU",
        (_, 321) => "no message at that place",
        (_, 322) => "the message storage is full",
        (_, 330) => "no service centre number is set",
        (_, 332) => "the network did not answer in time",
        _ => return format!("{family} error {number}"),
    };
    format!("{words} ({family} error {number})")
}

#[cfg(test)]
mod tests;
