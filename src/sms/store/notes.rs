//! Small things beside the messages: what the modem's holder tells the others, what waits in a
//! mailbox.

use rusqlite::{Connection, OptionalExtension, Result};

use super::{Store, StoreError};
use crate::sms::message::Unaddressed;
use crate::sms::snapshot::Waiting;

/// A note by its key.
pub(super) fn get(conn: &Connection, key: &str) -> Result<Option<String>> {
    conn.prepare_cached("SELECT value FROM note WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// Writes a note.
pub(super) fn set(conn: &Connection, key: &str, value: &str) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO note(key, value) VALUES (?1, ?2)
         ON CONFLICT(key) DO UPDATE SET value = excluded.value",
    )?
    .execute([key, value])?;
    Ok(())
}

/// The key of the new message that has no recipient yet.
const UNADDRESSED: &str = "new message";

/// What waits elsewhere: voice mail first.
pub(super) fn waiting(conn: &Connection) -> Result<Vec<Waiting>> {
    conn.prepare_cached("SELECT kind, count FROM waiting WHERE active = 1 ORDER BY kind")?
        .query_map([], |row| {
            Ok(Waiting {
                kind: row.get(0)?,
                count: row.get(1)?,
            })
        })?
        .collect()
}

impl Store {
    /// What the process that holds the modem last told of it (operator, signal, …; JSON).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn modem_note(&self) -> Result<Option<String>, StoreError> {
        self.read(|conn| get(conn, "modem"))
    }

    /// Tells the other processes about the modem; writes only what has changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_modem_note(&mut self, json: &str) -> Result<(), StoreError> {
        if self.modem_note()?.as_deref() == Some(json) {
            return Ok(());
        }
        self.write(|tx| set(tx, "modem", json))
    }

    /// What was typed of a new message that has no recipient yet. It belongs to no thread, so it
    /// is no draft of one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unaddressed(&self) -> Result<Option<Unaddressed>, StoreError> {
        let note = self.read(|conn| get(conn, UNADDRESSED))?;
        Ok(note.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// Keeps that; `None` forgets it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_unaddressed(&mut self, new: Option<&Unaddressed>) -> Result<(), StoreError> {
        let json = new.and_then(|new| serde_json::to_string(new).ok());
        self.write(|tx| match json {
            Some(json) => set(tx, UNADDRESSED, &json),
            None => tx
                .prepare_cached("DELETE FROM note WHERE key = ?1")?
                .execute([UNADDRESSED])
                .map(drop),
        })
    }

    /// What waits elsewhere: voice mail first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        self.read(waiting)
    }

    /// Nothing of this kind waits any more: the person has listened to it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn clear_waiting(&mut self, kind: u8) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached("UPDATE waiting SET active = 0 WHERE kind = ?1")?
                .execute([kind])
        })
        .map(drop)
    }

    /// A number that changes whenever another process or another [`Store`] has changed the
    /// file; this object's own changes do not count.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("PRAGMA data_version")?
                .query_row([], |row| row.get(0))
        })
    }
}
