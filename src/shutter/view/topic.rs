//! The topic as a shell runs it: the view, its state and the feed behind it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{State, title, ui};
use crate::popup::Topic;
use crate::shutter::cameras::Camera;
use crate::shutter::source::{Source, Wish};

/// What the view is fed by: the source, or made-up cameras in a test. Neither call blocks.
pub trait Feed {
    /// The newest state.
    fn latest(&self) -> Arc<Vec<Camera>>;

    /// Hands over what the person wants of the camera at this place.
    fn send(&self, camera: usize, wish: Wish);
}

impl Feed for Source {
    fn latest(&self) -> Arc<Vec<Camera>> {
        Self::latest(self)
    }

    fn send(&self, camera: usize, wish: Wish) {
        Self::send(self, camera, wish);
    }
}

/// The popup of the cameras' timers.
pub struct Timers<F: Feed> {
    feed: F,
    state: State,
    cameras: Arc<Vec<Camera>>,
}

impl<F: Feed> Timers<F> {
    /// A popup that shows what `feed` tells, with times of this zone.
    pub fn new(feed: F, zone: TimeZone) -> Self {
        let cameras = feed.latest();
        Self {
            feed,
            state: State::in_zone(zone),
            cameras,
        }
    }
}

impl<F: Feed + Send> Topic for Timers<F> {
    fn title(&self) -> String {
        title(&self.cameras, &self.state, Timestamp::now())
    }

    fn ui(&mut self, egui_ui: &mut egui::Ui) {
        self.cameras = self.feed.latest();
        for (camera, wish) in ui(egui_ui, &self.cameras, &mut self.state, Timestamp::now()) {
            self.feed.send(camera, wish);
        }
    }

    fn wants_close(&self) -> bool {
        self.state.wants_close()
    }
}
