//! tmux's styles in the output of `#()`: `#[fg=#rrggbb]`.
//!
//! tmux expands what a command prints once more, commands excepted, and reads styles then: `##` is
//! a literal `#`. A longer run of them is halved twice unless a bracket follows, so no run is left:
//! a zero width space stands between two. Clicks are bound in tmux itself, and icons are words, for
//! a terminal has no icon font.

use std::fmt::Write as _;

use crate::bar::line::{Content, Line};
use crate::bar::{Style, text};

/// Writes the line; a hidden one is empty.
pub(super) fn render(line: &Line, style: Style) -> String {
    let mut out = String::new();
    if line.hidden {
        return out;
    }
    for segment in &line.segments {
        if let Some(colour) = segment.colour {
            apart(&mut out);
            let _ = write!(out, "#[fg={colour}]");
        }
        match &segment.content {
            Content::Verbatim(text) => out.push_str(&text::one_line(text)),
            Content::Untrusted(text) => {
                push_untrusted(&mut out, &text::clean_with(text, style.ascii, false));
            }
            Content::Icon(icon) => out.push_str(style.word(*icon)),
        }
        if segment.colour.is_some() {
            apart(&mut out);
            out.push_str("#[default]");
        }
    }
    out
}

/// Writes cleaned text, in which no `#` begins anything.
fn push_untrusted(out: &mut String, text: &str) {
    for c in text.chars() {
        if c == '#' {
            apart(out);
            out.push_str("##");
        } else {
            // The person's own text may have ended in a `#`, which this must not finish.
            if out.chars().rev().take_while(|c| *c == '#').count() % 2 == 1 {
                out.push('\u{200b}');
            }
            out.push(c);
        }
    }
}

/// Keeps a `#` that comes next from the one before it.
fn apart(out: &mut String) {
    if out.ends_with('#') {
        out.push('\u{200b}');
    }
}

#[cfg(test)]
mod tests {
    use crate::bar::{Colour, Icon, Icons, Line, Output, Segment, Style};

    fn render(segments: Vec<Segment>) -> String {
        let style = Style {
            output: Output::Tmux,
            icons: Icons::Font,
            ascii: false,
        };
        style.render(&Line {
            segments,
            ..Line::default()
        })
    }

    #[test]
    fn no_text_begins_a_style_a_format_or_a_command() {
        let untrusted = |text: &str| render(vec![Segment::untrusted(text)]);
        assert_eq!(untrusted("#[fg=red]x"), "##[fg=red]x");
        assert_eq!(
            untrusted("#(reboot) #{pane_pid} #H"),
            "##(reboot) ##{pane_pid} ##H"
        );
        assert_eq!(untrusted("a##b"), "a##\u{200b}##b");
        let pieces = ["#", "[fg=red]", "#", "#"].map(Segment::untrusted);
        assert_eq!(render(pieces.to_vec()), "##[fg=red]##\u{200b}##");
        let after_own = vec![Segment::verbatim("no #"), Segment::untrusted("[fg=red]")];
        assert_eq!(render(after_own), "no #\u{200b}[fg=red]");
        let after_three = vec![Segment::verbatim("###"), Segment::untrusted("[fg=red]")];
        assert_eq!(render(after_three), "###\u{200b}[fg=red]");
    }

    #[test]
    fn colours_are_styles_and_icons_are_words() {
        let segments = vec![
            Segment::icon(Icon::Lock).coloured(Colour(255, 0, 0)),
            Segment::verbatim(" "),
            Segment::untrusted("#").coloured(Colour(0, 255, 0)),
        ];
        let word = Icon::Lock.word();
        assert_eq!(
            render(segments),
            format!("#[fg=#ff0000]{word}#[default] #[fg=#00ff00]##\u{200b}#[default]")
        );
    }
}
