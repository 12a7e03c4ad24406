//! Where the messages of a thread lie, when only those in sight have been laid out.
//!
//! A message that has never been in sight has an estimated height. What keeps the thread still
//! while estimates become heights, and while older messages are put in front, is the
//! [`Anchor`]: one message and its distance from the top of the window.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::sms::message::{Message, MessageId};

/// What stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Anchor {
    /// The newest message, at the bottom.
    #[default]
    Bottom,
    /// This message, so many points below the top of what is in sight.
    At(MessageId, f32),
}

/// Heights and tops of all loaded messages, in points.
#[derive(Default)]
pub struct Heights {
    source: Option<Arc<Vec<Message>>>,
    width: f32,
    heights: Vec<f32>,
    /// One more than there are heights: the last is the total.
    tops: Vec<f32>,
}

impl Heights {
    /// Follows the messages and the width; keeps the heights of messages that it knows.
    pub fn update(
        &mut self,
        messages: &Arc<Vec<Message>>,
        width: f32,
        estimate: impl Fn(&Message) -> f32,
    ) {
        let same_width = (self.width - width).abs() < 0.5;
        let same = self
            .source
            .as_ref()
            .is_some_and(|source| Arc::ptr_eq(source, messages));
        if same && same_width {
            return;
        }
        let known: HashMap<MessageId, f32> = match &self.source {
            Some(source) if same_width => source
                .iter()
                .zip(&self.heights)
                .map(|(m, &height)| (m.id, height))
                .collect(),
            _ => HashMap::new(),
        };
        let height = |m: &Message| known.get(&m.id).copied().unwrap_or_else(|| estimate(m));
        self.heights = messages.iter().map(height).collect();
        self.source = Some(Arc::clone(messages));
        self.width = width;
        self.add_up();
    }

    fn add_up(&mut self) {
        self.tops.clear();
        self.tops.push(0.0);
        let mut top = 0.0;
        self.tops.extend(self.heights.iter().map(|height| {
            top += height;
            top
        }));
    }

    /// Takes heights that were found by laying messages out; true when one was another.
    pub fn correct(&mut self, found: impl Iterator<Item = (usize, f32)>) -> bool {
        let mut changed = false;
        for (index, height) in found {
            if let Some(known) = self.heights.get_mut(index)
                && (*known - height).abs() > 0.1
            {
                *known = height;
                changed = true;
            }
        }
        if changed {
            self.add_up();
        }
        changed
    }

    /// Height of everything.
    pub fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Top of a message; the total for one past the last.
    pub fn top(&self, index: usize) -> f32 {
        self.tops
            .get(index)
            .copied()
            .unwrap_or_else(|| self.total())
    }

    /// The messages that touch the span from `top` to `bottom`.
    pub fn visible(&self, top: f32, bottom: f32) -> Range<usize> {
        let count = self.heights.len();
        let first = self
            .tops
            .partition_point(|&t| t <= top)
            .saturating_sub(1)
            .min(count);
        let end = self.tops.partition_point(|&t| t < bottom).min(count);
        first..end.max(first)
    }

    /// Where a message is among those that are loaded.
    pub fn index_of(&self, id: MessageId) -> Option<usize> {
        // Newest last: what is looked for is mostly near the end.
        self.source
            .as_ref()?
            .iter()
            .rposition(|message| message.id == id)
    }

    /// How far to scroll so that the anchor is where it belongs; never past either end.
    pub fn offset(&self, anchor: Anchor, view: f32) -> f32 {
        let most = (self.total() - view).max(0.0);
        match anchor {
            Anchor::Bottom => most,
            Anchor::At(id, below) => match self.index_of(id) {
                Some(index) => (self.top(index) - below).clamp(0.0, most),
                None => most,
            },
        }
    }

    /// The anchor that holds what is in sight at `offset`.
    pub fn anchor(&self, offset: f32, view: f32) -> Anchor {
        if offset >= self.total() - view - 1.0 {
            return Anchor::Bottom;
        }
        let index = self.visible(offset, offset + view).start;
        match self.source.as_ref().and_then(|source| source.get(index)) {
            Some(message) => Anchor::At(message.id, self.top(index) - offset),
            None => Anchor::Bottom,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::message::{ConversationId, Direction, State};

    fn messages(ids: Range<i64>) -> Arc<Vec<Message>> {
        let message = |id| Message {
            id: MessageId(id),
            conversation: ConversationId(1),
            direction: Direction::In,
            address: "1".into(),
            name: None,
            time: jiff::Timestamp::UNIX_EPOCH,
            text: "text".into(),
            read: true,
            state: State::Received,
            reason: None,
            parts: 1,
            parts_missing: 0,
            class: None,
            alert: None,
        };
        Arc::new(ids.map(message).collect())
    }

    #[test]
    fn what_is_in_sight_stays_when_heights_become_known_and_older_messages_come() {
        let mut heights = Heights::default();
        heights.update(&messages(100..200), 400.0, |_| 50.0);
        let anchor = heights.anchor(1010.0, 300.0);
        assert_eq!(anchor, Anchor::At(MessageId(120), -10.0));
        assert!(heights.correct([(3, 80.0), (4, 20.0), (5, 90.0)].into_iter()));
        assert!((heights.offset(anchor, 300.0) - 1050.0).abs() < 0.1);
        heights.update(&messages(50..200), 400.0, |_| 50.0);
        assert!((heights.offset(anchor, 300.0) - 3550.0).abs() < 0.1);
    }

    #[test]
    fn the_newest_message_stays_at_the_bottom() {
        let mut heights = Heights::default();
        heights.update(&messages(0..10), 400.0, |_| 50.0);
        assert!((heights.offset(Anchor::Bottom, 300.0) - 200.0).abs() < 0.1);
        assert_eq!(heights.anchor(200.0, 300.0), Anchor::Bottom);
        heights.update(&messages(0..12), 400.0, |_| 50.0);
        assert!((heights.offset(Anchor::Bottom, 300.0) - 300.0).abs() < 0.1);
        // An anchor that is gone, and a thread that is shorter than the window.
        assert!((heights.offset(Anchor::At(MessageId(99), 0.0), 300.0) - 300.0).abs() < 0.1);
        assert!(heights.offset(Anchor::Bottom, 900.0).abs() < 0.1);
    }

    #[test]
    fn only_what_touches_the_window_is_visible() {
        let mut heights = Heights::default();
        heights.update(&messages(0..10), 400.0, |_| 50.0);
        assert_eq!(heights.visible(100.0, 200.0), 2..4);
        assert_eq!(heights.visible(120.0, 201.0), 2..5);
        assert_eq!(heights.visible(-50.0, 10_000.0), 0..10);
        assert_eq!(Heights::default().visible(0.0, 100.0), 0..0);
    }
}
