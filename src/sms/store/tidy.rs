//! What leaves the file for good: messages that were deleted long ago, and what is of no use any
//! more.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Result, params};

use super::{Store, StoreError};
use crate::sms::message::{ConversationId, MessageId};

/// A message that was just deleted can be brought back, whatever the configuration says.
const UNDO: SignedDuration = SignedDuration::from_hours(1);
/// Cell broadcasts are remembered so long after they were last heard.
const BROADCASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Status reports that belong to no message are kept, at most so many.
pub(super) const REPORTS: u32 = 1000;

impl Store {
    /// Forgets for good what was deleted more than `days` ago; the text leaves the file. Gives how
    /// many messages that were. Nothing is written when there is nothing to forget.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn tidy(&mut self, days: u16) -> std::result::Result<u32, StoreError> {
        let now = Timestamp::now();
        let age = SignedDuration::from_hours(i64::from(days) * 24).max(UNDO);
        let before = now.checked_sub(age).unwrap_or(Timestamp::MIN);
        let old = self.read(|conn| {
            conn.prepare_cached("SELECT 1 FROM message WHERE deleted_at < ?1 LIMIT 1")?
                .exists([before.as_microsecond()])
        })?;
        if !old {
            return Ok(0);
        }
        let gone = self.purge(before)?;
        let heard = now.checked_sub(BROADCASTS).unwrap_or(Timestamp::MIN);
        self.write(|tx| forget_broadcasts(tx, "heard_at < ?1", heard.as_microsecond()))?;
        // The log has it, too. Where others read it, the next one does it.
        let _ = self.read(|conn| {
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                row.get::<_, i64>(0)
            })
        });
        Ok(gone)
    }
}

/// Takes a message out of the file; only a hash of its PDUs stays, so that it does not come back
/// from the SIM.
pub(super) fn remove(conn: &Connection, id: MessageId) -> Result<usize> {
    conn.prepare_cached(
        "UPDATE record SET raw = NULL WHERE id IN (SELECT record FROM part WHERE message = ?1)",
    )?
    .execute([id.0])?;
    for table in ["part", "sent_part"] {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE message = ?1"))?
            .execute([id.0])?;
    }
    conn.prepare_cached("DELETE FROM message WHERE id = ?1")?
        .execute([id.0])
}

/// Keeps the newest messages of a thread that anybody with a transmitter can fill.
pub(super) fn keep_newest(conn: &Connection, thread: ConversationId, count: u32) -> Result<()> {
    let old = conn
        .prepare_cached(
            "SELECT id FROM message WHERE conversation = ?1 AND deleted_at IS NULL
             ORDER BY time DESC, id DESC LIMIT -1 OFFSET ?2",
        )?
        .query_map(params![thread.0, count], |row| row.get(0))?
        .collect::<Result<Vec<i64>>>()?;
    for id in old {
        // The full-text index lets go of what is deleted, not of what is removed.
        conn.prepare_cached("UPDATE message SET deleted_at = 0 WHERE id = ?1")?
            .execute([id])?;
        remove(conn, MessageId(id))?;
        forget_broadcasts(conn, "message = ?1", id)?;
    }
    Ok(())
}

/// Forgets broadcasts that were heard, with their pages.
fn forget_broadcasts(conn: &Connection, which: &str, value: i64) -> Result<()> {
    conn.prepare_cached(&format!(
        "DELETE FROM broadcast_page WHERE broadcast IN (SELECT id FROM broadcast WHERE {which})"
    ))?
    .execute([value])?;
    conn.prepare_cached(&format!("DELETE FROM broadcast WHERE {which}"))?
        .execute([value])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::store::Filter;

    #[test]
    fn the_text_of_what_was_deleted_long_ago_is_in_no_file_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("messages.sqlite3");
        let mut store = Store::open(&path).unwrap();
        let now = Timestamp::now();
        let secret = store
            .queue("+49170", "unmistakable secret", 1, now)
            .unwrap();
        store.queue("+49170", "what stays", 1, now).unwrap();
        store.delete(&[secret]).unwrap();
        assert_eq!(store.tidy(0).unwrap(), 0, "it can still be brought back");
        let long_ago = now - SignedDuration::from_hours(24 * 31);
        store
            .write(|tx| {
                tx.execute(
                    "UPDATE message SET deleted_at = ?1 WHERE deleted_at IS NOT NULL",
                    [long_ago.as_microsecond()],
                )
            })
            .unwrap();
        assert_eq!(store.tidy(60).unwrap(), 0);
        assert_eq!(store.tidy(30).unwrap(), 1);
        assert_eq!(store.list(Filter::All).unwrap().len(), 1);
        drop(store);
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            for word in [b"unmistakable".as_slice(), b"secret"] {
                assert!(!bytes.windows(word.len()).any(|found| found == word));
            }
        }
    }
}
