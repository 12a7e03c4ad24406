//! A place for one answer that one task waits for (a oneshot channel; the bus library has none).

use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

/// The side that answers. Dropped without an answer, the other side gets `None`.
pub(super) struct Answerer<T>(Arc<Mutex<Place<T>>>);

/// The side that waits.
pub(super) struct Waiting<T>(Arc<Mutex<Place<T>>>);

struct Place<T> {
    answer: Option<T>,
    closed: bool,
    waker: Option<Waker>,
}

pub(super) fn pair<T>() -> (Answerer<T>, Waiting<T>) {
    let place = Arc::new(Mutex::new(Place {
        answer: None,
        closed: false,
        waker: None,
    }));
    (Answerer(place.clone()), Waiting(place))
}

impl<T> Answerer<T> {
    pub fn answer(self, answer: T) {
        lock(&self.0).answer = Some(answer);
        // Dropping it wakes the other side.
    }
}

impl<T> Drop for Answerer<T> {
    fn drop(&mut self) {
        let waker = {
            let mut place = lock(&self.0);
            place.closed = true;
            place.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Waiting<T> {
    pub async fn answer(self) -> Option<T> {
        poll_fn(|context| {
            let mut place = lock(&self.0);
            if place.closed {
                return Poll::Ready(place.answer.take());
            }
            place.waker = Some(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

fn lock<T>(place: &Mutex<Place<T>>) -> std::sync::MutexGuard<'_, Place<T>> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}
