//! The 7-bit alphabet: septets in octets, and septets as text (3GPP TS 23.038 clause 6).

use super::locking::LOCKING;
use super::single::SINGLE;

/// Escape to the extension (single shift) table.
const ESCAPE: u8 = 0x1b;

/// How many septets `octets` octets take up, the last one perhaps in part.
pub(crate) fn septets_in(octets: usize) -> usize {
    (octets * 8).div_ceil(7)
}

/// Takes `count` septets out of packed octets, after `skip` of them; fewer when the octets end.
pub(crate) fn unpack(octets: &[u8], skip: usize, count: usize) -> Vec<u8> {
    (skip..skip.saturating_add(count))
        .map_while(|index| {
            let bit = index * 7;
            let low = u16::from(*octets.get(bit / 8)?);
            let high = u16::from(octets.get(bit / 8 + 1).copied().unwrap_or(0));
            Some(((high << 8 | low) >> (bit % 8)) as u8 & 0x7f)
        })
        .collect()
}

/// Appends septets to a user data header, from the next septet boundary on.
pub(crate) fn pack_after(octets: &mut Vec<u8>, septets: &[u8]) {
    let mut bits = septets_in(octets.len()) * 7 - octets.len() * 8;
    let mut pending = 0_u32;
    for &septet in septets {
        pending |= u32::from(septet) << bits;
        bits += 7;
        if bits >= 8 {
            octets.push(pending as u8);
            pending >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        octets.push(pending as u8);
    }
}

/// The septets as text, by the given national language identifiers (0 for the default tables).
///
/// A language without the table, or one that this program does not know, counts as 0. Two
/// escapes are a space; an escape before a septet that the extension table lacks gives the
/// character of the main table (clause 6.2.1.1); an escape at the end and an empty cell give a
/// space.
pub(crate) fn decode(septets: &[u8], locking: u8, single: u8) -> String {
    let locking = locking_table(locking);
    let single = single_table(single);
    let mut text = String::with_capacity(septets.len());
    let mut rest = septets.iter().copied();
    while let Some(septet) = rest.next() {
        let found = if septet == ESCAPE {
            match rest.next() {
                None | Some(ESCAPE) => None,
                Some(next) => cell(single, next).or_else(|| cell(locking, next)),
            }
        } else {
            cell(locking, septet)
        };
        text.push(found.unwrap_or(' '));
    }
    text
}

/// Appends the one or two septets of a character, or tells that the tables lack it.
pub(crate) fn encode_char(c: char, locking: u8, single: u8, septets: &mut Vec<u8>) -> bool {
    if let Some(septet) = position(locking_table(locking), c) {
        septets.push(septet);
        true
    } else if let Some(septet) = position(single_table(single), c) {
        septets.extend([ESCAPE, septet]);
        true
    } else {
        false
    }
}

/// The locking shift tables by language; that of a language without one is empty.
pub(super) fn locking_tables() -> impl Iterator<Item = (usize, &'static [u16; 128])> {
    LOCKING.iter().enumerate()
}

/// The single shift tables by language.
pub(super) fn single_tables() -> impl Iterator<Item = (usize, &'static [u16; 128])> {
    SINGLE.iter().enumerate()
}

fn locking_table(language: u8) -> &'static [u16; 128] {
    let [default, ..] = &LOCKING;
    let of_language = LOCKING.get(usize::from(language));
    of_language
        .filter(|table| table.iter().any(|&unit| unit != 0))
        .unwrap_or(default)
}

fn single_table(language: u8) -> &'static [u16; 128] {
    let [default, ..] = &SINGLE;
    SINGLE.get(usize::from(language)).unwrap_or(default)
}

fn cell(table: &[u16; 128], septet: u8) -> Option<char> {
    let unit = *table.get(usize::from(septet))?;
    char::from_u32(u32::from(unit)).filter(|&c| c != '\0')
}

/// The last septet of a character: where the standard's tables repeat one, the last is in order.
fn position(table: &[u16; 128], c: char) -> Option<u8> {
    let unit = u16::try_from(u32::from(c)).ok().filter(|&unit| unit != 0)?;
    table
        .iter()
        .rposition(|&other| other == unit)
        .and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hellohello_packs_as_in_every_tutorial() {
        let septets: Vec<u8> = b"hellohello".to_vec();
        let mut octets = Vec::new();
        pack_after(&mut octets, &septets);
        assert_eq!(
            octets,
            [0xe8, 0x32, 0x9b, 0xfd, 0x46, 0x97, 0xd9, 0xec, 0x37]
        );
        assert_eq!(unpack(&octets, 0, 10), septets);
    }

    #[test]
    fn escapes_follow_the_standard() {
        let text = |septets: &[u8]| decode(septets, 0, 0);
        assert_eq!(text(&[0x1b, 0x65]), "€");
        assert_eq!(text(&[0x1b, 0x3c, b'a', 0x1b, 0x3e]), "[a]");
        assert_eq!(
            text(&[b'a', 0x1b, b'b']),
            "ab",
            "an unknown escape shows the main character"
        );
        assert_eq!(
            text(&[b'a', 0x1b, 0x1b, b'b']),
            "a b",
            "two escapes are a space"
        );
        assert_eq!(
            text(&[b'a', 0x1b]),
            "a ",
            "an escape before nothing is a space"
        );
        assert_eq!(text(&[0x00, 0x1b, 0x0a]), "@\u{c}");
    }

    #[test]
    fn unknown_languages_fall_back_to_the_default_tables() {
        let all: Vec<u8> = (0..128).filter(|&septet| septet != ESCAPE).collect();
        let default = decode(&all, 0, 0);
        for language in [2, 14, 99, 255] {
            assert_eq!(decode(&all, language, 0), default);
        }
    }

    #[test]
    fn national_tables_have_their_languages_letters() {
        // Spot checks against clauses A.2 and A.3.
        let locking = |language, septet| decode(&[septet], language, 0);
        let single = |language, septet| decode(&[0x1b, septet], 0, language);
        assert_eq!(locking(1, 0x0b), "Ğ");
        assert_eq!(locking(1, 0x07), "ı");
        assert_eq!(single(1, 0x53), "Ş");
        assert_eq!(single(2, 0x75), "ú");
        assert_eq!(locking(3, 0x7b), "ã");
        assert_eq!(single(3, 0x09), "ç");
        assert_eq!(locking(4, 0x00), "\u{981}");
        assert_eq!(locking(6, 0x10), "\u{910}", "Hindi ai");
        assert_eq!(locking(8, 0x2e), ".");
        assert_eq!(single(7, 0x3c), "[");
        assert_eq!(locking(11, 0x02), "\u{b83}");
        assert_eq!(locking(13, 0x00), "\u{627}");
        for language in 4..=13 {
            assert_eq!(locking(language, 0x2c), ",", "language {language}");
            assert_eq!(locking(language, 0x35), "5", "language {language}");
            assert_eq!(locking(language, 0x61), "a", "language {language}");
            // Telugu alone has no euro sign.
            let euro = if language == 12 { "e" } else { "€" };
            assert_eq!(single(language, 0x65), euro, "language {language}");
            assert_eq!(single(language, 0x41), "A", "language {language}");
        }
    }

    #[test]
    fn every_character_of_a_table_comes_back_from_its_septets() {
        for language in 0..=13 {
            for table in [locking_table(language), single_table(language)] {
                for &unit in table.iter().filter(|&&unit| unit != 0) {
                    let c = char::from_u32(u32::from(unit)).unwrap();
                    let mut septets = Vec::new();
                    assert!(encode_char(c, language, language, &mut septets));
                    assert_eq!(decode(&septets, language, language), c.to_string());
                }
            }
        }
    }

    proptest! {
        #[test]
        fn septets_after_any_header_come_back(
            header in 0_usize..20, septets in prop::collection::vec(0_u8..128, 1..200)
        ) {
            let mut octets = vec![0xaa; header];
            pack_after(&mut octets, &septets);
            let skip = septets_in(header);
            prop_assert_eq!(octets.len(), ((skip + septets.len()) * 7).div_ceil(8));
            prop_assert_eq!(unpack(&octets, skip, septets.len()), septets);
        }
    }
}
