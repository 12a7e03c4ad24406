//! What the line, the list, the popup and the export read.

use std::sync::Arc;

use rusqlite::{OptionalExtension, Result, params};

use super::row::{self, COLUMNS};
use super::{Store, StoreError, conversation, notes};
use crate::sms::broadcast::Severity;
use crate::sms::message::{Conversation, ConversationId, Message, MessageId};
use crate::sms::snapshot::{Thread, Waiting};

/// What the status line shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Messages not read.
    pub unread: u32,
    /// Messages stored, deleted ones not counted.
    pub total: u32,
    /// What waits elsewhere: voice mail first.
    pub waiting: Vec<Waiting>,
    /// The worst warning that nobody has read yet.
    pub alert: Option<Severity>,
}

/// Which messages [`Store::list`] gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// All that are not deleted.
    #[default]
    All,
    /// Those not read.
    Unread,
}

impl Store {
    /// How many messages there are; reads no message.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn counts(&self) -> std::result::Result<Counts, StoreError> {
        self.read(|conn| {
            let (unread, total) = conn
                .prepare_cached(
                    "SELECT coalesce(sum(unread), 0), coalesce(sum(total), 0) FROM conversation",
                )?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let alerts = conn
                .prepare_cached(
                    "SELECT DISTINCT alert FROM message
                     WHERE alert IS NOT NULL AND read = 0 AND deleted_at IS NULL",
                )?
                .query_map([], |row| row.get::<_, String>(0))?
                .collect::<Result<Vec<_>>>()?;
            Ok(Counts {
                unread,
                total,
                waiting: notes::waiting(conn)?,
                alert: alerts
                    .iter()
                    .filter_map(|word| Severity::from_word(word))
                    .min(),
            })
        })
    }

    /// What must be seen at once: warnings and flash messages that nobody has read, the worst and
    /// then the newest first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn at_once(&self, limit: u32) -> std::result::Result<Vec<Message>, StoreError> {
        let mut found = self.read(|conn| {
            conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM message
                 WHERE read = 0 AND deleted_at IS NULL AND (class = 0 OR alert IS NOT NULL)
                 AND direction = 'in' ORDER BY id DESC LIMIT ?1"
            ))?
            .query_map([limit], row::message)?
            .collect::<Result<Vec<Message>>>()
        })?;
        // A flash message stands between the warnings that are urgent and those that are not.
        found.sort_by_key(|message| match message.alert {
            Some(severity) if severity.is_urgent() => (0, severity as u8),
            Some(severity) => (2, severity as u8),
            None => (1, 0),
        });
        Ok(found)
    }

    /// All threads that hold a message or a draft, newest first; reads no message.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conversations(&self) -> std::result::Result<Vec<Conversation>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT id, address, preview, last_direction, last_state, time, unread, total, draft
                 FROM conversation WHERE total > 0 OR draft IS NOT NULL
                 ORDER BY time DESC, id DESC",
            )?
            .query_map([], |found| {
                let direction: Option<String> = found.get(3)?;
                let state: Option<String> = found.get(4)?;
                Ok(Conversation {
                    id: ConversationId(found.get(0)?),
                    address: found.get(1)?,
                    name: None,
                    preview: found.get(2)?,
                    last: direction
                        .zip(state)
                        .map(|(direction, state)| (row::direction(&direction), row::state(&state))),
                    time: row::time(found.get(5)?),
                    unread: found.get(6)?,
                    total: found.get(7)?,
                    draft: found.get(8)?,
                })
            })?
            .collect()
        })
    }

    /// The thread that messages from or to this address belong to.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn conversation_for(
        &self,
        address: &str,
    ) -> std::result::Result<Option<ConversationId>, StoreError> {
        self.read(|conn| conversation::find(conn, address))
    }

    /// A page of a thread, oldest first: the newest `limit` messages, or the `limit` messages
    /// that come before the message `before`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn thread(
        &self,
        id: ConversationId,
        limit: u32,
        before: Option<MessageId>,
    ) -> std::result::Result<Thread, StoreError> {
        self.read(|conn| {
            // Both halves see the same state of the file.
            let tx = conn.unchecked_transaction()?;
            let total = tx
                .prepare_cached("SELECT total FROM conversation WHERE id = ?1")?
                .query_row([id.0], |row| row.get(0))
                .optional()?
                .unwrap_or(0);
            let edge: Option<(i64, i64)> = match before {
                Some(message) => tx
                    .prepare_cached("SELECT time, id FROM message WHERE id = ?1")?
                    .query_row([message.0], |row| Ok((row.get(0)?, row.get(1)?)))
                    .optional()?,
                None => None,
            };
            let (time, message) = edge.unwrap_or((i64::MAX, i64::MAX));
            let mut messages = tx
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM message WHERE conversation = ?1 AND deleted_at IS NULL
                     AND (time, id) < (?2, ?3) ORDER BY time DESC, id DESC LIMIT ?4"
                ))?
                .query_map(params![id.0, time, message, limit], row::message)?
                .collect::<Result<Vec<_>>>()?;
            messages.reverse();
            Ok(Thread {
                conversation: id,
                messages: Arc::new(messages),
                total,
            })
        })
    }

    /// Messages of all threads, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self, filter: Filter) -> std::result::Result<Vec<Message>, StoreError> {
        let unread = match filter {
            Filter::All => "",
            Filter::Unread => "AND read = 0",
        };
        self.read(|conn| {
            conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM message WHERE deleted_at IS NULL {unread} ORDER BY time, id"
            ))?
            .query_map([], row::message)?
            .collect()
        })
    }

    /// One message that is not deleted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn message(&self, id: MessageId) -> std::result::Result<Option<Message>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM message WHERE id = ?1 AND deleted_at IS NULL"
            ))?
            .query_row([id.0], row::message)
            .optional()
        })
    }
}
