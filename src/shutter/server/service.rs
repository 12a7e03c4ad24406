//! What every answer needs: the engine, what it last said, and who may come in.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::StatusCode;
use tokio::sync::{Semaphore, watch};

use super::door::Door;
use super::feed::Feed;
use super::host::Names;
use super::problem::Problem;
use super::{Options, ServeError, blame};
use crate::shutter::command::Command;
use crate::shutter::engine::{Handle, Kind};
use crate::shutter::snapshot::Snapshot;

/// Event streams at once.
const STREAMS: usize = 16;

/// Waits until the service is to end.
pub(super) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Shared by all requests.
pub(super) struct Service {
    pub handle: Handle,
    pub feed: Feed,
    /// Absent: everybody on this machine may do everything.
    pub door: Option<Door>,
    pub names: Names,
    /// The cookie of a session. Browsers send one to every port of a machine, so each service
    /// there has a name of its own for it.
    pub cookie: String,
    pub https: bool,
    /// Proxies that say truly whom they speak for.
    pub proxies: Vec<IpAddr>,
    pub streams: Arc<Semaphore>,
    pub stop: watch::Sender<bool>,
}

impl Service {
    pub fn new(
        handle: Handle,
        options: Options,
        port: u16,
        stop: watch::Sender<bool>,
    ) -> Result<Self, ServeError> {
        let machine = rustix::system::uname();
        let prefix = if options.https { "__Host-" } else { "" };
        Ok(Self {
            feed: Feed::of(&handle),
            handle,
            door: options.password_hash.map(Door::new).transpose()?,
            names: Names::new(&options.names, &machine.nodename().to_string_lossy()),
            cookie: format!("{prefix}xshutter_{port}"),
            https: options.https,
            proxies: options
                .trusted_proxies
                .iter()
                .map(IpAddr::to_canonical)
                .collect(),
            streams: Arc::new(Semaphore::new(STREAMS)),
            stop,
        })
    }

    /// Asks the engine for something, and tells how things are after it.
    ///
    /// # Errors
    /// The engine's refusal, as 422, 409 or 503.
    pub async fn ask(&self, command: Command) -> Result<Arc<Snapshot>, Problem> {
        let handle = self.handle.clone();
        let asked = tokio::task::spawn_blocking(move || {
            let answer = handle.ask(command.clone());
            let snapshot = handle.snapshot();
            answer
                .map_err(|refusal| (blame::field(&command, snapshot.plan.as_ref()), refusal))
                .map(|()| snapshot)
        });
        match asked.await {
            Ok(Ok(snapshot)) => Ok(snapshot),
            Ok(Err((field, refusal))) => Err(match refusal.kind {
                Kind::Invalid => Problem::wrong(field, refusal.sentence),
                Kind::Conflict => Problem::new(StatusCode::CONFLICT, refusal.sentence),
                Kind::Unavailable => {
                    Problem::later(StatusCode::SERVICE_UNAVAILABLE, 5, refusal.sentence)
                }
            }),
            Err(_) => {
                let error = "the timer does not answer; start the service anew";
                Err(Problem::later(StatusCode::SERVICE_UNAVAILABLE, 5, error))
            }
        }
    }
}
