//! Any bytes in place of the original's `inbox.json`: no panic, and every damage that is told of
//! lies in the file.
#![no_main]

use barpop::sms::store::import::salvage;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for damage in salvage("inbox.json", bytes).damaged {
        assert!(damage.offset <= bytes.len() as u64);
    }
});
