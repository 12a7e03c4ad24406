//! The object that NetworkManager calls.

use std::sync::Arc;

use jiff::Timestamp;
use zbus::message::Header;
use zbus::{Connection, DBusError, ObjectPath, interface};

use super::queue::{Answer, Verdict};
use super::request::Request;
use super::{Asking, Event, Shared, keep, wait};
use crate::net::act::NETWORK_MANAGER;
use crate::net::settings::Settings;

/// Errors by the names that NetworkManager knows.
#[derive(Debug, DBusError)]
#[zbus(prefix = "org.freedesktop.NetworkManager.SecretAgent")]
pub(super) enum AgentError {
    /// The library's own.
    #[zbus(error)]
    ZBus(zbus::Error),
    /// The caller is not NetworkManager.
    NotAuthorized(String),
    /// The person does not want to.
    UserCanceled(String),
    /// NetworkManager took the question back.
    AgentCanceled(String),
    /// There are none, and nobody may be asked: another agent may know.
    NoSecrets(String),
}

/// The object that is served. It does not hold the connection, which holds it.
pub(super) struct Served {
    shared: Arc<Shared>,
}

impl Served {
    pub fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Anybody may call an object on the system bus; secrets are NetworkManager's alone.
    async fn check(&self, bus: &Connection, header: &Header<'_>) -> Result<(), AgentError> {
        let not_it = || AgentError::NotAuthorized("only NetworkManager is answered".to_owned());
        let service = "org.freedesktop.DBus";
        let owner = bus
            .call_method(
                Some(service),
                "/org/freedesktop/DBus",
                Some(service),
                "GetNameOwner",
                &NETWORK_MANAGER,
            )
            .await;
        let owner = owner.map_err(|_| not_it())?;
        let owner: String = owner.body().deserialize().map_err(|_| not_it())?;
        match header.sender() {
            Some(sender) if *sender == owner.as_str() => Ok(()),
            _ => Err(not_it()),
        }
    }
}

#[interface(
    name = "org.freedesktop.NetworkManager.SecretAgent",
    introspection_docs = false
)]
impl Served {
    /// The secrets of one setting of a profile.
    #[allow(
        clippy::too_many_arguments,
        reason = "NetworkManager gives five, and the bus two"
    )]
    async fn get_secrets(
        &self,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
        connection: Settings,
        connection_path: ObjectPath<'_>,
        setting_name: String,
        hints: Vec<String>,
        flags: u32,
    ) -> Result<Settings, AgentError> {
        self.check(bus, &header).await?;
        let request = Request {
            connection,
            path: connection_path.to_string(),
            setting: setting_name,
            hints,
            flags,
        };
        let none = || AgentError::NoSecrets("no secrets are known here".to_owned());
        let refused = || AgentError::UserCanceled("the person does not answer".to_owned());
        let now = Timestamp::now();
        let verdict = self.shared.queue().judge(&request, now);
        match verdict {
            Verdict::Secrets(secrets) => return Ok(secrets),
            Verdict::Wrong(attempt) => {
                self.shared.tell(Event::Refused(attempt));
                return Err(refused());
            }
            Verdict::Ask => {}
        }
        if !request.may_ask() || matches!(self.shared.asking, Asking::Nobody) {
            return Err(none());
        }
        let uuid = request.uuid();
        let (answerer, waiting) = wait::pair();
        self.shared.queue().ask(request, answerer, now);
        self.shared.show();
        self.shared.tell(Event::Asked(uuid));
        self.shared.tell(Event::Prompt);
        match waiting.answer().await {
            Some(Answer::Secrets(secrets)) => Ok(secrets),
            Some(Answer::Refused) => Err(refused()),
            Some(Answer::Cancelled) => Err(AgentError::AgentCanceled(
                "the question was taken back".to_owned(),
            )),
            Some(Answer::Nobody) | None => Err(none()),
        }
    }

    /// NetworkManager does not want to know any more.
    async fn cancel_get_secrets(
        &self,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
        connection_path: ObjectPath<'_>,
        setting_name: String,
    ) -> Result<(), AgentError> {
        self.check(bus, &header).await?;
        let cancelled = self
            .shared
            .queue()
            .cancel(connection_path.as_str(), &setting_name);
        self.shared.after(cancelled);
        Ok(())
    }

    /// Secrets that the profile leaves to its agents: kept in memory, for this process.
    async fn save_secrets(
        &self,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
        connection: Settings,
        _connection_path: ObjectPath<'_>,
    ) -> Result<(), AgentError> {
        self.check(bus, &header).await?;
        if let Some(uuid) = connection.uuid() {
            let secrets = keep::agent_owned(&connection);
            self.shared.queue().keep(uuid, &secrets, None);
        }
        Ok(())
    }

    /// The profile is deleted, or keeps its secrets itself from now on.
    async fn delete_secrets(
        &self,
        #[zbus(connection)] bus: &Connection,
        #[zbus(header)] header: Header<'_>,
        connection: Settings,
        _connection_path: ObjectPath<'_>,
    ) -> Result<(), AgentError> {
        self.check(bus, &header).await?;
        if let Some(uuid) = connection.uuid() {
            self.shared.queue().forget_all(&uuid);
        }
        Ok(())
    }
}
