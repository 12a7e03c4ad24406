//! When the next frame is due. Nobody polls: without a time, the program sleeps.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use winit::event_loop::EventLoopProxy;

/// No more frames than a screen shows: a fade would keep a processor busy otherwise.
const LEAST: Duration = Duration::from_millis(16);

/// The time of the next frame, asked for from any thread.
#[derive(Clone, Default)]
pub struct Due(Arc<Mutex<Option<Instant>>>);

impl Due {
    /// A frame is wanted at that time or before.
    pub fn at(&self, when: Instant) {
        let mut due = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *due = Some(due.map_or(when, |due| due.min(when)));
    }

    /// A frame is wanted now.
    pub fn now(&self) {
        self.at(Instant::now());
    }

    /// When the next frame may be drawn, the last one having been at `last`; `None`: none is
    /// wanted.
    pub fn next(&self, last: Option<Instant>) -> Option<Instant> {
        let due = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = due?;
        Some(last.map_or(due, |last| due.max(last + LEAST)))
    }

    /// A frame is being drawn: what was asked for before is fulfilled.
    pub fn done(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Takes egui's wishes; those of other threads wake the event loop.
    pub fn hear(&self, ctx: &egui::Context, proxy: EventLoopProxy<eframe::UserEvent>) {
        let due = self.clone();
        let own = std::thread::current().id();
        let proxy = Mutex::new(proxy);
        ctx.set_request_repaint_callback(move |wish| {
            let Some(when) = Instant::now().checked_add(wish.delay) else {
                return;
            };
            due.at(when);
            if std::thread::current().id() != own {
                // The time is in the event as well, where nobody reads it.
                let event = eframe::UserEvent::RequestRepaint {
                    viewport_id: wish.viewport_id,
                    when,
                    cumulative_pass_nr: wish.current_cumulative_pass_nr,
                };
                let proxy = proxy.lock().unwrap_or_else(PoisonError::into_inner);
                // Without a loop, there is no window either.
                let _ = proxy.send_event(event);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wish_counts_but_no_frame_comes_within_16_ms_of_another() {
        let due = Due::default();
        let now = Instant::now();
        assert_eq!(due.next(None), None, "nothing is wanted");
        due.at(now + Duration::from_secs(5));
        due.at(now + Duration::from_secs(1));
        due.at(now + Duration::from_secs(9));
        assert_eq!(due.next(Some(now)), Some(now + Duration::from_secs(1)));
        due.at(now);
        assert_eq!(due.next(None), Some(now));
        assert_eq!(due.next(Some(now)), Some(now + LEAST));
        due.done();
        assert_eq!(due.next(Some(now)), None);
    }
}
