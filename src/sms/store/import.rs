//! The original program's files, `~/.xsms/inbox.json` and `outbox.json`, taken over.
//!
//! It happens once by itself and may be repeated by hand: every message is known by its content,
//! so a second time adds only what is new. The files themselves are never touched. What is
//! damaged in them is passed over and accounted for ([`Damage`]); see `import/salvage.rs`.

mod salvage;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use rusqlite::{Result, Transaction, params};
use sha2::{Digest, Sha256};

use super::{Store, StoreError, conversation, notes};
use crate::sms::message::Direction;
pub use salvage::{Damage, Entry, Salvaged, salvage};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportReport {
    /// Messages taken over.
    pub imported: u32,
    /// Messages that an earlier import had taken over.
    pub already_there: u32,
    /// What could not be read, file by file, in the order of the files' bytes.
    pub damaged: Vec<Damage>,
}

/// A file, read and taken apart.
struct Source {
    direction: Direction,
    salvaged: Salvaged,
    changed_at: Timestamp,
}

impl Store {
    /// Where the original program keeps its messages: `~/.xsms`.
    #[must_use]
    pub fn original_dir() -> Option<PathBuf> {
        std::env::home_dir()
            .filter(|home| home.is_absolute())
            .map(|home| home.join(".xsms"))
    }

    /// Imports the original's messages if that has not been done yet and there are any;
    /// `None` when there was nothing to do. To be called when a program starts.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing was imported.
    pub fn import_once(
        &mut self,
        dir: &Path,
    ) -> std::result::Result<Option<ImportReport>, StoreError> {
        let files = ["inbox.json", "outbox.json"];
        if self.read(|conn| notes::get(conn, "imported"))?.is_some()
            || !files.iter().any(|name| dir.join(name).exists())
        {
            return Ok(None);
        }
        self.import(dir).map(Some)
    }

    /// Imports `inbox.json` and `outbox.json` of this folder, in one transaction. A file that is
    /// missing is no error; one that cannot be read is accounted for as damaged.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing was imported.
    pub fn import(&mut self, dir: &Path) -> std::result::Result<ImportReport, StoreError> {
        let zone = TimeZone::system();
        let mut report = ImportReport::default();
        let mut unreadable = false;
        let mut sources = Vec::new();
        for (name, direction) in [
            ("inbox.json", Direction::In),
            ("outbox.json", Direction::Out),
        ] {
            let path = dir.join(name);
            match std::fs::read(&path) {
                Ok(bytes) => sources.push(Source {
                    direction,
                    salvaged: salvage(name, &bytes),
                    changed_at: changed_at(&path),
                }),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => {
                    unreadable = true;
                    report.damaged.push(Damage {
                        file: name.to_owned(),
                        offset: 0,
                        reason: format!("cannot be read: {error}"),
                    });
                }
            }
        }
        let (imported, already_there) = self.write(|tx| {
            let mut counts = (0, 0);
            let mut touched = BTreeSet::new();
            for source in &sources {
                for entry in &source.salvaged.entries {
                    match take_over(tx, source, entry, &zone)? {
                        Some(thread) => {
                            touched.insert(thread);
                            counts.0 += 1;
                        }
                        None => counts.1 += 1,
                    }
                }
            }
            for thread in touched {
                conversation::refresh(tx, thread)?;
            }
            if !sources.is_empty() && !unreadable {
                notes::set(tx, "imported", "done")?;
            }
            Ok(counts)
        })?;
        report.imported = imported;
        report.already_there = already_there;
        for source in sources {
            report.damaged.extend(source.salvaged.damaged);
        }
        Ok(report)
    }
}

/// Stores one message, unless an import has stored it before.
fn take_over(
    tx: &Transaction<'_>,
    source: &Source,
    entry: &Entry,
    zone: &TimeZone,
) -> Result<Option<crate::sms::message::ConversationId>> {
    let is_new = tx
        .prepare_cached("INSERT OR IGNORE INTO imported(key) VALUES (?1)")?
        .execute([content_key(source.direction, entry)])?;
    if is_new == 0 {
        return Ok(None);
    }
    let time = entry
        .date
        .as_deref()
        .and_then(|date| timestamp(date, zone))
        .unwrap_or(source.changed_at);
    let thread = conversation::find_or_make(tx, &entry.address, time)?;
    let ours = source.direction == Direction::Out || entry.stored_by_us;
    let (direction, state) = if ours {
        ("out", "sent")
    } else {
        ("in", "received")
    };
    tx.prepare_cached(
        "INSERT INTO message(conversation, direction, address, time, text, read, state, parts,
         parts_missing) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, 0)",
    )?
    .execute(params![
        thread.0,
        direction,
        entry.address,
        time.as_microsecond(),
        entry.text,
        ours || entry.read,
        state
    ])?;
    Ok(Some(thread))
}

/// What makes two entries the same message. The read state is left out: it may change.
fn content_key(direction: Direction, entry: &Entry) -> Vec<u8> {
    let mut hash = Sha256::new();
    let date = entry.date.as_deref().unwrap_or_default();
    let way = if direction == Direction::In {
        "in"
    } else {
        "out"
    };
    for field in [way, &entry.sms_id, &entry.address, date, &entry.text] {
        hash.update(field.len().to_be_bytes());
        hash.update(field.as_bytes());
    }
    hash.finalize().to_vec()
}

fn changed_at(path: &Path) -> Timestamp {
    std::fs::metadata(path)
        .and_then(|found| found.modified())
        .ok()
        .and_then(|time: SystemTime| Timestamp::try_from(time).ok())
        .unwrap_or_else(Timestamp::now)
}

/// A date as the original wrote it: ISO 8601, without an offset in the computer's own zone (as
/// Python's naive `datetime.isoformat()` is); also a modem's `14/05/06,12:34:56+08` (quarters of
/// an hour, 3GPP TS 27.005), and seconds since 1970.
fn timestamp(date: &str, zone: &TimeZone) -> Option<Timestamp> {
    let date = date.trim();
    if let Ok(time) = date.parse::<Timestamp>() {
        return Some(time);
    }
    if let Ok(local) = date.parse::<DateTime>() {
        return local
            .to_zoned_datetime(zone.clone())
            .ok()
            .map(|zoned| zoned.timestamp());
    }
    if let Some(time) = modem_date(date, zone) {
        return Some(time);
    }
    let seconds: f64 = date.parse().ok()?;
    // Anything earlier is a number that is no date.
    (seconds >= 1e8).then(|| Timestamp::from_millisecond((seconds * 1000.0) as i64).ok())?
}

fn modem_date(date: &str, zone: &TimeZone) -> Option<Timestamp> {
    let (day, clock) = date.split_once(',')?;
    let (clock, quarters) = match clock.find(['+', '-']) {
        Some(at) => (
            clock.get(..at)?,
            Some(clock.get(at..)?.parse::<i32>().ok()?),
        ),
        None => (clock, None),
    };
    let local: DateTime = format!("20{}T{clock}", day.replace('/', "-"))
        .parse()
        .ok()?;
    let zone = match quarters {
        Some(quarters) => {
            TimeZone::fixed(jiff::tz::Offset::from_seconds(quarters.checked_mul(900)?).ok()?)
        }
        None => zone.clone(),
    };
    local
        .to_zoned_datetime(zone)
        .ok()
        .map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_the_original_wrote_a_date_is_read() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let noon: Timestamp = "2014-05-06T12:34:56Z".parse().unwrap();
        for date in [
            "2014-05-06T14:34:56",
            " 2014-05-06 14:34:56",
            "2014-05-06T14:34:56.000000",
            "2014-05-06T12:34:56Z",
            "2014-05-06T12:34:56+00:00",
            "14/05/06,14:34:56+08",
            "14/05/06,12:34:56+00",
            "14/05/06,10:34:56-08",
            "14/05/06,14:34:56",
            "1399379696",
            "1399379696.0",
        ] {
            assert_eq!(timestamp(date, &zone), Some(noon), "{date}");
        }
        for date in [
            "",
            "yesterday",
            "2014-13-45T00:00:00",
            "12",
            "NaN",
            "inf",
            "14/05/06,",
        ] {
            assert_eq!(timestamp(date, &zone), None, "{date}");
        }
        let micro = timestamp("2014-05-06T14:34:56.123456", &zone).unwrap();
        assert_eq!(micro.subsec_microsecond(), 123_456);
    }
}
