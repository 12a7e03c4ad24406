//! A conversation with the network's source: a command, and waiting until its end is seen.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::ActionError;
use crate::net::command::Command;
use crate::net::options::{Options, Wants};
use crate::net::snapshot::{Service, Snapshot};
use crate::net::source::Source;
use crate::net::status;

/// Whether this process answers when NetworkManager asks for passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Agent {
    On,
    Off,
}

/// A running source, and its news.
pub(super) struct Session {
    source: Source,
    news: Receiver<()>,
}

impl Session {
    /// Starts a source and waits until the state is known.
    pub(super) fn start(agent: Agent) -> Result<Self, ActionError> {
        let (wake, news) = channel();
        let options = Options {
            wants: Wants::ALL,
            to_act_on: true,
            agent: agent == Agent::On,
            ..Options::default()
        };
        let source = Source::start(options, move || {
            // The source outlives nobody who listens.
            let _ = wake.send(());
        });
        let session = Self { source, news };
        session.wait("NetworkManager to answer", super::PATIENCE, |now| {
            (now.service != Service::Starting).then_some(())
        })?;
        Ok(session)
    }

    /// The newest state.
    pub(super) fn latest(&self) -> Arc<Snapshot> {
        self.source.latest()
    }

    /// Asks for something without waiting.
    pub(super) fn send(&self, command: Command) {
        self.source.send(command);
    }

    /// Asks for something and waits until `found` sees its end; what went wrong is an error in
    /// the source's own sentence.
    pub(super) fn ask<T>(
        &self,
        command: Command,
        what: &str,
        limit: Duration,
        mut found: impl FnMut(&Snapshot) -> Option<T>,
    ) -> Result<T, ActionError> {
        self.send(command);
        self.wait(what, limit, |now| match &now.failure {
            Some(failure) => Some(Err(ActionError::Sentence(failure.sentence.clone()))),
            None => found(now).map(Ok),
        })?
    }

    /// Waits until `found` has something in a snapshot.
    pub(super) fn wait<T>(
        &self,
        what: &str,
        limit: Duration,
        mut found: impl FnMut(&Snapshot) -> Option<T>,
    ) -> Result<T, ActionError> {
        let until = Instant::now() + limit;
        loop {
            let now = self.latest();
            if let Some(sentence) = status::error(&now) {
                return Err(ActionError::Sentence(sentence));
            }
            if let Some(found) = found(&now) {
                return Ok(found);
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.news.recv_timeout(left) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return Err(ActionError::Sentence(format!(
                        "waited {} seconds in vain for {what}; 'xnm list' shows how it is now",
                        limit.as_secs()
                    )));
                }
            }
        }
    }

    /// For what leaves no trace in the state: gives it a moment to fail.
    pub(super) fn grace(&self) -> Result<(), ActionError> {
        let until = Instant::now() + Duration::from_millis(1500);
        loop {
            if let Some(failure) = &self.latest().failure {
                return Err(ActionError::Sentence(failure.sentence.clone()));
            }
            let left = until.saturating_duration_since(Instant::now());
            if self.news.recv_timeout(left).is_err() {
                return Ok(());
            }
        }
    }
}
