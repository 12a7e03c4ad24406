//! PDUs as JSON, the shape of `xsms pdu decode` and `xsms pdu encode`.
//!
//! Every field is always there, null where the PDU has no such part:
//!
//! | field | value |
//! |---|---|
//! | `kind` | `deliver`, `submit`, `status-report` |
//! | `smsc`, `address` | digits with `+` before an international number, or a name |
//! | `address_type` | `international`, `national`, `network`, `subscriber`, `alphanumeric`, `abbreviated`, `unknown` |
//! | `time`, `discharge_time` | RFC 3339 with the offset that the service centre gave |
//! | `status` | TP-ST as a number |
//! | `reference` | TP-MR, 0 to 255 |
//! | `validity` | `{"relative_minutes":N}`, `{"absolute":"RFC 3339, UTC"}`, `{"enhanced_seconds":N or null}` |
//! | `class` | 0 to 3 |
//! | `alphabet` | `gsm7`, `ucs2`, `8bit` |
//! | `text` | the text; half a character at its edge is U+FFFD |
//! | `data_hex` | the octets where there is no text, unless there are none |
//! | `concat` | `{"reference","reference_bits","part","parts"}` |
//! | `language` | `{"locking","single"}`, national language identifiers |
//! | `ports` | `{"destination","source"}` |
//! | `indication` | `{"kind":"voice, fax, email, video or other","active","count","store"}` |

use jiff::{Timestamp, tz::Offset};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Address, Alphabet, DataCoding, EncodedPart, Indication, Kind, Language, Pdu, UserData,
    Validity, decode, join_texts, measure, to_hex,
};

/// The fields of the table above.
#[derive(Default, Serialize)]
struct Fields {
    kind: &'static str,
    smsc: Option<String>,
    address: Option<String>,
    address_type: Option<&'static str>,
    time: Option<String>,
    discharge_time: Option<String>,
    status: Option<u8>,
    reference: Option<u8>,
    validity: Option<Value>,
    class: Option<u8>,
    alphabet: Option<&'static str>,
    text: Option<String>,
    data_hex: Option<String>,
    concat: Option<Value>,
    language: Option<Value>,
    ports: Option<Value>,
    indication: Option<Value>,
}

/// A PDU that was read.
pub fn to_json(pdu: &Pdu) -> Value {
    let fields = match &pdu.kind {
        Kind::Deliver(deliver) => Fields {
            kind: "deliver",
            time: time(deliver.time, deliver.offset_minutes),
            ..common(&deliver.address, Some(deliver.coding), &deliver.user_data)
        },
        Kind::Submit(submit) => Fields {
            kind: "submit",
            reference: Some(submit.reference),
            validity: submit.validity.map(validity),
            ..common(&submit.address, Some(submit.coding), &submit.user_data)
        },
        Kind::StatusReport(report) => Fields {
            kind: "status-report",
            reference: Some(report.reference),
            time: time(report.time, report.offset_minutes),
            discharge_time: time(report.discharge_time, report.discharge_offset_minutes),
            status: Some(report.status),
            ..common(&report.address, report.coding, &report.user_data)
        },
    };
    let smsc = pdu.smsc.as_ref().map(|smsc| smsc.text.clone());
    json!(Fields { smsc, ..fields })
}

/// What [`encode`](super::encode()) made of a text.
pub fn encoding_to_json(text: &str, parts: &[EncodedPart]) -> Value {
    // The parts themselves tell whether national tables came into play.
    let first = parts.first().and_then(|part| decode(&part.bytes).ok());
    let national = first.is_some_and(|pdu| match pdu.kind {
        Kind::Submit(submit) => submit.user_data.language() != Language::default(),
        _ => false,
    });
    let encoding = measure(text, national);
    json!({
        "alphabet": alphabet(encoding.alphabet),
        "segments": encoding.segments,
        "characters_left": encoding.characters_left,
        "pdus": parts.iter().map(EncodedPart::hex).collect::<Vec<_>>(),
    })
}

/// The fields that all kinds share.
fn common(address: &Address, coding: Option<DataCoding>, user_data: &UserData) -> Fields {
    let number = Some(&address.text).filter(|text| !text.is_empty());
    let data = Some(&user_data.data).filter(|data| !data.is_empty());
    let language = user_data.language();
    let waiting = user_data
        .indication()
        .or_else(|| coding.and_then(|coding| coding.indication));
    Fields {
        address: number.cloned(),
        address_type: number.map(|_| address.kind.as_str()),
        class: coding.and_then(|coding| coding.class),
        alphabet: coding.map(|coding| alphabet(coding.alphabet)),
        text: user_data.text.as_ref().map(|text| join_texts(&[text])),
        data_hex: data.map(|data| to_hex(data)),
        concat: user_data.concat().map(|concat| {
            json!({
                "reference": concat.reference,
                "reference_bits": concat.reference_bits,
                "part": concat.part,
                "parts": concat.parts,
            })
        }),
        language: (language != Language::default())
            .then(|| json!({ "locking": language.locking, "single": language.single })),
        ports: user_data
            .ports()
            .map(|ports| json!({ "destination": ports.destination, "source": ports.source })),
        indication: waiting.map(indication),
        ..Fields::default()
    }
}

fn alphabet(alphabet: Alphabet) -> &'static str {
    match alphabet {
        Alphabet::Gsm7 => "gsm7",
        Alphabet::Ucs2 => "ucs2",
        Alphabet::EightBit => "8bit",
    }
}

fn time(time: Option<Timestamp>, offset_minutes: i16) -> Option<String> {
    let offset = Offset::from_seconds(i32::from(offset_minutes) * 60).unwrap_or(Offset::UTC);
    time.map(|time| time.display_with_offset(offset).to_string())
}

fn validity(validity: Validity) -> Value {
    match validity {
        Validity::RelativeMinutes(minutes) => json!({ "relative_minutes": minutes }),
        Validity::Absolute(when) => json!({ "absolute": when.to_string() }),
        Validity::EnhancedSeconds(seconds) => json!({ "enhanced_seconds": seconds }),
    }
}

fn indication(indication: Indication) -> Value {
    let kind = match indication.kind {
        0 => "voice",
        1 => "fax",
        2 => "email",
        7 => "video",
        _ => "other",
    };
    json!({
        "kind": kind,
        "active": indication.active,
        "count": indication.count,
        "store": indication.store,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::pdu::{EncodeOptions, decode_hex, encode};

    #[test]
    fn every_field_is_there_and_null_where_the_pdu_has_none() {
        let pdu = decode_hex("0001000B914316565811F9000004E8373B0C").unwrap();
        assert_eq!(
            to_json(&pdu),
            json!({
                "kind": "submit", "smsc": null, "address": "+34616585119",
                "address_type": "international", "time": null, "discharge_time": null,
                "status": null, "reference": 0, "validity": null, "class": null,
                "alphabet": "gsm7", "text": "hola", "data_hex": null, "concat": null,
                "language": null, "ports": null, "indication": null,
            })
        );
    }

    #[test]
    fn what_waits_is_named() {
        let kinds = [
            (0, "voice"),
            (1, "fax"),
            (2, "email"),
            (7, "video"),
            (3, "other"),
        ];
        for (kind, name) in kinds {
            let waiting = Indication {
                kind,
                active: true,
                count: Some(2),
                store: false,
            };
            let expected = json!({ "kind": name, "active": true, "count": 2, "store": false });
            assert_eq!(indication(waiting), expected);
        }
    }

    #[test]
    fn an_encoding_tells_its_cost_and_its_pdus() {
        let mut options = EncodeOptions {
            address: "+34616585119".into(),
            ..Default::default()
        };
        let json = |options: &EncodeOptions, text: &str| {
            encoding_to_json(text, &encode(options, text).unwrap())
        };
        assert_eq!(
            json(&options, "hola"),
            json!({
                "alphabet": "gsm7", "segments": 1, "characters_left": 156,
                "pdus": ["0001000B914316565811F9000004E8373B0C"],
            })
        );
        let turkish = "ş".repeat(71);
        assert_eq!(json(&options, &turkish)["segments"], 2);
        options.national_languages = true;
        let json = json(&options, &turkish);
        assert_eq!(
            (&json["alphabet"], &json["segments"]),
            (&json!("gsm7"), &json!(1))
        );
        assert_eq!(json["pdus"].as_array().map(Vec::len), Some(1));
    }
}
