//! Small things beside the messages: what the modem's holder tells the others, what waits in a
//! mailbox.

use rusqlite::{Connection, OptionalExtension, Result};

use super::{Store, StoreError};

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

    /// What waits elsewhere, as (kind, count where it was told): kind 0 is voice mail, 1 fax,
    /// 2 e-mail, 3 other (3GPP TS 23.040 clause 9.2.3.24.2).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting(&self) -> Result<Vec<(u8, Option<u8>)>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached("SELECT kind, count FROM waiting WHERE active = 1 ORDER BY kind")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
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
