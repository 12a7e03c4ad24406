//! One message that is read in two ways: through ModemManager, which joins and decodes it, and
//! from the SIM itself, as PDUs. The bytes differ, so it is known by sender, time and text.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Result, params};

use super::Incoming;

/// How the bytes of what came through ModemManager begin. No PDU does: its first octet is the
/// length of the service centre's number, 12 at the most (3GPP TS 24.011 clause 8.2.5.1).
pub const THROUGH_MODEM_MANAGER: &[u8] = b"mm|";

/// The parts of one message leave the service centre within this time.
const SPAN: SignedDuration = SignedDuration::from_mins(10);

/// Whether the store has this message from the other way of reading it; `copies` is how many of
/// its like this listing has held so far.
pub(super) fn is_known(
    conn: &Connection,
    raw: &[u8],
    incoming: &Incoming,
    time: Timestamp,
    copies: i64,
) -> Result<bool> {
    // Without a time of its own any message with that text would be it.
    if incoming.time.is_none() {
        return Ok(false);
    }
    let joined = raw.starts_with(THROUGH_MODEM_MANAGER);
    let span = i64::try_from(SPAN.as_micros()).unwrap_or(0);
    let time = time.as_microsecond();
    // Two halves, so that each has its index; what was deleted is known all the same.
    let mut statement = conn.prepare_cached(
        "SELECT id, text, time, parts FROM message
         WHERE deleted_at IS NULL AND time BETWEEN ?1 AND ?2 AND address = ?3 AND direction = 'in'
         UNION ALL
         SELECT id, text, time, parts FROM message
         WHERE deleted_at IS NOT NULL AND time BETWEEN ?1 AND ?2 AND address = ?3
         AND direction = 'in'",
    )?;
    let mut rows = statement.query(params![
        time.saturating_sub(span),
        time.saturating_add(span),
        incoming.address
    ])?;
    let mut known = 0;
    while let Some(found) = rows.next()? {
        let (id, text): (i64, String) = (found.get(0)?, found.get(1)?);
        let (then, parts): (i64, u8) = (found.get(2)?, found.get(3)?);
        let same = match incoming.concat {
            None if parts > 1 => text == incoming.text,
            None => text == incoming.text && then == time,
            Some(concat) if concat.part == 1 => text.starts_with(&incoming.text),
            Some(concat) if concat.part == concat.parts => text.ends_with(&incoming.text),
            Some(_) => text.contains(&incoming.text),
        };
        if same && came_joined(conn, id)? != joined {
            known += 1;
        }
    }
    Ok(known >= copies)
}

/// Whether a message came through ModemManager.
fn came_joined(conn: &Connection, message: i64) -> Result<bool> {
    conn.prepare_cached(
        "SELECT 1 FROM part JOIN record ON record.id = part.record
         WHERE part.message = ?1 AND substr(record.raw, 1, 3) = ?2",
    )?
    .exists(params![message, THROUGH_MODEM_MANAGER])
}
