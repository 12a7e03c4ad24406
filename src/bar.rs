//! The status line, and the languages of the bars that show it.
//!
//! A topic's *status* makes a [`Line`] of segments and says of each where it comes from: a text
//! of the person's own configuration is written as it is, a text from outside (a sender, an
//! operator, a network's name) is *untrusted*. This room is the only one that knows a markup
//! language, and so the only one that escapes: nothing untrusted can be read by a bar as
//! markup, run a command, or reach a terminal as a control sequence.

mod clicks;
mod error;
mod i3bar;
mod icon;
mod line;
mod pango;
mod plain;
mod polybar;
mod printf;
mod stream;
mod template;
mod text;
mod tmux;
mod waybar;
mod xmobar;

use clap::ValueEnum;

pub use self::error::Error;
pub use self::icon::Icon;
pub use self::line::{Click, Colour, Content, Line, Segment};
pub use self::printf::format_count;
pub use self::stream::Stream;
pub use self::template::Template;
pub use self::text::{clean, escape_json};

/// The language in which a line is written (`--output`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Output {
    /// xmobar's markup, for `Com` and `CommandReader`.
    #[default]
    Xmobar,
    /// One JSON object a line, for waybar's `custom` module whose `return-type` is `json`.
    Waybar,
    /// The i3bar protocol, for i3bar and swaybar (`status_command`).
    I3bar,
    /// polybar's format tags, for `custom/script`.
    Polybar,
    /// tmux's styles, for `#()` in its status line.
    Tmux,
    /// Text without any markup, for i3status-rs, dwm and terminals.
    Plain,
    /// The whole snapshot as a JSON document, one a line, for other programs.
    Json,
}

/// How icons are written (`--icons`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Icons {
    /// Font Awesome characters. `plain` and `tmux` have no icon font, and write the words instead.
    #[default]
    Font,
    /// Short words, like `SMS`.
    Text,
    /// Nothing.
    None,
}

/// Everything that decides how a [`Line`] is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// The language.
    pub output: Output,
    /// How icons are written.
    pub icons: Icons,
    /// Write ASCII only outside of the person's own configuration, with `?` for the rest.
    ///
    /// xmobar reads in the locale's encoding: outside UTF-8 the first other byte ends its
    /// reader for good, and the bar shows yesterday's line forever. See [`Style::from_env`].
    pub ascii: bool,
}

impl Style {
    /// The style for this process: [`Style::ascii`] is set for xmobar in a locale that names
    /// no UTF-8 (`LC_ALL`, `LC_CTYPE`, `LANG`, the first that is not empty).
    #[must_use]
    pub fn from_env(output: Output, icons: Icons) -> Self {
        let ascii = output == Output::Xmobar && !is_utf8_locale(|name| std::env::var(name).ok());
        Self {
            output,
            icons,
            ascii,
        }
    }

    /// Writes a line in this style, without the newline at its end, and with none in it.
    ///
    /// For [`Output::I3bar`] this is one status array (`[{…}]`); [`Stream`] adds the protocol
    /// around it. [`Output::Json`] is not made of a line but of the snapshot
    /// ([`Stream::document`]); asked for all the same, it is written like `plain`.
    #[must_use]
    pub fn render(&self, line: &Line) -> String {
        let bare = (self.icons == Icons::None).then(|| line.without_icons());
        let line = bare.as_ref().unwrap_or(line);
        match self.output {
            Output::Xmobar => xmobar::render(line, *self),
            Output::Waybar => waybar::render(line, *self),
            Output::I3bar => i3bar::render(line, *self),
            Output::Polybar => polybar::render(line, *self),
            Output::Tmux => tmux::render(line, *self),
            Output::Plain | Output::Json => plain::render(line, *self),
        }
    }

    /// The icon's character in the icon font, where the style has one.
    fn glyph(self, icon: Icon) -> Option<char> {
        (self.icons == Icons::Font && !self.ascii).then(|| icon.code_point())
    }

    /// The word that stands for the icon where there is no [`Style::glyph`].
    fn word(self, icon: Icon) -> &'static str {
        match self.icons {
            Icons::None => "",
            Icons::Font | Icons::Text => icon.word(),
        }
    }
}

/// POSIX locale rules (XBD 8.2): the first of the three that is set and not empty counts.
fn is_utf8_locale(var: impl Fn(&str) -> Option<String>) -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(var)
        .find(|value| !value.is_empty())
        .is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            value.contains("utf-8") || value.contains("utf8")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_utf8_only_where_the_variable_that_counts_says_so() {
        let with = |vars: &[(&str, &str)]| {
            is_utf8_locale(|name| {
                vars.iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, v)| (*v).to_owned())
            })
        };
        assert!(with(&[("LANG", "cs_CZ.UTF-8")]));
        assert!(with(&[("LANG", "C"), ("LC_ALL", "C.utf8")]));
        assert!(with(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "")]));
        assert!(!with(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]));
        assert!(!with(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(!with(&[]));
    }
}
