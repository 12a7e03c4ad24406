//! The methods that need only the store: checked, carried out, answered. No bus in here.

use serde_json::Value as Json;
use zbus::message::Body;
use zbus::wire::DynamicDeserialize;

use crate::sms::message::MessageId;
use crate::sms::snapshot::Summary;
use crate::sms::store::{Filter, Store, StoreError};
use crate::sms::{source, status};

/// Most messages in one answer, and how many there are when the caller does not say.
const MOST: u32 = 500;
const USUAL: u32 = 100;
/// Most messages that one call marks or deletes.
const MOST_IDS: usize = 10_000;

/// Why a call is refused: a D-Bus error's name and one sentence. Nothing secret is ever in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The error's name.
    pub name: &'static str,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Refusal {
    /// A standard error, by the last part of its name.
    pub fn standard(name: &'static str, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        Self { name, sentence }
    }

    /// The modem cannot do it now.
    pub fn modem(sentence: impl Into<String>) -> Self {
        Self::standard("org.barpop.Sms1.Error.Modem", sentence)
    }

    fn not_possible(sentence: impl Into<String>) -> Self {
        Self::standard("org.barpop.Sms1.Error.NotPossible", sentence)
    }

    fn no_such_message(id: i64) -> Self {
        let sentence = format!("there is no message {id}; List and 'xsms list' show the numbers");
        Self::standard("org.barpop.Sms1.Error.NoSuchMessage", sentence)
    }
}

/// The names of D-Bus's own errors that are used here.
pub mod standard {
    pub const INVALID_ARGUMENTS: &str = "org.freedesktop.DBus.Error.InvalidArgs";
    pub const UNKNOWN_METHOD: &str = "org.freedesktop.DBus.Error.UnknownMethod";
    pub const UNKNOWN_INTERFACE: &str = "org.freedesktop.DBus.Error.UnknownInterface";
    pub const UNKNOWN_OBJECT: &str = "org.freedesktop.DBus.Error.UnknownObject";
    pub const UNKNOWN_PROPERTY: &str = "org.freedesktop.DBus.Error.UnknownProperty";
    pub const READ_ONLY: &str = "org.freedesktop.DBus.Error.PropertyReadOnly";
    pub const ACCESS_DENIED: &str = "org.freedesktop.DBus.Error.AccessDenied";
    pub const LIMITS_EXCEEDED: &str = "org.freedesktop.DBus.Error.LimitsExceeded";
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::standard("org.barpop.Sms1.Error.Store", error.to_string())
    }
}

/// What a call is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Nothing,
    Text(String),
    Texts(Vec<String>),
    Count(u32),
    Id(i64),
}

/// Reads a call's arguments; `wanted` says in words what they should be.
pub fn arguments<'b, T: DynamicDeserialize<'b>>(
    body: &'b Body,
    wanted: &str,
) -> Result<T, Refusal> {
    body.deserialize().map_err(|_| {
        let given = match body.signature().to_string() {
            given if given.is_empty() => "nothing".to_owned(),
            given => format!("'{given}'"),
        };
        let sentence = format!("it takes {wanted}, not {given}");
        Refusal::standard(standard::INVALID_ARGUMENTS, sentence)
    })
}

/// No arguments.
pub fn nothing(body: &Body) -> Result<(), Refusal> {
    if body.is_empty() {
        return Ok(());
    }
    let sentence = "it takes no arguments";
    Err(Refusal::standard(standard::INVALID_ARGUMENTS, sentence))
}

/// Carries out a method; `None` when it is none of these.
pub fn carry_out(
    method: &str,
    body: &Body,
    store: &mut Store,
    summary: &Summary,
) -> Option<Result<Answer, Refusal>> {
    Some(match method {
        "Summary" => nothing(body).map(|()| Answer::Text(status::to_json(summary).to_string())),
        "List" => list(body, store),
        "Show" => show(body, store),
        "Send" => send(body, store),
        "Cancel" => one(body, store, |store, id| {
            let done = store.cancel(id)?;
            Ok((done, "there is nothing left of it to take back"))
        }),
        "Resend" => one(body, store, |store, id| {
            let done = store.requeue(id)?;
            Ok((
                done,
                "only a message that failed or whose state is unknown is sent again",
            ))
        }),
        "MarkRead" => some(body, store, true, Store::mark_read),
        "MarkAllRead" => nothing(body)
            .and_then(|()| Ok(store.mark_all_read()?))
            .map(Answer::Count),
        "Delete" => some(body, store, true, Store::delete),
        "Undelete" => some(body, store, false, Store::undelete),
        _ => return None,
    })
}

fn list(body: &Body, store: &Store) -> Result<Answer, Refusal> {
    let wanted = "whether only unread ones (b), a message or 0 (x) and how many (u)";
    let (unread, before, limit): (bool, i64, u32) = arguments(body, wanted)?;
    let filter = if unread { Filter::Unread } else { Filter::All };
    let before = match before {
        0 => None,
        id if store.message(MessageId(id))?.is_none() => return Err(Refusal::no_such_message(id)),
        id => Some(MessageId(id)),
    };
    let limit = if limit == 0 { USUAL } else { limit.min(MOST) };
    let messages = store.page(filter, before, limit)?;
    Ok(Answer::Texts(messages.iter().map(json).collect()))
}

fn show(body: &Body, store: &Store) -> Result<Answer, Refusal> {
    let id: i64 = arguments(body, "a message's number (x)")?;
    let message = store.message(MessageId(id))?;
    let message = message.ok_or_else(|| Refusal::no_such_message(id))?;
    Ok(Answer::Text(json(&message)))
}

fn json(message: &crate::sms::message::Message) -> String {
    serde_json::to_value(message)
        .unwrap_or(Json::Null)
        .to_string()
}

fn send(body: &Body, store: &mut Store) -> Result<Answer, Refusal> {
    let (number, text): (String, String) = arguments(body, "a number and a text (ss)")?;
    source::queue(store, &number, &text)
        .map(|id| Answer::Id(id.0))
        .map_err(Refusal::not_possible)
}

/// A method on one message, which says whether it could be done and why not.
fn one(
    body: &Body,
    store: &mut Store,
    act: impl FnOnce(&mut Store, MessageId) -> Result<(bool, &'static str), StoreError>,
) -> Result<Answer, Refusal> {
    let id: i64 = arguments(body, "a message's number (x)")?;
    if store.message(MessageId(id))?.is_none() {
        return Err(Refusal::no_such_message(id));
    }
    match act(store, MessageId(id))? {
        (true, _) => Ok(Answer::Nothing),
        (false, why) => Err(Refusal::not_possible(why)),
    }
}

/// A method on several messages; `known`: all of them must be there, or nothing is done.
fn some(
    body: &Body,
    store: &mut Store,
    known: bool,
    act: impl FnOnce(&mut Store, &[MessageId]) -> Result<u32, StoreError>,
) -> Result<Answer, Refusal> {
    let ids: Vec<i64> = arguments(body, "the messages' numbers (ax)")?;
    if ids.len() > MOST_IDS {
        let sentence = format!("it takes at most {MOST_IDS} numbers at a time");
        return Err(Refusal::standard(standard::LIMITS_EXCEEDED, sentence));
    }
    for id in ids.iter().filter(|_| known) {
        if store.message(MessageId(*id))?.is_none() {
            return Err(Refusal::no_such_message(*id));
        }
    }
    let ids: Vec<MessageId> = ids.into_iter().map(MessageId).collect();
    Ok(Answer::Count(act(store, &ids)?))
}
