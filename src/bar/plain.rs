//! Text without markup: nothing in it can be read as a control sequence by a terminal.

use crate::bar::line::{Content, Line};
use crate::bar::{Style, text};

/// Writes the line; a hidden one is empty. Colours and clicks are left out; icons are words,
/// for a terminal has no icon font.
pub(super) fn render(line: &Line, style: Style) -> String {
    let mut out = String::new();
    if line.hidden {
        return out;
    }
    for segment in &line.segments {
        match &segment.content {
            Content::Verbatim(text) => out.push_str(&text::one_line(text)),
            Content::Untrusted(text) => out.push_str(&text::clean_with(text, style.ascii, false)),
            Content::Icon(icon) => out.push_str(style.word(*icon)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::bar::{Icon, Icons, Line, Output, Segment, Style};

    #[test]
    fn a_terminal_sees_words_and_no_escape_sequence() {
        let style = Style {
            output: Output::Plain,
            icons: Icons::Font,
            ascii: false,
        };
        let segments = vec![
            Segment::icon(Icon::Envelope),
            Segment::verbatim(" "),
            Segment::untrusted("\u{1b}]0;pwned\u{7}3\u{9b}2J\r\n<b>"),
        ];
        let line = Line {
            segments,
            ..Line::default()
        };
        assert_eq!(style.render(&line), "SMS ]0;pwned32J <b>");
        assert_eq!(
            Style {
                icons: Icons::None,
                ..style
            }
            .render(&line),
            "]0;pwned32J <b>"
        );
    }
}
