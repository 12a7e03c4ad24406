//! UCS-2 user data, which everybody reads as UTF-16 (3GPP TS 23.038 clause 6.2.3).
//!
//! Some phones cut a long message in the middle of a surrogate pair, so that a part begins or
//! ends with half a character. A `String` cannot hold that half, and the parts may be stored for
//! days before the rest comes; so a half at the edge of a part is kept as a stand-in: surrogate
//! U+Dxxx becomes the private-use character U+10Dxxx. [`join`] makes whole characters of two
//! stand-ins that meet and U+FFFD of those that do not. A surrogate without partner anywhere else
//! is U+FFFD at once.

/// What is added to a surrogate to make its stand-in.
const STAND_IN: u32 = 0x10_0000;

/// UTF-16 in big-endian octets as text, a half character at an edge as a stand-in; an odd last
/// octet is ignored.
pub(crate) fn decode(octets: &[u8]) -> String {
    let (pairs, _) = octets.as_chunks::<2>();
    let mut text = String::with_capacity(octets.len());
    let mut rest =
        char::decode_utf16(pairs.iter().map(|&pair| u16::from_be_bytes(pair))).peekable();
    while let Some(next) = rest.next() {
        text.push(next.unwrap_or_else(|half| {
            let half = u32::from(half.unpaired_surrogate());
            let at_edge = if is_high(half) {
                rest.peek().is_none()
            } else {
                text.is_empty()
            };
            char::from_u32(STAND_IN + half)
                .filter(|_| at_edge)
                .unwrap_or(char::REPLACEMENT_CHARACTER)
        }));
    }
    text
}

/// Appends a text as UTF-16 in big-endian octets.
pub(crate) fn encode(text: &str, octets: &mut Vec<u8>) {
    octets.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
}

/// The whole text of parts in their order, with characters mended that were cut in two.
///
/// Give it the [`text`](crate::sms::pdu::UserData::text) of every part before a person sees them,
/// a single part too; something of your own may stand in the place of a part that has not come.
pub fn join<S: AsRef<str>>(parts: &[S]) -> String {
    let mut whole = String::with_capacity(parts.iter().map(|part| part.as_ref().len()).sum());
    let mut high = None;
    for part in parts
        .iter()
        .map(AsRef::as_ref)
        .filter(|part| !part.is_empty())
    {
        let mut body = part;
        let low = body
            .chars()
            .next()
            .and_then(stand_in)
            .filter(|&half| !is_high(half));
        if low.is_some() {
            body = body.get(4..).unwrap_or_default();
        }
        match (high.take(), low) {
            (Some(high), Some(low)) => {
                let whole_char = 0x1_0000_u32 + ((high - 0xd800) << 10) + (low - 0xdc00);
                whole.push(char::from_u32(whole_char).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            (Some(_), None) | (None, Some(_)) => whole.push(char::REPLACEMENT_CHARACTER),
            (None, None) => {}
        }
        high = body
            .chars()
            .next_back()
            .and_then(stand_in)
            .filter(|&half| is_high(half));
        if high.is_some() {
            body = body.get(..body.len() - 4).unwrap_or_default();
        }
        whole.push_str(body);
    }
    if high.is_some() {
        whole.push(char::REPLACEMENT_CHARACTER);
    }
    whole
}

/// The surrogate that a character stands for.
fn stand_in(c: char) -> Option<u32> {
    u32::from(c)
        .checked_sub(STAND_IN)
        .filter(|half| (0xd800..=0xdfff).contains(half))
}

fn is_high(surrogate: u32) -> bool {
    surrogate < 0xdc00
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_surrogate_pair_is_one_character() {
        assert_eq!(decode(&[0xd8, 0x3d, 0xde, 0x00]), "😀");
        assert_eq!(decode(&[0x00, 0x41, 0xd8, 0x3d, 0xde, 0x00, 0x00]), "A😀");
    }

    #[test]
    fn an_emoji_cut_between_two_parts_is_whole_once_they_are_joined() {
        let first = decode(&[0x00, 0x41, 0xd8, 0x3d]);
        let second = decode(&[0xde, 0x00, 0x00, 0x42]);
        assert_eq!(join(&[first.as_str(), &second]), "A😀B");
        assert_eq!(
            join(&[first.as_str(), "[…]", &second]),
            "A\u{fffd}[…]\u{fffd}B"
        );
        assert_eq!(join(&[first]), "A\u{fffd}");
        assert_eq!(join(&[second]), "\u{fffd}B");
        assert_eq!(join::<&str>(&[]), "");
    }

    #[test]
    fn emoji_at_the_ends_of_the_surrogates_are_whole_too() {
        // U+1F400 ends in the first low surrogate, U+1F3FF in the last; the others begin with the
        // first and the last high one.
        for emoji in ['🐀', '🏿', '\u{10000}', '\u{10ffff}'] {
            let mut octets = Vec::new();
            encode(&emoji.to_string(), &mut octets);
            let (first, second) = octets.split_at(2);
            assert_eq!(join(&[decode(first), decode(second)]), emoji.to_string());
            assert_eq!(join(&[decode(second), decode(first)]), "\u{fffd}\u{fffd}");
        }
    }

    #[test]
    fn half_characters_inside_a_part_are_replaced() {
        assert_eq!(decode(&[0x00, 0x41, 0xd8, 0x3d, 0x00, 0x42]), "A\u{fffd}B");
        assert_eq!(decode(&[0x00, 0x41, 0xde, 0x00]), "A\u{fffd}");
        assert_eq!(decode(&[0xd8, 0x3d, 0x00, 0x42]), "\u{fffd}B");
    }

    proptest! {
        #[test]
        fn a_text_cut_anywhere_is_whole_once_joined(text in "\\PC{1,40}", cuts in prop::collection::vec(0_usize..80, 0..4)) {
            // A genuine U+10Dxxx beside a cut is the price of the stand-ins.
            prop_assume!(!text.chars().any(|c| stand_in(c).is_some()));
            let mut octets = Vec::new();
            encode(&text, &mut octets);
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut * 2 % (octets.len() + 2)).collect();
            cuts.extend([0, octets.len()]);
            cuts.sort_unstable();
            let parts: Vec<String> =
                cuts.windows(2).map(|cut| decode(&octets[cut[0]..cut[1]])).collect();
            prop_assert_eq!(join(&parts), text);
        }
    }
}
