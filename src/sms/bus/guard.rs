//! Who may ask: the same user alone. A session bus is usually private, but can be shared.
//!
//! The bus tells a sender's user when it is asked (`GetConnectionUnixUser`). What a sender says
//! before that is known waits here; nothing waits for it, and it cannot grow without bound.

use std::collections::HashMap;
use std::num::NonZeroU32;

use zbus::Message;

/// Most calls that wait until their sender is known, and most senders that are remembered.
const ROOM: usize = 256;

/// What is to be done with a call.
pub enum Verdict {
    /// Answer it.
    Ours(Message),
    /// Somebody else's: refuse it.
    Foreign(Message),
    /// It waits; ask the bus for this sender's user.
    Ask(String),
    /// It waits for an answer that is asked for already.
    Waits,
    /// Too many wait: refuse it.
    Full(Message),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    /// Asked with this serial.
    Asked(NonZeroU32),
    NotAsked,
    Ours,
    Foreign,
}

/// What is known of the senders on one connection.
#[derive(Default)]
pub struct Guard {
    senders: HashMap<String, Known>,
    waiting: Vec<Message>,
}

impl Guard {
    /// Judges a call.
    pub fn judge(&mut self, call: Message) -> Verdict {
        let header = call.header();
        let Some(sender) = header.sender().map(ToString::to_string) else {
            // A bus names every sender.
            return Verdict::Foreign(call);
        };
        match self.senders.get(&sender) {
            Some(Known::Ours) => Verdict::Ours(call),
            Some(Known::Foreign) => Verdict::Foreign(call),
            _ if self.waiting.len() >= ROOM => Verdict::Full(call),
            Some(Known::Asked(_) | Known::NotAsked) => {
                self.waiting.push(call);
                Verdict::Waits
            }
            None => {
                if self.senders.len() >= ROOM {
                    // Unique names are never used again, so most are of the past.
                    self.senders
                        .retain(|_, known| !matches!(known, Known::Ours | Known::Foreign));
                }
                if self.senders.len() >= ROOM {
                    return Verdict::Full(call);
                }
                self.senders.insert(sender.clone(), Known::NotAsked);
                self.waiting.push(call);
                Verdict::Ask(sender)
            }
        }
    }

    /// The bus has been asked for this sender's user.
    pub fn asked(&mut self, sender: &str, serial: NonZeroU32) {
        if let Some(known) = self.senders.get_mut(sender) {
            *known = Known::Asked(serial);
        }
    }

    /// The bus's answer: the user, or `None` when the sender is gone. Gives the calls that waited
    /// for it and whether they may be answered; nothing when the answer is to something else.
    pub fn told(&mut self, serial: NonZeroU32, user: Option<u32>) -> Option<(Vec<Message>, bool)> {
        let sender = self
            .senders
            .iter()
            .find_map(|(sender, known)| (*known == Known::Asked(serial)).then(|| sender.clone()))?;
        let ours = user == Some(rustix::process::getuid().as_raw());
        let known = if ours { Known::Ours } else { Known::Foreign };
        self.senders.insert(sender.clone(), known);
        let waiting = std::mem::take(&mut self.waiting);
        let (calls, others) = waiting.into_iter().partition(|call| {
            call.header()
                .sender()
                .is_some_and(|name| *name == sender.as_str())
        });
        self.waiting = others;
        Some((calls, ours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(sender: &str) -> Message {
        let call = Message::method_call("/", "X");
        call.sender(sender).build(&()).unwrap()
    }

    #[test]
    fn a_sender_is_asked_for_once_and_its_calls_wait_in_order() {
        let mut guard = Guard::default();
        assert!(matches!(guard.judge(call(":1.5")), Verdict::Ask(sender) if sender == ":1.5"));
        let serial = NonZeroU32::new(9).unwrap();
        guard.asked(":1.5", serial);
        assert!(matches!(guard.judge(call(":1.5")), Verdict::Waits));
        let me = rustix::process::getuid().as_raw();
        assert!(guard.told(NonZeroU32::new(8).unwrap(), Some(me)).is_none());
        let (calls, ours) = guard.told(serial, Some(me)).unwrap();
        assert_eq!((calls.len(), ours), (2, true));
        assert!(matches!(guard.judge(call(":1.5")), Verdict::Ours(_)));
    }

    #[test]
    fn another_user_and_one_that_the_bus_does_not_know_are_refused() {
        let me = rustix::process::getuid().as_raw();
        for user in [Some(me + 1), None] {
            let mut guard = Guard::default();
            guard.judge(call(":1.5"));
            guard.asked(":1.5", NonZeroU32::MIN);
            assert!(!guard.told(NonZeroU32::MIN, user).unwrap().1);
            assert!(matches!(guard.judge(call(":1.5")), Verdict::Foreign(_)));
        }
    }

    #[test]
    fn a_thousand_strangers_take_no_more_room_than_some_hundred() {
        let mut guard = Guard::default();
        let full = (0..1000)
            .filter(|n| matches!(guard.judge(call(&format!(":1.{n}"))), Verdict::Full(_)))
            .count();
        assert_eq!(full, 1000 - ROOM);
        assert_eq!((guard.waiting.len(), guard.senders.len()), (ROOM, ROOM));
    }
}
