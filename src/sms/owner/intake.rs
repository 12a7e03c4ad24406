//! From what the modem gives to what the store takes.

use crate::sms::pdu;
use crate::sms::serial::{Entry, Record};
use crate::sms::store::{Content, Incoming, Listed, OwnMessage};

/// An entry of a storage, decoded. What cannot be decoded is kept as it is, never dropped.
pub(super) fn listed(entry: Entry) -> Listed {
    let (raw, content) = match entry.record {
        Record::Pdu(raw) => {
            let content = match pdu::decode(&raw) {
                Ok(pdu) => Content::from_pdu(&pdu),
                Err(error) => Content::Undecodable {
                    reason: error.to_string(),
                },
            };
            (raw, content)
        }
        Record::Text {
            incoming,
            address,
            time,
            text,
        } => {
            let stamp = time.map_or_else(String::new, |time| time.to_string());
            let raw = format!("{incoming}|{address}|{stamp}|{text}").into_bytes();
            let content = if incoming {
                Content::Deliver(Incoming {
                    address,
                    time,
                    text,
                    class: None,
                    concat: None,
                    replace_type: None,
                })
            } else {
                Content::Submit(OwnMessage {
                    address,
                    text,
                    concat: None,
                })
            };
            (raw, content)
        }
        Record::Unreadable(line) => {
            let content = Content::Undecodable {
                reason: "not hexadecimal".to_owned(),
            };
            (line.into_bytes(), content)
        }
    };
    Listed {
        index: entry.index,
        raw,
        content,
    }
}
