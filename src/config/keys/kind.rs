//! What a value may be, in words and as a check.

use std::net::SocketAddr;

use toml::Value;

use crate::bar::{Click, Colour, Template, format_count};
use crate::gnss::options::Wanted;
use crate::shutter::client::{Address, AddressError};
use crate::shutter::release::Wish;
use crate::sms::number::region::Region;

/// Kinds of value.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Any text.
    Text,
    /// A file or folder.
    Path,
    /// `true` or `false`.
    Switch,
    /// A whole number between two.
    Whole(i64, i64),
    /// A number between two.
    Number(f64, f64),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// `#rrggbb`.
    Colour,
    /// `#rrggbb`, or empty for the bar's own.
    ColourOrNone,
    /// A line with named fields.
    Template(fn() -> Vec<&'static str>),
    /// A line with one `%d`.
    Count,
    /// A command for a shell; empty for none.
    Command,
    /// A modem.
    Device,
    /// Where positions come from.
    Source,
    /// What presses a camera's buttons.
    Release,
    /// The address of a camera's service.
    Url,
    /// Addresses to listen on.
    Listen,
    /// A country.
    Region,
    /// A switch, or channels of cell broadcasts.
    Broadcasts,
    /// A list of texts.
    Texts,
    /// A text that is never shown.
    Secret,
}

impl Kind {
    /// What it may be, as it follows "must be".
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Text => "a text in quotes".to_owned(),
            Self::Path => "the path of a file or folder, in quotes".to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Self::Number(least, most) => format!("a number from {least} to {most}"),
            Self::OneOf(words) => match words.split_last() {
                Some((last, [])) => format!("\"{last}\""),
                Some((last, others)) => {
                    let others: Vec<String> = others.iter().map(|w| format!("\"{w}\"")).collect();
                    format!("{} or \"{last}\"", others.join(", "))
                }
                None => "nothing".to_owned(),
            },
            Self::Colour => "a colour like \"#fabd2f\"".to_owned(),
            Self::ColourOrNone => "a colour like \"#fabd2f\", or \"\" for the bar's own".to_owned(),
            Self::Template(_) => "a text in quotes with fields in braces".to_owned(),
            Self::Count => "a text in quotes with one %d for the count".to_owned(),
            Self::Command => "a command in quotes, or \"\" for none".to_owned(),
            Self::Device => {
                "a port like \"/dev/ttyACM0\", \"auto\", \"none\", \"mm\" or \"mm:\" and which one"
                    .to_owned()
            }
            Self::Source => {
                "\"auto\", \"gpsd://HOST:PORT\", \"nmea:PORT\", \"modem:PORT\", \"mm\" or \
                             \"file:FILE\""
                    .to_owned()
            }
            Self::Release => {
                "\"gpio:LINE\", \"serial:PORT\", \"arduino:PORT\", \"gphoto2\" or \"none\""
                    .to_owned()
            }
            Self::Url => "an address like \"http://camera:8318\"".to_owned(),
            Self::Listen => "a list of addresses like [\"0.0.0.0:8318\"]".to_owned(),
            Self::Region => "a country of two letters, like \"DE\"".to_owned(),
            Self::Broadcasts => "true, false, or channels like \"50,4370-4399\"".to_owned(),
            Self::Texts => "a list of texts like [\"one\", \"two\"]".to_owned(),
            Self::Secret => "a text in quotes".to_owned(),
        }
    }

    /// Whether a value is one of these.
    ///
    /// # Errors
    /// What it must be, in a sentence's second half. It repeats no secret.
    pub fn check(self, value: &Value) -> Result<(), String> {
        let must = || format!("must be {}", self.words());
        let text = || value.as_str().ok_or_else(must);
        match self {
            Self::Text | Self::Path | Self::Device | Self::Secret => text().map(drop),
            Self::Switch => value.as_bool().map(drop).ok_or_else(must),
            Self::Whole(least, most) => {
                let number = value.as_integer();
                let fits = number.is_some_and(|number| (least..=most).contains(&number));
                fits.then_some(()).ok_or_else(must)
            }
            Self::Number(least, most) => {
                let whole = value.as_integer().map(|whole| whole as f64);
                let number = value.as_float().or(whole);
                let fits = number.is_some_and(|number| (least..=most).contains(&number));
                fits.then_some(()).ok_or_else(must)
            }
            Self::OneOf(words) => {
                let known = words.contains(&text()?);
                known.then_some(()).ok_or_else(must)
            }
            Self::Colour => text()?.parse::<Colour>().map(drop).map_err(|_| must()),
            Self::ColourOrNone => match text()? {
                "" => Ok(()),
                colour => colour.parse::<Colour>().map(drop).map_err(|_| must()),
            },
            Self::Template(fields) => {
                let parsed = Template::parse(text()?, &fields());
                parsed.map(drop).map_err(|error| has(&error))
            }
            Self::Count => format_count(text()?, 1).map(drop).map_err(|e| has(&e)),
            Self::Command => match text()? {
                "" => Ok(()),
                command => Click::new(command).map(drop).map_err(|e| has(&e)),
            },
            Self::Source => text()?.parse::<Wanted>().map(drop).map_err(|_| must()),
            Self::Release => text()?.parse::<Wish>().map(drop).map_err(|e| has(&e)),
            Self::Url => match text()?.parse::<Address>() {
                Ok(_) => Ok(()),
                // What was written is not repeated: there may be a password in it.
                Err(AddressError::Password) => Err(has(&AddressError::Password)),
                Err(AddressError::Tls(_)) => Err(
                    "must begin with http://: barpop speaks no TLS; reach the camera through a VPN or \
                     'ssh -L'"
                        .to_owned(),
                ),
                Err(AddressError::Malformed(_)) => Err(must()),
            },
            Self::Listen => list(value, |text| text.parse::<SocketAddr>().is_ok())
                .then_some(())
                .ok_or_else(must),
            Self::Region => Region::try_from(text()?.to_owned())
                .map(drop)
                .map_err(|_| must()),
            Self::Broadcasts => {
                let channels = |text: &str| {
                    text.chars()
                        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | ' '))
                };
                let fits = value.is_bool() || value.as_str().is_some_and(channels);
                fits.then_some(()).ok_or_else(must)
            }
            Self::Texts => list(value, |_| true).then_some(()).ok_or_else(must),
        }
    }

    /// Whether its value is never shown.
    #[must_use]
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Secret)
    }
}

/// The sentence of an error that says all by itself.
fn has(error: &dyn std::error::Error) -> String {
    format!("cannot be used: {error}")
}

/// Whether it is a list of texts that are all so.
fn list(value: &Value, is_so: impl Fn(&str) -> bool) -> bool {
    let all = value.as_array();
    all.is_some_and(|all| all.iter().all(|one| one.as_str().is_some_and(&is_so)))
}
