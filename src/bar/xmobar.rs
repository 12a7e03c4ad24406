//! xmobar's markup (checked against 0.46): `<fc=#rrggbb>`, `<fn=1>`, ``<action=`…`>``.
//!
//! One tag that is not closed, or one wrong length, and xmobar shows "Could not parse string"
//! in place of the whole bar. Untrusted text therefore goes into `<raw=N:…/>`, where N counts
//! Unicode scalars and nothing within is looked at.

use std::fmt::Write as _;

use crate::bar::line::{Content, Line, Segment};
use crate::bar::{Style, text};

/// Writes the line; a hidden one is empty, which clears the field.
pub(super) fn render(line: &Line, style: Style) -> String {
    let mut out = String::new();
    if line.hidden {
        return out;
    }
    if let Some(click) = &line.click {
        let _ = write!(out, "<action=`{}`>", click.command());
    }
    for segment in &line.segments {
        push(&mut out, segment, style);
    }
    if line.click.is_some() {
        out.push_str("</action>");
    }
    out
}

fn push(out: &mut String, segment: &Segment, style: Style) {
    if let Some(click) = &segment.click {
        let _ = write!(out, "<action=`{}`>", click.command());
    }
    if let Some(colour) = segment.colour {
        let _ = write!(out, "<fc={colour}>");
    }
    match &segment.content {
        Content::Verbatim(text) => out.push_str(&text::one_line(text)),
        Content::Untrusted(text) => {
            push_untrusted(out, &text::clean_with(text, style.ascii, false));
        }
        Content::Icon(icon) => match style.glyph(*icon) {
            Some(glyph) if icon.is_in_icon_font() => {
                let _ = write!(out, "<fn=1>{glyph}</fn>");
            }
            Some(glyph) => out.push(glyph),
            None => out.push_str(style.word(*icon)),
        },
    }
    if segment.colour.is_some() {
        out.push_str("</fc>");
    }
    if segment.click.is_some() {
        out.push_str("</action>");
    }
}

/// Writes cleaned text so that it is shown and never read as markup.
///
/// Plain words and numbers go bare, so that `3` stays the `3` that the original printed; not
/// behind a `<` of the person's own, which could make a tag of them.
fn push_untrusted(out: &mut String, text: &str) {
    let plain = |c: char| c.is_ascii_alphanumeric() || " .,:+-_%()".contains(c);
    let after_bracket = out
        .rsplit('>')
        .next()
        .is_some_and(|tail| tail.contains('<'));
    if text.chars().all(plain) && !after_bracket {
        out.push_str(text);
    } else {
        let _ = write!(out, "<raw={}:{text}/>", text.chars().count());
    }
}

#[cfg(test)]
mod tests {
    use crate::bar::{Click, Colour, Icon, Icons, Line, Output, Segment, Style};

    fn render(segments: Vec<Segment>) -> String {
        Style::default().render(&Line {
            segments,
            ..Line::default()
        })
    }

    #[test]
    fn a_bare_number_is_what_the_original_printed() {
        assert_eq!(render(vec![Segment::untrusted("3")]), "3");
        assert_eq!(
            render(vec![Segment::verbatim("<fn=1>X</fn> 3")]),
            "<fn=1>X</fn> 3",
            "the person's own markup is written as it is"
        );
    }

    #[test]
    fn untrusted_text_is_counted_in_unicode_scalars() {
        assert_eq!(render(vec![Segment::untrusted("é<")]), "<raw=2:é</>");
        assert_eq!(
            render(vec![Segment::untrusted("e\u{301}")]),
            "<raw=2:e\u{301}/>"
        );
        assert_eq!(render(vec![Segment::untrusted("😀")]), "<raw=1:😀/>");
        assert_eq!(render(vec![Segment::untrusted("a/>\nb")]), "<raw=5:a/> b/>");
        assert_eq!(render(vec![Segment::untrusted("")]), "");
    }

    #[test]
    fn a_word_from_outside_does_not_finish_a_bracket_of_the_persons_own() {
        let segments = vec![Segment::verbatim("</"), Segment::untrusted("fc")];
        assert_eq!(render(segments), "</<raw=2:fc/>");
    }

    #[test]
    fn icons_colours_and_clicks_are_nested_properly() {
        let click = Click::new("xsms -g").unwrap();
        let line = Line {
            segments: vec![
                Segment::icon(Icon::Envelope).coloured(Colour(255, 0, 0)),
                Segment::verbatim(" "),
                Segment::untrusted("Žofie").clickable(Click::new("xsms --help").unwrap()),
            ],
            click: Some(click),
            ..Line::default()
        };
        let style = |icons, ascii| Style {
            output: Output::Xmobar,
            icons,
            ascii,
        };
        assert_eq!(
            style(Icons::Font, false).render(&line),
            "<action=`xsms -g`><fc=#ff0000><fn=1>\u{f0e0}</fn></fc> \
             <action=`xsms --help`><raw=5:Žofie/></action></action>"
        );
        assert_eq!(
            style(Icons::Font, true).render(&line),
            "<action=`xsms -g`><fc=#ff0000>SMS</fc> \
             <action=`xsms --help`><raw=5:?ofie/></action></action>",
            "outside UTF-8 no byte is written that would end xmobar's reader"
        );
        assert_eq!(
            style(Icons::Font, false).render(&Line {
                hidden: true,
                ..line
            }),
            ""
        );
    }
}
