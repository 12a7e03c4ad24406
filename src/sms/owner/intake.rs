//! From what the modem gives to what the store takes.

use crate::sms::pdu;
use crate::sms::serial::{Entry, Record, ReportLine};
use crate::sms::store::{Content, Incoming, Listed, OwnMessage, Report};

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

/// A status report of text mode, with bytes that are the same for the same report.
pub(super) fn reported(line: ReportLine) -> (Vec<u8>, Content) {
    let raw = format!("{line:?}").into_bytes();
    let content = Content::StatusReport(Report {
        reference: line.reference,
        address: line.address,
        taken: line.taken,
        discharge_time: line.discharged,
        status: line.status,
    });
    (raw, content)
}
