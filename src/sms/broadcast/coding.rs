//! The coding scheme of cell broadcasts and USSD (3GPP TS 23.038 clause 5): alphabet and language.

use crate::sms::charset::{Alphabet, gsm7, ucs2};

/// The languages of group 0 (0000) and of group 2 (0010).
const LANGUAGES: [&str; 16] = [
    "de", "en", "it", "fr", "es", "nl", "sv", "da", "pt", "fi", "no", "el", "tr", "hu", "pl", "",
];
const MORE_LANGUAGES: [&str; 5] = ["cs", "he", "ar", "ru", "is"];

/// What a coding octet says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coding {
    /// How the text is written.
    pub alphabet: Alphabet,
    /// Its language, where the octet tells.
    pub language: Option<&'static str>,
    /// Whether the text begins with its language.
    pub language_first: bool,
    /// Whether a user data header comes before the text (group 9).
    pub has_header: bool,
}

impl Coding {
    /// Reads the octet; reserved values mean the default alphabet, as the standard has it.
    #[must_use]
    pub fn from_octet(octet: u8) -> Self {
        let plain = Self {
            alphabet: Alphabet::Gsm7,
            language: None,
            language_first: false,
            has_header: false,
        };
        let alphabet = match octet >> 2 & 3 {
            1 => Alphabet::EightBit,
            2 => Alphabet::Ucs2,
            _ => Alphabet::Gsm7,
        };
        let named = |table: &[&'static str]| {
            let language = table.get(usize::from(octet & 0x0f)).copied();
            Self {
                language: language.filter(|language| !language.is_empty()),
                ..plain
            }
        };
        match octet >> 4 {
            0x0 => named(&LANGUAGES),
            0x1 => Self {
                alphabet: if octet & 0x0f == 1 {
                    Alphabet::Ucs2
                } else {
                    Alphabet::Gsm7
                },
                language_first: octet & 0x0f <= 1,
                ..plain
            },
            0x2 => named(&MORE_LANGUAGES),
            // Bit 5 is compression, which nobody uses; such a text is read as octets.
            0x4..=0x7 if octet & 0x20 != 0 => Self {
                alphabet: Alphabet::EightBit,
                ..plain
            },
            0x4..=0x7 => Self { alphabet, ..plain },
            0x9 => Self {
                alphabet,
                has_header: true,
                ..plain
            },
            0xf if octet & 4 != 0 => Self {
                alphabet: Alphabet::EightBit,
                ..plain
            },
            _ => plain,
        }
    }
}

/// A text and its language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The text without padding.
    pub text: String,
    /// ISO 639-1, where it is told.
    pub language: Option<String>,
}

/// Reads one page's octets; padding at the end (carriage returns, and zeros) goes.
#[must_use]
pub fn pages_text(coding: Coding, octets: &[u8]) -> Found {
    let header = match octets.first() {
        Some(length) if coding.has_header => (usize::from(*length) + 1).min(octets.len()),
        _ => 0,
    };
    let content = octets.get(header..).unwrap_or_default();
    let mut language = coding.language.map(str::to_owned);
    let mut text = match coding.alphabet {
        Alphabet::Gsm7 => {
            let skip = gsm7::septets_in(header);
            let count = (octets.len() * 8 / 7).saturating_sub(skip);
            let septets = gsm7::unpack(octets, skip, count);
            gsm7::decode(&septets, 0, 0)
        }
        Alphabet::Ucs2 => {
            let body = if coding.language_first {
                // Two septets in two octets (clause 5, 0001 0001).
                let letters = gsm7::decode(&gsm7::unpack(content, 0, 2), 0, 0);
                language = two_letters(&letters);
                content.get(2..).unwrap_or_default()
            } else {
                content
            };
            ucs2::decode(body)
        }
        Alphabet::EightBit => content
            .iter()
            .map(|octet| match octet {
                b' '..=b'~' | b'\n' => char::from(*octet),
                _ => '.',
            })
            .collect(),
    };
    if coding.language_first && coding.alphabet == Alphabet::Gsm7 {
        // Two letters and a carriage return (clause 5, 0001 0000).
        let letters: String = text.chars().take(2).collect();
        language = two_letters(&letters);
        text = text.chars().skip(3).collect();
    }
    let text = text.trim_end_matches(['\r', '\0']).replace("\r\n", "\n");
    Found {
        text: text.replace('\r', "\n"),
        language,
    }
}

fn two_letters(text: &str) -> Option<String> {
    let letters = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    letters.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_read_as_the_standard_says() {
        for (octet, alphabet, language) in [
            (0x00, Alphabet::Gsm7, Some("de")),
            (0x0e, Alphabet::Gsm7, Some("pl")),
            (0x0f, Alphabet::Gsm7, None),
            (0x10, Alphabet::Gsm7, None),
            (0x11, Alphabet::Ucs2, None),
            (0x20, Alphabet::Gsm7, Some("cs")),
            (0x24, Alphabet::Gsm7, Some("is")),
            (0x25, Alphabet::Gsm7, None),
            (0x48, Alphabet::Ucs2, None),
            (0x44, Alphabet::EightBit, None),
            // Compressed.
            (0x60, Alphabet::EightBit, None),
            (0x68, Alphabet::EightBit, None),
            (0x98, Alphabet::Ucs2, None),
            (0xf0, Alphabet::Gsm7, None),
            (0xf4, Alphabet::EightBit, None),
            (0xe0, Alphabet::Gsm7, None),
        ] {
            let coding = Coding::from_octet(octet);
            assert_eq!(
                (coding.alphabet, coding.language),
                (alphabet, language),
                "{octet:#04x}"
            );
        }
    }

    fn packed_after(header: &[u8], text: &str) -> Vec<u8> {
        let mut septets = Vec::new();
        for c in text.chars() {
            assert!(gsm7::encode_char(c, 0, 0, &mut septets));
        }
        let mut octets = header.to_vec();
        gsm7::pack_after(&mut octets, &septets);
        octets
    }

    #[test]
    fn what_is_no_text_is_shown_as_dots_and_what_is_no_language_left_out() {
        let octets = pages_text(Coding::from_octet(0x44), b"Flood~\n\x07\xe4!");
        assert_eq!(octets.text, "Flood~\n..!");
        let found = pages_text(Coding::from_octet(0x10), &packed_after(&[], "12\rFlood"));
        assert_eq!((found.text.as_str(), found.language), ("Flood", None));
    }

    #[test]
    fn a_header_before_the_text_is_none_of_it() {
        // Three octets follow the one that says so.
        let mut wide = vec![3, 0x24, 1, 1];
        let narrow = packed_after(&wide, "Leave now");
        ucs2::encode("Leave now", &mut wide);
        for (octet, octets) in [(0x90, narrow), (0x98, wide)] {
            let found = pages_text(Coding::from_octet(octet), &octets);
            assert_eq!(found.text, "Leave now");
            // All of it header.
            assert_eq!(pages_text(Coding::from_octet(octet), &[9, 1]).text, "");
        }
    }
}
