//! The programs that want positions: told what the modem says of them, to them alone, as where
//! somebody is concerns nobody else on the bus; and noticed when they go, so that nothing stays
//! switched on for them.

use std::num::NonZeroU32;

use zbus::Message;

use super::desk::{Refusal, standard};
use super::serve::serial;
use super::{DAEMON, INTERFACE, PATH};
use crate::bus::BusError;
use crate::modem_owner::COMMAND;

/// Most of them at a time.
const ROOM: usize = 16;

/// Those on one connection, by their unique names.
#[derive(Default)]
pub struct Clients {
    known: Vec<String>,
    /// The bus was asked whether this one is still there.
    asked: Vec<(NonZeroU32, String)>,
}

impl Clients {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// A call comes; gives what the bus is to be told because of a new program.
    ///
    /// # Errors
    /// A refusal, when there are too many.
    pub fn called(&mut self, call: &Message) -> Result<Vec<Message>, Refusal> {
        let header = call.header();
        let sender = header.sender().map(ToString::to_string);
        let is_command = header.member().is_some_and(|name| *name == COMMAND);
        let Some(client) = sender.filter(|_| is_command) else {
            return Ok(Vec::new());
        };
        if self.known.contains(&client) {
            return Ok(Vec::new());
        }
        if self.known.len() >= ROOM {
            let sentence = "too many programs ask the modem for positions";
            return Err(Refusal::standard(standard::LIMITS_EXCEEDED, sentence));
        }
        let listen = DAEMON.question("AddMatch", &rule(&client));
        // It may be gone before that rule is in force.
        let ask = DAEMON.question("NameHasOwner", &client);
        let (Ok(listen), Ok(ask)) = (listen, ask) else {
            return Ok(Vec::new());
        };
        self.asked.push((serial(&ask), client.clone()));
        self.known.push(client);
        Ok(vec![listen, ask])
    }

    /// An answer of the bus; `None` when it is to something else, else who is gone, if anybody.
    pub fn answered(
        &mut self,
        serial: NonZeroU32,
        answer: &Result<Message, BusError>,
    ) -> Option<Option<String>> {
        let at = self.asked.iter().position(|(asked, _)| *asked == serial)?;
        let (_, client) = self.asked.swap_remove(at);
        let is_there = answer
            .as_ref()
            .is_ok_and(|answer| answer.body().deserialize::<bool>() == Ok(true));
        Some((!is_there && self.forget(&client)).then_some(client))
    }

    /// A name has lost its owner: whether it was one of these.
    pub fn forget(&mut self, name: &str) -> bool {
        let before = self.known.len();
        self.known.retain(|client| client != name);
        self.known.len() < before
    }

    /// What tells the bus that this one's going is of no interest any more.
    pub fn farewell(client: &str) -> Option<Message> {
        DAEMON.question("RemoveMatch", &rule(client)).ok()
    }

    /// A signal with this text, for each of them.
    pub fn tell(&self, signal: &str, text: &str) -> Vec<Message> {
        let each = self.known.iter().filter_map(|client| {
            Message::signal(PATH, INTERFACE, signal)
                .destination(client.as_str())
                .build(&text)
                .ok()
        });
        each.collect()
    }
}

fn rule(client: &str) -> String {
    format!(
        "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',\
         member='NameOwnerChanged',arg0='{client}'"
    )
}
