//! The topic as a shell runs it: the view, its state, the feed behind it, and how often what the
//! feed tells becomes a frame.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::{State, title, ui};
use crate::ds4::command::Command;
use crate::ds4::snapshot::Snapshot;
use crate::ds4::source::Source;
use crate::popup::Topic;

/// No more frames than a screen shows.
const FRAME: Duration = Duration::from_millis(16);
/// A frame that was asked for this long ago and did not come is asked for again.
const LOST: Duration = Duration::from_millis(250);

/// What the view is fed by: the source, or made-up pads in a test. Neither call blocks.
pub trait Feed {
    /// The newest snapshot.
    fn latest(&self) -> Arc<Snapshot>;

    /// Hands over what the person wants.
    fn send(&self, command: Command);
}

impl Feed for Source {
    fn latest(&self) -> Arc<Snapshot> {
        Source::latest(self)
    }

    fn send(&self, command: Command) {
        Source::send(self, command);
    }
}

/// Turns what a source tells, a thousand times a second perhaps, into frames at a screen's pace.
#[derive(Debug, Default)]
pub struct Pace {
    inner: Mutex<Frames>,
}

#[derive(Debug, Default)]
struct Frames {
    drawn: Option<Instant>,
    /// The moment for which a frame was asked that has not come yet.
    asked: Option<Instant>,
}

impl Pace {
    /// There is something new to be seen: how long from now a frame is to be asked for; `None`
    /// while one is on its way.
    pub fn ask(&self, now: Instant) -> Option<Duration> {
        let mut frames = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if frames.asked.is_some_and(|asked| now < asked + LOST) {
            return None;
        }
        let drawn = frames
            .drawn
            .map(|drawn| now.saturating_duration_since(drawn));
        let after = FRAME.saturating_sub(drawn.unwrap_or(FRAME));
        frames.asked = Some(now + after);
        Some(after)
    }

    /// A frame begins; what comes from now on is worth another one.
    pub fn draw(&self, now: Instant) {
        let mut frames = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        *frames = Frames {
            drawn: Some(now),
            asked: None,
        };
    }
}

/// The popup of the game controllers.
pub struct Pads<F: Feed> {
    feed: F,
    pace: Arc<Pace>,
    state: State,
    snapshot: Arc<Snapshot>,
}

impl<F: Feed> Pads<F> {
    /// A popup that shows what `feed` tells; the feed's frames are asked for by `pace`.
    pub fn new(feed: F, pace: Arc<Pace>) -> Self {
        let snapshot = feed.latest();
        Self {
            feed,
            pace,
            state: State::default(),
            snapshot,
        }
    }
}

impl<F: Feed> Pads<F> {
    /// The same with batteries that are low up to this percentage.
    #[must_use]
    pub fn with_low(mut self, low: Option<u8>) -> Self {
        self.state.low = low;
        self
    }
}

impl<F: Feed + Send> Topic for Pads<F> {
    fn title(&self) -> String {
        title(&self.snapshot, &self.state)
    }

    fn ui(&mut self, egui_ui: &mut egui::Ui) {
        self.pace.draw(Instant::now());
        self.snapshot = self.feed.latest();
        for command in ui(egui_ui, &self.snapshot, &mut self.state) {
            self.feed.send(command);
        }
    }

    fn wants_close(&self) -> bool {
        self.state.wants_close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_reports_a_second_are_sixty_frames() {
        let (pace, start) = (Pace::default(), Instant::now());
        let mut frames = 0;
        let mut due = None;
        for ms in 0..1_000 {
            let now = start + Duration::from_millis(ms);
            if due.is_some_and(|due| due <= now) {
                pace.draw(now);
                due = None;
                frames += 1;
            }
            if let Some(after) = pace.ask(now) {
                assert_eq!(due, None, "one is on its way already");
                due = Some(now + after);
            }
        }
        assert!((55..=63).contains(&frames), "{frames}");
    }

    #[test]
    fn what_comes_after_a_rest_is_drawn_at_once_and_a_lost_frame_is_asked_for_again() {
        let (pace, start) = (Pace::default(), Instant::now());
        let at = |ms| start + Duration::from_millis(ms);
        pace.draw(at(0));
        assert_eq!(pace.ask(at(100)), Some(Duration::ZERO));
        assert_eq!(pace.ask(at(120)), None);
        assert_eq!(pace.ask(at(400)), Some(Duration::ZERO));
    }
}
