//! Messages on their way out.
//!
//! ```text
//! queue ─▶ Queued ─begin_part─▶ Sending ─part_sent, finish─▶ Sent ─report─▶ Delivered | Failed
//!            ▲  │ cancel           │ fail ─▶ Failed
//!            │  └─▶ Failed         │ unknown, or a dead process ─▶ Unknown
//!            └───────── requeue (the person's word) ◀──────────── Failed, Unknown
//! ```
//! Each part is `waiting`, `sending`, `sent` or `unknown`. Every step is durable before its
//! call returns, and a step that another process has taken already is refused.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::change::{conversation_of, set_draft};
use super::{Store, StoreError, conversation, process, report};
use crate::sms::message::MessageId;

/// A message that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Which one.
    pub id: MessageId,
    /// The recipient, as typed.
    pub address: String,
    /// The whole text.
    pub text: String,
    /// How many parts it has, 1..=255.
    pub parts: u8,
    /// The first part that is still to be sent, 1..=parts.
    pub next_part: u8,
    /// All parts that are still to be sent, in order.
    pub waiting: Vec<u8>,
    /// The reference that all its parts share; the same when the rest is sent later.
    pub concat_reference: u8,
}

type Done<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Puts a message into the queue and takes away the draft to the same address.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn queue(
        &mut self,
        address: &str,
        text: &str,
        parts: u8,
        now: Timestamp,
    ) -> Done<MessageId> {
        let parts = parts.max(1);
        self.write(|tx| {
            let thread = conversation::find_or_make(tx, address, now)?;
            tx.prepare_cached(
                "INSERT INTO message(conversation, direction, address, time, text, read, state,
                 parts, parts_missing) VALUES (?1, 'out', ?2, ?3, ?4, 1, 'queued', ?5, ?5)",
            )?
            .execute(params![
                thread.0,
                address,
                now.as_microsecond(),
                text,
                parts
            ])?;
            let id = MessageId(tx.last_insert_rowid());
            for part in 1..=parts {
                tx.prepare_cached("INSERT INTO sent_part(message, part) VALUES (?1, ?2)")?
                    .execute(params![id.0, part])?;
            }
            set_draft(tx, thread, "", now)?;
            Ok(id)
        })
    }

    /// The message that has waited longest.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_queued(&self) -> Done<Option<Outgoing>> {
        self.next_queued_but(&[])
    }

    /// The message that has waited longest, these left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_queued_but(&self, not: &[MessageId]) -> Done<Option<Outgoing>> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT id, address, text, parts FROM message
                 WHERE state = 'queued' AND state IN ('queued', 'sending')
                 AND deleted_at IS NULL ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                if not.contains(&MessageId(id)) {
                    continue;
                }
                let waiting = conn
                    .prepare_cached(
                        "SELECT part FROM sent_part WHERE message = ?1 AND state = 'waiting'
                         ORDER BY part",
                    )?
                    .query_map([id], |row| row.get(0))?
                    .collect::<Result<Vec<u8>>>()?;
                if let Some(next_part) = waiting.first().copied() {
                    let [.., concat_reference] = id.to_be_bytes();
                    return Ok(Some(Outgoing {
                        id: MessageId(id),
                        address: row.get(1)?,
                        text: row.get(2)?,
                        parts: row.get(3)?,
                        next_part,
                        waiting,
                        concat_reference,
                    }));
                }
            }
            Ok(None)
        })
    }

    /// Notes that a part is about to be given to the modem. `false`: it must not be, for another
    /// process sends it, or it was sent, taken back or deleted.
    ///
    /// # Errors
    /// When the file cannot be written; then the part must not be sent.
    pub fn begin_part(&mut self, id: MessageId, part: u8) -> Done<bool> {
        let now = Timestamp::now().as_microsecond();
        self.write(|tx| {
            let taken = tx
                .prepare_cached(
                    "UPDATE sent_part SET state = 'sending', begun_at = ?3, sender = ?4
                     WHERE message = ?1 AND part = ?2 AND state = 'waiting'
                     AND NOT EXISTS (SELECT 1 FROM sent_part other
                                     WHERE other.message = ?1 AND other.state = 'sending')
                     AND EXISTS (SELECT 1 FROM message WHERE id = ?1 AND deleted_at IS NULL
                                 AND message.state IN ('queued', 'sending'))",
                )?
                .execute(params![id.0, part, now, process::own()])?;
            if taken == 1 {
                set_state(tx, id, "sending", None)?;
            }
            Ok(taken == 1)
        })
    }

    /// Notes that the network has taken a part, with the reference (TP-MR) that the modem gave,
    /// and what reports about it have come already.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn part_sent(&mut self, id: MessageId, part: u8, reference: u8, at: Timestamp) -> Done<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "UPDATE sent_part SET state = 'sent', reference = ?3, sent_at = ?4, status = NULL,
                 discharged_at = NULL WHERE message = ?1 AND part = ?2",
            )?
            .execute(params![id.0, part, reference, at.as_microsecond()])?;
            count_missing(tx, id)?;
            report::catch_up(tx, id, part, reference)
        })
    }

    /// Notes that a whole message is about to be given to who cuts it into parts himself
    /// (ModemManager). `false`: it must not be, as with [`Store::begin_part`].
    ///
    /// # Errors
    /// When the file cannot be written; then it must not be sent.
    pub fn begin_whole(&mut self, id: MessageId) -> Done<bool> {
        let now = Timestamp::now().as_microsecond();
        self.write(|tx| {
            let begun = tx
                .prepare_cached(
                    "UPDATE sent_part SET state = 'sending', begun_at = ?2, sender = ?3
                     WHERE message = ?1
                     AND EXISTS (SELECT 1 FROM sent_part w
                                 WHERE w.message = ?1 AND w.state = 'waiting')
                     AND NOT EXISTS (SELECT 1 FROM sent_part other
                                     WHERE other.message = ?1 AND other.state = 'sending')
                     AND EXISTS (SELECT 1 FROM message WHERE id = ?1 AND deleted_at IS NULL
                                 AND message.state IN ('queued', 'sending'))",
                )?
                .execute(params![id.0, now, process::own()])?;
            if begun > 0 {
                set_state(tx, id, "sending", None)?;
            }
            Ok(begun > 0)
        })
    }

    /// Notes that the network has taken a whole message. Only about its last part, whose
    /// reference (TP-MR) this is, there will be a report.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn whole_sent(&mut self, id: MessageId, reference: u8, at: Timestamp) -> Done<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "UPDATE sent_part SET state = 'sent', sent_at = ?2, status = NULL,
                 discharged_at = NULL, reference = CASE part WHEN
                 (SELECT max(part) FROM sent_part WHERE message = ?1) THEN ?3 END
                 WHERE message = ?1",
            )?
            .execute(params![id.0, at.as_microsecond(), reference])?;
            count_missing(tx, id)?;
            let last = tx
                .prepare_cached("SELECT max(part) FROM sent_part WHERE message = ?1")?
                .query_row([id.0], |row| row.get::<_, Option<u8>>(0))?;
            if let Some(last) = last {
                report::catch_up(tx, id, last, reference)?;
            }
            report::settle(tx, id)
        })
    }

    /// All parts are with the network: `Sent`, or what the reports say that came meanwhile.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(&mut self, id: MessageId) -> Done<()> {
        self.write(|tx| report::settle(tx, id))
    }

    /// The modem or the network refused the part that was being sent. A message that was taken
    /// back meanwhile stays so.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn fail(&mut self, id: MessageId, reason: &str) -> Done<()> {
        self.write(|tx| {
            end_part(tx, id, "waiting")?;
            if is_sending(tx, id)? {
                set_state(tx, id, "failed", Some(reason))?;
            }
            Ok(())
        })
    }

    /// The part that was being sent was surely not taken, and the message can go by itself later.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn postpone(&mut self, id: MessageId) -> Done<()> {
        self.write(|tx| {
            end_part(tx, id, "waiting")?;
            if is_sending(tx, id)? {
                set_state(tx, id, "queued", None)?;
            }
            Ok(())
        })
    }

    /// The message has this many parts after all; a part that was sent stays.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn resize(&mut self, id: MessageId, parts: u8) -> Done<()> {
        self.write(|tx| {
            tx.prepare_cached(
                "DELETE FROM sent_part WHERE message = ?1 AND part > ?2 AND state = 'waiting'",
            )?
            .execute(params![id.0, parts])?;
            for part in 1..=parts {
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO sent_part(message, part) VALUES (?1, ?2)",
                )?
                .execute(params![id.0, part])?;
            }
            tx.prepare_cached(
                "UPDATE message SET parts =
                 (SELECT count(*) FROM sent_part WHERE message = ?1) WHERE id = ?1",
            )?
            .execute([id.0])?;
            count_missing(tx, id)
        })
    }

    /// Nobody can say whether the network took the part that was being sent.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn unknown(&mut self, id: MessageId, reason: &str) -> Done<()> {
        self.write(|tx| {
            end_part(tx, id, "unknown")?;
            set_state(tx, id, "unknown", Some(reason))
        })
    }

    /// Queues a failed or unknown message again, on the person's word only. Parts that the
    /// network has taken are not sent again, unless a report said that they were not delivered.
    /// `false`: there is nothing to send again, or it is being sent now.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn requeue(&mut self, id: MessageId) -> Done<bool> {
        self.write(|tx| {
            let stuck = tx
                .prepare_cached(
                    "SELECT 1 FROM message WHERE id = ?1 AND state IN ('failed', 'unknown')
                     AND deleted_at IS NULL AND direction = 'out' AND NOT EXISTS
                     (SELECT 1 FROM sent_part WHERE message = ?1 AND sent_part.state = 'sending')",
                )?
                .exists([id.0])?;
            if !stuck {
                return Ok(false);
            }
            tx.prepare_cached(
                "UPDATE sent_part SET state = 'waiting', reference = NULL, sent_at = NULL,
                 status = NULL, discharged_at = NULL, begun_at = NULL
                 WHERE message = ?1 AND (state = 'unknown' OR status >= 64)",
            )?
            .execute([id.0])?;
            count_missing(tx, id)?;
            let left = tx
                .prepare_cached("SELECT 1 FROM sent_part WHERE message = ?1 AND state = 'waiting'")?
                .exists([id.0])?;
            if left {
                set_state(tx, id, "queued", None)?;
            } else {
                report::settle(tx, id)?;
            }
            Ok(left)
        })
    }

    /// Takes a queued message, or what is left of a long one, back. A part that the modem has
    /// already is not stopped. `false`: there was nothing left to take back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn cancel(&mut self, id: MessageId) -> Done<bool> {
        self.write(|tx| {
            let taken_back = take_back(tx, id)?;
            refresh(tx, id)?;
            Ok(taken_back)
        })
    }

    /// To be called by whoever has just taken the modem, before it sends: what a dead process
    /// was sending becomes `Unknown`. A long message that died between two parts goes back into
    /// the queue with the rest, for nothing about it is in doubt. What another living process
    /// sends, through another modem, is left to it. Gives the unknown ones.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn recover_interrupted(&mut self) -> Done<Vec<MessageId>> {
        let ids = |conn: &Connection, sql: &str| -> Result<Vec<MessageId>> {
            conn.prepare_cached(sql)?
                .query_map([], |row| row.get(0).map(MessageId))?
                .collect()
        };
        let in_flight = |conn: &Connection| -> Result<Vec<MessageId>> {
            let rows: Vec<(i64, Option<String>)> = conn
                .prepare_cached("SELECT message, sender FROM sent_part WHERE state = 'sending'")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<Result<_>>()?;
            let dead = rows
                .into_iter()
                .filter(|(_, sender)| !process::is_another(sender.as_deref()));
            Ok(dead.map(|(id, _)| MessageId(id)).collect())
        };
        let between = "SELECT id FROM message
                       WHERE state = 'sending' AND state IN ('queued', 'sending')";
        let nothing =
            self.read(|conn| Ok(in_flight(conn)?.is_empty() && ids(conn, between)?.is_empty()))?;
        if nothing {
            return Ok(Vec::new());
        }
        self.write(|tx| {
            let unknown = in_flight(tx)?;
            for id in &unknown {
                end_part(tx, *id, "unknown")?;
                let reason = "barpop was interrupted while sending it: it may have been sent";
                set_state(tx, *id, "unknown", Some(reason))?;
            }
            for id in ids(tx, between)? {
                set_state(tx, id, "queued", None)?;
                report::settle(tx, id)?;
            }
            Ok(unknown)
        })
    }
}

/// Takes back what the modem does not have yet; the thread is the caller's to refresh.
pub(super) fn take_back(conn: &Connection, id: MessageId) -> Result<bool> {
    let parts: Option<(u8, u8)> = conn
        .prepare_cached(
            "SELECT parts, (SELECT count(*) FROM sent_part
                            WHERE message = id AND sent_part.state = 'waiting')
             FROM message WHERE id = ?1 AND state IN ('queued', 'sending')",
        )?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((parts, waiting)) = parts.filter(|(_, waiting)| *waiting > 0) else {
        return Ok(false);
    };
    let reason = match parts.saturating_sub(waiting) {
        0 => "taken back before it was sent".to_owned(),
        gone => format!("taken back after {gone} of {parts} parts"),
    };
    conn.prepare_cached("UPDATE message SET state = 'failed', reason = ?2 WHERE id = ?1")?
        .execute(params![id.0, reason])?;
    Ok(true)
}

fn set_state(conn: &Connection, id: MessageId, state: &str, reason: Option<&str>) -> Result<()> {
    conn.prepare_cached("UPDATE message SET state = ?2, reason = ?3 WHERE id = ?1")?
        .execute(params![id.0, state, reason])?;
    refresh(conn, id)
}

fn is_sending(conn: &Connection, id: MessageId) -> Result<bool> {
    conn.prepare_cached("SELECT 1 FROM message WHERE id = ?1 AND state = 'sending'")?
        .exists([id.0])
}

fn end_part(conn: &Connection, id: MessageId, state: &str) -> Result<()> {
    conn.prepare_cached(
        "UPDATE sent_part SET state = ?2 WHERE message = ?1 AND state = 'sending'",
    )?
    .execute(params![id.0, state])?;
    Ok(())
}

pub(super) fn count_missing(conn: &Connection, id: MessageId) -> Result<()> {
    conn.prepare_cached(
        "UPDATE message SET parts_missing =
         (SELECT count(*) FROM sent_part WHERE message = ?1 AND sent_part.state <> 'sent')
         WHERE id = ?1",
    )?
    .execute([id.0])?;
    Ok(())
}

fn refresh(conn: &Connection, id: MessageId) -> Result<()> {
    match conversation_of(conn, id)? {
        Some(thread) => conversation::refresh(conn, thread),
        None => Ok(()),
    }
}
