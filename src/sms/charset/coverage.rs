//! Which 7-bit tables know a character: what choosing an alphabet at each keystroke needs.

use std::sync::LazyLock;

use super::gsm7::{locking_tables, single_tables};

/// Tables by national language identifier, a bit each (bit 0: the default ones).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cover {
    /// Locking shift tables that have the character, at a cost of one septet.
    pub locking: u16,
    /// Single shift tables that have it, at a cost of two.
    pub single: u16,
}

impl Cover {
    /// Septets that the character takes with these tables; `None` when both lack it.
    pub fn septets(self, locking: u8, single: u8) -> Option<usize> {
        if self.locking >> locking & 1 == 1 {
            Some(1)
        } else if self.single >> single & 1 == 1 {
            Some(2)
        } else {
            None
        }
    }
}

/// By code point; the tables' last character is U+221E.
static COVERS: LazyLock<Vec<Cover>> = LazyLock::new(|| {
    let mut covers = vec![Cover::default(); 0x221f];
    for (language, table) in locking_tables() {
        for &unit in table.iter().filter(|&&unit| unit != 0) {
            if let Some(cover) = covers.get_mut(usize::from(unit)) {
                cover.locking |= 1 << language;
            }
        }
    }
    for (language, table) in single_tables() {
        for &unit in table.iter().filter(|&&unit| unit != 0) {
            if let Some(cover) = covers.get_mut(usize::from(unit)) {
                cover.single |= 1 << language;
            }
        }
    }
    covers
});

/// The tables that know a character.
pub(crate) fn cover(c: char) -> Cover {
    COVERS
        .get(u32::from(c) as usize)
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_has_a_character_beyond_the_index() {
        let last = locking_tables()
            .chain(single_tables())
            .flat_map(|(_, table)| table)
            .max();
        assert_eq!(last, Some(&0x221e));
    }

    #[test]
    fn characters_cost_what_the_tables_say() {
        assert_eq!(cover('a').septets(0, 0), Some(1));
        assert_eq!(cover('€').septets(0, 0), Some(2));
        assert_eq!(
            cover('€').septets(1, 0),
            Some(1),
            "Turkish locking has the euro sign"
        );
        assert_eq!(cover('ş').septets(0, 0), None);
        assert_eq!(cover('ş').septets(0, 1), Some(2));
        assert_eq!(cover('ş').septets(1, 1), Some(1));
        assert_eq!(cover('\0'), Cover::default());
        assert_eq!(cover('\u{1b}'), Cover::default());
        assert_eq!(cover('😀'), Cover::default());
    }
}
