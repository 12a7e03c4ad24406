//! The person's address book: vCards in files and folders, and who has which number.
//!
//! Names are untrusted like everything else that is shown (address books are synchronized, and
//! anybody can send a card): they are cleaned when they are read. A number belongs to a contact
//! when both have an international spelling in common ([`number::region`]); where the country is
//! not known, by the narrower rules of [`number`].

mod book;
#[cfg(feature = "popup")]
mod complete;
mod folder;
mod line;
pub mod vcard;

pub use book::{Book, Watcher};
#[cfg(feature = "popup")]
pub use complete::Suggestion;
pub use folder::{Damage, Place};

use self::vcard::Card;
use crate::sms::message::{Conversation, Message};
use crate::sms::number::{
    self,
    region::{self, Region},
};

/// Everybody in the address book.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contacts {
    people: Vec<Card>,
    /// International spellings with whose they are, sorted.
    keys: Vec<(Box<str>, u32)>,
    /// The last digits of numbers that are not written internationally, with whose they are,
    /// sorted.
    tails: Vec<(Box<str>, u32)>,
    region: Option<Region>,
    /// Files that could not be read, and why.
    pub damaged: Vec<Damage>,
}

impl Contacts {
    /// An address book of these people, whose national numbers are of this region.
    #[must_use]
    pub fn new(mut people: Vec<Card>, region: Option<Region>, damaged: Vec<Damage>) -> Self {
        // A number that two have is the first one's by name, whatever the files' order.
        people.sort_by_cached_key(|card| (card.name.to_lowercase(), card.name.clone()));
        people.dedup();
        people.shrink_to_fit();
        let (mut keys, mut tails) = (Vec::new(), Vec::new());
        for (card, index) in people.iter().zip(0_u32..) {
            for tel in &card.numbers {
                let own = region::keys(&tel.number, region);
                // What the country's plan explains is not guessed at.
                if !own.iter().any(|key| key.starts_with('+')) {
                    let tail = number::tail(&tel.number);
                    tails.extend(tail.map(|tail| (tail.into_boxed_str(), index)));
                }
                let own = own.into_iter();
                keys.extend(own.map(|key| (key.into_boxed_str(), index)));
            }
        }
        for index in [&mut keys, &mut tails] {
            index.sort_unstable();
            index.dedup();
            index.shrink_to_fit();
        }
        Self {
            people,
            keys,
            tails,
            region,
            damaged,
        }
    }

    /// How many people there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Whose number this is. A sender that is a word is nobody's.
    #[must_use]
    pub fn name(&self, address: &str) -> Option<&str> {
        if self.people.is_empty() || !address.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let keys = region::keys(address, self.region);
        let exact = keys.iter().find_map(|key| of(&self.keys, key).next());
        let index = exact.or_else(|| self.by_tail(address))?;
        self.person(index).map(|card| card.name.as_str())
    }

    /// Whether two addresses are one number, for people of this address book's country.
    #[must_use]
    pub fn same(&self, a: &str, b: &str) -> bool {
        let keys = region::keys(b, self.region);
        region::keys(a, self.region)
            .iter()
            .any(|key| keys.contains(key))
    }

    /// By the rules that need no country. A spelling that could be two people's is nobody's.
    fn by_tail(&self, address: &str) -> Option<u32> {
        let tail = number::tail(address)?;
        let has_it = |index: &u32| {
            let numbers = self.person(*index).map_or(&[][..], |card| &card.numbers);
            numbers.iter().any(|tel| number::same(&tel.number, address))
        };
        let mut all = of(&self.tails, &tail).filter(has_it);
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    fn person(&self, index: u32) -> Option<&Card> {
        self.people.get(usize::try_from(index).ok()?)
    }

    /// Writes the names into these messages.
    pub fn name_messages(&self, messages: &mut [Message]) {
        let mut last: Option<(String, Option<String>)> = None;
        for message in messages {
            // A thread is one person's, mostly.
            if last
                .as_ref()
                .is_none_or(|(address, _)| *address != message.address)
            {
                let name = self.name(&message.address).map(str::to_owned);
                last = Some((message.address.clone(), name));
            }
            message.name = last.as_ref().and_then(|(_, name)| name.clone());
        }
    }

    /// Writes the names into these conversations.
    pub fn name_conversations(&self, conversations: &mut [Conversation]) {
        for conversation in conversations {
            conversation.name = self.name(&conversation.address).map(str::to_owned);
        }
    }
}

/// Whose an index entry is, in order.
fn of<'a>(index: &'a [(Box<str>, u32)], key: &'a str) -> impl Iterator<Item = u32> + 'a {
    let start = index.partition_point(|(other, _)| **other < *key);
    let rest = index.get(start..).unwrap_or_default().iter();
    rest.take_while(move |(other, _)| **other == *key)
        .map(|(_, whose)| *whose)
}

#[cfg(test)]
mod tests;
