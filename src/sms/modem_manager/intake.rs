//! From ModemManager's messages to what the store takes.
//!
//! ModemManager joins the parts of long messages and does not show their PDUs, so a message is
//! known by what it says: kind, other side, service centre's time, class, text. That is the same
//! however often ModemManager starts anew and whatever paths it gives.

use super::object::{RECEIVED, SENT, Sms};
use crate::sms::store::{Content, Incoming, Listed, OwnMessage, Report, THROUGH_MODEM_MANAGER};

/// A message for the store; `None` while parts are missing, and for one of ours that lies on no
/// SIM.
pub fn listed(slot: u32, sms: &Sms) -> Option<Listed> {
    let is_whole = matches!(sms.state, 1 | RECEIVED | SENT);
    let content = match sms.kind {
        // MM_SMS_PDU_TYPE_DELIVER, and CDMA's.
        1 | 32 if sms.state == RECEIVED => Content::Deliver(Incoming {
            address: sms.number.clone(),
            time: sms.time,
            text: text(sms),
            class: sms.class,
            concat: None,
            replace_type: None,
        }),
        2 | 33 if is_whole && sms.storage != 0 => Content::Submit(OwnMessage {
            address: sms.number.clone(),
            text: text(sms),
            concat: None,
        }),
        3 if sms.state == RECEIVED => Content::StatusReport(Report {
            reference: sms.reference,
            address: sms.number.clone(),
            taken: sms.time,
            discharge_time: sms.discharged,
            status: sms.delivery?,
        }),
        _ => return None,
    };
    Some(Listed {
        index: slot,
        raw: identity(sms),
        content,
    })
}

fn text(sms: &Sms) -> String {
    if sms.text.is_empty() && !sms.data.is_empty() {
        let digits: String = sms.data.iter().map(|byte| format!("{byte:02X}")).collect();
        return format!("[message without text: {digits}]");
    }
    sms.text.clone()
}

/// Bytes that are the same for the same message.
fn identity(sms: &Sms) -> Vec<u8> {
    let time = |time: Option<jiff::Timestamp>| time.map_or_else(String::new, |t| t.to_string());
    let class = sms
        .class
        .map_or_else(String::new, |class| class.to_string());
    let report = match sms.kind {
        3 => format!(
            "{}|{}|{:?}",
            sms.reference,
            time(sms.discharged),
            sms.delivery
        ),
        _ => String::new(),
    };
    let mut bytes = THROUGH_MODEM_MANAGER.to_vec();
    bytes.extend(
        format!(
            "{}|{}|{}|{class}|{report}|{}",
            sms.kind,
            sms.number,
            time(sms.time),
            text(sms)
        )
        .into_bytes(),
    );
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn received() -> Sms {
        Sms {
            state: RECEIVED,
            kind: 1,
            number: "Sparbank".to_owned(),
            text: "hi".to_owned(),
            time: "2026-11-24T16:48:18Z".parse().ok(),
            storage: 2,
            ..Sms::default()
        }
    }

    #[test]
    fn a_message_is_the_same_at_another_path_and_in_another_storage() {
        let there = listed(3, &received()).unwrap();
        let later = listed(
            9,
            &Sms {
                storage: 1,
                ..received()
            },
        )
        .unwrap();
        assert_eq!(there.raw, later.raw);
        for other in [
            Sms {
                text: "ho".to_owned(),
                ..received()
            },
            Sms {
                time: None,
                ..received()
            },
            Sms {
                number: "Sparbunk".to_owned(),
                ..received()
            },
        ] {
            assert_ne!(listed(3, &other).unwrap().raw, there.raw);
        }
    }

    #[test]
    fn what_has_not_all_come_and_what_we_are_sending_is_not_taken_in() {
        for not_yet in [
            Sms {
                state: 2,
                ..received()
            },
            Sms {
                kind: 2,
                state: SENT,
                storage: 0,
                ..received()
            },
            Sms {
                kind: 3,
                delivery: None,
                ..received()
            },
            Sms {
                kind: 0,
                ..received()
            },
        ] {
            assert_eq!(listed(3, &not_yet), None, "{not_yet:?}");
        }
    }
}
