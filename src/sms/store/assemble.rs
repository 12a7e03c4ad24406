//! From a PDU's content to a message: replacing an earlier one, joining the other parts, or new.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::content::join;
use super::{conversation, row};
use crate::sms::message::{ConversationId, MessageId};
use crate::sms::pdu::Concat;

/// Parts whose service-centre times lie further apart belong to different messages, for
/// references come round again.
const GROUP_SPAN: SignedDuration = SignedDuration::from_hours(24);

/// Either kind of message that a SIM can hold.
pub(super) struct Arriving<'a> {
    pub(super) direction: &'static str,
    pub(super) address: &'a str,
    pub(super) text: &'a str,
    pub(super) time: Timestamp,
    pub(super) read: bool,
    pub(super) state: &'static str,
    pub(super) class: Option<u8>,
    pub(super) concat: Option<Concat>,
    pub(super) replace_type: Option<u8>,
    pub(super) record: i64,
}

/// Stores what arrives; gives its thread, which is the caller's to refresh, and the message that
/// is new or has got something new (none when a newer one has replaced it already).
pub(super) fn store(
    conn: &Connection,
    arriving: &Arriving<'_>,
) -> Result<(ConversationId, Option<MessageId>)> {
    let conversation = conversation::find_or_make(conn, arriving.address, arriving.time)?;
    if let Some(replace_type) = arriving.replace_type
        && let Some((id, time)) = replaced(conn, conversation, replace_type, arriving)?
    {
        let newer = arriving.time >= time;
        if newer {
            replace(conn, id, arriving)?;
        }
        return Ok((conversation, newer.then_some(id)));
    }
    if let Some(concat) = arriving.concat
        && let Some(id) = group(conn, arriving, concat)?
    {
        add_part(conn, id, concat, arriving)?;
        // The group may lie in the thread of another spelling.
        let conversation = super::change::conversation_of(conn, id)?.unwrap_or(conversation);
        return Ok((conversation, Some(id)));
    }
    Ok((conversation, Some(insert(conn, conversation, arriving)?)))
}

/// The message that this one replaces, with its time. A deleted one is not brought back.
fn replaced(
    conn: &Connection,
    conversation: ConversationId,
    replace_type: u8,
    arriving: &Arriving<'_>,
) -> Result<Option<(MessageId, Timestamp)>> {
    conn.prepare_cached(
        "SELECT id, time FROM message WHERE conversation = ?1 AND replace_type = ?2
         AND address = ?3 AND deleted_at IS NULL ORDER BY time DESC, id DESC LIMIT 1",
    )?
    .query_row(
        params![conversation.0, replace_type, arriving.address],
        |found| Ok((MessageId(found.get(0)?), row::time(found.get(1)?))),
    )
    .optional()
}

fn replace(conn: &Connection, id: MessageId, arriving: &Arriving<'_>) -> Result<()> {
    let time = arriving.time.as_microsecond();
    conn.prepare_cached(
        "UPDATE message SET text = ?2, time = ?3, read = ?4, class = ?5 WHERE id = ?1",
    )?
    .execute(params![
        id.0,
        arriving.text,
        time,
        arriving.read,
        arriving.class
    ])?;
    conn.prepare_cached(
        "UPDATE part SET record = ?2, text = ?3, time = ?4 WHERE message = ?1 AND part = 1",
    )?
    .execute(params![id.0, arriving.record, arriving.text, time])?;
    Ok(())
}

/// A new message, with its one part or the first part that has come.
fn insert(
    conn: &Connection,
    conversation: ConversationId,
    arriving: &Arriving<'_>,
) -> Result<MessageId> {
    let (part, parts) = arriving
        .concat
        .map_or((1, 1), |concat| (concat.part, concat.parts));
    let text = match arriving.concat {
        Some(_) => join(
            &(1..=parts)
                .map(|slot| (slot == part).then(|| arriving.text.to_owned()))
                .collect::<Vec<_>>(),
        ),
        None => arriving.text.to_owned(),
    };
    conn.prepare_cached(
        "INSERT INTO message(conversation, direction, address, time, text, read, state, parts,
         parts_missing, class, replace_type, concat_reference, concat_bits)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        conversation.0,
        arriving.direction,
        arriving.address,
        arriving.time.as_microsecond(),
        text,
        arriving.read,
        arriving.state,
        parts,
        parts.saturating_sub(1),
        arriving.class,
        arriving.replace_type,
        arriving.concat.map(|concat| concat.reference),
        arriving.concat.map(|concat| concat.reference_bits),
    ])?;
    let id = MessageId(conn.last_insert_rowid());
    insert_part(conn, id, part, arriving)?;
    Ok(id)
}

fn insert_part(conn: &Connection, id: MessageId, part: u8, arriving: &Arriving<'_>) -> Result<()> {
    conn.prepare_cached(
        "INSERT INTO part(message, part, record, text, time) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        id.0,
        part,
        arriving.record,
        arriving.text,
        arriving.time.as_microsecond()
    ])?;
    Ok(())
}

/// The message whose empty slot this part fills; the newest, if there are several.
fn group(conn: &Connection, arriving: &Arriving<'_>, concat: Concat) -> Result<Option<MessageId>> {
    let span = i64::try_from(GROUP_SPAN.as_micros()).unwrap_or(i64::MAX);
    let time = arriving.time.as_microsecond();
    conn.prepare_cached(
        "SELECT id FROM message
         WHERE concat_reference = ?1 AND address = ?2 AND concat_bits = ?3 AND parts = ?4
         AND direction = ?5 AND parts_missing > 0
         AND NOT EXISTS (SELECT 1 FROM part WHERE message = id AND part = ?6)
         AND NOT EXISTS (SELECT 1 FROM part WHERE message = id AND abs(time - ?7) > ?8)
         ORDER BY id DESC LIMIT 1",
    )?
    .query_row(
        params![
            concat.reference,
            arriving.address,
            concat.reference_bits,
            concat.parts,
            arriving.direction,
            concat.part,
            time,
            span
        ],
        |found| found.get(0).map(MessageId),
    )
    .optional()
}

/// Fills a slot. The message becomes unread again, for there is something new to read, and
/// comes back if it was deleted before it was whole.
fn add_part(
    conn: &Connection,
    id: MessageId,
    concat: Concat,
    arriving: &Arriving<'_>,
) -> Result<()> {
    insert_part(conn, id, concat.part, arriving)?;
    let mut texts: Vec<Option<String>> = vec![None; usize::from(concat.parts)];
    let mut statement = conn.prepare_cached("SELECT part, text FROM part WHERE message = ?1")?;
    let mut rows = statement.query([id.0])?;
    while let Some(found) = rows.next()? {
        let slot: usize = found.get::<_, u8>(0)?.into();
        if let Some(text) = slot.checked_sub(1).and_then(|slot| texts.get_mut(slot)) {
            *text = Some(found.get(1)?);
        }
    }
    let missing = texts.iter().filter(|text| text.is_none()).count();
    conn.prepare_cached(
        "UPDATE message SET text = ?2, parts_missing = ?3, read = min(read, ?4), deleted_at = NULL,
         time = min(time, ?5) WHERE id = ?1",
    )?
    .execute(params![
        id.0,
        join(&texts),
        u8::try_from(missing).unwrap_or(u8::MAX),
        arriving.read,
        arriving.time.as_microsecond()
    ])?;
    Ok(())
}
