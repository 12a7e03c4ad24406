//! Cell broadcasts: what a cell tells every phone in it, warnings above all
//! (3GPP TS 23.041 clause 9.4, TS 23.038 clause 5).
//!
//! [`decode`] is pure and total: any octets give a [`Page`] or a [`BroadcastError`]. A long
//! broadcast comes as several pages, in any order and again and again; the store joins them and
//! knows repetitions by their serial number.

pub mod channel;
pub mod coding;

pub use channel::{CHANNELS, Severity};

use self::coding::{Coding, pages_text};

/// Why octets are no cell broadcast.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BroadcastError {
    /// They end inside the header.
    #[error("cell broadcast ends inside its header")]
    Truncated,
    /// Not hexadecimal.
    #[error("not hexadecimal")]
    NotHex,
}

/// One page of a broadcast, or several that came together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Geographical scope, message code and update number (clause 9.4.1.2.1): a repetition has
    /// the same, an update another one.
    pub serial: u16,
    /// What it is about (clause 9.4.1.2.2); see [`channel`].
    pub channel: u16,
    /// This page, 1..=pages.
    pub page: u8,
    /// How many pages there are, 1..=15.
    pub pages: u8,
    /// The language that it says it is in (ISO 639-1), where it says so.
    pub language: Option<String>,
    /// The text of this page, without its padding.
    pub text: String,
}

impl Page {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        Severity::of_channel(self.channel)
    }
}

/// Octets of a page: header and content (clause 9.4.1.2).
const PAGE: usize = 88;
/// Octets of a page's content.
const CONTENT: usize = 82;
/// Octets of an ETWS primary notification (clause 9.4.1.3).
const ETWS: usize = 56;
/// Most pages of a broadcast.
const PAGES: u8 = 15;

/// Reads what follows `+CBM: <length>` in PDU mode.
///
/// Three layouts are told apart by their length, as there is nothing else: a page as GSM sends
/// it, which modems also make of what UMTS and LTE send; the UMTS message with all its pages; and
/// the first notification of an earthquake or tsunami, which has no text.
///
/// # Errors
/// [`BroadcastError::Truncated`] when there is not even a whole header.
pub fn decode(octets: &[u8]) -> Result<Page, BroadcastError> {
    let &[a, b, c, d, ref rest @ ..] = octets else {
        return Err(BroadcastError::Truncated);
    };
    let serial = u16::from_be_bytes([a, b]);
    let channel = u16::from_be_bytes([c, d]);
    if octets.len() > PAGE && a == 1 {
        return umts(octets);
    }
    if octets.len() <= ETWS && channel::is_etws(channel) {
        return Ok(etws(serial, channel, rest));
    }
    let &[dcs, place, ref content @ ..] = rest else {
        return Err(BroadcastError::Truncated);
    };
    let (page, pages) = match (place >> 4, place & 0x0f) {
        // A page that is none of them, and page 0, stand for the only one (clause 9.4.1.2.4).
        (page @ 1.., pages @ 1..) if page <= pages => (page, pages),
        _ => (1, 1),
    };
    let content = content.get(..CONTENT).unwrap_or(content);
    let found = pages_text(Coding::from_octet(dcs), content);
    Ok(Page {
        serial,
        channel,
        page,
        pages,
        language: found.language,
        text: found.text,
    })
}

/// [`decode`] for hexadecimal digits.
///
/// # Errors
/// [`BroadcastError::NotHex`] and those of [`decode`].
pub fn decode_hex(hex: &str) -> Result<Page, BroadcastError> {
    decode(&crate::sms::serial::unhex(hex.trim()).ok_or(BroadcastError::NotHex)?)
}

/// Clause 9.4.2.2: message type, message identifier, serial number, DCS, number of pages, and for
/// each page 82 octets and how many of them count.
fn umts(octets: &[u8]) -> Result<Page, BroadcastError> {
    let &[_, c, d, a, b, dcs, pages, ref rest @ ..] = octets else {
        return Err(BroadcastError::Truncated);
    };
    let coding = Coding::from_octet(dcs);
    let mut language = None;
    let mut text = String::new();
    for page in rest
        .chunks(CONTENT + 1)
        .take(usize::from(pages.clamp(1, PAGES)))
    {
        let used = page.get(CONTENT).map_or(page.len(), |n| usize::from(*n));
        let content = page.get(..used.min(CONTENT)).unwrap_or(page);
        let found = pages_text(coding, content);
        language = language.or(found.language);
        text.push_str(&found.text);
    }
    Ok(Page {
        serial: u16::from_be_bytes([a, b]),
        channel: u16::from_be_bytes([c, d]),
        page: 1,
        pages: 1,
        language,
        text,
    })
}

/// Clause 9.3.24: seven bits of warning type, then whether the person is to be alerted and a
/// popup shown.
fn etws(serial: u16, channel: u16, rest: &[u8]) -> Page {
    let kind = rest.first().map(|octet| octet >> 1);
    let text = match (kind, channel) {
        (Some(0), _) | (None, 0x1100) => "Earthquake warning",
        (Some(1), _) | (None, 0x1101) => "Tsunami warning",
        (Some(2), _) | (None, 0x1102) => "Earthquake and tsunami warning",
        (Some(3), _) | (None, 0x1103) => "Test of the earthquake and tsunami warning",
        _ => "Emergency warning",
    };
    Page {
        serial,
        channel,
        page: 1,
        pages: 1,
        language: None,
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::charset::{gsm7, ucs2};
    use proptest::prelude::*;

    /// A page of the GSM layout, padded as cells pad it.
    fn page(serial: u16, channel: u16, dcs: u8, place: u8, content: &[u8]) -> Vec<u8> {
        let mut octets = serial.to_be_bytes().to_vec();
        octets.extend(channel.to_be_bytes());
        octets.extend([dcs, place]);
        octets.extend(content);
        octets
    }

    fn packed(text: &str) -> Vec<u8> {
        let mut septets = Vec::new();
        for c in text.chars() {
            assert!(gsm7::encode_char(c, 0, 0, &mut septets), "{c}");
        }
        septets.resize(93, 0x0d);
        let mut octets = Vec::new();
        gsm7::pack_after(&mut octets, &septets);
        octets
    }

    #[test]
    fn a_page_is_read_with_its_place_language_and_severity() {
        let octets = page(
            0x6340,
            0x1112,
            0x01,
            0x12,
            &packed("Flood warning. Leave now"),
        );
        assert_eq!(octets.len(), PAGE);
        let found = decode(&octets).unwrap();
        assert_eq!(
            (found.serial, found.page, found.pages, found.severity()),
            (0x6340, 1, 2, Severity::Presidential)
        );
        assert_eq!(found.text, "Flood warning. Leave now");
        assert_eq!(found.language.as_deref(), Some("en"));
        // The language in front: two letters and a carriage return.
        let octets = page(1, 0x1113, 0x10, 0x11, &packed("cs\rPozor"));
        let found = decode(&octets).unwrap();
        assert_eq!(found.language.as_deref(), Some("cs"));
        assert_eq!(
            (found.text.as_str(), found.severity()),
            ("Pozor", Severity::Extreme)
        );
        // UCS-2 with the language in its first two octets, as packed septets.
        let mut content = vec![0x63 | 0x80, 0x39];
        ucs2::encode("Жёлтый уровень", &mut content);
        let found = decode(&page(1, 50, 0x11, 0x00, &content)).unwrap();
        assert_eq!(found.text, "Жёлтый уровень");
        assert_eq!(
            (found.language.as_deref(), found.severity()),
            (Some("cs"), Severity::Info)
        );
    }

    #[test]
    fn a_page_is_one_whatever_its_serial_number_and_whatever_is_behind_it() {
        // A UMTS message begins with this octet, and is longer.
        let text = "Leave now! ".repeat(8) + "Leave";
        let like_umts = page(0x0112, 0x1112, 0x01, 0x11, &packed(&text));
        let mut longer = page(0x6340, 0x1112, 0x01, 0x11, &packed(&text));
        assert_eq!((like_umts.len(), longer.len()), (PAGE, PAGE));
        longer.extend([0x31; 8]);
        for octets in [like_umts, longer] {
            assert_eq!(decode(&octets).unwrap().text, text);
        }
    }

    #[test]
    fn a_place_that_cannot_be_is_that_of_the_only_page() {
        for (place, expected) in [
            (0x12, (1, 2)),
            (0x22, (2, 2)),
            (0x32, (1, 1)),
            (0x02, (1, 1)),
            (0x20, (1, 1)),
        ] {
            let found = decode(&page(1, 50, 0x01, place, b"")).unwrap();
            assert_eq!((found.page, found.pages), expected, "{place:#04x}");
        }
    }

    #[test]
    fn a_first_warning_is_told_by_its_type_and_without_one_by_its_channel() {
        for (channel, kind, text) in [
            (0x1107, 0, "Earthquake warning"),
            (0x1107, 1, "Tsunami warning"),
            (0x1107, 2, "Earthquake and tsunami warning"),
            (0x1107, 3, "Test of the earthquake and tsunami warning"),
            (0x1100, 4, "Emergency warning"),
        ] {
            let octets = page(0x6340, channel, kind << 1 | 1, 0x80, b"");
            assert_eq!(decode(&octets).unwrap().text, text);
        }
        for (channel, text) in [
            (0x1100_u16, "Earthquake warning"),
            (0x1101, "Tsunami warning"),
            (0x1102, "Earthquake and tsunami warning"),
            (0x1103, "Test of the earthquake and tsunami warning"),
            (0x1104, "Emergency warning"),
        ] {
            let [high, low] = channel.to_be_bytes();
            assert_eq!(decode(&[0x63, 0x40, high, low]).unwrap().text, text);
        }
    }

    #[test]
    fn an_earthquake_has_no_text_and_is_told_in_words() {
        let mut octets = vec![0x00, 0x01, 0x11, 0x00, 0x05, 0x80];
        octets.resize(ETWS, 0);
        let found = decode(&octets).unwrap();
        assert_eq!(
            (found.text.as_str(), found.severity()),
            ("Earthquake and tsunami warning", Severity::Extreme)
        );
    }

    #[test]
    fn a_umts_message_brings_all_its_pages() {
        let mut octets = vec![1, 0x11, 0x13, 0x00, 0x20, 0x0f, 2];
        for text in ["first ", "second"] {
            octets.extend(packed(text));
            octets.push(CONTENT as u8);
        }
        let found = decode(&octets).unwrap();
        assert_eq!((found.channel, found.serial), (0x1113, 0x20));
        // The blank at the end of a page is its own, its padding is not.
        assert_eq!(found.text, "first second");
    }

    #[test]
    fn half_a_header_is_an_error() {
        for length in 0..4 {
            assert_eq!(decode(&vec![0; length]), Err(BroadcastError::Truncated));
        }
        assert_eq!(decode_hex("0G"), Err(BroadcastError::NotHex));
    }

    proptest! {
        #[test]
        fn any_octets_give_a_page_or_an_error(octets in prop::collection::vec(any::<u8>(), 0..1400)) {
            if let Ok(page) = decode(&octets) {
                prop_assert!((1..=page.pages).contains(&page.page) && page.pages <= PAGES);
                prop_assert!(page.text.chars().count() <= 15 * 94 * 2);
            }
        }
    }
}
