//! Talking to `xshutter serve`: one request and its answer, or a stream of states.
//!
//! Whoever answers may be anybody: answers have a largest size, every step has a time limit, and
//! texts in them are untrusted. A password goes into a header and nowhere else.

mod address;
mod servers;
mod sse;
mod wire;

pub use address::{Address, AddressError, DEFAULT_PORT};
pub use servers::{Server, ServersError, keep_password, servers};
pub use sse::{Event, Parser};

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use ureq::http::{HeaderValue, Response, StatusCode};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::{Agent, Body};

use super::command::Command;
use super::snapshot::{Shot, Snapshot};
use crate::bar::clean;
use crate::secret::Secret;

/// A status with 200 pictures has some 40 KiB.
const LARGEST: u64 = 1 << 20;
/// For a whole request with its answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// To reach the other side at all.
const CONNECT: Duration = Duration::from_secs(5);
/// The service says something at least every 15 seconds where that is wished; who is silent for so
/// long is gone.
const SILENCE: Duration = Duration::from_secs(50);

/// Why it was not answered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// Nobody is there.
    #[error("no answer from {address}: {reason}")]
    Unreachable {
        /// Who was asked.
        address: String,
        /// What the system says.
        reason: String,
        /// Whether the machine answers, but nobody listens there.
        refused: bool,
    },
    /// It has ended a stream in good order, as it does with those that are hours old.
    #[error("{0} has ended the connection")]
    Ended(String),
    /// A password is wanted.
    #[error("{address} wants a password; {}", if *.wrong {
        "the one that is kept is wrong"
    } else {
        "name a file with it: password_file in [[shutter.server]]"
    })]
    Forbidden {
        /// Who was asked.
        address: String,
        /// Whether one was sent.
        wrong: bool,
    },
    /// It was understood and refused; the service's own sentence.
    #[error("{0}")]
    Refused(String),
    /// Something else answers.
    #[error("{address} does not answer like 'xshutter serve': {reason}")]
    Odd {
        /// Who was asked.
        address: String,
        /// What is odd.
        reason: String,
    },
}

/// A state, and how far the clock of its service is from ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The state.
    pub snapshot: Snapshot,
    /// Service's clock minus ours; zero where they agree.
    pub ahead: SignedDuration,
}

/// How long an answer may take, once it has begun.
#[derive(Clone, Copy)]
enum Limit {
    Whole(Duration),
    EachRead(Duration),
    None,
}

/// One service.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    address: Address,
    password: Option<Secret>,
}

impl Client {
    /// A client of this service; nothing is sent yet.
    #[must_use]
    pub fn new(address: Address, password: Option<Secret>) -> Self {
        let config = Agent::config_builder()
            // A camera is in the next room; a proxy of the environment is not on the way.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("barpop/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(PATIENCE))
            .build();
        Self {
            agent: Agent::with_parts(config, wire::Wires, DefaultResolver::default()),
            address,
            password: password.filter(|password| !password.is_empty()),
        }
    }

    /// The state now.
    ///
    /// # Errors
    /// See [`ClientError`].
    pub fn status(&self) -> Result<Told, ClientError> {
        let response = self.get("status", Limit::Whole(PATIENCE))?;
        let ahead = ahead(&response, Timestamp::now());
        let snapshot = self.read(response)?;
        Ok(Told { snapshot, ahead })
    }

    /// The pictures that the service remembers, oldest first.
    ///
    /// # Errors
    /// See [`ClientError`].
    pub fn history(&self) -> Result<Vec<Shot>, ClientError> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum History {
            Bare(Vec<Shot>),
            Named { history: Vec<Shot> },
        }
        let response = self.get("history", Limit::Whole(PATIENCE))?;
        Ok(match self.read(response)? {
            History::Bare(history) | History::Named { history } => history,
        })
    }

    /// Asks for something.
    ///
    /// # Errors
    /// See [`ClientError`]; what is not possible now is [`ClientError::Refused`].
    pub fn send(&self, command: &Command) -> Result<(), ClientError> {
        let (path, body) = match command {
            Command::Start(plan) => ("start", serde_json::to_string(plan)),
            Command::Change(change) => ("change", serde_json::to_string(change)),
            Command::Pause => ("pause", Ok(String::new())),
            Command::Resume => ("resume", Ok(String::new())),
            Command::Stop => ("stop", Ok(String::new())),
            Command::Snap => ("snap", Ok(String::new())),
        };
        let body = body.map_err(|error| ClientError::Refused(error.to_string()))?;
        let mut request = self.agent.post(self.address.api(path));
        if let Some(password) = &self.password {
            request = request.header("Authorization", authorization(password));
        }
        let request = request
            .header("Content-Type", "application/json")
            .config()
            .timeout_global(Some(PATIENCE))
            .build();
        let sent = request.send(&body).map_err(|error| self.explain(&error));
        self.judge(sent?).map(drop)
    }

    /// Tells every state, the present one first, until `tell` breaks it off. A `quiet` stream wakes
    /// nobody while nothing changes: that the other side is there is the kernel's to know. But there
    /// are proxies that end what is silent.
    ///
    /// # Errors
    /// See [`ClientError`]; a stream that ends is [`ClientError::Ended`].
    pub fn events(
        &self,
        quiet: bool,
        tell: &mut dyn FnMut(Told) -> ControlFlow<()>,
    ) -> Result<(), ClientError> {
        let response = match quiet {
            true => self.get("events?quiet=true", Limit::None)?,
            false => self.get("events", Limit::EachRead(SILENCE))?,
        };
        let ahead = ahead(&response, Timestamp::now());
        let mut reader = response.into_body().into_reader();
        let mut parser = Parser::default();
        let mut bytes = [0; 8192];
        loop {
            let count = match reader.read(&mut bytes) {
                Ok(0) => return Err(ClientError::Ended(self.address.to_string())),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.explain(&ureq::Error::from(error))),
            };
            let read = bytes.get(..count).unwrap_or_default();
            let events = parser.feed(read).map_err(|error| self.odd(error))?;
            // Only the newest state counts of those that came together.
            let newest = events.into_iter().rfind(|event| event.name == "status");
            let Some(event) = newest else { continue };
            let snapshot = self.parse(event.data.as_bytes())?;
            if tell(Told { snapshot, ahead }).is_break() {
                return Ok(());
            }
        }
    }

    /// Ends all that is under way, from any thread.
    pub fn shutdown(&self) {
        self.agent.clone().shutdown();
    }

    fn get(&self, path: &str, limit: Limit) -> Result<Response<Body>, ClientError> {
        let mut request = self.agent.get(self.address.api(path));
        if let Some(password) = &self.password {
            request = request.header("Authorization", authorization(password));
        }
        let config = request.config();
        let request = match limit {
            Limit::Whole(time) => config.timeout_global(Some(time)),
            Limit::EachRead(time) => config.timeout_per_read(Some(time)),
            Limit::None => config,
        }
        .build();
        let response = request.call().map_err(|error| self.explain(&error))?;
        self.judge(response)
    }

    fn read<T: DeserializeOwned>(&self, mut response: Response<Body>) -> Result<T, ClientError> {
        let body = response.body_mut().with_config().limit(LARGEST);
        let bytes = body.read_to_vec().map_err(|error| self.explain(&error))?;
        self.parse(&bytes)
    }

    fn parse<T: DeserializeOwned>(&self, bytes: &[u8]) -> Result<T, ClientError> {
        serde_json::from_slice(bytes).map_err(|error| self.odd(error))
    }

    /// Whether the answer is one that was hoped for.
    fn judge(&self, mut response: Response<Body>) -> Result<Response<Body>, ClientError> {
        #[derive(Deserialize)]
        struct Refusal {
            error: String,
        }
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        if status == StatusCode::UNAUTHORIZED {
            return Err(ClientError::Forbidden {
                address: self.address.to_string(),
                wrong: self.password.is_some(),
            });
        }
        let body = response.body_mut().with_config().limit(LARGEST);
        let refusal = body.read_to_vec().ok();
        let refusal = refusal.and_then(|bytes| serde_json::from_slice::<Refusal>(&bytes).ok());
        Err(match refusal {
            Some(Refusal { error }) => ClientError::Refused(short(&error)),
            None => self.odd(format!("HTTP status {}", status.as_u16())),
        })
    }

    fn explain(&self, error: &ureq::Error) -> ClientError {
        let nobody = |reason: &str| self.unreachable(reason, false);
        match error {
            ureq::Error::Io(error) => {
                // What reading a body says is an error of ours in one of the system's.
                if let Some(inner) = error.get_ref().and_then(|e| e.downcast_ref()) {
                    return self.explain(inner);
                }
                match error.kind() {
                    io::ErrorKind::ConnectionRefused => {
                        self.unreachable("nobody listens there", true)
                    }
                    io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => nobody("it is silent"),
                    io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
                        nobody("there is no way to it")
                    }
                    io::ErrorKind::ConnectionReset
                    | io::ErrorKind::ConnectionAborted
                    | io::ErrorKind::UnexpectedEof
                    | io::ErrorKind::BrokenPipe => nobody("it has ended the connection"),
                    // The resolver's kinds have no name of their own.
                    _ => nobody(&short(&error.to_string())),
                }
            }
            ureq::Error::Timeout(_) => nobody("it is silent"),
            ureq::Error::HostNotFound => nobody("the name is not known"),
            ureq::Error::ConnectionFailed => nobody("there is no way to it"),
            ureq::Error::BodyExceedsLimit(_) => self.odd("its answer is too long"),
            error => self.odd(error),
        }
    }

    fn unreachable(&self, reason: &str, refused: bool) -> ClientError {
        ClientError::Unreachable {
            address: self.address.to_string(),
            reason: reason.to_owned(),
            refused,
        }
    }

    fn odd(&self, reason: impl ToString) -> ClientError {
        ClientError::Odd {
            address: self.address.to_string(),
            reason: short(&reason.to_string()),
        }
    }
}

/// What somebody else wrote, as one line of bearable length.
fn short(text: &str) -> String {
    let text = clean(text).replace(['\n', '\t'], " ");
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// How far the other clock is from ours: a camera's computer may have none that goes on without
/// power. The header tells whole seconds, so less than two are none.
fn ahead(response: &Response<Body>, now: Timestamp) -> SignedDuration {
    let date = response.headers().get("date").and_then(|d| d.to_str().ok());
    let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    let ahead = date.map(|date| date.timestamp().duration_since(now));
    let ahead = ahead.unwrap_or_default();
    match ahead.as_secs().abs() {
        0..2 => SignedDuration::ZERO,
        _ => ahead,
    }
}

/// The header's value, in UTF-8 as it is; one with control characters is none.
fn authorization(password: &Secret) -> HeaderValue {
    let text = zeroize::Zeroizing::new(format!("Bearer {}", password.reveal()));
    let value = HeaderValue::from_bytes(text.as_bytes());
    let mut value = value.unwrap_or_else(|_| HeaderValue::from_static("Bearer"));
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests;
