//! Fuzz target: any bytes in any pieces give AT events, and the same ones however they are cut.
//!
//! One kind of line is excepted: a message that is handed over in text mode has nothing that ends
//! it, so it ends where nothing more has come, which is where the bytes were cut.
#![no_main]

use barpop::at::digest::{Digester, Event, Expect, Payload};
use libfuzzer_sys::fuzz_target;

fn events(bytes: &[u8], cut: usize, expect: &Expect) -> Vec<Event> {
    let mut digester = Digester::default();
    digester.expect(expect.clone());
    let mut events = Vec::new();
    for piece in bytes.chunks(cut) {
        digester.push(piece);
        while let Some(event) = digester.next_event() {
            events.push(event);
        }
    }
    events
}

fn has_text_message(events: &[Event]) -> bool {
    events.iter().any(|event| match event {
        Event::Urc(urc) => {
            ["+CMT:", "+CDS:", "+CBM:"]
                .iter()
                .any(|prefix| urc.line.starts_with(prefix))
                && urc.line.matches(',').count() > 1
        }
        _ => false,
    })
}

fuzz_target!(|input: &[u8]| {
    let Some((&kind, bytes)) = input.split_first() else {
        return;
    };
    let payload = [Payload::None, Payload::Hex, Payload::Text][usize::from(kind % 3)];
    let (echo, prefix) = [
        ("AT+CMGL=4", "+CMGL:"),
        ("AT+CMGR=1", "+CMGR:"),
        ("AT+CGMI", ""),
    ][usize::from(kind / 3 % 3)];
    let expect = Expect {
        echo: barpop::secret::Secret::new(echo),
        prefix: prefix.to_owned(),
        payload,
        // A prompt is recognised before its line is whole, so its place depends on the cut.
        prompt: false,
        single: kind & 0x40 != 0,
    };
    let whole = events(bytes, bytes.len().max(1), &expect);
    let cut = events(bytes, usize::from(kind >> 4) + 1, &expect);
    if bytes.len() < 4096 && !has_text_message(&whole) && !has_text_message(&cut) {
        assert_eq!(whole, cut);
    }
});
