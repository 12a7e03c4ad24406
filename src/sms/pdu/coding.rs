//! TP-DCS, the data coding scheme (3GPP TS 23.038 clause 4).

use super::{Alphabet, DataCoding, Indication};

impl DataCoding {
    /// Reads the octet; every value means something, reserved ones the default alphabet.
    pub fn from_octet(octet: u8) -> Self {
        let class = Some(octet & 3);
        let plain = Self {
            octet,
            alphabet: Alphabet::Gsm7,
            class: None,
            compressed: false,
            indication: None,
        };
        match octet >> 4 {
            // General data coding, and the same marked for automatic deletion.
            0x0..=0x7 => Self {
                alphabet: match octet >> 2 & 3 {
                    1 => Alphabet::EightBit,
                    2 => Alphabet::Ucs2,
                    _ => Alphabet::Gsm7,
                },
                class: class.filter(|_| octet & 0x10 != 0),
                compressed: octet & 0x20 != 0,
                ..plain
            },
            // Message waiting: discard, store, store in UCS-2.
            group @ 0xc..=0xe => Self {
                alphabet: if group == 0xe {
                    Alphabet::Ucs2
                } else {
                    Alphabet::Gsm7
                },
                indication: Some(Indication {
                    kind: octet & 3,
                    active: octet & 8 != 0,
                    count: None,
                    store: group != 0xc,
                }),
                ..plain
            },
            0xf => Self {
                alphabet: if octet & 4 == 0 {
                    Alphabet::Gsm7
                } else {
                    Alphabet::EightBit
                },
                class,
                ..plain
            },
            _ => plain,
        }
    }

    /// The general coding of a text with an optional class, 0..=3.
    pub(super) fn of_text(alphabet: Alphabet, class: Option<u8>) -> Self {
        let alphabet = match alphabet {
            Alphabet::Gsm7 => 0x00,
            Alphabet::EightBit => 0x04,
            Alphabet::Ucs2 => 0x08,
        };
        Self::from_octet(alphabet | class.map_or(0, |class| 0x10 | class & 3))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_is_read_as_the_standard_says() {
        use Alphabet::{EightBit, Gsm7, Ucs2};
        for (octet, alphabet, class, compressed) in [
            (0x00, Gsm7, None, false),
            (0x03, Gsm7, None, false),
            (0x04, EightBit, None, false),
            (0x08, Ucs2, None, false),
            (0x0c, Gsm7, None, false),
            (0x10, Gsm7, Some(0), false),
            (0x15, EightBit, Some(1), false),
            (0x1a, Ucs2, Some(2), false),
            (0x20, Gsm7, None, true),
            (0x3b, Ucs2, Some(3), true),
            (0x40, Gsm7, None, false),
            (0x58, Ucs2, Some(0), false),
            (0x64, EightBit, None, true),
            (0x80, Gsm7, None, false),
            (0xbf, Gsm7, None, false),
            (0xc0, Gsm7, None, false),
            (0xd8, Gsm7, None, false),
            (0xe0, Ucs2, None, false),
            (0xf0, Gsm7, Some(0), false),
            (0xf2, Gsm7, Some(2), false),
            (0xf5, EightBit, Some(1), false),
        ] {
            let coding = DataCoding::from_octet(octet);
            assert_eq!(
                (
                    coding.octet,
                    coding.alphabet,
                    coding.class,
                    coding.compressed
                ),
                (octet, alphabet, class, compressed),
                "{octet:#04x}"
            );
        }
    }

    #[test]
    fn message_waiting_groups_tell_what_waits() {
        let indication = |octet| DataCoding::from_octet(octet).indication;
        let waiting = |kind, active, store| {
            Some(Indication {
                kind,
                active,
                count: None,
                store,
            })
        };
        assert_eq!(indication(0xc8), waiting(0, true, false));
        assert_eq!(indication(0xc0), waiting(0, false, false));
        assert_eq!(indication(0xd9), waiting(1, true, true));
        assert_eq!(indication(0xea), waiting(2, true, true));
        assert_eq!(indication(0x08), None);
        assert_eq!(indication(0xf0), None);
    }
}
