//! A process's life on one connection to the bus: what was asked there and waits for its answer.

use std::num::NonZeroU32;
use std::time::Instant;

use zbus::message::Flags;
use zbus::{Message, Variant};

use super::clients::Clients;
use super::desk::Refusal;
use super::guard::Guard;
use super::seat::Wish;
use super::serve::{Served, refuse, serial};
use super::{DAEMON, INTERFACE, NAME, PATH, PROPERTIES};
use crate::bus::{BusError, Object, PATIENCE};

/// Life on one connection.
#[derive(Default)]
pub struct Sitting {
    /// Who may ask.
    pub guard: Guard,
    /// The object, while this process is the owner.
    pub served: Option<Served>,
    /// The programs that want positions.
    pub clients: Clients,
    /// The call that asked for the name.
    pub requested: Option<NonZeroU32>,
    /// The call that asks the owner what it has, and until when it is waited for; one that was
    /// only slow is believed later, too.
    pub identity: Option<(NonZeroU32, Option<Instant>)>,
    /// What was passed on to the owner, and until when it is waited for; one that was
    /// only slow is believed later, too.
    pub wishes: Vec<(NonZeroU32, Instant, Wish)>,
}

impl Sitting {
    /// What is said first: who has the name is wanted to be known, and the name is wanted.
    pub fn greet(&mut self) -> Option<[Message; 2]> {
        let rule = format!(
            "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',\
             member='NameOwnerChanged',arg0='{NAME}'"
        );
        let listen = DAEMON.question("AddMatch", &rule).ok()?;
        // No flags: to be queued, to replace nobody and to be replaced by nobody.
        let request = DAEMON.question("RequestName", &(NAME, 0_u32)).ok()?;
        self.requested = Some(serial(&request));
        Some([listen, request])
    }

    /// Answers a call of this user's.
    pub fn call(&mut self, call: Message) -> Vec<Message> {
        match &mut self.served {
            Some(served) => match self.clients.called(&call) {
                Ok(mut out) => {
                    out.extend(served.call(call));
                    out
                }
                Err(refusal) => refuse(&call, refusal),
            },
            None => {
                let sentence = format!("this process does not have the modem; ask '{NAME}'");
                refuse(
                    &call,
                    Refusal::standard("org.barpop.Sms1.Error.NotOwner", sentence),
                )
            }
        }
    }

    /// Asks the owner what it has.
    pub fn who_is_it(&mut self) -> Vec<Message> {
        let object = Object {
            service: NAME,
            path: PATH,
            interface: PROPERTIES,
        };
        let Ok(question) = object.question("GetAll", &INTERFACE) else {
            return Vec::new();
        };
        self.identity = Some((serial(&question), Some(Instant::now() + PATIENCE)));
        vec![question]
    }

    /// Passes a wish on to the owner.
    pub fn pass_on(&mut self, wish: Wish) -> Vec<Message> {
        let object = Object {
            service: NAME,
            path: PATH,
            interface: INTERFACE,
        };
        let question = match &wish.argument {
            None => object.question(wish.method, &()),
            Some(argument) => call_with(wish.method, argument),
        };
        match question {
            Ok(question) => {
                let until = Instant::now() + wish.patience;
                self.wishes.push((serial(&question), until, wish));
                vec![question]
            }
            Err(error) => {
                (wish.answer)(Err(words(&error)));
                Vec::new()
            }
        }
    }

    /// When something has waited too long.
    pub fn due(&self) -> Option<Instant> {
        let identity = self.identity.and_then(|(_, until)| until);
        let wishes = self.wishes.iter().map(|(_, until, _)| *until);
        wishes.chain(identity).min()
    }

    /// Ends what has waited too long; `true` when the owner has not said what it has.
    pub fn expire(&mut self) -> bool {
        let now = Instant::now();
        let (late, waiting) = self
            .wishes
            .drain(..)
            .partition(|(_, until, _)| *until <= now);
        self.wishes = waiting;
        let late: Vec<_> = late;
        for (_, _, wish) in late {
            (wish.answer)(Err(words(&BusError::Stalled(NAME.to_owned()))));
        }
        match &mut self.identity {
            Some((_, until)) if until.is_some_and(|until| until <= now) => {
                *until = None;
                true
            }
            _ => false,
        }
    }

    /// The bus is gone: nothing is answered any more.
    pub fn give_up(&mut self) {
        for (_, _, wish) in self.wishes.drain(..) {
            (wish.answer)(Err(words(&BusError::Gone)));
        }
    }
}

/// A call whose one argument is a value of some type.
fn call_with(method: &str, argument: &Variant<'static>) -> Result<Message, BusError> {
    let call = Message::method_call(PATH, method)
        .interface(INTERFACE)
        .destination(NAME)
        .with_flags(Flags::NO_AUTO_START);
    let built = match argument {
        Variant::Fd(descriptor) => call.build(descriptor),
        Variant::Str(text) => call.build(text),
        other => call.build(other),
    };
    built.map_err(|error| BusError::of(error, NAME))
}

/// What a failed question means to the person.
pub fn words(error: &BusError) -> String {
    match error {
        BusError::NotRunning(_) => "the process that had the modem has ended; try again".to_owned(),
        BusError::Stalled(_) => {
            "the process that has the modem does not answer; end it and try again".to_owned()
        }
        other => other.to_string(),
    }
}
