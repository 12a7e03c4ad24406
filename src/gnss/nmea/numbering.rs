//! The numbers that satellites have in NMEA 0183, which differ by version and maker.
//!
//! The standard numbers every system from 1 and shifts what shares a sentence: GLONASS by 64,
//! SBAS by -87. Makers add ranges of their own: Galileo from 101 (Quectel) or 301, `BeiDou` from
//! 201 or 401 (u-blox, "extended"), QZSS from 193, SBAS by PRN.

use super::super::satellite::{Constellation, Id};

/// The satellite that a number means, in a sentence about `talker`'s satellites; `None` for 0
/// and for numbers that nobody has.
pub(in crate::gnss) fn id(talker: Option<Constellation>, number: u16) -> Option<Id> {
    use Constellation as C;
    let (constellation, prn) = match (talker, number) {
        (Some(C::Galileo), 1..=63) => (C::Galileo, number),
        (Some(C::BeiDou), 1..=63) => (C::BeiDou, number),
        (Some(C::Qzss), 1..=10) => (C::Qzss, number),
        (Some(C::NavIc), 1..=14) => (C::NavIc, number),
        (Some(C::Glonass), 1..=32) => (C::Glonass, number),
        (_, 1..=32) => (C::Gps, number),
        (_, 33..=64) => (C::Sbas, number + 87),
        (_, 65..=99) => (C::Glonass, number - 64),
        (_, 101..=119) => (C::Galileo, number - 100),
        // Galileo 20..=36 of some, SBAS 120..=136 of others: the talker tells.
        (Some(C::Galileo), 120..=136) => (C::Galileo, number - 100),
        (_, 120..=158) => (C::Sbas, number),
        (_, 193..=200) => (C::Qzss, number - 192),
        (Some(C::Qzss), 201 | 202) => (C::Qzss, number - 192),
        (_, 201..=264) => (C::BeiDou, number - 200),
        (_, 301..=336) => (C::Galileo, number - 300),
        (_, 401..=464) => (C::BeiDou, number - 400),
        _ => return None,
    };
    Some(Id { constellation, prn })
}

/// Whether a number could be a satellite of several systems, so that a GSA without its system
/// does not say whose it is.
pub(super) fn is_ambiguous(number: u16) -> bool {
    (1..=63).contains(&number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_numbering_of_a_satellite_leads_to_the_same_name() {
        use Constellation as C;
        let table = [
            (Some(C::Gps), 5, "G05"),
            (None, 5, "G05"),
            (Some(C::Gps), 46, "S33"),
            (Some(C::Gps), 133, "S33"),
            (Some(C::Glonass), 76, "R12"),
            (Some(C::Glonass), 12, "R12"),
            (None, 76, "R12"),
            (Some(C::Galileo), 7, "E07"),
            (Some(C::Galileo), 124, "E24"),
            (None, 307, "E07"),
            (Some(C::BeiDou), 21, "C21"),
            (Some(C::BeiDou), 221, "C21"),
            (None, 421, "C21"),
            (Some(C::Qzss), 2, "J02"),
            (None, 194, "J02"),
            (Some(C::Qzss), 202, "J10"),
            (None, 202, "C02"),
            (None, 133, "S33"),
            (None, 33, "S20"),
            (None, 119, "E19"),
            (Some(C::NavIc), 3, "I03"),
        ];
        for (talker, number, name) in table {
            let name_of = |id: Id| id.to_string();
            assert_eq!(
                id(talker, number).map(name_of).as_deref(),
                Some(name),
                "{number}"
            );
        }
        assert_eq!(id(None, 0), None);
        assert_eq!(id(None, 999), None);
        // What is no number of theirs alone is told by the range.
        assert_eq!(
            id(Some(C::NavIc), 15).map(|id| id.constellation),
            Some(C::Gps)
        );
    }
}
