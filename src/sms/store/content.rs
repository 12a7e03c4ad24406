//! What the store wants to know of a PDU, free of how it was written on the wire.

use jiff::Timestamp;

use crate::sms::pdu::{Concat, Deliver, Indication, Kind, Pdu, UserData};

/// A PDU from a SIM, or a record of a text-mode modem.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Somebody's message to us, or a part of one.
    Deliver(Incoming),
    /// A message of ours that was stored on the SIM, or a part of one.
    Submit(OwnMessage),
    /// What became of a message of ours.
    StatusReport(Report),
    /// "Voice mail waits" and the like, which is not to be kept as a message
    /// (3GPP TS 23.038 clause 4, group C).
    Waiting(Indication),
    /// A message to be kept that also tells what waits.
    DeliverWaiting(Incoming, Indication),
    /// Bytes that make no sense; kept all the same, and shown as hexadecimal digits.
    Undecodable {
        /// Why, in a few words.
        reason: String,
    },
}

/// What the store keeps of an SMS-DELIVER.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// The sender as the network writes it, `+` before an international number.
    pub address: String,
    /// The service centre's time stamp; `None` where it is no valid date.
    pub time: Option<Timestamp>,
    /// The text of this part.
    pub text: String,
    /// Message class 0..=3; 0 is a flash message.
    pub class: Option<u8>,
    /// Its place in a long message.
    pub concat: Option<Concat>,
    /// 1..=7: replaces the sender's earlier message of the same type (TP-PID 0x41..=0x47,
    /// 3GPP TS 23.040 clause 9.2.3.9).
    pub replace_type: Option<u8>,
}

/// What the store keeps of an SMS-SUBMIT found on a SIM.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnMessage {
    /// The recipient.
    pub address: String,
    /// The text of this part.
    pub text: String,
    /// Its place in a long message.
    pub concat: Option<Concat>,
}

/// What the store keeps of an SMS-STATUS-REPORT.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// TP-MR of the part it is about.
    pub reference: u8,
    /// Whom that part was for.
    pub address: String,
    /// When the service centre took that part.
    pub taken: Option<Timestamp>,
    /// When it was delivered or last tried.
    pub discharge_time: Option<Timestamp>,
    /// TP-ST (3GPP TS 23.040 clause 9.2.3.15).
    pub status: u8,
}

impl Content {
    /// What the store wants to know of a decoded PDU.
    #[must_use]
    pub fn from_pdu(pdu: &Pdu) -> Self {
        match &pdu.kind {
            Kind::Deliver(deliver) => {
                let incoming = || Incoming {
                    address: deliver.address.text.clone(),
                    time: deliver.time,
                    text: text_of(&deliver.user_data),
                    class: deliver.coding.class,
                    concat: deliver.user_data.concat(),
                    replace_type: matches!(deliver.protocol, 0x41..=0x47)
                        .then_some(deliver.protocol & 0x07),
                };
                match waiting(deliver) {
                    None => Self::Deliver(incoming()),
                    Some(indication) if indication.store => {
                        Self::DeliverWaiting(incoming(), indication)
                    }
                    Some(indication) => Self::Waiting(indication),
                }
            }
            Kind::Submit(submit) => Self::Submit(OwnMessage {
                address: submit.address.text.clone(),
                text: text_of(&submit.user_data),
                concat: submit.user_data.concat(),
            }),
            Kind::StatusReport(report) => Self::StatusReport(Report {
                reference: report.reference,
                address: report.address.text.clone(),
                discharge_time: report.discharge_time,
                status: report.status,
                taken: report.time,
            }),
        }
    }
}

/// What waits, by the header element, which knows how many, or else by the coding scheme. Where
/// the two contradict each other about keeping the message it is kept (3GPP TS 23.040
/// clause 9.2.3.24.2).
fn waiting(deliver: &Deliver) -> Option<Indication> {
    let by_scheme = deliver.coding.indication;
    let by_header = deliver.user_data.indication();
    let store = [by_scheme, by_header]
        .into_iter()
        .flatten()
        .any(|i| i.store);
    let indication = by_header.or(by_scheme)?;
    Some(Indication {
        store,
        ..indication
    })
}

/// The text; octets without one are shown, so that nothing that came is hidden.
fn text_of(user_data: &UserData) -> String {
    match &user_data.text {
        Some(text) => text.clone(),
        None if user_data.data.is_empty() => String::new(),
        None => format!("[message without text: {}]", hex(&user_data.data)),
    }
}

/// The one place where the texts of a long message's parts become one text. `None` is a part
/// that has not come. A surrogate pair that was cut by the sender is mended.
pub(super) fn join(parts: &[Option<String>]) -> String {
    let texts: Vec<&str> = parts
        .iter()
        .map(|part| part.as_deref().unwrap_or("[…]"))
        .collect();
    crate::sms::pdu::join_texts(&texts)
}

/// Bytes as upper-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::pdu::{Address, AddressType, Alphabet, DataCoding};

    fn deliver(protocol: u8, indication: Option<Indication>, user_data: UserData) -> Pdu {
        let address = Address {
            kind: AddressType::International,
            plan: 1,
            text: "+491701234567".into(),
        };
        let coding = DataCoding {
            octet: 0,
            alphabet: Alphabet::Gsm7,
            class: Some(0),
            compressed: false,
            indication,
        };
        Pdu {
            smsc: None,
            kind: Kind::Deliver(Deliver {
                address,
                time: None,
                offset_minutes: 0,
                protocol,
                coding,
                status_report: false,
                reply_path: false,
                user_data,
            }),
        }
    }

    fn incoming(pdu: &Pdu) -> Incoming {
        match Content::from_pdu(pdu) {
            Content::Deliver(incoming) => incoming,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn both_widths_of_reference_are_read_and_nonsense_is_not_a_part() {
        let place = |elements: Vec<(u8, Vec<u8>)>| {
            let data = UserData {
                elements,
                text: Some("x".into()),
                data: vec![],
            };
            incoming(&deliver(0, None, data)).concat
        };
        let part = |reference, reference_bits| {
            Some(Concat {
                reference,
                reference_bits,
                part: 1,
                parts: 2,
            })
        };
        assert_eq!(place(vec![(0, vec![7, 2, 1])]), part(7, 8));
        assert_eq!(
            place(vec![(5, vec![1]), (8, vec![1, 7, 2, 1])]),
            part(0x107, 16)
        );
        for nonsense in [
            vec![],
            vec![7, 2],
            vec![7, 2, 0],
            vec![7, 2, 3],
            vec![7, 0, 0],
        ] {
            assert_eq!(place(vec![(0, nonsense)]), None);
        }
    }

    #[test]
    fn only_the_seven_replace_types_replace() {
        let of = |protocol| incoming(&deliver(protocol, None, UserData::default())).replace_type;
        assert_eq!(
            (of(0x41), of(0x47), of(0x40), of(0x48), of(0)),
            (Some(1), Some(7), None, None, None)
        );
    }

    #[test]
    fn data_without_text_is_shown() {
        let data = UserData {
            elements: vec![],
            text: None,
            data: vec![0xca, 0xfe],
        };
        assert_eq!(
            incoming(&deliver(0, None, data)).text,
            "[message without text: CAFE]"
        );
    }

    #[test]
    fn a_waiting_indication_to_be_discarded_is_no_message() {
        let indication = Indication {
            kind: 0,
            active: true,
            count: Some(2),
            store: false,
        };
        let pdu = deliver(0, Some(indication), UserData::default());
        assert_eq!(Content::from_pdu(&pdu), Content::Waiting(indication));
        let kept = deliver(
            0,
            Some(Indication {
                store: true,
                ..indication
            }),
            UserData::default(),
        );
        assert!(matches!(
            Content::from_pdu(&kept),
            Content::DeliverWaiting(_, told) if told.active
        ));
        // Three voice mails, by the header element alone.
        let data = UserData {
            elements: vec![(1, vec![0x00, 3])],
            ..UserData::default()
        };
        let told = Indication {
            count: Some(3),
            ..indication
        };
        let pdu = deliver(0, None, data);
        assert_eq!(Content::from_pdu(&pdu), Content::Waiting(told));
    }
}
