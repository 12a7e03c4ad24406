//! The message topic as a shell runs it: the view, its state and the feed behind it.

use std::sync::Arc;

use super::{State, title, ui};
use crate::popup::Topic;
use crate::sms::command::Command;
use crate::sms::snapshot::Snapshot;

/// What the view is fed by: the source, or made-up messages in a test. Neither call blocks.
pub trait Feed {
    /// The newest snapshot.
    fn latest(&self) -> Arc<Snapshot>;

    /// Hands over what the person wants.
    fn send(&self, command: Command);
}

/// The popup of the message topic.
pub struct Messages<F: Feed> {
    feed: F,
    state: State,
    snapshot: Arc<Snapshot>,
}

impl<F: Feed> Messages<F> {
    /// A popup that shows what `feed` tells.
    pub fn new(feed: F) -> Self {
        let snapshot = feed.latest();
        Self {
            feed,
            state: State::default(),
            snapshot,
        }
    }
}

impl<F: Feed + Send> Topic for Messages<F> {
    fn title(&self) -> String {
        title(&self.snapshot)
    }

    fn ui(&mut self, egui_ui: &mut egui::Ui) {
        self.snapshot = self.feed.latest();
        let now = jiff::Timestamp::now();
        for command in ui(egui_ui, &self.snapshot, &mut self.state, now) {
            self.feed.send(command);
        }
    }

    fn wants_close(&self) -> bool {
        self.state.wants_close()
    }

    fn raised(&mut self) {
        self.state.refocus();
    }
}

/// However the window goes, what was typed is kept.
impl<F: Feed> Drop for Messages<F> {
    fn drop(&mut self) {
        for command in self.state.flush() {
            self.feed.send(command);
        }
    }
}
