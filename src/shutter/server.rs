//! The service of `xshutter serve`: a page for people and a JSON API for programs, over HTTP.
//!
//! It has a thread of its own, with less priority than the rest of the machine, and talks to the
//! engine through [`Handle`] alone: whatever arrives here, no shot is late because of it. What
//! is described in [`openapi`] is what is checked and what answers; who may ask is decided in
//! `guard` before any of it runs.

mod alive;
mod api;
mod blame;
mod body;
mod door;
mod events;
mod feed;
mod guard;
mod host;
mod listen;
mod login;
pub mod mdns;
pub mod mqtt;
pub mod openapi;
mod page;
pub mod password;
mod problem;
mod service;
mod shares;
mod visitor;

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use tokio::sync::watch;

use super::engine::Handle;
use crate::secret::Secret;
use service::Service;

/// Where the service listens, and where its clients look for it, when nothing is configured.
pub const PORT: u16 = 8318;

/// Who may ask, and where.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where to listen; empty: [`PORT`] on both loopback addresses. Port 0 is any free one.
    pub listen: Vec<SocketAddr>,
    /// What [`password::hash`] made. Without it everybody on this machine may do everything, and
    /// only this machine is listened to.
    pub password_hash: Option<Secret>,
    /// Names by which browsers reach the service, with the port where it is not the scheme's
    /// own. Those of this machine (`localhost`, its host name, also with `.local`) and its
    /// addresses are known without.
    pub names: Vec<String>,
    /// People reach it through a proxy that speaks HTTPS: cookies are for HTTPS only.
    pub https: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

/// Where sentences for the log go.
pub type Log = Box<dyn Fn(&str) + Send>;

/// Why the service cannot be there.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Other machines could take pictures without a password.
    #[error(
        "listening on {0} would let every machine there use the camera; set a password with \
         'xshutter passwd', or listen on 127.0.0.1 alone"
    )]
    Open(SocketAddr),
    /// The configured password hash is none.
    #[error(transparent)]
    Password(#[from] password::PasswordError),
    /// The system gives no thread, no randomness or the like.
    #[error("the service cannot start: {0}; free some memory and start it anew")]
    System(std::io::Error),
}

/// A service that listens already, and answers as soon as it runs.
pub struct Server {
    service: Arc<Service>,
    listeners: Vec<TcpListener>,
    awaited: Vec<Awaited>,
    log: Log,
    stop: watch::Sender<bool>,
}

/// An address that cannot be listened on yet: the network may come up later, and whoever has the
/// port may end.
struct Awaited {
    address: SocketAddr,
    /// Why not.
    cause: std::io::Error,
}

/// Listens on what can be listened on by now, and keeps the rest.
fn try_again(awaited: &mut Vec<Awaited>) -> Vec<TcpListener> {
    let mut listeners = Vec::new();
    awaited.retain_mut(|wanted| match bind(wanted.address) {
        Ok(listener) => {
            listeners.push(listener);
            false
        }
        Err(cause) => {
            wanted.cause = cause;
            true
        }
    });
    listeners
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Whether this machine has no addresses of that kind, and will not get any.
fn has_no_such(error: &std::io::Error) -> bool {
    let none = [libc::EAFNOSUPPORT, libc::EADDRNOTAVAIL];
    error
        .raw_os_error()
        .is_some_and(|code| none.contains(&code))
}

/// What is not listened on, in a sentence.
fn unheard(awaited: &[Awaited]) -> Option<String> {
    let all = awaited.iter().map(|wanted| {
        let Awaited { address, cause } = wanted;
        format!("cannot listen on {address}: {cause}")
    });
    let all: Vec<String> = all.collect();
    (!all.is_empty()).then(|| format!("{}; it is tried again and again", all.join("; ")))
}

/// Ends a [`Server`] from another thread, as often as one likes.
#[derive(Clone)]
pub struct Stopper(watch::Sender<bool>);

impl Stopper {
    /// Answers what was asked already, for at most three seconds, and ends.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Server {
    /// Listens; connections wait until it runs. An address that cannot be listened on stops
    /// nothing: the log and the state's warning tell of it, and it is tried again while it runs.
    ///
    /// # Errors
    /// [`ServeError`], with nothing listening.
    pub fn bind(handle: Handle, options: Options, log: Log) -> Result<Self, ServeError> {
        let mut addresses = options.listen.clone();
        let by_default = addresses.is_empty();
        if by_default {
            addresses = vec![
                SocketAddr::from(([127, 0, 0, 1], PORT)),
                SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, PORT)),
            ];
        }
        if options.password_hash.is_none()
            && let Some(open) = addresses.iter().find(|address| !is_loopback(address.ip()))
        {
            return Err(ServeError::Open(*open));
        }
        let mut listeners = Vec::new();
        let mut awaited = Vec::new();
        for address in &addresses {
            match bind(*address) {
                Ok(listener) => listeners.push(listener),
                // A machine may have no IPv6 at all.
                Err(_) if by_default && address.is_ipv6() && !listeners.is_empty() => {}
                Err(error) if by_default && address.is_ipv6() && has_no_such(&error) => {}
                Err(cause) => awaited.push(Awaited {
                    address: *address,
                    cause,
                }),
            }
        }
        if let Some(problem) = unheard(&awaited) {
            log(&problem);
            handle.warn_of_network(Some(problem));
        }
        let port = match listeners.first() {
            Some(listener) => listener.local_addr().map_err(ServeError::System)?.port(),
            None => addresses.first().map_or(PORT, SocketAddr::port),
        };
        let (stop, _) = watch::channel(false);
        Ok(Self {
            service: Arc::new(Service::new(handle, options, port, stop.clone())?),
            listeners,
            awaited,
            log,
            stop,
        })
    }

    /// Where it listens by now.
    #[must_use]
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.listeners
            .iter()
            .filter_map(|listener| listener.local_addr().ok())
            .collect()
    }

    /// Where it is to listen as soon as that can be.
    #[must_use]
    pub fn awaited(&self) -> Vec<SocketAddr> {
        self.awaited.iter().map(|wanted| wanted.address).collect()
    }

    /// What ends it.
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// Serves until it is stopped, in this thread, whose priority it lowers.
    ///
    /// # Errors
    /// [`ServeError::System`] where it cannot begin.
    pub fn run(self) -> Result<(), ServeError> {
        give_way();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            // For the engine's answers and one password at a time.
            .max_blocking_threads(8)
            .on_thread_start(give_way)
            .build()
            .map_err(ServeError::System)?;
        let serving = listen::serve(
            self.service,
            self.listeners,
            self.awaited,
            &self.log,
            &self.stop,
        );
        let ended = runtime.block_on(serving);
        // A question that the engine never answers must not keep the program.
        runtime.shutdown_background();
        ended.map_err(ServeError::System)
    }
}

/// Serves with these options until the program ends.
///
/// # Errors
/// As [`Server::bind`] and [`Server::run`].
pub fn run(handle: Handle, options: Options, log: Log) -> Result<(), ServeError> {
    Server::bind(handle, options, log)?.run()
}

/// Lets everything else on the machine go first; the engine above all. For this thread alone.
fn give_way() {
    let _ = rustix::process::setpriority_process(None, 5);
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}
