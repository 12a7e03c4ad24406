//! Our codec and gammu's read what the other one writes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "it is a test"
)]

#[path = "support/foreign.rs"]
mod foreign;

use barpop::sim::modem::{Faults, Options, Status};
use barpop::sms::pdu::{EncodeOptions, Kind, decode_hex, encode, join_texts};
use foreign::Gammu;

/// Every alphabet, the extension table, an escape at the cut, a surrogate pair at the cut.
fn texts() -> Vec<String> {
    vec![
        "[brackets] {braces} ^| 5 €".to_owned(),
        "žluťoučký kůň, привет, こんにちは 😀👋🧗".to_owned(),
        format!("{}€ and on it goes", "a".repeat(152)),
        format!("{}😀 and on it goes", "ж".repeat(66)),
        "0123456789 ".repeat(45).trim_end().to_owned(),
    ]
}

#[test]
fn what_gammu_sends_we_decode() {
    let gammu = Gammu::new(Options::default(), Faults::default());
    let script: String = texts()
        .iter()
        .map(|text| {
            let unicode = if text.is_ascii() { "" } else { " -unicode" };
            format!("sendsms TEXT +49170123 -len 1000{unicode} -text \"{text}\"\n")
        })
        .collect();
    // One run: gammu sleeps for seconds whenever it opens a port.
    gammu.run(&["batch"], &script);
    let mut decoded: Vec<String> = Vec::new();
    let mut parts = Vec::new();
    for sent in gammu.modem.sent() {
        let hex = sent.pdu_hex.unwrap();
        let Kind::Submit(submit) = decode_hex(&hex).unwrap().kind else {
            panic!("no SMS-SUBMIT: {hex}");
        };
        assert_eq!(submit.address.text, "+49170123");
        parts.push(submit.user_data.text.clone().unwrap());
        if submit
            .user_data
            .concat()
            .is_none_or(|concat| concat.part == concat.parts)
        {
            decoded.push(join_texts(&parts));
            parts.clear();
        }
    }
    assert_eq!(decoded, texts());
}

#[test]
fn what_we_encode_gammu_reads() {
    let gammu = Gammu::new(Options::default(), Faults::default());
    for (reference, text) in (1..).zip(texts()) {
        let options = EncodeOptions {
            address: "+49170123".to_owned(),
            concat_reference: reference,
            ..EncodeOptions::default()
        };
        for part in encode(&options, &text).unwrap() {
            let stored = gammu
                .modem
                .modem(|modem| modem.store(Status::StoredSent, &part.hex()));
            assert!(stored.is_some(), "the SIM is full");
        }
    }
    let said = gammu.run(&["geteachsms"], "");
    for text in texts() {
        assert!(said.contains(&text), "{text} is not in {said}");
    }
}
