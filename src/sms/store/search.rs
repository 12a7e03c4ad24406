//! Finding messages by their words, their sender, or a piece of a number.
//!
//! Every word typed must begin a word of the text or of the sender's name, letters compared
//! without case and accents (FTS5, `unicode61`). Words of scripts that write without spaces, and
//! signs such as emoji, are looked for anywhere in the text. What looks like a telephone number
//! also finds the threads whose number contains it. Nothing typed is ever query syntax.

use std::sync::Arc;

use rusqlite::{Result, types::Value};

use super::row::{self, COLUMNS};
use super::{Store, StoreError};
use crate::sms::number;
use crate::sms::snapshot::Search;

/// More hits than this are not sorted, but looked for in the order of time.
const MANY: u32 = 1000;

impl Store {
    /// The newest `limit` messages that match, newest first, and how many there are in all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, query: &str, limit: u32) -> std::result::Result<Search, StoreError> {
        let (hits, total) = match Plan::of(query) {
            Some(plan) => self.read(|conn| {
                let tx = conn.unchecked_transaction()?;
                let sql = plan.sql();
                let total: u32 = tx
                    .prepare_cached(&format!("SELECT count(*) FROM ({sql})"))?
                    .query_row(rusqlite::params_from_iter(plan.values()), |row| row.get(0))?;
                // Of many hits the newest are soon met on the way back in time; few are sorted.
                let by = if total > MANY {
                    "INDEXED BY message_time"
                } else {
                    ""
                };
                let hits = tx
                    .prepare_cached(&format!(
                        "SELECT {COLUMNS} FROM message {by}
                         WHERE deleted_at IS NULL AND id IN ({sql})
                         ORDER BY time DESC, id DESC LIMIT {limit}"
                    ))?
                    .query_map(rusqlite::params_from_iter(plan.values()), row::message)?
                    .collect::<Result<Vec<_>>>()?;
                Ok((hits, total))
            })?,
            None => (Vec::new(), 0),
        };
        Ok(Search {
            query: query.to_owned(),
            hits: Arc::new(hits),
            total,
        })
    }
}

/// A search, taken apart.
#[derive(Debug, PartialEq)]
struct Plan {
    /// An FTS5 expression made of quoted phrases only.
    words: Option<String>,
    /// Patterns for `LIKE … ESCAPE '\'`.
    pieces: Vec<String>,
    /// Digits to look for in numbers.
    digits: Option<String>,
}

impl Plan {
    /// `None` when nothing was typed that could be found.
    fn of(query: &str) -> Option<Self> {
        let clean: String = query
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let (words, pieces): (Vec<_>, Vec<_>) = clean
            .split_whitespace()
            .partition(|word| has_word_boundaries(word));
        if words.is_empty() && pieces.is_empty() {
            return None;
        }
        let phrases: Vec<_> = words
            .iter()
            .map(|word| format!("\"{}\" *", word.replace('"', "\"\"")))
            .collect();
        Some(Self {
            words: (!phrases.is_empty()).then(|| phrases.join(" AND ")),
            pieces: pieces
                .iter()
                .map(|piece| format!("%{}%", escape_like(piece)))
                .collect(),
            digits: number::search_digits(&clean),
        })
    }

    /// A query for the ids.
    fn sql(&self) -> String {
        let mut sql = String::new();
        let mut parameter = 0;
        let mut next = || {
            parameter += 1;
            format!("?{parameter}")
        };
        // What is deleted is in no index, so the index alone gives the right answer.
        if self.words.is_some() {
            sql += &format!(
                "SELECT rowid AS id FROM message_text WHERE message_text MATCH {}",
                next()
            );
        } else {
            sql += "SELECT id FROM message WHERE deleted_at IS NULL";
        }
        for _ in &self.pieces {
            sql += &format!(" AND text LIKE {} ESCAPE '\\'", next());
        }
        if self.digits.is_some() {
            sql += &format!(
                " UNION SELECT id FROM message WHERE deleted_at IS NULL AND conversation IN
                 (SELECT id FROM conversation WHERE key LIKE {})",
                next()
            );
        }
        sql
    }

    /// The values of the query's parameters, in order.
    fn values(&self) -> Vec<Value> {
        let digits = self.digits.iter().map(|digits| format!("%{digits}%"));
        self.words
            .iter()
            .cloned()
            .chain(self.pieces.iter().cloned())
            .chain(digits)
            .map(Value::Text)
            .collect()
    }
}

/// Whether the full-text index knows this as a word: it has a letter or digit, and none of a
/// script that is written without spaces.
fn has_word_boundaries(word: &str) -> bool {
    let unspaced = |c: char| {
        matches!(u32::from(c),
            0x0e00..=0x0eff       // Thai, Lao
            | 0x1000..=0x109f     // Burmese
            | 0x1780..=0x17ff     // Khmer
            | 0x3040..=0x30ff     // Hiragana, Katakana
            | 0x3400..=0x9fff     // Chinese characters
            | 0xac00..=0xd7af     // Hangul
            | 0xf900..=0xfaff
            | 0x20000..=0x3ffff)
    };
    word.chars().any(char::is_alphanumeric) && !word.chars().any(unspaced)
}

fn escape_like(piece: &str) -> String {
    let mut escaped = String::new();
    for c in piece.chars() {
        if matches!(c, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
