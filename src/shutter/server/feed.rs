//! The engine's news, as JSON that is made once for all who listen.

use std::sync::{Arc, OnceLock};

use axum::body::Bytes;
use tokio::sync::watch;

use crate::shutter::engine::Handle;
use crate::shutter::snapshot::Snapshot;

/// The newest snapshot; who looks too seldom misses some, and nothing piles up.
pub(super) struct Feed(watch::Sender<Arc<News>>);

/// One snapshot.
pub(super) struct News {
    snapshot: Arc<Snapshot>,
    event: OnceLock<Bytes>,
}

impl Feed {
    /// What this engine says from now on.
    pub fn of(handle: &Handle) -> Self {
        let (sender, _) = watch::channel(News::of(handle.snapshot()));
        let teller = sender.clone();
        handle.watch(move |snapshot| {
            teller.send_replace(News::of(Arc::clone(snapshot)));
        });
        // Whatever was said between the two.
        sender.send_replace(News::of(handle.snapshot()));
        Self(sender)
    }

    pub fn subscribe(&self) -> watch::Receiver<Arc<News>> {
        self.0.subscribe()
    }
}

impl News {
    fn of(snapshot: Arc<Snapshot>) -> Arc<Self> {
        Arc::new(Self {
            snapshot,
            event: OnceLock::new(),
        })
    }

    /// As a server-sent event named `status`.
    pub fn event(&self) -> Bytes {
        let written = || {
            let json = serde_json::to_string(&*self.snapshot).unwrap_or_default();
            Bytes::from(format!("event: status\ndata: {json}\n\n"))
        };
        self.event.get_or_init(written).clone()
    }
}
