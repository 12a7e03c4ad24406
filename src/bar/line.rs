//! A status line before it is written in any bar's language.

use std::fmt;
use std::str::FromStr;

use crate::bar::{Error, Icon};

/// One state of a topic, as a bar shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// What is shown, from left to right.
    pub segments: Vec<Segment>,
    /// The state in one word of our own (`read`, `unread`, `locked`, `error`, `absent`):
    /// waybar's CSS class and `alt`.
    pub class: &'static str,
    /// Untrusted text of any number of lines, shown by waybar under the pointer.
    pub tooltip: Option<String>,
    /// 0..=100 %, for waybar's `format-icons`.
    pub percentage: Option<u8>,
    /// Whether it wants to be looked at now (i3bar `urgent`; waybar class `urgent`).
    pub urgent: bool,
    /// Whether the bar shall show nothing at all (`--hide-when-absent`).
    pub hidden: bool,
    /// What a click anywhere on the line runs.
    pub click: Option<Click>,
}

impl Line {
    /// The same without icons (`--icons none`), and without the space that stood beside each.
    pub(super) fn without_icons(&self) -> Self {
        let is_space = |segment: &Segment| segment.content == Content::Verbatim(" ".to_owned());
        let mut segments: Vec<Segment> = Vec::with_capacity(self.segments.len());
        let mut after_icon = false;
        for segment in &self.segments {
            if matches!(segment.content, Content::Icon(_)) {
                after_icon = true;
            } else if !(std::mem::take(&mut after_icon) && is_space(segment)) {
                segments.push(segment.clone());
            }
        }
        // The last one's space stood before it.
        if after_icon && segments.last().is_some_and(is_space) {
            segments.pop();
        }
        Self {
            segments,
            ..self.clone()
        }
    }
}

/// A piece of a [`Line`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What is shown, and where it comes from.
    pub content: Content,
    /// The foreground colour; the bar's own where there is none.
    pub colour: Option<Colour>,
    /// What a click on this segment runs.
    pub click: Option<Click>,
}

/// What a [`Segment`] shows, and whether it may speak the bar's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text of the person's own configuration: written as it is, markup and all. Only line
    /// breaks become spaces, since a line is one line.
    Verbatim(String),
    /// Any text from outside: cleaned ([`crate::bar::clean`]) and escaped.
    Untrusted(String),
    /// An icon.
    Icon(Icon),
}

impl Segment {
    /// A text of the person's own configuration; never anything that came by radio.
    #[must_use]
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::from(Content::Verbatim(text.into()))
    }

    /// A text from outside.
    #[must_use]
    pub fn untrusted(text: impl Into<String>) -> Self {
        Self::from(Content::Untrusted(text.into()))
    }

    /// An icon.
    #[must_use]
    pub fn icon(icon: Icon) -> Self {
        Self::from(Content::Icon(icon))
    }

    /// The same in a colour.
    #[must_use]
    pub fn coloured(mut self, colour: impl Into<Option<Colour>>) -> Self {
        self.colour = colour.into();
        self
    }

    /// The same with a click.
    #[must_use]
    pub fn clickable(mut self, click: impl Into<Option<Click>>) -> Self {
        self.click = click.into();
        self
    }
}

impl From<Content> for Segment {
    fn from(content: Content) -> Self {
        Self {
            content,
            colour: None,
            click: None,
        }
    }
}

/// A foreground colour, 8 bits of red, green and blue each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl fmt::Display for Colour {
    /// `#rrggbb`, which every bar reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl FromStr for Colour {
    type Err = Error;

    /// Reads `#rrggbb` or `#rgb`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let digits: Option<Vec<u8>> = text.strip_prefix('#').and_then(|hex| {
            hex.chars()
                .map(|c| c.to_digit(16).map(|d| d as u8))
                .collect()
        });
        match digits.as_deref() {
            Some(&[r, g, b]) => Ok(Self(r * 17, g * 17, b * 17)),
            Some(&[r1, r2, g1, g2, b1, b2]) => Ok(Self(r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2)),
            _ => Err(Error::Colour {
                text: text.to_owned(),
            }),
        }
    }
}

/// A shell command that a click runs: from the configuration or our own code, never from the air.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click(String);

impl Click {
    /// Takes a command for `sh -c`.
    ///
    /// # Errors
    /// [`Error::Click`] for a backtick (xmobar's quote for commands, which it cannot escape; use
    /// `$(…)`) and for control characters.
    pub fn new(command: impl Into<String>) -> Result<Self, Error> {
        let command = command.into();
        if command.is_empty() || command.chars().any(|c| c == '`' || c.is_control()) {
            return Err(Error::Click {
                command: command.escape_debug().to_string(),
            });
        }
        Ok(Self(command))
    }

    /// The command.
    #[must_use]
    pub fn command(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_in_both_lengths_and_nothing_else_passes() {
        assert_eq!("#f80".parse(), Ok(Colour(255, 136, 0)));
        assert_eq!(
            "#FF8800".parse::<Colour>().map(|c| c.to_string()),
            Ok("#ff8800".to_owned())
        );
        for wrong in [
            "", "#", "red", "#ff880", "#ff88001", "#+f8", "#ff88 0", "f80", "#ä80",
        ] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_click_that_xmobar_cannot_quote_is_refused_with_its_name() {
        assert!(Click::new("xsms -g -d /dev/ttyACM0").is_ok());
        let error = Click::new("xsms `id`\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the command 'xsms `id`\\n' cannot be run by a click: it has a backtick or a line break"
        );
    }
}
