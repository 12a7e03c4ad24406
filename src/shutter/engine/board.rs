//! Where the newest snapshot hangs, and the thread that tells those who watch.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::Snapshot;
use crate::shutter::schedule::Tick;

/// Who wants to know.
pub type Watcher = Box<dyn Fn(&Arc<Snapshot>) + Send>;

/// The newest snapshot.
#[derive(Default)]
pub struct Board {
    hung: Mutex<Hung>,
    changed: Condvar,
    /// When the timing thread last turned, microseconds after the machine's start.
    turned_us: AtomicU64,
}

#[derive(Default)]
struct Hung {
    snapshot: Arc<Snapshot>,
    /// Those whom the herald does not know yet.
    new: Vec<Watcher>,
    ended: bool,
}

impl Board {
    /// Hangs up a snapshot; the timing thread is not kept by those who look at it, they only copy
    /// a pointer.
    pub fn publish(&self, snapshot: Arc<Snapshot>) {
        let mut hung = self.hung.lock().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&hung.snapshot, &snapshot) {
            hung.snapshot = snapshot;
            self.changed.notify_all();
        }
    }

    /// The newest.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        let hung = self.hung.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&hung.snapshot)
    }

    /// One more who wants to know.
    pub fn watch(&self, watcher: Watcher) {
        let mut hung = self.hung.lock().unwrap_or_else(PoisonError::into_inner);
        hung.new.push(watcher);
        self.changed.notify_all();
    }

    /// Nothing more will come.
    pub fn end(&self) {
        let mut hung = self.hung.lock().unwrap_or_else(PoisonError::into_inner);
        hung.ended = true;
        self.changed.notify_all();
    }

    /// The timing thread turns.
    pub fn turned(&self, now: Tick) {
        let us = now.since(Tick::default()).as_micros() as u64;
        self.turned_us.store(us, Ordering::Relaxed);
    }

    /// How long ago that was.
    pub fn age(&self, now: Tick) -> Duration {
        let turned = Duration::from_micros(self.turned_us.load(Ordering::Relaxed));
        now.since(Tick::default().plus(turned))
    }
}

/// Starts the thread that tells the watchers; it ends with the board.
///
/// # Errors
/// When the system gives no thread.
pub fn herald(board: &Arc<Board>) -> std::io::Result<()> {
    let board = Arc::clone(board);
    let tell = move || {
        let mut watchers: Vec<Watcher> = Vec::new();
        let mut told = board.snapshot();
        loop {
            let hung = board.hung.lock().unwrap_or_else(PoisonError::into_inner);
            let mut hung = board
                .changed
                .wait_while(hung, |hung| {
                    !hung.ended && hung.new.is_empty() && Arc::ptr_eq(&hung.snapshot, &told)
                })
                .unwrap_or_else(PoisonError::into_inner);
            watchers.append(&mut hung.new);
            let snapshot = Arc::clone(&hung.snapshot);
            let ended = hung.ended;
            drop(hung);
            if !Arc::ptr_eq(&snapshot, &told) {
                watchers.retain(|tell| catch_unwind(AssertUnwindSafe(|| tell(&snapshot))).is_ok());
                told = snapshot;
            }
            if ended {
                return;
            }
        }
    };
    thread::Builder::new()
        .name("shutter-told".into())
        .spawn(tell)?;
    Ok(())
}
