//! What a person has been told of, and what the popup shows: notes by which processes agree.
//!
//! A message is announced **at most once, ever**: it is taken off the list, durably and in one
//! transaction, before anything is shown. A process that dies between the two leaves a message
//! that nobody was told of but that still counts as unread on the bar; the other order would
//! show it twice after every crash, and two processes could both show it.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, params};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::row::{self, COLUMNS};
use super::{Store, StoreError, notes, process};
use crate::sms::message::{ConversationId, Message, MessageId};

/// The list of what was announced, shown, and asked for: one note each.
const ANNOUNCED: &str = "announced";
const SHOWN: &str = "shown";
const WANTED: &str = "wanted";

/// A long message is announced with the parts that it has when the others have not come by then.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);
/// What the service centre got longer ago is no news: an old SIM, an imported file.
const OLD: SignedDuration = SignedDuration::from_hours(14 * 24);
/// More unfinished messages than this are not waited for.
const MOST_WAITING: usize = 64;
/// Most messages that are announced at a time; what lies before them counts as told.
const MOST: u32 = 500;
/// A wish to open a conversation that no popup has taken by then is forgotten, in seconds.
const WISH: i64 = 30;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Announced {
    /// Every message up to here was announced, or waits below.
    upto: i64,
    /// Messages with parts missing, and since when (seconds since 1970).
    #[serde(default)]
    waiting: Vec<(i64, i64)>,
}

#[derive(Serialize, Deserialize)]
struct Shown {
    by: String,
    conversation: i64,
}

#[derive(Serialize, Deserialize)]
struct Wish {
    conversation: i64,
    at: i64,
}

/// What is to be announced.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Unannounced {
    /// Unread messages, oldest first, each given only once.
    pub messages: Vec<Message>,
    /// When to look again: until then parts of a message may come.
    pub again_at: Option<Timestamp>,
}

impl Store {
    /// From now on messages are announced; what is there already is not. Done once for a store.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn begin_announcing(&mut self) -> std::result::Result<(), StoreError> {
        if self.is_announcing()? {
            return Ok(());
        }
        self.write(|tx| {
            if notes::get(tx, ANNOUNCED)?.is_some() {
                return Ok(());
            }
            let upto = newest(tx)?;
            put(
                tx,
                ANNOUNCED,
                &Announced {
                    upto,
                    waiting: vec![],
                },
            )
        })
    }

    /// Whether [`Store::begin_announcing`] has been done.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_announcing(&self) -> std::result::Result<bool, StoreError> {
        self.read(|conn| Ok(notes::get(conn, ANNOUNCED)?.is_some()))
    }

    /// Whether [`Store::take_unannounced`] would have something to do.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_unannounced(&self) -> std::result::Result<bool, StoreError> {
        self.read(|conn| {
            let known: Option<Announced> = note(conn, ANNOUNCED)?;
            let Some(known) = known else {
                return Ok(false);
            };
            Ok(!known.waiting.is_empty() || newest(conn)? > known.upto)
        })
    }

    /// Takes what nobody has been told of off the list, durably, and gives it.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing was taken.
    pub fn take_unannounced(
        &mut self,
        now: Timestamp,
    ) -> std::result::Result<Unannounced, StoreError> {
        if !self.has_unannounced()? {
            return Ok(Unannounced::default());
        }
        self.write(|tx| {
            let Some(known) = note::<Announced>(tx, ANNOUNCED)? else {
                return Ok(Unannounced::default());
            };
            let upto = newest(tx)?.max(known.upto);
            let mut candidates: Vec<(Message, i64)> = Vec::new();
            for (id, since) in &known.waiting {
                candidates.extend(unread(tx, *id)?.map(|message| (message, *since)));
            }
            let new = fresh(tx, known.upto)?;
            candidates.extend(new.into_iter().map(|message| (message, now.as_second())));
            let mut taken = Unannounced::default();
            let mut waiting = Vec::new();
            for (message, since) in candidates {
                let until = Timestamp::from_second(since).unwrap_or(now) + PATIENCE;
                if message.parts_missing > 0 && until > now && waiting.len() < MOST_WAITING {
                    waiting.push((message.id.0, since));
                    taken.again_at = Some(taken.again_at.map_or(until, |at| at.min(until)));
                } else if now.duration_since(message.time) < OLD {
                    taken.messages.push(message);
                }
            }
            if upto != known.upto || waiting != known.waiting {
                put(tx, ANNOUNCED, &Announced { upto, waiting })?;
            }
            Ok(taken)
        })
    }

    /// Which of these are still unread.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn still_unread(
        &self,
        ids: &[MessageId],
    ) -> std::result::Result<Vec<MessageId>, StoreError> {
        self.read(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT 1 FROM message WHERE id = ?1 AND read = 0 AND deleted_at IS NULL",
            )?;
            let mut unread = Vec::new();
            for id in ids {
                if statement.exists([id.0])? {
                    unread.push(*id);
                }
            }
            Ok(unread)
        })
    }

    /// The newest message that nobody has read, from whomever.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_unread(&self) -> std::result::Result<Option<Message>, StoreError> {
        self.read(|conn| {
            conn.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM message WHERE read = 0 AND deleted_at IS NULL
                 ORDER BY time DESC, id DESC LIMIT 1"
            ))?
            .query_row([], row::message)
            .optional()
        })
    }

    /// Tells the other processes which conversation a person looks at in this process's window;
    /// `None` when nobody looks.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set_shown(
        &mut self,
        conversation: Option<ConversationId>,
    ) -> std::result::Result<(), StoreError> {
        let by = process::own();
        self.write(|tx| match conversation {
            Some(ConversationId(conversation)) => put(tx, SHOWN, &Shown { by, conversation }),
            None => match note::<Shown>(tx, SHOWN)? {
                Some(shown) if shown.by == by => remove(tx, SHOWN),
                _ => Ok(()),
            },
        })
    }

    /// Which conversation a person looks at now, in whichever process that lives.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shown(&self) -> std::result::Result<Option<ConversationId>, StoreError> {
        let shown: Option<Shown> = self.read(|conn| note(conn, SHOWN))?;
        let alive = |shown: &Shown| {
            shown.by == process::own() || process::is_another(Some(shown.by.as_str()))
        };
        Ok(shown
            .filter(alive)
            .map(|shown| ConversationId(shown.conversation)))
    }

    /// Asks the popup that is open, or opens next, to show this conversation.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn want_opened(
        &mut self,
        conversation: ConversationId,
        now: Timestamp,
    ) -> std::result::Result<(), StoreError> {
        let wish = Wish {
            conversation: conversation.0,
            at: now.as_second(),
        };
        self.write(|tx| put(tx, WANTED, &wish))
    }

    /// Which conversation is to be opened; each wish is given once.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn take_wanted(
        &mut self,
        now: Timestamp,
    ) -> std::result::Result<Option<ConversationId>, StoreError> {
        let wish: Option<Wish> = self.read(|conn| note(conn, WANTED))?;
        let Some(wish) = wish else {
            return Ok(None);
        };
        self.write(|tx| remove(tx, WANTED))?;
        let age = now.as_second().saturating_sub(wish.at);
        Ok((age <= WISH).then_some(ConversationId(wish.conversation)))
    }

    /// A note of another room, as JSON; one that cannot be read counts as none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(in crate::sms) fn note<T: DeserializeOwned>(
        &self,
        key: &str,
    ) -> std::result::Result<Option<T>, StoreError> {
        self.read(|conn| note(conn, key))
    }

    /// Keeps a note of another room; writes only what has changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(in crate::sms) fn put_note<T: Serialize>(
        &mut self,
        key: &str,
        value: &T,
    ) -> std::result::Result<(), StoreError> {
        let known = self.read(|conn| notes::get(conn, key))?;
        if known.is_some() && known == serde_json::to_string(value).ok() {
            return Ok(());
        }
        self.write(|tx| put(tx, key, value))
    }
}

fn newest(conn: &Connection) -> Result<i64> {
    conn.prepare_cached("SELECT coalesce(max(id), 0) FROM message")?
        .query_row([], |row| row.get(0))
}

fn unread(conn: &Connection, id: i64) -> Result<Option<Message>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM message WHERE id = ?1 AND read = 0 AND deleted_at IS NULL"
    ))?
    .query_row([id], row::message)
    .optional()
}

fn fresh(conn: &Connection, after: i64) -> Result<Vec<Message>> {
    let mut messages = conn
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM message WHERE id > ?1 AND read = 0 AND direction = 'in'
             AND deleted_at IS NULL ORDER BY id DESC LIMIT ?2"
        ))?
        .query_map(params![after, MOST], row::message)?
        .collect::<Result<Vec<_>>>()?;
    messages.reverse();
    Ok(messages)
}

fn note<T: DeserializeOwned>(conn: &Connection, key: &str) -> Result<Option<T>> {
    let text = notes::get(conn, key)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn put<T: Serialize>(conn: &Connection, key: &str, value: &T) -> Result<()> {
    let text = serde_json::to_string(value);
    let text = text.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    notes::set(conn, key, &text)
}

fn remove(conn: &Connection, key: &str) -> Result<()> {
    conn.prepare_cached("DELETE FROM note WHERE key = ?1")?
        .execute([key])?;
    Ok(())
}
