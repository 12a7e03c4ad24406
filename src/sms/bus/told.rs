//! What callers have been told, and so what is news to them: signals, and no more of them than
//! there are changes.

use std::collections::HashMap;

use zbus::{Message, Variant};

use super::state::State;
use super::{INTERFACE, PATH, PROPERTIES};
use crate::sms::message::MessageId;
use crate::sms::store::{Store, StoreError};

/// Most messages that are told of one by one.
const MOST: u32 = 100;

/// What callers know.
pub struct Told {
    state: State,
    youngest: MessageId,
    outgoing: HashMap<MessageId, String>,
}

impl Told {
    /// From now on; what was before is no news.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn start(store: &Store, state: State) -> Result<Self, StoreError> {
        Ok(Self {
            state,
            youngest: store.youngest()?,
            outgoing: store.outgoing_states()?.into_iter().collect(),
        })
    }

    /// The signal for what has changed of the properties, if any has.
    pub fn properties(&mut self, state: &State) -> Option<Message> {
        if self.state == *state {
            return None;
        }
        let (old, new) = (self.state.properties(), state.properties());
        self.state = state.clone();
        let changed: HashMap<&str, Variant<'_>> = new
            .into_iter()
            .zip(old)
            .filter(|(new, old)| new != old)
            .map(|((name, value), _)| (name, value))
            .collect();
        let nothing: [&str; 0] = [];
        let signal = Message::signal(PATH, PROPERTIES, "PropertiesChanged");
        signal.build(&(INTERFACE, changed, &nothing[..])).ok()
    }

    /// The signals for what has changed in the store, which has changed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn store(&mut self, store: &Store) -> Result<Vec<Message>, StoreError> {
        let mut signals = Vec::new();
        let received = store.received_after(self.youngest, MOST)?;
        self.youngest = store.youngest()?;
        for id in received {
            signals.extend(signal("Received", &id.0));
        }
        let outgoing = store.outgoing_states()?;
        for (id, state) in &outgoing {
            if self.outgoing.get(id) != Some(state) {
                signals.extend(signal("StateChanged", &(id.0, state)));
            }
        }
        self.outgoing = outgoing.into_iter().collect();
        signals.extend(signal("Changed", &()));
        Ok(signals)
    }
}

fn signal<B: serde::Serialize + zbus::DynamicType>(name: &str, body: &B) -> Option<Message> {
    // Names and values are ours, and well formed.
    Message::signal(PATH, INTERFACE, name).build(body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::source;

    fn names(signals: &[Message]) -> Vec<String> {
        let name = |signal: &Message| signal.header().member().unwrap().to_string();
        signals.iter().map(name).collect()
    }

    #[test]
    fn each_step_of_a_message_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store")).unwrap();
        source::queue(&mut store, "1", "of before").unwrap();
        let mut told = Told::start(&store, State::default()).unwrap();
        assert_eq!(names(&told.store(&store).unwrap()), ["Changed"]);
        let id = source::queue(&mut store, "1", "text").unwrap();
        let signals = told.store(&store).unwrap();
        assert_eq!(names(&signals), ["StateChanged", "Changed"]);
        let body = signals[0].body();
        assert_eq!(
            body.deserialize::<(i64, String)>().unwrap(),
            (id.0, "queued".to_owned())
        );
        store.cancel(id).unwrap();
        assert_eq!(
            names(&told.store(&store).unwrap()),
            ["StateChanged", "Changed"]
        );
        assert_eq!(names(&told.store(&store).unwrap()), ["Changed"]);
    }

    #[test]
    fn only_the_properties_that_changed_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store")).unwrap();
        let mut state = State::default();
        let mut told = Told::start(&store, state.clone()).unwrap();
        assert!(told.properties(&state).is_none());
        state.summary.unread = 4;
        let signal = told.properties(&state).unwrap();
        let body = signal.body();
        let (_, changed, _): (String, HashMap<String, zbus::OwnedVariant>, Vec<String>) =
            body.deserialize().unwrap();
        let mut names: Vec<_> = changed.keys().collect();
        names.sort();
        // The summary as a whole has it, too.
        assert_eq!(names, ["Unread", "Whole"]);
        assert!(told.properties(&state).is_none());
    }
}
