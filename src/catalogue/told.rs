//! Sentences that come in English from elsewhere: from another process of ours over a bus, or out
//! of the store, where the reason of a failure is kept.
//!
//! A room's texts whose name begins with `ROOM-why-` are such sentences. A sentence is compared
//! with the English ones, and what stands in the places of their variables goes into the text of
//! the person's language; a variable may be such a sentence itself.

use std::sync::OnceLock;

use super::{ROOMS, language, value};
use crate::catalogue::Language;

/// An English sentence that we know.
struct Known {
    id: &'static str,
    /// What is before the first variable.
    head: &'static str,
    /// The variables, and what stands behind each.
    rest: Vec<(&'static str, &'static str)>,
}

static KNOWN: [OnceLock<Vec<Known>>; ROOMS.len()] = [const { OnceLock::new() }; ROOMS.len()];

/// A sentence that was said in English, in the language of this process; one that is not known
/// stays as it is.
#[must_use]
pub fn told(room: &str, sentence: &str) -> String {
    let translated = match language() {
        Language::English => None,
        _ => translated(room, sentence),
    };
    translated.unwrap_or_else(|| sentence.to_owned())
}

fn translated(room: &str, sentence: &str) -> Option<String> {
    // A variable may be nothing, and then stands for nothing.
    let fits = |known: &&'static Known| known.matched(sentence).is_some();
    let known = known(room)?
        .iter()
        .filter(fits)
        .max_by_key(|k| k.own_words())?;
    let variables: Vec<_> = known
        .matched(sentence)?
        .into_iter()
        .map(|(name, found)| (name, variable(room, found)))
        .collect();
    Some(super::text(known.id, &variables))
}

fn variable<'v>(room: &str, found: &'v str) -> fluent_bundle::FluentValue<'v> {
    match found.parse::<u16>() {
        // Short enough to be written alike whether it counts something or is a number of another
        // kind; it may choose a plural.
        Ok(number) if number < 10_000 && number.to_string() == found => value(number),
        _ => match translated(room, found) {
            Some(text) => value(text),
            None => value(found),
        },
    }
}

fn known(room: &str) -> Option<&'static [Known]> {
    let place = ROOMS.iter().position(|(name, _)| *name == room)?;
    let (room, [english, ..]) = ROOMS.get(place)?;
    let read = || {
        let prefix = format!("{room}-why-");
        let lines = english.lines().filter(|line| line.starts_with(&prefix));
        lines.filter_map(Known::read).collect()
    };
    Some(KNOWN.get(place)?.get_or_init(read))
}

impl Known {
    /// From its line in the English catalogue: `sms-why-gone = the modem at { $port } is gone`.
    fn read(line: &'static str) -> Option<Self> {
        let (id, text) = line.split_once(" = ")?;
        let mut parts = text.split("{ $");
        let head = parts.next()?;
        let rest: Option<Vec<_>> = parts.map(|part| part.split_once(" }")).collect();
        let known = Self {
            id,
            head,
            rest: rest?,
        };
        // Nothing but variables would be everything.
        (known.own_words() > 0).then_some(known)
    }

    /// How much of it is not variable, in bytes.
    fn own_words(&self) -> usize {
        self.head.len()
            + self
                .rest
                .iter()
                .map(|(_, words)| words.len())
                .sum::<usize>()
    }

    /// The variables' texts, where `sentence` is this one.
    fn matched<'s>(&self, sentence: &'s str) -> Option<Vec<(&'static str, &'s str)>> {
        let mut left = sentence.strip_prefix(self.head)?;
        let mut found = Vec::with_capacity(self.rest.len());
        for (index, (name, behind)) in self.rest.iter().enumerate() {
            let (value, after) = if index + 1 == self.rest.len() {
                (left.strip_suffix(behind)?, "")
            } else {
                left.split_once(behind)?
            };
            found.push((*name, value));
            left = after;
        }
        left.is_empty().then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::speaking;

    #[test]
    fn a_sentence_of_another_process_is_told_in_the_persons_language() {
        let german = |sentence: &str| speaking(Language::German, || told("sms", sentence));
        assert_eq!(
            german("there is no modem at '/dev/tty9'; plug it in or name another port with -d"),
            "an „/dev/tty9“ ist kein Modem; einstecken oder mit -d einen anderen Anschluss angeben"
        );
        assert_eq!(
            german("the modem is gone; it may or may not have been sent"),
            "das Modem ist weg; vielleicht wurde sie gesendet, vielleicht nicht"
        );
        assert_eq!(
            german("wrong PIN; check it and enter it once more"),
            "falsche PIN; bitte prüfen und noch einmal eingeben"
        );
        assert_eq!(german("it rains"), "it rains");
        assert_eq!(german(""), "");
        assert_eq!(told("sms", "the modem is gone"), "the modem is gone");
        assert_eq!(told("nowhere", "the modem is gone"), "the modem is gone");
    }

    #[test]
    fn what_is_counted_in_such_a_sentence_has_its_plural() {
        let czech = |sentence: &str| speaking(Language::Czech, || told("sms", sentence));
        let wrong = |left| format!("wrong PIN, {left}; check it and enter it once more");
        assert_eq!(
            czech(&wrong("2 tries left")),
            "chybný PIN, zbývají 2 pokusy; zkontrolujte ho a zadejte znovu"
        );
        assert_eq!(
            czech(&wrong("7 tries left")),
            "chybný PIN, zbývá 7 pokusů; zkontrolujte ho a zadejte znovu"
        );
    }
}
