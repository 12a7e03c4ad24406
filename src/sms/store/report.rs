//! Status reports: which message one is about, and what it says (3GPP TS 23.040 clause 9.2.3.15).

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::change::conversation_of;
use super::{Report, conversation, row, tidy};
use crate::sms::message::MessageId;
use crate::sms::number;

/// References go round after 256 messages, so an old message is not looked at.
const SPAN: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The service centre's clock and ours differ by less than this, the modem's time-out included.
const PROOF: SignedDuration = SignedDuration::from_mins(10);

/// Takes a report in: gives the message it was about, or keeps it until that message is known.
pub(super) fn arrive(
    conn: &Connection,
    report: &Report,
    now: Timestamp,
) -> Result<Option<MessageId>> {
    let when = report.discharge_time.unwrap_or(now).as_microsecond();
    let span = i64::try_from(SPAN.as_micros()).unwrap_or(i64::MAX);
    let mut statement = conn.prepare_cached(
        "SELECT message, part, address, status FROM sent_part
         JOIN message ON message.id = sent_part.message
         WHERE reference = ?1 AND sent_part.state = 'sent' AND abs(sent_at - ?2) <= ?3
         ORDER BY sent_at DESC, message DESC, part DESC",
    )?;
    let mut rows = statement.query(params![report.reference, when, span])?;
    while let Some(found) = rows.next()? {
        let address: String = found.get(2)?;
        let told: Option<u8> = found.get(3)?;
        if number::same(&address, &report.address) && !told.is_some_and(is_final) {
            let message = MessageId(found.get(0)?);
            apply(conn, message, found.get(1)?, report)?;
            return Ok(Some(message));
        }
    }
    if let Some(message) = prove(conn, report)? {
        return Ok(Some(message));
    }
    conn.prepare_cached("DELETE FROM unmatched_report WHERE received_at < ?1")?
        .execute([now.as_microsecond().saturating_sub(span)])?;
    conn.prepare_cached(
        "DELETE FROM unmatched_report WHERE id <= (SELECT max(id) FROM unmatched_report) - ?1",
    )?
    .execute([tidy::REPORTS])?;
    conn.prepare_cached(
        "INSERT INTO unmatched_report(reference, address, status, discharged_at, received_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        report.reference,
        report.address,
        report.status,
        report.discharge_time.map(Timestamp::as_microsecond),
        now.as_microsecond()
    ])?;
    Ok(None)
}

/// A part of which nobody knew whether the network had taken it, and which this report proves: it
/// went to the same number, and the service centre took it right after it was begun. Only where
/// there is no other such part.
fn prove(conn: &Connection, report: &Report) -> Result<Option<MessageId>> {
    let Some(taken) = report.taken.map(Timestamp::as_microsecond) else {
        return Ok(None);
    };
    let span = i64::try_from(PROOF.as_micros()).unwrap_or(i64::MAX);
    let candidates: Vec<(i64, u8, String)> = conn
        .prepare_cached(
            "SELECT message, part, address FROM sent_part
             JOIN message ON message.id = sent_part.message
             WHERE message.state = 'unknown' AND sent_part.state = 'unknown'
             AND abs(begun_at - ?1) <= ?2",
        )?
        .query_map(params![taken, span], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<Result<_>>()?;
    let mut same = candidates
        .into_iter()
        .filter(|(_, _, address)| number::same(address, &report.address));
    let (Some((message, part, _)), None) = (same.next(), same.next()) else {
        return Ok(None);
    };
    let message = MessageId(message);
    conn.prepare_cached(
        "UPDATE sent_part SET state = 'sent', reference = ?3, sent_at = ?4
         WHERE message = ?1 AND part = ?2",
    )?
    .execute(params![message.0, part, report.reference, taken])?;
    super::outgoing::count_missing(conn, message)?;
    let left: u8 = conn
        .prepare_cached("SELECT parts_missing FROM message WHERE id = ?1")?
        .query_row([message.0], |row| row.get(0))?;
    if left > 0 {
        // What is left goes on the person's word, as before.
        let reason = format!("{left} parts were not sent; the others have arrived");
        conn.prepare_cached("UPDATE message SET state = 'failed', reason = ?2 WHERE id = ?1")?
            .execute(params![message.0, reason])?;
    }
    apply(conn, message, part, report)?;
    Ok(Some(message))
}

/// Looks through the reports that came before their part was known to be sent: the network can
/// be quicker than the modem's answer. One that came before the part was begun is another's.
pub(super) fn catch_up(
    conn: &Connection,
    message: MessageId,
    part: u8,
    reference: u8,
) -> Result<()> {
    let known: Option<(String, Option<i64>)> = conn
        .prepare_cached(
            "SELECT address, begun_at FROM sent_part JOIN message ON message.id = message
             WHERE message = ?1 AND part = ?2",
        )?
        .query_row(params![message.0, part], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((address, begun_at)) = known else {
        return Ok(());
    };
    let waiting = conn
        .prepare_cached(
            "SELECT id, address, status, discharged_at FROM unmatched_report
             WHERE reference = ?1 AND received_at >= ?2 ORDER BY id",
        )?
        .query_map(params![reference, begun_at.unwrap_or(i64::MAX)], |found| {
            let report = Report {
                reference,
                address: found.get(1)?,
                status: found.get(2)?,
                taken: None,
                discharge_time: found.get::<_, Option<i64>>(3)?.map(row::time),
            };
            Ok((found.get::<_, i64>(0)?, report))
        })?
        .collect::<Result<Vec<_>>>()?;
    for (id, report) in waiting {
        if number::same(&report.address, &address) {
            apply(conn, message, part, &report)?;
            conn.prepare_cached("DELETE FROM unmatched_report WHERE id = ?1")?
                .execute([id])?;
        }
    }
    Ok(())
}

fn apply(conn: &Connection, message: MessageId, part: u8, report: &Report) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sent_part SET status = ?3, discharged_at = ?4 WHERE message = ?1 AND part = ?2",
    )?
    .execute(params![
        message.0,
        part,
        report.status,
        report.discharge_time.map(Timestamp::as_microsecond)
    ])?;
    settle(conn, message)
}

/// Gives a message whose parts were all taken by the network the state that follows from its
/// reports; one with parts still to go is left as it is. Brings its thread up to date.
pub(super) fn settle(conn: &Connection, id: MessageId) -> Result<()> {
    let statuses = conn
        .prepare_cached(
            "SELECT state = 'sent', status FROM sent_part WHERE message = ?1
             AND NOT (state = 'sent' AND reference IS NULL
                      AND EXISTS (SELECT 1 FROM sent_part asked
                                  WHERE asked.message = ?1 AND asked.reference IS NOT NULL))",
        )?
        .query_map([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(bool, Option<u8>)>>>()?;
    if !statuses.is_empty() && statuses.iter().all(|(sent, _)| *sent) {
        let failure = statuses
            .iter()
            .find_map(|(_, status)| (*status)?.checked_sub(0x40));
        let (state, reason) = match failure {
            Some(above) => ("failed", Some(reason(above.saturating_add(0x40)))),
            None if statuses
                .iter()
                .all(|(_, status)| matches!(status, Some(0x00 | 0x02..=0x1f))) =>
            {
                ("delivered", None)
            }
            None => ("sent", None),
        };
        conn.prepare_cached("UPDATE message SET state = ?2, reason = ?3 WHERE id = ?1")?
            .execute(params![id.0, state, reason])?;
    }
    match conversation_of(conn, id)? {
        Some(thread) => conversation::refresh(conn, thread),
        None => Ok(()),
    }
}

/// Whether nothing more will come after this status.
fn is_final(status: u8) -> bool {
    !(0x20..=0x3f).contains(&status)
}

/// Why a message was not delivered, for TP-ST 0x40 and above, in one short sentence. A reserved
/// value means "service rejected", as the standard has it.
pub(super) fn reason(status: u8) -> String {
    let words = match status {
        0x40 => "the network failed (remote procedure error)",
        0x41 => "the recipient's device does not take such messages",
        0x42 => "the recipient's device refused it",
        0x43 => "the recipient cannot be reached",
        0x44 | 0x64 => "the network has no such quality of service",
        0x45 => "the networks do not work together",
        0x46 => "its time ran out before the recipient could be reached",
        0x47 => "it was deleted by the sender",
        0x48 => "it was deleted by the service centre's operator",
        0x49 => "the service centre does not have it",
        0x60 => "the network is congested and gave up",
        0x61 => "the recipient's device is busy and the network gave up",
        0x62 => "the recipient's device does not answer and the network gave up",
        0x65 => "the recipient's device has an error and the network gave up",
        _ => "the network rejected it",
    };
    format!("not delivered: {words} (status 0x{status:02x})")
}
