//! The word that was meant by one that was misspelt.

/// The nearest of these words, if any is near.
pub(super) fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let word: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let near = known.filter_map(|candidate| {
        let letters: Vec<char> = candidate.chars().collect();
        let distance = distance(&word, &letters);
        // A third of the letters may be wrong; of a short word, one.
        let most = (letters.len().min(word.len()) / 3).max(1);
        (distance <= most).then_some((distance, candidate))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters have to be put in, left out, changed, or changed with their neighbour
/// (Damerau, in the variant that touches no letter twice).
fn distance(from: &[char], to: &[char]) -> usize {
    let mut older: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let at =
                |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&above, j) + usize::from(a != b))
                .min(at(&above, j + 1) + 1)
                .min(at(&row, j) + 1);
            let swapped = j > 0 && i > 0 && from.get(i - 1) == Some(b) && to.get(j - 1) == Some(a);
            if swapped {
                least = least.min(at(&older, j - 1) + 1);
            }
            row.push(least);
        }
        older = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_near_and_other_words_are_not() {
        let words = ["pin", "pin_file", "format", "format_wifi", "click", "at"];
        let near = |word| nearest(word, words.into_iter());
        assert_eq!(near("pinfile"), Some("pin_file"));
        assert_eq!(near("fromat"), Some("format"));
        assert_eq!(near("Format-Wifi"), Some("format_wifi"));
        assert_eq!(near("clik"), Some("click"));
        assert_eq!(near("pni"), Some("pin"));
        assert_eq!(near("interval"), None);
        assert_eq!(near(""), None);
    }
}
