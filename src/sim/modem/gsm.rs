//! The GSM 7-bit default alphabet (3GPP TS 23.038 clause 6.2.1), as much as the simulator needs.
//!
//! Written apart from `sms::charset` on purpose: the simulator must not share its bugs.

/// Clause 6.2.1, in code order 0x00..=0x7F; 0x1B is the escape.
const DEFAULT: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u{1b}ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Clause 6.2.1.1, the extension table.
const EXTENSION: [(char, u8); 10] = [
    ('\u{c}', 0x0A),
    ('^', 0x14),
    ('{', 0x28),
    ('}', 0x29),
    ('\\', 0x2F),
    ('[', 0x3C),
    ('~', 0x3D),
    (']', 0x3E),
    ('|', 0x40),
    ('€', 0x65),
];

/// The septets of a text, or `None` where a character is not in the alphabet.
pub(super) fn encode(text: &str) -> Option<Vec<u8>> {
    let mut septets = Vec::with_capacity(text.len());
    for c in text.chars() {
        if let Some((_, code)) = EXTENSION.iter().find(|(known, _)| *known == c) {
            septets.extend([0x1B, *code]);
        } else {
            let code = DEFAULT
                .chars()
                .position(|known| known == c && c != '\u{1b}')?;
            septets.push(u8::try_from(code).ok()?);
        }
    }
    Some(septets)
}

/// The text of septets; an unknown extension is shown as its default character.
pub(super) fn decode(septets: &[u8]) -> String {
    let mut text = String::new();
    let mut escaped = false;
    for septet in septets {
        if escaped {
            escaped = false;
            if let Some((c, _)) = EXTENSION.iter().find(|(_, code)| code == septet) {
                text.push(*c);
                continue;
            }
        } else if *septet == 0x1B {
            escaped = true;
            continue;
        }
        text.push(
            DEFAULT
                .chars()
                .nth(usize::from(*septet & 0x7F))
                .unwrap_or(' '),
        );
    }
    text
}

/// Packs septets into octets after `fill` zero bits (clause 6.1.2.1).
pub(super) fn pack(septets: &[u8], fill: usize) -> Vec<u8> {
    let mut octets = vec![0; (fill + septets.len() * 7).div_ceil(8)];
    for (index, septet) in septets.iter().enumerate() {
        for bit in 0..7 {
            let at = fill + index * 7 + bit;
            if let Some(octet) = octets.get_mut(at / 8) {
                *octet |= ((septet >> bit) & 1) << (at % 8);
            }
        }
    }
    octets
}

/// Takes `count` septets out of octets after `fill` bits; stops where the octets end.
pub(super) fn unpack(octets: &[u8], count: usize, fill: usize) -> Vec<u8> {
    let bit = |at: usize| octets.get(at / 8).map(|octet| (octet >> (at % 8)) & 1);
    (0..count)
        .map_while(|index| {
            (0..7).try_fold(0, |septet, n| {
                Some(septet | (bit(fill + index * 7 + n)? << n))
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_example_packs_as_in_the_standard() {
        let septets = encode("hellohello").unwrap();
        assert_eq!(
            pack(&septets, 0),
            [0xE8, 0x32, 0x9B, 0xFD, 0x46, 0x97, 0xD9, 0xEC, 0x37]
        );
    }

    #[test]
    fn every_character_of_the_alphabet_survives() {
        assert_eq!(DEFAULT.chars().count(), 128);
        let all: String = DEFAULT
            .chars()
            .filter(|c| *c != '\u{1b}')
            .chain("€[]{}~|^\\".chars())
            .collect();
        let septets = encode(&all).unwrap();
        for fill in 0..7 {
            let packed = pack(&septets, fill);
            assert_eq!(decode(&unpack(&packed, septets.len(), fill)), all);
        }
        assert_eq!(encode("ж"), None);
    }
}
