//! What comes from outside besides messages: cell broadcasts, and what the network says over USSD
//! by itself.
//!
//! They are kept as messages in threads of their own, so that they are counted, read, found and
//! deleted like any other. Whoever has a transmitter can send them without end, so a thread keeps
//! its newest [`KEPT`] only.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, Result, params};

use super::content::join;
use super::{Ingested, Store, StoreError, conversation, tidy};
use crate::sms::broadcast::Page;
use crate::sms::message::{ConversationId, MessageId};

/// The sender of what the network says over USSD by itself; no SMS can have it, for an
/// alphanumeric sender has eleven characters at most.
const USSD_THREAD: &str = "Messages of the network";
/// Messages that such a thread keeps.
pub(super) const KEPT: u32 = 200;
/// For so long a broadcast with the same serial number is a repetition (3GPP TS 23.041
/// clause 9.4.1.2.1 leaves it open; phones take a day).
const REPETITION: SignedDuration = SignedDuration::from_hours(24);
/// That a broadcast is still repeated is written down this often.
const REFRESH: SignedDuration = SignedDuration::from_hours(1);

/// A broadcast that was heard before.
struct Heard {
    id: i64,
    message: MessageId,
    at: i64,
}

/// What a page is to a store.
enum Found {
    /// It is there, and written down recently enough.
    Known,
    /// It is there, and is still repeated.
    Repeated(i64),
    /// It is a missing page of this broadcast.
    Missing(Heard),
    New,
}

impl Store {
    /// Takes in a page of a cell broadcast; a repetition changes nothing.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn receive_broadcast(
        &mut self,
        page: &Page,
        now: Timestamp,
    ) -> std::result::Result<Ingested, StoreError> {
        // Cells repeat every few seconds: that must not wake anybody.
        if matches!(self.read(|conn| find(conn, page, now))?, Found::Known) {
            return Ok(Ingested::default());
        }
        self.write(|tx| {
            let (message, conversation) = match find(tx, page, now)? {
                Found::Known => return Ok(Ingested::default()),
                Found::Repeated(id) => {
                    tx.prepare_cached("UPDATE broadcast SET heard_at = ?2 WHERE id = ?1")?
                        .execute(params![id, now.as_microsecond()])?;
                    return Ok(Ingested::default());
                }
                Found::Missing(heard) => {
                    put_page(tx, heard.id, page)?;
                    let text = text(tx, heard.id, page.pages)?;
                    tx.prepare_cached(
                        "UPDATE message SET text = ?2, read = 0, parts_missing = parts -
                         (SELECT count(*) FROM broadcast_page WHERE broadcast = ?3)
                         WHERE id = ?1",
                    )?
                    .execute(params![heard.message.0, text, heard.id])?;
                    let thread = super::change::conversation_of(tx, heard.message)?;
                    (heard.message, thread)
                }
                Found::New => {
                    let (message, thread) = insert(tx, page, now)?;
                    (message, Some(thread))
                }
            };
            if let Some(conversation) = conversation {
                tidy::keep_newest(tx, conversation, KEPT)?;
                conversation::refresh(tx, conversation)?;
            }
            Ok(Ingested {
                new: vec![message],
                reported: Vec::new(),
            })
        })
    }

    /// Keeps what the network said over USSD by itself, as a message that is shown at once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn receive_ussd(
        &mut self,
        text: &str,
        now: Timestamp,
    ) -> std::result::Result<MessageId, StoreError> {
        self.write(|tx| {
            let thread = conversation::find_or_make(tx, USSD_THREAD, now)?;
            tx.prepare_cached(
                "INSERT INTO message(conversation, direction, address, time, text, read, state,
                 parts, parts_missing, class) VALUES (?1, 'in', ?2, ?3, ?4, 0, 'received', 1, 0, 0)",
            )?
            .execute(params![thread.0, USSD_THREAD, now.as_microsecond(), text])?;
            let id = MessageId(tx.last_insert_rowid());
            tidy::keep_newest(tx, thread, KEPT)?;
            conversation::refresh(tx, thread)?;
            Ok(id)
        })
    }
}

/// Looks for the same broadcast. One with the same numbers and another text on the same page
/// comes from another cell (a geographical scope of one cell), and is another broadcast.
fn find(conn: &Connection, page: &Page, now: Timestamp) -> Result<Found> {
    let since = |span: SignedDuration| {
        let span = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        now.as_microsecond().saturating_sub(span)
    };
    let heard = conn
        .prepare_cached(
            "SELECT id, message, heard_at FROM broadcast WHERE channel = ?1 AND serial = ?2
             AND pages = ?3 AND heard_at > ?4 ORDER BY id DESC LIMIT 16",
        )?
        .query_map(
            params![page.channel, page.serial, page.pages, since(REPETITION)],
            |row| {
                Ok(Heard {
                    id: row.get(0)?,
                    message: MessageId(row.get(1)?),
                    at: row.get(2)?,
                })
            },
        )?
        .collect::<Result<Vec<_>>>()?;
    let mut missing = None;
    for heard in heard {
        let text: Option<String> = conn
            .prepare_cached("SELECT text FROM broadcast_page WHERE broadcast = ?1 AND page = ?2")?
            .query_row(params![heard.id, page.page], |row| row.get(0))
            .optional()?;
        match text {
            Some(text) if text == page.text => {
                return Ok(if heard.at > since(REFRESH) {
                    Found::Known
                } else {
                    Found::Repeated(heard.id)
                });
            }
            Some(_) => {}
            None => missing = missing.or(Some(heard)),
        }
    }
    Ok(missing.map_or(Found::New, Found::Missing))
}

fn insert(conn: &Connection, page: &Page, now: Timestamp) -> Result<(MessageId, ConversationId)> {
    let severity = page.severity();
    let thread = conversation::find_or_make(conn, severity.thread(), now)?;
    conn.prepare_cached(
        "INSERT INTO message(conversation, direction, address, time, text, read, state, parts,
         parts_missing, alert) VALUES (?1, 'in', ?2, ?3, '', 0, 'received', ?4, ?4 - 1, ?5)",
    )?
    .execute(params![
        thread.0,
        severity.thread(),
        now.as_microsecond(),
        page.pages,
        severity.word()
    ])?;
    let message = MessageId(conn.last_insert_rowid());
    conn.prepare_cached(
        "INSERT INTO broadcast(channel, serial, pages, message, heard_at)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        page.channel,
        page.serial,
        page.pages,
        message.0,
        now.as_microsecond()
    ])?;
    let broadcast = conn.last_insert_rowid();
    put_page(conn, broadcast, page)?;
    conn.prepare_cached("UPDATE message SET text = ?2 WHERE id = ?1")?
        .execute(params![message.0, text(conn, broadcast, page.pages)?])?;
    Ok((message, thread))
}

fn put_page(conn: &Connection, broadcast: i64, page: &Page) -> Result<()> {
    conn.prepare_cached("INSERT INTO broadcast_page(broadcast, page, text) VALUES (?1, ?2, ?3)")?
        .execute(params![broadcast, page.page, page.text])?;
    Ok(())
}

/// The whole text, with gaps where pages are missing.
fn text(conn: &Connection, broadcast: i64, pages: u8) -> Result<String> {
    let mut texts: Vec<Option<String>> = vec![None; usize::from(pages)];
    let mut statement =
        conn.prepare_cached("SELECT page, text FROM broadcast_page WHERE broadcast = ?1")?;
    let mut rows = statement.query([broadcast])?;
    while let Some(row) = rows.next()? {
        let page: usize = row.get::<_, u8>(0)?.into();
        if let Some(slot) = page.checked_sub(1).and_then(|at| texts.get_mut(at)) {
            *slot = Some(row.get(1)?);
        }
    }
    Ok(join(&texts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::broadcast::Severity;
    use crate::sms::store::Filter;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("messages.sqlite3")).unwrap();
        (folder, store)
    }

    fn page(serial: u16, page: u8, pages: u8, text: &str) -> Page {
        Page {
            serial,
            channel: 4371,
            page,
            pages,
            language: None,
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_warning_comes_once_however_often_and_in_whatever_order_its_pages_are_sent() {
        let (_folder, mut store) = store();
        let now = Timestamp::now();
        for round in 0..3 {
            for (number, text) in [(2, "stay inside"), (1, "Storm: ")] {
                let new = store
                    .receive_broadcast(&page(7, number, 2, text), now)
                    .unwrap();
                assert_eq!(new.new.len(), usize::from(round == 0));
            }
        }
        let all = store.list(Filter::Unread).unwrap();
        assert_eq!(all.len(), 1);
        assert_eq!(
            (all[0].text.as_str(), all[0].parts_missing, all[0].alert),
            ("Storm: stay inside", 0, Some(Severity::Extreme))
        );
        let counts = store.counts().unwrap();
        assert_eq!((counts.unread, counts.alert), (1, Some(Severity::Extreme)));
        assert_eq!(store.at_once(9).unwrap().len(), 1);
        // An update has another number, and a day later the same number is another warning.
        store
            .receive_broadcast(&page(8, 1, 1, "all clear"), now)
            .unwrap();
        let later = now + SignedDuration::from_hours(25);
        store
            .receive_broadcast(&page(8, 1, 1, "all clear"), later)
            .unwrap();
        assert_eq!(store.counts().unwrap().total, 3);
        store.mark_all_read().unwrap();
        assert_eq!(store.counts().unwrap().alert, None);
        assert!(store.at_once(9).unwrap().is_empty());
    }

    #[test]
    fn a_warning_that_is_repeated_for_days_is_told_once() {
        let (_folder, mut store) = store();
        let mut now = Timestamp::now();
        for _ in 0..40 {
            store
                .receive_broadcast(&page(7, 1, 1, "flood"), now)
                .unwrap();
            now += SignedDuration::from_hours(2);
        }
        assert_eq!(store.counts().unwrap().total, 1);
    }

    #[test]
    fn a_transmitter_that_never_stops_fills_nothing() {
        let (folder, mut store) = store();
        let now = Timestamp::now();
        for serial in 0..u16::try_from(KEPT).unwrap() + 300 {
            store
                .receive_broadcast(&page(serial, 1, 15, &"x".repeat(93)), now)
                .unwrap();
            store.receive_ussd("you have won", now).unwrap();
        }
        assert_eq!(store.counts().unwrap().total, 2 * KEPT);
        drop(store);
        let size: u64 = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().metadata().unwrap().len())
            .sum();
        assert!(size < 12 << 20, "{size}");
    }
}
