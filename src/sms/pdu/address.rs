//! Address fields (3GPP TS 23.040 clause 9.1.2.5).

use super::PduError;
use crate::sms::charset::gsm7;

/// Most digits that an address field holds.
const MAX_DIGITS: usize = 20;

/// Type of number (TON).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressType {
    /// Nothing is known; short codes usually come like this.
    Unknown,
    /// With a country code; its text starts with `+`.
    International,
    /// Without a country code.
    National,
    /// A number of the network's own.
    Network,
    /// A subscriber's number.
    Subscriber,
    /// Letters instead of digits: `Vodafone`.
    Alphanumeric,
    /// An abbreviated number.
    Abbreviated,
}

impl AddressType {
    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::International => "international",
            Self::National => "national",
            Self::Network => "network",
            Self::Subscriber => "subscriber",
            Self::Alphanumeric => "alphanumeric",
            Self::Abbreviated => "abbreviated",
        }
    }

    /// The type in bits 6..4 of a type-of-address octet; the reserved 7 counts as unknown.
    fn from_octet(octet: u8) -> Self {
        match octet >> 4 & 7 {
            1 => Self::International,
            2 => Self::National,
            3 => Self::Network,
            4 => Self::Subscriber,
            5 => Self::Alphanumeric,
            6 => Self::Abbreviated,
            _ => Self::Unknown,
        }
    }
}

/// A telephone number or a name in its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Type of number.
    pub kind: AddressType,
    /// Numbering plan identification, 0..=15; 1 is the telephone numbering plan (E.164).
    pub plan: u8,
    /// Digits (and `*#abc`), with `+` before an international number, or the name.
    pub text: String,
}

impl Address {
    /// Reads the octets after the length: the type of address, then `semi_octets` of value.
    ///
    /// An alphanumeric address holds as many septets as fit into its semi-octets, so one of 11
    /// letters (77 bits) counts 20.
    pub(super) fn from_raw(type_octet: u8, semi_octets: usize, value: &[u8]) -> Self {
        let kind = AddressType::from_octet(type_octet);
        let text = match kind {
            AddressType::Alphanumeric => {
                gsm7::decode(&gsm7::unpack(value, 0, semi_octets * 4 / 7), 0, 0)
            }
            AddressType::International => match digits(value, semi_octets) {
                none if none.is_empty() => none,
                some => format!("+{some}"),
            },
            _ => digits(value, semi_octets),
        };
        Self {
            kind,
            plan: type_octet & 0x0f,
            text,
        }
    }

    /// Reads a telephone number as a person writes or pastes it.
    ///
    /// White space, dots, dashes, slashes and parentheses are dropped, and so is the `(0)` that
    /// some write after a country code. What remains is 1 to 20 of `0123456789`, after a `+` that
    /// makes it international; without `+` also `*` and `#`.
    pub(super) fn parse(number: &str) -> Result<Self, PduError> {
        let bad = || PduError::BadRecipient(number.to_owned());
        let trimmed = number.trim();
        let international = trimmed.starts_with('+');
        let written = if international {
            trimmed.replace("(0)", "")
        } else {
            trimmed.to_owned()
        };
        let text: String = written
            .chars()
            .filter(|&c| !c.is_whitespace() && !matches!(c, '.' | '-' | '/' | '(' | ')'))
            // What word processors make of dashes: hyphens and en dashes.
            .filter(|c| !('\u{2010}'..='\u{2013}').contains(c))
            .collect();
        let digits = text.strip_prefix('+').unwrap_or(&text);
        let allowed = |c: char| c.is_ascii_digit() || !international && matches!(c, '*' | '#');
        if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.chars().all(allowed) {
            return Err(bad());
        }
        let kind = if international {
            AddressType::International
        } else {
            AddressType::Unknown
        };
        Ok(Self {
            kind,
            plan: 1,
            text,
        })
    }

    /// The type of address and the digits in semi-octets, and how many digits there are.
    ///
    /// Only for addresses from [`Address::parse`].
    pub(super) fn to_raw(&self) -> (usize, Vec<u8>) {
        let ton = if self.kind == AddressType::International {
            0x10
        } else {
            0x00
        };
        let digits: Vec<u8> = self
            .text
            .bytes()
            .filter(|&digit| digit != b'+')
            .map(semi_octet)
            .collect();
        let mut octets = vec![0x80 | ton | self.plan];
        octets.extend(digits.chunks(2).map(|pair| match *pair {
            [low, high] => high << 4 | low,
            [low] => 0xf0 | low,
            _ => 0xff,
        }));
        (digits.len(), octets)
    }
}

/// Telephony BCD digits (3GPP TS 24.008 table 10.5.118), low half first; fillers are left out.
fn digits(octets: &[u8], semi_octets: usize) -> String {
    octets
        .iter()
        .flat_map(|octet| [octet & 0x0f, octet >> 4])
        .take(semi_octets)
        .filter_map(|digit| match digit {
            0..=9 => Some(char::from(b'0' + digit)),
            10 => Some('*'),
            11 => Some('#'),
            12..=14 => Some(char::from(b'a' + digit - 12)),
            _ => None,
        })
        .collect()
}

fn semi_octet(digit: u8) -> u8 {
    match digit {
        b'*' => 10,
        b'#' => 11,
        _ => digit & 0x0f,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for (written, meant) in [
            ("+49 170 123-45.67", "+491701234567"),
            ("+49 (0)170 1234567", "+491701234567"),
            (" (0170) 123/4567 ", "01701234567"),
            ("+1\u{a0}212\u{2013}555\u{2011}0100", "+12125550100"),
            ("*100#", "*100#"),
            ("12345", "12345"),
        ] {
            assert_eq!(Address::parse(written).unwrap().text, meant);
        }
    }

    #[test]
    fn what_is_no_number_is_refused_by_name() {
        let too_long = "1".repeat(21);
        for written in [
            "", "+", " ", "Vodafone", "+49*1", "12a", "++49", "1+2", "١٢٣", &too_long,
        ] {
            let error = Address::parse(written).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("'{written}' is no telephone number")
            );
        }
    }

    #[test]
    fn digits_letters_and_fillers_are_read() {
        let read = |type_octet, semi_octets, octets: &[u8]| {
            Address::from_raw(type_octet, semi_octets, octets).text
        };
        assert_eq!(
            read(0x91, 11, &[0x46, 0x46, 0x11, 0x00, 0x00, 0xf9]),
            "+64641100009"
        );
        assert_eq!(read(0x81, 6, &[0xa1, 0xcb, 0xed]), "1*#abc");
        assert_eq!(read(0xa1, 3, &[0x21, 0x43]), "123");
        assert_eq!(read(0x81, 0, &[]), "");
        assert_eq!(read(0x91, 0, &[]), "");
        assert_eq!(read(0x81, 200, &[0x21]), "12");
        // Alphanumeric: FONIC is 35 bits in 9 semi-octets, InternetSMS 77 bits in 20.
        assert_eq!(read(0xd0, 9, &[0xc6, 0xa7, 0x33, 0x39, 0x04]), "FONIC");
        let internet = [0x49, 0x37, 0xbd, 0x2c, 0x77, 0x97, 0xe9, 0xd3, 0xe6, 0x14];
        assert_eq!(read(0xd0, 20, &internet), "InternetSMS");
    }

    #[test]
    fn each_type_of_number_has_its_word() {
        let kind = |octet| Address::from_raw(octet, 2, &[0x21]).kind.as_str();
        for (octet, word) in [
            (0x81, "unknown"),
            (0x91, "international"),
            (0xa1, "national"),
            (0xb1, "network"),
            (0xc1, "subscriber"),
            (0xd0, "alphanumeric"),
            (0xe1, "abbreviated"),
            (0xf1, "unknown"),
        ] {
            assert_eq!(kind(octet), word);
            // The highest bit is always set; what comes without it is read alike.
            assert_eq!(kind(octet & 0x7f), word);
        }
    }

    #[test]
    fn numbers_come_back_from_their_octets() {
        for number in [
            "+491701234567",
            "12345",
            "*100#",
            "+1",
            "12345678901234567890",
        ] {
            let address = Address::parse(number).unwrap();
            let (semi_octets, octets) = address.to_raw();
            assert_eq!(
                Address::from_raw(octets[0], semi_octets, &octets[1..]),
                address
            );
        }
    }
}
