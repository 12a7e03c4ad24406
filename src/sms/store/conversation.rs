//! Threads: which one an address belongs to, and what their rows repeat of their messages.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use crate::sms::message::ConversationId;
use crate::sms::number;

/// The preview's length in characters.
const PREVIEW_CHARS: usize = 120;

/// The thread of this address, where there is one (rules in `sms/number.rs`). A national
/// spelling that could be two people's is nobody's.
pub(super) fn find(conn: &Connection, address: &str) -> Result<Option<ConversationId>> {
    let key = number::key(address);
    let exact = conn
        .prepare_cached("SELECT id FROM conversation WHERE key = ?1")?
        .query_row([&key], |row| row.get(0))
        .optional()?;
    if let Some(id) = exact {
        return Ok(Some(ConversationId(id)));
    }
    let Some(tail) = number::tail(address) else {
        return Ok(None);
    };
    let mut statement = conn.prepare_cached("SELECT id, key FROM conversation WHERE tail = ?1")?;
    let mut rows = statement.query([tail])?;
    let mut found = None;
    while let Some(row) = rows.next()? {
        let other: String = row.get(1)?;
        if number::same(&other, &key) {
            if found.is_some() {
                return Ok(None);
            }
            found = Some(ConversationId(row.get(0)?));
        }
    }
    Ok(found)
}

/// The thread of this address, made if there is none. A thread that was begun with a national
/// spelling takes the international one when it comes, and from then on answers to no other
/// country's.
pub(super) fn find_or_make(
    conn: &Connection,
    address: &str,
    now: Timestamp,
) -> Result<ConversationId> {
    let key = number::key(address);
    if let Some(id) = find(conn, address)? {
        if number::is_international(&key) {
            conn.prepare_cached("UPDATE conversation SET key = ?2 WHERE id = ?1 AND key <> ?2")?
                .execute(params![id.0, key])?;
        }
        return Ok(id);
    }
    conn.prepare_cached(
        "INSERT INTO conversation(key, tail, address, time) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        key,
        number::tail(address),
        address,
        now.as_microsecond()
    ])?;
    Ok(ConversationId(conn.last_insert_rowid()))
}

/// Writes anew what a thread's row repeats of its messages. Every change ends with this, in the
/// same transaction; it counts afresh, so it also mends.
pub(super) fn refresh(conn: &Connection, id: ConversationId) -> Result<()> {
    let (total, unread): (i64, i64) = conn
        .prepare_cached(
            "SELECT count(*), coalesce(sum(read = 0), 0) FROM message
             WHERE conversation = ?1 AND deleted_at IS NULL",
        )?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let last = conn
        .prepare_cached(
            "SELECT direction, state, time, address, text FROM message
             WHERE conversation = ?1 AND deleted_at IS NULL ORDER BY time DESC, id DESC LIMIT 1",
        )?
        .query_row([id.0], |row| {
            let text: String = row.get(4)?;
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, String>(3)?,
                preview(&text),
            ))
        })
        .optional()?;
    if let Some((direction, state, time, address, preview)) = last {
        conn.prepare_cached(
            "UPDATE conversation SET total = ?2, unread = ?3, last_direction = ?4,
             last_state = ?5, time = max(?6, coalesce(draft_time, ?6)), address = ?7, preview = ?8
             WHERE id = ?1",
        )?
        .execute(params![
            id.0, total, unread, direction, state, time, address, preview
        ])?;
    } else {
        conn.prepare_cached(
            "UPDATE conversation SET total = 0, unread = 0, last_direction = NULL,
             last_state = NULL, time = coalesce(draft_time, time), preview = '' WHERE id = ?1",
        )?
        .execute([id.0])?;
    }
    Ok(())
}

/// The first line that says something, at most 120 characters.
fn preview(text: &str) -> String {
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    line.chars().take(PREVIEW_CHARS).collect()
}
