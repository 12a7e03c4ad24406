//! Getting every whole message out of a file that may be cut off, overwritten or mixed up.
//!
//! The original wrote a JSON array of flat objects, in place: a full disk, a crash or a Latin-1
//! byte left it truncated at any byte, empty, or with blocks of zeros. So a file that is no valid
//! JSON is searched for `{…}` by hand, and each is tried by itself. An object that cannot be read
//! costs only itself: the search goes on at the next `{`.

use serde_json::{Map, Value};

/// An object longer than this (in bytes) is none: 255 parts of 153 characters, each written
/// `\uXXXX`, fit in.
const LONGEST: usize = 256 * 1024;

/// The original's objects are flat; this keeps the search short in a file full of `{`.
const DEEPEST: usize = 4;

/// A place in a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The file's name.
    pub file: String,
    /// Where it begins, in bytes from the start of the file.
    pub offset: u64,
    /// What is wrong, in a few words; never a message's text.
    pub reason: String,
}

/// One message as the original stored it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The index it had on the SIM, as written.
    pub sms_id: String,
    /// The other side.
    pub address: String,
    /// The date as written.
    pub date: Option<String>,
    /// The text.
    pub text: String,
    /// Whether it was read.
    pub read: bool,
    /// The SIM had it as one of our own (`STO SENT`, `STO UNSENT`).
    pub stored_by_us: bool,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Salvaged {
    /// Every whole message, in the file's order.
    pub entries: Vec<Entry>,
    /// All the rest.
    pub damaged: Vec<Damage>,
}

impl Salvaged {
    fn damage(&mut self, file: &str, offset: usize, reason: &str) {
        self.damaged.push(Damage {
            file: file.to_owned(),
            offset: u64::try_from(offset).unwrap_or(u64::MAX),
            reason: reason.to_owned(),
        });
    }

    fn take(&mut self, file: &str, offset: usize, object: &Map<String, Value>) {
        match entry(object) {
            Ok(entry) => self.entries.push(entry),
            Err(reason) => self.damage(file, offset, reason),
        }
    }
}

/// Reads all that can be read of `inbox.json` or `outbox.json`; total on any bytes.
#[must_use]
pub fn salvage(file: &str, bytes: &[u8]) -> Salvaged {
    let mut found = Salvaged::default();
    if bytes.is_empty() {
        found.damage(file, 0, "the file is empty");
        return found;
    }
    let mut at = 0;
    let mut stray: Option<usize> = None;
    let mut ended = false;
    while let Some(byte) = bytes.get(at) {
        if *byte != b'{' {
            let between = byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']');
            let mark = at < 3 && bytes.starts_with(b"\xef\xbb\xbf");
            match (between || mark, stray) {
                (true, Some(offset)) if !byte.is_ascii_whitespace() => {
                    found.damage(file, offset, STRAY);
                    stray = None;
                }
                (false, None) => stray = Some(at),
                _ => {}
            }
            ended |= *byte == b']';
            at += 1;
            continue;
        }
        match object(bytes, at) {
            Ok((object, end)) => {
                if let Some(offset) = stray.take() {
                    found.damage(file, offset, STRAY);
                }
                found.take(file, at, &object);
                at = end;
                ended = false;
            }
            Err(reason) => {
                // Whatever follows up to the next whole message belongs to this damage.
                if let Some(offset) = stray.take() {
                    found.damage(file, offset, STRAY);
                }
                found.damage(file, at, reason);
                at = next_object(bytes, at + 1).unwrap_or(bytes.len());
                ended = true;
            }
        }
    }
    if let Some(offset) = stray {
        found.damage(file, offset, STRAY);
    }
    if !ended {
        found.damage(
            file,
            bytes.len(),
            "the list has no end: messages may be missing",
        );
    }
    found
}

const STRAY: &str = "bytes that belong to no message";

/// Where the next thing begins that looks like an object of the original's: `{`, then a key.
fn next_object(bytes: &[u8], from: usize) -> Option<usize> {
    (from..bytes.len()).find(|&at| {
        bytes.get(at) == Some(&b'{')
            && bytes
                .get(at + 1..)
                .unwrap_or_default()
                .iter()
                .find(|byte| !byte.is_ascii_whitespace())
                == Some(&b'"')
    })
}

/// Reads the object that begins at `start`; gives it and where it ends.
fn object(bytes: &[u8], start: usize) -> Result<(Map<String, Value>, usize), &'static str> {
    let rest = bytes.get(start..).unwrap_or_default();
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (length, byte) in rest.iter().enumerate().take(LONGEST) {
        match (in_string, *byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_string = !in_string,
            (false, b'{') => depth += 1,
            (false, b'}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err("a message that is damaged");
        }
        if depth == 0 {
            let end = length + 1;
            let text = readable(rest.get(..end).unwrap_or_default());
            return match serde_json::from_str(&text) {
                Ok(object) => Ok((object, start + end)),
                Err(_) => Err("a message that is damaged"),
            };
        }
    }
    Err(if rest.len() > LONGEST {
        "a message that is damaged"
    } else {
        "a message that is cut off"
    })
}

/// Bytes as JSON text: UTF-8, or Latin-1 where they are not; control characters inside as
/// escapes, zeros left out.
fn readable(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
    }
    if !text.contains(|c: char| c < ' ') {
        return text;
    }
    let mut clean = String::with_capacity(text.len());
    let mut in_string = false;
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '\0' => continue,
            c if c < ' ' && in_string => clean.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => clean.push(c),
        }
        match (in_string, c) {
            (true, _) if escaped => escaped = false,
            (true, '\\') => escaped = true,
            (_, '"') => in_string = !in_string,
            _ => {}
        }
    }
    clean
}

/// What an object says, under any of the names that the original used.
fn entry(object: &Map<String, Value>) -> Result<Entry, &'static str> {
    let field = |names: &[&str]| -> Option<String> {
        names.iter().find_map(|name| match object.get(*name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    };
    let address = field(&["sender", "recipient", "number", "to", "address"]);
    let text = field(&["message", "text", "body"]);
    if address.is_none() && text.is_none() {
        return Err("an entry without sender and text");
    }
    let status = field(&["status"]).unwrap_or_default();
    let read = match object.get("read") {
        Some(Value::Bool(read)) => *read,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(word)) => {
            matches!(
                word.trim().to_ascii_lowercase().as_str(),
                "true" | "1" | "yes"
            )
        }
        _ => status.trim_matches('"') == "REC READ",
    };
    Ok(Entry {
        sms_id: field(&["sms_id", "id"]).unwrap_or_default(),
        address: address.unwrap_or_default().trim().to_owned(),
        date: field(&["date_received", "date_sent", "date", "time"]),
        text: text.unwrap_or_default(),
        read,
        stored_by_us: status.trim_matches('"').starts_with("STO"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = r#"[{"sms_id": 1, "status": "REC UNREAD", "sender": "+491701234567",
        "date_received": "2014-05-06T12:34:56.123456", "message": "a } \" { \u00e9", "read": false},
        {"sms_id": "2", "status": null, "sender": 12345, "date_received": null, "message": "b",
        "read": "true"}]"#;

    fn texts(found: &Salvaged) -> Vec<&str> {
        found
            .entries
            .iter()
            .map(|entry| entry.text.as_str())
            .collect()
    }

    #[test]
    fn a_whole_file_is_read_without_a_complaint() {
        let found = salvage("inbox.json", GOOD.as_bytes());
        assert_eq!(found.damaged, []);
        assert_eq!(texts(&found), ["a } \" { é", "b"]);
        assert_eq!(found.entries[1].address, "12345");
        assert_eq!(
            (found.entries[0].read, found.entries[1].read),
            (false, true)
        );
        assert_eq!(salvage("inbox.json", b"[]"), Salvaged::default());
    }

    #[test]
    fn a_file_cut_off_anywhere_gives_its_whole_messages_and_says_where_it_ends() {
        let (first, second) = (GOOD.find("},").unwrap() + 1, GOOD.rfind('}').unwrap() + 1);
        for length in 0..GOOD.len() {
            let found = salvage("inbox.json", &GOOD.as_bytes()[..length]);
            let whole = usize::from(length >= first) + usize::from(length >= second);
            assert_eq!(found.entries.len(), whole, "{length}");
            assert_eq!(found.damaged.len(), 1, "{length}: {:?}", found.damaged);
        }
    }

    #[test]
    fn latin_1_bytes_and_raw_newlines_inside_a_text_are_read() {
        let found = salvage(
            "inbox.json",
            b"[{\"sender\":\"x\",\"message\":\"caf\xe9 \n\xc3\xa9\"}]",
        );
        assert_eq!(texts(&found), ["café \né"]);
        assert_eq!(found.damaged, []);
    }

    #[test]
    fn damage_costs_only_what_it_hit() {
        let ok = r#"{"sender":"1","message":"ok"}"#;
        for (middle, reasons) in [
            ("\0\0\0\0", 1),
            (r#"{"sender":"1","mess"#, 1),
            (r#"{"sender":"1","message":"never closed"#, 1),
            ("{\"sender\":\"1\",\"message\":\"\0\0\0\0", 1),
            (r#"{"sender":"1" "message":"no comma"}"#, 1),
            (r#"{"read":true}"#, 1),
            ("null", 1),
            ("{{{{", 1),
            ("", 0),
        ] {
            let file = format!("[{ok}, {middle}, {ok}]");
            let found = salvage("inbox.json", file.as_bytes());
            assert_eq!(texts(&found), ["ok", "ok"], "{middle:?}");
            assert_eq!(
                found.damaged.len(),
                reasons,
                "{middle:?} {:?}",
                found.damaged
            );
            if reasons > 0 {
                let offset = usize::try_from(found.damaged[0].offset).unwrap();
                assert_eq!(offset, ok.len() + 3, "{middle:?}");
            }
        }
        let trailing = salvage("inbox.json", format!("[{ok}]garbage").as_bytes());
        assert_eq!((texts(&trailing), trailing.damaged.len()), (vec!["ok"], 1));
        assert_eq!(
            salvage("inbox.json", b"").damaged[0].reason,
            "the file is empty"
        );
    }

    #[test]
    fn no_account_of_damage_tells_a_message() {
        let file = br#"[{"sender":"1","message":"tell nobody", oops}"#;
        assert!(!format!("{:?}", salvage("inbox.json", file).damaged).contains("nobody"));
    }

    proptest! {
        #[test]
        fn no_bytes_break_it_and_every_damage_lies_in_the_file(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just(b"{\"sender\":\"1\",\"message\":\"\"}".to_vec()),
                    Just(b"{\"".to_vec()), Just(b"}".to_vec()), Just(b"\\".to_vec()),
                    proptest::collection::vec(any::<u8>(), 0..8),
                ],
                0..30,
            ),
        ) {
            let file = pieces.concat();
            for damage in salvage("inbox.json", &file).damaged {
                prop_assert!(damage.offset <= file.len() as u64);
            }
        }

        #[test]
        fn whatever_is_written_over_a_file_the_messages_outside_survive(
            hole in proptest::collection::vec(any::<u8>(), 0..40),
            before in 0_usize..6,
        ) {
            let ok = |n: usize| format!(r#"{{"sender":"1","message":"{n}"}}"#);
            let head: Vec<_> = (0..before).map(ok).collect();
            let mut file = format!("[{}", head.join(",")).into_bytes();
            file.extend(&hole);
            let found = salvage("inbox.json", &file);
            prop_assert!(found.entries.len() >= before);
            for (n, entry) in found.entries.iter().take(before).enumerate() {
                prop_assert_eq!(&entry.text, &n.to_string());
            }
        }
    }
}
