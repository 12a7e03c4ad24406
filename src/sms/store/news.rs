//! What has happened since somebody last looked, in few rows: what a program is told that does
//! not want to read everything again.

use rusqlite::{Result, params};

use super::row::{self, COLUMNS};
use super::{Filter, Store, StoreError};
use crate::sms::message::{Message, MessageId};

/// The age from which a message is no news: this many newer ones have been sent since.
const OUTGOING: u32 = 32;

impl Store {
    /// The youngest message's id, deleted ones counted; 0 where there never was one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn youngest(&self) -> std::result::Result<MessageId, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT coalesce(max(id), 0) FROM message")?
                .query_row([], |row| row.get(0).map(MessageId))
        })
    }

    /// The messages that came in after `last`, in the order in which they were stored, at most
    /// `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn received_after(
        &self,
        last: MessageId,
        limit: u32,
    ) -> std::result::Result<Vec<MessageId>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT id FROM message WHERE id > ?1 AND direction = 'in'
                 AND deleted_at IS NULL ORDER BY id LIMIT ?2",
            )?
            .query_map(params![last.0, limit], |row| row.get(0).map(MessageId))?
            .collect()
        })
    }

    /// How far the last few outgoing messages have come (the word of
    /// [`State`](crate::sms::message::State)), youngest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outgoing_states(&self) -> std::result::Result<Vec<(MessageId, String)>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT id, state FROM message WHERE id IN
                   (SELECT DISTINCT message FROM sent_part ORDER BY message DESC LIMIT ?1)
                 ORDER BY id DESC",
            )?
            .query_map([OUTGOING], |row| Ok((MessageId(row.get(0)?), row.get(1)?)))?
            .collect()
        })
    }

    /// A page of all threads together, oldest first: the newest `limit` messages, or those that
    /// come before the message `before`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn page(
        &self,
        filter: Filter,
        before: Option<MessageId>,
        limit: u32,
    ) -> std::result::Result<Vec<Message>, StoreError> {
        let unread = match filter {
            Filter::All => "",
            Filter::Unread => "AND read = 0",
        };
        let edge = match before {
            Some(_) => "AND (time, id) < (SELECT time, id FROM message WHERE id = ?1)",
            // The same number of parameters.
            None => "AND ?1 = ?1",
        };
        self.read(|conn| {
            let mut messages = conn
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM message WHERE deleted_at IS NULL {unread} {edge}
                     ORDER BY time DESC, id DESC LIMIT ?2"
                ))?
                .query_map(params![before.map_or(0, |id| id.0), limit], row::message)?
                .collect::<Result<Vec<_>>>()?;
            messages.reverse();
            Ok(messages)
        })
    }
}
