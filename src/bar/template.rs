//! `--format`: literal text of the person's own, with named fields.

use crate::bar::Error;
use crate::bar::line::Segment;

/// A parsed format like `{icon} {unread} <fc=#888>{operator}</fc>`.
///
/// Literal text is the person's own and may contain the bar's markup. `{{` and `}}` are braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Field(String),
}

impl Template {
    /// Parses a format whose fields may be those of `fields`.
    ///
    /// # Errors
    /// An unknown field, a brace without its partner, or a field within a tag (in the command of
    /// an `<action=…>`, say, where a text from outside would be run).
    pub fn parse(format: &str, fields: &[&str]) -> Result<Self, Error> {
        let single = |brace| Error::SingleBrace {
            brace,
            format: format.to_owned(),
        };
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut so_far = String::new();
        let mut rest = format;
        while let Some((before, brace, after)) = split_at_brace(rest) {
            literal.push_str(before);
            so_far.push_str(before);
            if let Some(after) = after.strip_prefix(brace) {
                literal.push(brace);
                so_far.push(brace);
                rest = after;
                continue;
            }
            if brace == '}' {
                return Err(single('}'));
            }
            let (name, after) = after.split_once('}').ok_or_else(|| single('{'))?;
            if !fields.contains(&name) {
                return Err(Error::UnknownField {
                    field: name.to_owned(),
                    format: format.to_owned(),
                    known: fields
                        .iter()
                        .map(|f| format!("{{{f}}}"))
                        .collect::<Vec<_>>()
                        .join(", "),
                });
            }
            if ends_inside_tag(&so_far) {
                return Err(Error::FieldInTag {
                    field: name.to_owned(),
                    format: format.to_owned(),
                });
            }
            if !literal.is_empty() {
                parts.push(Part::Literal(std::mem::take(&mut literal)));
            }
            parts.push(Part::Field(name.to_owned()));
            rest = after;
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        Ok(Self { parts })
    }

    /// Whether the format has this field, for values that cost something to get.
    #[must_use]
    pub fn uses(&self, field: &str) -> bool {
        self.parts
            .iter()
            .any(|part| matches!(part, Part::Field(name) if name == field))
    }

    /// The segments of the line: `value` gives each field's; one that it has none for is empty.
    pub fn fill(&self, mut value: impl FnMut(&str) -> Option<Segment>) -> Vec<Segment> {
        self.parts
            .iter()
            .filter_map(|part| match part {
                Part::Literal(text) => Some(Segment::verbatim(text.as_str())),
                Part::Field(name) => value(name),
            })
            .collect()
    }
}

/// What is before the next brace, the brace, and what is behind it.
fn split_at_brace(text: &str) -> Option<(&str, char, &str)> {
    let at = text.find(['{', '}'])?;
    let (before, rest) = text.split_at(at);
    let brace = rest.chars().next()?;
    Some((before, brace, rest.strip_prefix(brace)?))
}

/// Whether a text that starts outside ends within a tag: `<name…` without its `>` (a command
/// between backticks may have one), or polybar's `%{` without its `}`.
fn ends_inside_tag(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '%']) {
        let (_, tag) = rest.split_at(at);
        let end = if tag.starts_with("%{") {
            tag.find('}')
        } else if tag.starts_with("<action=`") {
            let mut quotes = tag.match_indices('`').skip(1);
            quotes.next().and_then(|(quote, _)| {
                let (_, behind) = tag.split_at(quote);
                behind.find('>').map(|end| quote + end)
            })
        } else if tag.starts_with('<')
            && tag
                .chars()
                .nth(1)
                .is_some_and(|c| c.is_ascii_alphabetic() || c == '/')
        {
            tag.find('>')
        } else {
            Some(0)
        };
        match end {
            None => return true,
            // The character at the end is ASCII: a tag's last, or its first where it is none.
            Some(end) => (_, rest) = tag.split_at(end + 1),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bar::{Icon, Line, Style};

    const FIELDS: &[&str] = &["icon", "unread", "operator"];

    fn shown(format: &str) -> Result<String, String> {
        let template = Template::parse(format, FIELDS).map_err(|error| error.to_string())?;
        let segments = template.fill(|field| match field {
            "icon" => Some(Segment::icon(Icon::Envelope)),
            "unread" => Some(Segment::untrusted("3")),
            _ => None,
        });
        Ok(Style::default().render(&Line {
            segments,
            ..Line::default()
        }))
    }

    #[test]
    fn fields_are_filled_and_the_persons_markup_stays() {
        assert_eq!(shown("{icon} {unread}").unwrap(), "<fn=1>\u{f0e0}</fn> 3");
        assert_eq!(
            shown("<fc=#f00>{unread}</fc>{operator}").unwrap(),
            "<fc=#f00>3</fc>"
        );
        assert_eq!(shown("{{{unread}}} ěšč").unwrap(), "{3} ěšč");
        assert_eq!(shown("%{{F#f00}}{unread}%").unwrap(), "%{F#f00}3%");
        assert_eq!(shown("").unwrap(), "");
    }

    #[test]
    fn an_unknown_field_is_named_and_the_known_ones_are_listed() {
        assert_eq!(
            shown("{unraed}").unwrap_err(),
            "unknown field '{unraed}' in the format '{unraed}': \
             use one of {icon}, {unread}, {operator}"
        );
        assert!(shown("{}").is_err());
    }

    #[test]
    fn a_single_brace_is_an_error_that_says_how_to_write_one() {
        assert_eq!(
            shown("{unread").unwrap_err(),
            "single '{' in the format '{unread': write '{{' for the character"
        );
        assert_eq!(
            shown("unread}").unwrap_err(),
            "single '}' in the format 'unread}': write '}}' for the character"
        );
    }

    #[test]
    fn a_text_from_outside_cannot_become_a_part_of_a_command() {
        for format in [
            "<action=`notify-send {operator}`>x</action>",
            "<action=`a > b {operator}`>x</action>",
            "<action=`a` button={unread}>x</action>",
            "<fc={operator}>x</fc>",
            "</{operator}>",
            "%{{A1:echo {operator}:}}x%{{A}}",
            "50% <b>ž</b> <span color='{operator}'>x</span>",
        ] {
            let error = Template::parse(format, FIELDS).unwrap_err();
            assert!(
                matches!(error, Error::FieldInTag { .. }),
                "{format}: {error}"
            );
        }
        for format in [
            "<action=`a > b` button=13>{operator}</action>",
            "%{{A1:x:}}{operator}%{{A}} {unread}%",
            "< {unread} > <{unread}> <3 {unread} 5<{operator}",
        ] {
            assert!(Template::parse(format, FIELDS).is_ok(), "{format}");
        }
    }

    #[test]
    fn a_template_tells_which_fields_it_needs() {
        let template = Template::parse("{unread}", FIELDS).unwrap();
        assert!(template.uses("unread") && !template.uses("operator"));
    }
}
