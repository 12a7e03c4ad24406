//! From the SIM into the store: each PDU once, whatever dies in between.
//!
//! A PDU is known by its bytes. Of equal ones the store has as many as the fullest listing that
//! was ever seen: two in one listing are two messages; the same one listed again, in another
//! storage (`SM` and `ME` may show the same memory), or sent again by the network, is not new.
//! Parts of long messages are the exception: an equal part is always a repetition.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};
use sha2::{Digest, Sha256};

use super::assemble::{self, Arriving};
use super::content::hex;
use super::{Content, Incoming, Store, StoreError, conversation, report, row, twin};
use crate::sms::message::{ConversationId, MessageId};

/// One entry of a listing (`+CMGL`).
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Its index in the storage.
    pub index: u32,
    /// SMSC information and TPDU; in text mode any bytes that are the same for the same entry.
    pub raw: Vec<u8>,
    /// What the bytes say.
    pub content: Content,
}

/// What a listing brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ingested {
    /// Messages that are new, or have got a part or a text that is.
    pub new: Vec<MessageId>,
    /// Messages of ours about which a status report told something.
    pub reported: Vec<MessageId>,
}

/// An entry of a SIM that is safely in the store, so that the SIM's copy may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnSim {
    /// Its index in the storage.
    pub index: u32,
    /// The service centre's time, or when it was stored.
    pub time: Timestamp,
    /// [`raw_hash`] of its bytes, to make sure of what is deleted.
    pub raw_hash: [u8; 32],
}

/// SHA-256 of a PDU's bytes, its identity.
#[must_use]
pub fn raw_hash(raw: &[u8]) -> [u8; 32] {
    Sha256::digest(raw).into()
}

impl Store {
    /// Takes a whole listing of one storage in, in one transaction. When it returns `Ok`, all of
    /// it is durable and [`Store::stored_on`] says what may be deleted.
    ///
    /// What is new is unread, whatever the SIM says: any program's listing turns "unread" into
    /// "read" there, without anybody having seen the message.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing of the listing was taken.
    pub fn ingest(&mut self, storage: &str, listing: &[Listed]) -> Result<Ingested, StoreError> {
        let now = Timestamp::now();
        let unchanged = self.read(|conn| lies_as_listed(conn, storage, listing))?;
        if unchanged {
            return Ok(Ingested::default());
        }
        self.write(|tx| {
            tx.prepare_cached("DELETE FROM on_sim WHERE storage = ?1")?
                .execute([storage])?;
            let mut taken = Taken::default();
            let mut counted: HashMap<[u8; 32], i64> = HashMap::new();
            for entry in listing {
                let hash = raw_hash(&entry.raw);
                let copies = counted.entry(hash).or_default();
                *copies += 1;
                let record = taken.take(tx, &hash, *copies, &entry.raw, &entry.content, now)?;
                tx.prepare_cached(
                    "INSERT OR REPLACE INTO on_sim(storage, slot, record) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![storage, entry.index, record])?;
            }
            taken.finish(tx)
        })
    }

    /// Takes in one PDU that came straight from the network and lies on no SIM (`+CMT`, `+CDS`).
    /// Acknowledge it only when this has returned `Ok`.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn receive(&mut self, raw: &[u8], content: &Content) -> Result<Ingested, StoreError> {
        let now = Timestamp::now();
        self.write(|tx| {
            let mut taken = Taken::default();
            taken.take(tx, &raw_hash(raw), 1, raw, content, now)?;
            taken.finish(tx)
        })
    }

    /// What lies in a storage and is safe here, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stored_on(&self, storage: &str) -> Result<Vec<OnSim>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(
                "SELECT slot, time, hash FROM on_sim JOIN record ON record.id = on_sim.record
                 WHERE storage = ?1 ORDER BY time, slot",
            )?
            .query_map([storage], |found| {
                Ok(OnSim {
                    index: found.get(0)?,
                    time: row::time(found.get(1)?),
                    raw_hash: found.get(2)?,
                })
            })?
            .collect()
        })
    }

    /// Notes that the driver has deleted an entry from the SIM.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_on_sim(&mut self, storage: &str, index: u32) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.prepare_cached("DELETE FROM on_sim WHERE storage = ?1 AND slot = ?2")?
                .execute(params![storage, index])
        })
        .map(|_| ())
    }
}

/// Whether the listing is what the last one was, so that nothing need be written at every poll.
fn lies_as_listed(conn: &Connection, storage: &str, listing: &[Listed]) -> Result<bool> {
    let mut known: HashMap<u32, [u8; 32]> = conn
        .prepare_cached(
            "SELECT slot, hash FROM on_sim JOIN record ON record.id = on_sim.record
             WHERE storage = ?1",
        )?
        .query_map([storage], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_>>()?;
    let all_known = listing
        .iter()
        .all(|entry| known.remove(&entry.index) == Some(raw_hash(&entry.raw)));
    Ok(all_known && known.is_empty())
}

/// What one transaction has taken in so far.
#[derive(Default)]
struct Taken {
    new: BTreeSet<MessageId>,
    reported: BTreeSet<MessageId>,
    touched: BTreeSet<ConversationId>,
}

impl Taken {
    /// Takes one PDU in, the `copies`th of its like in this listing; gives its record.
    #[allow(clippy::too_many_arguments)]
    fn take(
        &mut self,
        conn: &Connection,
        hash: &[u8; 32],
        copies: i64,
        raw: &[u8],
        content: &Content,
        now: Timestamp,
    ) -> Result<i64> {
        let time = match content {
            Content::Deliver(Incoming {
                time: Some(time), ..
            })
            | Content::DeliverWaiting(
                Incoming {
                    time: Some(time), ..
                },
                _,
            ) => *time,
            _ => now,
        };
        let known: Option<(i64, i64)> = conn
            .prepare_cached("SELECT id, copies FROM record WHERE hash = ?1")?
            .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let repeats = match content {
            Content::Deliver(incoming) | Content::DeliverWaiting(incoming, _) => {
                incoming.concat.is_some()
            }
            Content::Submit(own) => own.concat.is_some(),
            Content::Undecodable { .. } => false,
            Content::StatusReport(_) | Content::Waiting(_) => true,
        };
        // A report is not kept for itself, so neither are its bytes.
        let raw = match content {
            Content::StatusReport(_) | Content::Waiting(_) => None,
            _ => Some(raw),
        };
        let record = match known {
            Some((record, before)) if repeats || copies <= before => return Ok(record),
            Some((record, _)) => {
                conn.prepare_cached("UPDATE record SET copies = ?2, raw = ?3 WHERE id = ?1")?
                    .execute(params![record, copies, raw])?;
                record
            }
            None => {
                conn.prepare_cached(
                    "INSERT INTO record(hash, raw, copies, time) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![hash, raw, copies, time.as_microsecond()])?;
                conn.last_insert_rowid()
            }
        };
        match content {
            Content::Deliver(incoming)
                if twin::is_known(conn, raw.unwrap_or_default(), incoming, time, copies)? => {}
            Content::Deliver(incoming) | Content::DeliverWaiting(incoming, _) => self.message(
                conn,
                &Arriving {
                    direction: "in",
                    address: &incoming.address,
                    text: &incoming.text,
                    time,
                    read: false,
                    state: "received",
                    class: incoming.class,
                    concat: incoming.concat,
                    replace_type: incoming.replace_type.filter(|_| incoming.concat.is_none()),
                    record,
                },
            )?,
            Content::Submit(own) => self.message(
                conn,
                &Arriving {
                    direction: "out",
                    address: &own.address,
                    text: &own.text,
                    time,
                    read: true,
                    state: "sent",
                    class: None,
                    concat: own.concat,
                    replace_type: None,
                    record,
                },
            )?,
            Content::Undecodable { reason } => {
                let text = format!(
                    "[message that could not be read: {reason}] {}",
                    hex(raw.unwrap_or_default())
                );
                self.message(
                    conn,
                    &Arriving {
                        direction: "in",
                        address: "",
                        text: &text,
                        time,
                        read: false,
                        state: "received",
                        class: None,
                        concat: None,
                        replace_type: None,
                        record,
                    },
                )?;
            }
            Content::StatusReport(told) => {
                if let Some(message) = report::arrive(conn, told, now)? {
                    self.reported.insert(message);
                }
            }
            Content::Waiting(_) => {}
        }
        if let Content::Waiting(told) | Content::DeliverWaiting(_, told) = content {
            conn.prepare_cached(
                "INSERT OR REPLACE INTO waiting(kind, active, count) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![told.kind, told.active, told.count])?;
        }
        Ok(record)
    }

    fn message(&mut self, conn: &Connection, arriving: &Arriving<'_>) -> Result<()> {
        let (conversation, message) = assemble::store(conn, arriving)?;
        self.touched.insert(conversation);
        self.new.extend(message);
        Ok(())
    }

    fn finish(self, conn: &Connection) -> Result<Ingested> {
        for conversation in self.touched {
            conversation::refresh(conn, conversation)?;
        }
        Ok(Ingested {
            new: self.new.into_iter().collect(),
            reported: self.reported.into_iter().collect(),
        })
    }
}
