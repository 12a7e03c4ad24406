//! D-Bus: a connection, a call that never waits for ever, and errors in words.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use serde::Serialize;
use zbus::message::{Flags, Message, Type};
use zbus::{Connection, DynamicType, Error, MessageStream, fdo};
use zruntime::SharedRuntime;

/// How long a service may take for an answer, before it counts as stalled.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Messages that may wait to be read; when there are more, the bus waits.
const QUEUE: usize = 1024;

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BusError {
    /// There is no bus to connect to.
    #[error("cannot connect to the {bus} bus: {cause}")]
    NoBus {
        /// `system` or `session`.
        bus: &'static str,
        /// Why.
        cause: String,
    },
    /// The connection to the bus broke.
    #[error("the connection to the bus is gone")]
    Gone,
    /// Nobody has that name on the bus.
    #[error("{0} is not running")]
    NotRunning(String),
    /// No answer in time.
    #[error("{0} does not answer")]
    Stalled(String),
    /// The service or the bus forbids it.
    #[error("{0}")]
    Forbidden(String),
    /// The service says no; `name` is the D-Bus error's name.
    #[error("{text}")]
    Refused {
        /// Like `org.freedesktop.NetworkManager.Device.InvalidConnection`.
        name: String,
        /// The service's words. They never hold a secret of ours: services do not repeat them.
        text: String,
    },
    /// The answer is not what the interface promises.
    #[error("cannot read the answer: {0}")]
    Garbled(String),
}

/// An interface of an object of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object<'a> {
    /// The service's name, like `org.freedesktop.NetworkManager`.
    pub service: &'a str,
    /// The object's path.
    pub path: &'a str,
    /// The interface's name.
    pub interface: &'a str,
}

impl Object<'_> {
    /// A call of a method that starts no service, to be sent by [`Bus::send`] or
    /// [`Bus::ask_all`]. Its serial number tells its answer.
    ///
    /// # Errors
    /// [`BusError::Garbled`] when a name or path is none.
    pub fn question<B>(&self, method: &str, body: &B) -> Result<Message, BusError>
    where
        B: Serialize + DynamicType,
    {
        Message::method_call(self.path, method)
            .interface(self.interface)
            .destination(self.service)
            .with_flags(Flags::NO_AUTO_START)
            .build(body)
            .map_err(|error| BusError::of(error, self.service))
    }
}

/// A connection to a bus. Clones share it.
#[derive(Debug, Clone)]
pub struct Bus {
    connection: Connection,
}

impl Bus {
    /// The system bus, or the one that `DBUS_SYSTEM_BUS_ADDRESS` names.
    ///
    /// # Errors
    /// [`BusError::NoBus`], also when the bus accepts but then says nothing for [`PATIENCE`].
    pub async fn system() -> Result<Self, BusError> {
        Self::build(zbus::connection::Builder::system(), "system").await
    }

    /// The bus at an address, or the system bus where there is none.
    ///
    /// # Errors
    /// Like [`Bus::system`].
    pub async fn system_at(address: Option<&str>) -> Result<Self, BusError> {
        match address {
            Some(address) => {
                Self::build(zbus::connection::Builder::address(address), "system").await
            }
            None => Self::system().await,
        }
    }

    /// The session bus.
    ///
    /// # Errors
    /// Like [`Bus::system`].
    pub async fn session() -> Result<Self, BusError> {
        Self::build(zbus::connection::Builder::session(), "session").await
    }

    /// The session bus at an address.
    ///
    /// # Errors
    /// Like [`Bus::system`].
    pub async fn session_at(address: &str) -> Result<Self, BusError> {
        Self::build(zbus::connection::Builder::address(address), "session").await
    }

    async fn build(
        builder: zbus::connection::Builder<'_>,
        bus: &'static str,
    ) -> Result<Self, BusError> {
        let no_bus = |cause: String| BusError::NoBus { bus, cause };
        let build = builder.method_timeout(PATIENCE).build();
        let connection = within(PATIENCE, build)
            .await
            .ok_or_else(|| no_bus("it does not answer".to_owned()))?;
        Ok(Self {
            connection: connection.map_err(|cause| no_bus(cause.to_string()))?,
        })
    }

    /// The connection itself, for objects that we serve.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Every message that comes in from now on, answers too, in the order of the bus. It must be
    /// read all the time: what nobody takes holds everything up.
    pub fn messages(&self) -> Messages {
        let mut stream = MessageStream::from(&self.connection);
        if let Ok(room) = QUEUE.try_into() {
            stream.set_max_queued(room);
        }
        Messages(stream)
    }

    /// Sends messages without waiting for an answer.
    ///
    /// # Errors
    /// [`BusError::Gone`], also when nobody takes them for [`PATIENCE`].
    pub async fn send(&self, messages: &[Message]) -> Result<(), BusError> {
        let sent = within(PATIENCE, self.connection.send_all(messages)).await;
        match sent {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) | None => Err(BusError::Gone),
        }
    }

    /// Sends calls at once and waits for all answers, which come back in the calls' order.
    ///
    /// # Errors
    /// [`BusError::Gone`] for all of them together; each answer has its own error.
    pub async fn ask_all(
        &self,
        calls: &[Message],
        service: &str,
    ) -> Result<Vec<Result<Message, BusError>>, BusError> {
        let mut messages = self.messages();
        self.send(calls).await?;
        let mut answers: Vec<_> = calls
            .iter()
            .map(|call| (call.primary_header().serial_num(), None))
            .collect();
        let mut missing = answers.len();
        let collect = async {
            while missing > 0 {
                let message = messages.next().await.ok_or(BusError::Gone)?;
                let Some((serial, answer)) = answer_of(message, service) else {
                    continue;
                };
                let slot = answers.iter_mut().find(|(call, _)| *call == serial);
                if let Some((_, slot @ None)) = slot {
                    *slot = Some(answer);
                    missing -= 1;
                }
            }
            Ok(())
        };
        if let Some(ended) = within(PATIENCE, collect).await {
            ended?;
        }
        let late = || Err(BusError::Stalled(service.to_owned()));
        Ok(answers
            .into_iter()
            .map(|(_, answer)| answer.unwrap_or_else(late))
            .collect())
    }

    /// Calls a method.
    ///
    /// # Errors
    /// See [`BusError`].
    pub async fn call<B>(
        &self,
        object: Object<'_>,
        method: &'static str,
        body: &B,
    ) -> Result<Message, BusError>
    where
        B: Serialize + DynamicType,
    {
        self.connection
            .call_method(
                Some(object.service),
                object.path,
                Some(object.interface),
                method,
                body,
            )
            .await
            .map_err(|error| BusError::of(error, object.service))
    }
}

/// What comes in, in the order of the bus.
#[derive(Debug)]
pub struct Messages(MessageStream);

impl Messages {
    /// The next message; `None` when the connection is gone.
    pub async fn next(&mut self) -> Option<Message> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// The next message, for who waits for several things; `Ready(None)` when the connection is
    /// gone.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Message>> {
        let next = Pin::new(&mut self.0).poll_next(context);
        next.map(|message| message?.ok())
    }
}

/// The call that a message answers, and the answer; `None` when it is none.
#[must_use]
pub fn answer_of(
    message: Message,
    service: &str,
) -> Option<(NonZeroU32, Result<Message, BusError>)> {
    let serial = message.header().reply_serial()?;
    match message.message_type() {
        Type::MethodReturn => Some((serial, Ok(message))),
        Type::Error => Some((serial, Err(BusError::of(message.into(), service)))),
        Type::MethodCall | Type::Signal => None,
    }
}

/// Waits for something, but not for ever.
pub async fn within<F: Future>(time: Duration, future: F) -> Option<F::Output> {
    match SharedRuntime::current() {
        Ok(runtime) => runtime.timeout(time, future).await.ok(),
        // No descriptors left for a clock: the connection cannot have been made then either.
        Err(_) => None,
    }
}

impl BusError {
    /// What an error of the library means for a call to `service`.
    #[must_use]
    pub fn of(error: Error, service: &str) -> Self {
        let service = || service.to_owned();
        match error {
            Error::FDO(error) => Self::of_standard(*error, service()),
            Error::MethodError(name, text, _) if name.as_str().ends_with("PermissionDenied") => {
                Self::Forbidden(text.unwrap_or_else(|| name.to_string()))
            }
            Error::MethodError(name, text, _) => Self::Refused {
                text: text.unwrap_or_else(|| name.to_string()),
                name: name.to_string(),
            },
            Error::InputOutput(cause) if cause.kind() == ErrorKind::TimedOut => {
                Self::Stalled(service())
            }
            Error::InputOutput(_) => Self::Gone,
            other => Self::Garbled(other.to_string()),
        }
    }

    fn of_standard(error: fdo::Error, service: String) -> Self {
        use zbus::DBusError;
        match error {
            fdo::Error::ServiceUnknown(_) | fdo::Error::NameHasNoOwner(_) => {
                Self::NotRunning(service)
            }
            fdo::Error::AccessDenied(text) | fdo::Error::InteractiveAuthorizationRequired(text) => {
                Self::Forbidden(text)
            }
            fdo::Error::NoReply(_) | fdo::Error::TimedOut(_) | fdo::Error::Timeout(_) => {
                Self::Stalled(service)
            }
            fdo::Error::Disconnected(_) => Self::Gone,
            fdo::Error::ZBus(error) => Self::of(error, &service),
            other => Self::Refused {
                name: other.name().to_string(),
                text: other.description().unwrap_or_default().to_owned(),
            },
        }
    }
}
