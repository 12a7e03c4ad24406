//! Decodes any octets, joins and shows what came out, and sends it again: what must hold whatever
//! the network delivers.
#![no_main]

use barpop::sms::pdu::{self, EncodeOptions, Kind, PduError};

libfuzzer_sys::fuzz_target!(|octets: &[u8]| {
    let Ok(found) = pdu::decode(octets) else {
        return;
    };
    assert_eq!(pdu::decode_hex(&pdu::to_hex(octets)), Ok(found.clone()));
    assert!(pdu::json::to_json(&found).is_object());

    let user_data = match found.kind {
        Kind::Deliver(deliver) => deliver.user_data,
        Kind::Submit(submit) => submit.user_data,
        Kind::StatusReport(report) => report.user_data,
    };
    if let Some(concat) = user_data.concat() {
        assert!(concat.part >= 1 && concat.part <= concat.parts);
    }
    let Some(part) = user_data.text else { return };
    assert!(user_data.data.is_empty());
    // As when the other parts have not come, and as when this one came twice.
    let text = pdu::join_texts(&[&part]);
    pdu::join_texts(&[&part, &part]);

    for national_languages in [false, true] {
        let options = EncodeOptions {
            address: "+491701234567".into(),
            national_languages,
            ..EncodeOptions::default()
        };
        let cost = pdu::measure(&text, national_languages);
        let parts = match pdu::encode(&options, &text) {
            Ok(parts) => parts,
            Err(PduError::TooLong(count)) => {
                assert!(count > 255 && count == cost.segments);
                continue;
            }
            Err(error) => panic!("{error}"),
        };
        assert_eq!(parts.len(), cost.segments);
        let texts: Vec<String> = parts
            .iter()
            .map(|part| {
                assert!(part.tpdu_length <= 164);
                match pdu::decode(&part.bytes).map(|pdu| pdu.kind) {
                    Ok(Kind::Submit(submit)) => submit.user_data.text.unwrap_or_default(),
                    other => panic!("our own SMS-SUBMIT is read as {other:?}"),
                }
            })
            .collect();
        assert_eq!(texts.concat(), text.replace("\r\n", "\n"));
    }
});
