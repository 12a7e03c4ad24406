//! `barpop config show`: what holds, and where it comes from, as a configuration file of its own.

use std::fmt::Write;

use toml::Value;
use toml::de::{DeTable, DeValue};

use super::check::plain;
use super::keys::{Key, SECTIONS, Section};
use crate::secret;

/// What holds with this text of a configuration file. It is a configuration file again, in which
/// secrets are `***`. A file with mistakes is shown as far as it can be read.
#[must_use]
pub fn show(text: &str) -> String {
    let mut out = String::new();
    let table = DeTable::parse(text);
    let table = table.as_ref().ok().map(toml::Spanned::get_ref);
    for section in SECTIONS {
        let found = table.map_or_else(Vec::new, |table| tables(table, section.path));
        match (section.repeated, found.as_slice()) {
            // A table that may be there as often as one likes is there as often as it is.
            (true, tables) => {
                for table in tables {
                    write_section(&mut out, section, Some(table), text);
                }
            }
            (false, tables) => {
                let is_optional = section.path == "shutter.mqtt";
                if !is_optional || !tables.is_empty() {
                    write_section(&mut out, section, tables.first().copied(), text);
                }
            }
        }
    }
    out
}

/// The tables at a path: several of a list of tables.
fn tables<'t, 'i>(table: &'t DeTable<'i>, path: &str) -> Vec<&'t DeTable<'i>> {
    let mut found = vec![table];
    for name in path.split('.').filter(|name| !name.is_empty()) {
        found = found
            .into_iter()
            .filter_map(|table| table.get(name))
            .flat_map(|value| match value.get_ref() {
                DeValue::Table(table) => vec![table],
                DeValue::Array(all) => all
                    .iter()
                    .filter_map(|one| one.get_ref().as_table())
                    .collect(),
                _ => Vec::new(),
            })
            .collect();
    }
    found
}

fn write_section(out: &mut String, section: &Section, table: Option<&DeTable<'_>>, text: &str) {
    if !section.path.is_empty() {
        let _ = write!(out, "\n{}\n", section.header());
    }
    for key in section.keys {
        let found = table.and_then(|table| {
            let names = [Some(key.name), key.alias];
            names.into_iter().flatten().find_map(|name| table.get(name))
        });
        let found = found.and_then(|value| Some((plain(value.get_ref())?, value.span().start)));
        let (line, origin) = match found {
            Some((value, at)) => {
                let before = text.get(..at).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let shown = shown(key, &value);
                (format!("{} = {shown}", key.name), format!("line {line}"))
            }
            None if key.name == "pin" && std::env::var_os("BARPOP_PIN").is_some() => {
                ("pin = \"***\"".to_owned(), "BARPOP_PIN".to_owned())
            }
            None if key.default.is_empty() => (format!("# {}", key.name), "not set".to_owned()),
            None => (
                format!("{} = {}", key.name, key.default),
                "default".to_owned(),
            ),
        };
        let _ = writeln!(out, "{line:<44} # {origin}");
    }
}

fn shown(key: &Key, value: &Value) -> String {
    if key.kind.is_secret() {
        return "\"***\"".to_owned();
    }
    match value {
        Value::String(text) => Value::String(secret::without_login(text)).to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::super::check::check;
    use super::*;

    #[test]
    fn what_holds_is_shown_with_its_line_or_as_the_default_and_no_secret_is() {
        let text = "icons = \"text\"\n[sms]\npin = \"864297\"\nbroadcasts = false\n\
                    [[shutter.server]]\nname = \"roof\"\nurl = \"http://roof:8318\"\n\
                    [net]\nlow_color = \"#fff\"\nhide = [\"a\",\n \"b\"]\n";
        let out = show(text);
        let has = |line: &str, origin: &str| {
            let found = out.lines().find(|l| l.starts_with(line));
            let found = found.unwrap_or_else(|| panic!("{line}: {out}"));
            assert!(found.ends_with(&format!("# {origin}")), "{found}");
        };
        has("output = \"xmobar\"", "default");
        has("icons = \"text\"", "line 1");
        has("pin = \"***\"", "line 3");
        has("broadcasts = false", "line 4");
        has("# region", "not set");
        has("low_colour = \"#fff\"", "line 9");
        has("hide = [\"a\", \"b\"]", "line 10");
        has("url = \"http://roof:8318\"", "line 7");
        assert!(!out.contains("864297") && !out.contains("shutter.mqtt"));
    }

    #[test]
    fn what_is_shown_is_a_configuration_file_again() {
        for text in ["", "[net]\nlow = 20\n[shutter.mqtt]\nhost = \"x\"\n"] {
            let out = show(text);
            assert_eq!(check(&out), [], "{out}");
            Config::parse(&out).unwrap();
            let again = show(&out);
            let values = |text: &str| -> Vec<String> {
                let lines = text
                    .lines()
                    .filter_map(|l| Some(l.rsplit_once('#')?.0.to_owned()));
                lines.collect()
            };
            assert_eq!(values(&out), values(&again));
        }
    }
}
