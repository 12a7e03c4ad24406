//! One question to the owner, from a program that ends after it.

use std::collections::HashMap;
use std::time::Duration;

use zbus::OwnedVariant;

use super::state::{State, Work};
use super::{INTERFACE, NAME, PATH, PROPERTIES};
use crate::bus::{Bus, BusError, Object, within};
use crate::modem_owner::may_be_there;
use crate::sms::Options;

/// How long the owner may take. It answers within a millisecond; a bar must not hang on one that
/// is stopped.
pub const PATIENCE: Duration = Duration::from_secs(1);

/// What the owner says, if there is one.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "it lives for one question")]
pub enum Found {
    /// It has what these options ask for.
    Owner(Box<State>),
    /// There is no session bus, no owner, or one with another modem or store.
    Nobody,
    /// There is one, but it does not answer.
    Silent,
}

/// Asks the owner for the state: one call. It is not started for that, unless the configuration
/// says so.
#[must_use]
pub fn look(options: &Options) -> Found {
    let address = options.session_bus.as_deref();
    let Some(address) = address.filter(|address| may_be_there(address)) else {
        return Found::Nobody;
    };
    match zbus::block_on(within(PATIENCE, ask(address, options.start_daemon))) {
        Some(Ok(state)) if Work::of(options).is_served_by(&state.work) => {
            Found::Owner(Box::new(state))
        }
        None | Some(Err(BusError::Stalled(_))) => Found::Silent,
        Some(Ok(_) | Err(_)) => Found::Nobody,
    }
}

async fn ask(address: &str, start: bool) -> Result<State, BusError> {
    let bus = Bus::session_at(address).await?;
    let object = Object {
        service: NAME,
        path: PATH,
        interface: PROPERTIES,
    };
    let answer = if start {
        bus.call(object, "GetAll", &INTERFACE).await?
    } else {
        let question = object.question("GetAll", &INTERFACE)?;
        let mut answers = bus.ask_all(&[question], NAME).await?;
        answers.pop().unwrap_or(Err(BusError::Gone))?
    };
    read(&answer)
}

/// The state in an answer to `GetAll`.
///
/// # Errors
/// [`BusError::Garbled`] when it is none.
pub fn read(answer: &zbus::Message) -> Result<State, BusError> {
    let properties: HashMap<String, OwnedVariant> = answer
        .body()
        .deserialize()
        .map_err(|error| BusError::of(error, NAME))?;
    let other = || BusError::Garbled("it is not a barpop of this version".to_owned());
    State::read(&properties).ok_or_else(other)
}
