//! Whom a person means who begins to type a name or a number.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Contacts;
use super::vcard::Rank;
use crate::sms::number;

/// A number that can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Whose it is.
    pub name: String,
    /// As it is in the address book.
    pub number: String,
    /// `mobile`, `work`, …; empty where nothing is said.
    pub kind: String,
}

impl Contacts {
    /// The numbers of those whose name has words that begin with what is typed, or whose number
    /// has these digits; at most `most`. Names that begin with it come first, then the alphabet;
    /// of one person's numbers the mobile ones. Fax machines are left out.
    #[must_use]
    pub fn complete(&self, typed: &str, most: usize) -> Vec<Suggestion> {
        let wanted: Vec<String> = words(typed).collect();
        let digits = number::search_digits(typed);
        if wanted.is_empty() {
            return Vec::new();
        }
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for card in &self.people {
            let name: Vec<String> = words(&card.name).collect();
            let begins = |word: &String| name.iter().any(|have| have.starts_with(word.as_str()));
            let by_name = wanted.iter().all(begins);
            let by_more = !by_name && !card.also.is_empty() && {
                let also: Vec<String> = words(&card.also).collect();
                let in_also =
                    |word: &String| also.iter().any(|have| have.starts_with(word.as_str()));
                wanted.iter().all(|word| begins(word) || in_also(word))
            };
            let has_digits = |number: &str| {
                let bare: String = number.chars().filter(char::is_ascii_digit).collect();
                digits
                    .as_ref()
                    .is_some_and(|digits| bare.contains(digits.as_str()))
            };
            let numbers = card.numbers.iter().filter(|tel| {
                tel.rank != Rank::Never && (by_name || by_more || has_digits(&tel.number))
            });
            let mut numbers: Vec<_> = numbers.collect();
            numbers.sort_by_key(|tel| tel.rank);
            let at_once = wanted
                .iter()
                .zip(&name)
                .all(|(word, have)| have.starts_with(word.as_str()));
            let list = if by_name && at_once {
                &mut first
            } else {
                &mut second
            };
            list.extend(numbers.into_iter().map(|tel| Suggestion {
                name: card.name.clone(),
                number: tel.number.clone(),
                kind: tel.kind.clone(),
            }));
            if first.len() >= most {
                break;
            }
        }
        first.append(&mut second);
        first.truncate(most);
        first
    }
}

/// The words of a text in lower case, without accents.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    words.filter(|word| !word.is_empty()).map(|word| {
        let plain = word.nfd().filter(|c| !is_combining_mark(*c));
        plain.flat_map(char::to_lowercase).collect()
    })
}
