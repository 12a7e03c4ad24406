//! polybar's format tags: `%{F#rrggbb}`, `%{T2}`, `%{A1:command:}`.
//!
//! polybar has no escape for a literal `%{`, so a zero width space is put between the two. The
//! icon font is the bar's second (`font-1`, which the tags count as `T2`).

use std::fmt::Write as _;

use crate::bar::line::{Click, Content, Line};
use crate::bar::{Style, text};

/// Writes the line; a hidden one is empty.
pub(super) fn render(line: &Line, style: Style) -> String {
    let mut out = String::new();
    if line.hidden {
        return out;
    }
    open(&mut out, line.click.as_ref());
    for segment in &line.segments {
        open(&mut out, segment.click.as_ref());
        if let Some(colour) = segment.colour {
            let _ = write!(out, "%{{F{colour}}}");
        }
        match &segment.content {
            Content::Verbatim(text) => out.push_str(&text::one_line(text)),
            Content::Untrusted(text) => {
                push_untrusted(&mut out, &text::clean_with(text, style.ascii, false));
            }
            Content::Icon(icon) => match style.glyph(*icon) {
                Some(glyph) if icon.is_in_icon_font() => {
                    let _ = write!(out, "%{{T2}}{glyph}%{{T-}}");
                }
                Some(glyph) => out.push(glyph),
                None => out.push_str(style.word(*icon)),
            },
        }
        if segment.colour.is_some() {
            out.push_str("%{F-}");
        }
        close(&mut out, segment.click.as_ref());
    }
    close(&mut out, line.click.as_ref());
    out
}

/// Writes cleaned text; no `{` may follow a `%`, and none may be finished by what comes next.
fn push_untrusted(out: &mut String, text: &str) {
    if out.ends_with('%') && text.starts_with('{') {
        out.push('\u{200b}');
    }
    out.push_str(&text.replace("%{", "%\u{200b}{"));
    if text.ends_with('%') {
        out.push('\u{200b}');
    }
}

fn open(out: &mut String, click: Option<&Click>) {
    if let Some(click) = click {
        let _ = write!(out, "%{{A1:{}:}}", click.command().replace(':', "\\:"));
    }
}

fn close(out: &mut String, click: Option<&Click>) {
    if click.is_some() {
        out.push_str("%{A}");
    }
}

#[cfg(test)]
mod tests {
    use crate::bar::{Click, Colour, Icon, Icons, Line, Output, Segment, Style};

    fn render(segments: Vec<Segment>, click: Option<Click>) -> String {
        let style = Style {
            output: Output::Polybar,
            icons: Icons::Font,
            ascii: false,
        };
        style.render(&Line {
            segments,
            click,
            ..Line::default()
        })
    }

    #[test]
    fn no_text_opens_a_tag_not_even_together_with_its_neighbours() {
        let shown = render(vec![Segment::untrusted("%{A1:reboot:}x%{A} 100%")], None);
        assert_eq!(shown, "%\u{200b}{A1:reboot:}x%\u{200b}{A} 100%\u{200b}");
        let pieces = ["%", "{A1:x:}", "%%", "{"].map(Segment::untrusted);
        assert!(!render(pieces.to_vec(), None).contains("%{"));
        let shown = render(
            vec![Segment::verbatim("54%"), Segment::untrusted("{F#f00}")],
            None,
        );
        assert_eq!(shown, "54%\u{200b}{F#f00}");
        assert_eq!(
            render(vec![Segment::untrusted("%\u{202e}{A}")], None),
            "%\u{200b}{A}"
        );
    }

    #[test]
    fn icons_colours_and_clicks_have_polybars_tags() {
        let click = Click::new("xsms -g --url a:b").unwrap();
        let segments = vec![Segment::icon(Icon::Lock).coloured(Colour(255, 0, 0))];
        assert_eq!(
            render(segments, Some(click)),
            "%{A1:xsms -g --url a\\:b:}%{F#ff0000}%{T2}\u{f023}%{T-}%{F-}%{A}"
        );
    }
}
