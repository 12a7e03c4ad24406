//! vCards, line by line: 2.1 (versit, 1996), 3.0 (RFC 2426), 4.0 (RFC 6350).
//!
//! Only names and telephone numbers are kept. The file is read as a stream and everything else
//! (a photo can be megabytes) is dropped as it comes by, so an address book of any size costs no
//! more memory than its longest name. That is why no crate does it: they want the whole text.
//!
//! Total on any bytes: what makes no sense is passed over, and a card that is broken off counts
//! with what it had.

use std::io::{self, BufRead};

use super::line::{Line, Lines};
use crate::bar::clean;

/// More numbers than this no card has, in good faith.
const MOST_NUMBERS: usize = 32;
/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 100;
/// The longest number that is kept, in characters.
const LONGEST_NUMBER: usize = 40;

/// What a card says of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// As it is to be shown: one harmless line, never empty.
    pub name: String,
    /// What else the person is called: nickname and organisation, for searching.
    pub also: String,
    /// In the order of the card.
    pub numbers: Vec<Tel>,
}

/// A telephone number of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tel {
    /// As the person wrote it: `0170 1234567`.
    pub number: String,
    /// What kind of number it is: `mobile`, `work mobile`, `home`, or the person's own word.
    pub kind: String,
    /// How likely it takes a text message, the likeliest first.
    pub rank: Rank,
}

/// How likely a number takes a text message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A mobile telephone.
    Mobile,
    /// Nothing is said that speaks against it.
    Any,
    /// A fax or the like.
    Never,
}

/// How the cards of a file were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All of them have an end.
    Whole,
    /// One or more are broken off.
    Broken,
    /// There is none.
    NoCard,
}

/// Reads all cards of a file. `each` gets every one that has a name and a number, until it says
/// `false`.
///
/// # Errors
/// When the file cannot be read; the cards until then were told.
pub fn read(input: impl BufRead, each: &mut dyn FnMut(Card) -> bool) -> io::Result<Shape> {
    let mut shape = Shape::NoCard;
    let mut lines = Lines::new(input);
    let mut draft: Option<Draft> = None;
    // A card in a card (AGENT of 2.1) is somebody else's.
    let mut nested = 0_u32;
    let mut after_agent = false;
    let mut tell = |draft: Option<Draft>| draft.and_then(Draft::finish).is_none_or(&mut *each);
    while let Some(line) = lines.next()? {
        let is_card = line.value_is("VCARD");
        let name = line.name();
        match name.as_str() {
            "BEGIN" if is_card && draft.is_some() && (after_agent || nested > 0) => nested += 1,
            "BEGIN" if is_card => {
                nested = 0;
                let before = draft.replace(Draft::default());
                shape = match (shape, &before) {
                    (_, Some(_)) | (Shape::Broken, _) => Shape::Broken,
                    _ => Shape::Whole,
                };
                if !tell(before) {
                    return Ok(shape);
                }
            }
            "END" if is_card && nested > 0 => nested -= 1,
            "END" if is_card => {
                let more = tell(draft.take());
                if !more {
                    return Ok(shape);
                }
            }
            _ if nested == 0 => {
                if let Some(draft) = &mut draft {
                    draft.take(&name, &line);
                }
            }
            _ => {}
        }
        after_agent = name == "AGENT";
    }
    if draft.is_some() {
        shape = Shape::Broken;
    }
    tell(draft);
    Ok(shape)
}

/// A card that is being read.
#[derive(Default)]
struct Draft {
    full: String,
    parts: String,
    nickname: String,
    organisation: String,
    numbers: Vec<(Option<String>, Tel)>,
    /// Apple's own words for a number: group and label.
    labels: Vec<(String, String)>,
}

impl Draft {
    fn take(&mut self, name: &str, line: &Line) {
        match name {
            "FN" if self.full.is_empty() => self.full = tidy(&line.text()),
            "N" if self.parts.is_empty() => self.parts = person(&line.fields()),
            "NICKNAME" if self.nickname.is_empty() => self.nickname = tidy(&line.text()),
            "ORG" if self.organisation.is_empty() => {
                let fields = line.fields();
                self.organisation = fields.first().map(|org| tidy(org)).unwrap_or_default();
            }
            "TEL" if self.numbers.len() < MOST_NUMBERS => {
                if let Some(number) = number(&line.text()) {
                    let (kind, rank) = kind(&line.types());
                    let tel = Tel { number, kind, rank };
                    self.numbers.push((line.group(), tel));
                }
            }
            "X-ABLABEL" if self.labels.len() < MOST_NUMBERS => {
                if let Some(group) = line.group() {
                    self.labels.push((group, label(&line.text())));
                }
            }
            _ => {}
        }
    }

    /// The card; `None` without a name or without a number.
    fn finish(self) -> Option<Card> {
        let mut names = [self.full, self.parts, self.nickname, self.organisation].into_iter();
        let name = names.by_ref().find(|name| !name.is_empty())?;
        let rest: Vec<String> = names.filter(|also| !also.is_empty()).collect();
        let labels = self.labels;
        let numbers = self.numbers.into_iter().map(|(group, mut tel)| {
            let own = group.and_then(|group| labels.iter().find(|(of, _)| *of == group));
            if let Some((_, label)) = own.filter(|(_, label)| !label.is_empty()) {
                tel.kind.clone_from(label);
                if label.eq_ignore_ascii_case("mobile") || label.eq_ignore_ascii_case("iphone") {
                    tel.rank = Rank::Mobile;
                }
            }
            tel
        });
        let numbers: Vec<Tel> = numbers.collect();
        (!numbers.is_empty()).then_some(Card {
            name,
            also: rest.join(" "),
            numbers,
        })
    }
}

/// One harmless line of reasonable length, with single spaces.
fn tidy(text: &str) -> String {
    let clean = clean(text);
    let words: Vec<&str> = clean.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST_NAME) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// `Family;Given;Additional;Prefix;Suffix` as it is spoken.
fn person(fields: &[String]) -> String {
    let field = |index: usize| fields.get(index).map_or("", String::as_str);
    tidy(&[field(3), field(1), field(2), field(0), field(4)].join(" "))
}

/// The number of a value, which may be a URI (`tel:+49-170-1234567;ext=1`, RFC 3966); `None` for
/// anything without digits.
fn number(value: &str) -> Option<String> {
    let value = value.trim();
    let is_uri = value.get(..4).is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("tel:") || scheme.eq_ignore_ascii_case("sms:")
    });
    let bare = if is_uri {
        let uri = value.get(4..).unwrap_or_default();
        let uri = uri.split([';', '?']).next().unwrap_or_default();
        uri.replace("%20", " ")
            .replace("%2B", "+")
            .replace("%2b", "+")
    } else {
        // `(0)` is what a caller from abroad leaves out.
        value.replace(
            "(0)",
            if value.starts_with('+') || value.starts_with("00") {
                ""
            } else {
                "0"
            },
        )
    };
    let line = tidy(&bare);
    let fits = line.chars().count() <= LONGEST_NUMBER;
    (fits && line.chars().any(|c| c.is_ascii_digit())).then_some(line)
}

/// What the types of a number come to.
fn kind(types: &[String]) -> (String, Rank) {
    let is = |word: &str| types.iter().any(|have| have == word);
    let place = match (is("WORK"), is("HOME")) {
        (true, _) => "work",
        (_, true) => "home",
        _ => "",
    };
    if is("FAX") || is("PAGER") || is("MODEM") {
        let what = if is("PAGER") { "pager" } else { "fax" };
        return (format!("{place} {what}").trim().to_owned(), Rank::Never);
    }
    if is("CELL") || is("MOBILE") || is("TEXT") || is("MSG") || is("IPHONE") {
        return (format!("{place} mobile").trim().to_owned(), Rank::Mobile);
    }
    (place.to_owned(), Rank::Any)
}

/// Apple writes its own labels as `_$!<Mobile>!$_`.
fn label(text: &str) -> String {
    let bare = text.trim_start_matches("_$!<").trim_end_matches(">!$_");
    tidy(bare).to_lowercase()
}

#[cfg(test)]
mod tests;
