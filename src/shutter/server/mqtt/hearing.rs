//! Which commands are listened to. Usually all of them, at once.
//!
//! A retained message comes with each subscription. One that is larger than anything that we read
//! ends the connection, each time anew: so after that the topics are asked for one by one, and the
//! one that did it is left alone for an hour.

use std::time::Duration;

use rumqttc::mqttbytes::Error as Wrong;
use rumqttc::{ConnectionError, StateError};
use tokio::time::Instant;

use super::topics::Verb;

/// How long a topic is left alone.
const ALONE: Duration = Duration::from_secs(3600);
/// From a broker's answer to the next question: what is retained comes about then.
const BETWEEN: Duration = Duration::from_millis(300);
/// A message that comes so long after its topic was asked for was not retained.
const RETAINED: Duration = Duration::from_secs(3);

/// What was learnt of earlier connections, and how far the present one has come.
#[derive(Debug, Default)]
pub struct Hearing {
    /// Whether the topics are asked for one by one.
    careful: bool,
    /// Topics that are left alone, and until when.
    alone: Vec<(Verb, Instant)>,
    waiting: Vec<Verb>,
    asked: Option<(Verb, Instant)>,
    due: Option<Instant>,
}

impl Hearing {
    /// A connection begins: what to ask for at once.
    pub fn begin(&mut self, now: Instant) -> Vec<Verb> {
        self.asked = None;
        self.due = None;
        if !self.careful {
            return Verb::ALL.to_vec();
        }
        self.alone.retain(|(_, until)| *until > now);
        let is_heard = |verb: &Verb| !self.alone.iter().any(|(alone, _)| alone == verb);
        // The last one is asked for first.
        self.waiting = Verb::ALL.into_iter().rev().filter(is_heard).collect();
        self.next(now).into_iter().collect()
    }

    /// When [`Hearing::next`] is to be called.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// The broker has answered a subscription.
    pub fn answered(&mut self, now: Instant) {
        let first = self.alone.iter().map(|(_, until)| *until).min();
        self.due = match self.waiting.is_empty() {
            false => Some(now + BETWEEN),
            true => first,
        };
    }

    /// What to ask for now.
    pub fn next(&mut self, now: Instant) -> Option<Verb> {
        self.due = None;
        if self.waiting.is_empty() {
            let over = self.alone.extract_if(.., |(_, until)| *until <= now);
            self.waiting = over.map(|(verb, _)| verb).collect();
        }
        let verb = self.waiting.pop()?;
        self.asked = Some((verb, now));
        Some(verb)
    }

    /// The connection has ended by this; the topic that is left alone because of it.
    pub fn ended_by(&mut self, error: &ConnectionError, now: Instant) -> Option<Verb> {
        if !is_too_large(error) {
            return None;
        }
        self.careful = true;
        let (verb, _) = self.asked.filter(|(_, at)| *at + RETAINED > now)?;
        self.alone.push((verb, now + ALONE));
        Some(verb)
    }
}

/// Whether a message came that is larger than what is read.
pub fn is_too_large(error: &ConnectionError) -> bool {
    matches!(
        error,
        ConnectionError::MqttState(StateError::Deserialization(
            Wrong::PayloadSizeLimitExceeded(_)
        ))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn too_large() -> ConnectionError {
        StateError::Deserialization(Wrong::PayloadSizeLimitExceeded(1 << 20)).into()
    }

    #[tokio::test]
    async fn the_topic_whose_message_ends_the_connection_is_left_alone_for_an_hour() {
        let mut hearing = Hearing::default();
        let mut now = Instant::now();
        assert_eq!(hearing.begin(now), Verb::ALL);
        assert_eq!(hearing.ended_by(&too_large(), now), None);
        // One by one until the one that does it.
        assert_eq!(hearing.begin(now), [Verb::Start]);
        hearing.answered(now);
        now += BETWEEN;
        assert_eq!(hearing.due(), Some(now));
        assert_eq!(hearing.next(now), Some(Verb::Change));
        assert_eq!(hearing.ended_by(&too_large(), now), Some(Verb::Change));
        let mut asked = hearing.begin(now);
        while let Some(verb) = hearing.next(now) {
            asked.push(verb);
        }
        assert_eq!(asked.len(), 5);
        assert!(!asked.contains(&Verb::Change));
        hearing.answered(now);
        assert_eq!(hearing.due(), Some(now + ALONE));
        assert_eq!(hearing.next(now + ALONE), Some(Verb::Change));
        // Another end is no topic's fault, and neither is a message that was not retained.
        assert_eq!(
            hearing.ended_by(&ConnectionError::NetworkTimeout, now),
            None
        );
        let later = now + ALONE + RETAINED;
        assert_eq!(hearing.ended_by(&too_large(), later), None);
    }
}
