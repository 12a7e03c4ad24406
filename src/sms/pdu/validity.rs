//! TP-VP, the validity period (3GPP TS 23.040 clause 9.2.3.12).

use super::{Validity, time};

/// Octets of the absolute and the enhanced format.
pub(super) const LONG_OCTETS: usize = 7;

const HOUR: u32 = 60;
const DAY: u32 = 24 * HOUR;
const WEEK: u32 = 7 * DAY;

/// The relative format: one octet to minutes.
pub(super) fn from_relative(octet: u8) -> Validity {
    let value = u32::from(octet);
    Validity::RelativeMinutes(match value {
        0..=143 => (value + 1) * 5,
        144..=167 => 12 * HOUR + (value - 143) * 30,
        168..=196 => (value - 166) * DAY,
        _ => (value - 192) * WEEK,
    })
}

/// The absolute format; `None` when it holds no date.
pub(super) fn from_absolute(octets: [u8; LONG_OCTETS]) -> Option<Validity> {
    time::from_raw(octets).0.map(Validity::Absolute)
}

/// The enhanced format: a functionality indicator, then the period as that tells.
pub(super) fn from_enhanced(octets: [u8; LONG_OCTETS]) -> Validity {
    let [indicator, first, second, third, ..] = octets;
    // An indicator octet that announces another one leaves no telling where the period is.
    let format = if indicator & 0x80 == 0 {
        indicator & 7
    } else {
        0
    };
    Validity::EnhancedSeconds(match format {
        1 => match from_relative(first) {
            Validity::RelativeMinutes(minutes) => Some(minutes * 60),
            _ => None,
        },
        2 => Some(u32::from(first)),
        3 => hours_minutes_seconds([first, second, third]),
        _ => None,
    })
}

fn hours_minutes_seconds(octets: [u8; 3]) -> Option<u32> {
    let [hours, minutes, seconds] = octets.map(|octet| time::decimal(octet).map(i8::unsigned_abs));
    Some(u32::from(hours?) * 3600 + u32::from(minutes?) * 60 + u32::from(seconds?))
}

/// TP-VPF (bits 4 and 3 of the first octet) and the octets of the period.
///
/// A relative period that no octet expresses becomes the next longer one, and one of more than 63
/// weeks 63 weeks. An absolute one outside 1970..=2069 is left to the service centre.
pub(super) fn to_raw(validity: Option<Validity>) -> (u8, Vec<u8>) {
    match validity {
        None => (0x00, Vec::new()),
        Some(Validity::RelativeMinutes(minutes)) => (0x10, vec![to_relative(minutes)]),
        Some(Validity::Absolute(when)) => {
            time::to_raw(when).map_or((0x00, Vec::new()), |octets| (0x18, octets.to_vec()))
        }
        Some(Validity::EnhancedSeconds(seconds)) => (0x08, to_enhanced(seconds).to_vec()),
    }
}

fn to_relative(minutes: u32) -> u8 {
    let value = if minutes <= 12 * HOUR {
        minutes.div_ceil(5).max(1) - 1
    } else if minutes <= DAY {
        143 + (minutes - 12 * HOUR).div_ceil(30)
    } else if minutes <= 30 * DAY {
        166 + minutes.div_ceil(DAY)
    } else {
        192 + minutes.div_ceil(WEEK)
    };
    u8::try_from(value).unwrap_or(u8::MAX)
}

fn to_enhanced(seconds: Option<u32>) -> [u8; LONG_OCTETS] {
    let two_digits = |number: u32| time::swapped(i8::try_from(number % 100).unwrap_or(0));
    match seconds {
        None => [0; LONG_OCTETS],
        Some(seconds) => match u8::try_from(seconds) {
            Ok(seconds) if seconds > 0 => [2, seconds, 0, 0, 0, 0, 0],
            _ if seconds < 100 * 3600 => {
                let [hours, minutes, seconds] =
                    [seconds / 3600, seconds / 60 % 60, seconds % 60].map(two_digits);
                [3, hours, minutes, seconds, 0, 0, 0]
            }
            _ => [1, to_relative(seconds.div_ceil(60)), 0, 0, 0, 0, 0],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relative_octet_comes_back() {
        for octet in 0..=255 {
            let validity = from_relative(octet);
            assert_eq!(to_raw(Some(validity)), (0x10, vec![octet]));
        }
    }

    #[test]
    fn relative_periods_are_those_of_the_standard() {
        for (octet, minutes) in [
            (0, 5),
            (143, 12 * HOUR),
            (144, 12 * HOUR + 30),
            (167, DAY),
            (168, 2 * DAY),
            (0xaa, 4 * DAY),
            (196, 30 * DAY),
            (197, 5 * WEEK),
            (255, 63 * WEEK),
        ] {
            assert_eq!(from_relative(octet), Validity::RelativeMinutes(minutes));
        }
    }

    #[test]
    fn a_period_between_two_octets_becomes_the_longer_one() {
        for (minutes, octet) in [(0, 0), (6, 1), (721, 144), (DAY + 1, 168), (31 * DAY, 197)] {
            assert_eq!(to_relative(minutes), octet);
        }
        assert_eq!(to_relative(u32::MAX), 255);
    }

    #[test]
    fn enhanced_periods_come_back() {
        for seconds in [
            Some(1),
            Some(255),
            Some(256),
            Some(3661),
            Some(359_999),
            None,
        ] {
            let (format, octets) = to_raw(Some(Validity::EnhancedSeconds(seconds)));
            assert_eq!(format, 0x08);
            let octets: [u8; LONG_OCTETS] = octets.try_into().unwrap();
            assert_eq!(from_enhanced(octets), Validity::EnhancedSeconds(seconds));
        }
        assert_eq!(
            from_enhanced([1, 0xaa, 0, 0, 0, 0, 0]),
            Validity::EnhancedSeconds(Some(345_600))
        );
        assert_eq!(
            from_enhanced([0x83, 0, 0x10, 0, 0, 0, 0]),
            Validity::EnhancedSeconds(None)
        );
        assert_eq!(
            from_enhanced([3, 0xff, 0, 0, 0, 0, 0]),
            Validity::EnhancedSeconds(None)
        );
    }
}
