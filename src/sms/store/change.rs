//! What a person does to messages: read, delete, bring back, type a draft.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::{Store, StoreError, conversation, outgoing, tidy};
use crate::sms::message::{ConversationId, MessageId};

impl Store {
    /// Marks messages as read; gives how many were unread.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn mark_read(&mut self, ids: &[MessageId]) -> std::result::Result<u32, StoreError> {
        self.each(ids, |conn, id| {
            conn.prepare_cached("UPDATE message SET read = 1 WHERE id = ?1 AND read = 0")?
                .execute([id.0])
        })
    }

    /// Marks every message as read; gives how many were unread.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn mark_all_read(&mut self) -> std::result::Result<u32, StoreError> {
        let ids = self.unread(
            "SELECT id FROM message WHERE read = 0 AND deleted_at IS NULL",
            None,
        )?;
        self.mark_read(&ids)
    }

    /// Marks everything in a thread as read; gives how many were unread.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn mark_conversation_read(
        &mut self,
        id: ConversationId,
    ) -> std::result::Result<u32, StoreError> {
        let ids = self.unread(
            "SELECT id FROM message WHERE read = 0 AND deleted_at IS NULL AND conversation = ?1",
            Some(id),
        )?;
        self.mark_read(&ids)
    }

    fn unread(
        &self,
        sql: &str,
        conversation: Option<ConversationId>,
    ) -> std::result::Result<Vec<MessageId>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(sql)?
                .query_map(
                    rusqlite::params_from_iter(conversation.map(|id| id.0)),
                    |row| row.get(0).map(MessageId),
                )?
                .collect()
        })
    }

    /// Hides messages; [`Store::undelete`] brings them back. One that waits to be sent is taken
    /// back first. Gives how many were there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn delete(&mut self, ids: &[MessageId]) -> std::result::Result<u32, StoreError> {
        let now = Timestamp::now().as_microsecond();
        self.each(ids, |conn, id| {
            outgoing::take_back(conn, id)?;
            conn.prepare_cached(
                "UPDATE message SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL",
            )?
            .execute(params![id.0, now])
        })
    }

    /// Brings deleted messages back; gives how many were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn undelete(&mut self, ids: &[MessageId]) -> std::result::Result<u32, StoreError> {
        self.each(ids, |conn, id| {
            conn.prepare_cached(
                "UPDATE message SET deleted_at = NULL WHERE id = ?1 AND deleted_at IS NOT NULL",
            )?
            .execute([id.0])
        })
    }

    /// Forgets for good what was deleted before this moment; gives how many messages that were.
    /// Only a hash of their PDUs stays, so that they do not come back from the SIM.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn purge(&mut self, deleted_before: Timestamp) -> std::result::Result<u32, StoreError> {
        let before = deleted_before.as_microsecond();
        let ids = self.read(|conn| {
            conn.prepare_cached("SELECT id FROM message WHERE deleted_at < ?1")?
                .query_map([before], |row| row.get(0).map(MessageId))?
                .collect::<Result<Vec<_>>>()
        })?;
        self.each(&ids, |conn, id| {
            // It may have come back since.
            let gone = conn
                .prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND deleted_at < ?2")?
                .exists(params![id.0, before])?;
            if !gone {
                return Ok(0);
            }
            tidy::remove(conn, id)
        })
    }

    /// What was typed to this address but not sent.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn draft(&self, address: &str) -> std::result::Result<Option<String>, StoreError> {
        self.read(|conn| {
            let Some(id) = conversation::find(conn, address)? else {
                return Ok(None);
            };
            conn.prepare_cached("SELECT draft FROM conversation WHERE id = ?1")?
                .query_row([id.0], |row| row.get(0))
        })
    }

    /// Keeps what was typed; an empty text removes the draft.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save_draft(&mut self, address: &str, text: &str) -> std::result::Result<(), StoreError> {
        if self.draft(address)?.unwrap_or_default() == text {
            return Ok(());
        }
        let now = Timestamp::now();
        self.write(|tx| {
            let id = conversation::find_or_make(tx, address, now)?;
            set_draft(tx, id, text, now)
        })
    }

    /// Does one thing to each message, in one transaction, and brings their threads up to date.
    pub(super) fn each(
        &mut self,
        ids: &[MessageId],
        change: impl Fn(&Connection, MessageId) -> Result<usize>,
    ) -> std::result::Result<u32, StoreError> {
        if ids.is_empty() {
            return Ok(0);
        }
        self.write(|tx| {
            let mut touched = BTreeSet::new();
            let mut changed = 0;
            for id in ids {
                touched.extend(conversation_of(tx, *id)?);
                changed += change(tx, *id)?;
            }
            for conversation in touched {
                conversation::refresh(tx, conversation)?;
            }
            Ok(u32::try_from(changed).unwrap_or(u32::MAX))
        })
    }
}

/// The thread of a message, deleted or not.
pub(super) fn conversation_of(conn: &Connection, id: MessageId) -> Result<Option<ConversationId>> {
    conn.prepare_cached("SELECT conversation FROM message WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0).map(ConversationId))
        .optional()
}

/// Keeps or (when it is empty) removes a thread's draft.
pub(super) fn set_draft(
    conn: &Connection,
    id: ConversationId,
    text: &str,
    now: Timestamp,
) -> Result<()> {
    let draft = (!text.is_empty()).then_some(text);
    conn.prepare_cached("UPDATE conversation SET draft = ?2, draft_time = ?3 WHERE id = ?1")?
        .execute(params![id.0, draft, draft.map(|_| now.as_microsecond())])?;
    conversation::refresh(conn, id)
}
