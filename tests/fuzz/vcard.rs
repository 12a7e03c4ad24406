//! Fuzz target: any bytes for an address book give people with harmless names, and the same ones
//! however they are read.
#![no_main]

use std::io::BufReader;

use barpop::bar::clean;
use barpop::sms::contacts::vcard::{self, Card};

fn cards(bytes: &[u8], buffer: usize) -> Vec<Card> {
    let mut cards = Vec::new();
    let read = vcard::read(BufReader::with_capacity(buffer, bytes), &mut |card| {
        cards.push(card);
        true
    });
    assert!(read.is_ok(), "memory has no errors");
    cards
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let whole = cards(bytes, bytes.len().max(1));
    assert_eq!(whole, cards(bytes, 7));
    for card in whole {
        assert!(!card.name.is_empty() && !card.numbers.is_empty());
        assert_eq!(card.name, clean(&card.name));
        for tel in card.numbers {
            assert_eq!(tel.number, clean(&tel.number));
        }
    }
});
