//! TP-UD: header and content out of their octets (3GPP TS 23.040 clause 9.2.3.24).

use super::{Alphabet, DataCoding, UserData, header};
use crate::sms::charset::{gsm7, ucs2};

/// Octets that a user data length (TP-UDL) stands for: it counts septets in plain 7-bit text.
pub(super) fn octets(coding: DataCoding, length: u8) -> usize {
    let length = usize::from(length);
    if counts_septets(coding) {
        (length * 7).div_ceil(8)
    } else {
        length
    }
}

/// Reads exactly the octets that [`octets`] tells. A header that would be longer than they are is
/// none: all is content then.
pub(super) fn from_raw(coding: DataCoding, has_header: bool, length: u8, raw: &[u8]) -> UserData {
    let split = raw
        .split_first()
        .filter(|_| has_header)
        .and_then(|(&length, rest)| rest.split_at_checked(usize::from(length)));
    let (header_octets, header, content) = match split {
        Some((header, content)) => (header.len() + 1, header, content),
        None => (0, [].as_slice(), raw),
    };
    let mut user_data = UserData {
        elements: header::elements(header),
        text: None,
        data: Vec::new(),
    };
    if coding.compressed || coding.alphabet == Alphabet::EightBit {
        user_data.data = content.to_vec();
    } else if coding.alphabet == Alphabet::Ucs2 {
        user_data.text = Some(ucs2::decode(content));
    } else {
        let skip = gsm7::septets_in(header_octets);
        let septets = gsm7::unpack(raw, skip, usize::from(length).saturating_sub(skip));
        let language = user_data.language();
        user_data.text = Some(gsm7::decode(
            &septets,
            language.locking.unwrap_or(0),
            language.single.unwrap_or(0),
        ));
    }
    user_data
}

fn counts_septets(coding: DataCoding) -> bool {
    coding.alphabet == Alphabet::Gsm7 && !coding.compressed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(dcs: u8, has_header: bool, length: u8, raw: &[u8]) -> UserData {
        from_raw(DataCoding::from_octet(dcs), has_header, length, raw)
    }

    #[test]
    fn a_header_longer_than_its_user_data_is_content() {
        let ucs2 = read(0x08, true, 4, &[0x00, 0x41, 0x00, 0x42]);
        assert_eq!(
            (ucs2.elements, ucs2.text),
            (vec![], Some("\u{4100}".into()))
        );
        let ucs2 = read(0x08, true, 4, &[0x30, 0x42, 0x53, 0xf6]);
        assert_eq!((ucs2.elements, ucs2.text), (vec![], Some("あ叶".into())));
        let data = read(0x04, true, 2, &[0xff, 0x01]);
        assert_eq!(data.data, [0xff, 0x01]);
        assert_eq!(read(0x00, true, 0, &[]).text, Some(String::new()));
    }

    #[test]
    fn compressed_text_is_kept_as_octets() {
        let user_data = read(0x20, false, 3, &[1, 2, 3]);
        assert_eq!((user_data.text, user_data.data), (None, vec![1, 2, 3]));
        assert_eq!(octets(DataCoding::from_octet(0x20), 160), 160);
        assert_eq!(octets(DataCoding::from_octet(0x00), 160), 140);
    }

    #[test]
    fn text_after_a_header_starts_at_a_septet() {
        // Turkish single shift: escape, 0x53 is Ş. Header 03 24 01 01 is 5 septets (3 fill bits).
        let mut raw = vec![0x03, 0x24, 0x01, 0x01];
        gsm7::pack_after(&mut raw, &[b'A', 0x1b, 0x53]);
        let user_data = read(0x00, true, 8, &raw);
        assert_eq!(user_data.text.as_deref(), Some("AŞ"));
        assert_eq!(user_data.language().single, Some(1));
    }
}
