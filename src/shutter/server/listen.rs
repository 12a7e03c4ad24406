//! Connections: how many, how slow they may be, and how they end.

use std::io;
use std::net::TcpListener as Bound;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::{Extension, Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::guard::{Peer, guard, nothing};
use super::service::{Service, stopped};
use super::shares::{Share, Shares};
use super::{Awaited, Log, alive, api, login, page};

/// Connections at once; more wait until one of them ends. (Of one visitor: [`Shares`].)
const CONNECTIONS: usize = 128;
/// For the head of a request, and between two requests of a connection.
const HEAD: Duration = Duration::from_secs(10);
/// Who reads nothing for so long is dropped.
const WRITE: Duration = Duration::from_secs(10);
/// Largest head of a request, in bytes.
const HEAD_SIZE: usize = 16 * 1024;
/// For what was asked before the end.
const LAST: Duration = Duration::from_secs(3);
/// An address that is not there is tried again after this time, and later ever more seldom.
const RETRY: Duration = Duration::from_secs(1);
const RETRY_LAST: Duration = Duration::from_secs(30);
/// After the system refused a connection: it has no descriptors or memory for it.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `stop` is true. What cannot be listened on is tried again and again.
pub(super) async fn serve(
    service: Arc<Service>,
    listeners: Vec<Bound>,
    mut awaited: Vec<Awaited>,
    log: &Log,
    stop: &watch::Sender<bool>,
) -> io::Result<()> {
    let router = api::router()
        .merge(page::router())
        .merge(login::router())
        .fallback(nothing)
        .layer(middleware::from_fn_with_state(Arc::clone(&service), guard))
        .with_state(Arc::clone(&service));
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let shares = Shares::new(&service.proxies);
    let mut doors = JoinSet::new();
    let open = |doors: &mut JoinSet<()>, listener: Bound| -> io::Result<()> {
        let listener = TcpListener::from_std(listener)?;
        doors.spawn(accept(
            listener,
            router.clone(),
            Arc::clone(&room),
            shares.clone(),
            stop.subscribe(),
        ));
        Ok(())
    };
    for listener in listeners {
        open(&mut doors, listener)?;
    }
    alive::ready();
    let mut end = stop.subscribe();
    let mut watchdog = pin!(alive::watch(service.handle.clone()));
    let mut pause = RETRY;
    loop {
        tokio::select! {
            () = stopped(&mut end) => break,
            () = watchdog.as_mut() => break,
            () = sleep(pause), if !awaited.is_empty() => {
                pause = (pause * 2).min(RETRY_LAST);
                for listener in super::try_again(&mut awaited) {
                    let at = listener.local_addr();
                    open(&mut doors, listener)?;
                    if let Ok(at) = at {
                        log(&format!("it is at http://{at}/ now"));
                    }
                }
                service.handle.warn_of_network(super::unheard(&awaited));
            }
        }
    }
    alive::ending();
    let _ = timeout(LAST, async { while doors.join_next().await.is_some() {} }).await;
    Ok(())
}

/// Takes connections until the end, and waits for theirs.
async fn accept(
    listener: TcpListener,
    router: Router,
    room: Arc<Semaphore>,
    shares: Shares,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        let next = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            next = next => next,
            Some(_) = connections.join_next() => continue,
            () = stopped(&mut stop) => break,
        };
        match (accepted, place) {
            (Ok((stream, from)), Ok(place)) => {
                // Who has enough is hung up on; those who wait are others.
                let Some(share) = shares.take(from.ip()) else {
                    continue;
                };
                let places = (place, share);
                connections.spawn(connection(stream, router.clone(), places, stop.clone()));
            }
            _ => sleep(BREATH).await,
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn connection(
    stream: TcpStream,
    router: Router,
    _places: (OwnedSemaphorePermit, Share),
    mut stop: watch::Receiver<bool>,
) {
    let (Ok(from), Ok(local)) = (stream.peer_addr(), stream.local_addr()) else {
        return;
    };
    let _ = stream.set_nodelay(true);
    let peer = Peer {
        from: from.ip(),
        local: local.ip(),
    };
    let service = TowerToHyperService::new(router.layer(Extension(peer)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(Patient::new(stream)), service);
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        _ = connection.as_mut() => true,
        () = stopped(&mut stop) => false,
    };
    if !ended {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// A connection that ends when the other side takes nothing for too long.
struct Patient {
    stream: TcpStream,
    limit: Pin<Box<Sleep>>,
    waiting: bool,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            limit: Box::pin(sleep(WRITE)),
            waiting: false,
        }
    }

    /// An error instead of waiting for ever.
    fn or_limit<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = false;
            return written;
        }
        if !self.waiting {
            self.waiting = true;
            self.limit.as_mut().reset(Instant::now() + WRITE);
        }
        match self.limit.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.or_limit(written, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.or_limit(written, context)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
