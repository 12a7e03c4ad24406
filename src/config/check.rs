//! `barpop config check`: every mistake of a configuration file, with its place and what to do.
//!
//! All of them at once, not the first alone. What was written is not repeated, for it may be a
//! secret in the wrong place.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Value};

use super::keys::{SECTIONS, Section};
use super::{Config, nearest};
use crate::shutter::client::servers;

/// A mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to write instead; one sentence.
    pub sentence: String,
}

/// Looks at the text of a configuration file; what is wrong, from its beginning to its end.
#[must_use]
pub fn check(text: &str) -> Vec<Problem> {
    let mut look = Look {
        text,
        problems: Vec::new(),
    };
    match DeTable::parse(text) {
        Err(error) => {
            let sentence = format!("this is no TOML: {}", one_line(error.message()));
            look.say(error.span(), sentence);
        }
        Ok(table) => {
            if let Some(general) = SECTIONS.first() {
                look.table(general, table.get_ref());
            }
            if look.problems.is_empty() {
                look.whole();
            }
        }
    }
    look.problems
        .sort_by_key(|problem| (problem.line, problem.column));
    look.problems
}

struct Look<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

impl Look<'_> {
    fn say(&mut self, span: Option<Range<usize>>, sentence: String) {
        let (line, column) = place(self.text, span.map_or(0, |span| span.start));
        self.problems.push(Problem {
            line,
            column,
            sentence,
        });
    }

    fn table(&mut self, section: &Section, table: &DeTable<'_>) {
        for (key, value) in table {
            let (name, at) = (key.get_ref().as_ref(), key.span());
            if let Some(known) = section.key(name) {
                self.value(name, known.kind, value);
                continue;
            }
            let mut tables = section.tables();
            match tables.find(|(inner, _)| *inner == name) {
                Some((_, inner)) => self.inner(inner, value),
                None => self.say(Some(at), unknown(section, name)),
            }
        }
    }

    fn inner(&mut self, section: &Section, value: &Spanned<DeValue<'_>>) {
        let header = section.header();
        match value.get_ref() {
            DeValue::Table(table) if !section.repeated => self.table(section, table),
            DeValue::Array(all) if section.repeated => {
                for one in all {
                    match one.get_ref() {
                        DeValue::Table(table) => self.table(section, table),
                        _ => self.say(Some(one.span()), format!("write this as a table {header}")),
                    }
                }
            }
            _ => self.say(
                Some(value.span()),
                format!(
                    "'{}' is a table: begin it with {header} on a line of its own",
                    section.path
                ),
            ),
        }
    }

    fn value(&mut self, name: &str, kind: super::keys::Kind, value: &Spanned<DeValue<'_>>) {
        if let Some(plain) = plain(value.get_ref())
            && let Err(what) = kind.check(&plain)
        {
            self.say(Some(value.span()), format!("'{name}' {what}"));
        }
    }

    /// What no key alone can have wrong.
    fn whole(&mut self) {
        let config: Config = match toml::from_str(self.text) {
            Ok(config) => config,
            Err(error) => {
                let sentence = one_line(error.message());
                return self.say(error.span(), sentence);
            }
        };
        let at = |header: &str| self.text.find(header).map(|start| start..start);
        let place = at("latitude").or_else(|| at("longitude"));
        let server = at("shutter.server");
        if let Err(sentence) = config.shutter.serve.place() {
            self.say(place, without_origin(&sentence));
        }
        if let Err(error) = servers(&[], &config.shutter) {
            self.say(server, without_origin(&error.to_string()));
        }
    }
}

fn without_origin(sentence: &str) -> String {
    let rest = sentence.strip_prefix("configuration: ");
    rest.unwrap_or(sentence).to_owned()
}

/// TOML's own sentences can have several lines.
fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A key that this table does not have: another one that is nearly it, or the table that has it.
fn unknown(section: &Section, name: &str) -> String {
    let header = section.header();
    let here = match header.as_str() {
        "" => "above all tables".to_owned(),
        header => format!("in {header}"),
    };
    let shown = crate::bar::clean(name);
    let begun = format!("there is no key '{shown}' {here}");
    let keys = section.keys.iter().map(|key| key.name);
    let tables = section.tables().map(|(inner, _)| inner);
    if let Some(close) = nearest::nearest(name, keys.chain(tables)) {
        return format!("{begun}; write '{close}'");
    }
    let elsewhere: Vec<String> = SECTIONS
        .iter()
        .filter(|other| other.path != section.path && other.key(name).is_some())
        .map(|other| match other.header().as_str() {
            "" => "the top of the file, above all tables".to_owned(),
            header => header.to_owned(),
        })
        .collect();
    if !elsewhere.is_empty() {
        return format!("{begun}; it belongs to {}", elsewhere.join(" or "));
    }
    format!("{begun}; 'barpop config show' lists all, docs/configuration.md explains them")
}

/// Line and column of a byte, both from 1.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let column = before.get(start..).map_or(0, |rest| rest.chars().count()) + 1;
    (line, column)
}

/// The value without its places; `None` for a number that no computer has.
pub(super) fn plain(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(whole) => {
            let digits = whole.as_str().replace('_', "");
            Value::Integer(i64::from_str_radix(&digits, whole.radix()).ok()?)
        }
        DeValue::Float(number) => Value::Float(number.as_str().replace('_', "").parse().ok()?),
        DeValue::Boolean(switch) => Value::Boolean(*switch),
        DeValue::Datetime(time) => Value::Datetime(*time),
        DeValue::Array(all) => {
            let all = all.iter().map(|one| plain(one.get_ref()));
            Value::Array(all.collect::<Option<_>>()?)
        }
        DeValue::Table(_) => Value::Table(toml::Table::new()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The only problem, as line, column and sentence.
    fn one(text: &str) -> (usize, usize, String) {
        let found = check(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        (found[0].line, found[0].column, found[0].sentence.clone())
    }

    #[test]
    fn a_misspelt_key_has_its_place_and_the_key_that_was_meant() {
        assert_eq!(
            one("output = \"xmobar\"\n[sms]\n  pinfile = \"/x\"\n"),
            (
                3,
                3,
                "there is no key 'pinfile' in [sms]; write 'pin_file'".to_owned()
            )
        );
        assert_eq!(
            one("[smss]\nbaud = 9600\n").2,
            "there is no key 'smss' above all tables; write 'sms'"
        );
    }

    #[test]
    fn a_key_in_the_wrong_table_is_sent_to_its_own() {
        assert_eq!(
            one("[popup]\nkeep_deleted_days = 3\n").2,
            "there is no key 'keep_deleted_days' in [popup]; it belongs to [sms]"
        );
        assert_eq!(
            one("[net]\nicons = \"text\"\n").2,
            "there is no key 'icons' in [net]; it belongs to the top of the file, above all tables"
        );
    }

    #[test]
    fn a_value_is_told_what_it_may_be() {
        let table = [
            (
                "output = \"xmobr\"",
                "'output' must be \"xmobar\", \"waybar\", \"i3bar\"",
            ),
            (
                "[popup]\nat = 3",
                "'at' must be \"pointer\", \"bar\" or \"center\"",
            ),
            (
                "[net]\nlow = 120",
                "'low' must be a whole number from 0 to 100",
            ),
            (
                "[net]\nlow_color = \"red\"",
                "'low_color' must be a colour like",
            ),
            ("[net]\nformat = \"{nmae}\"", "unknown field '{nmae}'"),
            (
                "[sms]\nunread_format = \"x\"",
                "has no place for the number",
            ),
            ("[sms]\nregion = \"Narnia\"", "'region' must be a country"),
            (
                "[gnss]\nsource = \"/dev/x\"",
                "'source' must be \"auto\", \"gpsd:",
            ),
            ("[gnss]\nclick = \"a`b\"", "backtick"),
            (
                "[shutter.serve]\nrelease = \"gpio:a,focus=a\"",
                "cannot both be at a",
            ),
            (
                "[shutter.serve]\nlisten = [\"roof\"]",
                "must be a list of addresses",
            ),
            (
                "[shutter.serve]\nlatitude = 3",
                "latitude and longitude belong together",
            ),
            ("[[shutter.server]]\nname = \"x\"", "missing field `url`"),
            ("[shutter]\nserver = 3", "begin it with [[shutter.server]]"),
            ("sms = 3", "begin it with [sms]"),
            (
                "[sms]\nbaud = 9600\nbaud = 9600",
                "this is no TOML: duplicate key",
            ),
            ("[sms", "this is no TOML"),
        ];
        for (text, said) in table {
            let (line, _, sentence) = one(text);
            assert!(sentence.contains(said), "{text}: {sentence}");
            assert!(line >= 1 && !sentence.contains('\n'), "{text}: {sentence}");
        }
    }

    #[test]
    fn no_secret_is_repeated_wherever_it_was_written() {
        for text in [
            "[sms]\npin = 864297\n",
            "[sms]\npinn = \"864297\"\n",
            "pin = \"864297\"\n",
            "[sms]\npin = \"864297\n",
            "[sms]\npin = 864297x\n",
            "[[shutter.server]]\nurl = \"http://me:864297@roof\"\n",
            "[[shutter.server]]\nurl = \"https://me:864297@roof\"\n",
            "[[shutter.server]]\nurl = \"http://me:864297@ro of\"\n",
            "[shutter.mqtt]\nhost = \"x\"\npassword = \"864297\"\n",
        ] {
            let found = check(text);
            assert!(!found.is_empty(), "{text}");
            assert!(
                !format!("{found:?}").contains("864297"),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once_from_the_beginning() {
        let found = check("icons = 1\n[net]\nlow = -1\nlwo = 3\n[popup]\ntheme = \"x\"\n");
        let lines: Vec<usize> = found.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [1, 3, 4, 6]);
    }

    #[test]
    fn a_file_without_a_mistake_has_none() {
        assert_eq!(check(""), []);
        let text = "output = \"waybar\"\nsms.baud = 9_600\n[popup]\nat = \"bar\"\n";
        assert_eq!(check(text), []);
    }
}
