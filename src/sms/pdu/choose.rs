//! Which alphabet a text goes out in, and where it is cut (3GPP TS 23.040 clauses 9.2.3.24.1,
//! 9.2.3.24.15 and 9.2.3.24.16).
//!
//! [`measure`] and [`encode`](super::encode()) both come through [`Plan`], so that what a person
//! sees while typing is what is sent. A choice costs two passes over the text; with national
//! tables also one addition for each pair of tables and each sort of character.

use std::borrow::Cow;

use super::{Alphabet, Language};
use crate::sms::charset::coverage::{Cover, cover};

/// Octets of user data in one message.
const USER_DATA_OCTETS: usize = 140;
/// National language identifiers that have tables are below this.
const LANGUAGES: u8 = 14;

/// What a text costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// The alphabet that needs fewest segments.
    pub alphabet: Alphabet,
    /// National tables in use.
    pub language: Language,
    /// How many messages it takes; 1 for an empty text.
    pub segments: usize,
    /// Characters (septets, or UTF-16 units) that still fit into the last segment.
    pub characters_left: usize,
}

/// What a text would cost: one message holds 160 septets or 70 UTF-16 units, each of several 153
/// or 67; with one national table 155 or 149 septets, with two 152 or 146.
///
/// The default alphabet is taken where nothing needs fewer segments, then UCS-2, which every
/// phone shows, then national tables, if they may be used.
pub fn measure(text: &str, national_languages: bool) -> Encoding {
    let text = normalised(text);
    let (plan, cost) = Plan::choose(&text, national_languages);
    Encoding {
        alphabet: plan.alphabet,
        language: plan.language,
        segments: cost.segments,
        characters_left: cost.left,
    }
}

/// The text with the line ends that phones expect.
pub(super) fn normalised(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        text.replace("\r\n", "\n").into()
    } else {
        text.into()
    }
}

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Septets or UTF-16 units; never octets.
    pub alphabet: Alphabet,
    /// National tables, for septets.
    pub language: Language,
}

/// What a plan comes to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    segments: usize,
    left: usize,
}

impl Plan {
    /// The plan that needs fewest segments for a [`normalised`] text.
    pub fn choose(text: &str, national_languages: bool) -> (Self, Cost) {
        let ucs2 = Self {
            alphabet: Alphabet::Ucs2,
            language: Language::default(),
        };
        let default = Self {
            alphabet: Alphabet::Gsm7,
            language: Language::default(),
        };
        let best = match default.cost(text) {
            // Two septets at most are shorter than any UTF-16 unit.
            Some(cost) => (default, cost),
            None => (ucs2, ucs2.cut(text, |_| ())),
        };
        if national_languages && best.1.segments > 1 {
            national(text, best.1.segments).unwrap_or(best)
        } else {
            best
        }
    }

    /// The byte ranges of the segments as their ends, the last one the length of the text.
    pub fn ends(self, text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        self.cut(text, |end| ends.push(end));
        ends.push(text.len());
        ends
    }

    /// The cost, where the tables know every character.
    fn cost(self, text: &str) -> Option<Cost> {
        text.chars()
            .all(|c| self.width(c).is_some())
            .then(|| self.cut(text, |_| ()))
    }

    /// Septets or UTF-16 units that a character takes.
    fn width(self, c: char) -> Option<usize> {
        match self.alphabet {
            Alphabet::Gsm7 => cover(c).septets(
                self.language.locking.unwrap_or(0),
                self.language.single.unwrap_or(0),
            ),
            Alphabet::Ucs2 => Some(c.len_utf16()),
            Alphabet::EightBit => Some(c.len_utf8()),
        }
    }

    /// Fills segment after segment with whole characters and calls `cut` with the byte index
    /// where each but the last one ends.
    fn cut(self, text: &str, mut cut: impl FnMut(usize)) -> Cost {
        let width = |c| self.width(c).unwrap_or(0);
        let total: usize = text.chars().map(width).sum();
        let alone = self.capacity(false);
        if total <= alone {
            return Cost {
                segments: 1,
                left: alone - total,
            };
        }
        let capacity = self.capacity(true);
        let (mut segments, mut used) = (1, 0);
        for (index, c) in text.char_indices() {
            let width = width(c);
            if used + width > capacity {
                cut(index);
                segments += 1;
                used = 0;
            }
            used += width;
        }
        Cost {
            segments,
            left: capacity - used,
        }
    }

    /// Septets or UTF-16 units that fit into a message alone, or into one of several.
    fn capacity(self, one_of_several: bool) -> usize {
        let tables = [self.language.locking, self.language.single];
        let elements = 3 * tables.iter().flatten().count() + if one_of_several { 5 } else { 0 };
        let header = if elements == 0 { 0 } else { elements + 1 };
        let octets = USER_DATA_OCTETS - header;
        match self.alphabet {
            Alphabet::Gsm7 => octets * 8 / 7,
            Alphabet::Ucs2 => octets / 2,
            Alphabet::EightBit => octets,
        }
    }
}

/// The national tables that need fewest segments, where they need less than `to_beat`; one table
/// rather than two.
fn national(text: &str, to_beat: usize) -> Option<(Plan, Cost)> {
    let sorts = sorts(text)?;
    let single_only = (1..LANGUAGES).map(|single| (0, single));
    let locking =
        (1..LANGUAGES).flat_map(|locking| (0..LANGUAGES).map(move |single| (locking, single)));
    let mut best: Option<(Plan, Cost)> = None;
    for (locking, single) in single_only.chain(locking) {
        let septets: Option<usize> = sorts
            .iter()
            .map(|(cover, count)| Some(cover.septets(locking, single)? * count))
            .sum();
        let Some(septets) = septets else { continue };
        let language = Language {
            locking: (locking > 0).then_some(locking),
            single: (single > 0).then_some(single),
        };
        let plan = Plan {
            alphabet: Alphabet::Gsm7,
            language,
        };
        let least = if septets <= plan.capacity(false) {
            1
        } else {
            septets.div_ceil(plan.capacity(true))
        };
        let beaten = |segments| match &best {
            None => segments < to_beat,
            Some((best, cost)) => {
                (segments, language.has_two()) < (cost.segments, best.language.has_two())
            }
        };
        // Cutting is dear; the septets alone mostly tell that it is not worth while.
        if beaten(least) {
            let cost = plan.cut(text, |_| ());
            if beaten(cost.segments) {
                best = Some((plan, cost));
            }
        }
    }
    best
}

impl Language {
    fn has_two(self) -> bool {
        self.locking.is_some() && self.single.is_some()
    }
}

/// How many characters of the text each set of tables knows; `None` where none knows one.
fn sorts(text: &str) -> Option<Vec<(Cover, usize)>> {
    let mut sorts: Vec<(Cover, usize)> = Vec::new();
    for c in text.chars() {
        let cover = cover(c);
        if cover == Cover::default() {
            return None;
        }
        match sorts.iter_mut().find(|(known, _)| *known == cover) {
            Some((_, count)) => *count += 1,
            None => sorts.push((cover, 1)),
        }
    }
    Some(sorts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(text: &str, national: bool) -> (Alphabet, usize, usize) {
        let encoding = measure(text, national);
        (
            encoding.alphabet,
            encoding.segments,
            encoding.characters_left,
        )
    }

    #[test]
    fn segments_hold_what_every_phone_shows() {
        use Alphabet::{Gsm7, Ucs2};
        let times = |text: &str, count| text.repeat(count);
        for (text, expected) in [
            (String::new(), (Gsm7, 1, 160)),
            (times("x", 160), (Gsm7, 1, 0)),
            (times("x", 161), (Gsm7, 2, 145)),
            (times("x", 306), (Gsm7, 2, 0)),
            (times("x", 307), (Gsm7, 3, 152)),
            (times("€", 80), (Gsm7, 1, 0)),
            // 306 septets, but 76 pairs leave one septet of 153 empty.
            (times("€", 153), (Gsm7, 3, 151)),
            (times("x", 152) + "€" + &times("x", 10), (Gsm7, 2, 141)),
            (times("ő", 70), (Ucs2, 1, 0)),
            (times("ő", 71), (Ucs2, 2, 63)),
            (times("ő", 134), (Ucs2, 2, 0)),
            (times("😀", 35), (Ucs2, 1, 0)),
            // 33 pairs leave one unit of 67 empty.
            (times("😀", 67), (Ucs2, 3, 65)),
            ("a\r\nb".into(), (Gsm7, 1, 157)),
            ("日".into(), (Ucs2, 1, 69)),
            ("\u{1b}".into(), (Ucs2, 1, 69)),
        ] {
            assert_eq!(cost(&text, false), expected, "{text}");
        }
    }

    #[test]
    fn national_tables_are_used_where_they_save_a_segment() {
        let turkish = "ş".repeat(71);
        assert_eq!(cost(&turkish, false), (Alphabet::Ucs2, 2, 63));
        // 71 escape pairs fit beside one table: 155 septets.
        let encoding = measure(&turkish, true);
        assert_eq!(
            encoding.language,
            Language {
                locking: None,
                single: Some(1)
            }
        );
        assert_eq!(
            (encoding.segments, encoding.characters_left),
            (1, 155 - 142)
        );
        // 155 times ş needs the locking table.
        let encoding = measure(&"ş".repeat(155), true);
        assert_eq!(
            encoding.language,
            Language {
                locking: Some(1),
                single: None
            }
        );
        assert_eq!((encoding.segments, encoding.characters_left), (1, 0));
        // A single shift table alone would need two, and comes first.
        let encoding = measure(&("a".repeat(100) + &"ş".repeat(55)), true);
        assert_eq!((encoding.segments, encoding.characters_left), (1, 0));
        // The Turkish locking table with the Portuguese single shift table would do, too.
        let encoding = measure(&("ç".repeat(140) + "ãã"), true);
        assert_eq!(
            encoding.language,
            Language {
                locking: Some(3),
                single: None
            }
        );
        // Both Hindi tables: U+0904 is in the locking, U+0958 in the single shift table.
        let encoding = measure(&"\u{905}\u{958}".repeat(50), true);
        assert_eq!(
            encoding.language,
            Language {
                locking: Some(6),
                single: Some(6)
            }
        );
        assert_eq!(
            (encoding.segments, encoding.characters_left),
            (1, 152 - 150)
        );
    }

    #[test]
    fn national_tables_are_left_alone_where_they_save_nothing() {
        for text in [
            "ş",
            "Guten Tag",
            &"x".repeat(500),
            &"日ş".repeat(50),
            &"😀".repeat(99),
        ] {
            assert_eq!(measure(text, true), measure(text, false), "{text}");
        }
    }
}
