//! D-Bus: a connection, a call that never waits for ever, and errors in words.

use std::io::ErrorKind;
use std::time::Duration;

use serde::Serialize;
use zbus::message::Message;
use zbus::{Connection, DynamicType, Error, fdo};

/// How long a service may take for an answer, before it counts as stalled.
pub const PATIENCE: Duration = Duration::from_secs(10);

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

/// A connection to a bus. Clones share it.
#[derive(Debug, Clone)]
pub struct Bus {
    connection: Connection,
}

impl Bus {
    /// The system bus, or the one that `DBUS_SYSTEM_BUS_ADDRESS` names.
    ///
    /// # Errors
    /// [`BusError::NoBus`].
    pub async fn system() -> Result<Self, BusError> {
        Self::build(zbus::connection::Builder::system(), "system").await
    }

    /// The session bus.
    ///
    /// # Errors
    /// [`BusError::NoBus`].
    pub async fn session() -> Result<Self, BusError> {
        Self::build(zbus::connection::Builder::session(), "session").await
    }

    async fn build(
        builder: zbus::connection::Builder<'static>,
        bus: &'static str,
    ) -> Result<Self, BusError> {
        let no_bus = |cause: zbus::Error| BusError::NoBus {
            bus,
            cause: cause.to_string(),
        };
        let connection = builder.method_timeout(PATIENCE).build().await;
        Ok(Self {
            connection: connection.map_err(no_bus)?,
        })
    }

    /// The connection itself, for streams of signals and for objects that we serve.
    pub fn connection(&self) -> &Connection {
        &self.connection
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
