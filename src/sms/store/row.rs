//! A message's row and its words.

use jiff::Timestamp;
use rusqlite::{Result, Row};

use crate::sms::broadcast::Severity;
use crate::sms::message::{ConversationId, Direction, Message, MessageId, State};

/// The columns that [`message`] reads, in its order.
pub(super) const COLUMNS: &str = "message.id, message.conversation, message.direction, \
    message.address, message.time, message.text, message.read, message.state, message.reason, \
    message.parts, message.parts_missing, message.class, message.alert";

/// One row of [`COLUMNS`].
pub(super) fn message(row: &Row<'_>) -> Result<Message> {
    Ok(Message {
        id: MessageId(row.get(0)?),
        conversation: ConversationId(row.get(1)?),
        direction: direction(row.get_ref(2)?.as_str()?),
        address: row.get(3)?,
        name: None,
        time: time(row.get(4)?),
        text: row.get(5)?,
        read: row.get(6)?,
        state: state(row.get_ref(7)?.as_str()?),
        reason: row.get(8)?,
        parts: row.get(9)?,
        parts_missing: row.get(10)?,
        class: row.get(11)?,
        alert: row
            .get_ref(12)?
            .as_str_or_null()?
            .and_then(Severity::from_word),
    })
}

/// A stored time; one out of range becomes the epoch, for a damaged row must not hide others.
pub(super) fn time(microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(microseconds).unwrap_or_default()
}

/// A stored direction.
pub(super) fn direction(word: &str) -> Direction {
    if word == "out" {
        Direction::Out
    } else {
        Direction::In
    }
}

/// A stored state; `unknown` for a word that this version does not know.
pub(super) fn state(word: &str) -> State {
    match word {
        "received" => State::Received,
        "queued" => State::Queued,
        "sending" => State::Sending,
        "sent" => State::Sent,
        "delivered" => State::Delivered,
        "failed" => State::Failed,
        _ => State::Unknown,
    }
}
