//! Reads any octets as a cell broadcast and any text as the network's answer over USSD: what must
//! hold whatever a transmitter sends.
#![no_main]

use barpop::sms::broadcast;
use barpop::sms::ussd::Reply;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| {
    if let Ok(page) = broadcast::decode(octets) {
        assert!((1..=page.pages).contains(&page.page) && page.pages <= 15);
        // Fifteen pages of 93 septets, none of which is more than one character.
        assert!(page.text.chars().count() <= 15 * 93);
        assert!(!page.severity().title().is_empty());
    }
    let text = String::from_utf8_lossy(octets);
    for ucs2_strings in [false, true] {
        for line in [
            text.clone().into_owned(),
            format!("+CUSD: 0,\"{text}\",15"),
            format!("+CUSD: 1,\"{text}\",72"),
        ] {
            if let Some(reply) = Reply::parse(&line, ucs2_strings) {
                assert!(reply.text.chars().count() <= 2000);
            }
        }
    }
});
