//! The network topic as a shell runs it: the view, its state and the feed behind it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use super::{State, title, ui};
use crate::net::apn::{self, Preset};
use crate::net::command::Command;
use crate::net::snapshot::Snapshot;
use crate::net::source::Source;
use crate::net::visible::Rules;
use crate::popup::Topic;

/// What the view is fed by: the source, or made-up networks in a test. Neither call blocks.
pub trait Feed {
    /// The newest snapshot; the same `Arc` as long as nothing has changed.
    fn latest(&self) -> Arc<Snapshot>;

    /// Hands over what the person wants.
    fn send(&self, command: Command);
}

impl Feed for Arc<Source> {
    fn latest(&self) -> Arc<Snapshot> {
        Source::latest(self)
    }

    fn send(&self, command: Command) {
        Source::send(self, command);
    }
}

/// The popup of the network topic.
pub struct Network<F: Feed> {
    feed: F,
    state: State,
    snapshot: Arc<Snapshot>,
    /// Access points of an operator that are being looked up.
    presets: Option<Receiver<Vec<Preset>>>,
}

impl<F: Feed> Network<F> {
    /// A popup that shows what `feed` tells, with rows for the devices that `rules` show.
    pub fn new(feed: F, rules: Rules) -> Self {
        let snapshot = feed.latest();
        Self {
            feed,
            state: State::default().showing(rules),
            snapshot,
            presets: None,
        }
    }

    /// The list of operators is large: it is read beside the window.
    fn look_up(&mut self, context: &egui::Context) {
        if let Some(operator) = self.state.wants_presets() {
            let (sender, receiver) = channel();
            let context = context.clone();
            let builder = std::thread::Builder::new().name("access points".into());
            // Without a thread there are no presets, and the person types the name.
            let started = builder.spawn(move || {
                let _ = sender.send(apn::presets(&operator));
                context.request_repaint();
            });
            self.presets = started.ok().map(|_| receiver);
        }
        let found = self
            .presets
            .as_ref()
            .and_then(|found| found.try_recv().ok());
        if let Some(found) = found {
            self.presets = None;
            self.state.offer_presets(found);
        }
    }
}

impl<F: Feed + Send> Topic for Network<F> {
    fn title(&self) -> String {
        title(&self.snapshot)
    }

    fn ui(&mut self, egui_ui: &mut egui::Ui) {
        self.snapshot = self.feed.latest();
        self.look_up(egui_ui.ctx());
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

/// However the window goes, no code with a password in it is kept.
impl<F: Feed> Drop for Network<F> {
    fn drop(&mut self) {
        if self.snapshot.share.is_some() {
            self.feed.send(Command::Unshare);
        }
    }
}
