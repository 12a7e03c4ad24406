//! When two spellings are one telephone number.
//!
//! The network, the SIM and a person write the same number in different ways: `+491701234567`,
//! `00491701234567`, `0170 1234567`. A thread must not fall apart over that, and two people must
//! never be joined in one. So the rules are narrow, and anything they do not cover is compared
//! as it stands:
//!
//! 1. Spaces and `-./()` mean nothing; `00` in front is `+`.
//! 2. A national and an international spelling are one number when what is left of the national
//!    one without its trunk `0` has nine digits or more and the other one ends with all of it,
//!    1 to 3 digits of country code in front (ITU-T E.164 clause 6.2.1).
//! 3. A name (`Vodafone`) equals itself, upper or lower case.
//! 4. Anything shorter than seven digits is a short code and equals only itself.

pub mod region;
mod regions;

/// A short code is shorter than this, in digits.
const SHORT_CODE: usize = 7;
/// So many digits at the end must agree before two spellings can be one number.
pub const TAIL: usize = 9;

/// An address taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shape {
    /// Letters, `*#` codes, nothing at all: equal to itself, in lower case.
    Name(String),
    /// Country code and all the rest, without the `+`.
    International(String),
    /// Digits as dialled within a country, or a short code.
    Local(String),
}

impl Shape {
    fn of(address: &str) -> Self {
        let trimmed = address.trim();
        let bare: String = trimmed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '/' | '(' | ')' | '\u{a0}'))
            .collect();
        let (plus, digits) = match bare.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, bare.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Self::Name(trimmed.to_lowercase());
        }
        match digits.strip_prefix("00") {
            Some(rest) if !plus && rest.len() >= SHORT_CODE && !rest.starts_with('0') => {
                Self::International(rest.to_owned())
            }
            _ if plus => Self::International(digits.to_owned()),
            _ => Self::Local(digits.to_owned()),
        }
    }

    /// The digits without a trunk prefix, and whether there was one.
    fn core(&self) -> Option<(&str, bool)> {
        match self {
            Self::Name(_) => None,
            Self::International(digits) => Some((digits, false)),
            Self::Local(digits) => match digits.strip_prefix('0') {
                Some(rest) => Some((rest, true)),
                None => Some((digits, false)),
            },
        }
    }
}

/// The one spelling by which a thread is found: `+491701234567`, `01701234567`, `12345`, or a
/// name in lower case. Equal keys are always one number; [`same`] knows the other cases.
#[must_use]
pub fn key(address: &str) -> String {
    match Shape::of(address) {
        Shape::Name(name) => name,
        Shape::International(digits) => format!("+{digits}"),
        Shape::Local(digits) => digits,
    }
}

/// The last nine digits, which all spellings of one number share; `None` for anything that is
/// too short, or no number at all.
#[must_use]
pub fn tail(address: &str) -> Option<String> {
    let shape = Shape::of(address);
    let (core, _) = shape.core()?;
    core.len()
        .checked_sub(TAIL)
        .and_then(|start| core.get(start..))
        .map(str::to_owned)
}

/// Whether the key is one with a country code, and so tells more than a national spelling.
#[must_use]
pub fn is_international(address: &str) -> bool {
    matches!(Shape::of(address), Shape::International(_))
}

/// The digits of what may be (a piece of) a telephone number, without `+`, `00` or a trunk `0`,
/// for searching: `0170 12` gives `17012`. `None` when it is anything else or under 3 digits.
#[must_use]
pub fn search_digits(typed: &str) -> Option<String> {
    let shape = Shape::of(typed);
    let (core, _) = shape.core()?;
    let digits = core.trim_start_matches('0');
    (digits.len() >= 3).then(|| digits.to_owned())
}

/// Whether two addresses are one number (or one name), by the rules at the top of this file.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Shape::of(a), Shape::of(b));
    if a == b {
        return true;
    }
    let (Some((core_a, trunk_a)), Some((core_b, trunk_b))) = (a.core(), b.core()) else {
        return false;
    };
    let both_international = matches!((&a, &b), (Shape::International(_), Shape::International(_)));
    if both_international || core_a.len() < TAIL || core_b.len() < TAIL {
        return false;
    }
    if core_a == core_b {
        return true;
    }
    let ((long, long_trunk, long_shape), (short, short_trunk, short_shape)) =
        if core_a.len() > core_b.len() {
            ((core_a, trunk_a, &a), (core_b, trunk_b, &b))
        } else {
            ((core_b, trunk_b, &b), (core_a, trunk_a, &a))
        };
    // The short one is the national spelling, and something must say so: its trunk 0, or the
    // other one's country code.
    let national = matches!(short_shape, Shape::Local(_))
        && (short_trunk || matches!(long_shape, Shape::International(_)))
        && !long_trunk;
    national && long.ends_with(short) && (1..=3).contains(&(long.len() - short.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_number_are_the_same() {
        for (a, b) in [
            ("+491701234567", "+49 170 1234567"),
            ("+491701234567", "0049 (170) 12-34.567"),
            ("+491701234567", "0170/1234567"),
            ("+491701234567", "491701234567"),
            ("01701234567", "491701234567"),
            ("+33612345678", "06 12 34 56 78"),
            ("+34612345678", "612345678"),
            ("+390612345678", "0612345678"),
            ("+12125551234", "2125551234"),
            ("Vodafone", "VODAFONE "),
            ("12345", "12 345"),
            ("*100#", "*100#"),
            ("ÉCOLE", "école"),
        ] {
            assert!(same(a, b), "{a} {b}");
            assert!(same(b, a), "{b} {a}");
        }
    }

    #[test]
    fn different_numbers_stay_apart() {
        for (a, b) in [
            ("+491701234567", "+431701234567"),
            ("12345", "+4912345"),
            ("12345", "012345"),
            ("1234567", "+491234567"),
            ("Vodafone", "Vodafone2"),
            ("1701234567", "51701234567"),
            ("01701234567", "01701234568"),
            ("+491701234567", "4567"),
            ("", "0"),
            ("+", "+1"),
            ("00", "000"),
        ] {
            assert!(!same(a, b), "{a} {b}");
            assert!(!same(b, a), "{b} {a}");
        }
    }

    #[test]
    fn equal_keys_need_no_second_look() {
        assert_eq!(key("0049 170 1234567"), "+491701234567");
        assert_eq!(key("Voda fone"), "voda fone");
        assert_eq!(key("0170 1234567"), "01701234567");
        assert_eq!(tail("0170 1234567"), tail("+491701234567"));
        assert_eq!(tail("12345678"), None);
        assert_eq!(search_digits("0170-12"), Some("17012".to_owned()));
        assert_eq!(search_digits("7 pm"), None);
    }

    proptest! {
        #[test]
        fn any_two_addresses_compare_alike_both_ways(a in "[+0-9]{0,14}", b in "[+0-9]{0,14}") {
            prop_assert_eq!(same(&a, &b), same(&b, &a));
            prop_assert!(same(&a, &a));
            if key(&a) == key(&b) { prop_assert!(same(&a, &b)); }
            if same(&a, &b) && key(&a) != key(&b) { prop_assert_eq!(tail(&a), tail(&b)); }
        }

        #[test]
        fn no_address_breaks_it(a in "\\PC*") {
            prop_assert!(same(&a, &a));
            prop_assert_eq!(key(&key(&a)), key(&a));
            let _ = (tail(&a), search_digits(&a));
        }
    }
}
