//! The state at each change, as server-sent events.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::Response;
use futures_core::Stream;
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::{Instant, sleep, sleep_until};

use super::problem::Problem;
use super::service::{Service, stopped};

/// Between two events, so that a fast plan does not fill a slow network.
const PAUSE: Duration = Duration::from_millis(100);
/// A comment comes when nothing else did for so long, as proxies end what is silent; unless
/// `quiet=true` is asked for, by programs that shall not be woken for nothing.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// Then a stream ends, and whoever opens it anew has to be allowed to.
const LONGEST: Duration = Duration::from_secs(3600);

/// `GET /api/v1/events`.
pub(super) async fn events(
    State(service): State<Arc<Service>>,
    uri: Uri,
) -> Result<Response, Problem> {
    let Ok(place) = Arc::clone(&service.streams).try_acquire_owned() else {
        let error = "too many programs listen already; close one of them";
        return Err(Problem::later(StatusCode::TOO_MANY_REQUESTS, 10, error));
    };
    // Room for one: who does not read waits here, and the connection's write limit ends that.
    let (sender, receiver) = mpsc::channel(1);
    let query = uri.query().unwrap_or_default();
    let quiet = query.split('&').any(|pair| pair == "quiet=true");
    tokio::spawn(tell(service, quiet, sender, place));
    let mut response = Response::new(Body::from_stream(Told(receiver)));
    let stream = HeaderValue::from_static("text/event-stream");
    response.headers_mut().insert(CONTENT_TYPE, stream);
    Ok(response)
}

async fn tell(
    service: Arc<Service>,
    quiet: bool,
    to: mpsc::Sender<Bytes>,
    _place: OwnedSemaphorePermit,
) {
    let mut feed = service.feed.subscribe();
    let mut stop = service.stop.subscribe();
    let end = Instant::now() + LONGEST;
    if to
        .send(Bytes::from_static(b"retry: 2000\n\n"))
        .await
        .is_err()
    {
        return;
    }
    loop {
        let event = feed.borrow_and_update().event();
        if to.send(event).await.is_err() {
            return;
        }
        let pause = Instant::now() + PAUSE;
        loop {
            tokio::select! {
                changed = feed.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = sleep(KEEP_ALIVE), if !quiet => {
                    if to.send(Bytes::from_static(b":\n\n")).await.is_err() {
                        return;
                    }
                }
                () = to.closed() => return,
                () = sleep_until(end) => return,
                () = stopped(&mut stop) => return,
            }
        }
        sleep_until(pause).await;
    }
}

/// What is told, as a response's body.
struct Told(mpsc::Receiver<Bytes>);

impl Stream for Told {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(Ok))
    }
}
