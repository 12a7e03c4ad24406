//! What the store promises, rule by rule.

mod import;
mod ingest;
mod open;
mod outgoing;
mod read;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::{Content, Incoming, Listed, Store};
use crate::sms::message::Message;
use crate::sms::pdu::Concat;

pub(super) const ANNA: &str = "+491701234567";

pub(super) fn store() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("barpop/messages.sqlite3")).unwrap();
    (dir, store)
}

pub(super) fn noon() -> Timestamp {
    "2026-11-04T12:00:00Z".parse().unwrap()
}

pub(super) fn after(seconds: i64) -> Timestamp {
    noon() + SignedDuration::from_secs(seconds)
}

pub(super) fn incoming(address: &str, text: &str, time: Timestamp) -> Incoming {
    Incoming {
        address: address.to_owned(),
        time: Some(time),
        text: text.to_owned(),
        class: None,
        concat: None,
        replace_type: None,
    }
}

/// An entry whose bytes follow from what it says, as a PDU's do.
pub(super) fn listed(index: u32, content: Content) -> Listed {
    Listed {
        index,
        raw: format!("{content:?}").into_bytes(),
        content,
    }
}

pub(super) fn short(index: u32, address: &str, text: &str) -> Listed {
    listed(index, Content::Deliver(incoming(address, text, noon())))
}

pub(super) fn part(index: u32, reference: u16, part: u8, parts: u8, seconds: i64) -> Listed {
    let mut told = incoming(ANNA, &format!("<{part}>"), after(seconds));
    told.concat = Some(Concat {
        reference,
        reference_bits: 8,
        part,
        parts,
    });
    listed(index, Content::Deliver(told))
}

pub(super) fn all(store: &Store) -> Vec<Message> {
    store.list(super::Filter::All).unwrap()
}

pub(super) fn texts(store: &Store) -> Vec<String> {
    all(store).into_iter().map(|message| message.text).collect()
}
