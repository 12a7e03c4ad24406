//! A command line taken apart (ITU-T V.250 clause 5.2, 3GPP TS 27.007 clause 4).

/// One command of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    /// `+CMGL`, `E`, `&F`, `D`, in upper case.
    pub name: String,
    /// What is asked of it.
    pub form: Form,
}

/// The four forms of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// `+CMGL`
    Execute,
    /// `+CMGL?`
    Read,
    /// `+CMGL=?`
    Test,
    /// `+CMGL=…`; also the number or string behind a basic command.
    Set(Values),
}

/// The comma-separated values of a set command, quotes removed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Values(pub Vec<String>);

impl Values {
    /// The value as text; `None` where it is missing or empty.
    pub fn text(&self, index: usize) -> Option<&str> {
        self.0
            .get(index)
            .map(String::as_str)
            .filter(|text| !text.is_empty())
    }

    /// The value as a number; `None` where it is missing or no number.
    pub fn number(&self, index: usize) -> Option<u32> {
        self.text(index)?.parse().ok()
    }

    fn split(text: &str) -> Self {
        let mut values = vec![String::new()];
        let mut quoted = false;
        for c in text.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => values.push(String::new()),
                _ => {
                    if let Some(last) = values.last_mut() {
                        last.push(c);
                    }
                }
            }
        }
        Self(values.iter().map(|value| value.trim().to_owned()).collect())
    }
}

/// Takes what stands behind `AT` apart; `None` where it is no command line.
pub(super) fn parse(line: &str) -> Option<Vec<Command>> {
    let mut rest = line.trim();
    let mut commands = Vec::new();
    while let Some(first) = rest.chars().next() {
        if first == ' ' || first == ';' {
            rest = rest.get(1..)?;
            continue;
        }
        let (command, length) = if "+^*$%_#!".contains(first) {
            extended(rest)
        } else if first.eq_ignore_ascii_case(&'D') {
            let number = rest.get(1..)?.to_owned();
            (
                Command {
                    name: "D".to_owned(),
                    form: Form::Set(Values(vec![number])),
                },
                rest.len(),
            )
        } else {
            basic(rest)?
        };
        commands.push(command);
        rest = rest.get(length..)?;
    }
    Some(commands)
}

/// `+NAME`, `+NAME?`, `+NAME=?`, `+NAME=values` up to a `;` outside quotes.
fn extended(text: &str) -> (Command, usize) {
    let mut quoted = false;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ';' && !quoted
        })
        .map_or(text.len(), |(index, _)| index);
    let whole = text.get(..end).unwrap_or(text).trim_end();
    let (name, form) = if let Some((name, values)) = whole.split_once('=') {
        match values.trim() {
            "?" => (name, Form::Test),
            values => (name, Form::Set(Values::split(values))),
        }
    } else if let Some(name) = whole.strip_suffix('?') {
        (name, Form::Read)
    } else {
        (whole, Form::Execute)
    };
    (
        Command {
            name: name.trim().to_ascii_uppercase(),
            form,
        },
        end,
    )
}

/// A letter, or `&` and a letter, with an optional number, `?` or `=number` (S registers).
fn basic(text: &str) -> Option<(Command, usize)> {
    let head = if text.starts_with('&') || text.starts_with('\\') {
        2
    } else {
        1
    };
    let name = text.get(..head)?.to_ascii_uppercase();
    let tail: String = text
        .get(head..)?
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '=' || *c == '?')
        .collect();
    let length = head + tail.len();
    let form = if tail.is_empty() {
        Form::Execute
    } else if tail.ends_with('?') {
        Form::Read
    } else {
        Form::Set(Values(vec![tail]))
    };
    Some((Command { name, form }, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<String> {
        parse(line)
            .unwrap()
            .into_iter()
            .map(|command| command.name)
            .collect()
    }

    #[test]
    fn a_line_of_several_commands_is_taken_apart() {
        assert_eq!(
            names("E0V1&C1;+CMEE=1;+CPIN?"),
            ["E", "V", "&C", "+CMEE", "+CPIN"]
        );
        assert_eq!(names("S0=0"), ["S"]);
        assert_eq!(names("D*99***1#;"), ["D"]);
    }

    #[test]
    fn quotes_hide_commas_and_semicolons() {
        let commands = parse("+CPMS=\"S;M\", ME ,,\"a,b\"").unwrap();
        let Form::Set(values) = &commands[0].form else {
            panic!("{commands:?}")
        };
        assert_eq!(values.0, ["S;M", "ME", "", "a,b"]);
        assert_eq!(values.text(2), None);
    }

    #[test]
    fn a_line_that_is_no_ascii_does_no_harm() {
        for line in ["é", "+Ü=ß", "&", "\\", "+", "=", "?", "&é"] {
            let _ = parse(line);
        }
    }
}
