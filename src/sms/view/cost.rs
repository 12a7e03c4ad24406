//! What a text costs, in words: characters left, messages, and why it needs Unicode.

use crate::say;
use crate::sms::charset::Alphabet;
use crate::sms::pdu::{Encoding, measure};

/// The most parts that a message can have (3GPP TS 23.040 clause 9.2.3.24.1).
const MOST_PARTS: usize = 255;

/// The cost of a text; computed anew only when the text changes.
#[derive(Default)]
pub struct Cost {
    text: String,
    encoding: Option<Encoding>,
    /// The first character that the 7-bit alphabet lacks.
    culprit: Option<char>,
}

impl Cost {
    /// Brings the cost up to date with `text`.
    pub fn of(&mut self, text: &str) -> &Self {
        if self.text != text || self.encoding.is_none() {
            text.clone_into(&mut self.text);
            let encoding = measure(text, false);
            self.culprit = (encoding.alphabet == Alphabet::Ucs2)
                .then(|| text.chars().find(|&c| is_unicode(c)))
                .flatten();
            self.encoding = Some(encoding);
        }
        self
    }

    /// `32 left · 1 message`; nothing for an empty text.
    pub fn counter(&self) -> Option<String> {
        let encoding = self.encoding.filter(|_| !self.text.is_empty())?;
        Some(say!(
            "sms-cost",
            left = encoding.characters_left,
            messages = encoding.segments.max(1)
        ))
    }

    /// Why fewer characters fit: `emoji: Unicode, 70 per message`.
    pub fn alphabet(&self) -> Option<String> {
        let c = self.culprit?;
        let segments = self.encoding.map_or(1, |encoding| encoding.segments);
        let per_message = if segments > 1 { 67 } else { 70 };
        Some(match c {
            '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => {
                say!("sms-cost-emoji", most = per_message)
            }
            _ => say!(
                "sms-cost-unicode",
                character = c.to_string(),
                most = per_message
            ),
        })
    }

    /// Whether no network would take it.
    pub fn too_long(&self) -> bool {
        self.encoding
            .is_some_and(|encoding| encoding.segments > MOST_PARTS)
    }
}

fn is_unicode(c: char) -> bool {
    !c.is_ascii_alphanumeric()
        && measure(c.encode_utf8(&mut [0; 4]), false).alphabet == Alphabet::Ucs2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sms::pdu::Language;

    fn cost(segments: usize, characters_left: usize, culprit: Option<char>) -> Cost {
        let alphabet = if culprit.is_some() {
            Alphabet::Ucs2
        } else {
            Alphabet::Gsm7
        };
        let language = Language::default();
        let encoding = Encoding {
            alphabet,
            language,
            segments,
            characters_left,
        };
        Cost {
            text: "x".into(),
            encoding: Some(encoding),
            culprit,
        }
    }

    #[test]
    fn a_text_tells_what_is_left_and_how_many_messages_it_takes() {
        assert_eq!(
            cost(1, 32, None).counter().as_deref(),
            Some("32 left · 1 message")
        );
        assert_eq!(
            cost(3, 9, None).counter().as_deref(),
            Some("9 left · 3 messages")
        );
        assert_eq!(Cost::default().of("").counter(), None);
    }

    #[test]
    fn what_makes_a_text_unicode_is_named() {
        let hint = |c, segments| cost(segments, 1, Some(c)).alphabet();
        assert_eq!(
            hint('😅', 1).as_deref(),
            Some("emoji: Unicode, 70 per message")
        );
        assert_eq!(
            hint('ł', 2).as_deref(),
            Some("‘ł’: Unicode, 67 per message")
        );
        assert_eq!(cost(1, 1, None).alphabet(), None);
    }

    #[test]
    fn more_parts_than_a_message_can_have_are_too_many() {
        assert!(cost(256, 1, None).too_long() && !cost(255, 1, None).too_long());
    }
}
