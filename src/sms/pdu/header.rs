//! The user data header: its information elements and what they say (3GPP TS 23.040
//! clause 9.2.3.24).
//!
//! Where an element that may stand only once is repeated, the last one counts.

use super::{Concat, Indication, Language, Ports, UserData};

const CONCAT_8: u8 = 0x00;
const INDICATION: u8 = 0x01;
const PORTS_8: u8 = 0x04;
const PORTS_16: u8 = 0x05;
const CONCAT_16: u8 = 0x08;
const SINGLE_SHIFT: u8 = 0x24;
const LOCKING_SHIFT: u8 = 0x25;

/// Reads the elements of a header without its length octet; one that runs past the end and what
/// follows it are dropped.
pub(super) fn elements(mut header: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut elements = Vec::new();
    while let [identifier, length, rest @ ..] = header {
        let Some((data, rest)) = rest.split_at_checked(usize::from(*length)) else {
            break;
        };
        elements.push((*identifier, data.to_vec()));
        header = rest;
    }
    elements
}

/// A header with its length octet; empty when it would say nothing.
pub(super) fn to_raw(concat: Option<Concat>, language: Language) -> Vec<u8> {
    let mut header = vec![0];
    if let Some(Concat {
        reference,
        part,
        parts,
        ..
    }) = concat
    {
        header.extend([CONCAT_8, 3, reference as u8, parts, part]);
    }
    for (identifier, table) in [
        (LOCKING_SHIFT, language.locking),
        (SINGLE_SHIFT, language.single),
    ] {
        if let Some(table) = table {
            header.extend([identifier, 1, table]);
        }
    }
    let length = header.len() - 1;
    match header.first_mut() {
        Some(first) if length > 0 => *first = length as u8,
        _ => header.clear(),
    }
    header
}

impl UserData {
    /// Where this part belongs in a long message. An element with part 0, no parts, or a part
    /// beyond them is to be ignored, so such a message stands alone.
    pub fn concat(&self) -> Option<Concat> {
        self.last(|identifier, data| {
            let (reference, reference_bits, part, parts) = match (identifier, data) {
                (CONCAT_8, &[reference, parts, part]) => (u16::from(reference), 8, part, parts),
                (CONCAT_16, &[high, low, parts, part]) => {
                    (u16::from_be_bytes([high, low]), 16, part, parts)
                }
                _ => return None,
            };
            let concat = Concat {
                reference,
                reference_bits,
                part,
                parts,
            };
            (1..=parts).contains(&part).then_some(concat)
        })
    }

    /// The application ports that the message is for and from.
    pub fn ports(&self) -> Option<Ports> {
        self.last(|identifier, data| match (identifier, data) {
            (PORTS_8, &[destination, source]) => Some(Ports {
                destination: u16::from(destination),
                source: u16::from(source),
            }),
            (PORTS_16, &[a, b, c, d]) => Some(Ports {
                destination: u16::from_be_bytes([a, b]),
                source: u16::from_be_bytes([c, d]),
            }),
            _ => None,
        })
    }

    /// The national language tables that the text is written with, known to us or not.
    pub fn language(&self) -> Language {
        let table = |wanted| {
            self.last(|identifier, data| match *data {
                [table] if identifier == wanted => Some(table),
                _ => None,
            })
        };
        Language {
            locking: table(LOCKING_SHIFT),
            single: table(SINGLE_SHIFT),
        }
    }

    /// What waits, as the first special SMS message indication tells (clause 9.2.3.24.2). The
    /// enhanced voice mail element (0x23) is not read; it stays among the elements.
    pub fn indication(&self) -> Option<Indication> {
        self.elements
            .iter()
            .find_map(|(identifier, data)| match *data.as_slice() {
                [what, count] if *identifier == INDICATION => Some(Indication {
                    kind: what & 0x1f,
                    active: count > 0,
                    count: Some(count),
                    store: what & 0x80 != 0,
                }),
                _ => None,
            })
    }

    fn last<T>(&self, read: impl Fn(u8, &[u8]) -> Option<T>) -> Option<T> {
        self.elements
            .iter()
            .rev()
            .find_map(|(identifier, data)| read(*identifier, data))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(octets: &[u8]) -> UserData {
        UserData {
            elements: elements(octets),
            ..UserData::default()
        }
    }

    #[test]
    fn concatenation_is_read_in_both_widths_and_ignored_where_it_is_nonsense() {
        let concat = |octets: &[u8]| {
            let concat = header(octets).concat()?;
            Some((
                concat.reference,
                concat.reference_bits,
                concat.part,
                concat.parts,
            ))
        };
        assert_eq!(concat(&[0x00, 3, 0x4c, 2, 1]), Some((0x4c, 8, 1, 2)));
        assert_eq!(
            concat(&[0x08, 4, 0x01, 0x4c, 255, 255]),
            Some((0x14c, 16, 255, 255))
        );
        assert_eq!(concat(&[0x00, 3, 1, 2, 0]), None, "part 0");
        assert_eq!(concat(&[0x00, 3, 1, 2, 3]), None, "part 3 of 2");
        assert_eq!(concat(&[0x00, 3, 1, 0, 0]), None, "no parts");
        assert_eq!(concat(&[0x00, 2, 1, 2]), None, "too short");
        assert_eq!(concat(&[0x08, 3, 1, 2, 1]), None, "too short");
        let both = concat(&[0x00, 3, 1, 2, 1, 0x00, 3, 7, 3, 2]);
        assert_eq!(both, Some((7, 8, 2, 3)), "the last one counts");
    }

    #[test]
    fn unknown_elements_are_kept_in_order_and_cut_ones_dropped() {
        let octets = [
            0x0a, 3, 1, 2, 3, 0x7f, 0, 0x05, 4, 0x0b, 0x84, 0x23, 0xf0, 0x00, 9, 1,
        ];
        let user_data = header(&octets);
        assert_eq!(
            user_data.elements,
            [
                (0x0a, vec![1, 2, 3]),
                (0x7f, vec![]),
                (0x05, vec![0x0b, 0x84, 0x23, 0xf0])
            ]
        );
        assert_eq!(
            user_data.ports(),
            Some(Ports {
                destination: 2948,
                source: 9200
            })
        );
        assert_eq!(
            header(&[0x04, 2, 7, 8]).ports(),
            Some(Ports {
                destination: 7,
                source: 8
            })
        );
        assert_eq!(header(&[]).ports(), None);
    }

    #[test]
    fn waiting_messages_are_told_with_their_number() {
        let voice = Indication {
            kind: 0,
            active: true,
            count: Some(3),
            store: true,
        };
        assert_eq!(header(&[0x01, 2, 0x80, 3]).indication(), Some(voice));
        let none = Indication {
            kind: 2,
            active: false,
            count: Some(0),
            store: false,
        };
        assert_eq!(header(&[0x01, 2, 0x02, 0]).indication(), Some(none));
        let video = header(&[0x01, 2, 0x07, 1]).indication();
        assert_eq!(video.map(|indication| indication.kind), Some(7));
        assert_eq!(header(&[0x01, 1, 0x80]).indication(), None);
    }

    #[test]
    fn a_header_that_was_written_is_read_the_same() {
        let concat = Concat {
            reference: 200,
            reference_bits: 8,
            part: 2,
            parts: 3,
        };
        let language = Language {
            locking: Some(3),
            single: Some(1),
        };
        let octets = to_raw(Some(concat), language);
        assert_eq!(octets[0], 11);
        let read = header(&octets[1..]);
        assert_eq!((read.concat(), read.language()), (Some(concat), language));
        assert!(to_raw(None, Language::default()).is_empty());
    }
}
